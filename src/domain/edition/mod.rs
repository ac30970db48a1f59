//! Editions: dated rule sets as data. Adding an edition adds one file beside this one and one line to [`EDITIONS`].
//!
//! Architecture invariant: nothing outside this folder looks at an edition's id to decide a rule; the engine reads the data.

mod e2024_04_02;
mod e2025_06_24;
mod e2026_09_26;
mod sheet;

pub use sheet::{AdminRole, Basis, Edition, EditionId, KeyMatch, Pair, PairRow, Period, RetentionRow};

use super::environment::{FactKey, Kind};
use super::rule::{RuleId, RuleText};
use crate::domain::order::Gather;
use chrono::TimeDelta;
use std::collections::BTreeSet;

/// Oldest first. The first is the default.
pub static EDITIONS: &[&Edition] = &[&e2024_04_02::EDITION, &e2025_06_24::EDITION, &e2026_09_26::EDITION];

/// The values that the retention setting takes under any edition, in days, ascending: what is written down outlives the edition of
/// today.
pub fn all_choices() -> impl Iterator<Item = u32> {
    let all: BTreeSet<u32> = EDITIONS.iter().flat_map(|edition| edition.choices).copied().into_set();
    all.into_iter()
}

/// Whether the retention setting takes this value under any edition.
pub fn is_choice(days: u32) -> bool {
    EDITIONS.iter().any(|edition| edition.choices.contains(&days))
}

/// The longest time in days in which anything can be recovered under any edition (X1).
pub fn longest_recovery_days() -> u32 {
    EDITIONS.iter().map(|edition| edition.recovery_days_with_dynamics).max().unwrap_or_default()
}

impl Edition {
    /// The edition that an id names.
    pub fn find(id: &EditionId) -> Option<&'static Edition> {
        EDITIONS.iter().copied().find(|e| e.id == id.0)
    }
    /// The default edition: the acceptance baseline.
    pub fn default_edition() -> &'static Edition {
        &e2024_04_02::EDITION
    }
    /// The newest edition.
    pub fn newest() -> &'static Edition {
        EDITIONS.last().copied().unwrap_or(&e2026_09_26::EDITION)
    }
    /// The longest value of the retention setting, in days.
    pub fn longest_choice(&self) -> u32 {
        self.choices.last().copied().unwrap_or(self.base_days)
    }
    /// The base retention as a time.
    pub fn base_period(&self) -> TimeDelta {
        TimeDelta::days(i64::from(self.base_days))
    }
    pub fn id(&self) -> EditionId {
        EditionId(self.id.to_string())
    }
    /// The cell of the documented matrix for two kinds; `No` for a kind that the matrix does not have.
    pub fn pair(&self, source: &Kind, target: &Kind) -> Pair {
        let column = self.targets.iter().position(|k| k == target);
        let row = self.pairs.iter().find(|r| r.source == *source);
        match (row, column) {
            (Some(row), Some(column)) => row.cells.get(column).copied().unwrap_or(Pair::No),
            _ => Pair::No,
        }
    }
    /// The text of a rule under this edition: its own, or else that of the newest before it that has one.
    pub fn rule(&self, id: RuleId) -> RuleText {
        let mut until_here = EDITIONS.iter().rev().skip_while(|edition| **edition != self);
        let text = until_here.find_map(|edition| edition.texts.iter().find(|text| text.id == id));
        text.copied().unwrap_or_else(|| super::rule::common(id))
    }
    /// Whether a fact decides anything under this edition: of policies that is so only where they must match (T6).
    pub fn looks_at(&self, fact: FactKey) -> bool {
        fact != FactKey::Policies || self.policies_must_match
    }
}

impl PartialEq for Edition {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl std::fmt::Debug for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Edition({})", self.id)
    }
}
