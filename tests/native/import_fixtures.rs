//! The real samples beside the project, where they are there: each imports sensibly. Prints the table of what each gives.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::{FactKey, Kind, RuntimeState};
use restore_desk::domain::merge::{LineKind, preview};
use restore_desk::domain::service::{Act, Cloud, Ended, Offered};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::{Read, Severity, read};
use std::path::{Path, PathBuf};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap()
}

/// `shared/fixtures/inventory` beside the project or above it, or below the folder that `SHARED` names.
fn fixtures() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("SHARED").map(|dir| PathBuf::from(dir).join("fixtures/inventory"));
    let beside = root.ancestors().skip(1).map(|a| a.join("shared/fixtures/inventory"));
    let found = named.into_iter().chain(beside).find(|p| p.is_dir());
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

/// The samples from the field, each with the right value of its README.
fn field(name: &str) -> Option<Read> {
    let path = fixtures()?.parent()?.join("field").join(name);
    Some(read(name, &std::fs::read(path).ok()?, now(), |_| 0))
}

fn refused(got: &Read) -> String {
    assert!(got.inventory.is_none(), "{:?}", got.inventory);
    format!("{} → {}", got.findings[0].says, got.findings[0].help)
}

#[test]
fn field_power_platform_api() {
    let Some(got) = field("ppapi-list.json") else { return };
    let inventory = got.inventory.unwrap();
    assert_eq!(inventory.environments.len(), 6);
    assert!(inventory.environments.iter().all(|o| o.deleted.is_none()), "1970 is no deletion");
    assert!(!inventory.complete, "no Default is in it");
    let named = |name: &str| inventory.environments.iter().find(|o| o.name.as_deref() == Some(name)).unwrap();
    assert_eq!(named("New sandbox").offered, Some(Offered { from: None, period_days: None }));
    let pipeline = named("Pipeline");
    assert_eq!((pipeline.managed, pipeline.retention_setting), (Some(false), Some(28)));
    assert_eq!(pipeline.offered.unwrap().from, pipeline.created);
    assert_eq!(named("Monitoring").state, Some(RuntimeState::AdminMode));
    assert_eq!(named("Monitoring").group_id, None);
    assert_eq!(named("Sales UAT").finance, Some(None));
    assert_eq!((inventory.cloud, inventory.tenant_id.is_some()), (Some(Cloud::Public), true));
}

#[test]
fn field_operations_and_candidates() {
    let Some(got) = field("ppapi-operations-of-sales.json") else { return };
    let inventory = got.inventory.unwrap();
    assert!(inventory.environments.is_empty());
    let acts: Vec<_> = inventory.operations.iter().map(|o| o.act.clone()).collect();
    assert_eq!(acts, [Act::Convert, Act::Edit, Act::UpdateManaged, Act::Create]);
    assert!(inventory.operations.iter().all(|o| o.ended == Ended::Succeeded && o.environment.is_some()));
    let inventory = field("admin-lifecycle-operation.json").unwrap().inventory.unwrap();
    assert_eq!((inventory.environments.len(), inventory.operations.len()), (0, 1));
    assert_eq!((&inventory.operations[0].act, &inventory.operations[0].ended), (&Act::Edit, &Ended::Succeeded));
    let inventory = field("ppapi-restore-candidates-of-sales.json").unwrap().inventory.unwrap();
    assert_eq!((inventory.environments.len(), inventory.candidates[0].offered.len()), (0, 2));
}

#[test]
fn field_refusals() {
    let Some(got) = field("ppapi-validation-refused.json") else { return };
    let says = refused(&got);
    assert!(says.contains("active lifecycle operation") && says.contains("T9"), "{says}");
    let says = refused(&field("pac-error.json").unwrap());
    assert!(says.contains("Requested instance https://contoso.crm.dynamics.com/ not found"), "{says}");
    let says = refused(&field("pac-env-list-cut.txt").unwrap());
    assert!(says.contains("the ids are cut") && says.contains("wider"), "{says}");
    let says = refused(&field("m365-list.csv").unwrap());
    assert!(says.contains("--output json"), "{says}");
}

#[test]
fn field_lists() {
    let Some(got) = field("pac-admin-list-filtered.txt") else { return };
    let inventory = got.inventory.unwrap();
    assert_eq!((inventory.environments.len(), inventory.complete, inventory.of_tenant), (1, false, true));
    assert!(got.findings.iter().any(|f| f.value.starts_with("--application")), "{:?}", got.findings);

    let got = field("data-lake-export.json").unwrap().inventory.unwrap();
    let told: Vec<_> = got.environments.iter().map(|o| (o.dataverse, o.managed, o.deleted.is_some())).collect();
    assert_eq!(
        told,
        [
            (Some(true), Some(false), false),
            (Some(true), Some(true), false),
            (Some(false), Some(false), false),
            (Some(true), Some(false), true)
        ]
    );
    assert!(
        got.complete && got.environments[3].deleted.unwrap().known().unwrap().to_rfc3339().starts_with("2023-10-10")
    );
    assert!(got.environments.iter().all(|o| o.url.as_deref().is_none_or(|u| !u.contains("make."))));

    let got = field("resource-graph.csv").unwrap().inventory.unwrap();
    assert_eq!(got.environments.len(), 3);
    assert!(got.environments.iter().all(|o| o.kind.is_some() && o.managed.is_some() && o.created.is_some()));
    assert_eq!(got.environments[1].name.as_deref(), Some("Finance Prod"));

    let got = field("governance-report.csv").unwrap().inventory.unwrap();
    assert_eq!(got.environments.iter().filter(|o| o.managed == Some(true)).count(), 1);
    assert_eq!(got.environments.iter().filter(|o| o.managed == Some(false)).count(), 2);
}

#[test]
fn field_admin() {
    let Some(got) = field("admin-finance-and-operations.json") else { return };
    let seen = got.inventory.unwrap().environments.remove(0);
    assert_eq!((seen.dynamics, seen.retention_setting), (Some(true), Some(28)));
    assert!(seen.finance.flatten().unwrap().url.unwrap().contains("operations"));
    let seen = field("admin-capacity-not-measured.json").unwrap().inventory.unwrap().environments.remove(0);
    assert_eq!(seen.database_mb, None);
}

#[test]
fn the_ordinary_samples_name_no_unused_columns() {
    let Some(dir) = fixtures() else { return };
    for folder in [dir.clone(), dir.parent().unwrap().join("field")] {
        for path in std::fs::read_dir(folder).unwrap().filter_map(Result::ok).map(|f| f.path()) {
            if path.extension().is_some_and(|e| e == "md") {
                continue;
            }
            let got = read("x", &std::fs::read(&path).unwrap(), now(), |_| 0);
            let unused = got.findings.iter().find(|f| f.says.starts_with("these columns look"));
            assert!(unused.is_none(), "{}: {unused:?}", path.display());
        }
    }
}

#[test]
fn nested_lists_end_at_once() {
    let Some(dir) = fixtures() else { return };
    let bytes = std::fs::read(dir.parent().unwrap().join("hostile/nested-60.json")).unwrap();
    let got = read("nested", &bytes, now(), |_| 0);
    assert_eq!(got.inventory.map(|i| i.environments.len()), Some(1));
}
