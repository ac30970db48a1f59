//! Deleting a place on purpose: a tombstone first, so that no copy of it comes back by itself, then its texts.

use super::keeper::{Followed, Keeper, WholeChange};
use super::look::{self, Survey, survey};
use super::record::{self, FORM, Head};
use super::replay::Replay;
use super::tidy;
use crate::workspace::Workspace;
use crate::workspace::envelope::{APP, SCHEMA};
use crate::workspace::keys::{Key, RecordId};
use crate::workspace::store::{Store, StoreError};
use chrono::{DateTime, Utc};

/// A place that was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// The keys that are still there, though the store was told to remove them. Nothing of them comes back by itself.
    pub left: Vec<String>,
}

/// Why a place was not deleted. Everything is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDeleted {
    NoAnswer(StoreError),
    /// It is no longer what was shown: so much was taken in from other tabs, and has to be looked at first.
    Changed,
    /// The tombstone could not be written.
    Store(StoreError),
    NotReadBack,
    /// A newer version of the app wrote it.
    ReadOnly,
}

impl NotDeleted {
    /// Why, as a clause.
    pub fn says(&self) -> String {
        match self {
            NotDeleted::NoAnswer(error) => format!("the browser's storage does not answer: {}", error.says()),
            NotDeleted::Changed => "another tab changed it meanwhile: look at it first".to_string(),
            NotDeleted::Store(error) => error.says(),
            NotDeleted::NotReadBack => {
                "the browser took the mark of the deletion, and did not give it back".to_string()
            }
            NotDeleted::ReadOnly => "a newer version of Restore Desk wrote this workspace".to_string(),
        }
    }
}

impl Keeper {
    /// Deletes the place, at `now` (UTC). What is in memory goes too: the caller has asked.
    ///
    /// # Errors
    /// Why not; then nothing is deleted. Where other tabs changed something, that has been taken in.
    pub fn delete(&mut self, store: &impl Store, w: &mut Workspace, now: DateTime<Utc>) -> Result<Deleted, NotDeleted> {
        match self.follow(store, w) {
            Followed::NoAnswer(error) => return Err(NotDeleted::NoAnswer(error)),
            Followed::Followed { .. } => return Err(NotDeleted::Changed),
            Followed::Newer => return Err(NotDeleted::ReadOnly),
            Followed::Unchanged | Followed::Vanished | Followed::Deleted => {}
        }
        if self.newer {
            return Err(NotDeleted::ReadOnly);
        }
        let before = self.list(store).map_err(NotDeleted::NoAnswer)?;
        if before.records.iter().any(|key| !self.listed.contains(key) && !self.debris.contains(key))
            || before.entries.iter().any(|id| !self.replay.seen.covers(id) && !self.is_torn(id))
        {
            return Err(NotDeleted::Changed);
        }
        let tombstone = self.tombstone(store, &before, now)?;
        if self.overtaken(store, &before, &tombstone) && store.remove(&tombstone.key().to_string()).is_ok() {
            // The mark was this tab's alone, and nothing is removed yet.
            return Err(self.look_first(store, w));
        }
        let mut left = Vec::new();
        let own = tombstone.key();
        for key in before.records.iter().filter(|key| **key != own) {
            drop(store.remove(&key.to_string()));
        }
        for id in &before.entries {
            drop(store.remove(&Key::Entry(self.place.clone(), id.tab.clone(), id.n).to_string()));
        }
        if let Some(earlier) = &self.earlier {
            let slot = self.place.slot();
            if let Ok(Some(text)) = store.get(slot.key())
                && crate::domain::checksum::checksum(text.as_bytes()) == *earlier
            {
                drop(store.remove(slot.key()));
                drop(store.remove(slot.mark_key()));
                if !matches!(store.get(slot.key()), Ok(None)) {
                    left.push(slot.key().to_string());
                }
            }
        }
        match survey(store, &self.place) {
            Ok(Survey { records, entries }) => {
                left.extend(records.iter().filter(|key| **key != own).map(Key::to_string));
                let key = |id: &super::EditId| Key::Entry(self.place.clone(), id.tab.clone(), id.n).to_string();
                left.extend(entries.iter().map(key));
            }
            Err(_) => left.push(format!("{}{}/", crate::workspace::keys::ROOT, self.place)),
        }
        *w = Workspace::default();
        self.replay = Replay {
            seen: tombstone.folded.clone(),
            horizon: tombstone.horizon,
            deleted: tombstone.deleted,
            latest: self.replay.latest,
            ..Replay::default()
        };
        self.pending.clear();
        self.listed.insert(own);
        self.head = Some(tombstone);
        (self.alone, self.deleted, self.earlier) = (false, None, None);
        self.debris.clear();
        self.left_out.clear();
        self.earlier_left_out = false;
        let mut ignored = Vec::new();
        let newest = survey(store, &self.place).ok().and_then(|there| look::base(store, &there, &mut ignored).record);
        if newest.is_some_and(|newest| self.head.as_ref().is_some_and(|own| newest.head.weight() > own.weight())) {
            // Another tab kept it in the same moment: that counts, and holds everything.
            return Err(self.look_first(store, w));
        }
        Ok(Deleted { left })
    }

    /// Whether another tab kept something since the place was listed.
    fn overtaken(&self, store: &impl Store, before: &Survey, tombstone: &Head) -> bool {
        let own = tombstone.key();
        survey(store, &self.place).is_ok_and(|there| {
            let more = |key: &&Key| **key != own && !before.records.contains(*key);
            there.records.iter().any(|key| more(&key)) || there.entries.iter().any(|id| !before.entries.contains(id))
        })
    }

    /// Takes in what came between.
    fn look_first(&mut self, store: &impl Store, w: &mut Workspace) -> NotDeleted {
        self.look_again();
        self.follow(store, w);
        NotDeleted::Changed
    }

    /// Goes on with what is here, although another tab deleted the place: the next fold keeps it.
    pub fn keep_after_deletion(&mut self, w: &Workspace) {
        let back = self.takes_back();
        if let Some(gone) = self.deleted.take() {
            self.head = Some(gone.tombstone);
            // Something may have been begun there meanwhile.
            self.unsure = true;
            let stamp = self.replay.latest.saturating_add(1);
            self.push_whole(WholeChange::Replace(Box::new(w.clone())), stamp, self.replay.seen.clone(), back);
        }
    }

    /// Where another tab deleted the place: the era of what is here, where that is all that was deleted, so that keeping it takes the
    /// deletion back.
    pub fn takes_back(&self) -> Option<u64> {
        let gone = self.deleted.as_ref()?;
        self.replay.seen.covers_all(&gone.tombstone.folded).then(|| self.era())
    }

    /// Takes a deletion back: `workspace` is what was here then, and `era` its [`Keeper::era`]. Other tabs that have it open go on.
    pub fn take_back(&mut self, w: &mut Workspace, workspace: Workspace, era: u64) -> bool {
        if self.newer {
            return false;
        }
        w.clone_from(&workspace);
        let stamp = self.replay.latest.saturating_add(1);
        self.push_whole(WholeChange::Replace(Box::new(workspace)), stamp, self.replay.seen.clone(), Some(era));
        true
    }

    fn is_torn(&self, id: &super::EditId) -> bool {
        self.troubles.iter().any(|t| match t {
            super::Trouble::Entry { key: Key::Entry(_, tab, n), .. } => *tab == id.tab && *n == id.n,
            _ => false,
        })
    }

    fn tombstone(&mut self, store: &impl Store, there: &Survey, now: DateTime<Utc>) -> Result<Head, NotDeleted> {
        let keys = there.records.iter().chain(&self.debris).chain(&self.listed);
        let highest = keys.filter_map(super::look::record_id).map(|id| id.revision).max().unwrap_or(0);
        let revision = highest.max(self.head.as_ref().map_or(0, |h| h.id.revision)).saturating_add(1);
        self.replay.trim();
        let mut folded = self.replay.seen.clone();
        for id in there.entries.iter().filter(|id| self.is_torn(id)) {
            folded.take(id, self.replay.latest);
        }
        let head = Head {
            app: APP.to_string(),
            record: FORM,
            schema: SCHEMA,
            place: self.place.clone(),
            id: RecordId { revision, tab: self.tab.clone() },
            before: self.head.as_ref().map(Head::and_before).unwrap_or_default(),
            whole: false,
            wholes: self.head.as_ref().map(|head| head.wholes.clone()).unwrap_or_default(),
            gone: true,
            deleted: Some(revision),
            root: None,
            back: None,
            saved: now,
            name: String::new(),
            tenant_id: None,
            environments: 0,
            folded,
            horizon: self.replay.horizon,
            earlier: self.earlier.clone(),
            text: 0,
            bytes: 0,
            units: 0,
            check: String::new(),
        };
        let text = record::head_line(&head).map_err(|e| NotDeleted::Store(StoreError::Other(e)))?;
        let key = head.key().to_string();
        match store.set(&key, &text) {
            // What the newest record goes beyond is deleted anyhow.
            Err(StoreError::Full) if tidy::make_room(store, self) => store.set(&key, &text),
            done => done,
        }
        .map_err(NotDeleted::Store)?;
        match store.get(&key).map_err(NotDeleted::NoAnswer)? {
            Some(there) if there == text => Ok(head),
            _ => Err(NotDeleted::NotReadBack),
        }
    }
}
