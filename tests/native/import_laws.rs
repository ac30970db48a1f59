//! Laws of reading: no bytes panic, what is cut off is never taken for the whole, and case, order and encoding change nothing.

use crate::laws::cases;
use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::domain::inventory::Inventory;
use restore_desk::interop::import::{Read, Severity, read};
use serde_json::Value;
use std::path::Path;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap()
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e != "golden"));
    files.sort();
    files
        .into_iter()
        .map(|p| (p.file_name().unwrap().to_string_lossy().to_string(), std::fs::read(&p).unwrap()))
        .collect()
}

/// Reads and checks what always holds.
#[track_caller]
fn sound(name: &str, bytes: &[u8]) -> Read {
    let got = read(name, bytes, now(), |_| 60);
    if got.inventory.is_none() && got.own_export.is_none() {
        assert!(got.findings.iter().any(|f| f.severity == Severity::Error), "nothing was used, and nothing says why");
    }
    for f in &got.findings {
        assert!(!f.says.is_empty());
        assert!(f.value.chars().count() <= 81, "a value is shortened");
        assert!(
            f.severity != Severity::Error
                || !f.help.is_empty()
                || f.place.starts_with("row")
                || f.place.starts_with("line"),
            "{f:?}"
        );
    }
    if let Some(i) = &got.inventory {
        assert!(!i.format.is_empty());
        let mut ids: Vec<_> = i.environments.iter().map(|o| o.id.to_ascii_lowercase()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), i.environments.len(), "ids are unique");
        for o in &i.environments {
            assert!(o.created.is_none_or(|c| c <= now()) && o.existed_by.is_none_or(|c| c <= now()));
            assert!(o.retention_setting.is_none_or(|d| [7, 14, 21, 28].contains(&d)));
        }
    }
    got
}

#[test]
fn cut_off_at_any_byte() {
    for (name, bytes) in samples() {
        let step = if bytes.len() > 3000 { 7 } else { 1 };
        let whole = sound(&name, &bytes).inventory.unwrap();
        for end in (0..bytes.len()).step_by(step) {
            let got = sound(&name, &bytes[..end]);
            // JSON that ends too early is never used at all. Noise behind it may be missing.
            if name.ends_with(".json") && name != "pac-list-noise.json" {
                let closed = bytes[end..].iter().all(|b| b.is_ascii_whitespace());
                assert_eq!(got.inventory.is_some(), closed, "{name} cut at {end}");
            }
            if let Some(i) = got.inventory {
                assert!(i.environments.len() <= whole.environments.len(), "{name} cut at {end}");
            }
        }
    }
}

/// The sample's JSON, where it is plain JSON in UTF-8.
fn values() -> Vec<(String, Value)> {
    samples().into_iter().filter_map(|(n, b)| serde_json::from_slice(&b).ok().map(|v| (n, v))).collect()
}

fn keys(value: &Value, change: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.iter().map(|(k, v)| (change(k), keys(v, change))).collect()),
        Value::Array(items) => Value::Array(items.iter().map(|v| keys(v, change)).collect()),
        other => other.clone(),
    }
}

fn inventory(name: &str, value: &Value) -> Inventory {
    sound(name, serde_json::to_string(value).unwrap().as_bytes()).inventory.expect(name)
}

#[test]
fn the_case_of_keys_changes_nothing() {
    for (name, value) in values() {
        let expect = inventory(&name, &value);
        assert_eq!(inventory(&name, &keys(&value, &|k| k.to_uppercase())), expect, "{name} in upper case");
        assert_eq!(inventory(&name, &keys(&value, &|k| k.to_lowercase())), expect, "{name} in lower case");
    }
}

#[test]
fn the_order_of_keys_changes_nothing() {
    for (name, bytes) in samples() {
        let Ok(value) = serde_json::from_slice::<Value>(&bytes) else { continue };
        // `Value` keeps keys sorted, so writing it out is a reordering.
        let original = sound(&name, &bytes).inventory.unwrap();
        let mut sorted = inventory(&name, &value);
        for (a, b) in sorted.environments.iter_mut().zip(&original.environments) {
            a.service_reasons.sort_by(|x, y| x.operation.cmp(&y.operation));
            let mut b = b.clone();
            b.service_reasons.sort_by(|x, y| x.operation.cmp(&y.operation));
            assert_eq!(*a, b, "{name}");
        }
    }
}

#[test]
fn the_order_of_rows_changes_only_the_order() {
    for (name, mut value) in values() {
        let mut expect = inventory(&name, &value);
        let rows = match &mut value {
            Value::Array(rows) => Some(rows),
            Value::Object(map) => {
                map.iter_mut().find_map(|(k, v)| if k == "value" || k == "data" { v.as_array_mut() } else { None })
            }
            _ => None,
        };
        let Some(rows) = rows else { continue };
        rows.reverse();
        let mut got = inventory(&name, &value);
        got.environments.sort_by(|a, b| a.id.cmp(&b.id));
        expect.environments.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(got.environments, expect.environments, "{name}");
    }
}

#[test]
fn windows_line_ends_change_nothing() {
    for (name, bytes) in samples() {
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
        assert_eq!(sound(&name, crlf.as_bytes()).inventory, sound(&name, &bytes).inventory, "{name}");
    }
}

#[test]
fn deep_nesting_is_no_danger() {
    sound("deep", "[".repeat(100_000).as_bytes());
    sound("deep", "{\"value\":".repeat(100_000).as_bytes());
    sound("deep", ("[".repeat(120) + &"]".repeat(120)).as_bytes());
    sound("deep", "@{a=".repeat(100_000).as_bytes());
}

#[test]
fn odd_values_in_every_field() {
    let odd = [
        Value::Null,
        Value::Bool(true),
        serde_json::json!(-1.5e300),
        serde_json::json!(""),
        serde_json::json!("@{a=@{b=c}; d"),
        serde_json::json!("System.Object[]"),
        serde_json::json!("\u{202e}\u{0}ü🚢"),
        serde_json::json!([]),
        serde_json::json!({}),
        serde_json::json!([[{"id": null}]]),
    ];
    for (name, value) in values() {
        for v in &odd {
            // Rows repeat their shape: a prime step still visits every field.
            let places = count(&value);
            for n in (0..places).step_by(if places > 100 { 7 } else { 1 }) {
                let mut mutated = value.clone();
                replace(&mut mutated, n, v);
                sound(&name, serde_json::to_string(&mutated).unwrap().as_bytes());
            }
        }
    }
}

/// How many places a value has.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    }
}

/// Puts `with` at the place `n`, counted in order.
fn replace(value: &mut Value, n: usize, with: &Value) {
    if n == 0 {
        *value = with.clone();
        return;
    }
    let mut left = n - 1;
    let children: Vec<&mut Value> = match value {
        Value::Object(map) => map.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = count(child);
        if left < size {
            return replace(child, left, with);
        }
        left -= size;
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sound("random", &bytes);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,300}") {
        sound("random", text.as_bytes());
    }

    #[test]
    fn no_table_panics(text in "([ ,;:\t\"#*@{}=\\[\\]/0-9A-Za-z\n-]|EnvironmentId|Environment Url|7c0a0001-51d3-4b6e-9a10-000000000001|25/11/2025 07:12:30){0,80}") {
        sound("random", text.as_bytes());
    }

    #[test]
    fn samples_with_a_few_broken_bytes(pick in 0usize..64, at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let all = samples();
        let (name, bytes) = &all[pick % all.len()];
        let mut bytes = bytes.clone();
        for (index, byte) in at {
            let i = index.index(bytes.len());
            bytes[i] = byte;
        }
        sound(name, &bytes);
    }
}
