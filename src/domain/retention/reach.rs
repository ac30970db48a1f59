//! How far back an environment can be brought: what every answer of this room is made of.

use super::super::environment::FactKey;
use super::super::rule::RuleId;
use super::alive::Stretch;
use super::cause::Reason;
use super::timeline::{Bound, Span};
use chrono::{DateTime, Utc};

/// Days of retention that hold at one moment: what is sure and what is possible. `possible >= guaranteed`.
#[derive(Clone, Debug, PartialEq)]
pub struct Retention {
    pub guaranteed_days: u32,
    pub possible_days: u32,
    /// Why, one reason per rule that shaped the two numbers.
    pub reasons: Vec<Reason>,
    /// The facts whose answer would settle the difference.
    pub asks: Vec<FactKey>,
}

/// What a window is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Its points can be restored (onto something; see eligibility).
    Restorable,
    /// Kept, but not restorable this way (Default, trials): never a promise.
    KeptOnly,
    /// Onto itself only (Teams).
    OntoItselfOnly,
    /// The kind is unknown, so what its points are good for is unknown too.
    Unknown,
    /// Nothing is kept.
    Nothing,
}

/// The window of restorable time: `[guaranteed_from, until]` is sure, `[possible_from, guaranteed_from)` is only possible.
/// All instants UTC.
///
/// `guaranteed_from == None` means nothing is guaranteed; `possible_from == None` means nothing is possible either.
/// Invariants: `possible_from <= guaranteed_from <= until`; a guaranteed window implies a possible one.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub possible_from: Option<DateTime<Utc>>,
    pub guaranteed_from: Option<DateTime<Utc>>,
    pub until: DateTime<Utc>,
    /// Points from here to `possible_from` cannot be chosen while this is a Sandbox, but may come back when it is switched
    /// back to Production (K6).
    pub dormant_from: Option<DateTime<Utc>>,
    /// Points in between, oldest first, that are not what the bounds say: what was made in a Sandbox is gone after its days while
    /// what was made before the switch sleeps (K6), and what was made since the service was asked it has not offered (K15).
    pub gaps: Vec<Gap>,
    pub usage: Use,
    /// The retention that holds now.
    pub retention: Retention,
    /// Why `guaranteed_from` is where it is; the rule that binds comes first.
    pub guaranteed_reasons: Vec<Reason>,
    /// Why `possible_from` is where it is; the rule that binds comes first.
    pub possible_reasons: Vec<Reason>,
    /// The points that no rule keeps, only the service's own word (K15), oldest first, and how that is said.
    pub(super) offered: Option<(Vec<Stretch>, Reason)>,
    /// The facts whose answer would move a bound.
    pub asks: Vec<FactKey>,
    /// What holds from now on if nothing changes: a changed setting may still be settling (K4).
    pub(super) ahead: Vec<Span>,
    /// Nothing is promised before this, the end of what is or may be its first day (K14). UTC.
    pub(super) waits_until: Option<DateTime<Utc>>,
    /// When nothing of it is left whatever the periods say: it is deleted, and can then no longer be recovered (X1). UTC.
    pub(super) over: Option<DateTime<Utc>>,
    /// Before this everything surely belongs to a region that it has left (T2). UTC.
    pub(super) moved: Option<DateTime<Utc>>,
}

/// Points inside the bounds of a window that cannot be chosen: from `from` on and before `before`, both UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub from: DateTime<Utc>,
    pub before: DateTime<Utc>,
    /// They sleep (K6); else they are gone.
    pub asleep: bool,
    /// Why, where they are gone; what binds comes first.
    pub reasons: Vec<Reason>,
}

/// How sure a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    Guaranteed,
    /// May already be gone.
    Possible,
    /// Cannot be chosen while this is a Sandbox, but may come back when it is switched back to Production (K6). Not gone.
    Dormant,
    /// Before the window, or nothing is kept. What is gone never comes back.
    Gone,
    /// After the end of the window.
    Future,
}

impl Window {
    /// Why the point at `at` (UTC) cannot be restored although the service may keep it: it is from before a move to another
    /// region (T2). `None` where that is not what bounds it.
    pub fn of_old_region(&self, at: DateTime<Utc>) -> Option<&Reason> {
        let before = self.certainty(at) == Certainty::Gone;
        let moved = before && self.moved.is_some_and(|moved| at < moved);
        self.possible_reasons.iter().find(|r| moved && r.is_of(RuleId::T2))
    }

    fn gap(&self, at: DateTime<Utc>) -> Option<&Gap> {
        self.gaps.iter().find(|gap| gap.from <= at && at < gap.before)
    }

    /// Why the point at `at` (UTC) is as sure as it is. Of one that is only possible, what makes it uncertain comes first, and then
    /// what it is possible by where no rule reaches it (K15).
    pub fn why(&self, at: DateTime<Utc>) -> Vec<Reason> {
        match self.certainty(at) {
            Certainty::Guaranteed => self.guaranteed_reasons.clone(),
            Certainty::Possible => {
                let word = self.possible_reasons.iter().filter(|r| r.is_of(RuleId::K15));
                let offered = self.offered.iter().filter(|(points, _)| points.iter().any(|s| s.holds(at)));
                let word = word.chain(offered.map(|(_, reason)| reason));
                let all = self.guaranteed_reasons.iter().chain(word).cloned();
                all.fold(Vec::new(), |mut told, r| {
                    if !told.contains(&r) {
                        told.push(r);
                    }
                    told
                })
            }
            Certainty::Gone => match self.gap(at) {
                Some(gap) => gap.reasons.clone(),
                None => self.possible_reasons.clone(),
            },
            Certainty::Dormant | Certainty::Future => self.possible_reasons.clone(),
        }
    }

    /// Whether what it keeps can be restored in no way of the page (Default, trials): it is kept, and neither promised nor in doubt.
    /// What is deleted is recovered first.
    pub fn is_kept_only(&self) -> bool {
        self.usage == Use::KeptOnly && self.over.is_none()
    }

    /// The end (UTC) of what is, or may be, its first day, before which nothing is promised (K14); `None` where that is over.
    pub fn waits_until(&self) -> Option<DateTime<Utc>> {
        self.waits_until
    }

    /// Whether any point sleeps (K6).
    pub fn has_asleep(&self) -> bool {
        self.dormant_from.is_some() || self.gaps.iter().any(|gap| gap.asleep)
    }

    /// How sure the point at `at` (UTC) is. Both ends of the window are inside (K13).
    pub fn certainty(&self, at: DateTime<Utc>) -> Certainty {
        if at > self.until {
            Certainty::Future
        } else if self.guaranteed_from.is_some_and(|from| at >= from) {
            Certainty::Guaranteed
        } else if let Some(gap) = self.gap(at) {
            if gap.asleep { Certainty::Dormant } else { Certainty::Gone }
        } else if self.possible_from.is_some_and(|from| at >= from) {
            Certainty::Possible
        } else if self.dormant_from.is_some_and(|from| at >= from) {
            Certainty::Dormant
        } else {
            Certainty::Gone
        }
    }

    /// When the point at `at` (UTC) leaves the guaranteed and the possible window if nothing changes; a setting that is still
    /// settling (K4) is counted. The instants are the last ones at which it is still inside (K13). `None`: it is not inside.
    pub fn leaves(&self, at: DateTime<Utc>) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let until = |bound| earlier(super::timeline::leaves(&self.ahead, bound, at), self.over);
        match self.certainty(at) {
            Certainty::Guaranteed => (until(Bound::Guaranteed), until(Bound::Possible)),
            Certainty::Possible => (None, until(Bound::Possible)),
            Certainty::Dormant | Certainty::Gone | Certainty::Future => (None, None),
        }
    }

    /// The last instant (UTC) at which the point at `at` is not gone for good if nothing changes: until then a point that
    /// sleeps in a Sandbox may come back (K6). `None`: it is gone, or not there yet.
    pub fn lasts(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.certainty(at) {
            Certainty::Guaranteed | Certainty::Possible | Certainty::Dormant => {
                earlier(super::timeline::leaves(&self.ahead, Bound::Lasting, at), self.over)
            }
            Certainty::Gone | Certainty::Future => None,
        }
    }
}

/// The earlier of the two; only the second may be missing.
pub(super) fn earlier(at: Option<DateTime<Utc>>, over: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    at.map(|at| over.map_or(at, |over| at.min(over)))
}
