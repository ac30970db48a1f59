//! What a file says and what it only seems to say: deleted environments that look alive, rows that a quotation mark swallows, lists of
//! another tenant, and sentences that must be true of the file that they are about.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::{Deletion, Kind};
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

/// Nothing comes in, and a finding says this and helps with that.
#[track_caller]
pub fn refused(text: &str, says: &str, help: &str) -> Read {
    let got = import(text);
    assert!(got.inventory.is_none(), "{text}\n{:#?}", got.inventory);
    let found = got.findings.iter().any(|f| f.says.contains(says) && f.help.contains(help));
    assert!(found, "{text}\n{:#?}", got.findings);
    got
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
            "20 Dec 2026 06:00 UTC: one question says that it was put in the future, which nobody can have done: you are asked when the restore candidates were asked for, and for the rest the time at which the file is kept counts"
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

/// A finding at this place and field says this.
#[track_caller]
fn told(text: &str, environments: usize, [place, field, says]: [&str; 3]) {
    let got = import(text);
    assert_eq!(got.inventory.as_ref().map_or(0, |i| i.environments.len()), environments, "{text}\n{:#?}", got.findings);
    let found = got.findings.iter().any(|f| f.place.starts_with(place) && f.field == field && f.says.contains(says));
    assert!(found, "{text}\n{:#?}", got.findings);
}

#[test]
fn an_environment_without_an_id_is_told_as_one_and_where() {
    let no = "this row is an environment without an id";
    let api = r#"{"displayName":"P","type":"Sandbox","geo":"europe","dataverseId":null}"#;
    told(&format!(r#"{{"value":[{},{api}]}}"#, listed(A, "")), 1, ["row 2 (P)", "id", no]);
    refused(
        &format!(r#"{{"value":[{api}]}}"#),
        "the rows of this file are environments, and none has an id",
        "with the id of each",
    );
    refused(
        &format!(r#"{{"value":[{api},{{"displayName":"x"}}]}}"#),
        "1 of the 2 rows of this file are environments, and none has an id",
        "",
    );
    told("Name,Region,EnvironmentType,IsManaged\nP,europe,Sandbox,true\n", 0, ["line 2 (P)", "id", no]);
    let pac =
        r#"{"EnvironmentId":null,"DisplayName":"P","Type":"Sandbox","EnvironmentUrl":"https://p.crm4.dynamics.com/"}"#;
    told(&format!("[{pac}]"), 0, ["row 1 (P)", "EnvironmentId", no]);
    told(r#"[{"DisplayName":"P","EnvironmentType":"Sandbox","Location":"europe"}]"#, 0, ["row 1 (P)", "id", no]);
    // A list with such a row is not whole.
    let default = listed(&format!("Default-{TENANT}"), "");
    let got = import(&format!(r#"{{"value":[{default},{api}]}}"#));
    assert_eq!(got.inventory.map(|i| i.complete), Some(false));
    // What only has a word for a kind is none.
    refused(r#"[{"name":"x","type":"Production","owner":"y"}]"#, "not an inventory that the app knows", "");
    refused(
        r#"[{"name":"x","type":"Standard","region":"y","location":"z"}]"#,
        "not an inventory that the app knows",
        "",
    );
}

#[test]
fn a_quotation_mark_swallows_no_row_in_silence() {
    let lost = |header: &str, rows: &[&str], place: &str, field: &str, left: usize, says: &str| {
        let text = format!("{header}\n{}\n", rows.join("\n"));
        told(&text, left, [place, field, says]);
        assert!(import(&text).inventory.is_none_or(|i| !i.complete), "{text}");
    };
    let named = "DisplayName,EnvironmentName,EnvironmentType";
    let (default, a, b) =
        (format!("Start,Default-{TENANT},Default"), format!("One,{A},Sandbox"), format!("Two,{B},Sandbox"));
    let (open, closed) = ("never closed", "closed by that of another, so that the cell runs on to line");
    // Opened at the beginning of a row.
    let first = format!("\"open,{A},Sandbox");
    lost(named, &[&default, &first, &b], "line 3", "DisplayName", 1, open);
    lost(named, &[&default, &first], "line 3", "DisplayName", 1, open);
    lost(named, &[&default, &first, &format!("\"Z\",{B},Sandbox")], "line 3", "DisplayName", 1, closed);
    lost(named, &[&default, &first, &format!("\"\",{B},Sandbox")], "line 3", "DisplayName", 1, open);
    // Closed where a cell may end, so that all looks well: the mark of an inch at the end of a name.
    lost(named, &[&default, &first, &format!("21\",{B},Sandbox"), &a], "line 3", "DisplayName", 2, closed);
    let last = "EnvironmentName,EnvironmentType,DisplayName";
    lost(
        last,
        &[&format!("Default-{TENANT},Default,Start"), &format!("{A},Sandbox,\"open"), &format!("{B},Sandbox,Two 21\"")],
        "line 3",
        "DisplayName",
        1,
        closed,
    );
    // Quoted as it should be, nothing is lost.
    let fine = format!("{named}\n{default}\n\"Z\",{A},Sandbox\n\"one, \"\"or\"\"\nmore\",{B},Sandbox\n");
    assert_eq!(import(&fine).inventory.map(|i| (i.environments.len(), i.complete)), Some((3, true)));
    // JSON in a cell that is cut off in its middle, and whole rows behind it.
    let graph = "id,name,type,location,properties";
    let kind = "microsoft.powerplatform/environments";
    let row = |id: &str, cell: &str| format!("/providers/x/environments/{id},{id},{kind},europe,{cell}");
    let whole = r#""{""displayName"":""Two"",""environmentType"":""Sandbox""}""#;
    let third = "4e110003-2b5c-4d77-9a10-0a0b0c0d0e03";
    for cut in [r#""{""displayName"":""One"",""environmentTy"#, r#""{""displayName"":""One"","#, r#""{"#, "\""] {
        lost(graph, &[&row(A, cut), &row(B, whole), &row(third, whole)], "line 2", "properties", 1, closed);
        lost(graph, &[&row(A, cut), &row(B, "")], "line 2", "properties", 0, open);
        lost(graph, &[&row(A, cut), &row(B, "x\"")], "line 2", "properties", 0, closed);
    }
    // Cut off with its quotation mark: the row stays, its properties are told.
    told(
        &format!("{graph}\n{}\n{}\n", row(A, r#""{""displayName"":""One"",""environmentTy""#), row(B, whole)),
        2,
        ["line 2", "properties", "not whole"],
    );
    // Whole JSON may run over lines and name other environments.
    let printed = format!(
        "\"{{\n \"\"displayName\"\": \"\"One\"\",\n \"\"others\"\": [\n  \"\"{third}\"\", \"\"{B}\"\"\n ]\n}}\""
    );
    let got = import(&format!("{graph}\n{}\n{}\n", row(A, &printed), row(B, whole)));
    assert_eq!(got.inventory.map(|i| i.environments.len()), Some(2), "{:#?}", got.findings);
}

#[test]
fn csv_is_not_refused_by_the_name_of_a_table_that_only_pac_prints() {
    let when = "2026-11-01T00:00:00Z";
    let names_no_pac = |text: &str, says: &str| {
        refused(text, says, "");
        assert!(import(text).findings.iter().all(|f| !f.says.contains("pac")), "{:#?}", import(text).findings);
    };
    names_no_pac(
        &format!("OperationId,OperationName,OperationStatus,EnvironmentId\n{B},Restore,Succeeded,{A}\n"),
        "a list of operations, not",
    );
    names_no_pac(&format!("Id,Operation,UserId,CreationTime\n{B},Restore,me,{when}\n"), "a list of log entries");
    names_no_pac(&format!("Name,Id,Cloud,Kind\nX,{B},Azure,vm\n"), "not an inventory that the app knows");
    names_no_pac("CreationDate,Operations,ResultStatus\nx,Restore,ok\n", "this text is not an inventory");
    names_no_pac("Index,Active,Kind,Name of it,User\n1,x,y,z,me\n", "this text is not an inventory");
    // Titles are compared whole, and rows are no titles.
    names_no_pac("Robot,Filename,Identity\na,b,c\n", "this text is not an inventory");
    names_no_pac("Title,Text\nThe connector,its name\n", "this text is not an inventory");
    refused("CloudName,SubscriptionId\nAzure,x\n", "a list of Azure subscriptions", "");
    // Environments of which none can be used: nobody knows which tool printed them.
    names_no_pac("EnvironmentId,Name,EnvironmentType\n7,One,Sandbox\n", "no usable environment id");
}

/// What is told of the policies beside the key, under each name; `?`: nothing.
#[test]
fn policies_are_known_where_all_of_them_are_told() {
    let check = |policies: &str, expect: &str| {
        let got = import(&format!(
            r#"{{"value":[{{"id":"{A}","displayName":"Pilot","type":"Sandbox","geo":"europe","protectionLevel":"Basic","enterprisePolicies":{{{policies}}}}}]}}"#
        ));
        let seen = got.inventory.as_ref().and_then(|i| i.environments[0].policies.as_ref());
        let told = seen.map_or("?".into(), |all| all.iter().map(|p| p.sort.as_str()).collect::<Vec<_>>().join(" "));
        assert_eq!(told, expect, "{policies}");
    };
    let linked = r#"{"id":"n","status":"Linked"}"#;
    check(r#""identity":null,"networkInjection":null,"privateEndpoint":null"#, "");
    check(
        &format!(r#""encryption":null,"identity":null,"networkInjection":{linked},"privateEndpoint":null"#),
        "networkinjection",
    );
    check(r#""encryption":null"#, "?");
    check(r#""encryption":null,"networkInjection":null"#, "?");
    check(&format!(r#""networkInjection":{linked},"identity":null"#), "?");
    // The admin API's own name. It leaves out what is not linked and names the identity apart, so that a null alone is the word of
    // whatever tool filled it in, also where the policies were never asked for.
    for null in ["null", "{}", "[]", "\"\""] {
        check(&format!(r#""vNets":{null}"#), "?");
        check(&format!(r#""vNets":{null},"identity":null"#), "");
    }
    check(r#""vNets":{"linkStatus":"NotLinked"}"#, "");
    check(&format!(r#""vNets":{linked}"#), "networkinjection");
    check(&format!(r#""vNets":{linked},"identity":{linked}"#), "identity networkinjection");
}

#[test]
fn the_default_environment_is_known_by_its_id() {
    for (id, kind) in [(format!("Default-{TENANT}"), Kind::Default), (A.to_string(), Kind::Production)] {
        for text in [
            format!("EnvironmentName,DisplayName,EnvironmentType\n{id},Contoso,Production\n"),
            format!(
                r#"[{{"name":"{id}","location":"europe","properties":{{"displayName":"Contoso","environmentType":"Production"}}}}]"#
            ),
        ] {
            let got = import(&text);
            assert_eq!(got.inventory.unwrap().environments[0].kind, Some(kind.clone()), "{text}");
        }
    }
}
