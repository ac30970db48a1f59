//! What a merge changes of what is known, as data.

use super::super::capacity::Capacity;
use super::super::deletion::Deletion;
use super::super::environment::{Answer, Key, Kind, Operation, Policy, Region, RuntimeState};
use super::super::manual_backup::ManualBackup;
use super::super::service::{Ending, FinanceLink, Reading};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// What of an environment, or of its tenant, a file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Kind,
    Region,
    Dataverse,
    Dynamics,
    Managed,
    Key,
    RetentionSetting,
    Policies,
    OldestBackup,
    Offered,
    Created,
    State,
    BackgroundOperations,
    Group,
    DatabaseSize,
    Address,
    AzureRegion,
    Finance,
    Endings,
    GroupId,
    Activity,
    Deleted,
    ServiceReasons,
    DataverseSince,
    Storage,
}

impl Field {
    /// It moves with every import: shown in the preview, and no event.
    pub fn moves(self) -> bool {
        matches!(self, Field::OldestBackup | Field::DatabaseSize | Field::ServiceReasons)
    }
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    YesNo(bool),
    Kind(Kind),
    Region(Region),
    Key(Key),
    Policies(BTreeSet<Policy>),
    Days(u32),
    /// UTC.
    At(DateTime<Utc>),
    /// `None`: it is in none.
    Group(Option<String>),
    Megabytes(f64),
    Capacity(Capacity),
    State(RuntimeState),
    Reading(Reading),
    Finance(Option<FinanceLink>),
    Endings(Vec<Ending>),
    /// `None`: nothing goes on.
    Activity(Option<Operation>),
    Deleted(Deletion),
    /// It was called deleted, and is listed again.
    ListedAgain,
    /// How many operations the service allows and refuses.
    Operations {
        allowed: usize,
        refused: usize,
    },
}

impl From<Answer> for Value {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Kind(kind) => Value::Kind(kind),
            Answer::Region(region) => Value::Region(region),
            Answer::Dataverse(yes) | Answer::Dynamics(yes) | Answer::Managed(yes) => Value::YesNo(yes),
            Answer::Key(key) => Value::Key(key),
            Answer::Policies(all) => Value::Policies(all),
            Answer::RetentionSetting(days) => Value::Days(days),
            Answer::Created(at) | Answer::Deleted(at) => Value::At(at),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    pub field: Field,
    /// `None`: unknown before.
    pub from: Option<Value>,
    pub to: Value,
    /// The user's own answer, given then (UTC), is older than what the file says and no longer counts.
    pub overruled: Option<DateTime<Utc>>,
}

impl FieldChange {
    pub fn new(field: Field, from: Option<Value>, to: Value) -> Self {
        Self { field, from, to, overruled: None }
    }
}

/// What changes nothing but should be known.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// The user's answer, given then (UTC), goes on counting against the file.
    AnswerStands { field: Field, since: Option<DateTime<Utc>>, answer: Option<Value>, file: Value },
    /// The user's answer of when it was deleted (UTC) does not fit what the file says, and no longer counts.
    DeletionRefuted(DateTime<Utc>),
    /// A file of what one user may see lists it, which does not say that it lives.
    DeletedAndListed(Deletion),
    /// Dynamics 365 apps that are installed: the first, and how many more.
    Installed { first: String, more: usize },
}

/// What becomes of a manual backup.
#[derive(Clone, Debug, PartialEq)]
pub struct BackupChange {
    pub what: ListedFate,
    pub label: String,
    /// The name of its environment.
    pub environment: String,
    /// UTC.
    pub point: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedFate {
    Added,
    Changed,
    NoLongerListed,
}

impl BackupChange {
    pub fn new(what: ListedFate, backup: &ManualBackup, environment: &str) -> Self {
        let (label, environment) = (backup.label.clone(), environment.to_string());
        Self { what, label, environment, point: backup.point }
    }
}
