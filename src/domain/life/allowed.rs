//! What is asked before the larger doings: a label or a name, a retention, a restore, a new environment, a recovery.

use super::check::{find, living, of};
use super::happening::What;
use super::{NewEnvironment, Running, recovery};
use crate::domain::capacity::balance;
use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, EnvironmentId, Kind};
use crate::domain::manual_backup::{CanCreate, can_create};
use crate::domain::merge::service::held_days;
use crate::domain::moment::Moment;
use crate::domain::refusal::{Cause, Needing, NotTyped, OfEnvironment, Refusal, TypedName, Unknown};
use crate::domain::restore::{self, Check, Point, RestoreRequest, Weight};
use crate::domain::retention::{Reason, setting_counts};
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};

/// The longest label and name that is taken, in characters. How many the service takes is not documented.
const LONGEST_NAME: usize = 256;

/// A text that becomes a label or a name: one line, not empty, not endless.
pub(super) fn name_of(what: TypedName, rules: &[RuleId], raw: &str) -> Result<String, Refusal> {
    let name = raw.trim();
    if name.is_empty() {
        return Err(Cause::Typed(what, NotTyped::Empty).by(rules));
    }
    if let Some(bad) = name.chars().find(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(Cause::Typed(what, NotTyped::Control(bad)).by(rules));
    }
    let length = name.chars().count();
    if length > LONGEST_NAME {
        return Err(Cause::Typed(what, NotTyped::Long { length, most: LONGEST_NAME }).by(rules));
    }
    Ok(name.to_string())
}

pub(super) fn may_create(edition: &Edition, env: &Environment) -> Result<(), Refusal> {
    match can_create(edition, env) {
        CanCreate::Yes => Ok(()),
        CanCreate::No(reasons) => {
            let rules: Vec<RuleId> = reasons.iter().filter_map(Reason::rule).collect();
            Err(Cause::NoManualBackups(reasons).by(&rules))
        }
        CanCreate::Unknown(_) => of(env, OfEnvironment::Unknown(Unknown::ManualBackups), &[RuleId::M1]),
    }
}

pub(super) fn may_set_retention(edition: &Edition, env: &Environment, days: u32) -> Result<(), Refusal> {
    if !edition.choices.contains(&days) {
        return Err(Cause::NoRetentionSetting(days).by(&[RuleId::K2]));
    }
    if env.dataverse.get() == Some(&false) {
        return of(env, OfEnvironment::NothingToKeep, &[RuleId::K7]);
    }
    let counts = setting_counts(edition, env);
    if counts.all {
        Ok(())
    } else if counts.any {
        of(env, OfEnvironment::Unknown(Unknown::Retention), &[RuleId::K3])
    } else {
        of(env, OfEnvironment::RetentionFixed, &[RuleId::K3])
    }
}

/// G1: where the rules of its group were imported and hold the retention, it is changed there.
pub(super) fn held_by_group(tenant: &Tenant, env: &Environment) -> Result<(), Refusal> {
    let Some(days) = held_days(&tenant.group_rules, env) else { return Ok(()) };
    let group = env.group.get().cloned().flatten().or_else(|| env.group_id.clone()).unwrap_or_default();
    of(env, OfEnvironment::HeldByGroup { group, days }, &[RuleId::G1])
}

pub(super) fn start_restore(
    edition: &Edition,
    tenant: &Tenant,
    request: &RestoreRequest,
    ends: Option<DateTime<Utc>>,
    fails: bool,
    now: DateTime<Utc>,
) -> Result<What, Refusal> {
    let against: Vec<Check> = restore::check(Moment { edition, tenant, now }, request)
        .into_iter()
        .filter(|c| matches!(c.weight, Weight::Stop | Weight::Ask))
        .collect();
    if !against.is_empty() {
        let rules: Vec<RuleId> = against.iter().filter_map(Check::rule).collect();
        return Err(Cause::Checks(against).by(&rules));
    }
    let source = living(tenant, &request.source, now)?;
    let target = living(tenant, &request.target, now)?;
    let point = match &request.point {
        Point::System(at) => Some(*at),
        Point::Manual(id) => source.backups.iter().find(|b| b.id == *id).map(|b| b.point),
    };
    let Some(point) = point else {
        return of(source, OfEnvironment::NoSuchPoint, &[RuleId::R1]);
    };
    Ok(What::RestoreStarted(Running {
        source: request.source.clone(),
        point,
        include_audit_logs: request.include_audit_logs,
        new_name: restore::wanted_name(request, target).map(str::to_string),
        ends: ends.map(|e| e.max(now)),
        fails,
    }))
}

pub(super) fn create(edition: &Edition, tenant: &Tenant, new: &NewEnvironment) -> Result<What, Refusal> {
    let name = name_of(TypedName::Name, &[], &new.name)?;
    if tenant.get(&new.id).is_some() {
        return Err(Cause::IdTaken(new.id.clone()).by(&[]));
    }
    if new.kind == Kind::Default {
        return Err(Cause::SecondDefault.by(&[]));
    }
    // R15: creating needs the same gigabyte as restoring; where the storage is unknown nobody can say.
    has_room(edition, tenant, Needing::Creating, RuleId::R15)?;
    Ok(What::Created(Box::new(NewEnvironment { name, ..new.clone() })))
}

/// Where the storage is known, whether it has the gigabyte that something needs.
fn has_room(edition: &Edition, tenant: &Tenant, needing: Needing, rule: RuleId) -> Result<(), Refusal> {
    match tenant.capacity.get().map(|c| balance(edition, c)) {
        Some(balance) if balance.has_room() == Some(false) => {
            Err(Cause::NoRoom(Box::new(balance), needing).by(&[rule]))
        }
        _ => Ok(()),
    }
}

pub(super) fn recover(
    edition: &Edition,
    tenant: &Tenant,
    id: &EnvironmentId,
    now: DateTime<Utc>,
) -> Result<What, Refusal> {
    let env = find(tenant, id)?;
    let Some(recovery) = recovery(edition, env) else {
        return of(env, OfEnvironment::NotDeleted, &[RuleId::X1]);
    };
    if recovery.deleted.earliest().is_some_and(|earliest| now < earliest) {
        return of(env, OfEnvironment::DeletedAfter { deleted: recovery.deleted, at: now }, &[RuleId::X1]);
    }
    if now > recovery.possible_until {
        return of(env, OfEnvironment::RecoveryOver(recovery.possible_until), &[RuleId::X1]);
    }
    if edition.recovery_needs_capacity {
        has_room(edition, tenant, Needing::Recovering, RuleId::X3)?;
    }
    Ok(What::Recovered)
}
