//! The matrix of a tenant's environments, cut to what can be drawn.

use crate::domain::edition::Edition;
use crate::domain::eligibility::{Counts, Outcome, matrix};
use crate::domain::environment::{Environment, EnvironmentId};
use crate::domain::order::Order as _;
use crate::domain::tenant::Tenant;

/// The most rows, and the most columns, that are drawn.
pub const MOST: usize = 60;

/// What narrows the matrix down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridFilter {
    /// Words that a source's name, kind or region must have.
    pub sources: String,
    /// The same for targets.
    pub targets: String,
    /// Leave out sources that can be restored to nothing, and targets that nothing can be restored to.
    pub useful: bool,
}

/// The head of a row or a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub id: EnvironmentId,
    pub name: String,
    pub kind: String,
    pub region: String,
    place: usize,
}

impl Head {
    fn of(place: usize, env: &Environment) -> Self {
        let or = |v: Option<String>, none: &str| v.unwrap_or_else(|| none.to_string());
        Self {
            id: env.id.clone(),
            name: env.name.clone(),
            kind: or(env.kind.get().map(|k| k.to_string()), "kind not known"),
            region: or(env.region.get().map(|r| r.to_string()), "region not known"),
            place,
        }
    }

    /// Name, kind and region.
    pub fn title(&self) -> String {
        format!("{} · {} · {}", self.name, self.kind, self.region)
    }

    fn has(&self, words: &[String]) -> bool {
        let text = format!("{}\n{}\n{}", self.name, self.kind, self.region).to_lowercase();
        words.iter().all(|w| text.contains(w.as_str()))
    }
}

/// The part of the matrix that is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    pub sources: Vec<Head>,
    pub targets: Vec<Head>,
    /// How many sources match, drawn or not.
    pub all_sources: usize,
    pub all_targets: usize,
    /// Row by row.
    outcomes: Vec<Outcome>,
}

impl Grid {
    pub fn outcome(&self, row: usize, column: usize) -> Outcome {
        self.outcomes.get(row * self.targets.len() + column).copied().unwrap_or(Outcome::Refused)
    }

    /// How many of the drawn pairs have an outcome.
    pub fn tally(&self, outcome: Outcome) -> usize {
        self.outcomes.iter().filter(|o| **o == outcome).count()
    }
}

/// The matrix of the living environments, in the order of their names.
pub fn grid(edition: &Edition, tenant: &Tenant, filter: &GridFilter) -> Grid {
    let m = matrix(edition, tenant);
    let mut heads: Vec<Head> = tenant
        .environments
        .iter()
        .enumerate()
        .filter(|(_, e)| e.deleted.is_none())
        .map(|(i, e)| Head::of(i, e))
        .collect();
    heads.order_by_key(|h| h.name.to_lowercase());
    let useful = |counts: Counts, itself: Outcome| {
        !filter.useful || counts.eligible + counts.unknown > 0 || itself != Outcome::Refused
    };
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (source_words, target_words) = (words(&filter.sources), words(&filter.targets));
    let mut sources: Vec<Head> = heads
        .iter()
        .filter(|h| h.has(&source_words) && useful(m.targets_of(h.place), m.onto_itself(h.place)))
        .cloned()
        .collect();
    let mut targets: Vec<Head> = heads
        .into_iter()
        .filter(|h| h.has(&target_words) && useful(m.sources_of(h.place), m.onto_itself(h.place)))
        .collect();
    let (all_sources, all_targets) = (sources.len(), targets.len());
    sources.truncate(MOST);
    targets.truncate(MOST);
    let outcomes =
        sources.iter().flat_map(|s| targets.iter().map(|t| m.outcome(s.place, t.place)).collect::<Vec<_>>()).collect();
    Grid { sources, targets, all_sources, all_targets, outcomes }
}

/// Id, name and kind of the living environments in the order of their names, for a choice.
pub fn by_name(tenant: &Tenant) -> Vec<(EnvironmentId, String, String)> {
    let mut all: Vec<Head> = tenant.living().map(|e| Head::of(0, e)).collect();
    all.order_by_key(|h| h.name.to_lowercase());
    all.into_iter().map(|h| (h.id, h.name, h.kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::eligibility::outcome;
    use crate::domain::environment::Kind;
    use crate::domain::fact::{Fact, Origin};
    use chrono::DateTime;

    fn tenant(names: &[(&str, Kind)]) -> Tenant {
        let environments = names
            .iter()
            .map(|(name, kind)| Environment {
                name: name.to_string(),
                kind: Fact::known(kind.clone(), Origin::Sample, DateTime::UNIX_EPOCH),
                ..Environment::new(*name)
            })
            .collect();
        Tenant { environments, ..Tenant::default() }
    }

    #[test]
    fn each_cell_is_the_outcome_of_its_pair() {
        let t = tenant(&[("b", Kind::Production), ("A", Kind::Sandbox), ("c", Kind::Teams)]);
        let g = grid(Edition::default_edition(), &t, &GridFilter::default());
        assert_eq!(g.sources.iter().map(|h| h.name.as_str()).collect::<Vec<_>>(), ["A", "b", "c"]);
        for (r, s) in g.sources.iter().enumerate() {
            for (c, x) in g.targets.iter().enumerate() {
                let expect = outcome(Edition::default_edition(), t.get(&s.id).unwrap(), t.get(&x.id).unwrap());
                assert_eq!(g.outcome(r, c), expect, "{} to {}", s.name, x.name);
            }
        }
    }

    #[track_caller]
    fn check(filter: GridFilter, sources: &[&str], targets: &[&str]) {
        let t = tenant(&[("prod", Kind::Production), ("uat", Kind::Sandbox), ("trial", Kind::Trial)]);
        let g = grid(Edition::default_edition(), &t, &filter);
        let names = |heads: &[Head]| heads.iter().map(|h| h.name.clone()).collect::<Vec<_>>();
        assert_eq!(
            (names(&g.sources), names(&g.targets)),
            (sources.iter().map(|s| s.to_string()).collect(), targets.iter().map(|s| s.to_string()).collect())
        );
    }

    #[test]
    fn narrowed_down() {
        check(GridFilter { sources: "PROD".into(), targets: "sandbox".into(), useful: false }, &["prod"], &["uat"]);
        check(GridFilter { useful: true, ..GridFilter::default() }, &["prod", "uat"], &["uat"]);
        check(GridFilter { sources: "nothing".into(), ..GridFilter::default() }, &[], &["prod", "trial", "uat"]);
    }

    #[test]
    fn what_is_not_drawn_is_counted() {
        let names: Vec<String> = (0..100).map(|i| format!("e{i:03}")).collect();
        let t = tenant(&names.iter().map(|n| (n.as_str(), Kind::Sandbox)).collect::<Vec<_>>());
        let g = grid(Edition::default_edition(), &t, &GridFilter::default());
        assert_eq!((g.sources.len(), g.all_sources, g.targets.len(), g.all_targets), (MOST, 100, MOST, 100));
    }
}
