//! What bounds a window for good, whatever the periods say: when it was created (K8, K14), what the service reported (K10), a move to
//! another region (T2).

use super::super::door::is_date;
use super::super::environment::{Environment, Kind, Region};
use super::super::history::{Change, Changed};
use super::super::rule::RuleId;
use super::super::words::{from_text, instant_text};
use super::Reason;
use super::longer::Why;
use super::timeline::{Span, Timeline};
use chrono::{DateTime, TimeDelta, Utc};

/// A bound that is a known fact.
pub(super) struct KnownFloor {
    pub at: DateTime<Utc>,
    pub reason: Reason,
    /// The service reported it while this was a Sandbox that had been a Production environment. It says what could be chosen
    /// then, and nothing about what may come back (K6).
    pub of_sandbox: bool,
}

/// The bounds that are known facts (K8, K10).
pub(super) fn known_floors(env: &Environment, line: &Timeline) -> Vec<KnownFloor> {
    let mut known = Vec::new();
    if let Some(at) = plausible(env.created.get()) {
        let says = format!("It was created on {}", instant_text(at));
        known.push(KnownFloor { at, reason: Reason { rule: RuleId::K8, says }, of_sandbox: false });
    }
    let reported = env.oldest_backup.entry().and_then(|k| Some((k.since, plausible(Some(&k.value))?)));
    let offered = line.word.as_ref().map(|w| (w.asked, w.from)).filter(|w| reported.is_none_or(|r| r.1 != w.1));
    for (told, at) in reported.into_iter().chain(offered) {
        let says = format!("The service reported {} as its oldest backup", instant_text(at));
        let then = line.at(told);
        let asleep = |span: &Span| span.longer.iter().any(|l| l.why == Why::Asleep && l.any_left(told));
        let of_sandbox = then.is_some_and(|span| span.is_sandbox() && asleep(span));
        known.push(KnownFloor { at, reason: Reason { rule: RuleId::K10, says }, of_sandbox });
    }
    known
}

/// A move to another region. A backup of before belongs to the old region, and a restore stays inside one (T2): such a point is
/// kept by the service, and cannot be restored to anything from where the environment is now.
pub(super) struct Move {
    from: Region,
    to: Region,
    /// Points from here on (UTC) are surely of the new region.
    pub surely_after: DateTime<Utc>,
    /// Points before this (UTC) are surely of the old one.
    pub perhaps_after: DateTime<Utc>,
}

impl Move {
    /// Why a bound lies at `at`, one end of when it happened.
    pub fn reason(&self, at: DateTime<Utc>) -> Reason {
        let Move { from, to, surely_after, perhaps_after } = self;
        let says = if surely_after == perhaps_after {
            format!(
                "It moved from {from} to {to} on {}: a backup of before belongs to the old region and cannot be restored",
                instant_text(at)
            )
        } else if at == *surely_after {
            format!(
                "It moved from {from} to {to} between {} and {}: a backup of before belongs to the old region, so nothing \
                 before the end of that time is guaranteed",
                instant_text(*perhaps_after),
                instant_text(*surely_after)
            )
        } else {
            format!(
                "It moved from {from} to {to} between {} and {}: a backup of before belongs to the old region and cannot be \
                 restored",
                instant_text(*perhaps_after),
                instant_text(*surely_after)
            )
        };
        Reason { rule: RuleId::T2, says }
    }
}

/// The moves that had happened, or may have, at `now` (UTC). One from a region that nobody knew is none.
pub(super) fn moves(env: &Environment, now: DateTime<Utc>) -> Vec<Move> {
    let of = |c: &Change| match &c.what {
        Changed::Region { from: Some(from), to } if from != to && c.not_before <= now => {
            Some(Move { from: from.clone(), to: to.clone(), surely_after: c.at, perhaps_after: c.not_before.min(c.at) })
        }
        _ => None,
    };
    env.history.iter().filter_map(of).collect()
}

/// Dates before the service existed, and the last one that there is, are how tools print "no date" (1 Jan 0001, 31 Dec 9999), so
/// they are no evidence of anything: see [`is_date`].
pub(super) fn plausible(at: Option<&DateTime<Utc>>) -> Option<DateTime<Utc>> {
    at.copied().filter(|at| is_date(*at))
}

/// The earliest instant not after `now` at which something proves that the environment existed.
pub(super) fn existed_by(
    env: &Environment,
    now: DateTime<Utc>,
    witness: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    let backups = env.backups.iter().map(|b| b.point);
    let changes = env.history.iter().map(|c| c.at);
    let oldest = env.oldest_backup.get().copied();
    let offered = env.reading.and_then(|r| r.offered.from);
    env.existed_by
        .into_iter()
        .chain(oldest)
        .chain(offered)
        .chain(witness)
        .chain(backups)
        .chain(changes)
        .filter(|at| plausible(Some(at)).is_some() && *at <= now)
        .min()
}

/// How long a new environment may have nothing to restore (K14).
pub(super) const FIRST_DAY: TimeDelta = TimeDelta::hours(24);

/// Why nothing is promised yet (K14): the service may have begun to keep something only now.
pub(super) enum NothingYet {
    /// It was created less than 24 hours ago, at this instant (UTC).
    FirstDay(DateTime<Utc>),
    /// When it was created is not known, and what proves that it existed is less than 24 hours old (UTC).
    PerhapsFirstDay(DateTime<Utc>),
    /// The service offered nothing when it was asked, at this instant (UTC) at the latest.
    Asked(DateTime<Utc>),
    /// The same of an environment that was, or may have been, older than a day then: that it makes points was never shown.
    NeverShown {
        asked: DateTime<Utc>,
        /// Whether it surely was older.
        surely_old: bool,
    },
}

impl NothingYet {
    /// The end of the first day; `None` where it is not about one.
    pub fn ends(&self) -> Option<DateTime<Utc>> {
        match self {
            NothingYet::FirstDay(at) | NothingYet::PerhapsFirstDay(at) => Some(a_day_after(*at)),
            NothingYet::Asked(_) | NothingYet::NeverShown { .. } => None,
        }
    }

    pub fn reason(&self) -> Reason {
        let says = match self {
            NothingYet::FirstDay(created) => format!(
                "It was created on {}, and a new environment may have nothing to restore in its first 24 hours: nothing is guaranteed \
                 before {}",
                instant_text(*created),
                from_text(a_day_after(*created))
            ),
            NothingYet::PerhapsFirstDay(seen) => format!(
                "When it was created is not known, only that it was not after {}, and a new environment may have nothing to restore in \
                 its first 24 hours: nothing is guaranteed before {}",
                instant_text(*seen),
                from_text(a_day_after(*seen))
            ),
            NothingYet::Asked(asked) => format!(
                "The service offered nothing to restore yet when it was asked, on {} at the latest: nothing from before that is \
                 guaranteed",
                instant_text(*asked)
            ),
            NothingYet::NeverShown { asked, surely_old: true } => format!(
                "The service offered nothing to restore when it was asked, on {} at the latest, although it was more than 24 hours old: \
                 what was made since is only possible until a newer list shows a point",
                instant_text(*asked)
            ),
            NothingYet::NeverShown { asked, surely_old: false } => format!(
                "The service offered nothing to restore when it was asked, on {} at the latest, and whether it was in its first 24 hours \
                 then is not known: what was made since is only possible until a newer list shows a point",
                instant_text(*asked)
            ),
        };
        Reason { rule: RuleId::K14, says }
    }
}

pub(super) fn a_day_after(at: DateTime<Utc>) -> DateTime<Utc> {
    at.checked_add_signed(FIRST_DAY).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Whether `env` is, or may be, in its first day at `now` (UTC). `evidence` is the earliest instant at which it surely existed,
/// where its creation is not known. What the service offered shows that it keeps something (K15).
pub(super) fn first_day(
    env: &Environment,
    line: &Timeline,
    evidence: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<NothingYet> {
    let offered = line.word.as_ref().map(|w| w.asked);
    let young =
        |at: &DateTime<Utc>| *at <= now && now < a_day_after(*at) && offered.is_none_or(|offered| offered < *at);
    match plausible(env.created.get()) {
        Some(created) => Some(created).filter(young).map(NothingYet::FirstDay),
        None => evidence.filter(young).map(NothingYet::PerhapsFirstDay),
    }
}

/// When the service, asked not later than `now`, offered nothing yet (K14). UTC.
pub(super) fn offered_nothing(env: &Environment, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let reading = env.reading.filter(|r| plausible(r.offered.from.as_ref()).is_none())?;
    plausible(Some(&reading.asked)).map(|asked| asked.min(now))
}

/// Whether the service printed no oldest point and no period: nothing yet (K14). A period beside it leaves that open.
pub(super) fn said_nothing_yet(env: &Environment) -> bool {
    env.reading.is_some_and(|r| r.offered.from.is_none() && r.offered.period_days.is_none())
}

/// Whether the service offered nothing of an environment that was, or may have been, older than a day when it was asked (K14). It has
/// not shown then that it makes points; only a newer reading does. `evidence` is as in [`first_day`].
pub(super) fn never_shown(
    env: &Environment,
    evidence: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<NothingYet> {
    let asked = offered_nothing(env, now).filter(|_| said_nothing_yet(env))?;
    let old = |at: DateTime<Utc>| a_day_after(at) <= asked;
    match plausible(env.created.get()) {
        Some(created) => old(created).then_some(NothingYet::NeverShown { asked, surely_old: true }),
        None => Some(NothingYet::NeverShown { asked, surely_old: evidence.is_some_and(old) }),
    }
}

/// Whether points of a time as Production may sleep (K6).
pub(super) fn was_production(env: &Environment) -> bool {
    let from_production = |c: &Change| matches!(&c.what, Changed::Kind { from: Some(Kind::Production), .. });
    env.history.iter().any(from_production)
}
