//! The log: what can be taken back and done again, what an import forbids, what is kept of old entries, and how much room it
//! takes.

use crate::restore_support;

use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::capacity::Capacity;
use restore_desk::domain::command::{Command, EventSort, Stays};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Answer, Environment, FactKey, Kind};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::life::{Deed, NewEnvironment, What};
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::Say;
use restore_desk::workspace::log::{Log, Step};
use restore_support::*;

struct World {
    edition: &'static Edition,
    tenant: Tenant,
    log: Log,
}

fn minutes(m: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(m)
}

fn backup_now(n: i64) -> Command {
    let id = format!("b{n}");
    Command::Do(Deed::CreateManualBackup { environment: id_of(PROD), label: id.clone(), id, point: None })
}

fn id_of(raw: &str) -> restore_desk::domain::environment::EnvironmentId {
    id(raw)
}

fn import() -> Command {
    let environments = vec![Observation {
        id: BOX2.into(),
        name: Some("Contoso Train".into()),
        managed: Some(true),
        ..Observation::default()
    }];
    let (format, name) = ("admin REST list".to_string(), "environments.json".to_string());
    Command::Import(Inventory { format, name, environments: environments.into(), ..Inventory::default() })
}

impl World {
    fn new() -> Self {
        Self { edition: seed(), tenant: tenant(), log: Log::default() }
    }
    #[track_caller]
    fn run(&mut self, command: Command, at: i64) {
        self.step(command, at, None);
    }
    #[track_caller]
    fn step(&mut self, command: Command, at: i64, step: Option<Step>) {
        let at = minutes(at);
        match self.log.record(self.edition, &self.tenant, command, at, at.max(now()), step) {
            Ok((tenant, _)) => self.tenant = tenant,
            Err(refusal) => panic!("{refusal:?}"),
        }
    }
    #[track_caller]
    fn refused(&mut self, command: Command, at: i64, says: &str) {
        let before = self.log.clone();
        let last = self.log.entries.last().map_or(now(), |e| e.at);
        let refusal =
            self.log.record(self.edition, &self.tenant, command, minutes(at), last, None).expect_err("it is refused");
        assert!(refusal.says().to_string().contains(says) && !refusal.help().is_empty(), "{refusal:?}");
        assert!(before == self.log);
    }
    #[track_caller]
    fn undo(&mut self) {
        self.tenant = self.log.undo(self.edition, &self.tenant).unwrap();
    }
    #[track_caller]
    fn not_undone(&mut self, stays: Stays) {
        assert_eq!(self.log.undoable().err(), Some(stays.clone()), "a button says so before");
        assert_eq!(self.log.undo(self.edition, &self.tenant), Err(stays));
    }
}

#[test]
fn an_import_cannot_be_taken_back_nor_anything_before_it() {
    let mut w = World::new();
    w.run(backup_now(1), 0);
    w.run(import(), 5);
    w.not_undone(Stays::LastIsImport);
    w.run(backup_now(2), 6);
    w.undo();
    w.not_undone(Stays::LastIsImport);
    let first = w.log.entries[0].number;
    let why = w.log.take_back(w.edition, &w.tenant, first).unwrap_err();
    assert_eq!(why, Stays::BeforeImport);
    let imported = w.log.entries.iter().find(|e| e.import).unwrap().number;
    let why = w.log.take_back(w.edition, &w.tenant, imported).unwrap_err();
    assert_eq!(why, Stays::Import);
    w.refused(backup_now(3), 1, "an import came after it");
    w.run(backup_now(3), 20);
    assert_eq!(w.log.entries.iter().filter(|e| e.import).count(), 1);
    assert!(w.log.events().any(|(_, e)| e.sort == EventSort::Import), "it is shown");
}

#[test]
fn what_was_recorded_last_is_found_whenever_it_was_done() {
    let mut w = World::new();
    w.run(backup_now(1), 5);
    w.step(backup_now(2), -60, None);
    let newest = w.log.newest_command().unwrap();
    assert_eq!((newest.at, newest.recorded), (minutes(-60), now()));
    assert_ne!(w.log.entries.last().unwrap().number, newest.number);
    let number = newest.number;
    w.run(import(), 6);
    assert_eq!(w.log.newest_command().map(|e| e.number), Some(number), "an import is no command");
}

#[test]
fn what_is_known_is_taken_back_as_well() {
    let mut w = World::new();
    let start = w.tenant.clone();
    let everywhere: Vec<_> = start.environments.iter().map(|e| e.id.clone()).collect();
    w.run(Command::Answer { environments: everywhere.clone(), answer: Answer::Managed(true) }, 0);
    w.run(Command::ForgetAnswer { environments: everywhere, fact: FactKey::Managed }, 1);
    let storage = gb(1.0, 1.0);
    w.run(Command::SetCapacity(Capacity { database: storage, log: storage, file: storage }), 2);
    w.run(Command::Rename("Another".into()), 3);
    w.run(Command::Forget { environments: vec![id(BOX), id(DEV)] }, 4);
    w.run(Command::Do(Deed::Delete { environment: id(BOX2) }), 5);
    assert_eq!(w.tenant.environments.len(), 4);
    for _ in 0..6 {
        w.undo();
    }
    assert_eq!(w.tenant, start, "every environment in its place");
    w.not_undone(Stays::NothingDone);
    for _ in 0..6 {
        w.tenant = w.log.redo(w.edition, &w.tenant, minutes(10)).unwrap();
    }
    assert_eq!((w.tenant.name.as_str(), w.tenant.environments.len()), ("Another", 4));
}

#[test]
fn environments_that_are_added_and_taken_off_come_and_go() {
    let mut w = World::new();
    let new = |n: u32| {
        Command::Do(Deed::Create(NewEnvironment {
            id: id(&format!("new-{n}")),
            name: format!("New {n}"),
            kind: Kind::Sandbox,
            region: None,
            dataverse: None,
            dynamics: None,
            managed: None,
            key: None,
            policies: None,
        }))
    };
    w.run(new(1), 0);
    w.run(new(2), 1);
    w.run(Command::Forget { environments: vec![id("new-1"), id(PROD), id(DEFAULT)] }, 2);
    let after = w.tenant.clone();
    for _ in 0..3 {
        w.undo();
    }
    assert_eq!(w.tenant, tenant());
    for _ in 0..3 {
        w.tenant = w.log.redo(w.edition, &w.tenant, minutes(9)).unwrap();
    }
    assert_eq!(w.tenant, after);
}

#[test]
fn later_entries_are_judged_by_the_rules_of_then() {
    let mut w = World::new();
    w.edition = EDITIONS[1];
    // Manual backups of Developer environments are a rule of 2025.
    let developer = Deed::CreateManualBackup { environment: id(DEV), id: "d".into(), label: "d".into(), point: None };
    w.run(backup_now(1), 0);
    w.run(Command::Do(developer), 2);
    w.edition = seed();
    let (tenant, _) =
        w.log.record(w.edition, &w.tenant, backup_now(2), minutes(1), minutes(5), None).expect("the other stays");
    assert_eq!(tenant.get(&id(DEV)).unwrap().backups.len(), 1);
    w.tenant = tenant;
    w.undo();
    w.tenant = w.log.redo(w.edition, &w.tenant, minutes(5)).expect("by the rules of 2025");
    assert_eq!(w.tenant.get(&id(DEV)).unwrap().backups.len(), 1);
}

#[test]
fn only_the_last_hundred_can_be_taken_back() {
    let mut w = World::new();
    for n in 0..130 {
        w.run(backup_now(n), n * 20);
    }
    let entries = w.log.entries.len();
    assert_eq!(entries, 130 + 129, "each with its completion");
    let old = &w.log.entries[0];
    assert_eq!(
        (old.command.as_ref(), old.events[0].says.as_str()),
        (None, "A manual backup “b0” of Contoso Sales was asked for")
    );
    // Of all that is older only what is shown is left, also of what ended by itself.
    let keeps = w.log.entries.iter().map(|e| serde_json::to_string(e).unwrap().contains(r#""before":"#));
    assert!(keeps.enumerate().all(|(n, keeps)| keeps == (n >= entries - 100)));
    let number = old.number;
    let why = w.log.take_back(w.edition, &w.tenant, number).unwrap_err();
    assert_eq!(why, Stays::NotKept);
    w.refused(backup_now(999), 5, "too far back");
    for _ in 0..50 {
        w.undo();
    }
    w.not_undone(Stays::NotKept);
    assert_eq!(w.tenant.get(&id(PROD)).unwrap().backups.len(), 80);
    for _ in 0..50 {
        w.tenant = w.log.redo(w.edition, &w.tenant, minutes(130 * 20)).unwrap();
    }
    assert_eq!(w.tenant.get(&id(PROD)).unwrap().backups.len(), 130);
}

#[test]
fn an_import_among_old_entries_holds_nothing_up() {
    // Two entries get old at a time: the import with what stands before it, or with what stands behind it.
    for first in [1, 2] {
        let mut w = World::new();
        for n in 0..first {
            w.run(Command::Rename(format!("Name {n}")), n);
        }
        w.run(import(), 10);
        for n in 0..80 {
            w.run(backup_now(n), 20 + n * 20);
        }
        let entries = w.log.entries.len();
        let keeps = w.log.entries.iter().map(|e| serde_json::to_string(e).unwrap().contains(r#""before":"#));
        assert!(keeps.enumerate().all(|(n, keeps)| keeps == (n >= entries - 100)), "{first}");
    }
}

#[test]
fn restores_stay_known_of_old_entries() {
    let mut w = World::new();
    let start = Deed::StartRestore { request: request(PROD, BOX, days_ago(1)), ends: Some(minutes(60)), fails: false };
    w.run(Command::Do(start), 0);
    for n in 0..120 {
        w.run(backup_now(n), 100 + n * 20);
    }
    let happenings: Vec<&What> = w.log.entries[..2]
        .iter()
        .flat_map(|e| &e.events)
        .filter_map(|e| e.happening.as_ref())
        .map(|h| &h.what)
        .collect();
    assert!(matches!(happenings[..], [What::RestoreStarted(_), What::RestoreSucceeded]), "{happenings:?}");
}

#[test]
fn an_answer_for_a_whole_tenant_is_one_entry_of_bearable_size() {
    let mut w = World::new();
    let count = 3_000;
    w.tenant.environments =
        (0..count).map(|n| env(&format!("{n:036}"), &format!("Environment {n}"), Kind::Sandbox)).collect();
    for e in w.tenant.environments.iter_mut() {
        e.managed = Fact::unknown();
    }
    let everywhere: Vec<_> = w.tenant.environments.iter().map(|e| e.id.clone()).collect();
    w.run(Command::Answer { environments: everywhere.clone(), answer: Answer::Managed(false) }, 0);
    let events = &w.log.entries[0].events;
    assert_eq!((events.len(), events[100].says.as_str()), (101, "2900 more like these"));
    assert!(serde_json::to_string(&w.log).unwrap().len() < 50_000);
    w.not_undone(Stays::NotKept);
    w.run(Command::Answer { environments: everywhere[..500].to_vec(), answer: Answer::Dynamics(false) }, 1);
    w.undo();
    assert!(w.tenant.environments.iter().all(|e| e.dynamics.answered().is_none()));
}

/// A year in which something is done every day fits beside a tenant in the browser's store.
#[test]
fn room() {
    let mut w = World::new();
    w.edition = newest();
    for day in 0..365 {
        let at = day * 24 * 60;
        w.run(backup_now(day), at);
        let request = request(PROD, BOX, minutes(at) - TimeDelta::hours(2));
        let ends = Some(minutes(at + 300));
        w.run(Command::Do(Deed::StartRestore { request, ends, fails: false }), at + 60);
        w.run(Command::Do(Deed::Set { environment: id(BOX), setting: Setting::AdministrationMode(false) }), at + 600);
    }
    let text = serde_json::to_string(&w.log).unwrap();
    println!("{} entries, {} characters, {} each", w.log.entries.len(), text.len(), text.len() / w.log.entries.len());
    assert!(text.len() / w.log.entries.len() < 400, "{} characters each", text.len() / w.log.entries.len());
}

#[test]
fn the_steps_of_a_plan_are_found_again() {
    let mut w = World::new();
    let step = |plan, id: &str| Some(Step { plan, id: id.into() });
    let new = Deed::Create(NewEnvironment {
        id: id("made"),
        name: "Made".into(),
        kind: Kind::Sandbox,
        region: None,
        dataverse: Some(true),
        dynamics: Some(false),
        managed: None,
        key: None,
        policies: None,
    });
    w.step(backup_now(1), 0, step(1, "back-up-target"));
    w.step(Command::Do(new), 1, step(2, "create-environment"));
    assert_eq!(w.log.environment_made_by(2), Some(&id("made")));
    assert_eq!(w.log.environment_made_by(1), None);
    assert_eq!(w.log.of_step(1, "back-up-target").map(|e| e.at), Some(minutes(0)));
    assert_eq!(w.log.of_step(1, "create-environment").map(|e| e.number), None);
    // A step that is taken back is not done any more.
    w.undo();
    assert_eq!(w.log.environment_made_by(2), None);
    w.tenant = w.log.redo(w.edition, &w.tenant, minutes(5)).unwrap();
    assert_eq!(w.log.environment_made_by(2), Some(&id("made")));
}

#[test]
fn a_clock_that_goes_back_hinders_nobody() {
    let mut w = World::new();
    w.run(backup_now(1), 10);
    // The computer's clock was ahead: what is recorded now is not later than the last entry.
    w.run(backup_now(2), 0);
    assert_eq!(w.log.entries.iter().map(|e| e.at).collect::<Vec<_>>(), [minutes(0), minutes(10), minutes(10)]);
    assert!(w.log.pass_time(w.edition, &w.tenant, minutes(5)).is_none());
    assert!(w.log.pass_time(w.edition, &w.tenant, minutes(20)).is_some());
}

#[test]
fn an_answer_for_a_thousand_is_taken_back_and_for_more_is_not() {
    for (count, is) in [(1_000, true), (1_001, false)] {
        let mut w = World::new();
        w.tenant.environments = (0..count).map(|n| Environment::new(format!("e{n}").as_str())).collect();
        let (start, environments) = (w.tenant.clone(), w.tenant.environments.iter().map(|e| e.id.clone()).collect());
        w.run(Command::Answer { environments, answer: Answer::Managed(true) }, 0);
        if is {
            w.undo();
            assert_eq!(w.tenant, start);
        } else {
            w.not_undone(Stays::NotKept);
        }
    }
}

#[test]
fn an_older_log_is_still_read() {
    let text = r#"{"entries":[{"number":1,"at":"2026-03-12T12:00:00Z","recorded":"2026-03-12T12:00:00Z","events":[{"at":"2026-03-12T12:00:00Z","says":"x"}]}]}"#;
    let log: Log = serde_json::from_str(text).unwrap();
    assert_eq!((log.entries.len(), log.entries[0].edition.0.as_str()), (1, "2024-04-02"));
    assert_eq!(log.entries[0].events[0].sort, EventSort::List);
}
