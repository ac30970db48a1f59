//! What an environment still lacks, and what an observation told.

use super::super::environment::{Environment, FactKey, Kind};
use super::super::inventory::Observation;
use super::super::retention::asks_when_deleted;
use chrono::{DateTime, TimeDelta, Utc};

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

/// The facts that every observation gives.
pub(super) fn told(seen: &[Observation]) -> Vec<FactKey> {
    let all = |fact: &FactKey| !seen.is_empty() && seen.iter().all(|o| o.tells(*fact));
    // Of policies and of when it was created or deleted no list says that it lists all.
    let listed = |fact: &FactKey| !matches!(fact, FactKey::Policies | FactKey::Created | FactKey::Deleted);
    FactKey::ALL.into_iter().filter(listed).filter(all).collect()
}
