//! The matrix as tables for a file, narrowed down as it is shown.

use super::{Grid, GridFilter};
use crate::domain::eligibility::Outcome;
use crate::domain::environment::Region;

/// The most lines that a table has: more than that no spreadsheet opens.
pub const PAIRS: usize = 1_000_000;

/// The head of [`Grid::lines_by_class`].
pub const BY_CLASS: [&str; 9] = [
    "Sources",
    "Region of the sources",
    "How many sources",
    "Targets",
    "Region of the targets",
    "How many targets",
    "Eligible pairs",
    "Pairs not known",
    "Refused pairs",
];

/// The head of [`Grid::lines_by_environment`].
pub const BY_ENVIRONMENT: [&str; 5] = ["Source", "Id of the source", "Target", "Id of the target", "Outcome"];

impl Grid {
    /// Each class onto each, with how many pairs there are of each outcome.
    ///
    /// # Errors
    /// There would be more lines than [`PAIRS`]: how many.
    pub fn lines_by_class(&self, filter: &GridFilter) -> Result<Vec<Vec<String>>, usize> {
        let side = |order: &[usize], text: &str| {
            order.iter().copied().filter(|class| !self.members(*class, text).is_empty()).collect::<Vec<_>>()
        };
        let (sources, targets) = (side(&self.by_source, &filter.sources), side(&self.by_target, &filter.targets));
        let lines = sources.len().saturating_mul(targets.len());
        if lines > PAIRS {
            return Err(lines);
        }
        let about = |class: usize| {
            let of = self.classes.get(class);
            let region = of.and_then(|c| c.region.as_ref()).map_or("not known".to_string(), Region::to_string);
            [self.title(class), region, of.map_or(0, |c| c.members.len()).to_string()]
        };
        let line = |source: usize, target: usize| {
            let cell = self.cell(source, target);
            let sum = |of: fn(&super::Counts) -> usize| (of(&cell.others) + of(&cell.itself)).to_string();
            let counts = [sum(|c| c.eligible), sum(|c| c.unknown), sum(|c| c.refused)];
            about(source).into_iter().chain(about(target)).chain(counts).collect()
        };
        Ok(sources.iter().flat_map(|s| targets.iter().map(move |t| (*s, *t))).map(|(s, t)| line(s, t)).collect())
    }

    /// Each environment onto each; `Err`: how many pairs there would be, where that is too many.
    ///
    /// # Errors
    /// There are more than [`PAIRS`].
    pub fn lines_by_environment(&self, filter: &GridFilter) -> Result<Vec<Vec<String>>, usize> {
        let (sources, targets) = self.sides(filter);
        let pairs = sources.len().saturating_mul(targets.len());
        if pairs > PAIRS {
            return Err(pairs);
        }
        let name = |head: usize| self.heads.get(head).map(|h| [h.name.clone(), h.id.to_string()]).unwrap_or_default();
        let line = |source: usize, target: usize| {
            let outcome = match self.outcome(source, target) {
                Outcome::Eligible => "eligible",
                Outcome::Unknown => "not known",
                Outcome::Refused => "refused",
            };
            name(source).into_iter().chain(name(target)).chain([outcome.to_string()]).collect()
        };
        Ok(sources.iter().flat_map(|s| targets.iter().map(move |t| (*s, *t))).map(|(s, t)| line(s, t)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::edition::Edition;
    use crate::interop::sample::contoso;
    use chrono::DateTime;

    #[test]
    fn both_tables_have_every_pair_once() {
        let tenant = contoso(DateTime::from_timestamp(1_795_500_000, 0).unwrap());
        let grid = Grid::new(Edition::default_edition(), &tenant);
        let all = GridFilter::default();
        let classes = grid.lines_by_class(&all).unwrap();
        let sum = |column: usize| classes.iter().map(|line| line[column].parse::<usize>().unwrap()).sum::<usize>();
        assert_eq!((sum(6), sum(7), sum(8)), (grid.totals.eligible, grid.totals.unknown, grid.totals.refused));
        assert!(classes.iter().all(|line| line.len() == BY_CLASS.len()));
        let pairs = grid.lines_by_environment(&all).unwrap();
        assert_eq!(pairs.len(), grid.heads.len() * grid.heads.len());
        assert_eq!(pairs.iter().filter(|line| line[4] == "eligible").count(), grid.totals.eligible);
        assert!(pairs.iter().all(|line| line.len() == BY_ENVIRONMENT.len()));
        let some = GridFilter { sources: "contoso sales".to_string(), ..GridFilter::default() };
        assert_eq!(grid.lines_by_environment(&some).unwrap().len(), grid.heads.len());
    }
}
