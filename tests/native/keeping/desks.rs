//! The desk of one tab: what is not kept of a place stays in memory when another one is shown, and the most pressing fold comes first.

use super::faulty::{Faulty, Sort};
use super::*;
use restore_desk::workspace::desk::{Desk as Places, Unsaved, first, kept, to_begin_with};
use restore_desk::workspace::keep::{Due, Followed, Found};
use restore_desk::workspace::store::Store;

fn other() -> Place {
    Place::Tenant(Id::new("two").unwrap())
}

/// A tab that shows a place in which nothing is, in a store that works.
fn places(store: &Faulty) -> (Places, Workspace) {
    let (desk, w, mended) = Places::open(store, named_tab("a"), place());
    assert_eq!((desk.found(), mended), (&Found::NeverThere, vec![]));
    (desk, w)
}

/// Renames what is shown.
fn name(desk: &mut Places, store: &Faulty, w: &mut Workspace, name: &str) -> Kept {
    let made = Made::new(rename(name, 1), w, second(1));
    desk.keeper_mut().edit(store, w, made).expect("made").1
}

fn replace(desk: &mut Places, w: &mut Workspace) {
    desk.keeper_mut().whole(w, Whole::Replace(Box::new(base()))).unwrap();
}

#[test]
fn what_is_not_kept_stays_when_another_place_is_shown() {
    let store = Faulty::default();
    let (mut desk, mut w) = places(&store);
    store.fails(Sort::Full, usize::MAX);
    assert!(matches!(name(&mut desk, &store, &mut w, "One"), Kept::NotKept(_)));
    assert_eq!(desk.show(&store, &mut w, other()), vec![]);
    assert_eq!((desk.place(), w.tenant.name.as_str(), desk.found()), (&other(), "", &Found::NeverThere));
    assert_eq!(desk.parked(&place()).map(|w| w.tenant.name.as_str()), Some("One"));
    assert_eq!(desk.parked(&other()), None, "it is shown");
    let one = |shown| Unsaved { place: place(), shown, name: "One".into(), changes: 1, replaced: false };
    assert_eq!(desk.unsaved(&w), [one(false)]);
    assert_eq!(desk.due(), Some((place(), Due::Unkept)));
    // Nothing of it is given up before it is kept.
    desk.give_up_kept();
    assert!(desk.parked(&place()).is_some());
    // Back again, it is as it was left.
    desk.show(&store, &mut w, place());
    assert_eq!((w.tenant.name.as_str(), desk.unsaved(&w), desk.parked(&place())), ("One", vec![one(true)], None));
    desk.show(&store, &mut w, place());
    assert_eq!(w.tenant.name, "One", "it was shown already");
    desk.show(&store, &mut w, other());
    store.works();
    desk.journal(&store);
    // All of it is in the journal; the record is made without haste, so that a list tells its name.
    assert_eq!((desk.unsaved(&w), desk.due()), (vec![], Some((place(), Due::Journal))));
    desk.seat(&mut w, &place(), |keeper, w| keeper.fold(&store, w, second(2)).unwrap());
    desk.give_up_kept();
    assert_eq!(desk.parked(&place()), None);
    desk.show(&store, &mut w, place());
    assert_eq!(w.tenant.name, "One", "it is read from the store");
}

#[test]
fn what_is_in_memory_only_is_folded_first() {
    let store = Faulty::default();
    let (mut desk, mut w) = places(&store);
    assert_eq!(desk.due(), None);
    // Kept once, which asks for a second copy; then left.
    replace(&mut desk, &mut w);
    desk.keeper_mut().fold(&store, &mut w, second(2)).unwrap();
    assert_eq!(desk.due(), Some((place(), Due::SecondCopy)));
    desk.show(&store, &mut w, other());
    assert_eq!(desk.due(), Some((place(), Due::SecondCopy)));
    replace(&mut desk, &mut w);
    assert_eq!(desk.due(), Some((other(), Due::Unkept)), "before the second copy of what was left");
    desk.show(&store, &mut w, place());
    assert_eq!(desk.due(), Some((other(), Due::Unkept)), "also where it was left");
    let folded = desk.seat(&mut w, &other(), |keeper, w| keeper.fold(&store, w, second(3)).is_ok());
    assert_eq!((folded, w.tenant.name.as_str()), (Some(true), "Base"));
    let shown = desk.seat(&mut w, &place(), |keeper, w| keeper.fold(&store, w, second(3)).is_ok());
    assert_eq!((shown, desk.due()), (Some(true), Some((other(), Due::SecondCopy))));
    assert_eq!(desk.seat(&mut w, &Place::Sample, |_, _| ()), None, "it is not here");
}

#[test]
fn what_the_store_said_last_is_told() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "b"));
    // One failure is no reason to show nothing.
    store.fails(Sort::KeysThrow, 1);
    let (mut desk, mut w, _) = Places::open(&store, named_tab("a"), place());
    assert_eq!((desk.found(), w.tenant.name.as_str()), (&Found::There, "Base"));
    store.fails(Sort::KeysThrow, usize::MAX);
    assert!(matches!(desk.follow(&store, &mut w), Followed::NoAnswer(_)));
    assert!(matches!(desk.found(), Found::NoAnswer(_)));
    store.works();
    desk.follow(&store, &mut w);
    assert_eq!(desk.found(), &Found::There);
    // Opened anew: what another tab did is there, and what only this one has is given up.
    Desk::open(&store, "c").0.edit(&store, rename("Anew", 5), 5);
    store.fails(Sort::Full, usize::MAX);
    name(&mut desk, &store, &mut w, "Mine");
    assert_eq!(desk.reopen(&store, &mut w), vec![]);
    assert_eq!((w.tenant.name.as_str(), desk.unsaved(&w)), ("Anew", vec![]));
    // A place in which nothing is, and a store that does not answer for a while.
    store.works();
    let (mut desk, mut w, _) = Places::open(&store, named_tab("d"), other());
    store.fails(Sort::KeysThrow, usize::MAX);
    desk.follow(&store, &mut w);
    assert!(matches!(desk.found(), Found::NoAnswer(_)));
    store.works();
    desk.follow(&store, &mut w);
    assert_eq!(desk.found(), &Found::NeverThere);
}

#[test]
fn the_tenants_that_are_kept_and_where_a_tab_begins() {
    let store = Faulty::default();
    assert_eq!((kept(&store).unwrap(), to_begin_with(&store, None, Some(other()))), (vec![], first()));
    let (mut desk, mut w) = places(&store);
    for (place, at) in [(place(), 2), (other(), 9), (Place::Sample, 20)] {
        desk.show(&store, &mut w, place);
        replace(&mut desk, &mut w);
        desk.keeper_mut().fold(&store, &mut w, second(at)).unwrap();
        desk.keeper_mut().fold(&store, &mut w, second(at)).unwrap();
    }
    let listed = kept(&store).unwrap();
    let told = |l: &restore_desk::workspace::desk::Listed| (l.place.clone(), l.name.clone(), l.environments, l.saved);
    let is = |place, at| (place, "Base".to_string(), Some(4), Some(second(at)));
    assert_eq!(
        listed.iter().map(told).collect::<Vec<_>>(),
        [is(Place::Sample, 20), is(other(), 9), is(place(), 2)],
        "the one that was saved last first"
    );
    assert_eq!(to_begin_with(&store, None, None), Some(other()), "not the sample");
    assert_eq!(to_begin_with(&store, None, Some(place())), Some(place()));
    assert_eq!(to_begin_with(&store, None, Some(Place::Sample)), Some(other()));
    let nowhere = Place::Tenant(Id::new("none").unwrap());
    assert_eq!(to_begin_with(&store, None, Some(nowhere.clone())), Some(other()), "it is not there any more");
    assert_eq!(to_begin_with(&store, Some(nowhere.clone()), Some(place())), Some(nowhere));
    // What was deleted is not listed, and one failure is no reason to begin anew.
    desk.show(&store, &mut w, other());
    desk.keeper_mut().delete(&store, &mut w, second(30)).unwrap();
    assert_eq!(kept(&store).unwrap().len(), 2);
    store.fails(Sort::KeysThrow, 1);
    assert_eq!(to_begin_with(&store, None, None), Some(place()));
    assert!(store.keys().is_ok());
}

#[test]
fn a_fold_in_slices_gives_the_page_back_after_each() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, rename("Sliced", 1), 1);
    let mut folding = desk.keeper.begin_fold(&store, &mut desk.w, second(2)).unwrap();
    let (mut slices, mut part) = (1, folding.part_done());
    assert_eq!(part, 0.0);
    while !folding.step(300) {
        assert!(folding.part_done() > part, "each slice goes on");
        (slices, part) = (slices + 1, folding.part_done());
    }
    assert!(slices > 3 && folding.part_done() == 1.0, "{slices} slices");
    desk.keeper.end_fold(&store, folding).unwrap();
    assert_eq!(Desk::open(&store, "b").0.w.tenant.name, "Sliced");
}

#[test]
fn that_another_tab_folded_what_is_known_is_told_once() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    one.edit(&store, backup(0, "b1", 1), 1);
    let (mut two, _) = Desk::open(&store, "b");
    assert_eq!(two.keeper.follow(&store, &mut two.w), Followed::Unchanged);
    one.keeper.fold(&store, &mut one.w, second(2)).unwrap();
    let before = two.w.clone();
    assert_eq!(two.keeper.follow(&store, &mut two.w), Followed::Followed { waiting: 0 });
    assert_eq!((two.keeper.head(), two.w), (one.keeper.head(), before.clone()));
    two.w = before;
    assert_eq!(two.keeper.follow(&store, &mut two.w), Followed::Unchanged);
}

#[test]
fn a_long_journal_is_folded() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    let mut count = 0;
    while desk.keeper.due() == Due::Nothing && count < 1_000 {
        count += 1;
        assert_eq!(desk.edit(&store, rename(&format!("N{count}"), count), count), Kept::Journalled);
    }
    assert_eq!((count, desk.keeper.due()), (100, Due::Journal));
    desk.keeper.fold(&store, &mut desk.w, second(count)).unwrap();
    assert_eq!(desk.keeper.due(), Due::Nothing);
}
