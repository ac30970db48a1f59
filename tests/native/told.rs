//! What is answered without an inventory is what the rules answer of a tenant with that one environment.

use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::advice::Way;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{FactKey, Kind};
use restore_desk::domain::retention::Certainty;
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::told::{Assumed, Stands, Told, answer};
use restore_desk::words::Say;

fn now() -> DateTime<Utc> {
    "2026-11-27T14:42:00Z".parse().unwrap()
}

fn told(kind: Kind, dynamics: Option<bool>, hours_ago: i64) -> Told {
    Told { kind, dynamics, managed: Some(false), days: None, point: Some(now() - TimeDelta::hours(hours_ago)) }
}

#[track_caller]
fn check(
    kind: Kind,
    dynamics: Option<bool>,
    hours_ago: i64,
    stands: Stands,
    headline: &str,
    onto: &str,
    ways: &[&str],
) {
    let found = answer(Edition::default_edition(), &told(kind, dynamics, hours_ago), now()).unwrap();
    assert_eq!(found.stands, stands);
    assert_eq!(found.headline().to_string(), headline);
    assert_eq!(found.says_onto().to_string(), onto);
    let titles: Vec<String> = found.ways().iter().map(|way| way.title.to_string()).collect();
    assert_eq!(titles, ways);
    // Where something is overwritten, that is said.
    for way in found.ways().iter().filter(|way| !way.title.to_string().contains("new environment")) {
        assert!(!way.losses.is_empty(), "{}", way.title);
    }
    assert_eq!(found.ways().is_empty(), !found.left().is_empty() && stands >= Stands::NoWay);
}

#[test]
fn the_rules_answer_without_an_inventory() {
    let production = [
        "Restore the environment to a new environment and carry the records over",
        "Switch the environment to Sandbox, restore it, switch it back",
    ];
    let sandbox = [production[0], "Restore the environment onto itself"];
    let alike = ", in the same region, and managed only if it is managed";
    // Only through Sandbox, which the past seven days survive, or to a new environment, which has to be created first.
    let day = "Surely, until 3 Dec 2026 14:42 UTC, perhaps until 24 Dec 2026 14:42 UTC";
    check(Kind::Production, Some(true), 24, Stands::Surely, day, &format!("onto a Sandbox{alike}"), &production);
    let older = "Onto a new environment, kept until 15 Dec 2026 14:42 UTC";
    check(
        Kind::Production,
        Some(true),
        24 * 10,
        Stands::OntoNew,
        older,
        &format!("onto a Sandbox{alike}"),
        &production[..1],
    );
    let week = "Surely, until 3 Dec 2026 14:42 UTC";
    check(Kind::Production, Some(false), 24, Stands::Surely, week, &format!("onto a Sandbox{alike}"), &production);
    check(Kind::Sandbox, None, 24, Stands::Surely, week, &format!("onto itself or a Sandbox{alike}"), &sandbox);
    check(Kind::Sandbox, None, 24 * 9, Stands::Gone, "Not any more", &format!("onto itself or a Sandbox{alike}"), &[]);
    check(
        Kind::Default,
        None,
        24,
        Stands::NoWay,
        "Kept, but there is no way back",
        "onto nothing that the page names",
        &[],
    );
}

#[test]
fn a_fact_that_is_not_known_is_never_guessed() {
    let found = answer(Edition::default_edition(), &told(Kind::Production, None, 24 * 9), now()).unwrap();
    assert_eq!((found.stands, found.certainty), (Stands::Perhaps, Certainty::Possible));
    assert!(found.headline().to_string().starts_with("Perhaps, until "));
    assert_eq!(found.asks, [FactKey::Dynamics]);
}

#[test]
fn the_days_that_are_told_count() {
    let check = |days, stands, asks: &[FactKey]| {
        let told = Told { managed: Some(true), days, ..told(Kind::Production, Some(false), 24 * 9) };
        let found = answer(Edition::newest(), &told, now()).unwrap();
        assert_eq!((found.stands, found.asks.as_slice()), (stands, asks), "{days:?}");
    };
    // Older than what the switch to Sandbox and back reaches: a new environment has to be created first.
    check(Some(28), Stands::OntoNew, &[]);
    check(Some(7), Stands::Gone, &[]);
    check(None, Stands::Perhaps, &[FactKey::RetentionSetting]);
}

#[test]
fn what_is_still_to_come_has_no_answer_and_none_is_as_far_as_it_goes() {
    assert_eq!(answer(Edition::default_edition(), &told(Kind::Sandbox, None, -1), now()), None);
    for edition in EDITIONS {
        for kind in Kind::NAMED {
            let open = Told { point: None, ..told(kind, Some(true), 0) };
            let found = answer(edition, &open, now()).unwrap();
            assert_eq!(found.point, now());
            // Nothing is sure without a sure point and an open way.
            let sure = found.reach.window.guaranteed_from.is_some();
            assert!(found.stands != Stands::Surely || sure);
        }
    }
}

#[test]
fn what_is_taken_for_granted_is_said_and_not_asked() {
    for (edition, kind) in EDITIONS.iter().flat_map(|edition| Kind::NAMED.map(|kind| (edition, kind))) {
        let nothing = Told { managed: None, ..told(kind, None, 24) };
        let found = answer(edition, &nothing, now()).unwrap();
        let may_ask = [FactKey::Dynamics, FactKey::Managed, FactKey::RetentionSetting];
        assert!(found.asks.iter().all(|fact| may_ask.contains(fact)), "{:?}", found.asks);
        let heed = |way: &Way| way.heed.iter().any(|line| line.rules.contains(&RuleId::T7));
        assert!(!found.advice.ways.iter().any(heed), "room is granted");
    }
    for assumed in Assumed::ALL {
        assert!(assumed.says().to_string().len() > 10);
    }
}
