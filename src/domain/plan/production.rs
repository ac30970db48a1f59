//! R16: a Production environment is switched to Sandbox, restored onto, and switched back.

use super::super::edition::Edition;
use super::super::environment::Environment;
use super::super::restore::{RestoreRequest, as_sandbox, points_at_risk};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::super::words::from_text;
use super::super::words::{instant, quoted};
use super::steps::{self, Scene, step};
use super::{Action, Parts, Step, afterwards, assumptions, deadlines, look};
use chrono::{DateTime, Utc};

pub(super) fn plan(edition: &Edition, tenant: &Tenant, request: &RestoreRequest, now: DateTime<Utc>) -> Option<Parts> {
    let scene = Scene::of_request(edition, tenant, request, now)?;
    let target = scene.target?;
    let switched = as_sandbox(tenant, &target.id, now);
    let after_switch = Scene::of_request(edition, &switched, request, now)?;
    let mut list = vec![steps::sign_in(tenant)];
    list.extend(look::look(&scene));
    list.extend(steps::free_capacity(&scene, "1 GB"));
    list.extend(steps::see_point(&scene));
    list.push(older_points(&scene, target));
    // What covers the target once it is a Sandbox: seven days, whatever its retention is now.
    list.push(steps::back_up_target(&after_switch, after_switch.target?));
    list.push(to_sandbox(target));
    list.push(Step {
        caution: Some(
            "If it is refused, nothing has been overwritten yet: read the reason, and switch back to Production at once."
                .to_string(),
        ),
        ..steps::validate(&scene)
    });
    list.push(steps::restore(&scene));
    let watch = steps::watch(&scene);
    let failed = watch.caution.clone().unwrap_or_default();
    list.push(Step {
        caution: Some(format!(
            "{failed} As long as it is a Sandbox the older backups are at risk: if you give up, switch back to Production."
        )),
        ..watch
    });
    list.push(steps::verify_data(&scene));
    list.push(back_to_production(target));
    list.push(steps::work_through_checklist(&scene));
    list.extend(steps::who_may_enter(&scene));
    list.push(Step {
        caution: Some("After switching back to Production administration mode may still be on.".to_string()),
        ..steps::leave_admin_mode(target)
    });
    list.push(check_retention(target));
    let from = if scene.onto_itself() { String::new() } else { format!(" from {}", scene.source_name()) };
    Some(Parts {
        title: format!("Restore the Production environment {}{from} to {}", scene.target_name(), instant(scene.point)),
        steps: list,
        afterwards: afterwards::production(&scene, &request.special_apps),
        deadlines: deadlines::production(&scene, &after_switch),
        assumptions: assumptions::production(&scene, &after_switch),
    })
}

fn older_points(scene: &Scene, target: &Environment) -> Step {
    let name = quoted(target);
    let risk = match points_at_risk(scene.edition, target, scene.now) {
        Some((from, until)) => format!(
            "At risk: the backups of {name} from {} to {}. They cannot be chosen while it is a Sandbox, are never guaranteed from the \
             switch on, and may be lost. If you may need one of them, stop here and restore to another environment, a Sandbox.",
            from_text(from),
            from_text(until)
        ),
        None => format!("{name} has no backups older than seven days, so the switch puts none at risk."),
    };
    Step {
        who: "Whoever answers for the data.".to_string(),
        admin_center: format!("Environments > {name} > Backup & Restore > Restore or manage"),
        verify: "It is decided and noted that none of the older points is needed.".to_string(),
        caution: Some(risk),
        rules: vec![RuleId::K6, RuleId::D9, RuleId::R16],
        ..step("note-older-points", format!("Decide whether the older backups of {name} can be risked"), Action::Manual)
    }
}

fn to_sandbox(target: &Environment) -> Step {
    let name = quoted(target);
    Step {
        admin_center: format!("Environments > {name} > Convert to sandbox"),
        verify: format!("The list of environments shows {name} as Sandbox."),
        consequence: "From now on seven days of backups can be chosen; older ones are at risk until it is switched back, and after. Users are affected.".to_string(),
        caution: Some("Do not wait after this step: go on at once, and switch back as soon as possible.".to_string()),
        destructive: true,
        rules: vec![RuleId::R16, RuleId::K6],
        ..step(
            "switch-to-sandbox",
            format!("Switch {name} from Production to Sandbox"),
            Action::SwitchKind { environment: target.id.clone(), to_sandbox: true },
        )
    }
}

fn back_to_production(target: &Environment) -> Step {
    let name = quoted(target);
    Step {
        admin_center: format!("Environments > {name} > Convert to production"),
        verify: format!("The list of environments shows {name} as Production."),
        consequence:
            "The retention of Production holds again. Backups older than seven days are possible then, not sure."
                .to_string(),
        caution: Some(
            "As soon as possible: no deadline is documented, and every hour puts the older backups at risk."
                .to_string(),
        ),
        rules: vec![RuleId::R16, RuleId::K6],
        ..step(
            "switch-to-production",
            format!("Switch {name} back to Production, as soon as possible"),
            Action::SwitchKind { environment: target.id.clone(), to_sandbox: false },
        )
    }
}

fn check_retention(target: &Environment) -> Step {
    let name = quoted(target);
    Step {
        admin_center: format!("Environments > {name} > Backup & Restore > Restore or manage"),
        verify: "The retention period is what it was, and the oldest point on offer is noted.".to_string(),
        caution: Some("If the setting has fallen back to 7 days, set it again.".to_string()),
        rules: vec![RuleId::K1, RuleId::K6],
        ..step(
            "check-retention",
            format!("Check the retention of {name}"),
            Action::Inspect { environment: target.id.clone() },
        )
    }
}
