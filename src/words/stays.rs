//! The words of why something that was done, or that a clock shows, stays as it is.

use super::{Say, Text, ends};
use crate::domain::command::Stays;
use crate::text;

/// A clause.
impl Say for Stays {
    fn say(&self, text: &mut Text) {
        let says = match self {
            Stays::NothingDone => "nothing has been done yet",
            Stays::NothingTakenBack => "nothing was taken back",
            Stays::Import => {
                "an import is undone where inventories are added, while that is offered there; else import an earlier file"
            }
            Stays::LastIsImport => {
                "the last thing was an import. On the page that adds inventories it can be undone until the page is loaded anew; after that, import an earlier file"
            }
            Stays::BeforeImport => "an import came after it, and nothing before an import can be taken back",
            Stays::ByItself => "what ends by itself cannot be taken back",
            Stays::NotKept => "it lies too far back, or concerns too many environments, to be taken back",
            Stays::NotListed => "it is not in the list any more",
            Stays::DoneAgain => "it was done again already, or something else was done since",
            Stays::NotYet => "the time at which it was done has not come yet: move the clock on first",
            Stays::NoPlan => "the plan is not here any more",
            Stays::NewerVersion => {
                "a newer version of Restore Desk wrote this workspace: load the newest version to change it"
            }
            Stays::NotWaiting => "it does not wait any more",
            Stays::RealClock => "the clock of your own tenant is the real one: rehearse to move it",
            Stays::TooFarOn => "that is more than ten years from where the rehearsal began: choose a nearer time",
            Stays::Refused(why) => return why.say(text),
            Stays::Needed(why) => {
                let (before, after) =
                    ("something that was done later needs it: ", ". Take that back first, from the top of the list");
                return text!(before, **why, after).say(text);
            }
            Stays::BeforeRehearsal(began) => {
                let before = "nothing is known of the time before the rehearsal began, ";
                return text!(before, ends(*began), ": choose a later time").say(text);
            }
            Stays::DoneLater(what) => {
                let what = what.as_deref().unwrap_or("something");
                let before = "what was done later would not have happened yet: “";
                return text!(before, what, "”. Take it back first, or start over").say(text);
            }
        };
        says.say(text);
    }
}
