//! Which points are alive. With points that sleep (K6) or that the service offered (K15) there may be holes between them.

use super::reach::Gap;
use super::timeline::{Bound, Timeline, floor};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// Points that are alive: from `from` on, before `before` (`None`: all later ones). UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub from: DateTime<Utc>,
    pub before: Option<DateTime<Utc>>,
}

impl Timeline {
    /// The points that are alive at `now`, oldest first, as far as the periods go: those from `known` on and not after `until`.
    /// What can be chosen now was not gone before, so a Sandbox of the past cuts only what it cut for good (K6).
    pub fn alive(
        &self,
        now: DateTime<Utc>,
        bound: Bound,
        known: Option<DateTime<Utc>>,
        until: DateTime<Utc>,
    ) -> Vec<Stretch> {
        // Points that no edge divides share their fate.
        let mut edges: Vec<DateTime<Utc>> =
            self.spans.iter().flat_map(|s| &s.longer).flat_map(|l| l.from.into_iter().chain([l.before])).collect();
        edges.order();
        edges.dedup();
        let starts = std::iter::once(None).chain(edges.iter().copied().map(Some));
        let ends = edges.iter().copied().map(Some).chain(std::iter::once(None));
        let mut alive: Vec<Stretch> = Vec::new();
        for (start, before) in starts.zip(ends) {
            let p = start.unwrap_or(DateTime::<Utc>::MIN_UTC);
            let Some(from) = self.floor_of(now, bound, p).into_iter().chain(start).chain(known).max() else { continue };
            if from > until || before.is_some_and(|before| from >= before) {
                continue;
            }
            match alive.last_mut().filter(|last| last.before == Some(from)) {
                Some(last) => last.before = before,
                None => alive.push(Stretch { from, before }),
            }
        }
        alive
    }

    /// The oldest instant that is alive at `now` by the days that hold for the point `p`.
    fn floor_of(&self, now: DateTime<Utc>, bound: Bound, p: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = self.at(now).map(|span| floor(now, bound.days(span, p)));
        let past = self.until(now).map(|(span, end)| floor(end, bound.past().days(span, p)));
        // A period of today that keeps nothing keeps not even the point of now.
        let nothing = self.at(now).is_some_and(|span| bound.days(span, p).is_none());
        if nothing { Some(DateTime::<Utc>::MAX_UTC) } else { today.into_iter().chain(past).max() }
    }
}

impl Stretch {
    pub fn holds(&self, point: DateTime<Utc>) -> bool {
        self.from <= point && point < self.end()
    }

    fn end(&self) -> DateTime<Utc> {
        self.before.unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// What is left of `all` without `part`, both oldest first.
pub(super) fn without(all: &[Stretch], part: &[Stretch]) -> Vec<Stretch> {
    let mut left = Vec::new();
    for stretch in all {
        let mut rest = *stretch;
        for out in part.iter().filter(|out| out.from < stretch.end() && out.end() > stretch.from) {
            if rest.from < out.from {
                left.push(Stretch { before: Some(out.from), ..rest });
            }
            rest.from = rest.from.max(out.end());
        }
        if rest.from < rest.end() {
            left.push(rest);
        }
    }
    left
}

/// Where points inside the bounds are not what the bounds say: gone between those that are alive, asleep among those that can be
/// chosen.
pub(super) fn gaps(asleep: &[Stretch], choosable: &[Stretch]) -> Vec<Gap> {
    let begins = choosable.first().map(|first| first.from);
    let mut all: Vec<(Stretch, bool)> = asleep.iter().map(|s| (*s, true)).collect();
    all.extend(choosable.iter().map(|s| (*s, false)));
    all.order_by_key(|(s, _)| s.from);
    let mut gaps = Vec::new();
    let mut end: Option<DateTime<Utc>> = None;
    for (stretch, asleep) in all {
        if let Some(from) = end.filter(|end| *end < stretch.from) {
            gaps.push(Gap { from, before: stretch.from, asleep: false, reasons: Vec::new() });
        }
        if asleep && begins.is_some_and(|begins| begins < stretch.from) {
            gaps.push(Gap { from: stretch.from, before: stretch.end(), asleep, reasons: Vec::new() });
        }
        end = Some(stretch.end());
    }
    if let Some(from) = end.filter(|end| *end < DateTime::<Utc>::MAX_UTC) {
        gaps.push(Gap { from, before: DateTime::<Utc>::MAX_UTC, asleep: false, reasons: Vec::new() });
    }
    gaps
}
