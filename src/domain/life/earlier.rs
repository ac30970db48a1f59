//! What happened before the last import, recorded late. The import already says how things are, so the facts stay as they are;
//! only the history learns when they became so, and the windows follow from it (K4, K5, K6, K12).

use super::check::{decide, find, of};
use super::happening::{Happening, What};
use super::{Deed, Setting};
use crate::domain::edition::Edition;
use crate::domain::environment::Environment;
use crate::domain::history::{Change, Changed};
use crate::domain::order::Order as _;
use crate::domain::refusal::{Cause, OfEnvironment, Refusal};
use crate::domain::restore::instant_of;
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};

/// Judges `deed` as done at `at` (UTC), before the last import. What was before it is taken to be the opposite where there are
/// two, and unknown otherwise (a retention setting), so that nothing is promised on the ground of a guess.
///
/// # Errors
/// A [`Refusal`]: the sort of thing cannot be recorded late, it contradicts what was the case afterwards, or it lies before
/// the environment was created.
pub fn decide_earlier(
    edition: &Edition,
    tenant: &Tenant,
    deed: &Deed,
    at: DateTime<Utc>,
) -> Result<Vec<Happening>, Refusal> {
    let (environment, changed) = match deed {
        // A backup list may lack in the inventory, and its point is what it is.
        Deed::CreateManualBackup { .. } => return decide(edition, tenant, deed, at),
        Deed::Set { environment, setting } => (environment, was_set(edition, setting, at)?),
        // Nothing of its window follows from it (R14), but cautions do.
        Deed::StartRestore { request, .. } => {
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

/// What the history learns of a setting; what was before is the opposite, where there are two.
fn was_set(edition: &Edition, to: &Setting, at: DateTime<Utc>) -> Result<Changed, Refusal> {
    match to {
        Setting::Retention(days) if !edition.choices.contains(days) => {
            return Err(Cause::NoRetentionSetting(*days).by(&[RuleId::K2]));
        }
        Setting::Kind(kind) if to.opposite().is_none() => {
            return Err(Cause::NoSwitchTo(kind.clone()).by(&[RuleId::K6]));
        }
        _ => {}
    }
    // A database that was added is not told apart from one that was always there.
    let kept = (*to != Setting::Dataverse).then(|| to.changed(to.opposite().as_ref())).flatten();
    kept.ok_or_else(|| Cause::BeforeImport(at).by(&[]))
}

/// What was the case right after `at` must be what this change led to.
fn agrees(env: &Environment, changed: &Changed, at: DateTime<Utc>) -> Result<(), Refusal> {
    let Some((_, to)) = Setting::of_changed(changed) else { return Ok(()) };
    let next =
        next(env, at, |c| Some(Setting::of_changed(c)?).filter(|(_, next)| next.is_of(&to)).map(|(from, _)| from));
    let recorded = next.is_some();
    match next.unwrap_or_else(|| to.now(env).map(Setting::as_kept)) {
        Some(was) if was != to => of(env, OfEnvironment::Contradicts { was, recorded }, &[]),
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
    let led = |changed| Setting::of_changed(changed).map(|(_, to)| to);
    led(a).is_some() && led(a) == led(b)
}
