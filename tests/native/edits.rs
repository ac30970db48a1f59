//! Edits: that making one again gives the same, that two which meet nowhere may be made in any order, and which contradict.

use crate::laws::cases;
use crate::planned::plan;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::command::{Command, Stays};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::{EDITIONS, Edition, EditionId};
use restore_desk::domain::environment::{Answer, Environment, EnvironmentId, FactKey, Key, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::life::{Deed, NewEnvironment};
use restore_desk::domain::plan::{Plan, Purpose};
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::service::Cloud;
use restore_desk::workspace::clock::{Clock, Invented};
use restore_desk::workspace::edit::{Edit, Given, Made, Meeting, NotMade, Numbers, Thing, Touched};
use restore_desk::workspace::log::Step;
use restore_desk::workspace::{Draft, SavedPlan, Workspace};

/// Minutes after 1 March 2026, UTC.
fn minute(m: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap() + TimeDelta::minutes(m)
}

fn id(n: usize) -> EnvironmentId {
    EnvironmentId::new(format!("e{n}"))
}

fn edition() -> &'static Edition {
    Edition::default_edition()
}

fn purpose(source: usize, target: usize) -> Purpose {
    Purpose::Restore(RestoreRequest {
        source: id(source),
        target: id(target),
        point: Point::System(minute(-3000)),
        include_audit_logs: false,
        new_name: None,
        special_apps: vec![],
    })
}

fn some_plan(w: &Workspace, source: usize, target: usize) -> Plan {
    plan(edition(), &w.tenant, &purpose(source, target), minute(0)).unwrap()
}

/// Six environments of which most is known, a few entries in the log, one of them taken back, and two plans.
fn base(clock: bool) -> Workspace {
    let known = |kind: Kind| Fact::known(kind, Origin::Import(0), minute(-900_000));
    fn is<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Import(0), minute(-900_000))
    }
    let kinds = [Kind::Production, Kind::Sandbox, Kind::Production, Kind::Sandbox, Kind::Sandbox, Kind::Developer];
    let environments = kinds.into_iter().enumerate().map(|(n, kind)| {
        let mut e = Environment::new(id(n).as_str());
        e.name = format!("E{n}");
        e.kind = known(kind);
        e.region = is(Region::new("europe"));
        e.dataverse = is(true);
        e.dynamics = is(n == 0);
        e.managed = is(n < 4);
        e.key = is(Key::Microsoft);
        e.policies = is(Default::default());
        e.retention_setting = is(7);
        e.created = is(minute(-60 * 24 * 60));
        e
    });
    let mut w = Workspace::default();
    w.tenant.name = "Laws".into();
    w.tenant.environments = environments.collect();
    let mut run = |command, m| w.run(edition(), command, minute(m), minute(m), None).map(|_| ()).unwrap();
    run(answer(&[1], Answer::Dynamics(true)), -60);
    run(Command::SetCapacity(storage(9_000, 100)), -50);
    run(backup(4, "b0"), -40);
    run(Command::Rename("Before".into()), -30);
    run(answer(&[5], Answer::Managed(true)), -20);
    w.undo(edition()).unwrap();
    let plans = [some_plan(&w, 0, 1), some_plan(&w, 2, 3)];
    for plan in plans {
        w.keep_plan(plan, None);
    }
    w.clock = clock.then(|| Clock::at(minute(0)));
    w
}

fn answer(environments: &[usize], answer: Answer) -> Command {
    Command::Answer { environments: environments.iter().map(|n| id(*n)).collect(), answer }
}

fn storage(entitled: i32, used: i32) -> Capacity {
    let storage = Storage { entitled_mb: f64::from(entitled), used_mb: f64::from(used) };
    Capacity { database: storage, log: storage, file: storage }
}

fn backup(n: usize, backup: &str) -> Command {
    let (environment, id) = (id(n), backup.to_string());
    Command::Do(Deed::CreateManualBackup { environment, label: id.clone(), id, point: None })
}

fn retention(n: usize, days: u32) -> Command {
    Command::Do(Deed::Set { environment: id(n), setting: Setting::Retention(days) })
}

fn switch(n: usize, to: Kind) -> Command {
    Command::Do(Deed::Set { environment: id(n), setting: Setting::Kind(to) })
}

fn import() -> Command {
    let environments = vec![Observation { id: "e1".into(), managed: Some(false), ..Observation::default() }];
    let (format, name) = ("admin REST list".to_string(), "environments.json".to_string());
    Command::Import(Inventory { format, name, environments: environments.into(), ..Inventory::default() })
}

fn run_at(command: Command, m: i64) -> Edit {
    Edit::Run { command, at: minute(m), step: None }
}

fn run(command: Command) -> Edit {
    run_at(command, 1)
}

fn tick(plan: u32, id: &str, done: bool) -> Edit {
    Edit::Tick { plan, id: id.into(), done }
}

fn draft(step: u8) -> Edit {
    Edit::Draft(Some(Box::new(Draft { step, ..Draft::default() })))
}

/// `edit`, made at this minute.
fn made(w: &Workspace, edit: Edit, m: i64) -> Made {
    Made::new(edit, w, minute(m))
}

/// How two edits meet; the order must not matter.
fn meeting(a: &Edit, b: &Edit) -> Meeting {
    let there = a.touched().meets(&b.touched());
    assert_eq!(there, b.touched().meets(&a.touched()), "{a:?} and {b:?}");
    // What they are told apart by is kept longer than they are.
    let text = serde_json::to_string(&a.touched()).unwrap();
    assert_eq!(serde_json::from_str::<Touched>(&text).unwrap(), a.touched(), "{text}");
    there
}

#[track_caller]
fn together(a: Edit, b: Edit) {
    assert_eq!(meeting(&a, &b), Meeting::Together);
}

#[track_caller]
fn same(a: Edit, b: Edit) {
    assert_eq!(meeting(&a, &b), Meeting::Same);
}

#[track_caller]
fn contradict(a: Edit, b: Edit, things: &[Thing]) {
    assert_eq!(meeting(&a, &b), Meeting::Contradict(things.to_vec()));
}

#[test]
fn answers_contradict_about_the_same_fact_of_the_same_environment_only() {
    let managed = |yes| Answer::Managed(yes);
    together(run(answer(&[1], managed(true))), run(answer(&[2], managed(false))));
    together(run(answer(&[1], managed(true))), run(answer(&[1], Answer::Dynamics(false))));
    together(run(answer(&[1, 2], managed(true))), run(answer(&[2, 3], managed(true))));
    same(run_at(answer(&[1], managed(true)), 1), run_at(answer(&[1], managed(true)), 9));
    contradict(
        run(answer(&[1, 2], managed(true))),
        run(answer(&[2, 3], managed(false))),
        &[Thing::Fact(id(2), FactKey::Managed)],
    );
    let forget = Command::ForgetAnswer { environments: vec![id(1)], fact: FactKey::Managed };
    contradict(run(forget), run(answer(&[1], managed(false))), &[Thing::Fact(id(1), FactKey::Managed)]);
    // More than are named one by one.
    let all: Vec<usize> = (0..300).collect();
    contradict(
        run(answer(&all, managed(true))),
        run(answer(&[7], managed(false))),
        &[Thing::Fact(id(7), FactKey::Managed)],
    );
    together(run(answer(&all, managed(true))), run(answer(&[7], managed(true))));
    together(run(answer(&all, managed(true))), run(answer(&[7], Answer::Dynamics(true))));
}

#[test]
fn what_is_done_contradicts_only_what_says_otherwise() {
    together(run(backup(1, "a")), run(backup(1, "b")));
    together(run(backup(1, "a")), run(retention(1, 28)));
    together(run(switch(0, Kind::Sandbox)), run(retention(0, 28)));
    contradict(run(retention(1, 7)), run(retention(1, 28)), &[Thing::Fact(id(1), FactKey::RetentionSetting)]);
    same(run(retention(1, 28)), run_at(retention(1, 28), 5));
    // What is answered is weaker than what was done, but says the same.
    together(run(retention(1, 28)), run(answer(&[1], Answer::RetentionSetting(28))));
    contradict(
        run(retention(1, 28)),
        run(answer(&[1], Answer::RetentionSetting(7))),
        &[Thing::Fact(id(1), FactKey::RetentionSetting)],
    );
    let end = |failed| run(Command::Do(Deed::EndRestore { target: id(1), failed }));
    contradict(end(true), end(false), &[Thing::RestoreEnd(id(1))]);
    let delete = |n| run(Command::Do(Deed::Delete { environment: id(n) }));
    // The rules refuse what comes after.
    together(delete(1), run(retention(1, 28)));
    same(delete(1), delete(1));
    let forget = |n| run(Command::Forget { environments: vec![id(n)] });
    same(forget(1), forget(1));
    together(forget(1), run(backup(2, "a")));
    contradict(forget(1), run(backup(1, "a")), &[Thing::Backup(id(1), "a".into())]);
    together(run(import()), run(answer(&[1], Answer::Managed(true))));
    together(run(import()), run(import()));
}

#[test]
fn the_rest_contradicts_itself() {
    contradict(run(Command::Rename("A".into())), run(Command::Rename("B".into())), &[Thing::Name]);
    same(run(Command::Rename("A".into())), run(Command::Rename("A".into())));
    contradict(run(Command::SetCloud(None)), run(Command::SetCloud(Some(Cloud::UsGov))), &[Thing::Cloud]);
    let capacity = |mb| run(Command::SetCapacity(storage(mb, 0)));
    contradict(capacity(1), capacity(2), &[Thing::Capacity]);
    contradict(draft(1), draft(2), &[Thing::Draft]);
    contradict(draft(1), Edit::Draft(None), &[Thing::Draft]);
    let edition = |id: &str| Edit::Edition(EditionId(id.to_string()));
    contradict(edition("a"), edition("b"), &[Thing::Edition]);
    together(edition("a"), draft(1));
    together(tick(1, "a", true), tick(1, "b", true));
    contradict(tick(1, "a", true), tick(1, "a", false), &[Thing::Tick(1, "a".into())]);
    let removed = |number| Edit::RemovePlan { number };
    contradict(removed(1), tick(1, "a", true), &[Thing::Tick(1, "a".into())]);
    together(removed(2), tick(1, "a", true));
    same(removed(2), removed(2));
    let put_back = |number| Edit::PutBack { plan: Box::new(SavedPlan::new(number, some_plan(&base(false), 0, 1))) };
    contradict(put_back(1), removed(1), &[Thing::Plan(1)]);
    together(put_back(1), removed(2));
    same(put_back(1), put_back(1));
    let of_step =
        |plan| Edit::Run { command: backup(1, "a"), at: minute(1), step: Some(Step { plan, id: "a".into() }) };
    contradict(removed(1), of_step(1), &[Thing::Tick(1, "a".into())]);
    contradict(tick(1, "a", false), of_step(1), &[Thing::Tick(1, "a".into())]);
    together(tick(1, "a", true), of_step(1));
    same(Edit::TakeBack { number: 2 }, Edit::TakeBack { number: 2 });
    contradict(Edit::TakeBack { number: 2 }, Edit::Redo { number: 2 }, &[Thing::Entry(2)]);
    together(Edit::TakeBack { number: 2 }, Edit::TakeBack { number: 3 });
    let keep = || Edit::KeepPlan { plan: Box::new(some_plan(&base(false), 0, 1)), elsewhere: None };
    together(keep(), keep());
    together(Edit::PassTime, Edit::PassTime);
    contradict(Edit::MoveClock { to: minute(5) }, Edit::MoveClock { to: minute(6) }, &[Thing::Clock]);
    // What goes back in time takes back what the other tab did later.
    contradict(Edit::RewindClock { to: minute(5) }, run_at(backup(1, "a"), 6), &[Thing::Clock]);
    together(Edit::RewindClock { to: minute(5) }, run_at(backup(1, "a"), 5));
}

#[test]
fn what_contradicts_is_named() {
    let w = base(false);
    let says = |thing: Thing, expect: &str| assert_eq!(thing.says(&w), expect);
    says(Thing::Fact(id(1), FactKey::RetentionSetting), "E1: retention setting");
    says(Thing::Environment(id(9)), "whether e9 is on the list");
    says(Thing::Backup(id(4), "b0".into()), "the manual backup “b0” of E4");
    says(Thing::RestoreEnd(id(1)), "how the restore onto E1 ended");
    says(Thing::Earlier(id(1), minute(0)), "what was done to E1 at 1 Mar 2026 00:00 UTC");
    says(Thing::Plan(9), "a plan that is not here any more");
    says(Thing::Tick(1, "none".into()), &format!("“none” of the plan “{}”", w.plans[1].plan.title()));
    says(Thing::Entry(99), "something that is not in the list any more");
    says(Thing::Entry(1), "whether this is taken back: “E1: Dynamics 365 apps was answered with yes”");
}

#[test]
fn an_import_is_never_written_as_an_edit() {
    let w = base(false);
    let edit = run(import());
    assert!(edit.is_whole());
    assert!(!run(Command::Rename("A".into())).is_whole());
    let error = serde_json::to_string(&made(&w, edit, 1)).unwrap_err();
    assert!(error.to_string().contains("cannot be serialized"), "{error}");
}

#[test]
fn what_is_so_already_makes_no_edit() {
    let mut w = base(true);
    w.draft = Some(Draft { step: 1, ..Draft::default() });
    w.tick(1, "a", true, minute(0));
    let idle = |edit: Edit| edit.is_idle(&w);
    assert!(idle(draft(1)) && !idle(draft(2)) && !idle(Edit::Draft(None)));
    assert!(idle(Edit::Edition(w.edition.clone())) && !idle(Edit::Edition(EditionId("other".into()))));
    assert!(idle(tick(1, "a", true)) && !idle(tick(1, "a", false)));
    assert!(idle(tick(1, "b", false)) && !idle(tick(1, "b", true)) && !idle(tick(9, "b", false)));
    assert!(idle(Edit::RemovePlan { number: 9 }) && !idle(Edit::RemovePlan { number: 1 }));
    let put_back = |number| Edit::PutBack { plan: Box::new(SavedPlan { number, ..w.plans[0].clone() }) };
    assert!(idle(put_back(w.plans[0].number)) && !idle(put_back(9)));
    assert!(idle(Edit::StopClock) && !idle(run(Command::Rename(w.tenant.name.clone()))));
    let invented = |restore_minutes| Edit::Invent(Invented { restore_minutes, restores_fail: false });
    assert!(idle(invented(240)) && !idle(invented(9)));
    assert!(draft(1).replaces(&draft(2)) && !draft(1).replaces(&run(backup(1, "a"))));
}

#[test]
fn a_tick_of_a_plan_that_is_gone_is_refused() {
    let mut w = base(false);
    let before = w.clone();
    let says = NotMade::Because(Stays::NoPlan);
    assert_eq!(made(&w, tick(9, "a", true), 1).apply(&mut w), Err(says));
    assert_eq!(w, before);
}

#[test]
fn a_plan_is_put_back_where_it_stood() {
    let before = {
        let mut w = base(false);
        w.tick(1, "a", true, minute(0));
        w
    };
    let numbers = |w: &Workspace| w.plans.iter().map(|p| p.number).collect::<Vec<_>>();
    let (first, last) = (before.plans[1].clone(), before.plans[0].clone());
    assert_eq!((numbers(&before), first.done.len()), (vec![2, 1], 1));
    let put_back = |w: &mut Workspace, plan: SavedPlan| {
        made(w, Edit::PutBack { plan: Box::new(plan) }, 2).apply(w).unwrap().plan.unwrap()
    };
    for plan in [&first, &last] {
        let mut w = before.clone();
        made(&w, Edit::RemovePlan { number: plan.number }, 1).apply(&mut w).unwrap();
        assert_eq!(put_back(&mut w, plan.clone()), plan.number);
        assert_eq!(w, before);
        // Twice is once.
        assert_eq!(put_back(&mut w, plan.clone()), plan.number);
        assert_eq!(w, before);
    }
    // Another plan has its number, or nobody knows it: it gets a new one.
    let mut w = before.clone();
    let stranger = SavedPlan { number: 2, ..first.clone() };
    assert_eq!((put_back(&mut w, stranger), numbers(&w)), (3, vec![3, 2, 1]));
    let unknown = SavedPlan { number: 0, ..first };
    assert_eq!((put_back(&mut w, unknown.clone()), w.plans.len()), (3, 3), "the same is here");
    w.plans.retain(|p| p.plan != unknown.plan);
    assert_eq!((put_back(&mut w, unknown), w.plans[0].number, w.next_plan), (4, 4, 5));
}

#[test]
fn a_backup_that_is_recorded_again_behind_a_later_entry_keeps_its_point() {
    let mut w = base(false);
    let mine = made(&w, run_at(backup(1, "mine"), 1), 1);
    made(&w, run_at(backup(2, "theirs"), 90), 90).apply(&mut w).unwrap();
    mine.apply(&mut w).unwrap();
    let made = w.tenant.environments[1].backups.last().unwrap();
    assert_eq!((made.id.as_str(), made.point), ("mine", minute(1)));
}

#[test]
fn an_answer_that_is_given_again_behind_an_import_is_kept() {
    let mut w = base(false);
    let mine = made(&w, run_at(answer(&[2], Answer::Dynamics(true)), 1), 1);
    made(&w, run_at(import(), 90), 90).apply(&mut w).unwrap();
    mine.apply(&mut w).unwrap();
    assert_eq!(w.tenant.environments[2].dynamics.answered().map(|k| (k.value, k.since)), Some((true, minute(90))));
    // What was done before it is only history.
    let mine = made(&base(false), run_at(retention(1, 7), 2), 2);
    mine.apply(&mut w).unwrap();
    assert_eq!(w.tenant.environments[1].history.iter().map(|c| c.at).collect::<Vec<_>>(), [minute(2), minute(90)]);
}

#[test]
fn what_is_done_again_behind_a_clock_that_was_moved_on_ends_until_then() {
    let mut w = base(true);
    let request = RestoreRequest {
        source: id(0),
        target: id(1),
        point: Point::System(minute(-3000)),
        include_audit_logs: false,
        new_name: None,
        special_apps: vec![],
    };
    let start = Deed::StartRestore { request, ends: Some(minute(240)), fails: false };
    let mine = made(&w, run_at(Command::Do(start), 0), 0);
    made(&w, Edit::MoveClock { to: minute(600) }, 0).apply(&mut w).unwrap();
    mine.apply(&mut w).unwrap();
    assert_eq!(w.tenant.environments[1].running, None);
    assert!(w.tenant.environments[1].history.iter().any(|c| c.at == minute(240)));
}

#[test]
fn an_edit_tells_the_numbers_that_it_gave() {
    let mut w = base(false);
    let given = |w: &mut Workspace, edit, m| made(w, edit, m).apply(w).unwrap().given();
    let entry = |entry| Given { entry: Some(entry), plan: None };
    assert_eq!(given(&mut w, run_at(Command::Rename("A".into()), 1), 1), entry(7));
    // Recorded late, before what is there.
    assert_eq!(given(&mut w, run_at(answer(&[2], Answer::Dynamics(true)), -45), 2), entry(8));
    assert_eq!(given(&mut w, tick(1, "a", true), 3), Given::default());
    let keep = Edit::KeepPlan { plan: Box::new(some_plan(&w, 0, 1)), elsewhere: None };
    assert_eq!(given(&mut w, keep, 4), Given { entry: None, plan: Some(3) });
    assert_eq!(given(&mut w, Edit::TakeBack { number: 7 }, 5), Given::default());
    assert_eq!(given(&mut w, Edit::Redo { number: 7 }, 6), entry(7));
    let again = made(&w, Edit::Redo { number: 7 }, 7).apply(&mut w);
    assert_eq!(again, Err(NotMade::Because(Stays::DoneAgain)));
}

fn deed() -> impl Strategy<Value = Deed> {
    let env = || (0usize..6).prop_map(id);
    let restore = (env(), env(), 0i64..9000, prop::option::of(0i64..900), any::<bool>());
    prop_oneof![
        4 => (env(), 0u32..9999).prop_map(|(environment, n)| Deed::CreateManualBackup {
            environment, id: format!("b{n}"), label: format!("L{n}"), point: None
        }),
        1 => env().prop_map(|environment| Deed::DeleteManualBackup { environment, backup: "b0".into() }),
        3 => (env(), select(vec![7u32, 14, 28])).prop_map(|(environment, days)| Deed::Set { environment, setting: Setting::Retention(days) }),
        3 => (env(), select(vec![Kind::Sandbox, Kind::Production])).prop_map(|(environment, to)| Deed::Set { environment, setting: Setting::Kind(to) }),
        3 => restore.prop_map(|(source, target, back, ends, fails)| Deed::StartRestore {
            request: RestoreRequest {
                source,
                target,
                point: Point::System(minute(-back)),
                include_audit_logs: false,
                new_name: None,
                special_apps: vec![],
            },
            ends: ends.map(minute),
            fails,
        }),
        2 => (env(), any::<bool>()).prop_map(|(target, failed)| Deed::EndRestore { target, failed }),
        1 => (env(), any::<bool>()).prop_map(|(environment, on)| Deed::Set { environment, setting: Setting::AdministrationMode(on) }),
        1 => (env(), any::<bool>()).prop_map(|(environment, managed)| Deed::Set { environment, setting: Setting::Managed(managed) }),
        1 => env().prop_map(|environment| Deed::Set { environment, setting: Setting::Key(Key::Customer(None)) }),
        1 => (6usize..8).prop_map(|n| Deed::Create(NewEnvironment {
            id: id(n), name: format!("E{n}"), kind: Kind::Sandbox, region: Some(Region::new("europe")), dataverse: Some(true),
            dynamics: Some(false), managed: Some(true), key: Some(Key::Microsoft), policies: None,
        })),
        1 => env().prop_map(|environment| Deed::Delete { environment }),
        1 => env().prop_map(|environment| Deed::Recover { environment }),
    ]
}

fn said() -> impl Strategy<Value = Command> {
    let envs = || prop::collection::vec(0usize..6, 1..3);
    prop_oneof![
        (envs(), any::<bool>()).prop_map(|(envs, yes)| answer(&envs, Answer::Dynamics(yes))),
        (envs(), any::<bool>()).prop_map(|(envs, yes)| answer(&envs, Answer::Managed(yes))),
        (envs(), select(vec![7u32, 28])).prop_map(|(envs, days)| answer(&envs, Answer::RetentionSetting(days))),
        envs().prop_map(|envs| Command::ForgetAnswer {
            environments: envs.into_iter().map(id).collect(),
            fact: FactKey::Dynamics
        }),
        (0i32..999).prop_map(|mb| Command::SetCapacity(storage(9_999, mb))),
        select(vec![None, Some(Cloud::UsGov), Some(Cloud::Public)]).prop_map(Command::SetCloud),
        (0usize..6).prop_map(|n| Command::Forget { environments: vec![id(n)] }),
        "[A-C]{0,2}".prop_map(Command::Rename),
    ]
}

/// What to do; numbers of entries and plans are counted back from the newest of the tab, so that also its own are meant.
#[derive(Clone, Debug)]
enum Act {
    Run(Command, Option<(u32, String)>),
    Late(Command, i64),
    TakeBack(u32),
    Redo,
    Keep(usize, usize),
    Tick(u32, String, bool),
    Remove(u32),
    PutBack(u32),
    Draft(u8),
    Edition(usize),
    Pass,
    Move(i64),
    Rewind(i64),
    Invent(u32),
}

fn act() -> impl Strategy<Value = Act> {
    let command = || prop_oneof![2 => deed().prop_map(Command::Do), 1 => said()];
    let step = || (0u32..3, "[a-c]");
    prop_oneof![
        8 => (command(), prop::option::weighted(0.2, step())).prop_map(|(c, s)| Act::Run(c, s)),
        2 => (command(), 0i64..70).prop_map(|(c, late)| Act::Late(c, late)),
        3 => (0u32..7).prop_map(Act::TakeBack),
        1 => Just(Act::Redo),
        1 => (0usize..6, 0usize..6).prop_map(|(s, t)| Act::Keep(s, t)),
        3 => (step(), any::<bool>()).prop_map(|((plan, id), done)| Act::Tick(plan, id, done)),
        1 => (0u32..3).prop_map(Act::Remove),
        1 => (1u32..5).prop_map(Act::PutBack),
        1 => (0u8..3).prop_map(Act::Draft),
        1 => (0usize..EDITIONS.len()).prop_map(Act::Edition),
        1 => Just(Act::Pass),
        1 => (0i64..500).prop_map(Act::Move),
        1 => (0i64..100).prop_map(Act::Rewind),
        1 => (1u32..9).prop_map(Act::Invent),
    ]
}

/// What an act amounts to for whoever looks at `w`, at this minute of the real clock.
fn edit(act: &Act, w: &Workspace, m: i64) -> Option<Edit> {
    let now = w.now(minute(m));
    let number = |back: &u32| w.plans.iter().map(|p| p.number).max().unwrap_or(0).saturating_sub(*back);
    Some(match act.clone() {
        Act::Run(command, step) => {
            let step = step.map(|(back, id)| Step { plan: number(&back), id });
            Edit::Run { command, at: w.present(now), step }
        }
        Act::Late(command, late) => Edit::Run { command, at: now - TimeDelta::minutes(late), step: None },
        Act::TakeBack(back) => {
            Edit::TakeBack { number: w.log.entries.iter().map(|e| e.number).max()?.saturating_sub(back) }
        }
        Act::Redo => Edit::Redo { number: w.log.redoable().ok()?.number },
        Act::Keep(source, target) => {
            let made = plan(edition(), &w.tenant, &purpose(source, target), now).ok()?;
            Edit::KeepPlan { plan: Box::new(made), elsewhere: None }
        }
        Act::Tick(back, id, done) => Edit::Tick { plan: number(&back), id, done },
        Act::Remove(back) => Edit::RemovePlan { number: number(&back) },
        Act::PutBack(number) => {
            let plan = plan(edition(), &w.tenant, &purpose(0, 1), now).ok()?;
            Edit::PutBack { plan: Box::new(SavedPlan::new(number, plan)) }
        }
        Act::Draft(step) => draft(step),
        Act::Edition(n) => Edit::Edition(EDITIONS[n].id()),
        Act::Pass => Edit::PassTime,
        Act::Move(on) => Edit::MoveClock { to: now + TimeDelta::minutes(on) },
        Act::Rewind(back) => Edit::RewindClock { to: now - TimeDelta::minutes(back) },
        Act::Invent(restore_minutes) => Edit::Invent(Invented { restore_minutes, restores_fail: false }),
    })
}

/// A tab does what can be done of these, from `base` on; `offset` tells its minutes from those of the other tab.
fn tab(base: &Workspace, acts: &[Act], offset: i64) -> (Vec<(Made, Given)>, Workspace) {
    let mut w = base.clone();
    let mut all = Vec::new();
    for (n, act) in acts.iter().enumerate() {
        let m = 7 * i64::try_from(n).unwrap() + offset;
        let Some(edit) = edit(act, &w, m).filter(|e| !e.is_idle(&w)) else { continue };
        let made = made(&w, edit, m);
        let before = w.clone();
        match made.apply(&mut w) {
            Ok(done) => all.push((made, done.given())),
            Err(_) => assert_eq!(w, before, "a refused edit changed something: {made:?}"),
        }
    }
    (all, w)
}

/// Makes the edits of a tab again on another state. `None`: one was refused.
fn again(w: &mut Workspace, edits: &[(Made, Given)]) -> Option<()> {
    let mut numbers = Numbers::default();
    for (made, gave) in edits {
        let mut made = made.clone();
        made.edit.renumbered(&numbers);
        let done = made.apply(w).ok()?;
        numbers.learn(*gave, done.given());
    }
    Some(())
}

/// What the edits of a tab touch. Numbers that it gave itself must not look as if both tabs knew them: they are moved by `aside`.
fn touched(edits: &[(Made, Given)], aside: u32) -> Vec<Touched> {
    let mut numbers = Numbers::default();
    let mut one = |(made, gave): &(Made, Given)| {
        let mut edit = made.edit.clone();
        edit.renumbered(&numbers);
        let moved = |n: Option<u32>| n.map(|n| n + aside);
        if !matches!(edit, Edit::Redo { .. }) {
            numbers.learn(*gave, Given { entry: moved(gave.entry), plan: moved(gave.plan) });
        }
        edit.touched()
    };
    edits.iter().map(&mut one).collect()
}

/// What must be the same, without numbers.
fn without_numbers(w: &Workspace) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut plans: Vec<String> = w.plans.iter().map(|p| format!("{:?} {:?}", p.done, p.plan.title())).collect();
    plans.sort();
    let mut log: Vec<String> =
        w.log.entries.iter().filter(|e| !e.by_itself).map(|e| format!("{} {:?}", e.at, e.command)).collect();
    log.sort();
    (w.tenant.clone(), plans, log, w.draft.clone(), w.edition.clone(), w.clock.clone())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn an_edit_that_is_written_and_made_again_gives_the_same(acts in prop::collection::vec(act(), 1..7), clock: bool) {
        let base = base(clock);
        let (edits, after) = tab(&base, &acts, 1);
        let mut twice = base.clone();
        for (made, gave) in &edits {
            let text = serde_json::to_string(made).unwrap();
            let read: Made = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read, made, "{}", text);
            prop_assert_eq!(&read.apply(&mut twice).map(|d| d.given()), &Ok(*gave));
        }
        prop_assert_eq!(twice, after);
    }

    #[test]
    fn edits_that_do_not_contradict_end_in_the_same_in_any_order(
        mine in prop::collection::vec(act(), 1..4), theirs in prop::collection::vec(act(), 1..4), clock: bool,
    ) {
        let base = base(clock);
        let (mine, mut mine_first) = tab(&base, &mine, 1);
        let (theirs, mut theirs_first) = tab(&base, &theirs, 2);
        let apart = touched(&mine, 1000)
            .iter()
            .all(|a| touched(&theirs, 2000).iter().all(|b| a.meets(b) == Meeting::Together));
        // A clock that stands still gives many things one instant: then they are in the order in which they were done.
        let at = |edits: &[(Made, Given)]| edits.iter().filter_map(|(m, _)| match &m.edit {
            Edit::Run { at, .. } => Some(*at),
            _ => None,
        }).collect::<Vec<_>>();
        let (at_mine, at_theirs) = (at(&mine), at(&theirs));
        let apart = apart && at_mine.iter().all(|at| !at_theirs.contains(at));
        // What is refused behind the other waits for a person; then the order decides who waits.
        if apart && again(&mut mine_first, &theirs).is_some() && again(&mut theirs_first, &mine).is_some() {
            prop_assert_eq!(without_numbers(&mine_first), without_numbers(&theirs_first), "{:#?} and {:#?}", mine, theirs);
        }
    }
}
