//! The words of the lists of a plan: what is to be done afterwards, what it rests on, and what ends.

use super::Spoken;
use crate::domain::characters::one_line;
use crate::domain::edition::{Basis, Edition, EditionId};
use crate::domain::environment::Kind;
use crate::domain::plan::{Deadline, End, FactValue, Item, Plan, Remark};
use crate::domain::rule::RuleId;
use crate::domain::said::Role;
use crate::text;
use crate::words::text::{Piece, Text, day, ends};
use crate::words::{Span, facts};

impl Plan {
    /// What an item of one of its lists says, a sentence.
    pub fn item_text(&self, item: &Item) -> Text {
        match &item.cause {
            Remark::Told(text) => text.clone(),
            cause => self.spoken().map(|spoken| spoken.remark(cause, &item.rules).sentence()).unwrap_or_default(),
        }
    }

    /// What ends at a deadline, a sentence.
    pub fn deadline_text(&self, deadline: &Deadline) -> Text {
        match &deadline.cause {
            End::Told(text) => text.clone(),
            cause => {
                let say = |spoken: Spoken| text!(spoken.end(cause), spoken.because(cause)).sentence();
                self.spoken().map(say).unwrap_or_default()
            }
        }
    }

    /// The same in few words, without a full stop: the title of an event.
    pub fn deadline_title(&self, deadline: &Deadline) -> Text {
        match (&deadline.cause, self.spoken()) {
            (End::Start | End::StartAtOnce, Some(_)) => start(&deadline.cause).capital(),
            (End::Told(text), _) => text.clone(),
            (cause, spoken) => spoken.map(|spoken| spoken.end(cause).capital()).unwrap_or_default(),
        }
    }
}

/// "latest sensible start".
fn start(cause: &End) -> Text {
    let at_once = (*cause == End::StartAtOnce).then_some(" is at once");
    text!("latest sensible start", at_once)
}

impl Spoken<'_> {
    fn remark(self, cause: &Remark, rules: &[RuleId]) -> Text {
        match cause {
            Remark::Told(text) => text.clone(),
            Remark::Edition
            | Remark::NewestNoWorse(_)
            | Remark::Sample
            | Remark::Imported(_)
            | Remark::NotImported
            | Remark::Answered { .. }
            | Remark::NotKnown(..)
            | Remark::CapacityAnswered
            | Remark::CapacityNotKnown
            | Remark::DatesInUtc
            | Remark::Decision => self.assumption(cause, rules),
            Remark::Records
            | Remark::Original
            | Remark::KeepNewInAdminMode
            | Remark::WhoMayEnterNew
            | Remark::SharingOfNew
            | Remark::CleanUp => self.after_deletion(cause),
            _ => self.afterwards(cause),
        }
    }

    /// What a restore leaves behind.
    fn afterwards(self, cause: &Remark) -> Text {
        let name = self.target();
        match cause {
            Remark::SwitchedBack => text!("check that the list of environments shows ", name, " as Production"),
            Remark::RetentionAsBefore => text!(
                "compare the retention setting of ",
                name,
                " with what it was before the switch; set it again where it differs"
            ),
            Remark::Connections => {
                text!("give every connection reference in ", name, " a new connection, and try each")
            }
            Remark::Connectors => {
                text!("review the custom connectors in ", name, "; delete and install again those that need it")
            }
            Remark::SharedWithEveryone => text!(
                "share apps that were shared with Everyone again, with a security group; sharing with a security group stays"
            ),
            Remark::AppIds => {
                text!("put the new id of each canvas app into the links, bookmarks and scripts that hold the old one")
            }
            Remark::OutsideSolutions => {
                text!("apps and flows outside solutions are not part of a restore: look at what they need")
            }
            Remark::LostApps => text!(
                "see whether the apps outside solutions that ",
                name,
                " had are still there; bring back what is missing"
            ),
            Remark::NewName => {
                let new = one_line(self.subject.new_name.as_deref().unwrap_or_default(), 80);
                text!("check that ", name, " is called ", Piece::Name(new), " now")
            }
            Remark::App(app) => text!("follow the page of ", app.title(), ": it has a procedure of its own"),
            Remark::AdminMode => self.admin_mode(),
            Remark::ImportAgainForPlans => {
                text!("import the inventory again, so that the next plan knows of this restore")
            }
            Remark::ImportAgain => text!("import the inventory again"),
            Remark::EarlierBackups if self.subject.target.is_none() => {
                text!("the backups of ", self.source(), " stay available inside its retention")
            }
            Remark::EarlierBackups => text!(
                "should you have to go back once more: earlier backups of ",
                name,
                " inside its retention stay available"
            ),
            Remark::IfItFailed => self.if_it_failed(),
            _ => self.flows_and_logs(cause),
        }
    }

    fn flows_and_logs(self, cause: &Remark) -> Text {
        let name = self.target();
        match cause {
            Remark::FlowsOn => {
                text!("turn the solution flows in ", name, " on, one by one, as needed, and watch a run of each")
            }
            Remark::FlowsThatStayed => {
                text!("check that the flows outside solutions that stayed in ", name, " point at the right places")
            }
            Remark::FlowsMadeSince => {
                text!("build or import the solution flows made after ", self.at(), " again: they do not come back")
            }
            Remark::FlowsDeleted => text!(
                "ask whether anybody misses one of the solution flows that ",
                name,
                " had before: they are deleted"
            ),
            _ => self.audit_logs(cause),
        }
    }

    fn audit_logs(self, cause: &Remark) -> Text {
        let (name, source) = (self.target(), self.source());
        let new = self.subject.target.is_none();
        match cause {
            Remark::AuditLogsAlong if new => {
                text!("check that the audit logs of ", source, " have arrived in the new environment")
            }
            Remark::AuditLogsAlong => text!(
                "check that the audit logs of ",
                source,
                " have arrived in ",
                name,
                "; those that ",
                name,
                " had may be lost"
            ),
            Remark::AuditLogsLeftOut if new => {
                text!("the audit logs of ", source, " were left out; it keeps its own")
            }
            Remark::AuditLogsLeftOut => {
                text!("the audit logs of ", source, " were left out; those that ", name, " had may be lost")
            }
            _ => text!(
                "check that ",
                name,
                " has its audit logs, also those after the restore point: restored onto itself it keeps them"
            ),
        }
    }

    fn admin_mode(self) -> Text {
        let name = self.target();
        match &self.subject.target_kind {
            Some(kind @ (Kind::Developer | Kind::Teams)) => text!(
                "find out how to turn administration mode off for ",
                name,
                ": for a ",
                kind,
                " environment that is not documented"
            ),
            _ => text!("turn administration mode off for ", name, ", and check background operations"),
        }
    }

    fn if_it_failed(self) -> Text {
        let name = self.target();
        match self.subject.failure_disables {
            true => text!(
                "if the restore failed: ",
                name,
                " is disabled; wait 30 minutes and retry with the same target, or reset it, delete it, or copy onto it"
            ),
            false => text!(
                "if the restore failed: what it leaves of ",
                name,
                " is not described in these rules; later ones say disabled, retry after 30 minutes"
            ),
        }
    }

    /// R17.
    fn after_deletion(self, cause: &Remark) -> Text {
        let name = self.source();
        match cause {
            Remark::Records => text!("check that the deleted records are in ", name, " again, once each"),
            Remark::Original => text!(
                "check that what was added to ",
                name,
                " since ",
                self.at(),
                " is still there: this plan does not overwrite it"
            ),
            Remark::KeepNewInAdminMode => {
                text!("leave the new environment in administration mode and its flows off until it is deleted")
            }
            Remark::WhoMayEnterNew => text!(
                "see that nobody enters the new environment, by its security group, who may not see the data of ",
                name
            ),
            Remark::SharingOfNew => {
                text!("give nobody the apps of the new environment: they have ids of their own")
            }
            _ => text!("delete the new environment, and check that its capacity is free again"),
        }
    }

    fn assumption(self, cause: &Remark, rules: &[RuleId]) -> Text {
        match cause {
            Remark::Edition => {
                let basis = match self.edition().map(|edition| edition.basis) {
                    Some(Basis::FullPage) => "the whole page was read",
                    Some(Basis::ChangeNotes) => "known from published change notes only, the whole page was not read",
                    None => "an edition that is not known here",
                };
                text!(title(&self.plan.edition), ": ", basis)
            }
            Remark::NewestNoWorse(newest) => {
                text!("the newest rules (", title(newest), ") give no worse answer here")
            }
            Remark::Sample => text!("this is the sample tenant: nothing in it exists"),
            Remark::Imported(at) => text!(
                "the inventory is of ",
                ends(*at),
                " or earlier, ",
                Span(self.plan.made - *at),
                " before this plan"
            ),
            Remark::NotImported => text!("at least one of the environments was in no import that is known"),
            Remark::Answered { role, value, at } => {
                text!("your answer of ", day(*at), ": ", is(&self.of(*role), value))
            }
            Remark::NotKnown(role, fact) => text!("not known of ", self.of(*role), ": ", facts::of(*fact).clause),
            Remark::CapacityAnswered => text!("you typed in the tenant's capacity"),
            Remark::CapacityNotKnown => text!("the tenant's capacity is not known"),
            Remark::DatesInUtc => {
                text!("that PowerShell and pac read the dates in their commands as UTC is inferred: no page says so")
            }
            _ => {
                let edition = self.edition().unwrap_or_else(Edition::newest);
                text!(rules.first().map(|rule| edition.rule(*rule).sentence))
            }
        }
    }

    fn of(self, role: Role) -> Piece {
        match role {
            Role::Source => self.source(),
            Role::Target => self.target(),
        }
    }

    /// What ends, or begins; [`Spoken::because`] goes on.
    fn end(self, cause: &End) -> Text {
        let what = if self.is_manual() { "the manual backup" } else { "the point" };
        match cause {
            End::Told(text) => text.clone(),
            End::WayBack => {
                text!("the state of ", self.target(), " at the making of this plan leaves its guaranteed window")
            }
            End::OfSandbox => {
                text!("the point is older than seven days and cannot be chosen any more while this is a Sandbox")
            }
            End::BackupReady => text!("the manual backup is ready"),
            End::Guaranteed => text!(what, " leaves the guaranteed window of ", self.source()),
            End::Possible => text!(what, " leaves even the possible window of ", self.source()),
            End::Start | End::StartAtOnce => text!("the ", start(cause)),
        }
    }

    fn because(self, cause: &End) -> Text {
        let what = if self.is_manual() { "the manual backup" } else { "the point" };
        match cause {
            End::WayBack => text!("; until then its own backups hold it, if its retention does not change"),
            End::Possible => text!("; it is not guaranteed before either"),
            End::Start => text!(": a restore can take more than a day"),
            End::StartAtOnce => text!(": nothing guarantees ", what, ", and it may already be gone"),
            End::Told(_) | End::OfSandbox | End::BackupReady | End::Guaranteed => text!(),
        }
    }
}

pub(super) fn title(edition: &EditionId) -> String {
    Edition::find(edition).map_or_else(|| edition.0.clone(), |edition| edition.title.to_string())
}

/// "“Sales” has Dataverse".
fn is(name: &Piece, value: &FactValue) -> Text {
    let either = |is: bool, yes: &'static str, no: &'static str| text!(name, if is { yes } else { no });
    match value {
        FactValue::Kind(kind) => text!(name, " is ", kind.to_string()),
        FactValue::Region(region) => text!(name, " is in ", region),
        FactValue::Dataverse(has) => either(*has, " has Dataverse", " has no Dataverse"),
        FactValue::Dynamics(has) => either(*has, " has Dynamics 365 apps", " has no Dynamics 365 apps"),
        FactValue::Managed(is) => either(*is, " is managed", " is not managed"),
        FactValue::CustomerKey(has) => either(*has, " has a customer-managed key", " has no customer-managed key"),
        FactValue::Policies(n) => text!(name, " has ", n.to_string(), " enterprise policies"),
        FactValue::RetentionSetting(days) => {
            text!("the retention setting of ", name, " is ", days.to_string(), " days")
        }
        FactValue::Created(at) => text!(name, " was created at ", ends(*at)),
    }
}
