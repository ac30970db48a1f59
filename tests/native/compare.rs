//! Two editions side by side: only what differs, counted and named, and the sentences about the newest edition.

use crate::laws::cases;
use crate::pair_support;

use chrono::{DateTime, Utc};
use pair_support::*;
use proptest::prelude::*;
use restore_desk::domain::compare::{
    Comparison, MOST_PAIRS, compare, newest_is_worse_for_pair, newest_is_worse_for_window,
};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::{Outcome, outcome};
use restore_desk::domain::environment::{Environment, Kind};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::retention::{Window, window};
use restore_desk::domain::service::{Offered, Reading};
use restore_desk::domain::tenant::Tenant;
use restore_desk::domain::what_if::{MomentName, SideBySide};
use restore_desk::words::Say;

fn tenant(specs: &[&str]) -> Tenant {
    let environments = specs.iter().enumerate().map(|(i, spec)| made(&format!("e{i}"), spec)).collect();
    Tenant { environments, ..Tenant::default() }
}

/// An environment that was created long ago.
fn made(id: &str, spec: &str) -> Environment {
    let mut env = env(id, spec);
    env.created = known(now() - chrono::TimeDelta::days(400));
    env
}

fn now() -> DateTime<Utc> {
    at(23, 14)
}

fn pairs(comparison: &Comparison) -> Vec<String> {
    comparison.pairs.iter().map(|p| format!("{}>{} {:?}>{:?}", p.source, p.target, p.before, p.after)).collect()
}

#[track_caller]
fn check_pairs(before: &str, after: &str, specs: &[&str], expect: &[&str]) {
    let found = compare(edition(before), edition(after), &tenant(specs), now());
    assert_eq!(pairs(&found), expect, "{:?}", found.tallies);
    assert_eq!(found.changed_pairs(), expect.len());
}

#[test]
fn the_pairs_that_change() {
    check_pairs("2024", "2024", &["Sandbox", "Default", "Developer"], &[]);
    check_pairs("2025", "2026", &["Sandbox key:k1 pol:?", "Default", "Developer"], &[]);
    check_pairs("2024", "2025", &["Default", "Developer"], &["e0>e1 Refused>Eligible"]);
    check_pairs("2025", "2024", &["Default", "Developer"], &["e0>e1 Eligible>Refused"]);
    check_pairs(
        "2024",
        "2025",
        &["Sandbox key:k1", "Sandbox key:k2"],
        &["e0>e1 Eligible>Refused", "e1>e0 Eligible>Refused"],
    );
    check_pairs("2024", "2025", &["Sandbox pol:?", "Sandbox"], &["e0>e1 Eligible>Unknown"]);
    // Onto itself nothing changes; deleted ones are left out.
    check_pairs("2024", "2025", &["Sandbox key:k1 pol:net=v1"], &[]);
}

#[test]
fn the_greatest_losses_come_first() {
    let specs = ["Default", "Developer", "Sandbox pol:?", "Sandbox key:k1", "Sandbox key:k2"];
    let found = compare(edition("2024"), edition("2025"), &tenant(&specs), now());
    let changes: Vec<(Outcome, Outcome)> = found.pairs.iter().map(|p| (p.before, p.after)).collect();
    assert_eq!(changes.first(), Some(&(Outcome::Eligible, Outcome::Refused)));
    assert_eq!(changes.last(), Some(&(Outcome::Refused, Outcome::Eligible)));
    assert!(found.pairs.first().is_some_and(|p| p.worse()) && !found.pairs.last().is_some_and(|p| p.worse()));
    assert!(found.pairs.is_sorted_by_key(|p| p.before as i32 - p.after as i32), "{:?}", pairs(&found));
    // Each change is counted in one place.
    for tally in &found.tallies {
        assert_eq!(tally.pairs, changes.iter().filter(|c| **c == (tally.before, tally.after)).count());
    }
}

#[test]
fn deleted_environments_are_left_out() {
    let mut tenant = tenant(&["Sandbox key:k1", "Sandbox key:k2", "Production d365:yes"]);
    for env in tenant.environments.iter_mut().skip(1) {
        env.deleted = Some(at(22, 0).into());
    }
    assert_eq!(compare(edition("2024"), edition("2026"), &tenant, now()), Comparison::default());
}

#[test]
fn a_large_tenant_names_some_and_counts_all() {
    let specs = vec!["Sandbox pol:?"; 200];
    let found = compare(edition("2024"), edition("2025"), &tenant(&specs), now());
    assert_eq!(found.changed_pairs(), 200 * 199);
    assert_eq!(found.pairs.len(), MOST_PAIRS);
    assert_eq!(found.tallies.len(), 1);
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn as_pair_by_pair(before in any_edition(), after in any_edition(), tenant in any_tenant()) {
        let found = compare(before, after, &tenant, now());
        let mut expect = Vec::new();
        for s in tenant.living() {
            for t in tenant.living() {
                let (was, is) = (outcome(before, s, t), outcome(after, s, t));
                if was != is {
                    expect.push(format!("{}>{} {was:?}>{is:?}", s.id, t.id));
                }
            }
        }
        let mut found_pairs = pairs(&found);
        expect.sort();
        found_pairs.sort();
        prop_assert_eq!(found_pairs, expect);
        prop_assert_eq!(found.changed_pairs(), found.pairs.len());
    }

    #[test]
    fn the_sentence_stands_where_the_newest_is_worse_and_nowhere_else(
        chosen in any_edition(), s in any_spec(), t in any_spec(), itself: bool,
    ) {
        let (s, t) = pair(&s, if itself { "itself" } else { &t });
        let says = newest_is_worse_for_pair(chosen, &s, &t);
        let worse = outcome(Edition::newest(), &s, &t) > outcome(chosen, &s, &t);
        prop_assert_eq!(says.is_some(), worse);
        if let Some(says) = says {
            prop_assert!(!says.fallen.is_empty(), "it gives no rule: {:?}", says);
        }
    }

    #[test]
    fn windows_change_where_a_bound_does(before in any_edition(), after in any_edition(), spec in any_spec()) {
        let tenant = tenant(&[&spec]);
        let found = compare(before, after, &tenant, now());
        let (old, new) = (window(before, &tenant.environments[0], now()), window(after, &tenant.environments[0], now()));
        let same = old.guaranteed_from == new.guaranteed_from
            && old.possible_from == new.possible_from
            && old.dormant_from == new.dormant_from
            && old.usage == new.usage;
        prop_assert_eq!(found.windows.is_empty(), same);
        let back = compare(after, before, &tenant, now());
        if let (Some(there), Some(back)) = (found.windows.first(), back.windows.first()) {
            prop_assert!(!(there.worse && back.worse), "worse both ways");
        }
        prop_assert_eq!(compare(before, before, &tenant, now()), Comparison::default());
    }
}

fn said(worse: impl Say) -> String {
    worse.says().to_string()
}

#[track_caller]
fn check_window(chosen: &str, spec: &str, says: Option<&str>) {
    let mut env = made("e", spec);
    env.name = "Contoso Sales".into();
    assert_eq!(newest_is_worse_for_window(edition(chosen), &env, now()).map(said).as_deref(), says, "{chosen}: {spec}");
}

#[test]
fn sentences_about_windows() {
    let days_7 = "Under the rules of 26 September 2026 Contoso Sales keeps 7 days, not 28: points before 16 Nov 2026 14:00 UTC would be gone. That edition is known from published change notes only.";
    check_window("2024", "Production d365:yes", Some(days_7));
    check_window("2025", "Production d365:yes", Some(days_7));
    check_window("2026", "Production d365:yes", None);
    check_window("2024", "Production d365:no", None);
    check_window("2024", "Sandbox", None);
    check_window("2024", "Developer", None);
    check_window(
        "2024",
        "Trial",
        Some(
            "Under the rules of 26 September 2026 nothing of Contoso Sales is kept. That edition is known from published change notes only.",
        ),
    );
    check_window("2025", "Trial", None);
}

/// A trial that the service offered from 27 to 20 days ago: the bounds are the same with and without a rule that keeps anything since.
fn offered_long_ago() -> Environment {
    let ago = |days| now() - chrono::TimeDelta::days(days);
    let mut env = made("e", "Trial");
    env.name = "Contoso Sales".into();
    env.oldest_backup = known(ago(27));
    env.reading =
        Some(Reading { offered: Offered { from: Some(ago(27)), period_days: Some(28) }, asked: ago(20), hint: None });
    env
}

#[test]
fn windows_that_differ_in_a_hole_alone_differ() {
    let tenant = Tenant { environments: vec![offered_long_ago()].into(), ..Tenant::default() };
    let change = |before, after| {
        let found = compare(edition(before), edition(after), &tenant, now());
        found.windows.iter().map(|w| w.worse).collect::<Vec<_>>()
    };
    assert_eq!(change("2024", "2025"), [true], "the last seven days are kept no longer");
    assert_eq!(change("2025", "2024"), [false]);
    assert_eq!(change("2025", "2026"), [false; 0]);
    let env = &tenant.environments[0];
    assert_eq!(
        newest_is_worse_for_window(edition("2024"), env, now()).map(said).as_deref(),
        Some(
            "Under the rules of 26 September 2026 less of Contoso Sales may be kept: its points from 16 Nov 2026 14:00 UTC to 23 Nov 2026 14:00 UTC would be gone. That edition is known from published change notes only."
        )
    );
    assert_eq!(newest_is_worse_for_window(edition("2025"), env, now()), None);
}

/// K6: what sleeps in a Sandbox may come back under the chosen edition, and is gone under the newest, which gives Production less.
#[test]
fn what_sleeps_is_lost_too() {
    let mut env = made("e", "Sandbox d365:yes");
    env.name = "Contoso Sales".into();
    let what = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
    env.history = vec![Change::exactly(at(13, 14), what)];
    assert_eq!(
        newest_is_worse_for_window(edition("2024"), &env, now()).map(said).as_deref(),
        Some(
            "Under the rules of 26 September 2026 less of Contoso Sales may be kept: its points from 26 Oct 2026 14:00 UTC to 13 Nov 2026 14:00 UTC would be gone. That edition is known from published change notes only."
        )
    );
    let tenant = Tenant { environments: vec![env].into(), ..Tenant::default() };
    let worse = |before, after| -> Vec<bool> {
        compare(edition(before), edition(after), &tenant, now()).windows.iter().map(|w| w.worse).collect()
    };
    assert_eq!((worse("2024", "2026"), worse("2026", "2024")), (vec![true], vec![false]));
}

/// What is shown before something is done takes the same comparison.
#[test]
fn a_moment_that_differs_in_a_hole_alone_is_shown() {
    let env = offered_long_ago();
    let (wide, narrow) = (window(edition("2024"), &env, now()), window(edition("2025"), &env, now()));
    assert_eq!((wide.possible_from, wide.guaranteed_from), (narrow.possible_from, narrow.guaranteed_from));
    let moment = |without: &Window, with: &Window| SideBySide {
        at: now(),
        look: MomentName::RightAfter,
        without: without.clone(),
        with: with.clone(),
        backups: Vec::new(),
        losses: Vec::new(),
    };
    assert!(moment(&wide, &narrow).differs() && moment(&narrow, &wide).differs());
    assert!(!moment(&wide, &wide).differs());
}

#[track_caller]
fn check_sentence(chosen: &str, source: &str, target: &str, says: Option<&str>) {
    let (mut s, mut t) = pair(source, target);
    s.name = "Contoso Sales".into();
    t.name = if target == "itself" { s.name.clone() } else { "Contoso Test".into() };
    assert_eq!(
        newest_is_worse_for_pair(edition(chosen), &s, &t).map(said).as_deref(),
        says,
        "{chosen}: {source} -> {target}"
    );
}

#[test]
fn sentences_about_pairs() {
    check_sentence("2024", "Sandbox", "Sandbox", None);
    check_sentence("2024", "Default", "Developer", None);
    check_sentence("2026", "Sandbox key:k1", "Sandbox key:k2", None);
    check_sentence(
        "2024",
        "Sandbox key:k1",
        "Sandbox key:k2",
        Some(
            "Under the rules of 26 September 2026 Contoso Sales cannot be restored to Contoso Test: the source has the customer-managed key `k1`; the target has the customer-managed key `k2` (T5). That edition is known from published change notes only.",
        ),
    );
    check_sentence("2024", "Sandbox", "Sandbox key:k2 pol:?", None);
    check_sentence(
        "2024",
        "Production pol:?",
        "Sandbox",
        Some(
            "Under the rules of 26 September 2026 it is not known whether Contoso Sales can be restored to Contoso Test: which enterprise policies the source has is not known (T6). That edition is known from published change notes only.",
        ),
    );
}

#[test]
fn an_edition_is_never_worse_than_itself() {
    for edition in EDITIONS {
        let env = made("e", "Production d365:yes");
        let worse = newest_is_worse_for_window(edition, &env, now());
        assert_eq!(worse.is_none(), *edition == Edition::newest());
    }
}
