//! Judging what somebody wants to do, before it happens: refusals with rule ids and a way out.

use super::allowed::{create, held_by_group, may_create, may_set_retention, name_of, recover, start_restore};
use super::happening::{Happening, What, ended};
use super::{Deed, Setting};
use crate::domain::edition::Edition;
use crate::domain::eligibility::left_disabled;
use crate::domain::environment::{Environment, EnvironmentId, Key, Kind, Operation};
use crate::domain::fact::Origin;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::occupied::{Leaves, Occupied};
use crate::domain::refusal::{Cause, OfEnvironment, Refusal, TypedName, Unknown};
use crate::domain::retention::{self, Certainty};
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, TimeDelta, Utc};

/// How far the restore point of a manual backup may lie from the moment of asking (M9): far enough for any clock, and near
/// enough to catch a wrong date.
const CLOSEST: TimeDelta = TimeDelta::hours(24);

/// Judges `deed` at `now` (UTC).
///
/// # Errors
/// A [`Refusal`] that names the rules and the way out.
pub fn decide(edition: &Edition, tenant: &Tenant, deed: &Deed, now: DateTime<Utc>) -> Result<Vec<Happening>, Refusal> {
    let idle = |id| idle(tenant, id, now);
    let (environment, what) = match deed {
        Deed::CreateManualBackup { environment, id, label, point } => {
            let backup = manual_backup(edition, tenant, idle(environment)?, id, label, point.unwrap_or(now), now)?;
            (environment, What::BackupAsked(backup))
        }
        Deed::DeleteManualBackup { environment, backup } => {
            (environment, delete_backup(living(tenant, environment, now)?, backup)?)
        }
        Deed::Set { environment, setting } => (environment, set(edition, tenant, idle(environment)?, setting)?),
        Deed::StartRestore { request, ends, fails } => {
            (&request.target, start_restore(edition, tenant, request, *ends, *fails, now)?)
        }
        Deed::EndRestore { target, failed } => {
            runs(tenant, living(tenant, target, now)?)?;
            (target, ended(edition, *failed))
        }
        Deed::EndActivity { environment } => (environment, end_activity(tenant, living(tenant, environment, now)?)?),
        Deed::Create(new) => (&new.id, create(edition, tenant, new)?),
        Deed::Delete { environment } => {
            let env = idle(environment)?;
            if env.kind.get() == Some(&Kind::Default) {
                return of(env, OfEnvironment::IsDefault, &[RuleId::X3]);
            }
            (environment, What::Deleted)
        }
        Deed::Recover { environment } => (environment, recover(edition, tenant, environment, now)?),
    };
    Ok(vec![Happening { at: now, environment: environment.clone(), what }])
}

/// M1, M2, M9: a manual backup that is asked for now.
fn manual_backup(
    edition: &Edition,
    tenant: &Tenant,
    env: &Environment,
    id: &str,
    label: &str,
    point: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<ManualBackup, Refusal> {
    let label = name_of(TypedName::Label, &[RuleId::M2], label)?;
    may_create(edition, env)?;
    if (point - now).abs() > CLOSEST {
        return Err(Cause::FarFromAsked { point, asked: now }.by(&[RuleId::M2, RuleId::M9]));
    }
    if retention::window(edition, env, now).certainty(point) == Certainty::Gone {
        return Err(Cause::BeforeBackups(point).by(&[RuleId::M2, RuleId::K8]));
    }
    if id.trim().is_empty() {
        return Err(Cause::BackupId(None).by(&[RuleId::M2]));
    }
    // Without case, as the door and the lists of backups tell them apart.
    if tenant.environments.iter().flat_map(|e| &e.backups).any(|b| b.id.eq_ignore_ascii_case(id)) {
        return Err(Cause::BackupId(Some(id.to_string())).by(&[RuleId::M2]));
    }
    Ok(ManualBackup {
        id: id.to_string(),
        label,
        point,
        asked: Some(now),
        created_by: None,
        reported_expiry: None,
        origin: Origin::Recorded,
    })
}

/// M5.
fn delete_backup(env: &Environment, id: &str) -> Result<What, Refusal> {
    match env.backups.iter().find(|b| b.id == id) {
        Some(b) => Ok(What::BackupDeleted { id: b.id.clone(), label: b.label.clone() }),
        None => of(env, OfEnvironment::NoBackup(id.to_string()), &[RuleId::M5]),
    }
}

/// Whether `env` may be set so, and is not so already.
fn set(edition: &Edition, tenant: &Tenant, env: &Environment, to: &Setting) -> Result<What, Refusal> {
    match to {
        Setting::Retention(days) => {
            may_set_retention(edition, env, *days)?;
            held_by_group(tenant, env)?;
        }
        Setting::Kind(to) => may_switch(env, to)?,
        Setting::AdministrationMode(on) => may_set_administration_mode(edition, env, *on)?,
        Setting::Key(Key::Microsoft) if env.key.is_unknown() => {
            return of(env, OfEnvironment::Unknown(Unknown::CustomerKey), &[RuleId::T5]);
        }
        Setting::Dataverse if env.dataverse.is_unknown() => {
            return of(env, OfEnvironment::Unknown(Unknown::Dataverse), &[RuleId::T3]);
        }
        _ => {}
    }
    let from = to.now(env);
    // What is so already changes nothing, and breaks no rule.
    if from.as_ref() == Some(to) {
        return of(env, OfEnvironment::Already(to.clone()), &[]);
    }
    let kept = to.changed(from.as_ref()).is_some();
    Ok(What::Set { from: from.filter(|_| kept), to: to.clone() })
}

/// K6.
fn may_switch(env: &Environment, to: &Kind) -> Result<(), Refusal> {
    match (env.kind.get(), to) {
        (Some(Kind::Production), Kind::Sandbox) | (Some(Kind::Sandbox), Kind::Production) => Ok(()),
        (None, _) => of(env, OfEnvironment::Unknown(Unknown::Kind), &[RuleId::K6]),
        (Some(from), _) => of(env, OfEnvironment::NoSwitch { from: from.clone(), to: to.clone() }, &[RuleId::K6]),
    }
}

/// Whether a restore onto `env` runs, so that its end can be recorded.
fn runs(tenant: &Tenant, env: &Environment) -> Result<(), Refusal> {
    // An import may tell of a restore whose beginning nobody recorded.
    let restoring = env.activity.as_ref().is_some_and(|a| a.what == Operation::Restoring);
    let mut others = tenant.environments.iter().filter(|e| e.id != env.id);
    match others.find(|e| e.running.as_ref().is_some_and(|r| r.source == env.id)) {
        _ if env.running.is_some() => Ok(()),
        Some(other) => of(env, OfEnvironment::SourceOf(other.name.clone()), &[RuleId::T9]),
        None if restoring => Ok(()),
        None => of(env, OfEnvironment::NoRestoreRuns, &[RuleId::T9]),
    }
}

fn end_activity(tenant: &Tenant, env: &Environment) -> Result<What, Refusal> {
    let restores = env.running.is_some()
        || tenant.environments.iter().any(|e| e.running.as_ref().is_some_and(|r| r.source == env.id));
    match &env.activity {
        _ if restores => of(env, OfEnvironment::Restores, &[RuleId::T9]),
        // How it ended decides what is kept, and nobody who records that it did says how.
        Some(activity) if activity.what.leaves() == Leaves::Another => {
            of(env, OfEnvironment::EndDecides(activity.clone()), &[RuleId::T9])
        }
        Some(activity) => Ok(What::ActivityEnded(activity.what.clone())),
        None => of(env, OfEnvironment::NothingGoesOn, &[]),
    }
}

/// R25: documented for Sandbox and Production. Turning it off is what everybody has to do after a restore, so it is taken for every
/// kind.
fn may_set_administration_mode(edition: &Edition, env: &Environment, on: bool) -> Result<(), Refusal> {
    match env.kind.get() {
        Some(Kind::Production | Kind::Sandbox) => {}
        _ if !on => {}
        Some(kind) => return of(env, OfEnvironment::NoAdministrationMode(kind.clone()), &[RuleId::R25]),
        None => return of(env, OfEnvironment::Unknown(Unknown::Kind), &[RuleId::R25]),
    }
    if left_disabled(edition, env).is_some() {
        return of(env, OfEnvironment::LeftDisabled, &[RuleId::R20]);
    }
    Ok(())
}

/// Refuses what is done to one environment.
pub(super) fn of<T>(env: &Environment, why: OfEnvironment, rules: &[RuleId]) -> Result<T, Refusal> {
    Err(Cause::of(env, why).by(rules))
}

pub(super) fn find<'a>(tenant: &'a Tenant, id: &EnvironmentId) -> Result<&'a Environment, Refusal> {
    tenant.get(id).ok_or_else(|| Cause::NotListed(id.clone()).by(&[]))
}

/// On the list, there already and not deleted.
pub(super) fn living<'a>(
    tenant: &'a Tenant,
    id: &EnvironmentId,
    now: DateTime<Utc>,
) -> Result<&'a Environment, Refusal> {
    let env = find(tenant, id)?;
    if let Some(created) = env.created.get().filter(|created| now < **created) {
        return of(env, OfEnvironment::CreatedAfter { created: *created, at: now }, &[RuleId::K8]);
    }
    match env.deleted {
        None => Ok(env),
        Some(deleted) => of(env, OfEnvironment::Deleted(deleted), &[RuleId::T9]),
    }
}

/// Living, and nothing else is being done to it (T9).
fn idle<'a>(tenant: &'a Tenant, id: &EnvironmentId, now: DateTime<Utc>) -> Result<&'a Environment, Refusal> {
    let env = living(tenant, id, now)?;
    match env.occupied(now) {
        // Whether something that only the service has a word for forbids anything is not known, nor whether what was going on at the
        // last look has ended.
        None | Some(Occupied::Reported(_) | Occupied::Perhaps(_) | Occupied::Surely(Operation::Other(_))) => Ok(env),
        Some(Occupied::Surely(what)) => of(env, OfEnvironment::Occupied(what), &[RuleId::T9]),
    }
}
