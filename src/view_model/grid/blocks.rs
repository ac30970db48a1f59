//! What is drawn of a matrix: a block per region, since regions never mix, and the ticks first.

use super::{Counts, Grid};
use crate::domain::environment::Region;
use crate::domain::order::Order as _;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The most rows of a block, and the most columns, that are drawn.
pub const ROWS: usize = 40;
pub const COLUMNS: usize = 24;

/// What narrows the matrix down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridFilter {
    /// Words that a source's name, kind or region must have.
    pub sources: String,
    /// The same for targets.
    pub targets: String,
    /// With sources that can be restored onto nothing, and targets that nothing can be restored onto.
    pub never: bool,
}

/// The classes of a region. What is of no known region stands in every block: it may be of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// `None`: no region is known.
    pub region: Option<Region>,
    /// How many environments are of it.
    pub environments: usize,
    /// Classes, those with the most ticks first.
    pub sources: Vec<usize>,
    pub targets: Vec<usize>,
    /// How many environments are left out because all is refused.
    pub never_sources: usize,
    pub never_targets: usize,
    /// How many classes more there are than are drawn.
    pub more_sources: usize,
    pub more_targets: usize,
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

impl Grid {
    pub(super) fn put_in_order(&mut self) {
        let mut regions: BTreeMap<Option<&Region>, usize> = BTreeMap::new();
        for class in &self.classes {
            *regions.entry(class.region.as_ref()).or_default() += class.members.len();
        }
        let order = |of: &[Counts]| {
            let mut all: Vec<usize> = (0..self.classes.len()).collect();
            all.order_by_cached_key(|place| {
                let class = self.classes.get(*place)?;
                let counts = of.get(*place).copied().unwrap_or_default();
                let size = regions.get(&class.region.as_ref()).copied().unwrap_or(0);
                let region = (class.region.is_none(), Reverse(size), class.region.clone());
                let ticks = (Reverse(counts.eligible), Reverse(counts.unknown), Reverse(class.members.len()));
                // Two may be called alike: then by the name of the first.
                Some((region, ticks, class.facts(), class.members.first().copied()))
            });
            all
        };
        (self.by_source, self.by_target) = (order(&self.of_source), order(&self.of_target));
    }

    fn has(&self, head: usize, words: &[String]) -> bool {
        self.heads.get(head).is_some_and(|head| words.iter().all(|w| head.words.contains(w.as_str())))
    }

    /// Whether a member of a class has all that is looked for.
    fn any_has(&self, class: usize, words: &[String]) -> bool {
        words.is_empty() || self.classes.get(class).is_some_and(|c| c.members.iter().any(|m| self.has(*m, words)))
    }

    /// The blocks that have both rows and columns, the largest region first.
    pub fn blocks(&self, filter: &GridFilter) -> Vec<Block> {
        let mut regions: Vec<Option<Region>> = Vec::new();
        for class in self.by_source.iter().filter_map(|class| self.classes.get(*class)) {
            if regions.last() != Some(&class.region) {
                regions.push(class.region.clone());
            }
        }
        if regions.len() > 1 {
            regions.retain(Option::is_some);
        }
        let (sources, targets) = (words(&filter.sources), words(&filter.targets));
        let side = |order: &[usize], of: &[Counts], words: &[String], region: &Option<Region>, most: usize| {
            let here = |class: &usize| {
                let of = self.classes.get(*class).map(|c| &c.region);
                (of == Some(region) || of == Some(&None)) && self.any_has(*class, words)
            };
            let size = |class: &usize| self.classes.get(*class).map_or(0, |c| c.members.len());
            let useful = |class: &usize| of.get(*class).is_some_and(|c| c.eligible + c.unknown > 0);
            let (mut shown, never): (Vec<usize>, Vec<usize>) =
                order.iter().copied().filter(here).partition(|class| filter.never || useful(class));
            let more = shown.len().saturating_sub(most);
            shown.truncate(most);
            (shown, never.iter().map(size).sum::<usize>(), more)
        };
        let block = |region: Option<Region>| {
            let environments =
                self.classes.iter().filter(|c| c.region == region).map(|c| c.members.len()).sum::<usize>();
            let (sources, never_sources, more_sources) =
                side(&self.by_source, &self.of_source, &sources, &region, ROWS);
            let (targets, never_targets, more_targets) =
                side(&self.by_target, &self.of_target, &targets, &region, COLUMNS);
            let counts = (never_sources, never_targets, more_sources, more_targets);
            let (never_sources, never_targets, more_sources, more_targets) = counts;
            Block { region, environments, sources, targets, never_sources, never_targets, more_sources, more_targets }
        };
        regions.into_iter().map(block).collect()
    }

    /// The members of a class that have what is looked for, in the order of their names.
    pub fn members(&self, class: usize, words_of: &str) -> Vec<usize> {
        let words = words(words_of);
        let members = self.classes.get(class).map(|c| c.members.as_slice()).unwrap_or_default();
        members.iter().copied().filter(|m| self.has(*m, &words)).collect()
    }

    /// The environments as rows and as columns: in the order of the blocks, and in each class by name.
    pub fn sides(&self, filter: &GridFilter) -> (Vec<usize>, Vec<usize>) {
        let side = |order: &[usize], text: &str| {
            order.iter().flat_map(|class| self.members(*class, text)).collect::<Vec<usize>>()
        };
        (side(&self.by_source, &filter.sources), side(&self.by_target, &filter.targets))
    }

    /// The environment that somebody means by what is typed: the one of that name, else the only one that has these words.
    pub fn meant(&self, text: &str) -> Option<usize> {
        let name = text.trim().to_lowercase();
        if name.is_empty() {
            return None;
        }
        let named = self.heads.iter().position(|head| head.name.to_lowercase() == name);
        let words = words(text);
        let mut all = (0..self.heads.len()).filter(|head| self.has(*head, &words));
        named.or_else(|| all.next().filter(|_| all.next().is_none()))
    }

    /// Pairs of two regions that are not refused: what the service listed may say so against the rules (T10).
    pub fn between(&self) -> Counts {
        let mut counts = Counts::default();
        for ((source, target), cell) in &self.listed {
            let region = |class: &usize| self.classes.get(*class).and_then(|c| c.region.as_ref());
            if let (Some(s), Some(t)) = (region(source), region(target))
                && s != t
            {
                counts.eligible += cell.others.eligible;
                counts.unknown += cell.others.unknown;
            }
        }
        counts
    }
}
