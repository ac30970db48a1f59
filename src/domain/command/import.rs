//! Keeping what an import understood.

use super::super::edition::{Edition, EditionId};
use super::super::environment::EnvironmentId;
use super::super::inventory::Inventory;
use super::super::merge::{LineKind, Merging, Preview, candidates, carry_out, service};
use super::super::readiness::Readiness;
use super::super::rule::RuleId;
use super::super::service::CandidateList;
use super::super::tenant::Tenant;
use super::super::whose::{self, Whose};
use super::{Cause, Event, Happened, ImportPart, Imported, OfImport, Refusal};
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// An import that is worked out in steps, so that a page on which a large one is kept stays alive. However it is cut, it does what
/// [`Command::Import`](super::Command::Import) does.
#[derive(Debug)]
pub struct WorkingOut {
    before: Tenant,
    inventory: Arc<Inventory>,
    at: DateTime<Utc>,
    refused: Option<Refusal>,
    merging: Option<Merging>,
}

/// What an import does to one tenant at one instant. On another tenant it is worked out anew.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkedOut {
    before: Tenant,
    inventory: Arc<Inventory>,
    at: DateTime<Utc>,
    outcome: Result<(Tenant, Vec<Event>), Refusal>,
    judged: Vec<JudgedTenant>,
}

/// How a tenant is judged: that before an import, or that after it.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedTenant {
    pub tenant: Tenant,
    pub edition: EditionId,
    /// UTC.
    pub now: DateTime<Utc>,
    /// The environments that a plan is at work on.
    pub planned: BTreeSet<EnvironmentId>,
    pub readiness: Readiness,
}

impl WorkingOut {
    /// Nothing is done yet but that it may be refused. `at` is UTC.
    pub fn new(tenant: Tenant, inventory: Inventory, at: DateTime<Utc>) -> Self {
        let refused = check(&tenant, &inventory).err();
        let merging = refused.is_none().then(|| Merging::new(tenant.clone(), inventory.clone(), at));
        Self { before: tenant, inventory: Arc::new(inventory), at, refused, merging }
    }

    /// Goes on with at most `budget` environments of the file; `true`: it is done.
    pub fn step(&mut self, budget: usize) -> bool {
        self.merging.as_mut().is_none_or(|merging| merging.step(budget))
    }

    /// What it does. All that is left is done now.
    pub fn finish(self) -> WorkedOut {
        let Self { before, inventory, at, refused, merging } = self;
        let outcome = match (refused, merging) {
            (Some(refusal), _) => Err(refusal),
            (None, merging) => {
                let merging = merging.unwrap_or_else(|| Merging::new(before.clone(), (*inventory).clone(), at));
                let (after, preview) = merging.finish();
                let events = events(&after, preview, &inventory, at);
                Ok((after, events))
            }
        };
        WorkedOut { before, inventory, at, outcome, judged: Vec::new() }
    }
}

impl WorkedOut {
    /// The same as [`import`] of what is imported.
    pub(super) fn import(&self, tenant: &Tenant, now: DateTime<Utc>) -> Result<(Tenant, Vec<Event>), Refusal> {
        // Tenants that share their environments are compared at once.
        if self.at == now && self.before == *tenant {
            self.outcome.clone()
        } else {
            import(tenant, &self.inventory, now)
        }
    }

    /// The tenant after it, where it is not refused.
    pub fn after(&self) -> Option<&Tenant> {
        self.outcome.as_ref().ok().map(|(after, _)| after)
    }

    /// Takes how the tenant before or after it is judged.
    pub fn judge(&mut self, judged: JudgedTenant) {
        self.judged.push(judged);
    }

    /// How `tenant` is judged, where just that was worked out.
    pub fn judged(
        &self,
        edition: &Edition,
        tenant: &Tenant,
        now: DateTime<Utc>,
        planned: &BTreeSet<EnvironmentId>,
    ) -> Option<&Readiness> {
        let fits = |j: &&JudgedTenant| j.now == now && j.edition == edition.id() && j.planned == *planned;
        // Tenants that share their environments are compared at once.
        self.judged.iter().filter(fits).find(|j| j.tenant == *tenant).map(|j| &j.readiness)
    }

    /// The import as it came.
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }
}

pub(super) fn import(
    tenant: &Tenant,
    inventory: &Inventory,
    now: DateTime<Utc>,
) -> Result<(Tenant, Vec<Event>), Refusal> {
    check(tenant, inventory)?;
    let (after, preview) = carry_out(tenant, inventory, now);
    let events = events(&after, preview, inventory, now);
    Ok((after, events))
}

/// Whether it may be kept.
fn check(tenant: &Tenant, inventory: &Inventory) -> Result<(), Refusal> {
    if is_empty(inventory) {
        return Err(Cause::Import(OfImport::Empty).by(&[]));
    }
    if let Whose::Foreign(foreign) = whose::judge(tenant, inventory) {
        return Err(Cause::Import(OfImport::Foreign(Box::new(foreign))).by(&[]));
    }
    let of_lists = inventory.backups.iter().map(|l| (&l.environment, ImportPart::ManualBackups));
    let of_apps = inventory.applications.iter().map(|l| (&l.environment, ImportPart::ApplicationPackages));
    for (environment, part) in of_lists.chain(of_apps) {
        let Some(id) = environment else {
            return Err(Cause::Import(OfImport::WhoseIs(part)).by(&[]));
        };
        let in_file = || inventory.environments.iter().any(|o| o.id.trim().eq_ignore_ascii_case(id.as_str()));
        if (tenant.sample || tenant.get(id).is_none()) && !in_file() {
            return Err(Cause::NotListed(id.clone()).by(&[]));
        }
    }
    check_service(tenant, inventory)
}

/// What happened, for the activity list.
fn events(after: &Tenant, preview: Preview, inventory: &Inventory, now: DateTime<Utc>) -> Vec<Event> {
    let count = |f: fn(&LineKind) -> bool| preview.lines.iter().filter(|l| f(&l.what)).count();
    let imported = Happened::Imported(Imported {
        name: inventory.name.clone(),
        format: inventory.format.to_string(),
        added: count(|k| matches!(k, LineKind::Added)),
        changed: count(|k| matches!(k, LineKind::Changed(_))),
        unchanged: count(|k| matches!(k, LineKind::Unchanged)),
        missing: count(|k| matches!(k, LineKind::Missing)),
    });
    let note = |what| Event::note(now, what);
    let put_away = preview.replaces_sample.then_some(Happened::SamplePutAway);
    let mut events: Vec<Event> = put_away.into_iter().chain([imported]).map(note).collect();
    for line in preview.lines {
        let LineKind::Changed(changes) = line.what else { continue };
        events.extend(changes.into_iter().filter(|c| !c.field.moves()).map(|change| {
            let what = Happened::Changed(line.name.clone(), change);
            Event { at: now, environment: Some(line.id.clone()), what }
        }));
    }
    events.extend(preview.backups.into_iter().map(Happened::BackupChanged).map(note));
    events.extend(preview.learned.into_iter().map(|learned| {
        let environment = learned.environment().cloned();
        let name = environment.as_ref().map(|id| after.name_of(id));
        Event { at: now, environment, what: Happened::Learned(name, learned) }
    }));
    events.extend(preview.capacity.into_iter().map(Happened::StorageChanged).map(note));
    events.extend(preview.cloud.into_iter().map(Happened::CloudTold).map(note));
    events
}

/// Operations and restore candidates that do not say whose they are, or when the service was asked (T10), need the user's word;
/// those of environments that are not on the list are left out, but not all of a file.
fn check_service(tenant: &Tenant, inventory: &Inventory) -> Result<(), Refusal> {
    let underway = inventory.underway.iter().map(|o| &o.environment);
    let operations = inventory.operations.iter().map(|o| &o.environment).chain(underway);
    let candidates = inventory.candidates.iter().map(|l| &l.source);
    if operations.clone().any(Option::is_none) {
        return Err(Cause::Import(OfImport::WhoseIs(ImportPart::Operations)).by(&[]));
    }
    if candidates.clone().any(Option::is_none) {
        return Err(Cause::Import(OfImport::WhoseIs(ImportPart::Candidates)).by(&[RuleId::T10]));
    }
    if inventory.candidates.iter().any(|l| l.asked.is_none()) {
        return Err(Cause::Import(OfImport::NotSaidWhen).by(&[RuleId::T10]));
    }
    check_candidates(tenant, inventory)?;
    let listed = |id: &EnvironmentId| !tenant.sample && tenant.get(id).is_some();
    let mut named = operations.chain(candidates).flatten();
    let only = inventory.environments.is_empty() && inventory.group_rules.is_empty();
    match named.next() {
        Some(first) if only && !listed(first) && !named.any(listed) => Err(Cause::NotListed(first.clone()).by(&[])),
        _ => Ok(()),
    }
}

/// A file of nothing but restore candidates that name nobody who is known is asked about, not kept.
fn check_candidates(tenant: &Tenant, inventory: &Inventory) -> Result<(), Refusal> {
    let lists = &inventory.candidates;
    let alone = inventory.environments.is_empty()
        && inventory.backups.is_empty()
        && inventory.applications.is_empty()
        && inventory.capacity.is_none()
        && inventory.operations.is_empty()
        && inventory.underway.is_empty()
        && inventory.group_rules.is_empty();
    if lists.is_empty() || tenant.sample || !alone {
        return Ok(());
    }
    let known: HashSet<&EnvironmentId> = tenant.environments.iter().map(|e| &e.id).collect();
    let here = |list: &&CandidateList| list.source.as_ref().is_some_and(|source| known.contains(source));
    let mut strange =
        lists.iter().filter(here).map(|list| (list, candidates::is_strange(list, |id| known.contains(id))));
    match strange.next() {
        Some((list, true)) if strange.all(|(_, is)| is) => {
            let strange = OfImport::Strange { named: list.offered.len(), known: known.len() };
            Err(Cause::Import(strange).by(&[RuleId::T10]))
        }
        _ => Ok(()),
    }
}

/// Whether there is nothing in a file.
fn is_empty(inventory: &Inventory) -> bool {
    inventory.environments.is_empty()
        && inventory.backups.is_empty()
        && inventory.applications.is_empty()
        && inventory.capacity.is_none()
        && !service::is_any(inventory)
}
