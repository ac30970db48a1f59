//! The pair and the gates: every broken rule with its remedy, every unknown one with its question.

use super::super::compare::{self, WorsePair};
use super::super::edition::Edition;
use super::super::eligibility::{self, Judgement};
use super::super::environment::Environment;
use super::super::manual_backup;
use super::super::remedy::{self, Mend, Remedy};
use super::super::retention::{self, Certainty};
use super::super::rule::RuleId;
use super::checks::{Checks, Weight};
use super::request::Point;
use super::{Cause, Mending, WorsePoint};
use crate::domain::moment::Moment;
use chrono::{DateTime, Utc};

/// T1 to T6, T8 and T10.
pub(super) fn pair(edition: &Edition, source: &Environment, target: &Environment, list: &mut Checks) {
    let verdict = eligibility::judge(edition, source, target);
    if !verdict.broken.is_empty() {
        let mend = remedy::mend(edition, source, target);
        list.judged(Weight::Stop, &verdict.broken, |j| mending(&mend, j));
    }
    for judgement in &verdict.unknown {
        // Nobody can answer what the service and the rules say differently: the plan tries it before anything is overwritten.
        let (weight, mending) = match judgement.asks.is_empty() {
            true if judgement.is_of(RuleId::T10) => (Weight::Caution, Mending::TryFirst),
            true => (Weight::Caution, Mending::Nothing),
            false => (Weight::Ask, Mending::Answer),
        };
        list.judged(weight, [judgement], |_| mending.clone());
    }
    list.judged(Weight::Caution, &verdict.cautions, |_| Mending::Nothing);
    if let Some(settled) = eligibility::settled(edition, source, target) {
        list.note(RuleId::T10, Cause::RestsOnList(settled));
    }
}

/// T7 and T9.
pub(super) fn gates(moment: Moment<'_>, source: &Environment, target: &Environment, list: &mut Checks) {
    let edition = moment.edition;
    let verdict = eligibility::gates(moment, source, target);
    let gone = source.deleted.is_some() || target.deleted.is_some();
    let left_disabled = source.id != target.id && eligibility::left_disabled(edition, source).is_some();
    list.judged(Weight::Stop, &verdict.broken, |j| match j.is_of(RuleId::T7) {
        true => Mending::FreeStorage,
        _ if left_disabled => Mending::MendLeftDisabled,
        _ if gone => Mending::RecoverFirst,
        _ => Mending::Wait,
    });
    list.judged(Weight::Caution, &verdict.unknown, |j| match j.is_of(RuleId::T7) {
        true => Mending::LookUpStorage,
        false => Mending::Look,
    });
    list.judged(Weight::Caution, &verdict.cautions, |_| Mending::Nothing);
}

impl Checks {
    /// Judgements as checks, each with what mends it.
    pub(super) fn judged<'j>(
        &mut self,
        weight: Weight,
        judged: impl IntoIterator<Item = &'j Judgement>,
        mending: impl Fn(&Judgement) -> Mending,
    ) {
        for judgement in judged {
            if let Some(rule) = judgement.rule() {
                let cause = Cause::Pair(judgement.cause.clone(), mending(judgement));
                self.add(weight, rule, cause, judgement.asks.clone());
            }
        }
    }
}

/// Where the newest edition gives a worse answer than the chosen one.
pub(super) fn newest(
    edition: &Edition,
    source: &Environment,
    target: &Environment,
    point: &Point,
    now: DateTime<Utc>,
    list: &mut Checks,
) {
    let worse = compare::newest_is_worse_for_pair(edition, source, target);
    for (rule, worse) in worse.into_iter().flat_map(WorsePair::by_rule) {
        list.caution(rule, Cause::WorsePair(worse, None));
    }
    newest_of_source(edition, source, point, now, list);
}

/// The same for what concerns the source alone: the point and the window.
pub(super) fn newest_of_source(
    edition: &Edition,
    source: &Environment,
    point: &Point,
    now: DateTime<Utc>,
    list: &mut Checks,
) {
    if let Some(worse) = newest_is_worse_for_point(edition, source, point, now) {
        list.caution(worse.rule(), Cause::WorsePoint(worse));
    }
    if let Some(worse) = compare::newest_is_worse_for_window(edition, source, now) {
        list.note(RuleId::K1, Cause::WorseWindow(worse));
    }
}

impl WorsePoint {
    /// The rule by which the point ends.
    pub fn rule(&self) -> RuleId {
        if self.at.is_some() { RuleId::K1 } else { RuleId::M4 }
    }
}

/// Where the newest edition promises less of this very point than the chosen one.
pub(crate) fn newest_is_worse_for_point(
    edition: &Edition,
    source: &Environment,
    point: &Point,
    now: DateTime<Utc>,
) -> Option<WorsePoint> {
    let newest = compare::newer_than(edition)?;
    let (at, before, after) = match point {
        Point::System(at) => {
            let under = |e| retention::window(e, source, now).certainty(*at);
            (Some(*at), under(edition), under(newest))
        }
        Point::Manual(id) => {
            let backup = source.backups.iter().find(|b| b.id == *id)?;
            let under = |e| manual_backup::judge(e, source, backup, now).certainty;
            (None, under(edition), under(newest))
        }
    };
    let gone = match (before, after) {
        (Certainty::Guaranteed | Certainty::Possible, Certainty::Gone | Certainty::Dormant) => true,
        (Certainty::Guaranteed, Certainty::Possible) => false,
        _ => return None,
    };
    Some(WorsePoint { newest, at, gone })
}

/// What mends a broken rule.
fn mending(mend: &Mend, judgement: &Judgement) -> Mending {
    if judgement.is_of(RuleId::T10) {
        return Mending::AskAgain;
    }
    let mends = |r: &&Remedy| r.mends.iter().any(|rule| judgement.is_of(*rule));
    let changes: Vec<Remedy> = mend.changes.iter().flatten().filter(mends).cloned().collect();
    match &mend.new_target {
        _ if !changes.is_empty() => Mending::Changes(changes),
        Some(new) => Mending::Create(new.clone()),
        None => Mending::NothingMends,
    }
}
