//! Values that a file does not tell to the end: days without a time, times without a zone, things that contradict each other, numbers
//! and words that cannot be read. Each is named, and nothing is taken for sure that they leave open.

use crate::import_faults::check_says;
use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::Key;
use restore_desk::domain::inventory::Observation;
use restore_desk::interop::import::{Read, read};

fn nov(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap()
}

fn import(text: &str) -> Read {
    read("pasted text", text.as_bytes(), nov(24, 6), |_| 0)
}

const A: &str = "4e110001-2b5c-4d77-9a10-0a0b0c0d0e01";

/// The first environment.
#[track_caller]
fn first(text: &str) -> Observation {
    let got = import(text);
    let seen = got.inventory.and_then(|i| i.environments.into_iter().next());
    seen.unwrap_or_else(|| panic!("{text}\n{:#?}", got.findings))
}

/// A finding with these parts: place, field, value, sentence, help.
#[track_caller]
fn says(text: &str, finding: [&str; 5]) {
    check_says(&import(text), finding);
}

/// A row of the admin API with these properties.
fn admin(props: &str) -> String {
    format!(
        r#"{{"value":[{{"name":"{A}","type":"Microsoft.BusinessAppPlatform/scopes/environments","location":"europe","properties":{{"displayName":"Pilot","environmentSku":"Sandbox",{props}}}}}]}}"#
    )
}

/// A row of the Power Platform API.
fn api(more: &str) -> String {
    format!(r#"[{{"id":"{A}","displayName":"Pilot","type":"Sandbox","geo":"europe",{more}}}]"#)
}

fn csv(column: &str, cell: &str) -> String {
    format!("EnvironmentName,DisplayName,EnvironmentType,{column}\n{A},Pilot,Sandbox,{cell}\n")
}

#[test]
fn a_day_is_no_instant_and_only_its_last_is_sure() {
    let day = ["any instant from 2026-11-19 10:00 to 2026-11-21 12:00 UTC", "times in UTC"];
    let zone = ["any instant from 2026-11-20 09:30 to 2026-11-21 11:30 UTC", "times in UTC"];
    for (text, place, field, value, [when, help], latest) in [
        (csv("CreatedTime", "2026-11-20"), "line 2 (Pilot)", "createdTime", "2026-11-20", day, nov(21, 12)),
        (csv("CreatedTime", "2026-11-20 23:30:00"), "line 2", "createdTime", "2026-11-20 23:30:00", zone, nov(21, 11)),
        (admin(r#""createdTime":"2026-11-20""#), "row 1 (Pilot)", "createdTime", "2026-11-20", day, nov(21, 12)),
        (api(r#""createdDateTime":"2026-11-20""#), "row 1", "createdDateTime", "2026-11-20", day, nov(21, 12)),
        (
            format!("EnvironmentId,Name,Region,EnvironmentType,CreatedAt\n{A},Pilot,europe,Sandbox,2026-11-20\n"),
            "line 2",
            "CreatedAt",
            "2026-11-20",
            day,
            nov(21, 12),
        ),
    ] {
        says(&text, [place, field, value, when, help]);
        let seen = first(&text);
        assert_eq!(seen.created, None, "{text}");
        assert!(seen.existed_by.is_some_and(|at| at >= latest && at < nov(21, 13)), "{text} {:?}", seen.existed_by);
        assert!(seen.alive.is_some_and(|at| at < nov(20, 10)), "{text} {:?}", seen.alive);
    }
    // The services write UTC.
    assert_eq!(first(&admin(r#""createdTime":"2026-11-20T10:00:00""#)).created, Some(nov(20, 10)));
    // Today can be no later than now, and a day to come is none.
    let seen = first(&csv("CreatedTime", "2026-11-24"));
    assert_eq!((seen.created, seen.existed_by), (None, Some(nov(24, 6))));
    says(&csv("CreatedTime", "2026-11-26"), ["line 2", "createdTime", "2026-11-26", "in the future", "clock"]);
}

#[test]
fn of_an_offer_since_a_day_only_its_end_is_sure() {
    let of = |key: &str| format!(r#""retentionDetails":{{"retentionPeriod":"P7D","{key}":"2026-11-20"}}"#);
    let (admins, apis) = ("backupsAvailableFromDateTime", "availableFromDateTime");
    for (text, key) in [(admin(&of(admins)), admins), (api(&of(apis)), apis)] {
        let seen = first(&text);
        assert_eq!(seen.oldest_backup, Some(nov(21, 12)));
        assert_eq!(seen.offered.and_then(|o| o.from), Some(nov(21, 12)));
        says(&text, ["row 1 (Pilot)", &format!("retentionDetails.{key}"), "2026-11-20", "no time", "UTC"]);
    }
}

#[test]
fn a_manual_backup_needs_the_instant_of_its_point() {
    let list = |point: &str, expiry: &str| {
        format!(
            r#"{{"collection":[{{"id":"{A}","label":"A","backupPointDateTime":"{point}","backupExpiryDateTime":"{expiry}"}}]}}"#
        )
    };
    let text = list("2026-11-20", "2026-11-27T10:00:00Z");
    says(&text, ["row 1", "backupPointDateTime", "2026-11-20", "no time", "admin center"]);
    assert!(import(&text).inventory.is_none());
    let row = |cells: [&str; 5]| {
        let [index, id, label, expiry, point] = cells;
        format!("{index:<5} {id:<36} {label:<5} {expiry:<10} {point}\n")
    };
    let pac = row(["Index", "Id", "Label", "Expiry", "Point Date"]) + &row(["1", A, "A", "27/11/2026", "20/11/2026"]);
    says(&pac, ["line 2", "backupPointDateTime", "20/11/2026", "no time", ""]);
    // An end counts from the first instant that it can mean.
    let got = import(&list("2026-11-20T10:00:00Z", "2026-11-27")).inventory.unwrap();
    assert_eq!(got.backups[0].backups[0].reported_expiry, Some(nov(26, 10)));
    // What has not come yet is no backup; a clock that runs a little ahead is no reason to doubt.
    let text = list("2026-11-30T10:00:00Z", "2026-12-07T10:00:00Z");
    says(&text, ["row 1", "backupPointDateTime", "2026-11-30T10:00:00Z", "in the future", "clock"]);
    assert!(import(&text).inventory.is_none());
    let soon = import(&list("2026-11-24T06:05:00Z", "2026-12-01T06:05:00Z")).inventory.unwrap();
    assert_eq!(soon.backups[0].backups.len(), 1);
}

#[test]
fn a_deletion_on_a_day_happened_somewhere_in_it() {
    let old = r#""createdTime":"2026-11-01T00:00:00Z","softDeletedTime":"2026-11-17""#;
    for text in
        [admin(old), api(&old.replace("createdTime", "createdDateTime").replace("softDeletedTime", "deletedDateTime"))]
    {
        let when = first(&text).deleted.unwrap();
        assert_eq!((when.known(), when.earliest(), when.latest()), (None, Some(nov(16, 10)), nov(18, 12)), "{text}");
    }
    let told = r#""lastModifiedTime":"2026-11-17T05:00:00Z","softDeletedTime":"2026-11-17""#;
    assert_eq!(first(&admin(told)).deleted.unwrap().earliest(), Some(nov(17, 5)));
    let today = first(&admin(r#""softDeletedTime":"2026-11-24""#)).deleted.unwrap();
    assert_eq!((today.earliest(), today.latest()), (Some(nov(23, 10)), nov(24, 6)));
}

#[test]
fn a_key_of_the_customer_that_is_not_linked_is_no_key_that_is_known() {
    let key = |link: &str, by: &str| {
        admin(&format!(
            r#""enterprisePolicies":{{"customerManagedKeys":{link},"vNets":null}},"protectionStatus":{{"keyManagedBy":"{by}"}}"#
        ))
    };
    for link in [r#"{"id":"/k","linkStatus":"NotLinked"}"#, "null", "{}"] {
        says(
            &key(link, "Customer"),
            [
                "row 1 (Pilot)",
                "protectionStatus.keyManagedBy",
                "customerManagedKeys",
                "which of them holds",
                "admin center",
            ],
        );
        assert_eq!(first(&key(link, "Customer")).key, None, "{link}");
        assert_eq!(first(&key(link, "Microsoft")).key, Some(Key::Microsoft), "{link}");
    }
    let linked = key(r#"{"id":"/k","linkStatus":"Linked"}"#, "Customer");
    assert_eq!(first(&linked).key, Some(Key::Customer(Some("/k".to_string()))));
    assert_eq!(first(&admin(r#""protectionStatus":{"keyManagedBy":"Customer"}"#)).key, Some(Key::Customer(None)));
}
