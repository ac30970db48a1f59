//! What is remembered of earlier imports, how much room it takes, and the deadlines of a workspace.

use crate::restore_support;
use restore_desk::domain::moment::Moment;

use crate::planned::plan;
use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::command::Command;
use restore_desk::domain::deed::Setting;
use restore_desk::domain::environment::{Answer, Environment, Kind};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::life::Deed;
use restore_desk::domain::plan::{Deadline, End, Purpose};
use restore_desk::domain::readiness::{Back, Changes, Stood, assess, changes};
use restore_desk::domain::tenant::Tenant;
use restore_desk::workspace::deadlines::{Due, Of, deadlines, uids};
use restore_desk::workspace::past::MOST;
use restore_desk::workspace::{SavedPlan, Workspace, envelope};
use restore_support::*;

fn day(n: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(n)
}

fn seen(id: &str, kind: Kind, dataverse: Option<bool>) -> Observation {
    Observation {
        id: id.into(),
        name: Some(format!("Env {id}")),
        kind: Some(kind),
        dataverse,
        created: Some(days_ago(100)),
        ..Observation::default()
    }
}

fn inventory(environments: Vec<Observation>) -> Command {
    let name = "list.json".to_string();
    let format = "admin REST list".to_string();
    Command::Import(Inventory {
        environments: environments.into(),
        complete: true,
        of_tenant: true,
        name,
        format,
        ..Inventory::default()
    })
}

fn run(w: &mut Workspace, command: Command, at: DateTime<Utc>) {
    w.run(seed(), command, at, at, None).unwrap_or_else(|r| panic!("{r:?}"));
}

fn with_storage() -> Workspace {
    let mut w = Workspace::default();
    run(&mut w, Command::SetCapacity(tenant().capacity.get().copied().unwrap()), day(0));
    w
}

fn since(w: &Workspace, place: usize, at: DateTime<Utc>) -> Changes {
    let (readiness, snapshot) = (w.readiness(seed(), at), &w.past.snapshots[place]);
    changes(&w.past.answers(snapshot), &readiness.answers(at), snapshot.days_until(at))
}

fn words(found: &Changes) -> String {
    let moved = |all: &[(restore_desk::domain::environment::EnvironmentId, Stood, Stood)]| {
        all.iter().map(|(id, was, is)| format!("{id}:{:?}>{:?}", was.back, is.back)).collect::<Vec<_>>().join(",")
    };
    let one = |all: &[(restore_desk::domain::environment::EnvironmentId, Stood)]| {
        all.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(",")
    };
    format!(
        "better {} worse {} new {} gone {}",
        moved(&found.better),
        moved(&found.worse),
        one(&found.new),
        one(&found.gone)
    )
}

#[test]
fn since_the_import_before() {
    let mut w = with_storage();
    let boxes = |b: Option<bool>, c: Option<bool>| {
        vec![seen("a", Kind::Sandbox, Some(true)), seen("b", Kind::Sandbox, b), seen("c", Kind::Sandbox, c)]
    };
    run(&mut w, inventory(boxes(Some(true), None)), day(1));
    assert_eq!(w.past.snapshots.len(), 1);
    let score = w.readiness(seed(), day(1)).score;
    assert!(score.is_some() && w.past.snapshots[0].score() == score, "{score:?}");
    assert_eq!(words(&since(&w, 0, day(1))), "better  worse  new  gone ");
    let mut later = boxes(Some(false), Some(true));
    later.remove(0);
    later.push(seen("d", Kind::Sandbox, Some(true)));
    run(&mut w, inventory(later), day(2));
    let found = since(&w, 0, day(2));
    assert_eq!(
        words(&found),
        "better c:NotKnown>Surely worse b:Surely>Not new d gone a",
        "what is not listed any more is gone"
    );
    assert_eq!(w.past.name(&id("A")), Some("Env a"));
    // Taken off the list, its name is still known.
    run(&mut w, Command::Forget { environments: vec![id("a")] }, day(3));
    assert_eq!((w.past.name(&id("a")), words(&since(&w, 0, day(3))).contains("gone a")), (Some("Env a"), true));
    // An answer counts at once.
    run(&mut w, Command::Answer { environments: vec![id("b")], answer: Answer::Dataverse(true) }, day(3));
    assert!(words(&since(&w, 1, day(3))).starts_with("better b:Not>Possibly"));
    assert_eq!(envelope::read(&envelope::write(&w, day(3)).unwrap()).unwrap().workspace, w);
}

/// What was answered after an import belongs to it: the next is compared with what was seen last.
#[test]
fn an_answer_is_no_change_that_a_later_import_brings() {
    let mut w = with_storage();
    let list = || inventory(vec![seen("a", Kind::Sandbox, Some(true)), seen("b", Kind::Sandbox, None)]);
    run(&mut w, list(), day(1));
    run(&mut w, Command::Answer { environments: vec![id("b")], answer: Answer::Dataverse(false) }, day(2));
    let score = w.readiness(seed(), day(2)).score;
    run(&mut w, list(), day(31));
    assert_eq!(w.past.snapshots[0].at, day(1), "it is the import of that day still");
    assert_eq!(w.past.snapshots[0].score(), score);
    assert_eq!(words(&since(&w, 0, day(31))), "better  worse  new  gone ");
    // What is answered once more later changes nothing of what was.
    run(&mut w, Command::Answer { environments: vec![id("b")], answer: Answer::Dataverse(true) }, day(32));
    let found = words(&since(&w, 0, day(32)));
    assert!(found.contains("b:Not>"), "{found}");
}

/// What was done or went by in between is a change, however much was answered.
#[test]
fn what_was_done_between_two_imports_is_told() {
    let mut w = with_storage();
    let managed = |yes| Observation {
        managed: Some(yes),
        retention_setting: Some(28),
        dynamics: Some(false),
        ..seen("a", Kind::Production, Some(true))
    };
    let list = |yes| {
        let other = Observation { managed: Some(yes), ..seen("c", Kind::Sandbox, Some(true)) };
        inventory(vec![managed(yes), seen("b", Kind::Sandbox, None), other])
    };
    run(&mut w, list(true), day(1));
    run(&mut w, Command::Answer { environments: vec![id("b")], answer: Answer::Dataverse(false) }, day(2));
    let off = Deed::Set { environment: id("a"), setting: Setting::Managed(false) };
    run(&mut w, Command::Do(off), day(20));
    run(&mut w, list(false), day(31));
    let found = since(&w, 0, day(31));
    assert!(found.worse.iter().any(|(id, ..)| id.as_str() == "a"), "{found:#?}");
    assert!(found.worse.iter().all(|(id, ..)| id.as_str() != "b"), "{found:#?}");
}

/// It is brought back as surely as before, and less far.
#[test]
fn fewer_days_since_the_import_before_are_a_loss() {
    let mut w = with_storage();
    let list = |managed, days| {
        let here = Observation {
            managed: Some(managed),
            retention_setting: Some(days),
            dynamics: Some(false),
            ..seen("a", Kind::Production, Some(true))
        };
        inventory(vec![here, Observation { managed: Some(managed), ..seen("b", Kind::Sandbox, Some(true)) }])
    };
    run(&mut w, list(true, 28), day(1));
    run(&mut w, list(true, 28), day(40));
    run(&mut w, list(false, 7), day(44));
    let found = since(&w, 1, day(44));
    let [(id, was, is)] = found.worse.as_slice() else { panic!("{found:#?}") };
    assert_eq!((id.as_str(), was.back, is.back), ("a", Back::Surely, Back::Surely));
    assert_eq!((was.possible_days, is.possible_days), (Some(28), Some(7)));
    let old = serde_json::to_string(&w.past.snapshots[0]).unwrap();
    assert!(old.contains("\"days\"") && old.contains("\"onto\""), "{old}");
}

#[test]
fn files_that_are_kept_together_are_one_import() {
    let mut w = with_storage();
    let list = || inventory(vec![seen("a", Kind::Sandbox, Some(true))]);
    run(&mut w, list(), day(1));
    run(&mut w, list(), day(1) + TimeDelta::seconds(20));
    run(&mut w, list(), day(1) + TimeDelta::hours(1));
    let at: Vec<_> = w.past.snapshots.iter().map(|s| s.at).collect();
    assert_eq!(at, [day(1) + TimeDelta::seconds(20), day(1) + TimeDelta::hours(1)]);
}

#[test]
fn the_oldest_go_and_with_them_what_only_they_speak_of() {
    let mut w = with_storage();
    run(&mut w, inventory(vec![seen("old", Kind::Sandbox, Some(true))]), day(1));
    run(&mut w, Command::Forget { environments: vec![id("old")] }, day(1));
    for n in 0..20 {
        run(&mut w, inventory(vec![seen("a", Kind::Sandbox, Some(true))]), day(2 + n));
    }
    assert_eq!(w.past.snapshots.len(), MOST);
    assert_eq!((w.past.name(&id("old")), w.past.name(&id("a"))), (None, Some("Env a")));
    assert_eq!(words(&since(&w, 0, day(30))), "better  worse  new  gone ");
}

#[test]
fn the_sample_is_no_past_of_a_real_tenant() {
    let mut w = Workspace { tenant: restore_desk::interop::sample::contoso(day(0)), ..Workspace::default() };
    run(&mut w, inventory(vec![seen("a", Kind::Sandbox, Some(true))]), day(1));
    assert_eq!(w.past.snapshots.len(), 1);
    assert_eq!(words(&since(&w, 0, day(1))), "better  worse  new  gone ");
}

#[test]
fn a_workspace_of_before_has_no_past() {
    let text = include_str!("../data/workspace-schema-1.json");
    let read = envelope::read(text).expect("can be read").workspace;
    assert!(read.past.is_empty());
    assert!(!envelope::write(&read, now()).unwrap().contains("\"past\""));
}

#[test]
fn twelve_snapshots_of_two_thousand_stay_small() {
    let mut w = with_storage();
    let ids = (0..2000).map(|i| format!("{i:08x}-77aa-4c31-8d10-{i:012x}"));
    let list: Vec<Observation> =
        ids.map(|id| Observation { name: Some("Plant 0001".into()), ..seen(&id, Kind::Sandbox, Some(true)) }).collect();
    run(&mut w, inventory(list), day(1));
    let readiness = w.readiness(seed(), day(1));
    for n in 2..14 {
        w.past.take(seed().id(), &w.tenant, &readiness, day(n));
    }
    let all = envelope::write(&w, day(14)).unwrap().len();
    let past = serde_json::to_string(&w.past).unwrap().len();
    println!("{all} characters, of which the past {past}");
    assert_eq!(w.past.snapshots.len(), MOST);
    assert!(past < 250_000, "{past}");
}

// ---- deadlines ----

fn due(tenant: Tenant) -> Vec<Due> {
    deadlines(&Workspace { tenant, ..Workspace::default() }, seed(), now())
}

#[track_caller]
fn check(tenant: Tenant, expect: &[(&str, i64, bool)]) {
    let found: Vec<(String, i64, bool)> =
        due(tenant).into_iter().map(|d| (d.says.to_string(), (d.at - now()).num_hours(), d.loses)).collect();
    let found: Vec<(&str, i64, bool)> = found.iter().map(|(s, h, l)| (s.as_str(), *h, *l)).collect();
    assert_eq!(found, expect);
}

#[test]
fn what_ends_next() {
    check(tenant(), &[]);
    check(
        edit(BOX, |e| e.backups = vec![backup("b", "before", hours_ago(24))]),
        &[("The manual backup “before” of Contoso Test expires", 144, true)],
    );
    // That one is ready is no deadline.
    check(
        edit(BOX, |e| e.backups = vec![backup("b", "now", minutes_ago(5))]),
        &[("The manual backup “now” of Contoso Test expires", 167, true)],
    );
    check(
        edit(BOX, |e| e.deleted = Some(days_ago(6).into())),
        &[("Contoso Test can no longer be recovered", 24, true)],
    );
    check(edit(BOX, |e| e.deleted = Some(days_ago(8).into())), &[]);
    check(
        edit(PROD, |e| {
            e.dynamics = known(false);
            e.managed = known(true);
            e.retention_setting = known(14);
            let what = restore_desk::domain::history::Changed::RetentionSetting { from: Some(28), to: 14 };
            e.history = vec![restore_desk::domain::history::Change::exactly(hours_ago(10), what)];
        }),
        &[(
            "Contoso Sales keeps no more than 14 days from now on: 24 hours after the change of 12 Mar 2026 02:00 UTC",
            14,
            true,
        )],
    );
    // A failed restore may be tried again, where the edition says what it leaves behind.
    let failed = Workspace { tenant: edit(BOX, |e| e.failed_restore = Some(minutes_ago(10))), ..Workspace::default() };
    assert_eq!(deadlines(&failed, seed(), now()).len(), 0);
    assert_eq!(
        deadlines(&failed, newest(), now())[0].says.to_string(),
        "The failed restore onto Contoso Test can be tried again"
    );
    // The points that sleep in a Sandbox that was Production.
    let mut w = Workspace { tenant: tenant(), ..Workspace::default() };
    let switch = Command::Do(Deed::Set { environment: id(PROD), setting: Setting::Kind(Kind::Sandbox) });
    w.run(seed(), switch, hours_ago(2), now(), None).unwrap();
    let found = deadlines(&w, seed(), now());
    assert!(
        found
            .iter()
            .any(|d| d.loses
                && d.says.to_string().contains("from before its switch to Sandbox, which may already be gone")),
        "{found:?}"
    );
}

#[test]
fn deadlines_of_plans_that_are_not_finished() {
    let purpose = Purpose::Restore(request(PROD, BOX, days_ago(20)));
    let made = plan(seed(), &tenant(), &purpose, now()).expect("it can be planned");
    let all = made.deadlines.iter().filter(|d| d.at > now()).count();
    let mut w = Workspace { tenant: tenant(), plans: vec![SavedPlan::new(4, made.clone())], ..Workspace::default() };
    let found = deadlines(&w, seed(), now());
    assert!(all > 0);
    assert_eq!(found.iter().filter(|d| d.of == Of::Plan(4)).count(), all);
    assert!(found.is_sorted_by_key(|d| d.at) && found.iter().all(|d| d.says.to_string().starts_with("Plan “")));
    assert_eq!(deadlines(&w, seed(), day(400)), [], "what has passed is none");
    let to_start = |d: &&Deadline| matches!(d.cause, End::Start | End::StartAtOnce);
    assert!(w.plans[0].ahead(now()).any(|d| to_start(&d)), "one says when to begin");
    w.plans[0].done.insert("restore".into(), now());
    let left: Vec<_> = w.plans[0].ahead(now()).collect();
    assert!(!left.is_empty() && !left.iter().any(to_start), "begun: only how long the points are there still counts");
    assert_eq!(deadlines(&w, seed(), now()).iter().filter(|d| d.of == Of::Plan(4)).count(), left.len());
    let ids = made.steps.iter().map(|s| s.id.clone()).chain(made.afterwards.iter().map(|i| i.id.clone()));
    w.plans[0].done = ids.map(|id| (id, now())).collect();
    assert_eq!(deadlines(&w, seed(), now()), [], "a finished plan has none");
}

#[test]
fn a_plan_at_work_excuses_administration_mode() {
    use restore_desk::domain::environment::RuntimeState;
    let tenant = edit(BOX, |e| e.state = known(RuntimeState::AdminMode));
    let purpose = Purpose::Restore(request(PROD, BOX, days_ago(2)));
    let made = plan(seed(), &tenant, &purpose, now()).expect("it can be planned");
    let first = made.steps[0].id.clone();
    let mut w = Workspace { tenant: tenant.clone(), plans: vec![SavedPlan::new(1, made)], ..Workspace::default() };
    let modes = |found: &restore_desk::domain::readiness::Readiness| {
        found.findings.iter().filter(|f| f.weight().word == "administration-mode").count()
    };
    assert_eq!(modes(&w.readiness(seed(), now())), 1, "a plan that has not begun is no reason");
    w.plans[0].done.insert(first, now());
    assert_eq!(modes(&w.readiness(seed(), now())), 0);
    assert_eq!(modes(&assess(Moment::new(seed(), &tenant, now()))), 1);
}

#[test]
fn a_name_stays_when_its_time_moves_and_no_two_are_the_same() {
    let two = |hours| {
        edit(BOX, |e| {
            e.backups = vec![backup("b", "same", hours_ago(hours)), backup("c", "same", hours_ago(hours + 1))]
        })
    };
    let (first, second) = (uids(&due(two(10))), uids(&due(two(30))));
    assert_eq!(first, second);
    assert!(first.len() == 2 && first[0] != first[1] && first[0].ends_with("-1@restore-desk"));
}

#[test]
fn two_thousand_environments_are_no_matter() {
    let environments: Vec<Environment> = (0..2000)
        .map(|i| {
            let mut e = env(&format!("e{i}"), "E", Kind::Sandbox);
            e.backups = vec![backup("b", "l", hours_ago(1 + i % 100))];
            e
        })
        .collect();
    let found = due(Tenant { environments: environments.into(), capacity: Fact::unknown(), ..Tenant::default() });
    assert_eq!(found.len(), 2000);
    assert!(found.is_sorted_by_key(|d| d.at));
}
