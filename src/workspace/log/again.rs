//! Deed again, and what a command that is made again on a newer state needs to know of the log.

use super::{Log, Task, Undone};
use crate::domain::command::Stays;
use crate::domain::edition::Edition;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};

impl Log {
    /// What [`Log::redo`] would do again, or why there is nothing.
    pub fn redoable(&self) -> Result<&Undone, Stays> {
        self.undone.last().ok_or(Stays::NothingTakenBack)
    }

    /// Does again what was last taken back, at the time at which it was done.
    ///
    /// # Errors
    /// Why not.
    pub fn redo(&mut self, edition: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Result<Tenant, Stays> {
        let number = self.redoable()?.number;
        self.do_again(edition, tenant, number, now)
    }

    /// Does any command again that was taken back, at the time at which it was done.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn do_again(
        &mut self,
        edition: &Edition,
        tenant: &Tenant,
        number: u32,
        now: DateTime<Utc>,
    ) -> Result<Tenant, Stays> {
        let place = self.undone.iter().rposition(|u| u.number == number);
        let Some((place, undone)) = place.and_then(|place| Some((place, self.undone.get(place)?.clone()))) else {
            return Err(Stays::DoneAgain);
        };
        let Undone { at, recorded, number, command, step, .. } = undone;
        let task = Task { command, at, recorded, step, number: Some(number) };
        let judged_by = Edition::find(&undone.edition).unwrap_or(edition);
        let (after, _) =
            self.insert(judged_by, tenant, task, now.max(at)).map_err(|r| Stays::Refused(Box::new(r.cause)))?;
        self.undone.remove(place);
        Ok(after)
    }

    /// The highest number that was ever given to an entry.
    pub(in crate::workspace) fn newest(&self) -> u32 {
        self.next
    }

    /// The number of the command that was carried out since the highest number was `newest`.
    pub(in crate::workspace) fn made_since(&self, newest: u32) -> Option<u32> {
        self.entries.iter().rev().find(|e| !e.by_itself && e.number > newest).map(|e| e.number)
    }

    /// From when on, at `at` (UTC) or later, everything that was done since can be done again, so that something can be put before it.
    pub(in crate::workspace) fn reach(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let mut later = self.entries.iter().rev().take_while(|e| e.at > at);
        later.find(|e| e.before.is_none()).map_or(at, |e| e.at)
    }
}
