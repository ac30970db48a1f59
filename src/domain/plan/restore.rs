//! The ordinary restore: one environment onto another or onto itself.

use super::super::edition::Edition;
use super::super::restore::RestoreRequest;
use super::super::tenant::Tenant;
use super::steps::{self, Scene};
use super::{Parts, afterwards, assumptions, deadlines, look};
use chrono::{DateTime, Utc};

pub(super) fn plan(edition: &Edition, tenant: &Tenant, request: &RestoreRequest, now: DateTime<Utc>) -> Option<Parts> {
    let scene = Scene::of_request(edition, tenant, request, now)?;
    let target = scene.target?;
    let mut list = vec![steps::sign_in(tenant)];
    list.extend(look::look(&scene));
    list.extend(steps::free_capacity(&scene, "1 GB"));
    list.extend(steps::see_point(&scene));
    list.push(steps::back_up_target(&scene, target));
    list.push(steps::validate(&scene));
    list.push(steps::restore(&scene));
    list.push(steps::watch(&scene));
    list.push(steps::verify_data(&scene));
    list.push(steps::work_through_checklist(&scene));
    list.extend(steps::who_may_enter(&scene));
    list.push(steps::leave_admin_mode(target));
    let title = if scene.onto_itself() {
        format!("Restore {} onto itself", scene.what())
    } else {
        format!("Restore {} onto {}", scene.what(), scene.target_name())
    };
    Some(Parts {
        title,
        steps: list,
        afterwards: afterwards::restore(&scene, &request.special_apps),
        deadlines: deadlines::restore(&scene),
        assumptions: assumptions::all(&scene),
    })
}
