//! What operations of the service say of the past: changes of an environment that nobody had recorded.
//!
//! An operation and a change that was recorded by hand, or noticed between two imports, may be one and the same; then the change
//! stays, and one that was known roughly gets the operation's time.

use super::super::edition::longest_recovery_days;
use super::super::environment::{Environment, Kind};
use super::super::history::{Change, Changed};
use super::super::instants::earlier;
use super::super::service::{Act, Ended, ServiceOperation};
use super::operations::end;
use chrono::{DateTime, TimeDelta, Utc};

/// How late somebody may have recorded by hand what the service did.
const BY_HAND: TimeDelta = TimeDelta::days(7);

/// Operations that say nothing that fits the history.
pub(super) type Unused = Vec<(Act, DateTime<Utc>)>;

fn succeeded(env: &Environment, is: impl Fn(&Act) -> bool) -> Vec<ServiceOperation> {
    env.operations.iter().filter(|o| is(&o.act) && o.ended == Ended::Succeeded).cloned().collect()
}

/// The operations that are not already told by a change of their sort; rough changes are made exact. Each change stands for one
/// operation.
fn untold(
    history: &mut [Change],
    operations: Vec<ServiceOperation>,
    is: impl Fn(&Changed) -> bool,
) -> Vec<ServiceOperation> {
    let mut taken: Vec<usize> = Vec::new();
    let mut left = Vec::new();
    for o in operations {
        let near = |c: &Change| {
            let (from, to) = (o.began, end(&o));
            let late = to.checked_add_signed(BY_HAND).unwrap_or(to);
            // Inside the operation, or around it, or recorded a little later (a clock may be some minutes off).
            let early = from.checked_sub_signed(TimeDelta::minutes(15)).unwrap_or(from);
            c.not_before <= late && c.at >= early
        };
        let distance = |c: &Change| (c.at.max(o.began) - o.began).abs();
        let found = history
            .iter()
            .enumerate()
            .filter(|(i, c)| !taken.contains(i) && is(&c.what) && near(c))
            .min_by_key(|(_, c)| distance(c))
            .map(|(i, _)| i);
        match found {
            Some(i) => {
                taken.push(i);
                if let Some(c) = history.get_mut(i).filter(|c| c.not_before <= o.began && end(&o) <= c.at) {
                    (c.not_before, c.at) = (o.began, end(&o));
                }
            }
            None => left.push(o),
        }
    }
    left
}

/// The change before and the one after an operation, of one sort.
fn around<'a>(
    history: &'a [Change],
    o: &ServiceOperation,
    is: impl Fn(&Changed) -> bool,
) -> (Option<&'a Changed>, Option<&'a Changed>) {
    let of_sort = || history.iter().filter(|c| is(&c.what));
    let before = of_sort().filter(|c| c.at <= o.began).max_by_key(|c| c.at);
    let after = of_sort().filter(|c| c.at > o.began).min_by_key(|c| c.at);
    (before.map(|c| &c.what), after.map(|c| &c.what))
}

/// K6: switches. What it was switched to is what it was afterwards, and there are two kinds only that are switched.
pub(super) fn converts(env: &mut Environment) -> Unused {
    let is = |what: &Changed| matches!(what, Changed::Kind { .. });
    let operations = succeeded(env, |act| *act == Act::Convert);
    let mut unused = Vec::new();
    for o in untold(&mut env.history, operations, is).into_iter().rev() {
        let (before, after) = around(&env.history, &o, is);
        let to = match after {
            Some(Changed::Kind { from, .. }) => from.clone(),
            _ => env.kind.get().cloned(),
        };
        let from = match to {
            Some(Kind::Production) => Some(Kind::Sandbox),
            Some(Kind::Sandbox) => Some(Kind::Production),
            _ => None,
        };
        let fits = match before {
            Some(Changed::Kind { to, .. }) => Some(to) == from.as_ref(),
            _ => true,
        };
        match (from, to) {
            (Some(from), Some(to)) if fits => {
                let what = Changed::Kind { from: Some(from), to };
                env.history.push(Change { not_before: o.began, at: end(&o), what });
            }
            // Of an environment whose kind nobody told nothing follows yet; that is no contradiction.
            (_, None) => {}
            _ => unused.push((o.act, o.began)),
        }
    }
    unused
}

/// T4, K12: whether it was managed before an update is not known, and after all but the last neither.
pub(super) fn managed(env: &mut Environment) -> Unused {
    let is = |what: &Changed| matches!(what, Changed::Managed { .. } | Changed::ManagedUnknown { .. });
    let operations = succeeded(env, |act| *act == Act::UpdateManaged);
    for o in untold(&mut env.history, operations, is).into_iter().rev() {
        let (before, after) = around(&env.history, &o, is);
        let to = match after {
            Some(Changed::Managed { from, .. }) => *from,
            Some(Changed::ManagedUnknown { from }) => Some(*from),
            _ => env.managed.get().copied(),
        };
        let from = match before {
            Some(Changed::Managed { to, .. }) => Some(*to),
            _ => None,
        };
        // Where it was the same before, its settings were changed and nothing else.
        if let Some(to) = to.filter(|to| from != Some(*to)) {
            env.history.push(Change { not_before: o.began, at: end(&o), what: Changed::Managed { from, to } });
        }
    }
    Vec::new()
}

/// R14: restores and copies onto it.
pub(super) fn overwritten(env: &mut Environment) -> Unused {
    let is = |what: &Changed| matches!(what, Changed::Restored { .. } | Changed::Overwritten { .. });
    let mut operations = succeeded(env, |act| matches!(act, Act::Restore | Act::Copy));
    // What the app has recorded as running becomes history when its end is recorded there.
    let runs = env.running.as_ref().and(env.activity.as_ref()).and_then(|a| a.since);
    operations.retain(|o| runs.is_none_or(|since| end(o) < since));
    for o in untold(&mut env.history, operations, is) {
        let what = Changed::Overwritten { copied: o.act == Act::Copy, source: o.source.clone() };
        env.history.push(Change { not_before: o.began, at: end(&o), what });
    }
    Vec::new()
}

/// X1: deletions that were followed by a recovery. A recovery alone proves a deletion in the weeks before it.
pub(super) fn deletions(env: &mut Environment) -> Unused {
    let deletes = succeeded(env, |act| *act == Act::Delete);
    let recovers = succeeded(env, |act| *act == Act::Recover);
    let deletes = untold(&mut env.history, deletes, |what| *what == Changed::Deleted);
    let recovers = untold(&mut env.history, recovers, |what| *what == Changed::Recovered);
    let mut unused: Unused = Vec::new();
    let mut used = Vec::new();
    for o in recovers {
        let is = |what: &Changed| matches!(what, Changed::Deleted | Changed::Recovered);
        let (before, _) = around(&env.history, &o, is);
        if before != Some(&Changed::Deleted) {
            let deletion = deletes.iter().rev().find(|d| end(d) <= o.began && !used.contains(&d.id));
            let deleted = match deletion {
                Some(d) => {
                    used.push(d.id.clone());
                    Change { not_before: d.began, at: end(d), what: Changed::Deleted }
                }
                None => {
                    let first = env.created.get().copied().or(env.existed_by).filter(|at| *at < o.began);
                    let month = earlier(o.began, TimeDelta::days(i64::from(longest_recovery_days())));
                    let not_before = first.map_or(month, |at| at.max(month));
                    Change { not_before, at: o.began, what: Changed::Deleted }
                }
            };
            env.history.push(deleted);
        }
        env.history.push(Change { not_before: o.began, at: end(&o), what: Changed::Recovered });
    }
    // A deletion that nothing followed, of an environment that was listed later.
    unused.extend(
        deletes.iter().filter(|d| env.deleted.is_none() && !used.contains(&d.id)).map(|d| (d.act.clone(), d.began)),
    );
    unused
}
