//! A request for a restore, and everything that must be checked and said before it starts (rules.md §6).

use super::edition::Edition;
use super::eligibility::Question;
use super::environment::EnvironmentId;
use super::rule::RuleId;
use super::tenant::Tenant;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What to go back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Point {
    /// An instant of the continuous system backup, UTC.
    System(DateTime<Utc>),
    /// A manual backup of the source, by its id.
    Manual(String),
}

/// Apps that have procedures of their own (R19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpecialApp {
    Marketing,
    Finance,
    Omnichannel,
    SynapseLink,
    Portals,
}

/// What the user wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestoreRequest {
    pub source: EnvironmentId,
    pub target: EnvironmentId,
    pub point: Point,
    /// R5: off by default.
    #[serde(default)]
    pub include_audit_logs: bool,
    /// R4: a new name for the target.
    #[serde(default)]
    pub new_name: Option<String>,
    #[serde(default)]
    pub special_apps: Vec<SpecialApp>,
}

/// How much a check weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The restore must not start.
    Stop,
    /// A fact is unknown that decides; answer it first.
    Ask,
    /// May be done; must be said.
    Caution,
    /// Good to know.
    Note,
}

/// One thing checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub weight: Weight,
    pub rule: RuleId,
    /// For people, with the environments' names and instants in UTC.
    pub says: String,
    /// What to do now.
    pub help: String,
    pub asks: Vec<Question>,
}

/// Checks a request at `now` (UTC): eligibility, gates, the point (R1, R2, M8), ageing (R22), audit logs, name, changes since the
/// point. Stops come first. An empty list of stops and asks means that the restore may be planned.
pub fn check(_edition: &Edition, _tenant: &Tenant, _request: &RestoreRequest, _now: DateTime<Utc>) -> Vec<Check> {
    todo!("restore helper")
}

/// Whether what was typed confirms overwriting the target (R3): the target's name, spaces at the ends aside.
pub fn confirms(_tenant: &Tenant, _request: &RestoreRequest, _typed: &str) -> bool {
    todo!("restore helper")
}
