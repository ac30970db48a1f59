//! The ways in which an environment can be brought back, worked out once for all environments with the same facts.

use super::super::edition::Edition;
use super::super::eligibility::{self, ClassPair, Matrix, Outcome, Standing, Standings};
use super::super::environment::{Environment, EnvironmentId, FactKey, Key, Kind};
use super::super::fact::{Fact, Origin};
use super::super::remedy;
use super::super::restore::new_target;
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::importance::importance;
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// How many targets are named as examples.
pub(in super::super) const EXAMPLES: usize = 3;

/// The ways of all environments with the same facts.
#[derive(Clone, Debug)]
pub(in super::super) struct ClassWays {
    /// Targets by outcome, one environment of the class itself left out.
    pub eligible: usize,
    pub unknown: usize,
    pub refused: usize,
    /// Eligible targets that nothing occupies, with all of the class itself where that is eligible.
    free: usize,
    /// Environments of the class are eligible targets of one another.
    among_themselves: bool,
    /// Ranks of the best targets; one more than is named, for one of them may be the source.
    best: [usize; EXAMPLES + 1],
    /// There is another environment of a kind, in a region and with a database that fit.
    pub based: bool,
    /// One of those has a key that fits, or may have.
    pub key_fits: bool,
    /// One of those agrees in being managed, or may.
    pub managed_fits: bool,
    pub itself: Outcome,
    /// R16; `None` where it is no Production environment.
    pub through_sandbox: Option<Outcome>,
    /// R17: onto an environment that has to be created first.
    pub beside: Outcome,
}

const NOBODY: usize = usize::MAX;

impl Default for ClassWays {
    fn default() -> Self {
        Self {
            eligible: 0,
            unknown: 0,
            refused: 0,
            free: 0,
            among_themselves: false,
            best: [NOBODY; EXAMPLES + 1],
            based: false,
            key_fits: false,
            managed_fits: false,
            itself: Outcome::Refused,
            through_sandbox: None,
            beside: Outcome::Refused,
        }
    }
}

impl ClassWays {
    fn keep_best(&mut self, mut rank: usize) {
        for kept in &mut self.best {
            if rank < *kept {
                std::mem::swap(kept, &mut rank);
            }
        }
    }
}

fn has_list(tenant: &Tenant, place: usize) -> bool {
    tenant.environments.get(place).is_some_and(|env| env.candidates.is_some())
}

/// Everything that is known of the ways of a tenant.
pub(in super::super) struct AllWays {
    matrix: Matrix,
    classes: Vec<ClassWays>,
    /// The places of the living environments of each class.
    pub members: Vec<Vec<usize>>,
    /// The places of all environments, the best targets first.
    ranked: Vec<usize>,
    free: Vec<bool>,
    /// For each place how many stand before it by name.
    pub by_name: Vec<usize>,
}

/// Whether nothing is known to stand against overwriting it at this moment (T9, R20).
pub fn is_free(env: &Environment) -> bool {
    env.deleted.is_none() && env.activity.is_none() && env.failed_restore.is_none()
}

/// The targets of a tenant by their classes, and how good they are.
struct Targets<'a> {
    tenant: &'a Tenant,
    matrix: &'a Matrix,
    members: &'a [Vec<usize>],
    free: &'a [bool],
    /// The rank of each place.
    rank_of: Vec<usize>,
    /// How many members of each class nothing occupies.
    free_members: Vec<usize>,
    /// The ranks of the best of each class.
    best: Vec<Vec<usize>>,
}

impl<'a> Targets<'a> {
    fn new(
        tenant: &'a Tenant,
        matrix: &'a Matrix,
        members: &'a [Vec<usize>],
        (free, ranked): (&'a [bool], &[usize]),
    ) -> Self {
        let mut rank_of = vec![NOBODY; ranked.len()];
        for (rank, place) in ranked.iter().enumerate() {
            if let Some(slot) = rank_of.get_mut(*place) {
                *slot = rank;
            }
        }
        let is_free = |place: &&usize| free.get(**place) == Some(&true);
        let best = |members: &Vec<usize>| {
            let mut ranks: Vec<usize> = members.iter().filter_map(|p| rank_of.get(*p).copied()).collect();
            ranks.order();
            ranks.truncate(EXAMPLES + 1);
            ranks
        };
        Self {
            tenant,
            matrix,
            members,
            free,
            free_members: members.iter().map(|m| m.iter().filter(is_free).count()).collect(),
            best: members.iter().map(best).collect(),
            rank_of,
        }
    }

    /// Adds to the ways of a class what its pairs with another one, or with itself, stand like.
    fn add(&self, ways: &mut ClassWays, pair: &ClassPair) {
        let outcome = pair.standings.outcome();
        if pair.itself {
            ways.itself = outcome;
            return;
        }
        let same = pair.source == pair.target;
        // A source with a list of candidates is alone in its class, and may stand differently with members of another (T10).
        let first = self.members.get(pair.source).and_then(|m| m.first()).copied();
        let listed = first.filter(|place| has_list(self.tenant, *place));
        let others = match listed {
            Some(_) => pair.pairs,
            None => self.members.get(pair.target).map_or(0, Vec::len).saturating_sub(usize::from(same)),
        };
        match outcome {
            Outcome::Eligible => {
                ways.eligible += others;
                ways.among_themselves |= same;
                match listed {
                    Some(source) => self.add_listed(ways, source, pair),
                    None => self.add_class(ways, pair.target),
                }
            }
            Outcome::Unknown => ways.unknown += others,
            Outcome::Refused => ways.refused += others,
        }
        let holds = |rule| pair.standings.of(rule) != Standing::Broken;
        if [RuleId::T1, RuleId::T2, RuleId::T3].into_iter().all(holds) {
            ways.based = true;
            ways.key_fits |= holds(RuleId::T5);
            ways.managed_fits |= holds(RuleId::T4);
        }
    }

    /// Every member of the class is an eligible target.
    fn add_class(&self, ways: &mut ClassWays, target: usize) {
        ways.free += self.free_members.get(target).copied().unwrap_or(0);
        self.best.get(target).into_iter().flatten().for_each(|rank| ways.keep_best(*rank));
    }

    /// Those members of the class are eligible targets that the list of the source says the same of (T10).
    fn add_listed(&self, ways: &mut ClassWays, source: usize, pair: &ClassPair) {
        let meant = self.members.get(pair.target).into_iter().flatten();
        for place in meant.filter(|p| self.matrix.said(source, **p) == pair.said) {
            ways.free += usize::from(self.free.get(*place) == Some(&true));
            ways.keep_best(self.rank_of.get(*place).copied().unwrap_or(NOBODY));
        }
    }
}

/// The places of the living environments of each class.
fn members(tenant: &Tenant, matrix: &Matrix) -> Vec<Vec<usize>> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); matrix.classes()];
    for (place, _) in tenant.environments.iter().enumerate().filter(|(_, env)| env.deleted.is_none()) {
        if let Some(list) = matrix.class_of(place).and_then(|c| members.get_mut(c)) {
            list.push(place);
        }
    }
    members
}

impl AllWays {
    pub fn new(edition: &Edition, tenant: &Tenant) -> Self {
        let matrix = eligibility::matrix(edition, tenant);
        let free: Vec<bool> = tenant.environments.iter().map(is_free).collect();
        let by_name = by_name(tenant);
        let ranked = ranked(tenant, &free, &by_name);
        let members = members(tenant, &matrix);
        let targets = Targets::new(tenant, &matrix, &members, (&free, &ranked));
        let mut classes: Vec<ClassWays> = vec![ClassWays::default(); matrix.classes()];
        for pair in matrix.verdicts() {
            if let Some(ways) = classes.get_mut(pair.source) {
                targets.add(ways, &pair);
            }
        }
        for (ways, members) in classes.iter_mut().zip(&members) {
            let Some(env) = members.first().and_then(|place| tenant.environments.get(*place)) else { continue };
            ways.through_sandbox = through_sandbox(edition, env);
            ways.beside = beside(edition, env);
        }
        Self { matrix, classes, members, ranked, free, by_name }
    }

    /// The ways of the class of the environment at `place`.
    pub fn of(&self, place: usize) -> Option<&ClassWays> {
        self.classes.get(self.matrix.class_of(place)?)
    }

    pub fn class_of(&self, place: usize) -> Option<usize> {
        self.matrix.class_of(place)
    }

    /// How many eligible targets of the environment at `place` nothing occupies.
    pub fn free_targets(&self, place: usize) -> usize {
        let itself = self.free.get(place) == Some(&true);
        self.of(place).map_or(0, |w| w.free.saturating_sub(usize::from(w.among_themselves && itself)))
    }

    /// The best of its eligible targets: those of which least would be overwritten first. One that is occupied, or that a failed
    /// restore left disabled, is never named: T9 closes it.
    pub fn examples(&self, place: usize) -> Vec<usize> {
        let best = self.of(place).map(|w| w.best).unwrap_or([NOBODY; EXAMPLES + 1]);
        best.into_iter()
            .filter_map(|rank| self.ranked.get(rank).copied())
            .filter(|p| *p != place && self.free.get(*p) == Some(&true))
            .take(EXAMPLES)
            .collect()
    }

    /// The facts that keep the pairs of a class undecided, of the source's side and of the targets, with the classes of those.
    pub fn undecided(&self, tenant: &Tenant, class: usize) -> Undecided {
        let mut found = Undecided::default();
        let of_class = |c: usize| {
            let place = *self.members.get(c)?.first()?;
            Some((place, tenant.environments.get(place)?))
        };
        let Some((place, source)) = of_class(class) else { return found };
        for target in 0..self.members.len() {
            // Within a class another member stands for the target; of a source with a list any that is still undecided (T10).
            let stands = |other: &usize| self.matrix.standings(place, *other);
            let undecided = |other: &usize| stands(other).is_some_and(|s| s.outcome() == Outcome::Unknown);
            let mut others = self.members.get(target).into_iter().flatten().copied().filter(|p| *p != place);
            let other = if has_list(tenant, place) { others.find(undecided) } else { others.next().filter(undecided) };
            let Some((env, standings)) = other.and_then(|o| Some((tenant.environments.get(o)?, stands(&o)?))) else {
                continue;
            };
            for fact in facts_of(standings) {
                if lacks(source, fact) {
                    found.add_source(fact);
                }
                if lacks(env, fact) {
                    found.targets.push((fact, target));
                }
            }
        }
        found
    }
}

/// Which facts keep pairs undecided.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Undecided {
    pub source: Vec<FactKey>,
    /// With the class of the target.
    pub targets: Vec<(FactKey, usize)>,
}

impl Undecided {
    fn add_source(&mut self, fact: FactKey) {
        if !self.source.contains(&fact) {
            self.source.push(fact);
        }
    }
}

/// The facts that the unknown rules look at.
fn facts_of(standings: Standings) -> impl Iterator<Item = FactKey> {
    standings.unknown().filter_map(|rule| match rule {
        RuleId::T1 | RuleId::T8 => Some(FactKey::Kind),
        RuleId::T2 => Some(FactKey::Region),
        RuleId::T3 => Some(FactKey::Dataverse),
        RuleId::T4 => Some(FactKey::Managed),
        RuleId::T5 => Some(FactKey::Key),
        RuleId::T6 => Some(FactKey::Policies),
        _ => None,
    })
}

/// Whether a fact that a pair needs is missing; of a key or a policy also which one it is.
fn lacks(env: &Environment, fact: FactKey) -> bool {
    match fact {
        FactKey::Region => env.region.get().is_none_or(|r| r.as_str().is_empty()),
        FactKey::Key => matches!(env.key.get(), None | Some(Key::Customer(None))),
        FactKey::Policies => env.policies.get().is_none_or(|all| all.iter().any(|p| p.id.is_none())),
        // No pair looks at these.
        FactKey::Dynamics | FactKey::RetentionSetting | FactKey::Created | FactKey::Deleted => false,
        FactKey::Kind | FactKey::Dataverse | FactKey::Managed => env.is_unknown(fact),
    }
}

/// For each place how many stand before it by name, then by id.
fn by_name(tenant: &Tenant) -> Vec<usize> {
    let mut all: Vec<(String, &EnvironmentId, usize)> =
        tenant.environments.iter().enumerate().map(|(place, env)| (env.name.to_lowercase(), &env.id, place)).collect();
    all.order();
    let mut before = vec![NOBODY; all.len()];
    for (rank, (.., place)) in all.iter().enumerate() {
        if let Some(slot) = before.get_mut(*place) {
            *slot = rank;
        }
    }
    before
}

/// All places, the best targets first. An order of its own, whatever the order of the environments is.
fn ranked(tenant: &Tenant, free: &[bool], by_name: &[usize]) -> Vec<usize> {
    let mut all: Vec<(bool, u32, f64, Option<&usize>, usize)> = tenant
        .environments
        .iter()
        .enumerate()
        .map(|(place, env)| {
            let size = env.database_mb.get().copied().filter(|mb| mb.is_finite()).unwrap_or(f64::MAX);
            let busy = free.get(place) != Some(&true);
            (busy, importance(env.kind.get()), size, by_name.get(place), place)
        })
        .collect();
    all.order_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| a.2.total_cmp(&b.2)).then_with(|| a.3.cmp(&b.3)));
    all.into_iter().map(|r| r.4).collect()
}

/// R16: a Production environment is switched to Sandbox, restored onto itself and switched back.
pub(super) fn through_sandbox(edition: &Edition, env: &Environment) -> Option<Outcome> {
    (env.kind.get() == Some(&Kind::Production)).then(|| {
        let switched = Environment {
            kind: Fact::known(Kind::Sandbox, Origin::Recorded, DateTime::<Utc>::UNIX_EPOCH),
            ..remedy::facts_of(env)
        };
        eligibility::outcome(edition, &switched, &switched)
    })
}

/// R17: restored to a new environment that is made as the source is.
pub(super) fn beside(edition: &Edition, source: &Environment) -> Outcome {
    let Some((_, new)) = new_target(edition, source) else { return Outcome::Refused };
    let standings = eligibility::standings(edition, source, &new);
    if standings.outcome() != Outcome::Unknown {
        return standings.outcome();
    }
    // Which key, or which policy, need not be told: the new environment gets the same as the source.
    let same_will_do = |rule| match rule {
        RuleId::T5 => source.key.get().is_some(),
        RuleId::T6 => source.policies.get().is_some(),
        _ => false,
    };
    if standings.unknown().all(same_will_do) { Outcome::Eligible } else { Outcome::Unknown }
}
