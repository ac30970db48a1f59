//! The gates of the moment: T7 for the tenant, T9 for the two environments. Shown once, not in every cell.

use super::super::capacity::{Capacity, balance};
use super::super::edition::Edition;
use super::super::environment::{Environment, Operation};
use super::super::merge::is_missing;
use super::super::occupied::Occupied;
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::super::words::from_text;
use super::{Judgement, Standing, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

/// How long to wait before a failed restore is tried again (R20).
const WAIT: TimeDelta = TimeDelta::minutes(30);

/// Judges the gates of the moment, T7 and T9, at `now` (UTC). Broken stops a restore; an unknown T7 is a question and a caution.
pub fn gates(
    edition: &Edition,
    tenant: &Tenant,
    source: &Environment,
    target: &Environment,
    now: DateTime<Utc>,
) -> Verdict {
    let mut verdict = Verdict::default();
    let (standing, says) = capacity(tenant.capacity.get());
    verdict.add(standing, Judgement { rule: RuleId::T7, says, asks: Vec::new() });
    let (standing, says) = occupied(edition, tenant, source, target, now);
    verdict.add(standing, Judgement { rule: RuleId::T9, says, asks: Vec::new() });
    verdict.cautions = failed_restore(edition, source, target, now).into_iter().collect();
    verdict
}

/// What the gates leave in doubt: T9 where it is unknown, and a target that a failed restore left behind (R20). Unknown storage (T7)
/// is a question of the tenant, and makes nothing less sure; nor does a failed restore of an environment onto `itself`, where the
/// edition does not say that it is left disabled.
pub fn doubts(edition: &Edition, gates: &Verdict, itself: bool) -> Vec<Judgement> {
    let of_pair = gates.unknown.iter().filter(|j| j.rule != RuleId::T7);
    let left_behind = gates.cautions.iter().filter(|_| !itself || edition.failed_restore_disables_target);
    of_pair.chain(left_behind).cloned().collect()
}

/// T7: database that is left after spare storage has covered what is missing elsewhere.
fn capacity(capacity: Option<&Capacity>) -> (Standing, String) {
    let Some(balance) = capacity.map(balance) else {
        return (
            Standing::Unknown,
            "the free capacity of the tenant is not known; a restore needs 1 GB of database".into(),
        );
    };
    let standing = match balance.has_room() {
        None => Standing::Unknown,
        Some(true) => Standing::Met,
        Some(false) => Standing::Broken,
    };
    (standing, balance.says())
}

/// T9, R20: what is said of `source` as a source, where a failed restore left it disabled under this edition; `None` elsewhere.
pub fn left_disabled(edition: &Edition, source: &Environment) -> Option<Judgement> {
    let says = "a failed restore left the source disabled: until that is mended it can be restored onto, not from";
    (edition.failed_restore_disables_target && source.failed_restore.is_some()).then(|| Judgement {
        rule: RuleId::T9,
        says: says.to_string(),
        asks: Vec::new(),
    })
}

/// T9: what occupies the source or the target.
fn occupied(
    edition: &Edition,
    tenant: &Tenant,
    source: &Environment,
    target: &Environment,
    now: DateTime<Utc>,
) -> (Standing, String) {
    let itself = source.id == target.id;
    let roles =
        if itself { vec![("the environment", source)] } else { vec![("the source", source), ("the target", target)] };
    let (mut broken, mut open) = (Vec::new(), Vec::new());
    for (role, env) in roles {
        if env.deleted.is_some() {
            broken.push(format!("{role} is deleted; it has to be recovered first"));
        }
        if is_missing(tenant, env) {
            open.push(format!(
                "the last import of the whole tenant did not list {role}; whether it is still there is not known"
            ));
        }
        match env.occupied(now) {
            None => {}
            Some(Occupied::Surely(Operation::Restoring)) => broken.push(format!("{role} is being restored")),
            Some(Occupied::Surely(Operation::Copying)) => broken.push(format!("{role} is being copied")),
            Some(Occupied::Surely(Operation::Switching)) => {
                broken.push(format!("the kind of {role} is being switched"))
            }
            Some(Occupied::Surely(Operation::Recovering)) => broken.push(format!("{role} is being recovered")),
            Some(Occupied::Reported(raw) | Occupied::Surely(Operation::Other(raw))) => {
                open.push(format!("the service reports `{raw}` on {role}; whether that stops a restore is not known"));
            }
            Some(Occupied::Perhaps(activity)) => {
                open.push(format!("{role} {}; whether that has ended is not known", activity.was()));
            }
        }
    }
    if !itself {
        broken.extend(left_disabled(edition, source).map(|j| j.says));
    }
    if !broken.is_empty() {
        (Standing::Broken, broken.join("; "))
    } else if !open.is_empty() {
        (Standing::Unknown, open.join("; "))
    } else {
        (
            Standing::Met,
            format!("nothing is known to be going on with {}", if itself { "the environment" } else { "either" }),
        )
    }
}

/// R20, of a target that a failed restore left behind. Onto itself it is the target too, and retrying the same target is what
/// the page advises, so that T9 does not forbid it.
fn failed_restore(
    edition: &Edition,
    source: &Environment,
    target: &Environment,
    now: DateTime<Utc>,
) -> Option<Judgement> {
    let failed = target.failed_restore?;
    let ready = failed.checked_add_signed(WAIT).unwrap_or(failed);
    let mut says = if !edition.failed_restore_disables_target {
        "a restore onto the target failed; what that leaves behind is not described in this edition, later editions say that the target stays disabled".to_string()
    } else if ready > now {
        format!("a failed restore left the target disabled: wait until {} before you retry", from_text(ready))
    } else {
        "a failed restore left the target disabled; a retry with the same target is documented, otherwise reset it, delete it or copy onto it".to_string()
    };
    if edition.failed_restore_disables_target && source.id == target.id {
        says.push_str("; whether its own backup can then be the source is not said");
    }
    Some(Judgement { rule: RuleId::R20, says, asks: Vec::new() })
}
