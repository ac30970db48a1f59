//! One door for file, store and inventory: what no calendar and no list of environments has enters nowhere, whatever else then happens.

use crate::laws::cases;
use crate::planned::plan;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::domain::command::Command;
use restore_desk::domain::door::{Dated, EARLIEST, Mended, WorkspacePart, is_date};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{
    Activity, Answer, Deletion, Environment, EnvironmentId, Key, Kind, Operation, Region, Running,
};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::inventory::{BackupList, Inventory, Observation};
use restore_desk::domain::life;
use restore_desk::domain::manual_backup::ManualBackup;
use restore_desk::domain::merge::{merge, preview};
use restore_desk::domain::plan::Purpose;
use restore_desk::domain::restore::Point;
use restore_desk::domain::service::{
    Act, Announced, CandidateList, Candidates, Ended, Ending, GroupRules, Offered, Reading, ServiceOperation, Underway,
};
use restore_desk::domain::tenant::{ImportRecord, Tenant};
use restore_desk::words::Say;
use restore_desk::workspace::{Draft, Workspace, envelope};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 6, 5, 0).unwrap()
}

/// Through the text of a file and back.
fn through(workspace: &Workspace) -> (Workspace, Vec<Mended>) {
    let text = envelope::write(workspace, now()).unwrap();
    let read = envelope::read(&text).unwrap();
    (read.workspace, read.mended)
}

fn of(environments: Vec<Environment>) -> Workspace {
    Workspace { tenant: Tenant { environments: environments.into(), ..Tenant::default() }, ..Workspace::default() }
}

fn backup(id: &str, point: DateTime<Utc>) -> ManualBackup {
    ManualBackup {
        id: id.into(),
        label: format!("label of {id}"),
        point,
        asked: None,
        created_by: None,
        reported_expiry: Some(DateTime::<Utc>::MAX_UTC),
        origin: Origin::Import(1),
    }
}

#[test]
fn what_is_sound_is_not_touched() {
    let mut env = Environment::new("e");
    env.created = Fact::known(EARLIEST, Origin::Import(1), now());
    env.deleted = Some(Utc.with_ymd_and_hms(9998, 12, 31, 23, 59, 59).unwrap().into());
    let workspace = of(vec![env]);
    assert_eq!(through(&workspace), (workspace, vec![]));
}

#[test]
fn the_edges_of_what_is_a_date() {
    for (at, is) in [
        ("2000-01-01T00:00:00Z", true),
        ("1999-12-31T23:59:59Z", false),
        ("9998-12-31T23:59:59Z", true),
        ("9999-01-01T00:00:00Z", false),
        ("1970-01-01T00:00:00Z", false),
        ("0001-01-01T00:00:00Z", false),
    ] {
        assert_eq!(is_date(at.parse().unwrap()), is, "{at}");
    }
}

#[test]
fn ids_are_there_and_stand_once() {
    let mut first = Environment::new("A");
    first.managed.answer(true, now());
    let mut later = Environment::new("a");
    later.managed.answer(false, now());
    later.dynamics.answer(true, now());
    later.kind = Fact::known(Kind::Production, Origin::Import(1), now());
    let mut nameless = Environment::new(" ");
    nameless.name = "Nobody".into();
    let (read, mended) = through(&of(vec![first, nameless, later, Environment::new("b")]));
    assert_eq!(mended, [Mended::NoId("Nobody".into()), Mended::Twice(Environment::new("a").id)]);
    let [a, b] = &read.tenant.environments.iter().collect::<Vec<_>>()[..] else { panic!("two") };
    assert_eq!((a.id.as_str(), b.id.as_str()), ("A", "b"));
    assert_eq!((a.managed.get(), a.dynamics.get(), a.kind.get()), (Some(&true), Some(&true), None));
}

#[test]
fn instants_that_are_none_are_unknown() {
    let mut env = Environment::new("e");
    env.deleted = Some(DateTime::UNIX_EPOCH.into());
    env.created = Fact::known(DateTime::<Utc>::MIN_UTC, Origin::Import(1), now());
    env.managed = Fact::known(true, Origin::Import(1), DateTime::<Utc>::MAX_UTC);
    env.retention_setting = Fact::known(9, Origin::Import(1), now());
    env.backups = vec![backup("x", now()), backup("X", now()), backup("y", DateTime::UNIX_EPOCH), backup("", now())];
    env.history = vec![Change::exactly(DateTime::<Utc>::MAX_UTC, Changed::Deleted)];
    let mut workspace = of(vec![env]);
    workspace.tenant.imports.push(ImportRecord {
        number: 1,
        at: DateTime::<Utc>::MIN_UTC,
        name: "n".into(),
        format: "f".into(),
        environments: 1,
        complete: true,
        told: vec![],
        asked: None,
    });
    workspace.draft = Some(Draft { instant: Some(DateTime::<Utc>::MAX_UTC), ..Draft::default() });
    let (read, mended) = through(&workspace);
    let env = &read.tenant.environments[0];
    assert_eq!(
        (env.deleted, env.created.get(), env.managed.get(), env.retention_setting.get()),
        (None, None, None, None)
    );
    assert_eq!(env.backups.iter().map(|b| (b.id.as_str(), b.reported_expiry)).collect::<Vec<_>>(), [("x", None)]);
    assert_eq!((env.history[0].not_before, env.history[0].at), (EARLIEST, now()), "at any time");
    assert_eq!(read.tenant.imports[0].at, EARLIEST);
    assert_eq!(read.draft.unwrap().instant, None);
    assert_eq!(mended.len(), 10, "{mended:#?}");
    for what in &mended {
        assert!(!what.says().is_empty() && !what.says().to_string().ends_with('.'));
    }
}

/// What is lost of an environment on its way through the door.
#[track_caller]
fn check_lost(change: impl Fn(&mut Environment), lost: &[Dated]) {
    let mut env = Environment::new("e");
    change(&mut env);
    let environment = env.id.clone();
    let expect = lost.iter().map(|fact| Mended::Fact { environment: environment.clone(), fact: *fact });
    assert_eq!(through(&of(vec![env])).1, expect.collect::<Vec<_>>());
}

#[test]
fn what_the_service_said_without_a_date() {
    let odd = DateTime::UNIX_EPOCH;
    let reading = |from, period_days, asked| {
        move |env: &mut Environment| {
            env.reading = Some(Reading { offered: Offered { from, period_days }, asked, hint: None })
        }
    };
    check_lost(reading(None, None, now()), &[]);
    for days in [1, 366] {
        check_lost(reading(Some(now()), Some(days), now()), &[]);
    }
    for (from, days, asked) in
        [(Some(odd), Some(28), now()), (None, Some(0), now()), (None, Some(367), now()), (None, None, odd)]
    {
        check_lost(reading(from, days, asked), &[Dated::Offered]);
    }
    let candidates = |asked| {
        move |env: &mut Environment| {
            env.candidates = Some(Candidates { asked, offered: [EnvironmentId::new("t")].into() })
        }
    };
    check_lost(candidates(now()), &[]);
    check_lost(candidates(odd), &[Dated::Candidates]);
    // A name that is empty is none, and the others stay.
    let mut env = Environment::new("e");
    let names = ["t", " ", "", "u"].map(EnvironmentId::new);
    env.candidates = Some(Candidates { asked: now(), offered: names.into() });
    let (mended, _) = through(&of(vec![env]));
    let kept = mended.tenant.environments.first().and_then(|e| e.candidates.as_ref()).map(|c| c.offered.clone());
    assert_eq!(kept, Some(["t", "u"].map(EnvironmentId::new).into()));
    // A deletion whose answer has no date keeps the rest.
    let mut span = Deletion::between(Some(now() - TimeDelta::days(2)), now());
    assert!(span.answer(now() - TimeDelta::days(1), odd));
    let mut env = Environment::new("e");
    env.deleted = Some(span);
    let (mended, lost) = through(&of(vec![env]));
    let deleted = mended.tenant.environments.first().and_then(|e| e.deleted);
    span.forget_answer();
    assert_eq!((deleted, lost.len()), (Some(span), 1));
    let activity = |since, seen| {
        move |env: &mut Environment| env.activity = Some(Activity { what: Operation::Copying, since, seen })
    };
    check_lost(activity(Some(now()), Some(now())), &[]);
    for (since, seen) in [(Some(odd), Some(now())), (Some(now()), Some(odd)), (Some(odd), Some(odd))] {
        check_lost(activity(since, seen), &[Dated::Activity]);
    }
    let running = |point, ends, source: &'static str| {
        let source = EnvironmentId::new(source);
        let running = Running { source, point, include_audit_logs: false, new_name: None, ends, fails: false };
        move |env: &mut Environment| env.running = Some(running.clone())
    };
    check_lost(running(now(), None, "s"), &[]);
    check_lost(running(now(), Some(now()), "s"), &[]);
    for (point, ends, source) in [(odd, None, "s"), (now(), Some(odd), "s"), (now(), None, " ")] {
        check_lost(running(point, ends, source), &[Dated::RunningRestore]);
    }
    let ends = |at| move |env: &mut Environment| env.endings = vec![Ending { what: Announced::TrialEnds, at }];
    check_lost(ends(now()), &[]);
    check_lost(ends(odd), &[Dated::Endings]);
}

#[test]
fn operations_stand_once_and_have_a_date() {
    let operation = |id: &str, began| ServiceOperation {
        id: id.into(),
        act: Act::Edit,
        ended: Ended::Succeeded,
        began,
        last: Some(DateTime::<Utc>::MAX_UTC),
        environment: Some(EnvironmentId::new(" ")),
        source: Some(EnvironmentId::new("")),
    };
    let mut env = Environment::new("e");
    let odd = DateTime::UNIX_EPOCH;
    env.operations = vec![operation("a", now()), operation("A", now()), operation(" ", now()), operation("b", odd)];
    let (read, mended) = through(&of(vec![env]));
    let sound = ServiceOperation { last: None, environment: None, source: None, ..operation("a", now()) };
    assert_eq!(read.tenant.environments[0].operations, [sound]);
    assert_eq!(mended, [Mended::Fact { environment: EnvironmentId::new("e"), fact: Dated::Operation }]);
}

#[test]
fn a_change_without_a_date_has_the_widest_span() {
    #[track_caller]
    fn check(not_before: DateTime<Utc>, at: DateTime<Utc>, expect: (DateTime<Utc>, DateTime<Utc>)) {
        let mut env = Environment::new("e");
        env.history = vec![Change { not_before, at, what: Changed::Deleted }];
        let (read, mended) = through(&of(vec![env]));
        let change = &read.tenant.environments[0].history[0];
        assert_eq!((change.not_before, change.at), expect);
        assert_eq!(mended.is_empty(), (not_before, at) == expect);
    }
    let before = now() - TimeDelta::days(1);
    check(before, now(), (before, now()));
    check(before, before, (before, before));
    check(before, DateTime::<Utc>::MAX_UTC, (EARLIEST, now()));
    check(DateTime::<Utc>::MIN_UTC, before, (EARLIEST, before));
    check(now(), before, (EARLIEST, before));
}

#[test]
fn rules_of_a_group_name_it_and_a_choice() {
    let mut workspace = of(vec![]);
    let rules = [("g", Some(28)), ("h", None), (" ", Some(28)), ("i", Some(3))];
    workspace.tenant.group_rules =
        rules.map(|(group, retention_days)| GroupRules { group: group.into(), retention_days }).to_vec();
    let (read, mended) = through(&workspace);
    assert_eq!(read.tenant.group_rules, workspace.tenant.group_rules[..2]);
    assert_eq!(mended, [Mended::Part(WorkspacePart::GroupRule)]);
}

#[test]
fn an_envelope_without_a_time_is_mended() {
    let text = r#"{"app":"restore-desk","schema":1,"saved":"+262142-12-31T23:59:59Z","workspace":{"tenant":{"name":"","environments":[]}}}"#;
    let read = envelope::read(text).unwrap();
    assert_eq!((read.saved, read.mended.len()), (EARLIEST, 1));
}

/// A workspace of one environment with a plan, and an edit of it.
fn named(name: &str) -> Workspace {
    let mut workspace = of(vec![Environment::new("e")]);
    let env = &mut workspace.tenant.environments[0];
    env.name = name.into();
    env.kind = Fact::known(Kind::Sandbox, Origin::Import(1), now());
    env.region = Fact::known(Region::new("europe"), Origin::Import(1), now());
    env.dataverse = Fact::known(true, Origin::Import(1), now());
    env.managed = Fact::known(false, Origin::Import(1), now());
    env.key = Fact::known(Key::Microsoft, Origin::Import(1), now());
    let (edition, at) = (Edition::default_edition(), now());
    let id = || EnvironmentId::new("e");
    let point = Point::System(at - TimeDelta::hours(30));
    let purpose = Purpose::BulkDeletion { source: id(), point, include_audit_logs: false, special_apps: vec![] };
    let mut plan = plan(edition, &workspace.tenant, &purpose, at).unwrap();
    plan.about = restore_desk::domain::plan::About::Told(name.into());
    workspace.keep_plan(plan, None);
    let answer = Answer::Managed(true);
    workspace.run(edition, Command::Answer { environments: vec![id()], answer }, at, at, None).unwrap();
    workspace.run(edition, Command::Rename(name.into()), at, at, None).unwrap();
    workspace.undo(edition).unwrap();
    workspace
}

#[test]
fn a_name_that_looks_like_an_instant_is_a_name() {
    for name in ["Sales", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"] {
        let workspace = named(name);
        assert_eq!(workspace.log.undone.len(), 1);
        let (mut read, mended) = through(&workspace);
        assert_eq!((&read, mended), (&workspace, vec![]), "{name}");
        assert!(read.undo(Edition::default_edition()).is_ok());
    }
}

#[test]
fn what_is_no_date_is_found_wherever_it_stands() {
    // In the images of how the environments were, in a command, in an event, in a plan.
    let odd = DateTime::<Utc>::MAX_UTC;
    let mut workspace = named("Sales");
    let entry = &mut workspace.log.entries[0];
    entry.command = Some(Command::Answer { environments: vec![], answer: Answer::Created(odd) });
    workspace.log.undone[0].command = Command::Answer { environments: vec![], answer: Answer::Deleted(odd) };
    workspace.plans[0].plan.made = odd;
    let (mut read, mended) = through(&workspace);
    assert_eq!(mended, [Mended::Plan("Sales".into()), Mended::Entries(2)]);
    assert!(read.log.undone.is_empty() && read.plans.is_empty());
    assert!(read.undo(Edition::default_edition()).is_err(), "it can no longer be taken back");

    let mut workspace = of(vec![Environment::new("e")]);
    workspace.tenant.environments[0].existed_by = Some(odd);
    let (edition, forget) =
        (Edition::default_edition(), Command::Forget { environments: vec![EnvironmentId::new("e")] });
    workspace.run(edition, forget, now(), now(), None).unwrap();
    let (mut read, mended) = through(&workspace);
    assert!(mended.contains(&Mended::Entries(1)), "{mended:?}");
    assert!(read.undo(edition).is_err(), "what was before is no date");
}

#[test]
fn an_inventory_goes_through_the_same_door() {
    let seen = |id: &str, name: &str| Observation {
        id: id.into(),
        name: Some(name.into()),
        deleted: Some(DateTime::UNIX_EPOCH.into()),
        created: Some(DateTime::<Utc>::MAX_UTC),
        retention_setting: Some(3),
        ..Observation::default()
    };
    let environments = vec![seen("A", "first"), seen("a", "second"), seen("", "none")];
    let inventory = Inventory { environments: environments.into(), ..Inventory::default() };
    let tenant = merge(&Tenant::default(), &inventory, now());
    let [env] = &tenant.environments.iter().collect::<Vec<_>>()[..] else { panic!("one") };
    assert_eq!((env.name.as_str(), env.deleted, env.created.get()), ("first", None, None));
    assert_eq!(env.retention_setting.get(), None);
    // So do its lists: what has no date or no name is left out, and what stands twice stands once.
    let (a, odd) = (EnvironmentId::new("a"), DateTime::UNIX_EPOCH);
    let operation = |began| ServiceOperation {
        id: "o".into(),
        act: Act::Edit,
        ended: Ended::Succeeded,
        began,
        last: None,
        environment: Some(a.clone()),
        source: None,
    };
    let list = CandidateList {
        source: Some(a.clone()),
        asked: Some(now()),
        offered: ["a", " ", ""].map(EnvironmentId::new).to_vec(),
    };
    let activity = Activity { what: Operation::Copying, since: Some(odd), seen: Some(now()) };
    let lists = Inventory {
        backups: vec![BackupList {
            environment: Some(a.clone()),
            backups: vec![ManualBackup { asked: Some(odd), ..backup("b", now()) }, backup("B", now())],
            whole: true,
        }],
        operations: vec![operation(odd)],
        underway: vec![Underway { environment: Some(a.clone()), source: None, activity }],
        candidates: vec![list],
        ..Inventory::default()
    };
    let after = merge(&tenant, &lists, now());
    let env = after.get(&a).unwrap();
    assert_eq!((env.backups.len(), env.operations.len()), (1, 0));
    assert_eq!(env.backups.first().map(|b| (b.asked, b.reported_expiry)), Some((None, None)));
    assert_eq!(env.activity.as_ref().map(|a| (a.since, a.seen)), Some((None, Some(now()))));
    assert_eq!(env.candidates.as_ref().map(|c| c.offered.len()), Some(1));
}

/// Instants of every sort, extreme ones among them.
fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    let known = prop::sample::select(vec![
        DateTime::<Utc>::MIN_UTC,
        DateTime::<Utc>::MAX_UTC,
        DateTime::UNIX_EPOCH,
        Utc.with_ymd_and_hms(1, 1, 1, 0, 0, 0).unwrap(),
        Utc.with_ymd_and_hms(9999, 12, 31, 0, 0, 0).unwrap(),
        Utc.with_ymd_and_hms(9998, 12, 31, 23, 59, 59).unwrap(),
        EARLIEST,
        now(),
    ]);
    prop_oneof![known, (-400i64..400).prop_map(|d| now() + chrono::TimeDelta::days(d))]
}

prop_compose! {
    fn environment()(
        id in "[aAbB]?", kind in prop::option::of(prop::sample::select(Kind::NAMED.to_vec())), at in prop::collection::vec(instant(), 12),
        some in prop::collection::vec(any::<bool>(), 12), days in 0u32..40,
    ) -> Environment {
        let mut env = Environment::new(id);
        let opt = |n: usize| some[n].then_some(at[n]);
        if let Some(kind) = kind { env.kind = Fact::known(kind, Origin::Import(1), at[0]); }
        env.dataverse.answer(true, at[1]);
        env.key = Fact::known(Key::Microsoft, Origin::Import(1), at[2]);
        if let Some(created) = opt(3) { env.created = Fact::known(created, Origin::Import(1), at[4]); }
        if let Some(oldest) = opt(4) { env.oldest_backup = Fact::known(oldest, Origin::Import(1), at[5]); }
        env.retention_setting = Fact::known(days, Origin::Import(1), at[6]);
        env.existed_by = opt(6);
        env.deleted = opt(7).map(Into::into);
        env.failed_restore = opt(8);
        env.activity = some[9].then_some(Activity { what: Operation::Copying, since: Some(at[9]), seen: None });
        env.backups = vec![backup("x", at[10]), backup("X", at[11])];
        let what = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
        env.history = vec![Change { at: at[7], not_before: at[8], what }, Change::exactly(at[9], Changed::Recovered)];
        env
    }
}

proptest! {
    #![proptest_config(cases(200))]

    /// No workspace makes the rest panic, and the door mends once and for all.
    #[test]
    fn no_workspace_panics(environments in prop::collection::vec(environment(), 0..5), saved in instant(), imported in instant()) {
        let mut workspace = of(environments);
        workspace.tenant.imports.push(ImportRecord {
            number: 1, at: imported, name: "n".into(), format: "f".into(), environments: 1, complete: true, told: vec![], asked: None });
        let text = envelope::write(&workspace, saved).unwrap();
        let read = envelope::read(&text).unwrap();
        let workspace = read.workspace;
        let again = envelope::read(&envelope::write(&workspace, read.saved).unwrap()).unwrap();
        prop_assert_eq!(&again.workspace, &workspace);
        prop_assert_eq!(again.mended, vec![]);
        for edition in EDITIONS {
            let tenant = &workspace.tenant;
            for env in &tenant.environments {
                let _ = restore_desk::domain::retention::window(edition, env, now());
                let _ = life::of_environment(edition, env, now());
            }
            let _ = life::due(edition, tenant, None, now());
            let _ = workspace.readiness(edition, now());
            let seen = tenant.environments.iter().map(|e| Observation { id: e.id.as_str().into(), ..Observation::default() }).collect();
            let _ = preview(tenant, &Inventory { environments: seen, complete: true, ..Inventory::default() }, now());
        }
    }
}
