//! More corners in which a changed program lived: what passes through, what is tried again, and what is kept in mind.

use super::faulty::{Fault, Faulty, Sort};
use super::*;
use restore_desk::workspace::desk::{Desk as Table, Way};
use restore_desk::workspace::envelope::{self, Unreadable};
use restore_desk::workspace::keep::ahead::With;
use restore_desk::workspace::keep::places::{self, Aside, AsideSort, AsideUnreadable};
use restore_desk::workspace::keep::{EditId, Followed, Found, NotFolded, WhyWaits, journal};
use restore_desk::workspace::keys::{Key, LAST, SET_ASIDE, Slot, THEME};
use restore_desk::workspace::store::{Store, StoreError};

#[test]
fn what_goes_through_a_store_with_something_read_ahead_is_what_the_store_does() {
    let store = Faulty::default();
    let with = With::new(&store, None);
    with.set("a", "text").unwrap();
    assert_eq!((with.get("a"), with.get("b")), (Ok(Some("text".into())), Ok(None)));
    assert_eq!((with.copy("a", "b"), with.copy("none", "c")), (Ok(true), Ok(false)));
    assert_eq!(with.keys(), Ok(vec!["a".into(), "b".into()]));
    with.remove("a").unwrap();
    assert_eq!(store.all().into_iter().collect::<Vec<_>>(), [("b".to_string(), "text".to_string())]);
    for sort in [Sort::GetThrows, Sort::SetThrows, Sort::RemoveThrows, Sort::KeysThrow] {
        store.fails(sort, usize::MAX);
    }
    assert!(with.get("b").is_err() && with.set("b", "").is_err() && with.remove("b").is_err());
    assert!(with.keys().is_err() && with.copy("b", "c").is_err());
}

#[test]
fn where_nothing_can_go_it_is_not_tried_again() {
    let store = Faulty::default();
    let (mut desk, _) = Desk::open(&store, "a");
    desk.keeper.whole(&mut desk.w, WholeChange::Replace(Box::new(base()))).unwrap();
    // There is no record yet, then one before which there is none.
    for at in [1, 3] {
        store.fails(Sort::Full, 1);
        let before = store.count("set");
        assert_eq!(desk.keeper.fold(&store, &mut desk.w, second(at)), Err(NotFolded::Store(StoreError::Full)));
        assert_eq!(store.count("set") - before, 1, "{at}");
        desk.keeper.fold(&store, &mut desk.w, second(at + 1)).unwrap();
        if at == 1 {
            continue;
        }
        // Now there is one that may go.
        store.fails(Sort::Full, 1);
        desk.keeper.fold(&store, &mut desk.w, second(9)).unwrap();
    }
}

#[test]
fn what_is_not_taken_in_twice_though_its_tab_is_kept_in_mind_no_more() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    let tabs = 70;
    for n in 1..=tabs {
        let mut other = Desk::open(&store, &format!("t{n}")).0;
        other.edit(&store, backup(0, &format!("b{n}"), n), n);
    }
    desk.keeper.fold(&store, &mut desk.w, second(tabs + 1)).unwrap();
    for _ in 0..2 {
        assert_eq!(desk.keeper.follow(&store, &mut desk.w), Followed::Unchanged);
        assert_eq!((desk.keeper.waiting().len(), desk.w.tenant.environments[0].backups.len()), (0, tabs as usize));
    }
}

#[test]
fn what_was_given_up_on_purpose_or_made_by_itself_is_not_missed() {
    for (at, on_purpose, by_itself, missed) in [
        (place(), false, false, true),
        (place(), true, false, false),
        (Place::Sample, false, true, false),
        (Place::Sample, false, false, true),
    ] {
        let store = Faulty::default();
        let (mut table, mut w, _) = Table::open(&store, named_tab("a"), at.clone());
        assert!(table.put_new(&mut w, base()));
        if !by_itself {
            let made = Made::new(rename("Work", 1), &w, second(1));
            table.did_something();
            store.fails(Sort::SetThrows, usize::MAX);
            table.keeper_mut().edit(&store, &mut w, made).unwrap();
        }
        table.remember_replaced(&w, "a file was opened", on_purpose);
        let replaced = table.unsaved(&w).iter().filter(|u| u.replaced).count();
        assert_eq!(replaced, usize::from(missed), "{at:?}, on purpose: {on_purpose}, by itself: {by_itself}");
        assert_eq!(table.next(Way::Undo).map(|next| next.says), Some("a file was opened"));
    }
}

#[test]
fn what_stands_beside_the_places_is_what_was_set_aside_and_nothing_else() {
    let store = Faulty::default();
    for key in [THEME, LAST, "restore-desk/2/nonsense", "restore-desk/set-aside-6", "somebody/else"] {
        store.set(key, "x").unwrap();
    }
    assert_eq!(places::aside(&store), Ok(vec![]));
    for key in SET_ASIDE {
        store.set(key, "x").unwrap();
    }
    let found = places::aside(&store).unwrap();
    assert_eq!(found.iter().map(|a| a.key.as_str()).collect::<Vec<_>>(), SET_ASIDE);
    let not_ours = Err(AsideUnreadable::Envelope(Unreadable::NotOurs));
    assert!(found.iter().all(|a| (a.sort, a.units, &a.content) == (AsideSort::SetAsideEarlier, 1, &not_ours)));
}

#[test]
fn what_the_store_did_not_give_once_is_no_trouble_when_it_does() {
    for sort in [Sort::GetThrows, Sort::GetGivesNothing] {
        let store = Faulty::default();
        let mut desk = Desk::begin(&store, "a");
        Desk::open(&store, "b").0.edit(&store, rename("Theirs", 1), 1);
        desk.keeper.follow(&store, &mut desk.w);
        Desk::open(&store, "c").0.edit(&store, rename("Third", 2), 2);
        store.fails(sort, 1);
        desk.keeper.follow(&store, &mut desk.w);
        assert_eq!((desk.keeper.troubles.len(), desk.w.tenant.name.as_str()), (1, "Theirs"), "{sort:?}");
        desk.keeper.follow(&store, &mut desk.w);
        assert_eq!((desk.keeper.troubles.as_slice(), desk.w.tenant.name.as_str()), (&[][..], "Third"), "{sort:?}");
    }
}

#[test]
fn an_edit_that_cannot_be_read_is_told_as_an_edit() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("Torn", 1), 1);
    let (key, text) = store.all().into_iter().find(|(key, _)| key.ends_with("/j/a/1")).unwrap();
    let units = text.len() / 2;
    store.map.borrow_mut().insert(key.clone(), text[..units].to_string());
    let expect = [Aside { key, sort: AsideSort::Entry, units, content: Err(AsideUnreadable::NoWorkspace) }];
    assert_eq!(places::aside(&store).unwrap(), expect);
}

#[test]
fn what_ended_by_itself_in_a_workspace_that_was_replaced_is_not_asked_about() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.keeper.whole(&mut one.w, WholeChange::Replace(Box::new(base()))).unwrap();
    one.keeper.fold(&store, &mut one.w, second(1)).unwrap();
    two.edit(&store, Edit::PassTime, 2);
    two.edit(&store, rename("Theirs", 3), 3);
    two.edit(&store, Edit::PassTime, 4);
    let (anew, _) = Desk::open(&store, "c");
    let asked: Vec<_> = anew.keeper.waiting().iter().filter_map(|w| w.made()).map(|made| made.edit.clone()).collect();
    assert_eq!(asked, [rename("Theirs", 3)]);
}

#[test]
fn what_an_earlier_build_left_is_deleted_with_its_place_and_nothing_else_is() {
    for changed in [false, true] {
        let store = Faulty::default();
        let text = envelope::write(&base(), second(-9)).unwrap();
        for key in [Slot::Own.key(), Slot::Own.mark_key()] {
            store.set(key, &text).unwrap();
        }
        let place = Place::of_earlier(Slot::Own, &text).unwrap();
        let (mut keeper, mut w, _) = Keeper::open(&store, place, named_tab("a"));
        keeper.fold(&store, &mut w, second(1)).unwrap();
        if changed {
            // An earlier build wrote there since.
            store.map.borrow_mut().insert(Slot::Own.key().into(), "other".into());
        }
        let deleted = keeper.delete(&store, &mut w, second(2)).unwrap();
        assert_eq!(deleted.left, Vec::<String>::new());
        for key in [Slot::Own.key(), Slot::Own.mark_key()] {
            assert_eq!(store.all().contains_key(key), changed, "{key}");
        }
    }
}

#[test]
fn of_what_one_tab_says_the_later_counts_though_an_import_lies_between() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.edit(&store, import("e9", 1), 1);
    one.edit(&store, backup(0, "later", 30), 30);
    one.keeper.fold(&store, &mut one.w, second(31)).unwrap();
    // Its clock is behind, and it saw nothing of that.
    for (name, at) in [("First", -2), ("Second", 0), ("Third", 2)] {
        two.edit(&store, rename(name, at), at);
        let (anew, _) = Desk::open(&store, "c");
        assert_eq!((anew.w.tenant.name.as_str(), anew.keeper.waiting().len()), (name, 0));
        assert!(anew.has_backup("later"));
    }
}

#[test]
fn what_is_torn_is_cleared_away_and_what_is_whole_is_left() {
    for (sort, left) in [(Sort::SetCuts, false), (Sort::GetGivesNothing, true)] {
        let store = Faulty::default();
        let mut desk = Desk::begin(&store, "a");
        desk.edit(&store, rename("Folded", 1), 1);
        let before = store.all();
        let folding = desk.keeper.begin_fold(&store, &mut desk.w, second(2)).unwrap();
        match sort {
            Sort::SetCuts => store.fails(sort, 1),
            // The first look is for a key at which nothing is, the second one reads back.
            _ => store.faults.borrow_mut().push(Fault { sort, at: store.count("get") + 1, times: 1 }),
        }
        assert_eq!(desk.keeper.end_fold(&store, folding), Err(NotFolded::NotReadBack));
        let more: Vec<_> = store.all().into_keys().filter(|key| !before.contains_key(key)).collect();
        assert_eq!(more.len(), usize::from(left), "{sort:?}: {more:?}");
        desk.keeper.fold(&store, &mut desk.w, second(3)).unwrap();
        assert_eq!(Desk::open(&store, "b").0.w.tenant.name, "Folded");
    }
}

#[test]
fn what_is_done_stands_behind_all_that_was_seen_whatever_the_clock_says() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    one.edit(&store, rename("One", 100), 100);
    for at in 101..104 {
        one.keeper.fold(&store, &mut one.w, second(at)).unwrap();
    }
    let (mut two, _) = Desk::open(&store, "b");
    assert_eq!(two.keeper.since_the_record().count(), 0, "the record holds it");
    two.edit(&store, rename("Two", 50), 50);
    let id = EditId { tab: named_tab("b"), n: 1 };
    let text = store.all()[&Key::Entry(place(), id.tab.clone(), id.n).to_string()].clone();
    assert_eq!(journal::read(&text, &place(), &id).unwrap().stamp, second(100).timestamp_millis() + 1);
}

#[test]
fn what_a_tab_brings_that_is_kept_in_mind_no_more_is_asked_about_and_what_a_new_one_does_is_done() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    let (mut old, _) = Desk::open(&store, "old");
    old.edit(&store, backup(1, "seen", 1), 1);
    for n in 2..70 {
        Desk::open(&store, &format!("t{n}")).0.edit(&store, backup(0, &format!("b{n}"), n), n);
        if n % 20 == 0 || n == 69 {
            (0..3).for_each(|_| drop(desk.keeper.fold(&store, &mut desk.w, second(70)).unwrap()));
        }
    }
    old.edit(&store, backup(1, "old", 2), 2);
    Desk::open(&store, "new").0.edit(&store, backup(1, "new", 80), 80);
    let (anew, _) = Desk::open(&store, "z");
    let asked: Vec<_> = anew.keeper.waiting().iter().map(|w| (w.entry.id.tab.to_string(), w.why.clone())).collect();
    assert_eq!(asked, [("old".to_string(), WhyWaits::Reappeared)]);
    assert_eq!(["seen", "old", "new"].map(|id| anew.has_backup(id)), [true, false, true]);
}

#[test]
fn what_is_used_after_all_in_another_workspace_speaks_of_what_was_used_there_before() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    let mut other = base();
    other.keep_plan(some_plan("of another"), None);
    one.keeper.whole(&mut one.w, WholeChange::Replace(Box::new(other))).unwrap();
    one.keeper.fold(&store, &mut one.w, second(1)).unwrap();
    two.edit(&store, keep_plan("of two"), 2);
    two.edit(&store, Edit::Tick { plan: 1, id: "step".into(), done: true }, 3);
    let (mut anew, _) = Desk::open(&store, "c");
    let [plan, tick] = [0, 1].map(|n| anew.keeper.waiting()[n].entry.id.clone());
    let early = anew.clone().keeper.use_after_all(&store, &mut anew.w.clone(), &tick, second(4));
    assert!(early.is_err(), "its plan is not here");
    anew.keeper.use_after_all(&store, &mut anew.w, &plan, second(5)).unwrap();
    anew.keeper.use_after_all(&store, &mut anew.w, &tick, second(6)).unwrap();
    let ticked: Vec<_> = anew.w.plans.iter().map(|p| (p.plan.title().to_string(), p.done.len())).collect();
    assert_eq!(ticked, [("of two".to_string(), 1), ("of another".to_string(), 0)]);
}

#[test]
fn what_cannot_be_read_is_deleted_with_its_place_and_does_not_come_back() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    Desk::open(&store, "b").0.edit(&store, rename("Torn", 1), 1);
    let (key, text) = store.all().into_iter().find(|(key, _)| key.ends_with("/j/b/1")).unwrap();
    store.map.borrow_mut().insert(key.clone(), "torn".into());
    let deleted = desk.keeper.delete(&store, &mut desk.w, second(2)).unwrap();
    assert_eq!((deleted.left, store.all().contains_key(&key)), (vec![], false));
    // Not even where a second copy has it whole.
    store.map.borrow_mut().insert(key, text);
    let (anew, opened) = Desk::open(&store, "c");
    assert!(matches!(opened.found, Found::Gone(_)), "{:?}", opened.found);
    assert_eq!((anew.w, anew.keeper.waiting().len()), (Workspace::default(), 0));
}
