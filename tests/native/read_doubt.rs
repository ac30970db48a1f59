//! Values that a file does not tell to the end: days without a time, times without a zone, things that contradict each other, numbers
//! and words that cannot be read. Each is named, and nothing is taken for sure that they leave open.

use crate::import_faults::check_says;
use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::{Key, Kind};
use restore_desk::domain::inventory::Observation;
use restore_desk::interop::import::{Read, read};

fn nov(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap()
}

fn import(text: &str) -> Read {
    read("pasted text", text.as_bytes(), nov(24, 6), |_| 0)
}

const A: &str = "4e110001-2b5c-4d77-9a10-0a0b0c0d0e01";
const B: &str = "4e110002-2b5c-4d77-9a10-0a0b0c0d0e02";

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

#[test]
fn json_in_a_cell_is_read_as_the_format_that_it_is() {
    let props = r#"{""displayName"":""Sales"",""environmentSku"":""Production"",""tenantId"":""aa110001-0000-4d77-9a10-0a0b0c0d0e0f"",""createdTime"":""2024-06-12T08:14:09Z"",""governanceConfiguration"":{""protectionLevel"":""Standard""},""retentionPeriod"":""P28D"",""linkedEnvironmentMetadata"":{""instanceUrl"":""https://org1.crm4.dynamics.com/""}}"#;
    let long = format!("/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/{A}");
    let rest = format!(
        "id,type,location,name,properties\n{long},Microsoft.BusinessAppPlatform/scopes/environments,europe,{A},\"{props}\"\n"
    );
    let bare = format!("name,location,properties\n{A},europe,\"{props}\"\n");
    let cmdlet = format!(
        "EnvironmentName,DisplayName,EnvironmentType,Internal\n{A},Sales,Production,\"{{\"\"name\"\":\"\"{A}\"\",\"\"location\"\":\"\"europe\"\",\"\"properties\"\":{props}}}\"\n"
    );
    for text in [rest, bare, cmdlet] {
        let got = import(&text).inventory.unwrap_or_else(|| panic!("{text}"));
        assert_eq!(got.tenant_id.as_deref(), Some("aa110001-0000-4d77-9a10-0a0b0c0d0e0f"), "{text}");
        let seen = got.environments.first().unwrap();
        assert_eq!(
            (seen.name.as_deref(), &seen.kind, seen.managed, seen.dataverse, seen.retention_setting),
            (Some("Sales"), &Some(Kind::Production), Some(true), Some(true), Some(28)),
            "{text}"
        );
        assert!(seen.created.is_some() && seen.region.is_some(), "{text}");
    }
    let broken =
        format!("EnvironmentName,DisplayName,EnvironmentType,Internal\n{A},Sales,Production,\"{{\"\"name\"\":1,\"\n");
    says(&broken, ["line 2 (Sales)", "Internal", "name", "not whole", "as JSON"]);
}

#[test]
fn a_table_for_the_screen_is_refused_with_what_to_ask_for() {
    let head = "EnvironmentName                      DisplayName EnvironmentType Location\n---------------                      ----------- --------------- --------\n";
    let whole = format!("\n{head}{A} Sales       Production      europe\n{B} Sales UAT   Sandbox         europe\n");
    let cut = whole.replace("0d0e02", "...");
    for text in [whole, cut] {
        says(&text, ["", "", "", "a table for the screen", "ConvertTo-Json -Depth 10"]);
        assert!(import(&text).findings.iter().all(|f| !f.help.contains("window wider")), "{text}");
    }
    for text in [
        format!("id       : /providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/{A}\nname     : {A}\n"),
        format!(
            "name                                  displayName\n------------------------------------  -----------\n{A}  Sales\n"
        ),
        format!(
            "# pp environment list --output md\n\nDate: 24/11/2026\n\n## Sales\n\nProperty | Value\n---------|-------\nname | {A}\n"
        ),
    ] {
        says(&text, ["", "", "", "a table for the screen", "--output json"]);
    }
}

#[test]
fn of_metadata_that_were_cut_off_the_column_of_the_row_is_left() {
    let row = |copy: &str| {
        format!(
            r#"[{{"EnvironmentName":"{A}","DisplayName":"Pilot","EnvironmentType":"Sandbox","CommonDataServiceDatabaseType":"{copy}","Internal":{{"name":"{A}","properties":"@{{databaseType=CommonDataService; linkedEnvironmentMetadata=; environmentSku=Sandbox}}"}}}}]"#
        )
    };
    assert_eq!(first(&row("Common Data Service for Apps")).dataverse, Some(true));
    assert_eq!(first(&row("none")).dataverse, None);
    assert_eq!(first(&row("")).dataverse, None);
}

#[test]
fn numbers_that_cannot_be_read_are_said() {
    let of = |amount: &str| {
        admin(&format!(
            r#""capacity":[{{"capacityType":"Database","actualConsumption":{amount},"capacityUnit":"MB","updatedOn":"2026-11-20T00:00:00Z"}}]"#
        ))
    };
    for (amount, mb) in [("885.04", 885.04), (r#""885,04""#, 885.04), (r#""0,885""#, 0.885), (r#""12""#, 12.0)] {
        assert_eq!(first(&of(amount)).database_mb, Some(mb), "{amount}");
    }
    for (amount, value) in [("-3", "-3"), (r#""1,024""#, "1,024"), (r#""much""#, "much")] {
        assert_eq!(first(&of(amount)).database_mb, None, "{amount}");
        says(
            &of(amount),
            ["row 1 (Pilot)", "capacity.actualConsumption", value, "no amount of storage", "plain numbers"],
        );
    }
    let report = |cell: &str| {
        format!("Name;EnvironmentId;Type;Region;IsManagedEnv;Database (MB)\nPilot;{A};Sandbox;europe;No;{cell}\n")
    };
    assert_eq!(first(&report("885,04")).database_mb, Some(885.04));
    says(&report("many"), ["line 2 (Pilot)", "DatabaseMB", "many", "no amount", ""]);
    let tenant = r#"{"tenantCapacities":[{"capacityType":"Database","totalCapacity":-3,"capacityUnits":"MB","consumption":{"rated":1}}]}"#;
    says(tenant, ["row 1", "totalCapacity", "-3", "no amount", ""]);
    let sku = admin(r#""isDefault":false"#).replace(r#""Sandbox""#, "3");
    says(&sku, ["row 1 (Pilot)", "environmentSku", "3", "no name of a kind", "admin center"]);
    assert_eq!(first(&sku).kind, None);
    says(&api(r#""protectionLevel":2"#), ["row 1", "protectionLevel", "2", "not known", ""]);
}

#[test]
fn a_report_tells_whether_it_has_dataverse() {
    let report = |cell: &str| {
        format!("Display Name,Environment ID,Environment SKU,Region,Has CDS\nPilot,{A},Sandbox,Europe,{cell}\n")
    };
    for (cell, has) in [("Yes", Some(true)), ("No", Some(false)), ("", None)] {
        assert_eq!(first(&report(cell)).dataverse, has, "{cell}");
    }
    says(&report("perhaps"), ["line 2", "HasCDS", "perhaps", "neither yes nor no", ""]);
}

#[test]
fn a_hint_of_the_region_counts_where_it_names_a_geography() {
    let hint = |hint: &str| {
        format!(
            r#"{{"value":[{{"name":"{A}","type":"Microsoft.BusinessAppPlatform/scopes/environments","properties":{{"azureRegionHint":"{hint}","displayName":"Pilot","environmentSku":"Sandbox"}}}}]}}"#
        )
    };
    let seen = first(&hint("europe"));
    assert_eq!((seen.region.as_ref().map(|r| r.as_str()), seen.azure_region), (Some("europe"), None));
    let seen = first(&hint("westeurope"));
    assert_eq!((seen.region, seen.azure_region.as_deref()), (None, Some("westeurope")));
    says(
        &hint("westeurope"),
        ["row 1 (Pilot)", "azureRegionHint", "westeurope", "no name of a geography", "region in the app"],
    );
}

#[test]
fn a_default_environment_is_one_by_its_id_and_nothing_is_said_of_its_kind() {
    let default = "Default-aa110001-0000-4d77-9a10-0a0b0c0d0e0f";
    let text = format!(
        "Aktiv Umgebung Umgebungs-ID                                 Umgebungs-URL                   Typ      Organisations-ID\n      Std      {default} https://org9.crm4.dynamics.com/ Standard 7b1e1009-3c5d-4e6f-8a9b-000000001009\n"
    );
    assert_eq!(first(&text).kind, Some(Kind::Default));
    assert!(import(&text).findings.iter().all(|f| !f.says.contains("this kind")), "{:#?}", import(&text).findings);
}

#[test]
fn refusals_help_with_what_they_say() {
    says(
        r#"{"error":{"code":"AuthenticationFailed","message":"Authentication failed."}}"#,
        ["", "", "AuthenticationFailed", "", "sign in again"],
    );
    says(
        r#"{"error":{"code":"X","message":"The request is missing the Authorization header."}}"#,
        ["", "", "X", "", "sign in again"],
    );
    says(
        r#"{"errorDetail":{"code":"RegionMismatch","fieldErrors":{"x":{"errorMessages":["Source and target are in different regions."]}}}}"#,
        ["", "", "RegionMismatch", "different regions", "another target"],
    );
    let rows = format!(
        r#"[{{"EnvironmentId":"{A}","DisplayName":"A","Type":"Sandbox","EnvironmentUrl":"https://a.crm4.dynamics.com/","OrganizationId":"{B}"}},{{"error":{{"code":"Forbidden","message":"The user does not have permission."}}}}]"#
    );
    says(&rows, ["row 2", "", "", "“The user does not have permission”", "the role Power Platform administrator"]);
}

#[test]
fn ids_under_name_alone_prove_nothing_and_that_is_said() {
    let text = format!(
        "name,displayName,environmentType,isManaged,location\n{A},Sales,Production,True,europe\nDefault-{B},Contoso,Default,False,europe\n"
    );
    says(&text, ["", "", "name, displayName", "ids under `name`", "project `type` and `id`"]);
    assert!(import(&text).findings.iter().all(|f| !f.says.contains("without an id")), "{:#?}", import(&text).findings);
}

#[test]
fn braces_around_an_id_are_no_part_of_it() {
    let braced = format!("{{{A}}}");
    for text in [csv("Location", "europe"), api(r#""azureRegion":"westeurope""#)] {
        assert_eq!(first(&text.replace(A, &braced)).id, A, "{text}");
    }
    assert_eq!(first(&csv("Location", "europe").replace(A, &braced.to_uppercase())).id, A.to_uppercase());
}
