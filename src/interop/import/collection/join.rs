//! Many answers become one inventory. An answer brings what was asked for and nothing else.

use super::super::findings::Findings;
use super::super::row::File;
use super::super::states::at_some_time;
use super::CallKind;
use super::says::Says;
use crate::domain::cloud::of_address;
use crate::domain::environment::{Deletion, EnvironmentId, Key};
use crate::domain::inventory::{Inventory, Observation};
use crate::domain::order::Gather;
use crate::domain::service::Cloud;
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};

/// The inventory so far.
pub struct Joined {
    pub inventory: Inventory,
    /// Where each environment stands in it, by its id in lower case.
    at: HashMap<String, usize>,
    /// The tenants that the answers are of, by their ids.
    tenants: BTreeSet<String>,
    /// What the script wrote at the head of the file: the tenant, by its id, and the cloud.
    stamp: (Option<String>, Option<Cloud>),
}

impl Joined {
    pub fn new(name: &str) -> Self {
        let inventory =
            Inventory { name: name.to_string(), format: "Restore Desk collection".to_string(), ..Inventory::default() };
        Self { inventory, at: HashMap::new(), tenants: BTreeSet::new(), stamp: (None, None) }
    }

    /// Takes what stands at the head of the file.
    pub fn stamp(&mut self, tenant: Option<String>, cloud: Option<Cloud>) {
        self.stamp = (tenant.clone(), cloud);
        (self.inventory.tenant_id, self.inventory.cloud) = (tenant, cloud);
    }

    /// The name of an environment, else what stands for it.
    pub fn name_of(&self, id: &str) -> String {
        let known = self.at.get(&id.to_lowercase()).and_then(|i| self.inventory.environments.get(*i));
        known.and_then(|o| o.name.clone()).unwrap_or_else(|| id.to_string())
    }

    fn observed(&mut self, id: &str) -> Option<&mut Observation> {
        self.at.get(&id.to_lowercase()).and_then(|i| self.inventory.environments.get_mut(*i))
    }

    fn add(&mut self, seen: Observation) {
        self.at.insert(seen.id.to_lowercase(), self.inventory.environments.len());
        self.inventory.environments.push(seen);
    }

    /// Takes what an answer to `ask` about `environment` (or about the group `of`) says, given at `asked` (UTC).
    pub fn take(
        &mut self,
        ask: &CallKind,
        environment: Option<EnvironmentId>,
        of: Option<&str>,
        asked: Option<DateTime<Utc>>,
        read: Inventory,
        file: &mut File,
    ) {
        self.tenants.extend(read.tenant_id.clone());
        match ask {
            CallKind::Environments => {
                self.inventory.complete = read.complete;
                self.inventory.of_tenant = read.of_tenant;
                // What was offered, was offered then (K15).
                self.inventory.asked = asked;
                self.facts(read, asked);
            }
            CallKind::EnvironmentsApi => {
                self.inventory.asked = self.inventory.asked.or(asked);
                self.facts(read, asked);
            }
            CallKind::Deleted => self.deleted(read, asked, file),
            CallKind::Capacity => self.inventory.capacity = read.capacity.or(self.inventory.capacity),
            CallKind::Rules => self.rules(read, of),
            CallKind::Backups => self.inventory.backups.extend(read.backups.into_iter().map(|mut list| {
                list.environment = list.environment.or_else(|| environment.clone());
                list
            })),
            CallKind::Applications => self.applications(read, environment),
            CallKind::Operations => self.operations(read, environment, asked),
            CallKind::Candidates | CallKind::Kept | CallKind::Other(_) => {}
        }
    }

    /// A rule set that names no group is of the one that was asked about.
    fn rules(&mut self, read: Inventory, of: Option<&str>) {
        for mut rules in read.group_rules {
            if let Some(group) = of.filter(|_| rules.group.is_empty()) {
                rules.group = group.to_string();
            }
            self.inventory.group_rules.push(rules);
        }
    }

    fn applications(&mut self, read: Inventory, environment: Option<EnvironmentId>) {
        for mut list in read.applications {
            list.environment = list.environment.or_else(|| environment.clone());
            let id = list.environment.as_ref().map(|id| id.as_str().to_string()).unwrap_or_default();
            match self.observed(&id) {
                // L1: what is linked with finance and operations has apps, whatever the list of packages shows.
                Some(seen) if list.has_dynamics == Some(false) && matches!(seen.finance, Some(Some(_))) => {}
                // A fact like the others, told by the same file.
                Some(seen) if list.has_dynamics.is_some() => seen.dynamics = list.has_dynamics,
                Some(_) => {}
                None => self.inventory.applications.push(list),
            }
        }
    }

    fn operations(&mut self, read: Inventory, environment: Option<EnvironmentId>, asked: Option<DateTime<Utc>>) {
        self.inventory.operations.extend(read.operations.into_iter().map(|mut operation| {
            operation.environment = operation.environment.or_else(|| environment.clone());
            operation
        }));
        self.inventory.underway.extend(read.underway.into_iter().map(|mut one| {
            one.environment = one.environment.or_else(|| environment.clone());
            one.activity.seen = one.activity.seen.or(asked);
            one
        }));
    }

    /// Adds the environments of a list that was asked for at `asked` (UTC); of those that are known already it fills what is not.
    fn facts(&mut self, read: Inventory, asked: Option<DateTime<Utc>>) {
        self.inventory.tenant_id = self.inventory.tenant_id.take().or(read.tenant_id);
        self.inventory.cloud = self.inventory.cloud.or(read.cloud);
        for mut seen in read.environments {
            seen.deleted = by(seen.deleted, asked);
            match self.observed(&seen.id) {
                Some(known) => fill(known, seen),
                None => self.add(seen),
            }
        }
    }

    /// Everything in the list of the deleted is deleted, whatever else its row says.
    fn deleted(&mut self, read: Inventory, asked: Option<DateTime<Utc>>, file: &mut File) {
        for mut seen in read.environments {
            if seen.deleted.is_none() {
                let name = seen.name.clone().unwrap_or_else(|| seen.id.clone());
                Says::DeletedWithoutDate { name }.say(&mut file.findings);
                seen.deleted = Some(at_some_time(&seen, file.now));
            }
            seen.deleted = by(seen.deleted, asked);
            let later = asked >= self.inventory.asked;
            let lived = self.inventory.asked;
            match self.observed(&seen.id) {
                // Deleted between the two questions; listed as living after it, it was recovered.
                Some(known) if later => {
                    let before = known.deleted;
                    known.deleted = seen.deleted.map(|when| before.map_or(when.after(lived), |k| k.with(when)));
                }
                Some(_) => {}
                None => self.add(seen),
            }
        }
    }

    /// The inventory; `None` where there is nothing in it or it is of several tenants, and that has been said.
    pub fn finish(mut self, findings: &mut Findings) -> Option<Inventory> {
        let told = self.inventory.environments.iter().filter_map(|o| of_address(o.url.as_deref()?));
        let addresses: BTreeSet<Cloud> = told.into_set();
        if let Some(stamp) = self.stamp.1.filter(|stamp| addresses.iter().any(|told| told != stamp)) {
            Says::CloudDiffers { stamp, addresses }.say(findings);
        }
        if let Some(stamp) = self.stamp.0.filter(|stamp| self.tenants.iter().any(|told| told != stamp)) {
            self.tenants.remove(&stamp);
            Says::TenantDiffers { stamp, rows: self.tenants }.say(findings);
            return None;
        }
        if self.tenants.len() > 1 {
            Says::SeveralTenants(self.tenants).say(findings);
            return None;
        }
        let i = &self.inventory;
        let something = !i.environments.is_empty()
            || !i.backups.is_empty()
            || i.capacity.is_some()
            || !i.applications.is_empty()
            || !i.operations.is_empty()
            || !i.underway.is_empty()
            || !i.candidates.is_empty()
            || !i.group_rules.is_empty();
        if !something {
            Says::Nothing.say(findings);
        }
        something.then_some(self.inventory)
    }
}

/// What is called deleted was so when the question was answered.
fn by(deleted: Option<Deletion>, asked: Option<DateTime<Utc>>) -> Option<Deletion> {
    deleted.map(|when| asked.map_or(when, |asked| when.by(asked)))
}

/// What `other` says of facts that `known` does not. Whether it is deleted is not among them: that the tenant lists it stands.
fn fill(known: &mut Observation, other: Observation) {
    fn or<T>(mine: &mut Option<T>, other: Option<T>) {
        if mine.is_none() {
            *mine = other;
        }
    }
    or(&mut known.name, other.name);
    or(&mut known.kind, other.kind);
    or(&mut known.region, other.region);
    or(&mut known.dataverse, other.dataverse);
    or(&mut known.dynamics, other.dynamics);
    or(&mut known.managed, other.managed);
    match (&known.key, &other.key) {
        (None, _) | (Some(Key::Customer(None)), Some(Key::Customer(Some(_)))) => known.key = other.key,
        _ => {}
    }
    match (&mut known.policies, other.policies) {
        // Each source names its own sorts; the same sort need not have the same id in both.
        (Some(mine), Some(others)) => {
            let missing = others.into_iter().filter(|p| !mine.iter().any(|m| m.sort == p.sort)).collect::<Vec<_>>();
            mine.extend(missing);
        }
        (mine, others) => or(mine, others),
    }
    or(&mut known.retention_setting, other.retention_setting);
    or(&mut known.oldest_backup, other.oldest_backup);
    or(&mut known.offered, other.offered);
    or(&mut known.created, other.created);
    or(&mut known.existed_by, other.existed_by);
    known.alive = known.alive.max(other.alive);
    or(&mut known.database_since, other.database_since);
    or(&mut known.state, other.state);
    or(&mut known.background_operations, other.background_operations);
    or(&mut known.group, other.group);
    or(&mut known.group_id, other.group_id);
    or(&mut known.finance, other.finance);
    or(&mut known.endings, other.endings);
    or(&mut known.database_mb, other.database_mb);
    or(&mut known.activity, other.activity);
    or(&mut known.url, other.url);
    or(&mut known.azure_region, other.azure_region);
    if known.service_reasons.is_empty() {
        known.service_reasons = other.service_reasons;
    }
}
