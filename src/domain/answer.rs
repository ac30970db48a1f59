//! Which facts of an environment can be asked for, and what the user answers.

use super::values::{Key, Kind, Policy, Region};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Names a fact of an environment that can be asked for and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FactKey {
    Kind,
    Region,
    Dataverse,
    Dynamics,
    Managed,
    Key,
    Policies,
    RetentionSetting,
    Created,
    /// When it was deleted, of an environment that is (X1).
    Deleted,
}

impl FactKey {
    /// Whether a yes or a no answers it.
    pub fn is_yes_or_no(self) -> bool {
        matches!(self, FactKey::Dataverse | FactKey::Dynamics | FactKey::Managed)
    }
}

/// An answer of the user to a question about a fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    Kind(Kind),
    Region(Region),
    Dataverse(bool),
    Dynamics(bool),
    Managed(bool),
    Key(Key),
    Policies(BTreeSet<Policy>),
    /// Days; one of 7, 14, 21, 28 (K2).
    RetentionSetting(u32),
    /// UTC.
    Created(DateTime<Utc>),
    /// UTC.
    Deleted(DateTime<Utc>),
}
