//! Corners in which a changed program lived: each was found by a mutant that no other test told.

use super::faulty::Faulty;
use super::*;
use restore_desk::workspace::keep::Why;
use restore_desk::workspace::keys::Key;
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
    assert!(matches!(waiting.why, Why::Contradicts { .. }));
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
