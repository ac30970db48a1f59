//! The checks of a restore request, rule by rule.

use crate::restore_support;
use restore_desk::domain::moment::Moment;

use Weight::{Ask, Caution, Note, Stop};
use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::capacity::Capacity;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::{Question, Role};
use restore_desk::domain::environment::{Activity, FactKey, Key, Kind, Operation, Policy, Region};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::outlook::{Back, outlook};
use restore_desk::domain::restore::{
    Cause, Check, Point, Purpose, RestoreRequest, SpecialApp, Weight, check, check_purpose, confirmation, confirms,
    refused, wanted_name,
};
use restore_desk::domain::rule::RuleId::{self, *};
use restore_desk::domain::service::{Offered, Reading};
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::Say;
use restore_support::*;

fn checks(edition: &Edition, tenant: &Tenant, request: &RestoreRequest) -> Vec<Check> {
    check(Moment::new(edition, tenant, now()), request)
}

fn heads(list: &[Check]) -> Vec<(Weight, RuleId)> {
    list.iter().map(|c| (c.weight, c.rule().unwrap())).collect()
}

/// The stops and questions of a request under the seed edition are exactly these.
#[track_caller]
fn stops(tenant: &Tenant, request: &RestoreRequest, expect: &[(Weight, RuleId)]) {
    stops_under(seed(), tenant, request, expect);
}
#[track_caller]
fn stops_under(edition: &Edition, tenant: &Tenant, request: &RestoreRequest, expect: &[(Weight, RuleId)]) {
    let list = checks(edition, tenant, request);
    let found: Vec<_> = heads(&list).into_iter().filter(|(w, _)| matches!(w, Stop | Ask)).collect();
    assert_eq!(found, expect, "{list:#?}");
    assert_eq!(refused(&list), !expect.is_empty());
}

/// The check with this weight and rule exists and says all of `words` (in its sentence or its help).
#[track_caller]
fn says(tenant: &Tenant, request: &RestoreRequest, head: (Weight, RuleId), words: &[&str]) {
    says_under(seed(), tenant, request, head, words);
}
#[track_caller]
fn says_under(edition: &Edition, tenant: &Tenant, request: &RestoreRequest, head: (Weight, RuleId), words: &[&str]) {
    let list = checks(edition, tenant, request);
    let all: Vec<String> = list
        .iter()
        .filter(|c| (c.weight, c.rule()) == (head.0, Some(head.1)))
        .map(|c| c.with_help().to_string())
        .collect();
    assert!(all.iter().any(|text| words.iter().all(|w| text.contains(w))), "{head:?} {words:?} in {list:#?}");
}

/// No check has this weight and rule.
#[track_caller]
fn silent(tenant: &Tenant, request: &RestoreRequest, head: (Weight, RuleId)) {
    let list = checks(seed(), tenant, request);
    assert!(!heads(&list).contains(&head), "{head:?} in {list:#?}");
}

fn manual(source: &str, target: &str, id: &str) -> RestoreRequest {
    RestoreRequest { point: Point::Manual(id.to_string()), ..request(source, target, now()) }
}

#[test]
fn an_ordinary_restore_is_not_refused_and_promises_nothing() {
    let list = checks(seed(), &tenant(), &request(PROD, BOX, hours_ago(30)));
    assert!(!refused(&list), "{list:#?}");
    assert!(heads(&list).contains(&(Caution, R3)));
    assert!(heads(&list).contains(&(Note, R9)));
}

#[test]
fn the_heaviest_come_first() {
    let t = edit(BOX, |e| e.managed = Fact::unknown());
    let list = checks(seed(), &t, &request(PROD, BOX, days_ago(60)));
    let weights: Vec<_> = list.iter().map(|c| c.weight).collect();
    assert!(weights.is_sorted(), "{weights:?}");
    assert_eq!(weights.first(), Some(&Stop));
}

#[test]
fn every_check_is_a_whole_sentence() {
    for t in [tenant(), edit(PROD, |e| e.dynamics = Fact::unknown()), with(|t| t.capacity = Fact::unknown())] {
        for target in [BOX, PROD, DEV, TEAMS, DEFAULT] {
            for hours in [-1, 30, 24 * 10, 24 * 60] {
                for c in checks(seed(), &t, &request(PROD, target, hours_ago(hours))) {
                    let (says, help) = (c.says().to_string(), c.help().to_string());
                    assert!(says.ends_with('.') && !says.contains(".."), "{c:?}");
                    assert!(help.is_empty() || help.ends_with('.') && !help.contains(".."), "{c:?}");
                }
            }
        }
    }
}

#[test]
fn environments_that_are_not_there() {
    stops(&tenant(), &request("nope", BOX, hours_ago(1)), &[(Stop, R1)]);
    stops(&tenant(), &request(PROD, "nope", hours_ago(1)), &[(Stop, R3)]);
    stops(&tenant(), &request("nope", "nope2", hours_ago(1)), &[(Stop, R1), (Stop, R3)]);
    says(&tenant(), &request("a\nb", BOX, hours_ago(1)), (Stop, R1), &["`a b`"]);
}

#[test]
fn r1_the_instant_and_the_window() {
    let t = tenant();
    stops(&t, &request(PROD, BOX, now()), &[]);
    stops(&t, &request(PROD, BOX, days_ago(28)), &[]); // K13
    stops(&t, &request(PROD, BOX, days_ago(28) - TimeDelta::seconds(1)), &[(Stop, R1)]);
    stops(&t, &request(PROD, BOX, now() + TimeDelta::seconds(1)), &[(Stop, R1)]);
    stops(&t, &request(BOX, BOX2, days_ago(7)), &[]);
    stops(&t, &request(BOX, BOX2, days_ago(8)), &[(Stop, R1)]);
    says(
        &t,
        &request(PROD, BOX, days_ago(29)),
        (Stop, R1),
        &["“Contoso Sales” is gone", "sure from 12 Feb 2026 12:00 UTC"],
    );
    says(&t, &request(PROD, BOX, now() + TimeDelta::hours(1)), (Stop, R1), &["after the end", "sure from"]);
}

#[test]
fn r1_what_is_only_possible_is_never_promised() {
    let t = edit(PROD, |e| e.dynamics = Fact::unknown());
    let r = request(PROD, BOX, days_ago(10));
    stops(&t, &r, &[]);
    says(&t, &r, (Caution, K1), &["may already be gone", "5 Mar 2026 12:00 UTC", "before you change anything"]);
    let list = checks(seed(), &t, &r);
    let asks: Vec<_> = list.iter().flat_map(|c| c.said.asks.clone()).collect();
    assert!(asks.contains(&Question { role: Role::Source, fact: FactKey::Dynamics }), "{asks:?}");
    assert!(list.iter().any(|c| c.doubts_point() && c.is_of_point() && c.is_of(K1)), "{list:#?}");
    assert!(!checks(seed(), &t, &request(PROD, BOX, days_ago(6))).iter().any(|c| c.doubts_point()));
}

#[test]
fn the_rule_of_a_point_at_risk_is_the_one_that_decides() {
    // K14: nothing was offered when the service was asked, six hours ago.
    let t = edit(PROD, |e| {
        e.reading =
            Some(Reading { offered: Offered { from: None, period_days: None }, asked: hours_ago(6), hint: None });
    });
    let list = checks(seed(), &t, &request(PROD, BOX, hours_ago(6) + TimeDelta::minutes(1)));
    let young = edit(PROD, |e| e.created = known(hours_ago(5)));
    let of_young = checks(seed(), &young, &request(PROD, BOX, hours_ago(2)));
    for (list, rule) in [(&list, K14), (&of_young, K14)] {
        for doubt in list.iter().filter(|c| c.doubts_point()) {
            assert_eq!(doubt.rule(), Some(rule), "{doubt:#?}");
            assert!(!doubt.says().to_string().contains("(K14)"), "{}", doubt.says());
        }
        assert!(!list.iter().any(|c| c.weight == Caution && c.is_of(R1)), "{list:#?}");
    }
    assert!(of_young.iter().any(|c| c.doubts_point()), "{of_young:#?}");
}

#[test]
fn r1_without_a_database_there_is_nothing() {
    let t = edit(PROD, |e| e.dataverse = known(false));
    let found = heads(&checks(seed(), &t, &request(PROD, BOX, hours_ago(5))));
    assert!(found.contains(&(Stop, R1)) && found.contains(&(Stop, T3)), "{found:?}");
}

#[test]
fn r2_a_production_that_became_a_sandbox_offers_seven_days() {
    let t = edit(PROD, |e| {
        e.kind = known(Kind::Sandbox);
        e.history.push(Change::exactly(days_ago(1), Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox }));
    });
    stops(&t, &request(PROD, BOX, days_ago(6)), &[]);
    stops(&t, &request(PROD, BOX, days_ago(12)), &[(Stop, R2)]);
    says(&t, &request(PROD, BOX, days_ago(12)), (Stop, R2), &["while it is a Sandbox", "nothing promises it"]);
    stops(&t, &request(PROD, BOX, days_ago(40)), &[(Stop, R1)]);
    says(&t, &request(PROD, BOX, days_ago(6)), (Note, R2), &["cannot be chosen"]);
    says(&t, &request(PROD, BOX, days_ago(6)), (Caution, T1), &["changed from Production to Sandbox"]);
    // What sleeps before all that can be chosen is no gap in it.
    let future = checks(seed(), &t, &request(PROD, BOX, days_ago(-1)));
    let says = future.iter().find(|c| c.rule() == Some(R1)).unwrap().with_help().to_string();
    assert!(says.contains("sure from") && !says.contains("but not from"), "{says}");
}

#[test]
fn r22_a_point_that_is_about_to_leave() {
    let t = tenant();
    let start = |hours_left: i64| request(PROD, BOX, days_ago(28) + TimeDelta::hours(hours_left));
    silent(&t, &start(24), (Caution, R22));
    silent(&t, &start(48), (Caution, R22));
    says(
        &t,
        &start(23),
        (Caution, R22),
        &["13 Mar 2026 11:00 UTC", "in 23 hours", "latest sensible start was 12 Mar 2026 11:00 UTC"],
    );
    says(&t, &start(0), (Caution, R22), &["Start at once"]);
    let t = edit(PROD, |e| e.dynamics = Fact::unknown());
    says(&t, &start(5), (Caution, R22), &["gone for certain"]);
}

fn with_backup(minutes: i64) -> Tenant {
    edit(PROD, |e| e.backups.push(backup("b1", "Before import", minutes_ago(minutes))))
}

#[test]
fn manual_backups_by_age() {
    let r = manual(PROD, BOX, "b1");
    stops(&tenant(), &r, &[(Stop, R1)]);
    stops(&with_backup(9), &r, &[(Stop, M8)]);
    says(&with_backup(9), &r, (Stop, M8), &["“Before import”", "12 Mar 2026 12:06 UTC", "12 Mar 2026 12:01 UTC"]);
    stops(&with_backup(10), &r, &[]);
    says(&with_backup(10), &r, (Caution, M8), &["less than 15 minutes", "12:05 UTC"]);
    says(&with_backup(14), &r, (Caution, M8), &["may not be ready"]);
    silent(&with_backup(15), &r, (Caution, M8));
    // Also where it is at risk for another reason: on its first day nothing is sure of an environment.
    let young = |minutes| {
        let mut t = with_backup(minutes);
        t.get_mut(&id(PROD)).unwrap().created = known(hours_ago(6));
        t
    };
    says(&young(12), &r, (Caution, M8), &["may not be ready"]);
    says(&young(12), &r, (Caution, K14), &["may already be gone"]);
    silent(&young(15), &r, (Caution, M8));
    stops(&with_backup(15), &r, &[]);
    stops(&with_backup(60 * 24 * 28), &r, &[]);
    stops(&with_backup(60 * 24 * 28 + 1), &r, &[(Stop, M4)]);
    says(&with_backup(60 * 24 * 28 - 30), &r, (Caution, R22), &["30 minutes", "start"]);
}

#[test]
fn a_manual_backup_counts_from_when_it_was_asked_for() {
    let t = edit(PROD, |e| {
        let mut b = backup("b1", "Late", minutes_ago(4));
        b.asked = Some(minutes_ago(12));
        e.backups.push(b);
    });
    says(&t, &manual(PROD, BOX, "b1"), (Caution, M8), &["12:03 UTC"]);
    says(&t, &manual(PROD, BOX, "b1"), (Caution, M9), &["8 minutes after"]);
}

#[test]
fn a_manual_backup_that_is_only_possible() {
    // D4: managed Production, setting 28 days: sure for 7 days, possible beyond.
    let t = edit(PROD, |e| {
        e.dynamics = known(false);
        e.managed = known(true);
        e.retention_setting = known(28);
        e.backups.push(backup("b1", "Old", days_ago(10)));
    });
    let t = Tenant {
        environments: t
            .environments
            .into_iter()
            .map(|mut e| {
                if e.id == id(BOX) {
                    e.managed = known(true);
                }
                e
            })
            .collect(),
        ..t
    };
    stops(&t, &manual(PROD, BOX, "b1"), &[]);
    says(&t, &manual(PROD, BOX, "b1"), (Caution, D4), &["may already be gone"]);
}

#[test]
fn broken_rules_stop_with_their_remedy() {
    let t = tenant();
    let r = request(PROD, BOX, hours_ago(30));
    stops(&t, &request(BOX, PROD, hours_ago(3)), &[(Stop, T1)]);
    says(
        &t,
        &request(BOX, PROD, hours_ago(3)),
        (Stop, T1),
        &["Switch “Contoso Sales” from Production to Sandbox", "R16"],
    );
    let both: Vec<_> =
        heads(&checks(seed(), &t, &request(PROD, PROD, hours_ago(3)))).into_iter().filter(|h| h.0 == Stop).collect();
    assert!(both.contains(&(Stop, T8)), "{both:?}");
    let moved = edit(BOX, |e| e.region = known(Region::new("asia")));
    stops(&moved, &r, &[(Stop, T2)]);
    says(&moved, &r, (Stop, T2), &["“Contoso Sales” is in Europe", "Create a Sandbox environment"]);
    let managed = edit(PROD, |e| e.managed = known(true));
    stops(&managed, &r, &[(Stop, T4)]);
    says(&managed, &r, (Stop, T4), &["Turn on Managed Environments for “Contoso Test”", "licence"]);
    let keyed = edit(PROD, |e| e.key = known(Key::Customer(None)));
    stops(&keyed, &r, &[(Stop, T5)]);
    let empty = edit(BOX, |e| e.dataverse = known(false));
    stops(&empty, &r, &[(Stop, T3)]);
    says(&empty, &r, (Stop, T3), &["Add a Dataverse database", "cannot be undone"]);
    let linked = edit(PROD, |e| {
        e.policies = known([Policy { sort: "networkinjection".into(), id: None }].into());
    });
    stops(&linked, &r, &[]);
    stops_under(EDITIONS[1], &linked, &r, &[(Stop, T6)]);
}

#[test]
fn an_irreversible_remedy_says_so_once() {
    let empty = edit(BOX, |e| e.dataverse = known(false));
    for c in checks(seed(), &empty, &request(PROD, BOX, hours_ago(30))) {
        assert!(c.help().to_string().matches("cannot be undone").count() <= 1, "{c:?}");
    }
}

#[test]
fn unknown_facts_are_asked_for() {
    let t = edit(BOX, |e| e.managed = Fact::unknown());
    let r = request(PROD, BOX, hours_ago(30));
    stops(&t, &r, &[(Ask, T4)]);
    says(&t, &r, (Ask, T4), &["Answer of “Contoso Test”: whether it is managed"]);
    let list = checks(seed(), &t, &r);
    assert_eq!(list[0].said.asks, [Question { role: Role::Target, fact: FactKey::Managed }]);
    let t = edit(PROD, |e| e.kind = Fact::unknown());
    let found = heads(&checks(seed(), &t, &r));
    assert!(found.contains(&(Ask, T1)), "{found:?}");
}

#[test]
fn gates_of_the_moment() {
    let r = request(PROD, BOX, hours_ago(30));
    let unknown = with(|t| t.capacity = Fact::unknown());
    stops(&unknown, &r, &[]);
    says(&unknown, &r, (Caution, T7), &["capacity", "before you start"]);
    let over = with(|t| {
        let mut c = *t.capacity.get().unwrap();
        c.database = gb(100.0, 110.0);
        t.capacity = known(c);
    });
    stops(&over, &r, &[(Stop, T7)]);
    for (env, what) in [
        (PROD, Operation::Restoring),
        (BOX, Operation::Copying),
        (BOX, Operation::Switching),
        (PROD, Operation::Recovering),
    ] {
        let t = edit(env, |e| e.activity = Some(Activity { what, since: None, seen: Some(now()) }));
        stops(&t, &r, &[(Stop, T9)]);
    }
    let t = edit(BOX, |e| {
        e.activity = Some(Activity { what: Operation::Other("Reset".into()), since: None, seen: Some(now()) })
    });
    stops(&t, &r, &[]);
    says(&t, &r, (Caution, T9), &["Reset", "admin center"]);
    let t = edit(BOX, |e| e.deleted = Some(days_ago(1).into()));
    let found = heads(&checks(seed(), &t, &r));
    assert!(found.contains(&(Stop, T9)), "{found:?}");
    says(&t, &r, (Stop, T9), &["“Contoso Test” is deleted", "Recover it first"]);
    let t = edit(PROD, |e| e.deleted = Some(days_ago(1).into()));
    says(&t, &r, (Stop, T9), &["“Contoso Sales” is deleted", "Recover it first"]);
}

/// A change since the point that changed nothing is none.
#[test]
fn what_became_what_it_was_says_nothing() {
    let europe = || Region::new("europe");
    let changes = |region: Region, kind, managed, key| {
        [
            Changed::Region { from: Some(europe()), to: region },
            Changed::Kind { from: Some(Kind::Production), to: kind },
            Changed::Managed { from: Some(false), to: managed },
            Changed::CustomerKey { from: Some(false), to: key },
        ]
    };
    let said = |what: Changed| {
        let t = edit(PROD, |e| e.history = vec![Change::exactly(hours_ago(5), what)]);
        let list = checks(seed(), &t, &request(PROD, BOX, hours_ago(30)));
        list.iter().any(|c| matches!(c.said.cause, Cause::Since { .. }))
    };
    for what in changes(europe(), Kind::Production, false, false) {
        assert!(!said(what.clone()), "{what:?}");
    }
    for what in changes(Region::new("asia"), Kind::Sandbox, true, true) {
        assert!(said(what.clone()), "{what:?}");
    }
}

/// Where the newest rules no longer promise what is promised, they may keep it or keep it no longer.
#[test]
fn what_the_newest_rules_make_of_a_point() {
    let of = |change: fn(&mut restore_desk::domain::environment::Environment), point| {
        let t = edit(PROD, change);
        let found = checks(seed(), &t, &request(PROD, BOX, point));
        found.into_iter().find_map(|c| match c.said.cause {
            Cause::WorsePoint(worse) => Some(worse.gone),
            _ => None,
        })
    };
    assert_eq!(of(|_| {}, days_ago(10)), Some(true));
    assert_eq!(of(|_| {}, days_ago(5)), None);
    let perhaps_managed = |e: &mut restore_desk::domain::environment::Environment| {
        e.managed = Fact::unknown();
        e.retention_setting = known(28);
    };
    assert_eq!(of(perhaps_managed, days_ago(10)), Some(false));
}

/// What the switch to Sandbox puts out of reach is said by K6 and R16, and not again as what sleeps.
#[test]
fn r16_says_once_what_the_switch_does() {
    let list = check_purpose(
        Moment::new(seed(), &tenant(), now()),
        &Purpose::RestoreToProduction(request(PROD, PROD, hours_ago(30))),
    );
    assert!(heads(&list).contains(&(Caution, K6)), "{list:#?}");
    assert!(list.iter().all(|c| !c.is_of(R2)), "{list:#?}");
}

#[test]
fn r20_a_target_that_a_failed_restore_left() {
    let t = edit(BOX, |e| e.failed_restore = Some(minutes_ago(10)));
    let r = request(PROD, BOX, hours_ago(30));
    says_under(newest(), &t, &r, (Caution, R20), &["12:20 UTC"]);
    stops_under(newest(), &t, &r, &[]);
    let t = edit(PROD, |e| e.failed_restore = Some(minutes_ago(10)));
    stops_under(newest(), &t, &r, &[(Stop, T9)]);
    says_under(newest(), &t, &r, (Stop, T9), &["etry the restore onto it, or reset it"]);
}

/// Which of the audit rules speak: onto itself or not, opted in or not, system or manual.
#[track_caller]
fn audit(itself: bool, include: bool, manual: bool, expect: &[(Weight, RuleId)]) {
    let t = edit(BOX, |e| e.backups.push(backup("b1", "x", hours_ago(5))));
    let target = if itself { BOX } else { BOX2 };
    let point = if manual { Point::Manual("b1".into()) } else { Point::System(hours_ago(5)) };
    let r = RestoreRequest { include_audit_logs: include, point, ..request(BOX, target, now()) };
    let mut found: Vec<_> =
        heads(&checks(seed(), &t, &r)).into_iter().filter(|h| matches!(h.1, R5 | R6 | R23 | D10)).collect();
    found.sort();
    let mut expect = expect.to_vec();
    expect.sort();
    assert_eq!(found, expect);
}

#[test]
fn audit_logs() {
    audit(false, false, false, &[(Note, R5), (Caution, R23)]);
    audit(false, true, false, &[(Caution, R5), (Caution, R23), (Note, D10)]);
    audit(false, true, true, &[(Caution, R5), (Caution, R23)]);
    audit(true, false, false, &[(Note, R6)]);
    audit(true, true, false, &[(Note, R6), (Caution, R5), (Note, D10)]);
    audit(true, true, true, &[(Note, R6), (Caution, R5)]);
}

#[test]
fn what_is_lost_and_until_when_it_could_come_back() {
    let t = tenant();
    says(
        &t,
        &request(PROD, BOX, hours_ago(30)),
        (Caution, R3),
        &["“Contoso Test” is overwritten whole", "until 19 Mar 2026 12:00 UTC"],
    );
    says(&t, &request(BOX, BOX, hours_ago(30)), (Caution, R3), &["since 11 Mar 2026 06:00 UTC is lost"]);
    says(&t, &request(BOX, BOX, hours_ago(30)), (Caution, R24), &["do not come back"]);
    silent(&t, &request(PROD, BOX, hours_ago(30)), (Caution, R24));
    says(&t, &request(PROD, BOX, hours_ago(30)), (Caution, R10), &["deleted"]);
    says(&t, &request(DEV, DEV, hours_ago(30)), (Caution, R25), &["Developer"]);
    says(&t, &request(TEAMS, TEAMS, hours_ago(30)), (Caution, R25), &["Teams"]);
    silent(&t, &request(PROD, BOX, hours_ago(30)), (Caution, R25));
    let unsure = edit(BOX, |e| e.dataverse = Fact::unknown());
    says(&unsure, &request(PROD, BOX, hours_ago(30)), (Caution, R3), &["Nothing promises"]);
}

#[test]
fn twins_are_told_apart_by_id() {
    let t = edit(BOX2, |e| e.name = " Contoso Test ".into());
    says(&t, &request(PROD, BOX, hours_ago(30)), (Caution, R3), &["2 environments are called", BOX]);
    let gone = with(|t| {
        let e = t.get_mut(&id(BOX2)).unwrap();
        e.name = "Contoso Test".into();
        e.deleted = Some(days_ago(1).into());
    });
    let list = checks(seed(), &gone, &request(PROD, BOX, hours_ago(30)));
    assert_eq!(
        list.iter().filter(|c| (c.weight, c.rule()) == (Caution, Some(R3))).count(),
        1,
        "a deleted one is no twin"
    );
}

#[test]
fn r19_apps_with_procedures_of_their_own() {
    let r = RestoreRequest { special_apps: SpecialApp::ALL.to_vec(), ..request(PROD, BOX, hours_ago(30)) };
    for app in SpecialApp::ALL {
        says(&tenant(), &r, (Caution, R19), &[app.title(), app.link()]);
        assert!(app.link().starts_with("https://learn.microsoft.com/"));
    }
}

/// A change of the source between 20 and 10 days ago, and a point `days` ago.
#[track_caller]
fn changed(what: Changed, days: i64, expect: Option<(Weight, RuleId)>) {
    let t = edit(PROD, |e| e.history.push(Change { at: days_ago(10), not_before: days_ago(20), what: what.clone() }));
    let mut found = checks(seed(), &t, &request(PROD, BOX, days_ago(days)));
    // The doubt about the point itself is of the window, and has the rule that decides it.
    found.retain(|c| !c.doubts_point());
    let found = heads(&found);
    let found: Vec<_> =
        found.into_iter().filter(|h| matches!(h.1, T1 | T2 | T4 | T5)).filter(|h| h.0 <= Caution).collect();
    assert_eq!(found, expect.into_iter().collect::<Vec<_>>(), "{what:?} {days}");
}

#[test]
fn changes_since_the_restore_point() {
    let region = || Changed::Region { from: Some(Region::new("asia")), to: Region::new("europe") };
    changed(region(), 9, None);
    changed(region(), 10, None);
    changed(region(), 15, Some((Caution, T2))); // may lie on either side
    changed(region(), 20, Some((Stop, T2)));
    changed(region(), 25, Some((Stop, T2)));
    changed(Changed::Region { from: None, to: Region::new("europe") }, 25, None); // only learned
    let managed = Changed::Managed { from: Some(true), to: false };
    changed(managed.clone(), 25, Some((Caution, T4)));
    changed(managed, 9, None);
    // An update that only the service listed: what was before it nobody knows.
    changed(Changed::Managed { from: None, to: false }, 25, Some((Caution, T4)));
    changed(Changed::ManagedUnknown { from: true }, 25, Some((Caution, T4)));
    changed(Changed::CustomerKey { from: Some(true), to: false }, 25, Some((Caution, T5)));
    changed(Changed::Kind { from: Some(Kind::Production), to: Kind::Production }, 25, None);
}

#[test]
fn a_move_since_the_point_is_about_the_point_and_not_about_the_pair() {
    let moved = Changed::Region { from: Some(Region::new("asia")), to: Region::new("europe") };
    let t = edit(PROD, |e| {
        e.history.push(Change::exactly(days_ago(5), moved));
        e.backups.push(backup("before", "before", days_ago(6)));
    });
    for r in [request(PROD, BOX, days_ago(6)), manual(PROD, BOX, "before")] {
        let list = checks(seed(), &t, &r);
        let stops: Vec<_> = list.iter().filter(|c| c.weight == Stop).collect();
        assert!(
            !stops.is_empty() && stops.iter().all(|c| c.is_of_point() || matches!(c.rule(), Some(R1 | M4))),
            "{stops:#?}"
        );
        let says = |c: &Check| (c.says().to_string(), c.help().to_string());
        let of_move = |(says, help): (String, String)| says.contains("old region") && help.contains("after the move");
        assert!(stops.iter().all(|c| of_move(says(c))), "{stops:#?}");
    }
    stops(&t, &request(PROD, BOX, days_ago(4)), &[]);
    let pair = edit(BOX, |e| e.region = known(Region::new("asia")));
    let list = checks(seed(), &pair, &request(PROD, BOX, days_ago(4)));
    assert!(list.iter().any(|c| c.is_of(T2)) && !list.iter().any(|c| c.is_of_point()), "{list:#?}");
}

#[test]
fn a_restore_of_the_source_since_then_is_mentioned() {
    let t = edit(BOX, |e| {
        e.history.push(Change::exactly(days_ago(2), Changed::Restored { source: id(PROD), point: days_ago(4) }));
    });
    says(&t, &request(BOX, BOX2, days_ago(3)), (Note, R14), &["overwritten by a restore", "8 Mar 2026"]);
    silent(&t, &request(BOX, BOX2, days_ago(1)), (Note, R14));
}

#[test]
fn where_the_newest_edition_is_worse() {
    let t = tenant();
    says(&t, &request(PROD, BOX, days_ago(10)), (Caution, K1), &["2 Mar 2026 12:00 UTC would be gone"]);
    silent(&t, &request(PROD, BOX, days_ago(3)), (Caution, K1));
    says(&t, &request(PROD, BOX, days_ago(3)), (Note, K1), &["7 days"]);
    let list = checks(newest(), &t, &request(PROD, BOX, days_ago(3)));
    assert!(!heads(&list).iter().any(|h| h.1 == K1), "{list:#?}");
    let keys = |which: &str| known(Key::Customer(Some(which.to_string())));
    let t = with(|t| {
        t.get_mut(&id(PROD)).unwrap().key = keys("a");
        t.get_mut(&id(BOX)).unwrap().key = keys("b");
    });
    let r = request(PROD, BOX, days_ago(3));
    stops(&t, &r, &[]);
    says(&t, &r, (Caution, T5), &["(T5)"]);
    silent(&t, &r, (Caution, T1));
    says(&t, &r, (Caution, D7), &[]);
}

#[track_caller]
fn name(raw: &str, expect: Option<Weight>) {
    let r = RestoreRequest { new_name: Some(raw.to_string()), ..request(PROD, BOX, hours_ago(30)) };
    let found =
        checks(seed(), &tenant(), &r).into_iter().filter(|c| c.is_of(R4) && c.weight != Note).map(|c| c.weight).min();
    assert_eq!(found, expect, "{raw:?}");
}

#[test]
fn r4_new_names() {
    name("Contoso Test restored", None);
    name("  Contoso Test restored  ", None);
    name("", Some(Stop));
    name("   ", Some(Stop));
    name("a\nb", Some(Stop));
    name("a\u{85}b", Some(Stop));
    name("a\u{2028}b", Some(Stop));
    name("a\u{0}b", Some(Stop));
    name(&"x".repeat(100), None);
    name(&"x".repeat(101), Some(Caution));
    name(&"x".repeat(257), Some(Stop));
    name("a\u{202E}b", Some(Caution));
    name("Contoso Train", Some(Caution)); // another one's name
    name("Contoso Test", None); // its own
    name("O’Brien's \"$env\" & <b>", None);
    let t = tenant();
    let named = |name: &str| RestoreRequest { new_name: Some(name.into()), ..request(PROD, BOX, hours_ago(30)) };
    let wanted = |name: &str| wanted_name(&named(name), t.get(&id(BOX)).unwrap()).map(str::to_string);
    assert_eq!(wanted("  New  ").as_deref(), Some("New"));
    assert_eq!(wanted("   "), None);
    assert_eq!(wanted(" Contoso Test "), None, "it is called so already");
    says(&t, &named("Contoso Test"), (Note, R4), &["called “Contoso Test” already", "not renamed"]);
    let list = checks(seed(), &t, &named("Contoso Test"));
    assert!(!list.iter().any(|c| c.says().to_string().contains("will be called")), "{list:#?}");
}

#[track_caller]
fn typed(name: &str, typed: &str, expect: bool) {
    let t = edit(BOX, |e| e.name = name.to_string());
    assert_eq!(confirms(&t, &request(PROD, BOX, now()), typed), expect, "{name:?} {typed:?}");
    assert!(confirms(&t, &request(PROD, BOX, now()), &confirmation(t.get(&id(BOX)).unwrap())));
}

#[test]
fn r3_the_targets_name_confirms() {
    typed("Contoso Test", "Contoso Test", true);
    typed("Contoso Test", "  Contoso Test\t", true);
    typed(" Contoso Test ", "Contoso Test", true);
    typed("Contoso Test", "contoso test", false);
    typed("Contoso Test", "Contoso", false);
    // What the screen does not show need not be typed.
    typed("Contoso Test", "Contoso  Test", true);
    typed("Contoso  Test", "Contoso Test", true);
    typed("Contoso \u{202E}Test\u{200B}", "Contoso Test", true);
    typed("ContosoTest", "Contoso Test", false);
    typed("Ada’s Test", "Ada's Test", true);
    typed("Ada's Test", "Adas Test", false);
    typed("Contoso Test", "", false);
    typed("Contoso Test", "Contoso Sales", false);
    typed("Contoso Test", BOX, false);
    typed("", "", false);
    typed("", "   ", false);
    typed("", BOX, true);
    typed("   ", &BOX.to_uppercase(), true);
    typed("\u{200B}", BOX, true);
    typed("\u{200B}", "\u{200B}", false);
    typed("Straße ’n", "Straße ’n", true);
    typed("A\nB", "A B", true);
    assert!(!confirms(&tenant(), &request(PROD, "nope", now()), "nope"));
    assert!(!confirms(&tenant(), &request(PROD, "nope", now()), ""));
}

#[test]
fn a_new_name_does_not_change_what_confirms() {
    let r = RestoreRequest { new_name: Some("New".into()), ..request(PROD, BOX, now()) };
    assert!(confirms(&tenant(), &r, "Contoso Test"));
    assert!(!confirms(&tenant(), &r, "New"));
}

#[test]
fn extremes_do_not_panic() {
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        for now in [DateTime::<Utc>::MIN_UTC, now(), DateTime::<Utc>::MAX_UTC] {
            let t = edit(PROD, |e| e.backups.push(backup("b1", "x", at)));
            let _ = check(Moment::new(seed(), &t, now), &request(PROD, BOX, at));
            let _ = check(Moment::new(seed(), &t, now), &manual(PROD, BOX, "b1"));
        }
    }
}

#[test]
fn hostile_names_stay_on_one_line() {
    let t = edit(BOX, |e| e.name = "a\nb\u{2028}c\u{202E}d".repeat(40));
    for c in checks(seed(), &t, &request(PROD, BOX, hours_ago(30))) {
        let says = c.says().to_string();
        assert!(!says.contains(['\n', '\u{2028}', '\u{202E}']), "{c:?}");
        assert!(says.chars().count() < 600, "{c:?}");
    }
}

/// R15 stops the wizard where a new environment is the only way: every other screen says the same.
#[test]
fn a_new_environment_as_the_only_way_needs_room_for_both() {
    let back = |free: f64| {
        let t = with(|t| {
            t.environments.retain(|e| e.id == id(DEFAULT));
            t.capacity = known(Capacity { database: gb(10.0, 10.0 - free), log: gb(1.0, 0.0), file: gb(1.0, 0.0) });
        });
        let outlook = outlook(Moment::new(newest(), &t, now()), &id(DEFAULT)).unwrap();
        let purpose = Purpose::BulkDeletion {
            source: id(DEFAULT),
            point: Point::System(hours_ago(3)),
            include_audit_logs: false,
            special_apps: vec![],
        };
        let stops = check_purpose(Moment::new(newest(), &t, now()), &purpose).iter().any(|c| c.weight == Stop);
        assert_eq!(outlook.today == Back::Not, stops, "{free}");
        (outlook.today, outlook.onto().none.and_then(|why| why.reason().rule()))
    };
    assert_eq!(back(1.5), (Back::Not, Some(R15)));
    assert_eq!(back(2.0), (Back::Possibly, None));
    assert_eq!(back(0.5), (Back::Not, Some(T7)));
}
