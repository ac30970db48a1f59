//! Taking in that a file calls an environment deleted, or lists it as living.

use super::super::deletion::Deletion;
use super::super::door::EARLIEST;
use super::super::environment::{Environment, FactKey};
use super::super::history::{Change, Changed};
use super::super::inventory::Observation;
use super::super::service::{Act, Ended};
use super::absorb::{Import, Taken};
use super::{Field, Note, Value, operations};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// Takes it in; what it changes of the past is put into `history`. A time that is told settles a span that was not; an earlier list of the
/// tenant that showed it as living, and an operation of the service, narrow one.
pub(super) fn take(
    env: &mut Environment,
    seen: &Observation,
    (import, new): (&Import, bool),
    taken: &mut Taken,
    history: &mut Vec<Change>,
) {
    match (env.deleted, seen.deleted) {
        (before, Some(told)) => {
            let told = settled(env, told.after(last_alive(env, import.now)));
            let after = before.map_or(told, |before| before.with(told));
            if before == Some(after) {
                return;
            }
            taken.change(Field::Deleted, before.map(Value::Deleted), Value::Deleted(after));
            if let Some(word) = before.and_then(|b| b.answered()).filter(|_| after.answered().is_none()) {
                taken.notes.push(Note::DeletionRefuted(word.at));
            }
            env.deleted = Some(after);
            if before.is_none() && !new {
                history.push(change(&after));
            } else {
                into_history(env);
            }
        }
        // What one user may see lists environments that are deleted, too.
        (Some(before), None) if !import.of_tenant => {
            taken.notes.push(Note::DeletedAndListed(before));
        }
        (Some(before), None) => {
            taken.change(Field::Deleted, Some(Value::Deleted(before)), Value::ListedAgain);
            // The file that called it deleted may be older than its import: it was recovered after it was deleted, no more is known.
            let told = before.earliest().unwrap_or(EARLIEST);
            history.push(Change { not_before: told.min(import.now), at: import.now, what: Changed::Recovered });
            env.deleted = None;
        }
        (None, None) => {}
    }
}

/// The change that a deletion is.
pub(super) fn change(when: &Deletion) -> Change {
    let at = when.latest();
    Change { not_before: when.earliest().unwrap_or(EARLIEST).min(at), at, what: Changed::Deleted }
}

/// Tells the history what is known now of the deletion that is not over; whether it knows of it.
pub(in super::super) fn into_history(env: &mut Environment) -> bool {
    let last = env.history.iter_mut().rev().find(|c| matches!(c.what, Changed::Deleted | Changed::Recovered));
    match (last, &env.deleted) {
        (Some(last), Some(when)) if last.what == Changed::Deleted => {
            *last = change(when);
            env.history.order_by_key(|c| c.at);
            true
        }
        _ => false,
    }
}

/// The last proof (UTC) in a file that it lived: a date of its past, and the stamp of a list of the tenant that lists it as living.
/// When the file was imported proves nothing, and what it hints of its own age (K15) neither.
pub(super) fn sign_of_life(seen: &Observation, import: &Import) -> Option<DateTime<Utc>> {
    let stamp = import.stamp.filter(|_| import.of_tenant && seen.deleted.is_none());
    let offered = seen.offered.and_then(|offered| offered.from);
    let dates = [seen.alive, seen.created, seen.database_since, seen.oldest_backup, offered];
    dates.into_iter().flatten().filter(|at| *at <= import.now).chain(stamp).max()
}

/// The last proof (UTC) that it lived that is known by `now`: of a file, of an operation of the service, of a backup, of what was
/// recorded here, or of a recovery.
fn last_alive(env: &Environment, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let recovered = env.history.iter().rev().find(|c| c.what == Changed::Recovered).map(|c| c.not_before);
    let points = env.backups.iter().map(|b| b.point);
    let ran = env.operations.iter().filter(|o| o.act != Act::Delete).map(|o| o.began);
    let all = [env.lived, env.created.get().copied(), recovered.filter(|at| *at > EARLIEST)];
    let recorded = FactKey::ALL.into_iter().filter_map(|fact| env.recorded(fact));
    all.into_iter().flatten().chain(recorded).chain(points).chain(ran).filter(|at| *at <= now).max()
}

/// The last deletion that the service listed as done settles when it was, where nothing came after it.
fn settled(env: &Environment, told: Deletion) -> Deletion {
    let last = env.operations.iter().filter(|o| o.ended == Ended::Succeeded).max_by_key(|o| o.began);
    match last.filter(|o| o.act == Act::Delete).map(operations::end) {
        Some(at) if told.is_span() && told.holds(at) => Deletion::exactly(at),
        _ => told,
    }
}
