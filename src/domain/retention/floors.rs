//! What bounds a window for good, whatever the periods say: when it was created (K8, K14), what the service reported (K10), a move to
//! another region (T2).

use super::super::edition::Edition;
use super::super::environment::{Environment, Kind};
use super::super::history::{Change, Changed};
use super::super::instants::{is_date, later};
use super::super::rule::RuleId;
use super::longer::Why;
use super::timeline::{Span, Timeline};
use super::{Cause, Move, NothingYet, Reason};
use chrono::{DateTime, Utc};

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
        known.push(KnownFloor { at, reason: Reason::of(RuleId::K8, Cause::Created(at)), of_sandbox: false });
    }
    let reported = env.oldest_backup.entry().and_then(|k| Some((k.since, plausible(Some(&k.value))?)));
    let offered = line.word.as_ref().map(|w| (w.asked, w.from)).filter(|w| reported.is_none_or(|r| r.1 != w.1));
    for (told, at) in reported.into_iter().chain(offered) {
        let then = line.at(told);
        let asleep = |span: &Span| span.longer.iter().any(|l| l.why == Why::Asleep && l.any_left(told));
        let of_sandbox = then.is_some_and(|span| span.is_sandbox() && asleep(span));
        known.push(KnownFloor { at, reason: Reason::of(RuleId::K10, Cause::ReportedOldest(at)), of_sandbox });
    }
    known
}

impl Move {
    /// Why a bound lies at `at`, one end of when it happened.
    pub(super) fn reason(&self, at: DateTime<Utc>) -> Reason {
        let guaranteed = at == self.surely_after && at != self.perhaps_after;
        Reason::of(RuleId::T2, Cause::MovedRegion { moved: self.clone(), guaranteed })
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

/// Whether `env` is, or may be, in its first day at `now` (UTC). `evidence` is the earliest instant at which it surely existed,
/// where its creation is not known. What the service offered shows that it keeps something (K15).
pub(super) fn first_day(
    edition: &Edition,
    env: &Environment,
    line: &Timeline,
    evidence: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<NothingYet> {
    let offered = line.word.as_ref().map(|w| w.asked);
    let young = |at: &DateTime<Utc>| {
        *at <= now && now < later(*at, edition.first_day) && offered.is_none_or(|offered| offered < *at)
    };
    let ends = |from| later(from, edition.first_day);
    match plausible(env.created.get()) {
        Some(created) => {
            Some(created).filter(young).map(|created| NothingYet::FirstDay { created, ends: ends(created) })
        }
        None => evidence.filter(young).map(|seen| NothingYet::PerhapsFirstDay { seen, ends: ends(seen) }),
    }
}

/// When the service, asked not later than `now`, offered nothing yet (K14), and when by what the file hints at (K15). UTC.
pub(super) fn offered_nothing(env: &Environment, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)> {
    let reading = env.reading.filter(|r| plausible(r.offered.from.as_ref()).is_none())?;
    let asked = plausible(Some(&reading.asked))?.min(now);
    Some((asked, plausible(reading.hint.as_ref()).filter(|hint| *hint < asked)))
}

/// Whether the service printed no oldest point and no period: nothing yet (K14). A period beside it leaves that open.
pub(super) fn said_nothing_yet(env: &Environment) -> bool {
    env.reading.is_some_and(|r| r.offered.from.is_none() && r.offered.period_days.is_none())
}

/// Whether the service offered nothing of an environment that was, or may have been, older than a day when it was asked (K14). It has
/// not shown then that it makes points; only a newer reading does. Where a hint alone tells when it was asked, it may have been older, too:
/// a hint makes nothing sure. `evidence` is as in [`first_day`].
pub(super) fn never_shown(
    edition: &Edition,
    env: &Environment,
    evidence: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<NothingYet> {
    let (asked, hint) = offered_nothing(env, now).filter(|_| said_nothing_yet(env))?;
    if let Some(hint) = hint {
        return Some(NothingYet::Hinted(hint));
    }
    let old = |at: DateTime<Utc>| later(at, edition.first_day) <= asked;
    match plausible(env.created.get()) {
        Some(created) => old(created).then_some(NothingYet::NeverShown { asked, surely_old: true }),
        None => Some(NothingYet::NeverShown { asked, surely_old: evidence.is_some_and(old) }),
    }
}

/// Whether points of a time as Production may sleep (K6). What nobody knows may have been one.
pub(super) fn may_have_been_production(env: &Environment) -> bool {
    let perhaps = |c: &Change| matches!(&c.what, Changed::Kind { from: None | Some(Kind::Production), .. });
    env.history.iter().any(perhaps)
}
