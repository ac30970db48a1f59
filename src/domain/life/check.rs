//! Judging what somebody wants to do, before it happens: refusals with rule ids and a way out.

use super::{Doing, Happening, NewEnvironment, Running, What, ended};
use crate::domain::capacity::balance;
use crate::domain::command::Refusal;
use crate::domain::edition::{Edition, Period, RETENTION_CHOICES};
use crate::domain::environment::{Environment, EnvironmentId, Key, Kind, Operation, RuntimeState};
use crate::domain::fact::Origin;
use crate::domain::manual_backup::{CanCreate, ManualBackup, can_create};
use crate::domain::restore::{self, Point, RestoreRequest, Weight};
use crate::domain::retention::{self, Certainty};
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use crate::domain::words::{days_text, instant_text};
use chrono::{DateTime, TimeDelta, Utc};

/// The longest label and name that is taken, in characters. How many the service takes is not documented.
const LONGEST_NAME: usize = 256;

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
            if tenant.environments.iter().flat_map(|e| &e.backups).any(|b| b.id == *id) {
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
            let from = env.retention_setting.get().copied();
            if from == Some(*days) {
                return refuse(
                    &[RuleId::K2],
                    format!("the retention of {} is {} already", env.name, days_text(*days)),
                    "nothing is to be done",
                );
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
            if edition.failed_restore_disables_target && env.failed_restore.is_some() {
                return refuse(
                    &[RuleId::R20],
                    format!("a failed restore left {} disabled: administration mode does not mend that", env.name),
                    "retry the restore onto it, or reset it, delete it or copy onto it",
                );
            }
            let to = if *on { RuntimeState::AdminMode } else { RuntimeState::Enabled };
            if env.state.get() == Some(&to) {
                let word = if *on { "on" } else { "off" };
                return refuse(
                    &[RuleId::R9],
                    format!("administration mode of {} is {word} already", env.name),
                    "nothing is to be done",
                );
            }
            one(environment, What::StateSet(to))
        }
        Doing::SetManaged { environment, managed } => {
            let env = idle(tenant, environment, now)?;
            let from = env.managed.get().copied();
            if from == Some(*managed) {
                let word = if *managed { "on" } else { "off" };
                return refuse(
                    &[RuleId::T4],
                    format!("Managed Environments is {word} already for {}", env.name),
                    "nothing is to be done",
                );
            }
            one(environment, What::ManagedSet { from, to: *managed })
        }
        Doing::SetKey { environment, key } => {
            let env = idle(tenant, environment, now)?;
            let from = env.key.get().cloned();
            if from.as_ref() == Some(key) {
                return refuse(&[RuleId::T5], format!("{} has this key already", env.name), "nothing is to be done");
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
                Some(true) => {
                    refuse(&[RuleId::T3], format!("{} has Dataverse already", env.name), "nothing is to be done")
                }
                None => {
                    refuse(&[RuleId::T3], format!("whether {} has Dataverse is unknown", env.name), "answer it first")
                }
            }
        }
        Doing::Create(new) => create(tenant, new, now),
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

fn refuse<T>(rules: &[RuleId], says: String, help: &str) -> Result<T, Refusal> {
    Err(Refusal { rules: rules.to_vec(), says, help: help.to_string() })
}

fn find<'a>(tenant: &'a Tenant, id: &EnvironmentId) -> Result<&'a Environment, Refusal> {
    tenant.get(id).ok_or_else(|| Refusal {
        rules: Vec::new(),
        says: format!("no environment with the id {id} is on the list"),
        help: "import the inventory again, or choose another environment".to_string(),
    })
}

/// On the list, there already and not deleted.
fn living<'a>(tenant: &'a Tenant, id: &EnvironmentId, now: DateTime<Utc>) -> Result<&'a Environment, Refusal> {
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
        Some(at) => refuse(
            &[RuleId::T9],
            format!("{} was deleted at {}", env.name, instant_text(at)),
            "recover it first, while that is possible",
        ),
    }
}

/// Living, and nothing else is being done to it (T9).
fn idle<'a>(tenant: &'a Tenant, id: &EnvironmentId, now: DateTime<Utc>) -> Result<&'a Environment, Refusal> {
    let env = living(tenant, id, now)?;
    match env.activity.as_ref().map(|a| &a.what) {
        // Whether something that only the service has a word for forbids anything is not known.
        None | Some(Operation::Other(_)) => Ok(env),
        Some(what) => refuse(
            &[RuleId::T9],
            format!("{} is occupied: {what}", env.name),
            match what {
                Operation::Restoring => "wait until that has ended, or record that it ended",
                _ => "wait until that has ended, and import the inventory again",
            },
        ),
    }
}

/// A text that becomes a label or a name: one line, not empty, not endless.
fn name_of(what: &str, rules: &[RuleId], raw: &str) -> Result<String, Refusal> {
    let name = raw.trim();
    if name.is_empty() {
        return refuse(rules, format!("the {what} is empty"), "type one");
    }
    if let Some(bad) = name.chars().find(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return refuse(
            rules,
            format!("the {what} contains the control character U+{:04X}", u32::from(bad)),
            "type it on one line, without control characters",
        );
    }
    let length = name.chars().count();
    if length > LONGEST_NAME {
        return refuse(rules, format!("the {what} has {length} characters"), &format!("use at most {LONGEST_NAME}"));
    }
    Ok(name.to_string())
}

fn may_create(edition: &Edition, env: &Environment) -> Result<(), Refusal> {
    match can_create(edition, env) {
        CanCreate::Yes => Ok(()),
        CanCreate::No(reasons) => Err(Refusal {
            rules: reasons.iter().map(|r| r.rule).collect(),
            says: reasons.iter().map(|r| r.says.as_str()).collect::<Vec<_>>().join("; "),
            help: "its continuous system backup needs no manual backup: note the time instead".to_string(),
        }),
        CanCreate::Unknown(_) => refuse(
            &[RuleId::M1],
            format!("a fact is unknown that decides whether {} can have manual backups", env.name),
            "answer its kind and whether it has Dataverse",
        ),
    }
}

fn may_set_retention(edition: &Edition, env: &Environment, days: u32) -> Result<(), Refusal> {
    if !RETENTION_CHOICES.contains(&days) {
        return refuse(&[RuleId::K2], format!("{days} days cannot be set"), "choose 7, 14, 21 or 28 days");
    }
    let counts = setting_counts(edition, env);
    if counts.all {
        Ok(())
    } else if counts.any {
        refuse(
            &[RuleId::K3],
            format!("a fact is unknown that decides whether the retention of {} can be set", env.name),
            "answer its kind, its Dynamics 365 apps and whether it is managed",
        )
    } else {
        refuse(
            &[RuleId::K3],
            format!("the retention of {} is fixed by what it is: a setting would change nothing", env.name),
            "only a managed Production environment has a setting that counts; see the retention table",
        )
    }
}

/// Whether the retention setting counts: for every row of the table that may hold, for any of them.
pub(super) struct Counts {
    pub all: bool,
    pub any: bool,
}

/// Whether the retention setting of `env` counts, for what is known of it (K3).
pub(super) fn setting_counts(edition: &Edition, env: &Environment) -> Counts {
    let rows = edition.retention.iter().filter(|row| {
        env.kind.get().is_none_or(|k| *k == row.kind)
            && row.dynamics.is_none_or(|d| env.dynamics.get().is_none_or(|known| *known == d))
            && row.managed.is_none_or(|m| env.managed.get().is_none_or(|known| *known == m))
    });
    let by_setting: Vec<bool> = rows.map(|row| row.system == Period::BySetting).collect();
    Counts { all: !by_setting.is_empty() && by_setting.iter().all(|yes| *yes), any: by_setting.iter().any(|yes| *yes) }
}

fn start_restore(
    edition: &Edition,
    tenant: &Tenant,
    request: &RestoreRequest,
    ends: Option<DateTime<Utc>>,
    fails: bool,
    now: DateTime<Utc>,
) -> Result<Vec<Happening>, Refusal> {
    let against: Vec<_> = restore::check(edition, tenant, request, now)
        .into_iter()
        .filter(|c| matches!(c.weight, Weight::Stop | Weight::Ask))
        .collect();
    if let Some(first) = against.first() {
        return Err(Refusal {
            rules: against.iter().map(|c| c.rule).collect(),
            says: against.iter().map(|c| c.says.as_str()).collect::<Vec<_>>().join("; "),
            help: first.help.clone(),
        });
    }
    let source = living(tenant, &request.source, now)?;
    living(tenant, &request.target, now)?;
    let point = match &request.point {
        Point::System(at) => Some(*at),
        Point::Manual(id) => source.backups.iter().find(|b| b.id == *id).map(|b| b.point),
    };
    let Some(point) = point else {
        return refuse(
            &[RuleId::R1],
            format!("{} has no such manual backup", source.name),
            "choose another restore point",
        );
    };
    Ok(vec![Happening {
        at: now,
        environment: request.target.clone(),
        what: What::RestoreStarted(Running {
            source: request.source.clone(),
            point,
            include_audit_logs: request.include_audit_logs,
            new_name: restore::wanted_name(request).map(str::to_string),
            ends: ends.map(|e| e.max(now)),
            fails,
        }),
    }])
}

fn create(tenant: &Tenant, new: &NewEnvironment, now: DateTime<Utc>) -> Result<Vec<Happening>, Refusal> {
    let name = name_of("name", &[], &new.name)?;
    if tenant.get(&new.id).is_some() {
        return refuse(&[], format!("an environment with the id {} is on the list already", new.id), "use another id");
    }
    if new.kind == Kind::Default {
        return refuse(&[], "a tenant has one Default environment".to_string(), "choose another kind");
    }
    // R15: creating needs the same gigabyte as restoring; where the storage is unknown nobody can say.
    if let Some(capacity) = tenant.capacity.get()
        && balance(capacity).has_room() == Some(false)
    {
        return refuse(
            &[RuleId::R15],
            "the tenant has less than 1 GB of free database capacity: creating is blocked".to_string(),
            "free up or buy storage first",
        );
    }
    let new = NewEnvironment { name, ..new.clone() };
    Ok(vec![Happening { at: now, environment: new.id.clone(), what: What::Created(Box::new(new)) }])
}

fn recover(
    edition: &Edition,
    tenant: &Tenant,
    id: &EnvironmentId,
    now: DateTime<Utc>,
) -> Result<Vec<Happening>, Refusal> {
    let env = find(tenant, id)?;
    let Some(recovery) = super::recovery(edition, env) else {
        return refuse(&[RuleId::X1], format!("{} is not deleted", env.name), "nothing is to be done");
    };
    if now < recovery.deleted {
        return refuse(
            &[RuleId::X1],
            format!("{} was deleted at {}, after {}", env.name, instant_text(recovery.deleted), instant_text(now)),
            "record it with a later time",
        );
    }
    if now > recovery.possible_until {
        return refuse(
            &[RuleId::X1],
            format!("{} could be recovered until {}", env.name, instant_text(recovery.possible_until)),
            "it is gone; ask support whether anything is left",
        );
    }
    if edition.recovery_needs_capacity
        && let Some(capacity) = tenant.capacity.get()
        && balance(capacity).has_room() == Some(false)
    {
        return refuse(
            &[RuleId::X3],
            "recovering needs free capacity, and the tenant has less than 1 GB".to_string(),
            "free up or buy storage first",
        );
    }
    Ok(vec![Happening { at: now, environment: id.clone(), what: What::Recovered }])
}
