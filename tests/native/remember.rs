//! Remembering played through without a browser: a second tab, full and blocked storage, text that cannot be read.

use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::workspace::Workspace;
use restore_desk::workspace::envelope::{self, Unreadable};
use restore_desk::workspace::keys::{SET_ASIDE, Slot};
use restore_desk::workspace::remember::{Mark, NotSaved, Opened, all_set_aside, begin_anew, open, save, set_aside};
use restore_desk::workspace::store::{Store, StoreError};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// A store with limited room, which can be switched off.
struct Fake {
    map: RefCell<BTreeMap<String, String>>,
    room: Cell<usize>,
    blocked: Cell<bool>,
}

impl Fake {
    fn new() -> Self {
        Self { map: RefCell::default(), room: Cell::new(1_000_000), blocked: Cell::new(false) }
    }
    fn holding(key: &str, text: &str) -> Self {
        let fake = Self::new();
        fake.map.borrow_mut().insert(key.into(), text.into());
        fake
    }
    fn everything(&self) -> BTreeMap<String, String> {
        self.map.borrow().clone()
    }
}

impl Store for Fake {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        if self.blocked.get() { Err(StoreError::Blocked) } else { Ok(self.map.borrow().get(key).cloned()) }
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        if self.blocked.get() {
            return Err(StoreError::Blocked);
        }
        let others: usize = self.map.borrow().iter().filter(|(k, _)| *k != key).map(|(k, v)| k.len() + v.len()).sum();
        if others + key.len() + value.len() > self.room.get() {
            return Err(StoreError::Full);
        }
        self.map.borrow_mut().insert(key.into(), value.into());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.map.borrow_mut().remove(key);
        Ok(())
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        if self.blocked.get() { Err(StoreError::Blocked) } else { Ok(self.map.borrow().keys().cloned().collect()) }
    }
    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        let Some(text) = self.get(from)? else { return Ok(false) };
        self.set(to, &text).map(|()| true)
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 6, 5, 0).single().expect("a time")
}

fn named(name: &str) -> String {
    let mut workspace = Workspace::default();
    workspace.tenant.name = name.into();
    envelope::write(&workspace, now()).expect("can be written")
}

/// A tab: what it has seen last.
struct Tab<'a> {
    store: &'a Fake,
    seen: Mark,
    saves: u32,
    name: &'static str,
}

impl<'a> Tab<'a> {
    fn open(store: &'a Fake, name: &'static str) -> Self {
        let (_, seen) = open(store, Slot::Own);
        Self { store, seen, saves: 0, name }
    }
    fn save(&mut self, tenant: &str) -> Result<(), NotSaved> {
        self.saves += 1;
        let fresh = format!("{}-{}", self.name, self.saves);
        save(self.store, Slot::Own, &named(tenant), &self.seen, &fresh)?;
        self.seen = Some(fresh);
        Ok(())
    }
}

#[track_caller]
fn check_name(store: &Fake, expect: &str) {
    match open(store, Slot::Own).0 {
        Opened::Workspace(envelope) => assert_eq!(envelope.workspace.tenant.name, expect),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_saved_is_opened_again() {
    let store = Fake::new();
    assert_eq!(open(&store, Slot::Own), (Opened::Nothing, None));
    let mut tab = Tab::open(&store, "a");
    tab.save("One").expect("saved");
    tab.save("Two").expect("saved");
    check_name(&store, "Two");
    assert_eq!(open(&store, Slot::Sample).0, Opened::Nothing, "the slots are apart");
}

#[test]
fn a_second_tab_overwrites_nothing() {
    let store = Fake::new();
    let (mut one, mut two) = (Tab::open(&store, "1"), Tab::open(&store, "2"));
    one.save("One").expect("saved");
    assert_eq!(two.save("Two"), Err(NotSaved::ChangedElsewhere));
    check_name(&store, "One");
    let mut two = Tab::open(&store, "2b");
    two.save("Two").expect("saved after opening anew");
    assert_eq!(one.save("One again"), Err(NotSaved::ChangedElsewhere));
    check_name(&store, "Two");
}

#[test]
fn data_deleted_in_another_tab_do_not_come_back_by_themselves() {
    let store = Fake::new();
    let mut tab = Tab::open(&store, "a");
    tab.save("One").expect("saved");
    store.remove(Slot::Own.key()).expect("removed");
    store.remove(Slot::Own.mark_key()).expect("removed");
    assert_eq!(tab.save("Two"), Err(NotSaved::ChangedElsewhere));
}

#[test]
fn full_storage_keeps_the_last_good_state() {
    let store = Fake::new();
    let mut tab = Tab::open(&store, "a");
    tab.save("One").expect("saved");
    store.room.set(300);
    assert_eq!(tab.save(&"x".repeat(400)), Err(NotSaved::Store(StoreError::Full)));
    check_name(&store, "One");
    store.room.set(10_000);
    tab.save("Two").expect("room again");
    check_name(&store, "Two");
}

#[test]
fn blocked_storage_is_an_error_and_no_panic() {
    let store = Fake::new();
    store.blocked.set(true);
    assert_eq!(open(&store, Slot::Own).0, Opened::Failed(StoreError::Blocked));
    assert_eq!(Tab::open(&store, "a").save("One"), Err(NotSaved::Store(StoreError::Blocked)));
    assert_eq!(set_aside(&store, Slot::Own), Err(StoreError::Blocked));
    assert!(all_set_aside(&store).is_empty());
}

#[test]
fn text_that_cannot_be_read_is_set_aside_whole() {
    for text in ["{\"app\":\"restore-desk\",\"sch", "", "ÿ", "[1]"] {
        let store = Fake::holding(Slot::Own.key(), text);
        assert!(matches!(open(&store, Slot::Own).0, Opened::Unreadable(_)), "{text}");
        let place = set_aside(&store, Slot::Own).expect("there is room").expect("there was text");
        assert_eq!(store.get(place).expect("works").as_deref(), Some(text));
        assert_eq!(store.get(Slot::Own.key()).expect("works").as_deref(), Some(text), "the slot itself is untouched");
    }
}

#[test]
fn a_newer_schema_is_told_apart() {
    let newer = named("One").replace("\"schema\":1", "\"schema\":99");
    let store = Fake::holding(Slot::Own.key(), &newer);
    assert_eq!(open(&store, Slot::Own).0, Opened::Unreadable(Unreadable::Newer(99)));
}

#[test]
fn setting_aside_never_overwrites_what_was_set_aside() {
    let store = Fake::new();
    for (i, key) in SET_ASIDE.into_iter().enumerate() {
        store.set(Slot::Own.key(), &format!("text {i}")).expect("room");
        assert_eq!(set_aside(&store, Slot::Own), Ok(Some(key)));
        assert_eq!(set_aside(&store, Slot::Own), Ok(Some(key)), "the same text takes no second place");
    }
    store.set(Slot::Own.key(), "one too many").expect("room");
    let before = store.everything();
    assert_eq!(set_aside(&store, Slot::Own), Err(StoreError::Full));
    assert_eq!(store.everything(), before);
    assert_eq!(all_set_aside(&store).len(), SET_ASIDE.len());
}

#[test]
fn setting_aside_without_room_changes_nothing() {
    let store = Fake::holding(Slot::Own.key(), &"x".repeat(600));
    store.room.set(1000);
    let before = store.everything();
    assert_eq!(set_aside(&store, Slot::Own), Err(StoreError::Full));
    assert_eq!(store.everything(), before);
}

proptest! {
    /// Whatever two tabs do in whatever order: a save never replaces a text that its tab has not seen.
    #[test]
    fn no_save_is_lost_to_a_stale_tab(steps in prop::collection::vec((any::<bool>(), any::<bool>(), 0u32..1000), 1..40)) {
        let store = Fake::new();
        let mut tabs = [Tab::open(&store, "1"), Tab::open(&store, "2")];
        let mut latest: Option<(usize, String)> = None;
        for (which, reopen, number) in steps {
            let which = usize::from(which);
            if reopen {
                tabs[which].seen = open(&store, Slot::Own).1;
                if let Some((by, _)) = &mut latest { *by = which; }
                continue;
            }
            let name = format!("tenant {number}");
            let stale = latest.as_ref().is_some_and(|(by, _)| *by != which) && {
                let stored = store.get(Slot::Own.mark_key()).expect("works");
                stored != tabs[which].seen
            };
            match tabs[which].save(&name) {
                Ok(()) => {
                    prop_assert!(!stale);
                    latest = Some((which, name));
                }
                Err(e) => {
                    prop_assert_eq!(e, NotSaved::ChangedElsewhere);
                    prop_assert!(stale);
                }
            }
            if let Some((_, name)) = &latest {
                check_name(&store, name);
            }
        }
    }
}

/// A store in which the user's own workspace is open, and under which mark.
fn opened(tenant: &str) -> (Fake, Mark) {
    let fake = Fake::holding(Slot::Own.key(), &named(tenant));
    fake.map.borrow_mut().insert(Slot::Own.mark_key().into(), "m".into());
    let (_, seen) = open(&fake, Slot::Own);
    (fake, seen)
}

#[test]
fn another_tenant_begins_and_the_one_that_was_here_is_set_aside() {
    let (fake, seen) = opened("Contoso");
    assert_eq!(begin_anew(&fake, Slot::Own, Some(&named("Contoso")), &named("Fabrikam"), &seen, "n"), Ok(()));
    let asides = all_set_aside(&fake);
    assert_eq!((asides.len(), asides[0].text.as_str()), (1, named("Contoso").as_str()));
    let (opened, mark) = open(&fake, Slot::Own);
    assert!(matches!(opened, Opened::Workspace(e) if e.workspace.tenant.name == "Fabrikam"));
    assert_eq!(mark.as_deref(), Some("n"));
    // With nothing here nothing is put aside.
    let empty = Fake::new();
    assert_eq!(begin_anew(&empty, Slot::Own, None, &named("Fabrikam"), &None, "n"), Ok(()));
    assert!(all_set_aside(&empty).is_empty());
}

#[test]
fn where_another_tenant_cannot_begin_everything_is_as_it_was() {
    let check = |fake: &Fake, seen: &Mark, expect: NotSaved| {
        let before = fake.everything();
        let done =
            begin_anew(fake, Slot::Own, Some(&named("Contoso")), &named("Fabrikam, whose name is longer"), seen, "n");
        assert_eq!(done, Err(expect));
        assert_eq!(fake.everything(), before);
    };
    // No room for a second text; room for the second, but not for the new one; no free place; another tab; no store.
    for more in [1, SET_ASIDE[0].len() + named("Contoso").len()] {
        let (fake, seen) = opened("Contoso");
        let used: usize = fake.everything().iter().map(|(k, v)| k.len() + v.len()).sum();
        fake.room.set(used + more);
        check(&fake, &seen, NotSaved::Store(StoreError::Full));
    }
    let (fake, seen) = opened("Contoso");
    SET_ASIDE.iter().for_each(|key| drop(fake.map.borrow_mut().insert((*key).into(), format!("other {key}"))));
    check(&fake, &seen, NotSaved::Store(StoreError::Full));
    let (fake, _) = opened("Contoso");
    check(&fake, &Some("older".into()), NotSaved::ChangedElsewhere);
    let (fake, seen) = opened("Contoso");
    fake.blocked.set(true);
    check(&fake, &seen, NotSaved::Store(StoreError::Blocked));
}
