//! Judging what somebody wants to do, before it happens: refusals with rule ids and a way out.

use super::allowed::{create, held_by_group, may_create, may_set_retention, name_of, recover, start_restore};
use super::{Doing, Happening, What, ended};
use crate::domain::command::{Already, Cause, OfEnvironment, Refusal, Typed, Unknown};
use crate::domain::edition::Edition;
use crate::domain::eligibility::left_disabled;
use crate::domain::environment::{Environment, EnvironmentId, Key, Kind, Operation, RuntimeState};
use crate::domain::fact::Origin;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::occupied::{Leaves, Occupied};
use crate::domain::retention::{self, Certainty};
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, TimeDelta, Utc};

/// How far the restore point of a manual backup may lie from the moment of asking (M9): far enough for any clock, and near
/// enough to catch a wrong date.
const CLOSEST: TimeDelta = TimeDelta::hours(24);

/// Judges `doing` at `now` (UTC).
///
/// # Errors
/// A [`Refusal`] that names the rules and the way out.
pub fn decide(
    edition: &Edition,
    tenant: &Tenant,
    doing: &Doing,
    now: DateTime<Utc>,
) -> Result<Vec<Happening>, Refusal> {
    let one =
        |environment: &EnvironmentId, what| Ok(vec![Happening { at: now, environment: environment.clone(), what }]);
    match doing {
        Doing::CreateManualBackup { environment, id, label, point } => {
            let env = idle(tenant, environment, now)?;
            let label = name_of(Typed::Label, &[RuleId::M2], label)?;
            may_create(edition, env)?;
            let point = point.unwrap_or(now);
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
                return Err(Cause::BackupId(Some(id.clone())).by(&[RuleId::M2]));
            }
            one(
                environment,
                What::BackupAsked(ManualBackup {
                    id: id.clone(),
                    label,
                    point,
                    asked: Some(now),
                    created_by: None,
                    reported_expiry: None,
                    origin: Origin::Recorded,
                }),
            )
        }
        Doing::DeleteManualBackup { environment, backup } => {
            let env = living(tenant, environment, now)?;
            match env.backups.iter().find(|b| b.id == *backup) {
                Some(b) => one(environment, What::BackupDeleted { id: b.id.clone(), label: b.label.clone() }),
                None => of(env, OfEnvironment::NoBackup(backup.clone()), &[RuleId::M5]),
            }
        }
        Doing::SetRetention { environment, days } => {
            let env = idle(tenant, environment, now)?;
            may_set_retention(edition, env, *days)?;
            held_by_group(tenant, env)?;
            let from = env.retention_setting.get().copied();
            if from == Some(*days) {
                return of(env, OfEnvironment::Already(Already::Retention(*days)), &[]);
            }
            one(environment, What::RetentionSet { from, days: *days })
        }
        Doing::Switch { environment, to } => {
            let env = idle(tenant, environment, now)?;
            let from = env.kind.get().cloned();
            match (&from, to) {
                (Some(Kind::Production), Kind::Sandbox) | (Some(Kind::Sandbox), Kind::Production) => {
                    one(environment, What::Switched { from, to: to.clone() })
                }
                (None, _) => of(env, OfEnvironment::Unknown(Unknown::Kind), &[RuleId::K6]),
                (Some(from), _) => {
                    of(env, OfEnvironment::NoSwitch { from: from.clone(), to: to.clone() }, &[RuleId::K6])
                }
            }
        }
        Doing::StartRestore { request, ends, fails } => start_restore(edition, tenant, request, *ends, *fails, now),
        Doing::EndRestore { target, failed } => {
            let env = living(tenant, target, now)?;
            // An import may tell of a restore whose beginning nobody recorded.
            let restoring = env.activity.as_ref().is_some_and(|a| a.what == Operation::Restoring);
            let as_source = tenant
                .environments
                .iter()
                .find(|e| e.id != env.id && e.running.as_ref().is_some_and(|r| r.source == env.id));
            match (&env.running, as_source) {
                (Some(_), _) => one(target, ended(edition, *failed)),
                (None, Some(other)) => of(env, OfEnvironment::SourceOf(other.name.clone()), &[RuleId::T9]),
                (None, None) if restoring => one(target, ended(edition, *failed)),
                (None, None) => of(env, OfEnvironment::NoRestoreRuns, &[RuleId::T9]),
            }
        }
        Doing::EndActivity { environment } => {
            let env = living(tenant, environment, now)?;
            let restores = env.running.is_some()
                || tenant.environments.iter().any(|e| e.running.as_ref().is_some_and(|r| r.source == env.id));
            match &env.activity {
                _ if restores => of(env, OfEnvironment::Restores, &[RuleId::T9]),
                // How it ended decides what is kept, and nobody who records that it did says how.
                Some(activity) if activity.what.leaves() == Leaves::Another => {
                    of(env, OfEnvironment::EndDecides(activity.clone()), &[RuleId::T9])
                }
                Some(activity) => one(environment, What::ActivityEnded(activity.what.clone())),
                None => of(env, OfEnvironment::NothingGoesOn, &[]),
            }
        }
        Doing::SetAdministrationMode { environment, on } => {
            let env = idle(tenant, environment, now)?;
            // R25: documented for Sandbox and Production. Turning it off is what everybody has to do after a restore, so it is
            // taken for every kind.
            match env.kind.get() {
                Some(Kind::Production | Kind::Sandbox) => {}
                _ if !*on => {}
                Some(kind) => {
                    return of(env, OfEnvironment::NoAdministrationMode(kind.clone()), &[RuleId::R25]);
                }
                None => {
                    return of(env, OfEnvironment::Unknown(Unknown::Kind), &[RuleId::R25]);
                }
            }
            if left_disabled(edition, env).is_some() {
                return of(env, OfEnvironment::LeftDisabled, &[RuleId::R20]);
            }
            let to = if *on { RuntimeState::AdminMode } else { RuntimeState::Enabled };
            if env.state.get() == Some(&to) {
                return of(env, OfEnvironment::Already(Already::AdministrationMode(*on)), &[]);
            }
            one(environment, What::StateSet(to))
        }
        Doing::SetManaged { environment, managed } => {
            let env = idle(tenant, environment, now)?;
            let from = env.managed.get().copied();
            if from == Some(*managed) {
                return of(env, OfEnvironment::Already(Already::Managed(*managed)), &[]);
            }
            one(environment, What::ManagedSet { from, to: *managed })
        }
        Doing::SetKey { environment, key } => {
            let env = idle(tenant, environment, now)?;
            let from = env.key.get().cloned();
            if from.as_ref() == Some(key) {
                return of(env, OfEnvironment::Already(Already::Key), &[]);
            }
            if *key == Key::Microsoft && from.is_none() {
                return of(env, OfEnvironment::Unknown(Unknown::CustomerKey), &[RuleId::T5]);
            }
            one(environment, What::KeySet { from, to: key.clone() })
        }
        Doing::AddDataverse { environment } => {
            let env = idle(tenant, environment, now)?;
            match env.dataverse.get() {
                Some(false) => one(environment, What::DataverseAdded),
                Some(true) => of(env, OfEnvironment::Already(Already::Dataverse), &[]),
                None => of(env, OfEnvironment::Unknown(Unknown::Dataverse), &[RuleId::T3]),
            }
        }
        Doing::Create(new) => create(tenant, new, now),
        Doing::Delete { environment } => {
            let env = idle(tenant, environment, now)?;
            if env.kind.get() == Some(&Kind::Default) {
                return of(env, OfEnvironment::IsDefault, &[RuleId::X3]);
            }
            one(environment, What::Deleted)
        }
        Doing::Recover { environment } => recover(edition, tenant, environment, now),
    }
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
