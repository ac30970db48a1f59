//! Plans drive the tenant: the command that each step stands for, and what of a plan is no longer true.

use crate::restore_support;
use restore_desk::domain::moment::Moment;

use crate::planned::plan;
use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::command::{Command, apply};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Activity, Kind, Operation, RuntimeState};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::life::Deed;
use restore_desk::domain::plan::{Given, Plan, Purpose, command_for, needs_new_environment, plan_changed};
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::tenant::Tenant;
use restore_desk::domain::what_if::{WhatIf, what_if};
use restore_desk::workspace::log::{Log, Step};
use restore_support::*;

fn later(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

fn ordinary() -> Purpose {
    Purpose::Restore(request(PROD, BOX, hours_ago(30)))
}
fn to_production() -> Purpose {
    Purpose::RestoreToProduction(request(PROD, PROD, hours_ago(30)))
}
fn beside() -> Purpose {
    Purpose::BulkDeletion {
        source: id(PROD),
        point: Point::System(hours_ago(30)),
        include_audit_logs: false,
        special_apps: vec![],
    }
}

fn given() -> Given {
    Given { new_id: "made".into(), new_environment: Some(id("new-one")), ends: None, fails: false }
}

/// The steps of a plan that record something, in order, each in a word.
#[track_caller]
fn check_commands(tenant: &Tenant, plan: &Plan, expect: &[&str]) {
    let mut said = Vec::new();
    for step in &plan.steps {
        let Some(Command::Do(deed)) = command_for(seed(), tenant, plan, step, &given()) else { continue };
        let what = match deed {
            Deed::CreateManualBackup { id, label, .. } => format!("backup {id} {label}"),
            Deed::Set { setting: Setting::Retention(days), .. } => format!("retention {days}"),
            Deed::Set { setting: Setting::Kind(to), .. } => format!("switch {to}"),
            Deed::StartRestore { request, .. } => {
                format!("restore {} onto {} {:?}", request.source, request.target, request.point)
            }
            Deed::EndRestore { failed, .. } => format!("ended failed={failed}"),
            Deed::Set { setting: Setting::AdministrationMode(on), .. } => format!("admin mode {on}"),
            Deed::Set { setting: Setting::Managed(managed), .. } => format!("managed {managed}"),
            Deed::Create(new) => format!("create {} {} {}", new.id, new.kind, new.name),
            other => format!("{other:?}"),
        };
        said.push(format!("{}: {what}", step.id));
    }
    let shortened: Vec<String> = said.iter().map(|s| s.replace(PROD, "PROD").replace(BOX, "BOX")).collect();
    assert_eq!(shortened, expect);
}

#[test]
fn what_the_steps_of_an_ordinary_restore_stand_for() {
    let plan = plan(seed(), &tenant(), &ordinary(), now()).unwrap();
    check_commands(
        &tenant(),
        &plan,
        &[
            "back-up-target: backup made Before restore, plan of 2026-03-12 1200 UTC",
            "restore: restore PROD onto BOX System(2026-03-11T06:00:00Z)",
            "leave-admin-mode: admin mode false",
        ],
    );
}

#[test]
fn what_the_steps_of_a_restore_to_production_stand_for() {
    let plan = plan(seed(), &tenant(), &to_production(), now()).unwrap();
    check_commands(
        &tenant(),
        &plan,
        &[
            "back-up-target: backup made Before restore, plan of 2026-03-12 1200 UTC",
            "switch-to-sandbox: switch Sandbox",
            "restore: restore PROD onto PROD System(2026-03-11T06:00:00Z)",
            // The way back is only a change once the way there has been gone.
            "leave-admin-mode: admin mode false",
        ],
    );
}

#[test]
fn what_the_steps_beside_the_original_stand_for() {
    let plan = plan(seed(), &tenant(), &beside(), now()).unwrap();
    check_commands(
        &tenant(),
        &plan,
        &[
            "create-environment: create new-one Sandbox Contoso Sales recovered 11 Mar 2026",
            "restore: restore PROD onto new-one System(2026-03-11T06:00:00Z)",
        ],
    );
    let create = plan.steps.iter().find(|s| needs_new_environment(s)).expect("one creates it");
    assert_eq!(command_for(seed(), &tenant(), &plan, create, &Given::default()), None, "its id is not known yet");
    let restore = plan.steps.iter().find(|s| s.id == "restore").unwrap();
    assert_eq!(command_for(seed(), &tenant(), &plan, restore, &Given::default()), None);
}

#[test]
fn what_the_plan_made_holds_nothing_to_lose_and_is_deleted_at_its_end() {
    let plan = plan(seed(), &tenant(), &beside(), now()).unwrap();
    let step = |id: &str| plan.steps.iter().find(|s| s.id == id).unwrap();
    let command = |tenant: &Tenant, id: &str| command_for(seed(), tenant, &plan, step(id), &given());
    assert_eq!(command(&tenant(), "clean-up"), None, "it was never made");
    let create = command(&tenant(), "create-environment").unwrap();
    let (with, _) = apply(seed(), &tenant(), create, now()).unwrap();
    let Some(Command::Do(restore)) = command(&with, "restore") else { panic!("a restore") };
    let all = what_if(Moment::new(seed(), &with, later(10)), &restore).unwrap();
    let mut shown = all.clone();
    plan.without_losses_of_new(&mut shown);
    let rules = |shown: &WhatIf| -> Vec<RuleId> {
        shown.environments.iter().flat_map(|e| &e.says).flat_map(|s| s.rules.clone()).collect()
    };
    let own = [RuleId::R3, RuleId::R23, RuleId::R10];
    assert!(own.iter().all(|rule| rules(&all).contains(rule)), "{:?}", rules(&all));
    assert!(!own.iter().any(|rule| rules(&shown).contains(rule)), "{:?}", rules(&shown));
    assert!(rules(&shown).contains(&RuleId::R27), "who may enter sees the data there too");
    assert!(!step("restore").destructive && step("clean-up").destructive);
    assert_eq!(command(&with, "clean-up"), Some(Command::Do(Deed::Delete { environment: id("new-one") })));
}

#[test]
fn a_manual_backup_is_restored_as_such() {
    let t = edit(PROD, |e| e.backups = vec![backup("b1", "Release", days_ago(2))]);
    let request = RestoreRequest { point: Point::Manual("b1".into()), ..request(PROD, BOX, now()) };
    let plan = plan(seed(), &t, &Purpose::Restore(request), now()).unwrap();
    let restore = plan.steps.iter().find(|s| s.id == "restore").unwrap();
    let Some(Command::Do(Deed::StartRestore { request, .. })) = command_for(seed(), &t, &plan, restore, &given())
    else {
        panic!("a restore");
    };
    assert_eq!(request.point, Point::Manual("b1".into()));
}

/// Ticks every step at its time, through the log, and looks at the plan before each.
#[track_caller]
fn carry_out(edition: &'static Edition, tenant: &Tenant, purpose: &Purpose) -> (Tenant, Log, Plan) {
    let plan = plan(edition, tenant, purpose, now()).unwrap();
    let (mut tenant, mut log) = (tenant.clone(), Log::default());
    let mut done: Vec<String> = Vec::new();
    for (i, step) in plan.steps.iter().enumerate() {
        let at = later(20 * i as i64);
        let problems = plan_changed(Moment::new(edition, &tenant, at), &plan, |id| done.iter().any(|d| d == id));
        assert!(problems.is_empty(), "before {}: {problems:#?}", step.id);
        if let Some(command) = command_for(edition, &tenant, &plan, step, &given()) {
            let which = Step { plan: 1, id: step.id.clone() };
            match log.record(edition, &tenant, command, at, at, Some(which)) {
                Ok((after, _)) => tenant = after,
                Err(refusal) => panic!("{} is refused: {refusal:?}", step.id),
            }
        }
        done.push(step.id.clone());
    }
    assert!(
        plan_changed(Moment::new(edition, &tenant, later(1000)), &plan, |id| done.iter().any(|d| d == id)).is_empty()
    );
    (tenant, log, plan)
}

#[test]
fn every_plan_is_carried_out_to_its_end_without_a_word() {
    for edition in EDITIONS {
        let (t, log, plan) = carry_out(edition, &tenant(), &ordinary());
        let target = t.get(&id(BOX)).unwrap();
        assert_eq!((target.state.get(), target.activity.as_ref()), (Some(&RuntimeState::Enabled), None));
        assert!(
            log.of_step(1, "watch").is_some(),
            "the end of the restore was recorded with the step that waits for it"
        );
        assert!(target.history.iter().any(|c| matches!(c.what, Changed::Restored { .. })));
        // Unticking takes it all back, last first.
        let (mut back, mut log) = (t, log);
        for step in plan.steps.iter().rev() {
            if let Some(entry) = log.of_step(1, &step.id) {
                let number = entry.number;
                back = log.take_back(edition, &back, number).unwrap();
            }
        }
        assert_eq!(back, tenant());

        let (t, _, _) = carry_out(edition, &tenant(), &to_production());
        let target = t.get(&id(PROD)).unwrap();
        assert_eq!((target.kind.get(), target.state.get()), (Some(&Kind::Production), Some(&RuntimeState::Enabled)));
        let kinds = target.history.iter().filter(|c| matches!(c.what, Changed::Kind { .. })).count();
        assert_eq!(kinds, 2);

        let (t, log, _) = carry_out(edition, &tenant(), &beside());
        assert_eq!(log.environment_made_by(1), Some(&id("new-one")));
        assert!(t.get(&id("new-one")).unwrap().deleted.is_some(), "the last step deletes it");
        assert!(t.get(&id("new-one")).unwrap().history.iter().any(|c| matches!(c.what, Changed::Restored { .. })));
    }
}

// ---- what is no longer true ----

/// `restore Stop T2`, one for each problem.
#[track_caller]
fn check_changed(purpose: &Purpose, done: &[&str], change: impl FnOnce(&mut Tenant), expect: &[(&str, &str)]) {
    let made = plan(seed(), &tenant(), purpose, now()).unwrap();
    check_plan(&made, done, &with(change), later(60), expect);
}

#[track_caller]
fn check_plan(plan: &Plan, done: &[&str], tenant: &Tenant, at: DateTime<Utc>, expect: &[(&str, &str)]) {
    let problems = plan_changed(Moment::new(seed(), tenant, at), plan, |id| done.contains(&id));
    let shown: Vec<(String, String)> = problems
        .iter()
        .map(|p| {
            let rules: Vec<String> = p.said.rules.iter().map(ToString::to_string).collect();
            let step = p.step.as_deref().unwrap_or("plan");
            (format!("{step} {:?} {}", p.weight, rules.join(" ")).trim().to_string(), p.says().to_string())
        })
        .collect();
    assert_eq!(shown.len(), expect.len(), "{problems:#?}");
    for ((what, says), (wanted, part)) in shown.iter().zip(expect) {
        assert!(what == wanted && says.contains(part), "{what}: {says}\nis not {wanted}: {part}");
    }
}

fn change(t: &mut Tenant, raw: &str, f: impl FnOnce(&mut restore_desk::domain::environment::Environment)) {
    f(t.get_mut(&id(raw)).unwrap());
}

fn recorded<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Recorded, later(30))
}

#[test]
fn nothing_has_changed() {
    for purpose in [ordinary(), to_production(), beside()] {
        check_changed(&purpose, &[], |_| (), &[]);
    }
}

/// Of two cautions of one rule, a plan that has one says nothing of the other.
#[test]
fn a_caution_that_the_plan_has_not_is_told_whatever_else_its_rule_says_there() {
    for purpose in [ordinary(), to_production(), beside()] {
        let made = plan(seed(), &tenant(), &purpose, now()).unwrap();
        for left_out in &made.cautions {
            let rule = left_out.rules.first();
            let said = made.cautions.iter().filter(|item| item.rules.first() == rule).count();
            let others = made.cautions.iter().filter(|item| *item != left_out).cloned().collect();
            let less = Plan { cautions: others, ..made.clone() };
            let told = plan_changed(Moment::new(seed(), &tenant(), now()), &less, |_| false);
            assert!(told.iter().all(|p| p.said.rules.first() == rule), "{told:#?}");
            assert_eq!(told.len(), said, "{left_out:#?}\n{told:#?}");
        }
    }
}

/// A point that was sure when the plan was made, under rules of which another caution of the plan speaks too.
#[test]
fn a_doubt_about_the_point_is_told_unless_a_step_looks_for_it() {
    let purpose = Purpose::Restore(request(PROD, BOX, days_ago(20)));
    let told = |t: &mut Tenant| change(t, PROD, |e| e.dynamics = Fact::unknown());
    check_changed(&purpose, &[], told, &[("restore Caution K1", "may already be gone")]);
    let unsure = plan(seed(), &with(told), &purpose, now()).unwrap();
    assert!(unsure.steps.iter().any(|s| s.id == "see-point"));
    check_plan(&unsure, &[], &with(told), later(60), &[]);
}

/// That the window would be shorter under the newest rules is no warning of a point, and stands for none.
#[test]
fn a_point_that_the_newest_rules_no_longer_keep_is_told_once_it_is_so() {
    let purpose = Purpose::Restore(request(PROD, BOX, days_ago(6)));
    let made = plan(seed(), &tenant(), &purpose, now()).unwrap();
    check_plan(&made, &[], &tenant(), later(60), &[]);
    check_plan(&made, &[], &tenant(), later(2 * 24 * 60), &[("restore Caution K1", "would be gone")]);
}

#[test]
fn facts_that_changed() {
    check_changed(
        &ordinary(),
        &[],
        |t| change(t, BOX, |e| e.managed = recorded(true)),
        &[("restore Stop T4", "“Contoso Test” is managed")],
    );
    check_changed(
        &ordinary(),
        &[],
        |t| change(t, BOX, |e| e.kind = recorded(Kind::Production)),
        &[("restore Stop T1", "")],
    );
    check_changed(&ordinary(), &[], |t| change(t, BOX, |e| e.managed = Fact::unknown()), &[("restore Ask T4", "")]);
    check_changed(
        &ordinary(),
        &[],
        |t| t.capacity = Fact::unknown(),
        &[("restore Caution T7", "capacity of the tenant is not known")],
    );
    check_changed(
        &to_production(),
        &[],
        |t| change(t, PROD, |e| e.kind = recorded(Kind::Sandbox)),
        &[
            ("switch-to-sandbox Caution K6", "is a Sandbox environment already"),
            ("restore Stop R16", "no Production environment but Sandbox"),
        ],
    );
    check_changed(
        &to_production(),
        &[],
        |t| change(t, PROD, |e| e.kind = recorded(Kind::Developer)),
        &[
            ("back-up-target Caution M1", "not supported"),
            ("switch-to-sandbox Stop R16", "is a Developer environment now"),
            ("restore Stop R16", ""),
            ("switch-to-production Stop R16", ""),
        ],
    );
}

#[test]
fn names_that_changed() {
    let rename = |raw: &'static str, to: &'static str| {
        move |t: &mut Tenant| {
            change(t, raw, |e| {
                let from = e.name.clone();
                e.name = to.into();
                e.history = vec![Change::exactly(later(30), Changed::Name { from, to: to.into() })];
            })
        }
    };
    check_changed(
        &ordinary(),
        &[],
        rename(BOX, "Tested"),
        &[
            ("plan Caution R3", "“Contoso Test” is called “Tested” now"),
            ("restore Stop R3", "this plan confirms with “Contoso Test”"),
        ],
    );
    check_changed(
        &ordinary(),
        &[],
        rename(PROD, "Selling"),
        &[("plan Caution R3", "“Contoso Sales” is called “Selling” now")],
    );
    // Once it is restored, a new name is no surprise: the restore itself may have given it.
    check_changed(&ordinary(), &["restore"], rename(BOX, "Tested"), &[]);
}

#[test]
fn environments_that_are_gone() {
    check_changed(
        &ordinary(),
        &[],
        |t| t.environments.retain(|e| e.id != id(BOX)),
        &[
            ("look-at-target Stop R3", "is not in this tenant"),
            ("back-up-target Stop R3", ""),
            ("validate Stop R3", ""),
            ("restore Stop R3", ""),
            ("leave-admin-mode Stop R3", ""),
        ],
    );
    check_changed(
        &ordinary(),
        &["look-at-source", "see-point"],
        |t| change(t, PROD, |e| e.deleted = Some(later(10).into())),
        &[("validate Stop T9 X1", "“Contoso Sales” was deleted at 12 Mar 2026 12:10 UTC"), ("restore Stop T9 X1", "")],
    );
}

#[test]
fn a_point_that_has_left_the_window() {
    let made = plan(seed(), &tenant(), &to_production(), now()).unwrap();
    // Seven days after the point it can no longer be chosen once it is a Sandbox.
    let at = hours_ago(30) + TimeDelta::days(7);
    check_plan(&made, &[], &tenant(), at - TimeDelta::hours(2), &[("restore Caution R22", "latest sensible start")]);
    check_plan(&made, &[], &tenant(), at + TimeDelta::seconds(1), &[("restore Stop R16", "older than seven days")]);
    let ordinary = plan(seed(), &tenant(), &ordinary(), now()).unwrap();
    let gone = hours_ago(30) + TimeDelta::days(28) + TimeDelta::seconds(1);
    check_plan(&ordinary, &[], &tenant(), gone, &[("restore Stop R1", "is gone")]);
    check_plan(&ordinary, &["restore"], &tenant(), gone, &[]);
}

#[test]
fn a_manual_backup_that_is_another_or_gone() {
    let before = edit(PROD, |e| e.backups = vec![backup("b1", "Release", days_ago(2))]);
    let request = RestoreRequest { point: Point::Manual("b1".into()), ..request(PROD, BOX, now()) };
    let made = plan(seed(), &before, &Purpose::Restore(request), now()).unwrap();
    check_plan(&made, &[], &before, later(60), &[]);
    check_plan(&made, &[], &tenant(), later(60), &[("restore Stop R1", "has no manual backup with the id `b1`")]);
    let moved = edit(PROD, |e| e.backups = vec![backup("b1", "Release", days_ago(3))]);
    let says = "goes back to 9 Mar 2026 12:00 UTC and not to 10 Mar 2026 12:00 UTC";
    check_plan(&made, &[], &moved, later(60), &[("restore Caution M2 M9", says)]);
}

#[test]
fn something_else_is_going_on() {
    let copying = Some(Activity { what: Operation::Copying, since: None, seen: Some(now()) });
    check_changed(
        &ordinary(),
        &[],
        |t| change(t, BOX, |e| e.activity = copying.clone()),
        &[
            ("back-up-target Caution T9", "“Contoso Test” is occupied: a copy runs"),
            ("restore Stop T9", "being copied"),
            ("leave-admin-mode Caution T9", ""),
        ],
    );
}

#[test]
fn the_plans_own_changes_are_no_surprise() {
    let made = plan(seed(), &tenant(), &to_production(), now()).unwrap();
    let (switched, _) = apply(
        seed(),
        &tenant(),
        Command::Do(Deed::Set { environment: id(PROD), setting: Setting::Kind(Kind::Sandbox) }),
        later(10),
    )
    .unwrap();
    let until_switch: Vec<&str> = made.steps.iter().map(|s| s.id.as_str()).take_while(|id| *id != "validate").collect();
    check_plan(&made, &until_switch, &switched, later(20), &[]);
    // Switched back by somebody else before the restore.
    check_plan(&made, &until_switch, &tenant(), later(20), &[("restore Stop T1", ""), ("restore Stop T8", "")]);
}

#[test]
fn other_rules_are_chosen() {
    let made = plan(seed(), &tenant(), &ordinary(), now()).unwrap();
    let problems = plan_changed(Moment::new(newest(), &tenant(), later(60)), &made, |_| false);
    assert_eq!(problems[0].step, None);
    assert!(problems[0].says().to_string().contains("made under other rules (Rules of 2 April 2024)"), "{problems:#?}");
    let all: Vec<&str> = made.steps.iter().map(|s| s.id.as_str()).collect();
    assert!(
        plan_changed(Moment::new(newest(), &tenant(), later(60)), &made, |id| all.contains(&id)).is_empty(),
        "nothing is left to do"
    );
}

#[test]
fn administration_mode_is_off_already() {
    let made = plan(seed(), &tenant(), &ordinary(), now()).unwrap();
    let done: Vec<&str> = made.steps.iter().map(|s| s.id.as_str()).filter(|id| *id != "leave-admin-mode").collect();
    let t = edit(BOX, |e| e.state = recorded(RuntimeState::Enabled));
    check_plan(&made, &done, &t, later(600), &[("leave-admin-mode Caution R9", "off already")]);
}

/// That a restore ended is recorded wherever one is known to run, whoever told of it.
#[test]
fn an_end_is_recorded_where_a_restore_is_known_to_run() {
    let made = plan(seed(), &tenant(), &to_production(), now()).unwrap();
    let step = made.steps.iter().find(|s| s.id == "watch").unwrap();
    let of = |what: Option<Operation>| {
        let t = edit(PROD, |e| e.activity = what.map(|what| Activity { what, since: None, seen: Some(now()) }));
        command_for(seed(), &t, &made, step, &given())
    };
    assert!(matches!(of(Some(Operation::Restoring)), Some(Command::Do(Deed::EndRestore { .. }))));
    assert_eq!(of(Some(Operation::Copying)), None);
    assert_eq!(of(None), None);
}
