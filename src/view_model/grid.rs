//! The matrix of a tenant's environments: by class, which is what the rules tell apart, and by environment.

mod blocks;
mod selected;
mod sheet;
pub mod table;

pub use blocks::{Block, COLUMNS, GridFilter, ROWS};
pub use selected::{Selected, Span};
pub use sheet::{Layout, Seen, cut};

use crate::domain::edition::Edition;
use crate::domain::eligibility::{CountedPairs, Counts, FactGroup, Matrix, Outcome, groups};
use crate::domain::environment::{Environment, EnvironmentId, Region};
use crate::domain::order::Order as _;
use crate::domain::slowly::{STEP, at_once};
use crate::domain::tenant::Tenant;
use crate::view_model::words::thousands;
use crate::words::class::{Trait, kind, traits};
use rustc_hash::FxHashMap;

/// A living environment, as a row or a column.
#[derive(Clone, Debug)]
pub struct GridHead {
    pub id: EnvironmentId,
    pub name: String,
    /// Its place in [`Grid::classes`].
    pub class: usize,
    /// Its place in `tenant.environments`.
    place: usize,
    /// What is looked for, in small letters.
    words: String,
}

/// Living environments of which the rules see the same.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its kind.
    pub kind: String,
    /// What else the rules look at, where it says something.
    pub traits: Vec<Trait>,
    pub region: Option<Region>,
    /// Their places in [`Grid::heads`], in the order of their names; at least one.
    pub members: Vec<usize>,
    /// The place in `tenant.environments` of one that answers as a source as all others do, and how many these are.
    example: Option<usize>,
    alike: usize,
}

impl Class {
    /// That of a group, without its members.
    fn of(group: &FactGroup, policies: bool) -> Self {
        let region = group.facts.region.clone();
        Self {
            kind: kind(group),
            traits: traits(group, policies),
            region,
            members: Vec::new(),
            example: None,
            alike: 0,
        }
    }

    /// What the rules see of it: "Sandbox, managed, own key".
    pub fn facts(&self) -> String {
        let traits = self.traits.iter().map(|t| t.says.as_str());
        [self.kind.as_str()].into_iter().chain(traits).collect::<Vec<_>>().join(", ")
    }
}

/// All pairs of two classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridCell {
    /// Pairs of two environments. All have one outcome, unless the service listed the candidates of a source (T10).
    pub others: Counts,
    /// Environments onto themselves.
    pub itself: Counts,
}

/// Every pair of the living environments of a tenant.
#[derive(Clone, Debug)]
pub struct Grid {
    /// In the order of their names.
    pub heads: Vec<GridHead>,
    pub classes: Vec<Class>,
    /// Of all pairs, onto itself too.
    pub totals: Counts,
    pairs: CountedPairs,
    /// What stands in a cell for the sources of which the service listed the candidates (T10): each may answer otherwise than its class.
    listed: FxHashMap<(usize, usize), GridCell>,
    /// The regions by their size, then the classes with the most ticks: as sources, and as targets.
    by_source: Vec<usize>,
    by_target: Vec<usize>,
    /// Of each class as a source, and as a target.
    of_source: Vec<Counts>,
    of_target: Vec<Counts>,
    /// The place of each environment in `heads`.
    at: FxHashMap<EnvironmentId, usize>,
}

/// The best outcome of which there is a pair.
fn best(counts: &Counts) -> Option<Outcome> {
    match counts {
        Counts { eligible: 1.., .. } => Some(Outcome::Eligible),
        Counts { unknown: 1.., .. } => Some(Outcome::Unknown),
        Counts { refused: 1.., .. } => Some(Outcome::Refused),
        _ => None,
    }
}

fn how_many(counts: &Counts, outcome: Outcome) -> usize {
    match outcome {
        Outcome::Eligible => counts.eligible,
        Outcome::Unknown => counts.unknown,
        Outcome::Refused => counts.refused,
    }
}

impl GridCell {
    /// That of the pairs of two environments; where those are refused, of environments onto themselves.
    pub fn outcome(&self) -> Outcome {
        let counts = if self.only_itself() { &self.itself } else { &self.others };
        best(counts).unwrap_or(Outcome::Refused)
    }

    /// Only onto themselves environments have that outcome.
    pub fn only_itself(&self) -> bool {
        let others = best(&self.others);
        let not_refused = best(&self.itself).is_some_and(|itself| itself != Outcome::Refused);
        others.is_none() || others == Some(Outcome::Refused) && not_refused
    }

    /// How many pairs have that outcome.
    pub fn pairs(&self) -> usize {
        let others = if self.only_itself() { 0 } else { how_many(&self.others, self.outcome()) };
        others + how_many(&self.itself, self.outcome())
    }

    /// How environments stand onto themselves, where that is another outcome.
    pub fn but_itself(&self) -> Option<Outcome> {
        best(&self.itself).filter(|itself| *itself != self.outcome())
    }
}

impl GridHead {
    fn of(place: usize, env: &Environment, class: usize) -> Self {
        let kind = env.kind.get().map(|k| k.to_string()).unwrap_or_default();
        let region = env.region.get().map(|r| r.to_string()).unwrap_or_default();
        let words = format!("{}\n{kind}\n{region}", env.name).to_lowercase();
        Self { id: env.id.clone(), name: env.name.clone(), class, place, words }
    }
}

impl Grid {
    /// In one go.
    pub fn new(edition: &Edition, tenant: &Tenant) -> Self {
        let found = at_once(Self::slowly(edition, tenant, None, async || true));
        found.unwrap_or_else(|| Self::empty(CountedPairs::new(edition, &Tenant::default())))
    }

    /// The same in steps, on from the grid of what the tenant was before. `None`: `goes_on`, which is asked after each, stopped it.
    pub async fn slowly(
        edition: &Edition,
        tenant: &Tenant,
        before: Option<&Self>,
        mut goes_on: impl AsyncFnMut() -> bool,
    ) -> Option<Self> {
        let before = before.map(|grid| &grid.pairs);
        let pairs = CountedPairs::slowly(edition, tenant, before, &mut goes_on).await?;
        let judged = &pairs.matrix;
        let mut grid = Self::empty(CountedPairs::new(edition, &Tenant::default()));
        let found = groups(judged);
        grid.classes = found.groups.iter().map(|group| Class::of(group, found.policies)).collect();
        if !goes_on().await {
            return None;
        }
        for (place, env) in tenant.environments.iter().enumerate() {
            if place % STEP == 0 && !goes_on().await {
                return None;
            }
            let group = judged.class_of(place).and_then(|class| found.of_class.get(class).copied().flatten());
            if let (None, Some(class)) = (&env.deleted, group) {
                grid.heads.push(GridHead::of(place, env, class));
            }
        }
        grid.heads.order_by(|a, b| a.words.cmp(&b.words));
        for (at, head) in grid.heads.iter().enumerate() {
            if at % STEP == 0 && !goes_on().await {
                return None;
            }
            grid.at.insert(head.id.clone(), at);
            if let Some(class) = grid.classes.get_mut(head.class) {
                class.members.push(at);
            }
        }
        let group = |class: usize| found.of_class.get(class).copied().flatten();
        let none = vec![Counts::default(); grid.classes.len()];
        (grid.of_source, grid.of_target) = (none.clone(), none);
        for (class, (of_source, of_target)) in pairs.totals.by_class().enumerate() {
            let Some(group) = group(class) else { continue };
            grid.of_source.get_mut(group).into_iter().for_each(|of| *of = of.plus(of_source));
            grid.of_target.get_mut(group).into_iter().for_each(|of| *of = of.plus(of_target));
            grid.totals = grid.totals.plus(of_source);
        }
        for at in 0..grid.heads.len() {
            let has_list = grid.heads.get(at).is_some_and(|head| judged.is_listed(head.place));
            if (has_list || at % STEP == 0) && !goes_on().await {
                return None;
            }
            grid.tell_apart(at, judged, group);
        }
        grid.pairs = pairs;
        grid.put_in_order();
        Some(grid)
    }

    /// Whether an environment answers as a source as its class does, or has cells of its own (T10); `group` is that of a class of the matrix.
    fn tell_apart(&mut self, head: usize, judged: &Matrix, group: impl Fn(usize) -> Option<usize>) {
        let Some(head) = self.heads.get(head) else { return };
        if !judged.is_listed(head.place) {
            if let Some(class) = self.classes.get_mut(head.class) {
                class.example.get_or_insert(head.place);
                class.alike += 1;
            }
            return;
        }
        for pair in judged.class_of(head.place).map(|class| judged.pairs_of(class)).unwrap_or_default() {
            let Some(target) = group(pair.target) else { continue };
            let cell = self.listed.entry((head.class, target)).or_default();
            let counts = if pair.itself { &mut cell.itself } else { &mut cell.others };
            counts.add(pair.standings.outcome(), pair.pairs);
        }
    }

    fn empty(pairs: CountedPairs) -> Self {
        Self {
            heads: Vec::new(),
            classes: Vec::new(),
            totals: Counts::default(),
            pairs,
            listed: FxHashMap::default(),
            by_source: Vec::new(),
            by_target: Vec::new(),
            of_source: Vec::new(),
            of_target: Vec::new(),
            at: FxHashMap::default(),
        }
    }

    /// The outcome of a pair, by the places in `heads`.
    pub fn outcome(&self, source: usize, target: usize) -> Outcome {
        match (self.heads.get(source), self.heads.get(target)) {
            (Some(s), Some(t)) => self.pairs.matrix.outcome(s.place, t.place),
            _ => Outcome::Refused,
        }
    }

    /// Where an environment is in `heads`.
    pub fn find(&self, id: &EnvironmentId) -> Option<usize> {
        self.at.get(id).copied()
    }

    /// All pairs of two classes.
    pub fn cell(&self, source: usize, target: usize) -> GridCell {
        let mut cell = self.listed.get(&(source, target)).copied().unwrap_or_default();
        let (Some(from), Some(onto)) = (self.classes.get(source), self.classes.get(target)) else { return cell };
        let other = onto.members.first().and_then(|head| self.heads.get(*head));
        let class = |place: usize| self.pairs.matrix.class_of(place);
        if let (Some(example), Some(other)) = (from.example, other)
            && let (Some(s), Some(t)) = (class(example), class(other.place))
        {
            let itself = if source == target { from.alike } else { 0 };
            let others = (from.alike * onto.members.len()).saturating_sub(itself);
            cell.others.add(self.pairs.matrix.between(s, t).outcome(), others);
            cell.itself.add(self.pairs.matrix.onto_itself(example), itself);
        }
        cell
    }

    /// All pairs of one environment with a class of targets.
    pub fn cell_of(&self, source: usize, target: usize) -> GridCell {
        let mut cell = GridCell::default();
        let (Some(head), Some(class)) = (self.heads.get(source), self.classes.get(target)) else { return cell };
        let mine = head.class == target;
        if self.pairs.matrix.is_listed(head.place) {
            class.members.iter().filter(|m| **m != source).for_each(|m| cell.others.add(self.outcome(source, *m), 1));
        } else if let Some(other) = class.members.iter().find(|m| **m != source) {
            // What one of them answers they all do.
            cell.others.add(self.outcome(source, *other), class.members.len() - usize::from(mine));
        }
        if mine {
            cell.itself.add(self.outcome(source, source), 1);
        }
        cell
    }

    /// What stands in a cell beside its symbol: how many targets there are, or that it is itself.
    pub fn says(&self, cell: &GridCell, target: usize) -> String {
        if cell.only_itself() {
            return "itself".into();
        }
        let all = how_many(&cell.others, cell.outcome()) == cell.others.all();
        let without = usize::from(cell.but_itself().is_some());
        let targets = self.classes.get(target).map_or(0, |c| c.members.len()).saturating_sub(without);
        thousands(if all { targets } else { cell.pairs() })
    }

    /// What a class is called: the name of the only one, or its facts.
    pub fn title(&self, class: usize) -> String {
        let Some(class) = self.classes.get(class) else { return String::new() };
        match class.members.as_slice() {
            [one] => self.heads.get(*one).map(|head| head.name.clone()).unwrap_or_default(),
            _ => class.facts(),
        }
    }
}
