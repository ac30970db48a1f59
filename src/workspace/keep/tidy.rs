//! Giving up what is older than needed.
//!
//! Invariant: beside the newest record that was read back and understood its parent lies whole, and every entry that the parent does not
//! hold. What cannot be read, and what holds anything else, is never removed.

use super::keeper::Keeper;
use super::look::{record_id, stands_beside, survey};
use super::record::{self, Head};
use crate::domain::checksum::checksum;
use crate::workspace::keys::{Id, Key};
use crate::workspace::store::{Store, StoreError};

/// What tidying did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// How many texts were removed.
    pub removed: usize,
    /// What could not be removed.
    pub left: Vec<(String, StoreError)>,
}

impl Tidied {
    fn remove(&mut self, store: &impl Store, key: &str) {
        match store.remove(key) {
            Ok(()) => self.removed = self.removed.saturating_add(1),
            Err(error) => self.left.push((key.to_string(), error)),
        }
    }
}

/// The head of a record that is whole in the store.
fn whole(store: &impl Store, key: &Key) -> Option<Head> {
    let text = store.get(&key.to_string()).ok()??;
    record::read_head(&text, key).ok()
}

/// The record before the keeper's, where it is whole.
fn parent(store: &impl Store, keeper: &Keeper) -> Option<Head> {
    let id = keeper.head.as_ref()?.parent()?.clone();
    let place = keeper.place.clone();
    whole(store, &Key::Record(place.clone(), id.clone())).or_else(|| whole(store, &Key::Gone(place, id)))
}

/// Removes what the record before the newest goes beyond. The newest was just read back and understood.
pub(super) fn tidy(store: &impl Store, keeper: &Keeper) -> Tidied {
    let mut done = Tidied::default();
    let (Some(head), Some(parent)) = (keeper.head.as_ref(), parent(store, keeper)) else { return done };
    let Ok(survey) = survey(store, &keeper.place) else { return done };
    let older = head.before.get(1..).unwrap_or_default();
    for key in &survey.records {
        let Some(id) = record_id(key) else { continue };
        if *id == head.id || *id == parent.id {
            continue;
        }
        let is_older = || older.contains(id);
        let adds_nothing = || {
            id.revision < head.id.revision
                && whole(store, key).is_some_and(|other| {
                    other.wholes.iter().all(|id| parent.holds_whole(id))
                        && parent.folded.covers_all(&other.folded)
                        && !stands_beside(&other, head, &survey.entries)
                })
        };
        if is_older() || adds_nothing() {
            done.remove(store, &key.to_string());
        }
    }
    for id in survey.entries.iter().filter(|id| parent.folded.covers(id)) {
        done.remove(store, &Key::Entry(keeper.place.clone(), id.tab.clone(), id.n).to_string());
    }
    if head.earlier.is_some() && head.earlier == parent.earlier {
        tidy_earlier(store, keeper, head, &mut done);
    }
    done
}

/// What an earlier build left goes when two records hold it.
fn tidy_earlier(store: &impl Store, keeper: &Keeper, head: &Head, done: &mut Tidied) {
    let slot = keeper.place.slot();
    let Ok(Some(text)) = store.get(slot.key()) else { return };
    let sum = checksum(text.as_bytes());
    if head.earlier.as_ref() != Some(&sum) {
        return;
    }
    // What is no text at all (half of a pair of units) is not in the records: the browser keeps a copy of it.
    let odd = text.contains('\u{FFFD}');
    let aside = Id::new(&format!("old{sum}")).map(Key::Aside);
    if odd && aside.is_none_or(|aside| super::places::copy(store, slot.key(), &aside).is_err()) {
        return;
    }
    done.remove(store, slot.key());
    done.remove(store, slot.mark_key());
}

/// Makes room for a new record: the newest one is the last good state, and what it goes beyond may go. `false`: nothing went.
pub(super) fn make_room(store: &impl Store, keeper: &Keeper) -> bool {
    let Some(head) = keeper.head.as_ref().filter(|head| whole(store, &head.key()).as_ref() == Some(head)) else {
        return false;
    };
    let Ok(survey) = survey(store, &keeper.place) else { return false };
    let mut done = Tidied::default();
    for key in survey.records.iter().filter(|key| record_id(key).is_some_and(|id| head.before.contains(id))) {
        done.remove(store, &key.to_string());
    }
    for id in survey.entries.iter().filter(|id| head.folded.covers(id)) {
        done.remove(store, &Key::Entry(keeper.place.clone(), id.tab.clone(), id.n).to_string());
    }
    done.removed > 0
}
