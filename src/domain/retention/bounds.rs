//! The two bounds of a window while they are worked out: where each may lie, and why.

use super::super::edition::Edition;
use super::super::environment::{Environment, FactKey};
use super::super::instants::{earlier, later};
use super::super::rule::RuleId;
use super::floors::{
    KnownFloor, existed_by, first_day, known_floors, may_have_been_production, moves, never_shown, offered_nothing,
    plausible, said_nothing_yet,
};
use super::reasons::{Shaping, explain, explain_past};
use super::table::Sort;
use super::timeline::{Bound, Span, Timeline, floor};
use super::{Cause, Move, NothingYet, Reason};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// Where a bound may be, and why.
pub(super) struct Candidate {
    at: DateTime<Utc>,
    reasons: Vec<Reason>,
}

/// What a window is worked out from.
pub(super) struct Ground<'a> {
    pub edition: &'a Edition,
    pub env: &'a Environment,
    pub sort: Sort,
    pub line: &'a Timeline,
    /// What holds now.
    pub current: &'a Span,
    /// Why the days of now are what they are.
    pub told: Vec<Shaping>,
    known: Vec<KnownFloor>,
    pub moves: Vec<Move>,
    /// When the service, asked, offered nothing (K14), and when by what the file hints at. UTC.
    asked: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
    pub now: DateTime<Utc>,
    /// The last instant that can have a point, UTC.
    pub until: DateTime<Utc>,
}

impl<'a> Ground<'a> {
    /// `None` where nothing holds at `now`.
    pub fn new(
        edition: &'a Edition,
        env: &'a Environment,
        now: DateTime<Utc>,
        sort: Sort,
        line: &'a Timeline,
    ) -> Option<Self> {
        let current = line.at(now)?;
        Some(Self {
            edition,
            env,
            sort,
            line,
            current,
            told: explain(edition, &current.status, sort, Some((&line.tracks, now))),
            known: known_floors(env, line),
            moves: moves(env, now),
            asked: offered_nothing(env, now),
            now,
            until: env.deleted.map_or(now, |deleted| deleted.latest().min(now)),
        })
    }

    /// K14: what was not offered then was not there; at most what was made since may be. What sleeps was never to be offered (K6). A
    /// service that was asked on the first day spoke of that moment alone: a moment later everything since the creation may be there.
    fn none_before(&self) -> Option<DateTime<Utc>> {
        let nothing_slept =
            self.sort == Sort::System && said_nothing_yet(self.env) && !may_have_been_production(self.env);
        // By the hint it was asked earlier: what was made since then is possible.
        let (asked, hint) = self.asked.filter(|_| nothing_slept)?;
        let asked = hint.unwrap_or(asked);
        if asked >= self.now {
            return Some(asked);
        }
        let day = self.edition.first_day;
        let was_young = |at: DateTime<Utc>| asked < later(at, day);
        match plausible(self.env.created.get()) {
            Some(created) => (!was_young(created)).then_some(asked),
            // If it was in its first day then, that began less than a day before.
            None if existed_by(self.env, self.now, None).is_none_or(was_young) => Some(earlier(asked, day)),
            None => Some(asked),
        }
    }

    /// What no period can reach behind (UTC), with what a Sandbox reported or without it.
    pub fn surely_nothing_before(&self, of_sandbox: bool) -> Option<DateTime<Utc>> {
        let facts = self.known.iter().filter(|k| of_sandbox || !k.of_sandbox).map(|k| k.at);
        facts.chain(self.moves.iter().map(|m| m.perhaps_after)).chain(self.none_before()).max()
    }

    /// Every span's cut for the point `p`; `None` where nothing holds now. The cut of today comes first.
    pub fn cuts(&self, bound: Bound, p: DateTime<Utc>) -> Option<Vec<Candidate>> {
        let days = bound.days(self.current, p)?;
        let today = floor(self.now, Some(days));
        let mut reasons = self.reasons_of(bound);
        if let Some(word) = self.line.word.as_ref().filter(|_| self.current.is_offered(bound, p)) {
            reasons.insert(0, word.reason());
        } else if let Some(first) = reasons.first_mut() {
            first.cause = Cause::BackTo(Box::new(first.cause.clone()), today);
        }
        let mut all = vec![Candidate { at: today, reasons }];
        let past = bound.past();
        for (span, end) in self.line.until(self.now) {
            let days = past.days(span, p);
            let at = floor(end, days);
            if at > today {
                all.push(Candidate { at, reasons: vec![explain_past(self.line, span, end, (past, days), at)] });
            }
        }
        Some(all)
    }

    fn reasons_of(&self, bound: Bound) -> Vec<Reason> {
        self.told.iter().filter(|t| t.both || bound == Bound::Guaranteed).map(|t| t.reason.clone()).collect()
    }

    /// Where the sure bound lies (UTC), and why; where nothing says why, what is `unproven` does, and the periods.
    pub fn settle_sure(
        &self,
        sure: Option<Vec<Candidate>>,
        unproven: Vec<Reason>,
    ) -> (Option<DateTime<Utc>>, Vec<Reason>) {
        let (from, mut reasons) = settle(sure, self.until);
        if reasons.is_empty() {
            reasons = unproven;
            reasons.extend(self.reasons_of(Bound::Guaranteed));
        }
        (from, reasons)
    }

    /// Why a possible bound lies where it does; where nothing says why, the periods do.
    pub fn settle_possible(&self, possible: Option<Vec<Candidate>>) -> Vec<Reason> {
        let (_, reasons) = settle(possible, self.until);
        if reasons.is_empty() { self.reasons_of(Bound::Possible) } else { reasons }
    }
}

/// The candidates of both bounds; `None` where nothing holds.
pub(super) struct Bounds {
    pub sure: Option<Vec<Candidate>>,
    pub possible: Option<Vec<Candidate>>,
    /// Why nothing is sure, whatever the periods say.
    pub unproven: Vec<Reason>,
    /// The facts beside those of the periods whose answer would move a bound.
    pub asks: Vec<FactKey>,
    /// The end of what is or may be its first day (K14). UTC.
    pub waits_until: Option<DateTime<Utc>>,
}

impl Bounds {
    /// `begins`: the oldest point that can be chosen; `evidence`: the earliest instant at which it is known to have existed. UTC.
    pub fn new(ground: &Ground, begins: Option<DateTime<Utc>>, evidence: Option<DateTime<Utc>>) -> Self {
        // The periods differ for points that sleep or were offered: those that hold where the window begins are told.
        let told_at = begins.unwrap_or(ground.until);
        let mut bounds = Self {
            sure: ground.cuts(Bound::Guaranteed, told_at),
            possible: ground.cuts(Bound::Possible, told_at),
            unproven: Vec::new(),
            asks: Vec::new(),
            waits_until: None,
        };
        bounds.cut_by_facts(ground);
        bounds.cut_by_moves(ground);
        if plausible(ground.env.created.get()).is_none() {
            bounds.cut_by_evidence(evidence);
        }
        bounds.wait_for_the_first(ground, evidence);
        bounds.cut_by_offer(ground, begins);
        bounds
    }

    /// K8, K10. Behind the cut of today and before those of the past: the more telling of two at the same instant comes first.
    fn cut_by_facts(&mut self, ground: &Ground) {
        for known in &ground.known {
            let cuts_possible = !known.of_sandbox || ground.current.is_sandbox();
            let bounds = [Some(&mut self.sure), cuts_possible.then_some(&mut self.possible)];
            for all in bounds.into_iter().flatten().flatten() {
                if binds(all, known.at) {
                    all.insert(1, Candidate { at: known.at, reasons: vec![known.reason.clone()] });
                }
            }
        }
    }

    /// T2.
    fn cut_by_moves(&mut self, ground: &Ground) {
        for moved in &ground.moves {
            for (all, at) in [(&mut self.sure, moved.surely_after), (&mut self.possible, moved.perhaps_after)] {
                if let Some(all) = all.as_mut().filter(|all| binds(all, at)) {
                    all.push(Candidate { at, reasons: vec![moved.reason(at)] });
                }
            }
        }
    }

    /// K8, where it is not known when it was created: what is sure begins with the first proof that it existed.
    fn cut_by_evidence(&mut self, evidence: Option<DateTime<Utc>>) {
        let matters = |all: &Vec<Candidate>| evidence.is_none_or(|e| top(all).is_none_or(|top| e > top));
        if self.possible.as_ref().is_some_and(matters) {
            self.asks.push(FactKey::Created);
        }
        match (evidence, &mut self.sure) {
            (Some(at), Some(sure)) => {
                sure.push(Candidate { at, reasons: vec![Reason::of(RuleId::K8, Cause::ThereBy(at))] });
            }
            (None, sure) => {
                if sure.take().is_some() {
                    self.unproven.push(Reason::of(RuleId::K8, Cause::NeverProven));
                }
            }
            (Some(_), None) => {}
        }
    }

    /// K14: nothing is sure of what may have no point yet.
    fn wait_for_the_first(&mut self, ground: &Ground, evidence: Option<DateTime<Utc>>) {
        let Ground { edition, env, now, .. } = *ground;
        let never = never_shown(edition, env, evidence, now);
        let age_decides = matches!(never, Some(NothingYet::NeverShown { surely_old: false, .. }));
        if age_decides && !self.asks.contains(&FactKey::Created) {
            self.asks.push(FactKey::Created);
        }
        let nothing_yet = never.or_else(|| first_day(edition, env, ground.line, evidence, now));
        let Some(why) = nothing_yet.or(ground.asked.map(|(asked, _)| NothingYet::Asked(asked))) else { return };
        let Some(sure) = &mut self.sure else { return };
        match why {
            NothingYet::Asked(at) if at < now => {
                if binds(sure, at) {
                    sure.push(Candidate { at, reasons: vec![not_yet(why)] });
                }
            }
            _ => {
                self.sure = None;
                self.waits_until = why.ends();
                self.unproven.push(not_yet(why));
            }
        }
    }

    /// What the service offered says more than the periods: that nothing was there (K14), or that nothing older was (K15).
    fn cut_by_offer(&mut self, ground: &Ground, begins: Option<DateTime<Utc>>) {
        let Some(possible) = &mut self.possible else { return };
        if let (Some(at), Some((asked, hint))) = (ground.none_before(), ground.asked)
            && top(possible).is_none_or(|top| top <= at)
        {
            let why = hint.map_or(NothingYet::Asked(asked), NothingYet::Hinted);
            possible.insert(0, Candidate { at, reasons: vec![not_yet(why)] });
        }
        if let (Some(word), Some(begins)) = (&ground.line.word, begins)
            && top(possible).is_none_or(|top| top < begins)
        {
            possible.push(Candidate { at: begins, reasons: vec![word.reason()] });
        }
    }
}

fn not_yet(why: NothingYet) -> Reason {
    Reason::of(RuleId::K14, Cause::NothingYet(why))
}

/// Only what cuts at least as deep as the rule of today, which comes first, is worth a word.
fn binds(all: &[Candidate], at: DateTime<Utc>) -> bool {
    all.first().is_none_or(|today| today.at <= at)
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
