//! Merging an inventory into a tenant: what would be added, changed, unchanged, missing, before anything is kept.
//!
//! The preview is made by the same code that merges, on a copy: it cannot promise something else than what then happens.

mod absorb;
mod backups;
pub mod candidates;
mod change;
mod cloud;
pub(super) mod deleted;
mod operations;
mod past;
mod preview;
mod reading;
pub mod service;
mod steps;
mod told;

pub use preview::{LineKind, Preview, PreviewLine};
pub use told::unknown_facts;

use super::environment::{Environment, EnvironmentId};
use super::inventory::Inventory;
use super::tenant::Tenant;
pub use change::{BackupChange, Field, FieldChange, ListedFate, Note, Value};
use chrono::{DateTime, Utc};
pub use cloud::CloudNote;
pub use reading::age_hint;
pub use service::Learned;
pub use steps::Merging;

/// The preview of `inventory` merged into `tenant` at `now` (UTC).
pub fn preview(tenant: &Tenant, inventory: &Inventory, now: DateTime<Utc>) -> Preview {
    carry_out(tenant, inventory, now).1
}

/// The tenant after the merge. A change that we only notice now is kept in the history as lying between the last import
/// that told the old value and this one.
///
/// The laws: merging the same inventory again changes nothing but the list of imports; an answer of the user is never
/// lost; an environment that the file does not list is kept; a file of another tenant changes nothing. Lists of manual backups or of applications that name no
/// environment are left out: the user must say first to which one they belong.
pub fn merge(tenant: &Tenant, inventory: &Inventory, now: DateTime<Utc>) -> Tenant {
    carry_out(tenant, inventory, now).0
}

/// The merge and its preview at once: [`merge`] and [`preview()`] in one, for whoever needs both.
pub fn carry_out(tenant: &Tenant, inventory: &Inventory, now: DateTime<Utc>) -> (Tenant, Preview) {
    Merging::new(tenant.clone(), inventory.clone(), now).finish()
}

/// The environments that the newest import of the whole tenant did not list although an earlier import did: perhaps
/// deleted, perhaps no longer visible to whoever exported the list. They are kept until the user takes them off.
pub fn missing_since(tenant: &Tenant) -> Vec<EnvironmentId> {
    unlisted(tenant).into_iter().map(|(id, _)| id).collect()
}

/// The same, each with when the first import of the whole tenant was kept that did not list it any more (UTC).
pub fn unlisted(tenant: &Tenant) -> Vec<(EnvironmentId, DateTime<Utc>)> {
    tenant.environments.iter().filter_map(|e| Some((e.id.clone(), unlisted_since(tenant, e)?))).collect()
}

/// Whether `env` is one of [`missing_since`].
pub fn is_missing(tenant: &Tenant, env: &Environment) -> bool {
    unlisted_since(tenant, env).is_some()
}

fn unlisted_since(tenant: &Tenant, env: &Environment) -> Option<DateTime<Utc>> {
    let last = env.last_import.filter(|_| env.deleted.is_none())?;
    let later = tenant.imports.iter().filter(|i| i.complete && i.number > last);
    later.min_by_key(|i| i.number).map(|i| i.at)
}
