//! Keeping: that nothing is ever lost, whatever the store does and whenever a tab ends.

mod ahead;
mod cases;
mod corners;
mod desk;
mod faulty;
mod formats;
mod law;
mod margins;
mod missing;
mod races;
mod slices;
mod taken_back;
mod undo;
mod wholes;
mod words;

use crate::planned::plan;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use faulty::Faulty;
use restore_desk::domain::command::{Command, WorkingOut};
use restore_desk::domain::deed;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::environment::{Answer, Environment, EnvironmentId, Key as Encryption, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::plan::{Plan, Purpose};
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::workspace::edit::{Edit, Made};
use restore_desk::workspace::keep::{Keeper, Kept, Opened, WholeChange};
use restore_desk::workspace::keys::{Id, Place, Tab};
use restore_desk::workspace::{Draft, Workspace};
use std::sync::Arc;

/// Seconds after 1 March 2026, UTC.
pub fn second(s: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap() + TimeDelta::seconds(s)
}

pub fn env(n: usize) -> EnvironmentId {
    EnvironmentId::new(format!("e{n}"))
}

pub fn place() -> Place {
    Place::Tenant(Id::new("one").unwrap())
}

pub fn named_tab(name: &str) -> Tab {
    Tab(Id::new(name).unwrap())
}

/// Four environments of which most is known.
pub fn base() -> Workspace {
    fn is<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Import(0), second(-90_000_000))
    }
    let kinds = [Kind::Production, Kind::Sandbox, Kind::Production, Kind::Sandbox];
    let mut w = Workspace::default();
    w.tenant.name = "Base".into();
    w.tenant.environments = kinds
        .into_iter()
        .enumerate()
        .map(|(n, kind)| {
            let mut e = Environment::new(env(n).as_str());
            e.name = format!("E{n}");
            e.kind = is(kind);
            e.region = is(Region::new("europe"));
            e.dataverse = is(true);
            e.dynamics = is(n == 0);
            e.managed = is(true);
            e.key = is(Encryption::Microsoft);
            e.policies = is(Default::default());
            e.retention_setting = is(7);
            e.created = is(second(-60 * 60 * 24 * 60));
            e
        })
        .collect();
    w
}

pub fn run(command: Command, at: i64) -> Edit {
    Edit::Run { command, at: second(at), step: None }
}

pub fn rename(name: &str, at: i64) -> Edit {
    run(Command::Rename(name.into()), at)
}

/// A manual backup under an id of its own: it contradicts nothing, and its trace in the tenant stays.
pub fn backup(n: usize, id: &str, at: i64) -> Edit {
    let deed = deed::Deed::CreateManualBackup {
        environment: env(n),
        id: id.into(),
        label: id.into(),
        point: Some(second(at)),
    };
    run(Command::Do(deed), at)
}

pub fn managed(n: usize, yes: bool, at: i64) -> Edit {
    run(Command::Answer { environments: vec![env(n)], answer: Answer::Managed(yes) }, at)
}

pub fn draft(name: &str) -> Edit {
    Edit::Draft(Some(Box::new(Draft { new_name: name.into(), ..Draft::default() })))
}

pub fn some_plan(title: &str) -> Plan {
    let purpose = Purpose::Restore(RestoreRequest {
        source: env(0),
        target: env(1),
        point: Point::System(second(-3000)),
        include_audit_logs: false,
        new_name: None,
        special_apps: vec![],
    });
    let mut plan = plan(Edition::default_edition(), &base().tenant, &purpose, second(0)).unwrap();
    plan.about = restore_desk::domain::plan::About::Told(title.into());
    plan
}

pub fn keep_plan(title: &str) -> Edit {
    Edit::KeepPlan { plan: Box::new(some_plan(title)), elsewhere: None }
}

/// An inventory that lists one more environment.
pub fn import(id: &str, at: i64) -> Edit {
    let seen = Observation { id: id.into(), name: Some(id.into()), ..Observation::default() };
    let (format, name) = ("admin REST list".to_string(), "environments.json".to_string());
    let inventory = Inventory { format, name, environments: vec![seen].into(), ..Inventory::default() };
    run(Command::Import(inventory), at)
}

/// An import as the page keeps it: worked out beforehand, on the tenant of `w`.
pub fn worked_out(w: &Workspace, edit: Edit, at: i64) -> Edit {
    match edit {
        Edit::Run { command: Command::Import(inventory), .. } => {
            let import = WorkingOut::new(w.tenant.clone(), inventory, second(at)).finish();
            run(Command::WorkedOut(Arc::new(import)), at)
        }
        edit => edit,
    }
}

/// A tab that has the place open.
#[derive(Clone, Debug)]
pub struct Desk {
    pub keeper: Keeper,
    pub w: Workspace,
}

impl Desk {
    pub fn open(store: &Faulty, tab: &str) -> (Desk, Opened) {
        let (keeper, w, opened) = Keeper::open(store, place(), named_tab(tab));
        (Desk { keeper, w }, opened)
    }

    /// A tab that has a workspace with something in it, which is kept.
    pub fn begin(store: &Faulty, tab: &str) -> Desk {
        let (mut desk, _) = Desk::open(store, tab);
        desk.keeper.whole(&mut desk.w, WholeChange::Replace(Box::new(base()))).unwrap();
        desk.keeper.fold(store, &mut desk.w, second(-10)).unwrap();
        desk.keeper.fold(store, &mut desk.w, second(-10)).unwrap();
        desk
    }

    /// Makes an edit at `at`, and tells how it was kept.
    pub fn edit(&mut self, store: &Faulty, edit: Edit, at: i64) -> Kept {
        let made = Made::new(edit, &self.w, second(at));
        self.keeper.edit(store, &mut self.w, made).expect("made").1
    }

    pub fn has_backup(&self, id: &str) -> bool {
        has_backup(&self.w, id)
    }
}

pub fn has_backup(w: &Workspace, id: &str) -> bool {
    w.tenant.environments.iter().flat_map(|e| &e.backups).any(|b| b.id == id)
}

/// Whether a backup is there, or stands in the history because an import came first.
pub fn has_trace(w: &Workspace, id: &str) -> bool {
    let told = |says: &str| says.contains(&format!("“{id}”"));
    has_backup(w, id) || w.log.entries.iter().flat_map(|e| &e.events).any(|e| told(&e.says))
}
