//! Readiness: what is found, what it costs, what mending gives, and what never happens.

use crate::laws::cases;
use crate::pair_support;
use crate::restore_support;
use crate::retention_support;
use restore_desk::domain::moment::Moment;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use restore_desk::domain::capacity::Capacity;
use restore_desk::domain::command::{Command, apply};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::{Outcome, matrix};
use restore_desk::domain::environment::{Activity, Answer, Environment, FactKey, Key, Kind, Operation, RuntimeState};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::readiness::{
    Back, Detail, MOST, Prospect, Readiness, Rests, Tenths, Trouble, WEIGHTS, assess, assess_beside, importance,
};
use restore_desk::domain::retention::window;
use restore_desk::domain::tenant::{ImportRecord, Tenant};
use restore_desk::words::readiness::of_trouble;
use restore_support::*;
use std::collections::BTreeSet;

/// Everything as it should be: 10 parts in the score, of which Production is 5 and Teams 2.
fn good() -> Tenant {
    with(|t| {
        t.environments.retain(|e| e.id != id(DEFAULT));
        let prod = t.get_mut(&id(PROD)).unwrap();
        prod.dynamics = known(false);
        prod.managed = known(true);
        prod.retention_setting = known(28);
        for raw in [BOX, BOX2] {
            t.get_mut(&id(raw)).unwrap().managed = known(true);
        }
    })
}

type Edit = fn(&mut Tenant);

fn of<'a>(t: &'a mut Tenant, raw: &str) -> &'a mut Environment {
    t.get_mut(&id(raw)).unwrap()
}

fn gb_free(t: &mut Tenant, free: f64) {
    t.capacity = known(Capacity { database: gb(100.0, 100.0 - free), log: gb(10.0, 5.0), file: gb(100.0, 50.0) });
}

/// What is wrong, one edit each, with the findings that it makes under the first and under the newest edition: word, points,
/// environments.
const CASES: &[(&str, Edit, &str, &str)] = &[
    ("nothing", |_| {}, "", ""),
    (
        "administration mode",
        |t| of(t, BOX).state = known(RuntimeState::AdminMode),
        "administration-mode 0.3 Contoso Test",
        "=",
    ),
    ("a database less", |t| of(t, DEV).dataverse = known(false), "no-dataverse 6.4 Contoso Dev", "="),
    (
        "no Sandbox with a database",
        |t| [BOX, BOX2].iter().for_each(|raw| of(t, raw).dataverse = known(false)),
        "no-dataverse 12.8 Contoso Test, Contoso Train; no-target 6.0 Contoso Sales",
        "=",
    ),
    ("seven days", |t| of(t, PROD).retention_setting = known(7), "only-seven-days 3.0 Contoso Sales", "="),
    (
        "raised an hour ago",
        |t| {
            let what = Changed::RetentionSetting { from: Some(7), to: 28 };
            of(t, PROD).history = vec![Change::exactly(hours_ago(1), what)];
        },
        "",
        "",
    ),
    ("fourteen days", |t| of(t, PROD).retention_setting = known(14), "", ""),
    (
        "seven days in a group",
        |t| {
            of(t, PROD).retention_setting = known(7);
            of(t, PROD).group = known(Some("Business".to_string()));
        },
        "group-may-lock 3.0 Contoso Sales",
        "=",
    ),
    (
        "in no group",
        |t| {
            of(t, PROD).retention_setting = known(7);
            of(t, PROD).group = known(None);
        },
        "only-seven-days 3.0 Contoso Sales",
        "=",
    ),
    ("not managed among managed", |t| of(t, PROD).managed = known(false), "no-target 6.0 Contoso Sales", "="),
    (
        "managed alone",
        |t| [BOX, BOX2].iter().for_each(|raw| of(t, raw).managed = known(false)),
        "managed-without-target 6.0 Contoso Sales",
        "=",
    ),
    (
        "managed, and no Sandbox at all in the region",
        |t| [BOX, BOX2].iter().for_each(|raw| of(t, raw).region = known("asia".to_string().into())),
        "no-target 6.0 Contoso Sales",
        "=",
    ),
    (
        "a key that no target has",
        |t| of(t, PROD).key = known(Key::Customer(Some("k1".into()))),
        "key-without-target 6.0 Contoso Sales",
        "=",
    ),
    (
        "a key that one target may have",
        |t| {
            of(t, PROD).key = known(Key::Customer(Some("k1".into())));
            of(t, BOX).key = Fact::unknown();
        },
        "unknown-target 6.0 Contoso Sales ?Key:Contoso Test; unknown-elsewhere 0.1 Contoso Test ?Key:Contoso Test",
        "=",
    ),
    (
        "another key",
        |t| {
            of(t, PROD).key = known(Key::Customer(Some("k1".into())));
            [BOX, BOX2].iter().for_each(|raw| of(t, raw).key = known(Key::Customer(Some("k2".into()))));
        },
        "newest-refuses 1.0 Contoso Sales",
        "key-without-target 6.0 Contoso Sales",
    ),
    (
        "whether the targets are managed",
        |t| [BOX, BOX2].iter().for_each(|raw| of(t, raw).managed = Fact::unknown()),
        "unknown-target 6.0 Contoso Sales ?Managed:Contoso Test,Contoso Train; unknown-elsewhere 0.3 Contoso Dev, Contoso Test, Contoso Train ?Managed:Contoso Test,Contoso Train",
        "=",
    ),
    (
        "whether it has a database",
        |t| of(t, DEV).dataverse = Fact::unknown(),
        "unknown-whether 6.4 Contoso Dev ?Dataverse:Contoso Dev",
        "=",
    ),
    (
        "Dynamics 365 apps",
        |t| {
            of(t, PROD).dynamics = Fact::unknown();
            of(t, PROD).retention_setting = known(7);
        },
        "unknown-retention 4.0 Contoso Sales ?Dynamics:Contoso Sales",
        "only-seven-days 3.0 Contoso Sales",
    ),
    (
        "whether it is managed, at seven days",
        |t| {
            of(t, PROD).managed = Fact::unknown();
            of(t, PROD).retention_setting = known(7);
        },
        "unknown-target 6.0 Contoso Sales ?Managed:Contoso Sales; unknown-retention 4.0 Contoso Sales ?Managed:Contoso Sales",
        "=",
    ),
    (
        "the setting",
        |t| of(t, PROD).retention_setting = Fact::unknown(),
        "unknown-retention 4.0 Contoso Sales ?RetentionSetting:Contoso Sales",
        "=",
    ),
    ("storage unknown", |t| t.capacity = Fact::unknown(), "unknown-storage 18.0 all", "="),
    ("too little storage", |t| gb_free(t, 0.5), "no-storage 80.0 all", "="),
    ("just enough storage", |t| gb_free(t, 1.0), "", ""),
    ("numbers that cannot be", |t| gb_free(t, f64::NAN), "unknown-storage 18.0 all", "="),
    ("a failed restore", |t| of(t, BOX).failed_restore = Some(hours_ago(3)), "", "failed-restore 0.5 Contoso Test"),
    (
        "a copy that runs",
        |t| of(t, BOX).activity = Some(Activity { what: Operation::Copying, since: None, seen: Some(now()) }),
        "occupied 0.3 Contoso Test",
        "=",
    ),
    (
        "a Sandbox that was Production",
        |t| {
            of(t, BOX).dynamics = known(true);
            let what = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
            of(t, BOX).history = vec![Change::exactly(days_ago(2), what)];
            of(t, BOX).retention_setting = known(28);
        },
        "former-production 0.4 Contoso Test",
        "=",
    ),
    (
        "one that was Production long ago",
        |t| {
            let what = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
            of(t, BOX).history = vec![Change::exactly(days_ago(90), what)];
        },
        "",
        "",
    ),
    ("a trial", |t| t.environments.push(env("trial", "Try", Kind::Trial)), "no-way 5.9 Try", "="),
    (
        "Dynamics 365 apps without being managed",
        |t| {
            for raw in [PROD, BOX, BOX2] {
                of(t, raw).managed = known(false);
            }
            of(t, PROD).dynamics = known(true);
        },
        "newest-keeps-less 4.0 Contoso Sales",
        "",
    ),
    (
        "Dynamics 365 apps, and nobody knows whether it is managed",
        |t| {
            of(t, PROD).dynamics = known(true);
            of(t, PROD).managed = Fact::unknown();
        },
        "unknown-target 6.0 Contoso Sales ?Managed:Contoso Sales; newest-keeps-less 4.0 Contoso Sales",
        "unknown-target 6.0 Contoso Sales ?Managed:Contoso Sales; unknown-retention 4.0 Contoso Sales ?Managed:Contoso Sales",
    ),
    (
        "recovered an hour ago",
        |t| {
            let happened = |h, what| Change::exactly(hours_ago(h), what);
            of(t, DEV).history = vec![happened(5, Changed::Deleted), happened(1, Changed::Recovered)];
        },
        "only-possible 2.4 Contoso Dev",
        "=",
    ),
    ("created an hour ago", |t| of(t, DEV).created = known(hours_ago(1)), "only-possible 2.4 Contoso Dev", "="),
    (
        "seen for the first time an hour ago",
        |t| {
            of(t, DEV).created = Fact::unknown();
            of(t, DEV).existed_by = Some(hours_ago(1));
        },
        "unknown-whether 6.4 Contoso Dev ?Created:Contoso Dev",
        "=",
    ),
];

fn words(tenant: &Tenant, readiness: &Readiness) -> String {
    let name = |p: &usize| tenant.environments[*p].name.clone();
    let line = |f: &restore_desk::domain::readiness::Finding| {
        let names: Vec<String> = f.environments.iter().map(name).collect();
        let who = if f.whole_tenant { "all".to_string() } else { names.join(", ") };
        let ask = |(fact, ids): &(FactKey, Vec<_>)| {
            let names: Vec<&str> = ids.iter().map(|i| tenant.get(i).unwrap().name.as_str()).collect();
            format!(" ?{fact:?}:{}", names.join(","))
        };
        format!("{} {} {who}{}", f.weight().word, f.costs, f.asks.iter().map(ask).collect::<String>())
    };
    readiness.findings.iter().map(line).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(edition: &Edition, what: &str, edit: Edit, expect: &str) {
    let mut tenant = good();
    edit(&mut tenant);
    let found = assess(Moment::new(edition, &tenant, now()));
    assert_eq!(words(&tenant, &found), expect, "{what} under {}", edition.id);
    check_sum(&found);
}

#[track_caller]
fn check_sum(found: &Readiness) {
    let costs: u32 = found.findings.iter().map(|f| f.costs.0).sum();
    match found.score {
        None => assert!(found.prospects.iter().all(|p| p.counts == 0) && costs == 0),
        Some(Tenths(score)) => {
            assert_eq!(score + costs, 1000, "the score is what the findings leave");
            let counts = |p: &usize| found.prospects.iter().any(|x| x.place == *p && x.counts > 0);
            for f in &found.findings {
                assert!(!f.environments.is_empty());
                assert_eq!(f.costs.0 > 0, f.weight().points > 0 && f.environments.iter().any(counts), "{f:?}");
            }
            // The score never says more than the answers do.
            for f in &found.findings {
                assert!(f.trouble.cap().is_none_or(|most| score <= most * 10), "{f:?}");
            }
            if found.findings.iter().any(|f| f.trouble == Trouble::NoStorage) {
                assert_eq!(found.count(Back::Not), found.prospects.len());
            }
        }
    }
}

#[test]
fn what_is_found_and_what_it_costs() {
    for (what, edit, first, newest) in CASES {
        check(EDITIONS[0], what, *edit, first);
        check(Edition::newest(), what, *edit, if *newest == "=" { first } else { newest });
    }
}

/// What cannot be brought back rests on one thing each: what makes it impossible, and of that what lasts longest.
#[test]
fn what_the_headline_rests_on() {
    #[track_caller]
    fn check(edit: Edit, expect: &[(Rests, usize)]) {
        let mut tenant = good();
        edit(&mut tenant);
        assert_eq!(assess(Moment::new(seed(), &tenant, now())).headline().rests, expect);
    }
    check(|_| {}, &[]);
    check(|t| gb_free(t, 0.5), &[(Rests::Storage, 5)]);
    check(|t| of(t, DEV).dataverse = known(false), &[(Rests::NoDataverse, 1)]);
    check(|t| t.environments.push(env("trial", "Try", Kind::Trial)), &[(Rests::NoWay, 1)]);
    let unknown_room = |t: &mut Tenant| {
        of(t, DEV).dataverse = known(false);
        t.capacity = Fact::unknown();
    };
    check(unknown_room, &[(Rests::NoDataverse, 1)]);
    // What makes it only possible is not what makes it impossible.
    let busy = |t: &mut Tenant| {
        let happened = |h, what| Change::exactly(hours_ago(h), what);
        of(t, DEV).history = vec![happened(5, Changed::Deleted), happened(1, Changed::Recovered)];
        of(t, DEV).activity = Some(Activity { what: Operation::Copying, since: None, seen: Some(now()) });
    };
    check(busy, &[(Rests::Occupied, 1)]);
    let all = |t: &mut Tenant| {
        gb_free(t, 0.5);
        of(t, DEV).dataverse = known(false);
    };
    check(all, &[(Rests::Storage, 5)]);
}

#[test]
fn the_default_environment_is_told_and_holds_nothing_down() {
    for (dataverse, edition) in [(Some(true), 0), (Some(false), 1), (None, 2)] {
        let mut tenant = with(|_| ());
        tenant.environments = good().environments;
        tenant.capacity = good().capacity;
        let mut default = env(DEFAULT, "Contoso (default)", Kind::Default);
        default.dataverse = dataverse.map_or(Fact::unknown(), known);
        tenant.environments.push(default);
        let found = assess(Moment::new(EDITIONS[edition], &tenant, now()));
        assert_eq!(words(&tenant, &found), "default-unpromised 0.0 Contoso (default)");
        assert_eq!(found.score, Some(Tenths(1000)));
        assert_eq!(found.count(Back::Surely), found.prospects.len() - 1);
        // Alone it is no score, whatever the storage is.
        tenant.environments.retain(|e| e.id == id(DEFAULT));
        gb_free(&mut tenant, 0.1);
        let found = assess(Moment::new(EDITIONS[edition], &tenant, now()));
        assert_eq!(found.score, None);
        check_sum(&found);
    }
}

fn whole_import(number: u32, days: i64) -> ImportRecord {
    list_of_all(number, days_ago(days))
}

/// An import of a list of the whole tenant.
pub fn list_of_all(number: u32, at: DateTime<Utc>) -> ImportRecord {
    ImportRecord {
        number,
        at,
        name: "list.json".into(),
        format: "admin REST list".into(),
        environments: 3,
        complete: true,
        told: Vec::new(),
        asked: None,
    }
}

#[test]
fn what_is_no_longer_listed_is_neither_restorable_nor_a_target() {
    let mut tenant = good();
    let there: Vec<&str> = vec![PROD, BOX, DEV];
    for env in tenant.environments.iter_mut() {
        env.last_import = Some(if there.iter().any(|raw| env.id == id(raw)) { 3 } else { 1 });
    }
    tenant.imports = vec![whole_import(1, 9), whole_import(2, 5), whole_import(3, 1)];
    let found = assess(Moment::new(seed(), &tenant, now()));
    let missing: Vec<&str> = found.unlisted.iter().map(|(p, _)| tenant.environments[*p].name.as_str()).collect();
    assert!(missing.contains(&"Contoso Train"), "{missing:?}");
    assert!(found.unlisted.iter().all(|(_, since)| *since == days_ago(5)), "since the first that did not list it");
    assert_eq!(found.prospects.len() + missing.len(), tenant.living().count());
    let of_prod = found.prospects.iter().find(|p| p.environment == id(PROD)).unwrap();
    let names: Vec<&str> = of_prod.ways.examples.iter().map(|p| tenant.environments[*p].name.as_str()).collect();
    assert_eq!((of_prod.ways.targets.eligible, names), (1, vec!["Contoso Test"]));
    let finding = found.findings.iter().find(|f| f.trouble == Trouble::NoLongerListed).unwrap();
    assert_eq!((finding.costs, finding.environments.len()), (Tenths(0), missing.len()));
    assert_eq!(finding.detail, Some(Detail::Unlisted { since: days_ago(5), one: false }));
    assert_eq!(found.score, Some(Tenths(1000)), "it counts neither for nor against");
    assert_eq!(found.answers(now()).len(), found.prospects.len());
    // An import of a part says nothing about the rest.
    tenant.imports.iter_mut().skip(1).for_each(|i| i.complete = false);
    assert_eq!(assess(Moment::new(seed(), &tenant, now())).unlisted, []);
}

#[test]
fn what_a_failed_restore_left_disabled_is_closed() {
    let mut tenant = good();
    of(&mut tenant, PROD).failed_restore = Some(hours_ago(3));
    of(&mut tenant, BOX).failed_restore = Some(hours_ago(3));
    let found = assess(Moment::new(Edition::newest(), &tenant, now()));
    let of_prod = found.prospects.iter().find(|p| p.environment == id(PROD)).unwrap();
    assert!(of_prod.ways.closed);
    let train = found.prospects.iter().find(|p| p.environment == id(BOX2)).unwrap();
    assert!(!train.ways.closed && train.ways.examples.iter().all(|p| tenant.environments[*p].id != id(BOX)));
    assert!(assess(Moment::new(EDITIONS[0], &tenant, now())).prospects.iter().all(|p| !p.ways.closed));
}

#[test]
fn nothing_to_judge_is_no_score() {
    let empty = assess(Moment::new(seed(), &Tenant::default(), now()));
    assert_eq!((empty.score, empty.findings.len()), (None, 0));
    let deleted = with(|t| t.environments.iter_mut().for_each(|e| e.deleted = Some(days_ago(1).into())));
    assert_eq!(assess(Moment::new(seed(), &deleted, now())).score, None);
    assert_eq!(assess(Moment::new(seed(), &good(), now())).score, Some(Tenths(1000)));
}

/// Of two things that are wrong at once and touch one another in nothing, mending one gives back what its finding costs now.
#[test]
fn what_is_wrong_beside_something_else_costs_its_own() {
    // Those that touch neither each other's environments nor how many parts there are.
    let on_prod = ["seven days", "a key that no target has", "the setting"];
    let on_others =
        ["administration mode", "a database less", "a copy that runs", "too little storage", "storage unknown"];
    let case = |name: &str| CASES.iter().find(|c| c.0 == name).unwrap_or_else(|| panic!("no case {name}")).1;
    for edition in EDITIONS {
        for x in on_prod {
            for y in on_others {
                let (mut only_x, mut only_y, mut both) = (good(), good(), good());
                case(x)(&mut only_x);
                case(y)(&mut only_y);
                case(x)(&mut both);
                case(y)(&mut both);
                let score = |t: &Tenant| assess(Moment::new(edition, t, now())).score.unwrap().0;
                let found = assess(Moment::new(edition, &both, now()));
                let others = assess(Moment::new(edition, &only_x, now())).findings;
                let new = |f: &&restore_desk::domain::readiness::Finding| others.iter().all(|o| o.trouble != f.trouble);
                let costs: u32 = found.findings.iter().filter(new).map(|f| f.costs.0).sum();
                assert_eq!(score(&both) + costs, score(&only_x), "{y} mended beside {x}");
                assert!(score(&both) <= score(&only_y), "{x} mended beside {y}");
                assert_eq!(found.findings.len(), 2, "{x} and {y}");
            }
        }
    }
}

#[test]
fn a_plan_that_is_at_work_excuses_administration_mode() {
    let tenant = {
        let mut t = good();
        of(&mut t, BOX).state = known(RuntimeState::AdminMode);
        t
    };
    let planned = BTreeSet::from([id(BOX)]);
    assert_eq!(assess_beside(Moment::new(seed(), &tenant, now()), &planned).findings, []);
}

/// Whatever comes together in one environment, it loses no more than there is.
#[test]
fn the_table_is_whole_and_leaves_room_for_rounding() {
    use Trouble::*;
    let points = |all: &[Trouble]| all.iter().map(|t| t.weight().points).sum::<u32>();
    let most = |all: &[Trouble]| all.iter().map(|t| t.weight().points).max().unwrap();
    let whether = most(&[NoWay, NoDataverse, UnknownWhether]);
    let whom = most(&[KeyWithoutTarget, ManagedWithoutTarget, NoTarget, UnknownTarget]);
    let days = most(&[OnlySevenDays, GroupMayLock, UnknownRetention]);
    // What the newest rules take counts as much, so that no answer to what is not known costs more than not knowing it.
    assert!(NewestKeepsLess.weight().points > OnlySevenDays.weight().points && days >= NewestKeepsLess.weight().points);
    let other = most(&[Occupied, AdministrationMode]) + points(&[FailedRestore, FormerProduction, EndsByItself]);
    let storage = most(&[NoStorage, UnknownStorage]);
    let usable = points(&[OnlyPossible, NewestKeepsLess, NewestRefuses]) + whom + days;
    assert_eq!(whether.max(usable) + other + storage, MOST);
    let counting = WEIGHTS.iter().filter(|w| w.points > 0).count();
    assert!(u32::try_from(counting).unwrap() <= (100 - MOST) * 10, "each is rounded up by less than a tenth");
    for (place, w) in WEIGHTS.iter().enumerate() {
        assert_eq!((w.trouble.weight(), Trouble::read(w.word)), (w, Some(w.trouble)));
        assert!(WEIGHTS[place + 1..].iter().all(|o| o.trouble > w.trouble && o.word != w.word), "{w:?}");
        let words = of_trouble(w.trouble);
        for text in [words.says, words.mend] {
            assert!(text.ends_with('.') && text.starts_with(char::is_uppercase), "{text}");
        }
        assert!(words.cost.ends_with('.'), "{}", words.cost);
        assert!(!words.why.is_empty() && !w.rules.is_empty());
    }
    // What is not known costs as much as a no.
    assert_eq!((UnknownWhether.weight().points, UnknownStorage.weight().points), (whether, storage));
    assert_eq!((UnknownTarget.weight().points, UnknownRetention.weight().points), (whom, days));
    assert_eq!(importance(None), importance(Some(&Kind::Production)));
}

#[track_caller]
fn check_prospect(
    edition: &Edition,
    edit: Edit,
    raw: &str,
    today: Back,
    rules: &str,
    sure_days: Option<i64>,
) -> Prospect {
    let mut tenant = good();
    edit(&mut tenant);
    let found = assess(Moment::new(edition, &tenant, now()));
    let prospect = found.prospects.iter().find(|p| p.environment == id(raw)).unwrap().clone();
    let why: Vec<String> = prospect.reasons.iter().filter_map(|r| r.rule()).map(|rule| rule.to_string()).collect();
    let days = prospect.sure_from.map(|from| (now() - from).num_days());
    assert_eq!((prospect.today, why.join(" ").as_str(), days), (today, rules, sure_days), "{:?}", prospect.reasons);
    prospect
}

#[test]
fn whether_to_when_and_onto_what() {
    let e = EDITIONS[1];
    let p = check_prospect(e, |_| {}, PROD, Back::Surely, "", Some(28));
    assert_eq!((p.ways.targets.eligible, p.ways.free, p.ways.examples.len()), (2, 2, 2));
    assert_eq!((p.ways.itself, p.ways.through_sandbox), (Outcome::Refused, Some(Outcome::Eligible)));
    // Without another environment only the past seven days are sure; older ones need a new one.
    let p = check_prospect(
        e,
        CASES.iter().find(|c| c.0 == "not managed among managed").unwrap().1,
        PROD,
        Back::Surely,
        "",
        Some(7),
    );
    assert_eq!((p.ways.targets.eligible, p.ways.beside), (0, Outcome::Eligible));
    let p = check_prospect(
        e,
        |t| of(t, PROD).key = known(Key::Customer(Some("k".into()))),
        PROD,
        Back::Surely,
        "",
        Some(7),
    );
    assert_eq!(p.possible_from, p.reach.window.possible_from);
    check_prospect(e, |t| gb_free(t, 0.2), BOX, Back::Not, "T7", Some(7));
    check_prospect(e, |t| t.capacity = Fact::unknown(), BOX, Back::Surely, "", Some(7));
    check_prospect(e, |t| of(t, BOX).dataverse = known(false), BOX, Back::Not, "K7 K7", None);
    check_prospect(e, |t| of(t, BOX).kind = known(Kind::Trial), BOX, Back::Not, "K1 T1", None);
    check_prospect(e, |t| of(t, BOX).kind = Fact::unknown(), BOX, Back::NotKnown, "K1 T1", None);
    check_prospect(e, |t| of(t, BOX).created = Fact::unknown(), BOX, Back::NotKnown, "K8", None);
    let seen: Edit = |t| {
        of(t, BOX).created = Fact::unknown();
        of(t, BOX).existed_by = Some(hours_ago(2));
    };
    check_prospect(e, seen, BOX, Back::NotKnown, "K14", None);
    check_prospect(e, |t| of(t, BOX).created = known(hours_ago(2)), BOX, Back::Possibly, "K14", None);
    check_prospect(e, |t| of(t, BOX).created = known(hours_ago(25)), BOX, Back::Surely, "", Some(1));
    let busy: Edit =
        |t| of(t, BOX).activity = Some(Activity { what: Operation::Copying, since: None, seen: Some(now()) });
    check_prospect(e, busy, BOX, Back::Not, "T9", Some(7));
    let p = check_prospect(e, busy, PROD, Back::Surely, "", Some(28));
    assert_eq!((p.ways.targets.eligible, p.ways.free), (2, 1), "the free one comes first");
    assert_eq!(good().environments[p.ways.examples[0]].name, "Contoso Train");
    let newest = Edition::newest();
    check_prospect(newest, |t| of(t, BOX).failed_restore = Some(days_ago(1)), BOX, Back::Possibly, "R20", Some(7));
    check_prospect(newest, |t| of(t, PROD).failed_restore = Some(days_ago(1)), PROD, Back::Possibly, "R20", Some(28));
    // Default is a source under the later editions, but the page does not promise it.
    let default: Edit = |t| of(t, BOX).kind = known(Kind::Default);
    check_prospect(newest, default, BOX, Back::Possibly, "T1 R17", None);
    check_prospect(
        newest,
        |t| {
            of(t, BOX).kind = known(Kind::Default);
            of(t, DEV).managed = known(true);
        },
        BOX,
        Back::Possibly,
        "T1",
        None,
    );
}

// ---- laws ----

/// Tenants with everything known or not, with windows, gates and states.
fn any_world() -> impl Strategy<Value = Tenant> {
    let extras = proptest::collection::vec((0..40i64, 0..12u32, 0..4u32, any::<bool>()), 12);
    let capacity = proptest::sample::select(&[None, Some(0.5), Some(1.0), Some(50.0)]);
    (pair_support::any_tenant(), extras, capacity).prop_map(|(mut tenant, extras, free)| {
        match free {
            Some(free) => gb_free(&mut tenant, free),
            None => tenant.capacity = Fact::unknown(),
        }
        for (env, (age, state, days, flag)) in tenant.environments.iter_mut().zip(extras) {
            env.created = if age < 35 { known(days_ago(age)) } else { Fact::unknown() };
            env.existed_by = (age % 2 == 0).then(|| days_ago(age));
            env.deleted = env.deleted.map(|_| days_ago(3).into());
            env.dynamics = if state % 3 == 0 { Fact::unknown() } else { known(flag) };
            env.retention_setting = known([7, 14, 21, 28][days as usize]);
            match state {
                0 => env.activity = Some(Activity { what: Operation::Restoring, since: None, seen: Some(now()) }),
                1 => env.failed_restore = Some(days_ago(1)),
                2 => env.state = known(RuntimeState::AdminMode),
                3 => env.group = known(Some("g".to_string())),
                // Of what is a Sandbox now: a history that ends in another kind is no world.
                4 if env.kind.get() == Some(&Kind::Sandbox) => {
                    let what = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
                    env.history.push(Change::exactly(days_ago(2), what));
                }
                5 => {
                    env.activity =
                        Some(Activity { what: Operation::Other("Moving".into()), since: None, seen: Some(now()) })
                }
                _ => {}
            }
        }
        tenant
    })
}

fn by_id(tenant: &Tenant, found: &Readiness) -> Vec<String> {
    let name = |place: &usize| tenant.environments[*place].id.to_string();
    let mut all: Vec<String> = found
        .prospects
        .iter()
        .map(|p| {
            let examples: Vec<String> = p.ways.examples.iter().map(name).collect();
            format!(
                "{} {:?} {:?} {:?} {examples:?} {:?}",
                p.environment, p.today, p.reasons, p.troubles, p.ways.targets
            )
        })
        .collect();
    all.sort();
    all.extend(found.findings.iter().map(|f| {
        let places: Vec<String> = f.environments.iter().map(name).collect();
        format!("{:?} {} {places:?} {:?}", f.trouble, f.costs, f.asks)
    }));
    all
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_score_is_what_the_findings_leave(tenant in any_world(), edition in pair_support::any_edition()) {
        let found = assess(Moment::new(edition, &tenant, now()));
        check_sum(&found);
        prop_assert!(found.score.is_none_or(|s| s.0 <= 1000));
        prop_assert_eq!(found.prospects.len(), tenant.living().count());
    }

    #[test]
    fn surely_rests_on_a_guarantee_a_way_and_room(tenant in any_world(), edition in pair_support::any_edition()) {
        let found = assess(Moment::new(edition, &tenant, now()));
        let pairs = matrix(edition, &tenant);
        for p in &found.prospects {
            let env = &tenant.environments[p.place];
            prop_assert_eq!(p.ways.targets, pairs.targets_of(p.place));
            for place in &p.ways.examples {
                prop_assert_eq!(pairs.outcome(p.place, *place), Outcome::Eligible);
            }
            if p.today == Back::Surely {
                let production = env.kind.get() == Some(&Kind::Production) && env.dataverse.get() == Some(&true);
                prop_assert!(window(edition, env, now()).guaranteed_from.is_some());
                prop_assert!(p.ways.free > 0 || pairs.onto_itself(p.place) == Outcome::Eligible || production);
                prop_assert!(env.activity.is_none());
                prop_assert!(p.reasons.is_empty() && p.sure_from.is_some());
            } else {
                prop_assert!(!p.reasons.is_empty(), "it says why");
                let storage = found.findings.iter().any(|f| f.whole_tenant);
                let other = matches!(env.activity, Some(Activity { what: Operation::Other(_), .. }));
                prop_assert!(!p.troubles.is_empty() || storage || other, "{:?}", p);
            }
            prop_assert!(p.sure_from.is_none_or(|s| p.possible_from.is_some_and(|m| m <= s)));
        }
    }

    #[test]
    fn the_order_of_environments_does_not_matter(tenant in any_world(), edition in pair_support::any_edition(), by in 0..12usize) {
        let found = assess(Moment::new(edition, &tenant, now()));
        let mut turned = tenant.clone();
        let mut order: Vec<_> = tenant.environments.iter().cloned().collect();
        order.rotate_left(by % tenant.environments.len());
        order.reverse();
        turned.environments = order.into();
        prop_assert_eq!(by_id(&tenant, &found), by_id(&turned, &assess(Moment::new(edition, &turned, now()))));
    }

    /// Ignorance never looks good: an answer, whatever it is, never lowers the score (rounding aside).
    #[test]
    fn no_answer_lowers_the_score(tenant in any_world(), edition in pair_support::any_edition(), yes in any::<bool>()) {
        let before = assess(Moment::new(edition, &tenant, now()));
        for finding in &before.findings {
            for (fact, ids) in &finding.asks {
                let answer = match fact {
                    FactKey::Dataverse => Answer::Dataverse(yes),
                    FactKey::Dynamics => Answer::Dynamics(yes),
                    FactKey::Managed => Answer::Managed(yes),
                    FactKey::Key => Answer::Key(if yes { Key::Customer(Some("k1".into())) } else { Key::Microsoft }),
                    FactKey::Region => Answer::Region(restore_desk::domain::environment::Region::new("europe")),
                    // What kind it is decides how much it counts, and when it was created nobody needs to ask twice.
                    _ => continue,
                };
                let command = Command::Answer { environments: ids.clone(), answer };
                let (answered, _) = apply(edition, &tenant, command, now() + TimeDelta::seconds(1)).expect("it is taken");
                let after = assess(Moment::new(edition, &answered, now()));
                let (was, is) = (words(&tenant, &before), words(&answered, &after));
                // A finding that splits in two is rounded up twice.
                let rounding = u32::try_from(after.findings.len()).expect("few");
                let tenths = |found: &Readiness| found.score.map_or(0, |s| s.0);
                prop_assert!(tenths(&after) + rounding >= tenths(&before), "{fact:?} {yes}: {was} BECOMES {is}");
            }
        }
    }

    #[test]
    fn any_history_is_judged(plot in retention_support::plot(), edition in pair_support::any_edition(), h in 0..1700i64) {
        let tenant = Tenant { environments: vec![plot.environment()].into(), ..Tenant::default() };
        let found = assess(Moment::new(edition, &tenant, retention_support::hour(h)));
        check_sum(&found);
        // Unknown storage is a question of the tenant, and makes nothing less sure.
        let known = Tenant { capacity: good().capacity, ..tenant.clone() };
        let at = retention_support::hour(h);
        prop_assert_eq!(found.answers(at), assess(Moment::new(edition, &known, at)).answers(at));
    }
}
