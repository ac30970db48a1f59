//! What an import understood, before it is merged: observations, not yet environments. Everything may be missing.

use super::capacity::Capacity;
use super::environment::ManualBackup;
use super::environment::{Activity, Deletion, EnvironmentId, Key, Kind, Policy, Region, RuntimeState, ServiceReason};
use super::service::{CandidateList, Cloud, Ending, FinanceLink, GroupRules, Offered, ServiceOperation, Underway};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// What one file said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// The recognised format in words, such as "admin REST list".
    pub format: String,
    /// The file's name, or "pasted text".
    pub name: String,
    pub environments: Observations,
    /// Manual backups by the environment they belong to; `None` where the file does not say and the user must.
    pub backups: Vec<BackupList>,
    pub capacity: Option<Capacity>,
    /// Whether Dynamics 365 apps are installed, from application packages; `None` environment: the user must say which.
    pub applications: Vec<ApplicationList>,
    /// Whether it lists the whole tenant, so that what it does not list may be missing. A single environment does not.
    pub complete: bool,
    /// Whether it lists the tenant rather than what one user may see: only then does listing an environment say that it lives.
    pub of_tenant: bool,
    /// The id of the tenant that the file is of, in lower case; `None` where it does not say.
    pub tenant_id: Option<String>,
    pub cloud: Option<Cloud>,
    /// When the service was asked, UTC, where the file itself says so.
    pub asked: Option<DateTime<Utc>>,
    /// Lifecycle operations; those that name no environment need the user's word.
    pub operations: Vec<ServiceOperation>,
    /// What runs, or may run (T9), of operations that cannot be kept themselves; what names no environment needs the user's word.
    pub underway: Vec<Underway>,
    /// Restore candidates (T10); a list that names no source needs the user's word.
    pub candidates: Vec<CandidateList>,
    /// Rules of environment groups (G1).
    pub group_rules: Vec<GroupRules>,
}

/// What was said of each environment, in the order of the file. Of a large tenant this is most of an inventory, so that a copy is the
/// same list until one of the two is changed.
#[derive(Clone, Default, PartialEq)]
pub struct Observations(Arc<Vec<Observation>>);

impl Deref for Observations {
    type Target = Vec<Observation>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Observations {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Arc::make_mut(&mut self.0)
    }
}

impl From<Vec<Observation>> for Observations {
    fn from(all: Vec<Observation>) -> Self {
        Self(Arc::new(all))
    }
}

impl FromIterator<Observation> for Observations {
    fn from_iter<I: IntoIterator<Item = Observation>>(all: I) -> Self {
        all.into_iter().collect::<Vec<_>>().into()
    }
}

impl IntoIterator for Observations {
    type Item = Observation;
    type IntoIter = std::vec::IntoIter<Observation>;
    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.0).into_iter()
    }
}

impl<'o> IntoIterator for &'o Observations {
    type Item = &'o Observation;
    type IntoIter = std::slice::Iter<'o, Observation>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Observations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct BackupList {
    pub environment: Option<EnvironmentId>,
    pub backups: Vec<ManualBackup>,
    /// All that the service has: what is not in it is gone. Not so where there are more pages, or rows that could not be read.
    pub whole: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationList {
    pub environment: Option<EnvironmentId>,
    /// Names of the Dynamics 365 apps that are installed.
    pub dynamics_apps: Vec<String>,
    /// `None` where the list does not settle it.
    pub has_dynamics: Option<bool>,
}

/// What a file said of one environment. `None` is "the file does not say".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observation {
    pub id: String,
    pub name: Option<String>,
    pub kind: Option<Kind>,
    pub region: Option<Region>,
    pub dataverse: Option<bool>,
    pub dynamics: Option<bool>,
    pub managed: Option<bool>,
    pub key: Option<Key>,
    pub policies: Option<BTreeSet<Policy>>,
    /// Days.
    pub retention_setting: Option<u32>,
    pub oldest_backup: Option<DateTime<Utc>>,
    /// What the service offered to restore (K14, K15); also where `oldest_backup` says nothing.
    pub offered: Option<Offered>,
    pub created: Option<DateTime<Utc>>,
    /// Evidence that it existed at this instant, such as a last modification (UTC).
    pub existed_by: Option<DateTime<Utc>>,
    /// The last proof that it lived, such as its last change (UTC); of a deletion it is the earliest bound.
    pub alive: Option<DateTime<Utc>>,
    /// When its Dataverse database was created, UTC, where that was later than the environment itself.
    pub database_since: Option<DateTime<Utc>>,
    pub state: Option<RuntimeState>,
    pub background_operations: Option<bool>,
    /// `Some(None)`: the file says that it is in no group.
    pub group: Option<Option<String>>,
    /// The id of its group, where the file gives it (G1).
    pub group_id: Option<String>,
    /// Its link to finance and operations (L1); `Some(None)`: the file says that there is none.
    pub finance: Option<Option<FinanceLink>>,
    /// What the service has announced for it (X4), soonest first; `Some` of an empty list: the file says that there is nothing.
    pub endings: Option<Vec<Ending>>,
    pub database_mb: Option<f64>,
    /// `Some(None)`: the file says that nothing occupies it at the moment.
    pub activity: Option<Option<Activity>>,
    pub deleted: Option<Deletion>,
    pub url: Option<String>,
    pub azure_region: Option<String>,
    pub service_reasons: Vec<ServiceReason>,
}
