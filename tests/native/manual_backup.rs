//! Manual backups: docs/RULES.md.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::environment::{Environment, FactKey, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::manual_backup::manual_retention;
use restore_desk::domain::manual_backup::{CanCreate, Judged, ManualBackup, Stage, can_create, judge, not_expired};
use restore_desk::domain::retention::{Cause, Certainty, Reason};
use restore_desk::domain::rule::RuleId;
use restore_desk::words::Say;

/// Day `d` of January 2026 (32 is 1 February), at `h` o'clock UTC.
fn jan(d: i64, h: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap() + TimeDelta::days(d - 1) + TimeDelta::hours(h)
}
fn minutes(n: i64) -> TimeDelta {
    TimeDelta::minutes(n)
}
fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Import(1), jan(1, 0))
}
fn env(kind: Kind, dynamics: bool, managed: bool) -> Environment {
    let mut e = Environment::new("e");
    e.kind = known(kind);
    e.dataverse = known(true);
    e.dynamics = known(dynamics);
    e.managed = known(managed);
    e.created = known(jan(1, 0));
    e
}
fn backup(point: DateTime<Utc>) -> ManualBackup {
    ManualBackup {
        id: "b".into(),
        label: "before 9.2".into(),
        point,
        asked: None,
        created_by: None,
        reported_expiry: None,
        origin: Origin::Import(1),
    }
}

#[track_caller]
fn check(e: &Environment, b: &ManualBackup, now: DateTime<Utc>, stage: Stage, certainty: Certainty) -> Judged {
    let judged = judge(EDITIONS[0], e, b, now);
    assert_eq!((judged.stage, judged.certainty), (stage, certainty), "{judged:#?}");
    judged
}

#[test]
fn the_first_quarter_of_an_hour() {
    let e = env(Kind::Sandbox, false, false);
    let b = backup(jan(10, 0));
    let at = |m: i64, s: i64| jan(10, 0) + minutes(m) + TimeDelta::seconds(s);
    check(&e, &b, at(0, 0), Stage::Processing, Certainty::Guaranteed);
    check(&e, &b, at(9, 59), Stage::Processing, Certainty::Guaranteed);
    check(&e, &b, at(10, 0), Stage::UsableWithCaution, Certainty::Guaranteed);
    check(&e, &b, at(14, 59), Stage::UsableWithCaution, Certainty::Guaranteed);
    check(&e, &b, at(15, 0), Stage::Ready, Certainty::Guaranteed);
}

#[test]
fn the_point_may_lie_beside_the_moment_of_asking() {
    let e = env(Kind::Sandbox, false, false);
    // M9: two minutes after.
    let mut b = backup(jan(10, 0) + minutes(2));
    b.asked = Some(jan(10, 0));
    check(&e, &b, jan(10, 0) + minutes(1), Stage::Processing, Certainty::Guaranteed);
    check(&e, &b, jan(10, 0) + minutes(10), Stage::UsableWithCaution, Certainty::Guaranteed);
    // Two minutes before: the age counts from the asking.
    let mut b = backup(jan(10, 0) - minutes(2));
    b.asked = Some(jan(10, 0));
    check(&e, &b, jan(10, 0) + minutes(9), Stage::Processing, Certainty::Guaranteed);
    // However long ago it was asked for, a point that is not there yet cannot be restored.
    let mut b = backup(jan(11, 0));
    b.asked = Some(jan(10, 0));
    check(&e, &b, jan(10, 12), Stage::Processing, Certainty::Guaranteed);
}

#[test]
fn expiry_is_the_point_plus_the_retention() {
    let e = env(Kind::Production, true, false);
    let b = backup(jan(10, 0));
    let judged = check(&e, &b, jan(12, 0), Stage::Ready, Certainty::Guaranteed);
    assert_eq!((judged.guaranteed_until, judged.possible_until), (Some(jan(38, 0)), Some(jan(38, 0))));
    assert_eq!(judged.reasons.first().and_then(|r| r.rule()), Some(RuleId::M4));
    check(&e, &b, jan(38, 0), Stage::Ready, Certainty::Guaranteed);
    let judged = check(&e, &b, jan(38, 0) + minutes(1), Stage::Expired, Certainty::Gone);
    assert_eq!(judged.guaranteed_until, Some(jan(38, 0)), "it still tells when");
}

#[test]
fn a_change_moves_the_expiry() {
    // M4, K4: raised on the 12th, it lives longer; lowered, shorter.
    let mut e = env(Kind::Production, false, true);
    e.retention_setting = known(28);
    e.history = vec![Change::exactly(jan(12, 0), Changed::RetentionSetting { from: Some(7), to: 28 })];
    let newest = EDITIONS[2];
    let judged = judge(newest, &e, &backup(jan(10, 0)), jan(12, 1));
    assert_eq!((judged.guaranteed_until, judged.possible_until), (Some(jan(38, 0)), Some(jan(38, 0))));

    e.retention_setting = known(7);
    e.history = vec![Change::exactly(jan(20, 0), Changed::RetentionSetting { from: Some(28), to: 7 })];
    let judged = judge(newest, &e, &backup(jan(10, 0)), jan(20, 1));
    assert_eq!((judged.stage, judged.certainty), (Stage::AtRisk, Certainty::Possible));
    assert_eq!((judged.guaranteed_until, judged.possible_until), (Some(jan(20, 0)), Some(jan(21, 0))));
    let judged = judge(newest, &e, &backup(jan(10, 0)), jan(21, 0));
    assert_eq!(judged.stage, Stage::Expired);

    // A fall that is over killed it all the same.
    e.retention_setting = known(28);
    e.history.push(Change::exactly(jan(23, 0), Changed::RetentionSetting { from: Some(7), to: 28 }));
    assert_eq!(judge(newest, &e, &backup(jan(10, 0)), jan(25, 0)).stage, Stage::Expired);
}

#[test]
fn in_a_sandbox_that_was_production_it_sleeps() {
    let mut e = env(Kind::Sandbox, true, false);
    e.history = vec![Change::exactly(jan(20, 0), Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox })];
    let judged = check(&e, &backup(jan(10, 0)), jan(21, 0), Stage::Dormant, Certainty::Dormant);
    assert_eq!((judged.guaranteed_until, judged.possible_until), (Some(jan(20, 0)), Some(jan(38, 0))));
    let judged = check(&e, &backup(jan(19, 0)), jan(21, 0), Stage::Ready, Certainty::Guaranteed);
    assert_eq!((judged.guaranteed_until, judged.possible_until), (Some(jan(26, 0)), Some(jan(26, 0))));
    e.kind = known(Kind::Production);
    e.history.push(Change::exactly(jan(22, 0), Changed::Kind { from: Some(Kind::Sandbox), to: Kind::Production }));
    check(&e, &backup(jan(10, 0)), jan(23, 0), Stage::AtRisk, Certainty::Possible);
    check(&e, &backup(jan(15, 0)), jan(23, 0), Stage::Ready, Certainty::Guaranteed);
}

#[test]
fn managed_production_of_2024_promises_seven_days_of_its_setting() {
    let mut e = env(Kind::Production, false, true);
    e.retention_setting = known(21);
    let judged = check(&e, &backup(jan(10, 0)), jan(12, 0), Stage::Ready, Certainty::Guaranteed);
    assert_eq!((judged.guaranteed_until, judged.possible_until), (Some(jan(17, 0)), Some(jan(31, 0))));
    assert!(judged.reasons.iter().any(|r| r.is_of(RuleId::D4)), "{judged:#?}");
    check(&e, &backup(jan(10, 0)), jan(20, 0), Stage::AtRisk, Certainty::Possible);
    let judged = judge(EDITIONS[1], &e, &backup(jan(10, 0)), jan(12, 0));
    assert_eq!(judged.guaranteed_until, Some(jan(31, 0)), "settled in the next edition");
}

#[test]
fn the_earlier_of_our_expiry_and_the_reported_one_is_guaranteed() {
    let e = env(Kind::Production, true, false);
    let reported = |theirs| {
        let mut b = backup(jan(10, 0));
        b.reported_expiry = Some(theirs);
        b
    };
    let judged = check(&e, &reported(jan(17, 0)), jan(12, 0), Stage::Ready, Certainty::Guaranteed);
    assert_eq!((judged.guaranteed_until, judged.possible_until), (Some(jan(17, 0)), Some(jan(38, 0))));
    check(&e, &reported(jan(17, 0)), jan(17, 0), Stage::Ready, Certainty::Guaranteed);
    check(&e, &reported(jan(17, 0)), jan(18, 0), Stage::AtRisk, Certainty::Possible);
    let judged = check(&e, &reported(jan(60, 0)), jan(12, 0), Stage::Ready, Certainty::Guaranteed);
    assert_eq!(judged.guaranteed_until, Some(jan(38, 0)));
    check(&e, &reported(jan(60, 0)), jan(39, 0), Stage::Expired, Certainty::Gone);
}

#[test]
fn a_manual_backup_proves_that_its_environment_existed() {
    let mut e = env(Kind::Sandbox, false, false);
    e.created = Fact::unknown();
    check(&e, &backup(jan(10, 0)), jan(12, 0), Stage::Ready, Certainty::Guaranteed);
    e.created = known(jan(11, 0));
    check(&e, &backup(jan(10, 0)), jan(12, 0), Stage::Expired, Certainty::Gone);
}

#[test]
fn where_it_is_not_supported_nothing_is_promised() {
    let judged =
        check(&env(Kind::Developer, false, false), &backup(jan(10, 0)), jan(12, 0), Stage::AtRisk, Certainty::Possible);
    assert!(judged.reasons.iter().any(|r| r.is_of(RuleId::M1)), "{judged:#?}");
    let mut gone = env(Kind::Sandbox, false, false);
    gone.dataverse = known(false);
    let judged = check(&gone, &backup(jan(10, 0)), jan(12, 0), Stage::Expired, Certainty::Gone);
    assert_eq!(judged.reasons.first().and_then(|r| r.rule()), Some(RuleId::K7));
}

/// By edition: 2024, 2025, 2026.
#[track_caller]
fn creates(e: &Environment, expect: [CanCreate; 3]) {
    for (edition, expect) in EDITIONS.iter().zip(expect) {
        let got = match can_create(edition, e) {
            // What is said has a test of its own; the rules are what counts.
            CanCreate::No(r) => {
                assert!(r.iter().all(|r| !r.says().is_empty()));
                no(&r.iter().filter_map(|r| r.rule()).collect::<Vec<_>>())
            }
            other => other,
        };
        assert_eq!(got, expect, "{edition:?}");
        let none = matches!(expect, CanCreate::No(_)) && e.deleted.is_none();
        assert_eq!(
            manual_retention(edition, e, chrono::DateTime::UNIX_EPOCH).is_none(),
            none,
            "no retention where none can be made, {edition:?}"
        );
    }
}
fn no(rules: &[RuleId]) -> CanCreate {
    CanCreate::No(rules.iter().map(|r| Reason::of(*r, Cause::NoBackups)).collect())
}

#[test]
fn who_can_be_backed_up_by_hand() {
    use CanCreate::{Unknown, Yes};
    let all = |c: CanCreate| [c.clone(), c.clone(), c];
    creates(&env(Kind::Production, false, false), all(Yes));
    creates(&env(Kind::Sandbox, false, false), all(Yes));
    creates(&env(Kind::Developer, false, false), [no(&[RuleId::M1]), Yes, Yes]);
    creates(&env(Kind::Teams, false, false), [no(&[RuleId::M1]), Yes, Yes]);
    creates(&env(Kind::Default, false, false), all(no(&[RuleId::M1])));
    creates(&env(Kind::Trial, false, false), all(no(&[RuleId::M1])));
    creates(&env(Kind::TrialSubscription, false, false), all(no(&[RuleId::M1])));
    creates(&env(Kind::Other("Platform".into()), false, false), all(no(&[RuleId::M1])));
    let mut e = env(Kind::Sandbox, false, false);
    e.dataverse = Fact::unknown();
    creates(&e, all(Unknown(vec![FactKey::Dataverse])));
    e.kind = Fact::unknown();
    creates(&e, all(Unknown(vec![FactKey::Kind, FactKey::Dataverse])));
    e.dataverse = known(false);
    creates(&e, all(no(&[RuleId::K7])));
    e.kind = known(Kind::Trial);
    creates(&e, all(no(&[RuleId::M1, RuleId::K7])));
    let mut e = env(Kind::Sandbox, false, false);
    e.deleted = Some(jan(10, 0).into());
    creates(&e, all(no(&[RuleId::X1])));
}

#[test]
fn one_from_before_a_move_to_another_region_cannot_be_restored() {
    let mut e = env(Kind::Sandbox, false, false);
    let what = Changed::Region { from: Some(Region::new("asia")), to: Region::new("europe") };
    e.history.push(Change { not_before: jan(11, 0), at: jan(12, 0), what });
    let old = check(&e, &backup(jan(10, 0)), jan(13, 0), Stage::Expired, Certainty::Gone);
    assert!(old.old_region && old.possible_until.is_none() && old.guaranteed_until.is_none(), "{old:#?}");
    assert_eq!(old.reasons[0].rule(), Some(RuleId::T2));
    let perhaps = check(&e, &backup(jan(11, 12)), jan(13, 0), Stage::AtRisk, Certainty::Possible);
    assert!(!perhaps.old_region && perhaps.guaranteed_until.is_none() && perhaps.possible_until == Some(jan(18, 12)));
    let new = check(&e, &backup(jan(12, 0)), jan(13, 0), Stage::Ready, Certainty::Guaranteed);
    assert_eq!((new.old_region, new.guaranteed_until), (false, Some(jan(19, 0))));
}

/// What has expired under the edition is not drawn as there: the newest one keeps 7 days where the setting says so, with or without
/// Dynamics 365 apps (M4).
#[test]
fn a_picture_shows_what_has_not_expired() {
    let mut e = env(Kind::Production, true, true);
    e.retention_setting = known(7);
    e.backups = vec![backup(jan(20, 0))];
    let shown = |edition, now| not_expired(edition, &e, now).len();
    assert_eq!(shown(EDITIONS[2], jan(27, 0)), 1);
    assert_eq!(shown(EDITIONS[2], jan(31, 0)), 0);
    assert_eq!(shown(EDITIONS[0], jan(31, 0)), 1, "28 days by the apps");
}
