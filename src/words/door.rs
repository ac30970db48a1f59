//! The words of the door: what was mended of a workspace that was written elsewhere. Clauses.

use super::{Piece, Say, Text};
use crate::domain::door::{Dated, Mended, WorkspacePart};
use crate::domain::environment::EnvironmentId;
use crate::text;

impl Say for Mended {
    fn say(&self, text: &mut Text) {
        let name = |name: &String| Piece::Name(name.clone());
        let bare = |id: &EnvironmentId| Piece::Bare(id.to_string());
        match self {
            Mended::NoId(who) => text!(name(who), " has no id and was left out"),
            Mended::Twice(id) => text!("environment ", bare(id), " was listed twice; the first counts"),
            Mended::Fact { environment, fact } => {
                let odd = " is no date of a calendar, so it is unknown now";
                text!(bare(environment), ": the time of ", fact, odd)
            }
            Mended::Retention { environment, days } => {
                let odd = " days are no retention setting, so it is unknown now";
                text!(bare(environment), ": ", days.to_string(), odd)
            }
            Mended::Backup { environment, backup } => {
                let odd = " has no usable time or id, or is listed twice, and was left out";
                text!(bare(environment), ": the manual backup ", name(backup), odd)
            }
            Mended::Change(id) => {
                text!(bare(id), ": a change has a time that is no date, so it may have happened at any time")
            }
            Mended::Import(number) => {
                text!("import ", number.to_string(), " has a time that is no date; it counts as the oldest possible")
            }
            Mended::Part(part) => text!(part, " cannot be and was left out"),
            Mended::Plan(title) => text!("the plan ", name(title), " rests on a time that is no date and was left out"),
            Mended::Entries(1) => {
                text!("1 entry of the activity has a time that is no date and cannot be taken back")
            }
            Mended::Entries(n) => {
                text!(n.to_string(), " entries of the activity have times that are no dates and cannot be taken back")
            }
        }
        .say(text);
    }
}

impl Say for Dated {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            Dated::Kind => "its kind",
            Dated::Region => "its region",
            Dated::Dataverse => "Dataverse",
            Dated::Dynamics => "Dynamics 365 apps",
            Dated::Managed => "Managed Environments",
            Dated::Key => "its encryption key",
            Dated::Policies => "its policies",
            Dated::RetentionSetting => "its retention setting",
            Dated::OldestBackup => "its oldest backup",
            Dated::Created => "its creation",
            Dated::State => "its state",
            Dated::BackgroundOperations => "its background operations",
            Dated::Group => "its group",
            Dated::DatabaseSize => "its database",
            Dated::FirstSight => "the first sight of it",
            Dated::LastSign => "the last sign of its life",
            Dated::FailedRestore => "its failed restore",
            Dated::Deleted => "its deletion",
            Dated::Offered => "what the service offered to restore",
            Dated::Candidates => "whom the service offered as its targets",
            Dated::Activity => "what occupies it",
            Dated::RunningRestore => "the restore that runs onto it",
            Dated::Endings => "what is announced for it",
            Dated::Operation => "an operation",
        });
    }
}

impl Say for WorkspacePart {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            WorkspacePart::Storage => "the storage of the tenant",
            WorkspacePart::Cloud => "the cloud of the tenant",
            WorkspacePart::GroupRule => "a rule of an environment group",
            WorkspacePart::Saved => "the time at which it was saved",
            WorkspacePart::Wizard => "a time in the wizard",
            WorkspacePart::Clock => "the time of the clock",
            WorkspacePart::Past => "what was known at an earlier import",
            WorkspacePart::SecondPlan => "a second plan under the same number",
        });
    }
}
