//! Corners in which a changed program lived: each was found by a mutant that no other test told.

use super::faulty::{Faulty, Sort};
use super::*;
use restore_desk::domain::checksum::checksum;
use restore_desk::workspace::desk::Desk as Table;
use restore_desk::workspace::envelope;
use restore_desk::workspace::keep::{Followed, Found, NotFolded, WhyWaits, places};
use restore_desk::workspace::keys::{Key, Slot};
use restore_desk::workspace::log::Step;

#[test]
fn what_is_used_after_all_speaks_of_the_plan_that_it_was_made_for() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    // Both give their plan the number 1.
    one.edit(&store, keep_plan("of one"), 1);
    two.edit(&store, keep_plan("of two"), 2);
    one.edit(&store, rename("One", 3), 3);
    let step = Some(Step { plan: 1, id: "a-step".into() });
    two.edit(&store, Edit::Run { command: Command::Rename("Two".into()), at: second(4), step }, 4);
    let (mut anew, _) = Desk::open(&store, "c");
    let [waiting] = anew.keeper.waiting() else { panic!("one waits") };
    assert!(matches!(waiting.why, WhyWaits::Contradicts { .. }));
    let of = waiting.entry.id.clone();
    anew.keeper.use_after_all(&store, &mut anew.w, &of, second(5)).unwrap();
    let plan = anew.w.plans.iter().find(|p| p.plan.title().to_string() == "of two").map(|p| p.number);
    assert_eq!(plan, Some(2));
    let steps: Vec<_> = anew.w.log.entries.iter().filter_map(|e| e.step.as_ref().map(|s| s.plan)).collect();
    assert_eq!((anew.w.tenant.name.as_str(), steps), ("Two", vec![2]));
}

#[test]
fn a_record_beside_stays_until_the_parent_holds_its_edits() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    let (mut two, _) = Desk::open(&store, "b");
    // Neither list shows what the other wrote yet, as between two processes.
    let before = store.all();
    two.edit(&store, backup(1, "b2", 2), 2);
    two.keeper.fold(&store, &mut two.w, second(3)).unwrap();
    let of_two = store.map.replace(before);
    one.edit(&store, backup(0, "b1", 1), 1);
    one.keeper.fold(&store, &mut one.w, second(3)).unwrap();
    store.map.borrow_mut().extend(of_two);
    let key = |id: &str| Key::Record(place(), id.parse().unwrap()).to_string();
    let is_there = |id: &str| store.all().contains_key(&key(id));
    assert!(is_there("3.a") && is_there("3.b"));
    two.keeper.follow(&store, &mut two.w);
    two.keeper.fold(&store, &mut two.w, second(4)).unwrap();
    // The parent has only what its own tab did, so that the record beside it is the second text of the other's edit.
    assert_eq!(two.keeper.head().and_then(|h| h.parent().cloned()), Some("3.b".parse().unwrap()));
    assert!(two.has_backup("b1") && two.has_backup("b2") && is_there("3.a"));
    two.edit(&store, rename("Next", 5), 5);
    two.keeper.fold(&store, &mut two.w, second(6)).unwrap();
    assert!(!is_there("3.a"), "both the record and its parent hold all of it");
}

fn named(name: &str) -> Box<Workspace> {
    let mut w = base();
    w.tenant.name = name.into();
    Box::new(w)
}

#[test]
fn a_stranger_in_the_place_of_what_was_cleared_away_does_not_take_what_is_here() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    one.edit(&store, rename("Mine", 1), 1);
    let cleared = store.map.take();
    let (mut two, _) = Desk::open(&store, "b");
    two.keeper.whole(&mut two.w, WholeChange::Replace(named("Theirs"))).unwrap();
    for at in 2..7 {
        two.keeper.fold(&store, &mut two.w, second(at)).unwrap();
    }
    assert!(two.keeper.head().unwrap().id > one.keeper.head().unwrap().id, "it would count more");
    assert_eq!(one.keeper.follow(&store, &mut one.w), Followed::Vanished);
    assert_eq!((one.w.tenant.name.as_str(), one.keeper.is_alone()), ("Mine", true));
    // Nor where what was cleared away is there again beside it.
    store.map.borrow_mut().extend(cleared);
    one.keeper.follow(&store, &mut one.w);
    assert_eq!(one.w.tenant.name, "Mine");
}

#[test]
fn what_a_replacement_leaves_out_is_not_given_up_because_it_is_not_given() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let (mut one, mut two) = (Desk::open(&store, "a").0, Desk::open(&store, "b").0);
    one.keeper.whole(&mut one.w, WholeChange::Replace(named("One"))).unwrap();
    one.keeper.fold(&store, &mut one.w, second(1)).unwrap();
    two.keeper.whole(&mut two.w, WholeChange::Replace(named("Two"))).unwrap();
    two.keeper.follow(&store, &mut two.w);
    store.fails(Sort::GetGivesNothing, usize::MAX);
    let folded = two.keeper.fold(&store, &mut two.w, second(2));
    assert!(matches!(folded, Err(NotFolded::NotSetAside(_))), "{folded:?}");
    store.works();
    two.keeper.fold(&store, &mut two.w, second(3)).unwrap();
    let aside = places::aside(&store).unwrap();
    let names: Vec<_> = aside.iter().filter_map(|a| a.content.as_ref().ok()).map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["One"]);
}

#[test]
fn of_what_was_typed_the_last_of_each_tab_is_asked_about() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let [mut one, mut two, mut three] = ["a", "b", "c"].map(|tab| Desk::open(&store, tab).0);
    one.edit(&store, draft("made"), 1);
    for (at, typed) in [(2, "b1"), (4, "b2"), (6, "b3")] {
        two.edit(&store, draft(typed), at);
    }
    for (at, typed) in [(3, "c1"), (5, "c2")] {
        three.edit(&store, draft(typed), at);
    }
    two.edit(&store, rename("Two", 7), 7);
    let (anew, _) = Desk::open(&store, "d");
    let asked: Vec<Edit> = anew.keeper.waiting().iter().filter_map(|w| w.made()).map(|m| m.edit.clone()).collect();
    assert_eq!(asked, [draft("c2"), draft("b3")]);
    assert_eq!(anew.w.draft.map(|d| d.new_name).as_deref(), Some("made"));
}

#[test]
fn a_text_belongs_under_its_own_key_alone() {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "a");
    one.edit(&store, rename("One", 1), 1);
    one.edit(&store, rename("Two", 2), 2);
    one.keeper.fold(&store, &mut one.w, second(3)).unwrap();
    Desk::open(&store, "b").0.edit(&store, rename("Three", 4), 4);
    let (mut elsewhere, mut w, _) = Keeper::open(&store, Place::Sample, named_tab("a"));
    let made = Made::new(rename("Sample", 5), &w, second(5));
    elsewhere.edit(&store, &mut w, made).unwrap();
    elsewhere.fold(&store, &mut w, second(6)).unwrap();
    elsewhere.delete(&store, &mut w, second(7)).unwrap();
    let mut all = store.all();
    all.insert(Key::Aside(Id::new("here").unwrap()).to_string(), "{}".into());
    let is = |part: &str| all.keys().filter(|key| key.contains(part)).count();
    assert!(is("/r/") >= 2 && is("/j/a/") >= 2 && is("/j/b/") == 1 && is("/gone/") == 1, "{:?}", all.keys());
    for key in all.keys() {
        let parsed = Key::parse(key).unwrap();
        for (other, text) in &all {
            let belongs = key == other && !matches!(parsed, Key::Aside(_));
            assert_eq!(places::belongs(&parsed, text), belongs, "{other} under {key}");
            assert!(text.is_ascii() || !places::belongs(&parsed, &text[..text.len() - 3]), "half of {other}");
        }
        // The same edit, told to be of another place.
        if let Key::Entry(place, tab, n) = parsed {
            let other = if place == Place::Sample { super::place() } else { Place::Sample };
            assert!(!places::belongs(&Key::Entry(other, tab, n), &all[key]));
        }
    }
}

#[test]
fn what_could_not_be_read_is_read_again_though_no_key_changed() {
    let store = Faulty::default();
    let key = Desk::begin(&store, "a").keeper.head().unwrap().key().to_string();
    let (open, _, _) = Keeper::open(&store, Place::Sample, named_tab("b"));
    let text = store.all()[&key].clone();
    let torn = text.chars().take(text.chars().count() / 2).collect();
    let mut known = places::KnownRecords::default();
    let mut listed =
        || places::aside_beside(&store, &open, &mut known).unwrap().into_iter().map(|a| a.key).collect::<Vec<_>>();
    store.map.borrow_mut().insert(key.clone(), torn);
    assert_eq!(listed(), std::slice::from_ref(&key));
    // The second copy had it.
    store.map.borrow_mut().insert(key, text);
    assert_eq!(listed(), Vec::<String>::new());
}

#[test]
fn the_last_64_tabs_are_kept_in_mind_and_what_an_older_one_brings_is_asked_about() {
    for tabs in [64, 65, 70_i64] {
        let store = Faulty::default();
        let mut desk = Desk::begin(&store, "a");
        for n in 1..=tabs {
            let mut other = Desk::open(&store, &format!("t{n}")).0;
            other.edit(&store, backup(0, &format!("b{n}"), n), n);
        }
        desk.keeper.fold(&store, &mut desk.w, second(tabs + 1)).unwrap();
        let head = desk.keeper.head().unwrap();
        assert_eq!(head.folded.0.len(), 64, "of {tabs}");
        let horizon = (tabs > 64).then(|| second(tabs - 64).timestamp_millis());
        assert_eq!(head.horizon, horizon, "of {tabs}");
        assert_eq!(desk.w.tenant.environments[0].backups.len(), tabs as usize);
    }
}

#[test]
fn a_tab_goes_on_counting_though_the_store_does_not_answer_when_it_comes_back() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let (mut table, mut w, _) = Table::open(&store, named_tab("a"), place());
    let edit = |table: &mut Table, w: &mut Workspace, name: &str, at: i64| {
        let made = Made::new(rename(name, at), w, second(at));
        table.keeper_mut().edit(&store, w, made).unwrap()
    };
    edit(&mut table, &mut w, "One", 1);
    for at in 2..5 {
        table.keeper_mut().fold(&store, &mut w, second(at)).unwrap();
    }
    table.show(&store, &mut w, Place::Sample);
    assert!(table.parked(&place()).is_none(), "all of it is kept");
    store.fails(Sort::KeysThrow, usize::MAX);
    table.show(&store, &mut w, place());
    assert!(matches!(table.found(), Found::NoAnswer(_)), "{:?}", table.found());
    edit(&mut table, &mut w, "Two", 6);
    store.works();
    table.follow(&store, &mut w);
    assert_eq!(w.tenant.name, "Two");
    assert_eq!(Desk::open(&store, "b").0.w.tenant.name, "Two");
}

#[test]
fn what_an_earlier_build_left_is_known_though_the_store_did_not_answer_at_first() {
    let store = Faulty::default();
    let text = envelope::write(&named("Earlier"), second(-9)).unwrap();
    store.map.borrow_mut().insert(Slot::Own.key().into(), text.clone());
    let place = Place::of_earlier(Slot::Own, &text).unwrap();
    store.fails(Sort::KeysThrow, usize::MAX);
    let (mut keeper, mut w, opened) = Keeper::open(&store, place.clone(), named_tab("a"));
    assert!(matches!(opened.found, Found::NoAnswer(_)));
    store.works();
    keeper.follow(&store, &mut w);
    assert_eq!(w.tenant.name, "Earlier");
    keeper.fold(&store, &mut w, second(1)).unwrap();
    assert_eq!(keeper.head().unwrap().earlier, Some(checksum(text.as_bytes())));
    // Two records hold it: it goes.
    keeper.fold(&store, &mut w, second(2)).unwrap();
    assert!(!store.all().contains_key(Slot::Own.key()));
    assert_eq!(Keeper::open(&store, place, named_tab("b")).1.tenant.name, "Earlier");
}

#[test]
fn what_one_record_holds_already_is_no_unkept_change_nor_what_was_replaced_since() {
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.edit(&store, import("e9", 1), 1);
    assert_eq!(desk.keeper.unkept_changes(), 1);
    desk.keeper.fold(&store, &mut desk.w, second(2)).unwrap();
    assert_eq!(desk.keeper.unkept_changes(), 0, "it waits for its second record only");
    store.fails(Sort::SetThrows, usize::MAX);
    assert!(matches!(desk.edit(&store, rename("In memory", 3), 3), Kept::NotKept(_)));
    assert_eq!(desk.keeper.unkept_changes(), 1);
    desk.edit(&store, import("e8", 4), 4);
    assert_eq!(desk.keeper.unkept_changes(), 2);
    desk.keeper.whole(&mut desk.w, WholeChange::Replace(named("Replaced"))).unwrap();
    assert_eq!(desk.keeper.unkept_changes(), 1, "the replacement alone");
}
