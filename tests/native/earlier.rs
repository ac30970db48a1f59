//! What is recorded of the time before the last import: the facts stay as the inventory says, the windows follow the history.

use crate::restore_support;

use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::command::{Command, Refusal};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::environment::{Environment, EnvironmentId, Key, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::life::{Deed, evolve};
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::retention::window;
use restore_desk::domain::tenant::ImportRecord;
use restore_desk::words::Say;
use restore_desk::workspace::Workspace;
use restore_support::{id, now, seed};

fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}

/// One environment, imported at `now`, a managed Production with 28 days that is a year old.
fn workspace(change: impl FnOnce(&mut Environment)) -> Workspace {
    let mut env = Environment::new("e");
    env.name = "Sales".into();
    let fact = Origin::Import(1);
    env.kind = Fact::known(Kind::Production, fact.clone(), now());
    env.managed = Fact::known(true, fact.clone(), now());
    env.dynamics = Fact::known(false, Origin::Answer, now());
    env.dataverse = Fact::known(true, fact.clone(), now());
    env.key = Fact::known(Key::Microsoft, fact.clone(), now());
    env.retention_setting = Fact::known(28, fact.clone(), now());
    env.created = Fact::known(days_ago(365), fact, now());
    change(&mut env);
    let mut w = Workspace::default();
    w.tenant.environments.push(env);
    w.tenant.imports.push(ImportRecord {
        number: 1,
        at: now(),
        name: "list.json".into(),
        format: "admin REST list".into(),
        environments: 1,
        complete: true,
        told: Vec::new(),
        asked: None,
    });
    w
}

fn e() -> EnvironmentId {
    id("e")
}

fn retention(days: u32) -> Deed {
    Deed::Set { environment: e(), setting: Setting::Retention(days) }
}

fn switch(to: Kind) -> Deed {
    Deed::Set { environment: e(), setting: Setting::Kind(to) }
}

/// Records `doings`, each so many days before the import, an hour after it.
fn record(w: &mut Workspace, deeds: &[(i64, Deed)]) -> Result<(), Refusal> {
    let recorded = now() + TimeDelta::hours(1);
    for (ago, deed) in deeds {
        w.run(seed(), Command::Do(deed.clone()), days_ago(*ago), recorded, None)?;
    }
    Ok(())
}

/// The two bounds in whole days before the import, as `guaranteed/possible`; a bound that is missing is `-`.
#[track_caller]
fn check(w: &Workspace, expect: &str) {
    let window = window(seed(), &w.tenant.environments[0], now());
    let days = |at: Option<DateTime<Utc>>| at.map_or("-".into(), |at| (now() - at).num_days().to_string());
    assert_eq!(format!("{}/{}", days(window.guaranteed_from), days(window.possible_from)), expect);
}

#[track_caller]
fn refused(deeds: &[(i64, Deed)], says: &str) {
    let mut w = workspace(|_| {});
    let before = w.clone();
    let refusal = record(&mut w, deeds).expect_err("it is refused");
    assert!(refusal.says().to_string().contains(says) && !refusal.help().is_empty(), "{refusal:?}");
    assert!(deeds.len() > 1 || w == before, "what is refused changes nothing");
}

#[test]
fn an_earlier_change_moves_the_window_and_no_fact() {
    let mut w = workspace(|_| {});
    check(&w, "28/28");
    let facts = w.tenant.environments[0].clone();
    record(&mut w, &[(3, retention(28))]).unwrap();
    // Before, it may have been seven days, which is then all that was left, three days ago and for a day after that.
    check(&w, "9/28");
    let env = &w.tenant.environments[0];
    assert_eq!(Environment { history: Vec::new(), ..env.clone() }, facts, "the facts are as they were");
    w.undo(seed()).unwrap();
    check(&w, "28/28");
    w.redo(seed(), now() + TimeDelta::hours(2)).unwrap();
    check(&w, "9/28");
}

#[test]
fn what_was_before_is_told_by_the_change_before_it() {
    let mut w = workspace(|_| {});
    record(&mut w, &[(3, retention(28)), (20, retention(21))]).unwrap();
    // It was 21 days until the third day before, and perhaps for a day more (K4).
    check(&w, "23/24");
}

#[test]
fn a_round_trip_through_sandbox() {
    let mut w = workspace(|_| {});
    record(&mut w, &[(10, switch(Kind::Production)), (12, switch(Kind::Sandbox))]).unwrap();
    check(&w, "17/28");
    let kinds: Vec<_> = w.tenant.environments[0].history.iter().map(|c| c.at).collect();
    assert_eq!(kinds, [days_ago(12), days_ago(10)], "oldest first");
}

#[test]
fn an_exact_time_takes_the_place_of_a_rough_one() {
    let rough =
        Change { not_before: days_ago(20), at: days_ago(1), what: Changed::RetentionSetting { from: Some(7), to: 28 } };
    let mut w = workspace(|env| env.history.push(rough));
    check(&w, "7/27");
    record(&mut w, &[(18, retention(28))]).unwrap();
    check(&w, "24/25");
    assert_eq!(w.tenant.environments[0].history.len(), 1);
}

/// A change that lies somewhere after it says what was the case until then; one of the same instant is no later one.
#[test]
fn what_comes_after_it_must_agree() {
    let back = Changed::Kind { from: Some(Kind::Sandbox), to: Kind::Production };
    let rough = Change { not_before: days_ago(8), at: days_ago(5), what: back };
    let mut w = workspace(|env| env.history.push(rough.clone()));
    assert!(record(&mut w, &[(12, switch(Kind::Production))]).is_err(), "it was a Sandbox until then");
    record(&mut w, &[(12, switch(Kind::Sandbox))]).unwrap();
    assert_eq!(w.tenant.environments[0].history.len(), 2);
    let exact = Change::exactly(days_ago(10), Changed::RetentionSetting { from: Some(7), to: 28 });
    let mut w = workspace(|env| env.history.push(exact.clone()));
    record(&mut w, &[(10, retention(28))]).unwrap();
    assert_eq!(w.tenant.environments[0].history.len(), 2, "one that is exact is another");
    assert!(record(&mut w, &[(11, retention(28))]).is_err(), "it was 7 until then");
    // From the instant of its creation on.
    record(&mut workspace(|_| {}), &[(365, retention(28))]).unwrap();
    assert!(record(&mut workspace(|_| {}), &[(366, retention(28))]).is_err());
}

#[test]
fn a_backup_that_no_list_told_of() {
    let mut w = workspace(|_| {});
    let deed = Deed::CreateManualBackup { environment: e(), id: "b".into(), label: "Before".into(), point: None };
    record(&mut w, &[(2, deed)]).unwrap();
    assert_eq!(w.tenant.environments[0].backups[0].point, days_ago(2));
}

fn restore(point: DateTime<Utc>) -> Deed {
    let request = RestoreRequest {
        source: e(),
        target: e(),
        point: Point::System(point),
        include_audit_logs: false,
        new_name: None,
        special_apps: Vec::new(),
    };
    Deed::StartRestore { request, ends: None, fails: false }
}

#[test]
fn a_restore_before_the_import_is_a_caution_and_no_window() {
    let mut w = workspace(|_| {});
    record(&mut w, &[(4, restore(days_ago(6)))]).unwrap();
    check(&w, "28/28");
    let [change] = &w.tenant.environments[0].history[..] else { panic!("one change") };
    assert_eq!(change.what, Changed::Restored { source: e(), point: days_ago(6) });
    assert!(w.tenant.environments[0].running.is_none(), "nothing runs now");
    refused(&[(4, restore(days_ago(2)))], "cannot go back to a later time");
}

#[test]
fn what_contradicts_the_time_after_it_is_refused() {
    refused(&[(3, retention(14))], "the inventory says that the retention was 28 days");
    refused(&[(3, switch(Kind::Sandbox))], "the inventory says that the kind was Production");
    refused(&[(3, retention(28)), (2, retention(14))], "was 28 days");
    refused(&[(2, switch(Kind::Production)), (4, switch(Kind::Production))], "before it the kind was Sandbox");
    refused(&[(3, Deed::Set { environment: e(), setting: Setting::Managed(false) })], "Managed Environments was on");
    refused(
        &[(3, Deed::Set { environment: e(), setting: Setting::Key(Key::Customer(None)) })],
        "the customer-managed key was off",
    );
    refused(&[(3, retention(10))], "10 days is no retention setting");
    refused(&[(3, switch(Kind::Default))], "no environment can be switched to Default");
    refused(&[(400, retention(28))], "was created at");
    refused(&[(3, Deed::Set { environment: e(), setting: Setting::Dataverse })], "lies before the last import");
    refused(&[(3, Deed::Delete { environment: e() })], "lies before the last import");
}

#[test]
fn replaying_gives_the_same_tenant() {
    let mut w = workspace(|_| {});
    let mut tenant = w.tenant.clone();
    let key = Deed::Set { environment: e(), setting: Setting::Key(Key::Microsoft) };
    let managed = Deed::Set { environment: e(), setting: Setting::Managed(true) };
    record(&mut w, &[(3, retention(28)), (10, switch(Kind::Production)), (5, key), (6, managed)]).unwrap();
    let happenings: Vec<_> =
        w.log.entries.iter().flat_map(|entry| &entry.events).filter_map(|e| e.happening.clone()).collect();
    assert_eq!(happenings.len(), 4);
    happenings.iter().for_each(|h| evolve(&mut tenant, h));
    assert_eq!(tenant, w.tenant);
    let text = serde_json::to_string(&w).unwrap();
    assert_eq!(serde_json::from_str::<Workspace>(&text).unwrap(), w);
}

#[test]
fn no_edition_promises_more_for_it() {
    for edition in EDITIONS {
        let mut w = workspace(|_| {});
        let before = window(edition, &w.tenant.environments[0], now());
        record(&mut w, &[(3, retention(28)), (10, switch(Kind::Production))]).unwrap();
        let after = window(edition, &w.tenant.environments[0], now());
        assert!(after.guaranteed_from >= before.guaranteed_from, "under {}", edition.id);
    }
}
