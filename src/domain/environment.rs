//! An environment and everything that is known, or not known, about it.

pub use super::answer::{Answer, FactKey};
pub use super::deletion::Deletion;
use super::fact::{Fact, Origin};
use super::history::Change;
use super::service::{Candidates, Ending, FinanceLink, Reading, ServiceOperation};
pub use super::values::{Activity, EnvironmentId, Key, Kind, Operation, Policy, Region, RuntimeState, ServiceReason};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One environment. Every `Fact` may be unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    pub id: EnvironmentId,
    /// The display name; the id where an import gave none.
    pub name: String,
    #[serde(default)]
    pub kind: Fact<Kind>,
    #[serde(default)]
    pub region: Fact<Region>,
    /// Whether it has a Dataverse database (T3, K7).
    #[serde(default)]
    pub dataverse: Fact<bool>,
    /// Whether any Dynamics 365 apps are enabled; matters for Production (K1).
    #[serde(default)]
    pub dynamics: Fact<bool>,
    /// Whether it is a Managed Environment (T4).
    #[serde(default)]
    pub managed: Fact<bool>,
    #[serde(default)]
    pub key: Fact<Key>,
    #[serde(default)]
    pub policies: Fact<BTreeSet<Policy>>,
    /// The stored retention setting in days (K2, K3); what holds may differ.
    #[serde(default)]
    pub retention_setting: Fact<u32>,
    /// The oldest backup that the service reported, UTC (K10).
    #[serde(default)]
    pub oldest_backup: Fact<DateTime<Utc>>,
    /// What the service offered to restore when it was last asked (K14, K15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    /// When it was created, UTC (K8).
    #[serde(default)]
    pub created: Fact<DateTime<Utc>>,
    /// It was created at this instant (UTC) or earlier, such as the first import that listed it: a file is older than its import. That
    /// proves nothing of what it was at that instant: it may have been deleted between the two.
    #[serde(default, deserialize_with = "super::instants::read_if")]
    pub existed_by: Option<DateTime<Utc>>,
    /// The latest instant (UTC) at which a file itself proves that it lived: a date in it, or its stamp; never when it was imported.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "super::instants::read_if")]
    pub lived: Option<DateTime<Utc>>,
    #[serde(default)]
    pub state: Fact<RuntimeState>,
    #[serde(default)]
    pub background_operations: Fact<bool>,
    /// The environment group it belongs to: its name or id; `None` inside means it is in no group.
    #[serde(default)]
    pub group: Fact<Option<String>>,
    /// The id of its group, where an import gave it (G1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// Its link to finance and operations (L1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finance: Option<FinanceLink>,
    /// What the service has announced for it, soonest first (X4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endings: Vec<Ending>,
    /// Lifecycle operations that the service listed, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<ServiceOperation>,
    /// Whom the service offered as targets for it, when it was last asked (T10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidates: Option<Candidates>,
    /// Database megabytes it uses, where an import said so.
    #[serde(default)]
    pub database_mb: Fact<f64>,
    #[serde(default)]
    pub activity: Option<Activity>,
    /// The restore that runs onto it, where it was recorded in the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running: Option<Running>,
    /// When it was deleted; `None` while it lives.
    #[serde(default)]
    pub deleted: Option<Deletion>,
    /// When a restore onto it last failed and left it disabled (R20), UTC.
    #[serde(default)]
    pub failed_restore: Option<DateTime<Utc>>,
    #[serde(default)]
    pub url: Option<String>,
    /// The finer Azure region such as `westeurope`; never compared (T2 compares the geography).
    #[serde(default)]
    pub azure_region: Option<String>,
    #[serde(default)]
    pub backups: Vec<ManualBackup>,
    /// Oldest first.
    #[serde(default)]
    pub history: Vec<Change>,
    #[serde(default)]
    pub service_reasons: Vec<ServiceReason>,
    /// The number of the newest import that listed it.
    #[serde(default)]
    pub last_import: Option<u32>,
}

/// One manual backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ManualBackup {
    /// The service's id, or one that the app made.
    pub id: String,
    /// Typed once, never edited (M2).
    pub label: String,
    /// The restore-point timestamp, UTC (M2, M9).
    #[serde(deserialize_with = "super::instants::read")]
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

/// A restore that runs onto an environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Running {
    pub source: EnvironmentId,
    /// The restore point, UTC.
    pub point: DateTime<Utc>,
    pub include_audit_logs: bool,
    pub new_name: Option<String>,
    /// When it ends by itself, UTC; in a rehearsal.
    pub ends: Option<DateTime<Utc>>,
    /// Whether it will then have failed.
    pub fails: bool,
}

impl Environment {
    /// An environment of which nothing but the id is known.
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            name: id.clone(),
            id: EnvironmentId::new(id),
            kind: Fact::unknown(),
            region: Fact::unknown(),
            dataverse: Fact::unknown(),
            dynamics: Fact::unknown(),
            managed: Fact::unknown(),
            key: Fact::unknown(),
            policies: Fact::unknown(),
            retention_setting: Fact::unknown(),
            oldest_backup: Fact::unknown(),
            reading: None,
            created: Fact::unknown(),
            existed_by: None,
            lived: None,
            state: Fact::unknown(),
            background_operations: Fact::unknown(),
            group: Fact::unknown(),
            group_id: None,
            finance: None,
            endings: Vec::new(),
            operations: Vec::new(),
            candidates: None,
            database_mb: Fact::unknown(),
            activity: None,
            running: None,
            deleted: None,
            failed_restore: None,
            url: None,
            azure_region: None,
            backups: Vec::new(),
            history: Vec::new(),
            service_reasons: Vec::new(),
            last_import: None,
        }
    }
}
