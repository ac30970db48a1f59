//! What happened to one environment.

use super::super::deed::stored;
use super::super::deed::{NewEnvironment, Setting};
use super::super::edition::Edition;
use super::super::environment::Running;
use super::super::environment::{EnvironmentId, Operation};
use super::super::history::Changed;
use super::super::manual_backup::ManualBackup;
use super::sort::EventSort;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What happened to one environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// UTC.
    pub at: DateTime<Utc>,
    pub environment: EnvironmentId,
    pub what: What,
}

/// The effect of a happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")] // read and written in `deed::stored`
pub enum What {
    BackupAsked(ManualBackup),
    /// The message on completion (M3). It changes nothing.
    BackupCompleted {
        id: String,
        label: String,
    },
    BackupDeleted {
        id: String,
        label: String,
    },
    /// `from` is what it was, where that is known and the history keeps it.
    #[serde(skip)]
    Set {
        from: Option<Setting>,
        to: Setting,
    },
    /// On the target; the source is occupied as well.
    RestoreStarted(Running),
    /// On the target: everything of R4 to R13 that the tenant can hold.
    RestoreSucceeded,
    /// On the target; whether it is left disabled (R20).
    RestoreFailed {
        disabled: bool,
    },
    /// What was going on is over; it changes nothing else.
    ActivityEnded(Operation),
    Created(Box<NewEnvironment>),
    Deleted,
    Recovered,
    /// It happened before the last import: the facts are as they are, only the history learns of it.
    Noted(Changed),
}

/// How a restore ends under an edition (R20).
pub(super) fn ended(edition: &Edition, failed: bool) -> What {
    match failed {
        true => What::RestoreFailed { disabled: edition.failed_restore_disables_target },
        false => What::RestoreSucceeded,
    }
}

impl What {
    /// What it is about, for filters.
    pub(in crate::domain) fn sort(&self) -> EventSort {
        match self {
            What::BackupAsked(_) | What::BackupCompleted { .. } | What::BackupDeleted { .. } => EventSort::Backup,
            What::Set { to, .. } => EventSort::of(to),
            What::RestoreStarted(_) | What::RestoreSucceeded | What::RestoreFailed { .. } => EventSort::Restore,
            What::ActivityEnded(Operation::Restoring) => EventSort::Restore,
            What::ActivityEnded(Operation::Switching) => EventSort::Kind,
            What::ActivityEnded(_) => EventSort::Environment,
            What::Created(_) | What::Deleted | What::Recovered => EventSort::Environment,
            What::Noted(Changed::Restored { .. }) => EventSort::Restore,
            What::Noted(changed) => Setting::of_changed(changed).map_or(EventSort::Kind, |(_, to)| EventSort::of(&to)),
        }
    }
}

impl<'de> Deserialize<'de> for What {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        stored::read_event(from, |from, to| What::Set { from, to }, |own| What::deserialize(own))
    }
}

impl Serialize for What {
    fn serialize<S: Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        match self {
            What::Set { from, to } => stored::write_event(from.as_ref(), to, into),
            other => What::serialize(other, into),
        }
    }
}
