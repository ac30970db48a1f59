//! What the rules say where there is no inventory: a person tells a few facts of one environment, and is answered at once.
//!
//! No rule of its own: a tenant is made up that has this one environment and nothing else, every room judges it as it judges a real
//! one, and it is never kept. What has to be taken for granted for that is told ([`Assumed`]), never hidden.

use super::advice::{Advice, Case, Mishap, MishapTime, WayStanding, advise};
use super::capacity::{Capacity, Storage};
use super::compare::{WorseWindow, newest_is_worse_for_window};
use super::edition::{Edition, Pair};
use super::eligibility::Outcome;
use super::environment::{Environment, EnvironmentId, FactKey, Key, Kind, Region, RuntimeState};
use super::fact::{Fact, Origin};
use super::instants::{earlier, later};
use super::moment::Moment;
use super::outlook::{Need, Reach, WaysBound, outlook};
use super::retention::Certainty;
use super::tenant::Tenant;
use crate::domain::order::Gather;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

/// What a person tells. What is `None` they do not know.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub kind: Kind,
    pub dynamics: Option<bool>,
    pub managed: Option<bool>,
    /// The retention setting, days.
    pub days: Option<u32>,
    /// The point to go back to, UTC; `None`: as far back as it goes.
    pub point: Option<DateTime<Utc>>,
}

/// How the point stands, with the ways that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// It is guaranteed, and a way is open.
    Surely,
    /// It is guaranteed to be kept, and every way to it needs an environment that has to be created first (R17).
    OntoNew,
    /// Something of that is not sure.
    Perhaps,
    /// It is there, and no way leads back to it.
    NoWay,
    Gone,
}

/// What is taken for granted because nobody was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumed {
    /// K7, T3.
    Dataverse,
    /// K8: it is older than what is kept, and no kind, setting or app changed in that time.
    Unchanged,
    /// T9, R20.
    NotOccupied,
    /// T5, T6: no key of its own and no enterprise policies.
    NoKey,
    /// T7.
    Room,
}

impl Assumed {
    pub const ALL: [Assumed; 5] =
        [Assumed::Dataverse, Assumed::Unchanged, Assumed::NotOccupied, Assumed::NoKey, Assumed::Room];
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The point that was asked for, UTC; the present where none was.
    pub point: DateTime<Utc>,
    pub stands: Stands,
    /// What can be brought back, as every screen shows it.
    pub reach: Reach,
    /// How surely the point can be.
    pub certainty: Certainty,
    /// The last instants (UTC) at which it surely, and at which it possibly can be; of what is only kept for sure, [`Stands::OntoNew`], the
    /// first is when it is not kept any more.
    pub sure_until: Option<DateTime<Utc>>,
    pub possible_until: Option<DateTime<Utc>>,
    /// The kinds that the page lets it be restored onto, besides itself where `itself` says so.
    pub onto: Vec<Kind>,
    /// T8: it can be restored onto itself.
    pub itself: bool,
    /// The ways back, best first, with what each loses.
    pub advice: Advice,
    /// What would have to be known to promise more.
    pub asks: Vec<FactKey>,
    pub newest: Option<WorseWindow>,
}

/// What the made-up environment is called.
pub const NAME: &str = "the environment";

/// Longer than anything is kept.
const AGE: TimeDelta = TimeDelta::days(800);

/// What the rules of `edition` say at `now` (UTC); `None`: the point is still to come.
pub fn answer(edition: &Edition, told: &Told, now: DateTime<Utc>) -> Option<Answered> {
    let point = told.point.unwrap_or(now);
    if point > now {
        return None;
    }
    let tenant = made_up(told, now);
    let env = tenant.environments.iter().next()?;
    let moment = Moment::new(edition, &tenant, now);
    let outlook = outlook(moment, &env.id)?;
    // Records that were lost a minute later: then the way goes back to this very minute. Nothing is lost in the future.
    let when = MishapTime::exactly(later(point, TimeDelta::minutes(1)).min(now));
    let case = Case { mishap: Mishap::RecordsLost, environment: Some(env.id.clone()), when: Some(when) };
    let advice = advise(moment, &case).ok()?;
    let reach = outlook.reach();
    let (leaves, possible_until) = reach.window.leaves(point);
    // R16: the way through Sandbox reaches the base period alone, so nothing surely lasts longer where no other way is sure.
    let all = outlook.ways.is_sure_of_all();
    let sure_until = leaves.map(|at| if all { at } else { at.min(later(point, edition.base_period())) });
    let certainty = reach.window.certainty(point);
    let needs_new = reach.bounds.as_ref().is_some_and(|bounds| match bounds.possible {
        WaysBound::Older { need, .. } => need == Need::NewEnvironment,
        _ => false,
    });
    let kept_until = outlook
        .window
        .leaves(point)
        .0
        .filter(|_| needs_new && outlook.window.certainty(point) == Certainty::Guaranteed);
    let stands = match (stands(certainty, &advice), best(&advice)) {
        (Stands::Perhaps, WayStanding::Open) if kept_until.is_some() => Stands::OntoNew,
        (stands, _) => stands,
    };
    let sure_until = if stands == Stands::OntoNew { kept_until } else { sure_until };
    let pair = |target: &Kind| edition.pair(&told.kind, target);
    Some(Answered {
        point,
        stands,
        certainty,
        sure_until,
        possible_until,
        onto: edition.targets.iter().filter(|target| pair(target) == Pair::Yes).cloned().collect(),
        itself: outlook.ways.itself == Outcome::Eligible,
        asks: asks(&reach, &advice),
        newest: newest_is_worse_for_window(edition, env, now),
        advice,
        reach,
    })
}

/// What decides how far back, and which way is open.
fn asks(reach: &Reach, advice: &Advice) -> Vec<FactKey> {
    let mut asks = reach.window.asks.clone();
    let of_ways = advice.ways.iter().flat_map(|way| &way.questions).map(|(_, fact)| *fact);
    for fact in of_ways.into_set() {
        if !asks.contains(&fact) {
            asks.push(fact);
        }
    }
    asks
}

fn best(advice: &Advice) -> WayStanding {
    advice.ways.iter().map(|way| way.standing).min().unwrap_or(WayStanding::Closed)
}

fn stands(certainty: Certainty, advice: &Advice) -> Stands {
    match (certainty, best(advice)) {
        (Certainty::Gone | Certainty::Future, _) => Stands::Gone,
        (_, WayStanding::LastResort | WayStanding::Closed) => Stands::NoWay,
        (Certainty::Guaranteed, WayStanding::Open) => Stands::Surely,
        _ => Stands::Perhaps,
    }
}

/// A tenant of one environment, with what was told and what is assumed.
fn made_up(told: &Told, now: DateTime<Utc>) -> Tenant {
    let since = earlier(now, AGE);
    fn known<T>(value: T, since: DateTime<Utc>) -> Fact<T> {
        Fact::known(value, Origin::Answer, since)
    }
    let maybe = |value: Option<bool>| value.map_or_else(Fact::unknown, |value| known(value, since));
    let env = Environment {
        name: NAME.to_string(),
        kind: known(told.kind.clone(), since),
        region: known(Region::new("the same"), since),
        dataverse: known(true, since),
        dynamics: maybe(told.dynamics),
        managed: maybe(told.managed),
        key: known(Key::Microsoft, since),
        policies: known(BTreeSet::new(), since),
        retention_setting: told.days.map_or_else(Fact::unknown, |days| known(days, since)),
        created: known(since, since),
        state: known(RuntimeState::Enabled, since),
        ..Environment::new(EnvironmentId::new(NAME).as_str())
    };
    let room = Storage { entitled_mb: 1_000_000.0, used_mb: 0.0 };
    let capacity = known(Capacity { database: room, log: room, file: room }, now);
    Tenant { environments: vec![env].into(), capacity, ..Tenant::default() }
}
