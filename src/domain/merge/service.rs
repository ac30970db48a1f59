//! Merging what the service itself printed: operations, restore candidates, rules of groups, links, announcements.

use super::super::environment::{Activity, Environment, EnvironmentId, FactKey, Operation};
use super::super::fact::{Known, Origin};
use super::super::history::Change;
use super::super::inventory::{Inventory, Observation};
use super::super::service::{Act, GroupRules, ServiceOperation};
use super::super::tenant::Tenant;
use super::absorb::Import;
use super::preview::{Index, Preview};
use super::{Field, FieldChange, Value, candidates, operations};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};

/// What was learned from what the service printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Learned {
    /// So many operations are new, or have come to an end.
    Operations { environment: EnvironmentId, count: usize },
    /// A change of the past that was not known.
    Past { environment: EnvironmentId, change: Change },
    /// When it was created, UTC.
    Created { environment: EnvironmentId, at: DateTime<Utc> },
    /// Something that runs, or may run (T9), since when, UTC, where that is known.
    Runs { environment: EnvironmentId, what: Operation, since: Option<DateTime<Utc>> },
    /// Something that no longer runs.
    Over { environment: EnvironmentId, what: Operation },
    /// R20; UTC.
    FailedRestore { environment: EnvironmentId, at: DateTime<Utc> },
    /// An operation, begun at this instant (UTC), that does not fit the history: kept as evidence, nothing follows from it.
    Unused { environment: EnvironmentId, act: Act, at: DateTime<Utc> },
    /// T10: whom the service offered for it, and when (UTC).
    Candidates { environment: EnvironmentId, offered: usize, asked: DateTime<Utc> },
    /// T10: whom a list that was taken names, and who is not known here.
    UnknownCandidates { environment: EnvironmentId, unknown: Vec<EnvironmentId> },
    /// A list of candidates of which nothing says that it is of this tenant: it names so many, none of whom is among the `known` here.
    StrangeCandidates { environment: EnvironmentId, named: usize, known: usize },
    /// A list of candidates that is older (UTC) than the one that is known.
    OlderCandidates { environment: EnvironmentId, asked: DateTime<Utc>, known: DateTime<Utc> },
    /// G1: what the rules of a group hold.
    Group { group: String, days: Option<u32>, before: Option<Option<u32>> },
    /// G1: the setting of a member, known from its group. Days.
    RetentionOfGroup { environment: EnvironmentId, days: u32, from: Option<u32> },
    /// So much of the file is about environments that are not on the list.
    NotListed { things: usize },
}

impl Learned {
    /// Whose it is.
    pub fn environment(&self) -> Option<&EnvironmentId> {
        match self {
            Learned::Operations { environment, .. }
            | Learned::Past { environment, .. }
            | Learned::Created { environment, .. }
            | Learned::Runs { environment, .. }
            | Learned::Over { environment, .. }
            | Learned::FailedRestore { environment, .. }
            | Learned::Unused { environment, .. }
            | Learned::Candidates { environment, .. }
            | Learned::UnknownCandidates { environment, .. }
            | Learned::StrangeCandidates { environment, .. }
            | Learned::OlderCandidates { environment, .. }
            | Learned::RetentionOfGroup { environment, .. } => Some(environment),
            Learned::Group { .. } | Learned::NotListed { .. } => None,
        }
    }
}

/// The links and announcements of an observation (L1, X4), and its group's id (G1).
pub(super) fn observe(env: &mut Environment, seen: &Observation) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut change = |field: Field, from: Option<Value>, to: Value| changes.push(FieldChange::new(field, from, to));
    if let Some(link) = seen.finance.as_ref().filter(|link| env.finance != **link) {
        change(
            Field::Finance,
            env.finance.clone().map(|before| Value::Finance(Some(before))),
            Value::Finance(link.clone()),
        );
        env.finance = link.clone();
    }
    if let Some(endings) = &seen.endings {
        let mut new = endings.clone();
        new.order_by_key(|e| (e.at, e.what));
        new.dedup();
        if env.endings != new {
            change(
                Field::Endings,
                (!env.endings.is_empty()).then(|| Value::Endings(env.endings.clone())),
                Value::Endings(new.clone()),
            );
            env.endings = new;
        }
    }
    match (&seen.group_id, &seen.group) {
        (Some(id), _) if env.group_id.as_ref() != Some(id) => {
            change(Field::GroupId, env.group_id.clone().map(Value::Text), Value::Text(id.clone()));
            env.group_id = Some(id.clone());
        }
        (None, Some(None)) => env.group_id = None,
        _ => {}
    }
    changes
}

/// Operations, candidates and rules of groups.
pub(super) fn merge(after: &mut Tenant, index: &Index, inventory: &Inventory, import: &Import, preview: &mut Preview) {
    let (by_place, mut elsewhere) = by_place(index, &inventory.operations);
    let mut learned = listed_operations(after, index, &by_place, &told_of(inventory), import);
    elsewhere += operations::underway(after, index, &inventory.underway, import, &mut learned);
    learned.extend(waited_for(after, index, inventory, &by_place));
    elsewhere += candidates::take(after, index, inventory, import, &mut learned);
    for rules in &inventory.group_rules {
        learned.extend(take_rules(after, rules));
    }
    learned.extend(hold(after, import));
    if elsewhere > 0 {
        learned.push(Learned::NotListed { things: elsewhere });
    }
    preview.learned = learned;
}

/// Operations with the place of the environment that they are of, in the order of the file.
type ByPlace = Vec<(usize, Vec<ServiceOperation>)>;

/// The operations of each environment that is known, and how many are of none of those.
fn by_place(index: &Index, operations: &[ServiceOperation]) -> (ByPlace, usize) {
    let mut by_place = ByPlace::new();
    let mut slots: HashMap<usize, usize> = HashMap::new();
    let mut elsewhere = 0;
    for o in operations {
        let Some(id) = &o.environment else { continue };
        let Some(place) = index.get(id).copied() else {
            elsewhere += 1;
            continue;
        };
        let slot = *slots.entry(place).or_insert_with(|| {
            by_place.push((place, Vec::new()));
            by_place.len() - 1
        });
        by_place.get_mut(slot).into_iter().for_each(|(_, list)| list.push(o.clone()));
    }
    (by_place, elsewhere)
}

/// What the operations say of their environments, and, where that is news, of the sources that they occupy.
fn listed_operations(
    after: &mut Tenant,
    index: &Index,
    by_place: &ByPlace,
    told: &HashMap<EnvironmentId, HashSet<FactKey>>,
    import: &Import,
) -> Vec<Learned> {
    let none = HashSet::new();
    let mut learned = Vec::new();
    for (place, list) in by_place {
        let Some(env) = after.environments.get_mut(*place) else { continue };
        let told = told.get(&env.id).unwrap_or(&none);
        let new = operations::take(env, list, told, import);
        let fresh = !new.is_empty();
        learned.extend(new);
        for (source, activity, runs) in operations::sources(list).into_iter().filter(|_| fresh) {
            let Some(env) = index.get(&source).and_then(|p| after.environments.get_mut(*p)) else { continue };
            learned.extend(occupied_as_source(env, activity, runs));
        }
    }
    learned
}

/// An environment is the source of what runs on another, or no longer is (T9).
fn occupied_as_source(env: &mut Environment, activity: Activity, runs: bool) -> Option<Learned> {
    let environment = env.id.clone();
    let (what, since) = (activity.what.clone(), activity.since);
    if runs {
        return env.activity.is_none().then(|| {
            env.activity = Some(activity);
            Learned::Runs { environment, what, since }
        });
    }
    let known = env.activity.as_ref().filter(|_| env.running.is_none())?;
    let same = known.since == since && (known.what == what || matches!(known.what, Operation::Other(_)));
    same.then(|| {
        env.activity = None;
        Learned::Over { environment, what }
    })
}

/// The kind that this file told may be what the operations of an earlier one waited for.
fn waited_for(after: &mut Tenant, index: &Index, inventory: &Inventory, by_place: &ByPlace) -> Vec<Learned> {
    let taken: HashSet<usize> = by_place.iter().map(|(place, _)| *place).collect();
    let mut learned = Vec::new();
    for seen in inventory.environments.iter().filter(|o| o.kind.is_some() || o.managed.is_some()) {
        let place = index.get(&EnvironmentId::new(seen.id.trim())).copied();
        let env = place.filter(|p| !taken.contains(p)).and_then(|p| after.environments.get_mut(p));
        let Some(env) = env.filter(|env| !env.operations.is_empty()) else { continue };
        operations::past(env, &mut learned);
    }
    learned.retain(|l| matches!(l, Learned::Past { .. }));
    learned
}

/// The facts that the file told of each environment.
fn told_of(inventory: &Inventory) -> HashMap<EnvironmentId, HashSet<FactKey>> {
    if inventory.operations.is_empty() {
        return HashMap::new();
    }
    let of = |o: &Observation| {
        let told =
            [FactKey::Kind, FactKey::Managed, FactKey::Dynamics].into_iter().filter(|fact| o.tells(*fact)).collect();
        (EnvironmentId::new(o.id.trim()), told)
    };
    inventory.environments.iter().map(of).collect()
}

fn take_rules(after: &mut Tenant, new: &GroupRules) -> Option<Learned> {
    let known = after.group_rules.iter_mut().find(|r| r.group.eq_ignore_ascii_case(&new.group));
    let before = known.as_ref().map(|r| r.retention_days);
    match known {
        Some(old) if old.retention_days == new.retention_days => return None,
        Some(old) => old.retention_days = new.retention_days,
        None => after.group_rules.push(new.clone()),
    }
    Some(Learned::Group { group: new.group.clone(), days: new.retention_days, before })
}

/// G1: the setting of a member of which nobody told it is what its group holds. What was told of the member itself stays: which of
/// the two is newer is not known, and the shorter is not a guess of ours to make.
fn hold(after: &mut Tenant, import: &Import) -> Vec<Learned> {
    let rules = after.group_rules.clone();
    if rules.iter().all(|r| r.retention_days.is_none()) {
        return Vec::new();
    }
    let mut learned = Vec::new();
    let held = after.environments.iter().enumerate().filter(|(_, env)| env.retention_setting.is_unknown());
    let held: Vec<(usize, u32)> = held.filter_map(|(place, env)| Some((place, held_days(&rules, env)?))).collect();
    for (place, days) in held {
        let Some(env) = after.environments.get_mut(place) else { continue };
        let origin = Origin::Import(import.number);
        env.retention_setting.observe(Known { value: days, origin, since: import.now });
        learned.push(Learned::RetentionOfGroup { environment: env.id.clone(), days, from: None });
    }
    learned
}

/// The days that the rules of its group hold for an environment (G1); `None`: none is known to.
pub fn held_days(rules: &[GroupRules], env: &Environment) -> Option<u32> {
    let group = env.group_id.as_deref()?;
    rules.iter().find(|r| r.group.eq_ignore_ascii_case(group))?.retention_days
}

/// Whether anything of an inventory is of these sorts.
pub fn is_any(inventory: &Inventory) -> bool {
    !(inventory.operations.is_empty()
        && inventory.underway.is_empty()
        && inventory.candidates.is_empty()
        && inventory.group_rules.is_empty())
}
