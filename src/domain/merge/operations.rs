//! Taking the operations that the service listed into an environment: what they say of its history, and of today where they are
//! newer than what is known.
//!
//! Nothing is guessed: what an operation does not say stays unknown, and one that contradicts the history is kept as evidence only.

use super::super::environment::{
    Activity, Deletion, Environment, EnvironmentId, FactKey, Kind, Operation, RuntimeState,
};
use super::super::fact::{Fact, Known, Origin};
use super::super::history::{Change, Changed};
use super::super::service::{Act, Ended, ServiceOperation, Underway};
use super::super::tenant::Tenant;
use super::absorb::Import;
use super::deleted;
use super::past::{converts, deletions, managed, overwritten};
use super::preview::Index;
use super::service::Learned;
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};

/// So many operations of an environment are kept, the newest: the browser's store is small, and what they say of the past is in the
/// history by then.
pub const MOST: usize = 50;

/// When an operation had ended, or was last heard of, UTC.
pub(super) fn end(o: &ServiceOperation) -> DateTime<Utc> {
    o.last.unwrap_or(o.began).max(o.began)
}

/// What tells one operation from another.
fn key(o: &ServiceOperation) -> (String, Option<DateTime<Utc>>) {
    match o.id.trim() {
        "" => (format!("{:?}", o.act), Some(o.began)),
        id => (id.to_ascii_lowercase(), None),
    }
}

fn is_final(o: &ServiceOperation) -> bool {
    matches!(o.ended, Ended::Succeeded | Ended::Failed | Ended::Cancelled)
}

/// Puts `new` among `known`; what is new, or has come to another end, is given back.
fn put(known: &mut Vec<ServiceOperation>, new: &[ServiceOperation]) -> Vec<ServiceOperation> {
    let mut places: HashMap<_, usize> = known.iter().enumerate().map(|(i, o)| (key(o), i)).collect();
    let mut changed: HashSet<usize> = HashSet::new();
    for o in new {
        // Whose it is, is where it stands.
        let o = ServiceOperation { environment: None, ..o.clone() };
        match places.get(&key(&o)).copied() {
            Some(i) => {
                // An older file does not take an end back.
                if let Some(old) = known.get_mut(i).filter(|old| **old != o && !is_final(old)) {
                    *old = o;
                    changed.insert(i);
                }
            }
            None => {
                places.insert(key(&o), known.len());
                changed.insert(known.len());
                known.push(o);
            }
        }
    }
    let mut all: Vec<(ServiceOperation, bool)> =
        known.drain(..).enumerate().map(|(i, o)| (o, changed.contains(&i))).collect();
    all.order_by(|(a, _), (b, _)| a.began.cmp(&b.began).then_with(|| a.id.cmp(&b.id)));
    all.drain(..all.len().saturating_sub(MOST));
    let news = all.iter().filter(|(_, new)| *new).map(|(o, _)| o.clone()).collect();
    known.extend(all.into_iter().map(|(o, _)| o));
    news
}

/// Takes `new` into `env`. `told`: the facts that the same file told of it, so that they are of now.
pub(super) fn take(
    env: &mut Environment,
    new: &[ServiceOperation],
    told: &HashSet<FactKey>,
    import: &Import,
) -> Vec<Learned> {
    let news = put(&mut env.operations, new);
    if news.is_empty() {
        return Vec::new();
    }
    let id = env.id.clone();
    let mut learned = vec![Learned::Operations { environment: id.clone(), count: news.len() }];
    created(env, import, &mut learned);
    // Before the history, which begins with what is known today.
    for o in news.iter().filter(|o| o.ended == Ended::Succeeded) {
        newer_than_known(env, o, told, import, &mut learned);
    }
    past(env, &mut learned);
    let seen = env.operations.iter().map(|o| if o.act == Act::Create { end(o) } else { o.began });
    env.existed_by = env.existed_by.into_iter().chain(seen).min();
    activity(env, &news, import, &mut learned);
    failed(env, &news, import, &mut learned);
    learned
}

/// What the operations of `env` say of its past. Saying it again changes nothing.
pub(super) fn past(env: &mut Environment, learned: &mut Vec<Learned>) {
    let before = env.history.clone();
    let unused =
        [converts(env), managed(env), overwritten(env), deletions(env)].into_iter().flatten().collect::<Vec<_>>();
    env.history.order_by_key(|c| c.at);
    let id = &env.id;
    let new = env.history.iter().filter(|c| !before.contains(c)).cloned();
    learned.extend(new.map(|change| Learned::Past { environment: id.clone(), change }));
    learned.extend(unused.into_iter().map(|(act, at)| Learned::Unused { environment: id.clone(), act, at }));
}

/// K8: when it was created. Seen to be there while it was still being made, it was there then.
fn created(env: &mut Environment, import: &Import, learned: &mut Vec<Learned>) {
    let made = env.operations.iter().find(|o| o.act == Act::Create && o.ended == Ended::Succeeded);
    let Some(made) = made.filter(|_| env.created.is_unknown()) else { return };
    let at = end(made);
    let before = env.existed_by.is_some_and(|seen| seen < made.began)
        || env.history.iter().any(|c| c.at < made.began)
        || env.operations.iter().any(|o| o.began < made.began && o.act != Act::Create);
    if before {
        learned.push(Learned::Unused { environment: env.id.clone(), act: Act::Create, at: made.began });
        return;
    }
    let at = env.existed_by.map_or(at, |seen| seen.min(at));
    env.created.observe(Known { value: at, origin: Origin::Import(import.number), since: import.now });
    learned.push(Learned::Created { environment: env.id.clone(), at });
}

/// When the value that counts was last told, UTC.
fn last_told<T>(
    env: &Environment,
    fact: &Fact<T>,
    key: FactKey,
    told: &HashSet<FactKey>,
    import: &Import,
) -> Option<DateTime<Utc>> {
    let known = fact.entry()?;
    if told.contains(&key) {
        return Some(import.now);
    }
    Some(import.last_told(known, key, env.last_import).unwrap_or(known.since).max(known.since))
}

/// What an operation changed after the last list had told how things are.
fn newer_than_known(
    env: &mut Environment,
    o: &ServiceOperation,
    told: &HashSet<FactKey>,
    import: &Import,
    learned: &mut Vec<Learned>,
) {
    let at = end(o);
    let older = |at: Option<DateTime<Utc>>| at.is_some_and(|told| told < o.began);
    let what = match o.act {
        Act::Convert if older(last_told(env, &env.kind, FactKey::Kind, told, import)) => {
            switched(env, at, Origin::Import(import.number))
        }
        Act::UpdateManaged if older(last_told(env, &env.managed, FactKey::Managed, told, import)) => {
            unknown_now(&mut env.managed).map(|from| Changed::ManagedUnknown { from })
        }
        // The database that was brought may have other apps (K1).
        Act::Restore | Act::Copy
            if o.source.as_ref() != Some(&env.id)
                && older(last_told(env, &env.dynamics, FactKey::Dynamics, told, import)) =>
        {
            unknown_now(&mut env.dynamics).map(|from| Changed::DynamicsUnknown { from })
        }
        Act::Delete => return deleted_since(env, o, import, learned),
        Act::Recover => recovered_since(env, o),
        _ => None,
    };
    if let Some(what) = what {
        happened(env, Change { not_before: o.began, at, what }, learned);
    }
}

/// The other of the two kinds that a switch knows, since `at`. An answer of before the switch is about what it was before.
fn switched(env: &mut Environment, at: DateTime<Utc>, origin: Origin) -> Option<Changed> {
    let (from, to) = match env.kind.get() {
        Some(Kind::Production) => (Kind::Production, Kind::Sandbox),
        Some(Kind::Sandbox) => (Kind::Sandbox, Kind::Production),
        _ => return None,
    };
    env.kind = Fact::known(to.clone(), origin, at);
    Some(Changed::Kind { from: Some(from), to })
}

/// What it was; `None` where that was not known either.
fn unknown_now<T: Clone>(fact: &mut Fact<T>) -> Option<T> {
    let was = fact.get().cloned()?;
    *fact = Fact::unknown();
    Some(was)
}

fn deleted_since(env: &mut Environment, o: &ServiceOperation, import: &Import, learned: &mut Vec<Learned>) {
    let at = end(o);
    if env.operations.iter().any(|other| other.began > o.began && other.ended == Ended::Succeeded) {
        return;
    }
    match env.deleted {
        // A list had called it deleted and did not say when.
        Some(gone) if gone.is_span() && gone.holds(at) => settle(env, Deletion::exactly(at), learned),
        Some(_) => {}
        None => {
            let listed = env.last_import.and_then(|n| import.kept(n));
            if listed.is_none_or(|listed| listed < o.began) {
                env.deleted = Some(at.into());
                happened(env, Change::exactly(at, Changed::Deleted), learned);
            }
        }
    }
}

fn recovered_since(env: &mut Environment, o: &ServiceOperation) -> Option<Changed> {
    let (at, gone) = (end(o), env.deleted?);
    if gone.is_span() && gone.holds(at) {
        // Deleted again after that.
        if gone.known().is_none() {
            env.deleted = Some(gone.after(Some(at)));
            deleted::into_history(env);
        }
        return None;
    }
    if gone.latest() >= o.began {
        return None;
    }
    env.deleted = None;
    if !env.history.iter().any(|c| c.what == Changed::Deleted && c.at >= gone.latest()) {
        env.history.push(deleted::change(&gone));
    }
    Some(Changed::Recovered)
}

fn happened(env: &mut Environment, change: Change, learned: &mut Vec<Learned>) {
    env.history.push(change.clone());
    learned.push(Learned::Past { environment: env.id.clone(), change });
}

/// When it was deleted is known now.
fn settle(env: &mut Environment, when: Deletion, learned: &mut Vec<Learned>) {
    env.deleted = Some(when);
    let change = deleted::change(&when);
    if !deleted::into_history(env) {
        env.history.push(change.clone());
    }
    learned.push(Learned::Past { environment: env.id.clone(), change });
}

/// T9: what runs on it now, or no longer does. A restore that was recorded in the app ends in the app.
fn activity(env: &mut Environment, news: &[ServiceOperation], import: &Import, learned: &mut Vec<Learned>) {
    if env.running.is_some() {
        return;
    }
    let id = env.id.clone();
    // What began at the same instant is the same, whatever state the service was said to be in then.
    let is_it = |o: &&ServiceOperation, a: &Activity| {
        a.since == Some(o.began) && (a.what == o.act.occupies() || matches!(a.what, Operation::Other(_)))
    };
    if let Some(over) = env.activity.take_if(|a| news.iter().any(|o| o.may_run().is_none() && is_it(&o, a))) {
        learned.push(Learned::Over { environment: id.clone(), what: over.what });
    }
    let runs =
        |surely: bool| move |o: &&ServiceOperation| o.may_run().is_some() && (o.ended == Ended::Running) == surely;
    let running = news.iter().rev().find(runs(true));
    // What may have ended hides nothing that is known to run.
    let perhaps = || {
        let may = news.iter().rev().find(runs(false));
        may.filter(|o| env.activity.as_ref().is_none_or(|a| is_it(o, a)))
    };
    if let Some((runs, what)) = running.or_else(perhaps).and_then(|o| Some((o, o.may_run()?))) {
        let seen = runs.last.or(import.stamp);
        if !env.activity.as_ref().is_some_and(|a| is_it(&runs, a) && a.what == what && a.seen >= seen) {
            learned.push(Learned::Runs { environment: id, what: what.clone(), since: Some(runs.began) });
            env.activity = Some(Activity { what, since: Some(runs.began), seen });
        }
    }
}

/// T9: what runs, or may run, of operations that cannot be kept themselves.
pub(super) fn underway(
    after: &mut Tenant,
    index: &Index,
    all: &[Underway],
    import: &Import,
    learned: &mut Vec<Learned>,
) -> usize {
    let mut elsewhere = 0;
    for one in all {
        let restores = matches!(one.activity.what, Operation::Restoring | Operation::Copying);
        let other = one.source.iter().filter(|source| restores && one.environment.as_ref() != Some(*source));
        for (id, own) in one.environment.iter().map(|id| (id, true)).chain(other.map(|id| (id, false))) {
            let Some(env) = index.get(id).and_then(|p| after.environments.get_mut(*p)) else {
                elsewhere += usize::from(own);
                continue;
            };
            let new = Activity { seen: one.activity.seen.or(import.stamp), ..one.activity.clone() };
            // A restore that was recorded in the app ends in the app.
            if env.running.is_some() {
                continue;
            }
            let surely = |a: &Activity| !matches!(a.what, Operation::Other(_));
            match &mut env.activity {
                Some(old) if old.what == new.what => old.seen = old.seen.max(new.seen),
                Some(old) if surely(old) || !surely(&new) => {}
                slot => {
                    learned.push(Learned::Runs {
                        environment: env.id.clone(),
                        what: new.what.clone(),
                        since: new.since,
                    });
                    *slot = Some(new);
                }
            }
        }
    }
    elsewhere
}

/// R20: a restore onto it failed, nothing dealt with that since, and it is not known to be enabled again.
fn failed(env: &mut Environment, news: &[ServiceOperation], import: &Import, learned: &mut Vec<Learned>) {
    let Some(last) = news.iter().rev().find(|o| o.act == Act::Restore) else { return };
    let at = end(last);
    match last.ended {
        Ended::Succeeded => env.failed_restore = env.failed_restore.filter(|failed| *failed > last.began),
        Ended::Failed => {
            let deals = |o: &&ServiceOperation| {
                o.began > last.began
                    && o.ended == Ended::Succeeded
                    && !matches!(o.act, Act::Backup | Act::Edit | Act::UpdateManaged)
            };
            let listed = env.last_import.and_then(|n| import.kept(n));
            let enabled = env.state.get() == Some(&RuntimeState::Enabled)
                && (listed.is_some_and(|listed| listed >= at) || env.state.entry().is_some_and(|s| s.since >= at));
            if env.operations.iter().any(|o| deals(&o)) || enabled || env.failed_restore.is_some_and(|f| f >= at) {
                return;
            }
            env.failed_restore = Some(at);
            learned.push(Learned::FailedRestore { environment: env.id.clone(), at });
        }
        _ => {}
    }
}

/// The other environments of restores and copies that run, each with what occupies it and since when (UTC).
pub(super) fn sources(new: &[ServiceOperation]) -> Vec<(EnvironmentId, Activity, bool)> {
    let both = new.iter().filter(|o| matches!(o.act, Act::Restore | Act::Copy));
    both.filter_map(|o| {
        let other = o.source.clone().filter(|source| o.environment.as_ref() != Some(source))?;
        let runs = o.may_run();
        let (what, is_running) = (runs.clone().unwrap_or_else(|| o.act.occupies()), runs.is_some());
        Some((other, Activity { what, since: Some(o.began), seen: o.last }, is_running))
    })
    .collect()
}
