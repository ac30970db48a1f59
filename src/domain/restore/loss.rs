//! What a restore destroys and leaves behind, said before it starts (R3, R5 to R10, R14, R19, R23 to R25, D10).

use super::super::edition::Edition;
use super::super::environment::{Environment, Kind};
use super::super::retention::{self, Use};
use super::super::rule::RuleId;
use super::super::said::Role;
use super::checks::Checks;
use super::request::{Point, RestoreRequest, SpecialApp, instant_of, wanted_name};
use super::{Loss, OntoNew, WayBack, confirmation};
use crate::domain::moment::Moment;
use chrono::{DateTime, Utc};

/// R3: what is overwritten, and until when it could itself be brought back (R14).
pub(super) fn overwritten(
    moment: Moment<'_>,
    source: &Environment,
    target: &Environment,
    point: &Point,
    list: &mut Checks,
) {
    let Moment { edition, tenant, now } = moment;
    let way_back = way_back(edition, target, now);
    if source.id == target.id {
        list.caution(RuleId::R3, Loss::OverwrittenByItself(instant_of(source, point), way_back));
    } else {
        list.caution(RuleId::R3, Loss::Overwritten(way_back));
        list.caution(RuleId::R27, Loss::Seen);
    }
    let twins = tenant.living().filter(|e| e.id != target.id && confirmation(e) == confirmation(target)).count();
    if twins > 0 {
        list.caution(RuleId::R3, Loss::Twins { all: twins.saturating_add(1), target: target.id.clone() });
    }
}

/// L1, R19: what is linked to finance and operations is restored by a procedure of its own, both sides of it.
pub(super) fn finance(source: &Environment, target: Option<&Environment>, list: &mut Checks) {
    let other = target.filter(|target| target.id != source.id).map(|target| (Role::Target, target));
    for (role, env) in [Some((Role::Source, source)), other].into_iter().flatten() {
        if let Some(link) = &env.finance {
            list.caution(RuleId::L1, Loss::Finance(role, link.url.clone().or(link.id.clone())));
        }
    }
}

/// Until when the state of `target` at `now` (UTC) could itself be brought back.
pub fn way_back(edition: &Edition, target: &Environment, now: DateTime<Utc>) -> WayBack {
    let window = retention::window(edition, target, now);
    let until = window.leaves(now).0.filter(|_| matches!(window.usage, Use::Restorable | Use::OntoItselfOnly));
    WayBack { until, failure_disables: edition.failed_restore_disables_target }
}

/// R5, R6, R23, D10.
pub(super) fn audit_logs(source: &Environment, target: &Environment, request: &RestoreRequest, list: &mut Checks) {
    let onto_itself = source.id == target.id;
    if onto_itself {
        list.note(RuleId::R6, Loss::KeepsAuditLogs { opted_in: request.include_audit_logs });
    } else {
        list.caution(RuleId::R23, Loss::OwnAuditLogs);
    }
    if request.include_audit_logs || !onto_itself {
        audit_logs_of_source(request.include_audit_logs, &request.point, list);
    }
}

fn audit_logs_of_source(along: bool, point: &Point, list: &mut Checks) {
    if !along {
        return list.note(RuleId::R5, Loss::AuditLogsLeftOut);
    }
    list.caution(RuleId::R5, Loss::AuditLogsAlong);
    if matches!(point, Point::System(_)) {
        list.note(RuleId::D10, Loss::AuditLogsOfSystemBackup);
    }
}

/// What the restore leaves behind; the plan carries it as a checklist.
pub(super) fn afterwards(
    edition: &Edition,
    source: &Environment,
    target: &Environment,
    request: &RestoreRequest,
    list: &mut Checks,
) {
    if source.id == target.id {
        list.caution(RuleId::R24, Loss::FlowsReplaced);
    } else {
        list.caution(RuleId::R10, Loss::FlowsDeleted);
    }
    list.note(RuleId::R7, Loss::Duration(edition.restore_duration));
    list.note(RuleId::R8, Loss::SolutionsOnly);
    list.note(RuleId::R9, Loss::AdministrationMode);
    list.note_of(&[RuleId::R11, RuleId::R12, RuleId::R13], Loss::MadeAnew);
    if let Some(kind @ (Kind::Developer | Kind::Teams)) = target.kind.get() {
        list.caution(RuleId::R25, Loss::AdministrationModeOf(kind.clone()));
    }
    if let Some(new) = wanted_name(request, target) {
        list.note(RuleId::R4, Loss::Renamed(new.to_string()));
    }
    special_apps(&request.special_apps, list);
}

/// R19.
pub(super) fn special_apps(apps: &[SpecialApp], list: &mut Checks) {
    for app in apps {
        list.caution(RuleId::R19, Loss::App(*app));
    }
}

/// What R17 leaves out and costs.
pub(super) fn new_environment(edition: &Edition, include_audit_logs: bool, point: &Point, list: &mut Checks) {
    list.note(RuleId::R17, OntoNew::SourceStays);
    list.note(RuleId::R7, Loss::Duration(edition.restore_duration));
    list.note(RuleId::R8, Loss::SolutionsOnly);
    audit_logs_of_source(include_audit_logs, point, list);
}

impl SpecialApp {
    pub const ALL: [SpecialApp; 5] = [
        SpecialApp::Marketing,
        SpecialApp::Finance,
        SpecialApp::Omnichannel,
        SpecialApp::SynapseLink,
        SpecialApp::Portals,
    ];
    /// The app's name.
    pub fn title(self) -> &'static str {
        match self {
            SpecialApp::Marketing => "Dynamics 365 Marketing",
            SpecialApp::Finance => "Dynamics 365 Finance",
            SpecialApp::Omnichannel => "Dynamics 365 Customer Service (omnichannel)",
            SpecialApp::SynapseLink => "Azure Synapse Link for Dataverse",
            SpecialApp::Portals => "Power Apps portals",
        }
    }
    /// The page that describes its procedure, as the documentation links it.
    pub fn link(self) -> &'static str {
        match self {
            SpecialApp::Marketing => {
                "https://learn.microsoft.com/dynamics365/marketing/manage-marketing-environments#create-and-restore-backups"
            }
            SpecialApp::Finance => {
                "https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/database/dbmovement-operations"
            }
            SpecialApp::Omnichannel => {
                "https://learn.microsoft.com/dynamics365/customer-service/export-import-omnichannel-data"
            }
            SpecialApp::SynapseLink => {
                "https://learn.microsoft.com/power-apps/maker/data-platform/azure-synapse-link-olc#backup-and-restore-an-environment"
            }
            SpecialApp::Portals => {
                "https://learn.microsoft.com/power-apps/maker/portals/admin/migrate-portal-configuration?tabs=CLI"
            }
        }
    }
}
