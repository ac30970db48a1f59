//! What takes the place of a whole workspace while other tabs have it open: the state is always one of the two whole, and what was done
//! on the other one waits, is set aside, or has a place of its own.

use super::faulty::{Faulty, Sort};
use super::races::{Call, Hooked};
use super::*;
use crate::laws::cases;
use proptest::prelude::*;
use restore_desk::workspace::desk::{Desk as Table, TabDid};
use restore_desk::workspace::keep::{Followed, Found, NoFit, NotDeleted, Told, WhyWaits, places};
use restore_desk::workspace::store::Store;
use std::collections::BTreeSet;

fn sit(store: &Faulty, tab: &str) -> (Table, Workspace) {
    let (table, w, _) = Table::open(store, named_tab(tab), place());
    (table, w)
}

fn other() -> Place {
    Place::Tenant(Id::new("other").unwrap())
}

fn edit(table: &mut Table, store: &Faulty, w: &mut Workspace, edit: Edit, at: i64) -> Kept {
    let made = Made::new(edit, w, second(at));
    table.keeper_mut().edit(store, w, made).unwrap().1
}

#[test]
fn a_tab_that_comes_back_to_a_place_goes_on_counting() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let (mut table, mut w) = sit(&store, "a");
    for (at, name) in [(1, "One"), (2, "Two"), (3, "Three"), (4, "Four")] {
        assert_eq!(edit(&mut table, &store, &mut w, rename(name, at), at), Kept::Journalled, "{name}");
        if at % 2 == 0 {
            for _ in 0..3 {
                table.keeper_mut().fold(&store, &mut w, second(at)).unwrap();
            }
        }
        table.show(&store, &mut w, other());
        while let Some((place, _)) = table.due() {
            table.seat(&mut w, &place, |keeper, w| keeper.fold(&store, w, second(at)).unwrap());
            table.give_up_kept();
        }
        table.show(&store, &mut w, place());
        assert_eq!(w.tenant.name, name);
        assert_eq!(Desk::open(&store, "anew").0.w.tenant.name, name);
    }
}

fn named(name: &str) -> Workspace {
    let mut w = base();
    w.tenant.name = name.into();
    w
}

fn put(table: &mut Table, w: &mut Workspace, name: &str) {
    table.keeper_mut().whole(w, WholeChange::Replace(Box::new(named(name)))).unwrap();
}

fn fold(table: &mut Table, store: &Faulty, w: &mut Workspace, at: i64) {
    for _ in 0..9 {
        table.house(store);
        let Some((place, _)) = table.due() else { return };
        table.seat(w, &place, |keeper, w| keeper.fold(store, w, second(at)).unwrap());
        table.give_up_kept();
    }
}

/// Another tab puts an export in the place; this one imports and renames; neither has seen the other.
fn export_against_import(store: &Faulty) -> [(Table, Workspace); 2] {
    let begin = || {
        drop(Desk::begin(store, "first"));
        [sit(store, "a"), sit(store, "b")]
    };
    let [(mut a, mut wa), (mut b, mut wb)] = begin();
    put(&mut a, &mut wa, "Export");
    edit(&mut a, store, &mut wa, backup(0, "on-export", 2), 2);
    edit(&mut b, store, &mut wb, import("e9", 1), 1);
    edit(&mut b, store, &mut wb, rename("Renamed", 3), 3);
    [(a, wa), (b, wb)]
}

fn says(table: &mut Table) -> Vec<TabDid> {
    table.take_news().into_iter().map(|news| news.what).collect()
}

#[test]
fn an_export_that_is_kept_first_stands_whole_and_the_import_has_a_place_of_its_own() {
    let store = Faulty::default();
    let [(mut a, mut wa), (mut b, mut wb)] = export_against_import(&store);
    fold(&mut a, &store, &mut wa, 4);
    fold(&mut b, &store, &mut wb, 5);
    a.follow(&store, &mut wa);
    let (anew, waiting) = sit(&store, "c");
    assert_eq!((&wa, &wb), (&waiting, &waiting), "all tabs show the same");
    assert_eq!((wa.tenant.name.as_str(), wa.tenant.get(&env(9)).is_some()), ("Export", false));
    assert!(has_backup(&wa, "on-export"));
    assert_eq!(anew.keeper().waiting().iter().map(|w| w.why.clone()).collect::<Vec<_>>(), [WhyWaits::Replaced]);
    let told = says(&mut b);
    let home = told.iter().find_map(|what| match what {
        TabDid::Housed { home, why: NoFit::Replaced, .. } => home.clone(),
        _ => None,
    });
    let home = home.unwrap_or_else(|| panic!("{told:?}"));
    let (_, kept, _) = Table::open(&store, named_tab("d"), home);
    assert_eq!((kept.tenant.name.as_str(), kept.tenant.get(&env(9)).is_some()), ("Renamed", true));
    assert_eq!((a.unsaved(&wa), b.unsaved(&wb)), (vec![], vec![]));
}

#[test]
fn an_import_that_is_kept_first_is_set_aside_whole_when_the_export_takes_its_place() {
    let store = Faulty::default();
    let [(mut a, mut wa), (mut b, mut wb)] = export_against_import(&store);
    fold(&mut b, &store, &mut wb, 4);
    edit(&mut b, &store, &mut wb, keep_plan("later"), 5);
    fold(&mut a, &store, &mut wa, 6);
    b.follow(&store, &mut wb);
    assert_eq!(wa, wb);
    assert_eq!((wb.tenant.name.as_str(), wb.tenant.get(&env(9)).is_some(), wb.plans.len()), ("Export", false, 0));
    assert_eq!(b.keeper().waiting().len(), 1, "what was done since waits");
    assert_eq!(says(&mut a), [TabDid::Told(Told::WentOver)]);
    assert_eq!(says(&mut b), [TabDid::Told(Told::Replaced)]);
    let aside = places::aside(&store).unwrap();
    let names: Vec<_> = aside.iter().map(|a| a.content.as_ref().map(|c| (c.name.as_str(), c.environments))).collect();
    assert_eq!(names, [Ok(("Renamed", 5))]);
}

#[test]
fn two_exports_at_once_are_one_whole_and_the_other_is_set_aside() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    put(&mut a, &mut wa, "A");
    put(&mut b, &mut wb, "B");
    edit(&mut a, &store, &mut wa, keep_plan("on A"), 2);
    edit(&mut b, &store, &mut wb, keep_plan("on B"), 3);
    fold(&mut a, &store, &mut wa, 4);
    fold(&mut b, &store, &mut wb, 5);
    a.follow(&store, &mut wa);
    let plans = |w: &Workspace| w.plans.iter().map(|p| p.plan.title().to_string()).collect::<Vec<_>>();
    assert_eq!((wa.tenant.name.as_str(), plans(&wa)), ("B", vec!["on B".to_string()]));
    assert_eq!(wa, wb);
    let aside = places::aside(&store).unwrap();
    assert!(aside.iter().any(|a| a.content.as_ref().is_ok_and(|c| c.name == "A")), "{aside:?}");
}

#[test]
fn what_was_done_on_a_replacement_that_is_not_kept_yet_is_made_when_it_is() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    put(&mut a, &mut wa, "Export");
    edit(&mut a, &store, &mut wa, keep_plan("on it"), 1);
    // The other tab sees the edit, and not the workspace that it was made on.
    edit(&mut b, &store, &mut wb, backup(1, "theirs", 2), 2);
    b.follow(&store, &mut wb);
    assert_eq!((wb.tenant.name.as_str(), wb.plans.len(), b.keeper().waiting().len()), ("Base", 0, 1));
    b.keeper_mut().fold(&store, &mut wb, second(3)).unwrap();
    fold(&mut a, &store, &mut wa, 4);
    b.follow(&store, &mut wb);
    assert_eq!((wb.tenant.name.as_str(), wb.plans.len(), b.keeper().waiting().len()), ("Export", 1, 0));
    assert_eq!(wa, wb);
}

#[test]
fn a_change_of_the_workspace_before_does_nothing_to_a_stranger_with_its_number() {
    let store = Faulty::default();
    let mut first = Desk::begin(&store, "first");
    first.edit(&store, keep_plan("old"), 1);
    first.keeper.fold(&store, &mut first.w, second(1)).unwrap();
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    let mut export = named("Export");
    export.plans = wa.plans.clone();
    export.plans[0].plan.about = restore_desk::domain::plan::About::Told("another".into());
    a.keeper_mut().whole(&mut wa, WholeChange::Replace(Box::new(export))).unwrap();
    let number = wb.plans[0].number;
    edit(&mut b, &store, &mut wb, Edit::RemovePlan { number }, 2);
    fold(&mut a, &store, &mut wa, 3);
    b.follow(&store, &mut wb);
    let of = b.keeper().waiting()[0].entry.id.clone();
    drop(b.keeper_mut().use_after_all(&store, &mut wb, &of, second(4)));
    assert_eq!(wb.plans.iter().map(|p| p.plan.title().to_string()).collect::<Vec<_>>(), ["another"]);
}

#[test]
fn a_deletion_that_an_import_overtakes_deletes_nothing_and_says_so() {
    // The tombstone is the first write; the record of the other tab comes before it, or between it and the removals.
    for at in 1..=3 {
        let store = Faulty::default();
        let (mut one, mut two) = (Desk::begin(&store, "a"), Desk::open(&store, "b").0);
        two.edit(&store, import("e9", 1), 1);
        let folding = two.keeper.begin_fold(&store, &mut two.w, second(2)).unwrap();
        // The list that the other tab takes shows no tombstone yet, as between two processes.
        let before = store.all();
        let deed = || {
            let now = store.map.replace(before);
            two.keeper.end_fold(&store, folding).unwrap();
            let written: Vec<_> = store.all().into_iter().filter(|(key, _)| key.ends_with(".b")).collect();
            store.map.replace(now);
            store.map.borrow_mut().extend(written);
        };
        let between = Hooked::new(&store, Call::Write(at), deed);
        let done = one.keeper.delete(&between, &mut one.w, second(3));
        drop(between);
        assert_eq!(done, Err(NotDeleted::Changed), "at call {at}");
        let (anew, opened) = Desk::open(&store, "c");
        assert_eq!((opened.found, anew.w.tenant.get(&env(9)).is_some()), (Found::There, true), "at call {at}");
        assert_eq!(one.w, anew.w, "it is looked at first");
        // Now it is known, and goes.
        one.keeper.delete(&store, &mut one.w, second(4)).unwrap();
        assert!(matches!(Desk::open(&store, "d").1.found, Found::Gone(_)));
    }
}

#[test]
fn a_place_that_another_tab_keeps_again_is_told() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    a.keeper_mut().delete(&store, &mut wa, second(1)).unwrap();
    b.follow(&store, &mut wb);
    b.keeper_mut().keep_after_deletion(&wb);
    fold(&mut b, &store, &mut wb, 2);
    a.follow(&store, &mut wa);
    assert_eq!((wa.tenant.name.as_str(), says(&mut a)), ("Base", vec![TabDid::Told(Told::Back)]));
}

#[test]
fn what_was_deleted_elsewhere_stays_here_until_a_person_decides_whatever_begins_anew_in_its_place() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    a.keeper_mut().delete(&store, &mut wa, second(1)).unwrap();
    assert_eq!(b.follow(&store, &mut wb), Followed::Deleted);
    assert!(matches!(edit(&mut b, &store, &mut wb, rename("Mine", 2), 2), Kept::NotKept(_)));
    // The other tab begins anew where it was, until no mark of the deletion is left.
    edit(&mut a, &store, &mut wa, rename("Anew", 3), 3);
    for at in 4..8 {
        a.keeper_mut().fold(&store, &mut wa, second(at)).unwrap();
        assert_eq!(b.follow(&store, &mut wb), Followed::Deleted);
        assert_eq!(wb.tenant.name, "Mine");
    }
    assert_eq!(b.unsaved(&wb).len(), 1);
    b.keeper_mut().keep_after_deletion(&wb);
    fold(&mut b, &store, &mut wb, 9);
    a.follow(&store, &mut wa);
    assert_eq!((wa.tenant.name.as_str(), wb.tenant.name.as_str()), ("Mine", "Mine"));
    let aside = places::aside(&store).unwrap();
    assert!(aside.iter().any(|a| a.content.as_ref().is_ok_and(|c| c.name == "Anew")), "{aside:?}");
}

#[test]
fn in_a_place_where_nothing_was_the_first_of_two_at_once_stands_whole_too() {
    for import_first in [false, true] {
        let store = Faulty::default();
        let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
        put(&mut a, &mut wa, "Export");
        edit(&mut b, &store, &mut wb, import("e9", 1), 1);
        edit(&mut b, &store, &mut wb, rename("Mine", 2), 2);
        if import_first {
            fold(&mut b, &store, &mut wb, 3);
        }
        fold(&mut a, &store, &mut wa, 4);
        fold(&mut b, &store, &mut wb, 5);
        a.follow(&store, &mut wa);
        b.follow(&store, &mut wb);
        assert!(wa == wb, "{} and {}", wa.tenant.name, wb.tenant.name);
        assert_eq!((wa.tenant.name.as_str(), wa.tenant.environments.len()), ("Export", 4), "{import_first}");
        let aside = places::aside(&store).unwrap().into_iter().filter_map(|a| a.content.ok().map(|c| c.name));
        let kept = restore_desk::workspace::desk::kept(&store).unwrap().into_iter().map(|l| l.name);
        let all: Vec<_> = aside.chain(kept).collect();
        assert!(all.contains(&"Mine".to_string()), "{import_first}: {all:?}");
    }
}

/// What happens in one of two tabs.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Replace,
    Import,
    Backup,
    Plan,
    Follow,
    Fold,
    /// It is tried, and the store has no room.
    Full(bool),
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    use Deed::*;
    let deed = prop::sample::select(vec![
        Replace,
        Import,
        Backup,
        Backup,
        Plan,
        Plan,
        Follow,
        Fold,
        Fold,
        Fold,
        Full(true),
        Full(false),
        Full(false),
    ]);
    prop::collection::vec((0usize..2, deed), 1..24)
}

/// What is in a workspace is marked with the world that it was done in: the workspace that was put there.
fn worlds(w: &Workspace) -> Vec<String> {
    let of = |mark: &str| mark.split('-').next().unwrap_or_default().to_string();
    let environments = w.tenant.environments.iter().map(|e| e.id.as_str()).filter(|id| id.contains('-'));
    let backups = w.tenant.environments.iter().flat_map(|e| &e.backups).map(|b| b.id.as_str());
    let plans = w.plans.iter().map(|p| p.plan.title().to_string());
    let mut all: Vec<String> = environments.chain(backups).map(of).chain(plans.map(|title| of(&title))).collect();
    all.sort();
    all.dedup();
    all
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn no_state_is_ever_a_mixture_and_nothing_is_missing(deeds in deeds()) {
        let store = Faulty::default();
        drop(Desk::begin(&store, "first"));
        let mut tabs = [sit(&store, "a"), sit(&store, "b")];
        let mut marks: Vec<String> = Vec::new();
        // Everything that a person replaced with open eyes.
        let mut given_up: BTreeSet<String> = BTreeSet::new();
        for (at, (n, deed)) in deeds.into_iter().enumerate() {
            let (table, w) = &mut tabs[n];
            let time = at as i64 + 1;
            let world = w.tenant.name.clone();
            let mark = format!("{world}-{at}");
            match deed {
                Deed::Replace => {
                    given_up.extend(marks.iter().filter(|mark| is_in(w, mark)).cloned());
                    put(table, w, &format!("W{at}"));
                }
                Deed::Import => drop(edit(table, &store, w, import(&mark, time), time)),
                Deed::Backup => drop(edit(table, &store, w, backup(0, &mark, time), time)),
                Deed::Plan => drop(edit(table, &store, w, keep_plan(&mark), time)),
                Deed::Follow => drop(table.follow(&store, w)),
                Deed::Fold => try_fold(table, &store, w, time),
                Deed::Full(true) => store.fails(Sort::Full, usize::MAX),
                Deed::Full(false) => store.works(),
            }
            if matches!(deed, Deed::Import | Deed::Backup | Deed::Plan) {
                marks.push(mark);
            }
            for (_, w) in &tabs {
                let worlds = worlds(w);
                prop_assert!(worlds.is_empty() || worlds == [w.tenant.name.clone()], "{:?} in {}", worlds, w.tenant.name);
            }
        }
        store.works();
        for _ in 0..3 {
            for (table, w) in &mut tabs {
                table.follow(&store, w);
                try_fold(table, &store, w, 1_000);
            }
        }
        prop_assert_eq!(tabs[0].0.unsaved(&tabs[0].1), vec![]);
        prop_assert_eq!(tabs[1].0.unsaved(&tabs[1].1), vec![]);
        for (table, w) in &mut tabs {
            table.follow(&store, w);
        }
        let [(_, a), (_, b)] = &tabs;
        prop_assert!(a == b, "both show the same: {} and {}", a.tenant.name, b.tenant.name);
        let mut held: Vec<Workspace> = Vec::new();
        for listed in restore_desk::workspace::desk::kept(&store).unwrap() {
            held.push(Table::open(&store, named_tab("anew"), listed.place).1);
        }
        let aside = places::aside(&store).unwrap();
        held.extend(aside.iter().map(|a| places::open(&store.get(&a.key).unwrap().unwrap()).unwrap().workspace));
        let waiting = format!("{:?}", tabs[0].0.keeper().waiting());
        for mark in marks.iter().filter(|mark| !given_up.contains(*mark)) {
            let there = held.iter().any(|w| is_in(w, mark)) || waiting.contains(&format!("\"{mark}\""));
            prop_assert!(there, "{mark} is lost: {:#?}", store.all().keys());
        }
    }
}

fn is_in(w: &Workspace, mark: &str) -> bool {
    has_trace(w, mark)
        || w.plans.iter().any(|p| p.plan.title().to_string() == mark)
        || w.tenant.get(&EnvironmentId::new(mark)).is_some()
}

/// Folds what is due, as far as the store takes it.
fn try_fold(table: &mut Table, store: &Faulty, w: &mut Workspace, at: i64) {
    for _ in 0..9 {
        let Some((place, _)) = table.due() else { return };
        let folded = table.seat(w, &place, |keeper, w| keeper.fold(store, w, second(at)).is_ok());
        table.house(store);
        table.give_up_kept();
        if folded != Some(true) {
            return;
        }
    }
}

/// What can be undone: the names, each with how much of it is in no store.
fn undo(table: &Table) -> Vec<(&str, usize)> {
    table.replaced().iter().map(|r| (r.workspace.tenant.name.as_str(), r.unkept)).collect()
}

#[test]
fn what_was_in_memory_only_when_it_was_replaced_is_unsaved_and_outlives_the_next_replacement() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let (mut table, mut w) = sit(&store, "a");
    store.fails(Sort::Full, usize::MAX);
    edit(&mut table, &store, &mut w, rename("Mine", 1), 1);
    let next = |table: &mut Table, w: &mut Workspace, name: &str, on_purpose: bool| {
        table.remember_replaced(w, "starting the sample over", on_purpose);
        put(table, w, name);
    };
    next(&mut table, &mut w, "S1", false);
    let unsaved =
        |table: &Table, w: &Workspace| table.unsaved(w).into_iter().map(|u| (u.name, u.replaced)).collect::<Vec<_>>();
    assert_eq!(unsaved(&table, &w), [("S1".to_string(), false), ("Mine".to_string(), true)]);
    store.works();
    fold(&mut table, &store, &mut w, 2);
    // What is kept now is one thing; what it took the place of is in no store.
    for name in ["S2", "S3", "S4", "S5", "S6", "S7"] {
        next(&mut table, &mut w, name, false);
        fold(&mut table, &store, &mut w, 3);
    }
    assert_eq!(unsaved(&table, &w), [("Mine".to_string(), true)]);
    let texts: Vec<_> = table.unsaved_texts(&w).into_iter().map(|(_, w)| w.tenant.name.clone()).collect();
    assert_eq!(texts, ["Mine"]);
    assert_eq!(undo(&table), [("Mine", 1), ("S3", 0), ("S4", 0), ("S5", 0), ("S6", 0)]);
    // What a person gives up is not unsaved, though it can be undone; nothing at all cannot.
    store.fails(Sort::Full, usize::MAX);
    edit(&mut table, &store, &mut w, rename("Given up", 4), 4);
    next(&mut table, &mut w, "S8", true);
    assert_eq!(undo(&table).last(), Some(&("Given up", 0)));
    let count = undo(&table).len();
    table.remember_replaced(&Workspace::default(), "nothing", false);
    assert_eq!(undo(&table).len(), count);
}

#[test]
fn a_place_that_was_deleted_elsewhere_is_unsaved_and_holds_up_no_other() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    a.keeper_mut().delete(&store, &mut wa, second(1)).unwrap();
    b.follow(&store, &mut wb);
    edit(&mut b, &store, &mut wb, rename("Mine", 2), 2);
    assert_eq!(b.unsaved(&wb).iter().map(|u| (u.name.as_str(), u.shown)).collect::<Vec<_>>(), [("Mine", true)]);
    assert_eq!(b.due(), None, "a person decides");
    b.show(&store, &mut wb, other());
    put(&mut b, &mut wb, "Other");
    assert_eq!(b.due().map(|(place, _)| place), Some(other()));
    fold(&mut b, &store, &mut wb, 3);
    assert_eq!(b.unsaved(&wb).iter().map(|u| (u.name.as_str(), u.shown)).collect::<Vec<_>>(), [("Mine", false)]);
    // Back again, it is as it was left, and can be kept.
    b.show(&store, &mut wb, place());
    assert_eq!(wb.tenant.name, "Mine");
    b.keeper_mut().keep_after_deletion(&wb);
    fold(&mut b, &store, &mut wb, 4);
    assert_eq!((b.unsaved(&wb), Desk::open(&store, "c").0.w.tenant.name), (vec![], "Mine".to_string()));
}

#[test]
fn what_a_replacement_left_out_and_its_own_tab_replaced_since_holds_nothing_up() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    put(&mut a, &mut wa, "A1");
    fold(&mut a, &store, &mut wa, 1);
    put(&mut b, &mut wb, "B");
    b.follow(&store, &mut wb);
    for name in ["A2", "A3", "A4"] {
        put(&mut a, &mut wa, name);
        fold(&mut a, &store, &mut wa, 2);
    }
    fold(&mut b, &store, &mut wb, 3);
    assert_eq!(b.unsaved(&wb), []);
    let aside = places::aside(&store).unwrap();
    assert!(aside.iter().any(|a| a.content.as_ref().is_ok_and(|c| c.name == "A4")), "{aside:?}");
}

#[test]
fn what_was_deleted_twice_elsewhere_is_kept_at_the_first_word() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    a.keeper_mut().delete(&store, &mut wa, second(1)).unwrap();
    assert_eq!(b.follow(&store, &mut wb), Followed::Deleted);
    edit(&mut a, &store, &mut wa, rename("Anew", 2), 2);
    fold(&mut a, &store, &mut wa, 3);
    a.keeper_mut().delete(&store, &mut wa, second(4)).unwrap();
    assert_eq!(b.follow(&store, &mut wb), Followed::Deleted);
    b.keeper_mut().keep_after_deletion(&wb);
    fold(&mut b, &store, &mut wb, 5);
    assert_eq!(b.unsaved(&wb), []);
    assert_eq!(Desk::open(&store, "c").0.w.tenant.name, "Base");
}

#[test]
fn what_waits_beside_a_replacement_waits_on_when_that_is_replaced_before_it_was_kept() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [(mut a, mut wa), (mut b, mut wb)] = [sit(&store, "a"), sit(&store, "b")];
    put(&mut a, &mut wa, "W0");
    edit(&mut b, &store, &mut wb, backup(0, "seen", 1), 1);
    a.follow(&store, &mut wa);
    edit(&mut b, &store, &mut wb, backup(0, "not seen", 2), 2);
    edit(&mut a, &store, &mut wa, import("e9", 3), 3);
    put(&mut a, &mut wa, "W1");
    fold(&mut a, &store, &mut wa, 4);
    let waiting = format!("{:?}", a.keeper().waiting());
    assert_eq!((waiting.contains("\"seen\""), waiting.contains("\"not seen\"")), (true, true), "{waiting}");
}
