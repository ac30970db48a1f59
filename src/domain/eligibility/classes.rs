//! Environments with the same facts are one class, and the classes of which the rules of a bundle see the same are one unit.

use super::super::edition::Edition;
use super::super::rule::RuleId;
use super::evidence::List;
use super::outcome::Outcome;
use super::rules::{Facts, HeldFacts, Pairing, compared_key, rules_of};
use super::standings::Standings;
use crate::domain::order::Order as _;
use rustc_hash::FxHashMap;
use std::rc::Rc;

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
    /// The columns of each unit of the first bundle.
    of_few: Vec<Vec<usize>>,
}

/// How a class stands with every column, two different environments: two short rows, from which each is put together when it is asked for.
pub(in super::super) struct ClassRow<'a> {
    columns: &'a Columns,
    few: Rc<[Standings]>,
    many: Vec<Standings>,
}

/// A class with which another stands in another way: its place, the outcome by the one edition and by the other.
pub(in super::super) type Swing = (usize, Outcome, Outcome);

/// Rows one after the other: classes of which the first bundle sees the same share its short row, where they follow one another.
pub(super) struct ClassRows<'a> {
    columns: &'a Columns,
    edition: &'a Edition,
    classes: &'a [Class],
    last: Option<(usize, Rc<[Standings]>)>,
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
        let all: Vec<Column> = of_few.into_iter().zip(of_many).map(|(few, many)| Column { few, many }).collect();
        let mut of_few = vec![Vec::new(); few.units];
        for (place, column) in all.iter().enumerate() {
            of_few.get_mut(column.few).into_iter().for_each(|places: &mut Vec<usize>| places.push(place));
        }
        Self { few, many, all, of_few }
    }

    /// How a class stands with each.
    pub fn row(&self, judge: RowJudge<'_>) -> ClassRow<'_> {
        ClassRow { columns: self, few: self.few.row(judge).into(), many: self.many.row(judge) }
    }

    /// The rows of sources, of which `classes` are the columns.
    pub fn rows<'a>(&'a self, edition: &'a Edition, classes: &'a [Class]) -> ClassRows<'a> {
        ClassRows { columns: self, edition, classes, last: None }
    }

    /// The places of all of them, those of which the first bundle sees the same one after the other.
    pub fn by_unit(&self) -> impl Iterator<Item = usize> {
        self.of_few.iter().flatten().copied()
    }
}

impl<'a> ClassRows<'a> {
    /// The row of a class that the first bundle sees as it does the one at `place`.
    pub fn of(&mut self, facts: &'a Class, place: usize) -> Option<ClassRow<'a>> {
        let judge = RowJudge { edition: self.edition, classes: self.classes, facts, role: As::Source };
        let unit = self.columns.all.get(place)?.few;
        let few = match &self.last {
            Some((last, few)) if *last == unit => Rc::clone(few),
            _ => self.columns.few.row(judge).into(),
        };
        self.last = Some((unit, Rc::clone(&few)));
        Some(ClassRow { columns: self.columns, few, many: self.columns.many.row(judge) })
    }
}

impl ClassRow<'_> {
    /// How it stands with one of them.
    pub fn at(&self, place: usize) -> Standings {
        self.columns.all.get(place).map(|column| column.stands(&self.few, &self.many)).unwrap_or_default()
    }

    /// What the first bundle alone says of one of them.
    pub fn first(&self, place: usize) -> Standings {
        self.columns.all.get(place).map(|column| at(&self.few, column.few)).unwrap_or_default()
    }

    /// With all of them, in their order.
    pub fn all(&self) -> impl Iterator<Item = Standings> {
        self.columns.all.iter().map(|column| column.stands(&self.few, &self.many))
    }

    /// Those that the rules of the first bundle do not refuse, unit by unit. The others, nearly all of a large tenant, are refused, and
    /// none of them is looked at. By `outcome` no pair may be better off for one rule more.
    pub fn open(&self, outcome: impl Fn(Standings) -> Outcome) -> impl Iterator<Item = (usize, Standings)> {
        let units = self.few.iter().zip(&self.columns.of_few);
        let open = units.filter(move |(few, _)| outcome(**few) != Outcome::Refused);
        open.flat_map(move |(few, places)| {
            let stands = move |column: &Column| few.and(at(&self.many, column.many));
            places.iter().filter_map(move |place| Some((*place, stands(self.columns.all.get(*place)?))))
        })
    }

    /// Those with which the outcome is another than in a row of another edition over the same classes.
    pub fn changes(&self, there: &ClassRow<'_>) -> Vec<Swing> {
        let here =
            self.open(Standings::outcome).map(|(place, stands)| (place, stands.outcome(), there.at(place).outcome()));
        let refused_here = |(place, stands): (usize, Standings)| {
            let here = self.at(place).outcome();
            (here == Outcome::Refused).then(|| (place, here, stands.outcome()))
        };
        let mut changes: Vec<_> = here
            .filter(|(_, here, _)| *here != Outcome::Refused)
            .chain(there.open(Standings::outcome).filter_map(refused_here))
            .filter(|(_, here, there)| here != there)
            .collect();
        changes.order();
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
