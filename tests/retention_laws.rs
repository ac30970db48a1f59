//! Laws of the window of restorable time, for any history.
//!
//! The strongest of them compares with *worlds*. A world is one way in which everything that is unknown may have been: a value
//! for each unknown fact, an instant for each change that lies somewhere between two imports, how long a setting took to apply,
//! whether a switch to Sandbox lost the older backups. In one world nothing is uncertain, so following a point through it is
//! simple, and it is done here without the engine and without its tables. Then
//!
//! - what the engine guarantees is alive in every world,
//! - what is alive in any world is not called gone by the engine.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::environment::{Environment, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed, kind_at};
use restore_desk::domain::manual_backup::{ManualBackup, judge};
use restore_desk::domain::retention::{Certainty, Use, Window, window};

/// Hours after 1 January 2026 00:00 UTC.
fn hour(h: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap() + TimeDelta::hours(h)
}

/// One change of one fact: earliest hour, latest hour, new value.
type Moves<T> = Vec<(i64, i64, T)>;

/// One fact: what it was first, how it changed, and whether today's value and the first one are known.
#[derive(Clone, Debug)]
struct Story<T> {
    first: T,
    first_known: bool,
    moves: Moves<T>,
    today_known: bool,
}

impl<T: Clone + PartialEq> Story<T> {
    fn today(&self) -> T {
        self.moves.last().map_or(self.first.clone(), |m| m.2.clone())
    }
    fn fact(&self) -> Fact<T> {
        let since = self.moves.last().map_or(hour(0), |m| hour(m.1));
        if self.today_known { Fact::known(self.today(), Origin::Import(1), since) } else { Fact::unknown() }
    }
    fn history(&self, what: impl Fn(Option<T>, T) -> Changed) -> Vec<Change> {
        let mut from = self.first_known.then(|| self.first.clone());
        let mut out = Vec::new();
        for (not_before, at, to) in &self.moves {
            out.push(Change { not_before: hour(*not_before), at: hour(*at), what: what(from, to.clone()) });
            from = Some(to.clone());
        }
        out
    }
}

fn story<T: Clone + std::fmt::Debug + PartialEq + 'static>(values: &'static [T]) -> impl Strategy<Value = Story<T>> {
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
struct Plot {
    kind: Story<Kind>,
    dynamics: Story<bool>,
    managed: Story<bool>,
    setting: Story<u32>,
    dataverse: Story<bool>,
    deleted: Moves<bool>,
    created: Option<i64>,
    /// Evidence of existence.
    seen: Option<i64>,
    oldest: Option<i64>,
}

static KINDS: &[Kind] = &[
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
static EDITION_SETTINGS: &[u32] = &[7, 14, 21, 28];
static SETTINGS: &[u32] = &[7, 14, 21, 28, 7, 28, 10, 3];

fn plot() -> impl Strategy<Value = Plot> {
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
    fn environment(&self) -> Environment {
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
struct Dice(u64);
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
struct Line<T>(Vec<(i64, T)>);
impl<T: Clone> Line<T> {
    fn at(&self, h: i64) -> T {
        self.0.iter().rev().find(|(from, _)| *from <= h).expect("it begins before everything").1.clone()
    }
}
const EVER: i64 = -1_000_000;

fn line<T: Clone + PartialEq>(s: &Story<T>, any: &[T], settles: i64, dice: &mut Dice) -> Line<T> {
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

struct World {
    kind: Line<Kind>,
    dynamics: Line<bool>,
    managed: Line<bool>,
    setting: Line<u32>,
    dataverse: Line<bool>,
    deleted: Line<bool>,
    created: i64,
    switch_loses: bool,
    recovery_loses: bool,
    trials_are_kept: bool,
    manual_by_setting: bool,
    odd_setting: u64,
}

impl World {
    fn new(plot: &Plot, seed: u64) -> Self {
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
    fn alive(&self, edition: usize, manual: bool, p: i64, now: i64) -> bool {
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
fn points(plot: &Plot, now: i64) -> Vec<i64> {
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

fn sound(w: &Window) -> Result<(), TestCaseError> {
    if let Some(g) = w.guaranteed_from {
        prop_assert!(g <= w.until);
        prop_assert!(w.possible_from.is_some_and(|p| p <= g), "a guaranteed window implies a possible one");
    }
    prop_assert!(w.possible_from.is_none_or(|p| p <= w.until));
    prop_assert!(w.dormant_from.is_none_or(|d| w.possible_from.is_none_or(|p| d < p)));
    prop_assert!(w.retention.guaranteed_days <= w.retention.possible_days);
    prop_assert!(!w.guaranteed_reasons.is_empty() && !w.possible_reasons.is_empty(), "every bound has a reason");
    prop_assert_eq!(w.usage == Use::Nothing, w.possible_from.is_none() && w.dormant_from.is_none());
    for r in w.guaranteed_reasons.iter().chain(&w.possible_reasons).chain(&w.retention.reasons) {
        prop_assert!(!r.says.is_empty() && !r.says.ends_with('.') && !r.says.contains("  "), "{}", r.says);
    }
    Ok(())
}

/// `PROPTEST_CASES=50000 cargo test --no-default-features --test retention_laws` looks harder.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(1500);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_world_contradicts_a_window(plot in plot(), now in 0..2200i64, seed: u64, edition in 0..3usize) {
        let env = plot.environment();
        let w = window(EDITIONS[edition], &env, hour(now));
        sound(&w)?;
        let world = World::new(&plot, seed);
        for p in points(&plot, now) {
            if plot.oldest.is_some_and(|o| p < o) {
                prop_assert_ne!(w.certainty(hour(p)), Certainty::Guaranteed, "K10");
                continue;
            }
            let certainty = w.certainty(hour(p));
            let alive = world.alive(edition, false, p, now);
            match certainty {
                Certainty::Guaranteed => prop_assert!(alive, "guaranteed, but gone at hour {p}: {:#?}", w.guaranteed_reasons),
                Certainty::Gone | Certainty::Future => prop_assert!(!alive, "alive, but called gone at hour {p}: {:#?}", w.possible_reasons),
                Certainty::Possible | Certainty::Dormant => {}
            }
            if certainty == Certainty::Dormant {
                prop_assert_eq!(kind_at(&env, hour(now)), Some(Kind::Sandbox), "only in a Sandbox does anything sleep");
            }
        }
    }

    #[test]
    fn no_world_contradicts_a_manual_backup(plot in plot(), now in 0..2200i64, back in 0..800i64, seed: u64, edition in 0..3usize) {
        let env = plot.environment();
        let p = now - back;
        let backup = manual(hour(p));
        let judged = judge(EDITIONS[edition], &env, &backup, hour(now));
        let world = World::new(&plot, seed);
        if plot.oldest.is_some_and(|o| p < o) || p < world.created {
            // A manual backup is a witness of existence; a world without the environment is none of ours.
            return Ok(());
        }
        let alive = world.alive(edition, true, p, now);
        match judged.certainty {
            Certainty::Guaranteed => {
                prop_assert!(alive, "{judged:#?}");
                prop_assert!(judged.guaranteed_until.is_some_and(|u| u >= hour(now)));
            }
            Certainty::Gone => prop_assert!(!alive, "{judged:#?}"),
            _ => {}
        }
        prop_assert!(judged.guaranteed_until.is_none_or(|g| judged.possible_until.is_some_and(|p| g <= p)), "{judged:#?}");
    }

    /// What is gone never comes back, for the same history.
    #[test]
    fn gone_is_gone(mut plot in plot(), now in 0..2200i64, later in 0..900i64, edition in 0..3usize) {
        // Nothing was reported by the service later than now.
        plot.oldest = plot.oldest.filter(|o| *o <= now);
        let env = plot.environment();
        let (before, after) = (window(EDITIONS[edition], &env, hour(now)), window(EDITIONS[edition], &env, hour(now + later)));
        for p in points(&plot, now) {
            let at = hour(p);
            if before.certainty(at) == Certainty::Gone {
                prop_assert_eq!(after.certainty(at), Certainty::Gone, "hour {}", p);
            }
            if after.certainty(at) == Certainty::Guaranteed && env.deleted.is_none() && plot.deleted.is_empty() {
                prop_assert!(matches!(before.certainty(at), Certainty::Guaranteed | Certainty::Possible), "hour {}", p);
            }
        }
    }

    /// `leaves` tells the last instant at which the point is inside, if nothing changes.
    #[test]
    fn leaves_is_the_last_instant(plot in plot(), now in 1600..2200i64, back in 0..800i64, edition in 0..3usize) {
        let env = plot.environment();
        let edition = EDITIONS[edition];
        let p = hour(now - back);
        let (guaranteed, possible) = window(edition, &env, hour(now)).leaves(p);
        if let Some(last) = guaranteed {
            // A fall is no longer inside at its own instant, so look on both sides.
            let inside = window(edition, &env, last - TimeDelta::seconds(1)).certainty(p);
            prop_assert!(last < hour(now + 1) || inside == Certainty::Guaranteed, "{inside:?}");
            prop_assert_ne!(window(edition, &env, last + TimeDelta::seconds(1)).certainty(p), Certainty::Guaranteed);
        }
        if let Some(last) = possible {
            prop_assert!(last >= hour(now));
            let after = window(edition, &env, last + TimeDelta::seconds(1)).certainty(p);
            prop_assert!(matches!(after, Certainty::Gone | Certainty::Dormant), "{after:?}");
        }
    }

    /// Knowing more never promises what was called gone, and never loses what was guaranteed.
    #[test]
    fn an_answer_only_narrows(plot in plot(), now in 1500..2200i64, edition in 0..3usize) {
        // Only constant facts: an unknown value of the past is not answered by today's.
        let mut plot = plot;
        plot.kind.moves.clear();
        plot.dynamics.moves.clear();
        plot.managed.moves.clear();
        plot.setting.moves.clear();
        // A stored number that is none of the four is worse than not knowing (K2).
        if !EDITION_SETTINGS.contains(&plot.setting.first) {
            plot.setting.first = 7;
        }
        plot.dataverse.moves.clear();
        plot.deleted.clear();
        let less = plot.environment();
        for s in [&mut plot.dynamics, &mut plot.managed, &mut plot.dataverse] {
            s.today_known = true;
        }
        plot.kind.today_known = true;
        plot.setting.today_known = true;
        let more = plot.environment();
        let (less, more) = (window(EDITIONS[edition], &less, hour(now)), window(EDITIONS[edition], &more, hour(now)));
        for p in points(&plot, now) {
            match less.certainty(hour(p)) {
                Certainty::Gone => prop_assert_eq!(more.certainty(hour(p)), Certainty::Gone),
                Certainty::Guaranteed => prop_assert_eq!(more.certainty(hour(p)), Certainty::Guaranteed),
                _ => {}
            }
        }
    }

    /// Nothing panics, whatever the numbers.
    #[test]
    fn any_instant_is_judged(
        seconds in prop::array::uniform8(prop_oneof![any::<i64>(), -8_334_601_228_800..8_210_266_876_799i64]),
        days: u32,
        edition in 0..3usize,
        kind in select(KINDS),
    ) {
        let at = seconds.map(|s| {
            DateTime::from_timestamp(s, 999_999_999).unwrap_or(if s < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC })
        });
        let mut e = Environment::new("e");
        e.kind = Fact::known(kind, Origin::Answer, at[0]);
        e.dataverse = Fact::known(true, Origin::Answer, at[0]);
        e.retention_setting = Fact::known(days, Origin::Answer, at[0]);
        e.created = Fact::known(at[1], Origin::Answer, at[0]);
        e.oldest_backup = Fact::known(at[2], Origin::Answer, at[3]);
        e.existed_by = Some(at[3]);
        e.deleted = (days % 2 == 0).then_some(at[4]);
        e.history = vec![
            Change { not_before: at[5], at: at[6], what: Changed::RetentionSetting { from: None, to: days } },
            Change { not_before: at[6], at: at[5], what: Changed::Kind { from: None, to: Kind::Sandbox } },
            Change { not_before: at[1], at: at[4], what: Changed::Managed { from: Some(true), to: true } },
        ];
        let now = at[7];
        let w = window(EDITIONS[edition], &e, now);
        sound(&w)?;
        for p in at {
            w.leaves(p);
            let mut backup = manual(p);
            backup.asked = Some(at[1]);
            backup.reported_expiry = Some(at[2]);
            judge(EDITIONS[edition], &e, &backup, now);
        }
    }
}

fn manual(point: DateTime<Utc>) -> ManualBackup {
    ManualBackup {
        id: "b".into(),
        label: "before".into(),
        point,
        asked: None,
        created_by: None,
        reported_expiry: None,
        origin: Origin::Import(1),
    }
}
