//! The steps that several kinds of plans share.

use super::super::characters::one_line;
use super::super::cloud;
use super::super::edition::Edition;
use super::super::environment::{Environment, Kind, RuntimeState};
use super::super::manual_backup::{self, CanCreate, ManualBackup};
use super::super::restore::{Point, RestoreRequest, confirmation_in, instant_of, wanted_name, way_back};
use super::super::retention::{self, Certainty};
use super::super::rule::RuleId;
use super::super::service::Cloud;
use super::super::tenant::Tenant;
use super::super::words::{instant, quoted};
use super::ended::WATCH;
use super::{Action, RestoreAction, Step};
use crate::words::{Say, backup_of};
use chrono::{DateTime, Utc};

/// Who may do most steps (R21, D13).
pub(super) const ADMIN: &str = "Power Platform admin or Dynamics 365 admin; prefer these over Global admin";

/// Everything that the steps of a plan speak of.
pub(super) struct Scene<'a> {
    pub edition: &'a Edition,
    pub tenant: &'a Tenant,
    pub now: DateTime<Utc>,
    pub source: &'a Environment,
    /// `None`: a new environment that a step creates.
    pub target: Option<&'a Environment>,
    pub point: DateTime<Utc>,
    pub manual: Option<&'a ManualBackup>,
    pub new_name: Option<String>,
    pub include_audit_logs: bool,
}

impl<'a> Scene<'a> {
    pub fn of_request(
        edition: &'a Edition,
        tenant: &'a Tenant,
        request: &RestoreRequest,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let source = tenant.get(&request.source)?;
        let mut scene = Self::new(edition, tenant, source, &request.point, request.include_audit_logs, now)?;
        let target = tenant.get(&request.target)?;
        scene.target = Some(target);
        scene.new_name = wanted_name(request, target).map(str::to_string);
        Some(scene)
    }

    pub fn new(
        edition: &'a Edition,
        tenant: &'a Tenant,
        source: &'a Environment,
        point: &Point,
        include_audit_logs: bool,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let manual = match point {
            Point::System(_) => None,
            Point::Manual(id) => source.backups.iter().find(|b| b.id == *id),
        };
        let point = instant_of(source, point)?;
        Some(Self { edition, tenant, now, source, target: None, point, manual, new_name: None, include_audit_logs })
    }

    pub fn onto_itself(&self) -> bool {
        self.target.is_some_and(|t| t.id == self.source.id)
    }
    pub fn source_name(&self) -> String {
        quoted(self.source)
    }
    pub fn target_name(&self) -> String {
        self.target.map_or_else(|| "the new environment".to_string(), quoted)
    }
    /// What is restored: `“Contoso” to 2 Jan 2026 09:05 UTC`, or the manual backup.
    pub fn what(&self) -> String {
        match self.manual {
            Some(backup) => backup_of(self.source, backup).to_string(),
            None => format!("{} as it was at {}", self.source_name(), instant(self.point)),
        }
    }
    pub fn action(&self) -> RestoreAction {
        let confirmed = self.target.map(|t| confirmation_in(self.tenant, t));
        let (target_name, target_id_end) = confirmed.map_or((None, None), |c| (Some(c.name), c.id_end));
        RestoreAction {
            source: self.source.id.clone(),
            target: self.target.map(|t| t.id.clone()),
            target_name,
            target_id_end,
            point: self.point,
            manual_backup: self.manual.map(|b| b.id.clone()),
            new_name: self.new_name.clone(),
            include_audit_logs: self.include_audit_logs,
            window_from: retention::window(self.edition, self.source, self.now).possible_from,
        }
    }
}

/// A step with nothing but an id, a title and what it does; the rest by struct update.
pub(super) fn step(id: &str, title: String, action: Action) -> Step {
    Step {
        id: id.to_string(),
        title,
        action,
        who: ADMIN.to_string(),
        admin_center: String::new(),
        verify: String::new(),
        consequence: "Changes nothing.".to_string(),
        caution: None,
        destructive: false,
        rules: Vec::new(),
    }
}

pub(super) fn sign_in(tenant: &Tenant) -> Step {
    let center = cloud::of_tenant(tenant).known().and_then(Cloud::admin_center);
    Step {
        admin_center: center.unwrap_or("The Power Platform admin center of your cloud").to_string(),
        verify: "The list of environments shows those that this plan names.".to_string(),
        caution: Some("Another admin role may lack rights for one of the steps: try it before you begin.".to_string()),
        rules: vec![RuleId::R21, RuleId::D13],
        ..step("sign-in", "Sign in as an administrator".to_string(), Action::SignIn)
    }
}

/// T7: where the capacity is not known.
pub(super) fn free_capacity(scene: &Scene, needs: &str) -> Option<Step> {
    scene.tenant.capacity.is_unknown().then(|| Step {
        admin_center: "Licensing > Capacity add-ons (or Resources > Capacity)".to_string(),
        verify: format!("At least {needs} of database capacity is free."),
        consequence: "Freeing storage deletes what you choose to delete; buying it costs money.".to_string(),
        caution: Some("The tenant's capacity is not known here. Over capacity the restore is blocked.".to_string()),
        rules: vec![RuleId::T7, RuleId::R15, RuleId::D12],
        ..step("free-capacity", format!("See that {needs} of capacity is free"), Action::Manual)
    })
}

/// That the point is there: always for a manual backup, and where the point is not sure.
pub(super) fn see_point(scene: &Scene) -> Option<Step> {
    let name = scene.source_name();
    let look = format!("Environments > {name} > Backup & Restore > Restore or manage");
    match scene.manual {
        Some(_) => Some(Step {
            admin_center: format!("{look} > Manual"),
            verify: format!("The list has {}.", scene.what()),
            caution: Some("If it is not there, stop: nothing has been changed yet.".to_string()),
            rules: vec![RuleId::R1, RuleId::M4],
            ..step(
                "see-backup",
                "See that the manual backup is there".to_string(),
                Action::ListBackups { environment: scene.source.id.clone() },
            )
        }),
        None => {
            let window = retention::window(scene.edition, scene.source, scene.now);
            (window.certainty(scene.point) != Certainty::Guaranteed).then(|| Step {
                admin_center: format!("{look} > System"),
                verify: format!("The admin center offers {}.", instant(scene.point)),
                caution: Some(
                    "This point may already be gone. If it is not offered, stop: nothing has been changed yet."
                        .to_string(),
                ),
                rules: vec![RuleId::R1],
                ..step("see-point", format!("See that {name} still offers {}", instant(scene.point)), Action::Manual)
            })
        }
    }
}

/// A manual backup of what is about to be overwritten, or what covers it instead (M1, R14).
pub(super) fn back_up_target(scene: &Scene, target: &Environment) -> Step {
    let name = quoted(target);
    let way_back = way_back(scene.edition, target, scene.now).says().sentence();
    match manual_backup::can_create(scene.edition, target) {
        CanCreate::Yes => Step {
            admin_center: format!("Environments > {name} > Backup & Restore > Create manual backup"),
            verify: "The message says: The … backup was successfully created. That takes up to 10 minutes; there is no status before. Then \
                     see in the list that its restore point lies before the restore."
                .to_string(),
            consequence: format!("Adds a label to the backups of {name}; it costs no storage. {way_back}"),
            caution: Some("Optional, but wait for it: the restore point is the closest available time and may lie some minutes after the moment of asking.".to_string()),
            rules: vec![RuleId::M1, RuleId::M2, RuleId::M3, RuleId::M6, RuleId::M9],
            ..step(
                "back-up-target",
                format!("Make a manual backup of {name} before it is overwritten (optional)"),
                Action::CreateManualBackup { environment: target.id.clone(), label: label(scene.now) },
            )
        },
        CanCreate::No(_) | CanCreate::Unknown(_) => Step {
            who: "Whoever carries out the plan.".to_string(),
            verify: "The time is noted: the last moment before it is the one to go back to, as long as the backups hold it.".to_string(),
            caution: Some(format!("A manual backup of {name} is not supported here, or it is not known whether it is. {way_back}")),
            rules: vec![RuleId::M1, RuleId::R14],
            ..step("note-way-back", format!("Note the time at which the restore of {name} begins"), Action::Manual)
        },
    }
}

/// The label of the manual backup that a plan makes; plain characters only, so that every tool takes it.
fn label(now: DateTime<Utc>) -> String {
    format!("Before restore, plan of {}", now.format("%Y-%m-%d %H%M UTC"))
}

pub(super) fn validate(scene: &Scene) -> Step {
    let target = scene.target_name();
    Step {
        admin_center: format!(
            "Environments > {} > Backup & Restore > Restore or manage, choose the point, and see that {target} is among the targets; do not confirm",
            scene.source_name()
        ),
        verify: format!("The answer accepts the request, or the admin center offers {target} as a target."),
        caution: Some("If it is refused, stop and read the reason: nothing has been overwritten yet.".to_string()),
        rules: pair_rules(scene),
        ..step(
            "validate",
            "Try the restore without carrying it out".to_string(),
            Action::ValidateRestore(scene.action()),
        )
    }
}

/// The rules of section 5 that the pair has to satisfy under the plan's edition.
pub(super) fn pair_rules(scene: &Scene) -> Vec<RuleId> {
    let mut rules = vec![RuleId::T1, RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5];
    rules.extend(scene.edition.policies_must_match.then_some(RuleId::T6));
    rules.extend(scene.onto_itself().then_some(RuleId::T8));
    rules.extend(scene.source.candidates.is_some().then_some(RuleId::T10));
    rules
}

pub(super) fn restore(scene: &Scene) -> Step {
    let (target, what) = (scene.target_name(), scene.what());
    let tab = if scene.manual.is_some() { "Manual" } else { "System" };
    let audit = if scene.include_audit_logs { "include audit logs" } else { "leave audit logs out" };
    let mut rules = vec![RuleId::R1, RuleId::R3, RuleId::R5];
    let rename = match &scene.new_name {
        Some(name) => {
            rules.push(RuleId::R4);
            format!(", Edit details: name “{}”", one_line(name, 80))
        }
        None => String::new(),
    };
    let consequence = match scene.target {
        Some(_) if scene.onto_itself() => {
            format!("{target} is overwritten whole: what came after {} is gone.", instant(scene.point))
        }
        Some(_) => format!("{target} is overwritten whole: everything in it is replaced."),
        None => format!("The new environment gets what the backup holds; {} stays as it is.", scene.source_name()),
    };
    let confirm = match scene.target {
        Some(t) => {
            let wanted = confirmation_in(scene.tenant, t);
            let others = match wanted.others {
                0 => String::new(),
                1 => ", and another environment is called the same".to_string(),
                n => format!(", and {n} other environments are called the same"),
            };
            format!("Stop and read: the target is “{}”, id {}{others}. ", one_line(&wanted.name, 80), t.id)
        }
        None => "Check that the target is the environment that you have just created, by its id. ".to_string(),
    };
    let audit_caution = if scene.include_audit_logs {
        "Copying audit logs can add a lot of time."
    } else {
        "Audit logs are left out; the command-line tools copy them unless told to skip them."
    };
    Step {
        admin_center: format!(
            "Environments > {} > Backup & Restore > Restore or manage > {tab}: choose the point, {audit}, target {target}{rename}, Restore",
            scene.source_name()
        ),
        verify: format!("The history of {target} shows a restore in progress."),
        consequence,
        caution: Some(format!("{confirm}{audit_caution}")),
        destructive: true,
        rules,
        ..step("restore", format!("Restore {what} onto {target}"), Action::Restore(scene.action()))
    }
}

pub(super) fn watch(scene: &Scene) -> Step {
    let target = scene.target_name();
    let after_failure = if scene.edition.failed_restore_disables_target {
        "If it fails the target stays disabled: wait 30 minutes and retry with the same target, or reset it, delete it, or copy onto it."
    } else {
        "What a failed restore leaves behind is not described in these rules; later ones say that the target stays disabled and can be retried after 30 minutes."
    };
    Step {
        admin_center: format!(
            "Environments > {target} > History; where that does not tell, its operations by the Power Platform API: GET /environmentmanagement/environments/{{id}}/operations, which can be pasted on the page that adds an inventory"
        ),
        verify: "The history, or the operation of the restore, says that it succeeded. That a task or a command has come to its end is no proof.".to_string(),
        consequence: scene.edition.restore_duration.to_string(),
        caution: Some(after_failure.to_string()),
        rules: vec![RuleId::R7, RuleId::R20, RuleId::R26],
        ..step(WATCH, "Watch until it has finished, and see how it ended".to_string(), Action::Manual)
    }
}

pub(super) fn verify_data(scene: &Scene) -> Step {
    let target = scene.target_name();
    Step {
        who: "Somebody who knows the data.".to_string(),
        admin_center: format!("Environments > {target} > Open"),
        verify: format!("Records that you know are as they were at {}.", instant(scene.point)),
        caution: Some("If it is the wrong state, restore again before users come back.".to_string()),
        rules: vec![RuleId::R14],
        ..step("verify-data", format!("Look at the restored data in {target}"), Action::Manual)
    }
}

pub(super) fn work_through_checklist(scene: &Scene) -> Step {
    Step {
        who: "Whoever owns the apps, flows and connections; some items need the maker.".to_string(),
        verify: "Each item has been looked at, and is ticked or noted as left open.".to_string(),
        consequence: "What was left off or without a connection is put back, piece by piece.".to_string(),
        rules: vec![RuleId::R10, RuleId::R11, RuleId::R12, RuleId::R13],
        ..step("checklist", format!("Work through the checklist for {}", scene.target_name()), Action::Manual)
    }
}

/// R27: restored onto itself an environment has the users that it had.
pub(super) fn who_may_enter(scene: &Scene) -> Option<Step> {
    let target = scene.target.filter(|_| !scene.onto_itself())?;
    let name = quoted(target);
    Some(Step {
        admin_center: format!("Environments > {name} > Edit > Security group"),
        verify: format!(
            "The security group of {name} holds those who may see the data of {}, and nobody else.",
            scene.source_name()
        ),
        consequence: "Decides who can enter once administration mode is off.".to_string(),
        caution: Some(format!(
            "{name} now holds the data of {}. Whoever could enter it before would see that data.",
            scene.source_name()
        )),
        rules: vec![RuleId::R27],
        ..step("who-may-enter", format!("Set who may enter {name}, before anybody is let in"), Action::Manual)
    })
}

pub(super) fn leave_admin_mode(target: &Environment) -> Step {
    let name = quoted(target);
    let caution = match target.kind.get() {
        Some(kind @ (Kind::Developer | Kind::Teams)) => Some(format!(
            "Administration mode is documented for Sandbox and Production; how to turn it off for a {kind} environment is not."
        )),
        _ => None,
    };
    Step {
        admin_center: format!(
            "Environments > {name} > Settings (Edit) > Administration mode: off; look at background operations as well"
        ),
        verify: format!("{name} is enabled, and somebody without an admin role can open it."),
        consequence: "Lets users in again; background operations may start.".to_string(),
        caution,
        rules: vec![RuleId::R9, RuleId::R25],
        ..step(
            "leave-admin-mode",
            format!("Turn administration mode off for {name}"),
            Action::SetRuntimeState { environment: target.id.clone(), state: RuntimeState::Enabled },
        )
    }
}
