//! Taking one observation into one environment: facts, history, and what to say about it.

use super::super::capacity::Capacity;
use super::super::environment::{Activity, Environment, FactKey, Key, RuntimeState, ServiceReason};
use super::super::fact::{Fact, Known, Observed, Origin};
use super::super::history::{Change, Changed};
use super::super::instants::past;
use super::super::inventory::{Inventory, Observation};
use super::super::tenant::{ImportRecord, Tenant};
use super::reading::{self, Asked};
use super::{Field, FieldChange, Note, Value, deleted, service};
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
    /// When it was kept, and of when its facts are at the latest. UTC.
    at: DateTime<Utc>,
    as_of: DateTime<Utc>,
    told: Vec<FactKey>,
}

impl Import {
    pub fn new(tenant: &Tenant, inventory: &Inventory, now: DateTime<Utc>) -> Self {
        let earlier = |i: &ImportRecord| (i.number, Earlier { at: i.at, as_of: i.as_of(), told: i.told.clone() });
        Self {
            number: tenant.imports.iter().map(|i| i.number).max().map_or(0, |n| n.saturating_add(1)),
            now,
            of_tenant: inventory.of_tenant,
            asked: Asked::of(inventory, now),
            // A clock that runs far ahead says nothing.
            stamp: inventory.asked.and_then(|at| past(at, now)),
            earlier: tenant.imports.iter().map(earlier).collect(),
        }
    }

    /// The last instant (UTC) at which the old value is known to have held, if an earlier import or command told it: a file tells of
    /// when it was made, not of when it was kept.
    pub(super) fn last_told<T>(
        &self,
        old: &Known<T>,
        fact: FactKey,
        last_import: Option<u32>,
    ) -> Option<DateTime<Utc>> {
        match old.origin {
            Origin::Recorded => Some(old.since),
            Origin::Import(first) => {
                let first = self.earlier.get(&first).map_or(old.since, |e| e.as_of);
                let confirmed = last_import.and_then(|n| self.earlier.get(&n)).filter(|e| e.told.contains(&fact));
                Some(confirmed.map_or(first, |e| e.as_of.max(first)))
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
    pub notes: Vec<Note>,
}

impl Taken {
    pub fn change(&mut self, field: Field, from: Option<Value>, to: Value) {
        self.changes.push(FieldChange::new(field, from, to));
    }

    /// Observes a fact. Returns what was observed before, where that differs and it is known when it last held.
    fn fact<T: Clone + PartialEq>(
        &mut self,
        (field, key): (Field, Option<FactKey>),
        fact: &mut Fact<T>,
        new: Option<T>,
        value: fn(T) -> Value,
        (import, last_import): (&Import, Option<u32>),
    ) -> Option<Differs<T>> {
        let new = new?;
        let differing = fact.observed().filter(|o| o.value != new).cloned();
        let earlier = differing.and_then(|old| {
            let told = key.and_then(|key| import.last_told(&old, key, last_import))?;
            Some(Differs { from: old.value, to: new.clone(), told })
        });
        let to = value(new.clone());
        let seen = fact.observe(Known { value: new, origin: Origin::Import(import.number), since: import.now });
        let since = fact.answered().map(|answer| answer.since);
        match seen {
            Observed::Same => {}
            Observed::First => self.change(field, None, to),
            Observed::Changed(old) => self.change(field, Some(value(old)), to),
            Observed::OverruledAnswer(old) => {
                self.changes.push(FieldChange { overruled: since, ..FieldChange::new(field, Some(value(old)), to) });
            }
            Observed::AnswerStands(file) => {
                let (answer, file) = (fact.get().cloned().map(value), value(file));
                self.notes.push(Note::AnswerStands { field, since, answer, file });
            }
        }
        earlier
    }

    /// Replaces a plain value that is no fact.
    fn plain(&mut self, field: Field, old: &mut Option<String>, new: &Option<String>) {
        if let Some(value) = new
            && old.as_ref() != Some(value)
        {
            let before = old.replace(value.clone());
            self.change(field, before.map(Value::Text), Value::Text(value.clone()));
        }
    }
}

/// A fact that is no longer what it was.
struct Differs<T> {
    from: T,
    to: T,
    /// The last instant at which the old value is known to have held, UTC.
    told: DateTime<Utc>,
}

impl<T> Differs<T> {
    /// It changed at some time before the import, which calls that `what`.
    fn change(self, import: &Import, what: fn(Option<T>, T) -> Changed) -> Change {
        Change { not_before: self.told.min(import.now), at: import.now, what: what(Some(self.from), self.to) }
    }
}

/// Takes `seen` into `env`. For a `new` environment no changes are listed: everything is new.
pub fn absorb(env: &mut Environment, seen: &Observation, import: &Import, new: bool) -> Taken {
    let mut taken = Taken::default();
    let mut history = Vec::new();
    history.extend(name(env, seen, (import, new), &mut taken));
    facts_with_a_past(env, seen, import, &mut taken, &mut history);
    other_facts(env, seen, import, &mut taken);
    taken.changes.extend(service::observe(env, seen));
    activity(env, seen, import, &mut taken);
    if seen.state == Some(RuntimeState::Enabled) {
        // It is in use again: what a failed restore left behind has been dealt with (R20).
        env.failed_restore = None;
    }
    deleted::take(env, seen, (import, new), &mut taken, &mut history);
    service_reasons(env, seen, &mut taken);
    history.extend(database_since(env, seen, import.now, &mut taken));

    let evidence = [seen.existed_by, seen.created, Some(import.now)].into_iter().flatten();
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

fn name(
    env: &mut Environment,
    seen: &Observation,
    (import, new): (&Import, bool),
    taken: &mut Taken,
) -> Option<Change> {
    let to = seen.name.as_ref().filter(|n| !n.trim().is_empty() && **n != env.name)?.clone();
    let from = std::mem::replace(&mut env.name, to.clone());
    if new {
        return None;
    }
    taken.change(Field::Name, Some(Value::Text(from.clone())), Value::Text(to.clone()));
    let told = env.last_import.and_then(|n| import.earlier.get(&n))?.at;
    Some(Differs { from, to, told }.change(import, |from, to| Changed::Name { from: from.unwrap_or_default(), to }))
}

/// The facts of which it is kept when they were something else.
fn facts_with_a_past(
    env: &mut Environment,
    seen: &Observation,
    import: &Import,
    taken: &mut Taken,
    history: &mut Vec<Change>,
) {
    let last = (import, env.last_import);
    /// Observes a fact and keeps its change.
    macro_rules! observe {
        ($field:ident as $name:ident, $value:ident, $what:expr) => {
            let names = (Field::$name, Some(FactKey::$name));
            let differs = taken.fact(names, &mut env.$field, seen.$field.clone(), Value::$value, last);
            history.extend(differs.map(|differs| differs.change(import, $what)));
        };
    }
    observe!(kind as Kind, Kind, |from, to| Changed::Kind { from, to });
    observe!(region as Region, Region, |from, to| Changed::Region { from, to });
    observe!(dataverse as Dataverse, YesNo, |from, to| Changed::Dataverse { from, to });
    observe!(dynamics as Dynamics, YesNo, |from, to| Changed::Dynamics { from, to });
    observe!(managed as Managed, YesNo, |from, to| Changed::Managed { from, to });
    let key = taken.fact((Field::Key, Some(FactKey::Key)), &mut env.key, seen.key.clone(), Value::Key, last);
    let customer = |k: &Key| matches!(k, Key::Customer(_));
    // Another key of a customer is no change of what can be restored.
    history.extend(key.filter(|k| customer(&k.from) != customer(&k.to)).map(|key| {
        let key = Differs { from: customer(&key.from), to: customer(&key.to), told: key.told };
        key.change(import, |from, to| Changed::CustomerKey { from, to })
    }));
    observe!(retention_setting as RetentionSetting, Days, |from, to| Changed::RetentionSetting { from, to });
}

/// The facts that count as they are now.
fn other_facts(env: &mut Environment, seen: &Observation, import: &Import, taken: &mut Taken) {
    let last = (import, env.last_import);
    taken.fact((Field::Policies, None), &mut env.policies, seen.policies.clone(), Value::Policies, last);
    taken.fact((Field::OldestBackup, None), &mut env.oldest_backup, seen.oldest_backup, Value::At, last);
    reading::observe(env, seen, &import.asked, taken);
    taken.fact((Field::Created, None), &mut env.created, seen.created, Value::At, last);
    taken.fact((Field::State, None), &mut env.state, seen.state.clone(), Value::State, last);
    let (field, background) = ((Field::BackgroundOperations, None), seen.background_operations);
    taken.fact(field, &mut env.background_operations, background, Value::YesNo, last);
    taken.fact((Field::Group, None), &mut env.group, seen.group.clone(), Value::Group, last);
    taken.fact((Field::DatabaseSize, None), &mut env.database_mb, seen.database_mb, Value::Megabytes, last);
    taken.plain(Field::Address, &mut env.url, &seen.url);
    taken.plain(Field::AzureRegion, &mut env.azure_region, &seen.azure_region);
}

/// What occupies it (T9).
fn activity(env: &mut Environment, seen: &Observation, import: &Import, taken: &mut Taken) {
    let Some(new) = &seen.activity else { return };
    let old = env.activity.as_ref();
    let activity = new.as_ref().map(|new| {
        // It goes on still: when it began may be known already.
        let same = old.filter(|old| old.what == new.what);
        let since = new.since.or(same.and_then(|old| old.since));
        Activity { since, seen: new.seen.max(import.stamp).max(same.and_then(|old| old.seen)), ..new.clone() }
    });
    let kept = |a: &Option<Activity>| a.as_ref().map(|a| (a.what.clone(), a.since));
    // One that is seen again is nothing new.
    if kept(&activity) != kept(&env.activity) {
        let what = |a: &Option<Activity>| Value::Activity(a.as_ref().map(|a| a.what.clone()));
        taken.change(Field::Activity, Some(what(&env.activity)), what(&activity));
    }
    env.activity = activity;
}

fn service_reasons(env: &mut Environment, seen: &Observation, taken: &mut Taken) {
    if seen.service_reasons.is_empty() || env.service_reasons == seen.service_reasons {
        return;
    }
    let count = |r: &[ServiceReason]| {
        let allowed = r.iter().filter(|r| r.allowed).count();
        Value::Operations { allowed, refused: r.len() - allowed }
    };
    let from = (!env.service_reasons.is_empty()).then(|| count(&env.service_reasons));
    taken.change(Field::ServiceReasons, from, count(&seen.service_reasons));
    env.service_reasons = seen.service_reasons.clone();
}

/// The service made the database later than the environment: what lies before is not guaranteed (K7, K8). Older than the longest
/// period it bounds nothing, and would only take room.
fn database_since(env: &Environment, seen: &Observation, now: DateTime<Utc>, taken: &mut Taken) -> Option<Change> {
    let longest = now.checked_sub_signed(TimeDelta::days(29));
    let at = seen.database_since.filter(|at| longest.is_some_and(|line| *at > line))?;
    let change = Change::exactly(at, Changed::Dataverse { from: None, to: true });
    if env.history.contains(&change) {
        return None;
    }
    taken.change(Field::DataverseSince, None, Value::At(at));
    Some(change)
}

/// Observes the tenant's storage; what that changes.
pub fn observe_capacity(fact: &mut Fact<Capacity>, new: Capacity, import: &Import) -> Option<FieldChange> {
    let mut taken = Taken::default();
    taken.fact((Field::Storage, None), fact, Some(new.rounded()), Value::Capacity, (import, None));
    taken.changes.pop()
}

/// Observes whether Dynamics 365 apps are installed.
pub fn observe_dynamics(env: &mut Environment, has: bool, import: &Import) -> Vec<FieldChange> {
    let mut taken = Taken::default();
    let key = (Field::Dynamics, Some(FactKey::Dynamics));
    // A list of applications is no list of environments: it confirms nothing else, and `last_import` stays.
    let differs = taken.fact(key, &mut env.dynamics, Some(has), Value::YesNo, (import, None));
    env.history.extend(differs.map(|differs| differs.change(import, |from, to| Changed::Dynamics { from, to })));
    taken.changes
}
