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
        for out in part {
            let until = out.from.min(stretch.end());
            if rest.from < until {
                left.push(Stretch { before: Some(until), ..rest });
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
    let mut all: Vec<(Stretch, bool)> = asleep.iter().map(|s| (*s, true)).collect();
    all.extend(choosable.iter().map(|s| (*s, false)));
    all.order_by_key(|(s, _)| s.from);
    let mut gaps = Vec::new();
    let mut end: Option<DateTime<Utc>> = None;
    // What sleeps before the first that can be chosen is no gap: the bounds say it.
    let mut begun = false;
    for (stretch, asleep) in all {
        if let Some(from) = end.filter(|end| *end < stretch.from) {
            gaps.push(Gap { from, before: stretch.from, asleep: false, reasons: Vec::new() });
        }
        if asleep && begun {
            gaps.push(Gap { from: stretch.from, before: stretch.end(), asleep, reasons: Vec::new() });
        }
        begun |= !asleep;
        end = Some(stretch.end());
    }
    if let Some(from) = end.filter(|end| *end < DateTime::<Utc>::MAX_UTC) {
        gaps.push(Gap { from, before: DateTime::<Utc>::MAX_UTC, asleep: false, reasons: Vec::new() });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    const HOURS: u32 = 6;

    fn at(hour: u32) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(i64::from(hour))
    }

    /// The hours whose bits are set; the last hour stands for all later ones.
    fn stretches(hours: u32) -> Vec<Stretch> {
        let is = |hour: u32| hours & (1 << hour) != 0;
        let begins = (0..HOURS).filter(|h| is(*h) && (*h == 0 || !is(h - 1)));
        begins.map(|h| Stretch { from: at(h), before: (h + 1..HOURS).find(|h| !is(*h)).map(at) }).collect()
    }

    fn hold(all: &[Stretch], hour: u32) -> bool {
        all.iter().any(|s| s.holds(at(hour)))
    }

    #[test]
    fn what_is_left_is_what_one_holds_and_the_other_does_not() {
        for (all, part) in (0..1 << HOURS).flat_map(|all| (0..1 << HOURS).map(move |part| (all, part))) {
            let left = without(&stretches(all), &stretches(part));
            assert!(left.iter().all(|s| s.from < s.end()), "{all:b} without {part:b}: {left:?}");
            for hour in 0..HOURS + 2 {
                let expect = hold(&stretches(all), hour) && !hold(&stretches(part), hour);
                assert_eq!(hold(&left, hour), expect, "{all:b} without {part:b} at {hour}: {left:?}");
            }
        }
    }

    #[test]
    fn gaps_are_what_is_not_what_the_bounds_say() {
        let both = |asleep: u32| (0..1 << HOURS).filter(move |other| asleep & other == 0).map(move |c| (asleep, c));
        for (asleep, choosable) in (0..1 << HOURS).flat_map(both) {
            let found = gaps(&stretches(asleep), &stretches(choosable));
            assert!(found.iter().all(|g| g.from < g.before), "{asleep:b} {choosable:b}: {found:?}");
            let (sleeps, begins) = (stretches(asleep), choosable.trailing_zeros());
            for hour in 0..HOURS + 2 {
                let gap = found.iter().find(|g| g.from <= at(hour) && at(hour) < g.before).map(|g| g.asleep);
                let expect = if hold(&sleeps, hour) {
                    (hour > begins).then_some(true)
                } else {
                    let begun = hour > (asleep | choosable).trailing_zeros();
                    (begun && !hold(&stretches(choosable), hour)).then_some(false)
                };
                assert_eq!(gap, expect, "{asleep:b} {choosable:b} at {hour}: {found:?}");
            }
        }
    }
}
