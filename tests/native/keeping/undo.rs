//! Undo goes back step by step, redo goes forward until something new is done; nothing is lost on the way, and nothing is set aside twice.

use super::faulty::{Faulty, Sort};
use super::*;
use restore_desk::workspace::desk::{Desk as Table, Thrown, Way};
use restore_desk::workspace::keep::{Followed, Found, NotDeleted, places, record, seal};
use restore_desk::workspace::store::Store;

struct Tab {
    table: Table,
    w: Workspace,
    at: i64,
}

const NEXT: [&str; 8] = ["one", "two", "three", "four", "five", "six", "seven", "eight"];

impl Tab {
    fn sit(store: &Faulty, place: Place) -> Self {
        let (table, w, _) = Table::open(store, named_tab("a"), place);
        Self { table, w, at: 100 }
    }

    /// Replaces what is shown by what is called `says`, and keeps that.
    fn replace(&mut self, store: &Faulty, says: &'static str) {
        assert!(self.table.replace(&mut self.w, named(says), says));
        self.fold(store);
    }

    fn edit(&mut self, store: &Faulty, name: &str) -> Kept {
        self.at += 1;
        let made = Made::new(rename(name, self.at), &self.w, second(self.at));
        self.table.did_something();
        self.table.keeper_mut().edit(store, &mut self.w, made).unwrap().1
    }

    fn fold(&mut self, store: &Faulty) {
        for _ in 0..9 {
            let Some((place, _)) = self.table.due() else { return };
            self.at += 1;
            let at = second(self.at);
            self.table.seat(&mut self.w, &place, |keeper, w| drop(keeper.fold(store, w, at)));
        }
    }

    /// Goes one step as the page does, and tells what is shown then.
    fn step(&mut self, store: &Faulty, way: Way) -> String {
        let next = self.table.next(way).map(|next| (next.place.clone(), next.takes_nothing()));
        let Some((place, takes_nothing)) = next else { return "no step".into() };
        self.table.show(store, &mut self.w, place);
        self.at += 1;
        if !takes_nothing && self.table.step_needs_aside(&self.w) {
            let name = Id::new(&format!("x{}", self.at)).unwrap();
            if self.table.put_aside(store, &self.w, second(self.at), name).is_err() {
                return "not put aside".into();
            }
        }
        if self.table.step(store, &mut self.w, way, second(self.at)).is_err() {
            return "refused".into();
        }
        self.fold(store);
        self.w.tenant.name.clone()
    }

    fn says(&self, way: Way) -> Vec<&'static str> {
        let all = match way {
            Way::Undo => self.table.replaced(),
            Way::Redo => self.table.undone(),
        };
        all.iter().map(|r| r.says).collect()
    }

    fn unsaved(&self) -> Vec<(String, usize)> {
        self.table.unsaved(&self.w).into_iter().map(|u| (u.name, u.changes)).collect()
    }
}

fn named(name: &str) -> Workspace {
    let mut w = base();
    w.tenant.name = name.into();
    w
}

fn aside(store: &Faulty) -> Vec<String> {
    let mut all: Vec<_> =
        places::aside(store).unwrap().into_iter().filter_map(|a| a.content.ok().map(|c| c.name)).collect();
    all.sort();
    all
}

#[test]
fn five_steps_back_and_forward_again() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, place());
    tab.replace(&store, "zero");
    assert_eq!(tab.says(Way::Undo), Vec::<&str>::new(), "nothing was there before");
    for says in &NEXT[..6] {
        tab.replace(&store, says);
    }
    assert_eq!(tab.says(Way::Undo), NEXT[1..6]);
    for (says, shows) in [("six", "five"), ("five", "four"), ("four", "three"), ("three", "two"), ("two", "one")] {
        assert_eq!(tab.table.next(Way::Undo).map(|n| n.says), Some(says));
        assert_eq!(tab.step(&store, Way::Undo), shows);
        assert_eq!(tab.table.next(Way::Redo).map(|n| n.says), Some(says));
    }
    assert_eq!((tab.step(&store, Way::Undo), tab.says(Way::Redo).len()), ("no step".into(), 5));
    for shows in ["two", "three", "four"] {
        assert_eq!(tab.step(&store, Way::Redo), shows);
    }
    assert_eq!((tab.says(Way::Undo), tab.says(Way::Redo)), (vec!["two", "three", "four"], vec!["six", "five"]));
    // Where nothing was done in what is on the stacks, nothing is set aside, however often one goes to and fro.
    assert_eq!(aside(&store), Vec::<String>::new());
    assert_eq!(Tab::sit(&store, place()).w.tenant.name, "four");
    // Something new ends what can be done again.
    tab.replace(&store, "seven");
    assert_eq!((tab.says(Way::Redo).len(), tab.step(&store, Way::Redo)), (0, "no step".into()));
    assert_eq!(tab.step(&store, Way::Undo), "four");
    tab.edit(&store, "a change");
    assert_eq!(tab.says(Way::Redo).len(), 0);
}

#[test]
fn a_plan_that_is_thrown_away_comes_back_and_goes_again() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, place());
    tab.replace(&store, "zero");
    let keep = |tab: &mut Tab, edit: Edit| {
        tab.at += 1;
        let made = Made::new(edit, &tab.w, second(tab.at));
        tab.table.keeper_mut().edit(&store, &mut tab.w, made).unwrap();
    };
    keep(&mut tab, keep_plan("Bring Sales back"));
    let number = tab.w.plans[0].number;
    keep(&mut tab, Edit::Tick { plan: number, id: "a".into(), done: true });
    let plan = tab.w.plans[0].clone();
    keep(&mut tab, Edit::RemovePlan { number });
    tab.table.remember_thrown(&tab.w, Thrown::Plan(Box::new(plan.clone())), "deleting a plan");
    for _ in 0..2 {
        tab.step(&store, Way::Undo);
        assert_eq!(
            (tab.w.plans.as_slice(), tab.says(Way::Redo)),
            (std::slice::from_ref(&plan), vec!["deleting a plan"])
        );
        assert_eq!(Tab::sit(&store, place()).w.plans, std::slice::from_ref(&plan), "it is kept");
        tab.step(&store, Way::Redo);
        assert_eq!((tab.w.plans.len(), tab.says(Way::Undo)), (0, vec!["deleting a plan"]));
    }
    // Nothing of the workspace was taken from view.
    assert_eq!(aside(&store), Vec::<String>::new());
    // What is ticked in it since it came back comes back too; another one that is the same to the letter is not touched.
    tab.step(&store, Way::Undo);
    keep(&mut tab, keep_plan("Bring Sales back"));
    keep(&mut tab, Edit::Tick { plan: number, id: "b".into(), done: true });
    let both = tab.w.plans.clone();
    assert_eq!((both.len(), both[0].plan == both[1].plan, both[1].done.len()), (2, true, 2));
    tab.step(&store, Way::Redo);
    assert_eq!(tab.w.plans, &both[..1]);
    tab.step(&store, Way::Undo);
    assert_eq!(tab.w.plans, both);
}

#[test]
fn what_is_thrown_away_pushes_out_no_workspace() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, place());
    tab.replace(&store, "zero");
    tab.replace(&store, "one");
    for n in 1..=8 {
        let made = Made::new(keep_plan("Bring Sales back"), &tab.w, second(tab.at + n));
        tab.table.keeper_mut().edit(&store, &mut tab.w, made).unwrap();
        let plan = tab.w.plans[0].clone();
        let made = Made::new(Edit::RemovePlan { number: plan.number }, &tab.w, second(tab.at + n));
        tab.table.keeper_mut().edit(&store, &mut tab.w, made).unwrap();
        tab.table.remember_thrown(&tab.w, Thrown::Plan(Box::new(plan)), "deleting a plan");
    }
    assert_eq!(
        tab.says(Way::Undo),
        ["one", "deleting a plan", "deleting a plan", "deleting a plan", "deleting a plan", "deleting a plan"]
    );
}

#[test]
fn what_was_done_since_is_set_aside_once_and_is_on_the_stack_too() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, place());
    tab.replace(&store, "zero");
    tab.replace(&store, "one");
    tab.edit(&store, "work");
    for _ in 0..3 {
        assert_eq!(tab.step(&store, Way::Undo), "zero");
        assert_eq!(tab.step(&store, Way::Redo), "work");
        assert_eq!(aside(&store), ["work"]);
    }
    // The same is not set aside again where a file takes its place.
    tab.table.put_aside(&store, &tab.w, second(900), Id::new("again").unwrap()).unwrap();
    assert_eq!(aside(&store), ["work"]);
    // Unless somebody deleted that copy, or did more.
    let key = places::aside(&store).unwrap()[0].key.clone();
    store.remove(&key).unwrap();
    tab.table.put_aside(&store, &tab.w, second(901), Id::new("again").unwrap()).unwrap();
    assert_eq!(aside(&store), ["work"]);
    tab.edit(&store, "more work");
    tab.step(&store, Way::Undo);
    assert_eq!(aside(&store), ["more work", "work"]);
    // Where it cannot be set aside, nothing is done.
    tab.edit(&store, "other work");
    tab.replace(&store, "two");
    tab.edit(&store, "lost?");
    store.fails(Sort::Full, usize::MAX);
    assert_eq!((tab.step(&store, Way::Undo), tab.w.tenant.name.as_str()), ("not put aside".into(), "lost?"));
}

#[test]
fn a_deletion_is_a_step_too() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, place());
    tab.replace(&store, "zero");
    tab.edit(&store, "mine");
    tab.table.delete(&store, &mut tab.w, second(300), "everything was deleted").unwrap();
    assert_eq!((tab.w.clone(), tab.says(Way::Undo)), (Workspace::default(), vec!["everything was deleted"]));
    let (mut other, mut theirs, _) = Table::open(&store, named_tab("b"), place());
    for _ in 0..3 {
        assert_eq!(tab.step(&store, Way::Undo), "mine");
        assert_eq!((tab.step(&store, Way::Redo), tab.says(Way::Redo).len()), (String::new(), 0));
        let (anew, _, _) = Table::open(&store, named_tab("c"), place());
        assert!(matches!(anew.found(), Found::Gone(_)));
    }
    assert_eq!(aside(&store), Vec::<String>::new());
    // What was begun where it was deleted is set aside, and done again.
    tab.edit(&store, "anew");
    assert_eq!(tab.step(&store, Way::Undo), "mine");
    assert_eq!(aside(&store), ["anew"]);
    assert_eq!(tab.step(&store, Way::Redo), "anew");
    assert_eq!(tab.step(&store, Way::Undo), "mine");
    other.follow(&store, &mut theirs);
    assert_eq!((theirs.tenant.name.as_str(), &theirs), ("mine", &tab.w));
    // A deletion that another tab overtakes is not done again.
    tab.table.delete(&store, &mut tab.w, second(600), "everything was deleted").unwrap();
    tab.step(&store, Way::Undo);
    other.follow(&store, &mut theirs);
    let made = Made::new(rename("theirs", 700), &theirs, second(700));
    other.keeper_mut().edit(&store, &mut theirs, made).unwrap();
    let changed = tab.table.step(&store, &mut tab.w, Way::Redo, second(701));
    assert_eq!((changed, tab.w.tenant.name.as_str()), (Err(NotDeleted::Changed), "theirs"));
    assert_eq!(tab.says(Way::Redo), ["everything was deleted"], "it is still there");
}

#[test]
fn a_file_that_is_opened_after_everything_was_deleted_is_one_step() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, place());
    tab.replace(&store, "zero");
    tab.table.delete(&store, &mut tab.w, second(300), "everything was deleted").unwrap();
    tab.replace(&store, "one");
    assert_eq!(tab.says(Way::Undo), ["one"]);
    assert_eq!(tab.step(&store, Way::Undo), "zero");
    assert_eq!(tab.step(&store, Way::Redo), "one");
}

#[test]
fn each_place_has_its_own_past() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, place());
    tab.replace(&store, "zero");
    tab.replace(&store, "one");
    tab.table.show(&store, &mut tab.w, Place::Sample);
    tab.replace(&store, "two");
    tab.replace(&store, "three");
    assert_eq!(tab.step(&store, Way::Undo), "two");
    assert_eq!(tab.step(&store, Way::Undo), "zero");
    assert_eq!(tab.table.place(), &place());
    // What is done here ends what is undone here, and not there.
    tab.edit(&store, "work");
    assert_eq!(tab.says(Way::Redo), ["three"]);
    assert_eq!((tab.step(&store, Way::Redo), tab.table.place().clone()), ("three".into(), Place::Sample));
}

#[test]
fn what_is_in_no_store_is_dropped_from_no_stack_and_counted_once() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, Place::Sample);
    tab.replace(&store, "zero");
    store.fails(Sort::Full, usize::MAX);
    assert!(matches!(tab.edit(&store, "work"), Kept::NotKept(_)));
    tab.edit(&store, "more work");
    assert_eq!(tab.unsaved(), [("more work".to_string(), 2)]);
    tab.replace(&store, "one");
    let work = || ("more work".to_string(), 2);
    assert_eq!(tab.unsaved(), [("one".to_string(), 1), work()], "each has its own changes");
    tab.replace(&store, "two");
    assert_eq!(tab.unsaved().iter().filter(|u| **u == work()).count(), 1);
    // To and fro it stays named.
    tab.step(&store, Way::Undo);
    assert_eq!(tab.step(&store, Way::Undo), "more work");
    assert_eq!(tab.unsaved()[0].0, "more work");
    tab.step(&store, Way::Redo);
    assert!(tab.unsaved().contains(&work()), "{:?}", tab.unsaved());
    tab.step(&store, Way::Undo);
    // Undone, and something new is done: what was undone holds nothing that was made by hand.
    tab.edit(&store, "other work");
    assert_eq!(tab.says(Way::Redo).len(), 0);
    tab.replace(&store, "three");
    tab.edit(&store, "third work");
    tab.step(&store, Way::Undo);
    tab.edit(&store, "last");
    // What was undone and is in no store is one step back now.
    assert!(tab.unsaved().iter().any(|(name, _)| name == "third work"), "{:?}", tab.unsaved());
    assert_eq!(tab.step(&store, Way::Undo), "third work");
    store.works();
    tab.fold(&store);
    let (_, anew, _) = Table::open(&store, named_tab("c"), Place::Sample);
    assert_eq!(anew.tenant.name, "third work");
}

#[test]
fn what_was_let_go_is_taken_back_for_every_tab() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let mut tab = Tab::sit(&store, place());
    let (mut other, mut theirs, _) = Table::open(&store, named_tab("b"), place());
    let (mut third, mut seen, _) = Table::open(&store, named_tab("c"), place());
    other.keeper_mut().delete(&store, &mut theirs, second(1)).unwrap();
    for followed in [tab.table.follow(&store, &mut tab.w), third.follow(&store, &mut seen)] {
        assert_eq!(followed, Followed::Deleted);
    }
    tab.table.let_go(&store, &mut tab.w, "it was deleted in another tab");
    assert_eq!((tab.w.clone(), tab.unsaved()), (Workspace::default(), vec![]));
    assert_eq!(tab.step(&store, Way::Undo), "Base");
    third.follow(&store, &mut seen);
    assert_eq!((third.keeper().is_deleted(), &seen), (false, &tab.w));
}

#[test]
fn what_is_made_by_itself_is_no_step_and_ends_what_can_be_done_again() {
    let store = Faulty::default();
    let mut tab = Tab::sit(&store, place());
    for says in ["one", "two", "three"] {
        tab.replace(&store, says);
    }
    assert_eq!(tab.step(&store, Way::Undo), "two");
    assert_eq!((tab.says(Way::Undo), tab.says(Way::Redo)), (vec!["two"], vec!["three"]));
    assert!(tab.table.put_new(&mut tab.w, named("made by itself")));
    assert_eq!(tab.w.tenant.name, "made by itself");
    assert_eq!((tab.says(Way::Undo), tab.says(Way::Redo)), (vec!["two"], vec![]));
    tab.fold(&store);
    assert_eq!(Tab::sit(&store, place()).w.tenant.name, "made by itself");
    // Where a newer version of the app wrote it, nothing is put.
    let (key, text) = store.all().into_iter().find(|(key, _)| key.contains("/r/")).unwrap();
    let newer = key.rsplit_once('/').map(|(before, _)| format!("{before}/99.z")).unwrap();
    let line = text.split_once('\n').unwrap().0;
    let mut head: record::Head = serde_json::from_str(&seal::open(line).unwrap()).unwrap();
    (head.record, head.id) = (record::FORM + 1, "99.z".parse().unwrap());
    let line = record::head_line(&head).unwrap();
    store.map.borrow_mut().insert(newer, format!("{line}\n{}", text.split_once('\n').unwrap().1));
    let mut tab = Tab::sit(&store, place());
    let before = tab.w.clone();
    assert!(tab.table.keeper().is_read_only());
    assert!(!tab.table.put_new(&mut tab.w, named("no")));
    assert_eq!(tab.w, before);
}
