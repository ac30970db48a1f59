//! "What happened?" without a screen: which environments to choose from, and when a recorded restore began.

use super::log::Log;
use super::wizard::choices::matches;
use crate::domain::advice::Mishap;
use crate::domain::environment::{Environment, EnvironmentId};
use crate::domain::life::What;
use crate::domain::merge::is_missing;
use crate::domain::order::Order as _;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};

/// The environments that match a search, those that a mishap is likely about first, each group by name: the deleted ones where
/// an environment was deleted, then those that the last import of the whole tenant did not list, else the living ones. The others may be meant all the same: an inventory can be behind.
pub fn environments<'a>(tenant: &'a Tenant, mishap: Mishap, search: &str) -> Vec<&'a Environment> {
    let mut all: Vec<&Environment> = tenant.environments.iter().filter(|e| matches(e, search)).collect();
    all.order_by_cached_key(|e| {
        let gone = if e.deleted.is_some() { 2_u8 } else { u8::from(is_missing(tenant, e)) };
        let place = if mishap == Mishap::Deleted { 2_u8.saturating_sub(gone) } else { gone };
        (place, e.name.to_lowercase(), e.id.clone())
    });
    all
}

/// When the last restore onto an environment that was recorded here began (UTC), whether it runs, has ended or has failed.
/// `None`: none was recorded. The history of an environment tells only when a restore ended.
pub fn last_restore_onto(log: &Log, environment: &EnvironmentId) -> Option<DateTime<Utc>> {
    log.events().find_map(|(_, event)| {
        let happening = event.happening.as_ref()?;
        let started = matches!(happening.what, What::RestoreStarted(_)) && happening.environment == *environment;
        started.then_some(happening.at)
    })
}
