//! Taking in that a file calls an environment deleted, or lists it as living.

use super::super::deletion::Deletion;
use super::super::door::EARLIEST;
use super::super::environment::Environment;
use super::super::history::{Change, Changed};
use super::super::inventory::Observation;
use super::super::service::{Act, Ended};
use super::absorb::{Import, Taken};
use super::{operations, show};
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
            let told = settled(env, told.after(last_alive(env, import)));
            let after = before.map_or(told, |before| before.with(told));
            if before == Some(after) {
                return;
            }
            taken.change("deleted", before.as_ref().map(words), words(&after));
            if let Some(word) = before.and_then(|b| b.answered()).filter(|_| after.answered().is_none()) {
                let answer = show::instant(&word.at);
                taken.notes.push(format!(
                    "deleted: your answer, {answer}, does not fit what this file says and no longer counts"
                ));
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
            let when = before.says("", |at| show::instant(&at));
            taken
                .notes
                .push(format!("deleted {}: that this file lists it does not say that it lives", when.trim_start()));
        }
        (Some(before), None) => {
            taken.change("deleted", Some(words(&before)), "no, it is listed again".to_string());
            let told = env.last_import.and_then(|n| import.kept(n)).unwrap_or(before.latest());
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
            env.history.sort_by_key(|c| c.at);
            true
        }
        _ => false,
    }
}

/// The last proof that it lived that was known before this import, UTC.
fn last_alive(env: &Environment, import: &Import) -> Option<DateTime<Utc>> {
    let listed = env.last_import.filter(|_| env.deleted.is_none()).and_then(|n| import.alive(n));
    let recovered = env.history.iter().rev().find(|c| c.what == Changed::Recovered).map(|c| c.not_before);
    let points = env.backups.iter().map(|b| b.point).filter(|at| *at <= import.now);
    let all = [listed, env.created.get().copied(), recovered];
    all.into_iter().flatten().chain(points).max()
}

/// The last deletion that the service listed as done settles when it was, where nothing came after it.
fn settled(env: &Environment, told: Deletion) -> Deletion {
    let last = env.operations.iter().filter(|o| o.ended == Ended::Succeeded).max_by_key(|o| o.began);
    match last.filter(|o| o.act == Act::Delete).map(operations::end) {
        Some(at) if told.is_span() && told.holds(at) => Deletion::exactly(at),
        _ => told,
    }
}

/// In words, for a preview.
fn words(when: &Deletion) -> String {
    match when.known() {
        Some(at) => show::instant(&at),
        None => format!("{}, when is not known", when.says("at", |at| show::instant(&at))),
    }
}
