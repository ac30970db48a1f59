//! Every sample in `tests/samples` against its golden file: what was understood, and what is said about it.
//!
//! The samples are written by hand in the shape of the real tools. To refresh the golden files after a wanted change, run
//! `UPDATE_GOLDEN=1 cargo test --no-default-features --test native import::` and read the difference.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::interop::import::{Read, Severity, read};
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap()
}

fn samples() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e != "golden"));
    files.sort();
    files
}

/// One line per environment: only what the file says.
fn line(o: &Observation) -> String {
    let mut out = format!("{} | {}", o.id, o.name.as_deref().unwrap_or("?"));
    macro_rules! say {
        ($($field:ident),*) => { $( if let Some(v) = &o.$field { write!(out, " | {}={v:?}", stringify!($field)).unwrap(); } )* };
    }
    say!(kind, region, azure_region, dataverse, dynamics, managed, key, policies, retention_setting);
    for (name, at) in [
        ("oldest_backup", o.oldest_backup),
        ("created", o.created),
        ("existed_by", o.existed_by),
        ("database_since", o.database_since),
        ("deleted", o.deleted.and_then(|d| d.known())),
    ] {
        if let Some(at) = at {
            write!(out, " | {name}={}", at.format("%Y-%m-%dT%H:%M:%S%.fZ")).unwrap();
        }
    }
    if let Some(when) = o.deleted.filter(|d| d.known().is_none()) {
        let day = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string();
        write!(out, " | deleted={}..{}", when.earliest().map_or("?".into(), day), day(when.latest())).unwrap();
    }
    if let Some(o) = &o.offered {
        let from = o.from.map_or("nothing yet".to_string(), |at| at.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string());
        write!(out, " | offered={from}, {:?} days", o.period_days).unwrap();
    }
    say!(state, background_operations, group, group_id, finance, endings, database_mb, activity, url);
    for r in &o.service_reasons {
        write!(
            out,
            " | {} {}{}",
            if r.allowed { "may" } else { "may not" },
            r.operation,
            if r.message.is_empty() { String::new() } else { format!(": {}", r.message) }
        )
        .unwrap();
    }
    out
}

fn print(read: &Read) -> String {
    let mut out = String::new();
    match &read.inventory {
        None => writeln!(out, "nothing could be used").unwrap(),
        Some(i) => {
            let whole = match (i.complete, i.of_tenant) {
                (true, _) => ", the whole tenant",
                (false, true) => ", a part of the tenant",
                (false, false) => "",
            };
            writeln!(out, "{}{whole}", i.format).unwrap();
            if i.tenant_id.is_some() || i.cloud.is_some() {
                writeln!(out, "  tenant {} in {:?}", i.tenant_id.as_deref().unwrap_or("?"), i.cloud).unwrap();
            }
            for o in &i.environments {
                writeln!(out, "  {}", line(o)).unwrap();
            }
            for list in &i.backups {
                writeln!(out, "  manual backups of {}", list.environment.as_ref().map_or("?", |e| e.as_str())).unwrap();
                for b in &list.backups {
                    let expiry = b.reported_expiry.map_or(String::new(), |e| format!(", until {}", e.to_rfc3339()));
                    let by = b.created_by.as_ref().map_or(String::new(), |by| format!(", by {by}"));
                    writeln!(out, "    {} “{}” {}{expiry}{by}", b.id, b.label, b.point.to_rfc3339()).unwrap();
                }
            }
            if let Some(c) = &i.capacity {
                writeln!(out, "  {c:?}").unwrap();
            }
            for one in &i.underway {
                writeln!(out, "  underway {:?}", one).unwrap();
            }
            for o in &i.operations {
                let on = |e: &Option<restore_desk::domain::environment::EnvironmentId>| {
                    e.as_ref().map_or("?".to_string(), |e| e.to_string())
                };
                let (began, last) = (o.began.to_rfc3339(), o.last.map(|at| at.to_rfc3339()).unwrap_or_default());
                let (to, from) = (on(&o.environment), on(&o.source));
                writeln!(out, "  operation {} {:?} {:?} {began} {last} of {to} from {from}", o.id, o.act, o.ended)
                    .unwrap();
            }
            for c in &i.candidates {
                let offered: Vec<_> = c.offered.iter().map(|e| e.as_str()).collect();
                writeln!(out, "  candidates of {:?} at {:?}: {}", c.source, c.asked, offered.join(", ")).unwrap();
            }
            for g in &i.group_rules {
                writeln!(out, "  group {}: {:?} days", g.group, g.retention_days).unwrap();
            }
            for a in &i.applications {
                writeln!(out, "  Dynamics 365 apps: {:?} {:?}", a.has_dynamics, a.dynamics_apps).unwrap();
            }
        }
    }
    for f in &read.findings {
        writeln!(out, "{:?}: {} | {} | {} | {} | {}", f.severity, f.place, f.field, f.value, f.says, f.help).unwrap();
    }
    out
}

#[test]
fn golden_samples() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for path in samples() {
        let name = path.file_name().unwrap().to_string_lossy().to_string();
        let got = print(&read(&name, &std::fs::read(&path).unwrap(), now(), |_| 60));
        let golden = path.with_extension(format!("{}.golden", path.extension().unwrap().to_string_lossy()));
        if update {
            std::fs::write(&golden, &got).unwrap();
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != got {
            wrong.push(format!("{name}:\n{got}"));
        }
    }
    assert!(wrong.is_empty(), "these differ from their golden files:\n{}", wrong.join("\n"));
}

/// Reads text and says what came of it: `ok <format>: <n>` or the first error.
fn outcome(bytes: &[u8]) -> String {
    let got = read("pasted text", bytes, now(), |_| 0);
    match got.inventory {
        Some(Inventory { format, environments, .. }) => format!("ok {format}: {}", environments.len()),
        None if got.own_export.is_some() => "own export".to_string(),
        None => {
            let error = got.findings.first().expect("a finding");
            assert_eq!(error.severity, Severity::Error, "nothing could be used, so an error must say why");
            assert!(!error.help.is_empty(), "an error says what to do now: {error:?}");
            error.says.clone()
        }
    }
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(outcome(text.as_bytes()), expect, "{text}");
}

const ID: &str = "7c0a0001-51d3-4b6e-9a10-000000000001";

#[test]
fn refused_by_name() {
    check(
        r#"{"data":[{"EnvironmentType":"Sandbox","EnvironmentCount":12}]}"#,
        "this is a count (1 row), not a list of environments",
    );
    check("EnvironmentType,EnvironmentCount\nSandbox,12\n", "this is a count (1 row), not a list of environments");
    check(
        r#"[{"AppName":"a","DisplayName":"b","EnvironmentName":"c"}]"#,
        "this is a list of apps, not of environments",
    );
    check(r#"[{"FlowName":"a","EnvironmentName":"c"}]"#, "this is a list of flows, not of environments");
    check(
        "<!DOCTYPE html><title>Sign in to your account</title>",
        "this is a web page that asks to sign in, not a list of environments",
    );
    check("<?xml version='1.0'?><a/>", "this is XML, not a list of environments");
    check("", "the file is empty");
    check(" \r\n\t", "the file is empty");
    for empty in ["null", "[]", r#"{"value":[]}"#, r#"{"collection":[]}"#] {
        check(
            empty,
            "the list is empty and does not say of what: no environments, no manual backups, no operations or no restore candidates; what is known already stays as it is",
        );
    }
    let none = "there are no manual backups in this list: it is empty, and what is known already stays as it is";
    check("PS C:\\> pac admin list-backups --environment 1\n[]", none);
    check("Index Id  Label Expiry Point Date\n", none);
    check("No backups found for this environment.", none);
    let zero = "the list is empty: it holds 0 environments, and what is known already stays as it is";
    check("PS C:\\> pac admin list --json\n[]", zero);
    check("EnvironmentId,Name\n", zero);
    check("Dear Sir or Madam", "this text is not an inventory that the app knows");
    check("42", "this JSON is a single value, not a list of environments");
    check(r#"{"a":1,"b":2}"#, "this is not an inventory that the app knows: no row has the id of an environment");
    check("[1,2,3]", "this is not an inventory that the app knows: no row has the id of an environment");
    check("a,b\n1,2\n", "this text is not an inventory that the app knows");
    check(
        r#"[{"name":"x"},{"name":"y"}]"#,
        "this is not an inventory that the app knows: no row has the id of an environment",
    );
}

#[test]
fn binary_files_are_named() {
    let check = |bytes: &[u8], expect: &str| {
        assert_eq!(outcome(bytes), format!("this is {expect}, not a list of environments"))
    };
    check(b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture");
    check(b"\xff\xd8\xff\xe0", "a JPEG picture");
    check(b"%PDF-1.7", "a PDF document");
    check(b"PK\x03\x04....xl/workbook.xml", "an Excel workbook");
    check(b"PK\x03\x04....", "a zip archive or an Office document such as an Excel workbook");
    check(b"\xd0\xcf\x11\xe0", "an old Office document such as an .xls workbook");
    check(&[1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5, 6], "a binary file");
}

#[test]
fn cut_off_json_says_where() {
    let got = read("x.json", b"Connected as a@b\n[\n {\"EnvironmentId\":\"7c0a0001", now(), |_| 0);
    assert!(got.inventory.is_none());
    assert_eq!(got.findings[0].place, "line 3, column 27");
    assert!(got.findings[0].says.starts_with("the file ends in the middle"), "{:?}", got.findings);
    let got = read("x.json", b"[\n {\"EnvironmentId\": oops}\n]", now(), |_| 0);
    assert_eq!(got.findings[0].place, "line 2, column 20");
    assert!(got.findings[0].says.starts_with("this JSON is broken"), "{:?}", got.findings);
    let deep = "[".repeat(4000) + &"]".repeat(4000);
    let got = read("x.json", deep.as_bytes(), now(), |_| 0);
    let says = &got.findings[0].says;
    assert!(got.inventory.is_none() && says.starts_with("this JSON is nested deeper than any inventory"), "{says}");
}

#[test]
fn an_environment_inside_broken_json_is_not_the_list() {
    let text = format!("[\n  {{\"EnvironmentId\":\"{ID}\",\n \"Type\":\"Sandbox\"\n}},\n  {{\"EnvironmentId\":");
    assert!(outcome(text.as_bytes()).starts_with("the file ends in the middle"));
}

#[test]
fn recognised_without_asking() {
    check(
        &format!(r#"[{{"EnvironmentId":"{ID}","DisplayName":"a","Type":"Sandbox","EnvironmentUrl":null}}]"#),
        "ok pac admin list --json: 1",
    );
    check(&format!(r#"{{"ENVIRONMENTNAME":"{ID}","displayname":"a"}}"#), "ok Get-AdminPowerAppEnvironment: 1");
    check(&format!(r#"[[{{"name":"{ID}","properties":{{"environmentSku":"Sandbox"}}}}]]"#), "ok admin REST list: 1");
    check(&format!("EnvironmentId\tName\tIsManaged\n{ID}\ta\ttrue\n"), "ok pac admin query as CSV: 1");
    check(&format!("sep=;\nEnvironmentId;Name;IsManaged\n{ID};a;true\n"), "ok pac admin query as CSV: 1");
    check(&format!("Name ; {ID}"), "this text is not an inventory that the app knows");
    check(r#"{"app":"restore-desk","schema":1,"saved":"2025-11-24T06:30:00Z","workspace":{}}"#, "own export");
}

#[test]
fn the_same_in_every_encoding() {
    let text = format!(r#"[{{"EnvironmentId":"{ID}","DisplayName":"Ärger 🚢","Type":"Sandbox"}}]"#);
    let expect = read("x", text.as_bytes(), now(), |_| 0);
    let units = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let (le, be) = (units(u16::to_le_bytes), units(u16::to_be_bytes));
    for bytes in [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [&b"\xff\xfe"[..], &le].concat(),
        [&b"\xfe\xff"[..], &be].concat(),
        le,
        be,
    ] {
        assert_eq!(read("x", &bytes, now(), |_| 0), expect);
    }
    let latin = b"EnvironmentId,Name,Region\n7c0a0001-51d3-4b6e-9a10-000000000001,\xc4rger,europe\n";
    let got = read("x", latin, now(), |_| 0);
    assert_eq!(got.inventory.unwrap().environments[0].name.as_deref(), Some("Ärger"));
    assert!(got.findings.iter().any(|f| f.severity == Severity::Warning && f.says.contains("Windows-1252")));
}

#[test]
fn duplicates_name_both_rows() {
    let row = |name: &str| format!(r#"{{"EnvironmentId":"{ID}","DisplayName":"{name}","Type":"Sandbox"}}"#);
    let got = read("x", format!("[{},{},{}]", row("a"), row("a"), row("b")).as_bytes(), now(), |_| 0);
    assert_eq!(got.inventory.unwrap().environments.len(), 1);
    let says: Vec<_> = got.findings.iter().map(|f| (f.severity, f.says.as_str())).collect();
    assert_eq!(
        says,
        [
            (Severity::Warning, "rows 1 and 3 have the same id but differ; the first counts, the other was left out"),
            (Severity::Note, "the same environment stands in rows 1 and 2; it is kept once"),
            (
                Severity::Note,
                "no Default environment is in this list, and every tenant has one: it is not the whole tenant, and nothing is reported as missing"
            ),
        ]
    );
}

#[test]
fn many_findings_of_one_sort_are_counted() {
    let rows: Vec<String> = (0..500)
        .map(|n| {
            format!(r#"{{"EnvironmentId":"7c0a0001-51d3-4b6e-9a10-{n:012}","Type":"Sandbox","IsManaged":"maybe"}}"#)
        })
        .collect();
    let got = read("x", format!("[{}]", rows.join(",")).as_bytes(), now(), |_| 0);
    assert_eq!(got.inventory.unwrap().environments.len(), 500);
    assert_eq!(got.findings.len(), 22, "20 listed, one that counts the rest, and that there is no Default");
    assert!(got.findings.iter().any(|f| f.says.starts_with("and 480 more")));
}

#[test]
fn unknown_keys_name_the_nearest() {
    let got = read("x", b"[{\"EnvironmntId\":\"a\"}]", now(), |_| 0);
    assert!(got.findings[0].help.contains("did you mean"), "{:?}", got.findings);
}

#[test]
fn messages_keep_the_house_style() {
    for path in samples() {
        for f in read("x", &std::fs::read(path).unwrap(), now(), |_| 0).findings {
            let first = f.says.chars().next().unwrap();
            assert!(
                first.is_lowercase()
                    || first.is_numeric()
                    || f.says.starts_with("PowerShell")
                    || f.says.starts_with("Dynamics"),
                "{}",
                f.says
            );
            assert!(!f.says.ends_with('.') && !f.help.ends_with('.'), "{f:?}");
        }
    }
}

#[test]
fn several_json_values_are_one_list() {
    let row = |n: u8| format!(r#"{{"EnvironmentId":"7c0a0001-51d3-4b6e-9a10-00000000000{n}","Type":"Sandbox"}}"#);
    check(&format!("{}\n{}\nPS C:\\>", row(1), row(2)), "ok pac admin list --json: 2");
    check(&format!("[{}]\n[{},{}]", row(1), row(2), row(3)), "ok pac admin list --json: 3");
    assert!(outcome(format!("{}\n{{\"EnvironmentId\":", row(1)).as_bytes()).starts_with("the file ends in the middle"));
}

#[test]
fn colours_of_a_terminal_are_taken_out() {
    let text = format!(
        "\u{1b}[32mConnected as a@b\u{1b}[0m\n\u{1b}[1m[{{\"EnvironmentId\":\"{ID}\",\"Type\":\"Sandbox\"}}]\u{1b}[0m"
    );
    check(&text, "ok pac admin list --json: 1");
}

#[test]
fn month_first_and_year_first_dates_of_backups() {
    let id = "9c0a0001-51d3-4b6e-9a10-000000000001";
    let table = |expiry: &str, point: &str| {
        format!(
            "Index Id                                   Label Expiry                 Point Date\n1     {id} a     {expiry:22} {point}\n"
        )
    };
    let check = |expiry: &str, point: &str, expect: &str, warnings: usize| {
        let got = read("x", table(expiry, point).as_bytes(), now(), |_| 60);
        let list = &got.inventory.unwrap().backups[0];
        assert_eq!(list.backups[0].point.to_rfc3339(), expect, "{point}");
        assert_eq!(
            got.findings.iter().filter(|f| f.severity == Severity::Warning).count(),
            warnings,
            "{point}: {:?}",
            got.findings
        );
    };
    check("11/18/2025 3:12:30 PM", "11/11/2025 3:12:30 PM", "2025-11-11T14:12:30+00:00", 0);
    check("12/02/2025 07:00:00", "11/25/2024 07:00:00", "2024-11-25T06:00:00+00:00", 0);
    check("2025-11-18 07:12:30", "2025-11-11 07:12:30", "2025-11-11T06:12:30+00:00", 0);
    // With the month first these would be weeks apart or lie in the future.
    check("12/11/2025 07:00:00", "05/11/2025 07:00:00", "2025-11-05T06:00:00+00:00", 0);
    check("08/11/2025 07:00:00", "01/11/2025 07:00:00", "2025-11-01T06:00:00+00:00", 0);
    // 9 to 10 October, or 10 September to 10 October: only the first is a retention.
    check("10/10/2025 07:00:00", "09/10/2025 07:00:00", "2025-10-09T06:00:00+00:00", 0);
}
