//! The ways that restore a backup: onto itself, through Sandbox, to a new environment, onto another environment.

use super::super::environment::{Environment, EnvironmentId};
use super::super::instants::earlier;
use super::super::plan::Purpose;
use super::super::restore::{Point, RestoreRequest, SAFE_LEAD};
use super::super::rule::RuleId;
use super::super::words::{instant, quoted};
use super::judge::{Judged, judge};
use super::words::{Sorted, line, sort};
use super::{Doubt, Line, Mishap, Scene, Standing, Way, WayKind};

/// Onto itself, through Sandbox, or to a new environment.
pub(super) fn own(scene: &Scene, kind: WayKind) -> Way {
    let (env, name, at) = (scene.env, quoted(scene.env), instant(scene.point));
    let onto_itself = request(scene, &env.id);
    let (purpose, title, does) = match kind {
        WayKind::ThroughSandbox => (
            Purpose::RestoreToProduction(onto_itself),
            format!("Switch {name} to Sandbox, restore it, switch it back"),
            format!(
                "Production is never overwritten directly: {name} becomes a Sandbox, is restored to {at}, and becomes Production again as soon as possible."
            ),
        ),
        WayKind::Beside => (
            Purpose::BulkDeletion {
                source: env.id.clone(),
                point: Point::System(scene.point),
                include_audit_logs: false,
            },
            match scene.mishap {
                Mishap::NeedCopy => format!("Restore {name} to a new environment"),
                Mishap::RecordsLost => format!("Restore {name} to a new environment and carry the records over"),
                _ => format!("Restore {name} to a new environment beside it"),
            },
            format!("A new, empty environment is created and gets the state of {at}; {name} stays as it is."),
        ),
        _ => (
            Purpose::Restore(onto_itself),
            format!("Restore {name} onto itself"),
            format!("{name} is overwritten by its own state of {at}."),
        ),
    };
    let target = (kind != WayKind::Beside).then(|| env.id.clone());
    let judged = judge(scene.edition, scene.tenant, &purpose, scene.now);
    let mut way = way(scene, kind, target, title, does, purpose, judged);
    match kind {
        WayKind::Beside => beside(scene, &mut way),
        _ if way.standing != Standing::Closed => {
            let since = line(&format!("what was entered or changed in {name} since {at}"), "", &[RuleId::R3]);
            way.lost.insert(0, since);
            way.lost.extend(perhaps_too_early(scene));
        }
        _ => {}
    }
    way
}

/// Onto another environment that is there.
pub(super) fn onto(scene: &Scene, target: &Environment) -> Way {
    let (name, onto) = (quoted(scene.env), quoted(target));
    let purpose = Purpose::Restore(request(scene, &target.id));
    let judged = judge(scene.edition, scene.tenant, &purpose, scene.now);
    let title = match scene.mishap {
        Mishap::RecordsLost => format!("Restore {name} onto {onto} and carry the records over"),
        _ => format!("Restore {name} onto {onto}"),
    };
    let does =
        format!("{onto} is overwritten by the state of {name} of {}; {name} stays as it is.", instant(scene.point));
    let mut way = way(scene, WayKind::Another, Some(target.id.clone()), title, does, purpose, judged);
    if way.standing != Standing::Closed && scene.mishap != Mishap::NeedCopy {
        way.costs.push(by_hand(&name));
    }
    way
}

fn request(scene: &Scene, target: &EnvironmentId) -> RestoreRequest {
    RestoreRequest {
        source: scene.env.id.clone(),
        target: target.clone(),
        point: Point::System(scene.point),
        include_audit_logs: false,
        new_name: None,
        special_apps: Vec::new(),
    }
}

fn way(
    scene: &Scene,
    kind: WayKind,
    target: Option<EnvironmentId>,
    title: String,
    does: String,
    purpose: Purpose,
    judged: Judged,
) -> Way {
    let closed = judged.standing == Standing::Closed;
    // What a way that does not exist would bring and cost is of no use to anybody.
    let sorted = if closed { Sorted::default() } else { sort(&judged.checks) };
    let mut overwritten = sorted.overwritten;
    // The checks stop at what they ask for; what is overwritten is so all the same.
    if let Some(whole) =
        target.as_ref().and_then(|id| scene.tenant.get(id)).filter(|_| !closed && overwritten.is_empty())
    {
        overwritten.push(line(&format!("{} is overwritten whole", quoted(whole)), "", &[RuleId::R3]));
    }
    let mut recovered = Vec::new();
    if !closed {
        let says = format!("{} as it was at {}", quoted(scene.env), instant(scene.point));
        recovered.push(line(&says, "", &[RuleId::R1]));
    }
    recovered.extend(sorted.recovered);
    let (mut costs, mut heed) = (sorted.costs, sorted.heed);
    if !closed {
        // Where people go on working in what was restored; the records that are carried over need none of it.
        if kind != WayKind::Beside || scene.mishap == Mishap::NeedCopy {
            costs.push(line(
                "afterwards connections are made anew, apps that were shared with everyone are shared again, and canvas apps have \
                 other ids",
                "",
                &[RuleId::R11, RuleId::R12, RuleId::R13],
            ));
        }
        if scene.env.dynamics.get() != Some(&false) {
            heed.push(line(
                "some apps have procedures of their own, such as Dynamics 365 Marketing, Finance and Customer Service",
                "name them in the wizard if you have one of them",
                &[RuleId::R19],
            ));
        }
    }
    if judged.doubt == Some(Doubt::AfterFailure) && !closed {
        let says = format!(
            "a failed restore left {} disabled: it may be restored onto again, but whether its own backup can then be the source \
             is not said",
            quoted(scene.env)
        );
        heed.insert(0, line(&says, "look in the admin center whether it is offered", &[RuleId::R20]));
    }
    Way {
        kind,
        target,
        title,
        does,
        standing: judged.standing,
        certainty: Some(judged.certainty),
        doubt: judged.doubt,
        purpose: Some(purpose),
        until: judged.until,
        sure_until: judged.sure_until,
        start_before: judged.sure_until.map(|at| earlier(at, SAFE_LEAD)),
        recovered,
        lost: sorted.lost,
        overwritten,
        costs,
        duration: scene.edition.restore_duration.to_string(),
        against: judged.against,
        changes: judged.changes,
        open: judged.open,
        questions: judged.questions,
        heed,
    }
}

fn beside(scene: &Scene, way: &mut Way) {
    if way.standing == Standing::Closed {
        return;
    }
    let name = quoted(scene.env);
    if scene.mishap == Mishap::NeedCopy {
        // R17 describes the way for lost records: the rest of its plan is not wanted here.
        way.recovered.retain(|l| !l.rules.contains(&RuleId::R17));
        way.recovered.push(line(&format!("{name} stays as it is"), "", &[RuleId::R17]));
        way.heed.push(line(
            "the plan is the one for lost records",
            "leave out its last steps: finding the records, carrying them over, and deleting the new environment",
            &[RuleId::R17],
        ));
    } else {
        way.costs.push(by_hand(&name));
    }
}

fn by_hand(name: &str) -> Line {
    line(
        &format!("carrying over what is needed to {name} is work by hand: export and import, or a data migration tool"),
        "",
        &[RuleId::R17],
    )
}

/// Where it is not known when exactly it happened, going back to before the earliest instant may lose good work as well.
fn perhaps_too_early(scene: &Scene) -> Option<Line> {
    let when = scene.when.filter(|w| w.latest > w.earliest)?;
    Some(line(
        &format!(
            "if it happened only at {}, the good work since {} is lost with the rest",
            instant(when.latest),
            instant(scene.point)
        ),
        "find out when exactly before you overwrite anything",
        &[RuleId::R3],
    ))
}
