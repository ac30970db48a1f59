//! What is remembered: the workspace, its versioned envelope, and the store port. Knows `domain` only.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::cast_possible_truncation
    )
)]

pub mod envelope;
pub mod keys;
pub mod local_time;
pub mod store;

use crate::domain::edition::EditionId;
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::Plan;
use crate::domain::restore::SpecialApp;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that the browser remembers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    pub tenant: Tenant,
    #[serde(default)]
    pub edition: EditionId,
    /// Newest first.
    #[serde(default)]
    pub plans: Vec<SavedPlan>,
    /// The wizard as it was left.
    #[serde(default)]
    pub draft: Option<Draft>,
    #[serde(default)]
    pub next_plan: u32,
}

/// A plan with what has been done of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedPlan {
    /// Unique in the workspace; part of the plan's address.
    pub number: u32,
    pub plan: Plan,
    /// Ids of steps and of items done, with the instant they were ticked (UTC).
    #[serde(default)]
    pub done: BTreeMap<String, DateTime<Utc>>,
}

/// The restore wizard as it was left. Text fields hold what was typed, also where it is not valid yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub manual: bool,
    pub source: Option<EnvironmentId>,
    /// The chosen instant of a system restore, UTC.
    pub instant: Option<DateTime<Utc>>,
    /// The text of the instant as typed.
    #[serde(default)]
    pub instant_typed: String,
    pub backup: Option<String>,
    pub target: Option<EnvironmentId>,
    #[serde(default)]
    pub include_audit_logs: bool,
    #[serde(default)]
    pub new_name: String,
    #[serde(default)]
    pub special_apps: Vec<SpecialApp>,
    /// 0-based step of the wizard.
    #[serde(default)]
    pub step: u8,
}
