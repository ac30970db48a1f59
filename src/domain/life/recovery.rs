//! Until when a deleted environment can be recovered.
//!
//! What recovery brings back of its backups is documented nowhere. Our reading: while it is deleted nothing is promised, and
//! what it had is *possible* until it can no longer be recovered; after a recovery every point of before is *possible* until
//! its own period ends, never guaranteed, and what is guaranteed begins at the recovery. The window (`retention`) does so, from
//! the history.

use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, Kind};
use crate::domain::history::kind_at;
use crate::domain::retention::Reason;
use crate::domain::rule::RuleId;
use crate::domain::words::days_text;
use chrono::{DateTime, TimeDelta, Utc};

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
    let production = kind_at(env, deleted).map(|kind| kind == Kind::Production);
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
