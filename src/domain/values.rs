//! What a fact of an environment can be: its id, kind, region, key, policies and state, and what occupies it. Each reads and says the
//! words of the service.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// The id of an environment as the service spells it (a GUID, or `Default-<tenant id>`). Compared without case. Copies share the text.
#[derive(Clone, Debug)]
pub struct EnvironmentId(Arc<str>);

impl EnvironmentId {
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into().into())
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl PartialEq for EnvironmentId {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.eq_ignore_ascii_case(&other.0)
    }
}
impl Eq for EnvironmentId {}
impl std::hash::Hash for EnvironmentId {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        // In pieces, so that nothing is allocated.
        let mut piece = [0_u8; 64];
        for bytes in self.0.as_bytes().chunks(piece.len()) {
            let small = piece.iter_mut().zip(bytes).map(|(to, from)| *to = from.to_ascii_lowercase()).count();
            h.write(piece.get(..small).unwrap_or_default());
        }
    }
}
impl PartialOrd for EnvironmentId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for EnvironmentId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let (this, other) = (self.0.bytes(), other.0.bytes());
        this.map(|b| b.to_ascii_lowercase()).cmp(other.map(|b| b.to_ascii_lowercase()))
    }
}
impl Serialize for EnvironmentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for EnvironmentId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
impl fmt::Display for EnvironmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text is the id of an environment: a GUID, or `Default-` and a GUID, and not the id of nothing. Compared without case.
pub fn is_environment_id(text: &str) -> bool {
    is_id(after_default(text).unwrap_or(text))
}

/// What follows `Default-`: in the id of the Default environment, the id of its tenant.
pub fn after_default(text: &str) -> Option<&str> {
    let prefix = text.get(..8)?;
    prefix.eq_ignore_ascii_case("default-").then(|| text.get(8..).unwrap_or_default())
}

/// A GUID that names something.
pub fn is_id(text: &str) -> bool {
    is_guid(text) && !is_nil_guid(text)
}

/// Whether a text is a GUID in its plain form.
pub fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, byte)| match i {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The id of nothing, `00000000-0000-0000-0000-000000000000`.
pub fn is_nil_guid(text: &str) -> bool {
    is_guid(text) && text.bytes().all(|byte| matches!(byte, b'0' | b'-'))
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
    /// Whether it is the name of a geography that is known.
    pub fn is_named(&self) -> bool {
        GEOGRAPHIES.iter().any(|(id, _)| *id == self.0)
    }
}
/// The geographies, by what the services call them and by their names.
const GEOGRAPHIES: &[(&str, &str)] = &[
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
        match GEOGRAPHIES.iter().find(|(id, _)| *id == self.0) {
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
    /// The state of an environment whose administration mode is on, or off.
    pub fn of_administration_mode(on: bool) -> Self {
        if on { RuntimeState::AdminMode } else { RuntimeState::Enabled }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_read_however_a_tool_spells_it() {
        let check = |raw: &str, kind: Kind| assert_eq!(Kind::read(raw), kind, "{raw}");
        check("PRODUCTION", Kind::Production);
        check(" Sandbox ", Kind::Sandbox);
        check("developer", Kind::Developer);
        for raw in ["Teams", "Dataverse for Teams", "MicrosoftTeams"] {
            check(raw, Kind::Teams);
        }
        check("Default", Kind::Default);
        check("Trial", Kind::Trial);
        check("Trial (standard)", Kind::Trial);
        for raw in ["SubscriptionBasedTrial", "trial-subscription", "Trial (subscription-based)"] {
            check(raw, Kind::TrialSubscription);
        }
        check(" Odd one ", Kind::Other("Odd one".into()));
    }

    #[test]
    fn each_state_is_read_however_a_tool_spells_it() {
        let check = |raw: &str, state: RuntimeState| assert_eq!(RuntimeState::from(raw.to_string()), state);
        check(" Enabled ", RuntimeState::Enabled);
        check("AdminMode", RuntimeState::AdminMode);
        check("administration mode", RuntimeState::AdminMode);
        check("DISABLED", RuntimeState::Disabled);
        check(" Odd one ", RuntimeState::Other(" Odd one ".into()));
    }
}
