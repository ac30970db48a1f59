//! The words of what a restore destroys and leaves behind.

use super::restore::{SOURCE, SaysAndHelp, TARGET};
use super::text::{Piece, Say, Text, ends, exact};
use crate::domain::characters::one_line;
use crate::domain::restore::{Loss, SpecialApp, WayBack};
use crate::text;

pub(super) fn says_and_help(loss: &Loss) -> SaysAndHelp {
    match loss {
        Loss::Overwritten(way_back) => {
            (text!(TARGET, " is overwritten whole: everything in it is replaced by ", SOURCE), way_back.says())
        }
        Loss::OverwrittenByItself(since, way_back) => {
            let lost = since.map(|at| text!(": what was entered or changed in it since ", exact(at), " is lost"));
            (text!(TARGET, " is overwritten whole", lost), way_back.says())
        }
        Loss::Seen => (
            text!(TARGET, " gets the data of ", SOURCE, ", and whoever may enter ", TARGET, " sees it"),
            text!(
                "choose in the request who may enter, by the security group of the target, or set that before anybody is let in"
            ),
        ),
        Loss::Twins { all, target } => (
            text!(all.to_string(), " environments are called ", TARGET),
            text!("compare the id before you start: the target is ", target.as_str()),
        ),
        Loss::Finance(role, link) => {
            let which = link.as_ref().map(|link| format!(" ({})", one_line(link, 80)));
            let parted = ": both sides are restored by a procedure of their own, and this restore alone separates them";
            (text!(role, " is linked to finance and operations", which, parted), read_first(SpecialApp::Finance))
        }
        Loss::KeepsAuditLogs { opted_in } => {
            let extra = opted_in.then_some("; the opt-in adds time and nothing is known to need it");
            let keeps = " keeps all its audit logs, also those after the restore point";
            (text!("restored onto itself, ", TARGET, keeps, extra), text!())
        }
        Loss::OwnAuditLogs => (
            text!(
                "the audit logs of ",
                TARGET,
                " itself and the apps of ",
                TARGET,
                " outside solutions may be lost: neither is documented"
            ),
            text!("export what you need of them first"),
        ),
        Loss::AuditLogsAlong => (
            text!("the audit logs of ", SOURCE, " are copied along, which can add a lot of time"),
            text!("leave them out unless you need them"),
        ),
        Loss::AuditLogsOfSystemBackup => (
            text!("including audit logs is described for manual backups only"),
            text!("check in the admin center that it is offered"),
        ),
        Loss::AuditLogsLeftOut => (text!("the audit logs of ", SOURCE, " are left out"), text!()),
        Loss::FlowsReplaced => (
            text!(
                "every solution flow of ",
                TARGET,
                " is replaced and turned off; those made after the restore point do not come back"
            ),
            text!("export a solution with what you want to keep"),
        ),
        Loss::FlowsDeleted => (
            text!(
                "the solution flows that ",
                TARGET,
                " has are deleted, its other flows stay; restored solution flows are off"
            ),
            text!(),
        ),
        Loss::Duration(says) => (text!(*says), text!()),
        Loss::MadeAnew => (made_anew(), text!()),
        Loss::SolutionsOnly => (text!("only apps and flows in a Dataverse solution are part of the backup"), text!()),
        Loss::AdministrationMode => {
            (text!("afterwards ", TARGET, " is in administration mode until somebody turns it off"), text!())
        }
        Loss::AdministrationModeOf(kind) => (
            text!(
                "how to turn administration mode off for a ",
                kind,
                " environment such as ",
                TARGET,
                " is not documented"
            ),
            text!("try it on an environment that nobody needs, or have a support contact ready"),
        ),
        Loss::Renamed(name) => (text!(TARGET, " will be called ", Piece::Name(one_line(name, 80))), text!()),
        Loss::App(app) => (text!(app.title(), " has a procedure of its own"), read_first(*app)),
    }
}

fn read_first(app: SpecialApp) -> Text {
    text!("read ", app.link(), " first")
}

impl Say for WayBack {
    fn say(&self, text: &mut Text) {
        let Some(until) = self.until else {
            return text.plain("nothing promises that its present state can be brought back");
        };
        // R20: after a failed restore the target is disabled, and going back to its own backup is not among the ways out.
        let disabled = "; a failed restore leaves it disabled, and going back to that state is then not documented as a \
                        way out: wait 30 minutes and retry with the same target, or reset it, delete it, or copy onto it";
        text!(
            "its present state stays in its own system backups until ",
            ends(until),
            " if its retention does not change",
            self.failure_disables.then_some(disabled)
        )
        .say(text);
    }
}

/// R11, R12, R13.
pub(super) fn made_anew() -> Text {
    text!(
        "afterwards connections are set up again, apps that were shared with everyone are shared again, and canvas apps have other ids"
    )
}
