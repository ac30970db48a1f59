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
