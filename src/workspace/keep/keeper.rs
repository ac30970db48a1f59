//! The keeper: what one tab knows of one place, and the only way in which it writes there.
//!
//! Invariant: the workspace that is passed in is always what [`Keeper::head`] and `Keeper::pending` make of it, in the order of all
//! edits. Whatever of it is in no store stays in `pending`, and is tried again with every call.

pub use super::answers::{FoldReason, Followed, Kept, NoFit, NotEdited, NotKept, Opened, Ousted, Told};
use super::journal::{self, Act, EditId, JournalEntry, Root, Seen};
use super::look::{Found, Loaded, Trouble, look};
use super::record::Head;
use super::replay::{Replay, Waiting};
use crate::domain::order::Gather;
use crate::workspace::Workspace;
use crate::workspace::edit::{Done, Made};
use crate::workspace::keys::{Key, Place, RecordId, Tab};
use crate::workspace::store::Store;
use std::collections::BTreeSet;

/// One open place of one tab.
#[derive(Clone, Debug)]
pub struct Keeper {
    pub(super) place: Place,
    pub(super) tab: Tab,
    /// The record that the workspace stands on. `None`: none was read yet.
    pub(super) head: Option<Head>,
    pub(super) replay: Replay,
    /// Everything that was done since `head`, in the order of all edits.
    pub(super) pending: Vec<Pending>,
    pub(super) next: u64,
    /// The records that were looked at; another one is news.
    pub(super) listed: BTreeSet<Key>,
    /// The last look was no answer, or not to everything.
    pub(super) unsure: bool,
    /// What `head` holds is in no store any more: the memory of this tab is the only copy.
    pub(super) alone: bool,
    /// Another tab deleted the place.
    pub(super) deleted: Option<Box<Gone>>,
    pub(super) newer: bool,
    /// The checksum of what an earlier build left, where this stands on it.
    pub(super) earlier: Option<String>,
    /// Records that this tab began and that were not read back.
    pub(super) debris: Vec<Key>,
    /// Records that a replacement left out, or of which something could not be taken, and that are to be set aside before they are
    /// tidied away.
    pub(super) left_out: Vec<Key>,
    /// The same of the text that an earlier build left.
    pub(super) earlier_left_out: bool,
    /// What is not as it should be, as of the last look.
    pub troubles: Vec<Trouble>,
    /// What does not fit here any more, and has to find a place of its own.
    pub(super) ousted: Vec<Ousted>,
    pub(super) told: Vec<Told>,
    /// Moves whenever following made another workspace of what is here.
    pub(super) turns: u64,
}

/// A deletion in another tab, about which a person decides.
#[derive(Clone, Debug)]
pub(super) struct Gone {
    /// The last one, where it was begun anew and deleted again.
    pub tombstone: Head,
    /// The records that were there when it was looked at last.
    pub looked: BTreeSet<Key>,
}

/// Something that was done since the record.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)] // nearly all are entries
pub(super) enum Pending {
    Entry { entry: JournalEntry, kept: bool },
    Whole(Box<PendingWhole>),
}

/// A change that no journal can hold.
#[derive(Clone, Debug)]
pub(super) struct PendingWhole {
    pub what: WholeChange,
    pub stamp: i64,
    /// What had been seen when it was made: all else is made again after it.
    pub seen: Seen,
    /// The edits that waited then: all others that had been seen are in it, or were replaced on purpose.
    pub waits: BTreeSet<EditId>,
    /// The record that it was made on.
    pub over: Option<RecordId>,
    /// The records that were written with it.
    pub written: Vec<RecordId>,
    /// An import: the replacement that it was made on. A replacement: itself.
    pub root: Option<Root>,
    /// See [`Head::back`].
    pub back: Option<u64>,
}

impl PendingWhole {
    /// Whether it replaced a workspace beside which this edit waited: it waits beside what is put there now.
    pub(super) fn leaves_waiting(&self, id: &EditId) -> bool {
        matches!(self.what, WholeChange::Replace(_)) && self.waits.contains(id)
    }
}

/// A change that is too much for a journal entry, so that only a fold keeps it.
#[derive(Clone, Debug, PartialEq)]
pub enum WholeChange {
    /// An import. On a newer state it is made again.
    Made(Box<Made>),
    /// Another workspace takes the place of this one: a new sample, a copy to rehearse. On a newer state it replaces that.
    Replace(Box<Workspace>),
}

/// So many entries are folded without haste.
const LONG: usize = 100;

impl Keeper {
    /// Opens a place, and tells what was found there. The workspace is empty where nothing is, or nothing is known.
    pub fn open(store: &impl Store, place: Place, tab: Tab) -> (Keeper, Workspace, Opened) {
        let look = look(store, &place);
        let mut keeper = Keeper {
            place,
            tab,
            head: None,
            replay: Replay::default(),
            pending: Vec::new(),
            next: 1,
            listed: BTreeSet::new(),
            unsure: true,
            alone: false,
            deleted: None,
            newer: false,
            earlier: None,
            debris: Vec::new(),
            left_out: Vec::new(),
            earlier_left_out: false,
            troubles: look.troubles,
            ousted: Vec::new(),
            told: Vec::new(),
            turns: 0,
        };
        keeper.newer = matches!(look.found, Found::Newer(_));
        let mut opened = Opened { found: look.found, mended: Vec::new() };
        let Some(Loaded { workspace, mended, head, entries, replay, earlier }) = look.state else {
            return (keeper, Workspace::default(), opened);
        };
        opened.mended = mended;
        if !opened.mended.is_empty() {
            // What was mended is gone with the next record: the text as it was stays, until a person deletes it.
            keeper.left_out.extend(head.as_ref().map(Head::key));
            keeper.earlier_left_out = head.is_none() && earlier.is_some();
        }
        if let Some(head) = &head {
            // Whatever else is there is news, so that the next call looks once more: cheap where nothing is.
            keeper.listed.extend(head.before.iter().map(|id| Key::Record(keeper.place.clone(), id.clone())));
            keeper.listed.insert(head.key());
        }
        keeper.unsure = false;
        // The same tab may have been here before: its numbers are never given twice.
        let own = replay.seen.0.get(&keeper.tab).map(|upto| upto.n);
        keeper.count_from(own.unwrap_or(0).saturating_add(1));
        (keeper.head, keeper.replay, keeper.earlier) = (head, replay, earlier);
        keeper.pending = entries.into_iter().map(|entry| Pending::Entry { entry, kept: true }).collect();
        (keeper, workspace, opened)
    }

    /// The next number that this tab gives, where whatever is in memory only is given up.
    pub fn free(&self) -> u64 {
        self.unkept().map(|entry| entry.id.n).min().unwrap_or(self.next).min(self.next)
    }

    /// This tab was here before, and has given all numbers below this one: a store that does not answer must not let it forget that.
    pub fn count_from(&mut self, n: u64) {
        self.next = self.next.max(n);
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    pub fn tab(&self) -> &Tab {
        &self.tab
    }

    /// The record that the workspace stands on.
    pub fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// The edits that wait for a person.
    pub fn waiting(&self) -> &[Waiting] {
        &self.replay.waiting
    }

    /// Whether nothing may be written, because a newer version of the app wrote the place.
    pub fn is_read_only(&self) -> bool {
        self.newer
    }

    /// Makes an edit, and writes it to the journal in the same call.
    ///
    /// # Errors
    /// Why it was not made. Where it was made and not kept, that is [`Kept`].
    pub fn edit(&mut self, store: &impl Store, w: &mut Workspace, made: Made) -> Result<(Done, Kept), NotEdited> {
        if made.edit.is_whole() {
            return self.whole(w, WholeChange::Made(Box::new(made))).map(|done| (done, Kept::AtNextFold));
        }
        self.act(store, w, Act::Make(Box::new(made)))
    }

    pub(super) fn act(
        &mut self,
        store: &impl Store,
        w: &mut Workspace,
        mut act: Act,
    ) -> Result<(Done, Kept), NotEdited> {
        if self.newer {
            return Err(NotEdited::ReadOnly);
        }
        let names = act.made_mut().map(|made| self.replay.names(made.edit.speaks_of())).unwrap_or_default();
        let mut entry = JournalEntry {
            id: EditId { tab: self.tab.clone(), n: self.next },
            stamp: self.stamp(&act),
            base: self.head.as_ref().map(|head| head.id.clone()),
            root: self.replay.root.clone(),
            blind: self.unsure && self.head.is_none() && self.replay.root.is_none(),
            seen: self.replay.seen_lately(),
            act,
            names,
            gave: Default::default(),
        };
        let mut done = Done::default();
        if let Some(made) = entry.act.made() {
            done = made.apply(w).map_err(NotEdited::NotMade)?;
        }
        entry.gave = done.given();
        self.next = self.next.saturating_add(1);
        self.replay.note(&entry);
        self.pending.push(Pending::Entry { entry, kept: false });
        Ok((done, self.journal(store)))
    }

    /// Makes a change that only a fold keeps. It is in memory until [`Keeper::fold`] says that it was read back.
    ///
    /// # Errors
    /// Why it was not made.
    pub fn whole(&mut self, w: &mut Workspace, what: WholeChange) -> Result<Done, NotEdited> {
        if self.newer {
            return Err(NotEdited::ReadOnly);
        }
        let seen = self.replay.seen.clone();
        let (done, at) = match &what {
            WholeChange::Made(made) => (made.apply(w).map_err(NotEdited::NotMade)?, made.at.timestamp_millis()),
            WholeChange::Replace(other) => {
                w.clone_from(other);
                (Done::default(), 0)
            }
        };
        let stamp = at.max(self.replay.latest.saturating_add(1));
        self.push_whole(what, stamp, seen, None);
        Ok(done)
    }

    pub(super) fn push_whole(&mut self, what: WholeChange, stamp: i64, seen: Seen, back: Option<u64>) {
        self.replay.latest = stamp;
        let over = self.head.as_ref().map(|head| head.id.clone());
        let waits = self.replay.waiting.iter().map(|w| w.entry.id.clone()).into_set();
        if matches!(what, WholeChange::Replace(_)) {
            self.replay.root = Some(Root { tab: self.tab.clone(), stamp });
            self.replay.back = back;
        }
        let root = self.replay.root.clone();
        let whole = PendingWhole { what, stamp, seen, waits, over, written: Vec::new(), root, back };
        self.pending.push(Pending::Whole(Box::new(whole)));
    }

    /// Always later than everything that was seen.
    fn stamp(&self, act: &Act) -> i64 {
        let at = act.made().map_or(0, |made| made.at.timestamp_millis());
        at.max(self.replay.latest.saturating_add(1))
    }

    /// Writes what is not in the journal yet, in its order: a later edit may rest on an earlier one.
    pub fn journal(&mut self, store: &impl Store) -> Kept {
        for pending in &mut self.pending {
            if let Pending::Entry { entry, kept } = pending
                && !*kept
            {
                if self.deleted.is_some() {
                    return Kept::NotKept(NotKept::Deleted);
                }
                if let Err(why) = write(store, &self.place, entry) {
                    return Kept::NotKept(why);
                }
                *kept = true;
            }
        }
        Kept::Journalled
    }

    /// Whether another tab deleted the place, and nobody decided yet what becomes of what is here.
    pub fn is_deleted(&self) -> bool {
        self.deleted.is_some()
    }

    /// Texts were put right under their keys: the next call looks at everything anew.
    pub fn look_again(&mut self) {
        self.unsure = true;
    }

    /// Moves whenever what other tabs wrote made another workspace of what is here, also within a fold.
    pub fn turns(&self) -> u64 {
        self.turns
    }

    /// Whether anything was done since the record.
    pub fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Whether an edit was taken in: it is in the workspace, or says what is there already, or waits.
    pub fn has_seen(&self, id: &EditId) -> bool {
        self.replay.seen.covers(id)
    }

    /// The edits that lie in the journal alone, as the record does not hold them yet.
    pub fn since_the_record(&self) -> impl Iterator<Item = EditId> {
        self.entries().map(|entry| entry.id.clone())
    }

    /// Takes out what does not fit here any more. The caller finds it another place.
    pub fn take_ousted(&mut self) -> Vec<Ousted> {
        std::mem::take(&mut self.ousted)
    }

    /// What other tabs did that is no edit; told once.
    pub fn take_told(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.told)
    }

    /// Whether the record that this stands on goes back to one that was written with it.
    pub(super) fn holds(&self, whole: &PendingWhole) -> bool {
        self.head.as_ref().is_some_and(|head| whole.written.iter().any(|id| head.goes_back_to(id)))
    }

    /// What a fold would be good for now.
    pub fn due(&self) -> FoldReason {
        if self.newer {
            FoldReason::Nothing
        } else if self.alone
            || self.deleted.is_some()
            || self.unkept().next().is_some()
            || self.unkept_wholes().next().is_some()
        {
            FoldReason::Unkept
        } else if self.head.as_ref().is_some_and(|head| head.whole) {
            FoldReason::SecondCopy
        } else if self.pending.len() >= LONG || (self.earlier.is_some() && self.head.is_none()) {
            FoldReason::Journal
        } else {
            FoldReason::Nothing
        }
    }

    /// Whether the store knows less than this tab: what it had is gone, and what is here is the only copy, as far as the store tells.
    pub fn is_alone(&self) -> bool {
        self.alone
    }
}

/// Writes an entry under its key and reads it back.
fn write(store: &impl Store, place: &Place, entry: &JournalEntry) -> Result<(), NotKept> {
    let text = journal::write(place, entry).map_err(NotKept::Unwritable)?;
    let key = Key::Entry(place.clone(), entry.id.tab.clone(), entry.id.n).to_string();
    // An earlier try may have come through after all; and only a torn one of this very edit may be there.
    match store.get(&key) {
        Ok(Some(there)) if there == text => return Ok(()),
        Ok(Some(there)) if journal::read(&there, place, &entry.id).is_ok() => return Err(NotKept::NotReadBack),
        _ => {}
    }
    store.set(&key, &text).map_err(NotKept::Store)?;
    match store.get(&key).map_err(NotKept::Store)? {
        Some(there) if there == text => Ok(()),
        _ => Err(NotKept::NotReadBack),
    }
}
