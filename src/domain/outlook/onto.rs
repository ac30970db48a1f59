//! Onto what: how many environments, which is the best, and what is left where there is none.

use super::super::eligibility::Outcome;
use super::back::Back;
use super::{Obstacle, Outlook};

/// Onto what an environment can be restored, itself counted as one of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Onto {
    /// So many, none of them occupied at this moment.
    pub sure: usize,
    /// Itself is one of these.
    pub itself: bool,
    /// The best other ones, as places in `tenant.environments`.
    pub best: Vec<usize>,
    /// So many more of which it is not known: a fact is missing, or the rules and what the service listed differ.
    pub unknown: usize,
    /// So many more that are occupied or left disabled at this moment (T9, R20).
    pub busy: usize,
    /// What is left where none of them is sure.
    pub left: Option<Left>,
    /// Why there is no restore at all; then nothing of the above counts.
    pub none: Option<Obstacle>,
}

/// A way for which no environment is needed that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// R16: through Sandbox and back.
    ThroughSandbox,
    /// R17: onto a new one.
    New,
}

impl Outlook {
    /// Onto what it can be restored today. It agrees with [`Outlook::today`]: a reason stands exactly where that is no.
    pub fn onto(&self) -> Onto {
        if self.today == Back::Not {
            return Onto { none: self.hindrance().cloned().or(Some(Obstacle::NoSurePoint)), ..Onto::default() };
        }
        let ways = &self.ways;
        let is = |outcome: Outcome, what: Outcome| usize::from(outcome == what);
        let itself = ways.itself == Outcome::Eligible;
        let left = if ways.through_sandbox == Some(Outcome::Eligible) {
            Some(Left::ThroughSandbox)
        } else if !ways.closed && ways.beside == Outcome::Eligible {
            Some(Left::New)
        } else {
            None
        };
        let unknown = is(ways.itself, Outcome::Unknown);
        if ways.closed {
            // R20: it is the source of none; only a retry onto itself is left.
            return Onto { sure: usize::from(itself), itself, unknown, left, ..Onto::default() };
        }
        Onto {
            sure: ways.free + usize::from(itself),
            itself,
            best: ways.examples.clone(),
            unknown: ways.targets.unknown + unknown,
            busy: ways.targets.eligible.saturating_sub(ways.free),
            left,
            none: None,
        }
    }

    /// What stops every restore; of several what tells most about the targets.
    fn hindrance(&self) -> Option<&Obstacle> {
        let stops = || self.obstacles.iter().filter(|(back, _)| *back == Back::Not).map(|(_, obstacle)| obstacle);
        let tells = |o: &&Obstacle| matches!(o, Obstacle::NoDataverse | Obstacle::NoWay(_));
        stops().find(tells).or_else(|| stops().next())
    }
}
