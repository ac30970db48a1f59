//! What can be brought back, and by which ways.

use super::super::eligibility::{Counts, Outcome};
use super::super::environment::Environment;
use super::super::restore::SAFE_LEAD;
use super::super::retention::Window;
use chrono::{DateTime, Utc};

/// Whether an environment can be brought back; ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Back {
    /// Points that reach back a day or more are guaranteed, a way is open that needs nothing to be made first, and nothing stops
    /// it at this moment.
    Surely,
    /// Something of that is not sure, and no fact that anybody could answer about the environment decides it.
    Possibly,
    /// A fact is unknown that decides.
    NotKnown,
    /// Nothing is kept, no way is open, or something stops every restore at this moment.
    Not,
}

/// The ways back of an environment. Ways onto another environment that is there already are told apart from the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Ways {
    /// The *other* living environments as its targets.
    pub targets: Counts,
    /// How many of the eligible ones nothing occupies.
    pub free: usize,
    /// How many of the eligible ones are surely stopped at this moment; whether the rest are, nobody knows (T9, R20).
    pub stopped: usize,
    /// A few of the eligible ones, the best first, as places in `tenant.environments`.
    pub examples: Vec<usize>,
    pub itself: Outcome,
    /// R16: through Sandbox and back, for points of the past seven days. `None`: it is no Production environment.
    pub through_sandbox: Option<Outcome>,
    /// R17: onto an environment that has to be created first; never counted as sure.
    pub beside: Outcome,
    /// T9, R20: a failed restore left it disabled, so that at this moment it is the source of none: all ways but those onto
    /// itself are closed until that is mended.
    pub closed: bool,
}

impl Ways {
    /// The best outcome of all ways.
    pub fn best(&self) -> Outcome {
        let targets = match self.targets {
            Counts { eligible: 1.., .. } => Outcome::Eligible,
            Counts { unknown: 1.., .. } => Outcome::Unknown,
            _ => Outcome::Refused,
        };
        targets.min(alone(self.itself, self.through_sandbox, self.beside))
    }

    /// Whether a way is open for which nothing has to be made first: onto itself, through Sandbox, or onto a free target.
    pub fn is_sure(&self) -> bool {
        self.free > 0 || self.onto_itself()
    }

    /// Whether one of these takes every point, and not those of the past seven days alone (R16).
    pub(in super::super) fn is_sure_of_all(&self) -> bool {
        self.free > 0 || self.itself == Outcome::Eligible
    }

    /// Whether an environment that has to be created first is the only way.
    pub(super) fn is_only_new(&self) -> bool {
        self.beside == Outcome::Eligible
            && self.targets.eligible + self.targets.unknown == 0
            && self.itself == Outcome::Refused
            && self.through_sandbox.is_none_or(|way| way == Outcome::Refused)
    }

    /// Whether it can be restored onto itself, also through Sandbox.
    pub(super) fn onto_itself(&self) -> bool {
        self.itself == Outcome::Eligible || self.through_sandbox == Some(Outcome::Eligible)
    }
}

/// The best of the ways for which no other environment is needed that is there already.
pub(super) fn alone(itself: Outcome, through_sandbox: Option<Outcome>, beside: Outcome) -> Outcome {
    [itself, beside].into_iter().chain(through_sandbox).min().unwrap_or(Outcome::Refused)
}

/// Whether there is a point to go back to. A guarantee that does not reach back a day promises nothing to somebody who notices
/// a mishap the next morning, unless the environment itself is as young.
pub(in crate::domain) fn point(env: &Environment, window: &Window, now: DateTime<Utc>) -> Back {
    let a_day_ago = now.checked_sub_signed(SAFE_LEAD).unwrap_or(now);
    let young = env.created.get().is_some_and(|at| *at > a_day_ago);
    match (window.guaranteed_from, window.possible_from) {
        (Some(from), _) if from <= a_day_ago || young => Back::Surely,
        (Some(_), _) => Back::Possibly,
        // Facts that would make something sure.
        (None, _) if !window.asks.is_empty() => Back::NotKnown,
        (None, Some(_)) => Back::Possibly,
        (None, None) => Back::Not,
    }
}
