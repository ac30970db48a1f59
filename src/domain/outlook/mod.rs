//! The one answer of an environment: can it be brought back, how far back, and onto what.
//!
//! Architecture invariant: every screen that says so takes it from here, or agrees with it (a law in `tests/native/one_answer.rs`):
//! the table of environments, an environment's own page, the wizard, the ways back, the targets, readiness. No second rule engine:
//! windows come from [`super::retention`], pairs from [`super::eligibility`], new environments from [`super::restore`]. What is
//! decided here is only how those answers come together.
//!
//! The storage of the tenant (T7) is one question of the tenant: too little of it stops every restore, and where it is not known
//! nothing here is less sure. What else holds at this moment only (T9, R20) is told apart: see [`Outlook::ever`].

mod back;
mod bound;
mod importance;
mod obstacle;
mod onto;
mod ranking;
mod source;
mod undecided;
mod ways;

pub(super) use back::point;
pub use back::{Back, Ways};
pub use bound::{Need, Reach, ReachCause, WaysBound, WaysBounds};
pub use importance::{IMPORTANCE, Importance, OTHERS, importance};
pub use obstacle::Obstacle;
pub use onto::{Left, Onto};
pub use ranking::is_free;
pub use source::{Source, source};
pub(super) use undecided::Among;
pub(super) use ways::{AllWays, ClassWays};

use super::capacity::{self, balance, too_little_for_new};
use super::edition::Edition;
use super::eligibility::{self, Counts, Outcome, left_disabled};
use super::environment::{Environment, EnvironmentId, FactKey, Operation};
use super::merge::unlisted;
use super::occupied::Occupied;
use super::retention::{Use, Window, Windows};
use super::said::Said;
use super::slowly::at_once;
use super::tenant::Tenant;
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use chrono::{DateTime, TimeDelta, Utc};
use ranking::Ranking;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The answer of one living environment.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    pub environment: EnvironmentId,
    /// Its place in `tenant.environments`.
    pub place: usize,
    /// Whether it can be brought back, the obstacles of this moment (T7, T9, R20) aside. That it is no longer listed is none of
    /// those.
    pub ever: Back,
    /// Whether it can be brought back today.
    pub today: Back,
    /// Why it is not better, each with how bad it makes the answer; the most telling first. Empty where it is sure.
    pub obstacles: Vec<(Back, Obstacle)>,
    pub window: Arc<Window>,
    /// The oldest instant (UTC) that a sure way reaches for certain, the moment's own obstacles aside.
    pub sure_from: Option<DateTime<Utc>>,
    /// The oldest instant (UTC) that any way may reach.
    pub possible_from: Option<DateTime<Utc>>,
    pub ways: Ways,
}

/// The answer in one word, with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlookAnswer {
    /// Points from then on (UTC) can be restored: surely, and perhaps.
    Restorable {
        sure_from: Option<DateTime<Utc>>,
        possible_from: Option<DateTime<Utc>>,
        /// Onto itself and onto nothing else (Teams).
        onto_itself_only: bool,
    },
    /// It depends on facts that are not known; empty where no fact of the environment itself decides.
    Unknown(Vec<FactKey>),
    /// Kept, but not restorable this way (Default, trials).
    KeptOnly,
    /// Nothing is kept.
    Nothing,
}

impl Outlook {
    /// Whether nothing but what stands in the way at this moment keeps it from being brought back (T7, T9, R20).
    pub fn is_stopped_now(&self) -> bool {
        self.today == Back::Not && self.ever != Back::Not
    }

    /// Why it is not better, with the rules; the most telling first.
    pub fn reasons(&self) -> Vec<Said<Obstacle>> {
        self.obstacles.iter().map(|(_, obstacle)| obstacle.reason()).collect()
    }

    /// What it is good for, the obstacles of this moment aside.
    pub fn answer(&self) -> OutlookAnswer {
        match self.ever {
            Back::Surely | Back::Possibly => OutlookAnswer::Restorable {
                sure_from: self.sure_from,
                possible_from: self.possible_from,
                onto_itself_only: self.window.usage == Use::OntoItselfOnly,
            },
            Back::NotKnown => OutlookAnswer::Unknown(self.window.asks.clone()),
            Back::Not if self.window.possible_from.is_some() => OutlookAnswer::KeptOnly,
            Back::Not => OutlookAnswer::Nothing,
        }
    }

    /// Some point of it can be restored, surely or possibly, the obstacles of this moment aside.
    pub fn is_restorable(&self) -> bool {
        self.ever <= Back::Possibly
    }
}

/// T7 for the whole tenant.
#[derive(Clone, Debug, PartialEq)]
pub enum StorageAnswer {
    Enough,
    Short(capacity::Cause),
    /// Not known, or its numbers cannot be right.
    Unknown(capacity::Cause),
}

impl StorageAnswer {
    pub fn of(edition: &Edition, tenant: &Tenant) -> Self {
        let Some(balance) = tenant.capacity.get().map(|capacity| balance(edition, capacity)) else {
            return StorageAnswer::Unknown(capacity::Cause::NotKnown);
        };
        let room = balance.has_room();
        let why = balance.reasons.into_iter().next_back().map_or(capacity::Cause::NotKnown, |reason| reason.cause);
        match room {
            Some(true) => StorageAnswer::Enough,
            Some(false) => StorageAnswer::Short(why),
            None => StorageAnswer::Unknown(why),
        }
    }
}

/// Everything that is worked out once for the tenant.
pub(super) struct Overview<'a> {
    edition: &'a Edition,
    /// Without those that are no longer listed: they are as if they were deleted.
    pub tenant: Cow<'a, Tenant>,
    now: DateTime<Utc>,
    pub ways: AllWays,
    pub storage: StorageAnswer,
    /// R15: the free megabytes, where they are too few to create an environment and restore to it.
    too_little_for_new: Option<f64>,
    windows: Windows<'a>,
    /// By place, since when (UTC).
    pub unlisted: Vec<(usize, DateTime<Utc>)>,
}

impl<'a> Overview<'a> {
    pub fn new(moment: Moment<'a>) -> Self {
        at_once(Self::slowly(moment, &mut async || ()))
    }

    /// In steps: `between` is waited for after each.
    pub async fn slowly(moment: Moment<'a>, between: &mut impl AsyncFnMut()) -> Self {
        let Moment { edition, tenant, now } = moment;
        let unlisted = unlisted_places(tenant);
        between().await;
        let tenant = without(tenant, &unlisted);
        let ranking = Arc::new(Ranking::slowly(&tenant, now, between).await);
        let matrix = eligibility::matrix(edition, &tenant);
        let ways = AllWays::slowly(matrix, &tenant, ranking, between).await;
        let storage = StorageAnswer::of(edition, &tenant);
        let too_little_for_new = tenant.capacity.get().and_then(|capacity| too_little_for_new(edition, capacity));
        Self { edition, now, ways, storage, too_little_for_new, windows: Windows::new(edition, now), unlisted, tenant }
    }

    /// How many stand before the environment at `place` by name.
    pub fn by_name(&self, place: usize) -> usize {
        self.ways.ranking.by_name(place)
    }

    /// The outlook of `env`, which lives at `place`.
    pub fn of(&self, place: usize, env: &Environment) -> Outlook {
        let none = ClassWays::default();
        let class = self.ways.of(place).unwrap_or(&none);
        let ways = Ways {
            targets: Counts { eligible: class.eligible, unknown: class.unknown, refused: class.refused },
            free: self.ways.free_targets(place),
            stopped: self.ways.stopped_targets(place),
            examples: self.ways.examples(place),
            itself: class.itself,
            through_sandbox: class.through_sandbox,
            beside: class.beside,
            closed: left_disabled(self.edition, env).is_some(),
        };
        self.judged(place, env, ways, None)
    }

    /// The same for one that is no longer listed since then (UTC).
    fn of_unlisted(&self, place: usize, env: &Environment, since: DateTime<Utc>) -> Outlook {
        let class = self.ways.of(place);
        let ways = Ways {
            targets: class.map_or_else(Counts::default, |c| Counts {
                eligible: c.eligible,
                unknown: c.unknown,
                refused: c.refused,
            }),
            free: self.ways.free_targets(place),
            stopped: self.ways.stopped_targets(place),
            examples: self.ways.examples(place),
            itself: eligibility::outcome(self.edition, env, env),
            through_sandbox: ways::through_sandbox(self.edition, env),
            beside: ways::beside(self.edition, env),
            closed: left_disabled(self.edition, env).is_some(),
        };
        self.judged(place, env, ways, Some(since))
    }

    fn judged(&self, place: usize, env: &Environment, ways: Ways, unlisted: Option<DateTime<Utc>>) -> Outlook {
        let window = self.windows.of(env);
        let mut worst = Worst { back: Back::Surely, obstacles: Vec::new() };
        lasting(env, &window, &ways, self.now, &mut worst);
        if let Some(since) = unlisted {
            worst.add(Back::NotKnown, Obstacle::Unlisted { since });
        }
        let ever = worst.back;
        self.moment(env, &ways, &mut worst);
        worst.obstacles.order_by_key(|(back, _)| std::cmp::Reverse(*back));
        let (sure_from, possible_from) = reach(&window, &ways, self.edition.base_period(), self.now);
        Outlook {
            environment: env.id.clone(),
            place,
            ever,
            today: worst.back,
            obstacles: worst.obstacles,
            window,
            sure_from,
            possible_from,
            ways,
        }
    }

    /// The gates of the moment: T7 where it is known, T9, R20.
    fn moment(&self, env: &Environment, ways: &Ways, worst: &mut Worst) {
        if let StorageAnswer::Short(why) = &self.storage {
            worst.add(Back::Not, Obstacle::StorageShort(why.clone()));
        }
        if let Some(free) = self.too_little_for_new.filter(|_| ways.is_only_new()) {
            worst.add(Back::Not, Obstacle::RoomForOne(free));
        }
        match env.occupied(self.now) {
            None => {}
            Some(Occupied::Reported(raw) | Occupied::Surely(Operation::Other(raw))) => {
                worst.add(Back::Possibly, Obstacle::Reported(raw));
            }
            Some(Occupied::Surely(what)) => worst.add(Back::Not, Obstacle::Occupied(what)),
            Some(Occupied::Perhaps(activity)) => worst.add(Back::Possibly, Obstacle::PerhapsOccupied(activity)),
        }
        if ways.closed {
            let back = if ways.onto_itself() { Back::Possibly } else { Back::Not };
            worst.add(back, Obstacle::LeftDisabled);
        }
    }
}

/// The outlook of every living environment, in the tenant's order. `now` is UTC.
pub fn outlooks(moment: Moment<'_>) -> Vec<Outlook> {
    let tenant = moment.tenant;
    let all = Outlooks::new(moment);
    tenant.environments.iter().enumerate().filter_map(|(place, env)| all.of(place, env)).collect()
}

/// The same one by one, for who works on a large tenant in steps.
pub struct Outlooks<'a> {
    all: Overview<'a>,
    since: HashMap<usize, DateTime<Utc>>,
}

impl<'a> Outlooks<'a> {
    /// What is worked out once for the tenant. `now` is UTC.
    pub fn new(moment: Moment<'a>) -> Self {
        at_once(Self::slowly(moment, async || ()))
    }

    /// The same in steps: `between` is waited for after each.
    pub async fn slowly(moment: Moment<'a>, mut between: impl AsyncFnMut()) -> Self {
        let all = Overview::slowly(moment, &mut between).await;
        let since = all.unlisted.iter().copied().collect();
        Self { all, since }
    }

    /// The outlook of `env` at `place` in the tenant; `None` of a deleted one.
    pub fn of(&self, place: usize, env: &Environment) -> Option<Outlook> {
        env.deleted.is_none().then(|| match self.since.get(&place) {
            Some(since) => self.all.of_unlisted(place, env, *since),
            None => self.all.of(place, env),
        })
    }
}

/// The outlook of one living environment; the same as among [`outlooks`]. `now` is UTC.
pub fn outlook(moment: Moment<'_>, id: &EnvironmentId) -> Option<Outlook> {
    let tenant = moment.tenant;
    let place = tenant.environments.iter().position(|env| env.id == *id && env.deleted.is_none())?;
    let env = tenant.environments.get(place)?;
    let all = Overview::new(moment);
    let since = all.unlisted.iter().find(|(unlisted, _)| *unlisted == place);
    Some(match since {
        Some((_, since)) => all.of_unlisted(place, env, *since),
        None => all.of(place, env),
    })
}

/// The answer so far, with why.
struct Worst {
    back: Back,
    obstacles: Vec<(Back, Obstacle)>,
}

impl Worst {
    fn add(&mut self, back: Back, obstacle: Obstacle) {
        self.back = self.back.max(back);
        self.obstacles.push((back, obstacle));
    }
}

/// What stands in the way whatever the moment is: no point, or no way.
fn lasting(env: &Environment, window: &Window, ways: &Ways, now: DateTime<Utc>, worst: &mut Worst) {
    match point(env, window, now) {
        Back::Surely => {}
        answer => {
            let perhaps = window.possible_from.is_some();
            let mut why = if perhaps { &window.guaranteed_reasons } else { &window.possible_reasons };
            if why.is_empty() {
                why = &window.retention.reasons;
            }
            worst.add(answer, why.first().cloned().map_or(Obstacle::NoSurePoint, Obstacle::Window));
        }
    }
    match ways.best() {
        Outcome::Refused if env.dataverse.get() == Some(&false) => worst.add(Back::Not, Obstacle::NoDataverse),
        Outcome::Refused => worst.add(Back::Not, Obstacle::NoWay(env.kind.get().cloned())),
        Outcome::Unknown if env.candidates.is_some() => {
            worst.add(Back::NotKnown, Obstacle::WayNotKnownBesideCandidates);
        }
        Outcome::Unknown => worst.add(Back::NotKnown, Obstacle::WayNotKnown),
        Outcome::Eligible if !ways.is_sure() => {
            let occupied = ways.targets.eligible > 0;
            worst.add(Back::Possibly, if occupied { Obstacle::TargetsOccupied } else { Obstacle::OnlyNew });
        }
        Outcome::Eligible => {}
    }
}

/// The oldest instants that a sure way surely reaches, and that any way may reach.
fn reach(
    window: &Window,
    ways: &Ways,
    week: TimeDelta,
    now: DateTime<Utc>,
) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let seven = now.checked_sub_signed(week).unwrap_or(now);
    let sure = if ways.is_sure_of_all() {
        window.guaranteed_from
    } else if ways.is_sure() {
        window.guaranteed_from.map(|from| from.max(seven))
    } else {
        None
    };
    // What the service lists against the rules may be one (T10); whoever has an eligible target can be restored beside itself too.
    let possible = if ways.targets.unknown > 0 || ways.itself != Outcome::Refused || ways.beside != Outcome::Refused {
        window.possible_from
    } else if ways.best() != Outcome::Refused {
        window.possible_from.map(|from| from.max(seven))
    } else {
        None
    };
    (sure, possible)
}

/// Where the environments are that the last import of the whole tenant did not list, and since when (UTC).
fn unlisted_places(tenant: &Tenant) -> Vec<(usize, DateTime<Utc>)> {
    let since: HashMap<EnvironmentId, DateTime<Utc>> = unlisted(tenant).into_iter().collect();
    let places = tenant.environments.iter().enumerate();
    places.filter_map(|(place, env)| Some((place, *since.get(&env.id)?))).collect()
}

/// The tenant as if those were deleted: nobody knows whether they are there, so nothing may rest on them. Places stay as they are.
fn without<'a>(tenant: &'a Tenant, unlisted: &[(usize, DateTime<Utc>)]) -> Cow<'a, Tenant> {
    let mut seen = Cow::Borrowed(tenant);
    for (place, since) in unlisted {
        if let Some(env) = seen.to_mut().environments.get_mut(*place) {
            env.deleted = Some((*since).into());
        }
    }
    seen
}
