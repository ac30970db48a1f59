//! A record that is read ahead in slices is taken in as one that is read in one go.

use super::faulty::Faulty;
use super::*;
use restore_desk::workspace::keep::ahead::{ReadAhead, With};
use restore_desk::workspace::keep::{Ahead, Followed};
use restore_desk::workspace::store::Store;

/// So many that reading them takes long.
fn large() -> Workspace {
    let mut w = base();
    for n in 4..900 {
        let mut env = w.tenant.environments[n % 4].clone();
        env.id = EnvironmentId::new(format!("e{n}"));
        env.name = format!("E \"{n}\" \u{2028}");
        w.tenant.environments.push(env);
    }
    w
}

fn kept(store: &Faulty) -> Desk {
    let (mut desk, _) = Desk::open(store, "a");
    desk.keeper.whole(&mut desk.w, WholeChange::Replace(Box::new(large()))).unwrap();
    desk.keeper.fold(store, &mut desk.w, second(1)).unwrap();
    desk
}

fn read(store: &impl Store, budget: usize) -> Option<ReadAhead> {
    let mut ahead = Ahead::of(store, &place())?;
    let mut before = 0;
    while !ahead.step(budget) {
        assert!(ahead.percent() >= before && ahead.percent() <= 100);
        before = ahead.percent();
    }
    ahead.finish()
}

/// Whether a store still has what was read ahead: nobody came to that text.
fn is_left(with: &With<Faulty>, read: Option<&ReadAhead>) -> bool {
    read.is_some_and(|read| with.read_ahead(read.head(), read.text()).is_some())
}

#[test]
fn a_place_opens_as_in_one_go() {
    let store = Faulty::default();
    let mut desk = kept(&store);
    desk.edit(&store, rename("Later", 2), 2);
    for budget in [5_000, 64 * 1024, usize::MAX] {
        let read = read(&store, budget);
        assert!(read.is_some());
        let with = With::new(&store, read.clone());
        let (_, w, opened) = Keeper::open(&with, place(), named_tab("b"));
        let (_, at_once, opened_at_once) = Keeper::open(&store, place(), named_tab("b"));
        assert_eq!((w, opened), (at_once, opened_at_once));
        assert!(!is_left(&with, read.as_ref()), "it was used, and once");
    }
}

#[test]
fn what_another_tab_wrote_is_followed_as_in_one_go() {
    // Edits here while it is read, before and after the other tab's.
    for at in [4, 6, 8] {
        let store = Faulty::default();
        let mut one = kept(&store);
        let (mut two, _) = Desk::open(&store, "b");
        assert!(!one.keeper.reads_a_record(&store));
        two.edit(&store, import("new", 5), 5);
        two.edit(&store, backup(0, "theirs", 7), 7);
        two.keeper.fold(&store, &mut two.w, second(10)).unwrap();
        assert!(one.keeper.reads_a_record(&store));
        let mut ahead = Ahead::of(&store, &place()).unwrap();
        ahead.step(1_000);
        one.edit(&store, backup(1, "ours", at), at);
        let mut at_once = one.clone();
        let with = With::new(&store, ahead.finish());
        let followed = one.keeper.follow(&with, &mut one.w);
        assert_eq!(followed, at_once.keeper.follow(&store, &mut at_once.w));
        assert_eq!(followed, Followed::Followed { waiting: 0 });
        assert_eq!(one.w, at_once.w);
        assert_eq!(one.keeper.mark(), at_once.keeper.mark());
        assert!(!one.keeper.reads_a_record(&store));
    }
}

#[test]
fn a_record_that_is_not_the_newest_any_more_is_not_taken() {
    let store = Faulty::default();
    let mut one = kept(&store);
    let (mut two, _) = Desk::open(&store, "b");
    two.edit(&store, import("new", 5), 5);
    two.keeper.fold(&store, &mut two.w, second(10)).unwrap();
    let read = read(&store, usize::MAX);
    two.edit(&store, import("newer", 11), 11);
    two.keeper.fold(&store, &mut two.w, second(12)).unwrap();
    let with = With::new(&store, read.clone());
    one.keeper.follow(&with, &mut one.w);
    assert_eq!(one.w, two.w);
    assert!(is_left(&with, read.as_ref()));
}

#[test]
fn what_is_small_or_torn_is_left_to_whoever_opens_it() {
    let small = Faulty::default();
    let mut desk = Desk::begin(&small, "a");
    desk.edit(&small, rename("Small", 1), 1);
    assert!(read(&small, usize::MAX).is_none());
    let store = Faulty::default();
    let key = kept(&store).keeper.head().unwrap().key().to_string();
    let text = store.get(&key).unwrap().unwrap();
    store.set(&key, text.get(..text.len() - 3).unwrap()).unwrap();
    assert!(Ahead::of(&store, &place()).is_none());
}

#[test]
fn what_is_done_moves_the_mark() {
    let store = Faulty::default();
    let mut desk = kept(&store);
    let before = desk.keeper.mark();
    desk.keeper.journal(&store);
    desk.keeper.follow(&store, &mut desk.w);
    assert_eq!(desk.keeper.mark(), before, "nothing was done");
    desk.edit(&store, rename("Other", 3), 3);
    let edited = desk.keeper.mark();
    assert_ne!(edited, before);
    let (mut two, _) = Desk::open(&store, "b");
    two.edit(&store, rename("Another", 4), 4);
    desk.keeper.follow(&store, &mut desk.w);
    assert_ne!(desk.keeper.mark(), edited, "what another tab did");
    let followed = desk.keeper.mark();
    desk.keeper.whole(&mut desk.w, WholeChange::Replace(Box::new(base()))).unwrap();
    assert_ne!(desk.keeper.mark(), followed, "a replacement");
}

#[test]
fn what_is_packed_in_slices_is_put_aside_as_in_one_go() {
    let store = Faulty::default();
    let desk = kept(&store);
    let [one, two] = ["one", "two"].map(|name| Id::new(name).unwrap());
    let mut folding = desk.keeper.begin_aside(&desk.w, second(5)).unwrap();
    let mut steps = 0;
    while !folding.step_packing(10_000) {
        steps += 1;
    }
    assert!(steps > 10);
    let one = desk.keeper.end_aside(&store, folding, one).unwrap();
    let two = desk.keeper.put_aside(&store, &desk.w, second(5), two).unwrap();
    let text = |key: restore_desk::workspace::keys::Key| store.get(&key.to_string()).unwrap();
    assert_eq!(text(one), text(two));
}

#[test]
fn what_was_read_is_counted_from_nothing_to_all() {
    let store = Faulty::default();
    let desk = kept(&store);
    let mut ahead = Ahead::of(&store, &place()).unwrap();
    assert_eq!((ahead.percent(), ahead.environments()), (0, 900));
    let mut seen = Vec::new();
    while !ahead.step(5_000) {
        seen.push(ahead.percent());
    }
    assert!(seen.is_sorted() && ahead.percent() >= 99, "{seen:?}");
    seen.dedup();
    assert!(seen.len() > 50, "{seen:?}");
    // Packing counts the bytes of the text.
    let mut folding = desk.keeper.begin_aside(&desk.w, second(5)).unwrap();
    while !folding.step_packing(10_000) {}
    let text = desk.keeper.head().unwrap().text;
    assert_eq!(folding.done(), text);
    assert!(!folding.step(10_000));
    assert_eq!(folding.done(), text + 10_000);
    while !folding.step(10_000) {}
    let done = folding.done();
    assert!(done >= 3 * text && done % 10_000 == text % 10_000, "{done} of {text}");
    assert!(folding.step(10_000), "it stays done");
    assert_eq!(folding.done(), done);
}
