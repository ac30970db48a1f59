//! Manual backups: a label and a timestamp on the continuous backup (rules.md §4).

use super::edition::{BASE_RETENTION_DAYS, Edition};
use super::environment::{Environment, FactKey, Kind};
use super::fact::Origin;
use super::retention::{Certainty, ListedUntil, Reason, life_of, system_retention};
use super::rule::RuleId;
use super::words::instant_text;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// One manual backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ManualBackup {
    /// The service's id, or one that the app made.
    pub id: String,
    /// Typed once, never edited (M2).
    pub label: String,
    /// The restore-point timestamp, UTC (M2, M9).
    pub point: DateTime<Utc>,
    /// When it was asked for, UTC, where known; the point may lie before or after it (M9).
    #[serde(default)]
    pub asked: Option<DateTime<Utc>>,
    #[serde(default)]
    pub created_by: Option<String>,
    /// The expiry that the service reported, UTC: evidence beside ours.
    #[serde(default)]
    pub reported_expiry: Option<DateTime<Utc>>,
    pub origin: Origin,
}

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

/// How long a manual backup is certainly being processed (M8).
const PROCESSING: TimeDelta = TimeDelta::minutes(10);
/// From when it is ready without a caution (M8).
const READY: TimeDelta = TimeDelta::minutes(15);

/// Judges a manual backup of `env` at `now` (UTC): M3, M4, M8, M9, and every bound that the continuous backup has.
///
/// A manual backup is a label on the continuous backup (rules.md §1), so its expiry is that of its instant, by the *manual*
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
        reasons.retain(|r| r.rule != RuleId::M1);
        reasons.splice(0..0, listed.reasons());
    }
    let mut kept: Vec<Reason> = expiry_says(life.guaranteed_until, life.possible_until)
        .map(|says| Reason { rule: RuleId::M4, says })
        .into_iter()
        .collect();
    if let Some(theirs) = backup.reported_expiry {
        if guaranteed_until.is_some_and(|ours| theirs < ours) {
            guaranteed_until = Some(theirs);
        }
        let beside = match life.guaranteed_until {
            Some(ours) if theirs < ours => {
                format!("earlier than the {} of the rules: the earlier counts", instant_text(ours))
            }
            Some(ours) if theirs > ours => {
                format!("later than the {} of the rules: the earlier counts", instant_text(ours))
            }
            Some(_) => "as the rules do".to_string(),
            None => "but the rules guarantee nothing".to_string(),
        };
        let says = format!("The service reported that it expires on {}, {beside}", instant_text(theirs));
        let reported = Reason { rule: RuleId::M4, says };
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
    let began = backup.asked.unwrap_or(point);
    let age = now.signed_duration_since(began);
    let stage = match certainty {
        Certainty::Gone => Stage::Expired,
        _ if age < PROCESSING || now < point => Stage::Processing,
        Certainty::Dormant => Stage::Dormant,
        Certainty::Possible => Stage::AtRisk,
        Certainty::Guaranteed | Certainty::Future if age < READY => Stage::UsableWithCaution,
        Certainty::Guaranteed | Certainty::Future => Stage::Ready,
    };
    match stage {
        Stage::Processing => {
            let after =
                |wait| instant_text(began.checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC).max(point));
            let says = format!(
                "It is being processed and has no status: do not restore from it before {}, better not before {}",
                after(PROCESSING),
                after(READY)
            );
            reasons.insert(0, Reason { rule: RuleId::M8, says });
        }
        Stage::UsableWithCaution => {
            let says = "It is less than 15 minutes old: it may not be ready yet".to_string();
            reasons.insert(0, Reason { rule: RuleId::M8, says });
        }
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
        let until = instant_text(self.until);
        let as_long = match self.printed {
            true => format!("until {until}, the expiry that the service printed"),
            false => format!("until {until}, by the period of the system backup"),
        };
        let kind = &self.kind;
        let says =
            format!("The service lists it, so it is kept and may be restored from {as_long}; no rule guarantees it");
        let against = format!("Manual backups of a {kind} environment are not supported");
        [Reason { rule: RuleId::M10, says }, Reason { rule: RuleId::M1, says: against }]
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
        0 => BASE_RETENTION_DAYS,
        days => days,
    };
    let by_rule = || backup.point.checked_add_signed(TimeDelta::days(i64::from(days))).unwrap_or(backup.point);
    let until = printed.unwrap_or_else(by_rule);
    shown.then(|| Listed { kind: kind.clone(), until, printed: printed.is_some() })
}

fn expiry_says(guaranteed: Option<DateTime<Utc>>, possible: Option<DateTime<Utc>>) -> Option<String> {
    let by = "by its restore point and the retention of its environment since";
    match (guaranteed, possible) {
        (Some(g), Some(p)) if g == p => Some(format!("It is kept until {}, {by}", instant_text(g))),
        (Some(g), Some(p)) => {
            Some(format!("It is guaranteed until {} and possible until {}, {by}", instant_text(g), instant_text(p)))
        }
        (None, Some(p)) => Some(format!("It is not guaranteed, and possible until {}, {by}", instant_text(p))),
        (_, None) => None,
    }
}

/// Whether a manual backup of `env` can be created (M1, K7): the reasons against it, or the facts that decide and are unknown.
pub fn can_create(edition: &Edition, env: &Environment) -> CanCreate {
    if let Some(deleted) = env.deleted {
        let says = format!("It was deleted {}", deleted.says("on", instant_text));
        return CanCreate::No(vec![Reason { rule: RuleId::X1, says }]);
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
            let says = format!("Manual backups of a {kind} environment are not supported");
            against.push(Reason { rule: RuleId::M1, says });
        }
        Some(_) => {}
    }
    match env.dataverse.get() {
        None => unknown.push(FactKey::Dataverse),
        Some(false) => {
            let says = "It has no Dataverse database, so it has no backups of either sort".to_string();
            against.push(Reason { rule: RuleId::K7, says });
        }
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
