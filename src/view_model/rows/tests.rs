use super::*;
use crate::interop::sample::contoso;

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-24T06:00:00Z").unwrap().with_timezone(&Utc)
}

fn sample() -> Vec<Row> {
    rows(Edition::default_edition(), &contoso(now()), now())
}

#[track_caller]
fn check(filter: Filter, expect: &[&str]) {
    let rows = sample();
    let got: Vec<&str> = arrange(&rows, &filter).into_iter().map(|i| rows[i].name.as_str()).collect();
    assert_eq!(got, expect);
}

fn kind(kind: &str) -> Filter {
    Filter { kind: kind.into(), ..Filter::default() }
}

#[test]
fn filters() {
    check(kind("Developer"), &["Maker Onboarding", "Sales Dev"]);
    check(kind("unknown"), &[]);
    check(Filter { region: "unitedstates".into(), ..kind("Sandbox") }, &["US Train"]);
    check(
        Filter { search: "contoso SALES".into(), ..Filter::default() },
        &["Contoso Sales", "Sales Dev", "Sales Perf", "Sales UAT"],
    );
    check(Filter { search: "sales uat".into(), ..Filter::default() }, &["Sales UAT"]);
    check(Filter { search: "zzz".into(), ..Filter::default() }, &[]);
    check(Filter { only: "deleted".into(), ..Filter::default() }, &["Old Portal"]);
    check(Filter { only: "missing".into(), ..Filter::default() }, &[]);
}

#[test]
fn orders() {
    let f = |sort: &str| Filter { sort: sort.into(), ..kind("Developer") };
    check(f("-name"), &["Sales Dev", "Maker Onboarding"]);
    check(f("nonsense"), &["Maker Onboarding", "Sales Dev"]);
    // Unknown last, both ways.
    check(f("managed"), &["Maker Onboarding", "Sales Dev"]);
    check(f("-managed"), &["Maker Onboarding", "Sales Dev"]);
    check(f("-reach"), &["Sales Dev", "Maker Onboarding"]);
}

#[test]
fn pressing_a_head_turns_it_round() {
    let f = |sort: &str| Filter { sort: sort.into(), ..Filter::default() };
    assert_eq!(f("").pressed(Column::Name), "-name");
    assert_eq!(f("-name").pressed(Column::Name), "");
    assert_eq!(f("").pressed(Column::Kind), "kind");
    assert_eq!(f("kind").pressed(Column::Kind), "-kind");
    assert_eq!(f("-kind").pressed(Column::Kind), "kind");
}

#[test]
fn every_filter_choice_finds_its_rows() {
    let rows = sample();
    for choice in kind_choices(&rows) {
        assert_eq!(arrange(&rows, &kind(&choice.value)).len(), choice.rows, "{choice:?}");
    }
    for choice in region_choices(&rows) {
        let filter = Filter { region: choice.value.clone(), ..Filter::default() };
        assert_eq!(arrange(&rows, &filter).len(), choice.rows, "{choice:?}");
    }
}

#[test]
fn the_next_end_is_that_of_a_manual_backup() {
    let rows = sample();
    let uat = rows.iter().find(|r| r.name == "Sales UAT").unwrap();
    let ends = uat.ends.as_ref().unwrap();
    assert_eq!((ends.label.as_str(), ends.sure), ("golden data", true));
    assert!(rows.iter().find(|r| r.name == "Old Portal").unwrap().ends.is_none());
}

#[test]
fn unknown_facts_are_those_that_matter_under_the_edition() {
    let rows = sample();
    let all = unknown_of(&rows);
    assert!(all.iter().any(|(f, ids)| *f == FactKey::Managed && !ids.is_empty()));
    assert!(all.iter().all(|(f, _)| *f != FactKey::Policies), "policies do not matter in 2024");
    let newest = super::rows(Edition::newest(), &contoso(now()), now());
    assert!(unknown_of(&newest).iter().any(|(f, _)| *f == FactKey::Policies));
}

#[test]
fn two_thousand_rows_are_arranged_quickly() {
    let mut tenant = contoso(now());
    let some = tenant.environments.clone();
    tenant.environments = (0..2000)
        .map(|i| {
            let mut e = some[i % some.len()].clone();
            e.id = EnvironmentId::new(format!("{i}"));
            e.name = format!("{} {i}", e.name);
            e
        })
        .collect();
    let rows = rows(Edition::default_edition(), &tenant, now());
    assert_eq!(arrange(&rows, &Filter { sort: "-reach".into(), ..Filter::default() }).len(), 2000);
}
