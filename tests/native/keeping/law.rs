//! The law: whatever call of the store fails, once or from then on, and whenever a tab ends, what was called saved is there at the
//! next opening, or waits for a person, or is named.
//!
//! `LAWS=300 cargo test --no-default-features --release --test native keeping::law` plays many more.

use super::faulty::{Fault, Faulty, SORTS};
use super::*;
use crate::laws::cases;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use restore_desk::workspace::keep::keeper::FoldReason;
use restore_desk::workspace::keep::{EditId, Folding, Found, NotFolded, Trouble};
use restore_desk::workspace::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// What a person does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Backup(usize),
    Plan,
    Tick,
    Rename,
    Draft,
    Managed(usize, bool),
    TakeBack,
    Import,
}

/// Something that happens in one of the windows.
#[derive(Clone, Copy, Debug)]
enum Step {
    Edit(Deed),
    Follow,
    Fold,
    /// A fold in slices begins, or ends.
    Begin,
    End,
    /// The tab ends without a word, and another one takes its place.
    Kill,
    /// The person decides about what waits.
    Choose(bool),
}

fn deeds() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0usize..4).prop_map(Deed::Backup),
        2 => Just(Deed::Plan),
        2 => Just(Deed::Tick),
        3 => Just(Deed::Rename),
        2 => Just(Deed::Draft),
        2 => (0usize..4, any::<bool>()).prop_map(|(n, yes)| Deed::Managed(n, yes)),
        1 => Just(Deed::TakeBack),
        1 => Just(Deed::Import),
    ]
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        8 => deeds().prop_map(Step::Edit),
        3 => Just(Step::Follow),
        3 => Just(Step::Fold),
        1 => Just(Step::Begin),
        1 => Just(Step::End),
        1 => Just(Step::Kill),
        1 => any::<bool>().prop_map(Step::Choose),
    ];
    proptest::collection::vec((0usize..3, step), 1..40)
}

fn faults() -> impl Strategy<Value = Vec<Fault>> {
    let times = select(vec![1, 1, 2, 5, usize::MAX]);
    let fault = (select(SORTS.to_vec()), 0usize..60, times).prop_map(|(sort, at, times)| Fault { sort, at, times });
    proptest::collection::vec(fault, 0..3)
}

/// Something that was done, by which it is found again.
#[derive(Clone, Debug)]
struct Did {
    id: Option<EditId>,
    deed: Deed,
    /// The id of the backup or the environment, the title of the plan, the name.
    mark: String,
    acknowledged: bool,
}

struct Window {
    desk: Desk,
    tab: String,
    folding: Option<Folding>,
    did: Vec<Did>,
}

struct Play {
    store: Faulty,
    windows: Vec<Window>,
    /// What was done in tabs that ended.
    past: Vec<Did>,
    /// Backups that somebody took back.
    taken_back: BTreeSet<String>,
    /// Plans that an import or a replacement cannot bring about; marks are numbered.
    count: usize,
    time: i64,
}

impl Play {
    fn new(windows: usize, faults: Vec<Fault>, early: bool) -> Self {
        let store = Faulty::default();
        drop(Desk::begin(&store, "first"));
        if early {
            store.faults.replace(faults.clone());
        }
        let mut play =
            Self { store, windows: Vec::new(), past: Vec::new(), taken_back: BTreeSet::new(), count: 0, time: 0 };
        for _ in 0..windows {
            let window = play.open();
            play.windows.push(window);
        }
        if !early {
            play.store.faults.replace(faults);
        }
        play
    }

    fn open(&mut self) -> Window {
        self.count += 1;
        // Their order is none of time.
        let tab = format!("{}{}", ["m", "c", "x", "a"][self.count % 4], self.count);
        let (desk, _) = Desk::open(&self.store, &tab);
        Window { desk, tab, folding: None, did: Vec::new() }
    }

    fn step(&mut self, at: usize, step: Step) -> Result<(), TestCaseError> {
        let at = at % self.windows.len();
        self.time += 1;
        self.count += 1;
        let (time, mark) = (self.time, format!("k{}", self.count));
        if matches!(step, Step::Kill) {
            let fresh = self.open();
            let ended = std::mem::replace(&mut self.windows[at], fresh);
            self.past.extend(ended.did);
            return Ok(());
        }
        let Self { store, windows, taken_back, .. } = self;
        let window = &mut windows[at];
        // Clocks of two windows are the same one, but somebody may set it.
        let clock = time + if at == 2 { -30 } else { 0 };
        let before = window.desk.clone();
        match step {
            Step::Edit(deed) => {
                if let Some(edit) = edit(&window.desk.w, deed, &mark, clock, taken_back) {
                    let made = Made::new(edit, &window.desk.w, second(clock));
                    let is_whole = made.edit.is_whole();
                    let n = next(&window.did);
                    if let Ok((_, kept)) = window.desk.keeper.edit(store, &mut window.desk.w, made) {
                        prop_assert_eq!(is_whole, kept == Kept::AtNextFold);
                        let id = (!is_whole).then(|| EditId { tab: named_tab(&window.tab), n });
                        window.did.push(Did { id, deed, mark, acknowledged: false });
                        if let Kept::NotKept(_) = kept {
                            prop_assert!(window.desk.keeper.unsaved());
                        }
                    } else {
                        prop_assert_eq!(&before.w, &window.desk.w);
                    }
                }
            }
            Step::Follow => drop(window.desk.keeper.follow(store, &mut window.desk.w)),
            Step::Fold => drop(window.desk.keeper.fold(store, &mut window.desk.w, second(clock))),
            Step::Begin => {
                let begun = window.desk.keeper.begin_fold(store, &mut window.desk.w, second(clock)).ok();
                window.folding = begun.map(|mut folding| {
                    // Some have come further than others before something else happens.
                    for _ in 0..self.count % 40 {
                        folding.step(1_000);
                    }
                    folding
                });
            }
            Step::End => {
                if let Some(mut folding) = window.folding.take() {
                    while !folding.step(300) {}
                    drop(window.desk.keeper.end_fold(store, folding));
                }
            }
            Step::Choose(take) => {
                let waits = window.desk.keeper.waiting().first().map(|w| (w.entry.id.clone(), w.made().cloned()));
                if let Some((of, made)) = waits {
                    let n = next(&window.did);
                    let keeper = &mut window.desk.keeper;
                    let done = if take {
                        keeper.use_after_all(store, &mut window.desk.w, &of, second(clock)).is_ok()
                    } else {
                        keeper.drop_waiting(store, &mut window.desk.w, &of).is_ok()
                    };
                    if done {
                        let id = Some(EditId { tab: named_tab(&window.tab), n });
                        // It is found by its id alone; what was dropped need not be found.
                        let deed = Deed::Tick;
                        window.did.push(Did { id, deed, mark, acknowledged: false });
                        if !take
                            && let Some(Edit::Run { command: Command::Do(deed), .. }) = made.map(|m| m.edit)
                            && let deed::Deed::CreateManualBackup { id, .. } = deed
                        {
                            taken_back.insert(id);
                        }
                        if let (false, Some(of)) = (take, Some(of)) {
                            self.dropped(&of);
                        }
                    }
                }
            }
            Step::Kill => {}
        }
        self.acknowledge(at);
        self.memory_holds(at)
    }

    fn dropped(&mut self, of: &EditId) {
        let all = self.windows.iter_mut().flat_map(|w| w.did.iter_mut()).chain(self.past.iter_mut());
        for did in all.filter(|did| did.id.as_ref() == Some(of)) {
            did.deed = Deed::Tick;
        }
    }

    /// What the chip calls saved.
    fn acknowledge(&mut self, at: usize) {
        let window = &mut self.windows[at];
        let keeper = &window.desk.keeper;
        let unkept: BTreeSet<EditId> = keeper.unkept().map(|entry| entry.id.clone()).collect();
        let wholes = keeper.unkept_wholes().count();
        for did in &mut window.did {
            did.acknowledged |= match &did.id {
                Some(id) => !unkept.contains(id),
                None => wholes == 0,
            };
        }
    }

    /// What was done in a tab is in its memory, or waits there.
    fn memory_holds(&self, at: usize) -> Result<(), TestCaseError> {
        let Window { desk, did, .. } = &self.windows[at];
        for did in did {
            let there = self.is_there(&desk.w, did) || waits(&desk.keeper, did);
            let refused = did.id.is_none() && desk.keeper.unkept_wholes().any(|why| why.is_some());
            prop_assert!(there || refused, "{did:?} is not in the memory of its tab");
        }
        Ok(())
    }

    /// Whether what leaves a trace of its own has left it.
    fn is_there(&self, w: &Workspace, did: &Did) -> bool {
        match did.deed {
            Deed::Backup(_) => has_trace(w, &did.mark) || self.taken_back.contains(&did.mark),
            Deed::Plan => w.plans.iter().any(|p| p.plan.title().to_string() == did.mark),
            Deed::Import => w.tenant.get(&EnvironmentId::new(&did.mark)).is_some(),
            Deed::Tick | Deed::Rename | Deed::Draft | Deed::Managed(..) | Deed::TakeBack => true,
        }
    }

    fn everything(&self) -> Vec<&Did> {
        self.windows.iter().flat_map(|w| &w.did).chain(&self.past).filter(|did| did.acknowledged).collect()
    }

    /// Opens anew, and looks for everything that was called saved.
    fn survives(&self, excused: impl Fn(&Did, &Desk) -> bool) -> Result<Desk, TestCaseError> {
        let (desk, opened) = Desk::open(&self.store, "zz");
        prop_assert_eq!(&opened.found, &Found::There);
        for did in self.everything() {
            let waits = waits(&desk.keeper, did);
            let beside = desk.keeper.troubles.iter().any(|t| match (t, &did.id) {
                (Trouble::Beside(head), Some(id)) => head.folded.covers(id),
                (Trouble::Beside(head), None) => head.whole,
                _ => false,
            });
            let taken = did.id.as_ref().is_none_or(|id| covered(&desk, id));
            let there = taken && self.is_there(&desk.w, did);
            prop_assert!(
                there || waits || beside || excused(did, &desk),
                "{did:?} is lost; troubles {:?}, keys {:#?}",
                desk.keeper.troubles,
                self.store.all().keys()
            );
        }
        let beside = desk.keeper.troubles.iter().any(|t| matches!(t, Trouble::Beside(_)));
        prop_assert!(beside || desk.w.tenant.get(&env(0)).is_some(), "what was there at the beginning is lost");
        self.newest(&desk)?;
        Ok(desk)
    }

    /// Of what one tab set again and again the last one counts: nothing is silently older.
    fn newest(&self, desk: &Desk) -> Result<(), TestCaseError> {
        let set_by = |name: &str, deed: fn(Deed) -> bool| {
            self.everything().into_iter().find(|did| deed(did.deed) && did.mark == name).cloned()
        };
        let is_rename: fn(Deed) -> bool = |d| matches!(d, Deed::Rename);
        let is_draft: fn(Deed) -> bool = |d| matches!(d, Deed::Draft);
        let drafted = desk.w.draft.as_ref().map(|d| d.new_name.clone()).unwrap_or_default();
        for (name, deed) in [(desk.w.tenant.name.clone(), is_rename), (drafted, is_draft)] {
            let Some(shown) = set_by(&name, deed).and_then(|did| did.id) else { continue };
            for later in self.everything().into_iter().filter(|did| deed(did.deed)) {
                let newer = later.id.as_ref().is_some_and(|id| id.tab == shown.tab && id.n > shown.n);
                prop_assert!(!newer || waits(&desk.keeper, later) || self.chose(), "{later:?} is newer than {name}");
            }
        }
        Ok(())
    }

    /// Whether a person decided about anything, or took something back, so that an older one may be shown on purpose.
    fn chose(&self) -> bool {
        let all = self.windows.iter().flat_map(|w| &w.did).chain(&self.past);
        all.into_iter().any(|did| matches!(did.deed, Deed::Tick | Deed::TakeBack))
    }
}

fn next(did: &[Did]) -> u64 {
    did.iter().filter(|did| did.id.is_some()).count() as u64 + 1
}

fn covered(desk: &Desk, id: &EditId) -> bool {
    desk.keeper.has_seen(id)
}

fn waits(keeper: &Keeper, did: &Did) -> bool {
    // Where a later edit of the wizard waits, an earlier one of the same tab need not.
    keeper.waiting().iter().any(|w| match (&did.id, did.deed) {
        (Some(id), Deed::Draft) => w.entry.id.tab == id.tab && w.entry.id.n >= id.n,
        (Some(id), Deed::Backup(_) | Deed::Plan) => {
            let holds = |mark: &str| format!("{:?}", w.entry.act).contains(&format!("\"{mark}\""));
            w.entry.id == *id || holds(&did.mark)
        }
        (id, _) => id.as_ref() == Some(&w.entry.id),
    })
}

fn edit(w: &Workspace, deed: Deed, mark: &str, at: i64, taken_back: &mut BTreeSet<String>) -> Option<Edit> {
    Some(match deed {
        Deed::Backup(n) => backup(n, mark, at),
        Deed::Plan => keep_plan(mark),
        Deed::Tick => {
            let saved = w.plans.first()?;
            Edit::Tick { plan: saved.number, id: saved.plan.steps.first()?.id.clone(), done: saved.done.is_empty() }
        }
        Deed::Rename => rename(mark, at),
        Deed::Draft => draft(mark),
        Deed::Managed(n, yes) => managed(n, yes, at),
        Deed::TakeBack => {
            let entry = w.log.undoable().ok()?;
            if let Some(
                Command::Do(deed::Deed::CreateManualBackup { id, .. })
                | Command::Earlier { deed: deed::Deed::CreateManualBackup { id, .. }, .. },
            ) = &entry.command
            {
                taken_back.insert(id.clone());
            }
            Edit::TakeBack { number: entry.number }
        }
        Deed::Import if at % 2 == 0 => import(mark, at),
        Deed::Import => worked_out(w, import(mark, at), at),
    })
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_was_called_saved_is_never_lost(
        windows in 1usize..4,
        faults in faults(),
        early in any::<bool>(),
        steps in steps(),
        tear in any::<bool>(),
        pick in any::<prop::sample::Index>(),
    ) {
        let mut play = Play::new(windows, faults, early);
        for (at, step) in steps {
            play.step(at, step)?;
        }
        play.store.works();
        for key in play.store.overwritten.borrow().iter() {
            prop_assert!(key.contains("/j/"), "{key} was written over");
        }

        // Every tab ends at once.
        let first = play.survives(|_, _| false)?;

        // The tabs that live come to the same state as one that opens anew, and keep what they have.
        for at in 0..play.windows.len() {
            let window = &mut play.windows[at];
            window.desk.keeper.follow(&play.store, &mut window.desk.w);
            let folded = window.desk.keeper.fold(&play.store, &mut window.desk.w, second(1_000));
            prop_assert!(folded.is_ok() || folded == Err(NotFolded::Nothing), "{folded:?}");
            prop_assert!(window.desk.keeper.due() != FoldReason::Unkept || window.desk.keeper.unkept_wholes().count() > 0);
            play.acknowledge(at);
            play.memory_holds(at)?;
        }
        let mut last = play.survives(|_, _| false)?;
        for window in &mut play.windows {
            window.desk.keeper.follow(&play.store, &mut window.desk.w);
            if window.desk.keeper.unkept_wholes().count() == 0 {
                prop_assert_eq!(&window.desk.w, &last.w);
            }
        }
        drop(first);

        // One key is torn or gone, before and after it has a second copy.
        let single = single_copies(&play.store, &last);
        lose_one(&play, &single, tear, &pick)?;
        for _ in 0..2 {
            last.keeper.fold(&play.store, &mut last.w, second(1_001)).unwrap();
        }
        lose_one(&play, &BTreeMap::new(), tear, &pick)?;
    }
}

/// The keys that hold something of which there is no second copy, with the edit.
fn single_copies(store: &Faulty, desk: &Desk) -> BTreeMap<String, Option<EditId>> {
    let mut single = BTreeMap::new();
    for id in desk.keeper.since_the_record() {
        let key = restore_desk::workspace::keys::Key::Entry(place(), id.tab.clone(), id.n).to_string();
        single.insert(key, Some(id));
    }
    if let Some(head) = desk.keeper.head().filter(|head| head.whole) {
        single.insert(head.key().to_string(), None);
    }
    assert!(single.keys().all(|key| store.all().contains_key(key)));
    single
}

fn lose_one(
    play: &Play,
    single: &BTreeMap<String, Option<EditId>>,
    tear: bool,
    pick: &prop::sample::Index,
) -> Result<(), TestCaseError> {
    let kept = play.store.all();
    let keys: Vec<&String> = kept.keys().collect();
    let key = keys[pick.index(keys.len())];
    if tear {
        let text = &kept[key];
        let cut: String = text.chars().take(text.chars().count() * 2 / 3).collect();
        play.store.set(key, &cut).unwrap();
    } else {
        play.store.remove(key).unwrap();
    }
    let excused = |did: &Did, desk: &Desk| match single.get(key) {
        None => false,
        // What only one record holds has its second copy after the next fold.
        Some(None) => true,
        Some(Some(id)) if did.id.as_ref() == Some(id) => {
            let told = desk
                .keeper
                .troubles
                .iter()
                .any(|t| matches!(t, Trouble::Entry { key: k, .. } if k.to_string() == *key));
            told || !tear
        }
        // What rests on it waits.
        Some(Some(_)) => false,
    };
    let beside = Desk::open(&play.store, "zz").0.keeper.troubles.iter().any(|t| matches!(t, Trouble::Beside(_)));
    if !beside {
        play.survives(excused)?;
    }
    play.store.map.replace(kept);
    Ok(())
}
