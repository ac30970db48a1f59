//! The words of what goes on with an environment.

use super::{Piece, Say, Text, ends};
use crate::domain::environment::{Activity, Operation};
use crate::domain::occupied::Occupied;
use crate::text;

/// "was being restored at the last look, at 2 Jan 2026 10:00 UTC", with the day where it is known.
pub fn was(activity: &Activity) -> Text {
    let look = match (activity.seen, activity.since) {
        (Some(seen), since) if since.is_none_or(|since| since < seen) => text!(", at ", ends(seen)),
        (_, Some(since)) => text!(", since ", ends(since)),
        _ => text!(", whose time is not known"),
    };
    let what = match &activity.what {
        Operation::Other(raw) => text!("was reported with ", Piece::Code(raw.clone())),
        what => text!("was ", being(what)),
    };
    text!(what, " at the last look", look)
}

/// What it was at the last look: "it was being copied", or the service's own word.
impl Say for Activity {
    fn say(&self, text: &mut Text) {
        match &self.what {
            Operation::Other(raw) => text!("the service reported ", Piece::Code(raw.clone())),
            what => text!("it was ", being(what)),
        }
        .say(text);
    }
}

/// Of an operation that we know.
fn being(what: &Operation) -> &'static str {
    match what {
        Operation::Restoring => "being restored",
        Operation::Copying => "being copied",
        Operation::Switching => "being switched to another kind",
        Operation::Recovering => "being recovered",
        Operation::Other(_) => "being worked on",
    }
}

/// What that means for a restore, and what to do: the end of a sentence. It agrees with the gate (T9).
pub fn means(occupied: &Occupied) -> &'static str {
    match occupied {
        Occupied::Surely(Operation::Other(_)) | Occupied::Reported(_) => {
            "whether that stops a restore is not known. Look at its operations in the admin center before you restore from it or onto it"
        }
        Occupied::Surely(_) => "no restore from it or onto it until that has ended",
        Occupied::Perhaps(_) => {
            "whether that has ended is not known. Look at its operations in the admin center, then import them or the inventory again"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone, Utc};

    #[test]
    fn what_goes_on_is_said_as_the_gate_judges_it() {
        let now = Utc.with_ymd_and_hms(2026, 5, 5, 6, 0, 0).unwrap();
        let check = |what: Operation, minutes: i64, says: &str, means: &str| {
            let activity = Activity { what, since: Some(now - TimeDelta::minutes(minutes)), seen: None };
            assert_eq!(activity.says().to_string(), says);
            let got = super::means(&activity.at(now));
            assert!(got.starts_with(means), "{got}");
        };
        let stops = "no restore from it or onto it until that has ended";
        check(Operation::Copying, 40, "it was being copied", stops);
        check(Operation::Restoring, 40, "it was being restored", stops);
        let edit = || Operation::Other("Edit".into());
        check(edit(), 40, "the service reported `Edit`", "whether that stops a restore is not known");
        check(edit(), 3000, "the service reported `Edit`", "whether that has ended is not known");
        check(
            Operation::Switching,
            3000,
            "it was being switched to another kind",
            "whether that has ended is not known",
        );
    }
}
