//! The gates of the moment: T7 for the tenant, T9 for the two environments. Shown once, not in every cell.

use super::super::capacity::Capacity;
use super::super::edition::Edition;
use super::super::environment::{Environment, Operation};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::super::words::from_text;
use super::{Judgement, Standing, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

/// Free database that a restore needs, megabytes (T7, D12).
const NEEDED_MB: f64 = 1024.0;

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
    let (standing, says) = occupied(edition, source, target);
    verdict.add(standing, Judgement { rule: RuleId::T9, says, asks: Vec::new() });
    verdict.cautions = failed_restore(edition, source, target, now).into_iter().collect();
    verdict
}

/// T7: database that is left after covering what is missing elsewhere.
fn capacity(capacity: Option<&Capacity>) -> (Standing, String) {
    let Some(capacity) = capacity else {
        return (Standing::Unknown, "the free capacity of the tenant is not known; a restore needs 1 GB".into());
    };
    let left = |s: &super::super::capacity::Storage| s.entitled_mb - s.used_mb;
    let (database, log, file) = (left(&capacity.database), left(&capacity.log), left(&capacity.file));
    let missing_file = (-file).max(0.0);
    let log_after = log - if log > 0.0 { missing_file.min(log) } else { 0.0 };
    let file_after = missing_file - if log > 0.0 { missing_file.min(log) } else { 0.0 };
    let free = database - (-log_after).max(0.0) - file_after;
    let gb = |mb: f64| format!("{:.1} GB", mb / 1024.0);
    if free >= NEEDED_MB {
        (Standing::Met, format!("{} of database capacity is free, 1 GB is needed", gb(free)))
    } else if free >= 0.0 {
        (Standing::Broken, format!("only {} of database capacity is free, 1 GB is needed", gb(free)))
    } else {
        (Standing::Broken, format!("the tenant is {} over its capacity, 1 GB free is needed", gb(-free)))
    }
}

/// T9: what occupies the source or the target.
fn occupied(edition: &Edition, source: &Environment, target: &Environment) -> (Standing, String) {
    let itself = source.id == target.id;
    let roles =
        if itself { vec![("the environment", source)] } else { vec![("the source", source), ("the target", target)] };
    let (mut broken, mut open) = (Vec::new(), Vec::new());
    for (role, env) in roles {
        if env.deleted.is_some() {
            broken.push(format!("{role} is deleted; it has to be recovered first"));
        }
        match env.activity.as_ref().map(|a| &a.what) {
            None => {}
            Some(Operation::Restoring) => broken.push(format!("{role} is being restored")),
            Some(Operation::Copying) => broken.push(format!("{role} is being copied")),
            Some(Operation::Switching) => broken.push(format!("the kind of {role} is being switched")),
            Some(Operation::Recovering) => broken.push(format!("{role} is being recovered")),
            Some(Operation::Other(raw)) => {
                open.push(format!("the service reports `{raw}` on {role}; whether that stops a restore is not known"));
            }
        }
    }
    if edition.failed_restore_disables_target && source.failed_restore.is_some() && !itself {
        broken.push(
            "a failed restore left the source disabled; until that is mended it may be retried only as the target"
                .into(),
        );
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
