//! The collector: its two scripts read by the grammars of others, and its file read as one inventory. `collector_run.rs` runs the
//! one that can be run here.

use chrono::{DateTime, Utc};
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::eligibility::judge;
use restore_desk::domain::environment::{EnvironmentId, FactKey, Key, Kind};
use restore_desk::domain::merge::{merge, unknown_facts};
use restore_desk::domain::service::Cloud;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::{Read, Severity, read};
use std::collections::BTreeSet;
use tree_sitter::{Node, Tree};

pub const POWERSHELL: &str = include_str!("../../public/collector/restore-desk-collect.ps1.txt");
pub const BASH: &str = include_str!("../../public/collector/restore-desk-collect.sh.txt");
/// What `collector_run.rs` makes of `collector-answers.json`, with fixed times.
pub const COLLECTION: &str = include_str!("../data/collection.json");

const SALES: &str = "5e0c0001-3b7a-4c21-9d10-0f00c0110001";
const PORTAL: &str = "5e0c0002-3b7a-4c21-9d10-0f00c0110002";
const PILOT: &str = "5e0c0007-3b7a-4c21-9d10-0f00c0110007";

fn now() -> DateTime<Utc> {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

fn read_text(text: &str) -> Read {
    read("collection.json", text.as_bytes(), now(), |_| 0)
}

#[track_caller]
fn kept(read: &Read) -> Tenant {
    let inventory = read.inventory.clone().unwrap_or_else(|| panic!("nothing was read: {:#?}", read.findings));
    merge(&Tenant::default(), &inventory, now())
}

#[track_caller]
fn says(read: &Read, severity: Severity, place: &str, value: &str, words: &str) {
    let found = read.findings.iter().any(|f| {
        f.severity == severity && f.place.contains(place) && f.value.contains(value) && f.says.contains(words)
    });
    assert!(found, "{severity:?} {place} {value} {words}\n{:#?}", read.findings);
}

// The file

#[test]
fn a_whole_collection_leaves_no_deciding_fact_unknown() {
    let read = read_text(COLLECTION);
    let tenant = kept(&read);
    for env in &tenant.environments {
        assert_eq!(unknown_facts(env, now()), [], "{}", env.name);
    }
    assert!(tenant.capacity.get().is_some());
    for edition in EDITIONS {
        for source in tenant.living() {
            for target in tenant.living() {
                // Where the rules and the service's own list differ, no answer would settle it: only a dry run (T10).
                let asks = judge(edition, source, target).questions();
                assert_eq!(asks, [], "{} onto {} under {}", source.name, target.name, edition.id);
            }
        }
    }
    let env = |id: &str| tenant.environments.iter().find(|e| e.id == EnvironmentId::new(id)).unwrap();
    assert_eq!(tenant.environments.len(), 8);
    assert_eq!(env(SALES).dynamics.get(), Some(&true));
    assert_eq!(env(PORTAL).dynamics.get(), Some(&false));
    assert!(matches!(env(SALES).key.get(), Some(Key::Customer(Some(_)))));
    assert_eq!(env(PORTAL).key.get(), Some(&Key::Microsoft));
    assert_eq!(env(SALES).kind.get(), Some(&Kind::Production));
    assert_eq!(env(SALES).backups.len(), 1, "the system backup is none");
    assert_eq!(env(PILOT).deleted.and_then(|d| d.known()), Some("2026-11-21T14:30:00Z".parse().unwrap()));
    assert_eq!(tenant.living().count(), 7);
}

#[test]
fn the_stamps_and_whose_answer_it_is() {
    let inventory = read_text(COLLECTION).inventory.unwrap();
    assert_eq!(inventory.tenant_id.as_deref(), Some("7b1f3a52-90c4-4d8e-8a11-2f6d5c0e9b01"));
    assert_eq!(inventory.cloud, Some(Cloud::Public));
    assert_eq!(inventory.asked, Some("2026-11-23T06:01:00Z".parse().unwrap()));
    assert!(inventory.complete);
    assert!(inventory.backups.iter().all(|l| l.environment.is_some()));
    assert!(!inventory.operations.is_empty() && inventory.operations.iter().all(|o| o.environment.is_some()));
    assert!(!inventory.group_rules.is_empty() && !inventory.candidates.is_empty());
    assert_eq!(inventory.candidates.len(), 6);
    assert!(inventory.candidates.iter().all(|c| c.source.is_some() && c.asked.is_some()));
    let sales = inventory.candidates.iter().find(|c| c.source == Some(EnvironmentId::new(SALES))).unwrap();
    assert_eq!(sales.offered, [EnvironmentId::new("5e0c0003-3b7a-4c21-9d10-0f00c0110003")]);
}

/// The file of a script, with these questions.
fn file(questions: &[&str]) -> String {
    let head = r#"{"collector":"restore-desk","version":1,"script":"restore-desk-collect.sh","tenant":"7b1f3a52-90c4-4d8e-8a11-2f6d5c0e9b01","cloud":"prod","started":"2026-11-23T06:00:00Z","kinds":["Production"],"questions":["#;
    format!("{head}\n{}\n],\"finished\":\"2026-11-23T06:04:00Z\"}}\n", questions.join(",\n"))
}

fn answered(ask: &str, of: &str, answer: &str) -> String {
    format!(
        r#"{{"ask":"{ask}","of":{of},"service":"admin","asked":"2026-11-23T06:01:00Z","status":"answered","answer":{answer}}}"#
    )
}

fn failed(ask: &str, of: &str, status: &str, error: &str) -> String {
    format!(
        r#"{{"ask":"{ask}","of":{of},"service":"powerplatform","asked":"2026-11-23T06:01:00Z","status":"{status}","error":"{error}"}}"#
    )
}

fn one(id: &str, name: &str) -> String {
    format!(
        r#"{{"value":[{{"id":"/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/{id}","name":"{id}","location":"europe","properties":{{"displayName":"{name}","environmentSku":"Production","createdTime":"2024-01-15T10:00:00Z","linkedEnvironmentMetadata":{{"resourceId":"x"}}}}}}]}}"#
    )
}

/// An answer that goes on elsewhere, or beside which something went wrong, takes no backup off and refuses nobody.
#[test]
fn a_part_of_an_answer_is_not_taken_for_the_whole() {
    let of = format!("\"{SALES}\"");
    let read = |ask: &str, answer: &str| {
        let list = answered("environments", "null", &one(SALES, "Northwind Sales"));
        read_text(&file(&[&list, &answered(ask, &of, answer)])).inventory.unwrap()
    };
    for (beside, whole) in [
        ("", true),
        (r#","nextLink":"x""#, false),
        (r#","$skipToken":"x""#, false),
        (r#","error":{"code":"x"}"#, false),
    ] {
        let backups = read("backups", &format!(r#"{{"value":[]{beside}}}"#)).backups;
        assert_eq!(backups.iter().map(|list| list.whole).collect::<Vec<_>>(), [whole], "{beside}");
        let row = format!(r#"{{"environmentId":"{PORTAL}"}}"#);
        let candidates = read("candidates", &format!(r#"{{"value":[{row}]{beside}}}"#)).candidates;
        assert_eq!(candidates.len(), usize::from(whole), "{beside}");
    }
    let lost = format!(r#"{{"value":[{{"environmentId":"{PORTAL}"}},{{"environmentId":"cut"}}]}}"#);
    assert!(read("candidates", &lost).candidates.is_empty());
}

#[test]
fn a_question_that_failed_is_told_with_the_services_own_sentence() {
    let of = format!("\"{SALES}\"");
    let text = file(&[
        &answered("environments", "null", &one(SALES, "Northwind Sales")),
        &failed("capacity", "null", "failed", "no token: AADSTS65001: nobody consented"),
        &failed("applications", &of, "skipped", "no token: AADSTS65001: nobody consented"),
    ]);
    let read = read_text(&text);
    says(&read, Severity::Warning, "storage of the tenant", "AADSTS65001", "could not be asked");
    says(&read, Severity::Warning, "application packages of Northwind Sales", "AADSTS65001", "was not asked");
    let env = &kept(&read).environments[0];
    let unknown = unknown_facts(env, now());
    for fact in [FactKey::Dynamics, FactKey::Key, FactKey::Policies] {
        assert!(unknown.contains(&fact), "a missing answer is no answer: {unknown:?}");
    }
}

#[test]
fn what_was_asked_again_counts_once() {
    let of = format!("\"{SALES}\"");
    let first = one(SALES, "Old name");
    let second = one(SALES, "New name");
    let text = file(&[
        &answered("environments", "null", &first),
        &failed("backups", &of, "failed", "HTTP 503"),
        &answered("backups", &of, r#"{"collection":[]}"#),
        &answered("environments", "null", &second),
        &failed("environments", "null", "failed", "HTTP 503"),
    ]);
    let read = read_text(&text);
    assert!(read.findings.iter().all(|f| !f.value.contains("503")), "{:#?}", read.findings);
    let inventory = read.inventory.unwrap();
    assert_eq!(inventory.environments.len(), 1);
    assert_eq!(inventory.environments[0].name.as_deref(), Some("New name"));
    assert_eq!(inventory.backups.len(), 1, "an empty list of backups says that there are none");
}

#[test]
fn a_file_that_breaks_off_is_read_as_far_as_it_goes() {
    let end = COLLECTION.find("\n{\"ask\":\"operations\"").unwrap() + 200;
    let read = read_text(&COLLECTION[..end]);
    says(&read, Severity::Warning, "", "", "the file breaks off");
    let inventory = read.inventory.unwrap();
    assert_eq!(inventory.environments.len(), 8);
    assert_eq!(inventory.tenant_id.as_deref(), Some("7b1f3a52-90c4-4d8e-8a11-2f6d5c0e9b01"));
    assert_eq!(inventory.cloud, Some(Cloud::Public));
    // Stopped in good order, it has its end and no time of it.
    let stopped = COLLECTION.replace("\"finished\":\"2026-11-23T06:04:00Z\"", "\"finished\":null");
    says(&read_text(&stopped), Severity::Warning, "", "", "was stopped before its last question");
}

#[test]
fn parts_may_be_missing_and_others_may_be_new() {
    let check = |text: &str, words: &str| {
        let read = read_text(text);
        let found = read.findings.iter().any(|f| f.says.contains(words));
        assert!(found, "{text}\n{:#?}", read.findings);
        read
    };
    check(r#"{"collector":"restore-desk","version":2,"questions":[]}"#, "newer script");
    check(r#"{"collector":"restore-desk"}"#, "no question in this file");
    check(r#"{"collector":"restore-desk","version":1,"cloud":"moon","questions":[]}"#, "this cloud is not known");
    check(r#"{"collector":"restore-desk","questions":5}"#, "no question in this file");
    check(&file(&[&answered("weather", "null", "{}")]), "knows no such question");
    check(&file(&[&answered("backups", "null", "[]")]), "does not say which environment");
    check(&file(&["7", "{\"ask\":5}", "{}"]), "3 questions in the file cannot be read");
    // A file inside a file is not opened.
    check(&file(&[&answered("environments", "null", &file(&[]).replace('\n', ""))]), "this answer cannot be used");
    // Pretty-printed by somebody, it is the same file.
    let pretty: serde_json::Value = serde_json::from_str(COLLECTION).unwrap();
    let mut again = String::from("{\n  \"collector\": \"restore-desk\",\n");
    for key in ["version", "tenant", "cloud", "questions", "finished"] {
        again.push_str(&format!("  \"{key}\": {},\n", serde_json::to_string_pretty(&pretty[key]).unwrap()));
    }
    again.truncate(again.len() - 2);
    again.push_str("\n}\n");
    assert_eq!(kept(&read_text(&again)).living().count(), 7);
}

#[test]
fn an_answer_stands_for_nothing_but_what_was_asked() {
    let of = format!("\"{SALES}\"");
    let other = one(PORTAL, "Not asked for");
    for ask in ["backups", "operations", "applications", "candidates"] {
        let text = file(&[&answered("environments", "null", &one(SALES, "Sales")), &answered(ask, &of, &other)]);
        let inventory = read_text(&text).inventory.unwrap();
        assert_eq!(inventory.environments.len(), 1, "{ask}");
    }
}

#[test]
fn hostile_files_are_read_within_their_bounds() {
    // Nested without end, as an answer and around it.
    let deep = "[".repeat(500_000);
    let nested = file(&[&answered("environments", "null", &format!("{deep}{}", "]".repeat(500_000)))]);
    assert!(read_text(&nested).inventory.is_none());
    assert!(read_text(&file(&[&deep])).inventory.is_none());
    // Cut anywhere, nothing comes out that is not in it.
    for end in (0..COLLECTION.len()).step_by(613).filter(|end| COLLECTION.is_char_boundary(*end)) {
        let read = read_text(&COLLECTION[..end]);
        assert!(read.inventory.is_none_or(|i| i.environments.len() <= 8 && i.backups.len() <= 6));
    }
    // The same refusal of every environment is listed a few times and then counted.
    let many: Vec<String> = (0..5_000)
        .map(|n| failed("backups", &format!("\"{n:08x}-0000-4000-8000-000000000000\""), "failed", "HTTP 403"))
        .collect();
    let lines: Vec<&str> = many.iter().map(String::as_str).collect();
    let read = read_text(&file(&lines));
    assert!(read.findings.len() < 30, "{}", read.findings.len());
    assert!(read.findings.iter().any(|f| f.says.contains("and 4,980 more")), "{:#?}", read.findings);
}

#[test]
fn what_stands_among_the_deleted_is_deleted() {
    let text = file(&[
        &answered("environments", "null", &one(SALES, "Sales")),
        &answered("deleted", "null", &one(PILOT, "Pilot")),
    ]);
    let read = read_text(&text);
    says(&read, Severity::Warning, "Pilot", "", "does not say when");
    let tenant = kept(&read);
    assert_eq!(tenant.living().count(), 1);
}

// The scripts

#[track_caller]
fn parse(language: &tree_sitter::Language, text: &str) -> Tree {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(language).unwrap();
    let tree = parser.parse(text, None).unwrap();
    assert!(!tree.root_node().has_error(), "{:?}", broken(tree.root_node(), text));
    tree
}

/// Where a tree is broken.
fn broken(node: Node<'_>, text: &str) -> Vec<String> {
    if node.is_error() || node.is_missing() {
        let line = text[node.byte_range()].lines().next().unwrap_or_default();
        return vec![format!("line {}: {line}", node.start_position().row + 1)];
    }
    node.children(&mut node.walk()).flat_map(|c| broken(c, text)).collect()
}

fn nodes<'t>(node: Node<'t>, kind: &str, found: &mut Vec<Node<'t>>) {
    if node.kind() == kind {
        found.push(node);
    }
    for child in node.children(&mut node.walk()) {
        nodes(child, kind, found);
    }
}

fn texts(tree: &Tree, text: &str, kind: &str) -> BTreeSet<String> {
    let mut found = Vec::new();
    nodes(tree.root_node(), kind, &mut found);
    found.into_iter().map(|n| text[n.byte_range()].to_string()).collect()
}

/// What the PowerShell script may call besides its own functions: cmdlets that read, the sign-in, and what speaks to whoever runs it.
const CMDLETS: &[&str] = &[
    "Add-PowerAppsAccount",
    "ConvertFrom-Json",
    "Get-AdminPowerAppEnvironment",
    "Get-AdminPowerAppSoftDeletedEnvironment",
    "Get-Date",
    "Get-JwtToken",
    "Get-PowerAppEnvironmentBackups",
    "Invoke-WebRequest",
    "New-Object",
    "Set-StrictMode",
    "Start-Sleep",
    "Test-Path",
    "Write-Host",
    "Write-Progress",
    "Write-Warning",
];

/// What it may make with `New-Object`: texts, lists, an encoding.
const OBJECTS: &[&str] =
    &["System.Collections.ArrayList", "System.Text.StringBuilder", "System.Text.UTF8Encoding($false)"];

/// The methods of .NET types that it may call. `Open` is the one that can write.
const STATIC: &[&str] = &[
    "[Math]::Ceiling",
    "[Math]::Max",
    "[Math]::Min",
    "[System.IO.File]::Open",
    "[System.IO.File]::ReadLines",
    "[System.Text.Encoding]::UTF8",
    "[cultureinfo]::InvariantCulture",
    "[int]::TryParse",
    "[string]::IsNullOrEmpty",
    "[uri]::EscapeDataString",
];

#[test]
fn the_powershell_script_parses_and_calls_nothing_that_changes_anything() {
    let tree = parse(&tree_sitter_powershell::LANGUAGE.into(), POWERSHELL);
    let own = texts(&tree, POWERSHELL, "function_name");
    assert!(own.contains("Invoke-Question") && own.contains("Write-AtEnd"), "{own:?}");
    let called = texts(&tree, POWERSHELL, "command_name");
    let foreign: Vec<_> = called.iter().filter(|c| !own.contains(*c)).map(String::as_str).collect();
    assert_eq!(foreign, CMDLETS, "the list of what it calls has changed");
    // Nothing is called whose name only shows when it runs.
    assert!(texts(&tree, POWERSHELL, "command_invokation_operator").is_empty());
    for word in [
        "Invoke-Expression",
        "iex ",
        "ScriptBlock",
        "Add-Type",
        "DllImport",
        "Start-Process",
        "Set-Content",
        "Out-File",
    ] {
        assert!(!POWERSHELL.contains(word), "{word}");
    }
    let mut commands = Vec::new();
    nodes(tree.root_node(), "command", &mut commands);
    for command in commands {
        let text = &POWERSHELL[command.byte_range()];
        if text.starts_with("Invoke-WebRequest") {
            assert!(text.contains("-Method Get "), "{text}");
            for no in ["-Body", "-OutFile", "-InFile", "-Method Post"] {
                assert!(!text.contains(no), "{text}");
            }
        }
        if text.starts_with("New-Object") {
            assert!(OBJECTS.iter().any(|o| text == format!("New-Object {o}")), "{text}");
        }
    }
    let mut statics = BTreeSet::new();
    for part in POWERSHELL.split("]::").collect::<Vec<_>>().windows(2) {
        let kind = part[0].rsplit('[').next().unwrap_or_default();
        let member: String = part[1].chars().take_while(char::is_ascii_alphanumeric).collect();
        statics.insert(format!("[{kind}]::{member}"));
    }
    assert_eq!(statics.iter().map(String::as_str).collect::<Vec<_>>(), STATIC);
    assert_eq!(POWERSHELL.matches("[System.IO.File]::Open(").count(), 1, "one place that writes");
}

#[test]
fn the_powershell_script_says_where_it_works() {
    for line in [
        "#Requires -Version 5.1",
        "#Requires -PSEdition Desktop",
        "#Requires -Modules Microsoft.PowerApps.Administration.PowerShell",
    ] {
        assert!(POWERSHELL.lines().any(|l| l == line), "{line}");
    }
    assert!(POWERSHELL.contains("\nSet-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n"));
    assert!(
        POWERSHELL.is_ascii() && !POWERSHELL.contains('\r'),
        "Windows PowerShell reads a file without a mark as ANSI"
    );
}

/// What the shell script may call besides its own functions and what is built into bash.
const PROGRAMS: &[&str] = &[
    "awk", "az", "cat", "cp", "curl", "cut", "date", "grep", "head", "jq", "mktemp", "mv", "rm", "sed", "tail", "tr",
    "wc",
];
const BUILT_IN: &[&str] = &[
    ":", "break", "command", "continue", "exit", "printf", "read", "return", "set", "shift", "sleep", "trap", "true",
    "umask",
];

#[test]
fn the_shell_script_parses_and_only_reads() {
    let tree = parse(&tree_sitter_bash::LANGUAGE.into(), BASH);
    let mut functions = Vec::new();
    nodes(tree.root_node(), "function_definition", &mut functions);
    let own: BTreeSet<&str> =
        functions.iter().filter_map(|f| f.child_by_field_name("name")).map(|n| &BASH[n.byte_range()]).collect();
    let called = texts(&tree, BASH, "command_name");
    let foreign: Vec<_> =
        called.iter().map(String::as_str).filter(|c| !own.contains(c) && !BUILT_IN.contains(c)).collect();
    assert_eq!(foreign, PROGRAMS, "the list of what it calls has changed");
    assert!(BASH.contains("\nset -euo pipefail\n"));
    let mut commands = Vec::new();
    nodes(tree.root_node(), "command", &mut commands);
    let mut asked = 0;
    for command in commands {
        let text = BASH[command.byte_range()].replace("\\\n", " ");
        let name = text.split_whitespace().next().unwrap_or_default().to_string();
        if name == "curl" {
            asked += 1;
            assert!(text.contains("--request GET "), "{text}");
            // The token comes on the standard input, never in the arguments, and goes to no host that an answer names.
            assert!(text.contains("--config - ") && !text.contains("Bearer") && !text.contains("bearer"), "{text}");
            for no in ["--data", "--form", "--upload", "--location", " -L", " -d ", "POST", "PUT", "PATCH", "DELETE"] {
                assert!(!text.contains(no), "{text}");
            }
        }
        if name == "az" {
            assert!(text.contains("az \"${@:2}\""), "{text}");
        }
    }
    assert_eq!(asked, 1, "one place that asks");
    assert!(BASH.contains("set -- \"$1\" account get-access-token --resource"));
    for word in ["<<<", "bash -c"] {
        assert!(!BASH.contains(word), "{word}");
    }
}

/// The addresses in a script, without hosts.
fn routes(text: &str) -> BTreeSet<String> {
    let id =
        |route: &str| ["$Of", "$id", "{environmentId}"].iter().fold(route.to_string(), |r, v| r.replace(v, "<id>"));
    text.split('"')
        .chain(text.split('\''))
        .filter(|part| part.contains("api-version=") && !part.contains('\n'))
        .map(|part| id(&part.replace("$one", "/environmentmanagement/environments/<id>")))
        .filter(|part| part.starts_with('/'))
        .collect()
}

#[test]
fn both_scripts_ask_the_same_of_the_power_platform_api() {
    let bash = routes(BASH);
    let mut powershell = routes(POWERSHELL);
    // Manual backups come from a cmdlet there.
    assert!(powershell.insert("/environmentmanagement/environments/<id>/backups?api-version=2024-10-01".to_string()));
    assert_eq!(powershell, bash);
    assert_eq!(bash.len(), 8);
    let explained = include_str!("../../docs/COLLECTION.md");
    for route in bash {
        let plain = route.split('?').next().unwrap_or_default().replace("<id>", "{id}");
        assert!(explained.contains(&plain), "docs/COLLECTION.md does not say where {plain} is confirmed");
    }
    for cmdlet in CMDLETS.iter().filter(|c| c.contains("PowerApp") || c.contains("Jwt")) {
        assert!(explained.contains(cmdlet), "docs/COLLECTION.md does not say where {cmdlet} is confirmed");
    }
}

#[test]
fn both_scripts_leave_the_same_people_out() {
    let quoted = |text: &str, quote: char| -> BTreeSet<String> {
        text.split(quote).skip(1).step_by(2).map(str::to_lowercase).collect()
    };
    let part = |text: &'static str, from: &str, to: &str| text.split_once(from).unwrap().1.split_once(to).unwrap().0;
    let powershell = quoted(part(POWERSHELL, "$people = @(", ")\n"), '\'');
    let bash = quoted(part(BASH, "clean='\n  [", "] as $people"), '"');
    assert!(powershell.len() > 15);
    assert_eq!(powershell, bash);
}
