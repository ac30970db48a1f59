//! Putting what is in memory aside, as a text that stands beside the places.

use super::fold::Folding;
use super::keeper::Keeper;
use super::record;
use crate::workspace::Workspace;
use crate::workspace::keys::{Id, Key, Place, RecordId};
use crate::workspace::store::{Store, StoreError};
use chrono::{DateTime, Utc};

/// What a keeper had done when it was asked ([`Keeper::mark`]).
#[derive(Clone, Debug, PartialEq)]
pub struct KeeperMark {
    place: Place,
    /// A fold alone changes nothing of what is here; it costs that it is packed once more.
    head: Option<RecordId>,
    turns: u64,
    latest: i64,
}

impl Keeper {
    /// Writes what is here, at `now` (UTC), under a key of its own that nothing stands at, and reads it back. It is a record by its form, so
    /// that [`super::places::open`] reads it, but stands in no place.
    ///
    /// # Errors
    /// It could not be written, or was not given back; then nothing counts as put aside.
    pub fn put_aside(
        &self,
        store: &impl Store,
        w: &Workspace,
        now: DateTime<Utc>,
        name: Id,
    ) -> Result<Key, StoreError> {
        let folding = self.begin_aside(w, now)?;
        self.end_aside(store, folding, name)
    }

    /// What is here at `now` (UTC), to be packed in slices with [`Folding::step_packing`] and then put aside.
    ///
    /// # Errors
    /// It cannot be written as text.
    pub fn begin_aside(&self, w: &Workspace, now: DateTime<Utc>) -> Result<Folding, StoreError> {
        self.folding(w, now).map_err(StoreError::Other)
    }

    /// Tells whether anything was done since: while it stays the same, so does the workspace.
    pub fn mark(&self) -> KeeperMark {
        let head = self.head.as_ref().map(|head| head.id.clone());
        KeeperMark { place: self.place.clone(), head, turns: self.turns, latest: self.replay.latest }
    }

    /// Ends what [`Keeper::begin_aside`] began. What is not packed yet is packed now.
    ///
    /// # Errors
    /// As [`Keeper::put_aside`].
    pub fn end_aside(&self, store: &impl Store, folding: Folding, name: Id) -> Result<Key, StoreError> {
        let (mut head, packed) = folding.packed().map_err(StoreError::Other)?;
        let revision = self.head().map_or(1, |head| head.id.revision);
        head.named(RecordId { revision, tab: self.tab().clone() });
        let text = record::write(&mut head, &packed).map_err(StoreError::Other)?;
        let key = Key::Aside(name);
        let at = key.to_string();
        if store.get(&at)?.is_some() {
            return Err(StoreError::Other("something else stands there".to_string()));
        }
        store.set(&at, &text)?;
        match store.get(&at)? {
            Some(there) if there == text => Ok(key),
            _ => Err(StoreError::Other("the browser took it, and did not give it back".to_string())),
        }
    }
}
