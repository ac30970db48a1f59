//! How far back an environment can be restored: the documented example and the cases of docs/RULES.md.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::edition::{EDITIONS, Edition, Period};
use restore_desk::domain::environment::{Environment, FactKey, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::retention::{Cause, Certainty, PastWhy, Use, Window, table_period, window};
use restore_desk::domain::rule::RuleId;
use restore_desk::words::Say;

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
        let first = |r: &[restore_desk::domain::retention::Reason]| r.first().and_then(|r| r.rule());
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

#[test]
fn the_window_begins_with_the_environment() {
    let c = Case::new(Kind::Sandbox);
    c.check(jan(4, 0), jan(1, 0), jan(1, 0));
    c.binds(jan(4, 0), RuleId::K8, RuleId::K8);
    // K14: nothing is promised on the first day.
    c.check(jan(1, 0), None, jan(1, 0));
    c.check(jan(1, 23), None, jan(1, 0));
    c.binds(jan(1, 23), RuleId::K14, RuleId::K8);
    c.check(jan(2, 0), jan(1, 0), jan(1, 0));
    c.check(jan(0, 23), None, None); // created after now
    assert_eq!(c.window(jan(0, 23)).usage, Use::Nothing);
}

#[test]
fn an_unknown_creation_promises_only_what_is_proven() {
    let c = || Case::new(Kind::Sandbox).with(|e| e.created = Fact::unknown());
    c().check(jan(50, 0), None, jan(43, 0));
    assert_eq!(c().window(jan(50, 0)).asks, [FactKey::Created]);
    c().with(|e| e.existed_by = Some(jan(48, 0))).check(jan(50, 0), jan(48, 0), jan(43, 0));
    // It may be in its first day (K14).
    let seen = c().with(|e| e.existed_by = Some(jan(49, 1)));
    seen.check(jan(50, 0), None, jan(43, 0));
    seen.binds(jan(50, 0), RuleId::K14, RuleId::K1);
    seen.check(jan(50, 1), jan(49, 1), jan(43, 1));
    c().with(|e| e.existed_by = Some(jan(51, 0))).check(jan(50, 0), None, jan(43, 0));
    let old = c().with(|e| e.existed_by = Some(jan(40, 0)));
    old.check(jan(50, 0), jan(43, 0), jan(43, 0));
    assert_eq!(old.window(jan(50, 0)).asks, []);
    // A change of it, and the oldest backup that the service reported, prove it too.
    c().changed(jan(45, 0), setting(7, 14)).check(jan(50, 0), jan(45, 0), jan(43, 0));
    c().with(|e| e.oldest_backup = known(jan(46, 0))).check(jan(50, 0), jan(46, 0), jan(46, 0));
    // The way in which tools print "no date" proves nothing.
    let no_date = Utc.with_ymd_and_hms(1, 1, 1, 0, 0, 0).unwrap();
    c().with(|e| e.created = known(no_date)).check(jan(50, 0), None, jan(43, 0));
    c().with(|e| e.existed_by = Some(no_date)).check(jan(50, 0), None, jan(43, 0));
}

#[test]
fn the_oldest_reported_backup_bounds_both() {
    let c = Case::production(true, false).with(|e| e.oldest_backup = known(jan(30, 0)));
    c.check(jan(50, 0), jan(30, 0), jan(30, 0));
    c.binds(jan(50, 0), RuleId::K10, RuleId::K10);
    c.check(jan(60, 0), jan(32, 0), jan(32, 0)); // later the rule is the stronger bound
    // It never promises more than the rule does.
    Case::new(Kind::Production).with(|e| e.oldest_backup = known(jan(20, 0))).check(jan(50, 0), jan(43, 0), jan(22, 0));
}

#[test]
fn a_report_from_a_sandbox_says_nothing_about_what_sleeps() {
    let c = Case::new(Kind::Sandbox)
        .with(|e| e.dynamics = known(true))
        .with(|e| e.oldest_backup = Fact::known(jan(35, 0), Origin::Import(2), jan(41, 0)))
        .changed(jan(40, 0), kind(Kind::Production, Kind::Sandbox));
    c.check(jan(41, 0), jan(35, 0), jan(35, 0));
    assert_eq!(c.window(jan(41, 0)).dormant_from, Some(jan(13, 0)));
    let back = c.with(|e| e.kind = known(Kind::Production)).changed(jan(42, 0), kind(Kind::Sandbox, Kind::Production));
    back.check(jan(43, 0), jan(35, 0), jan(15, 0));
    // One from before the switch bounds everything, as everywhere.
    let c = back.with(|e| e.oldest_backup = Fact::known(jan(20, 0), Origin::Import(2), jan(39, 0)));
    c.check(jan(43, 0), jan(35, 0), jan(20, 0));
    // So does one of a Sandbox in which nothing sleeps any more.
    let c = Case::production(true, false)
        .with(|e| e.oldest_backup = Fact::known(jan(70, 0), Origin::Import(2), jan(75, 0)))
        .changed(jan(40, 0), kind(Kind::Production, Kind::Sandbox))
        .changed(jan(76, 0), kind(Kind::Sandbox, Kind::Production));
    c.check(jan(77, 0), jan(70, 0), jan(70, 0));
}

#[test]
fn a_sandbox_that_was_never_production_has_nothing_asleep() {
    assert_eq!(Case::new(Kind::Sandbox).window(jan(50, 0)).dormant_from, None);
    let from_developer = Case::new(Kind::Sandbox).changed(jan(49, 0), kind(Kind::Developer, Kind::Sandbox));
    assert_eq!(from_developer.window(jan(50, 0)).dormant_from, None);
    // Production without Dynamics 365 apps kept seven days as well.
    let seven = Case::new(Kind::Sandbox)
        .with(|e| (e.dynamics, e.managed) = (known(false), known(false)))
        .changed(jan(49, 0), kind(Kind::Production, Kind::Sandbox));
    assert_eq!(seven.window(jan(50, 0)).dormant_from, None);
    // Switched on from Sandbox to Developer, nothing comes back.
    let on = Case::new(Kind::Developer)
        .with(|e| e.dynamics = known(true))
        .changed(jan(40, 0), kind(Kind::Production, Kind::Sandbox))
        .changed(jan(41, 0), kind(Kind::Sandbox, Kind::Developer));
    on.check(jan(42, 0), jan(35, 0), jan(35, 0));
    assert_eq!(on.window(jan(42, 0)).certainty(jan(34, 0)), Certainty::Gone);
}

#[test]
fn the_points_on_both_sides_of_seven_days_after_a_round_trip() {
    let c = Case::production(true, false)
        .changed(jan(40, 0), kind(Kind::Production, Kind::Sandbox))
        .changed(jan(42, 0), kind(Kind::Sandbox, Kind::Production));
    let certainty = |p| c.window(jan(44, 0)).certainty(p);
    assert_eq!(certainty(jan(35, 0)), Certainty::Guaranteed, "exactly seven days before switching back (K13)");
    assert_eq!(certainty(jan(35, 0) - TimeDelta::seconds(1)), Certainty::Possible);
    assert_eq!(certainty(jan(16, 0)), Certainty::Possible, "28 days before now");
    assert_eq!(certainty(jan(16, 0) - TimeDelta::seconds(1)), Certainty::Gone);
    assert_eq!(certainty(jan(44, 0)), Certainty::Guaranteed);
    assert_eq!(certainty(jan(44, 1)), Certainty::Future);
    assert_eq!(c.window(jan(44, 0)).leaves(jan(20, 0)), (None, Some(jan(48, 0))));
}

#[test]
fn status_changes_count_at_once_and_revive_nothing() {
    let fall = Case::production(false, false).changed(jan(40, 0), dynamics(true, false));
    fall.check(jan(40, 0), jan(33, 0), jan(33, 0));
    let rise = Case::production(true, false).changed(jan(40, 0), dynamics(false, true));
    rise.check(jan(40, 0), jan(33, 0), jan(33, 0));
    rise.check(jan(50, 0), jan(33, 0), jan(33, 0));
    rise.check(jan(62, 0), jan(34, 0), jan(34, 0));
    // Managed with a setting of 28: the setting is in force at once, without the 24 hours of a changed setting.
    let managed = |to: bool| Changed::Managed { from: Some(!to), to };
    Case::production(false, false).setting(28).changed(jan(40, 0), managed(false)).check(
        jan(41, 0),
        jan(34, 0),
        jan(34, 0),
    );
    Case::production(false, true).setting(28).changed(jan(40, 0), managed(true)).check(
        jan(50, 0),
        jan(33, 0),
        jan(33, 0),
    );
}

#[test]
fn what_was_unknown_before_a_change_is_not_promised() {
    Case::production(true, false).changed(jan(40, 0), Changed::Dynamics { from: None, to: true }).check(
        jan(50, 0),
        jan(33, 0),
        jan(22, 0),
    );
    Case::new(Kind::Sandbox).changed(jan(49, 0), Changed::Dataverse { from: None, to: true }).check(
        jan(50, 0),
        jan(49, 0),
        jan(43, 0),
    );
    Case::new(Kind::Developer).changed(jan(49, 0), Changed::Dataverse { from: Some(false), to: true }).check(
        jan(50, 0),
        jan(49, 0),
        jan(49, 0),
    );
}

#[test]
fn an_answer_against_the_history_counts_from_when_it_was_given() {
    let c = Case::production(true, false)
        .with(|e| e.dynamics.answer(true, jan(45, 0)))
        .changed(jan(40, 0), dynamics(true, false));
    c.check(jan(44, 0), jan(37, 0), jan(16, 0));
    c.check(jan(50, 0), jan(38, 0), jan(22, 0));
    assert_eq!(c.window(jan(50, 0)).asks, []);
}

#[test]
fn a_change_that_a_wrong_clock_put_into_the_future_may_have_happened() {
    let c = Case::production(false, true).setting(7).changed(jan(52, 0), setting(28, 7));
    c.check(jan(50, 0), jan(43, 0), jan(22, 0));
}

#[test]
fn deleted_and_recovered() {
    let deleted = Case::production(true, false).with(|e| e.deleted = Some(jan(48, 0).into()));
    deleted.check(jan(50, 0), None, jan(22, 0));
    let w = deleted.window(jan(50, 0));
    assert_eq!((w.until, w.usage, w.certainty(jan(49, 0))), (jan(48, 0), Use::KeptOnly, Certainty::Future));
    deleted.check(jan(77, 0), None, None); // nothing is left of what was kept
    assert_eq!(deleted.window(jan(77, 0)).usage, Use::Nothing);
    let recovered =
        Case::production(true, false).changed(jan(46, 0), Changed::Deleted).changed(jan(48, 0), Changed::Recovered);
    recovered.check(jan(50, 0), jan(48, 0), jan(22, 0));
}

/// Use and days (guaranteed, possible) under the three editions.
#[track_caller]
fn uses(kind: Kind, expect: [(Use, u32, u32); 3]) {
    let c = Case::new(kind);
    let actual: Vec<_> = EDITIONS
        .iter()
        .map(|e| window(e, &c.0, jan(50, 0)))
        .map(|w| {
            assert_eq!(w.guaranteed_from.is_some(), w.retention.guaranteed_days > 0);
            (w.usage, w.retention.guaranteed_days, w.retention.possible_days)
        })
        .collect();
    assert_eq!(actual, expect);
}

#[test]
fn what_the_backups_of_each_kind_are_good_for() {
    use Use::{KeptOnly, Nothing, OntoItselfOnly, Restorable};
    uses(Kind::Production, [(Restorable, 7, 28); 3]);
    uses(Kind::Sandbox, [(Restorable, 7, 7); 3]);
    uses(Kind::Developer, [(Restorable, 7, 7); 3]);
    uses(Kind::Teams, [(OntoItselfOnly, 7, 7); 3]);
    uses(Kind::Default, [(KeptOnly, 0, 7), (Restorable, 0, 7), (Restorable, 0, 7)]);
    uses(Kind::Trial, [(KeptOnly, 0, 7), (Nothing, 0, 0), (Nothing, 0, 0)]);
    uses(Kind::TrialSubscription, [(KeptOnly, 0, 7), (Nothing, 0, 0), (Nothing, 0, 0)]);
    uses(Kind::Other("Platform".into()), [(Nothing, 0, 0); 3]);
    let c = Case::new(Kind::Sandbox).with(|e| e.kind = Fact::unknown());
    assert_eq!(c.window(jan(50, 0)).usage, Use::Unknown);
}

#[test]
fn when_a_point_leaves() {
    let c = Case::production(false, true).setting(7).changed(jan(40, 0), setting(28, 7));
    // Ten days old: no longer guaranteed, and gone when the lowered setting has settled.
    assert_eq!(c.window(jan(40, 1)).leaves(jan(30, 0)), (None, Some(jan(41, 0))));
    assert_eq!(c.window(jan(40, 1)).leaves(jan(39, 0)), (Some(jan(46, 0)), Some(jan(46, 0))));
    let raised = Case::production(false, true).setting(28).changed(jan(40, 0), setting(7, 28));
    // Seven days old when raised: it leaves what is guaranteed before the raise has settled, and stays possible.
    assert_eq!(raised.window(jan(40, 1)).leaves(jan(33, 6)), (Some(jan(40, 6)), Some(jan(61, 6))));
    assert_eq!(raised.window(jan(40, 1)).leaves(jan(35, 0)), (Some(jan(63, 0)), Some(jan(63, 0))));
    assert_eq!(raised.window(jan(40, 1)).leaves(jan(32, 0)), (None, None), "gone");
    assert_eq!(raised.window(jan(40, 1)).leaves(jan(41, 0)), (None, None), "not there yet");
}

#[test]
fn the_tables_for_known_facts() {
    let days = |e: usize, k, d, m| table_period(EDITIONS[e], &k, d, m);
    assert_eq!(days(0, Kind::Production, true, true), Some((Period::Days(28), Period::Days(28))));
    assert_eq!(days(2, Kind::Production, true, true), Some((Period::BySetting, Period::BySetting)));
    assert_eq!(days(2, Kind::Production, true, false), Some((Period::Days(7), Period::Days(7))));
    assert_eq!(days(0, Kind::Trial, false, false), Some((Period::Contested(7), Period::NotSupported)));
    assert_eq!(days(1, Kind::Trial, false, false), Some((Period::NotBackedUp, Period::NotSupported)));
    assert_eq!(days(0, Kind::Other("Platform".into()), false, false), None);
}

#[test]
fn a_move_to_another_region_leaves_the_points_before_it_behind() {
    let moved = |from: &str, to: &str| Changed::Region { from: Some(Region::new(from)), to: Region::new(to) };
    let plain = || Case::production(true, false);
    let case = plain().changed(jan(40, 0), moved("asia", "europe"));
    case.check(jan(39, 0), jan(11, 0), jan(11, 0));
    case.check(jan(40, 0), jan(40, 0), jan(40, 0));
    case.check(jan(50, 0), jan(40, 0), jan(40, 0));
    case.binds(jan(50, 0), RuleId::T2, RuleId::T2);
    case.check(jan(68, 0), jan(40, 0), jan(40, 0));
    case.check(jan(70, 0), jan(42, 0), jan(42, 0));
    case.binds(jan(70, 0), RuleId::K1, RuleId::K1);
    assert!(case.window(jan(70, 0)).guaranteed_reasons.iter().all(|r| !r.is_of(RuleId::T2)), "it no longer matters");
    // Noticed between two imports: the later end for the promise, the earlier for what is possible.
    let noticed = plain().between(jan(36, 0), jan(40, 0), moved("asia", "europe"));
    noticed.check(jan(50, 0), jan(40, 0), jan(36, 0));
    noticed.binds(jan(50, 0), RuleId::T2, RuleId::T2);
    noticed.check(jan(38, 0), None, jan(36, 0));
    // Only learned, written another way, and there and back again.
    plain().changed(jan(40, 0), Changed::Region { from: None, to: Region::new("europe") }).check(
        jan(50, 0),
        jan(22, 0),
        jan(22, 0),
    );
    plain().changed(jan(40, 0), moved("europe", "Europe")).check(jan(50, 0), jan(22, 0), jan(22, 0));
    let back = plain().changed(jan(40, 0), moved("asia", "europe")).changed(jan(45, 0), moved("europe", "asia"));
    back.check(jan(50, 0), jan(45, 0), jan(45, 0));

    let w = case.window(jan(50, 0));
    assert!(
        w.of_old_region(jan(39, 0))
            .is_some_and(|r| r.says().to_string().contains("from Asia to Europe on 9 Feb 2026 00:00 UTC"))
    );
    assert_eq!(w.of_old_region(jan(40, 0)), None);
    assert_eq!(plain().window(jan(50, 0)).of_old_region(jan(2, 0)), None, "gone for another reason");
}

/// What held in a span that is over and still cuts a bound.
#[test]
fn why_the_past_cuts() {
    #[track_caller]
    fn check(case: &Case, now: DateTime<Utc>, rule: RuleId, why: PastWhy) {
        let w = case.window(now);
        let mut reasons = w.guaranteed_reasons.iter().chain(&w.possible_reasons);
        let found = reasons.find_map(|r| match &r.cause {
            Cause::Past(past) => Some((r.rule(), past.why.clone())),
            _ => None,
        });
        assert_eq!(found, Some((Some(rule), why)), "{w:#?}");
    }
    let from = |from: Option<Kind>| {
        Case::production(true, false).changed(jan(40, 0), Changed::Kind { from, to: Kind::Production })
    };
    check(&from(Some(Kind::Sandbox)), jan(42, 0), RuleId::K6, PastWhy::Sandbox);
    check(&from(Some(Kind::Developer)), jan(42, 0), RuleId::K1, PastWhy::Kind(Some(Kind::Developer)));
    check(&from(None), jan(42, 0), RuleId::K6, PastWhy::PerhapsSandbox);
    // No switch ended it, although nobody knows the kind.
    let unknown = Case::production(false, true).setting(28).changed(jan(40, 0), setting(7, 28));
    let unknown = unknown.with(|e| e.kind = Fact::unknown());
    check(&unknown, jan(45, 0), RuleId::K5, PastWhy::LowerSetting);
}

/// A switch that is under way is said by the rule of the kinds that it is between.
#[test]
fn a_switch_under_way_is_said_by_its_rule() {
    #[track_caller]
    fn check(from: Kind, to: Kind, rule: RuleId) {
        let case = Case::production(true, false).with(|e| e.kind = known(to.clone()));
        let w = case.between(jan(40, 0), jan(42, 0), kind(from, to)).window(jan(41, 0));
        let moving = w.retention.reasons.iter().find(|r| matches!(r.cause, Cause::Moving(..)));
        assert_eq!(moving.and_then(|r| r.rule()), Some(rule), "{:#?}", w.retention.reasons);
    }
    check(Kind::Production, Kind::Sandbox, RuleId::K6);
    check(Kind::Sandbox, Kind::Production, RuleId::K6);
    check(Kind::Developer, Kind::Production, RuleId::K1);
}
