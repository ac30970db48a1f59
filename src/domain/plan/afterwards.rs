//! Everything that a restore leaves behind, as a checklist.

use super::super::environment::Kind;
use super::super::restore::SpecialApp;
use super::super::restore::words::{instant, one_line};
use super::super::rule::RuleId;
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
    items.add("after-switch-back", &format!("{name} is Production again"), &[RuleId::R16, RuleId::K6]);
    common(scene, apps, &mut items);
    items.add(
        "after-retention",
        &format!("the retention setting of {name} is what it was before the switch"),
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
        &format!("every connection reference in {name} has a new connection"),
        &[RuleId::R11],
    );
    items.add(
        "after-connectors",
        &format!("the custom connectors in {name} are reviewed, and deleted and installed again where needed"),
        &[RuleId::R11],
    );
    items.add(
        "after-everyone",
        "apps that were shared with Everyone are shared again, with a security group; sharing with a security group stays",
        &[RuleId::R12],
    );
    items.add(
        "after-app-ids",
        "links, bookmarks and scripts that hold the id of a canvas app have its new id",
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
            &format!("apps outside solutions that {name} had are there or replaced"),
            &[RuleId::R23],
        );
    }
    audit(scene, items);
    if let Some(new) = &scene.new_name {
        items.add("after-name", &format!("{name} is called “{}”", one_line(new, 80)), &[RuleId::R4]);
    }
    for app in apps {
        items.link(
            &format!("after-{app:?}").to_lowercase(),
            &format!("{} has a procedure of its own: follow its page", app.title()),
            &[RuleId::R19],
            Some(app.link()),
        );
    }
    let admin = match scene.target.and_then(|t| t.kind.get()) {
        Some(kind @ (Kind::Developer | Kind::Teams)) => {
            format!(
                "administration mode is off for {name}; how to turn it off for a {kind} environment is not documented"
            )
        }
        _ => format!("administration mode is off for {name}, and background operations are as they should be"),
    };
    items.link("after-admin-mode", &admin, &[RuleId::R9, RuleId::R25], Some(ADMIN_MODE));
    items.add(
        "after-earlier-backups",
        &format!("earlier backups of {name} inside its retention stay available, should you have to go back once more"),
        &[RuleId::R14],
    );
    failed(scene, items);
    items.add("after-import", "the inventory is imported again, so that the next plan knows of this restore", &[]);
}

fn flows(scene: &Scene, items: &mut Items) {
    let name = scene.target_name();
    items.add(
        "after-flows-on",
        &format!("the solution flows in {name} are turned on, one by one, as needed"),
        &[RuleId::R10],
    );
    items.add(
        "after-flows-review",
        &format!("the flows outside solutions that stayed in {name} point at the right places"),
        &[RuleId::R10],
    );
    if scene.onto_itself() {
        items.add(
            "after-flows-lost",
            &format!(
                "solution flows made after {} are built or imported again: they do not come back",
                instant(scene.point)
            ),
            &[RuleId::R24],
        );
    } else {
        items.add(
            "after-flows-lost",
            &format!("the solution flows that {name} had before are deleted: nobody misses one"),
            &[RuleId::R10],
        );
    }
}

fn audit(scene: &Scene, items: &mut Items) {
    let name = scene.target_name();
    if scene.onto_itself() {
        items.add(
            "after-audit",
            &format!("{name} still has all its audit logs, also those after the restore point"),
            &[RuleId::R6],
        );
    } else if scene.include_audit_logs {
        items.add(
            "after-audit",
            &format!("the audit logs of {} are in {name}; those that {name} had may be lost", scene.source_name()),
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
    items.add("after-records", &format!("the deleted records are in {name} again, once each"), &[RuleId::R17]);
    items.add(
        "after-original",
        &format!("{name} was not overwritten: what was added since {} is still there", instant(scene.point)),
        &[RuleId::R17],
    );
    items.add(
        "after-new-environment",
        "the new environment stays in administration mode and its flows stay off until it is deleted",
        &[RuleId::R9, RuleId::R10],
    );
    items.add(
        "after-sharing",
        "nobody has been given the apps of the new environment: they have ids of their own",
        &[RuleId::R12, RuleId::R13],
    );
    if scene.include_audit_logs {
        items.add(
            "after-audit",
            &format!("the audit logs of {name} were copied to the new environment"),
            &[RuleId::R5],
        );
    } else {
        items.add(
            "after-audit",
            &format!("the audit logs of {name} were left out; it still has its own"),
            &[RuleId::R5],
        );
    }
    items.add(
        "after-earlier-backups",
        &format!("the backups of {name} stay available inside its retention"),
        &[RuleId::R14],
    );
    failed(scene, &mut items);
    items.add(
        "after-clean-up",
        "the new environment is deleted, and its capacity is free again",
        &[RuleId::R15, RuleId::R17],
    );
    items.add("after-import", "the inventory is imported again", &[]);
    items.done()
}
