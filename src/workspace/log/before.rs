//! How things were before an entry: as little as is needed to put them back.
//!
//! An image of every environment that changed would hold its whole list of manual backups each time. So only the fields that
//! changed are kept, and of lists the stretch that changed.

use crate::domain::capacity::Capacity;
use crate::domain::environment::{
    Activity, Deletion, Environment, EnvironmentId, Key, Kind, Policy, Region, RuntimeState, ServiceReason,
};
use crate::domain::fact::Fact;
use crate::domain::history::Change;
use crate::domain::life::Running;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::service::{Candidates, Cloud, Ending, FinanceLink, Reading, ServiceOperation};
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

impl super::LogEntry {
    /// Whether it can be tried to take it back.
    pub fn is_takeable(&self) -> bool {
        self.command.is_some() && self.before.is_some()
    }
}

/// More environments than this in one entry are not kept: the entry cannot be taken back.
pub const MOST_ENVIRONMENTS: usize = 1_000;

/// How things were before an entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Before {
    /// Environments that changed, with their place.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    changed: Vec<(usize, Fields)>,
    /// Environments that were taken off the list, with their place.
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    removed: Vec<(usize, Environment)>,
    /// How many environments there were: those that were added stand behind.
    #[serde(rename = "n")]
    count: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    capacity: Option<Fact<Capacity>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cloud: Option<Fact<Cloud>>,
}

impl Before {
    /// What is needed to come from `after` back to `before`. `None`: it would be too much. Environments are only changed in
    /// their place, taken off the list, or added behind all others; what an import does is none of this.
    pub fn of(before: &Tenant, after: &Tenant) -> Option<Self> {
        let mut kept = Self {
            count: before.environments.len(),
            capacity: (before.capacity != after.capacity).then(|| before.capacity.clone()),
            name: (before.name != after.name).then(|| before.name.clone()),
            cloud: (before.cloud != after.cloud).then(|| before.cloud.clone()),
            ..Self::default()
        };
        let mut rest = after.environments.iter().peekable();
        for (place, old) in before.environments.iter().enumerate() {
            // What both share is not looked into: it is the same.
            match rest.next_if(|new| std::ptr::eq(*new, old) || new.id == old.id) {
                Some(new) if !std::ptr::eq(new, old) && new != old => kept.changed.push((place, Fields::of(old, new))),
                Some(_) => {}
                None => kept.removed.push((place, old.clone())),
            }
            if kept.changed.len() + kept.removed.len() > MOST_ENVIRONMENTS {
                return None;
            }
        }
        Some(kept)
    }

    pub fn put_back(&self, tenant: &mut Tenant) {
        // Ascending, so that each place is right by the time it is filled.
        for (place, env) in &self.removed {
            tenant.environments.insert((*place).min(tenant.environments.len()), env.clone());
        }
        tenant.environments.truncate(self.count);
        for (place, fields) in &self.changed {
            if let Some(env) = tenant.environments.get_mut(*place) {
                fields.put_back(env);
            }
        }
        if let Some(capacity) = &self.capacity {
            tenant.capacity = capacity.clone();
        }
        if let Some(name) = &self.name {
            tenant.name = name.clone();
        }
        if let Some(cloud) = &self.cloud {
            tenant.cloud = cloud.clone();
        }
    }
}

/// A list that changed in one stretch: `old` stood at `at`, where now `len` others stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Splice<T> {
    at: usize,
    len: usize,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    old: Vec<T>,
}

impl<T: Clone + PartialEq> Splice<T> {
    fn of(before: &[T], after: &[T]) -> Option<Self> {
        let same = |pairs: &mut dyn Iterator<Item = (&T, &T)>| pairs.take_while(|(a, b)| a == b).count();
        let head = same(&mut before.iter().zip(after));
        let (before, after) = (before.get(head..)?, after.get(head..)?);
        if before.is_empty() && after.is_empty() {
            return None;
        }
        let tail = same(&mut before.iter().rev().zip(after.iter().rev()));
        let old = before.get(..before.len().saturating_sub(tail))?.to_vec();
        Some(Self { at: head, len: after.len().saturating_sub(tail), old })
    }

    fn put_back(&self, list: &mut Vec<T>) {
        let at = self.at.min(list.len());
        let end = at.saturating_add(self.len).min(list.len());
        list.splice(at..end, self.old.iter().cloned());
    }
}

/// Names every field of an environment, so that none can be forgotten: a new one does not compile until it is named here.
macro_rules! fields {
    ($($field:ident: $type:ty,)*) => {
        /// The fields that changed, as they were. In a list of one, because a field may itself be nothing.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        struct Fields {
            $(#[serde(default, skip_serializing_if = "Option::is_none")] $field: Option<($type,)>,)*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            backups: Option<Splice<ManualBackup>>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            history: Option<Splice<Change>>,
        }

        impl Fields {
            fn of(before: &Environment, after: &Environment) -> Self {
                let Environment { backups, history, $($field,)* } = before;
                Self {
                    $($field: (*$field != after.$field).then(|| ($field.clone(),)),)*
                    backups: Splice::of(backups, &after.backups),
                    history: Splice::of(history, &after.history),
                }
            }

            fn put_back(&self, env: &mut Environment) {
                $(if let Some((old,)) = &self.$field { env.$field = old.clone(); })*
                if let Some(splice) = &self.backups { splice.put_back(&mut env.backups); }
                if let Some(splice) = &self.history { splice.put_back(&mut env.history); }
            }
        }
    };
}

fields! {
    id: EnvironmentId,
    name: String,
    kind: Fact<Kind>,
    region: Fact<Region>,
    dataverse: Fact<bool>,
    dynamics: Fact<bool>,
    managed: Fact<bool>,
    key: Fact<Key>,
    policies: Fact<BTreeSet<Policy>>,
    retention_setting: Fact<u32>,
    oldest_backup: Fact<DateTime<Utc>>,
    reading: Option<Reading>,
    created: Fact<DateTime<Utc>>,
    existed_by: Option<DateTime<Utc>>,
    lived: Option<DateTime<Utc>>,
    state: Fact<RuntimeState>,
    background_operations: Fact<bool>,
    group: Fact<Option<String>>,
    group_id: Option<String>,
    finance: Option<FinanceLink>,
    endings: Vec<Ending>,
    operations: Vec<ServiceOperation>,
    candidates: Option<Candidates>,
    database_mb: Fact<f64>,
    activity: Option<Activity>,
    running: Option<Running>,
    deleted: Option<Deletion>,
    failed_restore: Option<DateTime<Utc>>,
    url: Option<String>,
    azure_region: Option<String>,
    service_reasons: Vec<ServiceReason>,
    last_import: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &[u32], after: &[u32], at: usize, len: usize, old: &[u32]) {
        let splice = Splice::of(before, after).unwrap();
        assert_eq!(splice, Splice { at, len, old: old.to_vec() });
        let mut list = after.to_vec();
        splice.put_back(&mut list);
        assert_eq!(list, before);
    }

    #[test]
    fn the_stretch_that_changed() {
        assert_eq!(Splice::of(&[1, 2], &[1, 2]), None);
        check(&[1, 2], &[1, 2, 3], 2, 1, &[]);
        check(&[1, 2, 3], &[1, 3], 1, 0, &[2]);
        check(&[1, 2, 3], &[1, 9, 3], 1, 1, &[2]);
        check(&[], &[1, 2], 0, 2, &[]);
        check(&[1, 2], &[], 0, 0, &[1, 2]);
        check(&[1, 1, 1], &[1, 1], 2, 0, &[1]);
        check(&[1, 1], &[1, 1, 1], 2, 1, &[]);
        check(&[1, 2], &[3, 4, 5], 0, 3, &[1, 2]);
    }

    #[test]
    fn a_field_that_was_nothing_comes_back_through_text() {
        let before = Environment::new("e");
        let mut after = before.clone();
        after.deleted = Some(DateTime::UNIX_EPOCH.into());
        after.kind.answer(Kind::Sandbox, DateTime::UNIX_EPOCH);
        let text = serde_json::to_string(&Fields::of(&before, &after)).unwrap();
        assert_eq!(text, r#"{"kind":[{}],"deleted":[null]}"#);
        serde_json::from_str::<Fields>(&text).unwrap().put_back(&mut after);
        assert_eq!(after, before);
    }
}
