//! The point to go back to: inside the window or not, how surely, and for how long still (R1, R2, R22, M3, M4, M8, M9).

use super::super::edition::Edition;
use super::super::environment::{Environment, FactKey};
use super::super::instants::earlier;
use super::super::manual_backup::{self, ManualBackup, Stage, ready_at, usable_at};
use super::super::retention::{self, Certainty, Reason, Window};
use super::super::rule::RuleId;
use super::super::said::{Question, Role};
use super::checks::Checks;
use super::request::Point;
use super::{PointCause, RestorePoint, RestoreSpan};
use chrono::{DateTime, TimeDelta, Utc};

/// R22: an operation can take this long, so a point must stay at least that long.
pub const SAFE_LEAD: TimeDelta = TimeDelta::hours(24);

/// R22: the latest sensible start of a restore of a point that leaves the window then, UTC.
pub fn latest_start(leaves: DateTime<Utc>) -> DateTime<Utc> {
    earlier(leaves, SAFE_LEAD)
}

pub(super) fn point(edition: &Edition, source: &Environment, point: &Point, now: DateTime<Utc>, list: &mut Checks) {
    match point {
        Point::System(at) => system(edition, source, *at, now, list),
        Point::Manual(id) => match source.backups.iter().find(|b| b.id == *id) {
            Some(backup) => manual(edition, source, backup, now, list),
            None => list.stop(RuleId::R1, PointCause::NoSuchBackup(id.clone())),
        },
    }
}

fn system(edition: &Edition, source: &Environment, at: DateTime<Utc>, now: DateTime<Utc>, list: &mut Checks) {
    let window = retention::window(edition, source, now);
    let certainty = window.certainty(at);
    match certainty {
        Certainty::Guaranteed => ageing(RestorePoint::System(at), window.leaves(at).0, now, list),
        Certainty::Possible => {
            let not_offered = source.kind.get().is_some_and(|kind| edition.not_offered_sources.contains(kind));
            let why = window.why(at).into_iter().next();
            let rule = why.as_ref().and_then(Reason::rule).unwrap_or(RuleId::R1);
            let doubt = PointCause::Possible { at, not_offered, why, sure_from: window.guaranteed_from };
            list.caution_asking(rule, doubt, source_asks(&window.asks));
            ageing_of_possible(at, window.leaves(at).1, now, list);
        }
        Certainty::Future => list.stop(RuleId::R1, PointCause::Future(at, RestoreSpan::of(&window))),
        Certainty::Dormant => list.stop(RuleId::R2, PointCause::Asleep(at, RestoreSpan::of(&window))),
        Certainty::Gone => gone(&window, at, list),
    }
    if let Some(from) = window.dormant_from
        && matches!(certainty, Certainty::Guaranteed | Certainty::Possible)
    {
        list.note(RuleId::R2, PointCause::OthersAsleep(from));
    }
}

fn gone(window: &Window, at: DateTime<Utc>, list: &mut Checks) {
    let first = |reasons: &[Reason]| reasons.first().cloned();
    if window.possible_from.is_none() && !window.asks.is_empty() {
        let cause = PointCause::NothingKnown(first(&window.possible_reasons));
        list.ask(RuleId::R1, cause, source_asks(&window.asks));
    } else if window.possible_from.is_none() {
        list.stop(RuleId::R1, PointCause::NothingLeft(first(&window.possible_reasons)));
    } else if let Some(moved) = window.of_old_region(at) {
        list.stop(RuleId::R1, PointCause::OldRegion(at, moved.clone(), RestoreSpan::of(window)));
    } else {
        list.stop(RuleId::R1, PointCause::Gone(at, first(&window.why(at)), RestoreSpan::of(window)));
    }
}

fn manual(edition: &Edition, source: &Environment, of: &ManualBackup, now: DateTime<Utc>, list: &mut Checks) {
    let judged = manual_backup::judge(edition, source, of, now);
    let backup = RestorePoint::of(of);
    let why = judged.reasons.first().cloned();
    match judged.stage {
        Stage::Processing => {
            let (ready, usable) = (ready_at(edition, of), usable_at(edition, of));
            list.stop(RuleId::M8, PointCause::BackupProcessing { backup: backup.clone(), ready, usable });
        }
        Stage::UsableWithCaution => {}
        Stage::Expired if judged.old_region => {
            list.stop(RuleId::M4, PointCause::BackupOfOldRegion(backup.clone(), why));
        }
        Stage::Expired => {
            let at = judged.possible_until;
            list.stop(RuleId::M4, PointCause::BackupExpired { backup: backup.clone(), at, why });
        }
        Stage::AtRisk => {
            let rule = why.as_ref().and_then(Reason::rule).unwrap_or(RuleId::M4);
            list.caution(rule, PointCause::BackupPossible { backup: backup.clone(), why });
        }
        Stage::Dormant => list.stop(RuleId::R2, PointCause::BackupAsleep(backup.clone(), why)),
        Stage::Ready => {}
    }
    let ready = ready_at(edition, of);
    if matches!(judged.stage, Stage::UsableWithCaution | Stage::AtRisk) && now < ready {
        list.caution(RuleId::M8, PointCause::BackupYoung { backup: backup.clone(), ready });
    }
    match judged.stage {
        Stage::Ready | Stage::UsableWithCaution => ageing(backup.clone(), judged.guaranteed_until, now, list),
        Stage::AtRisk => ageing_of_possible(of.point, judged.possible_until, now, list),
        Stage::Processing | Stage::Expired | Stage::Dormant => {}
    }
    if let Some(asked) = of.asked
        && asked != of.point
    {
        let cause = PointCause::BackupApart { backup, apart: (of.point - asked).abs(), later: of.point > asked };
        list.caution(RuleId::M9, cause);
    }
}

/// R22: less than a day before a sure point leaves the window.
fn ageing(point: RestorePoint, leaves: Option<DateTime<Utc>>, now: DateTime<Utc>, list: &mut Checks) {
    if let Some(leaves) = leaves.filter(|leaves| *leaves - now < SAFE_LEAD) {
        list.caution(RuleId::R22, PointCause::Ages { point, leaves, now });
    }
}

fn ageing_of_possible(at: DateTime<Utc>, leaves: Option<DateTime<Utc>>, now: DateTime<Utc>, list: &mut Checks) {
    if let Some(leaves) = leaves.filter(|leaves| *leaves - now < SAFE_LEAD) {
        list.caution(RuleId::R22, PointCause::PossibleAges { at, leaves, now });
    }
}

fn source_asks(facts: &[FactKey]) -> Vec<Question> {
    facts.iter().map(|fact| Question { role: Role::Source, fact: *fact }).collect()
}
