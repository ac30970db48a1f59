//! What the log holds.

use super::before::Before;
use crate::domain::command::{Command, Event, EventSort};
use crate::domain::edition::EditionId;
use crate::domain::environment::EnvironmentId;
use crate::domain::life::{Happening, What};
use crate::words::Say;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How many events of one entry are kept: an answer for a whole tenant would have thousands.
const EVENTS: usize = 100;

/// One command that was carried out, or operations that ended by themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    pub number: u32,
    /// When it was done, UTC; may be earlier than when it was recorded.
    pub at: DateTime<Utc>,
    /// When it was recorded, UTC.
    pub recorded: DateTime<Utc>,
    /// `None`: an import, something that ended by itself, or too old to be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<Command>,
    /// It was an import.
    #[serde(default, skip_serializing_if = "is_false")]
    pub import: bool,
    pub events: Vec<LoggedEvent>,
    /// The rules that it was judged by.
    #[serde(default)]
    pub edition: EditionId,
    /// The step of a plan that it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// It followed from the clock alone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub by_itself: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<Before>,
}

/// An event, in the words that were said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoggedEvent {
    /// UTC.
    pub at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<EnvironmentId>,
    #[serde(default)]
    pub sort: EventSort,
    pub says: String,
    /// What it does to the tenant when it is replayed (see [`crate::domain::life::evolve`]); `None` for changes of what is *known*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happening: Option<Happening>,
}

impl From<&Event> for LoggedEvent {
    fn from(event: &Event) -> Self {
        Self {
            at: event.at,
            environment: event.environment.clone(),
            sort: event.of_sort(),
            says: event.says().capital().to_string(),
            happening: event.happening(),
        }
    }
}

fn is_false(yes: &bool) -> bool {
    !yes
}

/// The step of a plan that an entry stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub plan: u32,
    pub id: String,
}

/// A command that was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Undone {
    /// When it was done, UTC.
    pub at: DateTime<Utc>,
    /// When it was recorded, UTC.
    pub recorded: DateTime<Utc>,
    pub number: u32,
    pub command: Command,
    pub edition: EditionId,
    pub step: Option<Step>,
    /// What it was, for people.
    pub says: String,
}

impl LogEntry {
    /// An entry in which nothing is but its edition.
    pub(in crate::workspace) fn of_edition(edition: EditionId, at: DateTime<Utc>) -> Self {
        Self {
            number: 0,
            at,
            recorded: at,
            command: None,
            import: false,
            events: Vec::new(),
            edition,
            step: None,
            by_itself: false,
            before: None,
        }
    }

    /// Whether only what is shown is left.
    pub(super) fn is_slim(&self) -> bool {
        self.before.is_none() && self.command.is_none() && !self.import
    }

    /// Makes it one that cannot be taken back.
    pub(in crate::workspace) fn forget(&mut self) {
        self.before = None;
        self.command = None;
    }

    /// Leaves only what is shown: the sentences, and what restores there were.
    pub(super) fn slim(&mut self) {
        self.before = None;
        self.command = None;
        for event in &mut self.events {
            let of_restore = |what: &What| {
                matches!(what, What::RestoreStarted(_) | What::RestoreSucceeded | What::RestoreFailed { .. })
            };
            event.happening = event.happening.take().filter(|h| of_restore(&h.what));
        }
    }
}

/// The events that are kept: not all of an answer for a whole tenant.
pub(super) fn shortened(events: &[Event], at: DateTime<Utc>) -> Vec<LoggedEvent> {
    let more = events.len().saturating_sub(EVENTS);
    let mut kept: Vec<LoggedEvent> = events.iter().take(EVENTS).map(LoggedEvent::from).collect();
    if more > 0 {
        let sort = events.first().map_or(EventSort::List, Event::of_sort);
        let says = format!("{more} more like these");
        kept.push(LoggedEvent { at, environment: None, sort, says, happening: None });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_entry_is_not_takes_no_room() {
        let bare = LogEntry::of_edition(EditionId("e".into()), DateTime::UNIX_EPOCH);
        let text = serde_json::to_string(&bare).unwrap();
        let at = "1970-01-01T00:00:00Z";
        assert_eq!(text, format!(r#"{{"number":0,"at":"{at}","recorded":"{at}","events":[],"edition":"e"}}"#));
        let other = LogEntry { import: true, by_itself: true, ..bare };
        let text = serde_json::to_string(&other).unwrap();
        assert!(text.contains(r#""import":true"#) && text.contains(r#""by_itself":true"#), "{text}");
        assert_eq!(serde_json::from_str::<LogEntry>(&text).unwrap(), other);
    }
}
