//! What a file says between the lines: nothing measured is not nothing used, and what runs is not lost with its time.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::interop::import::{Read, read};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 6, 0, 0).unwrap()
}

fn import(text: &str) -> Read {
    read("pasted text", text.as_bytes(), now(), |_| 0)
}

/// Storage of which each row ends with this; `None`: it is not known, which is said. Used megabytes of database.
#[track_caller]
fn storage(amounts: &str, expect: Option<f64>) {
    let row =
        |sort: &str| format!(r#"{{"capacityType":"{sort}","capacityUnits":"MB","totalCapacity":20480,{amounts}}}"#);
    let text = format!(r#"{{"tenantCapacities":[{},{},{}]}}"#, row("Database"), row("Log"), row("File"));
    let got = import(&text);
    let used = got.inventory.as_ref().and_then(|i| i.capacity.as_ref()).map(|c| c.database.used_mb);
    assert_eq!(used, expect, "{amounts}\n{:#?}", got.findings);
    let said = got.findings.iter().any(|f| f.says.contains("never measured") && f.value == "Database, File, Log");
    assert_eq!(said, expect.is_none(), "{amounts}\n{:#?}", got.findings);
}

#[test]
fn storage_that_was_never_measured_is_not_empty() {
    let never = r#""0001-01-01T00:00:00+00:00""#;
    let then = r#""2026-11-23T08:52:06.3330393+00:00""#;
    let both = |actual: &str, at: &str, rated: &str, rated_at: &str| {
        format!(
            r#""consumption":{{"actual":{actual},"rated":{rated},"actualUpdatedOn":{at},"ratedUpdatedOn":{rated_at}}}"#
        )
    };
    storage(&both("0", never, "0", never), None);
    storage(&both("0.0", r#""1970-01-01T00:00:00Z""#, "0.0", r#""0001-01-01T00:00:00""#), None);
    storage(r#""consumption":{"actual":0,"rated":0,"updatedOn":"0001-01-01T00:00:00Z"}"#, None);
    storage(&format!(r#""actualConsumption":0,"ratedConsumption":0,"updatedOn":{never}"#), None);
    storage(&format!(r#""consumption":{{"rated":0,"ratedUpdatedOn":{never}}}"#), None);
    // Measured, and nothing is used.
    storage(&both("0", then, "0", then), Some(0.0));
    storage(r#""consumption":{"actual":0,"rated":0}"#, Some(0.0));
    // One of the two was measured.
    storage(&both("100", then, "0", never), Some(100.0));
    storage(&both("0", never, "50", then), Some(50.0));
    storage(&both("100", then, "50", never), Some(50.0));
    // What cannot be used beside one that is not measured is said as what it is.
    storage(r#""consumption":{"actual":7,"rated":5}"#, Some(5.0));
}
