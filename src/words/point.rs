//! The words of the checks of a point: whether the source's backup holds it, how surely, and for how long still.

use super::restore::{SOURCE, SaysAndHelp};
use super::text::{Say, Text, begins, code, ends, exact};
use super::{List, Span};
use crate::domain::characters::one_line;
use crate::domain::restore::{PointCause, RestorePoint, RestoreSpan, latest_start};
use crate::domain::retention::Reason;
use crate::text;
use chrono::{DateTime, TimeDelta, Utc};

const SWITCH_BACK: &str = "switch it back to Production as soon as possible";
const CHOOSE: &str = "choose a point that can be restored: ";
const START: &str = "start at once, or choose a later point";
const STILL_OFFERED: &str = "look in the admin center whether it is still offered before you change anything";

/// The reason that a sentence goes on with, as a sentence of its own.
fn why(reason: Option<&Reason>) -> Option<Text> {
    reason.map(|reason| text!(". ", reason.says().capital()))
}

/// The same with its rule.
fn because(reason: Option<&Reason>) -> Option<Text> {
    reason.map(|reason| text!(why(Some(reason)), reason.rule().map(|rule| format!(" ({rule})"))))
}

fn point(at: &DateTime<Utc>) -> Text {
    text!("the point ", exact(*at))
}

fn of_source(at: &DateTime<Utc>) -> Text {
    text!(point(at), " of ", SOURCE)
}

pub(super) fn says_and_help(cause: &PointCause) -> SaysAndHelp {
    match cause {
        PointCause::NoSuchBackup(id) => (
            text!(SOURCE, " has no manual backup with the id ", code(one_line(id, 80))),
            text!("choose one of its manual backups, or import the list of its backups again"),
        ),
        PointCause::Possible { at, not_offered, why: reason, sure_from } => {
            let doubt = if *not_offered { " may not be offered" } else { " may already be gone" };
            let sure = match sure_from {
                Some(from) => text!("choose a point from ", begins(*from), " on, which is sure"),
                None => text!("no point of this environment is sure"),
            };
            (text!(of_source(at), doubt, why(reason.as_ref())), text!(sure, "; or ", STILL_OFFERED))
        }
        PointCause::BackupPossible { backup, why: reason } => {
            (text!(backup, " may already be gone", why(reason.as_ref())), text!(STILL_OFFERED))
        }
        PointCause::Ages { point, leaves, now } => (
            text!(
                point,
                " leaves the sure window of ",
                SOURCE,
                " at ",
                ends(*leaves),
                ", in ",
                still(*leaves - *now),
                ", and a restore can take more than a day: the latest sensible start was ",
                ends(latest_start(*leaves))
            ),
            text!(START),
        ),
        PointCause::PossibleAges { at, leaves, now } => (
            text!(
                "even if ",
                exact(*at),
                " of ",
                SOURCE,
                " is still there, it is gone for certain at ",
                ends(*leaves),
                ", in ",
                still(*leaves - *now)
            ),
            text!(START),
        ),
        PointCause::Future(at, bounds) => {
            (text!(point(at), " lies after the end of what is backed up"), text!(CHOOSE, bounds))
        }
        PointCause::Asleep(at, bounds) => (
            text!(of_source(at), " cannot be chosen while it is a Sandbox; it offers ", bounds),
            text!(SWITCH_BACK, ": the point may come back, but nothing promises it"),
        ),
        PointCause::OthersAsleep(from) => (
            text!(
                SOURCE,
                " is a Sandbox now, so its points from ",
                exact(*from),
                " on that are older than seven days cannot be chosen"
            ),
            text!(SWITCH_BACK, " if you need them; they may be lost already"),
        ),
        PointCause::NothingKnown(reason) => {
            (text!("nothing is known about what can be restored from ", SOURCE, because(reason.as_ref())), text!())
        }
        PointCause::NothingLeft(reason) => {
            (text!("nothing can be restored from ", SOURCE, because(reason.as_ref())), text!("choose another source"))
        }
        PointCause::OldRegion(at, moved, bounds) => (
            text!(of_source(at), " cannot be restored", because(Some(moved))),
            text!("choose a point after the move: ", bounds),
        ),
        PointCause::Gone(at, reason, bounds) => {
            (text!(of_source(at), " is gone", because(reason.as_ref())), text!(CHOOSE, bounds))
        }
        PointCause::BackupProcessing { backup, ready, usable } => (
            text!(backup, " is still being processed"),
            text!(
                "wait until ",
                begins(*ready),
                ", when it is ready; with a caution it can be used from ",
                begins(*usable),
                " on"
            ),
        ),
        PointCause::BackupYoung { backup, ready } => {
            (text!(backup, " is less than 15 minutes old and may not be ready"), text!("wait until ", begins(*ready)))
        }
        PointCause::BackupOfOldRegion(backup, reason) => (
            text!(backup, " cannot be restored", because(reason.as_ref())),
            text!("choose a manual backup from after the move, or an instant of the system backup"),
        ),
        PointCause::BackupExpired { backup, at, why } => (
            text!(backup, " has expired", at.map(|at| text!(" at ", ends(at))), because(why.as_ref())),
            text!("choose another manual backup, or an instant of the system backup"),
        ),
        PointCause::BackupAsleep(backup, reason) => (
            text!(backup, " cannot be chosen while its environment is a Sandbox", because(reason.as_ref())),
            text!(SWITCH_BACK, ": the backup may come back, but nothing promises it"),
        ),
        PointCause::BackupApart { backup, apart, later } => (apart_text(backup, *apart, *later), text!()),
    }
}

/// How long something still lasts.
fn still(length: TimeDelta) -> Text {
    if length < TimeDelta::minutes(1) { text!("less than a minute") } else { Span(length).says() }
}

fn apart_text(backup: &RestorePoint, apart: TimeDelta, later: bool) -> Text {
    let apart = if apart < TimeDelta::minutes(1) { text!("seconds") } else { Span(apart).says() };
    let side = if later { " after" } else { " before" };
    text!("the restore point of ", backup, " lies ", apart, side, " the moment it was asked for")
}

impl Say for RestoreSpan {
    fn say(&self, text: &mut Text) {
        let until = ends(self.until);
        match (self.sure_from, self.possible_from) {
            (Some(sure), Some(maybe)) if maybe < sure => {
                let maybe = text!(", and possible, but not sure, from ", begins(maybe));
                text!("sure from ", begins(sure), " to ", until, maybe)
            }
            (Some(sure), _) => text!("sure from ", begins(sure), " to ", until),
            (None, Some(maybe)) => text!("possible, but nowhere sure, from ", begins(maybe), " to ", until),
            (None, None) => text!("nothing"),
        }
        .say(text);
        let gap = |(from, before): &(DateTime<Utc>, DateTime<Utc>)| match *before < self.until {
            true => text!(", but not from ", begins(*from), " to ", begins(*before)),
            false => text!(", but not from ", begins(*from), " on"),
        };
        List::joined(self.gaps.iter().map(gap), "").say(text);
    }
}
