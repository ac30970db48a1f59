//! Everything that a restore leaves behind, as a checklist.

use super::super::characters::one_line;
use super::super::environment::Kind;
use super::super::restore::SpecialApp;
use super::super::rule::RuleId;
use super::super::words::instant;
use super::steps::Scene;
use super::{Item, Items};

const ADMIN_MODE: &str = "https://learn.microsoft.com/power-platform/admin/admin-mode#set-administration-mode";

pub(super) fn restore(scene: &Scene, apps: &[SpecialApp]) -> Vec<Item> {
    let mut items = Items::default();
    common(scene, apps, &mut items);
    items.done()
}

pub(super) fn production(scene: &Scene, apps: &[SpecialApp]) -> Vec<Item> {
    let mut items = Items::default();
    let name = scene.target_name();
    items.add(
        "after-switch-back",
        &format!("check that the list of environments shows {name} as Production"),
        &[RuleId::R16, RuleId::K6],
    );
    common(scene, apps, &mut items);
    items.add(
        "after-retention",
        &format!(
            "compare the retention setting of {name} with what it was before the switch; set it again where it differs"
        ),
        &[RuleId::K3, RuleId::K6],
    );
    items.done()
}

fn common(scene: &Scene, apps: &[SpecialApp], items: &mut Items) {
    let name = scene.target_name();
    let itself = scene.onto_itself();
    flows(scene, items);
    items.add(
        "after-connections",
        &format!("give every connection reference in {name} a new connection, and try each"),
        &[RuleId::R11],
    );
    items.add(
        "after-connectors",
        &format!("review the custom connectors in {name}; delete and install again those that need it"),
        &[RuleId::R11],
    );
    items.add(
        "after-everyone",
        "share apps that were shared with Everyone again, with a security group; sharing with a security group stays",
        &[RuleId::R12],
    );
    items.add(
        "after-app-ids",
        "put the new id of each canvas app into the links, bookmarks and scripts that hold the old one",
        &[RuleId::R13],
    );
    items.add(
        "after-solutions",
        "apps and flows outside solutions are not part of a restore: look at what they need",
        &[RuleId::R8],
    );
    if !itself {
        items.add(
            "after-lost",
            &format!(
                "see whether the apps outside solutions that {name} had are still there; bring back what is missing"
            ),
            &[RuleId::R23],
        );
    }
    audit(scene, items);
    if let Some(new) = &scene.new_name {
        items.add("after-name", &format!("check that {name} is called “{}” now", one_line(new, 80)), &[RuleId::R4]);
    }
    let linked = [Some(scene.source), scene.target].into_iter().flatten().any(|env| env.finance.is_some());
    let finance = Some(&SpecialApp::Finance).filter(|app| linked && !apps.contains(app));
    for app in finance.into_iter().chain(apps) {
        items.link(
            &format!("after-{app:?}").to_lowercase(),
            &format!("follow the page of {}: it has a procedure of its own", app.title()),
            &[RuleId::R19],
            Some(app.link()),
        );
    }
    let admin = match scene.target.and_then(|t| t.kind.get()) {
        Some(kind @ (Kind::Developer | Kind::Teams)) => {
            format!(
                "find out how to turn administration mode off for {name}: for a {kind} environment that is not documented"
            )
        }
        _ => format!("turn administration mode off for {name}, and check background operations"),
    };
    items.link("after-admin-mode", &admin, &[RuleId::R9, RuleId::R25], Some(ADMIN_MODE));
    items.add(
        "after-earlier-backups",
        &format!("should you have to go back once more: earlier backups of {name} inside its retention stay available"),
        &[RuleId::R14],
    );
    failed(scene, items);
    items.add("after-import", "import the inventory again, so that the next plan knows of this restore", &[]);
}

fn flows(scene: &Scene, items: &mut Items) {
    let name = scene.target_name();
    items.add(
        "after-flows-on",
        &format!("turn the solution flows in {name} on, one by one, as needed, and watch a run of each"),
        &[RuleId::R10],
    );
    items.add(
        "after-flows-review",
        &format!("check that the flows outside solutions that stayed in {name} point at the right places"),
        &[RuleId::R10],
    );
    if scene.onto_itself() {
        items.add(
            "after-flows-lost",
            &format!(
                "build or import the solution flows made after {} again: they do not come back",
                instant(scene.point)
            ),
            &[RuleId::R24],
        );
    } else {
        items.add(
            "after-flows-lost",
            &format!("ask whether anybody misses one of the solution flows that {name} had before: they are deleted"),
            &[RuleId::R10],
        );
    }
}

fn audit(scene: &Scene, items: &mut Items) {
    let name = scene.target_name();
    if scene.onto_itself() {
        items.add(
            "after-audit",
            &format!("check that {name} has its audit logs, also those after the restore point: restored onto itself it keeps them"),
            &[RuleId::R6],
        );
    } else if scene.include_audit_logs {
        items.add(
            "after-audit",
            &format!(
                "check that the audit logs of {} have arrived in {name}; those that {name} had may be lost",
                scene.source_name()
            ),
            &[RuleId::R5, RuleId::R23],
        );
    } else {
        items.add(
            "after-audit",
            &format!("the audit logs of {} were left out; those that {name} had may be lost", scene.source_name()),
            &[RuleId::R5, RuleId::R23],
        );
    }
}

fn failed(scene: &Scene, items: &mut Items) {
    let name = scene.target_name();
    let says = if scene.edition.failed_restore_disables_target {
        format!(
            "if the restore failed: {name} is disabled; wait 30 minutes and retry with the same target, or reset it, delete it, or copy onto it"
        )
    } else {
        format!(
            "if the restore failed: what it leaves of {name} is not described in these rules; later ones say disabled, retry after 30 minutes"
        )
    };
    items.add("after-failed", &says, &[RuleId::R20]);
}

pub(super) fn bulk(scene: &Scene) -> Vec<Item> {
    let mut items = Items::default();
    let name = scene.source_name();
    items.add(
        "after-records",
        &format!("check that the deleted records are in {name} again, once each"),
        &[RuleId::R17],
    );
    items.add(
        "after-original",
        &format!(
            "check that what was added to {name} since {} is still there: this plan does not overwrite it",
            instant(scene.point)
        ),
        &[RuleId::R17],
    );
    items.add(
        "after-new-environment",
        "leave the new environment in administration mode and its flows off until it is deleted",
        &[RuleId::R9, RuleId::R10],
    );
    items.add(
        "after-who-may-enter",
        &format!(
            "see that nobody enters the new environment, by its security group, who may not see the data of {name}"
        ),
        &[RuleId::R27],
    );
    items.add(
        "after-sharing",
        "give nobody the apps of the new environment: they have ids of their own",
        &[RuleId::R12, RuleId::R13],
    );
    if scene.include_audit_logs {
        items.add(
            "after-audit",
            &format!("check that the audit logs of {name} have arrived in the new environment"),
            &[RuleId::R5],
        );
    } else {
        items.add("after-audit", &format!("the audit logs of {name} were left out; it keeps its own"), &[RuleId::R5]);
    }
    items.add(
        "after-earlier-backups",
        &format!("the backups of {name} stay available inside its retention"),
        &[RuleId::R14],
    );
    failed(scene, &mut items);
    items.add(
        "after-clean-up",
        "delete the new environment, and check that its capacity is free again",
        &[RuleId::R15, RuleId::R17],
    );
    items.add("after-import", "import the inventory again", &[]);
    items.done()
}
