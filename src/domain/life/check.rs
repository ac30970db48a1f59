//! Judging what somebody wants to do, before it happens: refusals with rule ids and a way out.

use super::{Doing, Happening, NewEnvironment, Running, What, ended};
use crate::domain::capacity::balance;
use crate::domain::command::Refusal;
use crate::domain::edition::{Edition, Period, RETENTION_CHOICES};
use crate::domain::environment::{Environment, EnvironmentId, Key, Kind, RuntimeState};
use crate::domain::fact::Origin;
use crate::domain::manual_backup::{CanCreate, ManualBackup, can_create};
use crate::domain::restore::{self, Point, RestoreRequest, Weight};
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use crate::domain::words::{days_text, instant_text};
use chrono::{DateTime, Utc};

/// The longest label and name that is taken, in characters.
const LONGEST_NAME: usize = 100;

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
            let env = idle(tenant, environment)?;
            let label = name_of("label", label)?;
            may_create(edition, env)?;
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
                    point: point.unwrap_or(now),
                    asked: Some(now),
                    created_by: None,
                    reported_expiry: None,
                    origin: Origin::Recorded,
                }),
            )
        }
        Doing::DeleteManualBackup { environment, backup } => {
            let env = living(tenant, environment)?;
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
            let env = idle(tenant, environment)?;
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
            let env = idle(tenant, environment)?;
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
            let env = living(tenant, target)?;
            match &env.running {
                Some(_) => one(target, ended(edition, *failed)),
                None => refuse(
                    &[RuleId::T9],
                    format!("no restore onto {} is running", env.name),
                    "record its beginning first",
                ),
            }
        }
        Doing::SetAdministrationMode { environment, on } => {
            let env = idle(tenant, environment)?;
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
            let env = idle(tenant, environment)?;
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
            let env = idle(tenant, environment)?;
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
            let env = idle(tenant, environment)?;
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
            let env = idle(tenant, environment)?;
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

fn living<'a>(tenant: &'a Tenant, id: &EnvironmentId) -> Result<&'a Environment, Refusal> {
    let env = find(tenant, id)?;
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
fn idle<'a>(tenant: &'a Tenant, id: &EnvironmentId) -> Result<&'a Environment, Refusal> {
    let env = living(tenant, id)?;
    match &env.activity {
        None => Ok(env),
        Some(activity) => refuse(
            &[RuleId::T9],
            format!("{} is occupied: {}", env.name, activity.what),
            "wait until that has ended, or record that it ended",
        ),
    }
}

/// A text that becomes a label or a name: one line, not empty, not endless.
fn name_of(what: &str, raw: &str) -> Result<String, Refusal> {
    let name = raw.trim();
    if name.is_empty() {
        return refuse(&[RuleId::M2], format!("the {what} is empty"), "type one");
    }
    if let Some(bad) = name.chars().find(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return refuse(
            &[RuleId::M2],
            format!("the {what} contains the control character U+{:04X}", u32::from(bad)),
            "type it on one line, without control characters",
        );
    }
    let length = name.chars().count();
    if length > LONGEST_NAME {
        return refuse(&[RuleId::M2], format!("the {what} has {length} characters"), "use at most 100");
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
    let rows = edition.retention.iter().filter(|row| {
        env.kind.get().is_none_or(|k| *k == row.kind)
            && row.dynamics.is_none_or(|d| env.dynamics.get().is_none_or(|known| *known == d))
            && row.managed.is_none_or(|m| env.managed.get().is_none_or(|known| *known == m))
    });
    let by_setting: Vec<bool> = rows.map(|row| row.system == Period::BySetting).collect();
    if by_setting.iter().all(|yes| *yes) && !by_setting.is_empty() {
        Ok(())
    } else if by_setting.iter().any(|yes| *yes) {
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
    let source = living(tenant, &request.source)?;
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
    let new_name = request.new_name.as_deref().map(|n| name_of("new name", n)).transpose()?;
    Ok(vec![Happening {
        at: now,
        environment: request.target.clone(),
        what: What::RestoreStarted(Running {
            source: request.source.clone(),
            point,
            include_audit_logs: request.include_audit_logs,
            new_name,
            ends: ends.map(|e| e.max(now)),
            fails,
        }),
    }])
}

fn create(tenant: &Tenant, new: &NewEnvironment, now: DateTime<Utc>) -> Result<Vec<Happening>, Refusal> {
    let name = name_of("name", &new.name)?;
    if tenant.get(&new.id).is_some() {
        return refuse(&[], format!("an environment with the id {} is on the list already", new.id), "use another id");
    }
    if new.kind == Kind::Default {
        return refuse(&[], "a tenant has one Default environment".to_string(), "choose another kind");
    }
    // R15: creating needs the same gigabyte as restoring; where the storage is unknown nobody can say.
    if let Some(capacity) = tenant.capacity.get() {
        if balance(capacity).has_room() == Some(false) {
            return refuse(
                &[RuleId::R15],
                "the tenant has less than 1 GB of free database capacity: creating is blocked".to_string(),
                "free up or buy storage first",
            );
        }
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
