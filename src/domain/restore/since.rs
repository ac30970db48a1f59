//! What changed in the source since the restore point (rules.md §5: the verdict is about today's facts).

use super::super::environment::Environment;
use super::super::history::{Change, Changed};
use super::super::rule::RuleId;
use super::words::{instant, quoted};
use super::{Checks, Point, instant_of};
use chrono::{DateTime, Utc};

pub(super) fn changes(source: &Environment, point: &Point, list: &mut Checks) {
    let Some(at) = instant_of(source, point) else { return };
    let before = list.len();
    for change in source.history.iter().filter(|c| c.at > at) {
        one(source, at, change, list);
    }
    list.of_point_from(before);
}

fn one(source: &Environment, point: DateTime<Utc>, change: &Change, list: &mut Checks) {
    let name = quoted(source);
    let sure = change.not_before >= point;
    let when = if change.not_before == change.at {
        format!("at {}", instant(change.at))
    } else {
        format!("between {} and {}", instant(change.not_before), instant(change.at))
    };
    let since = if sure { "since the restore point" } else { "perhaps since the restore point" };
    let look = "look at the environment's history in the admin center, or choose a point after the change";
    match &change.what {
        Changed::Region { from: Some(from), to } if from != to && sure => list.stop(
            RuleId::T2,
            &format!("{name} moved from {from} to {to} {when}: the backup at {} belongs to the old region", instant(point)),
            &format!("choose a point after the move, from {} on", instant(change.at)),
        ),
        Changed::Region { from: Some(from), to } if from != to => list.caution(
            RuleId::T2,
            &format!(
                "{name} moved from {from} to {to} {when}: if that was after {}, the backup belongs to the old region and \
                 cannot be restored",
                instant(point)
            ),
            &format!("choose a point from {} on, which is surely after the move", instant(change.at)),
        ),
        Changed::Kind { from: Some(from), to } if from != to => list.caution(
            RuleId::T1,
            &format!("{name} changed from {from} to {to} {when}, {since}: it is judged by what it is now"),
            look,
        ),
        Changed::Managed { from: Some(from), to } if from != to => list.caution(
            RuleId::T4,
            &format!("{name} became {} {when}, {since}: it is judged by what it is now", managed(*to)),
            look,
        ),
        Changed::Managed { from: None, .. } | Changed::ManagedUnknown { .. } => list.caution(
            RuleId::T4,
            &format!(
                "the service updated Managed Environments for {name} {when}, {since}: whether it was managed before is not known, it is judged by what it is now"
            ),
            look,
        ),
        Changed::CustomerKey { from: Some(from), to } if from != to => list.caution(
            RuleId::T5,
            &format!(
                "a customer-managed key was {} {name} {when}, {since}: it is judged by what it is now",
                if *to { "applied to" } else { "taken from" }
            ),
            look,
        ),
        Changed::Restored { point: earlier, .. } => list.note(
            RuleId::R14,
            &format!(
                "{name} was itself overwritten by a restore {when} (to {}); earlier points stay available",
                instant(*earlier)
            ),
            "check that you want the state from before that restore",
        ),
        Changed::Overwritten { copied, .. } => list.note(
            RuleId::R14,
            &format!(
                "{name} was itself overwritten by a {} {when}, as the service lists it; earlier points stay available",
                if *copied { "copy" } else { "restore" }
            ),
            "check that you want the state from before that",
        ),
        _ => {}
    }
}

fn managed(on: bool) -> &'static str {
    if on { "a Managed Environment" } else { "unmanaged" }
}
