//! Manual backups: a label and a timestamp on the continuous backup (rules.md §4).

use super::edition::Edition;
use super::environment::Environment;
use super::fact::Origin;
use super::retention::{Certainty, Reason};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One manual backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ManualBackup {
    /// The service's id, or one that the app made.
    pub id: String,
    /// Typed once, never edited (M2).
    pub label: String,
    /// The restore-point timestamp, UTC (M2, M9).
    pub point: DateTime<Utc>,
    /// When it was asked for, UTC, where known; the point may lie before or after it (M9).
    #[serde(default)]
    pub asked: Option<DateTime<Utc>>,
    #[serde(default)]
    pub created_by: Option<String>,
    /// The expiry that the service reported, UTC: evidence beside ours.
    #[serde(default)]
    pub reported_expiry: Option<DateTime<Utc>>,
    pub origin: Origin,
}

/// Where a manual backup is in its life (M3, M4, M8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Under 10 minutes old: there is no status, do not restore from it.
    Processing,
    /// 10 to 15 minutes old: may be used with a caution.
    UsableWithCaution,
    Ready,
    /// Past what is guaranteed; it may already be gone.
    AtRisk,
    /// Cannot be chosen while its environment is a Sandbox, but may come back when that is switched back to Production (K6).
    Dormant,
    Expired,
}

/// A manual backup judged at an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub stage: Stage,
    pub certainty: Certainty,
    /// When it stops being guaranteed if nothing changes, UTC; `None`: it never was.
    pub guaranteed_until: Option<DateTime<Utc>>,
    /// When it stops being possible if nothing changes, UTC.
    pub possible_until: Option<DateTime<Utc>>,
    pub reasons: Vec<Reason>,
}

/// Judges a manual backup of `env` at `now` (UTC).
pub fn judge(_edition: &Edition, _env: &Environment, _backup: &ManualBackup, _now: DateTime<Utc>) -> Judged {
    todo!("retention helper")
}

/// Whether a manual backup of `env` can be created (M1, K7): the reasons against it, and the facts that decide and are unknown.
pub fn can_create(_edition: &Edition, _env: &Environment) -> CanCreate {
    todo!("retention helper")
}

/// The answer of [`can_create`].
#[derive(Clone, Debug, PartialEq)]
pub enum CanCreate {
    Yes,
    No(Vec<Reason>),
    Unknown(Vec<super::environment::FactKey>),
}
