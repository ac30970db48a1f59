//! What is not as it should be, each with its sentence.

use super::journal::NotAnEntry;
use super::record::{self, Head, NotARecord};
use crate::words::time::instant_text;
use crate::workspace::envelope::Unreadable;
use crate::workspace::keys::{Key, RecordId, Slot, Tab};
use crate::workspace::store::StoreError;
use chrono::{DateTime, Utc};

/// Something that is not as it should be. Nothing of it is written over or removed.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The store failed at this key.
    NoAnswer {
        key: Key,
        error: StoreError,
    },
    /// The store lists the key, and says that nothing is there.
    Silent {
        key: Key,
    },
    Record {
        key: Key,
        why: NotARecord,
    },
    Entry {
        key: Key,
        why: NotAnEntry,
    },
    /// Later edits of a tab are there, or edits of others that stand on them; these are not.
    Missing {
        tab: Tab,
        first: u64,
        last: u64,
        /// The state that is shown holds all until then, UTC; `None`: it lacks them itself.
        after: Option<DateTime<Utc>>,
        /// They were made before this, UTC, where that is known.
        before: Option<DateTime<Utc>>,
    },
    /// Edits stand on a record that is not there any more: what it held alone is missing.
    Lost {
        record: RecordId,
        /// When the record was written that is shown instead, UTC; `None`: there is none.
        after: Option<DateTime<Utc>>,
        /// The first edit that stands on it, UTC.
        before: DateTime<Utc>,
    },
    /// A record holds what the newest one does not go back to: it is offered.
    Beside(Box<Head>),
    /// What an earlier build left cannot be read.
    Earlier {
        slot: Slot,
        why: Unreadable,
    },
}

impl Trouble {
    /// The key whose text could not be read, where a second copy of it may help.
    pub fn torn(&self) -> Option<&Key> {
        match self {
            Trouble::NoAnswer { key, .. }
            | Trouble::Silent { key }
            | Trouble::Record { key, .. }
            | Trouble::Entry { key, .. } => Some(key),
            Trouble::Missing { .. } | Trouble::Lost { .. } | Trouble::Beside(_) | Trouble::Earlier { .. } => None,
        }
    }

    /// Whether something that was kept is in no store any more.
    pub fn lacks(&self) -> bool {
        matches!(self, Trouble::Missing { .. } | Trouble::Lost { .. })
    }

    /// What is missing, by name, for remembering that a person knows of it; `None`: nothing is.
    pub fn gap(&self) -> Option<String> {
        match self {
            Trouble::Missing { tab, first, last, .. } => Some(format!("{}.{first}-{last}", tab.0)),
            Trouble::Lost { record, .. } => Some(record.to_string()),
            _ => None,
        }
    }

    /// What happened, as a sentence.
    pub fn says(&self) -> String {
        match self {
            Trouble::NoAnswer { key, error } => format!("the store failed at {key}: {}", error.says()),
            Trouble::Silent { key } => format!("the store lists {key} and does not give it"),
            Trouble::Record { key, why } => format!("{key} cannot be read: {}", why.says()),
            Trouble::Entry { key, why } => format!("a change under {key} cannot be read: {}", why.says()),
            Trouble::Missing { first, last, after, before, .. } if first == last => {
                let when = between(*after, *before);
                format!(
                    "something is missing: change {first} of a tab{when}, on which later ones stand, is in no store any more"
                )
            }
            Trouble::Missing { first, last, after, before, .. } => {
                let when = between(*after, *before);
                format!(
                    "something is missing: changes {first} to {last} of a tab{when}, on which later ones stand, are in no store any more"
                )
            }
            Trouble::Lost { record, after: Some(after), before } => format!(
                "something is missing: revision {} is in no store any more; the state of {} is shown, with the changes from {} on",
                record.revision,
                instant_text(*after),
                instant_text(*before),
            ),
            Trouble::Lost { record, after: None, before } => format!(
                "something is missing: revision {} is in no store any more, nor one before it; only the changes from {} on are shown",
                record.revision,
                instant_text(*before),
            ),
            Trouble::Beside(head) => format!(
                "another version of this workspace, of {}, is not part of it: look at it and choose",
                instant_text(head.saved)
            ),
            Trouble::Earlier { why, .. } => format!("what an earlier version left cannot be read: {why}"),
        }
    }
}

/// When something was made, as far as that is known: the end of a clause.
fn between(after: Option<DateTime<Utc>>, before: Option<DateTime<Utc>>) -> String {
    match (after, before) {
        (Some(after), Some(before)) if instant_text(after) == instant_text(before) => {
            format!(", made at {}", instant_text(after))
        }
        (Some(after), Some(before)) => format!(", made between {} and {}", instant_text(after), instant_text(before)),
        (Some(after), None) => format!(", made after {}", instant_text(after)),
        (None, Some(before)) => format!(", made before {}", instant_text(before)),
        (None, None) => String::new(),
    }
}

impl NotARecord {
    /// Why, as a clause.
    pub fn says(&self) -> String {
        match self {
            NotARecord::Torn => "it is cut off or was changed".to_string(),
            NotARecord::Misplaced => "it belongs to another workspace".to_string(),
            NotARecord::NewerForm(form) => {
                format!("a newer version of Restore Desk wrote it (form {form}, this one reads up to {})", record::FORM)
            }
            NotARecord::TooMuch(over) => over.to_string(),
            NotARecord::Content(why) => why.to_string(),
        }
    }
}

impl NotAnEntry {
    /// Why, as a clause.
    pub fn says(&self) -> &'static str {
        match self {
            NotAnEntry::Torn => "it is cut off or was changed",
            NotAnEntry::Newer => "a newer version of Restore Desk wrote it",
            NotAnEntry::Misplaced => "it belongs to another workspace",
        }
    }
}
