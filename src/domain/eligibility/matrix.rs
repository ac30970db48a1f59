//! The verdicts of all pairs of a tenant, grouped by what the rules look at.

use super::super::edition::Edition;
use super::super::environment::{Key, Kind, Policy, Region};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::rules::{Facts, Pairing, rules_of};
use super::{Judgement, Outcome, Standing, Standings, Verdict, says};
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

/// The verdicts of all pairs of a tenant. Environments with the same facts are one class; a pair is judged by its classes,
/// when it is asked for, by the same rules as [`super::judge`].
///
/// Indices are those of `tenant.environments` at the time of [`matrix`]; it does not notice later changes.
#[derive(Clone, Debug)]
pub struct Matrix {
    edition: Edition,
    places: Vec<Place>,
    classes: Vec<Class>,
    /// Together all rules that compare two environments.
    bundles: Vec<Bundle>,
}

/// Where an environment is in the matrix.
#[derive(Clone, Copy, Debug)]
struct Place {
    class: usize,
    deleted: bool,
}

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

/// What several rules see of the classes: a unit is a set of values of their facts. A tenant has few units, so that a row of
/// the matrix is put together from two short rows.
#[derive(Clone, Debug)]
struct Bundle {
    /// For each class its unit.
    unit_of: Vec<usize>,
    units: usize,
    facets: Vec<Facet>,
}

/// The units as one rule sees them. A rule looks at one fact alone, so that it is judged once per value of that fact.
#[derive(Clone, Debug)]
struct Facet {
    rule: RuleId,
    /// For each unit the place of its value in `examples`.
    value_of: Vec<usize>,
    /// For each value a class that has it.
    examples: Vec<usize>,
}

/// Numbers the distinct facts among `classes` as the rules see them: the number of each, and the first class of each number.
fn number(rules: &[RuleId], classes: &[Class], among: impl Iterator<Item = usize>) -> (Vec<usize>, Vec<usize>) {
    let mut seen: Numbers = Numbers::default();
    let mut examples = Vec::new();
    let numbers = among
        .filter_map(|i| Some((i, classes.get(i)?)))
        .map(|(i, class)| {
            *seen.entry(class.facts().only(rules)).or_insert_with(|| {
                examples.push(i);
                examples.len() - 1
            })
        })
        .collect();
    (numbers, examples)
}

impl Bundle {
    fn new(rules: &[RuleId], classes: &[Class]) -> Self {
        let (unit_of, units) = number(rules, classes, 0..classes.len());
        let facets = rules
            .iter()
            .map(|rule| {
                let (value_of, examples) = number(&[*rule], classes, units.iter().copied());
                Facet { rule: *rule, value_of, examples }
            })
            .collect();
        Self { unit_of, units: units.len(), facets }
    }
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

/// All pairs of living environments whose sources have the same facts and whose targets have: they share one verdict.
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
}

/// Whether a class is the source or the target of the row that is judged.
#[derive(Clone, Copy)]
enum As {
    Source,
    Target,
}

/// Judges a whole tenant by T1 to T6 and T8 (and T9 for deleted environments).
pub fn matrix(edition: &Edition, tenant: &Tenant) -> Matrix {
    let mut seen: Numbers = Numbers::default();
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
    // Kinds, regions and flags have few values each; keys and policies may have many, and are kept apart.
    let (few, many): (Vec<RuleId>, Vec<RuleId>) =
        rules_of(edition).filter(|r| *r != RuleId::T8).partition(|r| !matches!(r, RuleId::T5 | RuleId::T6));
    let bundles = [few, many].iter().map(|rules| Bundle::new(rules, &classes)).collect();
    Matrix { edition: *edition, places, classes, bundles }
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
        self.standings(source, target).map_or(Outcome::Refused, Standings::outcome)
    }

    /// How every rule of a pair stands; `None` where one is deleted, or is not there.
    pub fn standings(&self, source: usize, target: usize) -> Option<Standings> {
        let class = |i: usize| self.places.get(i).filter(|p| !p.deleted).and_then(|p| self.classes.get(p.class));
        Some(self.pairing(class(source)?, class(target)?, source == target).standings())
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

    /// Every verdict that occurs among living environments, with the number of pairs that share it: row by row, in the order
    /// of the classes; after the pairs of different environments of a row those onto themselves.
    pub fn verdicts(&self) -> impl Iterator<Item = ClassPair> + '_ {
        self.classes.iter().enumerate().filter(|(_, class)| class.living > 0).flat_map(move |(source, class)| {
            let row = self.row(class, As::Source);
            let others = row.into_iter().zip(&self.classes).enumerate().map(move |(target, (standings, other))| {
                let pairs = class.living * other.living.saturating_sub(usize::from(source == target));
                ClassPair { source, target, itself: false, pairs, standings }
            });
            let standings = self.pairing(class, class, true).standings();
            let selves = ClassPair { source, target: source, itself: true, pairs: class.living, standings };
            others.chain([selves]).filter(|pair| pair.pairs > 0)
        })
    }

    fn count(&self, index: usize, role: As) -> Counts {
        let mut counts = Counts::default();
        let Some(place) = self.places.get(index) else { return counts };
        let Some(this) = self.classes.get(place.class) else { return counts };
        for (other, standings) in self.row(this, role).into_iter().enumerate() {
            let living = self.classes.get(other).map_or(0, |class| class.living);
            let itself = usize::from(other == place.class && !place.deleted);
            let outcome = if place.deleted { Outcome::Refused } else { standings.outcome() };
            counts.add(outcome, living.saturating_sub(itself));
        }
        counts
    }

    /// How a class stands with every class, each pair being two different environments.
    fn row(&self, facts: &Class, role: As) -> Vec<Standings> {
        let mut row = vec![Standings::default(); self.classes.len()];
        for bundle in &self.bundles {
            let mut units = vec![Standings::default(); bundle.units];
            for facet in &bundle.facets {
                let values: Vec<Standings> =
                    facet.examples.iter().map(|example| self.judged(facet.rule, facts, *example, role)).collect();
                merge(&mut units, &facet.value_of, &values);
            }
            merge(&mut row, &bundle.unit_of, &units);
        }
        row
    }

    /// How one rule stands between a class and an example of another.
    fn judged(&self, rule: RuleId, facts: &Class, example: usize, role: As) -> Standings {
        let other = self.classes.get(example).unwrap_or(facts);
        let (source, target) = match role {
            As::Source => (facts, other),
            As::Target => (other, facts),
        };
        let mut standings = Standings::default();
        standings.put(rule, self.pairing(source, target, false).ruling(rule).standing);
        standings
    }

    fn pairing<'a>(&'a self, source: &'a Class, target: &'a Class, itself: bool) -> Pairing<'a> {
        Pairing::new(&self.edition, source.facts(), target.facts(), itself)
    }
}

/// Adds to each cell what its number stands for.
fn merge(cells: &mut [Standings], number_of: &[usize], of_number: &[Standings]) {
    if of_number.iter().all(|s| *s == Standings::default()) {
        return;
    }
    for (cell, number) in cells.iter_mut().zip(number_of) {
        *cell = cell.and(of_number.get(*number).copied().unwrap_or_default());
    }
}

/// Facts by number.
type Numbers<'a> = HashMap<Facts<'a>, usize, BuildHasherDefault<Mixer>>;

/// A short hash: the default one, made to withstand strangers, takes most of the time of [`matrix`]. Whoever brings facts that
/// collide slows down their own page only.
#[derive(Clone, Copy, Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.write_u64(n.into());
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    fn finish(&self) -> u64 {
        // The multiplication leaves the low bits weak; the table looks at those.
        self.0 ^ (self.0 >> 32)
    }
}
