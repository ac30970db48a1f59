//! What the service itself printed: its readings (K14, K15), hints (K16), and manual backups that it lists against the rule (M10).

use crate::restore_support;
use restore_desk::domain::moment::Moment;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Environment, EnvironmentId, FactKey, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::manual_backup::{ManualBackup, Stage, judge};
use restore_desk::domain::merge::{LineKind, age_hint, merge, preview};
use restore_desk::domain::plan::Purpose;
use restore_desk::domain::restore::{Check, Point, Weight, check, check_purpose};
use restore_desk::domain::retention::{Certainty, Hint, Use, Window, hint, window};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::service::{Offered, Reading};
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::Say;
use restore_support::{PROD, days_ago, edit, hours_ago, request, seed};

/// Day `d` of January 2026 (32 is 1 February), at `h` o'clock UTC.
fn jan(d: i64, h: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap() + TimeDelta::days(d - 1) + TimeDelta::hours(h)
}
fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Import(1), jan(1, 0))
}
fn offered(from: impl Into<Option<DateTime<Utc>>>, period_days: impl Into<Option<u32>>) -> Offered {
    Offered { from: from.into(), period_days: period_days.into() }
}
/// An unmanaged Production environment without Dynamics 365 apps, created on day 1, and what the service offered.
fn production(offered: Offered, asked: DateTime<Utc>) -> Environment {
    let mut e = Environment::new("e");
    e.kind = known(Kind::Production);
    e.dataverse = known(true);
    e.dynamics = known(false);
    e.managed = known(false);
    e.created = known(jan(1, 0));
    e.oldest_backup = offered.from.map_or(Fact::unknown(), |at| Fact::known(at, Origin::Import(1), asked));
    e.reading = Some(Reading { offered, asked, hint: None });
    e
}
fn changed(mut e: Environment, at: DateTime<Utc>, what: Changed) -> Environment {
    match &what {
        Changed::Kind { to, .. } => e.kind = Fact::known(to.clone(), Origin::Recorded, at),
        Changed::RetentionSetting { to, .. } => e.retention_setting = Fact::known(*to, Origin::Recorded, at),
        Changed::Deleted => e.deleted = Some(at.into()),
        _ => {}
    }
    e.history.push(Change::exactly(at, what));
    e
}
fn kind(from: Kind, to: Kind) -> Changed {
    Changed::Kind { from: Some(from), to }
}

/// Under every edition: where the guaranteed and the possible part begin.
#[track_caller]
fn bounds(e: &Environment, now: DateTime<Utc>, guaranteed: Option<DateTime<Utc>>, possible: Option<DateTime<Utc>>) {
    for edition in EDITIONS {
        let w = window(edition, e, now);
        let why = (&w.guaranteed_reasons, &w.possible_reasons);
        assert_eq!((w.guaranteed_from, w.possible_from), (guaranteed, possible), "{}: {why:#?}", edition.id);
    }
}
fn now_of(e: &Environment, now: DateTime<Utc>) -> Window {
    window(Edition::default_edition(), e, now)
}
/// What each point is, by day of January at midnight.
#[track_caller]
fn points(e: &Environment, now: DateTime<Utc>, expect: &[(i64, Certainty)]) {
    for (day, certainty) in expect {
        let w = now_of(e, now);
        assert_eq!(w.certainty(jan(*day, 0)), *certainty, "day {day}: {:#?}", w.why(jan(*day, 0)));
    }
}
use Certainty::{Dormant, Gone, Guaranteed, Possible};

#[test]
fn the_documented_reading() {
    // 28 days printed, 22 days old, all of it offered: 7 guaranteed, 22 possible.
    let e = production(offered(jan(1, 0), 28), jan(23, 0));
    bounds(&e, jan(23, 0), Some(jan(16, 0)), Some(jan(1, 0)));
    let w = now_of(&e, jan(23, 0));
    let rules = |at| w.why(at).into_iter().filter_map(|r| r.rule()).collect::<Vec<_>>();
    assert_eq!(rules(jan(5, 0)), [RuleId::K1, RuleId::K15], "what makes it uncertain, then what it is possible by");
    assert_eq!(
        w.why(jan(5, 0))[1].says().capital().to_string(),
        "Its points from 1 Jan 2026 00:00 UTC to 23 Jan 2026 00:00 UTC are possible for 28 days, because the service offered them \
         on 23 Jan 2026 00:00 UTC at the latest"
    );
    assert_eq!(w.leaves(jan(5, 0)), (None, Some(jan(33, 0))), "until the point and the printed period");
    assert_eq!(w.retention.possible_days, 7, "no rule keeps more");
    assert_eq!(w.usage, Use::Restorable);
}

#[test]
fn a_point_that_no_rule_kept_says_why_it_is_there() {
    // A Sandbox from the 16th to the 34th: what was made then expired after 7 days by the rules, but was offered on the 35th.
    let mut e = production(offered(jan(7, 0), 28), jan(35, 0));
    e.managed = known(true);
    e.retention_setting = known(28);
    let e = changed(e, jan(16, 0), kind(Kind::Production, Kind::Sandbox));
    let e = changed(e, jan(34, 0), kind(Kind::Sandbox, Kind::Production));
    let w = now_of(&e, jan(35, 1));
    let k15 = |day| w.why(jan(day, 0)).iter().filter(|r| r.is_of(RuleId::K15)).count();
    assert_eq!((w.certainty(jan(20, 0)), k15(20)), (Possible, 1), "{:#?}", w.why(jan(20, 0)));
    assert_ne!(w.why(jan(20, 0))[0].rule(), Some(RuleId::K15), "what makes it uncertain comes first");
    // The rules reach these: they slept, or are of the last days.
    assert_eq!((w.certainty(jan(10, 0)), k15(10), k15(30)), (Possible, 0, 0));
    let mut unheard = e.clone();
    (unheard.reading, unheard.oldest_backup) = (None, Fact::unknown());
    assert_eq!(now_of(&unheard, jan(35, 1)).certainty(jan(20, 0)), Gone);
}

#[test]
fn a_reading_that_ages() {
    let e = production(offered(jan(1, 0), 28), jan(23, 0));
    bounds(&e, jan(29, 0), Some(jan(22, 0)), Some(jan(1, 0)));
    // What was made since is judged by the rules alone.
    points(&e, jan(33, 0), &[(4, Gone), (5, Possible), (23, Possible), (24, Gone), (25, Gone), (26, Guaranteed)]);
    let w = now_of(&e, jan(33, 0));
    assert_eq!(w.why(jan(24, 0)).first().and_then(|r| r.rule()), Some(RuleId::K1));
    bounds(&e, jan(60, 0), Some(jan(53, 0)), Some(jan(53, 0)));
    // 28 days where none is printed.
    let e = production(offered(jan(1, 0), None), jan(10, 0));
    points(&e, jan(30, 0), &[(2, Possible), (1, Gone), (10, Possible), (11, Gone)]);
    // A period of seven days adds nothing to the rule.
    bounds(&production(offered(jan(10, 0), 7), jan(17, 0)), jan(20, 0), Some(jan(13, 0)), Some(jan(13, 0)));
}

#[test]
fn what_comes_after_a_reading_is_judged_by_the_rules() {
    let e = || production(offered(jan(1, 0), 28), jan(23, 0));
    // A switch: what was offered sleeps for its own old period, what came since does not.
    let switched = changed(e(), jan(24, 0), kind(Kind::Production, Kind::Sandbox));
    points(&switched, jan(28, 0), &[(1, Dormant), (20, Dormant), (21, Guaranteed)]);
    points(
        &switched,
        jan(45, 0),
        &[(16, Gone), (17, Dormant), (23, Dormant), (24, Gone), (37, Gone), (38, Guaranteed)],
    );
    // And back: the rules keep seven days.
    let back = changed(switched, jan(25, 0), kind(Kind::Sandbox, Kind::Production));
    points(&back, jan(26, 0), &[(10, Gone), (18, Gone), (19, Guaranteed)]);
    // From what it was not known to be nothing is concluded.
    let told = changed(e(), jan(24, 0), Changed::Kind { from: None, to: Kind::Production });
    points(&told, jan(28, 0), &[(2, Possible)]);
    // A lowering: both for 24 hours, then the rules.
    let lower = Changed::RetentionSetting { from: Some(28), to: 7 };
    let lowered = changed(e(), jan(24, 0), lower);
    points(&lowered, jan(24, 23), &[(2, Possible), (18, Guaranteed)]);
    points(&lowered, jan(25, 0), &[(2, Gone), (18, Guaranteed)]);
    // A deletion: nothing is promised, and nothing more than the rules possible.
    let deleted = changed(e(), jan(24, 0), Changed::Deleted);
    points(&deleted, jan(25, 0), &[(2, Gone), (18, Possible), (23, Possible)]);
    // A rise changes nothing of what was offered.
    let risen = changed(e(), jan(24, 0), Changed::RetentionSetting { from: Some(14), to: 28 });
    points(&risen, jan(26, 0), &[(2, Possible)]);
    let managed = changed(e(), jan(24, 0), Changed::Managed { from: Some(false), to: true });
    points(&managed, jan(25, 0), &[(2, Possible)]);
    // Nobody knows whether it fell: it may still be as it was then.
    for what in [Changed::DynamicsUnknown { from: true }, Changed::ManagedUnknown { from: true }] {
        let apps = matches!(what, Changed::DynamicsUnknown { .. });
        let open = changed(Environment { kind: known(Kind::Sandbox), ..e() }, jan(24, 0), what);
        let told = |fact: Fact<bool>| match apps {
            true => Environment { dynamics: fact, ..open.clone() },
            false => Environment { managed: fact, ..open.clone() },
        };
        points(&told(Fact::unknown()), jan(26, 0), &[(2, Possible), (19, Guaranteed)]);
        // Somebody says on day 27 that it did: from then on the rules judge.
        let fell = told(Fact::known(false, Origin::Answer, jan(27, 0)));
        points(&fell, jan(26, 23), &[(2, Possible)]);
        points(&fell, jan(28, 0), &[(2, Gone), (21, Guaranteed)]);
    }
    // A change of before the reading is part of it.
    let before = changed(e(), jan(22, 0), kind(Kind::Sandbox, Kind::Production));
    points(&before, jan(23, 0), &[(2, Possible), (16, Guaranteed)]);
}

#[test]
fn older_than_offered_is_gone() {
    let mut e = production(offered(jan(10, 0), 28), jan(23, 0));
    points(&e, jan(23, 0), &[(9, Gone), (10, Possible)]);
    // Also where no other fact says so.
    e.oldest_backup = Fact::unknown();
    points(&e, jan(23, 0), &[(9, Gone), (10, Possible)]);
    // Nobody is asked later than now, and the way in which tools print "no date" offers nothing.
    e.reading = Some(Reading { offered: offered(jan(10, 0), 28), asked: jan(400, 0), hint: None });
    points(&e, jan(23, 0), &[(9, Gone), (10, Possible)]);
    let never = Utc.with_ymd_and_hms(9999, 12, 31, 23, 59, 59).unwrap();
    for from in [never, Utc.with_ymd_and_hms(1601, 1, 1, 0, 0, 0).unwrap()] {
        e.reading = Some(Reading { offered: offered(from, 28), asked: jan(20, 0), hint: None });
        assert_eq!(now_of(&e, jan(23, 0)).possible_from, Some(jan(16, 0)));
    }
    for asked in [never, Utc.with_ymd_and_hms(1, 1, 1, 0, 0, 0).unwrap()] {
        e.reading = Some(Reading { offered: offered(None, None), asked, hint: None });
        bounds(&e, jan(23, 0), Some(jan(16, 0)), Some(jan(16, 0)));
    }
}

#[test]
fn the_first_day() {
    let fresh = |asked| production(offered(None, None), asked);
    // Nothing at that moment; a moment later everything since its creation may be there.
    bounds(&fresh(jan(1, 10)), jan(1, 10), None, Some(jan(1, 10)));
    bounds(&fresh(jan(1, 10)), jan(1, 12), None, Some(jan(1, 0)));
    bounds(&fresh(jan(1, 10)), jan(1, 23), None, Some(jan(1, 0)));
    assert_eq!(now_of(&fresh(jan(1, 10)), jan(1, 12)).guaranteed_reasons[0].rule(), Some(RuleId::K14));
    // From then on it begins at creation, but not before the service said "nothing yet", whatever the age.
    bounds(&fresh(jan(1, 10)), jan(2, 0), Some(jan(1, 10)), Some(jan(1, 0)));
    points(&fresh(jan(1, 10)), jan(2, 8), &[(1, Possible)]);
    let later = fresh(jan(5, 0));
    bounds(&later, jan(5, 0), None, Some(jan(5, 0)));
    assert_eq!(now_of(&later, jan(5, 0)).possible_reasons[0].rule(), Some(RuleId::K14));
    // A period beside it leaves open whether there was something; at that very instant nothing is sure.
    let with_period = production(offered(None, 28), jan(5, 0));
    bounds(&with_period, jan(5, 0), None, Some(jan(1, 0)));
    bounds(&with_period, jan(5, 1), Some(jan(5, 0)), Some(jan(1, 0)));
    // A service that offered nothing of an old environment has not shown that it makes points, however long that is ago.
    bounds(&later, jan(5, 1), None, Some(jan(5, 0)));
    bounds(&later, jan(6, 1), None, Some(jan(5, 0)));
    // Also where Dynamics 365 apps would keep 28 days: one answer, "nothing yet".
    let mut open = later.clone();
    open.dynamics = Fact::unknown();
    bounds(&open, jan(5, 0), None, Some(jan(5, 0)));
    bounds(&open, jan(5, 1), None, Some(jan(5, 0)));
    assert_eq!(now_of(&open, jan(5, 1)).possible_reasons[0].rule(), Some(RuleId::K14));
    let w = now_of(&later, jan(6, 0));
    assert_eq!(
        w.guaranteed_reasons[0].says().capital().to_string(),
        "The service offered nothing to restore when it was asked, on 5 Jan 2026 00:00 UTC at the latest, although it was more than 24 \
         hours old: what was made since is only possible until a newer list shows a point"
    );
    bounds(&later, jan(20, 0), None, Some(jan(13, 0)));
    assert_eq!(now_of(&later, jan(20, 0)).why(jan(15, 0))[0].rule(), Some(RuleId::K14));
    // A newer reading shows one.
    let mut shown = later.clone();
    shown.reading = Some(Reading { offered: offered(jan(6, 0), 7), asked: jan(8, 0), hint: None });
    bounds(&shown, jan(9, 0), Some(jan(6, 0)), Some(jan(6, 0)));
    // A day old to the hour is old; an hour less is its first day.
    bounds(&fresh(jan(2, 0)), jan(4, 0), None, Some(jan(2, 0)));
    bounds(&fresh(jan(1, 23)), jan(4, 0), Some(jan(1, 23)), Some(jan(1, 0)));
    // When it was created is not known: it may have been old, or in its first day, and that began less than a day before.
    let mut unknown = fresh(jan(5, 0));
    unknown.created = Fact::unknown();
    unknown.existed_by = Some(jan(4, 12));
    bounds(&unknown, jan(5, 0), None, Some(jan(5, 0)));
    bounds(&unknown, jan(9, 0), None, Some(jan(4, 0)));
    bounds(&Environment { existed_by: None, ..unknown.clone() }, jan(9, 0), None, Some(jan(4, 0)));
    bounds(&Environment { existed_by: Some(jan(4, 0)), ..unknown.clone() }, jan(9, 0), None, Some(jan(5, 0)));
    let w = now_of(&unknown, jan(9, 0));
    assert!(w.asks.contains(&FactKey::Created), "{:?}", w.asks);
    assert!(
        w.guaranteed_reasons[0].says().to_string().contains("whether it was in its first 24 hours then is not known")
    );
    unknown.existed_by = Some(jan(3, 0));
    assert!(
        now_of(&unknown, jan(9, 0)).guaranteed_reasons[0]
            .says()
            .to_string()
            .contains("although it was more than 24 hours old")
    );
    // A manual backup of since then is at risk, too.
    let judged = judge(EDITIONS[0], &later, &backup(jan(6, 0), None), jan(8, 0));
    assert_eq!((judged.stage, judged.guaranteed_until), (Stage::AtRisk, None));
    assert_eq!(judged.reasons[0].rule(), Some(RuleId::K14));
    // Nothing is offered of what sleeps (K6), also where it is not known that it was a Production environment.
    for from in [Some(Kind::Production), None] {
        let what = Changed::Kind { from, to: Kind::Sandbox };
        let slept = changed(Environment { dynamics: known(true), ..fresh(jan(23, 0)) }, jan(20, 0), what);
        points(&slept, jan(23, 0), &[(10, Dormant)]);
        points(&slept, jan(24, 0), &[(10, Dormant)]);
    }
    // What was offered on the first day is there.
    bounds(&production(offered(jan(1, 0), 28), jan(1, 20)), jan(1, 20), Some(jan(1, 0)), Some(jan(1, 0)));
    // A manual backup of the first day is promised until nothing.
    let mut e = fresh(jan(1, 3));
    e.reading = None;
    let judged = judge(EDITIONS[0], &e, &backup(jan(1, 5), None), jan(1, 8));
    assert_eq!((judged.stage, judged.guaranteed_until), (Stage::AtRisk, None));
    assert_eq!(judged.reasons[0].rule(), Some(RuleId::K14));
    let judged = judge(EDITIONS[0], &e, &backup(jan(1, 5), None), jan(2, 8));
    assert_eq!((judged.stage, judged.guaranteed_until), (Stage::Ready, Some(jan(8, 5))));
}

#[test]
fn what_the_service_offers_beyond_the_rules() {
    // The later editions know no backups of trials; the service offered some.
    let mut trial = production(offered(jan(5, 0), 7), jan(12, 0));
    trial.kind = known(Kind::Trial);
    let w = window(EDITIONS[1], &trial, jan(13, 0));
    assert_eq!((w.guaranteed_from, w.possible_from, w.usage), (None, Some(jan(6, 0)), Use::KeptOnly));
    assert_eq!((w.certainty(jan(12, 0)), w.certainty(jan(12, 1))), (Possible, Gone));
    // Without a database nothing is offered.
    trial.dataverse = known(false);
    assert_eq!(window(EDITIONS[1], &trial, jan(13, 0)).usage, Use::Nothing);
}

fn backup(point: DateTime<Utc>, expiry: Option<DateTime<Utc>>) -> ManualBackup {
    ManualBackup {
        id: "b".into(),
        label: "before".into(),
        point,
        asked: None,
        created_by: None,
        reported_expiry: expiry,
        origin: Origin::Import(1),
    }
}

/// M10: evidence before rule, for each edition's kinds that support no manual backups.
#[test]
fn a_backup_that_an_import_lists_against_the_kind() {
    let listed = |edition: usize, kind: Kind, expiry: Option<DateTime<Utc>>, now: DateTime<Utc>| {
        let mut e = production(offered(None, None), jan(1, 0));
        e.reading = None;
        e.kind = known(kind);
        let judged = judge(EDITIONS[edition], &e, &backup(jan(10, 0), expiry), now);
        let rules: Vec<RuleId> = judged.reasons.iter().filter_map(|r| r.rule()).collect();
        (judged.stage, judged.guaranteed_until, judged.possible_until, rules)
    };
    for (edition, kind) in [
        (0, Kind::Developer),
        (0, Kind::Teams),
        (0, Kind::Default),
        (1, Kind::Default),
        (1, Kind::Trial),
        (2, Kind::Trial),
    ] {
        let printed = listed(edition, kind.clone(), Some(jan(38, 0)), jan(30, 0));
        assert_eq!((printed.0, printed.1, printed.2), (Stage::AtRisk, None, Some(jan(38, 0))), "{kind}");
        assert_eq!(printed.3[..2], [RuleId::M10, RuleId::M1], "{kind}");
        assert_eq!(listed(edition, kind.clone(), Some(jan(38, 0)), jan(38, 1)).0, Stage::Expired, "{kind}");
        // No expiry: the period of the system backup.
        let unprinted = listed(edition, kind.clone(), None, jan(17, 0));
        assert_eq!((unprinted.0, unprinted.2), (Stage::AtRisk, Some(jan(17, 0))), "{kind}");
        assert_eq!(listed(edition, kind.clone(), None, jan(17, 1)).0, Stage::Expired, "{kind}");
    }
    // Where the kind supports them the rules judge, and an expiry only ever shortens.
    assert_eq!(listed(0, Kind::Sandbox, Some(jan(38, 0)), jan(30, 0)).0, Stage::Expired);
    // What was recorded here is no evidence of the service.
    let mut e = production(offered(None, None), jan(1, 0));
    e.reading = None;
    e.kind = known(Kind::Trial);
    let recorded = ManualBackup { origin: Origin::Recorded, ..backup(jan(10, 0), Some(jan(38, 0))) };
    assert_eq!(judge(EDITIONS[1], &e, &recorded, jan(12, 0)).stage, Stage::Expired);
    // A deleted environment takes it along.
    e.deleted = Some(jan(12, 0).into());
    assert_eq!(judge(EDITIONS[1], &e, &backup(jan(10, 0), Some(jan(38, 0))), jan(30, 0)).stage, Stage::Expired);
}

/// At risk says why: what makes it uncertain comes first, in the list and in the checks.
#[test]
fn a_backup_at_risk_says_why() {
    let first = |edit: &dyn Fn(&mut Environment), point: DateTime<Utc>| {
        let tenant = edit_prod(|e| {
            e.dynamics = known(false);
            e.managed = known(true);
            e.retention_setting = known(28);
            e.backups = vec![ManualBackup { point, ..backup(point, None) }];
            edit(e);
        });
        let env = tenant.get(&EnvironmentId::new(PROD)).unwrap();
        let judged = judge(seed(), env, &env.backups[0], restore_support::now());
        assert_eq!(judged.stage, Stage::AtRisk, "{judged:#?}");
        let wanted = restore_desk::domain::restore::RestoreRequest {
            point: Point::Manual("b".into()),
            ..request(PROD, restore_support::BOX, point)
        };
        let checks = check(Moment::new(seed(), &tenant, restore_support::now()), &wanted);
        let said = checks.into_iter().find(|c| c.doubts_point()).unwrap();
        let first = judged.reasons[0].rule().unwrap();
        assert_eq!(said.rule(), Some(first), "{}", said.says());
        let why = judged.reasons[0].says().capital();
        assert!(said.says().to_string().ends_with(&format!("{why}.")), "{}", said.says());
        first
    };
    assert_eq!(first(&|_| {}, days_ago(10)), RuleId::D4);
    let lowered = |e: &mut Environment| {
        e.retention_setting = known(7);
        let what = Changed::RetentionSetting { from: Some(28), to: 7 };
        e.history.push(Change::exactly(hours_ago(2), what));
    };
    assert!(matches!(first(&lowered, days_ago(10)), RuleId::K4 | RuleId::D4));
    let round_trip = |e: &mut Environment| {
        e.dynamics = known(true);
        e.history.push(Change::exactly(days_ago(2), kind(Kind::Production, Kind::Sandbox)));
        e.history.push(Change::exactly(days_ago(1), kind(Kind::Sandbox, Kind::Production)));
    };
    assert_eq!(first(&round_trip, days_ago(12)), RuleId::K6);
    let expired = |e: &mut Environment| e.backups[0].reported_expiry = Some(hours_ago(1));
    assert_eq!(first(&expired, days_ago(5)), RuleId::M4);
}

fn edit_prod(change: impl FnOnce(&mut Environment)) -> Tenant {
    edit(PROD, change)
}

/// R1 before R16: what is gone is refused for being gone, and no way that needs it is advised.
#[test]
fn a_point_that_is_gone_is_refused_for_that_first() {
    let stops = |point: DateTime<Utc>, change: &dyn Fn(&mut Environment)| {
        let tenant = edit_prod(change);
        let purpose = Purpose::RestoreToProduction(request(PROD, PROD, point));
        let checks = check_purpose(Moment::new(seed(), &tenant, restore_support::now()), &purpose);
        let stops: Vec<_> = checks.into_iter().filter(|c| c.weight == Weight::Stop).collect();
        let rules: Vec<RuleId> = stops.iter().filter_map(Check::rule).collect();
        (rules, stops.into_iter().map(|c| c.with_help().to_string()).collect::<String>())
    };
    // Dynamics 365 apps: 28 days. Older than seven is R16's, older than 28 R1's.
    let with_apps = |e: &mut Environment| e.dynamics = known(true);
    let (rules, says) = stops(days_ago(20), &with_apps);
    assert_eq!(rules, [RuleId::R16]);
    assert!(says.contains("restore this point to another environment"), "{says}");
    let (rules, says) = stops(days_ago(40), &with_apps);
    assert_eq!(rules, [RuleId::R1]);
    assert!(!says.contains("another environment") && says.contains("is gone"), "{says}");
    // Seven days.
    let without = |e: &mut Environment| {
        e.dynamics = known(false);
        e.managed = known(false);
    };
    assert_eq!(stops(days_ago(8), &without).0, [RuleId::R1]);
    // Before its creation.
    let young = |e: &mut Environment| e.created = known(days_ago(3));
    assert_eq!(stops(days_ago(4), &young).0, [RuleId::R1]);
    // An expired manual backup.
    let tenant = edit_prod(|e| e.backups = vec![backup(days_ago(40), None)]);
    let wanted = restore_desk::domain::restore::RestoreRequest {
        point: Point::Manual("b".into()),
        ..request(PROD, PROD, days_ago(40))
    };
    let checks =
        check_purpose(Moment::new(seed(), &tenant, restore_support::now()), &Purpose::RestoreToProduction(wanted));
    let stops: Vec<RuleId> = checks.iter().filter(|c| c.weight == Weight::Stop).filter_map(Check::rule).collect();
    assert_eq!(stops, [RuleId::M4]);
    assert!(checks.iter().all(|c| !c.help().to_string().contains("this point to another")));
}

#[test]
fn hints() {
    let with = |days: u32, change: &dyn Fn(&mut Environment)| {
        let mut e = production(offered(jan(1, 0), days), jan(23, 0));
        e.dynamics = Fact::unknown();
        change(&mut e);
        hint(&e)
    };
    assert_eq!(with(28, &|_| {}), Some(Hint::Dynamics { days: 28 }));
    assert_eq!(with(14, &|_| {}), Some(Hint::WasManaged { days: 14 }));
    assert_eq!(with(21, &|_| {}), Some(Hint::WasManaged { days: 21 }));
    assert_eq!(with(7, &|_| {}), None);
    assert_eq!(with(30, &|_| {}), None);
    assert_eq!(with(28, &|e| e.managed = known(true)), None);
    assert_eq!(with(28, &|e| e.managed = Fact::unknown()), None);
    assert_eq!(with(28, &|e| e.kind = known(Kind::Sandbox)), None);
    assert_eq!(with(28, &|e| e.dynamics = known(false)), None, "it is answered");
    // A setting that an import told, without a reading; an answer is no print.
    let set = |origin: Origin| {
        move |e: &mut Environment| {
            e.reading = None;
            e.retention_setting = Fact::known(28, origin.clone(), jan(1, 0));
        }
    };
    assert_eq!(with(7, &set(Origin::Import(1))), Some(Hint::Dynamics { days: 28 }));
    assert_eq!(with(7, &set(Origin::Recorded)), None);
    for hint in [Hint::Dynamics { days: 28 }, Hint::WasManaged { days: 14 }] {
        let says = hint.says().to_string();
        assert!(says.contains("days") && says.ends_with(['.', '?']));
    }
}

fn observed(id: &str, offered: Offered) -> Observation {
    Observation {
        id: id.into(),
        kind: Some(Kind::Production),
        oldest_backup: offered.from,
        offered: Some(offered),
        ..Observation::default()
    }
}
fn file(environments: Vec<Observation>) -> Inventory {
    Inventory {
        format: "admin REST list".into(),
        name: "a.json".into(),
        environments: environments.into(),
        ..Inventory::default()
    }
}
fn reading(tenant: &Tenant, id: &str) -> Option<Reading> {
    tenant.get(&EnvironmentId::new(id)).and_then(|e| e.reading)
}

#[test]
fn readings_are_merged() {
    let full = offered(jan(1, 0), 28);
    // Without a stamp: the import, or what the file shows: 28 days before is 29 January.
    let old =
        file(vec![observed("a", full), observed("b", offered(jan(20, 0), 28)), observed("c", offered(None, None))]);
    let t = merge(&Tenant::default(), &old, jan(40, 0));
    assert_eq!(reading(&t, "a"), Some(Reading { offered: full, asked: jan(29, 0), hint: None }));
    assert_eq!(reading(&t, "b").map(|r| r.asked), Some(jan(29, 0)));
    let c = reading(&t, "c").unwrap();
    assert_eq!(c.asked, jan(40, 0), "a caution counts as long as it may");
    assert_eq!(c.hint, Some(jan(29, 0)), "what the file hints at stands beside it");
    // The same old file, imported later, promises nothing more.
    let again = merge(&t, &old, jan(45, 0));
    for id in ["a", "b", "c"] {
        assert_eq!(reading(&again, id), reading(&t, id));
    }
    assert!(preview(&t, &old, jan(45, 0)).lines.iter().all(|l| l.what == LineKind::Unchanged));
    // A newer one does, and the older one then says nothing of it.
    let newer = offered(jan(14, 0), 28);
    let t = merge(&t, &file(vec![observed("a", newer)]), jan(50, 0));
    assert_eq!(reading(&t, "a"), Some(Reading { offered: newer, asked: jan(42, 0), hint: None }));
    let t = merge(&t, &old, jan(55, 0));
    assert_eq!(reading(&t, "a").map(|r| r.asked), Some(jan(42, 0)));
    // A stamp comes first, also to say the same again; never later than the import.
    let stamped = |at| Inventory { asked: Some(at), ..file(vec![observed("a", newer)]) };
    let t = merge(&t, &stamped(jan(56, 0)), jan(60, 0));
    assert_eq!(reading(&t, "a"), Some(Reading { offered: newer, asked: jan(56, 0), hint: None }));
    let t = merge(&t, &stamped(jan(99, 0)), jan(61, 0));
    assert_eq!(reading(&t, "a").map(|r| r.asked), Some(jan(61, 0)));
    // That nothing is offered is said anew by a file that shows itself to be newer than the one that said so, or shows nothing.
    let nothing = || observed("c", offered(None, None));
    let t = merge(&t, &file(vec![observed("b", offered(jan(30, 0), 28)), nothing()]), jan(61, 1));
    assert_eq!(reading(&t, "c").map(|r| r.hint), Some(Some(jan(58, 0))));
    assert_eq!(reading(&merge(&t, &old, jan(61, 2)), "c"), reading(&t, "c"), "the old one is no newer");
    let t = merge(&t, &file(vec![nothing()]), jan(61, 3));
    assert_eq!(reading(&t, "c"), Some(Reading { offered: offered(None, None), asked: jan(61, 3), hint: None }));
    // A file that says nothing of it takes nothing away.
    let silent = Observation { offered: None, ..observed("a", newer) };
    assert!(reading(&merge(&t, &file(vec![silent]), jan(62, 0)), "a").is_some());
}

/// A list of months ago that said "nothing yet" of a new environment hides nothing that may have been made since, and promises nothing:
/// when it was asked for is a hint.
#[test]
fn nothing_yet_of_an_old_file() {
    let new = |created| Observation { created: Some(created), ..observed("new", offered(None, None)) };
    let imported = |created, now| {
        let t = merge(&Tenant::default(), &file(vec![observed("a", offered(jan(1, 0), 28)), new(created)]), now);
        t.get(&EnvironmentId::new("new")).unwrap().clone()
    };
    let mut env = imported(jan(28, 12), jan(200, 0));
    env.dataverse = known(true);
    env.dynamics = known(false);
    env.managed = known(false);
    for now in [jan(200, 0), jan(200, 1), jan(203, 0)] {
        bounds(&env, now, None, Some(now - TimeDelta::days(7)));
    }
    let w = now_of(&env, jan(200, 0));
    assert_eq!(
        w.guaranteed_reasons[0].says().capital().to_string(),
        "The service offered nothing to restore when it was asked, on 29 Jan 2026 00:00 UTC at the latest by what the file says of its \
         backups; that is a hint: what there is of it is only possible until a newer list shows a point"
    );
    assert_eq!(w.guaranteed_reasons[0].rule(), Some(RuleId::K14));
    // A file of today says it of today.
    let today = imported(jan(28, 12), jan(29, 6));
    assert_eq!(today.reading.unwrap().hint, None);
}

/// However late it is imported: a plan made on it begins with a newer list.
#[test]
fn an_old_file_stays_an_old_file() {
    let check = |file: Inventory, now, as_of, was_old| {
        let t = merge(&Tenant::default(), &file, now);
        let list = t.last_list().unwrap();
        assert_eq!((list.as_of(), list.was_old()), (as_of, was_old));
    };
    let full = || file(vec![observed("a", offered(jan(1, 0), 28))]);
    check(full(), jan(40, 0), jan(29, 0), true);
    check(full(), jan(29, 12), jan(29, 0), false);
    check(Inventory { asked: Some(jan(30, 0)), ..full() }, jan(40, 0), jan(30, 0), true);
    check(Inventory { asked: Some(jan(99, 0)), ..full() }, jan(40, 0), jan(40, 0), false);
    // Nothing in it tells.
    check(file(vec![observed("a", offered(None, None))]), jan(40, 0), jan(40, 0), false);
}

#[test]
fn how_old_a_file_is() {
    let check = |file: Inventory, now, expect| assert_eq!(age_hint(&file, now), expect);
    let full = || observed("a", offered(jan(1, 0), 28));
    check(file(vec![full()]), jan(40, 0), Some(jan(29, 0)));
    assert_eq!(preview(&Tenant::default(), &file(vec![full()]), jan(40, 0)).asked_at_latest, Some(jan(29, 0)));
    check(file(vec![full()]), jan(29, 12), None);
    check(
        file(vec![observed("a", offered(jan(1, 0), 28)), observed("b", offered(jan(20, 0), 7))]),
        jan(40, 0),
        Some(jan(27, 0)),
    );
    check(file(vec![observed("a", offered(jan(1, 0), None)), observed("b", offered(None, None))]), jan(40, 0), None);
    check(file(vec![]), jan(40, 0), None);
    // The file's own stamp comes first.
    check(Inventory { asked: Some(jan(30, 0)), ..file(vec![full()]) }, jan(40, 0), None);
    // A period that had just been lowered spoils it: something in the file is newer.
    let lowered = observed("a", offered(jan(1, 0), 7));
    let seen = Observation { existed_by: Some(jan(20, 0)), ..observed("b", offered(None, None)) };
    check(file(vec![lowered, seen]), jan(40, 0), None);
    // What is deleted shows nothing.
    check(file(vec![Observation { deleted: Some(jan(10, 0).into()), ..full() }]), jan(40, 0), None);
}
