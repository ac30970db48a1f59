//! What a file says and what it only seems to say: deleted environments that look alive, rows that a quotation mark swallows, lists of
//! another tenant, and sentences that must be true of the file that they are about.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::Deletion;
use restore_desk::interop::import::{Read, read};

fn nov(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, 6, 0, 0).unwrap()
}

fn now() -> DateTime<Utc> {
    nov(24)
}

fn import(text: &str) -> Read {
    read("pasted text", text.as_bytes(), now(), |_| 0)
}

const A: &str = "4e110001-2b5c-4d77-9a10-0a0b0c0d0e01";
const B: &str = "4e110002-2b5c-4d77-9a10-0a0b0c0d0e02";
const TENANT: &str = "aa110001-0000-4d77-9a10-0a0b0c0d0e0f";

/// Each environment as `<id> living`, `<id> 10` or `<id> ?` where it is deleted and nobody knows when.
fn deletions(got: &Read) -> Vec<String> {
    let word = |d: Option<Deletion>| match d.map(|d| d.known()) {
        None => "living".to_string(),
        Some(Some(at)) => at.format("%-d").to_string(),
        Some(None) => "?".to_string(),
    };
    let seen = got.inventory.iter().flat_map(|i| &i.environments);
    seen.map(|o| format!("{} {}", o.id, word(o.deleted))).collect()
}

#[track_caller]
fn deleted(text: &str, expect: &[(&str, &str)]) {
    let got = import(text);
    let expect: Vec<String> = expect.iter().map(|(id, when)| format!("{id} {when}")).collect();
    assert_eq!(deletions(&got), expect, "{text}\n{:#?}", got.findings);
    let unsaid =
        got.findings.iter().filter(|f| f.says.contains("when it was deleted") || f.says.contains("does not say when"));
    assert_eq!(unsaid.count(), expect.iter().filter(|e| e.ends_with('?')).count(), "{text}\n{:#?}", got.findings);
}

#[test]
fn the_list_of_the_deleted_lists_deleted_ones_whatever_its_times_are() {
    let row = |more: &str| {
        format!(r#"[{{"EnvironmentName":"{A}","DisplayName":"Pilot","EnvironmentType":"Sandbox"{more}}}]"#)
    };
    for (time, when) in [
        (r#""2026-11-20T06:00:00Z""#, "20"),
        (r#""0001-01-01T00:00:00""#, "?"),
        (r#""1970-01-01T00:00:00Z""#, "?"),
        ("null", "?"),
        (r#""""#, "?"),
        (r#""2026-12-20T06:00:00Z""#, "?"),
        (r#""soon""#, "?"),
    ] {
        for key in ["DeletedTime", "softDeletedTime", "SOFTDELETEDTIME"] {
            deleted(&row(&format!(r#","{key}":{time}"#)), &[(A, when)]);
        }
        let cell = time.trim_matches('"').replace("null", "");
        deleted(
            &format!(
                "EnvironmentName,DisplayName,EnvironmentType,DeletedTime\n{A},Pilot,Sandbox,{cell}\n{B},Two,Production,2026-11-19T06:00:00Z\n"
            ),
            &[(A, when), (B, "19")],
        );
        deleted(&format!("EnvironmentName;DisplayName;DeletedTime\n{A};Pilot;{cell}\n"), &[(A, when)]);
    }
    // Without such a column it is a list of living ones.
    deleted(&row(""), &[(A, "living")]);
    // The Default environment cannot be deleted.
    let default = format!("Default-{TENANT}");
    deleted(&row(r#","DeletedTime":null"#).replace(A, &default), &[(&default, "living")]);
    // What an export as CSV makes of the body.
    let body = format!("@{{id=/providers/x/scopes/admin/deletedEnvironments/{A}; name={A}}}");
    deleted(
        &format!("EnvironmentName,DisplayName,EnvironmentType,Internal\n{A},Pilot,Sandbox,\"{body}\"\n"),
        &[(A, "?")],
    );
}

#[test]
fn an_address_of_deleted_environments_is_proof_in_any_case_and_wherever_it_stands() {
    let row = |folder: &str, more: &str| {
        format!(
            r#"{{"id":"/providers/Microsoft.BusinessAppPlatform/scopes/admin/{folder}/{A}","name":"{A}","location":"europe","properties":{{"displayName":"Pilot","environmentSku":"Sandbox"{more}}}}}"#
        )
    };
    let list = |row: &str, around: &str| format!(r#"{{"value":[{row}]{around}}}"#);
    for folder in ["deletedEnvironments", "DELETEDENVIRONMENTS", "softDeletedEnvironments", "SoftDeletedEnvironments"] {
        deleted(&list(&row(folder, ""), ""), &[(A, "?")]);
        deleted(&row(folder, ""), &[(A, "?")]);
        deleted(&list(&row(folder, r#","softDeletedTime":"2026-11-20T06:00:00Z""#), ""), &[(A, "20")]);
        deleted(
            &format!(r#"[{{"EnvironmentName":"{A}","DisplayName":"Pilot","Internal":{}}}]"#, row(folder, "")),
            &[(A, "?")],
        );
        let url =
            format!("https://api.bap.microsoft.com/providers/Microsoft.BusinessAppPlatform/scopes/admin/{folder}");
        deleted(&list(&row("environments", ""), &format!(r#","nextLink":"{url}?$skiptoken=2""#)), &[(A, "?")]);
        deleted(&list(&row("environments", ""), &format!(r#","@odata.context":"{url}""#)), &[(A, "?")]);
        for line in [format!("GET {url}?api-version=2019-05-01"), format!("GET {url}")] {
            deleted(&format!("{line}\n\n{}", list(&row("environments", ""), "")), &[(A, "?")]);
        }
        let typed = row("environments", "")
            .replace(r#""name""#, &format!(r#""type":"Microsoft.BusinessAppPlatform/scopes/{folder}","name""#));
        deleted(&list(&typed, ""), &[(A, "?")]);
    }
    let typed = format!(
        "PS C:\\> Get-AdminPowerAppSoftDeletedEnvironment | ConvertTo-Json\n{}",
        list(&row("environments", ""), "")
    );
    deleted(&typed, &[(A, "?")]);
    deleted(&list(&row("environments", ""), ""), &[(A, "living")]);
    deleted(&list(&row("environments", "").replace("Pilot", "deletedEnvironments"), ""), &[(A, "living")]);
}

/// Nothing comes in, and the first error says this and helps with that.
#[track_caller]
fn refused(text: &str, says: &str, help: &str) {
    let got = import(text);
    assert!(got.inventory.is_none(), "{text}\n{:#?}", got.inventory);
    let first = got.findings.first().unwrap();
    assert!(first.says.contains(says) && first.help.contains(help), "{text}\n{:#?}", got.findings);
}

#[test]
fn the_discovery_service_is_refused_by_its_own_name() {
    let name = "a list of Dataverse organizations of the discovery service";
    let help = "pac admin list --json";
    let row = |more: &str| {
        format!(
            r#"{{"Id":"{B}","UniqueName":"unq1","UrlName":"pilot","FriendlyName":"Pilot","State":0,"Version":"9.2.1.1","Url":"https://pilot.crm4.dynamics.com","ApiUrl":"https://pilot.api.crm4.dynamics.com"{more}}}"#
        )
    };
    let ids = format!(
        r#","EnvironmentId":"{A}","TenantId":"{TENANT}","OrganizationType":0,"Purpose":"","IsUserSysAdmin":true"#
    );
    refused(
        &format!(
            r#"{{"@odata.context":"https://globaldisco.crm.dynamics.com/api/discovery/v2.0/$metadata#Instances","value":[{}]}}"#,
            row(&ids)
        ),
        name,
        help,
    );
    refused(&format!("[{}]", row(&ids)), name, help);
    refused(&row(&ids), name, help);
    refused(&format!("[{}]", row(r#","OrganizationType":0"#)), name, help);
    refused(
        &format!(
            "Id,UniqueName,UrlName,FriendlyName,State,Version,Url,ApiUrl,EnvironmentId,TenantId,Geo\n{B},unq1,pilot,Pilot,0,9.2.1.1,https://pilot.crm4.dynamics.com,https://pilot.api.crm4.dynamics.com,{A},{TENANT},EMEA\n"
        ),
        name,
        help,
    );
    // A solution is still one.
    refused("friendlyname,uniquename,version,ismanaged\nCore,core,1.0.0.0,True\n", "a list of solutions", "");
}

#[test]
fn an_operation_that_begins_in_the_future_is_not_said_to_lack_a_time() {
    let row = |began: &str| {
        format!(
            r#"[{{"operationId":"{B}","name":"Restore","status":"Succeeded","stageStatuses":[],"updatedEnvironment":{{"environmentId":"{A}"}}{began}}}]"#
        )
    };
    let said = |text: &str| -> Vec<String> {
        import(text).findings.into_iter().map(|f| f.says).filter(|s| !s.starts_with("these are")).collect()
    };
    let left_out = "an operation without a time at which it began that can be used: left out".to_string();
    assert_eq!(
        said(&row(r#","startTime":"2026-12-20T06:00:00Z""#)),
        [left_out.clone(), "this instant lies in the future and was left out".to_string()]
    );
    assert_eq!(said(&row(r#","startTime":"soon""#)), [left_out, "this is no date and was left out".to_string()]);
    assert_eq!(
        said(&row(r#","startTime":"0001-01-01T00:00:00""#)),
        ["an operation without a time at which it began: left out"]
    );
    assert_eq!(said(&row("")), ["an operation without a time at which it began: left out"]);
}

/// A file of the collector with this stamp and these questions.
fn collection(tenant: &str, cloud: &str, questions: &[String]) -> String {
    format!(
        "{{\"collector\":\"restore-desk\",\"version\":1,\"tenant\":\"{tenant}\",\"cloud\":\"{cloud}\",\"questions\":[\n{}\n],\"finished\":\"2026-11-23T01:00:00Z\"}}\n",
        questions.join(",\n")
    )
}

fn question(ask: &str, of: &str, asked: &str, rows: &str) -> String {
    let list = if ask == "candidates" { "collection" } else { "value" };
    format!(r#"{{"ask":"{ask}","of":"{of}","asked":"{asked}","status":"answered","answer":{{"{list}":[{rows}]}}}}"#)
}

fn listed(id: &str, more: &str) -> String {
    format!(r#"{{"id":"{id}","displayName":"E","type":"Sandbox","geo":"europe"{more}}}"#)
}

#[test]
fn a_collection_whose_times_lie_in_the_future_says_so_and_what_counts_instead() {
    let later = "2026-12-20T06:00:00Z";
    let said = |asked: [&str; 2]| {
        let rows = format!(
            r#"{{"environmentId":"{B}","displayName":"E","dataverseOrganizationUrl":"https://e.crm4.dynamics.com"}}"#
        );
        let questions =
            [question("environments", "", asked[0], &listed(A, "")), question("candidates", A, asked[1], &rows)];
        let got = import(&collection(TENANT, "prod", &questions));
        let all = got.findings.iter().filter(|f| f.says.contains("put"));
        all.map(|f| format!("{}: {}", f.value, f.says)).collect::<Vec<_>>()
    };
    let fine = "2026-11-23T00:30:00Z";
    assert_eq!(said([fine, fine]), [] as [String; 0]);
    assert_eq!(
        said([later, fine]),
        [
            "20 Dec 2026 06:00 UTC: one question says that it was put in the future, which nobody can have done: the time at which the file is kept counts instead"
        ]
    );
    assert_eq!(
        said([fine, later]),
        [
            "20 Dec 2026 06:00 UTC: one question says that it was put in the future, which nobody can have done: the time of the list of environments, 23 Nov 2026 00:30 UTC, counts for the restore candidates, and for the rest that at which the file is kept"
        ]
    );
    assert_eq!(
        said([later, later]),
        [
            "20 Dec 2026 06:00 UTC: 2 questions say that they were put in the future, which nobody can have done: you are asked when the restore candidates were asked for, and for the rest the time at which the file is kept counts"
        ]
    );
    assert_eq!(
        said(["soon", fine]),
        [
            "soon: one question says that it was put at a time that cannot be read: the time at which the file is kept counts instead"
        ]
    );
}

#[test]
fn a_stamp_that_is_not_that_of_the_rows_is_told_with_both() {
    let asked = "2026-11-23T00:30:00Z";
    let at = |url: &str| question("environments", "", asked, &listed(A, &format!(r#","url":"{url}""#)));
    let gcc = import(&collection(TENANT, "prod", &[at("https://e.crm9.dynamics.com/")]));
    let cloud = gcc.findings.iter().find(|f| f.says.contains("cloud")).unwrap();
    assert_eq!(
        cloud.says,
        "the stamp of the file says the cloud Public, and the addresses in it say GCC: which of them is right is not known"
    );
    assert!(gcc.inventory.is_some());
    let same = import(&collection(TENANT, "usgov", &[at("https://e.crm9.dynamics.com/")]));
    assert!(same.findings.iter().all(|f| !f.says.contains("cloud")), "{:#?}", same.findings);
    let other = "bb220002-0000-4d77-9a10-0a0b0c0d0e0f";
    let rows = question("environments", "", asked, &listed(A, &format!(r#","tenantId":"{other}""#)));
    refused(
        &collection(TENANT, "prod", &[rows]),
        &format!(
            "the stamp of the file says the tenant {TENANT}, and the rows in it say {other}: they are of 2 tenants"
        ),
        "a file of its own",
    );
}
