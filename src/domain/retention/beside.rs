//! Two windows side by side: the one comparison by which every screen tells whether they are the same.

use super::reach::{Certainty, Window};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// From `from` on and before `until` (UTC) every point is as sure as `one` in the one window and as `other` in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub one: Certainty,
    pub other: Certainty,
}

impl Window {
    /// Where the certainty of its points may change: its bounds, and those of the gaps inside it. UTC.
    fn edges(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let own = [self.dormant_from, self.possible_from, self.guaranteed_from, Some(self.until)].into_iter().flatten();
        own.chain(self.gaps.iter().flat_map(|gap| [gap.from, gap.before]))
    }

    /// Both windows cut into stretches of one certainty each, oldest first.
    pub fn beside(&self, other: &Window) -> Vec<Beside> {
        let mut edges: Vec<DateTime<Utc>> = self.edges().chain(other.edges()).collect();
        edges.order();
        edges.dedup();
        let pairs = edges.iter().copied().zip(edges.iter().copied().skip(1));
        pairs
            .map(|(from, until)| Beside { from, until, one: self.certainty(from), other: other.certainty(from) })
            .collect()
    }

    /// Whether every point is as sure in the other, and good for the same. Reasons are not looked at.
    pub fn keeps_the_same(&self, other: &Window) -> bool {
        let last = |w: &Window| (w.until, w.usage, w.certainty(self.until));
        last(self) == last(other) && self.beside(other).iter().all(|b| b.one == b.other)
    }

    /// The first stretch of points (UTC, not after the end of either) that the other window has lost: they can be chosen in this one
    /// and not there, or they sleep here, and may come back (K6), and are gone there.
    pub fn first_lost(&self, other: &Window) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let left = |c| match c {
            Certainty::Guaranteed | Certainty::Possible => 2,
            Certainty::Dormant => 1,
            Certainty::Gone | Certainty::Future => 0,
        };
        let end = self.until.min(other.until);
        let lost = self.beside(other).into_iter().filter(|b| b.from < end && left(b.one) > left(b.other));
        lost.fold(None, |found, b| match found {
            None => Some((b.from, b.until)),
            Some((from, until)) if until == b.from => Some((from, b.until)),
            found => found,
        })
    }
}
