//! The scenes, one by one.

use super::faulty::{Faulty, Sort};
use super::*;
use restore_desk::workspace::keep::keeper::FoldReason;
use restore_desk::workspace::keep::{
    Followed, Found, NotDeleted, NotEdited, NotFolded, NotKept, Trouble, WhyWaits, look, places,
};
use restore_desk::workspace::keys::{Key, Slot};
use restore_desk::workspace::store::{Store, StoreError};

/// What a tab that opens anew sees: the name, and how many edits wait.
#[track_caller]
fn check(store: &Faulty, name: &str, waiting: usize) -> Desk {
    store.works();
    let (desk, opened) = Desk::open(store, "anew");
    assert_eq!(opened.found, Found::There);
    assert_eq!((desk.w.tenant.name.as_str(), desk.keeper.waiting().len()), (name, waiting));
    desk
}

/// Reading fails so for the whole of the opening, then works: what was there and what was done meanwhile are both kept.
#[track_caller]
fn check_failed_look(sort: Sort, waits: usize, found: impl Fn(&Found) -> bool) {
    let store = Faulty::default();
    let mut first = Desk::begin(&store, "first");
    first.edit(&store, rename("Kept", 1), 1);
    store.fails(sort, usize::MAX);
    let (mut desk, opened) = Desk::open(&store, "b");
    assert!(found(&opened.found), "{opened:?}");
    store.works();
    assert_eq!(desk.edit(&store, keep_plan("mine"), 2), Kept::Journalled);
    desk.keeper.fold(&store, &mut desk.w, second(3)).unwrap();
    let plans = 1 - waits;
    assert_eq!((desk.w.tenant.name.as_str(), desk.w.plans.len(), desk.w.tenant.environments.len()), ("Kept", plans, 4));
    let anew = check(&store, "Kept", waits);
    assert_eq!(anew.w, desk.w);
}

#[test]
fn reading_throws_at_the_start_then_works() {
    check_failed_look(Sort::GetThrows, 0, |found| matches!(found, Found::NoAnswer(_)));
    check_failed_look(Sort::KeysThrow, 0, |found| matches!(found, Found::NoAnswer(_)));
}

#[test]
fn nothing_is_given_though_it_is_there() {
    check_failed_look(Sort::GetGivesNothing, 0, |found| matches!(found, Found::NoAnswer(_)));
    // It was made on an empty desk, as far as anybody could know: a person decides whether it is meant for what is there.
    check_failed_look(Sort::KeysGiveNothing, 1, |found| *found == Found::NeverThere);
}

#[test]
fn never_there_gone_unreadable_and_no_answer_are_four_answers() {
    let store = Faulty::default();
    assert_eq!(look(&store, &place()).found, Found::NeverThere);
    let mut desk = Desk::begin(&store, "a");
    assert_eq!(look(&store, &place()).found, Found::There);
    store.fails(Sort::KeysThrow, 1);
    assert!(matches!(look(&store, &place()).found, Found::NoAnswer(_)));
    let kept = store.all();
    for key in kept.keys() {
        store.set(key, "torn").unwrap();
    }
    assert_eq!(look(&store, &place()).found, Found::Unreadable);
    store.map.replace(kept);
    desk.keeper.delete(&store, &mut desk.w, second(9)).unwrap();
    assert!(matches!(look(&store, &place()).found, Found::Gone(_)));
}

#[test]
fn a_tab_that_dies_at_once_loses_nothing() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    assert_eq!(desk.edit(&store, rename("At once", 1), 1), Kept::Journalled);
    drop(desk);
    check(&store, "At once", 0);
}

#[test]
fn storage_is_full() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    store.fails(Sort::Full, usize::MAX);
    assert_eq!(desk.edit(&store, rename("No room", 1), 1), Kept::NotKept(NotKept::Store(StoreError::Full)));
    assert_eq!(desk.edit(&store, keep_plan("p"), 2), Kept::NotKept(NotKept::Store(StoreError::Full)));
    assert!(desk.keeper.unsaved());
    assert_eq!(desk.keeper.unkept().count(), 2);
    assert_eq!(desk.keeper.fold(&store, &mut desk.w, second(3)), Err(NotFolded::Store(StoreError::Full)));
    assert_eq!((desk.w.tenant.name.as_str(), desk.w.plans.len()), ("No room", 1));
    store.works();
    // The next edit takes the earlier ones along.
    assert_eq!(desk.edit(&store, draft("d"), 3), Kept::Journalled);
    assert!(!desk.keeper.unsaved());
    assert_eq!(check(&store, "No room", 0).w, desk.w);
}

#[test]
fn a_new_record_gets_the_room_of_the_oldest() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("New", 1), 1);
    let used: usize = store.all().iter().map(|(k, v)| k.len() + v.encode_utf16().count()).sum();
    store.room.set(Some(used + 700));
    desk.keeper.fold(&store, &mut desk.w, second(2)).unwrap();
    check(&store, "New", 0);
}

#[test]
fn a_write_that_is_cut_or_does_nothing_is_not_called_kept() {
    for sort in [Sort::SetCuts, Sort::SetDoesNothing] {
        let store = Faulty::default();
        let mut desk = Desk::begin(&store, "a");
        store.fails(sort, 1);
        assert_eq!(desk.edit(&store, rename("Cut", 1), 1), Kept::NotKept(NotKept::NotReadBack));
        assert!(desk.keeper.unsaved());
        store.fails(sort, usize::MAX);
        assert_eq!(desk.keeper.fold(&store, &mut desk.w, second(2)), Err(NotFolded::NotReadBack));
        check(&store, "Base", 0);
        desk.keeper.fold(&store, &mut desk.w, second(3)).unwrap();
        check(&store, "Cut", 0);
    }
}

#[test]
fn a_write_that_throws_and_comes_through_is_made_once() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    store.fails(Sort::SetThrowsAndWrites, 1);
    assert!(matches!(desk.edit(&store, keep_plan("p"), 1), Kept::NotKept(_)));
    assert_eq!(desk.edit(&store, rename("N", 2), 2), Kept::Journalled);
    let (anew, _) = Desk::open(&store, "b");
    assert_eq!((anew.w.plans.len(), anew.w.tenant.name.as_str()), (1, "N"));
    // The same with a record that came through.
    store.fails(Sort::SetThrowsAndWrites, 1);
    assert!(desk.keeper.fold(&store, &mut desk.w, second(3)).is_err());
    desk.keeper.fold(&store, &mut desk.w, second(3)).unwrap();
    assert_eq!(check(&store, "N", 0).w.plans.len(), 1);
}

#[test]
fn an_import_whose_record_came_through_is_made_once() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    assert_eq!(desk.edit(&store, import("e9", 1), 1), Kept::AtNextFold);
    assert_eq!(desk.keeper.due(), FoldReason::Unkept);
    store.fails(Sort::SetThrowsAndWrites, 1);
    assert!(desk.keeper.fold(&store, &mut desk.w, second(2)).is_err());
    desk.keeper.fold(&store, &mut desk.w, second(2)).unwrap();
    assert_eq!(desk.w.log.entries.iter().filter(|e| e.import).count(), 1);
    assert_eq!(check(&store, "Base", 0).w, desk.w);
}

#[test]
fn an_import_is_kept_only_when_its_fold_was_read_back() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, import("e9", 1), 1);
    assert!(desk.keeper.unsaved());
    store.fails(Sort::Full, 9);
    assert!(desk.keeper.fold(&store, &mut desk.w, second(2)).is_err());
    assert!(desk.keeper.unsaved(), "in memory only");
    store.works();
    desk.keeper.fold(&store, &mut desk.w, second(3)).unwrap();
    assert!(!desk.keeper.unsaved());
    assert_eq!(desk.keeper.due(), FoldReason::SecondCopy);
    desk.keeper.fold(&store, &mut desk.w, second(4)).unwrap();
    assert_eq!(desk.keeper.due(), FoldReason::Nothing);
    assert_eq!(check(&store, "Base", 0).w.tenant.environments.len(), 5);
}

#[test]
fn an_import_is_made_again_on_what_another_tab_kept() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.edit(&store, import("e9", 1), 1);
    two.edit(&store, rename("Two", 2), 2);
    two.edit(&store, import("e8", 3), 3);
    two.keeper.fold(&store, &mut two.w, second(4)).unwrap();
    one.keeper.fold(&store, &mut one.w, second(5)).unwrap();
    let anew = check(&store, "Two", 0);
    assert!(anew.w.tenant.get(&env(9)).is_some() && anew.w.tenant.get(&env(8)).is_some());
}

#[test]
fn an_unchanged_tab_follows() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    assert_eq!(two.keeper.follow(&store, &mut two.w), Followed::Unchanged);
    one.edit(&store, rename("One", 1), 1);
    assert_eq!(two.keeper.follow(&store, &mut two.w), Followed::Followed { waiting: 0 });
    assert_eq!(two.w, one.w);
    one.keeper.fold(&store, &mut one.w, second(2)).unwrap();
    two.keeper.follow(&store, &mut two.w);
    assert_eq!((&two.w, two.keeper.head().map(|h| &h.id)), (&one.w, one.keeper.head().map(|h| &h.id)));
    assert_eq!(two.keeper.follow(&store, &mut two.w), Followed::Unchanged);
}

#[test]
fn two_edits_that_do_not_contradict_are_both_kept() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.edit(&store, backup(0, "b1", 1), 1);
    two.edit(&store, backup(1, "b2", 2), 2);
    one.edit(&store, keep_plan("p1"), 3);
    two.edit(&store, keep_plan("p2"), 4);
    let step = some_plan("p").steps.first().map(|s| s.id.clone()).unwrap();
    let number = two.w.plans.first().map(|p| p.number).unwrap();
    two.edit(&store, Edit::Tick { plan: number, id: step, done: true }, 5);
    let anew = check(&store, "Base", 0);
    assert!(anew.has_backup("b1") && anew.has_backup("b2"));
    // Both gave their plan the same number; the tick is on the one that it was made for.
    let ticked: Vec<_> = anew.w.plans.iter().map(|p| (p.plan.title().to_string(), p.number, p.done.len())).collect();
    assert_eq!(ticked, [("p2".to_string(), 2, 1), ("p1".to_string(), 1, 0)]);
    one.keeper.follow(&store, &mut one.w);
    two.keeper.follow(&store, &mut two.w);
    assert_eq!((&one.w, &two.w), (&anew.w, &anew.w));
}

#[test]
fn a_contradiction_waits_for_a_person() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.edit(&store, rename("One", 1), 1);
    two.edit(&store, rename("Two", 2), 2);
    let mut anew = check(&store, "One", 1);
    assert!(matches!(anew.keeper.waiting()[0].why, WhyWaits::Contradicts { .. }));
    assert_eq!(two.keeper.follow(&store, &mut two.w), Followed::Followed { waiting: 1 });
    assert_eq!(two.w.tenant.name, "One");
    // It goes on waiting through a fold and another one.
    anew.keeper.fold(&store, &mut anew.w, second(3)).unwrap();
    anew.keeper.fold(&store, &mut anew.w, second(3)).unwrap();
    check(&store, "One", 1);
    let of = anew.keeper.waiting()[0].entry.id.clone();
    anew.keeper.use_after_all(&store, &mut anew.w, &of, second(4)).unwrap();
    check(&store, "Two", 0);
    two.keeper.follow(&store, &mut two.w);
    assert_eq!(two.w, anew.w);
    assert_eq!(two.keeper.use_after_all(&store, &mut two.w, &of, second(5)), Err(NotEdited::NotWaiting));
}

#[test]
fn what_waits_is_used_over_what_came_later() {
    for by_other in [false, true] {
        let store = Faulty::default();
        let mut one = Desk::begin(&store, "a");
        let (mut two, _) = Desk::open(&store, "b");
        one.edit(&store, rename("One", 1), 1);
        two.edit(&store, rename("Two", 2), 2);
        one.keeper.follow(&store, &mut one.w);
        two.keeper.follow(&store, &mut two.w);
        let (next, other) = if by_other { (&mut two, &mut one) } else { (&mut one, &mut two) };
        next.edit(&store, rename("Later", 3), 3);
        other.keeper.follow(&store, &mut other.w);
        check(&store, "Later", 1);
        let of = next.keeper.waiting()[0].entry.id.clone();
        next.keeper.use_after_all(&store, &mut next.w, &of, second(4)).unwrap();
        assert_eq!(next.w.tenant.name, "Two");
        check(&store, "Two", 0);
        other.keeper.follow(&store, &mut other.w);
        assert_eq!(other.w, next.w);
    }
}

#[test]
fn what_waits_can_be_dropped() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.edit(&store, draft("One"), 1);
    for (at, typed) in ["T", "Tw", "Two"].into_iter().enumerate() {
        two.edit(&store, draft(typed), 2 + at as i64);
    }
    let mut anew = check(&store, "Base", 1);
    assert_eq!(anew.w.draft.as_ref().map(|d| d.new_name.as_str()), Some("One"));
    let of = anew.keeper.waiting()[0].entry.id.clone();
    assert_eq!(anew.keeper.drop_waiting(&store, &mut anew.w, &of), Ok(Kept::Journalled));
    check(&store, "Base", 0);
}

#[test]
fn the_same_in_two_tabs_is_no_contradiction() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.edit(&store, managed(1, false, 1), 1);
    two.edit(&store, managed(1, false, 2), 2);
    check(&store, "Base", 0);
}

#[test]
fn storage_is_cleared_under_an_open_tab() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("Here", 1), 1);
    store.map.borrow_mut().clear();
    assert_eq!(desk.keeper.follow(&store, &mut desk.w), Followed::Vanished);
    assert!(desk.keeper.unsaved());
    assert_eq!(desk.w.tenant.name, "Here");
    desk.keeper.fold(&store, &mut desk.w, second(2)).unwrap();
    assert!(!desk.keeper.unsaved());
    assert_eq!(check(&store, "Here", 0).w, desk.w);
}

#[test]
fn a_record_that_vanishes_and_comes_back() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("Here", 1), 1);
    // A list that leaves out what can be read is no answer.
    store.fails(Sort::KeysGiveNothing, 1);
    assert!(matches!(desk.keeper.follow(&store, &mut desk.w), Followed::NoAnswer(_)));
    let all = store.map.take();
    assert_eq!(desk.keeper.follow(&store, &mut desk.w), Followed::Vanished);
    store.map.replace(all);
    desk.keeper.follow(&store, &mut desk.w);
    assert!(!desk.keeper.unsaved());
    assert_eq!(check(&store, "Here", 0).w, desk.w);
}

#[test]
fn deleting_shows_first_what_another_tab_did() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    two.edit(&store, keep_plan("p"), 1);
    assert_eq!(one.keeper.delete(&store, &mut one.w, second(2)), Err(NotDeleted::Changed));
    assert_eq!(one.w.plans.len(), 1);
    let deleted = one.keeper.delete(&store, &mut one.w, second(3)).unwrap();
    assert!(deleted.left.is_empty());
    assert_eq!((store.all().len(), &one.w), (1, &Workspace::default()));
    // The other tab has it still, and may keep it.
    assert_eq!(two.keeper.follow(&store, &mut two.w), Followed::Deleted);
    assert!(two.keeper.unsaved());
    assert_eq!(two.keeper.fold(&store, &mut two.w, second(4)), Err(NotFolded::Deleted));
    assert_eq!(two.edit(&store, rename("Mine", 5), 5), Kept::NotKept(NotKept::Deleted));
    two.keeper.keep_after_deletion(&two.w);
    two.keeper.fold(&store, &mut two.w, second(6)).unwrap();
    assert_eq!(check(&store, "Mine", 0).w, two.w);
}

#[test]
fn an_edit_made_after_a_deletion_elsewhere_waits() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.keeper.delete(&store, &mut one.w, second(2)).unwrap();
    assert_eq!(two.edit(&store, rename("Late", 3), 3), Kept::Journalled);
    drop(two);
    let (anew, opened) = Desk::open(&store, "c");
    assert!(matches!(opened.found, Found::Gone(_)));
    assert_eq!(anew.keeper.waiting().iter().map(|w| w.why.clone()).collect::<Vec<_>>(), [WhyWaits::Deleted]);
}

#[test]
fn a_removal_that_fails_is_told() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    let texts = store.all().len();
    store.fails(Sort::RemoveDoesNothing, usize::MAX);
    let deleted = desk.keeper.delete(&store, &mut desk.w, second(2)).unwrap();
    assert_eq!(deleted.left.len(), texts);
    // Nothing of it comes back by itself.
    assert!(matches!(look(&store, &place()).found, Found::Gone(_)));
}

#[test]
fn a_place_that_was_deleted_begins_anew() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.keeper.delete(&store, &mut desk.w, second(2)).unwrap();
    let (mut anew, _) = Desk::open(&store, "b");
    assert_eq!(anew.edit(&store, rename("Again", 3), 3), Kept::Journalled);
    check(&store, "Again", 0);
    anew.keeper.fold(&store, &mut anew.w, second(4)).unwrap();
    check(&store, "Again", 0);
}

#[test]
fn a_deletion_that_cannot_be_marked_deletes_nothing() {
    for sort in [Sort::SetThrows, Sort::SetDoesNothing, Sort::SetCuts] {
        let store = Faulty::default();
        let mut desk = Desk::begin(&store, "a");
        store.fails(sort, usize::MAX);
        assert!(desk.keeper.delete(&store, &mut desk.w, second(2)).is_err());
        assert_eq!(desk.w.tenant.name, "Base");
        check(&store, "Base", 0);
    }
}

#[test]
fn two_tabs_that_fold_at_once() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    one.edit(&store, backup(0, "b1", 1), 1);
    two.edit(&store, backup(1, "b2", 2), 2);
    one.edit(&store, import("e9", 3), 3);
    let first = one.keeper.begin_fold(&store, &mut one.w, second(4)).unwrap();
    // Neither list shows the other's record yet, as between two processes.
    let before = store.all();
    two.keeper.fold(&store, &mut two.w, second(4)).unwrap();
    let with_two = store.map.replace(before);
    one.keeper.end_fold(&store, first).unwrap();
    store.map.borrow_mut().extend(with_two);
    let anew = check(&store, "Base", 0);
    assert!(anew.has_backup("b1") && anew.has_backup("b2") && anew.w.tenant.get(&env(9)).is_some());
    two.keeper.fold(&store, &mut two.w, second(5)).unwrap();
    two.keeper.fold(&store, &mut two.w, second(5)).unwrap();
    assert_eq!(check(&store, "Base", 0).w, two.w);
    one.keeper.follow(&store, &mut one.w);
    assert_eq!(one.w, two.w);
}

#[test]
fn a_torn_record_leaves_the_last_good_state() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("Last", 1), 1);
    desk.keeper.fold(&store, &mut desk.w, second(2)).unwrap();
    let key = desk.keeper.head().unwrap().key();
    let text = store.all()[&key.to_string()].clone();
    let cut: String = text.chars().take(text.chars().count() - 5).collect();
    store.set(&key.to_string(), &cut).unwrap();
    let mut anew = check(&store, "Last", 0);
    assert!(matches!(&anew.keeper.troubles[..], [Trouble::Record { key: torn, .. }] if *torn == key));
    assert_eq!(anew.w, desk.w);
    let listed = places::aside(&store).unwrap();
    assert_eq!(listed.iter().map(|a| a.key.clone()).collect::<Vec<_>>(), [key.to_string()]);
    // A record goes beyond it, and the torn text stays until a person deletes it.
    anew.keeper.fold(&store, &mut anew.w, second(3)).unwrap();
    anew.keeper.fold(&store, &mut anew.w, second(3)).unwrap();
    assert!(store.all().contains_key(&key.to_string()));
    places::delete(&store, &key.to_string()).unwrap();
    assert_eq!(places::aside(&store), Ok(vec![]));
    check(&store, "Last", 0);
}

#[test]
fn a_later_record_that_is_lost_is_told() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, import("e9", 1), 1);
    desk.keeper.fold(&store, &mut desk.w, second(2)).unwrap();
    desk.edit(&store, rename("On it", 3), 3);
    store.remove(&desk.keeper.head().unwrap().key().to_string()).unwrap();
    let anew = check(&store, "On it", 0);
    assert!(matches!(&anew.keeper.troubles[..], [Trouble::Lost { .. }]), "{:?}", anew.keeper.troubles);
    // The tab that has it keeps it.
    assert_eq!(desk.keeper.follow(&store, &mut desk.w), Followed::Vanished);
    desk.keeper.fold(&store, &mut desk.w, second(4)).unwrap();
    assert_eq!(check(&store, "On it", 0).w.tenant.environments.len(), 5);
}

#[test]
fn a_record_that_reappears_is_offered() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    one.edit(&store, import("e9", 1), 1);
    let hidden = store.all();
    one.keeper.fold(&store, &mut one.w, second(2)).unwrap();
    let with_import = store.map.replace(hidden);
    drop(one);
    let (mut two, _) = Desk::open(&store, "b");
    two.edit(&store, rename("Two", 3), 3);
    two.keeper.fold(&store, &mut two.w, second(4)).unwrap();
    two.keeper.fold(&store, &mut two.w, second(4)).unwrap();
    let back: Vec<_> = with_import.into_iter().filter(|(key, _)| key.ends_with(".a")).collect();
    store.map.borrow_mut().extend(back);
    let anew = check(&store, "Two", 0);
    let beside: Vec<_> = anew.keeper.troubles.iter().filter(|t| matches!(t, Trouble::Beside(_))).collect();
    assert_eq!(beside.len(), 1);
    let aside = places::aside(&store).unwrap();
    assert_eq!(aside.len(), 1);
    assert_eq!(aside[0].content.as_ref().map(|c| c.environments), Ok(5));
    let text = store.get(&aside[0].key).unwrap().unwrap();
    assert!(places::open(&text).unwrap().workspace.tenant.get(&env(9)).is_some());
}

#[test]
fn a_missing_edit_is_told_and_what_rests_on_it_waits() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, keep_plan("p"), 1);
    let step = some_plan("p").steps.first().map(|s| s.id.clone()).unwrap();
    desk.edit(&store, Edit::Tick { plan: 1, id: step, done: true }, 2);
    desk.edit(&store, rename("Free", 3), 3);
    let key = Key::Entry(place(), named_tab("a"), 1).to_string();
    let text = store.get(&key).unwrap().unwrap();
    store.remove(&key).unwrap();
    let mut anew = check(&store, "Free", 1);
    assert!(matches!(anew.keeper.waiting()[0].why, WhyWaits::Needs(_)));
    assert!(matches!(&anew.keeper.troubles[..], [Trouble::Missing { first: 1, last: 1, .. }]));
    // It comes back after all, even after a fold.
    anew.keeper.fold(&store, &mut anew.w, second(4)).unwrap();
    store.set(&key, &text).unwrap();
    assert_eq!(check(&store, "Free", 1).w.plans.len(), 1);
}

#[test]
fn clocks_that_go_back_change_no_order() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "z");
    one.edit(&store, rename("First", 500), 500);
    let (mut two, _) = Desk::open(&store, "a");
    two.edit(&store, rename("Second", 500), 100);
    check(&store, "Second", 0);
    one.keeper.follow(&store, &mut one.w);
    assert_eq!(one.w, two.w);
}

#[test]
fn a_replacement_sets_aside_what_nobody_saw() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    two.edit(&store, rename("Unseen", 1), 1);
    two.keeper.fold(&store, &mut two.w, second(2)).unwrap();
    let mut sample = base();
    sample.tenant.name = "Sample".into();
    one.keeper.whole(&mut one.w, WholeChange::Replace(Box::new(sample))).unwrap();
    one.keeper.fold(&store, &mut one.w, second(3)).unwrap();
    check(&store, "Sample", 0);
    let aside = places::aside(&store).unwrap();
    assert_eq!(
        aside.iter().map(|a| a.content.as_ref().map(|c| c.name.clone())).collect::<Vec<_>>(),
        [Ok("Unseen".into())]
    );
}

#[test]
fn what_an_earlier_build_left_is_opened_kept_and_removed_late() {
    let store = Faulty::default();
    let mut old = base();
    old.tenant.name = "Old".into();
    let text = restore_desk::workspace::envelope::write(&old, second(0)).unwrap();
    store.set(Slot::Own.key(), &text).unwrap();
    let place = Place::of_earlier(Slot::Own, &text).unwrap();
    let found = places::places(&store).unwrap();
    assert!(
        matches!(&found[..], [places::PlaceFound { brief: places::Brief::Earlier(_), place: p, .. }] if *p == place)
    );
    assert_eq!(places::aside(&store), Ok(vec![]));
    // Two tabs find it at once, and mean the same place.
    let (mut keeper, mut w, opened) = Keeper::open(&store, place.clone(), named_tab("a"));
    let (mut other, mut w2, _) = Keeper::open(&store, place.clone(), named_tab("b"));
    assert_eq!((opened.found, &w), (Found::There, &old));
    let made = Made::new(rename("New", 1), &w, second(1));
    assert_eq!(keeper.edit(&store, &mut w, made).unwrap().1, Kept::Journalled);
    assert_eq!(other.follow(&store, &mut w2), Followed::Followed { waiting: 0 });
    assert_eq!(look(&store, &place).state.map(|s| s.workspace), Some(w.clone()));
    keeper.fold(&store, &mut w, second(2)).unwrap();
    assert!(store.all().contains_key(Slot::Own.key()), "one record is not enough");
    other.fold(&store, &mut w2, second(3)).unwrap();
    assert!(!store.all().contains_key(Slot::Own.key()));
    assert_eq!(look(&store, &place).state.map(|s| s.workspace), Some(w));
    assert_eq!(places::aside(&store), Ok(vec![]));
    // An old build that is still open somewhere writes again: it is another workspace, and is offered.
    old.tenant.name = "Later".into();
    store.set(Slot::Own.key(), &restore_desk::workspace::envelope::write(&old, second(9)).unwrap()).unwrap();
    assert_eq!(places::places(&store).unwrap().len(), 2);
}

#[test]
fn what_an_earlier_build_left_and_nobody_can_read_is_listed_and_stays() {
    let store = Faulty::default();
    store.set(Slot::Own.key(), "not a workspace").unwrap();
    store.set("restore-desk/set-aside-2", "{}").unwrap();
    let aside = places::aside(&store).unwrap();
    let keys: Vec<_> = aside.iter().map(|a| (a.key.as_str(), a.units, a.content.is_err())).collect();
    assert_eq!(keys, [("restore-desk/set-aside-2", 2, true), (Slot::Own.key(), 15, true)]);
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("New", 1), 1);
    desk.keeper.fold(&store, &mut desk.w, second(1)).unwrap();
    assert_eq!(store.get(Slot::Own.key()), Ok(Some("not a workspace".into())));
    places::delete(&store, "restore-desk/set-aside-2").unwrap();
    assert_eq!(places::aside(&store).unwrap().len(), 1);
}

#[test]
fn each_tenant_has_a_place_of_its_own() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "a"));
    let other = Place::Tenant(Id::new("two").unwrap());
    let (mut keeper, mut w, opened) = Keeper::open(&store, other.clone(), named_tab("b"));
    assert_eq!(opened.found, Found::NeverThere);
    let made = Made::new(rename("Two", 1), &w, second(1));
    keeper.edit(&store, &mut w, made).unwrap();
    let found = places::places(&store).unwrap();
    let told: Vec<_> =
        found.iter().map(|p| (p.place.clone(), matches!(p.brief, places::Brief::Journal), p.entries)).collect();
    assert_eq!(told, [(place(), false, 0), (other, true, 1)]);
    check(&store, "Base", 0);
}

#[test]
fn a_journal_entry_does_not_grow_with_the_workspace() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.w.tenant.environments.extend((0..500).map(|n| Environment::new(format!("more-{n}"))));
    desk.edit(&store, rename("N", 1), 1);
    let key = Key::Entry(place(), named_tab("a"), 1).to_string();
    assert!(store.all()[&key].len() < 500, "{}", store.all()[&key]);
}
