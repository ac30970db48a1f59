//! The life of an environment and its backups: everything that can be *done* to one, judged at an instant, and what follows.
//!
//! [`decide`] judges a [`Deed`] and answers with happenings or with a [`Refusal`]; [`evolve()`] lets a happening change the
//! tenant. Nothing else changes a tenant here, so that replaying the happenings over the same tenant gives the same tenant.
//! [`due`] tells what happens by itself: running operations that end when their time has come, backups that are done.

mod allowed;
mod check;
mod earlier;
mod evolve;
mod happening;
mod sort;
mod upcoming;

pub use super::deed::{Deed, NewEnvironment, Setting};
use super::edition::Edition;
pub use super::environment::Running;
use super::fact::Origin;
use super::manual_backup::usable_at;
use super::refusal::Refusal;
pub use super::retention::{Doubt, Recoverable, Recovery, RecoveryCause, asks_when_deleted, recovery};
use super::tenant::Tenant;
use crate::domain::order::Order as _;
pub use check::decide;
use chrono::{DateTime, Utc};
pub use earlier::decide_earlier;
pub use evolve::evolve;
use happening::ended;
pub use happening::{Happening, What};
pub use sort::EventSort;
pub use upcoming::{AtOnce, BackupTurn, Next, Turn, Upcoming, Urgent, at_once, of_environment, upcoming, urgent};

/// Judges `deed` at `now` (UTC) and lets it happen: a new tenant and what happened. A refusal changes nothing.
///
/// # Errors
/// A [`Refusal`] with the rules that are broken and the way out.
pub fn perform(
    edition: &Edition,
    tenant: &Tenant,
    deed: &Deed,
    now: DateTime<Utc>,
) -> Result<(Tenant, Vec<Happening>), Refusal> {
    let happenings = decide(edition, tenant, deed, now)?;
    let mut after = tenant.clone();
    for happening in &happenings {
        evolve(&mut after, happening);
    }
    Ok((after, happenings))
}

/// Everything that happens by itself until `now` (UTC), each at its own instant, in order of time: running operations end,
/// and manual backups that were recorded here are completed (M3). `since` is until when that has been done already.
///
/// A restore that has ended runs no longer, so it cannot end twice; the completion of a backup leaves no trace in the tenant,
/// which is why `since` is needed. `None`: nothing was ever recorded, so no backup is completed.
pub fn due(edition: &Edition, tenant: &Tenant, since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Vec<Happening> {
    let mut due: Vec<Happening> = Vec::new();
    for env in &tenant.environments {
        if let Some(running) = &env.running
            && let Some(at) = running.ends.filter(|ends| *ends <= now)
        {
            due.push(Happening { at, environment: env.id.clone(), what: ended(edition, running.fails) });
        }
        for backup in env.backups.iter().filter(|b| b.origin == Origin::Recorded && env.deleted.is_none()) {
            let at = usable_at(edition, backup);
            if is_between(since, at, now) {
                let what = What::BackupCompleted { id: backup.id.clone(), label: backup.label.clone() };
                due.push(Happening { at, environment: env.id.clone(), what });
            }
        }
    }
    due.order_by(|a, b| a.at.cmp(&b.at).then_with(|| a.environment.cmp(&b.environment)));
    due
}

/// Whether [`due`] would find anything. Cheap, for every tick of a clock.
pub fn is_due(edition: &Edition, tenant: &Tenant, since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    tenant.environments.iter().any(|env| {
        let ends = env.running.as_ref().and_then(|r| r.ends).is_some_and(|ends| ends <= now);
        let mut recorded = env.backups.iter().filter(|b| b.origin == Origin::Recorded && env.deleted.is_none());
        ends || recorded.any(|b| is_between(since, usable_at(edition, b), now))
    })
}

/// Where nothing was ever settled nothing was recorded either.
fn is_between(since: Option<DateTime<Utc>>, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    since.is_some_and(|since| since < at) && at <= now
}
