//! What another tab does between two calls of this one, and what stands beside a record.

use super::faulty::Faulty;
use super::*;
use restore_desk::workspace::keep::look::stands_beside;
use restore_desk::workspace::keep::record::Head;
use restore_desk::workspace::keep::{Followed, NotDeleted, NotFolded, journal};
use restore_desk::workspace::keys::{Key, RecordId};
use restore_desk::workspace::store::{Store, StoreError};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// A call of the store before which another tab does something.
#[derive(Clone, Copy, PartialEq)]
pub enum Call {
    /// The nth list of the keys, from 1 on.
    List(usize),
    /// The nth write or removal.
    Write(usize),
}

pub struct Hooked<'a> {
    store: &'a Faulty,
    lists: Cell<usize>,
    writes: Cell<usize>,
    when: Call,
    deed: RefCell<Option<Box<dyn FnOnce() + 'a>>>,
}

impl<'a> Hooked<'a> {
    pub fn new(store: &'a Faulty, when: Call, deed: impl FnOnce() + 'a) -> Self {
        let deed: Box<dyn FnOnce() + 'a> = Box::new(deed);
        Self { store, lists: Cell::new(0), writes: Cell::new(0), when, deed: RefCell::new(Some(deed)) }
    }

    fn call(&self, call: Call) {
        if call == self.when
            && let Some(deed) = self.deed.take()
        {
            deed();
        }
    }
}

impl Store for Hooked<'_> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.store.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.writes.set(self.writes.get() + 1);
        self.call(Call::Write(self.writes.get()));
        self.store.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.writes.set(self.writes.get() + 1);
        self.call(Call::Write(self.writes.get()));
        self.store.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.lists.set(self.lists.get() + 1);
        self.call(Call::List(self.lists.get()));
        self.store.keys()
    }
    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        self.store.copy(from, to)
    }
}

#[test]
fn a_deletion_that_an_edit_overtakes_deletes_nothing() {
    // Between the look at what others did and the list of what is to go, and between that list and the mark of the deletion.
    for when in [Call::List(2), Call::Write(1)] {
        let store = Faulty::default();
        let (mut one, mut two) = (Desk::begin(&store, "a"), Desk::open(&store, "b").0);
        let hooked = Hooked::new(&store, when, || drop(two.edit(&store, rename("Mine", 1), 1)));
        assert_eq!(one.keeper.delete(&hooked, &mut one.w, second(2)), Err(NotDeleted::Changed));
        assert!(hooked.deed.take().is_none(), "it came between");
        drop(hooked);
        assert_eq!(Desk::open(&store, "c").0.w.tenant.name, "Mine");
    }
}

#[test]
fn what_is_done_after_a_deletion_is_later_than_all_before_it_though_a_clock_went_back() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("Late", 1_000), 1_000);
    desk.keeper.delete(&store, &mut desk.w, second(1_001)).unwrap();
    desk.edit(&store, rename("Anew", 1), 1);
    let stamps: Vec<i64> = store
        .all()
        .iter()
        .filter_map(|(key, text)| match Key::parse(key)? {
            Key::Entry(place, tab, n) => {
                Some(journal::read(text, &place, &journal::EditId { tab, n }).expect("an entry").stamp)
            }
            _ => None,
        })
        .collect();
    assert_eq!(stamps.len(), 1);
    assert!(stamps[0] > second(1_000).timestamp_millis(), "{stamps:?}");
}

#[test]
fn a_mark_of_a_deletion_holds_nothing_that_could_be_offered() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    let head = desk.keeper.head().unwrap().clone();
    desk.edit(&store, rename("More", 1), 1);
    desk.keeper.fold(&store, &mut desk.w, second(2)).unwrap();
    let more = desk.keeper.head().unwrap().folded.clone();
    let id = RecordId { revision: 99, tab: named_tab("z") };
    let other = Head { id: id.clone(), before: Vec::new(), folded: more, gone: false, ..head.clone() };
    let beside = |other: &Head, head: &Head| stands_beside(other, head, &BTreeSet::new());
    assert!(beside(&other, &head), "it holds an edit that is nowhere else");
    assert!(!beside(&Head { gone: true, ..other.clone() }, &head));
    assert!(!beside(&other, &Head { before: vec![id], ..head }), "it is gone back to");
}

/// A store that lists all keys but those of entries, and gives what stands under them.
struct ListsNoEntry<'a>(&'a Faulty);

impl Store for ListsNoEntry<'_> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.0.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.keys()?.into_iter().filter(|key| !matches!(Key::parse(key), Some(Key::Entry(..)))).collect())
    }
    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        self.0.copy(from, to)
    }
}

#[test]
fn a_list_that_leaves_out_what_this_tab_wrote_and_can_read_is_no_answer() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("Mine", 1), 1);
    let followed = desk.keeper.follow(&ListsNoEntry(&store), &mut desk.w);
    assert!(matches!(followed, Followed::NoAnswer(_)), "{followed:?}");
    assert_eq!(desk.w.tenant.name, "Mine");
    // What another tab wrote it may leave out: nothing of this tab rests on it.
    let mut other = Desk::open(&store, "b").0;
    let followed = other.keeper.follow(&ListsNoEntry(&store), &mut other.w);
    assert!(!matches!(followed, Followed::NoAnswer(_)), "{followed:?}");
}

#[test]
fn a_record_in_the_making_counts_no_more_once_what_another_tab_wrote_was_taken_in() {
    let store = Faulty::default();
    let (mut one, mut two) = (Desk::begin(&store, "a"), Desk::open(&store, "b").0);
    one.edit(&store, import("e8", 1), 1);
    let folding = one.keeper.begin_fold(&store, &mut one.w, second(2)).unwrap();
    two.edit(&store, import("e9", 3), 3);
    two.keeper.fold(&store, &mut two.w, second(4)).unwrap();
    one.keeper.follow(&store, &mut one.w);
    assert_eq!(one.keeper.end_fold(&store, folding).map(|folded| folded.id), Err(NotFolded::Overtaken));
    one.keeper.fold(&store, &mut one.w, second(5)).unwrap();
    let anew = Desk::open(&store, "c").0.w;
    assert!(anew.tenant.get(&env(8)).is_some() && anew.tenant.get(&env(9)).is_some());
}
