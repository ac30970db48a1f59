//! Points that last longer than the rule of their moment says: those that sleep in a Sandbox that was a Production environment
//! (K6), and those that the service itself offered (K15).

use super::super::edition::all_choices;
use super::super::environment::{Environment, Kind};
use super::super::rule::RuleId;
use super::floors::plausible;
use super::table::{Days, Status};
use super::timeline::{FactStep, Track, Tracks, floor};
use super::{Cause, Reason};
use chrono::{DateTime, TimeDelta, Utc};

/// Why points last longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// They are from before the switch to Sandbox: they cannot be chosen, and their old period goes on (K6).
    Asleep,
    /// The service offered them (K15).
    Offered,
}

/// Points made from `from` on (`None`: since ever) and before `before`, and the days that they last. All UTC.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Longer {
    pub from: Option<DateTime<Utc>>,
    pub before: DateTime<Utc>,
    pub days: u32,
    pub why: Why,
}

impl Longer {
    pub fn holds(&self, point: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= point) && point < self.before
    }
    /// Whether any of the points is alive at `at`, as far as these days go.
    pub fn any_left(&self, at: DateTime<Utc>) -> bool {
        floor(at, Some(self.days)) < self.before
    }
}

/// The points that the service offered, as long as nothing has happened since that the rules judge (K15).
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// The oldest point that it offered, and when it did. UTC.
    pub from: DateTime<Utc>,
    pub asked: DateTime<Utc>,
    /// The period that was printed, or the longest that there is.
    pub days: u32,
    /// A switch, a lowering or a deletion after the reading: from here on the rules alone judge. UTC.
    ends: Option<DateTime<Utc>>,
}

/// The days that an offered point is possible for where the service printed none (K15).
fn longest() -> u32 {
    all_choices().last().unwrap_or_default()
}

impl Word {
    /// What the service offered to restore; `None` where it was not asked, or offered nothing.
    pub fn of(env: &Environment, tracks: &Tracks, now: DateTime<Utc>) -> Option<Self> {
        let reading = env.reading?;
        // Nobody was asked later than now.
        let asked = plausible(Some(&reading.asked))?.min(now);
        let from = plausible(reading.offered.from.as_ref()).filter(|from| *from <= asked)?;
        let days = reading.offered.period_days.unwrap_or(longest());
        Some(Self { from, asked, days, ends: judged_anew(tracks, asked, days) })
    }

    /// Where what it says begins and ends, as cuts of the line.
    pub fn cuts(&self) -> impl Iterator<Item = DateTime<Utc>> {
        std::iter::once(self.asked).chain(self.ends)
    }

    /// What it says of the stretch from `start` on, which no cut divides. What was offered was there at that moment, whatever
    /// happened before.
    pub fn at(&self, start: Option<DateTime<Utc>>, status: &Status) -> Option<Longer> {
        let asked = self.asked;
        let over = self.ends.is_some_and(|ends| start.is_some_and(|start| start >= ends));
        if over || status.dataverse.only() == Some(&false) {
            return None;
        }
        let days = if start.is_some_and(|start| start >= asked) { self.days } else { u32::MAX };
        let before = asked.checked_add_signed(TimeDelta::nanoseconds(1)).unwrap_or(asked);
        Some(Longer { from: Some(self.from), before, days, why: Why::Offered })
    }

    /// Why a point that no rule reaches is possible all the same.
    pub fn reason(&self) -> Reason {
        let Word { from, asked, days, .. } = *self;
        Reason::of(RuleId::K15, Cause::Offered { from, asked, days })
    }

    pub fn is_before(&self, start: Option<DateTime<Utc>>) -> bool {
        start.is_none_or(|start| start < self.asked)
    }
}

/// When a switch, a lowering or a deletion that surely came after `asked` has settled: from then on the rules judge, and not
/// what the service offered at `asked` (K15). `days` is the period that it printed. All UTC.
fn judged_anew(tracks: &Tracks, asked: DateTime<Utc>, days: u32) -> Option<DateTime<Utc>> {
    fn after<T: Clone + PartialEq>(
        track: &Track<T>,
        asked: DateTime<Utc>,
        counts: impl Fn(&FactStep<T>) -> bool,
    ) -> impl Iterator<Item = DateTime<Utc>> {
        // A change noticed between two imports lies after its earliest instant.
        let later = |s: &&FactStep<T>| s.not_before >= asked && s.at > asked;
        let counted = track.steps.iter().filter(later).filter(|s| counts(s));
        counted.filter_map(|s| track.holds_from(s)).collect::<Vec<_>>().into_iter()
    }
    // From what was not known nothing is concluded.
    fn told<T>(s: &FactStep<T>) -> bool {
        s.from.is_some()
    }
    let fell = |s: &FactStep<bool>| s.from == Some(true) && !s.to;
    let lower = |s: &FactStep<u32>| s.to < days || s.from.is_some_and(|from| s.to < from);
    after(&tracks.kind, asked, told)
        .chain(after(&tracks.dynamics, asked, fell))
        .chain(after(&tracks.managed, asked, fell))
        .chain(after(&tracks.setting, asked, lower))
        .chain(after(&tracks.dataverse, asked, told))
        .chain(after(&tracks.deleted, asked, |s| s.to))
        .min()
}

/// What may be asleep at the end of a stretch if the next one is a Sandbox, and how long it may last.
#[derive(Default)]
pub(super) struct Asleep(Vec<Longer>);

impl Asleep {
    /// What of it lasts longer than `days` in a stretch of this status.
    pub fn in_span(&self, status: &Status, days: Days) -> Vec<Longer> {
        // Without a database there is nothing that could come back.
        let longer = |l: &&Longer| days.possible.is_some_and(|possible| possible < l.days);
        if status.kind.may_be(&Kind::Sandbox) { self.0.iter().filter(longer).cloned().collect() } else { Vec::new() }
    }

    /// Takes in the stretch up to `end`: a point that was made while it was, or may have been, a Production environment takes
    /// its period along into the Sandbox; one that was made in a Sandbox has nothing to take along.
    pub fn pass(&mut self, status: &Status, days: Days, word: Option<&Longer>, end: Option<DateTime<Utc>>) {
        let mut next = Vec::new();
        let (Some(possible), Some(end)) = (days.possible.or(word.map(|w| w.days)), end) else {
            self.0.clear();
            return;
        };
        if status.kind.may_be(&Kind::Production) {
            next.push(Longer { from: None, before: end, days: possible, why: Why::Asleep });
            next.extend(word.map(|w| Longer { why: Why::Asleep, ..w.clone() }));
        }
        if status.kind.may_be(&Kind::Sandbox) {
            next.append(&mut self.0);
        }
        self.0 = next;
    }
}
