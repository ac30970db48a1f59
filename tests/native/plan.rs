//! Plans: their steps and order, what they say and rest on, and the laws that hold for all of them.

use crate::laws::cases;
use crate::restore_support;
use restore_desk::domain::moment::Moment;

use crate::planned::{deadline, item, plan, said, said_of};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use restore_desk::domain::capacity::Capacity;
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::{Outcome, judge};
use restore_desk::domain::environment::{Environment, Key, Kind, Policy, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::plan::{Action, NoPlan, Plan, Purpose};
use restore_desk::domain::restore::{
    Point, RestoreRequest, SpecialApp, Weight, as_sandbox, check_purpose, instant_of, refused,
};
use restore_desk::domain::rule::RuleId::{self, *};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::runbook;
use restore_desk::interop::travel::{Parcel, file, read_file};
use restore_support::*;
use std::collections::BTreeSet;

fn restore(request: RestoreRequest) -> Purpose {
    Purpose::Restore(request)
}
fn production(request: RestoreRequest) -> Purpose {
    Purpose::RestoreToProduction(request)
}
fn bulk(point: DateTime<Utc>) -> Purpose {
    Purpose::BulkDeletion {
        source: id(PROD),
        point: Point::System(point),
        include_audit_logs: false,
        special_apps: vec![],
    }
}

#[track_caller]
fn made(tenant: &Tenant, purpose: &Purpose) -> Plan {
    plan(seed(), tenant, purpose, now()).unwrap_or_else(|no| panic!("{no:#?}"))
}
fn ids(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().map(|s| s.id.as_str()).collect()
}
fn says(plan: &Plan, id: &str) -> String {
    let items = plan.afterwards.iter().chain(&plan.assumptions).chain(&plan.cautions);
    items.into_iter().find(|i| i.id == id).map(|i| item(plan, i)).unwrap_or_default()
}

#[track_caller]
fn steps(tenant: &Tenant, purpose: &Purpose, expect: &[&str]) {
    assert_eq!(ids(&made(tenant, purpose)), expect);
}

/// There is no plan, and the first check that stops it is this one and says these words.
#[track_caller]
fn no_plan(edition: &Edition, tenant: &Tenant, purpose: &Purpose, head: (Weight, RuleId), words: &[&str]) {
    let NoPlan { checks } = plan(edition, tenant, purpose, now()).expect_err("a plan");
    let found = checks.iter().find(|c| (c.weight, c.rule()) == (head.0, Some(head.1)));
    let text = found.map(|c| c.with_help().to_string()).unwrap_or_default();
    assert!(found.is_some() && words.iter().all(|w| text.contains(w)), "{head:?} {words:?} in {checks:#?}");
}

const ORDINARY: [&str; 11] = [
    "sign-in",
    "look-at-source",
    "look-at-target",
    "back-up-target",
    "validate",
    "restore",
    "watch",
    "verify-data",
    "checklist",
    "who-may-enter",
    "leave-admin-mode",
];

#[test]
fn the_order_of_an_ordinary_restore() {
    let r = || restore(request(PROD, BOX, hours_ago(30)));
    steps(&tenant(), &r(), &ORDINARY);
    let mut itself = ORDINARY.to_vec();
    itself.retain(|s| !matches!(*s, "look-at-target" | "who-may-enter"));
    steps(&tenant(), &restore(request(BOX, BOX, hours_ago(30))), &itself);
    let mut full = ORDINARY.to_vec();
    full.insert(1, "refresh-inventory");
    full.insert(4, "free-capacity");
    let t = with(|t| {
        t.capacity = Fact::unknown();
        t.imports[0].at = hours_ago(25);
    });
    steps(&t, &r(), &full);
    let mut unsure = ORDINARY.to_vec();
    unsure.insert(3, "see-point");
    steps(&edit(PROD, |e| e.dynamics = Fact::unknown()), &restore(request(PROD, BOX, days_ago(10))), &unsure);
}

#[test]
fn the_inventory_is_fresh_for_a_day() {
    let r = restore(request(PROD, BOX, hours_ago(30)));
    let has = |t: &Tenant| ids(&made(t, &r)).contains(&"refresh-inventory");
    assert!(!has(&with(|t| t.imports[0].at = hours_ago(24))));
    assert!(has(&with(|t| t.imports[0].at = hours_ago(24) - TimeDelta::seconds(1))));
    assert!(has(&edit(BOX, |e| e.last_import = None)));
    assert!(!has(&with(|t| {
        t.sample = true;
        t.imports.clear();
    })));
    // The older of the two imports counts.
    let two = with(|t| {
        let mut older = t.imports[0].clone();
        older.number = 2;
        older.at = days_ago(3);
        t.imports.push(older);
        t.get_mut(&id(BOX)).unwrap().last_import = Some(2);
    });
    assert!(has(&two));
    let older = made(&two, &r);
    assert!(says(&older, "inventory").contains("3 days before"));
    assert_eq!(older.data_from(&two), Some(days_ago(3)));
    assert_eq!(older.data_from(&tenant()), Some(hours_ago(2)));
    assert_eq!(older.data_from(&edit(BOX, |e| e.last_import = None)), None);
}

#[test]
fn a_manual_backup_is_looked_for_first() {
    let t = edit(PROD, |e| e.backups.push(backup("b1", "Before import", hours_ago(30))));
    let r = RestoreRequest { point: Point::Manual("b1".into()), ..request(PROD, BOX, now()) };
    let p = made(&t, &restore(r));
    let mut expect = ORDINARY.to_vec();
    expect.insert(3, "see-backup");
    assert_eq!(ids(&p), expect);
    assert!(p.title().to_string().contains("“Before import” (11 Mar 2026 06:00 UTC)"), "{}", p.title());
    let Action::Restore(action) = &p.steps.iter().find(|s| s.id == "restore").unwrap().action else { panic!() };
    assert_eq!((action.manual_backup.as_deref(), action.point), (Some("b1"), hours_ago(30)));
}

#[test]
fn a_target_without_manual_backups_is_covered_by_its_system_backups() {
    let p = made(&tenant(), &restore(request(DEV, DEV, hours_ago(30))));
    assert!(ids(&p).contains(&"note-way-back") && !ids(&p).contains(&"back-up-target"));
    let p = plan(newest(), &tenant(), &restore(request(DEV, DEV, hours_ago(30))), now()).unwrap();
    assert!(ids(&p).contains(&"back-up-target"));
}

#[test]
fn the_label_of_our_backup_passes_every_tool() {
    let p = made(&tenant(), &restore(request(PROD, BOX, hours_ago(30))));
    let Action::CreateManualBackup { environment, label } = &p.steps[3].action else { panic!() };
    assert_eq!((environment, label.as_str()), (&id(BOX), "Before restore, plan of 2026-03-12 1200 UTC"));
    assert!(restore_desk::interop::commands::quoting::pac(label).is_some());
}

#[test]
fn the_step_that_overwrites() {
    let r = RestoreRequest { new_name: Some(" Next ".into()), ..request(PROD, BOX, hours_ago(30)) };
    let p = made(&tenant(), &restore(r));
    let step = said_of(&p, "restore");
    assert!(step.step.destructive);
    assert_eq!(step.step.rules, [R1, R3, R5, R4]);
    let caution = step.caution.as_deref().unwrap();
    assert!(caution.contains("“Contoso Test”") && caution.contains(BOX), "{caution}");
    assert!(step.admin_center.contains("name “Next”"), "{}", step.admin_center);
    let Action::Restore(a) = &step.step.action else { panic!() };
    assert_eq!(a.new_name.as_deref(), Some("Next"));
    assert_eq!(a.target_name.as_deref(), Some("Contoso Test"));
    assert_eq!(p.steps.iter().filter(|s| s.destructive).count(), 1);
}

#[test]
fn roles_prefer_fewer_rights() {
    for p in [made(&tenant(), &restore(request(PROD, BOX, hours_ago(30)))), made(&tenant(), &bulk(hours_ago(30)))] {
        assert_eq!(p.steps[0].rules, [R21, D13]);
        for s in said(&p) {
            assert!(!s.who.is_empty());
            assert!(!s.who.starts_with("Global"), "{}", s.who);
        }
    }
}

/// The parts of two plans that differ, by step or item id.
fn differences(a: &Plan, b: &Plan) -> BTreeSet<String> {
    let parts = |p: &Plan| -> Vec<(String, String)> {
        let steps = p.steps.iter().map(|s| (s.id.clone(), format!("{s:?}")));
        let items =
            p.afterwards.iter().chain(&p.assumptions).chain(&p.cautions).map(|i| (i.id.clone(), format!("{i:?}")));
        let rest =
            [("title".to_string(), p.title().to_string()), ("deadlines".to_string(), format!("{:?}", p.deadlines))];
        steps.chain(items).chain(rest).collect()
    };
    let (a, b) = (parts(a), parts(b));
    let only = |x: &[(String, String)], y: &[(String, String)]| {
        x.iter().filter(|p| !y.contains(p)).map(|p| p.0.clone()).collect::<Vec<_>>()
    };
    only(&a, &b).into_iter().chain(only(&b, &a)).collect()
}

#[test]
fn audit_on_and_off_differ_exactly_where_they_should() {
    let t = edit(BOX, |e| e.backups.push(backup("b1", "x", hours_ago(30))));
    let pair = |target: &str, manual: bool| {
        let point = if manual { Point::Manual("b1".into()) } else { Point::System(hours_ago(30)) };
        let off = RestoreRequest { point, ..request(BOX, target, now()) };
        let on = RestoreRequest { include_audit_logs: true, ..off.clone() };
        differences(&made(&t, &restore(off)), &made(&t, &restore(on)))
    };
    let set = |ids: &[&str]| ids.iter().map(|s| s.to_string()).collect::<BTreeSet<_>>();
    assert_eq!(pair(BOX2, true), set(&["validate", "restore", "after-audit", "caution-r5"]));
    assert_eq!(pair(BOX2, false), set(&["validate", "restore", "after-audit", "caution-r5", "decision-d10"]));
    // Onto itself all audit logs stay either way (R6).
    assert_eq!(pair(BOX, true), set(&["validate", "restore", "caution-r5"]));
}

#[test]
fn the_checklist_for_afterwards() {
    let p = made(&tenant(), &restore(request(PROD, BOX, hours_ago(30))));
    let rules: BTreeSet<RuleId> = p.afterwards.iter().flat_map(|i| i.rules.clone()).collect();
    for rule in [R5, R8, R9, R10, R11, R12, R13, R14, R20, R23, R25] {
        assert!(rules.contains(&rule), "{rule}");
    }
    assert!(!rules.contains(&R24) && !rules.contains(&R6) && !rules.contains(&R4));
    let p = made(&tenant(), &restore(request(BOX, BOX, hours_ago(30))));
    let rules: BTreeSet<RuleId> = p.afterwards.iter().flat_map(|i| i.rules.clone()).collect();
    assert!(rules.contains(&R24) && rules.contains(&R6) && !rules.contains(&R23) && !rules.contains(&R5));
    let p = made(&tenant(), &restore(request(DEV, DEV, hours_ago(30))));
    assert!(says(&p, "after-admin-mode").contains("not documented"));
    let r = RestoreRequest {
        special_apps: SpecialApp::ALL.to_vec(),
        new_name: Some("Next".into()),
        ..request(PROD, BOX, hours_ago(30))
    };
    let p = made(&tenant(), &restore(r));
    for app in SpecialApp::ALL {
        assert!(p.afterwards.iter().any(|i| i.link.as_deref() == Some(app.link()) && i.rules == [R19]));
        assert!(p.cautions.iter().any(|i| i.link.as_deref() == Some(app.link()) && i.rules == [R19]));
    }
    assert!(says(&p, "after-name").contains("“Next”"));
}

#[test]
fn r7_and_r20_are_those_of_the_edition() {
    let r = restore(request(BOX, BOX2, hours_ago(30)));
    let watch = |e: &Edition| {
        let p = plan(e, &tenant(), &r, now()).unwrap();
        let s = said_of(&p, "watch");
        (s.consequence, s.caution.unwrap(), says(&p, "after-failed"))
    };
    let (takes, failed, after) = watch(seed());
    assert!(takes.contains("more than a day") && failed.contains("not described") && after.contains("not described"));
    let (takes, failed, after) = watch(newest());
    assert!(takes.contains("48 hours") && failed.contains("wait 30 minutes") && after.contains("wait 30 minutes"));
}

#[track_caller]
fn deadlines(tenant: &Tenant, purpose: &Purpose, expect: &[(&str, &str)]) {
    let p = made(tenant, purpose);
    let found: Vec<_> = p.deadlines.iter().map(|d| (d.at.format("%m-%dT%H:%M").to_string(), deadline(&p, d))).collect();
    assert_eq!(found.len(), expect.len(), "{found:#?}");
    for ((at, text), (expect_at, words)) in found.iter().zip(expect) {
        assert!(at == expect_at && text.contains(words), "{found:#?}");
    }
}

#[test]
fn deadlines_are_derived_never_invented() {
    deadlines(
        &tenant(),
        &restore(request(PROD, BOX, hours_ago(30))),
        &[
            ("03-19T12:00", "state of “Contoso Test”"),
            ("04-07T06:00", "latest sensible start"),
            ("04-08T06:00", "the guaranteed window of “Contoso Sales”"),
        ],
    );
    let unsure = edit(PROD, |e| e.dynamics = Fact::unknown());
    deadlines(
        &unsure,
        &restore(request(PROD, BOX, days_ago(10))),
        &[
            ("03-12T12:00", "start is at once: nothing guarantees the point"),
            ("03-19T12:00", "state of"),
            ("03-30T12:00", "not guaranteed before either"),
        ],
    );
    let fresh = edit(PROD, |e| e.backups.push(backup("b1", "x", minutes_ago(12))));
    let r = RestoreRequest { point: Point::Manual("b1".into()), ..request(PROD, BOX, now()) };
    deadlines(
        &fresh,
        &restore(r),
        &[
            ("03-12T12:03", "The manual backup is ready"),
            ("03-19T12:00", "state of"),
            ("04-08T11:48", "latest sensible start"),
            ("04-09T11:48", "manual backup leaves the guaranteed window"),
        ],
    );
    deadlines(
        &tenant(),
        &production(request(PROD, PROD, hours_ago(30))),
        &[
            ("03-17T06:00", "latest sensible start"),
            ("03-18T06:00", "leaves"),
            ("03-19T12:00", "state of “Contoso Sales”"),
        ],
    );
    deadlines(
        &tenant(),
        &bulk(hours_ago(30)),
        &[("04-07T06:00", "latest sensible start"), ("04-08T06:00", "guaranteed window")],
    );
}

#[test]
fn what_a_plan_rests_on() {
    let t = with(|t| {
        t.get_mut(&id(BOX)).unwrap().managed = Fact::unknown();
        t.get_mut(&id(BOX)).unwrap().managed.answer(false, days_ago(3));
        t.get_mut(&id(PROD)).unwrap().key = Fact::unknown();
        t.get_mut(&id(PROD)).unwrap().key.answer(Key::Microsoft, days_ago(2));
        t.get_mut(&id(PROD)).unwrap().managed = Fact::unknown();
        t.get_mut(&id(PROD)).unwrap().managed.answer(false, days_ago(2));
        t.get_mut(&id(BOX)).unwrap().key = Fact::unknown();
        t.get_mut(&id(PROD)).unwrap().created = Fact::unknown();
        t.capacity = Fact::unknown();
        t.capacity.answer(Capacity { database: gb(9.0, 1.0), log: gb(1.0, 0.0), file: gb(1.0, 0.0) }, now());
    });
    let p = made(&t, &restore(request(PROD, BOX, hours_ago(30))));
    let all: Vec<String> = p.assumptions.iter().map(|i| item(&p, i)).collect();
    let ids: BTreeSet<&str> = p.assumptions.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(ids.len(), p.assumptions.len(), "each has an id of its own");
    let answers: Vec<&str> = ids.into_iter().filter(|id| id.starts_with("answer")).collect();
    assert_eq!(answers, ["answer", "answer-2", "answer-3", "answer-capacity"]);
    for expect in [
        "Rules of 2 April 2024: the whole page was read.",
        "of 12 Mar 2026 10:00 UTC or earlier, 2 hours before",
        "Your answer of 9 Mar 2026: “Contoso Test” is not managed.",
        "Your answer of 10 Mar 2026: “Contoso Sales” has no customer-managed key.",
        "Not known of “Contoso Test”: its encryption key.",
        "You typed in the tenant's capacity.",
        "is inferred",
        "Must counts.",
        "Under the rules of 26 September 2026",
    ] {
        assert!(all.iter().any(|says| says.contains(expect)), "{expect:?} in {all:#?}");
    }
    let p = plan(newest(), &tenant(), &restore(request(PROD, BOX, hours_ago(30))), now()).unwrap();
    assert!(says(&p, "edition").contains("change notes only"));
    assert_eq!(says(&p, "newest-edition"), "");
    let p = made(&with(|t| t.sample = true), &restore(request(BOX, BOX2, hours_ago(30))));
    assert!(says(&p, "inventory").contains("sample tenant"));
    assert!(says(&p, "newest-edition").contains("no worse answer"));
}

/// The decisions that a plan names.
#[track_caller]
fn decisions(tenant: &Tenant, purpose: &Purpose, expect: &[RuleId]) {
    let p = made(tenant, purpose);
    let found: Vec<RuleId> =
        p.assumptions.iter().filter(|i| i.id.starts_with("decision-")).flat_map(|i| i.rules.clone()).collect();
    assert_eq!(found, expect);
}

#[test]
fn decisions_that_mattered() {
    let t = tenant();
    decisions(&t, &restore(request(PROD, BOX, hours_ago(3))), &[D6, D12, D13]);
    decisions(&t, &restore(request(BOX, BOX, hours_ago(3))), &[D12, D13]);
    decisions(&t, &restore(request(TEAMS, TEAMS, hours_ago(3))), &[D2, D3, D12, D13]);
    decisions(&t, &restore(request(DEV, DEV, hours_ago(3))), &[D2, D12, D13]);
    decisions(&t, &production(request(PROD, PROD, hours_ago(3))), &[D9, D12, D13]);
    let keyed = with(|t| {
        for e in [PROD, BOX] {
            let e = t.get_mut(&id(e)).unwrap();
            e.key = known(Key::Customer(None));
            e.managed = known(true);
        }
    });
    decisions(&keyed, &restore(request(PROD, BOX, hours_ago(3))), &[D5, D6, D7, D12, D13]);
    // A manual backup of what is, or may be, managed Production: two places of the page differ about how long it is kept.
    let manual = |source: &str, managed: Fact<bool>, expect: &[RuleId]| {
        let t = edit(source, |e| {
            e.managed = managed;
            e.backups.push(backup("b1", "Before import", hours_ago(30)));
        });
        let r = RestoreRequest { point: Point::Manual("b1".into()), ..request(source, source, now()) };
        let purpose = if source == PROD { production(r) } else { restore(r) };
        decisions(&t, &purpose, expect);
    };
    manual(PROD, known(true), &[D4, D9, D12, D13]);
    manual(PROD, known(false), &[D9, D12, D13]);
    manual(BOX, known(true), &[D12, D13]);
}

// R16

#[test]
fn the_order_of_a_restore_to_production() {
    let expect = [
        "sign-in",
        "look-at-source",
        "note-older-points",
        "back-up-target",
        "switch-to-sandbox",
        "validate",
        "restore",
        "watch",
        "verify-data",
        "switch-to-production",
        "checklist",
        "leave-admin-mode",
        "check-retention",
    ];
    steps(&tenant(), &production(request(PROD, PROD, hours_ago(30))), &expect);
}

#[test]
fn older_points_are_named_before_the_switch() {
    let p = made(&tenant(), &production(request(PROD, PROD, hours_ago(30))));
    let note = said_of(&p, "note-older-points");
    let caution = note.caution.as_deref().unwrap();
    assert!(caution.contains("from 12 Feb 2026 12:00 UTC to 5 Mar 2026 12:00 UTC"), "{caution}");
    assert!(note.step.rules.contains(&K6));
    assert!(says(&p, "caution-k6").contains("12 Feb 2026 12:00 UTC"));
    // Seven days only: nothing older is put at risk.
    let p = made(&edit(PROD, |e| e.dynamics = known(false)), &production(request(PROD, PROD, hours_ago(30))));
    let caution = said_of(&p, "note-older-points").caution.unwrap();
    assert!(caution.contains("puts none at risk"), "{caution}");
    assert_eq!(says(&p, "caution-k6"), "");
}

#[test]
fn r16_takes_points_of_seven_days_only() {
    let at = |point| production(request(PROD, PROD, point));
    assert!(plan(seed(), &tenant(), &at(days_ago(7)), now()).is_ok());
    no_plan(
        seed(),
        &tenant(),
        &at(days_ago(7) - TimeDelta::seconds(1)),
        (Weight::Stop, R16),
        &["older than seven days", "Leave “Contoso Sales” Production", "a Sandbox", "5 Mar 2026 12:00 UTC"],
    );
    no_plan(seed(), &tenant(), &at(days_ago(20)), (Weight::Stop, R16), &["older than seven days"]);
    no_plan(seed(), &tenant(), &at(now() + TimeDelta::hours(1)), (Weight::Stop, R1), &["after the end"]);
    let p = made(&tenant(), &at(days_ago(7) + TimeDelta::hours(5)));
    assert!(says(&p, "caution-r22").contains("in 5 hours"), "{:#?}", p.cautions);
    let old = edit(PROD, |e| e.backups.push(backup("b1", "Old", days_ago(8))));
    let r = RestoreRequest { point: Point::Manual("b1".into()), ..request(PROD, PROD, now()) };
    no_plan(seed(), &old, &production(r), (Weight::Stop, R16), &["older than seven days"]);
}

#[test]
fn r16_from_another_environment() {
    // The source is not switched, so its own window counts.
    let t = with(|t| {
        let mut other = env("77777777-7777-7777-7777-777777777777", "Contoso Service", Kind::Production);
        other.dynamics = known(true);
        t.environments.push(other);
    });
    let p = made(&t, &production(request("77777777-7777-7777-7777-777777777777", PROD, days_ago(20))));
    assert!(p.title().to_string().contains("“Contoso Sales” from “Contoso Service”"), "{}", p.title());
    assert!(says(&p, "caution-k6").contains("12 Feb 2026"));
    assert!(says(&p, "caution-r23").contains("audit logs"));
}

#[test]
fn r16_is_for_production_only() {
    no_plan(
        seed(),
        &tenant(),
        &production(request(BOX, BOX, hours_ago(3))),
        (Weight::Stop, R16),
        &["Sandbox", "ordinary restore"],
    );
    let t = edit(PROD, |e| e.kind = Fact::unknown());
    no_plan(seed(), &t, &production(request(PROD, PROD, hours_ago(3))), (Weight::Ask, R16), &["kind"]);
    // A Teams environment can be restored to no Sandbox, so not to a switched Production either.
    no_plan(seed(), &tenant(), &production(request(TEAMS, PROD, hours_ago(3))), (Weight::Stop, T1), &["Teams"]);
}

#[test]
fn r16_covers_the_way_back_with_seven_days() {
    let p = made(&tenant(), &production(request(PROD, PROD, hours_ago(30))));
    let backup = said_of(&p, "back-up-target");
    assert!(backup.consequence.contains("19 Mar 2026 12:00 UTC"), "{}", backup.consequence);
    let switched: Vec<_> = said(&p)
        .into_iter()
        .filter(|s| matches!(s.step.action, Action::Set { setting: Setting::Kind(_), .. }))
        .collect();
    assert_eq!(switched.len(), 2);
    assert!(switched[1].title.contains("as soon as possible"));
    assert!(switched[1].caution.as_deref().unwrap().contains("no deadline is documented"));
}

#[test]
fn r16_says_when_to_give_up_and_switch_back() {
    let p = made(&tenant(), &production(request(PROD, PROD, hours_ago(30))));
    for step in ["validate", "watch"].map(|step| said_of(&p, step)) {
        assert!(step.caution.as_deref().unwrap().contains("switch back to Production"), "{}", step.id);
    }
}

#[test]
fn r16_still_tells_of_earlier_changes_but_not_of_its_own_switch() {
    let p = made(&tenant(), &production(request(PROD, PROD, hours_ago(30))));
    assert_eq!(says(&p, "caution-t1"), "");
    let t = edit(PROD, |e| {
        e.history.push(Change::exactly(days_ago(3), Changed::Kind { from: Some(Kind::Sandbox), to: Kind::Production }));
    });
    let p = made(&t, &production(request(PROD, PROD, days_ago(4))));
    assert!(says(&p, "caution-t1").contains("from Sandbox to Production"), "{:#?}", p.cautions);
}

// R17

#[test]
fn the_order_of_a_recovery_of_deleted_records() {
    let expect = [
        "sign-in",
        "look-at-source",
        "create-environment",
        "wait-for-environment",
        "verify-environment",
        "validate",
        "restore",
        "watch",
        "who-may-enter",
        "find-records",
        "carry-over",
        "clean-up",
    ];
    steps(&tenant(), &bulk(hours_ago(30)), &expect);
}

#[test]
fn the_new_environment_satisfies_section_5() {
    let t = edit(PROD, |e| {
        e.managed = known(true);
        e.key = known(Key::Customer(Some("key-1".into())));
    });
    let p = plan(newest(), &t, &bulk(hours_ago(30)), now()).unwrap();
    let create = said_of(&p, "create-environment");
    let caution = create.caution.as_deref().unwrap();
    for word in ["Sandbox", "managed", "Europe", "key-1", "Dataverse"] {
        assert!(caution.contains(word), "{word} in {caution}");
    }
    let Action::CreateEnvironment(spec) = &create.step.action else { panic!() };
    assert_eq!((spec.name.as_str(), spec.region()), ("Contoso Sales recovered 11 Mar 2026", Some("europe")));
    let Action::Restore(a) = &p.steps.iter().find(|s| s.id == "restore").unwrap().action else { panic!() };
    assert_eq!((&a.target, &a.target_name), (&None, &None));
    // A name of which no character is plain gives none to the new one.
    let nameless = made(&edit(PROD, |e| e.name = "“!”".into()), &bulk(hours_ago(30)));
    let Action::CreateEnvironment(spec) = &said_of(&nameless, "create-environment").step.action else { panic!() };
    assert_eq!(spec.name, "Recovered records 11 Mar 2026");
}

#[test]
fn r17_names_the_apps_with_procedures_of_their_own() {
    let apps = |special_apps| {
        made(
            &tenant(),
            &Purpose::BulkDeletion {
                source: id(PROD),
                point: Point::System(hours_ago(30)),
                include_audit_logs: false,
                special_apps,
            },
        )
    };
    let named = |plan: &Plan, id: &str| {
        [&plan.afterwards, &plan.cautions].map(|l| l.iter().any(|i| i.id.contains(id) && i.page().is_some()))
    };
    assert_eq!(named(&apps(vec![SpecialApp::Omnichannel]), "after-omnichannel"), [true, false]);
    assert_eq!(named(&apps(vec![SpecialApp::Omnichannel]), "caution-r19"), [false, true]);
    assert_eq!(named(&apps(vec![]), "r19"), [false, false]);
}

/// M9: the point of a manual backup is not always the moment at which it was asked for.
#[test]
fn a_plan_says_how_far_the_point_is_from_the_moment_of_asking() {
    let plan = |minutes| {
        let t = edit(PROD, |e| {
            let mut backup = backup("b1", "Before import", hours_ago(30));
            backup.asked = Some(hours_ago(30) - TimeDelta::minutes(minutes));
            e.backups.push(backup);
        });
        made(&t, &restore(RestoreRequest { point: Point::Manual("b1".into()), ..request(PROD, BOX, now()) }))
    };
    assert!(says(&plan(8), "caution-m9").contains("8 minutes after"), "{}", says(&plan(8), "caution-m9"));
    assert_eq!(says(&plan(0), "caution-m9"), "");
}

#[test]
fn r17_asks_for_what_the_new_environment_must_be_like() {
    let t = edit(PROD, |e| e.managed = Fact::unknown());
    no_plan(
        seed(),
        &t,
        &bulk(hours_ago(30)),
        (Weight::Ask, T4),
        &["“Contoso Sales”", "managed", "the new environment has to be like it"],
    );
    let t = edit(PROD, |e| e.region = Fact::unknown());
    no_plan(seed(), &t, &bulk(hours_ago(30)), (Weight::Ask, T2), &["region"]);
    // Which key it is need not be told: the same one is applied.
    let t = edit(PROD, |e| e.key = known(Key::Customer(None)));
    let p = plan(newest(), &t, &bulk(hours_ago(30)), now()).unwrap();
    assert!(says(&p, "caution-t5").contains("exactly what the source has"));
    let t = edit(PROD, |e| e.key = Fact::unknown());
    no_plan(newest(), &t, &bulk(hours_ago(30)), (Weight::Ask, T5), &["encryption key"]);
}

#[test]
fn r17_where_the_source_can_be_no_source() {
    let of = |source: &str| Purpose::BulkDeletion {
        source: id(source),
        point: Point::System(hours_ago(3)),
        include_audit_logs: false,
        special_apps: vec![],
    };
    no_plan(seed(), &tenant(), &of(DEFAULT), (Weight::Stop, T1), &["Default"]);
    no_plan(seed(), &tenant(), &of(TEAMS), (Weight::Stop, R17), &["“Contoso Team”"]);
    no_plan(seed(), &tenant(), &of("nope"), (Weight::Stop, R1), &["not in the inventory"]);
    let t = edit(PROD, |e| e.dataverse = known(false));
    no_plan(seed(), &t, &of(PROD), (Weight::Stop, T3), &[]);
    no_plan(seed(), &tenant(), &bulk(days_ago(29)), (Weight::Stop, R1), &["is gone"]);
    let over =
        with(|t| t.capacity = known(Capacity { database: gb(10.0, 9.5), log: gb(1.0, 0.0), file: gb(1.0, 0.0) }));
    no_plan(seed(), &over, &bulk(hours_ago(3)), (Weight::Stop, T7), &["1 GB"]);
}

#[test]
fn r17_leaves_the_original_alone() {
    let p = made(&tenant(), &bulk(hours_ago(30)));
    for s in p.steps.iter().filter(|s| s.destructive) {
        assert!(s.id == "restore" || s.id == "clean-up", "{}", s.id);
    }
    assert!(says(&p, "after-original").contains("does not overwrite it"));
    assert!(p.cautions.iter().all(|c| !c.rules.contains(&R3)));
    assert!(says(&p, "needs-capacity").contains("1 GB of free capacity each"));
    // Nothing is lost by it, so there is nothing to confirm; and nothing asks for the new environment once it is deleted.
    assert!(p.cautions.is_empty(), "{:#?}", p.cautions);
    assert!(p.afterwards.iter().all(|i| !item(&p, i).contains("new environment")), "{:#?}", p.afterwards);
    let deletes = p.steps.iter().filter(|s| p.step_text(s).title.to_string().contains("Delete")).count();
    assert_eq!(deletes, 1);
}

/// The plan says nowhere that the newest rules are no worse, and says these words once, among what it rests on.
#[track_caller]
fn newest_is_worse(tenant: &Tenant, purpose: &Purpose, words: &str) {
    let p = made(tenant, purpose);
    let newest: Vec<_> = p.assumptions.iter().filter(|i| i.id.starts_with("newest-edition")).collect();
    assert!(newest.iter().any(|i| item(&p, i).contains(words)), "{words:?} in {newest:#?}");
    assert!(newest.iter().all(|i| !item(&p, i).contains("no worse")), "{newest:#?}");
    assert!(p.cautions.iter().all(|i| !item(&p, i).contains(words)), "{words:?} in {:#?}", p.cautions);
}

#[test]
fn r17_tells_what_the_newest_edition_asks_of_the_new_environment() {
    let short = |t: &mut Tenant| t.get_mut(&id(PROD)).unwrap().dynamics = known(false);
    let has = |change: &dyn Fn(&mut Environment)| {
        with(|t| {
            short(t);
            change(t.get_mut(&id(PROD)).unwrap());
        })
    };
    let t = has(&|e| e.key = known(Key::Customer(Some("key-1".into()))));
    newest_is_worse(&t, &bulk(hours_ago(30)), "(T5)");
    assert!(says(&made(&t, &bulk(hours_ago(30))), "newest-edition").contains("apply the customer-managed key `key-1`"));
    let t = has(&|e| e.key = known(Key::Customer(None)));
    newest_is_worse(&t, &bulk(hours_ago(30)), "(T5)");
    let policy = Policy { sort: "network".into(), id: Some("p-1".into()) };
    let t = has(&|e| e.policies = known([policy.clone()].into_iter().collect()));
    newest_is_worse(&t, &bulk(hours_ago(30)), "(T6)");
    let t = has(&|e| e.policies = Fact::unknown());
    newest_is_worse(&t, &bulk(hours_ago(30)), "(T6)");
    newest_is_worse(&tenant(), &bulk(days_ago(10)), "2 Mar 2026 12:00 UTC would be gone");
    let p = made(&has(&|_| {}), &bulk(hours_ago(30)));
    assert!(says(&p, "newest-edition").contains("no worse"), "{:#?}", p.assumptions);
    assert_eq!(says(&p, "caution-t5") + &says(&p, "caution-t6"), "");
}

#[test]
fn r16_compares_the_editions_for_the_switched_target() {
    let keys = |which: &str| known(Key::Customer(Some(which.to_string())));
    let t = with(|t| {
        t.get_mut(&id(BOX)).unwrap().key = keys("a");
        t.get_mut(&id(PROD)).unwrap().key = keys("b");
    });
    // The target is switched before the dry run: it is to be confirmed, and said once.
    let p = made(&t, &production(request(BOX, PROD, hours_ago(30))));
    assert!(says(&p, "caution-t5").contains("(T5)"), "{:#?}", p.cautions);
    assert!(p.assumptions.iter().all(|i| !item(&p, i).contains("(T5)")), "{:#?}", p.assumptions);
    assert!(p.assumptions.iter().all(|i| !item(&p, i).contains("no worse")), "{:#?}", p.assumptions);
}

// Laws

fn fact<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = Fact<T>> {
    prop_oneof![1 => Just(Fact::unknown()), 24 => prop::sample::select(values).prop_map(known)]
}

fn some_env(raw: &'static str) -> impl Strategy<Value = Environment> {
    let kinds = vec![
        Kind::Production,
        Kind::Production,
        Kind::Production,
        Kind::Production,
        Kind::Sandbox,
        Kind::Sandbox,
        Kind::Sandbox,
        Kind::Sandbox,
        Kind::Developer,
        Kind::Teams,
        Kind::Default,
        Kind::Trial,
        Kind::Other("Weird".into()),
    ];
    (
        fact(kinds),
        fact([vec![Region::new("europe"); 15], vec![Region::new("asia")]].concat()),
        fact([vec![true; 20], vec![false]].concat()),
        fact(vec![true, false]),
        fact([vec![false; 10], vec![true]].concat()),
        fact([vec![Key::Microsoft; 10], vec![Key::Customer(None), Key::Customer(Some("k".into()))]].concat()),
        fact(vec![7u32, 14, 28]),
        prop::option::weighted(0.2, (0i64..30, 0i64..5)),
        0i64..40,
    )
        .prop_map(move |(kind, region, dataverse, dynamics, managed, key, setting, switched, backed_up)| {
            let mut e = env(raw, "Some env", Kind::Sandbox);
            e.kind = kind;
            e.region = region;
            e.dataverse = dataverse;
            e.dynamics = dynamics;
            e.managed = managed;
            e.key = key;
            e.retention_setting = setting;
            if let Some((days, width)) = switched {
                e.history.push(Change {
                    at: days_ago(days),
                    not_before: days_ago(days + width),
                    what: Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox },
                });
            }
            e.backups.push(backup("b1", "label", hours_ago(backed_up * 12)));
            e
        })
}

fn some_purpose() -> impl Strategy<Value = Purpose> {
    let point = prop_oneof![2 => (-1i64..24 * 32).prop_map(|h| Point::System(hours_ago(h))), 4 => (0i64..24 * 8).prop_map(|h| Point::System(hours_ago(h))), 1 => Just(Point::Manual("b1".into()))];
    (0..3u8, any::<bool>(), point, any::<bool>(), prop::option::weighted(0.3, "[ a-c\n]{0,3}")).prop_map(
        |(sort, itself, point, include_audit_logs, new_name)| {
            let target = if itself { PROD } else { BOX };
            let r =
                RestoreRequest { point: point.clone(), include_audit_logs, new_name, ..request(PROD, target, now()) };
            match sort {
                0 => Purpose::Restore(r),
                1 => Purpose::RestoreToProduction(r),
                _ => Purpose::BulkDeletion { source: id(PROD), point, include_audit_logs, special_apps: vec![] },
            }
        },
    )
}

fn some_tenant() -> impl Strategy<Value = Tenant> {
    (some_env(PROD), some_env(BOX), any::<bool>()).prop_map(|(a, b, capacity)| {
        let mut t = tenant();
        t.environments = vec![a, b].into();
        if !capacity {
            t.capacity = Fact::unknown();
        }
        t
    })
}

/// What holds for every plan.
fn lawful(edition: &Edition, tenant: &Tenant, purpose: &Purpose, p: &Plan) {
    let mut seen = BTreeSet::new();
    let all = p.steps.iter().map(|s| &s.id).chain(p.afterwards.iter().map(|i| &i.id));
    for id in all.chain(p.assumptions.iter().map(|i| &i.id)).chain(p.cautions.iter().map(|i| &i.id)) {
        assert!(seen.insert(id.clone()), "{id} twice");
    }
    for s in said(p) {
        assert!(
            !s.title.is_empty() && !s.who.is_empty() && !s.consequence.is_empty() && !s.verify.is_empty(),
            "{:?}",
            s.step
        );
        assert!(!s.step.destructive || s.caution.is_some(), "{:?}", s.step);
        assert!(s.verify.ends_with('.') && s.consequence.ends_with('.'), "{:?}", s.step);
    }
    for i in p.afterwards.iter().chain(&p.assumptions).chain(&p.cautions) {
        let says = item(p, i);
        assert!(says.ends_with('.') && !says.contains(".."), "{i:?}");
    }
    assert!(p.deadlines.is_sorted_by_key(|d| d.at));
    if p.assumptions.iter().any(|i| item(p, i).contains("no worse")) {
        let worse = |says: &str| says.contains("newest rules") || says.contains("Under the rules of");
        assert!(p.cautions.iter().all(|c| !worse(&item(p, c))), "{:#?}", p.cautions);
    }
    // A way back has its condition beside it, and is promised only where the check promises it too.
    for d in p.deadlines.iter().filter(|d| d.rules.contains(&R14)) {
        assert!(deadline(p, d).ends_with("if its retention does not change."), "{d:?}");
        assert!(p.cautions.iter().all(|c| !item(p, c).contains("nothing promises that its state")), "{d:?}");
    }
    let restores: Vec<_> = p.steps.iter().filter(|s| matches!(s.action, Action::Restore(_))).collect();
    assert_eq!(restores.len(), 1);
    // Before anything is overwritten somebody looks and tries, and what is overwritten is destructive.
    let at = |id: &str| p.steps.iter().position(|s| s.id == id).unwrap();
    let Action::Restore(onto) = &restores[0].action else { panic!("a restore") };
    assert_eq!(restores[0].destructive, onto.target.is_some(), "what the plan creates holds nothing yet");
    assert!(at("look-at-source") < at("validate") && at("validate") < at("restore"));
    let text = serde_json::to_string(p).unwrap();
    assert_eq!(&serde_json::from_str::<Plan>(&text).unwrap(), p);
    // It can be sent to somebody, who gets the same.
    let sent = Parcel { plan: p.clone(), tenant: "Contoso".into(), play: false };
    assert_eq!(read_file(&file(&sent).unwrap()), Ok(sent));
    // No rule is open or broken, and the point is not gone.
    let outcome =
        |t: &Tenant, r: &RestoreRequest| judge(edition, t.get(&r.source).unwrap(), t.get(&r.target).unwrap()).outcome();
    match purpose {
        Purpose::Restore(r) => assert_eq!(outcome(tenant, r), Outcome::Eligible),
        Purpose::RestoreToProduction(r) => {
            assert_eq!(outcome(&as_sandbox(tenant, &r.target, now()), r), Outcome::Eligible);
            let at = instant_of(tenant.get(&r.source).unwrap(), &r.point).unwrap();
            assert!(r.source != r.target || at >= days_ago(7));
        }
        Purpose::BulkDeletion { .. } => {}
    }
}

proptest! {
    #![proptest_config(cases(2000))]
    #[test]
    fn a_plan_exists_exactly_where_nothing_stops_it(t in some_tenant(), purpose in some_purpose(), e in 0usize..3) {
        let edition = EDITIONS[e];
        let checks = check_purpose(Moment::new(edition, &t, now()), &purpose);
        match plan(edition, &t, &purpose, now()) {
            Ok(p) => {
                prop_assert!(!refused(&checks));
                let cautions = || checks.iter().filter(|c| c.weight == Weight::Caution);
                prop_assert_eq!(p.cautions.len(), cautions().filter(|c| !c.is_of_what_it_rests_on(&purpose)).count());
                for check in cautions() {
                    // Nothing is hidden, and nothing is said twice.
                    let says = check.with_help().sentence().to_string();
                    let said = p.cautions.iter().chain(&p.assumptions).filter(|i| item(&p, i) == says).count();
                    prop_assert_eq!(said, 1, "{}", says);
                }
                lawful(edition, &t, &purpose, &p);
            }
            Err(NoPlan { checks: why }) => {
                prop_assert!(refused(&checks));
                prop_assert_eq!(&why, &checks);
                prop_assert!(why.is_sorted_by_key(|c| c.weight));
                // Every stop has a way on.
                for c in why.iter().filter(|c| matches!(c.weight, Weight::Stop | Weight::Ask)) {
                    prop_assert!(!c.help().is_empty(), "{:?}", c);
                }
            }
        }
    }
}

/// Golden runbooks: `UPDATE_GOLDEN=1 cargo test --no-default-features --test native plan::` writes them anew.
#[track_caller]
fn golden(name: &str, purpose: &Purpose) {
    let plan = made(&tenant(), purpose);
    let text = runbook::markdown(&plan, plan.cloud, |_| false);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == text, "{name} differs; look at the difference, and if it is meant: UPDATE_GOLDEN=1");
}

#[test]
fn golden_runbooks() {
    golden("runbook-restore.md", &restore(request(PROD, BOX, hours_ago(30))));
    golden("runbook-production.md", &production(request(PROD, PROD, hours_ago(30))));
    golden("runbook-bulk-deletion.md", &bulk(hours_ago(30)));
}

fn made_look(t: &Tenant, step: &str) -> String {
    let p = made(t, &restore(request(PROD, BOX, hours_ago(30))));
    said_of(&p, step).verify
}

#[test]
fn the_look_says_the_facts_that_the_plan_rests_on() {
    let t = edit(BOX, |e| {
        e.region = Fact::unknown();
        e.managed = Fact::unknown();
        e.managed.answer(true, days_ago(3));
    });
    let purpose = Purpose::Restore(request(BOX, BOX, hours_ago(30)));
    let made = plan(seed(), &t, &purpose, now()).unwrap();
    let look = said_of(&made, "look-at-source");
    assert_eq!(
        look.verify,
        "Kind Sandbox, Dataverse yes, customer-managed key no (as of 12 Mar 2026); managed yes (your answer of 9 Mar 2026); \
         not known when this plan was made: region. If one of them differs, make the plan again. No operation is running on \
         “Contoso Test”."
    );
    // An answer that the imports never gave has one origin, and so has a change that was recorded.
    let t = edit(BOX, |e| {
        e.kind = Fact::known(Kind::Sandbox, Origin::Recorded, days_ago(1));
        e.key = Fact::unknown();
        e.key.answer(Key::Microsoft, days_ago(2));
    });
    let look = &made_look(&t, "look-at-target");
    assert!(
        look.starts_with(
            "Region Europe, Dataverse yes, managed no (as of 12 Mar 2026); kind Sandbox (recorded 11 Mar 2026); \
             customer-managed key no (your answer of 10 Mar 2026). If"
        ),
        "{look}"
    );
    // Where policies have to match they are facts like the others.
    let made = plan(newest(), &tenant(), &Purpose::Restore(request(PROD, BOX, hours_ago(30))), now()).unwrap();
    let look = said_of(&made, "look-at-source").verify;
    assert!(look.contains(", enterprise policies none"), "{look}");
}
