//! The desk of one tab: several places, memory that is data too, and lists that tell what is there.

use super::faulty::{Faulty, Sort};
use super::*;
use restore_desk::workspace::desk::{Desk as Table, TabDid, Unsaved, first, kept, kept_with, to_begin_with};
use restore_desk::workspace::keep::{FoldReason, Followed, Found, NoFit, places};
use restore_desk::workspace::keys::{Key, Slot};
use restore_desk::workspace::store::Store;

fn other() -> Place {
    Place::Tenant(Id::new("other").unwrap())
}

/// A tab that shows `place`, with what it shows.
fn sit(store: &Faulty, place: Place, tab: &str) -> (Table, Workspace) {
    let (table, w, _) = Table::open(store, named_tab(tab), place);
    (table, w)
}

fn edit(table: &mut Table, store: &Faulty, w: &mut Workspace, edit: Edit, at: i64) -> Kept {
    let made = Made::new(edit, w, second(at));
    table.keeper_mut().edit(store, w, made).unwrap().1
}

fn name(made: &str) -> Edit {
    rename(made, 0)
}

/// Folds whatever is due, as a page does in time.
fn fold_all(table: &mut Table, store: &Faulty, w: &mut Workspace, at: i64) {
    while let Some((place, due)) = table.due() {
        table.seat(w, &place, |keeper, w| keeper.fold(store, w, second(at)).unwrap());
        table.give_up_kept();
        if due != FoldReason::Unkept && place == *table.place() {
            break;
        }
    }
}

fn replace(desk: &mut Table, w: &mut Workspace) {
    desk.keeper_mut().whole(w, WholeChange::Replace(Box::new(base()))).unwrap();
}

#[test]
fn what_is_not_kept_stays_when_another_place_is_shown() {
    let store = Faulty::default();
    let (mut desk, mut w) = sit(&store, place(), "a");
    assert_eq!(desk.found(), &Found::NeverThere);
    store.fails(Sort::Full, usize::MAX);
    assert!(matches!(edit(&mut desk, &store, &mut w, name("One"), 1), Kept::NotKept(_)));
    assert_eq!(desk.show(&store, &mut w, other()), vec![]);
    assert_eq!((desk.place(), w.tenant.name.as_str(), desk.found()), (&other(), "", &Found::NeverThere));
    assert_eq!(desk.parked(&place()).map(|w| w.tenant.name.as_str()), Some("One"));
    assert_eq!(desk.parked(&other()), None, "it is shown");
    let one = |shown| Unsaved { place: place(), shown, name: "One".into(), changes: 1, replaced: false };
    assert_eq!(desk.unsaved(&w), [one(false)]);
    assert_eq!(desk.due(), Some((place(), FoldReason::Unkept)));
    // What lies in memory in two places is named twice, what is shown first.
    edit(&mut desk, &store, &mut w, name("Two"), 1);
    assert_eq!(desk.unsaved(&w).iter().map(|u| u.name.as_str()).collect::<Vec<_>>(), ["Two", "One"]);
    // Nothing of it is given up before it is kept.
    desk.give_up_kept();
    assert!(desk.parked(&place()).is_some());
    // Back again, it is as it was left.
    desk.show(&store, &mut w, place());
    assert_eq!(
        (w.tenant.name.as_str(), desk.unsaved(&w).first(), desk.parked(&place())),
        ("One", Some(&one(true)), None)
    );
    desk.show(&store, &mut w, place());
    assert_eq!(w.tenant.name, "One", "it was shown already");
    desk.show(&store, &mut w, other());
    store.works();
    desk.journal(&store);
    desk.seat(&mut w, &other(), |keeper, w| keeper.fold(&store, w, second(2)).unwrap());
    // All of it is in the journal; the record is made without haste, so that a list tells its name.
    assert_eq!((desk.unsaved(&w), desk.due()), (vec![], Some((place(), FoldReason::Journal))));
    desk.seat(&mut w, &place(), |keeper, w| keeper.fold(&store, w, second(2)).unwrap());
    desk.give_up_kept();
    assert_eq!(desk.parked(&place()), None);
    desk.show(&store, &mut w, place());
    assert_eq!(w.tenant.name, "One", "it is read from the store");
}

#[test]
fn what_is_in_memory_only_is_folded_first() {
    let store = Faulty::default();
    let (mut desk, mut w) = sit(&store, place(), "a");
    assert_eq!(desk.due(), None);
    // Kept once, which asks for a second copy; then left.
    replace(&mut desk, &mut w);
    desk.keeper_mut().fold(&store, &mut w, second(2)).unwrap();
    assert_eq!(desk.due(), Some((place(), FoldReason::SecondCopy)));
    desk.show(&store, &mut w, other());
    assert_eq!(desk.due(), Some((place(), FoldReason::SecondCopy)));
    replace(&mut desk, &mut w);
    assert_eq!(desk.due(), Some((other(), FoldReason::Unkept)), "before the second copy of what was left");
    desk.show(&store, &mut w, place());
    assert_eq!(desk.due(), Some((other(), FoldReason::Unkept)), "also where it was left");
    let folded = desk.seat(&mut w, &other(), |keeper, w| keeper.fold(&store, w, second(3)).is_ok());
    assert_eq!((folded, w.tenant.name.as_str()), (Some(true), "Base"));
    let shown = desk.seat(&mut w, &place(), |keeper, w| keeper.fold(&store, w, second(3)).is_ok());
    assert_eq!((shown, desk.due()), (Some(true), Some((other(), FoldReason::SecondCopy))));
    assert_eq!(desk.seat(&mut w, &Place::Sample, |_, _| ()), None, "it is not here");
}

#[test]
fn what_the_store_said_last_is_told() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "b"));
    // One failure is no reason to show nothing.
    store.fails(Sort::KeysThrow, 1);
    let (mut desk, mut w, _) = Table::open(&store, named_tab("a"), place());
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
    edit(&mut desk, &store, &mut w, name("Mine"), 1);
    assert_eq!(desk.reopen(&store, &mut w), vec![]);
    assert_eq!((w.tenant.name.as_str(), desk.unsaved(&w)), ("Anew", vec![]));
    // A place in which nothing is, and a store that does not answer for a while.
    store.works();
    let (mut desk, mut w, _) = Table::open(&store, named_tab("d"), other());
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
    let (mut desk, mut w) = sit(&store, place(), "a");
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
    let (mut slices, mut done) = (1, folding.done());
    assert_eq!(done, 0);
    while !folding.step(300) {
        assert!(folding.done() > done, "each slice goes on");
        assert!(folding.done() <= done + 300, "and not further than it may");
        (slices, done) = (slices + 1, folding.done());
    }
    assert!(slices > 6, "{slices} slices");
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
    while desk.keeper.due() == FoldReason::Nothing && count < 1_000 {
        count += 1;
        assert_eq!(desk.edit(&store, rename(&format!("N{count}"), count), count), Kept::Journalled);
    }
    assert_eq!((count, desk.keeper.due()), (100, FoldReason::Journal));
    desk.keeper.fold(&store, &mut desk.w, second(count)).unwrap();
    assert_eq!(desk.keeper.due(), FoldReason::Nothing);
}

#[test]
fn a_place_that_is_left_is_folded_so_that_lists_tell_its_name() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    table.keeper_mut().whole(&mut w, WholeChange::Replace(Box::new(base()))).unwrap();
    fold_all(&mut table, &store, &mut w, 1);
    edit(&mut table, &store, &mut w, name("Renamed"), 2);
    table.show(&store, &mut w, other());
    fold_all(&mut table, &store, &mut w, 3);
    assert_eq!(table.due(), None);
    let listed = kept(&store).unwrap();
    assert_eq!(listed.len(), 1, "nothing was done in the other place: {listed:?}");
    assert_eq!(
        (listed[0].name.as_str(), listed[0].environments, listed[0].saved),
        ("Renamed", Some(4), Some(second(3)))
    );
}

#[test]
fn a_place_without_a_record_tells_its_name_too_and_a_deleted_one_is_not_listed() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    edit(&mut table, &store, &mut w, name("Young"), 1);
    let listed = kept(&store).unwrap();
    assert_eq!((listed[0].name.as_str(), listed[0].saved), ("Young", None));
    table.keeper_mut().delete(&store, &mut w, second(2)).unwrap();
    assert_eq!(kept(&store).unwrap(), []);
}

#[test]
fn a_store_that_answers_again_is_there_again() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    edit(&mut table, &store, &mut w, name("Here"), 1);
    store.fails(Sort::KeysThrow, usize::MAX);
    let (mut late, mut seen) = sit(&store, place(), "b");
    assert!(matches!(late.found(), Found::NoAnswer(_)));
    assert!(matches!(late.follow(&store, &mut seen), Followed::NoAnswer(_)));
    store.works();
    late.follow(&store, &mut seen);
    assert_eq!((late.found(), seen.tenant.name.as_str()), (&Found::There, "Here"));
    // And where nothing was, nothing is there.
    store.fails(Sort::KeysThrow, usize::MAX);
    let (mut late, mut seen) = sit(&store, other(), "c");
    store.works();
    late.follow(&store, &mut seen);
    assert_eq!((late.found(), &seen), (&Found::NeverThere, &Workspace::default()));
}

#[test]
fn what_is_put_aside_is_opened_again_and_never_stands_over_anything() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    edit(&mut table, &store, &mut w, name("Aside"), 1);
    let id = Id::new("x1").unwrap();
    let key = table.keeper().put_aside(&store, &w, second(2), id.clone()).unwrap();
    assert_eq!(key, Key::Aside(id.clone()));
    let text = store.get(&key.to_string()).unwrap().unwrap();
    assert_eq!(places::open(&text).unwrap().workspace, w);
    assert!(places::inner_text(&text).unwrap().contains("Aside"));
    assert_eq!(places::inner_text("hello"), None);
    let listed = places::aside_beside(&store, table.keeper(), &mut places::KnownRecords::default()).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed, places::aside(&store).unwrap());
    assert!(table.keeper().put_aside(&store, &w, second(3), id).is_err());
    for sort in [Sort::Full, Sort::SetCuts, Sort::SetDoesNothing] {
        store.fails(sort, 1);
        let id = Id::new("x2").unwrap();
        assert!(table.keeper().put_aside(&store, &w, second(4), id).is_err(), "{sort:?}");
        store.works();
        store.remove("restore-desk/2/aside/x2").unwrap();
    }
}

#[test]
fn what_another_tab_deleted_is_let_go_only_on_purpose() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    edit(&mut table, &store, &mut w, name("Mine"), 1);
    let (mut second_tab, mut theirs) = sit(&store, place(), "b");
    second_tab.keeper_mut().delete(&store, &mut theirs, second(2)).unwrap();
    assert_eq!(table.follow(&store, &mut w), Followed::Deleted);
    assert!(table.keeper().is_deleted());
    assert_eq!(w.tenant.name, "Mine");
    assert_eq!(table.unsaved(&w).len(), 1);
    table.reopen(&store, &mut w);
    assert_eq!((&w, table.keeper().is_deleted()), (&Workspace::default(), false));
    assert!(matches!(table.found(), Found::Gone(_)));
    assert_eq!(table.place().slot(), Slot::Own);
}

/// An import of one environment, of a tenant that its default environment names.
fn import(tenant: &str) -> Edit {
    let of = |id: String, name: &str| Observation { id, name: Some(name.into()), ..Observation::default() };
    let environments = vec![of(format!("Default-{tenant}"), "Default"), of(format!("e-{tenant}"), "Only")];
    let inventory = Inventory { environments: environments.into(), ..Inventory::default() };
    Edit::Run { command: Command::Import(inventory), at: second(0), step: None }
}

#[test]
fn two_tabs_that_import_two_tenants_at_once_both_keep_theirs() {
    let (a, b) = ("aaaaaaaa-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002");
    let store = Faulty::default();
    let (mut first_tab, mut mine) = sit(&store, place(), "a");
    let (mut second_tab, mut theirs) = sit(&store, place(), "b");
    edit(&mut first_tab, &store, &mut mine, import(a), 1);
    edit(&mut second_tab, &store, &mut theirs, import(b), 1);
    fold_all(&mut first_tab, &store, &mut mine, 2);
    second_tab.keeper_mut().fold(&store, &mut theirs, second(3)).unwrap();
    assert!(theirs.tenant.get(&EnvironmentId::new(format!("e-{b}"))).is_none());
    second_tab.house(&store);
    let homes: Vec<_> = second_tab.take_news().into_iter().map(|news| news.what).collect();
    let [TabDid::Housed { home: Some(home), why: NoFit::Refused(_), .. }] = &homes[..] else { panic!("{homes:?}") };
    let home = home.clone();
    assert!(!second_tab.keeper().unsaved(), "it is not tried again here for ever");
    // Until it is folded it is named.
    assert_eq!(
        second_tab.unsaved(&theirs).iter().map(|u| u.place.clone()).collect::<Vec<_>>(),
        std::slice::from_ref(&home)
    );
    fold_all(&mut second_tab, &store, &mut theirs, 4);
    assert_eq!(second_tab.unsaved(&theirs), []);
    for (place, tenant) in [(place(), a), (home, b)] {
        let (_, w) = sit(&store, place, "anew");
        assert!(w.tenant.get(&EnvironmentId::new(format!("e-{tenant}"))).is_some(), "{tenant}");
    }
}

#[test]
fn what_was_mended_stays_as_it_was_until_a_person_deletes_it() {
    let store = Faulty::default();
    let left = include_str!("../../data/stored/workspace-1.json");
    // The second of two environments with one id is left out at opening.
    let twice = left.replacen("\"environments\":[", "\"environments\":[{\"id\":\"E0\",\"name\":\"Another one\"},", 1);
    store.set(Slot::Own.key(), &twice).unwrap();
    let place = Place::of_earlier(Slot::Own, &twice).unwrap();
    let (mut table, mut w, mended) = Table::open(&store, named_tab("a"), place);
    assert!(!mended.is_empty());
    store.fails(Sort::Full, 1);
    assert!(table.keeper_mut().fold(&store, &mut w, second(1)).is_err(), "nothing goes before it is set aside");
    store.works();
    for at in 2..6 {
        table.keeper_mut().fold(&store, &mut w, second(at)).unwrap();
    }
    let aside = places::aside(&store).unwrap();
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert_eq!(store.get(&aside[0].key).unwrap().as_deref(), Some(twice.as_str()));
}

#[test]
fn a_list_reads_only_what_is_new() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    for place in [place(), other()] {
        table.show(&store, &mut w, place);
        replace(&mut table, &mut w);
        table.keeper_mut().fold(&store, &mut w, second(1)).unwrap();
    }
    let mut known = places::KnownRecords::default();
    let list = |table: &Table, known: &mut places::KnownRecords| {
        let before = store.count("get");
        let listed = kept_with(&store, known).unwrap();
        let aside = places::aside_beside(&store, table.keeper(), known).unwrap();
        assert_eq!((&listed, &aside), (&kept(&store).unwrap(), &places::aside(&store).unwrap()));
        let names: Vec<_> = listed.into_iter().map(|l| l.name).collect();
        (names, store.count("get") - before)
    };
    let base = || vec!["Base".to_string(), "Base".to_string()];
    let (names, first) = list(&table, &mut known);
    let (again, later) = list(&table, &mut known);
    assert_eq!((&names, &again), (&base(), &base()));
    // What the list that knows nothing reads is in both numbers; each of the two records is read twice less.
    assert_eq!(first - later, 3);
    edit(&mut table, &store, &mut w, name("New"), 2);
    table.keeper_mut().fold(&store, &mut w, second(2)).unwrap();
    assert_eq!(list(&table, &mut known).0, ["New", "Base"]);
    // One that cannot be read is read again each time: it may be put right.
    let key = table.keeper().head().unwrap().key().to_string();
    let text = store.get(&key).unwrap().unwrap();
    let mut fresh = places::KnownRecords::default();
    store.set(&key, "torn").unwrap();
    let told = |known: &mut places::KnownRecords| kept_with(&store, known).unwrap()[0].name.clone();
    assert_eq!(told(&mut fresh), "Base");
    store.set(&key, &text).unwrap();
    assert_eq!(told(&mut fresh), "New");
}
