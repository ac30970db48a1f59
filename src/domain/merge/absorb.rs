//! Taking one observation into one environment: facts, history, and what to say about it.

use super::super::capacity::Capacity;
use super::super::environment::{Activity, Environment, FactKey, Key, RuntimeState};
use super::super::fact::{Fact, Known, Observed, Origin};
use super::super::history::{Change, Changed};
use super::super::inventory::{Inventory, Observation};
use super::super::tenant::Tenant;
use super::reading::{self, Asked};
use super::{FieldChange, deleted, service, show};
use crate::domain::order::Order as _;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// The import that is being merged, and when the earlier ones were.
#[derive(Debug)]
pub struct Import {
    pub number: u32,
    pub now: DateTime<Utc>,
    /// Whether listing an environment says that it lives.
    pub(super) of_tenant: bool,
    /// When the service said so.
    asked: Asked,
    /// The file's own stamp (UTC), where it has one.
    pub(super) stamp: Option<DateTime<Utc>>,
    earlier: HashMap<u32, Earlier>,
}

#[derive(Debug)]
struct Earlier {
    at: DateTime<Utc>,
    told: Vec<FactKey>,
}

impl Import {
    pub fn new(tenant: &Tenant, inventory: &Inventory, now: DateTime<Utc>) -> Self {
        let earlier = |i: &super::super::tenant::ImportRecord| (i.number, Earlier { at: i.at, told: i.told.clone() });
        let latest = now.checked_add_signed(TimeDelta::minutes(10)).unwrap_or(now);
        Self {
            number: tenant.imports.iter().map(|i| i.number).max().map_or(0, |n| n.saturating_add(1)),
            now,
            of_tenant: inventory.of_tenant,
            asked: Asked::of(inventory, now),
            // A clock that runs a little ahead is no reason to doubt; one that runs far ahead says nothing.
            stamp: inventory.asked.filter(|at| *at <= latest).map(|at| at.min(now)),
            earlier: tenant.imports.iter().map(earlier).collect(),
        }
    }

    /// The last instant (UTC) at which the old value is known to have held, if an earlier import or command told it.
    pub(super) fn last_told<T>(
        &self,
        old: &Known<T>,
        fact: FactKey,
        last_import: Option<u32>,
    ) -> Option<DateTime<Utc>> {
        match old.origin {
            Origin::Recorded => Some(old.since),
            Origin::Import(first) => {
                let confirmed = last_import
                    .and_then(|n| self.earlier.get(&n))
                    .filter(|e| e.told.contains(&fact))
                    .map(|e| e.at)
                    .filter(|at| *at >= old.since);
                Some(confirmed.or_else(|| self.earlier.get(&first).map(|e| e.at)).unwrap_or(old.since))
            }
            Origin::Answer | Origin::Sample => None,
        }
    }
}

impl Import {
    /// When an import was kept (UTC); of this one, now.
    pub(super) fn kept(&self, number: u32) -> Option<DateTime<Utc>> {
        if number == self.number { Some(self.now) } else { self.earlier.get(&number).map(|e| e.at) }
    }
}

/// What happened to one environment.
#[derive(Default)]
pub struct Taken {
    pub changes: Vec<FieldChange>,
    pub notes: Vec<String>,
}

impl Taken {
    pub fn change(&mut self, field: &str, from: Option<String>, to: String) {
        self.changes.push(FieldChange { field: field.to_string(), from, to, note: None });
    }

    /// Observes a fact. Returns the value that was observed before and when it last held, where it differs from the new one.
    fn fact<T: Clone + PartialEq>(
        &mut self,
        (field, key): (&str, Option<FactKey>),
        fact: &mut Fact<T>,
        new: Option<T>,
        show: fn(&T) -> String,
        (import, last_import): (&Import, Option<u32>),
    ) -> Option<(T, DateTime<Utc>)> {
        let new = new?;
        let differing = fact.observed().filter(|o| o.value != new).cloned();
        let earlier = differing.and_then(|old| {
            let told = key.and_then(|key| import.last_told(&old, key, last_import))?;
            Some((old.value, told))
        });
        let to = show(&new);
        let seen = fact.observe(Known { value: new, origin: Origin::Import(import.number), since: import.now });
        let answered = |a: &DateTime<Utc>| format!("your answer of {}", show::instant(a));
        let when = fact.answered().map(|a| answered(&a.since)).unwrap_or_else(|| "your answer".to_string());
        match seen {
            Observed::Same => {}
            Observed::First => self.change(field, None, to),
            Observed::Changed(old) => self.change(field, Some(show(&old)), to),
            Observed::OverruledAnswer(old) => self.changes.push(FieldChange {
                field: field.to_string(),
                from: Some(show(&old)),
                to,
                note: Some(format!("{when} is older than what this file says and no longer counts")),
            }),
            Observed::AnswerStands(_) => self.notes.push(format!(
                "{field}: {when} ({}) goes on counting, although the file says {to}",
                fact.get().map(show).unwrap_or_default()
            )),
        }
        earlier
    }

    /// Replaces a plain value that is no fact.
    fn plain<T: Clone + PartialEq>(
        &mut self,
        field: &str,
        old: &mut Option<T>,
        new: &Option<T>,
        show: fn(&T) -> String,
    ) {
        if let Some(value) = new
            && old.as_ref() != Some(value)
        {
            self.change(field, old.as_ref().map(show), show(value));
            *old = Some(value.clone());
        }
    }
}

/// Takes `seen` into `env`. For a `new` environment no changes are listed: everything is new.
pub fn absorb(env: &mut Environment, seen: &Observation, import: &Import, new: bool) -> Taken {
    let mut taken = Taken::default();
    let last = (import, env.last_import);
    let now = import.now;
    let mut history = Vec::new();
    let mut between = |told: DateTime<Utc>, what: Changed| {
        history.push(Change { not_before: told.min(now), at: now, what });
    };

    if let Some(name) = seen.name.as_ref().filter(|n| !n.trim().is_empty() && **n != env.name) {
        if !new {
            taken.change("name", Some(env.name.clone()), name.clone());
            if let Some(told) = env.last_import.and_then(|n| import.earlier.get(&n)).map(|e| e.at) {
                between(told, Changed::Name { from: env.name.clone(), to: name.clone() });
            }
        }
        env.name = name.clone();
    }
    let kind = taken.fact(("kind", Some(FactKey::Kind)), &mut env.kind, seen.kind.clone(), show::kind, last);
    if let (Some((from, told)), Some(to)) = (kind, seen.kind.clone()) {
        between(told, Changed::Kind { from: Some(from), to });
    }
    let region =
        taken.fact(("region", Some(FactKey::Region)), &mut env.region, seen.region.clone(), show::region, last);
    if let (Some((from, told)), Some(to)) = (region, seen.region.clone()) {
        between(told, Changed::Region { from: Some(from), to });
    }
    let dataverse =
        taken.fact(("Dataverse", Some(FactKey::Dataverse)), &mut env.dataverse, seen.dataverse, show::yes_no, last);
    if let (Some((from, told)), Some(to)) = (dataverse, seen.dataverse) {
        between(told, Changed::Dataverse { from: Some(from), to });
    }
    let dynamics = taken.fact(
        ("Dynamics 365 apps", Some(FactKey::Dynamics)),
        &mut env.dynamics,
        seen.dynamics,
        show::yes_no,
        last,
    );
    if let (Some((from, told)), Some(to)) = (dynamics, seen.dynamics) {
        between(told, Changed::Dynamics { from: Some(from), to });
    }
    let managed = taken.fact(("managed", Some(FactKey::Managed)), &mut env.managed, seen.managed, show::yes_no, last);
    if let (Some((from, told)), Some(to)) = (managed, seen.managed) {
        between(told, Changed::Managed { from: Some(from), to });
    }
    let key = taken.fact(("encryption key", Some(FactKey::Key)), &mut env.key, seen.key.clone(), show::key, last);
    if let (Some((from, told)), Some(to)) = (key, seen.key.as_ref()) {
        let customer = |k: &Key| matches!(k, Key::Customer(_));
        if customer(&from) != customer(to) {
            between(told, Changed::CustomerKey { from: Some(customer(&from)), to: customer(to) });
        }
    }
    let setting = taken.fact(
        ("retention setting", Some(FactKey::RetentionSetting)),
        &mut env.retention_setting,
        seen.retention_setting,
        show::days,
        last,
    );
    if let (Some((from, told)), Some(to)) = (setting, seen.retention_setting) {
        between(told, Changed::RetentionSetting { from: Some(from), to });
    }
    taken.fact(("enterprise policies", None), &mut env.policies, seen.policies.clone(), show::policies, last);
    taken.fact(("oldest backup", None), &mut env.oldest_backup, seen.oldest_backup, show::instant, last);
    reading::observe(env, seen, &import.asked, &mut taken);
    taken.fact(("created", None), &mut env.created, seen.created, show::instant, last);
    taken.fact(("state", None), &mut env.state, seen.state.clone(), RuntimeState::to_string, last);
    taken.fact(
        ("background operations", None),
        &mut env.background_operations,
        seen.background_operations,
        show::yes_no,
        last,
    );
    taken.fact(("environment group", None), &mut env.group, seen.group.clone(), show::group, last);
    taken.fact(("database size", None), &mut env.database_mb, seen.database_mb, show::megabytes, last);
    taken.plain("address", &mut env.url, &seen.url, String::clone);
    taken.plain("Azure region", &mut env.azure_region, &seen.azure_region, String::clone);

    taken.changes.extend(service::observe(env, seen));
    let old = env.activity.as_ref();
    let activity = seen.activity.as_ref().map(|new| {
        new.as_ref().map(|new| {
            // It goes on still: when it began may be known already.
            let same = old.filter(|old| old.what == new.what);
            let since = new.since.or(same.and_then(|old| old.since));
            Activity { since, seen: new.seen.max(import.stamp).max(same.and_then(|old| old.seen)), ..new.clone() }
        })
    });
    let kept = |a: &Option<Activity>| a.as_ref().map(|a| (a.what.clone(), a.since));
    if let Some(activity) = activity.as_ref().filter(|new| kept(new) == kept(&env.activity)) {
        // Seen again; nothing else is new.
        env.activity = activity.clone();
    } else if let Some(activity) = &activity {
        let words = |a: &Option<Activity>| match a {
            Some(a) => format!("{:?}", a.what).to_lowercase(),
            None => "nothing".to_string(),
        };
        taken.change("going on at the moment", Some(words(&env.activity)), words(activity));
        env.activity = activity.clone();
    }
    if seen.state == Some(RuntimeState::Enabled) {
        // It is in use again: what a failed restore left behind has been dealt with (R20).
        env.failed_restore = None;
    }
    deleted::take(env, seen, (import, new), &mut taken, &mut history);
    if !seen.service_reasons.is_empty() && env.service_reasons != seen.service_reasons {
        let count = |r: &[super::super::environment::ServiceReason]| {
            let allowed = r.iter().filter(|r| r.allowed).count();
            format!("{allowed} operations allowed, {} refused", r.len() - allowed)
        };
        let from = (!env.service_reasons.is_empty()).then(|| count(&env.service_reasons));
        taken.change("what the service says itself", from, count(&seen.service_reasons));
        env.service_reasons = seen.service_reasons.clone();
    }

    // The service made the database later than the environment: what lies before is not guaranteed (K7, K8). Older than the
    // longest period it bounds nothing, and would only take room.
    let longest = now.checked_sub_signed(TimeDelta::days(29));
    if let Some(at) = seen.database_since.filter(|at| longest.is_some_and(|line| *at > line)) {
        let change = Change::exactly(at, Changed::Dataverse { from: None, to: true });
        if !env.history.contains(&change) {
            taken.change("Dataverse since", None, show::instant(&at));
            history.push(change);
        }
    }

    let evidence = [seen.existed_by, seen.created, Some(now)].into_iter().flatten();
    env.existed_by = env.existed_by.into_iter().chain(evidence).min();
    env.lived = env.lived.max(deleted::sign_of_life(seen, import));
    env.last_import = Some(import.number);
    env.history.append(&mut history);
    env.history.order_by_key(|c| c.at);
    if new {
        taken.changes.clear();
    }
    taken
}

/// Observes the tenant's storage; a sentence where that changes something.
pub fn observe_capacity(fact: &mut Fact<Capacity>, new: Capacity, import: &Import) -> Option<String> {
    let mut taken = Taken::default();
    taken.fact(("storage", None), fact, Some(new.rounded()), show::capacity, (import, None));
    let change = taken.changes.pop()?;
    let note = change.note.map(|n| format!(" ({n})")).unwrap_or_default();
    Some(match change.from {
        Some(from) => format!("Storage changes from {from} to {}{note}", change.to),
        None => format!("Storage becomes known: {}", change.to),
    })
}

/// Observes whether Dynamics 365 apps are installed.
pub fn observe_dynamics(env: &mut Environment, has: bool, import: &Import) -> Vec<FieldChange> {
    let mut taken = Taken::default();
    let key = ("Dynamics 365 apps", Some(FactKey::Dynamics));
    // A list of applications is no list of environments: it confirms nothing else, and `last_import` stays.
    let earlier = taken.fact(key, &mut env.dynamics, Some(has), show::yes_no, (import, None));
    if let Some((from, told)) = earlier {
        let what = Changed::Dynamics { from: Some(from), to: has };
        env.history.push(Change { not_before: told.min(import.now), at: import.now, what });
    }
    taken.changes
}
