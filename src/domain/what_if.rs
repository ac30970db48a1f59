//! What would follow if something were done: the window of before and after, side by side, with every point that would be
//! lost named, dated and counted. Nothing is done here; a tenant is only looked at.

mod answer;
mod follows;
mod losses;

pub use answer::{
    BackupFate, Consequence, Fate, LeftOfLabel, Lost, MomentName, PointsLost, SideBySide, Touched, WhatIf,
};

use super::command::Refusal;
use super::deed::{Deed, Setting};
use super::edition::Edition;
use super::environment::{Environment, EnvironmentId};
use super::instants::later;
use super::life::{self};
use super::retention::{self};
use super::tenant::Tenant;
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use chrono::{DateTime, TimeDelta, Utc};

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
) -> Vec<(DateTime<Utc>, MomentName, usize)> {
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
            Deed::Set { setting: Setting::Retention(_), .. } => {
                more(later(*at, TimeDelta::hours(24)), MomentName::DayLater)
            }
            // A longer period shows only once it has grown (K5, K12).
            Deed::Set { environment, setting } if setting.may_lengthen() => {
                let after = stages.get(i).and_then(|(_, t)| t.get(environment));
                let window = after.map(|env| retention::window(edition, env, *at));
                if let Some((from, days)) = window.and_then(|w| Some((w.guaranteed_from?, w.retention.guaranteed_days)))
                {
                    let full = later(from, TimeDelta::days(i64::from(days)));
                    if full > *at {
                        more(full, MomentName::FullLength);
                    }
                }
            }
            Deed::Delete { environment } => {
                let deleted = stages.get(i).and_then(|(_, t)| t.get(environment));
                if let Some(recovery) = deleted.and_then(|env| life::recovery(edition, env)) {
                    let over = later(recovery.possible_until, TimeDelta::seconds(1));
                    more(over, MomentName::RecoveryOver);
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
    look: MomentName,
    deed: &Deed,
) -> SideBySide {
    let without = retention::window(edition, before, at);
    let with = retention::window(edition, after, at);
    let backups = losses::backups(edition, before, after, at);
    let losses = losses::losses(edition, before, after, &without, &with, at, follows::rule_of(deed));
    SideBySide { at, look, without, with, backups, losses }
}
