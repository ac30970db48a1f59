//! The ways that restore a backup: onto itself, through Sandbox, to a new environment, onto another environment.

use super::super::environment::{Environment, EnvironmentId};
use super::super::instants::earlier;
use super::super::plan::Purpose;
use super::super::restore::{Point, RestoreRequest, SAFE_LEAD};
use super::super::rule::RuleId;
use super::case::Mishap;
use super::judge::{JudgedPurpose, judge};
use super::scene::AdviceScene;
use super::sort::{Sorted, line, sort};
use super::ways::{Way, WayDoubt, WayKind, WayStanding};
use super::{Aim, Cause};
use crate::domain::moment::Moment;

/// Onto itself, through Sandbox, or to a new environment.
pub(super) fn own(scene: &AdviceScene, kind: WayKind) -> Way {
    let env = scene.env;
    let onto_itself = request(scene, &env.id);
    let purpose = match kind {
        WayKind::ThroughSandbox => Purpose::RestoreToProduction(onto_itself),
        WayKind::Beside => Purpose::BulkDeletion {
            source: env.id.clone(),
            point: Point::System(scene.point),
            include_audit_logs: false,
            special_apps: Vec::new(),
        },
        _ => Purpose::Restore(onto_itself),
    };
    let target = (kind != WayKind::Beside).then_some(env);
    let mut way = way(scene, kind, target, scene.aim(None), purpose);
    match kind {
        WayKind::Beside => beside(scene, &mut way),
        _ if way.standing != WayStanding::Closed => {
            way.lost.insert(0, line(Cause::Since(env.into(), scene.point), &[RuleId::R3]));
            // Where it is not known when exactly it happened, going back to before the earliest instant may lose good work as well.
            if let Some(when) = scene.when.filter(|w| w.latest > w.earliest) {
                way.lost.push(line(Cause::PerhapsTooEarly(when.latest, scene.point), &[RuleId::R3]));
            }
        }
        _ => {}
    }
    way
}

/// Onto another environment that is there.
pub(super) fn onto(scene: &AdviceScene, target: &Environment) -> Way {
    let purpose = Purpose::Restore(request(scene, &target.id));
    let mut way = way(scene, WayKind::Another, Some(target), scene.aim(Some(target)), purpose);
    if way.standing != WayStanding::Closed && scene.mishap != Mishap::NeedCopy {
        way.costs.push(line(Cause::ByHand(scene.env.into()), &[RuleId::R17]));
    }
    way
}

fn request(scene: &AdviceScene, target: &EnvironmentId) -> RestoreRequest {
    RestoreRequest {
        source: scene.env.id.clone(),
        target: target.clone(),
        point: Point::System(scene.point),
        include_audit_logs: false,
        new_name: None,
        special_apps: Vec::new(),
    }
}

fn way(scene: &AdviceScene, kind: WayKind, target: Option<&Environment>, aim: Aim, purpose: Purpose) -> Way {
    let judged = judge(Moment::new(scene.edition, scene.tenant, scene.now), &purpose);
    // What a way that does not exist would bring and cost is of no use to anybody.
    let sorted = match judged.standing {
        WayStanding::Closed => Sorted::default(),
        _ => brings(scene, kind, target, &judged),
    };
    Way {
        kind,
        target: target.map(|target| target.id.clone()),
        aim,
        standing: judged.standing,
        certainty: Some(judged.certainty),
        doubt: judged.doubt,
        purpose: Some(purpose),
        until: judged.until,
        sure_until: judged.sure_until,
        start_before: judged.sure_until.map(|at| earlier(at, SAFE_LEAD)),
        recovered: sorted.recovered,
        lost: sorted.lost,
        overwritten: sorted.overwritten,
        costs: sorted.costs,
        takes: Some(scene.edition.restore_duration),
        against: judged.against,
        changes: judged.changes,
        open: judged.open,
        questions: judged.questions,
        heed: sorted.heed,
    }
}

/// What a way that is not closed brings, costs and what to heed.
fn brings(scene: &AdviceScene, kind: WayKind, target: Option<&Environment>, judged: &JudgedPurpose) -> Sorted {
    let mut sorted = sort(&judged.checks);
    // The checks stop at what they ask for; what is overwritten is so all the same.
    if let Some(whole) = target.filter(|_| sorted.overwritten.is_empty()) {
        sorted.overwritten.push(line(Cause::OverwrittenWhole(whole.into()), &[RuleId::R3]));
    }
    sorted.recovered.insert(0, line(Cause::AsItWas(scene.env.into(), scene.point), &[RuleId::R1]));
    // Where people go on working in what was restored; the records that are carried over need none of it. Onto an environment that is
    // there the checks say it.
    if kind == WayKind::Beside && scene.mishap == Mishap::NeedCopy {
        sorted.costs.push(line(Cause::MadeAnew, &[RuleId::R11, RuleId::R12, RuleId::R13]));
    }
    if scene.env.dynamics.get() != Some(&false) {
        sorted.heed.push(line(Cause::OwnProcedures, &[RuleId::R19]));
    }
    if judged.doubt == Some(WayDoubt::AfterFailure) {
        sorted.heed.insert(0, line(Cause::LeftDisabled(scene.env.into()), &[RuleId::R20]));
    }
    sorted
}

fn beside(scene: &AdviceScene, way: &mut Way) {
    if way.standing == WayStanding::Closed {
        return;
    }
    if scene.mishap == Mishap::NeedCopy {
        // R17 describes the way for lost records: the rest of its plan is not wanted here.
        way.recovered.retain(|l| !l.rules.contains(&RuleId::R17));
        way.recovered.push(line(Cause::StaysAsItIs(scene.env.into()), &[RuleId::R17]));
        way.heed.push(line(Cause::PlanForLostRecords, &[RuleId::R17]));
    } else {
        way.costs.push(line(Cause::ByHand(scene.env.into()), &[RuleId::R17]));
    }
}
