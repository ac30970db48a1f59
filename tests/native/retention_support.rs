//! Histories made up by proptest, and worlds: one way in which everything that is unknown about a history may have been.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use restore_desk::domain::environment::{Environment, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::service::{Offered, Reading};

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
    /// What the service offered (K14, K15).
    pub reading: Option<Heard>,
    /// Everything happens at a multiple of so many hours.
    pub grain: i64,
}

/// A reading: when the service was asked, the oldest hour that it offered (`None`: nothing yet), the days that it printed.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    pub asked: i64,
    pub from: Option<i64>,
    pub days: Option<u32>,
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

fn heard() -> impl Strategy<Value = Option<Heard>> {
    let days = prop::option::of(select(vec![7u32, 14, 28, 28, 28]));
    let heard = (500..1700i64, prop::option::weighted(0.8, 0..700i64), days);
    prop::option::weighted(
        0.3,
        heard.prop_map(|(asked, back, days)| Heard { asked, from: back.map(|b| asked - b), days }),
    )
}

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
    // Late ones too, so that the first day is seen.
    let born = || prop_oneof![3 => 0..1500i64, 1 => 1500..2200i64];
    let evidence = (prop::option::of(born()), prop::option::of(born()), prop::option::weighted(0.2, 0..1500i64));
    // Where all happens at whole days, or even weeks, instants and ends of periods meet, which they hardly ever do else.
    let grain = prop_oneof![4 => Just(1i64), 2 => Just(24), 1 => Just(168)];
    (facts, deleted, evidence, heard(), grain).prop_map(
        |((kind, dynamics, managed, setting, dataverse), deleted, (created, seen, oldest), reading, grain)| {
            let deleted = deleted.map_or(vec![], |(d, r, w)| vec![(d, d, true), (r, r + w, false)]);
            let mut plot =
                Plot { kind, dynamics, managed, setting, dataverse, deleted, created, seen, oldest, reading, grain };
            plot.grind();
            plot
        },
    )
}

impl<T> Story<T> {
    fn grind(&mut self, grain: i64) {
        grind(&mut self.moves, grain);
    }
}

fn grind<T>(moves: &mut Moves<T>, grain: i64) {
    for (not_before, at, _) in moves {
        (*not_before, *at) = (*not_before / grain * grain, *at / grain * grain);
    }
}

impl Plot {
    /// The hour as far as this plot tells hours apart.
    pub fn hour(&self, h: i64) -> i64 {
        h / self.grain * self.grain
    }

    fn grind(&mut self) {
        let grain = self.grain;
        self.kind.grind(grain);
        self.dynamics.grind(grain);
        self.managed.grind(grain);
        self.setting.grind(grain);
        self.dataverse.grind(grain);
        grind(&mut self.deleted, grain);
        for h in [&mut self.created, &mut self.seen, &mut self.oldest] {
            *h = h.map(|h| h / grain * grain);
        }
        let hour = |h: i64| h / grain * grain;
        self.reading = self.reading.map(|r| Heard { asked: hour(r.asked), from: r.from.map(hour), ..r });
    }

    /// The oldest points that the service reported (K10).
    pub fn reported(&self) -> impl Iterator<Item = i64> {
        self.oldest.into_iter().chain(self.reading.and_then(|r| r.from))
    }

    /// Forgets a reading that is later than `now`.
    pub fn heard_by(&mut self, now: i64) {
        self.reading = self.reading.filter(|r| r.asked <= now);
    }

    /// Makes everything known until `now`, and leaves the setting at least a day to settle. What is recorded as later than now may
    /// have happened already, so nothing is.
    pub fn make_known(&mut self, now: i64) {
        fn known<T: Clone + PartialEq>(s: &mut Story<T>, now: i64) {
            s.moves.retain(|m| m.1 <= now);
            (s.first_known, s.today_known) = (true, true);
            let mut last = s.first.clone();
            s.moves.retain(|m| std::mem::replace(&mut last, m.2.clone()) != m.2);
            s.moves.iter_mut().for_each(|m| m.0 = m.1);
        }
        if !EDITION_SETTINGS.contains(&self.setting.first) {
            self.setting.first = 7;
        }
        let mut free = EVER;
        self.setting.moves.retain(|m| {
            let keep = EDITION_SETTINGS.contains(&m.2) && m.1 > free;
            free = if keep { m.1 + 24 } else { free };
            keep
        });
        known(&mut self.kind, now);
        known(&mut self.dynamics, now);
        known(&mut self.managed, now);
        known(&mut self.setting, now);
        known(&mut self.dataverse, now);
        self.deleted.iter_mut().for_each(|m| m.0 = m.1);
        self.deleted.retain(|m| m.1 <= now);
    }

    /// Whether two changes share an instant. In the worlds here they happen together; the engine takes them one after the other
    /// (see the timeline `at-the-same-instant`), which no such world can tell.
    pub fn has_two_at_one_instant(&self) -> bool {
        let mut at: Vec<_> = self.environment().history.into_iter().map(|c| c.at).collect();
        at.sort_unstable();
        at.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The earliest hour at which the rules may judge again after a reading: the latest at which a switch, a lowering or a deletion
    /// of after it has surely happened. A world may keep what was offered until then.
    fn judged_anew(&self) -> i64 {
        let Some(heard) = self.reading else { return EVER };
        let days = heard.days.unwrap_or(28);
        let mut hours = Vec::new();
        let after = |m: &(i64, i64)| m.0 >= heard.asked && m.1 > heard.asked;
        fn each<T: Clone + PartialEq>(first: &T, moves: &Moves<T>) -> Vec<(i64, i64, T, T)> {
            let mut from = first.clone();
            let mut out = Vec::new();
            for (a, b, to) in moves {
                out.push((*a, *b, std::mem::replace(&mut from, to.clone()), to.clone()));
            }
            out.into_iter().filter(|m| m.2 != m.3).collect()
        }
        let mut add = |moves: Vec<(i64, i64)>, settles: i64| {
            hours.extend(moves.iter().filter(|m| after(m)).map(|m| m.1 + settles))
        };
        add(each(&self.kind.first, &self.kind.moves).iter().map(|m| (m.0, m.1)).collect(), 0);
        add(each(&self.dynamics.first, &self.dynamics.moves).iter().filter(|m| !m.3).map(|m| (m.0, m.1)).collect(), 0);
        add(each(&self.managed.first, &self.managed.moves).iter().filter(|m| !m.3).map(|m| (m.0, m.1)).collect(), 0);
        let lower = |m: &&(i64, i64, u32, u32)| m.3 < days || m.3 < m.2;
        let told = self
            .setting
            .moves
            .iter()
            .scan(self.setting.first, |from, m| Some((m.0, m.1, std::mem::replace(from, m.2), m.2)));
        add(told.collect::<Vec<_>>().iter().filter(lower).map(|m| (m.0, m.1)).collect(), 24);
        add(each(&self.dataverse.first, &self.dataverse.moves).iter().map(|m| (m.0, m.1)).collect(), 0);
        add(self.deleted.iter().filter(|m| m.2).map(|m| (m.0, m.1)).collect(), 0);
        hours.into_iter().min().unwrap_or(-EVER)
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
        e.reading = self.reading.map(|r| Reading {
            offered: Offered { from: r.from.map(hour), period_days: r.days.filter(|_| r.from.is_some()) },
            asked: hour(r.asked),
            hint: None,
        });
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
    // A change that changed nothing tells nothing.
    let changed = s.moves.iter().any(|m| !s.first_known || m.2 != s.first);
    let told = if changed { s.first_known } else { s.today_known };
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
    /// K14: nothing is kept on the first day, or nothing of before the service said so.
    pub nothing_at_first: bool,
    pub nothing_when_asked: bool,
    /// K14: of an old environment, of which it offered nothing, the service keeps nothing later either.
    pub never_keeps: bool,
    /// Points of before a switch may sleep, and are not offered then (K6).
    was_production: bool,
    /// K15: what was offered is kept for the period that was printed.
    pub keeps_offered: bool,
    reading: Option<Heard>,
    /// From when on the rules judge again, whatever was offered.
    judged_anew: i64,
}

impl World {
    pub fn new(plot: &Plot, seed: u64) -> Self {
        let dice = &mut Dice(seed);
        // A change of it proves as much as being seen.
        let changes = plot.environment().history.into_iter().map(|c| (c.at - hour(0)).num_hours());
        let offered = plot.reading.and_then(|r| r.from);
        let evidence = plot.seen.into_iter().chain(plot.oldest).chain(offered).chain(changes).min();
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
                Some(e) => e - if dice.roll(2) == 0 { dice.roll(2000) } else { dice.roll(30) } as i64,
                None => 1600,
            }),
            switch_loses: dice.roll(2) == 0,
            recovery_loses: dice.roll(2) == 0,
            trials_are_kept: dice.roll(2) == 0,
            manual_by_setting: dice.roll(2) == 0,
            odd_setting: dice.roll(5),
            nothing_at_first: dice.roll(2) == 0,
            nothing_when_asked: dice.roll(2) == 0,
            never_keeps: dice.roll(2) == 0,
            was_production: plot
                .environment()
                .history
                .iter()
                .any(|c| matches!(&c.what, Changed::Kind { from: None | Some(Kind::Production), .. })),
            keeps_offered: dice.roll(2) == 0,
            reading: plot.reading,
            judged_anew: plot.judged_anew(),
        }
    }

    /// The one world in which all that is unknown of a plot in which *everything else* is known (see `law` below) turned out for
    /// the best: what is gone even here is gone.
    pub fn best(plot: &Plot) -> Self {
        let dice = &mut Dice(1);
        let mut setting = vec![(EVER, plot.setting.first)];
        for (_, at, to) in &plot.setting.moves {
            let lowered = setting.last().is_some_and(|(_, from)| to < from);
            setting.push((if lowered { at + 24 } else { *at }, *to));
        }
        World {
            setting: Line(setting),
            created: plot.created.unwrap_or(EVER),
            switch_loses: false,
            recovery_loses: false,
            trials_are_kept: true,
            manual_by_setting: true,
            nothing_at_first: false,
            nothing_when_asked: false,
            never_keeps: false,
            keeps_offered: true,
            ..World::new(plot, dice.0)
        }
    }

    /// Days for which backups are kept at an hour; docs/RULES.md written out, not the engine's tables.
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
        let offered = self.reading.is_some_and(|r| r.from.is_some() && r.asked >= self.created);
        if self.nothing_at_first && now < self.created + 24 && !offered {
            return false;
        }
        if let Some(heard) = self.reading.filter(|r| r.asked <= now) {
            if self.never_keeps && heard.from.is_none() && heard.days.is_none() && heard.asked >= self.created + 24 {
                return false;
            }
            match heard.from {
                // K14: what was not offered was not there, but for what may sleep.
                // On the first day it was not there yet, and may be a moment later.
                None if (self.nothing_when_asked
                    || !manual && !self.was_production && (heard.asked >= self.created + 24 || now == heard.asked))
                    && p < heard.asked =>
                {
                    return false;
                }
                _ => {}
            }
        }
        let offered = self.reading.filter(|r| {
            let from = r.from.is_some_and(|from| from <= p);
            self.keeps_offered && r.asked <= now && from && p <= r.asked
        });
        let mut events: Vec<i64> = [EVER, now].into_iter().collect();
        events.extend(self.kind.0.iter().map(|l| l.0));
        events.extend(self.dynamics.0.iter().map(|l| l.0));
        events.extend(self.managed.0.iter().map(|l| l.0));
        events.extend(self.setting.0.iter().map(|l| l.0));
        events.extend(self.dataverse.0.iter().map(|l| l.0));
        events.extend(self.deleted.0.iter().map(|l| l.0));
        if let Some(heard) = offered {
            events.extend([heard.asked, self.judged_anew]);
        }
        events.retain(|e| *e <= now);
        events.sort_unstable();
        events.dedup();
        let mut before: Option<(Kind, Option<i64>)> = None;
        // When the Sandbox of the moment began to be one: only what is older may sleep in it (K6).
        let mut switched = EVER;
        for (i, start) in events.iter().enumerate() {
            let end = events.get(i + 1).copied().unwrap_or(now);
            let kind = self.kind.at(*start);
            let mut days = self.days(edition, manual, *start);
            if kind == Kind::Sandbox && before.as_ref().is_some_and(|(kind, _)| *kind != Kind::Sandbox) {
                switched = *start;
            }
            if let (Kind::Sandbox, Some((Kind::Production | Kind::Sandbox, held)), false) =
                (&kind, &before, self.switch_loses || p >= switched)
            {
                days = days.map(|d| held.map_or(d, |h| h.max(d)));
            }
            if let Some(heard) = offered.filter(|_| self.dataverse.at(*start) && *start < self.judged_anew) {
                if *start < heard.asked {
                    before = Some((kind, days));
                    continue;
                }
                let rule = days;
                days = days.max(Some(i64::from(heard.days.unwrap_or(28))));
                // Only a Production environment takes its period along into a Sandbox.
                before = Some((kind.clone(), if kind == Kind::Production { days } else { rule }));
            } else {
                before = Some((kind, days));
            }
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
    edges.extend(plot.reading.iter().flat_map(|r| r.from.into_iter().chain([r.asked])));
    let back = |e: &i64| [0, 3, 7, 14, 21, 28].map(|d| e - d * 24);
    edges.iter().flat_map(back).flat_map(|e| [e - 1, e, e + 1]).filter(|p| *p <= now).collect()
}
