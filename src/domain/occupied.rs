//! Whether what was going on with an environment goes on still (T9): an operation has 48 hours (R7). After that, or where it is not
//! known when somebody looked, nobody knows.

use super::environment::{Activity, Environment, Operation};
use super::instants::later;
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

    /// How it stands at `now` (UTC).
    pub fn at(&self, now: DateTime<Utc>) -> Occupied {
        let end = self.heard().map(|heard| later(heard, AT_MOST));
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
