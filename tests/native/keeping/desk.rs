//! The desk of one tab: several places, memory that is data too, and lists that tell what is there.

use super::faulty::{Faulty, Sort};
use super::*;
use restore_desk::workspace::desk::{Desk as Table, What, first, kept, to_begin_with};
use restore_desk::workspace::keep::{Due, Followed, Found, NoFit, places};
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
        if due != Due::Unkept && place == *table.place() {
            break;
        }
    }
}

#[test]
fn what_is_left_in_memory_is_named_comes_back_and_is_given_up_when_it_is_kept() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    edit(&mut table, &store, &mut w, name("Before"), 1);
    store.fails(Sort::Full, usize::MAX);
    edit(&mut table, &store, &mut w, name("After"), 2);
    table.show(&store, &mut w, other());
    assert_eq!(w, Workspace::default());
    let unsaved = table.unsaved(&w);
    assert_eq!(
        unsaved.iter().map(|u| (u.place.clone(), u.shown, u.changes)).collect::<Vec<_>>(),
        [(place(), false, 1)]
    );
    assert_eq!(unsaved[0].name, "After");
    assert_eq!(table.parked(&place()).unwrap().tenant.name, "After");
    // The sample lies beside it, in memory too: both are named, what is shown first.
    edit(&mut table, &store, &mut w, name("Other"), 3);
    assert_eq!(table.unsaved(&w).iter().map(|u| u.name.as_str()).collect::<Vec<_>>(), ["Other", "After"]);
    store.works();
    table.show(&store, &mut w, place());
    assert_eq!(w.tenant.name, "After");
    fold_all(&mut table, &store, &mut w, 4);
    assert_eq!(table.unsaved(&w), []);
    for (place, name) in [(place(), "After"), (other(), "Other")] {
        assert_eq!(sit(&store, place, "anew").1.tenant.name, name);
    }
}

#[test]
fn a_place_that_is_left_is_folded_so_that_lists_tell_its_name() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    table.keeper_mut().whole(&mut w, Whole::Replace(Box::new(base()))).unwrap();
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
fn where_a_tab_begins() {
    let store = Faulty::default();
    // Two tabs that begin at once mean the same place.
    assert_eq!(to_begin_with(&store, None, None), first());
    let save = |place: Place, at: i64| {
        let (mut table, mut w) = sit(&store, place, "a");
        table.keeper_mut().whole(&mut w, Whole::Replace(Box::new(base()))).unwrap();
        table.keeper_mut().fold(&store, &mut w, second(at)).unwrap();
    };
    save(place(), 10);
    save(other(), 20);
    save(Place::Sample, 30);
    let check = |of_tab: Option<Place>, last: Option<Place>, expect: Place| {
        assert_eq!(to_begin_with(&store, of_tab, last), Some(expect));
    };
    check(None, None, other());
    check(None, Some(place()), place());
    check(Some(place()), Some(other()), place());
    check(None, Some(Place::Sample), other());
    check(None, Some(Place::Tenant(Id::new("gone").unwrap())), other());
}

#[test]
fn a_store_that_fails_once_at_the_beginning_is_asked_again() {
    let store = Faulty::default();
    let (mut table, mut w) = sit(&store, place(), "a");
    edit(&mut table, &store, &mut w, name("Here"), 1);
    store.fails(Sort::KeysThrow, 1);
    let (table, w) = sit(&store, place(), "b");
    assert_eq!((table.found(), w.tenant.name.as_str()), (&Found::There, "Here"));
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
    let listed = places::aside_beside(&store, table.keeper()).unwrap();
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
    let inventory = Inventory { environments, ..Inventory::default() };
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
    let [What::Housed { home: Some(home), why: NoFit::Refused(_), .. }] = &homes[..] else { panic!("{homes:?}") };
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
