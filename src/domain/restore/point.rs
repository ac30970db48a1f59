//! The point to go back to: inside the window or not, how surely, and for how long still (R1, R2, R22, M3, M4, M8, M9).

use super::super::edition::Edition;
use super::super::eligibility::{Question, Role};
use super::super::environment::{Environment, FactKey};
use super::super::manual_backup::{self, Judged, ManualBackup, Stage};
use super::super::retention::{self, Certainty, Reason, Window};
use super::super::rule::RuleId;
use super::super::words::from_text;
use super::words::{bounds, earlier, ends, instant, later, one_line, quoted, span};
use super::{Checks, Point};
use crate::words::Say;
use chrono::{DateTime, TimeDelta, Utc};

/// R22: an operation can take this long, so a point must stay at least that long.
pub const SAFE_LEAD: TimeDelta = TimeDelta::hours(24);
/// M8: until then a manual backup is being processed.
pub(crate) const PROCESSING: TimeDelta = TimeDelta::minutes(10);
/// M8: from then on a manual backup is ready.
pub(crate) const READY: TimeDelta = TimeDelta::minutes(15);

pub(super) fn point(edition: &Edition, source: &Environment, point: &Point, now: DateTime<Utc>, list: &mut Checks) {
    match point {
        Point::System(at) => system(edition, source, *at, now, list),
        Point::Manual(id) => match source.backups.iter().find(|b| b.id == *id) {
            Some(backup) => manual(edition, source, backup, now, list),
            None => list.stop(
                RuleId::R1,
                &format!("{} has no manual backup with the id `{}`", quoted(source), one_line(id, 80)),
                "choose one of its manual backups, or import the list of its backups again",
            ),
        },
    }
}

fn system(edition: &Edition, source: &Environment, at: DateTime<Utc>, now: DateTime<Utc>, list: &mut Checks) {
    let window = retention::window(edition, source, now);
    let name = quoted(source);
    let when = instant(at);
    match window.certainty(at) {
        Certainty::Guaranteed => ageing(&name, &format!("the point {when}"), window.leaves(at).0, now, list),
        Certainty::Possible => {
            let sure = match window.guaranteed_from {
                Some(from) => format!("choose a point from {} on, which is sure", from_text(from)),
                None => "no point of this environment is sure".to_string(),
            };
            // The doubt is then about what is offered, not about the point.
            let not_offered = source.kind.get().is_some_and(|kind| edition.not_offered_sources.contains(kind));
            let doubt = if not_offered { "may not be offered" } else { "may already be gone" };
            let (rule, why) = decides(&window.why(at), RuleId::R1);
            list.point_at_risk(
                rule,
                &format!("the point {when} of {name} {doubt}{why}"),
                &format!("{sure}; or look in the admin center whether it is still offered before you change anything"),
                source_asks(&window.asks),
            );
            ageing_of_possible(&name, &when, window.leaves(at).1, now, list);
        }
        Certainty::Future => list.stop(
            RuleId::R1,
            &format!("the point {when} lies after the end of what is backed up"),
            &format!("choose a point that can be restored: {}", bounds(&window)),
        ),
        Certainty::Dormant => list.stop(
            RuleId::R2,
            &format!(
                "the point {when} of {name} cannot be chosen while it is a Sandbox; it offers {}",
                bounds(&window)
            ),
            "switch it back to Production as soon as possible: the point may come back, but nothing promises it",
        ),
        Certainty::Gone => gone(source, &window, at, list),
    }
    if let Some(from) = window.dormant_from
        && matches!(window.certainty(at), Certainty::Guaranteed | Certainty::Possible)
    {
        list.note(
            RuleId::R2,
            &format!(
                "{name} is a Sandbox now, so its points from {} on that are older than seven days cannot be chosen",
                instant(from)
            ),
            "switch it back to Production as soon as possible if you need them; they may be lost already",
        );
    }
}

fn gone(source: &Environment, window: &Window, at: DateTime<Utc>, list: &mut Checks) {
    let (name, when) = (quoted(source), instant(at));
    if window.possible_from.is_none() && !window.asks.is_empty() {
        list.ask(
            RuleId::R1,
            &format!("nothing is known about what can be restored from {name}{}", because(&window.possible_reasons)),
            Some("what is unknown first".to_string()),
            source_asks(&window.asks),
        );
    } else if window.possible_from.is_none() {
        list.stop(
            RuleId::R1,
            &format!("nothing can be restored from {name}{}", because(&window.possible_reasons)),
            "choose another source",
        );
    } else if let Some(moved) = window.of_old_region(at) {
        list.stop(
            RuleId::R1,
            &format!("the point {when} of {name} cannot be restored{}", because(std::slice::from_ref(moved))),
            &format!("choose a point after the move: {}", bounds(window)),
        );
    } else {
        list.stop(
            RuleId::R1,
            &format!("the point {when} of {name} is gone{}", because(&window.why(at))),
            &format!("choose a point that can be restored: {}", bounds(window)),
        );
    }
}

fn manual(edition: &Edition, source: &Environment, backup: &ManualBackup, now: DateTime<Utc>, list: &mut Checks) {
    let judged = manual_backup::judge(edition, source, backup, now);
    let what = describe(source, backup);
    match judged.stage {
        Stage::Processing => list.stop(
            RuleId::M8,
            &format!("{what} is still being processed"),
            &format!(
                "wait until {}, when it is ready; with a caution it can be used from {} on",
                from_text(ready_at(backup)),
                from_text(usable_at(backup))
            ),
        ),
        Stage::UsableWithCaution => list.caution(
            RuleId::M8,
            &format!("{what} is less than 15 minutes old and may not be ready"),
            &format!("wait until {}", from_text(ready_at(backup))),
        ),
        Stage::Expired if judged.old_region => list.stop(
            RuleId::M4,
            &format!("{what} cannot be restored{}", because(&judged.reasons)),
            "choose a manual backup from after the move, or an instant of the system backup",
        ),
        Stage::Expired => list.stop(
            RuleId::M4,
            &format!("{what} has expired{}", expired_since(&judged)),
            "choose another manual backup, or an instant of the system backup",
        ),
        Stage::AtRisk => {
            let (rule, why) = decides(&judged.reasons, RuleId::M4);
            list.point_at_risk(
                rule,
                &format!("{what} may already be gone{why}"),
                "look in the admin center whether it is still offered before you change anything",
                Vec::new(),
            );
        }
        Stage::Dormant => list.stop(
            RuleId::R2,
            &format!("{what} cannot be chosen while its environment is a Sandbox{}", because(&judged.reasons)),
            "switch it back to Production as soon as possible: the backup may come back, but nothing promises it",
        ),
        Stage::Ready => {}
    }
    match judged.stage {
        Stage::Ready | Stage::UsableWithCaution => {
            ageing(&quoted(source), &what, judged.guaranteed_until, now, list);
        }
        Stage::AtRisk => ageing_of_possible(&quoted(source), &instant(backup.point), judged.possible_until, now, list),
        Stage::Processing | Stage::Expired | Stage::Dormant => {}
    }
    if let Some(asked) = backup.asked
        && asked != backup.point
    {
        let (side, apart) =
            if backup.point > asked { ("after", backup.point - asked) } else { ("before", asked - backup.point) };
        list.note(
            RuleId::M9,
            &format!(
                "the restore point of {what} lies {} {side} the moment it was asked for",
                if apart < TimeDelta::minutes(1) { "seconds".to_string() } else { span(apart) }
            ),
            "",
        );
    }
}

/// R22: less than a day before a sure point leaves the window.
fn ageing(name: &str, what: &str, leaves: Option<DateTime<Utc>>, now: DateTime<Utc>, list: &mut Checks) {
    let Some(leaves) = leaves else { return };
    if leaves - now >= SAFE_LEAD {
        return;
    }
    list.caution(
        RuleId::R22,
        &format!(
            "{what} leaves the sure window of {name} at {}, in {}, and a restore can take more than a day: the latest \
             sensible start was {}",
            ends(leaves),
            span(leaves - now),
            ends(earlier(leaves, SAFE_LEAD))
        ),
        "start at once, or choose a later point",
    );
}

fn ageing_of_possible(name: &str, when: &str, leaves: Option<DateTime<Utc>>, now: DateTime<Utc>, list: &mut Checks) {
    if let Some(leaves) = leaves
        && leaves - now < SAFE_LEAD
    {
        list.caution(
            RuleId::R22,
            &format!(
                "even if {when} of {name} is still there, it is gone for certain at {}, in {}",
                ends(leaves),
                span(leaves - now)
            ),
            "start at once, or choose a later point",
        );
    }
}

/// A manual backup for sentences: label, point, environment.
pub(crate) fn describe(source: &Environment, backup: &ManualBackup) -> String {
    format!("the manual backup “{}” ({}) of {}", one_line(&backup.label, 60), instant(backup.point), quoted(source))
}

/// When a manual backup is ready (M8), UTC.
pub(crate) fn ready_at(backup: &ManualBackup) -> DateTime<Utc> {
    later(born(backup), READY).max(backup.point)
}

/// When a manual backup can be used with a caution (M8), UTC.
pub(crate) fn usable_at(backup: &ManualBackup) -> DateTime<Utc> {
    later(born(backup), PROCESSING).max(backup.point)
}

/// The age of a manual backup counts from when it was asked for, or from its point where that is not known.
fn born(backup: &ManualBackup) -> DateTime<Utc> {
    backup.asked.unwrap_or(backup.point)
}

fn expired_since(judged: &Judged) -> String {
    match judged.possible_until {
        Some(until) => format!(" at {}{}", ends(until), because(&judged.reasons)),
        None => because(&judged.reasons),
    }
}

/// The first reason as a sentence to append.
fn because(reasons: &[Reason]) -> String {
    match reasons.first() {
        Some(reason) => {
            let rule = reason.rule().map(|rule| format!(" ({rule})")).unwrap_or_default();
            format!(". {}{rule}", reason.says().capital())
        }
        None => String::new(),
    }
}

/// The rule that decides, and its sentence to append; `otherwise` where no reason is known.
fn decides(reasons: &[Reason], otherwise: RuleId) -> (RuleId, String) {
    match reasons.first() {
        Some(reason) => (reason.rule().unwrap_or(otherwise), format!(". {}", reason.says().capital())),
        None => (otherwise, String::new()),
    }
}

fn source_asks(facts: &[FactKey]) -> Vec<Question> {
    facts.iter().map(|fact| Question { role: Role::Source, fact: *fact }).collect()
}
