use super::*;
use crate::interop::sample::contoso;
use crate::view_model::sheet::{Cell, Here, Tone, chosen, csv_head, csv_line, heads};

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
fn what_can_be_brought_back_to_a_point() {
    let to = |at: &str| Filter { only: only_at(at.parse().unwrap()), ..Filter::default() };
    // Surely or possibly; what sleeps (Legacy CRM) cannot be chosen.
    check(to("2026-11-10T12:00:00Z"), &["Contoso HR", "Contoso Sales", "Legal Vault", "Operations"]);
    check(to("2026-10-28T12:00:00Z"), &["Contoso HR", "Contoso Sales"]);
    check(to("2025-10-28T12:00:00Z"), &[]);
    assert_eq!(to("2026-11-10T12:00:00Z").only, "at-2026-11-10T12:00:00Z");
    let kept = |only: &str| arrange(&sample(), &Filter { only: only.into(), ..Filter::default() }).len();
    assert_eq!(kept("at-nonsense"), kept(""), "what is no point filters nothing");
}

#[test]
fn what_is_typed_narrows_down_what_was_kept_before() {
    let rows = sample();
    let search = |text: &str| Filter { search: text.into(), ..Filter::default() };
    let order = in_order(&rows, &Filter::default());
    let all = ["", "s", "sa", "sal", "sales u", "SALES", "sales x", "sales", "", "ΑΣ", "ΑΣΑ"];
    let mut steps = Narrowed::default();
    for filter in all.map(search) {
        steps = steps.to(&rows, &order, &filter);
        assert_eq!(*steps.kept(), kept(&rows, &order, &filter), "{}", filter.search);
    }
    // What is taken back was kept; another choice begins anew.
    let (sales, more) = (search("sales"), search("sales u"));
    let once = Narrowed::default().to(&rows, &order, &sales);
    let back = once.to(&rows, &order, &more).to(&rows, &order, &sales);
    assert!(Arc::ptr_eq(&once.kept(), &back.kept()));
    let none = Filter { kind: "unknown".into(), ..sales.clone() };
    let again = Narrowed::default().to(&rows, &order, &none).to(&rows, &order, &more);
    assert_eq!(*again.kept(), kept(&rows, &order, &more));
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
    assert_eq!(f("").pressed("name"), "-name");
    assert_eq!(f("-name").pressed("name"), "");
    assert_eq!(f("").pressed("kind"), "kind");
    assert_eq!(f("kind").pressed("kind"), "-kind");
    assert_eq!(f("-kind").pressed("kind"), "kind");
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

/// The older points of a former Production environment may go at any moment: no backup that ends in four days stands before that.
#[test]
fn what_cannot_wait_ends_first() {
    let rows = sample();
    let legacy = rows.iter().find(|r| r.name == "Legacy CRM").unwrap();
    assert_eq!(legacy.urgent, Some(Urgent::SwitchBack));
    let by_end = Filter { sort: "ends".to_string(), ..Filter::default() };
    let first = arrange(&rows, &by_end)[0];
    assert_eq!(rows[first].name, "Legacy CRM");
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

fn here() -> Here {
    Here { now: now(), relative: |at, now| format!("in {} h", (at - now).num_hours()), stamp: |at| at.to_rfc3339() }
}

#[track_caller]
fn cell_of(name: &str, column: &str) -> Cell {
    let rows = sample();
    let row = rows.iter().find(|r| r.name == name).unwrap();
    (COLUMNS.iter().find(|c| c.key == column).unwrap().cell)(row, &here())
}

#[test]
fn onto_what_is_count_and_first_name_or_why_not() {
    let check = |name: &str, expect: (&str, &str, &str)| {
        let cell = cell_of(name, "onto");
        assert_eq!((cell.lead.as_str(), cell.text.as_str(), cell.ask.as_str()), expect, "{name}");
    };
    check("Contoso Sales", ("2", "Sales UAT, …", "+2 ?"));
    check("HR Test", ("1", "itself", "+5 ?"));
    check("Legal Vault", ("1", "Legal Test", "+1 ?"));
    check("Marketing Teams", ("1", "itself", ""));
    check("Canvas Apps", ("", "no Dataverse", ""));
    check("Contoso (default)", ("", "never a Default", ""));
    check("Copilot Trial", ("", "never a Trial", ""));
    check("Sales Perf", ("", "not while copied", ""));
    check("Old Portal", ("", "", ""));
    assert_eq!(cell_of("HR Test", "onto").ask_says, "5 perhaps");
}

#[test]
fn cells_say_what_is_not_known_and_what_ends() {
    assert_eq!(cell_of("Sales Dev", "managed"), Cell::toned("not known", Tone::Ask));
    assert_eq!(cell_of("Canvas Apps", "managed").tone, Tone::Quiet);
    assert_eq!(cell_of("Contoso HR", "kind").ask, "D365?");
    assert_eq!(cell_of("Contoso Sales", "kind").beside, "D365");
    let ends = cell_of("Sales UAT", "ends");
    assert_eq!((ends.beside.as_str(), ends.tone), ("golden data", Tone::Loss));
    assert!(cell_of("Old Portal", "name").beside.starts_with("Deleted"));
    assert_eq!(cell_of("Contoso Sales", "name").mark.unwrap().icon, "yes");
}

#[test]
fn a_file_has_a_cell_for_each_head() {
    let heads = heads(&COLUMNS);
    let head = csv_head(&COLUMNS, &heads);
    for row in &sample() {
        assert_eq!(csv_line(&COLUMNS, &heads, row, &here()).len(), head.len());
    }
    let few = chosen(&heads, "-band,-ends,-facts");
    assert_eq!(
        csv_head(&COLUMNS, &few),
        ["Environment", "Id", "Can be brought back today", "Kind", "Region", "Days back", "Onto what", "Perhaps"]
    );
}

#[test]
fn the_sorts_are_counted_as_they_filter() {
    let rows = sample();
    for ((word, ..), many) in ONLY.iter().zip(only_counts(&rows)) {
        let filter = Filter { only: (*word).into(), ..Filter::default() };
        assert_eq!(arrange(&rows, &filter).len(), many, "{word}");
    }
    let not = Filter { only: "not".into(), ..Filter::default() };
    check(not, &["Canvas Apps", "Contoso (default)", "Copilot Trial", "Data Platform", "Sales Perf"]);
}
