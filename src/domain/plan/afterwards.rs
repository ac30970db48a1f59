//! Everything that a restore leaves behind, as a checklist.

use super::super::restore::SpecialApp;
use super::super::rule::RuleId;
use super::Remark;
use super::parts::{Item, Items};
use super::steps::PlanScene;

const ADMIN_MODE: &str = "https://learn.microsoft.com/power-platform/admin/admin-mode#set-administration-mode";

pub(super) fn restore(scene: &PlanScene, apps: &[SpecialApp]) -> Vec<Item> {
    let mut items = Items::default();
    common(scene, apps, &mut items);
    items.done()
}

pub(super) fn production(scene: &PlanScene, apps: &[SpecialApp]) -> Vec<Item> {
    let mut items = Items::default();
    items.add("after-switch-back", Remark::SwitchedBack, &[RuleId::R16, RuleId::K6]);
    common(scene, apps, &mut items);
    items.add("after-retention", Remark::RetentionAsBefore, &[RuleId::K3, RuleId::K6]);
    items.done()
}

fn common(scene: &PlanScene, apps: &[SpecialApp], items: &mut Items) {
    use Remark::*;
    let itself = scene.onto_itself();
    items.add("after-flows-on", FlowsOn, &[RuleId::R10]);
    items.add("after-flows-review", FlowsThatStayed, &[RuleId::R10]);
    let (lost, rule) = if itself { (FlowsMadeSince, RuleId::R24) } else { (FlowsDeleted, RuleId::R10) };
    items.add("after-flows-lost", lost, &[rule]);
    items.add("after-connections", Connections, &[RuleId::R11]);
    items.add("after-connectors", Connectors, &[RuleId::R11]);
    items.add("after-everyone", SharedWithEveryone, &[RuleId::R12]);
    items.add("after-app-ids", AppIds, &[RuleId::R13]);
    items.add("after-solutions", OutsideSolutions, &[RuleId::R8]);
    if itself {
        items.add("after-audit", OwnAuditLogs, &[RuleId::R6]);
    } else {
        items.add("after-lost", LostApps, &[RuleId::R23]);
        items.add("after-audit", audit(scene), &[RuleId::R5, RuleId::R23]);
    }
    if scene.new_name.is_some() {
        items.add("after-name", NewName, &[RuleId::R4]);
    }
    special_apps(scene, apps, items);
    items.link("after-admin-mode", AdminMode, &[RuleId::R9, RuleId::R25], Some(ADMIN_MODE));
    items.add("after-earlier-backups", EarlierBackups, &[RuleId::R14]);
    items.add("after-failed", IfItFailed, &[RuleId::R20]);
    items.add("after-import", ImportAgainForPlans, &[]);
}

fn audit(scene: &PlanScene) -> Remark {
    if scene.include_audit_logs { Remark::AuditLogsAlong } else { Remark::AuditLogsLeftOut }
}

fn special_apps(scene: &PlanScene, apps: &[SpecialApp], items: &mut Items) {
    let linked = [Some(scene.source), scene.target].into_iter().flatten().any(|env| env.finance.is_some());
    let finance = Some(&SpecialApp::Finance).filter(|app| linked && !apps.contains(app));
    for app in finance.into_iter().chain(apps) {
        items.link(&format!("after-{app:?}").to_lowercase(), Remark::App(*app), &[RuleId::R19], Some(app.link()));
    }
}

pub(super) fn bulk(scene: &PlanScene, apps: &[SpecialApp]) -> Vec<Item> {
    use Remark::*;
    let mut items = Items::default();
    items.add("after-records", Records, &[RuleId::R17]);
    items.add("after-original", Original, &[RuleId::R17]);
    // What was copied along is looked at before the new environment is deleted.
    if !scene.include_audit_logs {
        items.add("after-audit", AuditLogsLeftOut, &[RuleId::R5]);
    }
    items.add("after-earlier-backups", EarlierBackups, &[RuleId::R14]);
    special_apps(scene, apps, &mut items);
    items.add("after-import", ImportAgain, &[]);
    items.done()
}
