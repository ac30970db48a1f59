//! Judging what somebody wants to do, before it happens: refusals with rule ids and a way out.

use super::allowed::{create, held_by_group, may_create, may_set_retention, name_of, recover, start_restore};
use super::unchanged::Already;
use super::{Doing, Happening, What, ended};
use crate::domain::command::Refusal;
use crate::domain::edition::Edition;
use crate::domain::eligibility::left_disabled;
use crate::domain::environment::{Environment, EnvironmentId, Key, Kind, Operation, RuntimeState};
use crate::domain::fact::Origin;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::occupied::{Leaves, Occupied};
use crate::domain::retention::{self, Certainty};
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use crate::domain::words::instant_text;
use crate::words::{Say, when_deleted};
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
            let label = name_of("label", &[RuleId::M2], label)?;
            may_create(edition, env)?;
            let point = point.unwrap_or(now);
            if (point - now).abs() > CLOSEST {
                return refuse(
                    &[RuleId::M2, RuleId::M9],
                    format!(
                        "the restore point {} is more than a day away from {}, when the backup was asked for",
                        instant_text(point),
                        instant_text(now)
                    ),
                    "type the restore point that the list of backups shows",
                );
            }
            if retention::window(edition, env, now).certainty(point) == Certainty::Gone {
                return refuse(
                    &[RuleId::M2, RuleId::K8],
                    format!("the restore point {} lies before everything that is backed up", instant_text(point)),
                    "type the restore point that the list of backups shows",
                );
            }
            if id.trim().is_empty() {
                return refuse(&[RuleId::M2], "the manual backup has no id".to_string(), "use an id of its own");
            }
            // Without case, as the door and the lists of backups tell them apart.
            if tenant.environments.iter().flat_map(|e| &e.backups).any(|b| b.id.eq_ignore_ascii_case(id)) {
                return refuse(
                    &[RuleId::M2],
                    format!("a manual backup with the id {id} is there already"),
                    "use another id",
                );
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
                None => refuse(
                    &[RuleId::M5],
                    format!("{} has no manual backup with the id {backup}", env.name),
                    "system backups cannot be deleted; choose one of its manual backups",
                ),
            }
        }
        Doing::SetRetention { environment, days } => {
            let env = idle(tenant, environment, now)?;
            may_set_retention(edition, env, *days)?;
            held_by_group(tenant, env)?;
            let from = env.retention_setting.get().copied();
            if from == Some(*days) {
                return Err(Already::Retention(*days).refusal(env));
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
                (None, _) => refuse(
                    &[RuleId::K6],
                    format!("the kind of {} is unknown", env.name),
                    "answer what kind it is, then switch it",
                ),
                (Some(from), _) => refuse(
                    &[RuleId::K6],
                    format!("{} is a {from} environment: it cannot be switched to {to}", env.name),
                    "only Production can be switched to Sandbox, and Sandbox to Production",
                ),
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
                (None, Some(other)) => refuse(
                    &[RuleId::T9],
                    format!("no restore onto {} is running: it is the source of the one onto {}", env.name, other.name),
                    "record the end of that restore",
                ),
                (None, None) if restoring => one(target, ended(edition, *failed)),
                (None, None) => refuse(
                    &[RuleId::T9],
                    format!("no restore onto {} is running", env.name),
                    "record its beginning first",
                ),
            }
        }
        Doing::EndActivity { environment } => {
            let env = living(tenant, environment, now)?;
            let restores = env.running.is_some()
                || tenant.environments.iter().any(|e| e.running.as_ref().is_some_and(|r| r.source == env.id));
            match &env.activity {
                _ if restores => refuse(
                    &[RuleId::T9],
                    format!("a restore from {} or onto it is running", env.name),
                    "record the end of that restore",
                ),
                // How it ended decides what is kept, and nobody who records that it did says how.
                Some(activity) if activity.what.leaves() == Leaves::Another => refuse(
                    &[RuleId::T9],
                    format!(
                        "at the last look of {}, {}: how that ended decides what is kept",
                        env.name,
                        activity.says()
                    ),
                    "import the list of environments again once it has ended: it says what it is now",
                ),
                Some(activity) => one(environment, What::ActivityEnded(activity.what.clone())),
                None => {
                    refuse(&[], format!("nothing is known to be going on with {}", env.name), "nothing is to be done")
                }
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
                    return refuse(
                        &[RuleId::R25],
                        format!(
                            "{} is a {kind} environment: administration mode is documented for Sandbox and Production",
                            env.name
                        ),
                        "nothing is to be done",
                    );
                }
                None => {
                    return refuse(
                        &[RuleId::R25],
                        format!("the kind of {} is unknown", env.name),
                        "answer what kind it is",
                    );
                }
            }
            if left_disabled(edition, env).is_some() {
                return refuse(
                    &[RuleId::R20],
                    format!("a failed restore left {} disabled: administration mode does not mend that", env.name),
                    "retry the restore onto it, or reset it, delete it or copy onto it",
                );
            }
            let to = if *on { RuntimeState::AdminMode } else { RuntimeState::Enabled };
            if env.state.get() == Some(&to) {
                return Err(Already::AdministrationMode(*on).refusal(env));
            }
            one(environment, What::StateSet(to))
        }
        Doing::SetManaged { environment, managed } => {
            let env = idle(tenant, environment, now)?;
            let from = env.managed.get().copied();
            if from == Some(*managed) {
                return Err(Already::Managed(*managed).refusal(env));
            }
            one(environment, What::ManagedSet { from, to: *managed })
        }
        Doing::SetKey { environment, key } => {
            let env = idle(tenant, environment, now)?;
            let from = env.key.get().cloned();
            if from.as_ref() == Some(key) {
                return Err(Already::Key.refusal(env));
            }
            if *key == Key::Microsoft && from.is_none() {
                return refuse(
                    &[RuleId::T5],
                    format!("whether {} has a customer-managed key is unknown", env.name),
                    "answer it, then remove the key",
                );
            }
            one(environment, What::KeySet { from, to: key.clone() })
        }
        Doing::AddDataverse { environment } => {
            let env = idle(tenant, environment, now)?;
            match env.dataverse.get() {
                Some(false) => one(environment, What::DataverseAdded),
                Some(true) => Err(Already::Dataverse.refusal(env)),
                None => {
                    refuse(&[RuleId::T3], format!("whether {} has Dataverse is unknown", env.name), "answer it first")
                }
            }
        }
        Doing::Create(new) => create(edition, tenant, new, now),
        Doing::Delete { environment } => {
            let env = idle(tenant, environment, now)?;
            if env.kind.get() == Some(&Kind::Default) {
                return refuse(
                    &[RuleId::X3],
                    format!("{} is the Default environment: it cannot be deleted", env.name),
                    "delete another environment",
                );
            }
            one(environment, What::Deleted)
        }
        Doing::Recover { environment } => recover(edition, tenant, environment, now),
    }
}

pub(super) fn refuse<T>(rules: &[RuleId], says: String, help: &str) -> Result<T, Refusal> {
    Err(Refusal { rules: rules.to_vec(), says, help: help.to_string() })
}

pub(super) fn find<'a>(tenant: &'a Tenant, id: &EnvironmentId) -> Result<&'a Environment, Refusal> {
    tenant.get(id).ok_or_else(|| Refusal {
        rules: Vec::new(),
        says: format!("no environment with the id {id} is on the list"),
        help: "import the inventory again, or choose another environment".to_string(),
    })
}

/// On the list, there already and not deleted.
pub(super) fn living<'a>(
    tenant: &'a Tenant,
    id: &EnvironmentId,
    now: DateTime<Utc>,
) -> Result<&'a Environment, Refusal> {
    let env = find(tenant, id)?;
    if let Some(created) = env.created.get().filter(|created| now < **created) {
        return refuse(
            &[RuleId::K8],
            format!("{} was created at {}, after {}", env.name, instant_text(*created), instant_text(now)),
            "record it with a later time",
        );
    }
    match env.deleted {
        None => Ok(env),
        Some(deleted) => refuse(
            &[RuleId::T9],
            format!("{} was deleted {}", env.name, when_deleted(&deleted, "at", instant_text)),
            "recover it first, while that is possible",
        ),
    }
}

/// Living, and nothing else is being done to it (T9).
fn idle<'a>(tenant: &'a Tenant, id: &EnvironmentId, now: DateTime<Utc>) -> Result<&'a Environment, Refusal> {
    let env = living(tenant, id, now)?;
    match env.occupied(now) {
        // Whether something that only the service has a word for forbids anything is not known, nor whether what was going on at the
        // last look has ended.
        None | Some(Occupied::Reported(_) | Occupied::Perhaps(_) | Occupied::Surely(Operation::Other(_))) => Ok(env),
        Some(Occupied::Surely(what)) => refuse(
            &[RuleId::T9],
            format!("{} is occupied: {}", env.name, what.says()),
            match what {
                Operation::Restoring => "wait until that has ended, or record that it ended",
                _ => "wait until that has ended, and import the inventory again",
            },
        ),
    }
}
