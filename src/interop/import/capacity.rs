//! The storage of the tenant, from the licensing API.

use super::Severity;
use super::node::Node;
use super::row::{File, megabytes};
use crate::domain::capacity::{Capacity, Storage};

/// Reads `tenantCapacities` or its bare rows. Only Database, Log and File count; trials, Teams, finance and the rest have their
/// own entitlements. The *rated* consumption is what the capacity page of the admin center counts against the entitlement:
/// environments that do not count (trial, developer, Teams, what is included with Default) are left out of it.
pub fn read(file: &mut File, rows: &[Node<'_>]) -> Option<Capacity> {
    let mut notes = Vec::new();
    let mut of = |sort: &str| -> Option<Storage> {
        let row = rows.iter().find(|r| r.get("capacityType").text().is_some_and(|t| t.eq_ignore_ascii_case(sort)))?;
        let unit = row.first(&["capacityUnits", "capacityUnit"]).text();
        let entitled_mb = megabytes(row.get("totalCapacity").number()?, unit)?;
        let consumption = row.get("consumption");
        let amount = |keys: &[&str], flat: &[&str]| {
            consumption.first(keys).number().or_else(|| row.first(flat).number()).and_then(|n| megabytes(n, unit))
        };
        let rated = amount(&["rated"], &["ratedConsumption"]);
        let actual = amount(&["actual"], &["actualConsumption"]);
        let used_mb = rated.or(actual)?;
        if let (Some(rated), Some(actual)) = (rated, actual)
            && (rated - actual).abs() >= 1.0
        {
            notes.push(format!("{sort} {rated:.0} MB rated, {actual:.0} MB actual"));
        }
        Some(Storage { entitled_mb, used_mb })
    };
    let (database, log, file_storage) = (of("Database"), of("Log"), of("File"));
    if !notes.is_empty() {
        file.findings.add(
            Severity::Note,
            "",
            "consumption.rated",
            &notes.join("; "),
            "the rated consumption was taken, which is what the capacity page counts against the entitlement",
            "",
        );
    }
    match (database, log, file_storage) {
        (Some(database), Some(log), Some(file)) => Some(Capacity { database, log, file }),
        (d, l, f) => {
            let missing: Vec<&str> = [("database", d.is_none()), ("log", l.is_none()), ("file", f.is_none())]
                .into_iter()
                .filter_map(|(name, gone)| gone.then_some(name))
                .collect();
            file.findings.file(
                Severity::Error,
                format!("the storage cannot be used, because the amounts for {} are missing", missing.join(" and ")),
                "export the tenant capacity again, or type the numbers of the capacity page in the app",
            );
            None
        }
    }
}
