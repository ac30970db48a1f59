//! A record is made, packed and read again in slices, while the tab is worked in.

use super::faulty::Faulty;
use super::*;
use restore_desk::workspace::envelope::write;
use restore_desk::workspace::keep::keeper::FoldReason;
use restore_desk::workspace::keep::record::NotARecord;
use restore_desk::workspace::keep::{Folding, NotFolded, pack, record};
use restore_desk::workspace::store::Store;

/// A fold that has come so far that so many steps are left, or all of them.
fn begun(desk: &mut Desk, store: &Faulty, steps: usize) -> Folding {
    let mut folding = desk.keeper.begin_fold(store, &mut desk.w, second(20)).unwrap();
    for _ in 0..steps {
        folding.step(100);
    }
    folding
}

#[test]
fn what_is_written_is_to_the_letter_what_is_written_in_one_go() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, backup(0, "before \"9.2\" \u{2028}", 1), 1);
    desk.edit(&store, import("new", 2), 2);
    desk.edit(&store, draft("Sales"), 3);
    let mut folding = begun(&mut desk, &store, 0);
    while !folding.step(1) {}
    desk.keeper.end_fold(&store, folding).unwrap();
    let key = desk.keeper.head().unwrap().key();
    let text = store.get(&key.to_string()).unwrap().unwrap();
    let head = record::read_head(&text, &key).unwrap();
    let inner = pack::unpack(text.split_once('\n').unwrap().1, head.bytes).unwrap();
    assert_eq!(inner.split_once('\n').unwrap().1, write(&desk.w, second(20)).unwrap());
    assert_eq!(head.text, inner.len());
}

#[test]
fn what_is_done_meanwhile_is_kept_too() {
    for steps in [0, 1, 10, 40, 90, 10_000] {
        let store = Faulty::default();
        let mut desk = Desk::begin(&store, "a");
        desk.edit(&store, import("new", 1), 1);
        let folding = begun(&mut desk, &store, steps);
        desk.edit(&store, rename("Meanwhile", 2), 2);
        desk.edit(&store, import("newer", 3), 3);
        desk.keeper.end_fold(&store, folding).unwrap();
        assert_eq!(desk.keeper.due(), FoldReason::Unkept, "the second import");
        desk.keeper.fold(&store, &mut desk.w, second(30)).unwrap();
        let there = Desk::open(&store, "b").0.w;
        assert_eq!(there, desk.w, "after {steps} steps");
        assert_eq!((there.tenant.name.as_str(), there.tenant.environments.len()), ("Meanwhile", 6));
    }
}

#[test]
fn what_another_tab_folded_meanwhile_is_not_overtaken() {
    for steps in [0, 10, 10_000] {
        let store = Faulty::default();
        let mut one = Desk::begin(&store, "a");
        let (mut two, _) = Desk::open(&store, "b");
        one.edit(&store, import("new", 1), 1);
        let folding = begun(&mut one, &store, steps);
        two.edit(&store, import("other", 2), 2);
        two.keeper.fold(&store, &mut two.w, second(21)).unwrap();
        assert_eq!(one.keeper.end_fold(&store, folding), Err(NotFolded::Overtaken));
        one.keeper.fold(&store, &mut one.w, second(22)).unwrap();
        assert_eq!(Desk::open(&store, "c").0.w.tenant.environments.len(), 6);
    }
}

#[test]
fn what_could_not_be_read_again_is_not_written_and_does_not_count() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    let before = store.all();
    let mut odd = desk.w.clone();
    odd.tenant.environments[2].database_mb.answer(f64::INFINITY, second(1));
    desk.keeper.whole(&mut desk.w, WholeChange::Replace(Box::new(odd))).unwrap();
    for in_slices in [true, false] {
        let done = match in_slices {
            true => {
                let mut folding = begun(&mut desk, &store, 0);
                while !folding.step(500) {}
                desk.keeper.end_fold(&store, folding)
            }
            false => desk.keeper.fold(&store, &mut desk.w, second(20)),
        };
        assert!(matches!(done, Err(NotFolded::NotUnderstood(NotARecord::Content(_)))), "{done:?}");
        assert_eq!((store.all(), desk.keeper.due()), (before.clone(), FoldReason::Unkept));
    }
    // Once it can be read, it is kept.
    let sound = base();
    desk.keeper.whole(&mut desk.w, WholeChange::Replace(Box::new(sound.clone()))).unwrap();
    desk.keeper.fold(&store, &mut desk.w, second(20)).unwrap();
    assert_eq!(Desk::open(&store, "b").0.w, sound);
}
