//! Environments with the same facts are one class, and the classes of which the rules of a bundle see the same are one unit.

use super::super::edition::Edition;
use super::super::rule::RuleId;
use super::bundle::{Bundle, RowJudge, ShortRow, at};
use super::evidence::List;
use super::outcome::Outcome;
use super::rules::{Facts, HeldFacts, rules_of};
use super::standings::Standings;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The facts of a class, held and shared by copies.
#[derive(Clone, Debug)]
pub(super) struct Class {
    facts: Arc<HeldFacts>,
    /// How many living environments have these facts.
    pub living: usize,
    /// Its list of candidates; then it has one member.
    pub list: Option<Arc<List>>,
}

impl Class {
    pub fn new(facts: &Facts, list: Option<List>) -> Self {
        Self { facts: Arc::new(HeldFacts::of(facts)), living: 0, list: list.map(Arc::new) }
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
    few: ShortRow,
    many: ShortRow,
}

/// A class with which another stands in another way: its place, the outcome by the one edition and by the other.
pub(in super::super) type Swing = (usize, Outcome, Outcome);

/// Rows one after the other: classes of which a bundle sees the same share its short row. For the first bundle, where they follow one another;
/// the short rows of the second are kept as long as there are [`SHARED`] of them at most.
pub(super) struct ClassRows<'a> {
    columns: &'a Columns,
    edition: &'a Edition,
    classes: &'a [Class],
    last: Option<(usize, ShortRow)>,
    many: FxHashMap<usize, ShortRow>,
}

/// Where every environment has a key of its own no two classes share a short row, and to keep all of them is to keep every pair.
const SHARED: usize = 64;

/// A class as a row sees it: its unit in each bundle.
#[derive(Clone, Copy, Debug)]
struct Column {
    few: usize,
    many: usize,
}

/// The rules that compare two environments, by bundle.
fn bundles(edition: &Edition) -> (Vec<RuleId>, Vec<RuleId>) {
    rules_of(edition).filter(|r| *r != RuleId::T8).partition(|r| !matches!(r, RuleId::T5 | RuleId::T6))
}

impl Columns {
    pub fn new(edition: &Edition, classes: &[Class]) -> Self {
        let (few, many) = bundles(edition);
        let ((few, of_few), (many, of_many)) = (Bundle::new(&few, classes), Bundle::new(&many, classes));
        let all: Vec<Column> = of_few.into_iter().zip(of_many).map(|(few, many)| Column { few, many }).collect();
        let mut of_few = vec![Vec::new(); few.units()];
        for (place, column) in all.iter().enumerate() {
            of_few.get_mut(column.few).into_iter().for_each(|places: &mut Vec<usize>| places.push(place));
        }
        Self { few, many, all, of_few }
    }

    /// Those of the same classes under another edition, whose first bundle has the same rules.
    pub fn by(&self, edition: &Edition, classes: &[Class]) -> Self {
        let (many, of_many) = Bundle::new(&bundles(edition).1, classes);
        let all = self.all.iter().zip(of_many).map(|(column, many)| Column { many, ..*column }).collect();
        Self { few: self.few.clone(), many, all, of_few: self.of_few.clone() }
    }

    /// Takes in the class that was put at the end of `classes`.
    pub fn add(&mut self, classes: &[Class]) {
        let column = Column { few: self.few.add(classes), many: self.many.add(classes) };
        self.of_few.resize_with(self.of_few.len().max(column.few + 1), Vec::new);
        self.of_few.get_mut(column.few).into_iter().for_each(|places| places.push(self.all.len()));
        self.all.push(column);
    }

    /// How a class stands with each.
    pub fn row(&self, judge: RowJudge<'_>) -> ClassRow<'_> {
        ClassRow { columns: self, few: self.few.row(judge), many: self.many.row(judge) }
    }

    /// The rows of sources, of which `classes` are the columns.
    pub fn rows<'a>(&'a self, edition: &'a Edition, classes: &'a [Class]) -> ClassRows<'a> {
        ClassRows { columns: self, edition, classes, last: None, many: FxHashMap::default() }
    }

    /// The places of all of them, those of which the first bundle sees the same one after the other.
    pub fn by_unit(&self) -> impl Iterator<Item = usize> {
        self.of_few.iter().flatten().copied()
    }
}

impl<'a> ClassRows<'a> {
    /// The row of a class that stands for the one at `place`: two of them are alike for a bundle wherever those are.
    pub fn of(&mut self, facts: &'a Class, place: usize) -> Option<ClassRow<'a>> {
        let judge = RowJudge { edition: self.edition, classes: self.classes, facts, role: As::Source };
        let unit = self.columns.all.get(place)?;
        let few = match &self.last {
            Some((last, few)) if *last == unit.few => Rc::clone(few),
            _ => self.columns.few.row(judge),
        };
        self.last = Some((unit.few, Rc::clone(&few)));
        let many = match self.many.get(&unit.many) {
            Some(many) => Rc::clone(many),
            None => self.columns.many.row(judge),
        };
        if self.many.len() < SHARED {
            self.many.insert(unit.many, Rc::clone(&many));
        }
        Some(ClassRow { columns: self.columns, few, many })
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

    /// Those with which the outcome is another than in a row of another edition over the same classes, unit by unit of the first bundle. Which
    /// rules that bundle has does not depend on the edition, so that it has the same units.
    pub fn changes(&self, there: &ClassRow<'_>) -> impl Iterator<Item = Swing> {
        let refused = |few: &Standings| few.outcome() == Outcome::Refused;
        let units = self.few.iter().zip(there.few.iter()).zip(&self.columns.of_few);
        // What the first bundle refuses here and there is so whatever else there is.
        let open = units.filter(move |((here, there), _)| !(refused(here) && refused(there)));
        open.flat_map(move |((few_here, few_there), places)| {
            places.iter().filter_map(move |place| {
                let here = few_here.and(at(&self.many, self.columns.all.get(*place)?.many)).outcome();
                let there = few_there.and(at(&there.many, there.columns.all.get(*place)?.many)).outcome();
                (here != there).then_some((*place, here, there))
            })
        })
    }
}

impl Column {
    /// What its units stand for, of the rows of the two bundles.
    #[inline(always)]
    fn stands(&self, few: &[Standings], many: &[Standings]) -> Standings {
        at(few, self.few).and(at(many, self.many))
    }
}
