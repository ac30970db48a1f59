//! How far back an environment can be restored: the documented example and the cases of rules.md §3.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Environment, FactKey, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::retention::{Certainty, Use, Window, window};
use restore_desk::domain::rule::RuleId;

/// Day `d` of January 2026 (32 is 1 February), at `h` o'clock UTC.
fn jan(d: i64, h: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap() + TimeDelta::days(d - 1) + TimeDelta::hours(h)
}

/// An environment with Dataverse, created on 1 January 2026 unless a case says otherwise.
struct Case(Environment);
impl Case {
    fn new(kind: Kind) -> Self {
        let mut e = Environment::new("e");
        e.kind = known(kind);
        e.dataverse = known(true);
        e.created = known(jan(1, 0));
        Case(e)
    }
    fn production(dynamics: bool, managed: bool) -> Self {
        let mut c = Self::new(Kind::Production);
        c.0.dynamics = known(dynamics);
        c.0.managed = known(managed);
        c
    }
    fn setting(mut self, days: u32) -> Self {
        self.0.retention_setting = known(days);
        self
    }
    fn with(mut self, f: impl FnOnce(&mut Environment)) -> Self {
        f(&mut self.0);
        self
    }
    fn changed(mut self, at: DateTime<Utc>, what: Changed) -> Self {
        self.0.history.push(Change::exactly(at, what));
        self
    }
    fn between(mut self, not_before: DateTime<Utc>, at: DateTime<Utc>, what: Changed) -> Self {
        self.0.history.push(Change { at, not_before, what });
        self
    }
    /// Under the default edition.
    fn window(&self, now: DateTime<Utc>) -> Window {
        window(Edition::default_edition(), &self.0, now)
    }
    /// Under the default edition: where the guaranteed part begins, where the possible part begins.
    #[track_caller]
    fn check(
        &self,
        now: DateTime<Utc>,
        guaranteed: impl Into<Option<DateTime<Utc>>>,
        possible: impl Into<Option<DateTime<Utc>>>,
    ) {
        let w = self.window(now);
        assert_eq!(
            (w.guaranteed_from, w.possible_from),
            (guaranteed.into(), possible.into()),
            "{:#?} {:#?}",
            w.guaranteed_reasons,
            w.possible_reasons
        );
    }
    /// The rules that bind the guaranteed and the possible bound.
    #[track_caller]
    fn binds(&self, now: DateTime<Utc>, guaranteed: RuleId, possible: RuleId) {
        let w = self.window(now);
        let first = |r: &[restore_desk::domain::retention::Reason]| r.first().map(|r| r.rule);
        assert_eq!(
            (first(&w.guaranteed_reasons), first(&w.possible_reasons)),
            (Some(guaranteed), Some(possible)),
            "{:#?} {:#?}",
            w.guaranteed_reasons,
            w.possible_reasons
        );
    }
}

fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Import(1), jan(1, 0))
}
fn setting(from: impl Into<Option<u32>>, to: u32) -> Changed {
    Changed::RetentionSetting { from: from.into(), to }
}
fn kind(from: Kind, to: Kind) -> Changed {
    Changed::Kind { from: Some(from), to }
}
fn dynamics(from: bool, to: bool) -> Changed {
    Changed::Dynamics { from: Some(from), to }
}

#[test]
fn the_documented_example() {
    let example = Case::production(false, true).setting(14).changed(jan(8, 0), setting(7, 14));
    // "On January 8, backups from January 1 to January 8 are available."
    example.check(jan(8, 0), jan(1, 0), jan(1, 0));
    // For the 24 hours of K4 seven days are sure; nothing that was there on January 8 goes before fourteen days do.
    example.check(jan(8, 12), jan(1, 12), jan(1, 0));
    example.check(jan(9, 0), jan(2, 0), jan(1, 0));
    example.check(jan(15, 0), jan(2, 0), jan(1, 0));
    // "On January 16, backups from January 3 to January 16 are available": the end of January 16 is January 17 00:00 UTC.
    example.check(jan(17, 0), jan(3, 0), jan(3, 0));
    // At other times of that day the first date is a part of January 2.
    example.check(jan(16, 12), jan(2, 12), jan(2, 12));
    example.binds(jan(12, 0), RuleId::K4, RuleId::K8);
    example.binds(jan(17, 0), RuleId::K1, RuleId::K1);
}

#[test]
fn raising_and_lowering_inside_a_day() {
    let c =
        Case::production(false, true).setting(7).changed(jan(8, 0), setting(7, 28)).changed(jan(8, 5), setting(28, 7));
    c.check(jan(8, 3), jan(1, 3), jan(1, 0));
    c.check(jan(9, 4), jan(2, 4), jan(1, 0));
    // 24 hours after the second change the longer period is over.
    c.check(jan(9, 5), jan(2, 5), jan(2, 5));

    let c = Case::production(false, true)
        .setting(28)
        .changed(jan(40, 0), setting(28, 7))
        .changed(jan(40, 5), setting(7, 28));
    c.check(jan(40, 0), jan(33, 0), jan(12, 0));
    c.check(jan(50, 0), jan(34, 5), jan(22, 0));
}

#[test]
fn a_round_trip_through_sandbox() {
    let sandbox = Case::new(Kind::Sandbox)
        .with(|e| e.dynamics = known(true))
        .changed(jan(40, 0), kind(Kind::Production, Kind::Sandbox));
    sandbox.check(jan(41, 0), jan(34, 0), jan(34, 0));
    let w = sandbox.window(jan(41, 0));
    assert_eq!(w.dormant_from, Some(jan(13, 0)), "28 days before now");
    assert_eq!(w.certainty(jan(20, 0)), Certainty::Dormant);
    assert_eq!(w.certainty(jan(12, 23)), Certainty::Gone);
    assert_eq!(w.leaves(jan(20, 0)), (None, None));
    assert_eq!(w.leaves(jan(34, 0)), (Some(jan(41, 0)), Some(jan(41, 0))));

    let back =
        sandbox.with(|e| e.kind = known(Kind::Production)).changed(jan(42, 0), kind(Kind::Sandbox, Kind::Production));
    back.check(jan(42, 0), jan(35, 0), jan(14, 0));
    back.check(jan(50, 0), jan(35, 0), jan(22, 0));
    back.check(jan(63, 0), jan(35, 0), jan(35, 0));
    back.check(jan(64, 0), jan(36, 0), jan(36, 0));
    back.binds(jan(50, 0), RuleId::K6, RuleId::K1);
}

#[test]
fn unknown_facts() {
    let c = Case::new(Kind::Production);
    c.check(jan(50, 0), jan(43, 0), jan(22, 0));
    assert_eq!(c.window(jan(50, 0)).asks, [FactKey::Dynamics]);
    let c = Case::new(Kind::Sandbox).with(|e| e.dataverse = Fact::unknown());
    c.check(jan(50, 0), None, jan(43, 0));
    assert_eq!(c.window(jan(50, 0)).asks, [FactKey::Dataverse]);
}

#[test]
fn leap_day() {
    let at = |m, d| Utc.with_ymd_and_hms(2028, m, d, 12, 0, 0).unwrap();
    Case::production(true, false).check(at(3, 28), at(2, 29), at(2, 29));
    Case::production(true, false).check(at(3, 1), at(2, 2), at(2, 2));
}

#[test]
fn nothing_panics_at_the_ends_of_time() {
    for edition in EDITIONS {
        for now in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, jan(1, 0)] {
            for e in [Case::new(Kind::Production).0, Environment::new("x"), Case::production(true, true).0] {
                let w = window(edition, &e, now);
                w.leaves(now);
                w.leaves(DateTime::<Utc>::MAX_UTC);
                assert!(w.usage != Use::OntoItselfOnly);
            }
        }
    }
}

#[test]
fn a_fuzzy_change_takes_the_worse_end_for_a_promise() {
    let fall = Case::production(false, false).between(jan(40, 0), jan(42, 0), dynamics(true, false));
    fall.check(jan(40, 0), jan(33, 0), jan(12, 0));
    fall.check(jan(41, 0), jan(34, 0), jan(13, 0));
    fall.check(jan(42, 0), jan(35, 0), jan(35, 0));
    let rise = Case::production(true, false).between(jan(40, 0), jan(42, 0), dynamics(false, true));
    rise.check(jan(39, 0), jan(32, 0), jan(32, 0));
    rise.check(jan(50, 0), jan(35, 0), jan(33, 0));
    rise.binds(jan(50, 0), RuleId::K12, RuleId::K12);
    let raised = Case::production(false, true).setting(28).between(jan(40, 0), jan(42, 0), setting(7, 28));
    raised.check(jan(50, 0), jan(36, 0), jan(33, 0));
    let lowered = Case::production(false, true).setting(7).between(jan(40, 0), jan(42, 0), setting(28, 7));
    lowered.check(jan(42, 12), jan(35, 12), jan(14, 12));
    lowered.check(jan(43, 0), jan(36, 0), jan(36, 0));
}
