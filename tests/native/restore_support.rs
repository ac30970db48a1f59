//! A small tenant for the tests of restores, plans and commands: every fact known, so that each test changes one thing.
#![allow(dead_code)]

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Environment, EnvironmentId, Key, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::manual_backup::ManualBackup;
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::service::Cloud;
use restore_desk::domain::tenant::{ImportRecord, Tenant};

pub const PROD: &str = "11111111-1111-1111-1111-111111111111";
pub const BOX: &str = "22222222-2222-2222-2222-222222222222";
pub const BOX2: &str = "33333333-3333-3333-3333-333333333333";
pub const DEV: &str = "44444444-4444-4444-4444-444444444444";
pub const TEAMS: &str = "55555555-5555-5555-5555-555555555555";
pub const DEFAULT: &str = "Default-66666666-6666-6666-6666-666666666666";

/// 12 March 2026, noon UTC.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 12, 12, 0, 0).unwrap()
}
pub fn hours_ago(hours: i64) -> DateTime<Utc> {
    now() - TimeDelta::hours(hours)
}
pub fn minutes_ago(minutes: i64) -> DateTime<Utc> {
    now() - TimeDelta::minutes(minutes)
}
pub fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}
pub fn id(raw: &str) -> EnvironmentId {
    EnvironmentId::new(raw)
}
pub fn seed() -> &'static Edition {
    EDITIONS[0]
}
pub fn newest() -> &'static Edition {
    Edition::newest()
}

pub fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Import(1), hours_ago(2))
}

/// An environment of which everything is known.
pub fn env(raw: &str, name: &str, kind: Kind) -> Environment {
    let mut e = Environment::new(raw);
    e.name = name.to_string();
    e.kind = known(kind);
    e.region = known(Region::new("europe"));
    e.dataverse = known(true);
    e.dynamics = known(false);
    e.managed = known(false);
    e.key = known(Key::Microsoft);
    e.policies = known(Default::default());
    e.retention_setting = known(7);
    e.created = known(days_ago(400));
    e.last_import = Some(1);
    e
}

pub fn gb(entitled: f64, used: f64) -> Storage {
    Storage { entitled_mb: entitled * 1024.0, used_mb: used * 1024.0 }
}

/// Production (with Dynamics 365 apps), two Sandboxes, Developer, Teams, Default; imported two hours ago; capacity free.
pub fn tenant() -> Tenant {
    let mut prod = env(PROD, "Contoso Sales", Kind::Production);
    prod.dynamics = known(true);
    let mut t = Tenant { name: "Contoso".to_string(), ..Tenant::default() };
    t.environments = vec![
        prod,
        env(BOX, "Contoso Test", Kind::Sandbox),
        env(BOX2, "Contoso Train", Kind::Sandbox),
        env(DEV, "Contoso Dev", Kind::Developer),
        env(TEAMS, "Contoso Team", Kind::Teams),
        env(DEFAULT, "Contoso (default)", Kind::Default),
    ]
    .into();
    t.cloud = known(Cloud::Public);
    t.capacity = known(Capacity { database: gb(100.0, 80.0), log: gb(10.0, 5.0), file: gb(100.0, 50.0) });
    t.imports = vec![ImportRecord {
        number: 1,
        at: hours_ago(2),
        name: "environments.json".to_string(),
        format: "admin REST list".to_string(),
        environments: 6,
        complete: true,
        told: Default::default(),
        asked: None,
    }];
    t
}

pub fn with(change: impl FnOnce(&mut Tenant)) -> Tenant {
    let mut t = tenant();
    change(&mut t);
    t
}
pub fn edit(raw: &str, change: impl FnOnce(&mut Environment)) -> Tenant {
    with(|t| change(t.get_mut(&id(raw)).unwrap()))
}

pub fn request(source: &str, target: &str, point: DateTime<Utc>) -> RestoreRequest {
    RestoreRequest {
        source: id(source),
        target: id(target),
        point: Point::System(point),
        include_audit_logs: false,
        new_name: None,
        special_apps: Vec::new(),
    }
}

pub fn backup(id: &str, label: &str, point: DateTime<Utc>) -> ManualBackup {
    ManualBackup {
        id: id.to_string(),
        label: label.to_string(),
        point,
        asked: None,
        created_by: None,
        reported_expiry: None,
        origin: Origin::Import(1),
    }
}
