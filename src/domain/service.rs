//! What the service itself printed besides the facts of an environment: evidence with a date, told apart from the rules of the page
//! and never silently overridden by them.

use super::values::{Activity, EnvironmentId, Operation};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The cloud that a tenant is in: it decides hosts and sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cloud {
    Public,
    /// GCC.
    UsGov,
    /// GCC High.
    UsGovHigh,
    UsGovDod,
    China,
}

impl Cloud {
    pub const ALL: [Cloud; 5] = [Cloud::Public, Cloud::UsGov, Cloud::UsGovHigh, Cloud::UsGovDod, Cloud::China];
}

/// What the service offered to restore when it was asked (K14, K15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Offered {
    /// The oldest point that it offered, UTC; `None`: nothing yet at that moment (it printed the year 1, and no period).
    #[serde(
        rename = "f",
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::instants::read_if"
    )]
    pub from: Option<DateTime<Utc>>,
    /// The period that it printed beside it, in days; it need not be one of K2's.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub period_days: Option<u32>,
}

/// An [`Offered`] with the latest instant (UTC) at which the service can have said so: the file's own stamp where it has one, else
/// when it was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reading {
    #[serde(flatten)]
    pub offered: Offered,
    #[serde(rename = "t", deserialize_with = "super::instants::read")]
    pub asked: DateTime<Utc>,
    /// Where it offered nothing, and nothing but the file itself tells how old it is: when the service was asked at the latest by what
    /// the file says (K15), UTC. A hint: it keeps more possible, and makes nothing sure.
    #[serde(
        rename = "h",
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::instants::read_if"
    )]
    pub hint: Option<DateTime<Utc>>,
}

/// What a lifecycle operation does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Act {
    Create,
    /// The kind is switched; the operation does not say from what to what.
    Convert,
    /// Managed Environments are turned on or off, or their settings changed; the operation does not say which.
    UpdateManaged,
    Restore,
    Copy,
    Recover,
    Backup,
    Delete,
    Edit,
    /// Something else, in the service's own word.
    Other(String),
}

/// How an operation ended, or that it did not yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ended {
    Succeeded,
    Failed,
    Cancelled,
    Running,
    /// A state in the service's own word, which is not known; empty where the service said none. Without an end it may run still
    /// ([`ServiceOperation::may_run`]).
    Other(String),
}

impl Act {
    /// What an operation that runs is called as an activity (T9).
    pub fn occupies(&self) -> Operation {
        match self {
            Act::Restore => Operation::Restoring,
            Act::Copy => Operation::Copying,
            Act::Convert => Operation::Switching,
            Act::Recover => Operation::Recovering,
            other => Operation::Other(other.word().to_string()),
        }
    }

    /// What an operation does, in a word or two.
    pub fn word(&self) -> &str {
        match self {
            Act::Create => "Create",
            Act::Convert => "Convert",
            Act::UpdateManaged => "Update Managed Environment",
            Act::Restore => "Restore",
            Act::Copy => "Copy",
            Act::Recover => "Recover",
            Act::Backup => "Backup",
            Act::Delete => "Delete",
            Act::Edit => "Edit",
            Act::Other(word) => word,
        }
    }

    /// What an operation occupies its environment with (T9) in the state `ended`; `None` where it no longer runs. In a state that is not
    /// known and without an end it is called by what the service says: whether that stops anything is not known. `over`: it has an end.
    pub fn runs(&self, ended: &Ended, over: bool) -> Option<Operation> {
        match ended {
            Ended::Running => Some(self.occupies()),
            Ended::Other(_) if over => None,
            Ended::Other(state) if state.trim().is_empty() => {
                Some(Operation::Other(format!("{} (no status)", self.word())))
            }
            Ended::Other(state) => Some(Operation::Other(format!("{} ({state})", self.word()))),
            Ended::Succeeded | Ended::Failed | Ended::Cancelled => None,
        }
    }
}

impl ServiceOperation {
    /// What it occupies its environment with, as far as the service said (T9); `None` where it no longer runs.
    pub fn may_run(&self) -> Option<Operation> {
        self.act.runs(&self.ended, self.last.is_some())
    }
}

/// Something that runs, or may run (T9), of an operation that cannot be kept itself: it has no id, or no beginning that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underway {
    /// The environment that it changes; `None` where the file does not say.
    pub environment: Option<EnvironmentId>,
    /// The other environment of a restore or a copy, where the service names it.
    pub source: Option<EnvironmentId>,
    pub activity: Activity,
}

/// One lifecycle operation that the service listed. No names of people are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOperation {
    pub id: String,
    pub act: Act,
    pub ended: Ended,
    /// UTC.
    pub began: DateTime<Utc>,
    /// When it ended or was last heard of, UTC. In a state that is not known only its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<DateTime<Utc>>,
    /// The environment that it changes: the target of a restore or a copy. `None` where the file does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<EnvironmentId>,
    /// The other environment of a restore or a copy, where the service names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<EnvironmentId>,
}

/// Who the service offered as targets for one source (T10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateList {
    /// The source; `None` where the list does not say, as the service's own answer never does: then the user must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<EnvironmentId>,
    /// When the service said so, UTC; `None` where the file does not say: then the user must, whenever its other questions were put.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<DateTime<Utc>>,
    pub offered: Vec<EnvironmentId>,
}

/// The newest [`CandidateList`] of an environment, kept with it: whom the service offered as its targets, and when (T10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidates {
    /// UTC.
    #[serde(rename = "t")]
    pub asked: DateTime<Utc>,
    #[serde(rename = "o")]
    pub offered: BTreeSet<EnvironmentId>,
}

/// What the rules of an environment group hold for its members (G1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRules {
    /// The id of the group.
    pub group: String,
    /// Days, where a published rule holds the retention setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
}

/// A link to finance and operations that names an id or an address (L1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FinanceLink {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What the service has announced for an environment (X4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Announced {
    /// The trial ends.
    TrialEnds,
    /// It will be disabled by itself.
    Disabled,
    /// It will be deleted by itself.
    Deleted,
}

/// Something announced, and when it comes (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub what: Announced,
    pub at: DateTime<Utc>,
}
