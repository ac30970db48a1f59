//! The words of what changed in the source since the point of a restore.

use super::restore::{SOURCE, SaysAndHelp};
use super::text::{Text, exact};
use crate::domain::history::{Change, Changed};
use crate::text;
use chrono::{DateTime, Utc};

const NOW: &str = ": it is judged by what it is now";

pub(super) fn says_and_help(change: &Change, point: DateTime<Utc>) -> SaysAndHelp {
    let sure = change.not_before >= point;
    let when = match change.not_before == change.at {
        true => text!("at ", exact(change.at)),
        false => text!("between ", exact(change.not_before), " and ", exact(change.at)),
    };
    let since = if sure { ", since the restore point" } else { ", perhaps since the restore point" };
    let look = text!("look at the environment's history in the admin center, or choose a point after the change");
    match &change.what {
        Changed::Region { from: Some(from), to } => {
            moved(text!(SOURCE, " moved from ", from, " to ", to, " ", when), (change.at, sure), point)
        }
        Changed::Kind { from: Some(from), to } => {
            (text!(SOURCE, " changed from ", from, " to ", to, " ", when, since, NOW), look)
        }
        Changed::Managed { from: Some(_), to } => {
            let became = if *to { " became a Managed Environment " } else { " became unmanaged " };
            (text!(SOURCE, became, when, since, NOW), look)
        }
        Changed::Managed { from: None, .. } | Changed::ManagedUnknown { .. } => {
            let updated = "the service updated Managed Environments for ";
            let before = ": whether it was managed before is not known, it is judged by what it is now";
            (text!(updated, SOURCE, " ", when, since, before), look)
        }
        Changed::CustomerKey { to, .. } => {
            let key = if *to { "applied to " } else { "taken from " };
            (text!("a customer-managed key was ", key, SOURCE, " ", when, since, NOW), look)
        }
        Changed::Restored { point: earlier, .. } => (
            text!(
                SOURCE,
                " was itself overwritten by a restore ",
                when,
                " (to ",
                exact(*earlier),
                "); earlier points stay available"
            ),
            text!("check that you want the state from before that restore"),
        ),
        Changed::Overwritten { copied, .. } => {
            let by = if *copied { "copy " } else { "restore " };
            let listed = ", as the service lists it; earlier points stay available";
            (
                text!(SOURCE, " was itself overwritten by a ", by, when, listed),
                text!("check that you want the state from before that"),
            )
        }
        _ => SaysAndHelp::default(),
    }
}

/// `start` says that it moved; it had by `by`, and surely since the point where that is `sure`. UTC.
fn moved(start: Text, (by, sure): (DateTime<Utc>, bool), point: DateTime<Utc>) -> SaysAndHelp {
    if sure {
        return (
            text!(start, ": the backup at ", exact(point), " belongs to the old region"),
            text!("choose a point after the move, from ", exact(by), " on"),
        );
    }
    let perhaps = ", the backup belongs to the old region and cannot be restored";
    (
        text!(start, ": if that was after ", exact(point), perhaps),
        text!("choose a point from ", exact(by), " on, which is surely after the move"),
    )
}
