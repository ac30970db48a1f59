//! The storage of the tenant, from the licensing API.

use super::super::Severity;
use super::super::node::Node;
use super::super::reading::Form;
use super::super::row::{File, Row};
use super::super::says::Cause;
use super::super::states::{Measured, measured, megabytes};
use super::{Format, HowTo, Proof, Reach, Reads};
use crate::domain::capacity::{Capacity, Storage};
use crate::domain::order::Order as _;

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let marks = ["totalCapacity", "consumption"];
    let of_one = super::others::of_environment(row);
    (!of_one && !row.get("capacityType").is_null() && marks.iter().any(|k| !row.get(k).is_null())).then_some(Proof::Own)
}

pub static FORMAT: Format = Format {
    what: "the capacity of the tenant",
    called: |_| "tenant capacity",
    recognised_by: "`tenantCapacities`, rows with `capacityType` and `totalCapacity`",
    proof,
    reads: Reads::Facts(|gathered, r, row| gathered.storages.add(row, r)),
    reach: Reach::None,
    instead: "",
    read_as: "the storage of the tenant: database, log and file",
    how: &[HowTo {
        title: "Storage of the tenant",
        command: "GET https://licensing.powerplatform.microsoft.com/v0.1-alpha/tenants/<tenant id>/TenantCapacity",
        note: "The address is the one that public code uses, not documentation. The numbers of the capacity page can be typed instead.",
    }],
    dates: &[],
};

/// Only Database, Log and File count; trials, Teams, finance and the rest have their own entitlements.
#[derive(Default)]
pub struct Storages {
    pub rows: usize,
    database: Option<Storage>,
    log: Option<Storage>,
    file: Option<Storage>,
    notes: Vec<String>,
    /// Which sorts were never measured.
    never: Vec<&'static str>,
    /// Of which sorts there are several amounts.
    twice: Vec<&'static str>,
}

impl Storages {
    /// The *rated* consumption is what the capacity page of the admin center counts against the entitlement: environments that do
    /// not count (trial, developer, Teams, what is included with Default) are left out of it.
    fn add(&mut self, row: &Node<'_>, r: &mut Row<'_>) {
        let now = r.file.now;
        self.rows += 1;
        let sort = row.get("capacityType").text().unwrap_or_default().to_ascii_lowercase();
        let (sort, slot) = match sort.as_str() {
            "database" => ("Database", &mut self.database),
            "log" => ("Log", &mut self.log),
            "file" => ("File", &mut self.file),
            _ => return,
        };
        let unit = row.first(&["capacityUnits", "capacityUnit"]).text();
        let consumption = row.get("consumption");
        let amount = |key: &str, flat: &str, date: &str| match measured(consumption, key, &[date, "updatedOn"], now) {
            Measured::Unsaid => measured(row, flat, &[date, "updatedOn"], now),
            said => said,
        };
        let rated = amount("rated", "ratedConsumption", "ratedUpdatedOn");
        let actual = amount("actual", "actualConsumption", "actualUpdatedOn");
        let never = [rated, actual].contains(&Measured::Never);
        let mb = |said: Measured| match said {
            Measured::At(amount) => megabytes(amount, unit),
            Measured::Unsaid | Measured::Never => None,
        };
        for (place, key) in
            [(consumption, "rated"), (consumption, "actual"), (row, "ratedConsumption"), (row, "actualConsumption")]
        {
            r.amount(key, place.get(key));
        }
        let entitled = r.amount("totalCapacity", row.get("totalCapacity")).and_then(|n| megabytes(n, unit));
        let (rated, actual) = (mb(rated), mb(actual));
        let used = rated.or(actual);
        if used.is_none() && never {
            self.never.push(sort);
        }
        let (Some(entitled_mb), Some(used_mb)) = (entitled, used) else { return };
        let storage = Storage { entitled_mb, used_mb };
        if let Some(first) = slot {
            // The same again says nothing new; another amount leaves open which one is the tenant's.
            if *first != storage {
                self.twice.push(sort);
            }
            return;
        }
        *slot = Some(storage);
        if let (Some(rated), Some(actual)) = (rated, actual)
            && (rated - actual).abs() >= 1.0
        {
            self.notes.push(format!("{sort} {rated:.0} MB rated, {actual:.0} MB actual"));
        }
    }
}

/// The storage, if all three amounts are there.
pub fn finish(file: &mut File, storages: Storages) -> Option<Capacity> {
    let Storages { database, log, file: file_storage, notes, mut never, mut twice, .. } = storages;
    if !twice.is_empty() {
        twice.order();
        twice.dedup();
        file.findings.add(
            Severity::Error,
            "",
            "capacityType",
            &twice.join(", "),
            "the storage cannot be used, because there are several different amounts of it: which one is the tenant's is not known",
            "export the tenant capacity again, or type the numbers of the capacity page in the app",
        );
        return None;
    }
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
    if !never.is_empty() {
        never.order();
        never.dedup();
        Cause::NeverMeasured.tell(&mut file.findings, "", "consumption", &never.join(", "));
        return None;
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
