//! The window of restorable time: the two bounds and why they are where they are (K1 to K13).

use super::super::edition::Edition;
use super::super::environment::Environment;
use super::super::rule::RuleId;
use super::alive::{Stretch, gaps, without};
use super::bounds::{Bounds, Candidate, Ground};
use super::floors::{existed_by, first_day, known_floors, moves, never_shown, offered_nothing};
use super::reach::{Certainty, Gap, Retention, Use, Window, earlier};
use super::reasons::{Shaping, explain};
use super::recovery::{Recovery, recovery};
use super::table::{Sort, Status, asks, days_of, usage};
use super::timeline::{Bound, Timeline, leaves};
use super::{Cause, Reason};
use chrono::{DateTime, Utc};

/// The window of system or manual backups. `witness` (UTC) is one more instant at which it is known to have existed.
pub(in super::super) fn window_of(
    edition: &Edition,
    env: &Environment,
    now: DateTime<Utc>,
    sort: Sort,
    witness: Option<DateTime<Utc>>,
) -> Window {
    let line = Timeline::new(edition, env, now, sort);
    // The line has no gap, so this is never reached; nothing is the answer that cannot be wrong.
    let Some(ground) = Ground::new(edition, env, now, sort, &line) else { return nothing(now) };
    let recovery = recovery(edition, env);
    if let Some(over) = recovery.as_ref().filter(|r| now > r.possible_until) {
        return nothing_left(env, over, now);
    }
    let points = Points::new(&ground);
    let begins = points.begin();
    let bounds = Bounds::new(&ground, begins, existed_by(env, now, witness));
    let (guaranteed_from, guaranteed_reasons) = ground.settle_sure(bounds.sure, bounds.unproven);
    let retention = retention_of(edition, &ground.current.status, sort, &ground.told);
    let mut asks = retention.asks.clone();
    asks.extend(bounds.asks);
    let nothing_is_kept = begins.is_none() && points.asleep.is_empty();
    Window {
        possible_from: begins,
        guaranteed_from,
        until: ground.until,
        dormant_from: points.asleep.first().map(|d| d.from).filter(|from| begins.is_none_or(|p| *from < p)),
        gaps: points.gaps(&ground),
        usage: if nothing_is_kept { Use::Nothing } else { usage(edition, &ground.current.status) },
        retention,
        guaranteed_reasons,
        possible_reasons: points.reasons(&ground, bounds.possible),
        offered: points.offered,
        asks,
        ahead: line.spans.iter().filter(|s| s.end.is_none_or(|end| end > now)).cloned().collect(),
        waits_until: bounds.waits_until,
        over: recovery.map(|r| r.possible_until),
        moved: ground.moves.iter().map(|m| m.perhaps_after).max(),
    }
}

/// The window of what can no longer be recovered (X1).
fn nothing_left(env: &Environment, over: &Recovery, now: DateTime<Utc>) -> Window {
    let (deleted, until) = (over.deleted, over.possible_until);
    let reasons = vec![Reason::of(RuleId::X1, Cause::Over { deleted, until })];
    Window {
        until: env.deleted.map_or(now, |deleted| deleted.latest()),
        guaranteed_reasons: reasons.clone(),
        possible_reasons: reasons,
        over: Some(until),
        ..nothing(now)
    }
}

/// The points that are there now, oldest first.
struct Points {
    choosable: Vec<Stretch>,
    /// Those that cannot be chosen while this is a Sandbox (K6).
    asleep: Vec<Stretch>,
    /// Those that only the service's word keeps (K15), and how that is said.
    offered: Option<(Vec<Stretch>, Reason)>,
}

impl Points {
    fn new(ground: &Ground) -> Self {
        let Ground { line, now, until, .. } = *ground;
        // What a Sandbox reported says nothing about what may come back (K6).
        let behind = ground.surely_nothing_before(ground.current.is_sandbox());
        let choosable = line.alive(now, Bound::Possible, behind, until);
        let lasting = line.alive(now, Bound::Lasting, ground.surely_nothing_before(false), until);
        let offered = line.word.as_ref().and_then(|word| {
            let kept = line.by_rules(ground.edition, ground.sort).alive(now, Bound::Possible, behind, until);
            Some((without(&choosable, &kept), word.reason())).filter(|(points, _)| !points.is_empty())
        });
        Self { asleep: without(&lasting, &choosable), choosable, offered }
    }

    /// The oldest that can be chosen, UTC.
    fn begin(&self) -> Option<DateTime<Utc>> {
        self.choosable.first().map(|first| first.from)
    }

    /// Where points are missing in between, and why.
    fn gaps(&self, ground: &Ground) -> Vec<Gap> {
        let mut gaps = gaps(&self.asleep, &self.choosable);
        for gap in gaps.iter_mut().filter(|gap| !gap.asleep) {
            gap.reasons = ground.settle_possible(ground.cuts(Bound::Possible, gap.from));
        }
        gaps
    }

    /// Why the possible bound lies where it does, with what sleeps before all else and how it ends behind it.
    fn reasons(&self, ground: &Ground, possible: Option<Vec<Candidate>>) -> Vec<Reason> {
        let mut reasons = ground.settle_possible(possible);
        if let Some((first, last)) = self.asleep.first().zip(self.asleep.last()) {
            let (from, until) = (first.from, last.before.unwrap_or(ground.until));
            reasons.insert(0, Reason::of(RuleId::K6, Cause::Asleep { from, until }));
        }
        if let Some(deleted) = ground.env.deleted {
            reasons.push(Reason::of(RuleId::X1, Cause::EndedBy(deleted)));
        }
        reasons
    }
}

/// What becomes of one point as a manual backup.
pub(in super::super) struct Life {
    pub certainty: Certainty,
    /// The last instant at which it is, or was, guaranteed; `None`: never.
    pub guaranteed_until: Option<DateTime<Utc>>,
    pub possible_until: Option<DateTime<Utc>>,
    /// Why; what binds comes first.
    pub reasons: Vec<Reason>,
    /// It is from before a move to another region (T2).
    pub old_region: bool,
}

/// Until when a manual backup is kept that the service lists although its kind supports none (M10).
#[derive(Clone, Copy)]
pub(in super::super) struct ListedUntil {
    /// UTC.
    pub at: DateTime<Utc>,
    /// The service printed it: after that it has expired. By our period it may last longer for other reasons.
    pub printed: bool,
}

/// The life of a manual backup with its restore point at `point`, judged at `now` (UTC).
pub(in super::super) fn life_of(
    edition: &Edition,
    env: &Environment,
    point: DateTime<Utc>,
    listed: Option<ListedUntil>,
    now: DateTime<Utc>,
) -> Life {
    let window = window_of(edition, env, now, Sort::Manual, Some(point));
    let mut certainty = window.certainty(point);
    let line = Timeline::new(edition, env, now, Sort::Manual);
    // The facts bound a point once and for all: before them it was never there.
    let moves = moves(env, now);
    let there = known_floors(env, &line).iter().all(|c| c.at <= point || c.of_sandbox)
        && moves.iter().all(|m| m.perhaps_after <= point)
        && point <= window.until;
    let until = |bound| if there { earlier(leaves(&line.spans, bound, point), window.over) } else { None };
    let mut possible_until = match certainty {
        Certainty::Guaranteed | Certainty::Possible => window.leaves(point).1,
        Certainty::Dormant | Certainty::Gone | Certainty::Future => until(Bound::Lasting),
    };
    let reasons = window.why(point);
    if let Some(listed) = listed.filter(|_| there) {
        let at = window.over.map_or(listed.at, |over| listed.at.min(over));
        let last = if listed.printed { at } else { possible_until.map_or(at, |until| until.max(at)) };
        certainty = if now <= last { Certainty::Possible } else { Certainty::Gone };
        possible_until = Some(last);
    }
    let evidence = existed_by(env, now, Some(point));
    let promised = first_day(edition, env, &line, evidence, now).is_none()
        && never_shown(edition, env, evidence, now).is_none()
        && offered_nothing(env, now).is_none_or(|(asked, _)| asked <= point && asked < now);
    let surely_after_moves = moves.iter().all(|m| m.surely_after <= point);
    let guaranteed_until = if surely_after_moves && promised { until(Bound::Guaranteed) } else { None };
    let old_region = window.of_old_region(point).is_some();
    Life { certainty, guaranteed_until, possible_until, reasons, old_region }
}

fn retention_of(edition: &Edition, status: &Status, sort: Sort, told: &[Shaping]) -> Retention {
    let days = days_of(edition, status, sort);
    Retention {
        guaranteed_days: days.guaranteed.unwrap_or(0),
        possible_days: days.possible.unwrap_or(0),
        reasons: told.iter().map(|t| t.reason.clone()).collect(),
        asks: asks(edition, status, sort),
    }
}

/// The retention that holds at `now`.
pub(in crate::domain) fn retention_at(
    edition: &Edition,
    env: &Environment,
    now: DateTime<Utc>,
    sort: Sort,
) -> Retention {
    let line = Timeline::new(edition, env, now, sort);
    let today = Status::today(env);
    let status = line.at(now).map_or(&today, |span| &span.status);
    let told = explain(edition, status, sort, Some((&line.tracks, now)));
    retention_of(edition, status, sort, &told)
}

fn nothing(now: DateTime<Utc>) -> Window {
    Window {
        possible_from: None,
        guaranteed_from: None,
        until: now,
        dormant_from: None,
        gaps: Vec::new(),
        usage: Use::Nothing,
        retention: Retention { guaranteed_days: 0, possible_days: 0, reasons: Vec::new(), asks: Vec::new() },
        guaranteed_reasons: Vec::new(),
        possible_reasons: Vec::new(),
        offered: None,
        asks: Vec::new(),
        ahead: Vec::new(),
        waits_until: None,
        over: None,
        moved: None,
    }
}
