//! Onto what: how many environments, which is the best, and what is left where there is none.

use super::super::eligibility::{AtThisMoment, Outcome, PairNow, TargetCounts};
use super::back::Back;
use super::{Obstacle, Outlook};

/// Onto what an environment can be restored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Onto {
    /// How its targets stand, itself counted as one of them; those that are no longer listed are left out.
    pub tally: TargetCounts,
    /// Itself is one that is sure.
    pub itself: bool,
    /// The best other ones, as places in `tenant.environments`.
    pub best: Vec<usize>,
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
        let left = if ways.through_sandbox == Some(Outcome::Eligible) {
            Some(Left::ThroughSandbox)
        } else if !ways.closed && ways.beside == Outcome::Eligible {
            Some(Left::New)
        } else {
            None
        };
        // What may occupy the source may stop all of them.
        let in_doubt = self.obstacles.iter().any(|(_, obstacle)| {
            matches!(
                obstacle,
                Obstacle::Reported(_)
                    | Obstacle::PerhapsOccupied(_)
                    | Obstacle::LeftDisabled
                    | Obstacle::Unlisted { .. }
            )
        });
        let now = if in_doubt { AtThisMoment::Doubtful } else { AtThisMoment::Open };
        let (eligible, mut tally) = (ways.targets.eligible, TargetCounts::default());
        if ways.closed {
            // R20: it is the source of none; only a retry onto itself is left.
            tally.not_now = eligible;
        } else {
            tally.add(PairNow::of(Outcome::Eligible, now), ways.free);
            tally.perhaps += eligible.saturating_sub(ways.free + ways.stopped);
            tally.not_now = ways.stopped;
        }
        tally.perhaps += ways.targets.unknown;
        tally.no = ways.targets.refused;
        let itself = PairNow::of(ways.itself, now);
        tally.add(itself, 1);
        let best = if tally.yes > 0 { ways.examples.clone() } else { Vec::new() };
        Onto { tally, itself: itself == PairNow::Yes, best, left, none: None }
    }

    /// What stops every restore; of several what tells most about the targets.
    fn hindrance(&self) -> Option<&Obstacle> {
        let stops = || self.obstacles.iter().filter(|(back, _)| *back == Back::Not).map(|(_, obstacle)| obstacle);
        let tells = |o: &&Obstacle| matches!(o, Obstacle::NoDataverse | Obstacle::NoWay(_));
        stops().find(tells).or_else(|| stops().next())
    }
}
