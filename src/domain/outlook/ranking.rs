//! How good a target each environment is, whatever the edition and whatever the source.

use super::super::environment::{Environment, EnvironmentId};
use super::super::tenant::Tenant;
use super::importance::importance;
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// A rank, or a place, that none has.
pub(super) const NOBODY: usize = usize::MAX;

/// Whether nothing is known to stand against overwriting it at this moment (T9, R20).
pub fn is_free(env: &Environment) -> bool {
    env.deleted.is_none() && env.activity.is_none() && env.failed_restore.is_none()
}

/// How good a target each environment is, whatever the edition.
pub(in super::super) struct Ranking {
    /// The places of all environments, the best targets first.
    pub(super) ranked: Vec<usize>,
    /// The rank of each place.
    rank_of: Vec<usize>,
    free: Vec<bool>,
    /// Something surely stops them (T9); of the others that are not free nobody knows.
    stopped: Vec<bool>,
    /// For each place how many stand before it by name.
    by_name: Vec<usize>,
}

impl Ranking {
    /// As of `now` (UTC), in steps: `between` is waited for after each.
    pub async fn slowly(tenant: &Tenant, now: DateTime<Utc>, between: &mut impl AsyncFnMut()) -> Self {
        let free: Vec<bool> = tenant.environments.iter().map(is_free).collect();
        let stops = |env: &Environment| env.occupied(now).is_some_and(|occupied| occupied.stops());
        let stopped = tenant.environments.iter().map(stops).collect();
        between().await;
        let by_name = by_name(tenant);
        between().await;
        let ranked = ranked(tenant, &free, &by_name);
        between().await;
        Self { rank_of: turned(ranked.iter().copied()), ranked, free, stopped, by_name }
    }

    /// How many stand before the environment at `place` by name.
    pub fn by_name(&self, place: usize) -> usize {
        self.by_name.get(place).copied().unwrap_or(NOBODY)
    }

    pub(super) fn is_free(&self, place: usize) -> bool {
        self.free.get(place) == Some(&true)
    }

    pub(super) fn is_stopped(&self, place: usize) -> bool {
        self.stopped.get(place) == Some(&true)
    }

    pub(super) fn rank_of(&self, place: usize) -> usize {
        self.rank_of.get(place).copied().unwrap_or(NOBODY)
    }
}

/// For each place how many places stand before it in a list of all.
fn turned(places: impl ExactSizeIterator<Item = usize>) -> Vec<usize> {
    let mut rank_of = vec![NOBODY; places.len()];
    for (rank, place) in places.enumerate() {
        rank_of.get_mut(place).into_iter().for_each(|slot| *slot = rank);
    }
    rank_of
}

/// For each place how many stand before it by name, then by id.
fn by_name(tenant: &Tenant) -> Vec<usize> {
    let mut all: Vec<(String, &EnvironmentId, usize)> =
        tenant.environments.iter().enumerate().map(|(place, env)| (env.name.to_lowercase(), &env.id, place)).collect();
    all.order();
    turned(all.into_iter().map(|(.., place)| place))
}

/// All places, the best targets first. An order of its own, whatever the order of the environments is.
fn ranked(tenant: &Tenant, free: &[bool], by_name: &[usize]) -> Vec<usize> {
    // By name; what is equal in the rest stays so.
    let mut all = turned(by_name.iter().copied());
    all.order_by_cached_key(|place| {
        let env = tenant.environments.get(*place)?;
        // The bits of what is not below nothing stand in its order.
        let size = env.database_mb.get().filter(|mb| mb.is_finite()).map_or(u64::MAX, |mb| mb.max(0.0).to_bits());
        let busy = free.get(*place) != Some(&true);
        Some((busy, importance(env.kind.get()), size))
    });
    all
}
