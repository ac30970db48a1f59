//! The clock that is moved by hand, and what follows it: restores that end, ticks of plans, taking back.

use crate::planned::plan;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::command::{Cause, Command, Stays, TimeOf};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::environment::{Environment, EnvironmentId, Key, Kind, Region, RuntimeState};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::life::Deed;
use restore_desk::domain::plan::{Action, Given, Purpose, command_for};
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::words::Say;
use restore_desk::workspace::clock::{Clock, Invented};
use restore_desk::workspace::log::Step;
use restore_desk::workspace::{SavedPlan, Workspace};

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 7, 0, 0).single().expect("a time")
}

fn after(hours: i64) -> DateTime<Utc> {
    start() + TimeDelta::hours(hours)
}

fn edition() -> &'static Edition {
    Edition::default_edition()
}

fn id() -> EnvironmentId {
    EnvironmentId::new("sales")
}

/// A tenant of one Production environment, with a clock that stands at [`start`].
fn rehearsal() -> Workspace {
    fn fact<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Import(1), start())
    }
    let mut env = Environment::new("sales");
    env.name = "Sales".into();
    env.kind = fact(Kind::Production);
    env.region = fact(Region::new("europe"));
    env.dataverse = fact(true);
    env.dynamics = fact(true);
    env.managed = fact(true);
    env.key = fact(Key::Microsoft);
    env.created = fact(start() - TimeDelta::days(400));
    env.state = fact(RuntimeState::Enabled);
    let mut workspace = Workspace { clock: Some(Clock::at(start())), ..Workspace::default() };
    workspace.tenant.environments.push(env);
    workspace
}

/// Does it at the shown time.
fn run(w: &mut Workspace, deed: Deed) {
    let now = w.now(start());
    w.run(edition(), Command::Do(deed), now, now, None).expect("is allowed");
}

fn switch(to: Kind) -> Deed {
    Deed::Set { environment: id(), setting: Setting::Kind(to) }
}

fn kind(w: &Workspace) -> Kind {
    w.tenant.environments[0].kind.get().cloned().expect("known")
}

fn onto_itself() -> RestoreRequest {
    RestoreRequest {
        source: id(),
        target: id(),
        point: Point::System(after(-24)),
        include_audit_logs: false,
        new_name: None,
        special_apps: Vec::new(),
    }
}

fn restore_onto_itself(ends: Option<DateTime<Utc>>, fails: bool) -> Deed {
    Deed::StartRestore { request: onto_itself(), ends, fails }
}

/// Moves the clock to so many hours after the start; what it says where it is refused.
#[track_caller]
fn check_move(w: &mut Workspace, hours: i64, expect: Result<(), &str>) {
    let before = w.clone();
    match (w.move_clock(edition(), after(hours), start()), expect) {
        (Ok(_), Ok(())) => assert_eq!(w.now(start()), after(hours)),
        (Err(why), Err(part)) => {
            let why = why.says().to_string();
            assert!(why.contains(part), "{why}");
            assert_eq!(*w, before, "a refused move changes nothing");
        }
        (got, expect) => panic!("{got:?}, expected {expect:?}"),
    }
}

#[test]
fn the_clock_goes_both_ways_while_nothing_is_recorded_later() {
    let mut w = rehearsal();
    check_move(&mut w, 24, Ok(()));
    check_move(&mut w, 0, Ok(()));
    check_move(&mut w, -1, Err("before the rehearsal began, 24 Nov 2026 07:00 UTC"));
    check_move(&mut w, 24 * 3_660 + 1, Err("ten years"));
    check_move(&mut w, 24 * 3_660, Ok(()));
    check_move(&mut w, 1, Ok(()));
    run(&mut w, switch(Kind::Sandbox));
    check_move(&mut w, 1, Ok(()));
    check_move(&mut w, 0, Err("Sales was switched from Production to Sandbox"));
}

#[test]
fn rewinding_takes_back_what_was_done_later() {
    let mut w = rehearsal();
    check_move(&mut w, 1, Ok(()));
    run(&mut w, switch(Kind::Sandbox));
    check_move(&mut w, 3, Ok(()));
    run(&mut w, switch(Kind::Production));
    w.rewind_clock(edition(), after(2), start()).expect("goes back");
    assert_eq!((kind(&w), w.now(start())), (Kind::Sandbox, after(2)));
    w.rewind_clock(edition(), after(0), start()).expect("goes back");
    assert_eq!((kind(&w), w.log.entries.len()), (Kind::Production, 0));
    assert_eq!(w.tenant, rehearsal().tenant);
}

#[test]
fn a_workspace_without_a_clock_shows_the_real_time() {
    let w = Workspace::default();
    assert_eq!(w.now(after(5)), after(5));
}

#[test]
fn a_restore_ends_when_the_clock_passes_its_end() {
    for (fails, state) in [(false, RuntimeState::AdminMode), (true, RuntimeState::Enabled)] {
        let mut w = rehearsal();
        run(&mut w, switch(Kind::Sandbox));
        let ends = Invented { restore_minutes: 90, restores_fail: fails }.ends(w.now(start()));
        run(&mut w, restore_onto_itself(Some(ends), fails));
        assert!(!w.is_due(Edition::default_edition(), after(1)) && w.is_due(Edition::default_edition(), after(2)));
        let passed = w.move_clock(edition(), after(1), start()).expect("moves");
        assert_eq!(passed.events, []);
        let passed = w.move_clock(edition(), after(48), start()).expect("moves");
        assert_eq!(passed.events.len(), 1, "{passed:?}");
        assert!(passed.came_true.iter().any(|u| u.at == ends), "{:?}", passed.came_true);
        let env = &w.tenant.environments[0];
        assert_eq!((env.state.get(), &env.running), (Some(&state), &None));
        assert_eq!(env.failed_restore, fails.then_some(ends));
        // Back to while it ran: it runs again.
        check_move(&mut w, 1, Err("Take it back first"));
        w.rewind_clock(edition(), after(1), start()).expect("goes back");
        assert!(w.tenant.environments[0].running.is_some());
    }
}

#[test]
fn nothing_is_recorded_for_the_future() {
    let mut w = rehearsal();
    let refusal = w.run(edition(), Command::Do(switch(Kind::Sandbox)), after(1), start(), None).expect_err("refused");
    assert!(matches!(refusal.cause, Cause::Future(_, TimeOf::Record)), "{refusal:?}");
    assert_eq!(w, rehearsal());
}

#[test]
fn what_was_taken_back_is_done_again_at_its_time_only() {
    let mut w = rehearsal();
    check_move(&mut w, 2, Ok(()));
    run(&mut w, switch(Kind::Sandbox));
    assert_eq!(w.undo(edition()), Ok("Sales was switched from Production to Sandbox".into()));
    check_move(&mut w, 1, Ok(()));
    assert_eq!(w.redo(edition(), after(1)), Err(Stays::NotYet));
    assert_eq!(w.redo(edition(), after(2)), Ok("Sales was switched from Production to Sandbox".into()));
    assert_eq!(kind(&w), Kind::Sandbox);
    assert!(w.redo(edition(), after(2)).is_err());
}

#[test]
fn the_ticks_of_a_plan_follow_the_log() {
    let mut w = rehearsal();
    let Deed::StartRestore { request, .. } = restore_onto_itself(None, false) else { unreachable!() };
    let made = plan(edition(), &w.tenant, &Purpose::RestoreToProduction(request), start()).expect("can be planned");
    let to_sandbox = made.steps.iter().find(|s| s.id == "switch-to-sandbox").expect("a step").clone();
    w.plans.push(SavedPlan::new(7, made.clone()));
    let command =
        command_for(edition(), &w.tenant, &made, &to_sandbox, &Given::default()).expect("stands for a command");
    let step = Step { plan: 7, id: to_sandbox.id.clone() };
    w.run(edition(), command, start(), start(), Some(step)).expect("is allowed");
    let ticked = |w: &Workspace| w.plans[0].done.get("switch-to-sandbox").copied();
    assert_eq!((ticked(&w), kind(&w)), (Some(start()), Kind::Sandbox));
    w.undo(edition()).expect("is taken back");
    assert_eq!((ticked(&w), kind(&w)), (None, Kind::Production));
    w.redo(edition(), start()).expect("is done again");
    assert_eq!(ticked(&w), Some(start()));
    let why = w.rewind_clock(edition(), after(-1), start()).expect_err("is refused");
    assert_eq!(why, Stays::BeforeRehearsal(start()));
    assert_eq!(ticked(&w), Some(start()), "what is refused changes nothing");
}

#[test]
fn a_restore_finds_the_plan_with_its_checklist() {
    let mut w = rehearsal();
    let Deed::StartRestore { request, .. } = restore_onto_itself(None, false) else { unreachable!() };
    let made = plan(edition(), &w.tenant, &Purpose::RestoreToProduction(request), start()).expect("can be planned");
    for number in [1, 2] {
        w.plans.push(SavedPlan::new(number, made.clone()));
    }
    assert_eq!(w.plan_of_restore(&id()), None);
    w.plans[0].done.insert("restore".into(), after(1));
    assert_eq!(w.plan_of_restore(&id()), Some(1));
    w.plans[1].done.insert("restore".into(), after(2));
    assert_eq!(w.plan_of_restore(&id()), Some(2));
    assert_eq!(w.plan_of_restore(&EnvironmentId::new("other")), None);
}

#[test]
fn taking_a_restore_back_takes_back_what_was_ticked_after_it() {
    let mut w = rehearsal();
    run(&mut w, switch(Kind::Sandbox));
    let made = plan(edition(), &w.tenant, &Purpose::Restore(onto_itself()), start()).expect("can be planned");
    let restore = made.steps.iter().find(|s| matches!(s.action, Action::Restore(_))).expect("a step").clone();
    let (first, last) = (made.steps[0].id.clone(), made.steps.last().expect("a step").id.clone());
    let left = made.afterwards[0].id.clone();
    w.plans.push(SavedPlan::new(3, made));
    let step = Step { plan: 3, id: restore.id.clone() };
    w.run(edition(), Command::Do(restore_onto_itself(None, false)), start(), start(), Some(step)).expect("is allowed");
    for id in [&first, &last, &left] {
        w.plans[0].done.insert(id.clone(), start());
    }
    w.undo(edition()).expect("is taken back");
    assert_eq!(w.plans[0].done.keys().collect::<Vec<_>>(), [&first], "what came before it is still so");
}

#[test]
fn two_clocks_that_differ_a_little_hinder_nobody() {
    let mut w = rehearsal();
    run(&mut w, switch(Kind::Sandbox));
    let behind = start() - TimeDelta::minutes(2);
    let name = Command::Rename("Contoso".into());
    w.run(edition(), name, behind, behind, None).expect("is allowed");
    assert_eq!(w.log.entries.last().map(|e| e.at), Some(start()));
}

#[test]
fn an_invented_restore_never_outlasts_the_calendar() {
    let endless = Invented { restore_minutes: u32::MAX, restores_fail: false };
    assert_eq!(endless.ends(start()), start() + TimeDelta::weeks(2));
    assert_eq!(endless.ends(DateTime::<Utc>::MAX_UTC), DateTime::<Utc>::MAX_UTC);
}

#[test]
fn taking_back_what_is_no_restore_takes_back_its_own_tick_alone() {
    let mut w = rehearsal();
    let made = plan(edition(), &w.tenant, &Purpose::RestoreToProduction(onto_itself()), start()).expect("a plan");
    let mut ticked: Vec<String> = made.steps.iter().map(|s| s.id.clone()).collect();
    ticked.extend(made.afterwards.iter().map(|i| i.id.clone()));
    ticked.sort();
    let switch_it = made.steps.iter().position(|s| s.id == "switch-to-sandbox").expect("a step");
    let restore = made.steps.iter().position(|s| matches!(s.action, Action::Restore(_))).expect("a step");
    assert!(switch_it < restore);
    w.plans.push(SavedPlan::new(3, made));
    let step = Step { plan: 3, id: "switch-to-sandbox".into() };
    w.run(edition(), Command::Do(switch(Kind::Sandbox)), start(), start(), Some(step)).expect("is allowed");
    for id in &ticked {
        w.plans[0].done.insert(id.clone(), start());
    }
    w.undo(edition()).expect("is taken back");
    ticked.retain(|id| id != "switch-to-sandbox");
    assert_eq!(w.plans[0].done.keys().cloned().collect::<Vec<_>>(), ticked);
}
