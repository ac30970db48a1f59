//! What is worse with something done than without: spans of system points, and manual backups one by one.

use super::super::edition::Edition;
use super::super::environment::Environment;
use super::super::manual_backup::{self, ManualBackup};
use super::super::retention::{Beside, Certainty, Reason, Window};
use super::super::rule::RuleId;
use super::answer::{BackupFate, Fate, LeftOfLabel, Lost, PointsLost, stage};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// Every manual backup of either, by its point.
pub(super) fn backups(
    edition: &Edition,
    before: &Environment,
    after: &Environment,
    at: DateTime<Utc>,
) -> Vec<BackupFate> {
    let mut all: Vec<BackupFate> = Vec::new();
    for b in before.backups.iter().chain(&after.backups) {
        if all.iter().any(|known| known.id == b.id) {
            continue;
        }
        all.push(BackupFate {
            id: b.id.clone(),
            label: b.label.clone(),
            point: b.point,
            without: stage(edition, before, &b.id, at),
            with: stage(edition, after, &b.id, at),
        });
    }
    all.order_by_key(|b| b.point);
    all
}

/// Everything that is worse, system points first, each by time.
pub(super) fn losses(
    edition: &Edition,
    before: &Environment,
    after: &Environment,
    without: &Window,
    with: &Window,
    at: DateTime<Utc>,
    cause: Option<RuleId>,
) -> Vec<PointsLost> {
    let mut all = points(without, with, cause);
    let mut ordered: Vec<&ManualBackup> = before.backups.iter().collect();
    ordered.order_by_key(|b| b.point);
    all.extend(ordered.into_iter().filter_map(|b| backup(edition, before, after, with, b, at, cause)));
    all
}

/// How a certainty falls to another; `None` where it does not.
fn fall(without: Certainty, with: Certainty) -> Option<Fate> {
    let rank = |c| match c {
        Certainty::Guaranteed => 3,
        Certainty::Possible => 2,
        Certainty::Dormant => 1,
        Certainty::Gone => 0,
        // Not a point yet.
        Certainty::Future => 4,
    };
    if without == Certainty::Future || with == Certainty::Future || rank(with) >= rank(without) {
        return None;
    }
    match with {
        Certainty::Possible => Some(Fate::AtRisk),
        Certainty::Dormant => Some(Fate::NotWhileSandbox),
        Certainty::Gone => Some(Fate::Lost),
        Certainty::Guaranteed | Certainty::Future => None,
    }
}

/// The spans of system points that are worse off.
fn points(without: &Window, with: &Window, cause: Option<RuleId>) -> Vec<PointsLost> {
    let mut spans: Vec<(Fate, DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for Beside { from, until, one, other } in without.beside(with) {
        // What lies after the end of a window is no point of it.
        if from >= without.until.min(with.until) {
            continue;
        }
        let Some(fate) = fall(one, other) else { continue };
        match spans.last_mut() {
            Some((last, _, end)) if *last == fate && *end == from => *end = until,
            _ => spans.push((fate, from, until)),
        }
    }
    spans
        .into_iter()
        .map(|(fate, from, until)| {
            let rules = rules_of(fate, with, cause);
            PointsLost { fate, what: Lost::Points { from, until }, rules }
        })
        .collect()
}

/// The rule by which what is done has this effect, then what shapes what is left: the first reason of the bound that cut, as
/// the engine gives it.
fn rules_of(fate: Fate, with: &Window, cause: Option<RuleId>) -> Vec<RuleId> {
    let first = |reasons: &[Reason]| reasons.first().and_then(Reason::rule);
    let rule = match fate {
        Fate::AtRisk => first(&with.guaranteed_reasons),
        Fate::NotWhileSandbox => Some(RuleId::K6),
        Fate::Lost => first(&with.possible_reasons),
    };
    let mut rules: Vec<RuleId> = cause.into_iter().chain(rule).collect();
    rules.dedup();
    rules
}

fn backup(
    edition: &Edition,
    before: &Environment,
    after: &Environment,
    with: &Window,
    b: &ManualBackup,
    at: DateTime<Utc>,
    cause: Option<RuleId>,
) -> Option<PointsLost> {
    let without = manual_backup::judge(edition, before, b, at);
    let (label, point) = (b.label.clone(), b.point);
    let Some(kept) = after.backups.iter().find(|kept| kept.id == b.id) else {
        // The label is deleted; the instant stays what it is as a system point (M7).
        if without.certainty == Certainty::Gone {
            return None;
        }
        let left = match (with.certainty(point), with.leaves(point)) {
            (Certainty::Guaranteed, (Some(until), _)) => LeftOfLabel::Sure(until),
            (Certainty::Possible, (_, Some(until))) => LeftOfLabel::Possible(until),
            (Certainty::Dormant, _) => LeftOfLabel::Asleep,
            _ => LeftOfLabel::Nothing,
        };
        let what = Lost::Label { label, point, left };
        return Some(PointsLost { fate: Fate::Lost, what, rules: vec![RuleId::M5, RuleId::M7] });
    };
    let judged = manual_backup::judge(edition, after, kept, at);
    let fate = fall(without.certainty, judged.certainty)?;
    let rules = [RuleId::M4].into_iter().chain(cause).collect();
    Some(PointsLost { fate, what: Lost::Backup { label, point }, rules })
}
