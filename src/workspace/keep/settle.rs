//! Settling: a person decides about an edit that waits.

use super::journal::{Act, EditId};
use super::keeper::{Keeper, Kept, NotEdited};
use crate::workspace::Workspace;
use crate::workspace::edit::{Done, Edit, Made, Numbers};
use crate::workspace::store::Store;
use chrono::{DateTime, Utc};

impl Keeper {
    /// Makes an edit after all that waits, at `real` (UTC), and journals that.
    ///
    /// # Errors
    /// Why it cannot be made; then it goes on waiting.
    pub fn use_after_all(
        &mut self,
        store: &impl Store,
        w: &mut Workspace,
        of: &EditId,
        real: DateTime<Utc>,
    ) -> Result<(Done, Kept), NotEdited> {
        let waiting =
            self.replay.waiting.iter().find(|waiting| waiting.entry.id == *of).ok_or(NotEdited::NotWaiting)?;
        let Some(made) = waiting.made() else { return Err(NotEdited::NotWaiting) };
        let here = waiting.entry.root == self.replay.root || waiting.entry.blind;
        let mut numbers = Numbers::default();
        for (origin, was) in &waiting.entry.names {
            // What it rests on and was not made is nowhere, so that the edit is refused.
            let is = if here { self.replay.number_of(origin) } else { self.replay.number_after_all(origin) };
            if let Some(is) = is {
                numbers.learn(*was, is);
            }
        }
        let mut edit = made.edit.clone();
        if here {
            edit.renumbered(&numbers);
        } else {
            // It speaks of another workspace, in which the numbers stand for something else.
            edit.renumbered_elsewhere(&numbers);
        }
        let now = w.now(real);
        if let Edit::Run { command, at, .. } = &mut edit
            && !command.is_done()
        {
            // Said now, it stands over what was said since.
            *at = w.present(now);
        }
        let made = Made { edit, at: real, now, edition: made.edition.clone() };
        self.act(store, w, Act::Settle { of: of.clone(), made: Some(Box::new(made)) })
    }

    /// Drops an edit that waits, and journals that.
    ///
    /// # Errors
    /// It does not wait any more.
    pub fn drop_waiting(&mut self, store: &impl Store, w: &mut Workspace, of: &EditId) -> Result<Kept, NotEdited> {
        if !self.replay.waiting.iter().any(|waiting| waiting.entry.id == *of) {
            return Err(NotEdited::NotWaiting);
        }
        self.act(store, w, Act::Settle { of: of.clone(), made: None }).map(|(_, kept)| kept)
    }
}
