//! What the service itself listed: candidates for a restore (T10), as evidence beside the rules.

use crate::laws::cases;
use crate::pair_support;
use restore_desk::domain::moment::Moment;

use crate::planned::plan;
use chrono::{DateTime, TimeDelta, Utc};
use pair_support::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use restore_desk::domain::compare::compare;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::eligibility::{
    Cause, Counts, Deleted, Listing, OneSource, Outcome, PairEnd, Role, Standing, judge, matrix, outcome, settled,
    standings,
};
use restore_desk::domain::environment::{Activity, Environment, EnvironmentId, Kind, Operation};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::outlook::outlook;
use restore_desk::domain::plan::Purpose;
use restore_desk::domain::remedy::mend;
use restore_desk::domain::restore::{Check, Point, RestoreRequest, Weight, check as checks};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::service::{Act, Candidates, Ended, ServiceOperation};
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::Say;

/// When the list was asked for.
fn asked() -> DateTime<Utc> {
    at(10, 12)
}

fn hours(n: i64) -> DateTime<Utc> {
    asked() + TimeDelta::hours(n)
}

/// Gives the source a list with these candidates.
fn listed(env: &mut Environment, offered: &[&str]) {
    let offered = offered.iter().map(|id| EnvironmentId::new(*id)).collect();
    env.candidates = Some(Candidates { asked: asked(), offered });
}

/// The pair under the rules of 2024, the target offered or left out, leaves exactly this unmet (see [`short`]).
#[track_caller]
fn check(source: &str, target: &str, offered: bool, unmet: &str) {
    let (mut s, mut t) = pair(source, target);
    t.existed_by = Some(at(1, 0));
    listed(&mut s, if offered { &["TARGET", "another"] } else { &["another"] });
    let verdict = judge(edition("2024"), &s, &t);
    assert_eq!(short(&verdict), unmet, "{source} -> {target}, offered: {offered}: {verdict:#?}");
}

#[test]
fn beside_the_rules() {
    check("Production", "Sandbox", true, "");
    check("Production", "Sandbox", false, "T10?");
    check("Production", "Sandbox managed:?", true, "");
    check("Production", "Sandbox managed:?", false, "T10! T4?T");
    check("Production managed:? key:?", "Sandbox managed:? key:?", true, "");
    check("?", "?", true, "");
    check("Production", "Sandbox managed", true, "T10? T4?");
    check("Production", "Sandbox managed", false, "T10! T4!");
    check("Production", "Sandbox managed key:? region:asia", true, "T10? T2? T4?");
    check("Production key:?", "Sandbox managed", true, "T10? T4?");
    check("Production", "Production", true, "T10? T1?");
}

/// A pair that changes after `change`, and what the list then says of it.
#[track_caller]
fn says(offered: bool, change: impl Fn(&mut Environment, &mut Environment), said: &str) {
    let (mut s, mut t) = pair("Production", "Sandbox managed:?");
    (s.created, t.created) = (known(at(1, 0)), known(at(1, 0)));
    listed(&mut s, if offered { &["target"] } else { &[] });
    change(&mut s, &mut t);
    let found = match judge(edition("2024"), &s, &t).outcome() {
        Outcome::Eligible => "offered",
        Outcome::Refused => "left out",
        Outcome::Unknown => "nothing",
    };
    assert_eq!(found, said);
}

#[test]
fn when_a_list_speaks() {
    says(true, |_, _| {}, "offered");
    says(false, |_, _| {}, "left out");
    // It has to have been there, and free.
    says(false, |_, t| t.created = known(hours(1)), "nothing");
    says(false, |_, t| t.created = restore_desk::domain::fact::Fact::unknown(), "nothing");
    says(
        false,
        |_, t| {
            t.created = restore_desk::domain::fact::Fact::unknown();
            t.existed_by = Some(hours(-1));
        },
        "left out",
    );
    let activity = |since: Option<DateTime<Utc>>| Some(Activity { what: Operation::Copying, since, seen: None });
    says(false, |_, t| t.activity = activity(None), "nothing");
    says(false, |_, t| t.activity = activity(Some(hours(-1))), "nothing");
    says(false, |_, t| t.activity = activity(Some(hours(1))), "left out");
    says(false, |s, _| s.activity = activity(Some(hours(-1))), "nothing");
    says(false, |_, t| t.failed_restore = Some(hours(-5)), "nothing");
    says(false, |_, t| t.failed_restore = Some(hours(5)), "left out");
    says(true, |_, t| t.activity = activity(None), "offered");
    // Nothing may have changed since.
    let managed = |at| Change::exactly(at, Changed::Managed { from: None, to: false });
    says(false, |_, t| t.history.push(managed(hours(-1))), "left out");
    says(false, |_, t| t.history.push(managed(hours(1))), "nothing");
    says(true, |_, t| t.history.push(managed(hours(1))), "nothing");
    says(true, |s, _| s.history.push(managed(hours(1))), "nothing");
    says(true, |s, _| s.history.push(managed(asked())), "nothing");
    let rough = Change { not_before: hours(-9), ..managed(hours(9)) };
    says(true, move |_, t| t.history.push(rough.clone()), "nothing");
    let renamed = Changed::Name { from: "a".into(), to: "b".into() };
    says(true, move |_, t| t.history.push(Change::exactly(hours(1), renamed.clone())), "offered");
}

#[test]
fn busy_by_an_operation_of_the_service() {
    let operation = |from: i64, to: Option<i64>, ended: Ended| ServiceOperation {
        id: "o".into(),
        act: Act::Edit,
        ended,
        began: hours(from),
        last: to.map(hours),
        environment: None,
        source: None,
    };
    let run = |o: ServiceOperation| move |_: &mut Environment, t: &mut Environment| t.operations = vec![o.clone()];
    says(false, run(operation(-2, Some(1), Ended::Succeeded)), "nothing");
    says(false, run(operation(-2, Some(-1), Ended::Succeeded)), "left out");
    says(false, run(operation(1, Some(2), Ended::Succeeded)), "left out");
    says(false, run(operation(-2, Some(-1), Ended::Running)), "nothing");
}

#[test]
fn onto_itself_a_list_says_only_what_it_offers() {
    for (spec, offered, unmet) in [
        ("Sandbox", false, ""),
        ("Sandbox", true, ""),
        ("?", true, ""),
        ("?", false, "T1?S T8?S"),
        ("Trial", true, "T10? T1? T8?"),
    ] {
        let (mut s, _) = pair(spec, "itself");
        s.created = known(at(1, 0));
        listed(&mut s, if offered { &["source"] } else { &[] });
        assert_eq!(short(&judge(edition("2024"), &s, &s)), unmet, "{spec} {offered}");
    }
}

#[test]
fn the_sentences_name_the_date_and_both_sides() {
    let (mut s, mut t) = pair("Production", "Sandbox managed");
    t.created = known(at(1, 0));
    listed(&mut s, &["target"]);
    let v = judge(edition("2024"), &s, &t);
    let says: Vec<String> = v.unknown.iter().map(|j| j.says().to_string()).collect();
    assert_eq!(
        says,
        [
            "the source is not managed, the target is managed; but the service offered it at 10 Nov 2026 12:00 UTC",
            "the service offered the target when it was asked at 10 Nov 2026 12:00 UTC, against the rules: only a try without carrying it out (a dry run) tells which holds"
        ]
    );
    let (mut s, t) = pair("Production", "Sandbox managed:?");
    listed(&mut s, &["target"]);
    let v = judge(edition("2024"), &s, &t);
    let of = |rule| v.met.iter().find(|j| j.is_of(rule)).map(|j| j.says().to_string()).unwrap();
    assert_eq!(
        of(RuleId::T4),
        "the source is not managed; whether the target is managed is not known; what the service offered at 10 Nov 2026 12:00 UTC settles it"
    );
    assert_eq!(
        of(RuleId::T10),
        "the service offered the target when it was asked at 10 Nov 2026 12:00 UTC: that settles what is not known"
    );
}

#[test]
fn the_way_out() {
    let (mut s, mut t) = pair("Production", "Sandbox managed:?");
    t.created = known(at(1, 0));
    listed(&mut s, &[]);
    let way = mend(edition("2024"), &s, &t);
    assert_eq!((way.changes, way.hopeless), (None, vec![RuleId::T10]), "no change mends what the service says");
    // What would be changed ends the list.
    t.managed = known(true);
    let way = mend(edition("2024"), &s, &t);
    assert!(way.hopeless.is_empty() && way.changes.is_some_and(|c| c.len() == 1));
}

/// A tenant of two, and the restore of the one onto the other.
fn restore_of(s: Environment, t: Environment) -> (Tenant, RestoreRequest) {
    let request = RestoreRequest {
        source: s.id.clone(),
        target: t.id.clone(),
        point: Point::System(at(11, 12)),
        include_audit_logs: false,
        new_name: None,
        special_apps: Vec::new(),
    };
    (Tenant { environments: vec![s, t].into(), ..Tenant::default() }, request)
}

/// What stands against a plan onto the target, and what the plan is warned of by T10.
#[track_caller]
fn planned(target: &str, offered: bool, stops: &[RuleId], asks: &[RuleId], warned: bool) {
    let (mut s, mut t) = pair("Sandbox", target);
    (s.created, t.created) = (known(at(1, 0)), known(at(1, 0)));
    listed(&mut s, if offered { &["target"] } else { &[] });
    let (tenant, request) = restore_of(s, t);
    let found = checks(Moment::new(edition("2024"), &tenant, at(12, 0)), &request);
    let of = |weight| found.iter().filter(|c| c.weight == weight).filter_map(Check::rule).collect::<Vec<_>>();
    assert_eq!((of(Weight::Stop).as_slice(), of(Weight::Ask).as_slice()), (stops, asks), "{found:#?}");
    let caution = found.iter().find(|c| c.is_of(RuleId::T10) && c.weight == Weight::Caution);
    assert_eq!(caution.is_some(), warned, "{found:#?}");
    assert!(caution.is_none_or(|c| c.help().to_string().contains("without carrying it out")));
}

#[test]
fn a_plan_may_be_made_to_try_it() {
    planned("Sandbox", true, &[], &[], false);
    planned("Sandbox", false, &[], &[], true);
    planned("Sandbox managed", true, &[], &[], true);
    planned("Sandbox managed", false, &[RuleId::T4, RuleId::T10], &[], false);
    planned("Sandbox managed:?", true, &[], &[], false);
    planned("Sandbox managed:?", false, &[RuleId::T10], &[RuleId::T4], false);
}

/// A tenant in which some environments have lists.
pub fn with_lists() -> impl Strategy<Value = Tenant> {
    let list = proptest::option::weighted(0.4, proptest::collection::vec(0usize..12, 0..8));
    let env = (list, proptest::option::weighted(0.8, -50i64..50), proptest::option::weighted(0.1, -50i64..50));
    (any_tenant(), proptest::collection::vec(env, 12)).prop_map(|(mut tenant, more)| {
        for (env, (list, existed, changed)) in tenant.environments.iter_mut().zip(more) {
            let ids = |list: Vec<usize>| list.into_iter().map(|i| EnvironmentId::new(format!("E{i}"))).collect();
            env.candidates = list.map(|list| Candidates { asked: asked(), offered: ids(list) });
            env.existed_by = existed.map(hours);
            let to_sandbox = Changed::Kind { from: None, to: Kind::Sandbox };
            env.history = changed.map(|h| Change::exactly(hours(h), to_sandbox)).into_iter().collect();
        }
        tenant
    })
}

fn without_lists(tenant: &Tenant) -> Tenant {
    let mut bare = tenant.clone();
    bare.environments.iter_mut().for_each(|env| env.candidates = None);
    bare
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn evidence_settles_and_contradicts(edition in any_edition(), tenant in with_lists()) {
        let (m, bare) = (matrix(edition, &tenant), without_lists(&tenant));
        for (s, source) in tenant.environments.iter().enumerate() {
            for (t, target) in tenant.environments.iter().enumerate() {
                let (before, after) = (outcome(edition, &bare.environments[s], &bare.environments[t]), outcome(edition, source, target));
                let said = m.said(s, t);
                let expect = match (said, before) {
                    (Listing::Nothing, before) => before,
                    (Listing::Offered(_), Outcome::Refused) => Outcome::Unknown,
                    (Listing::Offered(_), _) => Outcome::Eligible,
                    (Listing::LeftOut(_), Outcome::Eligible) => Outcome::Unknown,
                    (Listing::LeftOut(_), _) => Outcome::Refused,
                };
                prop_assert_eq!(after, expect);
                prop_assert!(source.candidates.is_some() || said == Listing::Nothing);
                let verdict = judge(edition, source, target);
                prop_assert_eq!(verdict.outcome(), after);
                prop_assert_eq!(verdict.standing(RuleId::T10).is_some(), said != Listing::Nothing);
                let stands = standings(edition, source, target);
                let ending = match after {
                    Outcome::Eligible => PairEnd::Eligible,
                    Outcome::Unknown => PairEnd::Unknown,
                    Outcome::Refused => PairEnd::Refused(stands.broken().next().unwrap()),
                };
                prop_assert_eq!(OneSource::new(edition, source).onto(target), ending);
                for (standing, j) in verdict.all() {
                    prop_assert_eq!(stands.of(j.rule().unwrap()), standing);
                }
                // Nobody is asked about what only the service can tell.
                let asks: Vec<RuleId> = verdict.unknown.iter().filter(|j| !j.asks.is_empty()).map(|j| j.rule().unwrap()).collect();
                let was: Vec<RuleId> = judge(edition, &bare.environments[s], &bare.environments[t]).unknown.iter().map(|j| j.rule().unwrap()).collect();
                prop_assert_eq!(asks, if matches!(said, Listing::Offered(_)) { Vec::new() } else { was });
            }
        }
    }

    #[test]
    fn the_matrix_says_what_judging_says(edition in any_edition(), tenant in with_lists()) {
        let m = matrix(edition, &tenant);
        let living = |i: usize| tenant.environments[i].deleted.is_none();
        let all = 0..tenant.environments.len();
        let mut tally = [0usize; 3];
        for s in all.clone() {
            let (mut to, mut from) = (Counts::default(), Counts::default());
            let count = |counts: &mut Counts, outcome: Outcome| match outcome {
                Outcome::Eligible => counts.eligible += 1,
                Outcome::Unknown => counts.unknown += 1,
                Outcome::Refused => counts.refused += 1,
            };
            for t in all.clone() {
                let both = living(s) && living(t);
                let expect = if both { outcome(edition, &tenant.environments[s], &tenant.environments[t]) } else { Outcome::Refused };
                prop_assert_eq!(m.outcome(s, t), expect);
                if both {
                    prop_assert_eq!(m.verdict(s, t), judge(edition, &tenant.environments[s], &tenant.environments[t]));
                    tally[expect as usize] += 1;
                }
                if s != t && living(t) {
                    count(&mut to, expect);
                    let back = if both { outcome(edition, &tenant.environments[t], &tenant.environments[s]) } else { Outcome::Refused };
                    count(&mut from, back);
                }
            }
            prop_assert_eq!((m.targets_of(s), m.sources_of(s)), (to, from));
        }
        let mut by_class = [0usize; 3];
        m.verdicts().for_each(|pair| by_class[pair.standings.outcome() as usize] += pair.pairs);
        prop_assert_eq!(by_class, tally);
    }

    #[test]
    fn editions_are_compared_pair_by_pair(tenant in with_lists()) {
        let (old, new) = (edition("2024"), edition("2026"));
        let found = compare(old, new, &tenant, at(20, 0));
        let mut expect = Vec::new();
        for s in tenant.living() {
            for t in tenant.living() {
                let (was, is): (Outcome, Outcome) = (outcome(old, s, t), outcome(new, s, t));
                if was != is {
                    expect.push((s.id.clone(), t.id.clone(), was, is));
                }
            }
        }
        let mut pairs: Vec<_> = found.pairs.iter().map(|p| (p.source.clone(), p.target.clone(), p.before, p.after)).collect();
        pairs.sort();
        expect.sort();
        prop_assert_eq!(pairs, expect);
        prop_assert_eq!(found.changed_pairs(), found.pairs.len());
    }
}

#[test]
fn readiness_counts_pair_by_pair() {
    let runner = &mut proptest::test_runner::TestRunner::deterministic();
    for _ in 0..200 {
        let tenant = with_lists().new_tree(runner).unwrap().current();
        let edition = Edition::default_edition();
        let found = restore_desk::domain::readiness::assess(Moment::new(edition, &tenant, at(20, 0)));
        for p in &found.prospects {
            let source = &tenant.environments[p.place];
            let to: Vec<&Environment> = tenant
                .living()
                .filter(|t| t.id != source.id && outcome(edition, source, t) == Outcome::Eligible)
                .collect();
            assert_eq!(p.ways.targets.eligible, to.len());
            let free = to.iter().filter(|t| t.activity.is_none() && t.failed_restore.is_none()).count();
            assert_eq!(p.ways.free, free);
            assert!(p.ways.examples.iter().all(|place| to.iter().any(|t| t.id == tenant.environments[*place].id)));
            assert_eq!(p.ways.examples.len(), free.min(3));
        }
    }
}

#[test]
fn a_standing_that_nothing_told_is_met() {
    let (s, t) = pair("Production", "Sandbox");
    assert_eq!(standings(edition("2024"), &s, &t).of(RuleId::T10), Standing::Met);
}

/// A pair of which neither the key nor the region is known, and a tenant of the two.
fn settled_pair(offered: bool) -> (Tenant, RestoreRequest) {
    let (mut s, mut t) = pair("Sandbox key:? region:?", "Sandbox key:? region:?");
    (s.created, t.created) = (known(at(1, 0)), known(at(1, 0)));
    (s.name, t.name) = ("Orders".into(), "Box".into());
    listed(&mut s, if offered { &["target"] } else { &[] });
    restore_of(s, t)
}

#[test]
fn what_rests_on_a_list_says_so_with_its_date() {
    let edition = edition("2024");
    let (tenant, request) = settled_pair(true);
    // The review.
    let found = checks(Moment::new(edition, &tenant, at(12, 0)), &request);
    let note = found.iter().find(|c| c.is_of(RuleId::T10)).expect("the list is said");
    assert_eq!(note.weight, Weight::Note);
    assert_eq!(
        note.says().to_string(),
        "The service offered “Box” for a restore of “Orders” when it was asked at 10 Nov 2026 12:00 UTC: that, and no known \
         fact, settles what is not known of “Orders”: its region, its encryption key; of “Box”: its region, its encryption key."
    );
    let help = note.help().to_string();
    assert!(help.contains("ask the service for the candidates again"), "{help}");
    // The plan: the list with its date, and nothing of what it settled among what is not known.
    let made = plan(edition, &tenant, &Purpose::Restore(request.clone()), at(12, 0)).expect("eligible");
    let item = made.assumptions.iter().find(|i| i.id == "candidates").expect("the plan rests on it");
    assert_eq!(
        (made.item_text(item).to_string(), item.rules.as_slice()),
        (note.says().to_string(), &[RuleId::T10][..])
    );
    let unknown: Vec<String> = made
        .assumptions
        .iter()
        .filter(|i| i.id.starts_with("unknown"))
        .map(|i| made.item_text(i).to_string())
        .collect();
    assert!(!unknown.iter().any(|says| says.contains("key") || says.contains("region")), "{unknown:?}");
    // What no list settles is asked as before.
    let (s, t) = (&tenant.environments[0], &tenant.environments[1]);
    assert_eq!(settled(edition, s, t).map(|s| s.asked), Some(asked()));
    assert_eq!(settled(edition, t, s), None);
    let (tenant, request) = settled_pair(false);
    let found = checks(Moment::new(edition, &tenant, at(12, 0)), &request);
    assert!(!found.iter().any(|c| c.is_of(RuleId::T10) && c.weight == Weight::Note), "{found:#?}");
    // Where the rules say the same without it, nothing rests on it.
    let (mut s, t) = pair("Sandbox", "Sandbox");
    listed(&mut s, &["target"]);
    assert_eq!(settled(edition, &s, &t), None);
}

/// Whom the service lists for a source that has no way by the rules may be one all the same, and only such a source stands apart.
#[test]
fn a_list_may_be_the_only_way() {
    let (mut default, target) = pair("Default", "Sandbox");
    default.created = known(at(1, 0));
    let possible = |env: &Environment| {
        let tenant = Tenant { environments: vec![env.clone(), target.clone()].into(), ..Tenant::default() };
        let found = outlook(Moment::new(edition("2024"), &tenant, hours(1)), &env.id).unwrap();
        let matrix = matrix(edition("2024"), &tenant);
        (found.possible_from.is_some(), matrix.is_listed(0), matrix.is_listed(1))
    };
    assert_eq!(possible(&default), (false, false, false));
    listed(&mut default, &["target"]);
    assert_eq!(possible(&default), (true, true, false));
}

/// A pair of which one is deleted is refused for that one.
#[test]
fn what_is_deleted_of_a_pair_is_named() {
    let (source, target) = pair("Production", "Sandbox");
    let gone = |which: [bool; 2]| {
        let environments = [source.clone(), target.clone()].into_iter().zip(which).map(|(mut env, gone)| {
            env.deleted = gone.then(|| at(9, 0).into());
            env
        });
        let tenant = Tenant { environments: environments.collect(), ..Tenant::default() };
        let broken = matrix(edition("2024"), &tenant).verdict(0, 1).broken;
        broken.into_iter().find_map(|j| match j.cause {
            Cause::Deleted(which) => Some(which),
            _ => None,
        })
    };
    assert_eq!(gone([false, false]), None);
    assert_eq!(gone([true, false]), Some(Some(Deleted::One(Role::Source))));
    assert_eq!(gone([false, true]), Some(Some(Deleted::One(Role::Target))));
    assert_eq!(gone([true, true]), Some(None));
}
