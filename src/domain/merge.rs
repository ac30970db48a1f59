//! Merging an inventory into a tenant: what would be added, changed, unchanged, missing, before anything is kept.

use super::environment::{EnvironmentId, FactKey};
use super::inventory::Inventory;
use super::tenant::Tenant;
use chrono::{DateTime, Utc};

/// One environment in the preview.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: EnvironmentId,
    pub name: String,
    pub what: LineKind,
    /// The facts that matter and stay unknown after the merge.
    pub unknown: Vec<FactKey>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LineKind {
    Added,
    /// What changes.
    Changed(Vec<FieldChange>),
    Unchanged,
    /// Known to the tenant, not in the file.
    Missing,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The fact in words, such as "kind".
    pub field: String,
    /// `None`: unknown before.
    pub from: Option<String>,
    pub to: String,
    /// Something to know, such as that the user's own answer is overruled by, or stands against, the file.
    pub note: Option<String>,
}

/// What a merge would do. Nothing is kept yet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Preview {
    pub lines: Vec<Line>,
    /// Manual backups that would be added or changed, as sentences.
    pub backups: Vec<String>,
    /// Set where the capacity would change.
    pub capacity: Option<String>,
}

/// The preview of `inventory` merged into `tenant` at `now` (UTC).
pub fn preview(_tenant: &Tenant, _inventory: &Inventory, _now: DateTime<Utc>) -> Preview {
    todo!("import helper")
}

/// The tenant after the merge. A change that we only notice now is kept in the history as lying between the two imports.
pub fn merge(_tenant: &Tenant, _inventory: &Inventory, _now: DateTime<Utc>) -> Tenant {
    todo!("import helper")
}
