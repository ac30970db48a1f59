//! What happened, and every way back from it, best first.
//!
//! A person names a [`Mishap`], the environment and roughly when ([`Case`]); [`advise`] answers with *all* ways ([`Way`]), also
//! those that do not exist, each with what it recovers, loses and overwrites, how surely, until when, and what must change first.
//!
//! Architecture invariant: there is no second rule engine here. A way that restores carries its [`Purpose`](super::restore::Purpose), and stands as
//! [`restore::check_purpose`](super::restore::check_purpose) judges it: open exactly if no check stops it and none asks. A
//! recovery is judged by [`life::decide`](super::life::decide), an environment that is to be overwritten by
//! [`remedy::mend`](super::remedy::mend).
//!
//! **The order** of the ways, the first difference decides (`rank`):
//! 1. the standing: open, open after changes, resting on unknown facts, what is left when nothing else is, closed; but where
//!    lost records or a copy are wanted, a new environment that waits for nothing but an answer comes before what overwrites, and
//!    one that waits for a change and an answer before what overwrites after a change;
//! 2. how surely the backup holds the point: sure, possible, neither;
//! 3. whether the latest sensible start is still ahead (R22);
//! 4. what fits the mishap: where records were lost, what overwrites nothing; after a bad import or a restore over the wrong
//!    place, what brings the environment back whole; for a copy, what overwrites nothing;
//! 5. among targets, the one whose loss is smallest as far as the facts tell (`others`).

mod case;
mod cause;
mod judge;
mod others;
mod rank;
mod rest;
mod restores;
mod scene;
mod sort;
mod ways;

pub use case::{Case, Mishap, MishapTime, Missing};
pub use cause::{AdviceLine, Aim, Cause, Difference, Room, WhyFirst};
use scene::AdviceScene;
pub use ways::{Advice, MoreTargets, Way, WayDoubt, WayKind, WayStanding};

use super::environment::{Deletion, Environment, Kind};
use super::instants::{earlier, whole_minute};
use super::life::{Happening, What, evolve};
use super::merge;
use super::tenant::Tenant;
use crate::domain::moment::Moment;
use chrono::{DateTime, TimeDelta, Utc};

/// Every way back from what a person tells, at `now` (UTC), best first.
///
/// # Errors
/// What has to be told first.
pub fn advise(moment: Moment<'_>, case: &Case) -> Result<Advice, Missing> {
    let Moment { edition, tenant, now } = moment;
    if !case.mishap.needs_environment() {
        let kinds = WayKind::of(case.mishap, false);
        let ways =
            kinds.iter().map(|kind| rest::without_environment(edition, *kind, Aim::of(case.mishap, now))).collect();
        return Ok(answer(case.mishap, None, ways, Vec::new(), MoreTargets::default(), now));
    }
    let id = case.environment.as_ref().ok_or(Missing::Environment)?;
    let told = as_told(tenant, case, now);
    let tenant = told.as_ref().unwrap_or(tenant);
    let env = tenant.get(id).ok_or_else(|| Missing::NotListed(id.clone()))?;
    if case.when.is_none() && case.mishap.needs_time() {
        return Err(Missing::When);
    }
    let scene = AdviceScene {
        edition,
        tenant,
        env,
        mishap: case.mishap,
        when: case.when,
        point: point(case, env, now),
        deletion_is_told: told.is_some(),
        missing: merge::is_missing(tenant, env),
        now,
    };
    let mut more = MoreTargets::default();
    let mut ways = Vec::new();
    for kind in WayKind::of(case.mishap, env.deleted.is_some()) {
        match kind {
            WayKind::OntoItself | WayKind::ThroughSandbox | WayKind::Beside => ways.push(restores::own(&scene, kind)),
            WayKind::Another => {
                let (found, others) = others::ways(&scene);
                more = others;
                ways.extend(found);
            }
            WayKind::Recover => ways.push(rest::recover(&scene)),
            WayKind::Copy => ways.push(rest::copy(&scene)),
            WayKind::Download | WayKind::Nothing => {
                ways.push(rest::without_environment(edition, kind, scene.aim(None)))
            }
        }
    }
    rest::support_for_default(&scene, &mut ways);
    rest::without_bin(&scene, &mut ways);
    if scene.missing {
        ways.iter_mut().for_each(|way| rest::perhaps_gone(&scene, way));
    }
    let first = rest::first(&scene);
    Ok(answer(case.mishap, point_of(tenant, case, now), ways, first, more, now))
}

fn answer(
    mishap: Mishap,
    point: Option<DateTime<Utc>>,
    mut ways: Vec<Way>,
    first: Vec<AdviceLine>,
    more: MoreTargets,
    now: DateTime<Utc>,
) -> Advice {
    rank::sort(mishap, &mut ways, now);
    let why_first = rank::why_first(mishap, &ways, now);
    Advice { point, first, ways, why_first, more }
}

/// The tenant in which the environment was deleted when the case says so, for an inventory may not know it yet; `None` where
/// nothing has to be added, no time was told, or the time cannot be right. A span of time stays one (UTC).
pub fn as_told(tenant: &Tenant, case: &Case, now: DateTime<Utc>) -> Option<Tenant> {
    let env = tenant.get(case.environment.as_ref()?)?;
    let may_be = case.mishap == Mishap::Deleted && env.deleted.is_none() && env.kind.get() != Some(&Kind::Default);
    let when = case.when.filter(|_| may_be)?;
    let created = env.created.get().copied().unwrap_or(DateTime::<Utc>::MIN_UTC);
    let at = when.earliest.min(when.latest).max(created);
    if at > now || at > when.earliest.max(when.latest) {
        return None;
    }
    let mut tenant = tenant.clone();
    let id = env.id.clone();
    evolve(&mut tenant, &Happening { at, environment: id.clone(), what: What::Deleted });
    if let Some(env) = tenant.get_mut(&id) {
        env.deleted = Some(Deletion::between(Some(at), when.earliest.max(when.latest).min(now)));
        merge::deleted::into_history(env);
    }
    Some(tenant)
}

/// The point that [`advise`] goes back to (UTC); `None` where it says so too, or something has to be told first.
pub fn point_of(tenant: &Tenant, case: &Case, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let env = tenant.get(case.environment.as_ref()?)?;
    let told = case.when.is_some() || !case.mishap.needs_time();
    let goes_back = !matches!(case.mishap, Mishap::Deleted | Mishap::Leave);
    (told && goes_back).then(|| point(case, env, now))
}

/// The point to go back to: the last whole minute before it can have happened. For a copy of the present state the last whole
/// minute, for a deleted environment the last one in which it was there.
fn point(case: &Case, env: &Environment, now: DateTime<Utc>) -> DateTime<Utc> {
    let happened = match case.mishap {
        Mishap::Deleted => {
            env.deleted.map(|when| when.earliest().unwrap_or(when.latest())).or(case.when.map(|w| w.earliest))
        }
        _ => case.when.map(|w| w.earliest.min(w.latest)),
    };
    match happened {
        Some(at) => whole_minute(earlier(at, TimeDelta::nanoseconds(1))),
        None => whole_minute(env.deleted.map_or(now, |deleted| deleted.latest().min(now))),
    }
}
