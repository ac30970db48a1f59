//! What would follow if something were done: the window of before and after, side by side, with every point that would be
//! lost named, dated and counted. Nothing is done here; a tenant is only looked at.

mod follows;
mod losses;

use super::command::Refusal;
use super::deed::{Deed, Setting};
use super::edition::Edition;
use super::environment::{Environment, EnvironmentId};
use super::instants::later;
use super::life::{self, Recovery, RecoveryCause};
use super::manual_backup::{self, Stage};
use super::restore::Check;
use super::retention::{self, Window};
use super::rule::RuleId;
use super::said::Said;
use super::tenant::Tenant;
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use chrono::{DateTime, TimeDelta, Utc};

/// What would follow, before anything is done.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// When it would be done, UTC.
    pub at: DateTime<Utc>,
    /// The environments whose windows, backups or state it touches; a new one is not among them.
    pub environments: Vec<Touched>,
}

/// One environment with and without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    pub environment: EnvironmentId,
    pub name: String,
    /// The moments that matter, oldest first: right after, when a changed setting has settled (K4), after switching back.
    pub moments: Vec<Compared>,
    /// What matters most first.
    pub says: Vec<Said<Consequence>>,
    /// Until when it could be recovered; only of a deletion.
    pub recovery: Option<Recovery>,
}

/// The same instant twice: with it and without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// UTC.
    pub at: DateTime<Utc>,
    pub look: Look,
    pub without: Window,
    pub with: Window,
    /// Every manual backup that there is at the moment in one of the two.
    pub backups: Vec<BackupFate>,
    /// What is worse with it than without it.
    pub losses: Vec<Loss>,
}

/// A manual backup with and without it; `None` where it is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct BackupFate {
    pub id: String,
    pub label: String,
    /// UTC.
    pub point: DateTime<Utc>,
    pub without: Option<Stage>,
    pub with: Option<Stage>,
}

/// How a point is lost; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is gone, and comes back by nothing.
    Lost,
    /// It cannot be chosen while this is a Sandbox; it may come back, or may already be lost (K6).
    NotWhileSandbox,
    /// It may be gone; nothing promises it any more.
    AtRisk,
}

/// Points that are worse off.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    pub fate: Fate,
    pub what: Lost,
    pub rules: Vec<RuleId>,
}

/// What is lost.
#[derive(Clone, Debug, PartialEq)]
pub enum Lost {
    /// The system restore points from `from` up to, but not at, `until` (UTC).
    Points { from: DateTime<Utc>, until: DateTime<Utc> },
    /// A manual backup.
    Backup { label: String, point: DateTime<Utc> },
    /// A manual backup that is deleted for good (M7).
    Label { label: String, point: DateTime<Utc>, left: LeftOfLabel },
}

/// What the instant of a deleted manual backup still is as a system restore point. UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOfLabel {
    Sure(DateTime<Utc>),
    Possible(DateTime<Utc>),
    /// It cannot be chosen while this is a Sandbox.
    Asleep,
    Nothing,
}

/// What a moment is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    RightAfter,
    RightAfterSwitch,
    AfterSwitchingBack,
    DayLater,
    FullLength,
    RecoveryOver,
}

/// What follows for an environment. Instants are UTC.
#[derive(Clone, Debug, PartialEq)]
pub enum Consequence {
    LabelDeleted(Loss),
    /// All other losses of a moment, the worst first.
    Losses(Look, Vec<Loss>),
    NothingLost,
    /// K4: the change of a setting.
    AppliesBy(DateTime<Utc>),
    /// G1: it belongs to a group, whose rules may hold its retention.
    InGroup(String),
    /// K5: its window grows by one day per day.
    Grows {
        days: u32,
        until: DateTime<Utc>,
    },
    /// K6.
    SwitchBackSoon,
    UsersAffected,
    /// K6: what is older than seven days.
    OlderMayComeBack,
    /// X1; `sure` where that is another instant.
    Recoverable {
        sure: Option<DateTime<Utc>>,
        possible: DateTime<Utc>,
    },
    Recovery(RecoveryCause),
    RecoveryNeedsRoom,
    /// After the time for recovery.
    NothingIsLeft,
    /// After a recovery.
    BackupsNotPromised,
    /// The older points, after a recovery.
    OlderNotPromised,
    /// K12.
    ShorterAtOnce,
    /// K12: the days of its period then.
    LongerPeriod(u32),
    /// T4.
    ManagedOnly,
    /// A caution of a restore.
    Check(Box<Check>),
}

impl Touched {
    /// Whether a point is worse off at any moment.
    pub fn loses(&self) -> bool {
        self.moments.iter().any(|m| !m.losses.is_empty())
    }
}

impl Compared {
    /// Whether there is anything to compare: a point that is surer or less sure, or a manual backup that fares otherwise.
    pub fn differs(&self) -> bool {
        !self.without.keeps_the_same(&self.with) || self.backups.iter().any(|b| b.without != b.with)
    }
}

impl WhatIf {
    /// Every loss at the last moment that is looked at, with the environment.
    pub fn last_losses(&self) -> impl Iterator<Item = (&Touched, &Loss)> {
        self.environments
            .iter()
            .flat_map(|t| t.moments.last().into_iter().flat_map(move |m| m.losses.iter().map(move |l| (t, l))))
    }
}

/// What would follow if `deed` were done at `now` (UTC).
///
/// # Errors
/// The refusal with which it would be answered.
pub fn what_if(moment: Moment<'_>, deed: &Deed) -> Result<WhatIf, Refusal> {
    let Moment { edition, tenant, now } = moment;
    what_if_then(edition, tenant, &[(deed.clone(), now)])
}

/// What would follow if one thing after the other were done, each at its own instant (UTC), such as a switch to Sandbox and
/// the way back. There is a moment for each. None at all touches nothing.
///
/// # Errors
/// The first refusal.
pub fn what_if_then(edition: &Edition, tenant: &Tenant, deeds: &[(Deed, DateTime<Utc>)]) -> Result<WhatIf, Refusal> {
    let mut deeds = deeds.to_vec();
    deeds.order_by_key(|(_, at)| *at);
    // The tenant after each of them, and the moments at which it is looked at before the next is done.
    let mut stages: Vec<(DateTime<Utc>, Tenant)> = Vec::new();
    let mut touched: Vec<EnvironmentId> = Vec::new();
    for (deed, at) in &deeds {
        let from = stages.last().map_or(tenant, |(_, t)| t);
        let mut settled = from.clone();
        life::due(edition, from, Some(*at), *at).iter().for_each(|h| life::evolve(&mut settled, h));
        let (after, happenings) = life::perform(edition, &settled, deed, *at)?;
        for happening in happenings {
            if !touched.contains(&happening.environment) {
                touched.push(happening.environment);
            }
        }
        stages.push((*at, after));
    }
    let Some((first, _)) = deeds.first().map(|(_, at)| (*at, ())) else {
        return Ok(WhatIf { at: DateTime::<Utc>::UNIX_EPOCH, environments: Vec::new() });
    };
    let looks = looks(edition, &deeds, &stages);
    let mut environments = Vec::new();
    for id in touched {
        let Some(before) = tenant.get(&id) else { continue };
        let moments = looks
            .iter()
            .filter_map(|(at, look, stage)| {
                let (_, after) = stages.get(*stage)?;
                let (deed, _) = deeds.get(*stage)?;
                Some(moment(edition, before, after.get(&id)?, *at, *look, deed))
            })
            .collect();
        let recovery = stages.last().and_then(|(_, t)| t.get(&id)).and_then(|e| life::recovery(edition, e));
        let mut one = Touched { environment: id, name: before.name.clone(), moments, says: Vec::new(), recovery };
        one.says = follows::consequences(edition, tenant, before, &one, &deeds);
        environments.push(one);
    }
    Ok(WhatIf { at: first, environments })
}

/// The instants to look at: when, what to call it, after which of the doings.
fn looks(
    edition: &Edition,
    deeds: &[(Deed, DateTime<Utc>)],
    stages: &[(DateTime<Utc>, Tenant)],
) -> Vec<(DateTime<Utc>, Look, usize)> {
    let mut looks = Vec::new();
    for (i, (deed, at)) in deeds.iter().enumerate() {
        let next = deeds.get(i.saturating_add(1)).map(|(_, at)| *at);
        looks.push((*at, follows::right_after(deed, i), i));
        let mut more = |at: DateTime<Utc>, look| {
            if next.is_none_or(|next| at < next) {
                looks.push((at, look, i));
            }
        };
        match deed {
            Deed::Set { setting: Setting::Retention(_), .. } => more(later(*at, TimeDelta::hours(24)), Look::DayLater),
            // A longer period shows only once it has grown (K5, K12).
            Deed::Set { environment, setting } if setting.may_lengthen() => {
                let after = stages.get(i).and_then(|(_, t)| t.get(environment));
                let window = after.map(|env| retention::window(edition, env, *at));
                if let Some((from, days)) = window.and_then(|w| Some((w.guaranteed_from?, w.retention.guaranteed_days)))
                {
                    let full = later(from, TimeDelta::days(i64::from(days)));
                    if full > *at {
                        more(full, Look::FullLength);
                    }
                }
            }
            Deed::Delete { environment } => {
                let deleted = stages.get(i).and_then(|(_, t)| t.get(environment));
                if let Some(recovery) = deleted.and_then(|env| life::recovery(edition, env)) {
                    let over = later(recovery.possible_until, TimeDelta::seconds(1));
                    more(over, Look::RecoveryOver);
                }
            }
            _ => {}
        }
    }
    looks
}

fn moment(
    edition: &Edition,
    before: &Environment,
    after: &Environment,
    at: DateTime<Utc>,
    look: Look,
    deed: &Deed,
) -> Compared {
    let without = retention::window(edition, before, at);
    let with = retention::window(edition, after, at);
    let backups = losses::backups(edition, before, after, at);
    let losses = losses::losses(edition, before, after, &without, &with, at, follows::rule_of(deed));
    Compared { at, look, without, with, backups, losses }
}

fn stage(edition: &Edition, env: &Environment, id: &str, at: DateTime<Utc>) -> Option<Stage> {
    let backup = env.backups.iter().find(|b| b.id == id)?;
    Some(manual_backup::judge(edition, env, backup, at).stage)
}
