//! The ordinary restore: one environment onto another or onto itself.

use super::super::restore::RestoreRequest;
use super::parts::{Parts, SaysHeard};
use super::steps::{self, PlanScene};
use super::{afterwards, assumptions, deadlines, look};
use crate::domain::moment::Moment;

pub(super) fn plan(moment: Moment<'_>, request: &RestoreRequest, says: SaysHeard) -> Option<Parts> {
    let scene = PlanScene::of_request(moment, request, says)?;
    let target = scene.target?;
    let mut list = vec![steps::sign_in()];
    list.extend(look::look(&scene));
    list.extend(steps::free_capacity(&scene));
    list.extend(steps::see_point(&scene));
    list.push(steps::back_up_target(&scene, target));
    list.push(steps::validate(&scene));
    list.push(steps::restore(&scene));
    list.push(steps::watch());
    list.push(steps::verify_data());
    list.push(steps::work_through_checklist());
    list.extend(steps::who_may_enter(&scene));
    list.push(steps::leave_admin_mode(target));
    Some(Parts {
        subject: scene.subject(),
        steps: list,
        afterwards: afterwards::restore(&scene, &request.special_apps),
        deadlines: deadlines::restore(&scene),
        assumptions: assumptions::all(&scene),
    })
}
