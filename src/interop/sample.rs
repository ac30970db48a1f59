//! The sample tenant Contoso: some twenty environments that between them show every rule, including unknown facts.

use crate::domain::capacity::{Capacity, Storage};
use crate::domain::environment::{
    Activity, Environment, Key, Kind, Operation, Policy, Region, RuntimeState, ServiceReason,
};
use crate::domain::fact::{Fact, Origin};
use crate::domain::history::{Change, Changed};
use crate::domain::manual_backup::ManualBackup;
use crate::domain::order::Gather;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

/// The sample tenant as it looks at `now` (UTC). Every instant is relative to `now`, so that it never ages.
pub fn contoso(now: DateTime<Utc>) -> Tenant {
    let s = Sample { now };
    let gb = |entitled: f64, used: f64| Storage { entitled_mb: entitled * 1024.0, used_mb: used * 1024.0 };
    // Little to spare: 5 GB of database cover the 2.5 GB of log that are missing, and leave 2.5 (T7): just enough to create an
    // environment and to restore to it (R15).
    let capacity = Capacity { database: gb(100.0, 95.0), log: gb(10.0, 12.5), file: gb(400.0, 120.0) };
    Tenant {
        name: "Contoso".to_string(),
        environments: [s.production(), s.sandboxes(), s.occupied(), s.others()].concat().into(),
        capacity: Fact::known(capacity, Origin::Sample, now),
        imports: Vec::new(),
        sample: true,
        ..Tenant::default()
    }
}

#[derive(Clone, Copy)]
struct Sample {
    now: DateTime<Utc>,
}

impl Sample {
    fn ago(self, delta: TimeDelta) -> DateTime<Utc> {
        self.now.checked_sub_signed(delta).unwrap_or(self.now)
    }
    fn days(self, days: i64) -> DateTime<Utc> {
        self.ago(TimeDelta::days(days))
    }
    fn hours(self, hours: i64) -> DateTime<Utc> {
        self.ago(TimeDelta::hours(hours))
    }
    fn minutes(self, minutes: i64) -> DateTime<Utc> {
        self.ago(TimeDelta::minutes(minutes))
    }
    fn fact<T>(self, value: T) -> Fact<T> {
        Fact::known(value, Origin::Sample, self.now)
    }

    /// A living environment with Dataverse and Microsoft's key, of which the rest is unknown.
    fn env(self, n: u32, name: &str, kind: Kind, region: &str, age_days: i64) -> Environment {
        let slug: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let geo = if region == "europe" { "crm4" } else { "crm" };
        Environment {
            name: name.to_string(),
            kind: self.fact(kind),
            region: self.fact(Region::new(region)),
            dataverse: self.fact(true),
            key: self.fact(Key::Microsoft),
            policies: self.fact(BTreeSet::new()),
            created: self.fact(self.days(age_days)),
            existed_by: Some(self.days(age_days)),
            state: self.fact(RuntimeState::Enabled),
            background_operations: self.fact(true),
            group: self.fact(None),
            url: Some(format!("https://contoso-{slug}.{geo}.dynamics.com/")),
            azure_region: Some(if region == "europe" { "westeurope" } else { "eastus" }.to_string()),
            ..Environment::new(format!("c0470500-0000-4000-8000-{n:012x}"))
        }
    }

    fn managed(self, managed: bool) -> Fact<bool> {
        self.fact(managed)
    }

    fn backup(self, n: u32, label: &str, point: DateTime<Utc>) -> ManualBackup {
        ManualBackup {
            id: format!("c0470500-0000-4000-9000-{n:012x}"),
            label: label.to_string(),
            point,
            asked: Some(point),
            created_by: Some("Adele Vance".to_string()),
            reported_expiry: None,
            origin: Origin::Sample,
        }
    }

    fn production(self) -> Vec<Environment> {
        vec![
            // Dynamics 365 apps: 28 days under the first two editions, by setting under the newest.
            Environment {
                group: self.fact(Some("Business apps".to_string())),
                dynamics: self.fact(true),
                managed: self.managed(true),
                retention_setting: self.fact(28),
                database_mb: self.fact(38_912.0),
                history: vec![Change::exactly(self.days(40), Changed::RetentionSetting { from: Some(14), to: 28 })],
                backups: vec![
                    self.backup(1, "before 9.2", self.days(20)),
                    self.backup(2, "quarter end", self.days(8)),
                    self.backup(3, "before price list import", self.minutes(6)),
                ],
                ..self.env(1, "Contoso Sales", Kind::Production, "europe", 412)
            },
            // Dynamics 365 apps unknown: 7 days are sure, 28 possible.
            Environment {
                managed: self.managed(true),
                retention_setting: self.fact(7),
                database_mb: self.fact(12_288.0),
                backups: vec![self.backup(4, "before payroll change", self.days(10))],
                ..self.env(2, "Contoso HR", Kind::Production, "europe", 388)
            },
            // Raised from 14 to 28 six hours ago: for 24 hours 14 are sure (K4), and nothing comes back (K5).
            Environment {
                dynamics: self.fact(false),
                managed: self.managed(true),
                retention_setting: self.fact(28),
                database_mb: self.fact(6_144.0),
                history: vec![Change::exactly(self.hours(6), Changed::RetentionSetting { from: Some(14), to: 28 })],
                backups: vec![self.backup(5, "month end", self.days(13))],
                ..self.env(3, "Operations", Kind::Production, "europe", 260)
            },
            // A customer-managed key and a network policy: T5 and T6.
            Environment {
                dynamics: self.fact(false),
                managed: self.managed(true),
                retention_setting: self.fact(21),
                key: self.fact(Key::Customer(Some("contoso-legal-key".to_string()))),
                policies: self.fact([self.network("contoso-vnet-west")].into_iter().into_set()),
                database_mb: self.fact(9_216.0),
                ..self.env(4, "Legal Vault", Kind::Production, "europe", 198)
            },
            // Not managed, without Dynamics 365 apps: 7 days, whatever setting is stored (K3).
            Environment {
                dynamics: self.fact(false),
                managed: self.managed(false),
                retention_setting: self.fact(21),
                database_mb: self.fact(3_072.0),
                ..self.env(5, "Finance Approvals", Kind::Production, "unitedstates", 530)
            },
        ]
    }

    fn network(self, id: &str) -> Policy {
        Policy { sort: "networkinjection".to_string(), id: Some(id.to_string()) }
    }

    fn sandboxes(self) -> Vec<Environment> {
        vec![
            Environment {
                managed: self.managed(true),
                database_mb: self.fact(21_504.0),
                backups: vec![
                    self.backup(6, "before 9.2", self.days(4)),
                    // Four hours before its end: about to expire.
                    self.backup(7, "golden data", self.hours(7 * 24 - 4)),
                ],
                ..self.env(6, "Sales UAT", Kind::Sandbox, "europe", 300)
            },
            // Managed and key unknown: T4 and T5 cannot be judged.
            Environment {
                key: Fact::unknown(),
                policies: Fact::unknown(),
                ..self.env(7, "HR Test", Kind::Sandbox, "europe", 120)
            },
            // Production until two days ago: its older backups sleep, and are at risk (K6, R16).
            Environment {
                dynamics: self.fact(true),
                managed: self.managed(false),
                history: vec![Change::exactly(
                    self.days(2),
                    Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox },
                )],
                backups: vec![self.backup(8, "before the switch", self.days(3))],
                ..self.env(8, "Legacy CRM", Kind::Sandbox, "europe", 720)
            },
            Environment {
                managed: self.managed(false),
                state: self.fact(RuntimeState::AdminMode),
                background_operations: self.fact(false),
                ..self.env(9, "US Train", Kind::Sandbox, "unitedstates", 95)
            },
            // Another key than that of Legal Vault: any key will do in 2024, the same is asked for later (D7).
            Environment {
                managed: self.managed(true),
                key: self.fact(Key::Customer(Some("contoso-test-key".to_string()))),
                policies: self.fact([self.network("contoso-vnet-west")].into_iter().into_set()),
                ..self.env(10, "Legal Test", Kind::Sandbox, "europe", 88)
            },
            Environment {
                dataverse: self.fact(false),
                managed: self.managed(false),
                url: None,
                ..self.env(11, "Canvas Apps", Kind::Sandbox, "europe", 64)
            },
        ]
    }

    fn occupied(self) -> Vec<Environment> {
        vec![
            Environment {
                managed: self.managed(true),
                activity: Some(Activity { what: Operation::Copying, since: Some(self.minutes(40)), seen: None }),
                ..self.env(12, "Sales Perf", Kind::Sandbox, "europe", 45)
            },
            // Left disabled by a failed restore: newer editions let it be retried, as target only (R20, T9).
            Environment {
                managed: self.managed(true),
                state: self.fact(RuntimeState::Disabled),
                failed_restore: Some(self.minutes(50)),
                ..self.env(13, "Support Test", Kind::Sandbox, "europe", 150)
            },
            Environment {
                dynamics: self.fact(true),
                managed: self.managed(false),
                state: self.fact(RuntimeState::Disabled),
                deleted: Some(self.days(5).into()),
                history: vec![Change::exactly(self.days(5), Changed::Deleted)],
                ..self.env(14, "Old Portal", Kind::Production, "europe", 900)
            },
        ]
    }

    fn others(self) -> Vec<Environment> {
        let default_reason = ServiceReason {
            operation: "Restore".to_string(),
            allowed: false,
            message: "Restore is not available for an environment of type Default.".to_string(),
        };
        let mut default = Environment {
            id: crate::domain::environment::EnvironmentId::new("Default-c0470500-0000-4000-8000-00000000c0de"),
            managed: self.managed(false),
            service_reasons: vec![default_reason],
            ..self.env(17, "Contoso (default)", Kind::Default, "europe", 1460)
        };
        default.database_mb = self.fact(4_096.0);
        vec![
            // Managed unknown: the question is asked where it decides.
            self.env(15, "Sales Dev", Kind::Developer, "europe", 210),
            Environment {
                managed: self.managed(false),
                ..self.env(16, "Marketing Teams", Kind::Teams, "unitedstates", 175)
            },
            default,
            Environment { managed: self.managed(false), ..self.env(18, "Copilot Trial", Kind::Trial, "europe", 12) },
            // Created three days ago: its window begins there (K8).
            Environment {
                managed: self.managed(true),
                ..self.env(19, "Maker Onboarding", Kind::Developer, "europe", 3)
            },
            Environment {
                managed: Fact::unknown(),
                ..self.env(20, "Data Platform", Kind::Other("Platform".to_string()), "europe", 500)
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_unique_and_nothing_lies_in_the_future() {
        let now = DateTime::from_timestamp(1_767_268_800, 0).unwrap();
        let tenant = contoso(now);
        let ids: std::collections::HashSet<_> = tenant.environments.iter().map(|e| &e.id).collect();
        let names: std::collections::HashSet<_> = tenant.environments.iter().map(|e| &e.name).collect();
        assert_eq!((ids.len(), names.len()), (tenant.environments.len(), tenant.environments.len()));
        for e in &tenant.environments {
            assert!(e.history.iter().all(|c| c.at <= now && c.not_before <= c.at), "{}", e.name);
            assert!(e.backups.iter().all(|b| b.point <= now), "{}", e.name);
            assert!(e.created.get().is_none_or(|c| *c <= now), "{}", e.name);
        }
    }

    #[test]
    fn it_shows_every_kind_and_state() {
        let tenant = contoso(DateTime::from_timestamp(1_767_268_800, 0).unwrap());
        let any = |f: &dyn Fn(&Environment) -> bool| tenant.environments.iter().any(f);
        for kind in [Kind::Production, Kind::Sandbox, Kind::Developer, Kind::Teams, Kind::Default, Kind::Trial] {
            assert!(any(&|e| e.kind.get() == Some(&kind)), "{kind}");
        }
        assert!(any(&|e| matches!(e.kind.get(), Some(Kind::Other(_)))));
        assert!(any(&|e| e.managed.is_unknown()) && any(&|e| e.key.is_unknown()) && any(&|e| e.dynamics.is_unknown()));
        assert!(
            any(&|e| e.deleted.is_some()) && any(&|e| e.failed_restore.is_some()) && any(&|e| e.activity.is_some())
        );
        assert!(any(&|e| e.dataverse.get() == Some(&false)));
        assert!(any(&|e| e.state.get() == Some(&RuntimeState::AdminMode)));
    }
}
