//! Environments with the same facts are one class, and the classes of which the rules of a bundle see the same are one unit.

use super::super::rule::RuleId;
use super::evidence::List;
use super::rules::{Facts, HeldFacts, compared_key};
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
    /// For each value a class that has it, and the number of its key, where the rule compares keys and this one has a name (T5).
    pub examples: Vec<(usize, Option<usize>)>,
    /// The numbers of the keys, by their names in lower case.
    numbers: FxHashMap<String, usize>,
}

impl Facet {
    fn new(rule: RuleId, classes: &[Class], units: &[usize]) -> Self {
        let (value_of, examples) = number(&[rule], classes, units.iter().copied());
        let mut numbers = FxHashMap::default();
        let examples = examples.into_iter().map(|example| {
            let name = classes.get(example).and_then(|class| key_name(rule, class));
            let next = numbers.len();
            (example, name.map(|name| *numbers.entry(name).or_insert(next)))
        });
        Self { rule, value_of, examples: examples.collect(), numbers }
    }

    /// The number of the key of a class, which need not be one of these.
    pub fn key_of(&self, class: &Class) -> Option<usize> {
        self.numbers.get(&key_name(self.rule, class)?).copied()
    }
}

/// The name of its key, where the rule compares keys.
fn key_name(rule: RuleId, class: &Class) -> Option<String> {
    compared_key(class.facts().key).filter(|_| rule == RuleId::T5)
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
        let facets = rules.iter().map(|rule| Facet::new(*rule, classes, &units)).collect();
        Self { unit_of, units: units.len(), facets }
    }
}
