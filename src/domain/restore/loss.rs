//! What a restore destroys and leaves behind, said before it starts (R3, R5 to R10, R14, R19, R23 to R25, D10).

use super::super::edition::Edition;
use super::super::environment::{Environment, Kind};
use super::super::retention::{self, Use};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::words::{ends, instant, quoted};
use super::{Checks, Point, RestoreRequest, SpecialApp, confirmation, instant_of, wanted_name};
use chrono::{DateTime, Utc};

/// R3: what is overwritten, and until when it could itself be brought back (R14).
pub(super) fn overwritten(
    edition: &Edition,
    tenant: &Tenant,
    source: &Environment,
    target: &Environment,
    point: &Point,
    now: DateTime<Utc>,
    list: &mut Checks,
) {
    let name = quoted(target);
    let lost = if source.id == target.id {
        match instant_of(source, point) {
            Some(at) => {
                format!("{name} is overwritten whole: what was entered or changed in it since {} is lost", instant(at))
            }
            None => format!("{name} is overwritten whole"),
        }
    } else {
        format!("{name} is overwritten whole: everything in it is replaced by {}", quoted(source))
    };
    list.caution(RuleId::R3, &lost, &way_back(edition, target, now));
    if source.id != target.id {
        list.caution(
            RuleId::R27,
            &format!("{name} gets the data of {}, and whoever may enter {name} sees it", quoted(source)),
            "choose in the request who may enter, by the security group of the target, or set that before anybody is let in",
        );
    }
    let twins = tenant.living().filter(|e| e.id != target.id && confirmation(e) == confirmation(target)).count();
    if twins > 0 {
        list.caution(
            RuleId::R3,
            &format!("{} environments are called {name}", twins + 1),
            &format!("compare the id before you start: the target is {}", target.id),
        );
    }
}

/// L1, R19: what is linked to finance and operations is restored by a procedure of its own, both sides of it.
pub(super) fn finance<'e>(ends: impl IntoIterator<Item = &'e Environment>, list: &mut Checks) {
    for env in ends {
        let Some(link) = &env.finance else { continue };
        let which = link.url.as_deref().or(link.id.as_deref());
        let which = which.map(|w| format!(" ({})", super::words::one_line(w, 80))).unwrap_or_default();
        list.caution_of_app(
            RuleId::L1,
            &format!(
                "{} is linked to finance and operations{which}: both sides are restored by a procedure of their own, and this restore alone parts them",
                quoted(env)
            ),
            SpecialApp::Finance,
        );
    }
}

/// Until when the state of `target` at `now` (UTC) could itself be brought back.
pub(crate) fn way_back(edition: &Edition, target: &Environment, now: DateTime<Utc>) -> String {
    match way_back_until(edition, target, now) {
        // R20: after a failed restore the target is disabled, and going back to its own backup is not among the ways out.
        Some(until) => format!(
            "its state of now stays in its own system backups until {} if its retention does not change{}",
            ends(until),
            if edition.failed_restore_disables_target {
                "; a failed restore leaves it disabled, and going back to that state is then not among the ways out that are \
                 documented: wait 30 minutes and retry with the same target, or reset it, delete it, or copy onto it"
            } else {
                ""
            }
        ),
        None => "nothing promises that its state of now can be brought back".to_string(),
    }
}

/// Until when (UTC) that is promised; `None` where nothing promises it.
pub(crate) fn way_back_until(edition: &Edition, target: &Environment, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let window = retention::window(edition, target, now);
    window.leaves(now).0.filter(|_| matches!(window.usage, Use::Restorable | Use::OntoItselfOnly))
}

/// R5, R6, R23, D10.
pub(super) fn audit_logs(source: &Environment, target: &Environment, request: &RestoreRequest, list: &mut Checks) {
    let onto_itself = source.id == target.id;
    if onto_itself {
        let extra =
            if request.include_audit_logs { "; the opt-in adds time and nothing is known to need it" } else { "" };
        list.note(
            RuleId::R6,
            &format!(
                "restored onto itself, {} keeps all its audit logs, also those after the restore point{extra}",
                quoted(target)
            ),
            "",
        );
    } else {
        list.caution(
            RuleId::R23,
            &format!("the audit logs of {0} itself and the apps and flows of {0} outside solutions may be lost: neither is documented", quoted(target)),
            "export what you need of them first",
        );
    }
    if request.include_audit_logs {
        list.caution(
            RuleId::R5,
            &format!("the audit logs of {} are copied along, which can add a lot of time", quoted(source)),
            "leave them out unless you need them",
        );
        if matches!(request.point, Point::System(_)) {
            list.note(
                RuleId::D10,
                "including audit logs is described for manual backups only",
                "check in the admin center that it is offered",
            );
        }
    } else if !onto_itself {
        list.note(RuleId::R5, &format!("the audit logs of {} are left out", quoted(source)), "");
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
    let name = quoted(target);
    if source.id == target.id {
        list.caution(
            RuleId::R24,
            &format!("every solution flow of {name} is replaced and turned off; those made after the restore point do not come back"),
            "export a solution with what you want to keep",
        );
    } else {
        list.caution(
            RuleId::R10,
            &format!(
                "the solution flows that {name} has are deleted, its other flows stay; restored solution flows are off"
            ),
            "",
        );
    }
    list.note(RuleId::R7, edition.restore_duration, "");
    list.note(RuleId::R8, "only apps and flows in a Dataverse solution are part of the backup", "");
    list.note(RuleId::R9, &format!("afterwards {name} is in administration mode until somebody turns it off"), "");
    if let Some(kind @ (Kind::Developer | Kind::Teams)) = target.kind.get() {
        list.caution(
            RuleId::R25,
            &format!("how to turn administration mode off for a {kind} environment such as {name} is not documented"),
            "try it on an environment that nobody needs, or have a support contact ready",
        );
    }
    if let Some(new) = wanted_name(request, target) {
        list.note(RuleId::R4, &format!("{name} will be called “{}”", super::words::one_line(new, 80)), "");
    }
    for app in &request.special_apps {
        list.caution_of_app(RuleId::R19, &format!("{} has a procedure of its own", app.title()), *app);
    }
}

/// What R17 leaves out and costs.
pub(super) fn new_environment(
    edition: &Edition,
    source: &Environment,
    include_audit_logs: bool,
    system: bool,
    list: &mut Checks,
) {
    let name = quoted(source);
    list.note(
        RuleId::R17,
        &format!("{name} stays as it is; what was there at that time comes back in the new environment only"),
        "",
    );
    list.note(RuleId::R7, edition.restore_duration, "");
    list.note(RuleId::R8, "only apps and flows in a Dataverse solution are part of the backup", "");
    if include_audit_logs {
        list.caution(
            RuleId::R5,
            &format!("the audit logs of {name} are copied along, which can add a lot of time"),
            "leave them out unless you need them",
        );
        if system {
            list.note(
                RuleId::D10,
                "including audit logs is described for manual backups only",
                "check in the admin center that it is offered",
            );
        }
    } else {
        list.note(RuleId::R5, &format!("the audit logs of {name} are left out"), "");
    }
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
