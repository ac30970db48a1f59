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
mod reading;
pub mod service;
mod steps;

use super::environment::{Environment, EnvironmentId, FactKey, Kind};
use super::inventory::{Inventory, Observation};
use super::retention::asks_when_deleted;
use super::tenant::Tenant;
use super::whose::{Doubt, Whose};
pub use change::{BackupChange, BackupFate, Field, FieldChange, Note, Value};
use chrono::{DateTime, TimeDelta, Utc};
pub use cloud::CloudNote;
pub use reading::age_hint;
pub use service::Learned;
use std::collections::HashMap;

/// Where each environment of a tenant stands in it.
type Index = HashMap<EnvironmentId, usize>;

pub use steps::Merging;

/// One environment in the preview.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: EnvironmentId,
    pub name: String,
    pub what: LineKind,
    /// The facts that matter and stay unknown after the merge.
    pub unknown: Vec<FactKey>,
    /// What changes nothing but should be known, such as an answer that goes on counting against the file.
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LineKind {
    Added,
    /// What changes.
    Changed(Vec<FieldChange>),
    Unchanged,
    /// Known to the tenant, not in the file. It is kept until the user takes it off the list.
    Missing,
}

/// What a merge would do. Nothing is kept yet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Preview {
    /// In the order of the file; missing environments last.
    pub lines: Vec<Line>,
    /// Manual backups that would be added, changed or taken off.
    pub backups: Vec<BackupChange>,
    /// What would be learned from what the service printed: operations, candidates, rules of groups.
    pub learned: Vec<Learned>,
    /// Set where the capacity would change.
    pub capacity: Option<FieldChange>,
    /// How old the file shows itself to be (UTC), where that is more than a day: [`age_hint`].
    pub asked_at_latest: Option<DateTime<Utc>>,
    /// The sample tenant would be put away whole: real and made-up environments are never mixed.
    pub replaces_sample: bool,
    /// Of which tenant the file is. Of another one: nothing of it is merged.
    pub whose: Whose,
    /// What is to be asked before it is kept.
    pub doubts: Vec<Doubt>,
    /// Set where something becomes known of the tenant's cloud, or is not known any more.
    pub cloud: Option<CloudNote>,
}

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

/// The merge and its preview at once: [`merge`] and [`preview`] in one, for whoever needs both.
pub fn carry_out(tenant: &Tenant, inventory: &Inventory, now: DateTime<Utc>) -> (Tenant, Preview) {
    Merging::new(tenant.clone(), inventory.clone(), now).finish()
}

/// The facts that matter for restoring this environment and are unknown, in the order in which to ask. `now` is UTC.
///
/// [`FactKey::Policies`] is named for completeness; it decides only under editions whose policies must match (T6).
pub fn unknown_facts(env: &Environment, now: DateTime<Utc>) -> Vec<FactKey> {
    let kind = env.kind.get();
    let mut unknown = Vec::new();
    if asks_when_deleted(env, now) {
        unknown.push(FactKey::Deleted);
    }
    if kind.is_none() {
        unknown.push(FactKey::Kind);
    }
    if matches!(kind, Some(Kind::Other(_))) || env.dataverse.get() == Some(&false) {
        return unknown;
    }
    if env.is_unknown(FactKey::Dataverse) {
        unknown.push(FactKey::Dataverse);
    }
    let crosses = matches!(
        kind,
        None | Some(Kind::Production) | Some(Kind::Sandbox) | Some(Kind::Developer) | Some(Kind::Default)
    );
    let production = matches!(kind, None | Some(Kind::Production));
    let mut ask = |matters: bool, fact: FactKey| {
        if matters && env.is_unknown(fact) {
            unknown.push(fact);
        }
    };
    ask(crosses, FactKey::Region);
    ask(production, FactKey::Dynamics);
    ask(crosses, FactKey::Managed);
    ask(crosses, FactKey::Key);
    ask(crosses, FactKey::Policies);
    ask(kind == Some(&Kind::Production) && env.managed.get() != Some(&false), FactKey::RetentionSetting);
    // Older than the longest period, the date of creation bounds nothing (K8); a reported oldest backup bounds anyway (K10).
    let old = now.checked_sub_signed(TimeDelta::days(28)).is_some_and(|line| env.existed_by.is_some_and(|e| e <= line));
    ask(!old && env.oldest_backup.is_unknown(), FactKey::Created);
    unknown
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

/// The facts that every observation gives.
fn told(seen: &[Observation]) -> Vec<FactKey> {
    let all = |fact: &FactKey| !seen.is_empty() && seen.iter().all(|o| o.tells(*fact));
    // Of policies and of when it was created or deleted no list says that it lists all.
    let listed = |fact: &FactKey| !matches!(fact, FactKey::Policies | FactKey::Created | FactKey::Deleted);
    FactKey::ALL.into_iter().filter(listed).filter(all).collect()
}
