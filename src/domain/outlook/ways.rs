//! The ways in which an environment can be brought back, worked out once for all environments with the same facts.

use super::super::edition::Edition;
use super::super::eligibility::{self, ClassRow, Kins, Matrix, Outcome, Standing, Standings};
use super::super::environment::{Environment, Kind};
use super::super::fact::{Fact, Origin};
use super::super::remedy;
use super::super::restore::new_target;
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::ranking::{NOBODY, Ranking};
use chrono::{DateTime, Utc};
use std::sync::Arc;

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
    /// The same of those that are surely stopped at this moment.
    stopped: usize,
    /// Environments of the class are eligible targets of one another.
    among_themselves: bool,
    /// Ranks of the best targets; one more than is named, for one of them may be the source.
    best: [usize; EXAMPLES + 1],
    /// How many other environments are of a kind, in a region and with a database that fit.
    pub based: usize,
    /// How many of those have a key that fits, or may have.
    pub key_fits: usize,
    /// How many of those agree in being managed, or may.
    pub managed_fits: usize,
    pub itself: Outcome,
    /// R16; `None` where it is no Production environment.
    pub through_sandbox: Option<Outcome>,
    /// R17: onto an environment that has to be created first.
    pub beside: Outcome,
}

impl Default for ClassWays {
    fn default() -> Self {
        Self {
            eligible: 0,
            unknown: 0,
            refused: 0,
            free: 0,
            stopped: 0,
            among_themselves: false,
            best: [NOBODY; EXAMPLES + 1],
            based: 0,
            key_fits: 0,
            managed_fits: 0,
            itself: Outcome::Refused,
            through_sandbox: None,
            beside: Outcome::Refused,
        }
    }
}

/// Of a kind, in a region and with a database that fit, or may.
fn is_based(standings: Standings) -> bool {
    let fits = |rule| standings.of(rule) != Standing::Broken;
    [RuleId::T1, RuleId::T2, RuleId::T3].into_iter().all(fits)
}

impl ClassWays {
    /// Everything that is counted of targets that stand so.
    fn counted(&mut self, standings: Standings) -> impl Iterator<Item = &mut usize> {
        let Self { eligible, unknown, refused, based, key_fits, managed_fits, .. } = self;
        let outcome = match standings.outcome() {
            Outcome::Eligible => eligible,
            Outcome::Unknown => unknown,
            Outcome::Refused => refused,
        };
        let fits = |rule| standings.of(rule) != Standing::Broken;
        let others = [(true, based), (fits(RuleId::T5), key_fits), (fits(RuleId::T4), managed_fits)];
        let others = others.into_iter().filter(move |(fits, _)| *fits && is_based(standings)).map(|(_, count)| count);
        [outcome].into_iter().chain(others)
    }

    fn add(&mut self, standings: Standings, many: usize) {
        self.counted(standings).for_each(|count| *count += many);
    }

    fn take(&mut self, standings: Standings, many: usize) {
        self.counted(standings).for_each(|count| *count = count.saturating_sub(many));
    }

    fn keep_best(&mut self, mut rank: usize) {
        for kept in &mut self.best {
            if rank < *kept {
                std::mem::swap(kept, &mut rank);
            }
        }
    }
}

/// Everything that is known of the ways of a tenant.
pub(in super::super) struct AllWays {
    pub(in super::super) matrix: Matrix,
    pub(super) kins: Kins,
    classes: Vec<ClassWays>,
    /// The places of the living environments of each class, and of each kin.
    pub(super) members: Vec<Vec<usize>>,
    pub(super) of_kin: Vec<Vec<usize>>,
    pub(super) ranking: Arc<Ranking>,
}

/// Environments that are targets together: a class or a kin.
#[derive(Clone, Copy)]
struct TargetTally {
    many: usize,
    /// How many of them nothing occupies.
    free: usize,
    /// How many are surely stopped at this moment.
    stopped: usize,
    /// The ranks of the best.
    best: [usize; EXAMPLES + 1],
}

impl TargetTally {
    /// Those of which the ways are counted together.
    fn of(ranking: &Ranking, members: &[usize]) -> Self {
        let mut best = ClassWays::default();
        members.iter().for_each(|place| best.keep_best(ranking.rank_of(*place)));
        let free = members.iter().filter(|place| ranking.is_free(**place)).count();
        let stopped = members.iter().filter(|place| ranking.is_stopped(**place)).count();
        Self { many: members.len(), free, stopped, best: best.best }
    }
}

impl ClassWays {
    /// Every member of the group is an eligible target.
    fn open(&mut self, group: &TargetTally) {
        self.free += group.free;
        self.stopped += group.stopped;
        group.best.iter().for_each(|rank| self.keep_best(*rank));
    }
}

impl AllWays {
    /// By the edition of `matrix`, which is that of `tenant`. In steps, as [`Ranking::slowly`].
    pub async fn slowly(
        matrix: Matrix,
        tenant: &Tenant,
        ranking: Arc<Ranking>,
        between: &mut impl AsyncFnMut(),
    ) -> Self {
        let edition = *matrix.edition();
        between().await;
        let members = matrix.members();
        let kins = Kins::new(&matrix);
        between().await;
        let of_kin = kins.gathered(&members);
        let mut all =
            Self { classes: vec![ClassWays::default(); matrix.classes()], matrix, kins, members, of_kin, ranking };
        let of_kins: Vec<TargetTally> =
            all.of_kin.iter().map(|members| TargetTally::of(&all.ranking, members)).collect();
        let mut classes_of: Vec<Vec<usize>> = vec![Vec::new(); all.kins.len()];
        for class in 0..all.members.len() {
            let kin = all.kins.of(class).and_then(|kin| classes_of.get_mut(kin));
            kin.into_iter().for_each(|classes| classes.push(class));
        }
        for (kin, row) in all.kins.rows() {
            between().await;
            let ways = all.of_a_kin(&edition, tenant, &row, &of_kins, kin);
            for class in classes_of.get(kin).into_iter().flatten() {
                let ways = all.of_a_class(&edition, tenant, *class, &row, &ways);
                all.classes.get_mut(*class).into_iter().zip(ways).for_each(|(slot, ways)| *slot = ways);
            }
        }
        all
    }

    /// The ways of a kin, as if its members were none of those that are its targets, and had no key that another has.
    fn of_a_kin(
        &self,
        edition: &Edition,
        tenant: &Tenant,
        row: &ClassRow<'_>,
        of_kins: &[TargetTally],
        kin: usize,
    ) -> ClassWays {
        let mut ways = ClassWays { refused: of_kins.iter().map(|group| group.many).sum(), ..ClassWays::default() };
        // Of the others, nearly all of a large tenant, nothing is counted but that they are refused.
        let counts = |standings: Standings| if is_based(standings) { Outcome::Eligible } else { Outcome::Refused };
        for (place, standings) in row.open(counts) {
            let Some(group) = of_kins.get(place) else { continue };
            ways.refused = ways.refused.saturating_sub(group.many);
            ways.add(standings, group.many);
            if standings.outcome() == Outcome::Eligible {
                ways.open(group);
            }
        }
        let mut members =
            self.of_kin.get(kin).into_iter().flatten().filter_map(|place| tenant.environments.get(*place));
        if let Some(env) = members.find(|env| env.candidates.is_none()) {
            ways.through_sandbox = through_sandbox(edition, env);
            ways.beside = beside(edition, env);
        }
        ways
    }

    /// The ways of a class of that kin.
    fn of_a_class(
        &self,
        edition: &Edition,
        tenant: &Tenant,
        class: usize,
        row: &ClassRow<'_>,
        of_kin: &ClassWays,
    ) -> Option<ClassWays> {
        let place = *self.members.get(class)?.first()?;
        let env = tenant.environments.get(place)?;
        if env.candidates.is_some() {
            return Some(self.of_listed(edition, class, place, env));
        }
        let mut ways = of_kin.clone();
        let apart = |of: usize| self.kins.of(of).map(|kin| row.at(kin)).unwrap_or_default();
        let same_key = self.kins.with_its_key(class);
        if same_key.is_empty() {
            // It is none of its own targets.
            ways.take(apart(class), 1);
            ways.among_themselves = apart(class).outcome() == Outcome::Eligible;
        }
        for other in same_key {
            let Some(group) = self.members.get(*other).map(|members| TargetTally::of(&self.ranking, members)) else {
                continue;
            };
            let (is_itself, together) = (*other == class, self.matrix.between(class, *other));
            ways.take(apart(*other), group.many);
            ways.add(together, group.many.saturating_sub(usize::from(is_itself)));
            if together.outcome() == Outcome::Eligible {
                ways.open(&group);
                ways.among_themselves |= is_itself;
            }
        }
        ways.itself = self.matrix.onto_itself(place);
        Some(ways)
    }

    /// The ways of an environment that has a list of candidates: it is alone in its class, and may stand differently with members of
    /// another (T10).
    fn of_listed(&self, edition: &Edition, class: usize, source: usize, env: &Environment) -> ClassWays {
        let mut ways = ClassWays {
            itself: self.matrix.onto_itself(source),
            through_sandbox: through_sandbox(edition, env),
            beside: beside(edition, env),
            ..ClassWays::default()
        };
        for pair in self.matrix.pairs_of(class).into_iter().filter(|pair| !pair.itself) {
            ways.add(pair.standings, pair.pairs);
            if pair.standings.outcome() != Outcome::Eligible {
                continue;
            }
            let meant = self.members.get(pair.target).into_iter().flatten();
            for place in meant.filter(|p| **p != source && self.matrix.said(source, **p) == pair.said) {
                ways.free += usize::from(self.ranking.is_free(*place));
                ways.stopped += usize::from(self.ranking.is_stopped(*place));
                ways.keep_best(self.ranking.rank_of(*place));
            }
        }
        ways
    }

    /// How good a target each environment is, to judge them by another edition too.
    pub fn ranking(&self) -> Arc<Ranking> {
        Arc::clone(&self.ranking)
    }

    /// The ways of the class of the environment at `place`.
    pub fn of(&self, place: usize) -> Option<&ClassWays> {
        self.classes.get(self.matrix.class_of(place)?)
    }

    /// How many eligible targets of the environment at `place` nothing occupies.
    pub fn free_targets(&self, place: usize) -> usize {
        let itself = |w: &ClassWays| usize::from(w.among_themselves && self.ranking.is_free(place));
        self.of(place).map_or(0, |w| w.free.saturating_sub(itself(w)))
    }

    /// How many of them are surely stopped at this moment.
    pub fn stopped_targets(&self, place: usize) -> usize {
        let itself = |w: &ClassWays| usize::from(w.among_themselves && self.ranking.is_stopped(place));
        self.of(place).map_or(0, |w| w.stopped.saturating_sub(itself(w)))
    }

    /// The best of its eligible targets: those of which least would be overwritten first. One that is occupied, or that a failed
    /// restore left disabled, is never named: T9 closes it.
    pub fn examples(&self, place: usize) -> Vec<usize> {
        let best = self.of(place).map_or([NOBODY; EXAMPLES + 1], |w| w.best).into_iter();
        best.filter_map(|rank| self.ranking.ranked.get(rank).copied())
            .filter(|p| *p != place && self.ranking.is_free(*p))
            .take(EXAMPLES)
            .collect()
    }
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
