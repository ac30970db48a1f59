//! What happened before the last import, recorded late. The import already says how things are, so the facts stay as they are;
//! only the history learns when they became so, and the windows follow from it (K4, K5, K6, K12).

use super::check::{decide, find, of};
use super::{Doing, Happening, What};
use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, Key, Kind};
use crate::domain::fact::Fact;
use crate::domain::history::{Change, Changed};
use crate::domain::order::Order as _;
use crate::domain::refusal::{Cause, OfEnvironment, Refusal, Was};
use crate::domain::restore::instant_of;
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};

/// Judges `doing` as done at `at` (UTC), before the last import. What was before it is taken to be the opposite where there are
/// two, and unknown otherwise (a retention setting), so that nothing is promised on the ground of a guess.
///
/// # Errors
/// A [`Refusal`]: the sort of thing cannot be recorded late, it contradicts what was the case afterwards, or it lies before
/// the environment was created.
pub fn decide_earlier(
    edition: &Edition,
    tenant: &Tenant,
    doing: &Doing,
    at: DateTime<Utc>,
) -> Result<Vec<Happening>, Refusal> {
    let (environment, changed) = match doing {
        // A backup list may lack in the inventory, and its point is what it is.
        Doing::CreateManualBackup { .. } => return decide(edition, tenant, doing, at),
        Doing::SetRetention { environment, days } if edition.choices.contains(days) => {
            (environment, Changed::RetentionSetting { from: None, to: *days })
        }
        Doing::SetRetention { days, .. } => {
            return Err(Cause::NoRetentionSetting(*days).by(&[RuleId::K2]));
        }
        Doing::Switch { environment, to } => {
            let from = match to {
                Kind::Sandbox => Kind::Production,
                Kind::Production => Kind::Sandbox,
                other => {
                    return Err(Cause::NoSwitchTo(other.clone()).by(&[RuleId::K6]));
                }
            };
            (environment, Changed::Kind { from: Some(from), to: to.clone() })
        }
        Doing::SetManaged { environment, managed } => {
            (environment, Changed::Managed { from: Some(!managed), to: *managed })
        }
        Doing::SetKey { environment, key } => {
            let to = matches!(key, Key::Customer(_));
            (environment, Changed::CustomerKey { from: Some(!to), to })
        }
        // Nothing of its window follows from it (R14), but cautions do.
        Doing::StartRestore { request, .. } => {
            let source = find(tenant, &request.source)?;
            let Some(point) = instant_of(source, &request.point).filter(|point| *point <= at) else {
                return Err(Cause::PointAfterRestore(at).by(&[RuleId::R1]));
            };
            (&request.target, Changed::Restored { source: request.source.clone(), point })
        }
        _ => {
            return Err(Cause::BeforeImport(at).by(&[]));
        }
    };
    let env = find(tenant, environment)?;
    if let Some(created) = env.created.get().filter(|created| at < **created) {
        return of(env, OfEnvironment::CreatedAfter { created: *created, at }, &[RuleId::K8]);
    }
    agrees(env, &changed, at)?;
    Ok(vec![Happening { at, environment: environment.clone(), what: What::Noted(changed) }])
}

/// What was the case right after `at` must be what this change led to.
fn agrees(env: &Environment, changed: &Changed, at: DateTime<Utc>) -> Result<(), Refusal> {
    match changed {
        Changed::RetentionSetting { to, .. } => {
            let next = next(env, at, |c| match c {
                Changed::RetentionSetting { from, .. } => Some(*from),
                _ => None,
            });
            same(env, to, next, &env.retention_setting, |days| Was::Retention(*days))
        }
        Changed::Kind { to, .. } => {
            let next = next(env, at, |c| match c {
                Changed::Kind { from, .. } => Some(from.clone()),
                _ => None,
            });
            same(env, to, next, &env.kind, |kind| Was::Kind(kind.clone()))
        }
        Changed::Managed { to, .. } => {
            let next = next(env, at, |c| match c {
                Changed::Managed { from, .. } => Some(*from),
                _ => None,
            });
            same(env, to, next, &env.managed, |on| Was::Managed(*on))
        }
        Changed::CustomerKey { to, .. } => {
            let next = next(env, at, |c| match c {
                Changed::CustomerKey { from, .. } => Some(*from),
                _ => None,
            });
            let key = match env.key.entry() {
                Some(known) => Fact::known(matches!(known.value, Key::Customer(_)), known.origin.clone(), known.since),
                None => Fact::unknown(),
            };
            same(env, to, next, &key, |on| Was::CustomerKey(*on))
        }
        _ => Ok(()),
    }
}

/// What the next change after `at` says was before it; the outer `None`: there is no later one. A change that lies somewhere
/// around `at` is the one that is being recorded, not a later one.
fn next<T>(env: &Environment, at: DateTime<Utc>, read: impl Fn(&Changed) -> Option<Option<T>>) -> Option<Option<T>> {
    let later = env.history.iter().filter(|c| c.at > at && !is_around(c, at));
    let of_it = later.filter_map(|c| Some((c.at, read(&c.what)?)));
    of_it.min_by_key(|(at, _)| *at).map(|(_, from)| from)
}

/// Whether a change that two imports showed may have happened at `at`.
fn is_around(change: &Change, at: DateTime<Utc>) -> bool {
    change.not_before < change.at && change.not_before <= at && at <= change.at
}

fn same<T: PartialEq>(
    env: &Environment,
    to: &T,
    next: Option<Option<T>>,
    today: &Fact<T>,
    was: impl Fn(&T) -> Was,
) -> Result<(), Refusal> {
    let then = match &next {
        Some(from) => from.as_ref(),
        None => today.get(),
    };
    match then {
        Some(then) if then != to => {
            of(env, OfEnvironment::Contradicts { was: was(then), recorded: next.is_some() }, &[])
        }
        _ => Ok(()),
    }
}

/// Lets the history learn of an earlier change: an exact time takes the place of the one that two imports showed roughly.
pub(super) fn note(env: &mut Environment, changed: &Changed, at: DateTime<Utc>) {
    let rough = env.history.iter_mut().find(|c| is_around(c, at) && leads_to_the_same(&c.what, changed));
    match rough {
        Some(rough) => {
            rough.at = at;
            rough.not_before = at;
        }
        None => env.history.push(Change::exactly(at, changed.clone())),
    }
    env.history.order_by_key(|c| c.at);
    link_settings(env);
}

/// A setting of which nobody told what was before it: that is what the change before it led to.
fn link_settings(env: &mut Environment) {
    let mut before = None;
    for change in &mut env.history {
        if let Changed::RetentionSetting { from, to } = &mut change.what {
            *from = from.or(before);
            before = Some(*to);
        }
    }
}

fn leads_to_the_same(a: &Changed, b: &Changed) -> bool {
    match (a, b) {
        (Changed::RetentionSetting { to: a, .. }, Changed::RetentionSetting { to: b, .. }) => a == b,
        (Changed::Kind { to: a, .. }, Changed::Kind { to: b, .. }) => a == b,
        (Changed::Managed { to: a, .. }, Changed::Managed { to: b, .. })
        | (Changed::CustomerKey { to: a, .. }, Changed::CustomerKey { to: b, .. }) => a == b,
        _ => false,
    }
}
