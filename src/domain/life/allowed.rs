//! What is asked before the larger doings: a label or a name, a retention, a restore, a new environment, a recovery.

use super::check::{find, living, refuse};
use super::{Happening, NewEnvironment, Running, What, recovery};
use crate::domain::capacity::balance;
use crate::domain::characters::one_line;
use crate::domain::command::Refusal;
use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, EnvironmentId, Kind};
use crate::domain::manual_backup::{CanCreate, can_create};
use crate::domain::merge::service::held_days;
use crate::domain::restore::{self, Check, Point, RestoreRequest, Weight};
use crate::domain::retention::{Reason, setting_counts};
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use crate::domain::words::{days_text, instant_text};
use crate::words::{List, Say, lacks, when_deleted};
use chrono::{DateTime, Utc};

/// The longest label and name that is taken, in characters. How many the service takes is not documented.
const LONGEST_NAME: usize = 256;

/// A text that becomes a label or a name: one line, not empty, not endless.
pub(super) fn name_of(what: &str, rules: &[RuleId], raw: &str) -> Result<String, Refusal> {
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

pub(super) fn may_create(edition: &Edition, env: &Environment) -> Result<(), Refusal> {
    match can_create(edition, env) {
        CanCreate::Yes => Ok(()),
        CanCreate::No(reasons) => Err(Refusal {
            rules: reasons.iter().filter_map(Reason::rule).collect(),
            says: List::joined(reasons, "; ").says().to_string(),
            help: "its continuous system backup needs no manual backup: note the time instead".to_string(),
        }),
        CanCreate::Unknown(_) => refuse(
            &[RuleId::M1],
            format!("a fact is unknown that decides whether {} can have manual backups", env.name),
            "answer its kind and whether it has Dataverse",
        ),
    }
}

pub(super) fn may_set_retention(edition: &Edition, env: &Environment, days: u32) -> Result<(), Refusal> {
    if !edition.choices.contains(&days) {
        return refuse(&[RuleId::K2], format!("{days} days cannot be set"), "choose 7, 14, 21 or 28 days");
    }
    if env.dataverse.get() == Some(&false) {
        return refuse(
            &[RuleId::K7],
            format!(
                "{} has no Dataverse database, so it has no backups: a retention period would keep nothing",
                env.name
            ),
            "add a Dataverse database first, where backups are wanted",
        );
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

/// G1: where the rules of its group were imported and hold the retention, it is changed there.
pub(super) fn held_by_group(tenant: &Tenant, env: &Environment) -> Result<(), Refusal> {
    let Some(days) = held_days(&tenant.group_rules, env) else { return Ok(()) };
    let group = env.group.get().cloned().flatten().or_else(|| env.group_id.clone()).unwrap_or_default();
    refuse(
        &[RuleId::G1],
        format!(
            "the rules of the environment group “{}” hold the retention of {} at {}",
            one_line(&group, 60),
            env.name,
            days_text(days)
        ),
        "change it in the rules of the group and publish them, for all its members; or take the environment out of the group",
    )
}

pub(super) fn start_restore(
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
            rules: against.iter().filter_map(Check::rule).collect(),
            says: List::joined(&against, "; ").says().to_string(),
            help: first.help().to_string(),
        });
    }
    let source = living(tenant, &request.source, now)?;
    let target = living(tenant, &request.target, now)?;
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
            new_name: restore::wanted_name(request, target).map(str::to_string),
            ends: ends.map(|e| e.max(now)),
            fails,
        }),
    }])
}

pub(super) fn create(
    edition: &Edition,
    tenant: &Tenant,
    new: &NewEnvironment,
    now: DateTime<Utc>,
) -> Result<Vec<Happening>, Refusal> {
    let name = name_of("name", &[], &new.name)?;
    if tenant.get(&new.id).is_some() {
        return refuse(&[], format!("an environment with the id {} is on the list already", new.id), "use another id");
    }
    if new.kind == Kind::Default {
        return refuse(&[], "a tenant has one Default environment".to_string(), "choose another kind");
    }
    // R15: creating needs the same gigabyte as restoring; where the storage is unknown nobody can say.
    if let Some(lacks) = tenant.capacity.get().and_then(|c| lacks(&balance(edition, c), "creating")) {
        return refuse(&[RuleId::R15], lacks.to_string(), "free up or buy storage first");
    }
    let new = NewEnvironment { name, ..new.clone() };
    Ok(vec![Happening { at: now, environment: new.id.clone(), what: What::Created(Box::new(new)) }])
}

pub(super) fn recover(
    edition: &Edition,
    tenant: &Tenant,
    id: &EnvironmentId,
    now: DateTime<Utc>,
) -> Result<Vec<Happening>, Refusal> {
    let env = find(tenant, id)?;
    let Some(recovery) = recovery(edition, env) else {
        return refuse(&[RuleId::X1], format!("{} is not deleted", env.name), "nothing is to be done");
    };
    if recovery.deleted.earliest().is_some_and(|earliest| now < earliest) {
        return refuse(
            &[RuleId::X1],
            format!(
                "{} was deleted {}, after {}",
                env.name,
                when_deleted(&recovery.deleted, "at", instant_text),
                instant_text(now)
            ),
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
        && let Some(lacks) = tenant.capacity.get().and_then(|c| lacks(&balance(edition, c), "recovering"))
    {
        return refuse(&[RuleId::X3], lacks.to_string(), "free up or buy storage first");
    }
    Ok(vec![Happening { at: now, environment: id.clone(), what: What::Recovered }])
}
