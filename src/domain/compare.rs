//! Two editions side by side, for one tenant: the pairs and environments whose answer changes (rules.md §2).

use super::edition::Edition;
use super::eligibility::Outcome;
use super::environment::EnvironmentId;
use super::retention::Window;
use super::tenant::Tenant;
use chrono::{DateTime, Utc};

#[derive(Clone, Debug, PartialEq)]
pub struct PairChange {
    pub source: EnvironmentId,
    pub target: EnvironmentId,
    pub before: Outcome,
    pub after: Outcome,
}

#[derive(Clone, Debug, PartialEq)]
pub struct WindowChange {
    pub environment: EnvironmentId,
    pub before: Window,
    pub after: Window,
    /// Whether `after` promises less.
    pub worse: bool,
}

/// Only what differs.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Comparison {
    pub pairs: Vec<PairChange>,
    pub windows: Vec<WindowChange>,
}

/// What changes for `tenant` at `now` (UTC) when `after` is used instead of `before`.
pub fn compare(_before: &Edition, _after: &Edition, _tenant: &Tenant, _now: DateTime<Utc>) -> Comparison {
    todo!("eligibility helper")
}

/// The sentence to show beside a verdict where the newest edition gives a worse outcome than `chosen`; `None` where it does not.
pub fn newest_is_worse_for_pair(
    _chosen: &Edition,
    _source: &super::environment::Environment,
    _target: &super::environment::Environment,
) -> Option<String> {
    todo!("eligibility helper")
}

/// The same for how far back an environment can be restored.
pub fn newest_is_worse_for_window(
    _chosen: &Edition,
    _env: &super::environment::Environment,
    _now: DateTime<Utc>,
) -> Option<String> {
    todo!("eligibility helper")
}
