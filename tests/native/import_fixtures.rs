//! The real samples beside the project, where they are there: each imports sensibly. Prints the table of what each gives.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::{FactKey, Kind};
use restore_desk::domain::merge::{LineKind, preview};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::{Read, Severity, read};
use std::path::{Path, PathBuf};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap()
}

/// `shared/fixtures/inventory` beside the project or above it.
fn fixtures() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = root.ancestors().skip(1).map(|a| a.join("shared/fixtures/inventory")).find(|p| p.is_dir());
    if found.is_none() {
        println!("skipped: ../shared/fixtures/inventory is not here");
    }
    found
}

fn import(prefix: &str) -> Option<Read> {
    let dir = fixtures()?;
    let file = std::fs::read_dir(dir)
        .unwrap()
        .filter_map(Result::ok)
        .find(|f| f.file_name().to_string_lossy().starts_with(prefix));
    let path = file.unwrap_or_else(|| panic!("no fixture {prefix}")).path();
    Some(read(&path.file_name().unwrap().to_string_lossy(), &std::fs::read(&path).unwrap(), now(), |_| 0))
}

#[test]
fn table_of_all_fixtures() {
    let Some(dir) = fixtures() else { return };
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().filter_map(Result::ok).map(|f| f.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    println!("{:55} {:30} {:>4} {:>3} {:>3} {:>3}", "file", "format", "env", "err", "warn", "note");
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().to_string();
        let got = read(&name, &std::fs::read(path).unwrap(), now(), |_| 0);
        let count = |s| got.findings.iter().filter(|f| f.severity == s).count();
        let (format, n) = got.inventory.as_ref().map_or(("-", 0), |i| (i.format.as_str(), i.environments.len()));
        println!(
            "{name:55} {format:30} {n:4} {:3} {:3} {:3}",
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note)
        );
        for f in &got.findings {
            println!("    {:?} {} {} [{}] {} → {}", f.severity, f.place, f.field, f.value, f.says, f.help);
        }
        assert_eq!(count(Severity::Error), 0, "{name}: {:?}", got.findings);
        let inventory = got.inventory.expect(&name);
        for line in preview(&Tenant::default(), &inventory, now()).lines {
            println!("    {} {:?} unknown: {:?}", line.name, line.what, line.unknown);
            assert_eq!(line.what, LineKind::Added);
        }
    }
    assert!(!files.is_empty());
}

#[test]
fn null_metadata_beside_a_database_type_stays_unknown() {
    let Some(got) = import("01") else { return };
    let environments = got.inventory.unwrap().environments;
    assert_eq!(environments.len(), 2);
    assert_eq!(environments[0].kind, Some(Kind::Developer));
    assert_eq!(environments[0].dataverse, Some(true));
    assert_eq!(environments[1].dataverse, None);
    assert_eq!(environments[1].managed, Some(false));
    assert_eq!(environments[1].retention_setting, Some(7));
    assert_eq!(environments[1].service_reasons.iter().filter(|r| !r.allowed).count(), 1);
    assert_eq!(environments[0].key, None, "keyManagedBy alone proves nothing");
}

#[test]
fn one_managed_production_environment() {
    let Some(got) = import("08") else { return };
    let inventory = got.inventory.unwrap();
    assert!(!inventory.complete);
    let seen = &inventory.environments[0];
    assert_eq!((seen.kind.clone(), seen.managed, seen.dataverse), (Some(Kind::Production), Some(true), Some(true)));
    let lines = preview(&Tenant::default(), &inventory, now()).lines;
    assert!(lines[0].unknown.contains(&FactKey::Dynamics), "{:?}", lines[0].unknown);
}

#[test]
fn the_services_own_reasons_are_kept() {
    let Some(got) = import("10") else { return };
    let seen = got.inventory.unwrap().environments.remove(0);
    assert_eq!(seen.service_reasons.iter().filter(|r| r.allowed).count(), 21);
    assert_eq!(seen.service_reasons.iter().filter(|r| !r.allowed).count(), 7);
    assert_eq!(seen.database_mb.map(f64::round), Some(932.0));
}

#[test]
fn storage_counts_what_the_capacity_page_counts() {
    let Some(got) = import("12") else { return };
    let capacity = got.inventory.unwrap().capacity.unwrap();
    assert_eq!(capacity.database.entitled_mb, 20480.0);
    assert_eq!(capacity.database.used_mb, 2379.898);
    assert_eq!(capacity.file.entitled_mb, 40960.0);
}

#[test]
fn available_packages_settle_nothing() {
    let Some(got) = import("14") else { return };
    let list = got.inventory.unwrap().applications.remove(0);
    assert_eq!((list.has_dynamics, list.environment), (None, None));
}

#[test]
fn the_default_environment_is_default() {
    let Some(got) = import("16") else { return };
    let seen = got.inventory.unwrap().environments.remove(0);
    assert_eq!(seen.kind, Some(Kind::Default));
    assert!(seen.id.starts_with("Default-"));
}
