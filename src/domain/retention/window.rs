//! The window of restorable time: the two bounds and why they are where they are (K1 to K13).

use super::super::edition::Edition;
use super::super::environment::{Environment, FactKey};
use super::super::rule::RuleId;
use super::super::words::{from_text, instant_text};
use super::reasons::{explain, explain_past};
use super::table::{Sort, Status, asks, days_of, usage};
use super::timeline::{Bound, Span, Timeline, floor, leaves};
use super::{Certainty, Reason, Retention, Use, Window};
use chrono::{DateTime, Datelike, Utc};

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
    let (current, retention) = match line.at(now) {
        Some(span) => (span, retention_of(edition, span, sort, &line, now)),
        // The line has no gap, so this is never reached; nothing is the answer that cannot be wrong.
        None => return nothing(now),
    };
    let until = env.deleted.map_or(now, |deleted| deleted.min(now));
    let mut asks = retention.asks.clone();

    let mut sure = cuts(edition, &line, current, now, sort, Bound::Guaranteed);
    let mut lasting = cuts(edition, &line, current, now, sort, Bound::Lasting);
    // While it is certainly a Sandbox only what the Sandbox keeps can be chosen; the rest sleeps (K6).
    let chosen = match current.days.possible {
        Some(days) if current.is_sandbox() => Some(floor(now, Some(days))),
        _ => None,
    };

    // Behind the cut of today and before those of the past: the more telling of two at the same instant comes first.
    for c in known_floors(env) {
        for all in [&mut sure, &mut lasting].into_iter().flatten() {
            all.insert(1, Candidate { at: c.at, reasons: c.reasons.clone() });
        }
    }
    let mut unproven = Vec::new();
    if plausible(env.created.get()).is_none() {
        let evidence = existed_by(env, now, witness);
        let matters = lasting.as_ref().is_some_and(|l| evidence.is_none_or(|e| top(l).is_none_or(|t| e > t)));
        if matters {
            asks.push(FactKey::Created);
        }
        match (evidence, &mut sure) {
            (Some(e), Some(sure)) => {
                let says = format!(
                    "When it was created is not known, only that it existed on {}: nothing before that is guaranteed",
                    instant_text(e)
                );
                sure.push(Candidate { at: e, reasons: vec![Reason { rule: RuleId::K8, says }] });
            }
            (None, sure) => {
                if sure.take().is_some() {
                    let says = "When it was created is not known, and nothing proves that it existed earlier: nothing is guaranteed";
                    unproven.push(Reason { rule: RuleId::K8, says: says.into() });
                }
            }
            (Some(_), None) => {}
        }
    }

    let told = |possible: bool| {
        explain(edition, &current.status, sort, Some((&line.tracks, now)))
            .into_iter()
            .filter(|t| if possible { t.possible } else { t.guaranteed })
            .map(|t| t.reason)
            .collect::<Vec<_>>()
    };
    let (guaranteed_from, mut guaranteed_reasons) = settle(sure, until);
    if guaranteed_reasons.is_empty() {
        guaranteed_reasons = unproven;
        guaranteed_reasons.extend(told(false));
    }
    let (lasts_from, mut possible_reasons) = settle(lasting, until);
    if possible_reasons.is_empty() {
        possible_reasons = told(true);
    }
    let possible_from = match (lasts_from, chosen) {
        (Some(lasts), Some(chosen)) => Some(lasts.max(chosen)).filter(|from| *from <= until),
        (lasts, _) => lasts,
    };
    let dormant_from = lasts_from.filter(|lasts| possible_from.is_none_or(|from| *lasts < from));
    if let Some(dormant) = dormant_from {
        let says = format!(
            "It was a Production environment: its points from {} to {} cannot be chosen while it is a Sandbox, and may come back, \
             or be lost, until it is switched back",
            from_text(dormant),
            instant_text(possible_from.unwrap_or(until)),
        );
        possible_reasons.insert(0, Reason { rule: RuleId::K6, says });
    }
    if let Some(deleted) = env.deleted {
        let says = format!("It was deleted on {}: there are no points after that", instant_text(deleted));
        possible_reasons.push(Reason { rule: RuleId::X1, says });
    }
    let usage = if possible_from.is_none() && dormant_from.is_none() {
        Use::Nothing
    } else {
        usage(edition, &current.status, current.days)
    };
    let ahead = line.spans.iter().filter(|s| s.end.is_none_or(|end| end > now)).cloned().collect();
    Window {
        possible_from,
        guaranteed_from,
        until,
        dormant_from,
        usage,
        retention,
        guaranteed_reasons,
        possible_reasons,
        asks,
        ahead,
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
}

/// The life of a manual backup with its restore point at `point`, judged at `now` (UTC).
pub(in super::super) fn life_of(
    edition: &Edition,
    env: &Environment,
    point: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Life {
    let window = window_of(edition, env, now, Sort::Manual, Some(point));
    let certainty = window.certainty(point);
    let line = Timeline::new(edition, env, now, Sort::Manual);
    // The facts bound a point once and for all: before them it was never there.
    let there = known_floors(env).iter().all(|c| c.at <= point) && point <= window.until;
    let until = |bound| if there { leaves(&line.spans, bound, point) } else { None };
    let reasons = if certainty == Certainty::Guaranteed { window.guaranteed_reasons } else { window.possible_reasons };
    Life { certainty, guaranteed_until: until(Bound::Guaranteed), possible_until: until(Bound::Lasting), reasons }
}

/// Every span's cut; `None` where nothing holds now. The cut of today comes first.
fn cuts(
    edition: &Edition,
    line: &Timeline,
    current: &Span,
    now: DateTime<Utc>,
    sort: Sort,
    bound: Bound,
) -> Option<Vec<Candidate>> {
    let days = bound.days(current)?;
    let today = floor(now, Some(days));
    let mut reasons: Vec<Reason> = explain(edition, &current.status, sort, Some((&line.tracks, now)))
        .into_iter()
        .filter(|t| match bound {
            Bound::Guaranteed => t.guaranteed,
            Bound::Lasting => t.possible,
        })
        .map(|t| t.reason)
        .collect();
    if let Some(first) = reasons.first_mut() {
        first.says = format!("{}: back to {}", first.says, from_text(today));
    }
    let mut all = vec![Candidate { at: today, reasons }];
    for (span, end) in line.until(now) {
        let at = floor(end, bound.days(span));
        if at > today {
            all.push(Candidate { at, reasons: vec![explain_past(line, span, end, bound, at)] });
        }
    }
    Some(all)
}

/// The bounds that are known facts (K8, K10).
fn known_floors(env: &Environment) -> Vec<Candidate> {
    let mut known = Vec::new();
    if let Some(at) = plausible(env.created.get()) {
        let says = format!("It was created on {}", instant_text(at));
        known.push(Candidate { at, reasons: vec![Reason { rule: RuleId::K8, says }] });
    }
    if let Some(at) = plausible(env.oldest_backup.get()) {
        let says = format!("The service reported {} as its oldest backup", instant_text(at));
        known.push(Candidate { at, reasons: vec![Reason { rule: RuleId::K10, says }] });
    }
    known
}

/// Dates before the service existed are how tools print "no date" (1 Jan 0001), so they are no evidence of anything.
fn plausible(at: Option<&DateTime<Utc>>) -> Option<DateTime<Utc>> {
    at.copied().filter(|at| at.year() >= 2000)
}

/// The earliest instant not after `now` at which something proves that the environment existed.
fn existed_by(env: &Environment, now: DateTime<Utc>, witness: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    let backups = env.backups.iter().map(|b| b.point);
    let changes = env.history.iter().map(|c| c.at);
    let oldest = env.oldest_backup.get().copied();
    env.existed_by
        .into_iter()
        .chain(oldest)
        .chain(witness)
        .chain(backups)
        .chain(changes)
        .filter(|at| plausible(Some(at)).is_some() && *at <= now)
        .min()
}

fn top(all: &[Candidate]) -> Option<DateTime<Utc>> {
    all.iter().map(|c| c.at).max()
}

/// The greatest candidate, if it is not after `until`, and the reasons: what binds first, then what would.
fn settle(candidates: Option<Vec<Candidate>>, until: DateTime<Utc>) -> (Option<DateTime<Utc>>, Vec<Reason>) {
    let Some(mut all) = candidates else { return (None, Vec::new()) };
    // Stable: of two at the same instant the rule of today comes first.
    all.sort_by_key(|c| std::cmp::Reverse(c.at));
    let from = all.first().map(|c| c.at).filter(|at| *at <= until);
    let mut reasons: Vec<Reason> = Vec::new();
    for r in all.into_iter().flat_map(|c| c.reasons) {
        if !reasons.contains(&r) {
            reasons.push(r);
        }
    }
    (from, reasons)
}

fn retention_of(edition: &Edition, span: &Span, sort: Sort, line: &Timeline, now: DateTime<Utc>) -> Retention {
    let told = explain(edition, &span.status, sort, Some((&line.tracks, now)));
    Retention {
        guaranteed_days: span.days.guaranteed.unwrap_or(0),
        possible_days: span.days.possible.unwrap_or(0),
        reasons: told.into_iter().map(|t| t.reason).collect(),
        asks: asks(edition, &span.status, sort),
    }
}

/// The retention for the facts of today, whatever the history.
pub(super) fn retention_today(edition: &Edition, env: &Environment, sort: Sort) -> Retention {
    let status = Status::today(env);
    let days = days_of(edition, &status, sort);
    Retention {
        guaranteed_days: days.guaranteed.unwrap_or(0),
        possible_days: days.possible.unwrap_or(0),
        reasons: explain(edition, &status, sort, None).into_iter().map(|t| t.reason).collect(),
        asks: asks(edition, &status, sort),
    }
}

fn nothing(now: DateTime<Utc>) -> Window {
    Window {
        possible_from: None,
        guaranteed_from: None,
        until: now,
        dormant_from: None,
        usage: Use::Nothing,
        retention: Retention { guaranteed_days: 0, possible_days: 0, reasons: Vec::new(), asks: Vec::new() },
        guaranteed_reasons: Vec::new(),
        possible_reasons: Vec::new(),
        asks: Vec::new(),
        ahead: Vec::new(),
    }
}
