//! Folding: the workspace as one record, under a fresh key, read back and understood before anything older is given up.
//!
//! What other tabs wrote is taken in first. Two tabs that fold at once write two records; the one that counts less holds nothing
//! that is not in the journals, which go one generation later.

use super::keeper::{Followed, Keeper, Pending};
use super::pack::Packed;
use super::record::{self, FORM, Head, NotARecord};
use super::slices::{Making, RecordPieces};
use super::tidy::{self, Tidied};
use crate::domain::whose;
use crate::workspace::Workspace;
use crate::workspace::envelope::{APP, SCHEMA};
use crate::workspace::keys::{Id, Key, RecordId};
use crate::workspace::store::{Store, StoreError};
use chrono::{DateTime, Utc};

/// A record that was written, read back and understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Folded {
    pub id: RecordId,
    /// UTF-16 units of it.
    pub units: usize,
    pub tidied: Tidied,
}

/// Why nothing was folded. What is stored is as it was, and what is in memory too.
#[derive(Clone, Debug, PartialEq)]
pub enum NotFolded {
    /// The store does not answer, so that nobody knows what is there.
    NoAnswer(StoreError),
    /// It was not written; where there is no room, [`StoreError::Full`].
    Store(StoreError),
    /// The store took it, and gives something else or nothing.
    NotReadBack,
    /// It was read back, and could not be understood.
    NotUnderstood(NotARecord),
    /// It cannot be written as text.
    Unwritable(String),
    /// Another tab wrote a record meanwhile: fold again.
    Overtaken,
    /// Another tab deleted the place; a person decides ([`Keeper::keep_after_deletion`]).
    Deleted,
    /// A newer version of the app wrote it.
    ReadOnly,
    /// There is nothing to be kept, and never was.
    Nothing,
    /// What a replacement leaves out could not be set aside.
    NotSetAside(StoreError),
}

impl NotFolded {
    /// Why, as a clause.
    pub fn says(&self) -> String {
        match self {
            NotFolded::NoAnswer(error) => format!("the browser's storage does not answer: {}", error.says()),
            NotFolded::Store(error) => error.says(),
            NotFolded::NotReadBack => "the browser took it, and did not give it back".to_string(),
            NotFolded::NotUnderstood(why) => format!("what was written could not be read again: {}", why.says()),
            NotFolded::Unwritable(why) => why.clone(),
            NotFolded::Overtaken => "another tab saved at the same moment".to_string(),
            NotFolded::Deleted => "another tab deleted this workspace".to_string(),
            NotFolded::ReadOnly => "a newer version of Restore Desk wrote this workspace".to_string(),
            NotFolded::Nothing => "there is nothing to save".to_string(),
            NotFolded::NotSetAside(error) => {
                format!("what it would replace could not be set aside: {}", error.says())
            }
        }
    }
}

/// A record in the making, so that the page stays alive: its text is made and packed, unpacked again, and read as a workspace, a slice at
/// each step. Edits may be made meanwhile.
#[derive(Debug)]
pub struct Folding {
    head: Head,
    making: Making,
    /// The stamps of the imports and replacements that are in it.
    wholes: Vec<i64>,
}

impl Folding {
    /// Works on about `budget` bytes of text; `true`: it is ready to be written.
    pub fn step(&mut self, budget: usize) -> bool {
        self.making.step(budget)
    }

    /// As [`Folding::step`], for what is packed and not read again; `true`: all is packed.
    pub fn step_packing(&mut self, budget: usize) -> bool {
        self.making.step_packing(budget)
    }

    /// The head, which has no number yet, and what is packed. It was not read again.
    ///
    /// # Errors
    /// It cannot be written as text.
    pub(super) fn packed(self) -> Result<(Head, Packed), String> {
        Ok((self.head, self.making.packed()?))
    }

    /// How much was done so far: bytes of text, those that were packed and those that were read again.
    pub fn done(&self) -> usize {
        self.making.done()
    }
}

impl Keeper {
    /// Folds in one go.
    ///
    /// # Errors
    /// Why not; everything is as it was, and is tried again by the next call.
    pub fn fold(&mut self, store: &impl Store, w: &mut Workspace, now: DateTime<Utc>) -> Result<Folded, NotFolded> {
        let mut last = NotFolded::Overtaken;
        for _ in 0..3 {
            let folding = self.begin_fold(store, w, now)?;
            match self.end_fold(store, folding) {
                Err(NotFolded::Overtaken) => last = NotFolded::Overtaken,
                done => return done,
            }
        }
        Err(last)
    }

    /// Takes in what others wrote, and begins a record of what is then here, at `now` (UTC).
    ///
    /// # Errors
    /// Why it cannot be folded now.
    pub fn begin_fold(
        &mut self,
        store: &impl Store,
        w: &mut Workspace,
        now: DateTime<Utc>,
    ) -> Result<Folding, NotFolded> {
        match self.follow(store, w) {
            Followed::NoAnswer(error) => return Err(NotFolded::NoAnswer(error)),
            Followed::Deleted => return Err(NotFolded::Deleted),
            Followed::Newer => return Err(NotFolded::ReadOnly),
            Followed::Unchanged | Followed::Followed { .. } | Followed::Vanished => {}
        }
        if self.newer {
            return Err(NotFolded::ReadOnly);
        }
        if self.deleted.is_some() {
            return Err(NotFolded::Deleted);
        }
        if self.head.is_none() && self.pending.is_empty() && self.earlier.is_none() {
            return Err(NotFolded::Nothing);
        }
        self.journal(store);
        self.set_left_out_aside(store)?;
        self.folding(w, now).map_err(NotFolded::Unwritable)
    }

    /// A record of what is here at `now` (UTC), in the making.
    pub(super) fn folding(&self, w: &Workspace, now: DateTime<Utc>) -> Result<Folding, String> {
        let mut replay = self.replay.clone();
        replay.trim();
        let pieces = RecordPieces::of(w, &replay.recent, &replay.waiting, now)?;
        let new_wholes = self.pending.iter().filter_map(|pending| match pending {
            Pending::Whole(whole) if !self.holds(whole) => Some(whole.stamp),
            _ => None,
        });
        let wholes: Vec<i64> = new_wholes.collect();
        let from_earlier = self.head.is_none() && self.earlier.is_some();
        let head = Head {
            app: APP.to_string(),
            record: FORM,
            schema: SCHEMA,
            place: self.place.clone(),
            // It gets its number when it is written.
            id: RecordId { revision: u64::MAX, tab: self.tab.clone() },
            before: self.head.as_ref().map(Head::and_before).unwrap_or_default(),
            whole: self.alone || !wholes.is_empty() || from_earlier || self.unkept().next().is_some(),
            wholes: self.head.as_ref().map(|head| head.wholes.clone()).unwrap_or_default(),
            gone: false,
            deleted: replay.deleted,
            root: replay.root,
            back: replay.back,
            saved: now,
            name: w.tenant.name.clone(),
            tenant_id: whose::id_of(&w.tenant),
            environments: w.tenant.environments.len(),
            folded: replay.seen,
            horizon: replay.horizon,
            earlier: self.earlier.clone(),
            text: 0,
            bytes: 0,
            units: 0,
            check: String::new(),
        };
        Ok(Folding { head, making: Making::new(pieces), wholes })
    }

    /// Writes what was folded, reads it back, and gives up what is older than the record before it.
    ///
    /// # Errors
    /// Why it does not count; then what was before counts.
    pub fn end_fold(&mut self, store: &impl Store, folding: Folding) -> Result<Folded, NotFolded> {
        let Folding { mut head, making, wholes } = folding;
        // What cannot be read again is not even written.
        let packed = making.finish()?;
        let (key, text) = self.fresh(store, &mut head, &packed)?;
        for pending in &mut self.pending {
            if let Pending::Whole(whole) = pending
                && wholes.contains(&whole.stamp)
            {
                whole.written.push(head.id.clone());
            }
        }
        self.debris.push(key.clone());
        let name = key.to_string();
        if let Err(error) = self.put(store, &name, &text) {
            return Err(NotFolded::Store(error));
        }
        let there = store.get(&name).map_err(NotFolded::NoAnswer)?;
        let Some(there) = there.filter(|there| *there == text) else {
            self.clear_debris(store);
            return Err(NotFolded::NotReadBack);
        };
        // What is behind the head was read before it was written, and is there to the unit.
        if let Err(why) = record::read_head(&there, &key) {
            // It is this tab's alone: nobody else can have understood it.
            if store.remove(&name).is_ok() {
                self.debris.pop();
            }
            return Err(NotFolded::NotUnderstood(why));
        }
        self.debris.pop();
        self.listed.insert(key);
        self.alone = false;
        self.pending.retain(|pending| match pending {
            Pending::Entry { entry, .. } => !head.folded.covers(&entry.id),
            // One that two records hold is done with.
            Pending::Whole(whole) => !whole.written.iter().any(|id| head.before.contains(id)),
        });
        let units = head.units;
        let id = head.id.clone();
        self.head = Some(head);
        self.replay.trim();
        self.clear_debris(store);
        let tidied = tidy::tidy(store, self);
        Ok(Folded { id, units, tidied })
    }

    /// A key at which nothing is, and the text for it.
    fn fresh(&self, store: &impl Store, head: &mut Head, packed: &Packed) -> Result<(Key, String), NotFolded> {
        let survey = self.list(store).map_err(NotFolded::NoAnswer)?;
        // What was packed stands on the record of then: on a newer one it would be silently older.
        if self.deleted.is_some() || self.head.as_ref().map(|own| &own.id) != head.before.first() {
            return Err(NotFolded::Overtaken);
        }
        if survey.records.iter().any(|key| !self.listed.contains(key) && !self.debris.contains(key)) {
            return Err(NotFolded::Overtaken);
        }
        let keys = survey.records.iter().chain(&self.debris).chain(&self.listed);
        let there = keys.filter_map(super::look::record_id).map(|id| id.revision);
        let own = self.head.as_ref().map_or(0, |head| head.id.revision);
        let mut revision = there.max().unwrap_or(0).max(own);
        for _ in 0..8 {
            revision = revision.saturating_add(1);
            head.named(RecordId { revision, tab: self.tab.clone() });
            let key = head.key();
            match store.get(&key.to_string()) {
                Ok(None) => {
                    let text = record::write(head, packed).map_err(NotFolded::Unwritable)?;
                    return Ok((key, text));
                }
                Ok(Some(_)) => {}
                Err(error) => return Err(NotFolded::NoAnswer(error)),
            }
        }
        Err(NotFolded::Overtaken)
    }

    /// Writes a new text. Where there is no room, what the newest record goes beyond makes some.
    fn put(&self, store: &impl Store, key: &str, text: &str) -> Result<(), StoreError> {
        match store.set(key, text) {
            Err(StoreError::Full) if tidy::make_room(store, self) => store.set(key, text),
            done => done,
        }
    }

    /// Removes what this tab began and could not finish, where it is known to be torn.
    pub(super) fn clear_debris(&mut self, store: &impl Store) {
        self.debris.retain(|key| {
            let name = key.to_string();
            match store.get(&name) {
                Ok(Some(text)) if record::read_head(&text, key) == Err(NotARecord::Torn) => {
                    store.remove(&name).is_err()
                }
                Ok(_) | Err(_) => true,
            }
        });
    }

    /// Copies what would go without anybody having seen it: records that a replacement leaves out, and texts that were mended.
    fn set_left_out_aside(&mut self, store: &impl Store) -> Result<(), NotFolded> {
        if self.earlier_left_out {
            let key = self.place.slot().key();
            let sum = self.earlier.as_deref().unwrap_or_default();
            // Told by its text alone, so that two tabs make one copy.
            if let Some(aside) = Id::new(&format!("old{sum}")).map(Key::Aside) {
                super::places::copy(store, key, &aside).map_err(NotFolded::NotSetAside)?;
            }
            self.earlier_left_out = false;
        }
        while let Some(key) = self.left_out.last() {
            // Whoever had it open went on from it, and replaced it since: it is listed no more.
            if store.get(&key.to_string()) == Ok(None)
                && self.list(store).is_ok_and(|there| !there.records.contains(key))
            {
                self.left_out.pop();
                continue;
            }
            let name = super::look::record_id(key).map(|id| format!("{}{}", id.tab, id.revision));
            let aside = name.as_deref().and_then(|n| n.get(..n.len().min(40))).and_then(Id::new).map(Key::Aside);
            if let Some(aside) = aside {
                super::places::copy(store, &key.to_string(), &aside).map_err(NotFolded::NotSetAside)?;
            }
            self.left_out.pop();
        }
        Ok(())
    }
}
