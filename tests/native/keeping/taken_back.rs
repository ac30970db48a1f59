//! A deletion that is taken back, and one that two tabs do at once: no tab goes on saying what is no longer true.

use super::faulty::{Faulty, Sort};
use super::*;
use restore_desk::workspace::desk::{Desk as Table, TabDid};
use restore_desk::workspace::keep::{Followed, Found, NotKept, Told, WhyWaits};

fn sit(store: &Faulty, tab: &str) -> (Table, Workspace) {
    let (table, w, _) = Table::open(store, named_tab(tab), place());
    (table, w)
}

fn edit(table: &mut Table, store: &Faulty, w: &mut Workspace, edit: Edit, at: i64) -> Kept {
    let made = Made::new(edit, w, second(at));
    table.keeper_mut().edit(store, w, made).unwrap().1
}

fn fold(table: &mut Table, store: &Faulty, w: &mut Workspace, at: i64) {
    for _ in 0..9 {
        let Some((place, _)) = table.due() else { return };
        table.seat(w, &place, |keeper, w| keeper.fold(store, w, second(at)).unwrap());
        table.give_up_kept();
    }
}

fn told(table: &mut Table, store: &Faulty) -> Vec<TabDid> {
    table.house(store);
    table.take_news().into_iter().map(|news| news.what).collect()
}

/// Two tabs that have the same open; what was done in the first one is kept as a record, or lies in the journal.
fn two(store: &Faulty) -> [(Table, Workspace); 2] {
    drop(Desk::begin(store, "first"));
    let mut tabs = [sit(store, "a"), sit(store, "b")];
    let (a, wa) = &mut tabs[0];
    edit(a, store, wa, rename("Mine", 1), 1);
    let (b, wb) = &mut tabs[1];
    b.follow(store, wb);
    tabs
}

/// Deletes what is shown and takes that back; how often it is folded after that, 9: not at all.
fn delete_and_take_back(a: &mut Table, store: &Faulty, wa: &mut Workspace, folds: usize) {
    let (was, era) = (wa.clone(), a.keeper().era());
    a.keeper_mut().delete(store, wa, second(2)).unwrap();
    assert!(a.keeper_mut().take_back(wa, was, era));
    for at in 0..folds {
        a.keeper_mut().fold(store, wa, second(3 + at as i64)).unwrap();
    }
}

#[test]
fn another_tab_follows_when_a_deletion_is_taken_back() {
    for folds in 1..5 {
        for slept in [false, true] {
            let store = Faulty::default();
            let [(mut a, mut wa), (mut b, mut wb)] = two(&store);
            let (was, era) = (wa.clone(), a.keeper().era());
            a.keeper_mut().delete(&store, &mut wa, second(2)).unwrap();
            if !slept {
                assert_eq!(b.follow(&store, &mut wb), Followed::Deleted);
                assert_eq!(b.unsaved(&wb).len(), 1);
            }
            assert!(a.keeper_mut().take_back(&mut wa, was, era));
            edit(&mut a, &store, &mut wa, backup(0, "later", 3), 3);
            for _ in 0..folds {
                a.keeper_mut().fold(&store, &mut wa, second(4)).unwrap();
            }
            b.follow(&store, &mut wb);
            let says = (b.keeper().is_deleted(), b.found().clone(), b.unsaved(&wb).len());
            assert_eq!(says, (false, Found::There, 0), "{folds} {slept}");
            assert_eq!((wb.tenant.name.as_str(), has_backup(&wb, "later")), ("Mine", true));
            assert_eq!(wa, wb);
            assert_eq!(told(&mut b, &store), [TabDid::Told(Told::TakenBack)]);
            // Both go on.
            edit(&mut b, &store, &mut wb, backup(1, "both", 5), 5);
            a.follow(&store, &mut wa);
            assert!(has_backup(&wa, "both"));
        }
    }
}

#[test]
fn what_was_done_meanwhile_goes_on_after_a_deletion_was_taken_back() {
    let store = Faulty::default();
    let [(mut a, mut wa), (mut b, mut wb)] = two(&store);
    let (was, era) = (wa.clone(), a.keeper().era());
    a.keeper_mut().delete(&store, &mut wa, second(2)).unwrap();
    b.follow(&store, &mut wb);
    assert_eq!(edit(&mut b, &store, &mut wb, backup(0, "meanwhile", 3), 3), Kept::NotKept(NotKept::Deleted));
    edit(&mut b, &store, &mut wb, super::import("e9", 4), 4);
    a.keeper_mut().take_back(&mut wa, was, era);
    fold(&mut a, &store, &mut wa, 5);
    b.follow(&store, &mut wb);
    assert!(has_backup(&wb, "meanwhile") && wb.tenant.get(&env(9)).is_some(), "{:?}", b.keeper().waiting());
    assert_eq!((b.keeper().is_deleted(), b.keeper().waiting().len()), (false, 0));
    assert_eq!(b.unsaved(&wb).first().map(|u| u.changes), Some(2), "it is in memory until it is kept");
    fold(&mut b, &store, &mut wb, 6);
    a.follow(&store, &mut wa);
    assert_eq!((b.unsaved(&wb), &wa), (vec![], &wb));
    let (_, anew) = sit(&store, "c");
    assert_eq!(anew, wb);
}

#[test]
fn what_was_done_without_having_seen_all_that_was_deleted_waits() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    edit(&mut a, &store, &mut wa, rename("Not seen", 1), 1);
    let (was, era) = (wa.clone(), a.keeper().era());
    a.keeper_mut().delete(&store, &mut wa, second(2)).unwrap();
    b.follow(&store, &mut wb);
    edit(&mut b, &store, &mut wb, rename("Meanwhile", 3), 3);
    a.keeper_mut().take_back(&mut wa, was, era);
    fold(&mut a, &store, &mut wa, 4);
    b.follow(&store, &mut wb);
    assert_eq!(wb.tenant.name, "Not seen");
    assert_eq!(b.keeper().waiting().iter().map(|w| w.why.clone()).collect::<Vec<_>>(), [WhyWaits::Deleted]);
}

#[test]
fn a_third_tab_follows_when_one_of_two_keeps_what_was_deleted() {
    let store = Faulty::default();
    let [(mut a, mut wa), (mut b, mut wb)] = two(&store);
    let (mut c, mut wc) = sit(&store, "c");
    a.keeper_mut().delete(&store, &mut wa, second(2)).unwrap();
    assert_eq!(b.follow(&store, &mut wb), Followed::Deleted);
    assert_eq!(c.follow(&store, &mut wc), Followed::Deleted);
    b.keeper_mut().keep_after_deletion(&wb);
    fold(&mut b, &store, &mut wb, 3);
    c.follow(&store, &mut wc);
    assert_eq!((c.keeper().is_deleted(), &wc, told(&mut c, &store)), (false, &wb, vec![TabDid::Told(Told::TakenBack)]));
}

#[test]
fn what_is_begun_anew_or_taken_back_of_a_later_deletion_is_not_what_was_here() {
    let store = Faulty::default();
    let [(mut a, mut wa), (mut b, mut wb)] = two(&store);
    a.keeper_mut().delete(&store, &mut wa, second(2)).unwrap();
    assert_eq!(b.follow(&store, &mut wb), Followed::Deleted);
    edit(&mut a, &store, &mut wa, rename("Anew", 3), 3);
    fold(&mut a, &store, &mut wa, 3);
    assert_eq!(b.follow(&store, &mut wb), Followed::Deleted);
    delete_and_take_back(&mut a, &store, &mut wa, 2);
    assert_eq!((b.follow(&store, &mut wb), wb.tenant.name.as_str()), (Followed::Deleted, "Mine"));
    // Kept, it goes over the other one, which is set aside.
    b.keeper_mut().keep_after_deletion(&wb);
    fold(&mut b, &store, &mut wb, 9);
    let aside = restore_desk::workspace::keep::places::aside(&store).unwrap();
    assert!(aside.iter().any(|a| a.content.as_ref().is_ok_and(|c| c.name == "Anew")), "{aside:?}");
}

#[test]
fn nothing_is_never_an_only_copy_and_never_unsaved() {
    // Two tabs start over at once: neither lists the mark of the other.
    for first in [0, 1] {
        let store = Faulty::default();
        let mut tabs = two(&store);
        let before = store.all();
        let mut marks = std::collections::BTreeMap::new();
        for (table, w) in &mut tabs {
            store.map.replace(before.clone());
            table.keeper_mut().delete(&store, w, second(2)).unwrap();
            marks.append(&mut store.all());
        }
        marks.retain(|key, _| key.contains("/gone/"));
        assert_eq!(marks.len(), 2);
        store.map.replace(marks);
        for n in [first, 1 - first] {
            let (table, w) = &mut tabs[n];
            assert_ne!(table.follow(&store, w), Followed::Deleted, "{n}");
            assert_eq!((table.keeper().is_deleted(), table.unsaved(w)), (false, vec![]), "{n}");
            assert_eq!(*w, Workspace::default());
        }
        // And it can be taken back, in both.
        let (table, w) = &mut tabs[first];
        table.keeper_mut().whole(w, WholeChange::Replace(Box::new(base()))).unwrap();
        table.keeper_mut().fold(&store, w, second(5)).unwrap();
        let (table, w) = &mut tabs[1 - first];
        table.follow(&store, w);
        assert_eq!(w.tenant.name, "Base");
    }
    // Nor where all is cleared away, and nothing was there.
    let store = Faulty::default();
    let [(mut a, mut wa), _] = two(&store);
    a.keeper_mut().delete(&store, &mut wa, second(2)).unwrap();
    store.map.borrow_mut().clear();
    store.fails(Sort::Full, usize::MAX);
    assert_ne!(a.follow(&store, &mut wa), Followed::Vanished);
    assert_eq!((a.unsaved(&wa), a.unkept_changes(&wa)), (vec![], 0));
}
