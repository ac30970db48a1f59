//! Histories made up by proptest, and worlds: one way in which everything that is unknown about a history may have been.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use restore_desk::domain::environment::{Environment, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};

/// Hours after 1 January 2026 00:00 UTC.
pub fn hour(h: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap() + TimeDelta::hours(h)
}

/// One change of one fact: earliest hour, latest hour, new value.
pub type Moves<T> = Vec<(i64, i64, T)>;

/// One fact: what it was first, how it changed, and whether today's value and the first one are known.
#[derive(Clone, Debug)]
pub struct Story<T> {
    pub first: T,
    pub first_known: bool,
    pub moves: Moves<T>,
    pub today_known: bool,
}

impl<T: Clone + PartialEq> Story<T> {
    pub fn today(&self) -> T {
        self.moves.last().map_or(self.first.clone(), |m| m.2.clone())
    }
    pub fn fact(&self) -> Fact<T> {
        let since = self.moves.last().map_or(hour(0), |m| hour(m.1));
        if self.today_known { Fact::known(self.today(), Origin::Import(1), since) } else { Fact::unknown() }
    }
    pub fn history(&self, what: impl Fn(Option<T>, T) -> Changed) -> Vec<Change> {
        let mut from = self.first_known.then(|| self.first.clone());
        let mut out = Vec::new();
        for (not_before, at, to) in &self.moves {
            out.push(Change { not_before: hour(*not_before), at: hour(*at), what: what(from, to.clone()) });
            from = Some(to.clone());
        }
        out
    }
}

pub fn story<T: Clone + std::fmt::Debug + PartialEq + 'static>(
    values: &'static [T],
) -> impl Strategy<Value = Story<T>> {
    let value = || select(values);
    let moves = prop::collection::vec((0..1500i64, prop_oneof![3 => Just(0i64), 1 => 0..60i64], value()), 0..4);
    (value(), any::<bool>(), moves, prop::bool::weighted(0.8)).prop_map(
        |(first, first_known, mut moves, today_known)| {
            moves.sort_by_key(|m| m.0);
            let mut clock = 0;
            let moves: Moves<T> = moves
                .into_iter()
                .map(|(start, width, to)| {
                    let not_before = start.max(clock);
                    clock = not_before + width;
                    (not_before, clock, to)
                })
                .collect();
            Story { first, first_known, moves, today_known }
        },
    )
}

#[derive(Clone, Debug)]
pub struct Plot {
    pub kind: Story<Kind>,
    pub dynamics: Story<bool>,
    pub managed: Story<bool>,
    pub setting: Story<u32>,
    pub dataverse: Story<bool>,
    pub deleted: Moves<bool>,
    pub created: Option<i64>,
    /// Evidence of existence.
    pub seen: Option<i64>,
    pub oldest: Option<i64>,
}

pub static KINDS: &[Kind] = &[
    Kind::Production,
    Kind::Production,
    Kind::Production,
    Kind::Sandbox,
    Kind::Sandbox,
    Kind::Developer,
    Kind::Teams,
    Kind::Default,
    Kind::Trial,
];
pub static EDITION_SETTINGS: &[u32] = &[7, 14, 21, 28];
pub static SETTINGS: &[u32] = &[7, 14, 21, 28, 7, 28, 10, 3];

pub fn plot() -> impl Strategy<Value = Plot> {
    let facts = (
        story(KINDS),
        story(&[true, false]),
        story(&[true, false]),
        story(SETTINGS),
        // Mostly with a database, else there is little to see.
        prop_oneof![
            5 => Just(Story { first: true, first_known: true, moves: vec![], today_known: true }),
            1 => story(&[true, false])
        ],
    );
    let deleted = prop_oneof![
        5 => Just(None),
        1 => (0..1500i64, 0..200i64, 0..40i64).prop_map(|(at, long, width)| Some((at, at + long, width)))
    ];
    let evidence =
        (prop::option::of(0..1500i64), prop::option::of(0..1500i64), prop::option::weighted(0.2, 0..1500i64));
    (facts, deleted, evidence).prop_map(
        |((kind, dynamics, managed, setting, dataverse), deleted, (created, seen, oldest))| {
            let deleted = deleted.map_or(vec![], |(d, r, w)| vec![(d, d, true), (r, r + w, false)]);
            Plot { kind, dynamics, managed, setting, dataverse, deleted, created, seen, oldest }
        },
    )
}

impl Plot {
    /// Whether two changes share an instant. In the worlds here they happen together; the engine takes them one after the other
    /// (see the timeline `at-the-same-instant`), which no such world can tell.
    pub fn has_two_at_one_instant(&self) -> bool {
        let mut at: Vec<_> = self.environment().history.into_iter().map(|c| c.at).collect();
        at.sort_unstable();
        at.windows(2).any(|pair| pair[0] == pair[1])
    }

    pub fn environment(&self) -> Environment {
        let mut e = Environment::new("e");
        e.kind = self.kind.fact();
        e.dynamics = self.dynamics.fact();
        e.managed = self.managed.fact();
        e.retention_setting = self.setting.fact();
        e.dataverse = self.dataverse.fact();
        let known = |h: Option<i64>| h.map_or(Fact::unknown(), |h| Fact::known(hour(h), Origin::Import(1), hour(h)));
        e.created = known(self.created);
        e.oldest_backup = known(self.oldest);
        e.existed_by = self.seen.map(hour);
        e.history.extend(self.kind.history(|from, to| Changed::Kind { from, to }));
        e.history.extend(self.dynamics.history(|from, to| Changed::Dynamics { from, to }));
        e.history.extend(self.managed.history(|from, to| Changed::Managed { from, to }));
        e.history.extend(self.setting.history(|from, to| Changed::RetentionSetting { from, to }));
        e.history.extend(self.dataverse.history(|from, to| Changed::Dataverse { from, to }));
        for (not_before, at, to) in &self.deleted {
            let what = if *to { Changed::Deleted } else { Changed::Recovered };
            e.history.push(Change { not_before: hour(*not_before), at: hour(*at), what });
        }
        e.history.sort_by_key(|c| c.at);
        e
    }
}

/// A small generator, so that a world is one number that proptest can shrink.
pub struct Dice(u64);
impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % below
    }
    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize].clone()
    }
}

/// One fact in one world: value by value, each from its hour on.
pub struct Line<T>(Vec<(i64, T)>);
impl<T: Clone> Line<T> {
    fn at(&self, h: i64) -> T {
        self.0.iter().rev().find(|(from, _)| *from <= h).expect("it begins before everything").1.clone()
    }
}
pub const EVER: i64 = -1_000_000;

pub fn line<T: Clone + PartialEq>(s: &Story<T>, any: &[T], settles: i64, dice: &mut Dice) -> Line<T> {
    let told = if s.moves.is_empty() { s.today_known } else { s.first_known };
    let first = if told { s.first.clone() } else { dice.pick(any) };
    let mut line = vec![(EVER, first)];
    for (not_before, at, to) in &s.moves {
        let happens = not_before + dice.roll((at - not_before + 1) as u64) as i64;
        let takes_hold = happens + dice.roll(settles as u64 + 1) as i64;
        line.push((takes_hold, to.clone()));
    }
    if !s.today_known && !s.moves.is_empty() {
        // Nobody knows what happened after the last change.
        let last = s.moves.last().unwrap().1;
        line.push((last + dice.roll(500) as i64, dice.pick(any)));
    }
    // A later change holds even where an earlier one took longer to apply.
    let order: Vec<_> = line.clone();
    line.sort_by_key(|l| l.0);
    let mut best = 0;
    let line = line
        .into_iter()
        .filter(|l| {
            let index = order.iter().position(|o| o.0 == l.0 && o.1 == l.1).unwrap();
            let holds = index >= best;
            best = best.max(index);
            holds
        })
        .collect();
    Line(line)
}

pub struct World {
    pub kind: Line<Kind>,
    pub dynamics: Line<bool>,
    pub managed: Line<bool>,
    pub setting: Line<u32>,
    pub dataverse: Line<bool>,
    pub deleted: Line<bool>,
    pub created: i64,
    pub switch_loses: bool,
    pub recovery_loses: bool,
    pub trials_are_kept: bool,
    pub manual_by_setting: bool,
    pub odd_setting: u64,
}

impl World {
    pub fn new(plot: &Plot, seed: u64) -> Self {
        let dice = &mut Dice(seed);
        // A change of it proves as much as being seen.
        let changes = plot.environment().history.into_iter().map(|c| (c.at - hour(0)).num_hours());
        let evidence = plot.seen.into_iter().chain(plot.oldest).chain(changes).min();
        World {
            kind: line(&plot.kind, KINDS, 0, dice),
            dynamics: line(&plot.dynamics, &[true, false], 0, dice),
            managed: line(&plot.managed, &[true, false], 0, dice),
            setting: line(&plot.setting, &[7, 14, 21, 28], 24, dice),
            dataverse: line(&plot.dataverse, &[true, false], 0, dice),
            deleted: line(
                &Story { first: false, first_known: true, moves: plot.deleted.clone(), today_known: true },
                &[],
                0,
                dice,
            ),
            created: plot.created.unwrap_or_else(|| match evidence {
                Some(e) => e - dice.roll(2000) as i64,
                None => 1600,
            }),
            switch_loses: dice.roll(2) == 0,
            recovery_loses: dice.roll(2) == 0,
            trials_are_kept: dice.roll(2) == 0,
            manual_by_setting: dice.roll(2) == 0,
            odd_setting: dice.roll(5),
        }
    }

    /// Days for which backups are kept at an hour; rules.md §3 written out, not the engine's tables.
    fn days(&self, edition: usize, manual: bool, h: i64) -> Option<i64> {
        if !self.dataverse.at(h) {
            return None;
        }
        let set = match i64::from(self.setting.at(h)) {
            ok @ (7 | 14 | 21 | 28) => ok,
            odd => [odd.min(7), 7, 14, 21, 28][self.odd_setting as usize],
        };
        let by_setting = if manual && edition == 0 && !self.manual_by_setting { 7.min(set) } else { set };
        match (self.kind.at(h), self.dynamics.at(h), self.managed.at(h)) {
            (Kind::Production, true, _) if edition < 2 => Some(28),
            (Kind::Production, _, true) => Some(by_setting),
            (Kind::Production, _, false) => Some(7),
            (Kind::Trial | Kind::TrialSubscription, ..) => {
                (edition == 0 && self.trials_are_kept && !manual).then_some(7)
            }
            _ => Some(7),
        }
    }

    /// Whether the point is alive at `now`. Between two events nothing changes, so it is enough to look where one ends.
    pub fn alive(&self, edition: usize, manual: bool, p: i64, now: i64) -> bool {
        if p < self.created || p > now {
            return false;
        }
        let mut events: Vec<i64> = [EVER, now].into_iter().collect();
        events.extend(self.kind.0.iter().map(|l| l.0));
        events.extend(self.dynamics.0.iter().map(|l| l.0));
        events.extend(self.managed.0.iter().map(|l| l.0));
        events.extend(self.setting.0.iter().map(|l| l.0));
        events.extend(self.dataverse.0.iter().map(|l| l.0));
        events.extend(self.deleted.0.iter().map(|l| l.0));
        events.retain(|e| *e <= now);
        events.sort_unstable();
        events.dedup();
        let mut before: Option<(Kind, Option<i64>)> = None;
        for (i, start) in events.iter().enumerate() {
            let end = events.get(i + 1).copied().unwrap_or(now);
            let kind = self.kind.at(*start);
            let mut days = self.days(edition, manual, *start);
            if let (Kind::Sandbox, Some((Kind::Production | Kind::Sandbox, held)), false) =
                (&kind, &before, self.switch_loses)
            {
                days = days.map(|d| held.map_or(d, |h| h.max(d)));
            }
            before = Some((kind, days));
            let lost = self.recovery_loses && self.deleted.at(*start);
            // The last span, at `now` itself, has no length and counts.
            if (end > p || *start == now) && (lost || days.is_none_or(|d| p + d * 24 < end.max(p))) {
                return false;
            }
        }
        true
    }
}

/// Points worth trying: around every edge that could matter.
pub fn points(plot: &Plot, now: i64) -> Vec<i64> {
    let mut edges = vec![now];
    let mut add = |moves: &[(i64, i64)]| edges.extend(moves.iter().flat_map(|(a, b)| [*a, *b, b + 24]));
    add(&plot.kind.moves.iter().map(|m| (m.0, m.1)).collect::<Vec<_>>());
    add(&plot.dynamics.moves.iter().map(|m| (m.0, m.1)).collect::<Vec<_>>());
    add(&plot.managed.moves.iter().map(|m| (m.0, m.1)).collect::<Vec<_>>());
    add(&plot.setting.moves.iter().map(|m| (m.0, m.1)).collect::<Vec<_>>());
    add(&plot.dataverse.moves.iter().map(|m| (m.0, m.1)).collect::<Vec<_>>());
    edges.extend(plot.created);
    edges.extend(plot.seen);
    let back = |e: &i64| [0, 3, 7, 14, 21, 28].map(|d| e - d * 24);
    edges.iter().flat_map(back).flat_map(|e| [e - 1, e, e + 1]).filter(|p| *p <= now).collect()
}
