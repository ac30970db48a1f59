//! Merging what the service itself printed: operations, restore candidates, rules of groups, links, announcements.

use super::super::environment::{Environment, EnvironmentId, FactKey, Operation};
use super::super::fact::{Known, Origin};
use super::super::history::Change;
use super::super::inventory::{Inventory, Observation};
use super::super::service::{Act, Announced, Ending, FinanceLink, GroupRules, ServiceOperation};
use super::super::tenant::Tenant;
use super::super::words::{days_text, instant_text};
use super::absorb::Import;
use super::{FieldChange, Index, Preview, candidates, operations, show};
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

    /// For people, without a final period; `tenant` as it is after the merge.
    pub fn says(&self, tenant: &Tenant) -> String {
        let of = |id: &EnvironmentId| tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone());
        match self {
            Learned::Operations { environment, count: 1 } => {
                format!("{}: one operation of the service is new", of(environment))
            }
            Learned::Operations { environment, count } => {
                format!("{}: {count} operations of the service are new", of(environment))
            }
            Learned::Past { environment, change } => {
                let when = if change.not_before < change.at {
                    format!("between {} and {}", instant_text(change.not_before), instant_text(change.at))
                } else {
                    format!("at {}", instant_text(change.at))
                };
                format!("{}: {} {when}", of(environment), show::changed(&change.what))
            }
            Learned::Created { environment, at } => format!("{}: created at {}", of(environment), instant_text(*at)),
            Learned::Runs { environment, what: Operation::Other(raw), since } => {
                format!("{}: the service reports `{raw}` {}", of(environment), since_words(*since))
            }
            Learned::Runs { environment, what, since } => {
                format!("{}: {what} {}", of(environment), since_words(*since))
            }
            Learned::Over { environment, .. } => format!("{}: what ran on it has ended", of(environment)),
            Learned::FailedRestore { environment, at } => {
                format!("{}: a restore onto it failed at {}", of(environment), instant_text(*at))
            }
            Learned::Unused { environment, act, at } => format!(
                "{}: “{}” of {} does not fit what is known of it; kept as evidence, and nothing follows from it",
                of(environment),
                act_word(act),
                instant_text(*at)
            ),
            Learned::Candidates { environment, offered: 0, asked } => {
                format!("{}: the service offered no target at {}", of(environment), instant_text(*asked))
            }
            Learned::Candidates { environment, offered, asked } => format!(
                "{}: the service offered {offered} {} at {}",
                of(environment),
                if *offered == 1 { "target" } else { "targets" },
                instant_text(*asked)
            ),
            Learned::UnknownCandidates { environment, unknown } => format!(
                "{}: {} of the targets that the service offered {} not known here ({}): another tenant's, or the list of environments is \
                 old; the others count",
                of(environment),
                unknown.len(),
                if unknown.len() == 1 { "is" } else { "are" },
                candidates::ids(unknown)
            ),
            Learned::StrangeCandidates { environment, named, known } => format!(
                "{}: the list of restore candidates was left out, for {}: {}",
                of(environment),
                candidates::strange(*named, *known),
                candidates::ASK
            ),
            Learned::OlderCandidates { environment, asked, known } => format!(
                "{}: the candidates of {} are older than those of {}, which stay",
                of(environment),
                instant_text(*asked),
                instant_text(*known)
            ),
            Learned::Group { group, days: Some(days), .. } => {
                format!("The rules of the group {group} hold the retention at {}", days_text(*days))
            }
            Learned::Group { group, days: None, .. } => {
                format!("The rules of the group {group} hold no retention")
            }
            Learned::RetentionOfGroup { environment, days, .. } => {
                format!("{}: the retention is {}, held by its group", of(environment), days_text(*days))
            }
            Learned::NotListed { things: 1 } => {
                "One thing in the file is about an environment that is not on the list, and was left out".to_string()
            }
            Learned::NotListed { things } => format!(
                "{things} things in the file are about environments that are not on the list, and were left out"
            ),
        }
    }
}

/// What an operation does, in a word or two.
pub fn act_word(act: &Act) -> &str {
    act.word()
}

fn since_words(since: Option<DateTime<Utc>>) -> String {
    since.map_or_else(|| "since nobody knows when".to_string(), |at| format!("since {}", instant_text(at)))
}

/// What is announced, in a few words.
pub fn announced_word(what: Announced) -> &'static str {
    match what {
        Announced::TrialEnds => "the trial ends",
        Announced::Disabled => "it is disabled by itself",
        Announced::Deleted => "it is deleted by itself",
    }
}

/// The links and announcements of an observation (L1, X4), and its group's id (G1).
pub(super) fn observe(env: &mut Environment, seen: &Observation) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut change = |field: &str, from: Option<String>, to: String| {
        changes.push(FieldChange { field: field.to_string(), from, to, note: None });
    };
    if let Some(link) = seen.finance.as_ref().filter(|link| env.finance != **link) {
        change(
            "finance and operations",
            env.finance.as_ref().map(linked),
            link.as_ref().map_or("no link".into(), linked),
        );
        env.finance = link.clone();
    }
    if let Some(endings) = &seen.endings {
        let mut new = endings.clone();
        new.order_by_key(|e| (e.at, e.what));
        new.dedup();
        if env.endings != new {
            change(
                "announced by the service",
                (!env.endings.is_empty()).then(|| announced(&env.endings)),
                announced(&new),
            );
            env.endings = new;
        }
    }
    match (&seen.group_id, &seen.group) {
        (Some(id), _) if env.group_id.as_ref() != Some(id) => {
            change("id of its group", env.group_id.clone(), id.clone());
            env.group_id = Some(id.clone());
        }
        (None, Some(None)) => env.group_id = None,
        _ => {}
    }
    changes
}

fn linked(link: &FinanceLink) -> String {
    match link.url.as_ref().or(link.id.as_ref()) {
        Some(which) => format!("linked to {which}"),
        None => "linked".to_string(),
    }
}

fn announced(all: &[Ending]) -> String {
    if all.is_empty() {
        return "nothing".to_string();
    }
    let one = |e: &Ending| format!("{} at {}", announced_word(e.what), show::instant(&e.at));
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Operations, candidates and rules of groups.
pub(super) fn merge(after: &mut Tenant, index: &Index, inventory: &Inventory, import: &Import, preview: &mut Preview) {
    let mut learned = Vec::new();
    let mut elsewhere = 0;
    let told = told_of(inventory);
    let none = HashSet::new();
    let mut by_place: Vec<(usize, Vec<ServiceOperation>)> = Vec::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    for o in &inventory.operations {
        let Some(id) = &o.environment else { continue };
        let Some(place) = index.get(id).copied() else {
            elsewhere += 1;
            continue;
        };
        let slot = *at.entry(place).or_insert_with(|| {
            by_place.push((place, Vec::new()));
            by_place.len() - 1
        });
        by_place.get_mut(slot).into_iter().for_each(|(_, list)| list.push(o.clone()));
    }
    for (place, list) in &by_place {
        let Some(env) = after.environments.get_mut(*place) else { continue };
        let told = told.get(&env.id).unwrap_or(&none);
        let new = operations::take(env, list, told, import);
        let fresh = !new.is_empty();
        learned.extend(new);
        for (source, activity, runs) in operations::sources(list).into_iter().filter(|_| fresh) {
            let Some(env) = index.get(&source).and_then(|p| after.environments.get_mut(*p)) else { continue };
            if runs && env.activity.is_none() {
                learned.push(Learned::Runs {
                    environment: env.id.clone(),
                    what: activity.what.clone(),
                    since: activity.since,
                });
                env.activity = Some(activity);
            } else if !runs
                && env.running.is_none()
                && env.activity.as_ref().is_some_and(|a| {
                    a.since == activity.since && (a.what == activity.what || matches!(a.what, Operation::Other(_)))
                })
            {
                learned.push(Learned::Over { environment: env.id.clone(), what: activity.what });
                env.activity = None;
            }
        }
    }
    elsewhere += operations::underway(after, index, &inventory.underway, import, &mut learned);
    // The kind that this file told may be what the operations of an earlier one waited for.
    for seen in inventory.environments.iter().filter(|o| o.kind.is_some() || o.managed.is_some()) {
        let place = index.get(&EnvironmentId::new(seen.id.trim())).copied();
        let env = place.filter(|p| !at.contains_key(p)).and_then(|p| after.environments.get_mut(p));
        let Some(env) = env.filter(|env| !env.operations.is_empty()) else { continue };
        let mut more = Vec::new();
        operations::past(env, &mut more);
        learned.extend(more.into_iter().filter(|l| matches!(l, Learned::Past { .. })));
    }
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

/// The facts that the file told of each environment.
fn told_of(inventory: &Inventory) -> HashMap<EnvironmentId, HashSet<FactKey>> {
    if inventory.operations.is_empty() {
        return HashMap::new();
    }
    let of = |o: &Observation| {
        let told = [
            (o.kind.is_some(), FactKey::Kind),
            (o.managed.is_some(), FactKey::Managed),
            (o.dynamics.is_some(), FactKey::Dynamics),
        ];
        let told = told.into_iter().filter(|(is, _)| *is).map(|(_, fact)| fact).collect();
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
