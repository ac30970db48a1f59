//! What happened, and every way back from it, best first.
//!
//! A person names a [`Mishap`], the environment and roughly when ([`Case`]); [`advise`] answers with *all* ways ([`Way`]), also
//! those that do not exist, each with what it recovers, loses and overwrites, how surely, until when, and what must change first.
//!
//! Architecture invariant: there is no second rule engine here. A way that restores carries its [`Purpose`], and stands as
//! [`restore::check_purpose`](super::restore::check_purpose) judges it: open exactly if no check stops it and none asks. A
//! recovery is judged by [`life::decide`](super::life::decide), an environment that is to be overwritten by
//! [`remedy::mend`](super::remedy::mend).
//!
//! **The order** of the ways, the first difference decides (`rank`):
//! 1. the standing: open, open after changes, resting on unknown facts, what is left when nothing else is, closed; but where
//!    lost records or a copy are wanted, a new environment that waits for nothing but an answer comes before what overwrites;
//! 2. how surely the backup holds the point: sure, possible, neither;
//! 3. whether the latest sensible start is still ahead (R22);
//! 4. what fits the mishap: where records were lost, what overwrites nothing; after a bad import or a restore over the wrong
//!    place, what brings the environment back whole; for a copy, what overwrites nothing;
//! 5. among targets, the one whose loss is smallest as far as the facts tell (`others`).

mod cause;
mod judge;
mod others;
mod rank;
mod rest;
mod restores;
mod sort;

pub use cause::{Aim, Cause, Difference, Line, Room, WhyFirst};

use super::edition::Edition;
use super::environment::{Deletion, Environment, EnvironmentId, FactKey, Kind};
use super::instants::{earlier, whole_minute};
use super::life::{Happening, What, evolve};
use super::merge;
use super::plan::Purpose;
use super::retention::Certainty;
use super::rule::RuleId;
use super::tenant::Tenant;
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use chrono::{DateTime, TimeDelta, Utc};

/// What went wrong, or what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mishap {
    /// Records were deleted or damaged.
    RecordsLost,
    /// A solution import or update broke something.
    BadImport,
    /// The environment itself was deleted.
    Deleted,
    /// A restore overwrote this environment, and it was the wrong one.
    Overwritten,
    /// Nothing went wrong: a copy to test with is wanted.
    NeedCopy,
    /// The data is to move on-premises, or a copy of a backup is to be downloaded.
    Leave,
}

impl Mishap {
    pub const ALL: [Mishap; 6] =
        [Mishap::RecordsLost, Mishap::BadImport, Mishap::Deleted, Mishap::Overwritten, Mishap::NeedCopy, Mishap::Leave];

    /// A word for addresses and tests; [`Mishap::parse`] reads it.
    pub fn word(self) -> &'static str {
        match self {
            Mishap::RecordsLost => "records",
            Mishap::BadImport => "import",
            Mishap::Deleted => "deleted",
            Mishap::Overwritten => "overwritten",
            Mishap::NeedCopy => "copy",
            Mishap::Leave => "leave",
        }
    }

    /// Reads a [`Mishap::word`].
    pub fn parse(word: &str) -> Option<Mishap> {
        Mishap::ALL.into_iter().find(|m| m.word() == word)
    }

    /// Whether the answer depends on the environment.
    pub fn needs_environment(self) -> bool {
        self != Mishap::Leave
    }

    /// Whether nothing can be said before it is known when it happened.
    pub fn needs_time(self) -> bool {
        matches!(self, Mishap::RecordsLost | Mishap::BadImport | Mishap::Overwritten)
    }
}

/// When it happened: at `earliest`, at `latest`, or in between. Both UTC; equal where it is known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    pub earliest: DateTime<Utc>,
    pub latest: DateTime<Utc>,
}

impl When {
    /// It happened at this very instant (UTC).
    pub fn exactly(at: DateTime<Utc>) -> Self {
        Self { earliest: at, latest: at }
    }
}

/// What a person tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub mishap: Mishap,
    /// The environment that it happened to; for a restore over the wrong place the one that was overwritten.
    pub environment: Option<EnvironmentId>,
    /// For a copy: of the state just before then; `None`: of the state of now. Of a deletion that the inventory does not know:
    /// `None` leaves open whether it can still be recovered.
    pub when: Option<When>,
}

/// What has to be told before anything can be said.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    Environment,
    /// No environment of the inventory has this id.
    NotListed(EnvironmentId),
    When,
}

/// A sort of way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WayKind {
    /// Restore onto itself (T8).
    OntoItself,
    /// Switch to Sandbox, restore onto itself, switch back (R16).
    ThroughSandbox,
    /// Restore to a new, empty environment (R17).
    Beside,
    /// Restore onto another environment that is there already (T1 to T6).
    Another,
    /// Recover a deleted environment (X1 to X3).
    Recover,
    /// Copy the environment as it is.
    Copy,
    /// Download a backup (R18).
    Download,
    /// No restore at all: what is left.
    Nothing,
}

impl WayKind {
    /// The sorts that have to do with a mishap; `deleted`: whether the environment is deleted. Each is among the ways at least
    /// once, and only [`WayKind::Another`] more often.
    pub fn of(mishap: Mishap, deleted: bool) -> Vec<WayKind> {
        use WayKind::*;
        match (mishap, deleted) {
            (Mishap::Leave, _) => vec![Download, Nothing],
            (Mishap::Deleted, false) => vec![Recover, Nothing],
            (Mishap::NeedCopy, false) => vec![Beside, Another, Copy, Nothing],
            (Mishap::NeedCopy, true) => vec![Recover, Beside, Another, Copy, Nothing],
            _ => vec![OntoItself, ThroughSandbox, Beside, Another, Recover, Copy, Nothing],
        }
    }

    /// A word for ids and tests.
    pub fn word(self) -> &'static str {
        match self {
            WayKind::OntoItself => "onto-itself",
            WayKind::ThroughSandbox => "through-sandbox",
            WayKind::Beside => "beside",
            WayKind::Another => "another",
            WayKind::Recover => "recover",
            WayKind::Copy => "copy",
            WayKind::Download => "download",
            WayKind::Nothing => "nothing",
        }
    }
}

/// What is in doubt of a way where its point is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The page allows it and says that the admin center does not offer it (T1).
    NotOffered,
    /// A failed restore left the environment disabled; whether its own backup can be the source then is not said (R20).
    AfterFailure,
    /// Something may stop it at this moment: the service's own word for what goes on (T9), or a target that a failed restore left
    /// behind (R20).
    AtThisMoment,
}

/// How a way stands; ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing stops it and nothing has to be answered first.
    Open,
    /// Something stops it, and every such thing can be changed: see [`Way::changes`].
    AfterChanges,
    /// It rests on something that is not known: see [`Way::questions`] and [`Way::open`]. Changes may be needed as well.
    Unknown,
    /// No way in the sense of the others: what is left when none of them is open.
    LastResort,
    /// It does not exist: see [`Way::against`].
    Closed,
}

/// One way back.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub kind: WayKind,
    /// The environment that is overwritten; `None` where none is, or where none could be.
    pub target: Option<EnvironmentId>,
    /// What it is to mend, and what it speaks of.
    pub aim: Aim,
    pub standing: Standing,
    /// How surely the backup holds the point, or that the environment can be recovered; `None` where no backup is used.
    pub certainty: Option<Certainty>,
    /// Why it is only possible, where the point is not what is in doubt.
    pub doubt: Option<Doubt>,
    /// What a plan would be made for; only of a way that restores.
    pub purpose: Option<Purpose>,
    /// The last instant (UTC) at which it still stands so if nothing else changes: one second later the way is closed, or needs
    /// the switch back to Production as well (K6).
    /// `None`: it is closed, or no end is known.
    pub until: Option<DateTime<Utc>>,
    /// The last instant (UTC) at which it is sure. Never after `until`. `None`: it is not sure.
    pub sure_until: Option<DateTime<Utc>>,
    /// The latest sensible start (UTC): a day before the sure end (R22). May have passed. `None` of a way that restores and is
    /// not closed: at once, for nothing guarantees the point.
    pub start_before: Option<DateTime<Utc>>,
    pub recovered: Vec<Line>,
    pub lost: Vec<Line>,
    pub overwritten: Vec<Line>,
    /// What it takes: capacity, people who cannot work, licences, work by hand.
    pub costs: Vec<Line>,
    /// How long a restore takes, as the edition says; `None` of a way that restores nothing.
    pub takes: Option<&'static str>,
    /// Why it is not open: what stops it.
    pub against: Vec<Line>,
    /// What must change first, in order.
    pub changes: Vec<Line>,
    /// What is not known, in sentences.
    pub open: Vec<Line>,
    /// The facts to answer, each once.
    pub questions: Vec<(EnvironmentId, FactKey)>,
    /// What else to know before, the gravest first.
    pub heed: Vec<Line>,
}

impl Way {
    /// Every rule that it rests on, each once, in the order of their numbers.
    pub fn rules(&self) -> Vec<RuleId> {
        let lists = [
            &self.recovered,
            &self.lost,
            &self.overwritten,
            &self.costs,
            &self.against,
            &self.changes,
            &self.open,
            &self.heed,
        ];
        let mut rules: Vec<RuleId> = lists.into_iter().flatten().flat_map(|l| l.rules.iter().copied()).collect();
        rules.order();
        rules.dedup();
        rules
    }

    /// Unique among the ways of an advice: the sort, and the target where there is one of several.
    pub fn id(&self) -> String {
        match (&self.target, self.kind) {
            (Some(target), WayKind::Another) => format!("{}-{target}", self.kind.word()),
            _ => self.kind.word().to_string(),
        }
    }
}

/// The other environments that are not among the ways, by how they would stand as targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoreTargets {
    pub eligible: usize,
    pub after_changes: usize,
    pub unknown: usize,
    pub refused: usize,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The point to go back to (UTC): the last whole minute before it can have happened, since some tools take whole minutes
    /// only. `None` where no point is gone back to.
    pub point: Option<DateTime<Utc>>,
    /// What to know or to do before any of the ways.
    pub first: Vec<Line>,
    /// Best first; never empty.
    pub ways: Vec<Way>,
    /// Why the first is the first, from the keys that ordered them.
    pub why_first: WhyFirst,
    pub more: MoreTargets,
}

/// Every way back from what a person tells, at `now` (UTC), best first.
///
/// # Errors
/// What has to be told first.
pub fn advise(moment: Moment<'_>, case: &Case) -> Result<Advice, Missing> {
    let Moment { edition, tenant, now } = moment;
    if !case.mishap.needs_environment() {
        let kinds = WayKind::of(case.mishap, false);
        let ways =
            kinds.iter().map(|kind| rest::without_environment(edition, *kind, Aim::of(case.mishap, now))).collect();
        return Ok(answer(case.mishap, None, ways, Vec::new(), MoreTargets::default(), now));
    }
    let id = case.environment.as_ref().ok_or(Missing::Environment)?;
    let told = as_told(tenant, case, now);
    let tenant = told.as_ref().unwrap_or(tenant);
    let env = tenant.get(id).ok_or_else(|| Missing::NotListed(id.clone()))?;
    if case.when.is_none() && case.mishap.needs_time() {
        return Err(Missing::When);
    }
    let scene = Scene {
        edition,
        tenant,
        env,
        mishap: case.mishap,
        when: case.when,
        point: point(case, env, now),
        deletion_is_told: told.is_some(),
        missing: merge::is_missing(tenant, env),
        now,
    };
    let mut more = MoreTargets::default();
    let mut ways = Vec::new();
    for kind in WayKind::of(case.mishap, env.deleted.is_some()) {
        match kind {
            WayKind::OntoItself | WayKind::ThroughSandbox | WayKind::Beside => ways.push(restores::own(&scene, kind)),
            WayKind::Another => {
                let (found, others) = others::ways(&scene);
                more = others;
                ways.extend(found);
            }
            WayKind::Recover => ways.push(rest::recover(&scene)),
            WayKind::Copy => ways.push(rest::copy(&scene)),
            WayKind::Download | WayKind::Nothing => {
                ways.push(rest::without_environment(edition, kind, scene.aim(None)))
            }
        }
    }
    rest::support_for_default(&scene, &mut ways);
    if scene.missing {
        ways.iter_mut().for_each(|way| rest::perhaps_gone(&scene, way));
    }
    let first = rest::first(&scene);
    Ok(answer(case.mishap, point_of(tenant, case, now), ways, first, more, now))
}

fn answer(
    mishap: Mishap,
    point: Option<DateTime<Utc>>,
    mut ways: Vec<Way>,
    first: Vec<Line>,
    more: MoreTargets,
    now: DateTime<Utc>,
) -> Advice {
    rank::sort(mishap, &mut ways, now);
    let why_first = rank::why_first(mishap, &ways, now);
    Advice { point, first, ways, why_first, more }
}

/// The tenant in which the environment was deleted when the case says so, for an inventory may not know it yet; `None` where
/// nothing has to be added, no time was told, or the time cannot be right. A span of time stays one (UTC).
pub fn as_told(tenant: &Tenant, case: &Case, now: DateTime<Utc>) -> Option<Tenant> {
    let env = tenant.get(case.environment.as_ref()?)?;
    let may_be = case.mishap == Mishap::Deleted && env.deleted.is_none() && env.kind.get() != Some(&Kind::Default);
    let when = case.when.filter(|_| may_be)?;
    let created = env.created.get().copied().unwrap_or(DateTime::<Utc>::MIN_UTC);
    let at = when.earliest.min(when.latest).max(created);
    if at > now || at > when.earliest.max(when.latest) {
        return None;
    }
    let mut tenant = tenant.clone();
    let id = env.id.clone();
    evolve(&mut tenant, &Happening { at, environment: id.clone(), what: What::Deleted });
    if let Some(env) = tenant.get_mut(&id) {
        env.deleted = Some(Deletion::between(Some(at), when.earliest.max(when.latest).min(now)));
        merge::deleted::into_history(env);
    }
    Some(tenant)
}

/// The point that [`advise`] goes back to (UTC); `None` where it says so too, or something has to be told first.
pub fn point_of(tenant: &Tenant, case: &Case, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let env = tenant.get(case.environment.as_ref()?)?;
    let told = case.when.is_some() || !case.mishap.needs_time();
    let goes_back = !matches!(case.mishap, Mishap::Deleted | Mishap::Leave);
    (told && goes_back).then(|| point(case, env, now))
}

/// The point to go back to: the last whole minute before it can have happened. For a copy of the present state the last whole
/// minute, for a deleted environment the last one in which it was there.
fn point(case: &Case, env: &Environment, now: DateTime<Utc>) -> DateTime<Utc> {
    let happened = match case.mishap {
        Mishap::Deleted => {
            env.deleted.map(|when| when.earliest().unwrap_or(when.latest())).or(case.when.map(|w| w.earliest))
        }
        _ => case.when.map(|w| w.earliest.min(w.latest)),
    };
    match happened {
        Some(at) => whole_minute(earlier(at, TimeDelta::nanoseconds(1))),
        None => whole_minute(env.deleted.map_or(now, |deleted| deleted.latest().min(now))),
    }
}

/// What every way looks at.
struct Scene<'a> {
    edition: &'a Edition,
    tenant: &'a Tenant,
    env: &'a Environment,
    mishap: Mishap,
    when: Option<When>,
    /// UTC.
    point: DateTime<Utc>,
    /// The inventory does not know that it is deleted: a person told it (see [`as_told`]).
    deletion_is_told: bool,
    /// The last import of the whole tenant did not list it.
    missing: bool,
    /// UTC.
    now: DateTime<Utc>,
}

impl Scene<'_> {
    /// What a way speaks of, with the other environment that it overwrites.
    fn aim(&self, onto: Option<&Environment>) -> Aim {
        let environment = Some(self.env.into());
        Aim { mishap: self.mishap, environment, onto: onto.map(Into::into), point: self.point }
    }
}
