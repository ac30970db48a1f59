//! The gates of the moment: T7 for the tenant, T9 for the two environments. Shown once, not in every cell.

use super::super::capacity::{Balance, balance};
use super::super::edition::Edition;
use super::super::environment::Environment;
use super::super::instants::later;
use super::super::merge::is_missing;
use super::super::rule::RuleId;
use super::outcome::Standing;
use super::verdict::{Judgement, Verdict};
use super::{Cause, Failed, Going, GoingOn, Role};
use crate::domain::moment::Moment;
use chrono::{DateTime, Utc};

/// Judges the gates of the moment, T7 and T9, at `now` (UTC). Broken stops a restore; an unknown T7 is a question and a caution.
pub fn gates(moment: Moment<'_>, source: &Environment, target: &Environment) -> Verdict {
    let Moment { edition, tenant, now } = moment;
    let mut verdict = Verdict::default();
    let balance = tenant.capacity.get().map(|capacity| balance(edition, capacity));
    let standing = match balance.as_ref().and_then(Balance::has_room) {
        None => Standing::Unknown,
        Some(true) => Standing::Met,
        Some(false) => Standing::Broken,
    };
    verdict.add(standing, Judgement::of(RuleId::T7, Cause::Storage(balance)));
    let (standing, on) = occupied(moment, source, target);
    verdict.add(standing, Judgement::of(RuleId::T9, Cause::Going { on, of_one: source.id == target.id }));
    verdict.cautions = failed_restore(edition, source, target, now).into_iter().collect();
    verdict
}

/// What the gates leave in doubt: T9 where it is unknown, and a target that a failed restore left behind (R20). Unknown storage (T7)
/// is a question of the tenant, and makes nothing less sure; nor does a failed restore of an environment onto `itself`, where the
/// edition does not say that it is left disabled.
pub fn doubts(edition: &Edition, gates: &Verdict, itself: bool) -> Vec<Judgement> {
    let of_pair = gates.unknown.iter().filter(|j| !j.is_of(RuleId::T7));
    let left_behind = gates.cautions.iter().filter(|_| !itself || edition.failed_restore_disables_target);
    of_pair.chain(left_behind).cloned().collect()
}

/// How an eligible pair stands at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AtThisMoment {
    Open,
    /// Whether something stops it is not known.
    Doubtful,
    Stopped,
}

impl AtThisMoment {
    /// By the [`gates`] of a pair; `itself`: it is an environment onto itself.
    pub fn by(edition: &Edition, gates: &Verdict, itself: bool) -> Self {
        Self::of(&gates.broken, &doubts(edition, gates, itself))
    }

    /// By what stops it, and by what may: see [`doubts`].
    pub fn of(stops: &[Judgement], doubts: &[Judgement]) -> Self {
        match (stops.is_empty(), doubts.is_empty()) {
            (false, _) => Self::Stopped,
            (true, false) => Self::Doubtful,
            (true, true) => Self::Open,
        }
    }
}

/// T9, R20: what is said of `source` as a source, where a failed restore left it disabled under this edition; `None` elsewhere.
pub fn left_disabled(edition: &Edition, source: &Environment) -> Option<Judgement> {
    (edition.failed_restore_disables_target && source.failed_restore.is_some())
        .then(|| Judgement::of(RuleId::T9, Cause::LeftDisabled))
}

/// T9: what occupies the source or the target.
fn occupied(moment: Moment<'_>, source: &Environment, target: &Environment) -> (Standing, Vec<Going>) {
    let Moment { edition, tenant, now } = moment;
    let itself = source.id == target.id;
    let roles =
        if itself { vec![(None, source)] } else { vec![(Some(Role::Source), source), (Some(Role::Target), target)] };
    let mut on = Vec::new();
    for (role, env) in roles {
        let deleted = env.deleted.is_some().then_some(GoingOn::Deleted);
        let missing = is_missing(tenant, env).then_some(GoingOn::Missing);
        let occupied = env.occupied(now).map(GoingOn::Occupied);
        on.extend([deleted, missing, occupied].into_iter().flatten().map(|what| Going { role, what }));
    }
    if !itself && left_disabled(edition, source).is_some() {
        on.push(Going { role: Some(Role::Source), what: GoingOn::LeftDisabled });
    }
    let standing = if on.iter().any(|going| going.what.stops()) {
        Standing::Broken
    } else if on.is_empty() {
        Standing::Met
    } else {
        Standing::Unknown
    };
    (standing, on)
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
    let ready = later(failed, edition.retry_after);
    let failed = if edition.failed_restore_disables_target {
        Failed::Disabled { wait: (ready > now).then_some(ready), itself: source.id == target.id }
    } else {
        Failed::NotDescribed
    };
    Some(Judgement::of(RuleId::R20, Cause::Failed(failed)))
}
