//! A tenant: its environments, its storage, and the imports it was put together from.

use super::capacity::Capacity;
use super::environment::{Environment, EnvironmentId, FactKey};
use super::environments::Environments;
use super::fact::Fact;
use super::service::{Cloud, GroupRules};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tenant {
    /// What the user calls it; empty until told.
    pub name: String,
    /// The id of the tenant, in lower case, as an import told it; a file of another tenant is never merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The cloud that it is in (interop.md §5).
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub cloud: Fact<Cloud>,
    /// Rules of environment groups (G1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group_rules: Vec<GroupRules>,
    /// In the order of first appearance. Ids are unique (without case).
    pub environments: Environments,
    #[serde(default)]
    pub capacity: Fact<Capacity>,
    #[serde(default)]
    pub imports: Vec<ImportRecord>,
    /// The sample tenant that ships with the app.
    #[serde(default)]
    pub sample: bool,
}

/// One import that was kept. Facts refer to it by `number`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportRecord {
    pub number: u32,
    /// When it was kept, UTC.
    pub at: DateTime<Utc>,
    /// The file's name, or "pasted text".
    pub name: String,
    /// The recognised format in words, such as "admin REST list".
    pub format: String,
    /// How many environments it listed.
    pub environments: usize,
    /// Whether it listed the whole tenant, so that what it did not list may be gone.
    #[serde(default)]
    pub complete: bool,
    /// The facts that it gave for *every* environment that it listed: only those were confirmed by it where it brought
    /// nothing new.
    #[serde(default)]
    pub told: Vec<FactKey>,
}

impl Tenant {
    pub fn get(&self, id: &EnvironmentId) -> Option<&Environment> {
        self.environments.iter().find(|e| e.id == *id)
    }
    pub fn get_mut(&mut self, id: &EnvironmentId) -> Option<&mut Environment> {
        let place = self.environments.place(id)?;
        self.environments.get_mut(place)
    }
    /// The environments that are not deleted.
    pub fn living(&self) -> impl Iterator<Item = &Environment> {
        self.environments.iter().filter(|e| e.deleted.is_none())
    }
}
