//! What was true of an environment when, as far as retention looks at it, and how long backups were kept at each moment.
//!
//! The line of time is cut into spans. In each span the facts, or the values that each may have had, stay the same, so the
//! days for which backups are kept stay the same. A point `p` is alive at `now` if and only if for every instant `t` from
//! `p` to `now` it was no older than the days of `t`: so what is alive begins at the greatest of `end of span - days of span`
//! over the spans up to `now`. That one sentence is K4, K5, K6 and K12: a fall cuts at once, and a rise revives nothing.

use super::super::edition::Edition;
use super::super::environment::{Environment, Kind};
use super::super::fact::Fact;
use super::super::history::{Change, Changed};
use super::super::instants::{earlier, later};
use super::longer::{Asleep, Longer, Why, Word};
use super::table::{Choice, Days, Sort, Status, days_of};
use crate::domain::order::Order as _;
use chrono::{DateTime, TimeDelta, Utc};
use std::borrow::Cow;

/// One change of one fact, while it is not certain whether the old or the new value holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FactStep<T> {
    pub not_before: DateTime<Utc>,
    pub at: DateTime<Utc>,
    /// From here on only the new value holds.
    pub settles: DateTime<Utc>,
    pub from: Option<T>,
    pub to: T,
    /// Whether it has the new value now is not known: it may have kept the old one.
    pub open: bool,
}

/// One fact over time, rebuilt from its changes and from what is known today.
#[derive(Clone, Debug)]
pub(super) struct Track<T> {
    /// Oldest first.
    pub steps: Vec<FactStep<T>>,
    today: Option<T>,
    /// Since when what is known today has been known.
    since: Option<DateTime<Utc>>,
}

impl<T: Clone + PartialEq> Track<T> {
    fn new(fact: &Fact<T>, mut steps: Vec<FactStep<T>>) -> Self {
        steps.order_by_key(|s| (s.at, s.not_before));
        Self { steps, today: fact.get().cloned(), since: fact.entry().map(|k| k.since) }
    }

    /// Where the values change.
    fn cuts(&self, out: &mut Vec<DateTime<Utc>>) {
        for s in &self.steps {
            out.extend([s.not_before, s.at, s.settles]);
        }
        if !self.steps.is_empty() {
            out.extend(self.since);
        }
    }

    /// The values that it may have from `at` to the next cut; `None` is before everything.
    fn values(&self, at: Option<DateTime<Utc>>) -> Choice<T> {
        let has_begun = |t: DateTime<Utc>| at.is_some_and(|at| t <= at);
        let mut values = Choice::none();
        let next = self.steps.iter().position(|s| !has_begun(s.at)).unwrap_or(self.steps.len());
        let last = next.checked_sub(1).and_then(|i| self.steps.get(i));
        match (last, self.steps.get(next)) {
            (None, None) => values.add(self.today.as_ref()),
            (None, Some(next)) => values.add(next.from.as_ref()),
            // A history that contradicts itself: either may be true.
            (Some(last), Some(next)) => {
                values.add(Some(&last.to));
                values.add(next.from.as_ref());
            }
            // What is known today counts from the moment it was told; before that it contradicts the history.
            (Some(last), None) => {
                values.add(self.today.as_ref());
                if self.since.is_none_or(|since| !has_begun(since)) {
                    values.add(Some(&last.to));
                }
            }
        }
        for s in self.moving(at) {
            values.add(s.from.as_ref());
            values.add(Some(&s.to));
        }
        values
    }

    /// From when on only the new value of a step holds, UTC. Where it is open that is when somebody told so; `None`: nobody has.
    pub fn holds_from(&self, step: &FactStep<T>) -> Option<DateTime<Utc>> {
        if !step.open {
            return Some(step.settles);
        }
        self.since.filter(|_| self.today.as_ref() == Some(&step.to)).map(|since| since.max(step.settles))
    }

    /// The changes that have begun and are not settled at `at`.
    pub fn moving(&self, at: Option<DateTime<Utc>>) -> impl Iterator<Item = &FactStep<T>> {
        self.steps.iter().filter(move |s| at.is_some_and(|at| s.not_before <= at && at < s.settles))
    }
}

/// The facts over time.
#[derive(Clone, Debug)]
pub(super) struct Tracks {
    pub kind: Track<Kind>,
    pub dynamics: Track<bool>,
    pub managed: Track<bool>,
    pub setting: Track<u32>,
    pub dataverse: Track<bool>,
    /// Whether it is deleted.
    pub deleted: Track<bool>,
}

impl Tracks {
    /// `now` (UTC) only bounds when a change can have begun: one that is recorded later than now (a clock was wrong) may have
    /// happened already.
    fn new(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Self {
        let history = &*one_after_the_other(&env.history);
        let deleted = match env.deleted {
            Some(when) => Fact::known(true, super::super::fact::Origin::Recorded, when.latest()),
            None => Fact::known(false, super::super::fact::Origin::Recorded, DateTime::<Utc>::MIN_UTC),
        };
        Self {
            kind: Track::new(
                &env.kind,
                steps(history, now, TimeDelta::zero(), |c| match c {
                    Changed::Kind { from, to } => Some((from.clone(), to.clone())),
                    _ => None,
                }),
            ),
            dynamics: Track::new(
                &env.dynamics,
                steps(history, now, TimeDelta::zero(), |c| match c {
                    Changed::Dynamics { from, to } => Some((*from, *to)),
                    // As if it were the opposite now: together with the unknown fact of today it may be either, while the
                    // time before keeps what it was.
                    Changed::DynamicsUnknown { from } => Some((Some(*from), !*from)),
                    _ => None,
                }),
            ),
            managed: Track::new(
                &env.managed,
                steps(history, now, TimeDelta::zero(), |c| match c {
                    Changed::Managed { from, to } => Some((*from, *to)),
                    // As with the apps.
                    Changed::ManagedUnknown { from } => Some((Some(*from), !*from)),
                    _ => None,
                }),
            ),
            setting: Track::new(
                &env.retention_setting,
                steps(history, now, edition.settling, |c| match c {
                    Changed::RetentionSetting { from, to } => Some((*from, *to)),
                    _ => None,
                }),
            ),
            dataverse: Track::new(
                &env.dataverse,
                steps(history, now, TimeDelta::zero(), |c| match c {
                    Changed::Dataverse { from, to } => Some((*from, *to)),
                    _ => None,
                }),
            ),
            deleted: Track::new(
                &deleted,
                steps(history, now, TimeDelta::zero(), |c| match c {
                    Changed::Deleted => Some((Some(false), true)),
                    Changed::Recovered => Some((Some(true), false)),
                    _ => None,
                }),
            ),
        }
    }

    fn cuts(&self) -> Vec<DateTime<Utc>> {
        let mut cuts = Vec::new();
        self.kind.cuts(&mut cuts);
        self.dynamics.cuts(&mut cuts);
        self.managed.cuts(&mut cuts);
        self.setting.cuts(&mut cuts);
        self.dataverse.cuts(&mut cuts);
        self.deleted.cuts(&mut cuts);
        cuts
    }

    fn status(&self, at: Option<DateTime<Utc>>) -> Status {
        Status {
            kind: self.kind.values(at),
            dynamics: self.dynamics.values(at),
            managed: self.managed.values(at),
            setting: self.setting.values(at),
            dataverse: self.dataverse.values(at),
            deleted: self.deleted.values(at),
        }
    }
}

/// The changes of one fact; one that changed nothing is none.
fn steps<T: PartialEq>(
    history: &[Change],
    now: DateTime<Utc>,
    settling: TimeDelta,
    read: impl Fn(&Changed) -> Option<(Option<T>, T)>,
) -> Vec<FactStep<T>> {
    let step = |c: &Change| {
        let (from, to) = read(&c.what).filter(|(from, to)| from.as_ref() != Some(to))?;
        let settles = later(c.at, settling);
        let open = matches!(c.what, Changed::DynamicsUnknown { .. } | Changed::ManagedUnknown { .. });
        Some(FactStep { not_before: c.not_before.min(c.at).min(now), at: c.at, settles, from, to, open })
    };
    history.iter().filter_map(step).collect()
}

/// Changes at one and the same instant (the clock of a rehearsal stands still) happened one after the other all the same, in the
/// order of the history: what was the case in between, if only for a moment, cuts like anything else. So all but the last are put
/// nanoseconds earlier.
fn one_after_the_other(history: &[Change]) -> Cow<'_, [Change]> {
    let mut sorted: Vec<&Change> = history.iter().collect();
    sorted.order_by_key(|c| c.at);
    if sorted.windows(2).all(|pair| matches!(pair, [a, b] if a.at < b.at)) {
        return Cow::Borrowed(history);
    }
    let mut next: Option<DateTime<Utc>> = None;
    let mut all: Vec<Change> = Vec::with_capacity(sorted.len());
    for change in sorted.into_iter().rev() {
        let mut change = change.clone();
        if let Some(next) = next.filter(|next| change.at >= *next) {
            change.at = next.checked_sub_signed(TimeDelta::nanoseconds(1)).unwrap_or(next);
            change.not_before = change.not_before.min(change.at);
        }
        next = Some(change.at);
        all.push(change);
    }
    all.reverse();
    Cow::Owned(all)
}

/// A stretch of time in which nothing changes. Half-open: it holds from `start` and no longer at `end`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    /// `None`: since ever.
    pub start: Option<DateTime<Utc>>,
    /// `None`: for ever.
    pub end: Option<DateTime<Utc>>,
    pub status: Status,
    pub days: Days,
    /// The points that last longer than the days say.
    pub longer: Vec<Longer>,
}

impl Span {
    /// Whether it is certainly a Sandbox.
    pub fn is_sandbox(&self) -> bool {
        self.status.kind.only() == Some(&Kind::Sandbox)
    }

    /// What makes the point `p` last longer than the days say, as far as the bound looks at it; the longest first.
    fn longer(&self, bound: Bound, p: DateTime<Utc>) -> Option<&Longer> {
        let counts = |l: &&Longer| match bound {
            Bound::Guaranteed => false,
            Bound::Possible => l.why == Why::Offered || !self.is_sandbox(),
            Bound::Lasting => true,
        };
        let all = self.longer.iter().filter(|l| l.holds(p) && Some(l.days) > self.days.possible);
        all.filter(counts).max_by_key(|l| l.days)
    }

    /// Whether the point `p` lasts as long as it does because the service offered it (K15).
    pub fn is_offered(&self, bound: Bound, p: DateTime<Utc>) -> bool {
        self.longer(bound, p).is_some_and(|l| l.why == Why::Offered)
    }
}

/// Which of the two bounds of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Guaranteed,
    /// What is not gone for good.
    Lasting,
    /// What can be chosen as well: in a Sandbox no more than the days of a Sandbox (K6).
    Possible,
}

impl Bound {
    /// What slept in a Sandbox is possible again afterwards (K6), so a Sandbox of the past cuts only what is guaranteed.
    pub fn past(self) -> Bound {
        if self == Bound::Possible { Bound::Lasting } else { self }
    }

    /// The days for which the span keeps the point `p`.
    pub fn days(self, span: &Span, p: DateTime<Utc>) -> Option<u32> {
        match self {
            Bound::Guaranteed => span.days.guaranteed,
            Bound::Lasting | Bound::Possible => span.longer(self, p).map(|l| l.days).or(span.days.possible),
        }
    }
}

/// The whole line, oldest first; it has no gap, and the last span never ends.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    pub tracks: Tracks,
    pub spans: Vec<Span>,
    /// What the service offered (K15).
    pub word: Option<Word>,
}

impl Timeline {
    pub fn new(edition: &Edition, env: &Environment, now: DateTime<Utc>, sort: Sort) -> Self {
        let tracks = Tracks::new(edition, env, now);
        let word = Word::of(env, &tracks, now);
        Self::built(edition, tracks, word, sort)
    }

    /// The same as if the service had offered nothing: what the rules alone keep.
    pub fn by_rules(&self, edition: &Edition, sort: Sort) -> Self {
        Self::built(edition, self.tracks.clone(), None, sort)
    }

    fn built(edition: &Edition, tracks: Tracks, word: Option<Word>, sort: Sort) -> Self {
        let mut cuts = tracks.cuts();
        cuts.extend(word.iter().flat_map(Word::cuts));
        cuts.order();
        cuts.dedup();
        let starts = std::iter::once(None).chain(cuts.iter().copied().map(Some));
        let ends = cuts.iter().copied().map(Some).chain(std::iter::once(None));
        let mut asleep = Asleep::default();
        let spans = starts
            .zip(ends)
            .map(|(start, end)| {
                let status = tracks.status(start);
                let days = days_of(edition, &status, sort);
                let offered = word.as_ref().and_then(|w| w.at(start, &status));
                let mut longer = asleep.in_span(&status, days);
                longer.extend(offered.clone());
                // What was there before the reading takes no more along than the rules give it.
                let along = offered.filter(|_| word.as_ref().is_some_and(|w| !w.is_before(start)));
                asleep.pass(&status, days, along.as_ref(), end);
                Span { start, end, status, days, longer }
            })
            .collect();
        Self { tracks, spans, word }
    }

    /// The spans that have begun by `now`, each with its end or `now`, whichever is earlier.
    pub fn until(&self, now: DateTime<Utc>) -> impl Iterator<Item = (&Span, DateTime<Utc>)> {
        self.spans
            .iter()
            .filter(move |s| s.start.is_none_or(|start| start <= now))
            .map(move |s| (s, s.end.map_or(now, |end| end.min(now))))
    }

    /// The span that `now` lies in.
    pub fn at(&self, now: DateTime<Utc>) -> Option<&Span> {
        self.spans.iter().rev().find(|s| s.start.is_none_or(|start| start <= now))
    }
}

/// The oldest instant that a span ending at `end` leaves alive.
pub(super) fn floor(end: DateTime<Utc>, days: Option<u32>) -> DateTime<Utc> {
    match days {
        None => end,
        Some(days) => earlier(end, TimeDelta::days(i64::from(days))),
    }
}

/// The last instant at which the point `p` is alive, by the spans given (which follow each other and reach beyond `p`); a
/// period that is `None` keeps nothing. `None`: it never is.
pub(super) fn leaves(spans: &[Span], bound: Bound, p: DateTime<Utc>) -> Option<DateTime<Utc>> {
    for span in spans.iter().filter(|s| s.end.is_none_or(|end| end > p)) {
        let begins = span.start.map_or(p, |start| start.max(p));
        let Some(days) = bound.days(span, p) else {
            return if begins == p { None } else { Some(begins) };
        };
        let last = later(p, TimeDelta::days(i64::from(days)));
        if span.end.is_none_or(|end| last < end) {
            return Some(last.max(begins));
        }
    }
    None
}
