//! Environments with the same facts are one class, and the classes of which the rules of a bundle see the same are one unit.

use super::super::edition::Edition;
use super::super::rule::RuleId;
use super::evidence::List;
use super::outcome::Outcome;
use super::rules::{Facts, HeldFacts, Pairing, compared_key, rules_of};
use super::standings::Standings;
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

/// Whether a class is the source or the target of the row that is judged.
#[derive(Clone, Copy)]
pub(super) enum As {
    Source,
    Target,
}

/// All classes as the columns of a matrix, or as its rows.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Kinds, regions and flags have few values each; keys and policies may have many, and are kept apart. Together all rules that compare
    /// two environments.
    few: Bundle,
    many: Bundle,
    all: Vec<Column>,
}

/// A class as a row sees it: its unit in each bundle.
#[derive(Clone, Copy, Debug)]
struct Column {
    few: usize,
    many: usize,
}

/// What several rules see of the classes: a unit is a set of values of their facts. A tenant has few units, so that a row of
/// the matrix is put together from two short rows.
#[derive(Clone, Debug)]
struct Bundle {
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

impl Columns {
    pub fn new(edition: &Edition, classes: &[Class]) -> Self {
        let (few, many): (Vec<RuleId>, Vec<RuleId>) =
            rules_of(edition).filter(|r| *r != RuleId::T8).partition(|r| !matches!(r, RuleId::T5 | RuleId::T6));
        let ((few, of_few), (many, of_many)) = (Bundle::new(&few, classes), Bundle::new(&many, classes));
        let all = of_few.into_iter().zip(of_many).map(|(few, many)| Column { few, many }).collect();
        Self { few, many, all }
    }

    /// How a class stands with each, two different environments.
    pub fn row(&self, judge: RowJudge<'_>) -> Vec<Standings> {
        let (few, many) = (self.few.row(judge), self.many.row(judge));
        let mut row = vec![Standings::default(); self.all.len()];
        for (cell, column) in row.iter_mut().zip(&self.all) {
            *cell = column.stands(&few, &many);
        }
        row
    }

    /// Those with which the outcome of a class is another in the columns of another edition: its place, the outcome here and there. What
    /// the rules of the first bundle refuse here and there is not looked at: that is nearly all.
    pub fn changes(
        &self,
        judge: RowJudge<'_>,
        there: &Columns,
        judge_there: RowJudge<'_>,
    ) -> Vec<(usize, Outcome, Outcome)> {
        let (few, many) = (self.few.row(judge), self.many.row(judge));
        let (few_there, many_there) = (there.few.row(judge_there), there.many.row(judge_there));
        let refused = |row: &[Standings], unit: usize| row.get(unit).is_none_or(|s| s.outcome() == Outcome::Refused);
        let open: Vec<bool> = (0..few.len()).map(|unit| !refused(&few, unit) || !refused(&few_there, unit)).collect();
        let mut changes = Vec::new();
        for (place, (was, is)) in self.all.iter().zip(&there.all).enumerate() {
            if open.get(was.few) == Some(&true) {
                let (was, is) = (was.stands(&few, &many).outcome(), is.stands(&few_there, &many_there).outcome());
                if was != is {
                    changes.push((place, was, is));
                }
            }
        }
        changes
    }
}

/// What stands at a place. It is asked a million times for a large tenant, so that it is spelled out.
#[inline(always)]
fn at(row: &[Standings], place: usize) -> Standings {
    match row.get(place) {
        Some(standings) => *standings,
        None => Standings::default(),
    }
}

impl Column {
    /// What its units stand for, of the rows of the two bundles.
    #[inline(always)]
    fn stands(&self, few: &[Standings], many: &[Standings]) -> Standings {
        at(few, self.few).and(at(many, self.many))
    }
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
    /// With the unit of each class.
    fn new(rules: &[RuleId], classes: &[Class]) -> (Self, Vec<usize>) {
        let (unit_of, units) = number(rules, classes, 0..classes.len());
        let facets = rules.iter().map(|rule| Facet::new(*rule, classes, &units)).collect();
        (Self { units: units.len(), facets }, unit_of)
    }

    /// How a class stands with each unit.
    fn row(&self, judge: RowJudge<'_>) -> Vec<Standings> {
        let mut units = vec![Standings::default(); self.units];
        for facet in &self.facets {
            let values = facet.values(judge);
            for (unit, value) in units.iter_mut().zip(&facet.value_of) {
                *unit = unit.and(at(&values, *value));
            }
        }
        units
    }
}
