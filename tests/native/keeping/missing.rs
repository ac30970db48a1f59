//! What is missing and can be known to be is said: at opening, and when the second copy alone has what is left.

use super::faulty::Faulty;
use super::*;
use restore_desk::workspace::desk::Desk as Table;
use restore_desk::workspace::keep::{FoldReason, Followed, Found, Trouble, places};
use restore_desk::workspace::keys::Key;
use std::collections::BTreeMap;

type Texts = BTreeMap<String, String>;

/// What is left of a store, under the keys that `keeps` says.
fn left(all: &Texts, keeps: impl Fn(&str) -> bool) -> Texts {
    all.iter().filter(|(key, _)| keeps(key)).map(|(key, text)| (key.clone(), text.clone())).collect()
}

/// What is said of what is left, at opening, and when it comes while an empty tab is open.
#[track_caller]
fn check(left: Texts, name: &str, says: &[&str]) {
    let store = Faulty::default();
    let (mut open, opened) = Desk::open(&store, "open");
    assert_eq!(opened.found, Found::NeverThere);
    store.map.replace(left);
    let (anew, _) = Desk::open(&store, "anew");
    assert!(matches!(open.keeper.follow(&store, &mut open.w), Followed::Followed { .. }));
    for (desk, which) in [(&anew, "opened"), (&open, "came")] {
        let said: Vec<String> = desk.keeper.troubles.iter().map(Trouble::says).collect();
        assert_eq!(
            (desk.w.tenant.name.as_str(), said),
            (name, says.iter().map(|s| s.to_string()).collect()),
            "{which}"
        );
    }
    // It goes on being said, until what is there is folded.
    let before = open.keeper.troubles.clone();
    open.keeper.follow(&store, &mut open.w);
    assert_eq!(open.keeper.troubles, before);
}

#[test]
fn renames_that_the_second_copy_lost() {
    let store = Faulty::default();
    let (mut a, _) = Desk::open(&store, "a");
    for (n, name) in ["One", "Two", "Three"].into_iter().enumerate() {
        a.edit(&store, rename(name, n as i64 + 1), n as i64 + 1);
    }
    let all = store.all();
    check(all.clone(), "Three", &[]);
    check(
        left(&all, |key| key.ends_with("/3")),
        "Three",
        &[
            "something is missing: changes 1 to 2 of a tab, made before 1 Mar 2026 00:00 UTC, on which later ones stand, are in no store any more",
        ],
    );
}

#[test]
fn a_change_that_only_another_tab_saw() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let (mut a, _) = Desk::open(&store, "a");
    let (mut b, _) = Desk::open(&store, "b");
    a.edit(&store, rename("Gone", 100), 100);
    a.edit(&store, backup(0, "gone", 110), 110);
    b.keeper.follow(&store, &mut b.w);
    b.edit(&store, backup(1, "there", 180), 180);
    let all = store.all();
    check(all.clone(), "Gone", &[]);
    check(
        left(&all, |key| !key.contains("/j/a/")),
        "Base",
        &[
            "something is missing: changes 1 to 2 of a tab, made between 28 Feb 2026 23:59 UTC and 1 Mar 2026 00:03 UTC, on which later ones stand, are in no store any more",
        ],
    );
}

#[test]
fn a_change_in_the_middle_of_a_row() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let (mut a, _) = Desk::open(&store, "a");
    let (mut b, _) = Desk::open(&store, "b");
    for (name, at) in [("One", 60), ("Two", 120), ("Three", 240)] {
        a.edit(&store, rename(name, at), at);
    }
    for n in 1..=4 {
        b.edit(&store, backup(1, &format!("b{n}"), 70 + n), 70 + n);
    }
    check(
        left(&store.all(), |key| !key.ends_with("/j/a/2")),
        "Three",
        &[
            "something is missing: change 2 of a tab, made between 28 Feb 2026 23:59 UTC and 1 Mar 2026 00:04 UTC, on which later ones stand, is in no store any more",
        ],
    );
}

#[test]
fn a_record_on_which_changes_stand() {
    let store = Faulty::default();
    let mut a = Desk::begin(&store, "a");
    a.edit(&store, rename("Folded", 100), 100);
    let before = store.all();
    for at in 0..2 {
        a.keeper.fold(&store, &mut a.w, second(110 + at)).unwrap();
    }
    a.edit(&store, backup(1, "there", 180), 180);
    let mut all = store.all();
    all.retain(|key, _| !key.contains("/r/"));
    let says = "something is missing: revision 4 is in no store any more";
    let row = "something is missing: change 1 of a tab, made before 1 Mar 2026 00:03 UTC, on which later ones stand, is in no store any more";
    check(
        all.clone(),
        "",
        &[row, &format!("{says}, nor one before it; only the changes from 1 Mar 2026 00:03 UTC on are shown")],
    );
    // An older state is there.
    all.extend(left(&before, |key| key.contains("/r/2.")));
    let row = row.replace("before", "between 28 Feb 2026 23:59 UTC and");
    check(
        all,
        "Base",
        &[
            &row,
            &format!(
                "{says}; the state of 28 Feb 2026 23:59 UTC is shown, with the changes from 1 Mar 2026 00:03 UTC on"
            ),
        ],
    );
}

#[test]
fn what_the_first_store_lacked_and_still_counts() {
    let store = Faulty::default();
    let mut a = Desk::begin(&store, "a");
    a.edit(&store, rename("Counts", 1), 1);
    let counts = |key: &str| places::counts(&store, &Key::parse(key).unwrap());
    let told = |store: &Faulty| store.all().keys().map(|key| (key.clone(), counts(key))).collect::<Vec<_>>();
    let parts = |all: Vec<(String, bool)>| {
        all.into_iter().map(|(key, counts)| (key.rsplit('/').next().unwrap().to_string(), counts)).collect::<Vec<_>>()
    };
    let is = |all: &[(&str, bool)]| all.iter().map(|(key, counts)| (key.to_string(), *counts)).collect::<Vec<_>>();
    assert_eq!(parts(told(&store)), is(&[("1", true), ("1.a", false), ("2.a", true)]));
    // What another tab tidied away and came back counts no more.
    let before = store.all();
    for at in 2..5 {
        a.keeper.fold(&store, &mut a.w, second(at)).unwrap();
    }
    store.map.borrow_mut().extend(before);
    assert_eq!(parts(told(&store)), is(&[("1", false), ("1.a", false), ("2.a", false), ("4.a", false), ("5.a", true)]));
    // Nor what was deleted.
    let before = store.all();
    a.keeper.follow(&store, &mut a.w);
    a.keeper.delete(&store, &mut a.w, second(9)).unwrap();
    store.map.borrow_mut().extend(before);
    assert!(told(&store).into_iter().all(|(key, counts)| counts == key.contains("/gone/")));
}

#[test]
fn a_place_that_was_left_is_looked_up_before_it_is_kept_again() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let (mut table, mut w, _) = Table::open(&store, named_tab("a"), place());
    let made = Made::new(rename("Mine", 1), &w, second(1));
    table.keeper_mut().edit(&store, &mut w, made).unwrap();
    table.show(&store, &mut w, Place::Sample);
    assert_eq!(table.due(), Some((place(), FoldReason::Journal)));
    assert_eq!(table.is_alone(&store, &mut w, &place()), (false, Followed::Unchanged));
    // Another tab goes on, and localStorage is cleared: the second copy has what it did.
    let (mut other, _) = Desk::open(&store, "b");
    other.edit(&store, backup(0, "theirs", 2), 2);
    other.keeper.fold(&store, &mut other.w, second(3)).unwrap();
    let second_copy = store.map.take();
    assert_eq!(table.is_alone(&store, &mut w, &place()), (true, Followed::Vanished));
    assert!(table.is_alone(&store, &mut w, &place()).0, "until it is kept or brought");
    table.tell_kept_again(&place());
    let says: Vec<String> = table.take_news().iter().map(|news| news.what.says()).collect();
    assert!(says[0].contains("“Mine” was cleared away"), "{says:?}");
    store.map.replace(second_copy);
    assert!(!table.is_alone(&store, &mut w, &place()).0);
    table.seat(&mut w, &place(), |keeper, w| keeper.fold(&store, w, second(4)).unwrap());
    assert!(Desk::open(&store, "c").0.has_backup("theirs"));
}
