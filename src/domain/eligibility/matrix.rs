//! The outcomes of all pairs of a tenant, grouped by what the rules look at.

use super::super::edition::Edition;
use super::super::environment::{Key, Kind, Policy, Region};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::rules::{Facts, Pairing};
use super::{Judgement, Outcome, Standing, Verdict, says};
use std::collections::{BTreeSet, HashMap};

/// The facts of a class, owned.
#[derive(Clone, Debug)]
struct Class {
    kind: Option<Kind>,
    region: Option<Region>,
    dataverse: Option<bool>,
    managed: Option<bool>,
    key: Option<Key>,
    policies: Option<BTreeSet<Policy>>,
    /// How many living environments have these facts.
    living: usize,
}

impl Class {
    fn new(facts: &Facts) -> Self {
        Self {
            kind: facts.kind.cloned(),
            region: facts.region.cloned(),
            dataverse: facts.dataverse,
            managed: facts.managed,
            key: facts.key.cloned(),
            policies: facts.policies.cloned(),
            living: 0,
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            kind: self.kind.as_ref(),
            region: self.region.as_ref(),
            dataverse: self.dataverse,
            managed: self.managed,
            key: self.key.as_ref(),
            policies: self.policies.as_ref(),
        }
    }
}

/// Where an environment is in the matrix.
#[derive(Clone, Copy, Debug)]
struct Place {
    class: usize,
    deleted: bool,
}

/// How many environments there are of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub eligible: usize,
    pub unknown: usize,
    pub refused: usize,
}

impl Counts {
    fn add(&mut self, outcome: Outcome, how_many: usize) {
        match outcome {
            Outcome::Eligible => self.eligible += how_many,
            Outcome::Unknown => self.unknown += how_many,
            Outcome::Refused => self.refused += how_many,
        }
    }
}

/// The verdicts of all pairs of a tenant. Environments with the same facts are one class; a pair is judged by its classes,
/// when it is asked for, by the same rules as [`super::judge`].
///
/// Indices are those of `tenant.environments` at the time of [`matrix`].
#[derive(Clone, Debug)]
pub struct Matrix {
    edition: Edition,
    places: Vec<Place>,
    classes: Vec<Class>,
}

/// Judges a whole tenant by T1 to T6 and T8 (and T9 for deleted environments).
pub fn matrix(edition: &Edition, tenant: &Tenant) -> Matrix {
    let mut seen: HashMap<Facts, usize> = HashMap::new();
    let mut classes: Vec<Class> = Vec::new();
    let mut places = Vec::with_capacity(tenant.environments.len());
    for env in &tenant.environments {
        let facts = Facts::of(env);
        let class = *seen.entry(facts).or_insert_with(|| {
            classes.push(Class::new(&facts));
            classes.len() - 1
        });
        let deleted = env.deleted.is_some();
        if let Some(class) = classes.get_mut(class).filter(|_| !deleted) {
            class.living += 1;
        }
        places.push(Place { class, deleted });
    }
    Matrix { edition: *edition, places, classes }
}

impl Matrix {
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
        match self.living_pair(source, target) {
            Some((s, t)) => self.pairing(s, t, source == target).outcome(),
            None => Outcome::Refused,
        }
    }

    /// The whole verdict of a pair, as [`super::judge`] gives it. For a deleted environment T9 is added as broken.
    pub fn verdict(&self, source: usize, target: usize) -> Verdict {
        let (Some(s), Some(t)) = (self.places.get(source), self.places.get(target)) else {
            return Verdict::default();
        };
        let (Some(source_class), Some(target_class)) = (self.classes.get(s.class), self.classes.get(t.class)) else {
            return Verdict::default();
        };
        let mut verdict = says::verdict(&self.pairing(source_class, target_class, source == target));
        let gone = match (s.deleted, t.deleted) {
            _ if source == target => "the environment is deleted",
            (true, true) => "both are deleted",
            (true, false) => "the source is deleted",
            _ => "the target is deleted",
        };
        if s.deleted || t.deleted {
            let says = format!("{gone}; it has to be recovered first");
            verdict.add(Standing::Broken, Judgement { rule: RuleId::T9, says, asks: Vec::new() });
        }
        verdict
    }

    /// How many *other* living environments this one can, may perhaps, and cannot be restored to.
    pub fn targets_of(&self, source: usize) -> Counts {
        self.count(source, |this, other| self.pairing(this, other, false).outcome())
    }

    /// How many *other* living environments can, may perhaps, and cannot be restored to this one.
    pub fn sources_of(&self, target: usize) -> Counts {
        self.count(target, |this, other| self.pairing(other, this, false).outcome())
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

    fn count(&self, index: usize, judge: impl Fn(&Class, &Class) -> Outcome) -> Counts {
        let mut counts = Counts::default();
        let Some(place) = self.places.get(index) else { return counts };
        let Some(this) = self.classes.get(place.class) else { return counts };
        for (i, other) in self.classes.iter().enumerate() {
            let itself = usize::from(i == place.class && !place.deleted);
            let outcome = if place.deleted { Outcome::Refused } else { judge(this, other) };
            counts.add(outcome, other.living.saturating_sub(itself));
        }
        counts
    }

    fn living_pair(&self, source: usize, target: usize) -> Option<(&Class, &Class)> {
        let class = |i: usize| self.places.get(i).filter(|p| !p.deleted).and_then(|p| self.classes.get(p.class));
        Some((class(source)?, class(target)?))
    }

    fn pairing<'a>(&'a self, source: &'a Class, target: &'a Class, itself: bool) -> Pairing<'a> {
        Pairing::new(&self.edition, source.facts(), target.facts(), itself)
    }
}
