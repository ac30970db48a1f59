//! The end of a log: what something new can touch of it. A log has thousands of entries, and what is tried may be refused, so it is
//! tried on a copy of its end, which then takes the place of it.

use super::{Log, LogEntry, Task};
use crate::domain::command::{Command, Refusal};
use crate::domain::edition::Edition;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};

impl Log {
    /// What [`Log::record`] would make of the tenant; nothing changes.
    ///
    /// # Errors
    /// The refusal with which it would be answered.
    pub fn preview(
        &self,
        edition: &Edition,
        tenant: &Tenant,
        command: Command,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Tenant, Refusal> {
        // Whatever may have to be done again after it was done at its time or later.
        let place = self.entries.iter().position(|e| e.at >= at).unwrap_or(self.entries.len());
        let (_, mut end) = self.end(place);
        let task = Task { command, at, recorded: now, step: None, number: None };
        end.insert(edition, tenant, task, now).map(|(after, _)| after)
    }

    /// A copy of the entries from `place` on, with the one before them, until when everything was settled; and where it begins.
    pub(super) fn end(&self, place: usize) -> (usize, Log) {
        let from = place.saturating_sub(1).min(self.entries.len());
        let entries: Vec<LogEntry> = self.entries.iter().skip(from).cloned().collect();
        (from, Log { entries, undone: Vec::new(), next: self.next })
    }

    /// Puts in its place what became of a copy of the end.
    pub(super) fn put_end(&mut self, from: usize, end: Log) {
        self.entries.truncate(from);
        self.entries.extend(end.entries);
        self.next = end.next;
    }
}
