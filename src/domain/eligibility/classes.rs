//! Environments with the same facts are one class, and the classes of which the rules of a bundle see the same are one unit.

use super::super::rule::RuleId;
use super::evidence::List;
use super::rules::{Facts, HeldFacts};
use rustc_hash::FxHashMap;

/// The facts of a class, owned.
#[derive(Clone, Debug)]
pub(super) struct Class {
    facts: HeldFacts,
    /// How many living environments have these facts.
    pub living: usize,
    /// Its list of candidates; then it has one member.
    pub list: Option<List>,
}

impl Class {
    pub fn new(facts: &Facts, list: Option<List>) -> Self {
        Self { facts: HeldFacts::of(facts), living: 0, list }
    }

    pub fn facts(&self) -> Facts<'_> {
        self.facts.seen()
    }
}

/// What several rules see of the classes: a unit is a set of values of their facts. A tenant has few units, so that a row of
/// the matrix is put together from two short rows.
#[derive(Clone, Debug)]
pub(super) struct Bundle {
    /// For each class its unit.
    pub unit_of: Vec<usize>,
    pub units: usize,
    pub facets: Vec<Facet>,
}

/// The units as one rule sees them. A rule looks at one fact alone, so that it is judged once per value of that fact.
#[derive(Clone, Debug)]
pub(super) struct Facet {
    pub rule: RuleId,
    /// For each unit the place of its value in `examples`.
    pub value_of: Vec<usize>,
    /// For each value a class that has it.
    pub examples: Vec<usize>,
}

/// Numbers the distinct facts among `classes` as the rules see them: the number of each, and the first class of each number.
fn number(rules: &[RuleId], classes: &[Class], among: impl Iterator<Item = usize>) -> (Vec<usize>, Vec<usize>) {
    let mut seen: FxHashMap<_, usize> = FxHashMap::default();
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
    pub fn new(rules: &[RuleId], classes: &[Class]) -> Self {
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
