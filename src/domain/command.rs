//! The one way in which a tenant changes (architecture invariant 5): `apply(tenant, command, now)`.

use super::capacity::Capacity;
use super::environment::{Answer, EnvironmentId, FactKey};
use super::inventory::Inventory;
use super::rule::RuleId;
use super::tenant::Tenant;
use chrono::{DateTime, Utc};

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Keep what an import understood (see [`super::merge`]).
    Import(Inventory),
    /// The user's answer to a question, for one or for many environments.
    Answer {
        environments: Vec<EnvironmentId>,
        answer: Answer,
    },
    /// Take answers back.
    ForgetAnswer {
        environments: Vec<EnvironmentId>,
        fact: FactKey,
    },
    /// The user's own statement of the storage.
    SetCapacity(Capacity),
    /// Take an environment off the list (one that an import no longer lists).
    Forget {
        environments: Vec<EnvironmentId>,
    },
    Rename(String),
}

/// What happened; past tense, for the activity list.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// UTC.
    pub at: DateTime<Utc>,
    pub environment: Option<EnvironmentId>,
    pub says: String,
}

/// Why a command was refused. The tenant is as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub rules: Vec<RuleId>,
    /// Lower case, names the value.
    pub says: String,
    /// What to do now.
    pub help: String,
}

/// Applies a command at `now` (UTC).
pub fn apply(_tenant: &Tenant, _command: Command, _now: DateTime<Utc>) -> Result<(Tenant, Vec<Event>), Refusal> {
    todo!("import helper")
}
