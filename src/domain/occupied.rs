//! Whether what was going on with an environment goes on still (T9): an operation has 48 hours (R7). After that, or where it is not
//! known when somebody looked, nobody knows.

use super::environment::{Activity, Environment, Operation};
use super::words::instant_text;
use chrono::{DateTime, TimeDelta, Utc};

/// How long an operation may take (R7).
pub const AT_MOST: TimeDelta = TimeDelta::hours(48);

/// What occupies an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occupied {
    /// It goes on, as far as an operation can take.
    Surely(Operation),
    /// The service's own word; whether that stops anything is not known.
    Reported(String),
    /// It was going on at the last look; whether it has ended is not known.
    Perhaps(Activity),
}

/// What may be another once something has ended, beside that it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// Nothing that decides what is kept.
    AsItWas,
    /// It is not known whether anything: the service's own word.
    Perhaps,
    /// Its kind, whether it is managed, whether it is there at all, where it is or what is in it.
    Another,
}

impl Operation {
    /// What it leaves behind when it ends, of which only an import can tell.
    pub fn leaves(&self) -> Leaves {
        let raw = match self {
            Operation::Restoring | Operation::Copying => return Leaves::AsItWas,
            Operation::Switching | Operation::Recovering => return Leaves::Another,
            Operation::Other(raw) => raw,
        };
        let word: String = raw.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let is = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
        if word.starts_with("mov")
            || is(&[
                "managed",
                "governance",
                "delet",
                "convert",
                "switch",
                "promot",
                "recover",
                "reset",
                "migrat",
                "retention",
            ])
        {
            return Leaves::Another;
        }
        match word.as_str() {
            "edit" | "editenvironment" | "backup" | "backingup" | "createbackup" | "manualbackup" => Leaves::AsItWas,
            _ => Leaves::Perhaps,
        }
    }
}

impl Activity {
    /// The last instant (UTC) at which it is known to have been going on; `None`: not known.
    pub fn heard(&self) -> Option<DateTime<Utc>> {
        self.since.max(self.seen)
    }

    /// "was being restored at the last look, at 2 Jan 2026 10:00 UTC", with the day where it is known.
    pub fn was(&self) -> String {
        let what = match &self.what {
            Operation::Restoring => "was being restored".to_string(),
            Operation::Copying => "was being copied".to_string(),
            Operation::Switching => "was being switched to another kind".to_string(),
            Operation::Recovering => "was being recovered".to_string(),
            Operation::Other(raw) => format!("was reported with `{raw}`"),
        };
        match (self.seen, self.since) {
            (Some(seen), since) if since.is_none_or(|since| since < seen) => {
                format!("{what} at the last look, at {}", instant_text(seen))
            }
            (_, Some(since)) => format!("{what} at the last look, since {}", instant_text(since)),
            _ => format!("{what} at the last look, whose time is not known"),
        }
    }

    /// What it was at the last look: "it was being copied", or the service's own word.
    pub fn says(&self) -> String {
        match &self.what {
            Operation::Restoring => "it was being restored".to_string(),
            Operation::Copying => "it was being copied".to_string(),
            Operation::Switching => "it was being switched to another kind".to_string(),
            Operation::Recovering => "it was being recovered".to_string(),
            Operation::Other(raw) => format!("the service reported `{raw}`"),
        }
    }

    /// How it stands at `now` (UTC).
    pub fn at(&self, now: DateTime<Utc>) -> Occupied {
        let end = self.heard().map(|heard| heard.checked_add_signed(AT_MOST).unwrap_or(DateTime::<Utc>::MAX_UTC));
        match &self.what {
            _ if end.is_none_or(|end| now > end) => Occupied::Perhaps(self.clone()),
            Operation::Other(raw) => Occupied::Reported(raw.clone()),
            what => Occupied::Surely(what.clone()),
        }
    }
}

impl Occupied {
    /// Whether it surely stops a restore (T9); else nobody knows.
    pub fn stops(&self) -> bool {
        match self {
            Occupied::Surely(Operation::Other(_)) | Occupied::Reported(_) | Occupied::Perhaps(_) => false,
            Occupied::Surely(_) => true,
        }
    }

    /// What that means for a restore, and what to do: the end of a sentence, without a period. It agrees with the gate (T9).
    pub fn means(&self) -> &'static str {
        match self {
            Occupied::Surely(Operation::Other(_)) | Occupied::Reported(_) => {
                "whether that stops a restore is not known. Look at its operations in the admin center before you restore from it or \
                 onto it"
            }
            Occupied::Surely(_) => "no restore from it or onto it until that has ended",
            Occupied::Perhaps(_) => {
                "whether that has ended is not known. Look at its operations in the admin center, then import them or the inventory \
                 again"
            }
        }
    }
}

impl Environment {
    /// What occupies it at `now` (UTC). A restore that was recorded here ends when its end is recorded.
    pub fn occupied(&self, now: DateTime<Utc>) -> Option<Occupied> {
        let activity = self.activity.as_ref()?;
        match (&self.running, activity.at(now)) {
            (Some(_), Occupied::Perhaps(_)) => Some(Occupied::Surely(activity.what.clone())),
            (_, occupied) => Some(occupied),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn what_goes_on_is_said_as_the_gate_judges_it() {
        let now = Utc.with_ymd_and_hms(2026, 5, 5, 6, 0, 0).unwrap();
        let check = |what: Operation, minutes: i64, says: &str, means: &str| {
            let activity = Activity { what, since: Some(now - TimeDelta::minutes(minutes)), seen: None };
            assert_eq!(activity.says(), says);
            let got = activity.at(now).means();
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
