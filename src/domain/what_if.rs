//! What would follow if something were done: the window of before and after, side by side, with every point that would be
//! lost named, dated and counted. Nothing is done here; a tenant is only looked at.

mod losses;
mod words;

use super::command::Refusal;
use super::edition::Edition;
use super::environment::{Environment, EnvironmentId};
use super::instants::later;
use super::life::{self, Doing, Recovery};
use super::manual_backup::{self, Stage};
use super::retention::{self, Window};
use super::rule::RuleId;
use super::tenant::Tenant;
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
    pub moments: Vec<Moment>,
    /// In sentences, what matters most first.
    pub says: Vec<Consequence>,
    /// Until when it could be recovered; only of a deletion.
    pub recovery: Option<Recovery>,
}

/// The same instant twice: with it and without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// UTC.
    pub at: DateTime<Utc>,
    /// For people: "right after", "24 hours later".
    pub title: String,
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
    /// A sentence with names and instants (UTC).
    pub says: String,
}

/// What is lost.
#[derive(Clone, Debug, PartialEq)]
pub enum Lost {
    /// The system restore points from `from` up to, but not at, `until` (UTC).
    Points { from: DateTime<Utc>, until: DateTime<Utc> },
    /// A manual backup.
    Backup { id: String, label: String, point: DateTime<Utc> },
}

/// One sentence about what follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Consequence {
    pub says: String,
    pub rules: Vec<RuleId>,
}

impl Moment {
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

/// What would follow if `doing` were done at `now` (UTC).
///
/// # Errors
/// The refusal with which it would be answered.
pub fn what_if(edition: &Edition, tenant: &Tenant, doing: &Doing, now: DateTime<Utc>) -> Result<WhatIf, Refusal> {
    what_if_then(edition, tenant, &[(doing.clone(), now)])
}

/// What would follow if one thing after the other were done, each at its own instant (UTC), such as a switch to Sandbox and
/// the way back. There is a moment for each. None at all touches nothing.
///
/// # Errors
/// The first refusal.
pub fn what_if_then(edition: &Edition, tenant: &Tenant, doings: &[(Doing, DateTime<Utc>)]) -> Result<WhatIf, Refusal> {
    let mut doings = doings.to_vec();
    doings.order_by_key(|(_, at)| *at);
    // The tenant after each of them, and the moments at which it is looked at before the next is done.
    let mut stages: Vec<(DateTime<Utc>, Tenant)> = Vec::new();
    let mut touched: Vec<EnvironmentId> = Vec::new();
    for (doing, at) in &doings {
        let from = stages.last().map_or(tenant, |(_, t)| t);
        let mut settled = from.clone();
        life::due(edition, from, Some(*at), *at).iter().for_each(|h| life::evolve(&mut settled, h));
        let (after, happenings) = life::perform(edition, &settled, doing, *at)?;
        for happening in happenings {
            if !touched.contains(&happening.environment) {
                touched.push(happening.environment);
            }
        }
        stages.push((*at, after));
    }
    let Some((first, _)) = doings.first().map(|(_, at)| (*at, ())) else {
        return Ok(WhatIf { at: DateTime::<Utc>::UNIX_EPOCH, environments: Vec::new() });
    };
    let looks = looks(edition, &doings, &stages);
    let mut environments = Vec::new();
    for id in touched {
        let Some(before) = tenant.get(&id) else { continue };
        let moments = looks
            .iter()
            .filter_map(|(at, title, stage)| {
                let (_, after) = stages.get(*stage)?;
                let (doing, _) = doings.get(*stage)?;
                Some(moment(edition, before, after.get(&id)?, *at, title.clone(), doing))
            })
            .collect();
        let recovery = stages.last().and_then(|(_, t)| t.get(&id)).and_then(|e| life::recovery(edition, e));
        let mut one = Touched { environment: id, name: before.name.clone(), moments, says: Vec::new(), recovery };
        one.says = words::consequences(edition, tenant, before, &one, &doings);
        environments.push(one);
    }
    Ok(WhatIf { at: first, environments })
}

/// The instants to look at: when, what to call it, after which of the doings.
fn looks(
    edition: &Edition,
    doings: &[(Doing, DateTime<Utc>)],
    stages: &[(DateTime<Utc>, Tenant)],
) -> Vec<(DateTime<Utc>, String, usize)> {
    let mut looks = Vec::new();
    for (i, (doing, at)) in doings.iter().enumerate() {
        let next = doings.get(i.saturating_add(1)).map(|(_, at)| *at);
        looks.push((*at, words::title(doing, i), i));
        let mut more = |at: DateTime<Utc>, title: &str| {
            if next.is_none_or(|next| at < next) {
                looks.push((at, title.to_string(), i));
            }
        };
        match doing {
            Doing::SetRetention { .. } => more(later(*at, TimeDelta::hours(24)), "24 hours later"),
            // A longer period shows only once it has grown (K5, K12).
            Doing::SetManaged { environment, managed: true } => {
                let after = stages.get(i).and_then(|(_, t)| t.get(environment));
                let window = after.map(|env| retention::window(edition, env, *at));
                if let Some((from, days)) = window.and_then(|w| Some((w.guaranteed_from?, w.retention.guaranteed_days)))
                {
                    let full = later(from, TimeDelta::days(i64::from(days)));
                    if full > *at {
                        more(full, "when its window has its full length");
                    }
                }
            }
            Doing::Delete { environment } => {
                let deleted = stages.get(i).and_then(|(_, t)| t.get(environment));
                if let Some(recovery) = deleted.and_then(|env| life::recovery(edition, env)) {
                    let over = later(recovery.possible_until, TimeDelta::seconds(1));
                    more(over, "when it can no longer be recovered");
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
    title: String,
    doing: &Doing,
) -> Moment {
    let without = retention::window(edition, before, at);
    let with = retention::window(edition, after, at);
    let backups = losses::backups(edition, before, after, at);
    let losses = losses::losses(edition, before, after, &without, &with, at, words::cause(doing));
    Moment { at, title, without, with, backups, losses }
}

fn stage(edition: &Edition, env: &Environment, id: &str, at: DateTime<Utc>) -> Option<Stage> {
    let backup = env.backups.iter().find(|b| b.id == id)?;
    Some(manual_backup::judge(edition, env, backup, at).stage)
}
