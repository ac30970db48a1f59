//! What is read of it: how it stands, where, and the small settings.

use super::Saving;
use crate::platform::storage::Used;
use crate::ui::prelude::*;
use crate::workspace::desk::standing::Standing;
use crate::workspace::keep::{Found, Trouble, Waiting};
use crate::workspace::keys::{Place, Slot};
use crate::workspace::store::Store;
use chrono::{DateTime, Utc};

impl Saving {
    /// Reactive.
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// Since when everything is saved, UTC; reactive.
    pub fn since(self) -> Option<DateTime<Utc>> {
        self.since.get()
    }

    /// The edits that wait for a decision; reactive.
    pub fn waiting(self) -> Vec<Waiting> {
        self.waiting.get()
    }

    /// What is not as it should be in the place that is shown; reactive.
    pub fn troubles(self) -> Vec<Trouble> {
        self.troubles.get()
    }

    /// What was found in the place that is shown; reactive.
    pub fn found(self) -> Found {
        self.found.get()
    }

    /// Whether the second copy was asked too, so that what is not there never was; reactive.
    pub fn looked_twice(self) -> bool {
        self.looked_twice.get()
    }

    /// How many UTF-16 units of localStorage are used; reactive for what changes here. `None`: it does not answer.
    pub fn used(self) -> Option<Used> {
        self.moved.track();
        self.since.track();
        self.store.with_value(|s| s.used().ok())
    }

    /// A small setting beside the workspaces.
    pub fn setting(self, key: &str) -> Option<String> {
        self.store.with_value(|s| s.get(key).ok().flatten())
    }

    /// Remembers a small setting, or forgets it. A setting that cannot be kept holds for this tab.
    pub fn set_setting(self, key: &str, value: Option<&str>) {
        self.store.with_value(|s| {
            let _ = match value {
                Some(value) => s.set(key, value),
                None => s.remove(key),
            };
        });
    }

    /// Which workspace is open; reactive.
    pub fn slot(self) -> Slot {
        self.place.with(Place::slot)
    }

    pub fn slot_untracked(self) -> Slot {
        self.place.with_untracked(Place::slot)
    }
}
