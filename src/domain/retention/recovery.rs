//! Until when a deleted environment can be recovered.
//!
//! What recovery brings back of its backups is documented nowhere. Our reading: while it is deleted nothing is promised, and
//! what it had is *possible* until it can no longer be recovered; after a recovery every point of before is *possible* until
//! its own period ends, never guaranteed, and what is guaranteed begins at the recovery. The window does so, from the history.

use crate::domain::edition::{EDITIONS, Edition};
use crate::domain::environment::{Deletion, Environment, FactKey, Kind};
use crate::domain::history::{Change, Changed};
use crate::domain::rule::RuleId;
use crate::domain::said::Said;
use chrono::{DateTime, TimeDelta, Utc};

/// Until when a deleted environment can be recovered (X1, X3). UTC.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    pub deleted: Deletion,
    /// From the earliest that it can have been deleted; `None` where nobody knows that. May lie before the latest.
    pub guaranteed_until: Option<DateTime<Utc>>,
    /// From the latest. Later than `guaranteed_until` where something is unknown that decides.
    pub possible_until: DateTime<Utc>,
    /// What is unknown and decides; empty where the two are the same.
    pub doubts: Vec<Doubt>,
    pub reasons: Vec<Said<RecoveryCause>>,
}

/// Why so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryCause {
    Doubt(Doubt),
    /// It was no Production environment.
    AnotherKind,
    ProductionWithApps,
    WithoutApps,
    /// X3: its retention setting, in days, does not count.
    SettingIgnored(u32),
}

/// Something that is not known, so that a recovery is possible only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// When it was deleted.
    Deletion(Deletion),
    /// Whether it was a Production environment when it was deleted.
    Kind,
    /// Whether it had Dynamics 365 apps.
    Dynamics,
}

impl Doubt {
    /// The fact that settles it.
    pub fn asks(self) -> FactKey {
        match self {
            Doubt::Deletion(_) => FactKey::Deleted,
            Doubt::Kind => FactKey::Kind,
            Doubt::Dynamics => FactKey::Dynamics,
        }
    }
}

/// Whether a deleted environment can be recovered at some instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recoverable {
    /// Whenever it was deleted, as far as anybody knows.
    Surely,
    Perhaps,
    /// Whenever it was deleted: nothing of it is left.
    NoLonger,
}

impl Recovery {
    /// Whether it can be recovered at `now` (UTC). The one place that decides it.
    pub fn at(&self, now: DateTime<Utc>) -> Recoverable {
        if self.sure_until(now).is_some() {
            Recoverable::Surely
        } else if now <= self.possible_until {
            Recoverable::Perhaps
        } else {
            Recoverable::NoLonger
        }
    }

    /// Until when it is sure at `now` (UTC); `None`: it is not, or no longer.
    pub fn sure_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.guaranteed_until.filter(|until| now <= *until)
    }

    /// The span in which it was deleted, where nobody knows when.
    pub fn unknown_deletion(&self) -> Option<Deletion> {
        self.doubts.iter().find_map(|doubt| match doubt {
            Doubt::Deletion(when) => Some(*when),
            _ => None,
        })
    }
}

/// Whether the time of its deletion is asked for: it is not known, and under some edition a recovery may still depend on it. `now`
/// is UTC.
pub fn asks_when_deleted(env: &Environment, now: DateTime<Utc>) -> bool {
    EDITIONS
        .iter()
        .filter_map(|edition| recovery(edition, env))
        .any(|left| left.unknown_deletion().is_some() && left.at(now) != Recoverable::NoLonger)
}

/// Until when `env` can be recovered; `None` while it lives.
pub fn recovery(edition: &Edition, env: &Environment) -> Option<Recovery> {
    let deleted = env.deleted?;
    let production = production(env, deleted);
    let dynamics = env.dynamics.get().copied();
    let (week, month) = (edition.recovery_days, edition.recovery_days_with_dynamics);
    let (sure, possible, cause) = match (production, dynamics) {
        (Some(false), _) => (week, week, RecoveryCause::AnotherKind),
        (Some(true), Some(true)) => (month, month, RecoveryCause::ProductionWithApps),
        (_, Some(false)) => (week, week, RecoveryCause::WithoutApps),
        (Some(true), None) => (week, month, RecoveryCause::Doubt(Doubt::Dynamics)),
        (None, _) => (week, month, RecoveryCause::Doubt(Doubt::Kind)),
    };
    let when = deleted.known().is_none().then_some(RecoveryCause::Doubt(Doubt::Deletion(deleted)));
    let causes = when.into_iter().chain([cause]);
    let doubts = causes.clone().filter_map(|cause| match cause {
        RecoveryCause::Doubt(doubt) => Some(doubt),
        _ => None,
    });
    let doubts = doubts.collect();
    let mut reasons: Vec<_> = causes.map(|cause| Said::of(RuleId::X1, cause)).collect();
    let longer = env.retention_setting.get().copied().filter(|days| *days > week);
    reasons.extend(longer.map(|days| Said::of(RuleId::X3, RecoveryCause::SettingIgnored(days))));
    Some(Recovery {
        deleted,
        guaranteed_until: deleted.earliest().map(|at| after(at, sure)),
        possible_until: after(deleted.latest(), possible),
        doubts,
        reasons,
    })
}

/// Whether it was a Production environment when it was deleted; `None` where that is not known, also where it was one during a part
/// of the time in which it can have been deleted. What is deleted is not switched: a switch that may have been before it was.
fn production(env: &Environment, deleted: Deletion) -> Option<bool> {
    let (earliest, latest) = (deleted.earliest(), deleted.latest());
    let is = |kind: &Kind| *kind == Kind::Production;
    if deleted.known().is_none() {
        let switched = env.history.iter().any(|c| match &c.what {
            // Its second side counts too: it was switched during that time.
            Changed::Kind { from, to } => {
                from.as_ref().map(is) != Some(is(to)) && c.at >= earliest.unwrap_or(c.at) && c.not_before <= latest
            }
            _ => false,
        });
        if switched {
            return None;
        }
    }
    let after = |c: &Change| c.at > latest && c.not_before >= latest && matches!(c.what, Changed::Kind { .. });
    // Somebody tells of a switch of what was deleted: one of the two is wrong.
    let contradicted = env.history.iter().any(after);
    env.kind.get().filter(|_| !contradicted).map(is)
}

fn after(at: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    at.checked_add_signed(TimeDelta::days(i64::from(days))).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
