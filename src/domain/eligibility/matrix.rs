//! The verdicts of all pairs of a tenant, grouped by what the rules look at.

use super::super::edition::Edition;
use super::super::environment::{Environment, EnvironmentId};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::bundle::RowJudge;
use super::classes::{As, Class, ClassRow, ClassRows, Columns, Swing};
use super::counts::Counts;
use super::evidence::{List, Presence, bring, order, weigh};
use super::outcome::{Outcome, Standing};
use super::rules::{Facts, Pairing};
use super::verdict::{Judgement, Verdict};
use super::{Cause, Deleted, Listing, Role, Standings, cause};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The verdicts of all pairs of a tenant. Environments with the same facts are one class; a pair is judged by its classes,
/// when it is asked for, by the same rules as [`super::judge`]. An environment of which the service listed the candidates (T10) is
/// a class of its own: as a source it may stand differently with each environment of another class.
///
/// Indices are those of `tenant.environments` at the time of [`matrix`]; it does not notice later changes.
#[derive(Clone, Debug)]
pub struct Matrix {
    edition: Edition,
    places: Vec<Place>,
    classes: Vec<Class>,
    columns: Arc<Columns>,
    /// What the lists of candidates need to know of each environment; empty where there is no list (T10).
    presences: Arc<Vec<Presence>>,
}

/// Where an environment is in the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    class: usize,
    deleted: bool,
}

/// Whether an environment came into a class or left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClassMove {
    In,
    Out,
}

/// All pairs of living environments whose sources have the same facts and whose targets have, and of which the list of the source
/// says the same: they share one verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassPair {
    /// See [`Matrix::class_of`].
    pub source: usize,
    pub target: usize,
    /// These are environments onto themselves; source and target are one class.
    pub itself: bool,
    /// How many pairs there are, at least one.
    pub pairs: usize,
    pub standings: Standings,
    /// What the list of candidates of the source says of these pairs. Where the source has a list, only those members of the class
    /// of the target are meant of which [`Matrix::said`] is the same.
    pub said: Listing,
}

/// Judges a whole tenant by T1 to T6 and T8 (and T9 for deleted environments).
pub fn matrix(edition: &Edition, tenant: &Tenant) -> Matrix {
    // With room for as many classes as a large tenant has: to make room later is to hash them again.
    let room = tenant.environments.len().min(1024);
    let mut seen: FxHashMap<_, usize> = FxHashMap::with_capacity_and_hasher(room, Default::default());
    let mut classes: Vec<Class> = Vec::new();
    let mut places = Vec::with_capacity(tenant.environments.len());
    let any_list = tenant.environments.iter().any(|env| env.candidates.is_some());
    let place_of: HashMap<&EnvironmentId, usize> = if any_list {
        tenant.environments.iter().enumerate().map(|(place, env)| (&env.id, place)).collect()
    } else {
        HashMap::new()
    };
    for (place, env) in tenant.environments.iter().enumerate() {
        let facts = Facts::of(env);
        let class = match &env.candidates {
            Some(list) => {
                let offered = list.offered.iter().filter_map(|id| place_of.get(id).copied()).collect();
                classes.push(Class::new(&facts, Some(List { place, asked: list.asked, offered })));
                classes.len() - 1
            }
            None => *seen.entry(facts).or_insert_with(|| {
                classes.push(Class::new(&facts, None));
                classes.len() - 1
            }),
        };
        let deleted = env.deleted.is_some();
        if let Some(class) = classes.get_mut(class).filter(|_| !deleted) {
            class.living += 1;
        }
        places.push(Place { class, deleted });
    }
    let presences = if any_list { tenant.environments.iter().map(Presence::of).collect() } else { Vec::new() };
    Matrix { presences: presences.into(), ..Matrix::of_classes(edition, places, classes) }
}

impl Matrix {
    /// Where the service listed no candidates.
    pub(super) fn of_classes(edition: &Edition, places: Vec<Place>, classes: Vec<Class>) -> Self {
        let columns = Columns::new(edition, &classes).into();
        Self { edition: *edition, places, classes, columns, presences: Arc::default() }
    }

    /// The same tenant by another edition. A class is made of facts, not of rules.
    pub(in super::super) fn by(&self, edition: &Edition) -> Self {
        let columns = self.columns.by(edition, &self.classes).into();
        Self { edition: *edition, columns, ..self.clone() }
    }

    /// Whether the service listed the candidates of any environment.
    pub(super) fn has_lists(&self) -> bool {
        !self.presences.is_empty()
    }

    /// One environment is now as `env` is, and none has a list of candidates: the class that it left, and the one that it came into, each where
    /// it lives there; `told` is called after each with what is true by then.
    pub(super) fn put(&mut self, place: usize, env: &Environment, mut told: impl FnMut(&Matrix, usize, ClassMove)) {
        let facts = Facts::of(env);
        let known = self.classes.iter().position(|class| class.facts() == facts);
        let class = known.unwrap_or_else(|| {
            self.classes.push(Class::new(&facts, None));
            Arc::make_mut(&mut self.columns).add(&self.classes);
            self.classes.len() - 1
        });
        let is = Place { class, deleted: env.deleted.is_some() };
        let Some(was) = self.places.get_mut(place).map(|slot| std::mem::replace(slot, is)) else { return };
        if was == is {
            return;
        }
        for (place, moved) in
            [(was, ClassMove::Out), (is, ClassMove::In)].into_iter().filter(|(place, _)| !place.deleted)
        {
            if let Some(class) = self.classes.get_mut(place.class) {
                class.living = match moved {
                    ClassMove::In => class.living + 1,
                    ClassMove::Out => class.living.saturating_sub(1),
                };
            }
            told(self, place.class, moved);
        }
    }

    /// How many living environments a class has.
    pub(super) fn living(&self, class: usize) -> usize {
        self.classes.get(class).map_or(0, |class| class.living)
    }

    pub(in super::super) fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The facts of each class, and how many living environments have them.
    pub(super) fn facts(&self) -> impl Iterator<Item = (Facts<'_>, usize)> {
        self.classes.iter().map(|class| (class.facts(), class.living))
    }

    pub(super) fn lives(&self, environment: usize) -> bool {
        self.places.get(environment).is_some_and(|place| !place.deleted)
    }

    /// Whether the service listed the candidates of an environment: as a source it may stand differently with members of one class.
    pub fn is_listed(&self, environment: usize) -> bool {
        self.class_of(environment).is_some_and(|class| self.has_list(class))
    }

    /// How many environments there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The outcome of a pair, or of an environment onto itself where the two are equal. Deleted environments, and indices that
    /// there are not, answer `Refused`.
    pub fn outcome(&self, source: usize, target: usize) -> Outcome {
        self.standings(source, target).map_or(Outcome::Refused, Standings::outcome)
    }

    /// How every rule of a pair stands; `None` where one is deleted, or is not there.
    pub fn standings(&self, source: usize, target: usize) -> Option<Standings> {
        let class = |i: usize| self.places.get(i).filter(|p| !p.deleted).and_then(|p| self.classes.get(p.class));
        let standings = self.pairing(class(source)?, class(target)?, source == target).standings();
        Some(standings.beside(self.said(source, target)))
    }

    /// What the service's list of candidates of the source says of a pair (T10).
    pub fn said(&self, source: usize, target: usize) -> Listing {
        let class = self.places.get(source).and_then(|place| self.classes.get(place.class));
        class.and_then(|class| class.list.as_ref()).map_or(Listing::Nothing, |list| self.said_by(list, target))
    }

    fn said_by(&self, list: &List, target: usize) -> Listing {
        let (Some(s), Some(t)) = (self.presences.get(list.place), self.presences.get(target)) else {
            return Listing::Nothing;
        };
        weigh(list.asked, list.offered.contains(&target), list.place == target, s, t)
    }

    /// The whole verdict of a pair, as [`super::judge`] gives it. For a deleted environment T9 is added as broken.
    pub fn verdict(&self, source: usize, target: usize) -> Verdict {
        let (Some(s), Some(t)) = (self.places.get(source), self.places.get(target)) else {
            return Verdict::default();
        };
        let (Some(source_class), Some(target_class)) = (self.classes.get(s.class), self.classes.get(t.class)) else {
            return Verdict::default();
        };
        let mut verdict = cause::verdict(&self.pairing(source_class, target_class, source == target));
        bring(&mut verdict, self.said(source, target), source == target);
        let gone = match (s.deleted, t.deleted) {
            (false, false) => return verdict,
            _ if source == target => Some(Deleted::Itself),
            (true, true) => None,
            (true, false) => Some(Deleted::One(Role::Source)),
            (false, true) => Some(Deleted::One(Role::Target)),
        };
        verdict.add(Standing::Broken, Judgement::of(RuleId::T9, Cause::Deleted(gone)));
        verdict
    }

    /// How many *other* living environments this one can, may perhaps, and cannot be restored to.
    pub fn targets_of(&self, source: usize) -> Counts {
        self.count(source, As::Source)
    }

    /// How many *other* living environments can, may perhaps, and cannot be restored to this one.
    pub fn sources_of(&self, target: usize) -> Counts {
        self.count(target, As::Target)
    }

    /// The outcome of an environment onto itself.
    pub fn onto_itself(&self, environment: usize) -> Outcome {
        self.outcome(environment, environment)
    }

    /// The number of classes: how many different sets of facts there are.
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// The class of an environment: environments of one class have equal verdicts with every other environment.
    pub fn class_of(&self, environment: usize) -> Option<usize> {
        self.places.get(environment).map(|p| p.class)
    }

    /// The places of the living environments of each class.
    pub fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.classes.len()];
        for (at, place) in self.places.iter().enumerate().filter(|(_, place)| !place.deleted) {
            members.get_mut(place.class).into_iter().for_each(|list: &mut Vec<usize>| list.push(at));
        }
        members
    }

    /// Class by class what [`Matrix::totals`] counts, for whoever holds the two against each other. Every verdict that occurs among living environments, with the number of pairs that share it: row by row, in the order
    /// of the classes; after the pairs of different environments of a row those onto themselves. Which pairs these are, and their
    /// order, does not depend on the edition.
    pub fn verdicts(&self) -> impl Iterator<Item = ClassPair> + '_ {
        (0..self.classes.len()).flat_map(|source| self.pairs_of(source))
    }

    /// Those of one class as the source.
    pub fn pairs_of(&self, source: usize) -> Vec<ClassPair> {
        let Some(class) = self.classes.get(source).filter(|class| class.living > 0) else { return Vec::new() };
        let mut pairs = match &class.list {
            None => self.by_class(source, class),
            Some(list) => self.by_list(source, list, &self.row(class, As::Source)),
        };
        let said = class.list.as_ref().map_or(Listing::Nothing, |list| self.said_by(list, list.place));
        let standings = self.pairing(class, class, true).standings().beside(said);
        pairs.push(ClassPair { source, target: source, itself: true, pairs: class.living, standings, said });
        pairs
    }

    /// The row of a class without a list.
    fn by_class(&self, source: usize, class: &Class) -> Vec<ClassPair> {
        let row = self.row(class, As::Source);
        let pair = |(target, (standings, other)): (usize, (Standings, &Class))| {
            let pairs = class.living * other.living.saturating_sub(usize::from(source == target));
            ClassPair { source, target, itself: false, pairs, standings, said: Listing::Nothing }
        };
        // With room for those onto themselves, which come after them.
        let mut pairs = Vec::with_capacity(self.classes.len() + 1);
        pairs.extend(row.all().zip(&self.classes).enumerate().map(pair));
        pairs.retain(|pair| pair.pairs > 0);
        pairs
    }

    /// How an environment of a class stands with another one of a class, whatever lists of candidates there are.
    pub fn between(&self, source: usize, target: usize) -> Standings {
        let pair = self.classes.get(source).zip(self.classes.get(target));
        pair.map(|(s, t)| self.pairing(s, t, false).standings()).unwrap_or_default()
    }

    /// Class by class those with which it stands in another way under another edition, with how the two environments stand under either,
    /// where the outcome is another; `other` is the matrix of the same tenant. The members of a class whose list of candidates the service
    /// printed may stand differently, and have none; nor has a class of which nothing lives.
    pub(in super::super) fn changes<'a>(
        &'a self,
        other: &'a Matrix,
    ) -> impl Iterator<Item = (usize, Option<Vec<Swing>>)> {
        let (mut here, mut there) = (self.rows(), other.rows());
        let mut of = move |class: usize| {
            let source = self.classes.get(class).filter(|class| class.living > 0 && class.list.is_none())?;
            Some(here.of(source, class)?.changes(&there.of(source, class)?).collect())
        };
        self.by_unit().map(move |class| (class, of(class)))
    }

    /// The rows of its classes, as sources.
    pub(super) fn rows(&self) -> ClassRows<'_> {
        self.columns.rows(&self.edition, &self.classes)
    }

    /// All classes, those of which most rules see the same one after the other.
    pub(super) fn by_unit(&self) -> impl Iterator<Item = usize> {
        self.columns.by_unit()
    }

    /// How an environment of a class stands onto itself, whatever lists of candidates there are.
    pub(super) fn alone(&self, class: usize) -> Standings {
        self.classes.get(class).map(|c| self.pairing(c, c, true).standings()).unwrap_or_default()
    }

    /// Whether a class is one environment of which the service listed the candidates.
    pub(super) fn has_list(&self, class: usize) -> bool {
        self.classes.get(class).is_some_and(|class| class.list.is_some())
    }

    /// The row of an environment that has a list: each class is parted by what the list says of its members.
    fn by_list(&self, source: usize, list: &List, row: &ClassRow<'_>) -> Vec<ClassPair> {
        let mut parts: BTreeMap<(usize, u8), (Listing, usize)> = BTreeMap::new();
        for (target, place) in self.places.iter().enumerate().filter(|(p, place)| !place.deleted && *p != list.place) {
            let said = self.said_by(list, target);
            parts.entry((place.class, order(said))).or_insert((said, 0)).1 += 1;
        }
        let part = |((target, _), (said, pairs)): ((usize, u8), (Listing, usize))| {
            let standings = row.at(target).beside(said);
            ClassPair { source, target, itself: false, pairs, standings, said }
        };
        parts.into_iter().map(part).collect()
    }

    fn count(&self, index: usize, role: As) -> Counts {
        let mut counts = Counts::default();
        let Some(place) = self.places.get(index) else { return counts };
        let Some(this) = self.classes.get(place.class) else { return counts };
        let row = self.row(this, role);
        if let (As::Source, Some(list)) = (role, &this.list) {
            for pair in self.by_list(place.class, list, &row) {
                let outcome = if place.deleted { Outcome::Refused } else { pair.standings.outcome() };
                counts.add(outcome, pair.pairs);
            }
            return counts;
        }
        for (other, (standings, class)) in row.all().zip(&self.classes).enumerate() {
            let said = match (role, &class.list) {
                (As::Target, Some(list)) => self.said_by(list, index),
                _ => Listing::Nothing,
            };
            let itself = usize::from(other == place.class && !place.deleted);
            let outcome = if place.deleted { Outcome::Refused } else { standings.beside(said).outcome() };
            counts.add(outcome, class.living.saturating_sub(itself));
        }
        counts
    }

    /// How all living environments stand, as what `role` is not, with one of a class, onto itself too: what each class stands for, and the sum.
    pub(super) fn beside_one(&self, class: usize, role: As) -> (Vec<Outcome>, Counts) {
        let Some(this) = self.classes.get(class) else { return Default::default() };
        let others: Vec<Outcome> = self.row(this, role).all().map(Standings::outcome).collect();
        let mut counts = Counts::default();
        for (other, (outcome, of)) in others.iter().zip(&self.classes).enumerate() {
            counts.add(*outcome, of.living.saturating_sub(usize::from(other == class)));
        }
        counts.add(self.alone(class).outcome(), 1);
        (others, counts)
    }

    /// How a class stands with every class, each pair being two different environments.
    fn row(&self, facts: &Class, role: As) -> ClassRow<'_> {
        self.columns.row(RowJudge { edition: &self.edition, classes: &self.classes, facts, role })
    }

    fn pairing<'a>(&'a self, source: &'a Class, target: &'a Class, itself: bool) -> Pairing<'a> {
        Pairing::new(&self.edition, source.facts(), target.facts(), itself)
    }
}
