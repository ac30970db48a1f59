//! The list of formats: no answer that is no inventory brings an environment, in any order of the list; sentinels are no dates;
//! the documentation and the screen come from the list.

use crate::laws::cases;
use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::interop::import::formats::{FORMATS, table};
use restore_desk::interop::import::{Read, Severity, read, read_in_order};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap()
}

pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The answers that are no inventory, each with what it must be read as or refused by.
fn corpus() -> Vec<(String, Vec<u8>, String)> {
    let dir = folder("tests/no-inventory");
    let index = std::fs::read_to_string(dir.join("index.txt")).unwrap();
    let lines = index.lines().filter(|l| !l.starts_with('#')).map(|l| l.split_once(" = ").expect(l));
    lines
        .map(|(name, expect)| (name.to_string(), std::fs::read(dir.join(name)).expect(name), expect.to_string()))
        .collect()
}

fn said(got: &Read) -> String {
    let first = got.findings.iter().find(|f| f.severity == Severity::Error);
    first.map(|f| format!("{} → {}", f.says, f.help)).unwrap_or_default()
}

#[test]
fn no_inventory_brings_an_environment() {
    let corpus = corpus();
    let files = std::fs::read_dir(folder("tests/no-inventory")).unwrap().count();
    assert_eq!(files, corpus.len() + 1, "each file stands in the index");
    assert!(corpus.len() >= 40);
    let mut wrong = Vec::new();
    for (name, bytes, expect) in corpus {
        // The name of the file must not help.
        let got = read("x", &bytes, now(), |_| 0);
        let environments = got.inventory.as_ref().map_or(0, |i| i.environments.len());
        let right = match expect.strip_prefix("read: ") {
            Some(format) => got.inventory.as_ref().is_some_and(|i| i.format == format),
            None => got.inventory.is_none() && said(&got).contains(&expect),
        };
        if environments > 0 || !right {
            let format = got.inventory.as_ref().map(|i| i.format.clone());
            wrong.push(format!(
                "{name}: expected {expect}, got {environments} environments, {format:?}, {}",
                said(&got)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every sample and every answer of the corpus.
fn everything() -> Vec<(String, Vec<u8>)> {
    let samples = std::fs::read_dir(folder("tests/samples")).unwrap().map(|f| f.unwrap().path());
    let samples = samples.filter(|f| f.extension().is_some_and(|e| e != "golden"));
    let named = |p: PathBuf| (p.file_name().unwrap().to_string_lossy().to_string(), std::fs::read(&p).unwrap());
    samples.map(named).chain(corpus().into_iter().map(|(name, bytes, _)| (name, bytes))).collect()
}

#[test]
fn no_order_of_the_formats_counts() {
    for (name, bytes) in everything() {
        let expect = read(&name, &bytes, now(), |_| 0);
        for turn in 0..FORMATS.len() {
            for mirrored in [false, true] {
                let got = read_in_order(&name, &bytes, now(), |_| 0, turn, mirrored);
                assert_eq!(got, expect, "{name} with the list turned by {turn}, mirrored: {mirrored}");
            }
        }
    }
}

#[test]
fn formats_have_names_of_their_own() {
    let mut names: Vec<_> = FORMATS.iter().map(|f| f.what).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), FORMATS.len());
}

const ID: &str = "5d1b0001-9a3c-4f70-8e21-000000000001";

/// A row of each format that has dates, with nothing in the places of the dates.
fn example(what: &str) -> Value {
    let admin = json!({
        "id": format!("/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/{ID}"), "name": ID,
        "type": "Microsoft.BusinessAppPlatform/scopes/environments", "location": "europe",
        "properties": {
            "displayName": "Harbour", "environmentSku": "Trial", "linkedEnvironmentMetadata": { "instanceState": "Ready" },
            "retentionDetails": { "retentionPeriod": "P7D" }, "scheduledLifecycleOperations": [{ "type": "Delete" }],
            "ongoingOperation": { "type": { "id": "Copy" } }, "states": { "management": { "id": "Ready" } },
        },
    });
    match what {
        "environments of the admin REST API" => admin,
        "environments of Get-AdminPowerAppEnvironment" => {
            json!({ "EnvironmentName": ID, "EnvironmentType": "Trial", "Internal": admin })
        }
        "deleted environments of PowerShell" => {
            let mut body = admin;
            body["id"] = json!(format!("/providers/x/scopes/admin/softDeletedEnvironments/{ID}"));
            json!({ "EnvironmentName": ID, "EnvironmentType": "Trial", "Internal": body })
        }
        "environments of the Power Platform API" => json!({
            "id": ID, "displayName": "Harbour", "type": "Sandbox", "geo": "europe",
            "retentionDetails": { "retentionPeriod": "P7D" },
        }),
        "environments of pac" => json!({
            "EnvironmentId": ID, "DisplayName": "Harbour", "Type": "Sandbox",
            "EnvironmentUrl": "https://harbour.crm4.dynamics.com/", "properties": {},
        }),
        "environments of a query of pac" => {
            json!({ "EnvironmentId": ID, "Name": "Harbour", "IsManaged": true, "properties": {} })
        }
        "environments of Resource Graph" => json!({
            "name": ID, "type": "microsoft.powerplatform/environments", "location": "europe",
            "properties": { "displayName": "Harbour", "environmentType": "Sandbox" },
        }),
        "environments of the data lake export" => json!({
            "environmentId": ID, "environmentName": "Harbour", "environmentType": "Sandbox", "environmentState": "Enabled",
            "cdsInstanceId": null, "cdsInstanceUrl": null, "properties": {},
        }),
        "environments of a report" => {
            json!({ "EnvironmentId": ID, "Name": "Harbour", "Type": "Sandbox", "IsManagedEnv": "No", "properties": {} })
        }
        "manual backups" => {
            json!({ "id": ID, "label": "a", "backupPointDateTime": "2025-11-20T00:00:00Z", "properties": {} })
        }
        "operations of the Power Platform API" => json!({
            "operationId": ID, "name": "Copy", "status": "Succeeded", "stageStatuses": [], "startTime": "2025-11-20T00:00:00Z",
        }),
        "operations of the admin REST API" => json!({
            "id": ID, "type": { "id": "Copy" }, "state": { "id": "Succeeded" }, "stages": [], "createdDateTime": "2025-11-20T00:00:00Z",
        }),
        other => panic!("no example of {other}"),
    }
}

/// Puts a value at a path below a row; under `Internal` where the format wraps the body.
fn put(row: &mut Value, path: &str, key: &str, with: Value) {
    let wrapped = row.get("Internal").is_some() && !path.is_empty();
    let mut at = if wrapped { &mut row["Internal"] } else { row };
    for part in path.split('.').filter(|p| !p.is_empty()) {
        at = match part.parse::<usize>() {
            Ok(n) => &mut at[n],
            Err(_) => &mut at[part],
        };
    }
    at[key] = with;
}

fn understood(row: &Value) -> Option<restore_desk::domain::inventory::Inventory> {
    let text = serde_json::to_string(&json!([row])).unwrap();
    read("x", text.as_bytes(), now(), |_| 0).inventory
}

/// Every field of every format that holds an instant.
fn fields() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    let of = |f: &&'static restore_desk::interop::import::formats::Format| {
        let what = f.what;
        let dates = f.dates.iter().flat_map(|d| d.under.iter().flat_map(|u| d.keys.iter().map(|k| (*u, *k, d.name))));
        dates.map(|(under, key, name)| (what, under, key, name)).collect::<Vec<_>>()
    };
    FORMATS.iter().flat_map(of).collect()
}

const SENTINELS: &[&str] = &[
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00",
    "1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00.0000000+00:00",
    "9999-12-31T23:59:59.9999999Z",
    "9999-01-01",
    "/Date(-62135596800000)/",
    "/Date(0)/",
    "01/01/0001 00:00:00",
    "1/1/1970 12:00:00 AM",
    "31.12.9999 23:59:59",
];

#[test]
fn fields_are_read_where_the_formats_say() {
    for (what, under, key, name) in fields() {
        let mut plain = example(what);
        // The same field under another key would count first.
        for (_, under, key, _) in fields().into_iter().filter(|f| f.0 == what && f.3 == name) {
            put(&mut plain, under, key, Value::Null);
        }
        let mut set = plain.clone();
        put(&mut set, under, key, json!("2025-11-03T04:05:06Z"));
        assert_ne!(understood(&set), understood(&plain), "{what}: {under}.{key} is not read");
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn a_sentinel_is_not_set(field in any::<prop::sample::Index>(), sentinel in any::<prop::sample::Index>()) {
        let fields = fields();
        let (what, under, key, _) = fields[field.index(fields.len())];
        let sentinel = SENTINELS[sentinel.index(SENTINELS.len())];
        let mut plain = example(what);
        put(&mut plain, under, key, Value::Null);
        let mut never = example(what);
        put(&mut never, under, key, json!(sentinel));
        prop_assert_eq!(understood(&never), understood(&plain), "{}: {}.{} = {}", what, under, key, sentinel);
    }

    #[test]
    fn a_shuffled_list_reads_the_same(file in any::<prop::sample::Index>(), turn in 0usize..200, mirrored: bool) {
        let files = corpus();
        let (name, bytes, _) = &files[file.index(files.len())];
        prop_assert_eq!(read_in_order(name, bytes, now(), |_| 0, turn, mirrored), read(name, bytes, now(), |_| 0));
    }
}

#[test]
fn every_sentinel_of_every_field() {
    for (what, under, key, _) in fields() {
        let mut plain = example(what);
        put(&mut plain, under, key, Value::Null);
        let expect = understood(&plain);
        for sentinel in SENTINELS {
            let mut never = example(what);
            put(&mut never, under, key, json!(sentinel));
            assert_eq!(understood(&never), expect, "{what}: {under}.{key} = {sentinel}");
        }
    }
}

#[test]
fn the_year_one_without_a_period_is_nothing_yet() {
    for (what, under) in [
        ("environments of the admin REST API", "properties.retentionDetails"),
        ("environments of the Power Platform API", "retentionDetails"),
    ] {
        let key = if under.starts_with('p') { "backupsAvailableFromDateTime" } else { "availableFromDateTime" };
        let offered = |period: Value, from: &str| {
            let mut row = example(what);
            put(&mut row, under, "retentionPeriod", period);
            put(&mut row, under, key, json!(from));
            understood(&row).unwrap().environments.remove(0).offered
        };
        let nothing = offered(Value::Null, "0001-01-01T00:00:00Z").unwrap();
        assert_eq!((nothing.from, nothing.period_days), (None, None), "{what}");
        assert_eq!(offered(Value::Null, "1970-01-01T00:00:00Z"), None);
        assert_eq!(offered(json!("P7D"), "0001-01-01T00:00:00Z"), None);
        let odd = offered(json!("P22D"), "2025-11-03T00:00:00Z").unwrap();
        assert_eq!((odd.from.is_some(), odd.period_days), (true, Some(22)));
    }
}

/// Puts what the list makes between two marks of a document, or says that it differs.
pub fn documented(name: &str, mark: &str, made: &str) {
    let path = folder(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- end of {mark} -->"));
    let (before, rest) = text.split_once(&open).unwrap_or_else(|| panic!("{name} has no {open}"));
    let (old, after) = rest.split_once(&close).unwrap();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, format!("{before}{open}{made}{close}{after}")).unwrap();
    } else {
        assert_eq!(old, made, "{name} differs from what the program says; run the tests with UPDATE_GOLDEN=1");
    }
}

#[test]
fn the_documentation_comes_from_the_list() {
    documented("docs/INVENTORIES.md", "formats", &table::markdown());
    documented("docs/INVENTORIES.md", "commands", &table::commands());
}

#[test]
fn the_readme_names_commands_of_the_list() {
    let readme = std::fs::read_to_string(folder("README.md")).unwrap();
    let part = readme.split("## Get an inventory").nth(1).unwrap().split("\n## ").next().unwrap();
    let told: Vec<_> = part.lines().filter(|l| l.starts_with("| ") && l.contains('`')).collect();
    assert!(told.len() >= 4);
    for line in told {
        let command = line.split('`').nth(1).unwrap().replace("\\|", "|");
        let tail = command.trim_start_matches("GET ").trim_start_matches('…').trim_start_matches('/');
        let known = table::recipes().iter().any(|r| {
            let mut rest = r.command;
            tail.split('…').all(|piece| match rest.split_once(piece) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => piece.split(['?', '&']).all(|part| rest.contains(part)),
            })
        });
        assert!(known, "the README names a command that the list does not: {command}");
    }
}
