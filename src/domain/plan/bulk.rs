//! R17: bulk-deleted records come back through a new, empty environment; nothing is overwritten.

use super::super::characters::one_line;
use super::super::edition::Edition;
use super::super::environment::EnvironmentId;
use super::super::remedy::NewTarget;
use super::super::restore::{Point, new_target};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::super::words::{day, instant};
use super::steps::{self, Scene, step};
use super::{Action, NewTargetSpec, Parts, Step, afterwards, assumptions, deadlines, look};
use crate::words::Say;
use chrono::{DateTime, Utc};

pub(super) fn plan(
    edition: &Edition,
    tenant: &Tenant,
    source: &EnvironmentId,
    point: &Point,
    include_audit_logs: bool,
    now: DateTime<Utc>,
) -> Option<Parts> {
    let source = tenant.get(source)?;
    let scene = Scene::new(edition, tenant, source, point, include_audit_logs, now)?;
    let (new, _) = new_target(edition, source)?;
    let mut list = vec![steps::sign_in(tenant)];
    list.extend(look::look(&scene));
    list.extend(steps::free_capacity(&scene, "1 GB to create and 1 GB to restore"));
    list.extend(steps::see_point(&scene));
    list.push(create(&scene, &new));
    list.push(wait());
    list.push(verify_facts(&scene, &new));
    list.push(steps::validate(&scene));
    list.push(steps::restore(&scene));
    list.push(steps::watch(&scene));
    list.push(compare(&scene));
    list.push(carry_over(&scene));
    list.push(clean_up());
    Some(Parts {
        title: format!("Bring deleted records of {} back from {}", scene.source_name(), instant(scene.point)),
        steps: list,
        afterwards: afterwards::bulk(&scene),
        deadlines: deadlines::restore(&scene),
        assumptions: assumptions::all(&scene),
    })
}

/// The name of the new environment: plain characters only, so that every tool takes it.
fn new_name(scene: &Scene) -> String {
    let plain: String = scene.source.name.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect();
    match one_line(plain.trim_start_matches(['-', ' ']), 40) {
        name if name.is_empty() => format!("Recovered records {}", day(scene.point)),
        name => format!("{name} recovered {}", day(scene.point)),
    }
}

fn create(scene: &Scene, new: &NewTarget) -> Step {
    Step {
        admin_center:
            "Environments > New, with a Dataverse database, without Dynamics 365 apps and without sample data"
                .to_string(),
        verify: "The list of environments shows it.".to_string(),
        consequence: "Uses at least 1 GB of capacity. Nothing that exists is touched.".to_string(),
        caution: Some(new.says().sentence().to_string()),
        rules: [vec![RuleId::R17, RuleId::R15], steps::pair_rules(scene)].concat(),
        ..step(
            "create-environment",
            format!("Create a new, empty {} environment", new.kind),
            Action::CreateEnvironment(NewTargetSpec::from_target(new, new_name(scene))),
        )
    }
}

fn wait() -> Step {
    Step {
        admin_center: "Environments: the state of the new environment".to_string(),
        verify: "Its state is Ready, and its id is noted: the commands of the next steps need it.".to_string(),
        rules: vec![RuleId::R17],
        ..step(
            "wait-for-environment",
            "Wait until the new environment is ready, and note its id".to_string(),
            Action::Manual,
        )
    }
}

fn verify_facts(scene: &Scene, new: &NewTarget) -> Step {
    Step {
        admin_center: "Environments > the new environment".to_string(),
        verify: format!(
            "It is a {} environment with Dataverse, in the region of {}; managed, key and policies are as said.",
            new.kind,
            scene.source_name()
        ),
        caution: Some(format!("{} If one of them differs, mend it before you go on.", new.says().sentence())),
        rules: steps::pair_rules(scene),
        ..step("verify-environment", "Check that the new environment can be restored to".to_string(), Action::Manual)
    }
}

fn compare(scene: &Scene) -> Step {
    Step {
        who: "Somebody who knows the records, with rights to them in both environments.".to_string(),
        admin_center: "Environments > the new environment > Open".to_string(),
        verify: format!("The list of the records that {} lacks is written down and checked.", scene.source_name()),
        caution: Some(format!(
            "Leave the new environment in administration mode. Records that were deleted on purpose since {} are there as well.",
            instant(scene.point)
        )),
        rules: vec![RuleId::R17, RuleId::R9],
        ..step("find-records", "Find the records that were deleted".to_string(), Action::Manual)
    }
}

fn carry_over(scene: &Scene) -> Step {
    let name = scene.source_name();
    Step {
        who: "Somebody who knows the records, with rights to them in both environments.".to_string(),
        admin_center: "By hand: export and import, or a data migration tool".to_string(),
        verify: format!("The records are in {name} once each, with their ids, owners and relations."),
        consequence: format!("Adds records to {name}; flows and workflows of {name} may react to them."),
        caution: Some("Parents before children; try it with a few records first.".to_string()),
        rules: vec![RuleId::R17],
        ..step("carry-over", format!("Carry the records over to {name}"), Action::Manual)
    }
}

fn clean_up() -> Step {
    Step {
        admin_center: "Environments > the new environment > Delete".to_string(),
        verify: "The list of environments no longer shows it.".to_string(),
        consequence: "Frees the capacity. A deleted environment can be recovered for seven days.".to_string(),
        caution: Some("Only once the records are back and checked. Compare the name and the id: delete the new environment, not the original.".to_string()),
        destructive: true,
        rules: vec![RuleId::R17, RuleId::X1],
        ..step("clean-up", "Delete the new environment".to_string(), Action::Manual)
    }
}
