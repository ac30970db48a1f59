//! What several rules see of the classes of a tenant.

use super::super::edition::Edition;
use super::super::rule::RuleId;
use super::classes::{As, Class};
use super::rules::{Pairing, compared_key};
use super::standings::Standings;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// How a class stands with every unit of a bundle.
pub(super) type ShortRow = Rc<[Standings]>;

/// What several rules see of the classes: a unit is a set of values of their facts. A tenant has few units, so that a row of
/// the matrix is put together from two short rows.
#[derive(Clone, Debug)]
pub(super) struct Bundle {
    units: usize,
    facets: Vec<Facet>,
}

/// The units as one rule sees them. A rule looks at one fact alone, so that it is judged once per value of that fact.
#[derive(Clone, Debug)]
struct Facet {
    rule: RuleId,
    /// For each unit the place of its value in `examples`.
    value_of: Vec<usize>,
    /// For each value a class that has it, and the number of its key, where the rule compares keys and this one has a name (T5).
    examples: Vec<(usize, Option<usize>)>,
    /// The numbers of the keys, by their names in lower case.
    numbers: FxHashMap<String, usize>,
}

/// One class beside examples of others.
#[derive(Clone, Copy)]
pub(super) struct RowJudge<'a> {
    pub edition: &'a Edition,
    /// Those of which there are examples.
    pub classes: &'a [Class],
    /// The one class, which need not be one of those.
    pub facts: &'a Class,
    pub role: As,
}

impl RowJudge<'_> {
    /// How one rule stands between the class and an example of another.
    fn of(&self, rule: RuleId, example: usize) -> Standings {
        let other = self.classes.get(example).unwrap_or(self.facts);
        let (source, target) = match self.role {
            As::Source => (self.facts, other),
            As::Target => (other, self.facts),
        };
        let mut standings = Standings::default();
        let pairing = Pairing::new(self.edition, source.facts(), target.facts(), false);
        standings.put(rule, pairing.ruling(rule).standing);
        standings
    }
}

/// What stands at a place. It is asked a million times for a large tenant, so that it is spelled out.
#[inline(always)]
pub(super) fn at(row: &[Standings], place: usize) -> Standings {
    match row.get(place) {
        Some(standings) => *standings,
        None => Standings::default(),
    }
}

impl Facet {
    fn new(rule: RuleId, classes: &[Class], units: &[usize]) -> Self {
        let (value_of, examples) = number(&[rule], classes, units.iter().copied());
        let mut facet = Self { rule, value_of, examples: Vec::new(), numbers: FxHashMap::default() };
        examples.into_iter().for_each(|example| facet.take_in(example, classes));
        facet
    }

    /// Another value, of which a class is the example.
    fn take_in(&mut self, example: usize, classes: &[Class]) {
        let name = classes.get(example).and_then(|class| key_name(self.rule, class));
        let next = self.numbers.len();
        self.examples.push((example, name.map(|name| *self.numbers.entry(name).or_insert(next))));
    }

    /// The place of the value that the class at the end of `classes` has, which is new where no other has it.
    fn add(&mut self, classes: &[Class]) -> usize {
        let rule = self.rule;
        let fact = |place: usize| classes.get(place).map(|class| class.facts().only(&[rule]));
        let last = classes.len().saturating_sub(1);
        let new = fact(last);
        if let Some(known) = self.examples.iter().position(|(example, _)| fact(*example) == new) {
            return known;
        }
        self.take_in(last, classes);
        self.examples.len() - 1
    }

    /// How the rule stands between a class and each value of its fact. A key that has a name is this one's or another: with every other the
    /// rule stands alike.
    fn values(&self, judge: RowJudge<'_>) -> Vec<Standings> {
        let own = self.key_of(judge.facts);
        let mut another = None;
        let value = |(example, key): &(usize, Option<usize>)| {
            let judged = || judge.of(self.rule, *example);
            if key.is_some() && *key != own { *another.get_or_insert_with(judged) } else { judged() }
        };
        self.examples.iter().map(value).collect()
    }

    /// The number of the key of a class, which need not be one of these.
    fn key_of(&self, class: &Class) -> Option<usize> {
        self.numbers.get(&key_name(self.rule, class)?).copied()
    }
}

/// The name of its key, where the rule compares keys.
fn key_name(rule: RuleId, class: &Class) -> Option<String> {
    compared_key(class.facts().key).filter(|_| rule == RuleId::T5)
}

/// Numbers the distinct facts among `classes` as the rules see them: the number of each, and the first class of each number.
fn number(rules: &[RuleId], classes: &[Class], among: impl Iterator<Item = usize>) -> (Vec<usize>, Vec<usize>) {
    let mut seen: FxHashMap<_, usize> = FxHashMap::with_capacity_and_hasher(among.size_hint().0, Default::default());
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
    /// With the unit of each class.
    pub fn new(rules: &[RuleId], classes: &[Class]) -> (Self, Vec<usize>) {
        let (unit_of, units) = number(rules, classes, 0..classes.len());
        let facets = rules.iter().map(|rule| Facet::new(*rule, classes, &units)).collect();
        (Self { units: units.len(), facets }, unit_of)
    }

    pub fn units(&self) -> usize {
        self.units
    }

    /// Takes in the class that was put at the end of `classes`, and gives its unit. A rule looks at one fact alone, so that a unit is a value of each.
    pub fn add(&mut self, classes: &[Class]) -> usize {
        let values: Vec<usize> = self.facets.iter_mut().map(|facet| facet.add(classes)).collect();
        let is_it = |unit: &usize| self.facets.iter().zip(&values).all(|(f, v)| f.value_of.get(*unit) == Some(v));
        let known = (0..self.units).find(is_it);
        known.unwrap_or_else(|| {
            self.facets.iter_mut().zip(values).for_each(|(facet, value)| facet.value_of.push(value));
            self.units += 1;
            self.units - 1
        })
    }

    /// How a class stands with each unit.
    pub fn row(&self, judge: RowJudge<'_>) -> ShortRow {
        let mut units = vec![Standings::default(); self.units];
        for facet in &self.facets {
            let values = facet.values(judge);
            for (unit, value) in units.iter_mut().zip(&facet.value_of) {
                *unit = unit.and(at(&values, *value));
            }
        }
        units.into()
    }
}
