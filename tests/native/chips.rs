//! The rule that a reason, a caution or a line carries is the one by which it holds: a table of what is said and the rules beside it.

use crate::restore_support;
use restore_desk::domain::moment::Moment;

use crate::planned::plan;
use chrono::TimeDelta;
use restore_desk::domain::advice::{Case, Mishap, MishapTime, advise};
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::environment::{Activity, Environment, Key, Kind, Operation, Policy, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::plan::{Item, Purpose};
use restore_desk::domain::restore::{Check, Weight, check, check_purpose};
use restore_desk::domain::rule::RuleId::{self, *};
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::Say;
use restore_support::*;

/// The checks of a restore to a Sandbox that say this carry this rule, and there is one.
#[track_caller]
fn of_checks(tenant: &Tenant, source: &str, target: &str, says: &str, rule: RuleId) {
    let all = check(Moment::new(seed(), tenant, now()), &request(source, target, hours_ago(30)));
    let found: Vec<RuleId> =
        all.iter().filter(|c| c.says().to_string().contains(says)).filter_map(Check::rule).collect();
    assert!(
        !found.is_empty() && found.iter().all(|r| *r == rule),
        "{says}: {found:?} in {:?}",
        all.iter().map(|c| (c.rule(), c.says().to_string())).collect::<Vec<_>>()
    );
}

fn policy() -> Fact<std::collections::BTreeSet<Policy>> {
    known([Policy { sort: "network".into(), id: Some("p-1".into()) }].into_iter().collect())
}

fn key(which: &str) -> Fact<Key> {
    known(Key::Customer(Some(which.to_string())))
}

/// Cautions of the pair under the newest edition carry the rule that is worse there.
#[test]
fn what_the_newest_edition_makes_worse() {
    let worse = "Under the rules of 26 September 2026 Contoso";
    let t = edit(PROD, |e| e.policies = policy());
    of_checks(&t, PROD, BOX, "cannot be restored to Contoso Test", T6);
    let t = edit(PROD, |e| e.policies = Fact::unknown());
    of_checks(&t, PROD, BOX, "it is not known whether", T6);
    let t = with(|t| {
        t.get_mut(&id(BOX)).unwrap().key = key("a");
        t.get_mut(&id(BOX2)).unwrap().key = key("b");
    });
    of_checks(&t, BOX, BOX2, "cannot be restored to Contoso Train", T5);
    // Two rules, two cautions.
    let t = with(|t| {
        let source = t.get_mut(&id(BOX)).unwrap();
        (source.key, source.policies) = (key("a"), policy());
        t.get_mut(&id(BOX2)).unwrap().key = key("b");
    });
    let all = check(Moment::new(seed(), &t, now()), &request(BOX, BOX2, hours_ago(30)));
    let found: Vec<RuleId> =
        all.iter().filter(|c| c.says().to_string().starts_with(worse)).filter_map(Check::rule).collect();
    assert_eq!(found, [T5, T6], "{all:#?}");
    let purpose = Purpose::Restore(request(BOX, BOX2, hours_ago(30)));
    let plan = plan(seed(), &t, &purpose, now()).unwrap();
    let told = |items: &[Item]| {
        let of = items.iter().filter(|i| plan.item_text(i).to_string().starts_with(worse));
        of.flat_map(|i| i.rules.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (told(&plan.cautions), told(&plan.assumptions)),
        (vec![], vec![T5, T6]),
        "each once, and no loss to confirm"
    );
}

/// Every caution that names rules in its own words carries one of them.
#[test]
fn a_caution_that_names_its_rule_carries_it() {
    let kinds = [Kind::Production, Kind::Sandbox, Kind::Developer, Kind::Default, Kind::Trial, Kind::Teams];
    let changes: [&dyn Fn(&mut Environment); 7] = [
        &|_| {},
        &|e| e.policies = policy(),
        &|e| e.policies = Fact::unknown(),
        &|e| e.key = key("a"),
        &|e| e.key = Fact::unknown(),
        &|e| e.managed = Fact::unknown(),
        &|e| e.kind = Fact::unknown(),
    ];
    for edition in EDITIONS {
        for (of_source, of_target) in kinds.iter().flat_map(|s| kinds.iter().map(move |t| (s, t))) {
            for change in changes {
                let t = with(|t| {
                    let source = t.get_mut(&id(BOX)).unwrap();
                    source.kind = known(of_source.clone());
                    change(source);
                    t.get_mut(&id(BOX2)).unwrap().kind = known(of_target.clone());
                });
                let bulk = Purpose::BulkDeletion {
                    source: id(BOX),
                    point: point(hours_ago(30)),
                    include_audit_logs: false,
                    special_apps: vec![],
                };
                let all = check(Moment::new(edition, &t, now()), &request(BOX, BOX2, hours_ago(30)));
                for c in all.into_iter().chain(check_purpose(Moment::new(edition, &t, now()), &bulk)) {
                    let (says, rule) = (c.says().to_string(), c.rule().unwrap());
                    if c.weight == Weight::Caution && says.starts_with("Under the") && says.contains(" restored ") {
                        assert!(says.contains(&format!("({rule})")), "{}: {c:#?}", edition.id);
                    }
                }
            }
        }
    }
}

fn point(at: chrono::DateTime<chrono::Utc>) -> restore_desk::domain::restore::Point {
    restore_desk::domain::restore::Point::System(at)
}

#[test]
fn what_changed_since_the_point() {
    let changed = |what: Changed| edit(BOX, |e| e.history.push(Change::exactly(hours_ago(5), what.clone())));
    let cases = [
        (
            Changed::Region { from: Some(Region::new("asia")), to: Region::new("europe") },
            "at 11 Mar 2026 06:00 UTC belongs to the old region",
            T2,
        ),
        (Changed::Kind { from: Some(Kind::Developer), to: Kind::Sandbox }, "changed from Developer", T1),
        (Changed::Managed { from: Some(true), to: false }, "became unmanaged", T4),
        (Changed::ManagedUnknown { from: true }, "updated Managed Environments", T4),
        (Changed::CustomerKey { from: Some(false), to: true }, "customer-managed key was applied", T5),
        (Changed::Restored { source: id(PROD), point: days_ago(3) }, "overwritten by a restore", R14),
    ];
    for (what, says, rule) in cases {
        of_checks(&changed(what), BOX, BOX2, says, rule);
    }
}

#[test]
fn of_this_moment_and_of_what_follows() {
    let busy = |what: Operation| {
        edit(BOX, |e| e.activity = Some(Activity { what: what.clone(), since: Some(hours_ago(1)), seen: None }))
    };
    of_checks(&busy(Operation::Restoring), PROD, BOX, "is being restored", T9);
    of_checks(&busy(Operation::Other("Edit".into())), PROD, BOX, "he service reports `Edit`", T9);
    of_checks(&edit(BOX, |e| e.failed_restore = Some(hours_ago(3))), PROD, BOX, " restore onto", R20);
    of_checks(&with(|t| t.capacity = Fact::unknown()), PROD, BOX, "ree capacity of the tenant is not known", T7);
    let t = tenant();
    of_checks(&t, PROD, BOX, "overwritten", R3);
    of_checks(&t, PROD, BOX, "whoever may enter", R27);
    of_checks(&t, PROD, BOX, "outside solutions may be lost", R23);
    of_checks(&t, PROD, BOX, "audit logs of “Contoso Sales” are left out", R5);
    of_checks(&t, PROD, BOX, "solution flows that", R10);
    of_checks(&t, BOX, BOX, "very solution flow", R24);
    of_checks(&t, BOX, BOX, "keeps all its audit logs", R6);
    of_checks(&t, DEV, DEV, "ow to turn administration mode off", R25);
    of_checks(&t, PROD, BOX, "Only apps and flows in a Dataverse solution", R8);
    of_checks(&t, PROD, BOX, "in administration mode until", R9);
}

/// The lines of advice that say this carry these rules.
#[track_caller]
fn of_advice(tenant: &Tenant, source: &str, says: &str, rules: &[RuleId]) {
    let case = Case {
        mishap: Mishap::RecordsLost,
        environment: Some(id(source)),
        when: Some(MishapTime::exactly(hours_ago(30))),
    };
    let advice = advise(Moment::new(seed(), tenant, now()), &case).unwrap();
    let lines = advice.ways.iter().flat_map(|w| {
        [&w.recovered, &w.lost, &w.overwritten, &w.costs, &w.against, &w.changes, &w.open, &w.heed]
            .into_iter()
            .flatten()
    });
    let found: Vec<&[RuleId]> =
        lines.filter(|l| l.says_and_help().0.to_string().contains(says)).map(|l| l.rules.as_slice()).collect();
    assert!(!found.is_empty() && found.iter().all(|r| *r == rules), "{says}: {found:?}");
}

#[test]
fn lines_of_advice() {
    let t = tenant();
    of_advice(&t, PROD, "fterwards connections are set up again", &[R11, R12, R13]);
    of_advice(&t, PROD, "is work by hand", &[R17]);
    of_advice(&t, PROD, "ome apps have procedures of their own", &[R19]);
    of_advice(&edit(PROD, |e| e.policies = policy()), PROD, "not linked to", &[T6]);
    let tight = with(|t| {
        let capacity = t.capacity.get().map(|c| {
            let mut c = *c;
            c.database.used_mb = c.database.entitled_mb - 100.0;
            c
        });
        t.capacity = Fact::known(capacity.unwrap(), Origin::Sample, now() - TimeDelta::days(1));
    });
    of_advice(&tight, PROD, "ree 1 GB", &[T7, R15]);
}
