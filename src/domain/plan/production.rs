//! R16: a Production environment is switched to Sandbox, restored onto, and switched back.

use super::super::deed::Setting;
use super::super::environment::{Environment, Kind};
use super::super::restore::{RestoreRequest, as_sandbox, points_at_risk};
use super::super::rule::RuleId;
use super::parts::{Action, Parts, SaysHeard, Step};
use super::steps::{self, PlanScene};
use super::{Task, afterwards, assumptions, deadlines, look};
use crate::domain::moment::Moment;

pub(super) fn plan(moment: Moment<'_>, request: &RestoreRequest, says: SaysHeard) -> Option<Parts> {
    let Moment { edition, tenant, now } = moment;
    let scene = PlanScene::of_request(moment, request, says)?;
    let target = scene.target?;
    let switched = as_sandbox(tenant, &target.id, now);
    let after_switch = PlanScene::of_request(moment.of(&switched), request, says)?;
    let mut list = vec![steps::sign_in()];
    list.extend(look::look(&scene));
    list.extend(steps::free_capacity(&scene));
    list.extend(steps::see_point(&scene));
    list.push(Step::of(
        Task::RiskOlderPoints(points_at_risk(edition, target, now)),
        Action::Manual,
        &[RuleId::K6, RuleId::D9, RuleId::R16],
    ));
    // What covers the target once it is a Sandbox: seven days, whatever its retention is now.
    list.push(steps::back_up_target(&after_switch, after_switch.target?));
    list.push(switch(target, Task::SwitchToSandbox, Kind::Sandbox).destroys());
    list.push(steps::validate(&scene));
    list.push(steps::restore(&scene));
    list.push(steps::watch());
    list.push(steps::verify_data());
    list.push(switch(target, Task::SwitchBack, Kind::Production));
    list.push(steps::work_through_checklist());
    list.extend(steps::who_may_enter(&scene));
    list.push(steps::leave_admin_mode(target));
    list.push(Step::of(
        Task::CheckRetention,
        Action::Inspect { environment: target.id.clone() },
        &[RuleId::K1, RuleId::K6],
    ));
    Some(Parts {
        subject: scene.subject(),
        steps: list,
        afterwards: afterwards::production(&scene, &request.special_apps),
        deadlines: deadlines::production(&scene, &after_switch),
        assumptions: assumptions::production(&scene, &after_switch),
    })
}

fn switch(target: &Environment, task: Task, to: Kind) -> Step {
    let action = Action::Set { environment: target.id.clone(), setting: Setting::Kind(to) };
    Step::of(task, action, &[RuleId::R16, RuleId::K6])
}
