//! The door of [`crate::domain::door`] for a whole workspace, from a file or from the store.

use super::log::{Log, LogEntry};
use super::past::Past;
use super::{Draft, SavedPlan, Workspace};
use crate::domain::dates::holds_no_date;
use crate::domain::door::{self, EARLIEST, Mended, WorkspacePart, is_date};
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// Mends a workspace that was written at `saved` (UTC), and lists what was mended. The same again mends nothing.
pub fn workspace(workspace: &mut Workspace, saved: &mut DateTime<Utc>) -> Vec<Mended> {
    looked_at(workspace, saved, false)
}

/// The same. `sound`: each entry of the log was [looked at](is_sound) already.
pub(super) fn looked_at(workspace: &mut Workspace, saved: &mut DateTime<Utc>, sound: bool) -> Vec<Mended> {
    let mut done = Vec::new();
    if !is_date(*saved) {
        *saved = workspace.tenant.imports.iter().map(|i| i.at).filter(|at| is_date(*at)).max().unwrap_or(EARLIEST);
        done.push(Mended::Part(WorkspacePart::Saved));
    }
    let latest = *saved;
    done.extend(door::tenant(&mut workspace.tenant, latest));
    plans(workspace, &mut done);
    // Each of them, also after the first that is mended.
    if workspace.draft.iter_mut().chain(&mut workspace.begun).fold(false, |odd, draft| mend_draft(draft) | odd) {
        done.push(Mended::Part(WorkspacePart::Wizard));
    }
    if let Some(clock) = &mut workspace.clock
        && !(is_date(clock.at) && is_date(clock.began))
    {
        // The clock itself stays: without one, what is made up would count as real.
        (clock.at, clock.began) = (latest, latest);
        done.push(Mended::Part(WorkspacePart::Clock));
    }
    let entries = log(&mut workspace.log, latest, sound);
    if entries > 0 {
        done.push(Mended::Entries(entries));
    }
    if mend_past(&mut workspace.past) {
        done.push(Mended::Part(WorkspacePart::Past));
    }
    done
}

/// A plan needs its instants; one of which any is no date is left out. Numbers are part of addresses: each stands once.
fn plans(workspace: &mut Workspace, done: &mut Vec<Mended>) {
    workspace.plans.retain(|saved| {
        let odd = holds_no_date(&saved.plan);
        if odd {
            done.push(Mended::Plan(saved.plan.title().to_string()));
        }
        !odd
    });
    let mut numbers = HashSet::new();
    let mut next = workspace.plans.iter().map(|p| p.number).max().unwrap_or(0).max(workspace.next_plan).max(1);
    for SavedPlan { number, done: ticked, elsewhere, .. } in &mut workspace.plans {
        if !numbers.insert(*number) {
            *number = next;
            next = next.saturating_add(1);
            workspace.next_plan = next;
            done.push(Mended::Part(WorkspacePart::SecondPlan));
        }
        // What is ticked off stays so, at the earliest time.
        for at in ticked.values_mut().chain(elsewhere.as_mut().map(|e| &mut e.kept)).filter(|at| !is_date(**at)) {
            *at = EARLIEST;
        }
    }
}

fn mend_draft(draft: &mut Draft) -> bool {
    let mut odd = draft.instant.take_if(|at| !is_date(*at)).is_some();
    odd |= draft.chosen_at.take_if(|at| !is_date(*at)).is_some();
    odd |= draft.began.take_if(|at| !is_date(*at)).is_some();
    for id in [&mut draft.source, &mut draft.target] {
        odd |= id.take_if(|id| id.as_str().trim().is_empty()).is_some();
    }
    odd
}

/// Whether nothing in an entry of the log is to be mended.
pub(super) fn is_sound(entry: &LogEntry) -> bool {
    is_date(entry.at) && is_date(entry.recorded) && !holds_no_date(entry)
}

/// How many entries can no longer be taken back, because something in them is no date.
fn log(log: &mut Log, latest: DateTime<Utc>, sound: bool) -> usize {
    let undone = log.undone.len();
    log.undone.retain(|u| is_date(u.at) && is_date(u.recorded) && !holds_no_date(&u.command));
    let mut odd = undone - log.undone.len();
    if sound {
        return odd;
    }
    let mut before = EARLIEST;
    for entry in &mut log.entries {
        if is_sound(entry) {
            before = entry.at;
            continue;
        }
        odd += 1;
        if !is_date(entry.at) {
            entry.at = before;
        }
        if !is_date(entry.recorded) {
            entry.recorded = latest.max(entry.at);
        }
        entry.forget();
        for event in &mut entry.events {
            if !is_date(event.at) {
                event.at = entry.at;
            }
            event.happening.take_if(|h| holds_no_date(h));
        }
        before = entry.at;
    }
    odd
}

fn mend_past(past: &mut Past) -> bool {
    let before = past.snapshots.len();
    past.snapshots.retain(|s| is_date(s.at));
    past.snapshots.len() < before
}
