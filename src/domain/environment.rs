//! An environment and everything that is known, or not known, about it.

pub use super::answer::{Answer, FactKey};
pub use super::deletion::Deletion;
use super::fact::Fact;
use super::history::Change;
use super::manual_backup::ManualBackup;
use super::service::{Candidates, Ending, FinanceLink, Reading, ServiceOperation};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// The id of an environment as the service spells it (a GUID, or `Default-<tenant id>`). Compared without case.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EnvironmentId(String);

impl EnvironmentId {
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl PartialEq for EnvironmentId {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}
impl Eq for EnvironmentId {}
impl std::hash::Hash for EnvironmentId {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        self.0.to_ascii_lowercase().hash(h);
    }
}
impl PartialOrd for EnvironmentId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for EnvironmentId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.to_ascii_lowercase().cmp(&other.0.to_ascii_lowercase())
    }
}
impl fmt::Display for EnvironmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind (type, SKU) of an environment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Kind {
    Production,
    Sandbox,
    Developer,
    /// Dataverse for Teams.
    Teams,
    Default,
    Trial,
    /// Trial (subscription-based).
    TrialSubscription,
    /// Any other kind that an import brings: kept, shown, never eligible.
    Other(String),
}

impl Kind {
    /// Reads the spellings of the known tools, without case; anything else is kept as [`Kind::Other`].
    pub fn read(raw: &str) -> Self {
        let squeezed: String =
            raw.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase();
        match squeezed.as_str() {
            "production" => Kind::Production,
            "sandbox" => Kind::Sandbox,
            "developer" => Kind::Developer,
            "teams" | "dataverseforteams" | "microsoftteams" => Kind::Teams,
            "default" => Kind::Default,
            "trial" | "trialstandard" => Kind::Trial,
            "subscriptionbasedtrial" | "trialsubscription" | "trialsubscriptionbased" => Kind::TrialSubscription,
            _ => Kind::Other(raw.trim().to_string()),
        }
    }

    /// The seven kinds that the documentation names, in its order.
    pub const NAMED: [Kind; 7] = [
        Kind::Production,
        Kind::Sandbox,
        Kind::Developer,
        Kind::Teams,
        Kind::Default,
        Kind::Trial,
        Kind::TrialSubscription,
    ];
}
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Production => "Production",
            Kind::Sandbox => "Sandbox",
            Kind::Developer => "Developer",
            Kind::Teams => "Teams",
            Kind::Default => "Default",
            Kind::Trial => "Trial",
            Kind::TrialSubscription => "Trial (subscription-based)",
            Kind::Other(raw) => raw,
        })
    }
}
impl From<String> for Kind {
    fn from(raw: String) -> Self {
        Kind::read(&raw)
    }
}
impl From<Kind> for String {
    fn from(kind: Kind) -> Self {
        kind.to_string()
    }
}

/// A geography such as `unitedstates`, kept in lower case without spaces; a restore never crosses it (T2).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Region(String);

impl Region {
    pub fn new(raw: &str) -> Self {
        Self(raw.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase())
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl From<String> for Region {
    fn from(raw: String) -> Self {
        Region::new(&raw)
    }
}
impl From<Region> for String {
    fn from(r: Region) -> Self {
        r.0
    }
}
impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: &[(&str, &str)] = &[
            ("unitedstates", "United States"),
            ("unitedstatesfirstrelease", "United States (first release)"),
            ("europe", "Europe"),
            ("asia", "Asia"),
            ("australia", "Australia"),
            ("india", "India"),
            ("japan", "Japan"),
            ("canada", "Canada"),
            ("unitedkingdom", "United Kingdom"),
            ("unitedarabemirates", "United Arab Emirates"),
            ("southamerica", "South America"),
            ("southafrica", "South Africa"),
            ("france", "France"),
            ("germany", "Germany"),
            ("switzerland", "Switzerland"),
            ("norway", "Norway"),
            ("sweden", "Sweden"),
            ("singapore", "Singapore"),
            ("korea", "Korea"),
            ("italy", "Italy"),
            ("poland", "Poland"),
            ("usgov", "US Government"),
            ("usgovhigh", "US Government High"),
        ];
        match NAMES.iter().find(|(id, _)| *id == self.0) {
            Some((_, name)) => f.write_str(name),
            None => f.write_str(&self.0),
        }
    }
}

/// The encryption key of an environment (T5).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    /// The key is managed by Microsoft: no customer-managed key is applied.
    Microsoft,
    /// A customer-managed key is applied; which one, where that is known.
    Customer(Option<String>),
}

/// An enterprise policy that is linked to an environment, such as a virtual network (T6).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Policy {
    /// What sort, in lower case: `networkinjection`, `identity`, `privateendpoint` …. The encryption key is not one of them.
    pub sort: String,
    /// The policy's own id, where known.
    pub id: Option<String>,
}

/// Whether people can use the environment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum RuntimeState {
    Enabled,
    AdminMode,
    Disabled,
    Other(String),
}
impl From<String> for RuntimeState {
    fn from(raw: String) -> Self {
        match raw.trim().to_ascii_lowercase().as_str() {
            "enabled" => RuntimeState::Enabled,
            "adminmode" | "administration mode" => RuntimeState::AdminMode,
            "disabled" => RuntimeState::Disabled,
            _ => RuntimeState::Other(raw),
        }
    }
}
impl RuntimeState {
    /// Whether administration mode is on in it; `None`: neither on nor off, and no tool sets such a state.
    pub fn administration_mode(&self) -> Option<bool> {
        match self {
            RuntimeState::AdminMode => Some(true),
            RuntimeState::Enabled => Some(false),
            RuntimeState::Disabled | RuntimeState::Other(_) => None,
        }
    }
}
impl From<RuntimeState> for String {
    fn from(s: RuntimeState) -> Self {
        s.to_string()
    }
}
impl fmt::Display for RuntimeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RuntimeState::Enabled => "Enabled",
            RuntimeState::AdminMode => "Administration mode",
            RuntimeState::Disabled => "Disabled",
            RuntimeState::Other(raw) => raw,
        })
    }
}

/// A lifecycle operation that occupies an environment at this moment (T9).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Activity {
    pub what: Operation,
    /// When it began, UTC, where known.
    pub since: Option<DateTime<Utc>>,
    /// When the service last said so, UTC, where that is known: not when a file without a stamp was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operation {
    Restoring,
    Copying,
    Switching,
    Recovering,
    /// Something else that the service reports, in its own word.
    Other(String),
}

/// What the service itself says about an operation: evidence beside our verdict, never used to derive it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceReason {
    /// The service's name of the operation, such as `Restore`.
    pub operation: String,
    pub allowed: bool,
    /// The service's own sentence.
    pub message: String,
}

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
    #[serde(default)]
    pub existed_by: Option<DateTime<Utc>>,
    /// The latest instant (UTC) at which a file itself proves that it lived: a date in it, or its stamp; never when it was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    pub running: Option<super::life::Running>,
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

impl Environment {
    /// An environment of which nothing but the id is known.
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            name: id.clone(),
            id: EnvironmentId(id),
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
