//! R26: what an operation that the service listed is to a plan.

use crate::restore_support;

use crate::planned::plan;
use chrono::TimeDelta;
use restore_desk::domain::environment::EnvironmentId;
use restore_desk::domain::plan::ended::{OfPlan, compare};
use restore_desk::domain::plan::{Plan, Purpose};
use restore_desk::domain::service::{Act, Ended, ServiceOperation};
use restore_support::*;

fn made() -> Plan {
    let purpose = Purpose::Restore(request(PROD, BOX, hours_ago(30)));
    plan(seed(), &tenant(), &purpose, now()).expect("a plan")
}

/// The restore of the plan, as the service lists it.
fn operation() -> ServiceOperation {
    ServiceOperation {
        id: "o1".into(),
        act: Act::Restore,
        ended: Ended::Succeeded,
        began: now() + TimeDelta::hours(1),
        last: Some(now() + TimeDelta::hours(3)),
        environment: Some(id(BOX)),
        source: Some(id(PROD)),
    }
}

#[track_caller]
fn check(change: impl Fn(&mut ServiceOperation), expect: OfPlan, says: &str) {
    let mut o = operation();
    change(&mut o);
    let (plan, tenant) = (made(), tenant());
    let found = compare(&plan, None, &o);
    assert_eq!(found, expect);
    assert_eq!(found.ticks(), matches!(expect, OfPlan::Succeeded { .. }));
    let said = found.says(&plan, &tenant).to_string();
    assert!(said.contains(says), "{said}");
}

#[test]
fn the_restore_of_the_plan_and_everything_else() {
    let end = now() + TimeDelta::hours(3);
    check(|_| {}, OfPlan::Succeeded { at: end }, "succeeded at");
    check(|o| o.environment = Some(id(&BOX.to_uppercase())), OfPlan::Succeeded { at: end }, "succeeded at");
    check(|o| o.began = now(), OfPlan::Succeeded { at: end }, "succeeded at");
    check(|o| o.ended = Ended::Failed, OfPlan::Failed { at: end, cancelled: false }, "its step stays open");
    check(|o| o.ended = Ended::Cancelled, OfPlan::Failed { at: end, cancelled: true }, "was cancelled");
    check(
        |o| o.ended = Ended::Running,
        OfPlan::Runs { since: now() + TimeDelta::hours(1) },
        "had not ended when the service was asked",
    );
    check(|o| o.ended = Ended::Other("Odd".into()), OfPlan::State { word: "Odd".into() }, "`Odd`");
    check(|o| o.source = None, OfPlan::SourceNotSaid { ended: Ended::Succeeded, at: end }, "does not name its source");
    check(|o| o.source = Some(id(BOX)), OfPlan::OtherSource { source: id(BOX) }, "something else");
    check(|o| o.environment = Some(id(PROD)), OfPlan::OtherTarget { target: id(PROD) }, "not the one of the plan");
    check(|o| o.environment = None, OfPlan::TargetNotSaid, "does not say onto which environment");
    check(|o| o.act = Act::Copy, OfPlan::OtherAct { act: Act::Copy }, "an operation “Copy”");
    let before = now() - TimeDelta::minutes(1);
    check(|o| o.began = before, OfPlan::Before { began: before }, "before the plan was made");
}

#[test]
fn what_is_about_the_restore_of_the_plan() {
    let (at, id) = (now(), id(BOX));
    for of_plan in [
        OfPlan::Succeeded { at },
        OfPlan::Failed { at, cancelled: true },
        OfPlan::OtherSource { source: id.clone() },
        OfPlan::Before { began: at },
    ] {
        assert!(of_plan.concerns(), "{of_plan:?}");
    }
    for other in [
        OfPlan::NoTarget,
        OfPlan::OtherAct { act: Act::Copy },
        OfPlan::TargetNotSaid,
        OfPlan::OtherTarget { target: id },
    ] {
        assert!(!other.concerns(), "{other:?}");
    }
}

#[test]
fn the_target_that_a_plan_creates() {
    let purpose = Purpose::BulkDeletion {
        source: id(PROD),
        point: restore_desk::domain::restore::Point::System(hours_ago(30)),
        include_audit_logs: false,
        special_apps: vec![],
    };
    let plan = plan(seed(), &tenant(), &purpose, now()).expect("a plan");
    assert_eq!(compare(&plan, None, &operation()), OfPlan::NoTarget);
    let new = EnvironmentId::new("new");
    let onto_new = ServiceOperation { environment: Some(new.clone()), ..operation() };
    assert!(compare(&plan, Some(&new), &onto_new).ticks());
}
