//! The window of restorable time: the two bounds and why they are where they are (K1 to K13).

use super::super::edition::Edition;
use super::super::environment::{Environment, FactKey};
use super::super::rule::RuleId;
use super::alive::{gaps, without};
use super::floors::{
    existed_by, first_day, known_floors, moves, never_shown, offered_nothing, plausible, said_nothing_yet,
    was_production,
};
use super::reasons::{Shaping, explain, explain_past};
use super::recovery;
use super::table::{Days, Sort, Status, asks, days_of, usage};
use super::timeline::{Bound, Span, Timeline, floor, leaves};
use super::{Cause, Certainty, NothingYet, Reason, Retention, Use, Window, earlier};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// Where a bound may be, and why.
struct Candidate {
    at: DateTime<Utc>,
    reasons: Vec<Reason>,
}

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
    let Some(current) = line.at(now) else { return nothing(now) };
    let recovery = recovery(edition, env);
    if let Some(over) = recovery.as_ref().filter(|r| now > r.possible_until) {
        let (deleted, until) = (over.deleted, over.possible_until);
        let reasons = vec![Reason::of(RuleId::X1, Cause::Over { deleted, until })];
        let (guaranteed_reasons, possible_reasons) = (reasons.clone(), reasons);
        let over = Some(until);
        return Window {
            until: env.deleted.map_or(now, |deleted| deleted.latest()),
            guaranteed_reasons,
            possible_reasons,
            over,
            ..nothing(now)
        };
    }
    let told = explain(edition, &current.status, sort, Some((&line.tracks, now)));
    let retention = retention_of(current.days, told.iter(), asks(edition, &current.status, sort));
    let until = env.deleted.map_or(now, |deleted| deleted.latest().min(now));
    let mut asks = retention.asks.clone();

    let (known, moves) = (known_floors(env, &line), moves(env, now));
    // What no period can reach behind; what a Sandbox reported says nothing about what may come back (K6).
    // K14: what was not offered then was not there; at most what was made since may be. What sleeps was never to be offered (K6).
    let asked = offered_nothing(env, now);
    let none_before = asked.filter(|_| sort == Sort::System && said_nothing_yet(env) && !was_production(env));
    let behind = |of_sandbox: bool| {
        let facts = known.iter().filter(|k| of_sandbox || !k.of_sandbox).map(|k| k.at);
        facts.chain(moves.iter().map(|m| m.perhaps_after)).chain(none_before).max()
    };
    let choosable = line.alive(now, Bound::Possible, behind(current.is_sandbox()), until);
    let lasting = line.alive(now, Bound::Lasting, behind(false), until);
    let offered = line.word.as_ref().and_then(|word| {
        let kept = line.by_rules(edition, sort).alive(now, Bound::Possible, behind(current.is_sandbox()), until);
        Some((without(&choosable, &kept), word.reason())).filter(|(points, _)| !points.is_empty())
    });
    // The periods differ for points that sleep or were offered: those that hold where the window begins are told.
    let begins = choosable.first().map_or(until, |first| first.from);

    let mut sure = cuts(&line, current, now, &told, Bound::Guaranteed, begins);
    let mut possible = cuts(&line, current, now, &told, Bound::Possible, begins);
    // Behind the cut of today and before those of the past: the more telling of two at the same instant comes first.
    for known in known {
        let bounds = [Some(&mut sure), (!known.of_sandbox || current.is_sandbox()).then_some(&mut possible)];
        for all in bounds.into_iter().flatten().flatten() {
            // Only what cuts at least as deep as the rule of today is worth a word.
            if all.first().is_none_or(|today| today.at <= known.at) {
                all.insert(1, Candidate { at: known.at, reasons: vec![known.reason.clone()] });
            }
        }
    }
    for moved in &moves {
        for (all, at) in [(&mut sure, moved.surely_after), (&mut possible, moved.perhaps_after)] {
            if let Some(all) = all
                && all.first().is_none_or(|today| today.at <= at)
            {
                all.push(Candidate { at, reasons: vec![moved.reason(at)] });
            }
        }
    }
    let mut unproven = Vec::new();
    let evidence = existed_by(env, now, witness);
    if plausible(env.created.get()).is_none() {
        let matters = possible.as_ref().is_some_and(|l| evidence.is_none_or(|e| top(l).is_none_or(|t| e > t)));
        if matters {
            asks.push(FactKey::Created);
        }
        match (evidence, &mut sure) {
            (Some(e), Some(sure)) => {
                sure.push(Candidate { at: e, reasons: vec![Reason::of(RuleId::K8, Cause::ThereBy(e))] });
            }
            (None, sure) => {
                if sure.take().is_some() {
                    unproven.push(Reason::of(RuleId::K8, Cause::NeverProven));
                }
            }
            (Some(_), None) => {}
        }
    }

    let never = never_shown(edition, env, evidence, now);
    if matches!(never, Some(NothingYet::NeverShown { surely_old: false, .. })) && !asks.contains(&FactKey::Created) {
        asks.push(FactKey::Created);
    }
    let nothing_yet = never.or_else(|| first_day(edition, env, &line, evidence, now)).or(asked.map(NothingYet::Asked));
    let mut waits_until = None;
    if let Some(why) = nothing_yet {
        match (why, &mut sure) {
            (NothingYet::Asked(at), Some(sure)) if at < now => {
                if sure.first().is_none_or(|today| today.at <= at) {
                    sure.push(Candidate { at, reasons: vec![not_yet(NothingYet::Asked(at))] });
                }
            }
            (why, Some(_)) => {
                sure = None;
                waits_until = why.ends();
                unproven.push(not_yet(why));
            }
            (_, None) => {}
        }
    }

    if let (Some(at), Some(all)) = (none_before, &mut possible)
        && top(all).is_none_or(|top| top <= at)
    {
        all.insert(0, Candidate { at, reasons: vec![not_yet(NothingYet::Asked(at))] });
    }
    let (guaranteed_from, mut guaranteed_reasons) = settle(sure, until);
    if guaranteed_reasons.is_empty() {
        guaranteed_reasons = unproven;
        guaranteed_reasons.extend(reasons_of(&told, Bound::Guaranteed));
    }
    // No older point was offered, and no period says so.
    if let (Some(all), Some(word)) = (&mut possible, &line.word)
        && !choosable.is_empty()
        && top(all).is_none_or(|top| top < begins)
    {
        all.push(Candidate { at: begins, reasons: vec![word.reason()] });
    }
    let (_, mut possible_reasons) = settle(possible, until);
    let possible_from = choosable.first().map(|first| first.from);
    if possible_reasons.is_empty() {
        possible_reasons = reasons_of(&told, Bound::Possible);
    }
    let asleep = without(&lasting, &choosable);
    let mut gaps = gaps(&asleep, &choosable);
    for gap in gaps.iter_mut().filter(|gap| !gap.asleep) {
        let cuts = cuts(&line, current, now, &told, Bound::Possible, gap.from);
        gap.reasons = settle(cuts, until).1;
        if gap.reasons.is_empty() {
            gap.reasons = reasons_of(&told, Bound::Possible);
        }
    }
    let dormant_from = asleep.first().map(|d| d.from).filter(|from| possible_from.is_none_or(|p| *from < p));
    if let Some((first, last)) = asleep.first().zip(asleep.last()) {
        let (from, until) = (first.from, last.before.unwrap_or(until));
        possible_reasons.insert(0, Reason::of(RuleId::K6, Cause::Asleep { from, until }));
    }
    if let Some(deleted) = env.deleted {
        possible_reasons.push(Reason::of(RuleId::X1, Cause::EndedBy(deleted)));
    }
    let usage =
        if possible_from.is_none() && asleep.is_empty() { Use::Nothing } else { usage(edition, &current.status) };
    let ahead = line.spans.iter().filter(|s| s.end.is_none_or(|end| end > now)).cloned().collect();
    Window {
        possible_from,
        guaranteed_from,
        until,
        dormant_from,
        gaps,
        usage,
        retention,
        guaranteed_reasons,
        possible_reasons,
        offered,
        asks,
        ahead,
        waits_until,
        over: recovery.map(|r| r.possible_until),
        moved: moves.iter().map(|m| m.perhaps_after).max(),
    }
}

fn not_yet(why: NothingYet) -> Reason {
    Reason::of(RuleId::K14, Cause::NothingYet(why))
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
        && offered_nothing(env, now).is_none_or(|asked| asked <= point && asked < now);
    let surely_after_moves = moves.iter().all(|m| m.surely_after <= point);
    let guaranteed_until = if surely_after_moves && promised { until(Bound::Guaranteed) } else { None };
    let old_region = window.of_old_region(point).is_some();
    Life { certainty, guaranteed_until, possible_until, reasons, old_region }
}

/// Every span's cut for the point `p`; `None` where nothing holds now. The cut of today comes first.
fn cuts(
    line: &Timeline,
    current: &Span,
    now: DateTime<Utc>,
    told: &[Shaping],
    bound: Bound,
    p: DateTime<Utc>,
) -> Option<Vec<Candidate>> {
    let days = bound.days(current, p)?;
    let today = floor(now, Some(days));
    let mut reasons = reasons_of(told, bound);
    if let Some(word) = line.word.as_ref().filter(|_| current.is_offered(bound, p)) {
        reasons.insert(0, word.reason());
    } else if let Some(first) = reasons.first_mut() {
        first.cause = Cause::BackTo(Box::new(first.cause.clone()), today);
    }
    let mut all = vec![Candidate { at: today, reasons }];
    let past = bound.past();
    for (span, end) in line.until(now) {
        let days = past.days(span, p);
        let at = floor(end, days);
        if at > today {
            all.push(Candidate { at, reasons: vec![explain_past(line, span, end, (past, days), at)] });
        }
    }
    Some(all)
}

fn reasons_of(told: &[Shaping], bound: Bound) -> Vec<Reason> {
    told.iter().filter(|t| t.both || bound == Bound::Guaranteed).map(|t| t.reason.clone()).collect()
}

fn top(all: &[Candidate]) -> Option<DateTime<Utc>> {
    all.iter().map(|c| c.at).max()
}

/// The greatest candidate, if it is not after `until`, and the reasons: what binds first, then what would.
fn settle(candidates: Option<Vec<Candidate>>, until: DateTime<Utc>) -> (Option<DateTime<Utc>>, Vec<Reason>) {
    let Some(mut all) = candidates else { return (None, Vec::new()) };
    // Stable: of two at the same instant the rule of today comes first.
    all.order_by_key(|c| std::cmp::Reverse(c.at));
    let from = all.first().map(|c| c.at).filter(|at| *at <= until);
    let mut reasons: Vec<Reason> = Vec::new();
    for r in all.into_iter().flat_map(|c| c.reasons) {
        if !reasons.contains(&r) {
            reasons.push(r);
        }
    }
    (from, reasons)
}

fn retention_of<'t>(days: Days, told: impl Iterator<Item = &'t Shaping>, asks: Vec<FactKey>) -> Retention {
    Retention {
        guaranteed_days: days.guaranteed.unwrap_or(0),
        possible_days: days.possible.unwrap_or(0),
        reasons: told.map(|t| t.reason.clone()).collect(),
        asks,
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
    retention_of(days_of(edition, status, sort), told.iter(), asks(edition, status, sort))
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
