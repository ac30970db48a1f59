//! Manual backups: a label and a timestamp on the continuous backup.

use super::edition::Edition;
pub use super::environment::ManualBackup;
use super::environment::{Environment, FactKey, Kind};
use super::fact::Origin;
use super::instants::later;
use super::retention::{
    Cause, Certainty, ListedUntil, Reason, Retention, RowGroup, Sort, life_of, retention_at, system_retention,
};
use super::rule::RuleId;
use chrono::{DateTime, TimeDelta, Utc};

/// Where a manual backup is in its life (M3, M4, M8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Under 10 minutes old: there is no status, do not restore from it.
    Processing,
    /// 10 to 15 minutes old: may be used with a caution.
    UsableWithCaution,
    Ready,
    /// Past what is guaranteed; it may already be gone.
    AtRisk,
    /// Cannot be chosen while its environment is a Sandbox, but may come back when that is switched back to Production (K6).
    Dormant,
    Expired,
}

/// A manual backup judged at an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub stage: Stage,
    pub certainty: Certainty,
    /// When it stops being guaranteed if nothing changes, UTC; `None`: it never was.
    pub guaranteed_until: Option<DateTime<Utc>>,
    /// When it stops being possible if nothing changes, UTC.
    pub possible_until: Option<DateTime<Utc>>,
    pub reasons: Vec<Reason>,
    /// It is from before a move of its environment to another region (T2): kept, perhaps, but no longer restorable. Its stage
    /// is then [`Stage::Expired`].
    pub old_region: bool,
}

/// When a manual backup is ready without a caution (M8), UTC.
pub fn ready_at(edition: &Edition, backup: &ManualBackup) -> DateTime<Utc> {
    later(born(backup), edition.ready).max(backup.point)
}

/// When a manual backup can be used with a caution (M8), UTC.
pub fn usable_at(edition: &Edition, backup: &ManualBackup) -> DateTime<Utc> {
    later(born(backup), edition.processing).max(backup.point)
}

/// The age of a manual backup counts from when it was asked for, or from its point where that is not known.
fn born(backup: &ManualBackup) -> DateTime<Utc> {
    backup.asked.unwrap_or(backup.point)
}

/// The manual backups of `env` that have not expired at `now` (UTC) under the edition: those that a picture may show as there (M4).
pub fn not_expired(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Vec<ManualBackup> {
    let there = |backup: &&ManualBackup| judge(edition, env, backup, now).stage != Stage::Expired;
    env.backups.iter().filter(there).cloned().collect()
}

/// Judges a manual backup of `env` at `now` (UTC): M3, M4, M8, M9, and every bound that the continuous backup has.
///
/// A manual backup is a label on the continuous backup, so its expiry is that of its instant, by the *manual*
/// periods of the environment at each moment since. An expiry that the service reported only ever shortens what is guaranteed.
pub fn judge(edition: &Edition, env: &Environment, backup: &ManualBackup, now: DateTime<Utc>) -> Judged {
    let point = backup.point;
    let listed = listed_against_the_kind(edition, env, backup, now);
    let listed_until = listed.as_ref().map(|l| ListedUntil { at: l.until, printed: l.printed });
    // Asked for before its point, it may exist before the point does (M9); judge the point as soon as it is there.
    let life = life_of(edition, env, point, listed_until, now.max(point));
    let mut certainty = life.certainty;
    let mut guaranteed_until = life.guaranteed_until;
    let mut reasons = life.reasons;
    if let Some(listed) = listed {
        reasons.retain(|r| !r.is_of(RuleId::M1));
        reasons.splice(0..0, listed.reasons());
    }
    let expiry = life.possible_until.map(|possible| Cause::Expiry { guaranteed: life.guaranteed_until, possible });
    let mut kept: Vec<Reason> = expiry.map(|expiry| Reason::of(RuleId::M4, expiry)).into_iter().collect();
    if let Some(theirs) = backup.reported_expiry {
        guaranteed_until = guaranteed_until.map(|ours| ours.min(theirs));
        let expiry = Cause::ReportedExpiry { at: theirs, by_rules: life.guaranteed_until };
        let reported = Reason::of(RuleId::M4, expiry);
        if theirs < now && certainty == Certainty::Guaranteed {
            // It is what makes it uncertain.
            certainty = Certainty::Possible;
            reasons.insert(0, reported);
        } else {
            reasons.push(reported);
        }
    }
    // What is at risk says first what makes it so, what is not, until when.
    match certainty {
        Certainty::Possible => reasons.append(&mut kept),
        _ => reasons.splice(0..0, kept).for_each(drop),
    }
    let age = now.signed_duration_since(born(backup));
    let stage = match certainty {
        Certainty::Gone => Stage::Expired,
        _ if age < edition.processing || now < point => Stage::Processing,
        Certainty::Dormant => Stage::Dormant,
        Certainty::Possible => Stage::AtRisk,
        Certainty::Guaranteed | Certainty::Future if age < edition.ready => Stage::UsableWithCaution,
        Certainty::Guaranteed | Certainty::Future => Stage::Ready,
    };
    match stage {
        Stage::Processing => {
            let (usable, ready) = (usable_at(edition, backup), ready_at(edition, backup));
            let processing = Cause::Processing { usable, ready };
            reasons.insert(0, Reason::of(RuleId::M8, processing));
        }
        Stage::UsableWithCaution => reasons.insert(0, Reason::of(RuleId::M8, Cause::PerhapsNotReady)),
        Stage::Ready | Stage::AtRisk | Stage::Dormant | Stage::Expired => {}
    }
    let (possible_until, old_region) = (life.possible_until, life.old_region);
    Judged { stage, certainty, guaranteed_until, possible_until, reasons, old_region }
}

/// A manual backup that an import shows for a kind that the edition says supports none (M10): evidence before rule.
struct Listed {
    kind: Kind,
    /// Until when it is kept, UTC.
    until: DateTime<Utc>,
    /// Whether the service printed that.
    printed: bool,
}

impl Listed {
    fn reasons(&self) -> [Reason; 2] {
        let listed = Cause::Listed { until: self.until, printed: self.printed };
        [Reason::of(RuleId::M10, listed), Reason::of(RuleId::M1, Cause::NotSupported(RowGroup::all(&self.kind), None))]
    }
}

fn listed_against_the_kind(
    edition: &Edition,
    env: &Environment,
    backup: &ManualBackup,
    now: DateTime<Utc>,
) -> Option<Listed> {
    let kind = env.kind.get().filter(|kind| !edition.manual_kinds.contains(kind))?;
    let shown = matches!(backup.origin, Origin::Import(_)) && env.dataverse.get() != Some(&false);
    let printed = backup.reported_expiry;
    let days = match system_retention(edition, env, now).possible_days {
        0 => edition.base_days,
        days => days,
    };
    let by_rule = || backup.point.checked_add_signed(TimeDelta::days(i64::from(days))).unwrap_or(backup.point);
    let until = printed.unwrap_or_else(by_rule);
    shown.then(|| Listed { kind: kind.clone(), until, printed: printed.is_some() })
}

/// The retention of *manual* backups that holds at `now` (UTC), as [`system_retention`]; `None` where manual backups are
/// certainly not supported (M1, K7). D4 makes part of it uncertain.
pub fn manual_retention(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Option<Retention> {
    match can_create_ever(edition, env) {
        CanCreate::No(_) => None,
        CanCreate::Yes | CanCreate::Unknown(_) => Some(retention_at(edition, env, now, Sort::Manual)),
    }
}

/// Whether a manual backup of `env` can be created (M1, K7): the reasons against it, or the facts that decide and are unknown.
pub fn can_create(edition: &Edition, env: &Environment) -> CanCreate {
    if let Some(deleted) = env.deleted {
        return CanCreate::No(vec![Reason::of(RuleId::X1, Cause::WasDeleted(deleted))]);
    }
    can_create_ever(edition, env)
}

/// The same, leaving aside whether the environment is deleted.
pub(super) fn can_create_ever(edition: &Edition, env: &Environment) -> CanCreate {
    let mut against = Vec::new();
    let mut unknown = Vec::new();
    match env.kind.get() {
        None => unknown.push(FactKey::Kind),
        Some(kind) if !edition.manual_kinds.contains(kind) => {
            against.push(Reason::of(RuleId::M1, Cause::NotSupported(RowGroup::all(kind), None)));
        }
        Some(_) => {}
    }
    match env.dataverse.get() {
        None => unknown.push(FactKey::Dataverse),
        Some(false) => against.push(Reason::of(RuleId::K7, Cause::NoBackups)),
        Some(true) => {}
    }
    if !against.is_empty() {
        CanCreate::No(against)
    } else if !unknown.is_empty() {
        CanCreate::Unknown(unknown)
    } else {
        CanCreate::Yes
    }
}

/// The answer of [`can_create`].
#[derive(Clone, Debug, PartialEq)]
pub enum CanCreate {
    Yes,
    No(Vec<Reason>),
    Unknown(Vec<FactKey>),
}
