//! The words of the steps of a plan from the restore on.

use super::Spoken;
use super::steps::{StepText, step};
use crate::domain::characters::one_line;
use crate::domain::environment::Kind;
use crate::domain::plan::{Action, Purpose};
use crate::text;
use crate::words::text::{Piece, Text};

const KNOWS_THE_RECORDS: &str = "Somebody who knows the records, with rights to them in both environments.";

impl Spoken<'_> {
    pub(super) fn validate(self) -> StepText {
        let target = self.target();
        StepText {
            admin_center: text!(
                self.backups_of(self.source()),
                ", choose the point, and see that ",
                target,
                " is among the targets; do not confirm"
            ),
            verify: text!("The answer accepts the request, or the admin center offers ", target, " as a target."),
            caution: Some(match self.to_production() {
                true => text!(
                    "If it is refused, nothing has been overwritten yet: read the reason, and switch back to Production at once."
                ),
                false => text!("If it is refused, stop and read the reason: nothing has been overwritten yet."),
            }),
            ..step(text!("Try the restore without carrying it out"))
        }
    }

    pub(super) fn restore(self, others: u32, action: &Action) -> StepText {
        let target = self.target();
        let tab = if self.is_manual() { "Manual" } else { "System" };
        let audit = if self.with_audit_logs() { "include audit logs" } else { "leave audit logs out" };
        let rename =
            self.subject.new_name.as_ref().map(|name| text!(", Edit details: name ", Piece::Name(one_line(name, 80))));
        let consequence = match &self.subject.target {
            Some(_) if self.onto_itself() => {
                text!(target, " is overwritten whole: what came after ", self.at(), " is gone.")
            }
            Some(_) => text!(target, " is overwritten whole: everything in it is replaced."),
            None => {
                text!("The new environment gets what the backup holds; ", self.source(), " stays as it is.")
            }
        };
        let audit_caution = match self.with_audit_logs() {
            true => "Copying audit logs can add a lot of time.",
            false => "Audit logs are left out; the command-line tools copy them unless told to skip them.",
        };
        StepText {
            admin_center: text!(
                self.backups_of(self.source()),
                " > ",
                tab,
                ": choose the point, ",
                audit,
                ", target ",
                target,
                rename,
                ", Restore"
            ),
            verify: text!("The history of ", target, " shows a restore in progress."),
            consequence,
            caution: Some(text!(self.look_at_target(others, action), audit_caution)),
            ..step(text!("Restore ", self.restored(), " onto ", target))
        }
    }

    /// R3: which one is overwritten.
    pub(super) fn look_at_target(self, others: u32, action: &Action) -> Text {
        let Some(target) = &self.subject.target else {
            return text!("Check that the target is the environment that you have just created, by its id. ");
        };
        let others = match others {
            0 => String::new(),
            1 => ", and another environment is called the same".to_string(),
            n => format!(", and {n} other environments are called the same"),
        };
        let typed = match action {
            Action::Restore(restore) => restore.target_name.as_deref(),
            _ => None,
        };
        let name = Piece::Name(one_line(typed.unwrap_or(&target.name), 80));
        text!("Stop and read: the target is ", name, ", id ", target.id.as_str(), others, ". ")
    }

    pub(super) fn watch(self) -> StepText {
        let after_failure = match self.subject.failure_disables {
            true => {
                "If it fails the target stays disabled: wait 30 minutes and retry with the same target, or reset it, delete it, or copy onto it."
            }
            false => {
                "What a failed restore leaves behind is not described in these rules; later ones say that the target stays disabled and can be retried after 30 minutes."
            }
        };
        let sandbox = self.to_production().then_some(
            " As long as it is a Sandbox the older backups are at risk: if you give up, switch back to Production.",
        );
        StepText {
            admin_center: text!(
                "Environments > ",
                self.target(),
                " > History; where that does not tell, its operations by the Power Platform API: GET /environmentmanagement/environments/{id}/operations, which can be pasted on the page that adds an inventory"
            ),
            verify: text!(
                "The history, or the operation of the restore, says that it succeeded. That a task or a command has come to its end is no proof."
            ),
            consequence: text!(self.edition().map_or("How long it takes is not known here.", |e| e.restore_duration)),
            caution: Some(text!(after_failure, sandbox)),
            ..step(text!("Watch until it has finished, and see how it ended"))
        }
    }

    pub(super) fn verify_data(self) -> StepText {
        StepText {
            who: text!("Somebody who knows the data."),
            admin_center: text!("Environments > ", self.target(), " > Open"),
            verify: text!("Records that you know are as they were at ", self.at(), "."),
            caution: Some(text!("If it is the wrong state, restore again before users come back.")),
            ..step(text!("Look at the restored data in ", self.target()))
        }
    }

    pub(super) fn work_through_checklist(self) -> StepText {
        StepText {
            who: text!("Whoever owns the apps, flows and connections; some items need the maker."),
            verify: text!("Each item has been looked at, and is ticked or noted as left open."),
            consequence: text!("What was left off or without a connection is put back, piece by piece."),
            ..step(text!("Work through the checklist for ", self.target()))
        }
    }

    pub(super) fn who_may_enter(self) -> StepText {
        let (name, source) = (self.target(), self.source());
        // R17: it stays in administration mode until it is deleted.
        let is_new = self.subject.target.is_none();
        let consequence = match is_new {
            true => text!("Decides who sees the data of ", source, " for as long as ", name, " exists."),
            false => text!("Decides who can enter once administration mode is off."),
        };
        let who_sees = match is_new {
            true => "Whoever may enter it sees that data.",
            false => "Whoever could enter it before would see that data.",
        };
        StepText {
            admin_center: text!("Environments > ", name, " > Edit > Security group"),
            verify: text!(
                "The security group of ",
                name,
                " holds those who may see the data of ",
                source,
                ", and nobody else."
            ),
            consequence,
            caution: Some(text!(name, " now holds the data of ", source, ". ", who_sees).capital()),
            ..step(text!("Set who may enter ", name, ", before anybody is let in"))
        }
    }

    pub(super) fn leave_admin_mode(self) -> StepText {
        let name = self.target();
        let caution = match &self.subject.target_kind {
            _ if self.to_production() => {
                Some(text!("After switching back to Production administration mode may still be on."))
            }
            Some(kind @ (Kind::Developer | Kind::Teams)) => Some(text!(
                "Administration mode is documented for Sandbox and Production; how to turn it off for a ",
                kind,
                " environment is not."
            )),
            _ => None,
        };
        StepText {
            admin_center: text!(
                "Environments > ",
                name,
                " > Settings (Edit) > Administration mode: off; look at background operations as well"
            ),
            verify: text!(name, " is enabled, and somebody without an admin role can open it."),
            consequence: text!("Lets users in again; background operations may start."),
            caution,
            ..step(text!("Turn administration mode off for ", name))
        }
    }

    pub(super) fn find_records(self) -> StepText {
        let logs = matches!(self.plan.purpose, Purpose::BulkDeletion { include_audit_logs: true, .. });
        StepText {
            who: text!(KNOWS_THE_RECORDS),
            admin_center: text!("Environments > the new environment > Open"),
            verify: text!(
                "The list of the records that ",
                self.source(),
                " lacks is written down and checked.",
                logs.then(|| text!(" The audit logs of ", self.source(), " have arrived in the new environment."))
            ),
            caution: Some(text!(
                "Leave the new environment in administration mode and its flows off until it is deleted, and give nobody its apps: they have ids of their own. Records that were deleted on purpose since ",
                self.at(),
                " are there as well."
            )),
            ..step(text!("Find the records that were deleted"))
        }
    }

    pub(super) fn carry_over(self) -> StepText {
        let name = self.source();
        StepText {
            who: text!(KNOWS_THE_RECORDS),
            admin_center: text!("By hand: export and import, or a data migration tool"),
            verify: text!("The records are in ", name, " once each, with their ids, owners and relations."),
            consequence: text!("Adds records to ", name, "; flows and workflows of ", name, " may react to them."),
            caution: Some(text!("Parents before children; try it with a few records first.")),
            ..step(text!("Carry the records over to ", name))
        }
    }
}

pub(super) fn clean_up() -> StepText {
    StepText {
        admin_center: text!("Environments > the new environment > Delete"),
        verify: text!("The list of environments no longer shows it, and its capacity is free again."),
        consequence: text!("Frees the capacity. A deleted environment can be recovered for seven days."),
        caution: Some(text!(
            "Only once the records are back and checked. Compare the name and the id: delete the new environment, not the original."
        )),
        ..step(text!("Delete the new environment"))
    }
}
