//! What happens next, without anybody doing anything: for the clock of a rehearsal and for lists of deadlines.

use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, EnvironmentId, Kind};
use crate::domain::history::Changed;
use crate::domain::manual_backup;
use crate::domain::retention::Reason;
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use crate::domain::words::{days_text, instant_text};
use chrono::{DateTime, TimeDelta, Utc};

/// Something that will happen at an instant if nothing changes before.
#[derive(Clone, Debug, PartialEq)]
pub struct Upcoming {
    /// UTC.
    pub at: DateTime<Utc>,
    pub environment: EnvironmentId,
    /// For people, with names.
    pub says: String,
    pub rules: Vec<RuleId>,
}

/// Until when a deleted environment can be recovered (X1, X3). UTC.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    pub deleted: DateTime<Utc>,
    pub guaranteed_until: DateTime<Utc>,
    /// Later than `guaranteed_until` where a fact is unknown that decides.
    pub possible_until: DateTime<Utc>,
    pub reasons: Vec<Reason>,
}

/// Days of X1: for every kind, and for Production with Dynamics 365 apps.
const RECOVERY_DAYS: u32 = 7;
const RECOVERY_DAYS_DYNAMICS: u32 = 28;

/// Until when `env` can be recovered; `None` while it lives.
pub fn recovery(_edition: &Edition, env: &Environment) -> Option<Recovery> {
    let deleted = env.deleted?;
    let production = env.kind.get().map(|k| *k == Kind::Production);
    let dynamics = env.dynamics.get().copied();
    let (sure, possible, says) = match (production, dynamics) {
        (Some(false), _) => {
            (RECOVERY_DAYS, RECOVERY_DAYS, "every kind but Production with Dynamics 365 apps has 7 days".to_string())
        }
        (Some(true), Some(true)) => (
            RECOVERY_DAYS_DYNAMICS,
            RECOVERY_DAYS_DYNAMICS,
            "a Production environment with Dynamics 365 apps has 28 days".to_string(),
        ),
        (_, Some(false)) => (RECOVERY_DAYS, RECOVERY_DAYS, "without Dynamics 365 apps it has 7 days".to_string()),
        (Some(true), None) => (
            RECOVERY_DAYS,
            RECOVERY_DAYS_DYNAMICS,
            "whether it had Dynamics 365 apps is unknown: 7 days are sure, 28 possible".to_string(),
        ),
        (None, _) => {
            (RECOVERY_DAYS, RECOVERY_DAYS_DYNAMICS, "its kind is unknown: 7 days are sure, 28 possible".to_string())
        }
    };
    let mut reasons = vec![Reason { rule: RuleId::X1, says }];
    if env.retention_setting.get().is_some_and(|days| *days > RECOVERY_DAYS) {
        let says = format!(
            "its retention setting of {} does not lengthen the time for recovery",
            days_text(env.retention_setting.get().copied().unwrap_or(RECOVERY_DAYS))
        );
        reasons.push(Reason { rule: RuleId::X3, says });
    }
    Some(Recovery {
        deleted,
        guaranteed_until: after(deleted, sure),
        possible_until: after(deleted, possible),
        reasons,
    })
}

fn after(at: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    at.checked_add_signed(TimeDelta::days(i64::from(days))).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Everything that will happen after `now` (UTC), soonest first.
pub fn upcoming(edition: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Vec<Upcoming> {
    let mut all: Vec<Upcoming> = tenant.environments.iter().flat_map(|env| of_environment(edition, env, now)).collect();
    all.retain(|u| u.at > now);
    all.sort_by(|a, b| {
        a.at.cmp(&b.at).then_with(|| a.environment.cmp(&b.environment)).then_with(|| a.says.cmp(&b.says))
    });
    all
}

fn of_environment(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Vec<Upcoming> {
    let mut found = Vec::new();
    let mut add = |at: DateTime<Utc>, rules: &[RuleId], says: String| {
        found.push(Upcoming { at, environment: env.id.clone(), says, rules: rules.to_vec() });
    };
    let name = &env.name;
    if let Some(recovery) = recovery(edition, env) {
        add(recovery.guaranteed_until, &[RuleId::X1], format!("{name} can no longer surely be recovered"));
        if recovery.possible_until != recovery.guaranteed_until {
            add(recovery.possible_until, &[RuleId::X1], format!("{name} can no longer be recovered at all"));
        }
        return found;
    }
    if let Some(ends) = env.running.as_ref().and_then(|r| r.ends) {
        add(ends, &[RuleId::R7], format!("The restore onto {name} ends"));
    }
    for backup in &env.backups {
        let label = &backup.label;
        let asked = backup.asked.unwrap_or(backup.point);
        let minutes = |m| asked.checked_add_signed(TimeDelta::minutes(m)).unwrap_or(asked);
        add(
            minutes(10),
            &[RuleId::M8],
            format!("The {label} backup was successfully created. It may be used with caution"),
        );
        add(minutes(15), &[RuleId::M8], format!("The manual backup “{label}” of {name} is ready"));
        let judged = manual_backup::judge(edition, env, backup, now);
        if let Some(at) = judged.guaranteed_until {
            add(at, &[RuleId::M4], format!("The manual backup “{label}” of {name} is no longer guaranteed"));
        }
        if let Some(at) = judged.possible_until.filter(|at| judged.guaranteed_until != Some(*at)) {
            add(at, &[RuleId::M4], format!("The manual backup “{label}” of {name} expires"));
        }
    }
    for change in &env.history {
        let Changed::RetentionSetting { from, to } = &change.what else { continue };
        let at = after(change.at, 1);
        let says = match from {
            Some(from) if to < from => format!(
                "{name}: what lies between {} and {} is gone: 24 hours after the change of {}",
                days_text(*to),
                days_text(*from),
                instant_text(change.at)
            ),
            _ => format!("{name}: the retention of {} is guaranteed, 24 hours after the change", days_text(*to)),
        };
        add(at, &[RuleId::K4], says);
    }
    found
}
