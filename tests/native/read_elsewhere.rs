//! Files of other hands: columns that somebody added, lists that an error cut short, pages of which others are missing, tables between
//! strokes, and states in words that are not known. Nothing of them is taken for more than they say.

use super::import_faults::check_says;
use super::read_mangled::{A, DEFAULT, admin, first, says, taken};
use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::{Activity, Key, Kind, Operation, RuntimeState};
use restore_desk::interop::import::{Read, read};

fn import(text: &str) -> Read {
    let now: DateTime<Utc> = Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap();
    read("pasted text", text.as_bytes(), now, |_| 0)
}

const B: &str = "6a210002-3c5d-4e66-8b21-0a0b0c0d0e02";

fn cmdlet(more: &str) -> String {
    format!(r#"[{{"EnvironmentName":"{A}","DisplayName":"E","EnvironmentType":"Sandbox"{more}}}]"#)
}

fn api(more: &str) -> String {
    format!(
        r#"{{"value":[{{"id":"{A}","displayName":"E","type":"Sandbox","geo":"europe","protectionLevel":"Basic"{more}}}]}}"#
    )
}

fn report(title: &str, cell: &str) -> String {
    format!("EnvironmentId,Name,EnvironmentType,Region,{title}\n{A},E,Sandbox,europe,{cell}\n")
}

/// `Select-Object` makes columns of its own; what they say counts as much as in a report.
#[test]
fn a_deletion_counts_in_whatever_column_it_stands() {
    for (text, gone) in [
        (cmdlet(r#","IsDeleted":true"#), true),
        (cmdlet(r#","IsDeleted":"False""#), false),
        (cmdlet(r#","DeletedOn":"2025-11-20T06:00:00Z""#), true),
        (cmdlet(r#","deletedAt":"0001-01-01T00:00:00Z""#), false),
        (api(r#","isDeleted":true"#), true),
        (api(r#","softDeletedDateTime":"2025-11-20T06:00:00Z""#), true),
        (api(r#","deletedDateTime":"1970-01-01T00:00:00Z","isDeleted":false"#), false),
    ] {
        assert_eq!(first(&text).deleted.is_some(), gone, "{text}");
    }
}

#[test]
fn columns_beside_those_of_a_tool_are_read() {
    let days = |text: &str| first(text).retention_setting;
    assert_eq!(days(&cmdlet(r#","BackupRetentionPeriod":"P28D""#)), Some(28));
    assert_eq!(days(&cmdlet(r#","RetentionPeriodInDays":14"#)), Some(14));
    assert_eq!(days(&cmdlet(r#","RetentionPeriod":"P7D","RetentionPeriodInDays":14"#)), Some(7));
    assert_eq!(first(&cmdlet(r#","HasDataverse":true"#)).dataverse, Some(true));
    let addressed = first(&cmdlet(r#","DataverseUrl":"https://e.crm4.dynamics.com""#));
    assert_eq!((addressed.dataverse, addressed.url.as_deref()), (Some(true), Some("https://e.crm4.dynamics.com")));
    assert!(first(&cmdlet(r#","CreatedOn":"2025-01-02T03:04:05Z""#)).created.is_some());
    assert_eq!(first(&report("Admin Mode", "On")).state, Some(RuntimeState::AdminMode));
    assert_eq!(first(&report("State", "Administration mode")).state, Some(RuntimeState::AdminMode));
    assert_eq!(first(&report("State", "Ready")).state, None);
    assert_eq!(first(&report("Key managed by", "Customer")).key, Some(Key::Customer(None)));
    assert_eq!(first(&report("Key managed by", "Microsoft")).key, None);
    let own = |cell: &str| first(&report("Customer Managed Key", cell)).key;
    assert_eq!(["Yes", "No", ""].map(own), [Some(Key::Customer(None)), Some(Key::Microsoft), None]);
    says(
        &report("Customer Managed Key", "kv-prod"),
        1,
        ["line 2 (E)", "CustomerManagedKey", "kv-prod", "neither yes nor no", ""],
    );
    // Of which groups it speaks is not known.
    says(&report("Group", "Finance"), 1, ["", "Group", "", "look as if they mattered", ""]);
}

#[test]
fn the_default_environment_is_one_in_the_columns_of_a_report() {
    for title in ["Environment is Default", "Is Default Environment"] {
        let text = format!(
            "Display Name,Environment ID,Environment Type,Environment Region,{title}\nE,{A},Production,europe,Yes\n"
        );
        assert_eq!(first(&text).kind, Some(Kind::Default), "{text}");
    }
    says(
        &format!(
            "Display Name,Environment ID,Environment Type,Environment Region,Environment Created On\nE,{A},Production,europe,3/5/2024 9:11 AM\n"
        ),
        1,
        ["line 2 (E)", "EnvironmentCreatedOn", "3/5/2024", "order of day and month", ""],
    );
}

/// A column that begins inside a word would cut an address or a kind, which is then taken for the whole.
#[test]
fn no_column_cuts_a_word() {
    let text = format!(
        "Active Environment Environment Id                       Environment Url               Type       Organization Id\n       E           {A} https://eleven.crm4.dynamics.com/ Developer  6a21000a-3c5d-4e66-8b21-0a0b0c0d0e0a\n"
    );
    let seen = first(&text);
    assert_eq!((seen.kind, seen.url.as_deref()), (Some(Kind::Developer), Some("https://eleven.crm4.dynamics.com/")));
}

/// A word that is not known may be that of an operation, whatever another word beside it says; and what was once provisioned says nothing
/// of what runs now.
#[test]
fn a_state_that_is_not_known_is_not_idle() {
    let of = |more: &str| first(&format!("[{}]", admin(A, "Sandbox", more))).activity;
    let busy = |what| Some(Some(Activity { what, since: None, seen: None }));
    for (states, activity) in [
        (r#","provisioningState":"Succeeded","states":{"management":{"id":"Ready"}}"#, Some(None)),
        (r#","provisioningState":"Succeeded","states":{"management":"Ready"}"#, Some(None)),
        (r#","provisioningState":"Succeeded","states":{"management":"Restoring"}"#, busy(Operation::Restoring)),
        (r#","provisioningState":"Succeeded","states":{"management":{"id":"RestoringFromBackup"}}"#, None),
        (r#","provisioningState":"Succeeded","states":"@{management=; runtime=}""#, None),
        (r#","provisioningState":"Succeeded""#, None),
    ] {
        assert_eq!(of(states), activity, "{states}");
    }
    assert_eq!(first(&cmdlet(r#","CommonDataServiceDatabaseProvisioningState":"Succeeded""#)).activity, None);
}

/// That administration mode is off makes nothing enabled that is not.
#[test]
fn what_failed_is_not_enabled() {
    let of = |state: &str| first(&api(&format!(r#","state":"{state}","adminMode":"Disabled""#))).state;
    assert_eq!(of("Enabled"), Some(RuntimeState::Enabled));
    assert_eq!(of("Updating"), Some(RuntimeState::Enabled));
    assert_eq!(of("Failed"), Some(RuntimeState::Other("Failed".into())));
    assert_eq!(of("NotReady"), Some(RuntimeState::Other("NotReady".into())));
    assert_eq!(of("Deleted"), None);
    // In a report neither: that its administration mode is off does not say that it runs.
    let report = |state: &str, mode: &str| {
        first(&format!("EnvironmentId,Name,EnvironmentType,State,Admin Mode\n{A},E,Sandbox,{state},{mode}\n")).state
    };
    assert_eq!(report("Enabled", "Off"), Some(RuntimeState::Enabled));
    assert_eq!(report("Failed", "Off"), None);
    assert_eq!(report("", "No"), None);
    assert_eq!(report("Enabled", "On"), Some(RuntimeState::AdminMode));
    let said =
        ["row 1 (E)", "state", "Failed", "something that was done with the environment did not succeed", "history"];
    says(&api(r#","state":"Failed""#), 1, said);
    let failed = admin(A, "Sandbox", r#","provisioningState":"Failed""#);
    says(&format!("[{failed}]"), 1, ["row 1 (E)", "provisioningState", "Failed", "did not succeed", "history"]);
}

/// An error of the service or a tool beside a list: whatever came before it need not be all.
#[test]
fn a_list_beside_an_error_is_not_the_whole_tenant() {
    let rows = format!("{},{}", admin(DEFAULT, "Default", ""), admin(A, "Sandbox", ""));
    let error = r#"{"code":"TooManyRequests","message":"Rate limit is exceeded."}"#;
    let refused = "Invoke-RestMethod : The remote server returned an error: (429) Too Many Requests.";
    let pac = format!(
        "Active Environment Environment Id                                Type\n       Start       {DEFAULT} Default\n"
    );
    let csv = format!("EnvironmentName,DisplayName,EnvironmentType,IsDefault\n{DEFAULT},Start,Default,True\n");
    let list = format!("EnvironmentName : {DEFAULT}\nDisplayName     : Start\nEnvironmentType : Default\n\n");
    for (whole, cut) in [
        (format!(r#"{{"value":[{rows}]}}"#), format!(r#"{{"value":[{rows}],"error":{error}}}"#)),
        (format!("[{rows}]"), format!("[{rows}]\n{refused}\nAt line:1 char:1\n")),
        (format!("[{rows}]"), format!("{refused}\n[{rows}]\n")),
        (pac.clone(), format!("{pac}Error: Sorry, the app encountered a non recoverable error.\n")),
        (csv.clone(), format!("{csv}{refused}\n")),
        (
            format!("{list}{list}").replacen(DEFAULT, A, 1),
            format!("{}{refused}\n", format!("{list}{list}").replacen(DEFAULT, A, 1)),
        ),
    ] {
        assert!(taken(&whole).complete, "{whole}");
        let got = import(&cut);
        assert!(!got.inventory.as_ref().expect(&cut).complete, "{cut}");
        check_says(
            &got,
            ["", "", "", "an error stands beside this list, so it may have ended too early; it says: ", ""],
        );
    }
}

#[test]
fn a_page_says_that_there_are_others_whatever_it_lists() {
    let backups = format!(r#"{{"id":"{B}","label":"b","backupPointDateTime":"2025-11-20T06:00:00Z"}}"#);
    let operation = format!(
        r#"{{"operationId":"{B}","name":"Restore","status":"Succeeded","startTime":"2025-11-20T06:00:00Z","updatedEnvironment":{{"environmentId":"{A}"}}}}"#
    );
    let gone = format!(
        r#"{{"EnvironmentName":"{A}","DisplayName":"E","EnvironmentType":"Sandbox","softDeletedTime":"2025-11-20T06:00:00Z"}}"#
    );
    for (row, what) in [(&backups, "manual backups"), (&operation, "operations"), (&gone, "environments")] {
        for more in [r#""nextLink":"https://x""#, r#""continuationToken":"x""#, r#""resultTruncated":"true""#] {
            let got = import(&format!(r#"{{"value":[{row}],{more}}}"#));
            check_says(&got, ["", "", "", "this is one page of a longer list; the ", "import the other pages"]);
            check_says(&got, ["", "", "", what, ""]);
        }
    }
}

/// Who is not among the restore candidates was not offered (T10): that no page says alone.
#[test]
fn a_page_of_the_candidates_refuses_nobody() {
    let row = format!(
        r#"{{"environmentId":"{A}","displayName":"E","dataverseOrganizationUrl":"https://e.crm4.dynamics.com"}}"#
    );
    assert_eq!(taken(&format!(r#"{{"collection":[{row}]}}"#)).candidates.len(), 1);
    // Who cannot be read may be anybody.
    let lost = format!(r#"{{"collection":[{row},{}]}}"#, row.replace(A, "6a21…"));
    assert_eq!(import(&lost).inventory, None);
    let page = format!(r#"{{"collection":[{row}],"continuationToken":"x"}}"#);
    says(&page, 0, ["", "", "", "only a part of the restore candidates", "ask for the other pages"]);
    assert_eq!(import(&page).inventory, None);
    assert_eq!(taken(&format!(r#"{page}{{"collection":[{}]}}"#, row.replace(A, B))).candidates[0].offered.len(), 2);
}

#[test]
fn ids_with_marks_around_them_are_ids() {
    for id in [format!("'{A}"), format!("`{A}`"), format!("\u{200b}{A}"), format!("{A}\u{feff}")] {
        assert_eq!(first(&format!("EnvironmentId;Name;EnvironmentType;Region\n{id};E;Sandbox;europe\n")).id, A, "{id}");
    }
}

#[test]
fn tables_between_strokes_are_tables() {
    let text = format!(
        "# Environments\n\n| EnvironmentId | DisplayName | EnvironmentType | Region | IsManaged |\n| --- | :-- | --- | --- | --- |\n| `{A}` | E | Sandbox | europe | Yes |\n| {B} | F |  | europe |  |\n"
    );
    let seen = taken(&text).environments;
    let told: Vec<_> = seen.iter().map(|o| (o.name.as_deref(), o.kind.clone(), o.managed)).collect();
    assert_eq!(told, [(Some("E"), Some(Kind::Sandbox), Some(true)), (Some("F"), None, None)]);
    let grid = format!(
        "+----+\n| Environment | Environment Id | Environment Url | Type |\n+----+\n| E | {A} | https://e.crm4.dynamics.com/ | Sandbox |\n+----+\n"
    );
    let seen = first(&grid);
    assert_eq!((seen.name.as_deref(), seen.kind), (Some("E"), Some(Kind::Sandbox)));
    // A stroke in a name is one, and a cell too many moves no other.
    assert_eq!(
        first(&format!("EnvironmentId,Name,EnvironmentType\n{A},E | F,Sandbox\n")).name.as_deref(),
        Some("E | F")
    );
    let text = text.replace("| E |", "| E \\| F |");
    says(&text, 1, ["line 5", "", "", "this row has 6 cells, the header has 5", ""]);
}

#[test]
fn what_is_no_list_is_named_for_what_it_is() {
    let refused = |text: &str, says: &str, help: &str| self::says(text, 0, ["", "", "", says, help]);
    let taken = "this is the answer to a request that was taken";
    refused(
        r#"{"Code":202,"Description":"Accepted","Headers":{"Location":["x"]},"Error":null,"Errors":null}"#,
        taken,
        "operations",
    );
    refused(
        "\nCode        : 202\nDescription : Accepted\nHeaders     : {}\nError       :\nErrors      :\n",
        taken,
        "operations",
    );
    refused(r#"{"Code":409,"Description":"Conflict","Error":{"message":"Busy."}}"#, "this is an error answer", "");
    let organization = format!(
        r#"[{{"Id":"{A}","UniqueName":"u","FriendlyName":"E","DomainName":"e","ApplicationUrl":"https://e.crm4.dynamics.com","Version":"9.2"}}]"#
    );
    refused(&organization, "organizations of the discovery service", "pac admin list");
    let broken = format!(
        "Active Environment Environment Id                       Environment U\nrl    Type\n       E           {A} https://e\n.crm4.dynamics.com/ Sandbox\n"
    );
    refused(&broken, "not an inventory that the app knows", "make the window wider");
}

#[test]
fn values_in_other_shapes_are_read_or_told() {
    let days = |value: &str| {
        first(&format!("[{}]", admin(A, "Sandbox", &format!(r#","retentionPeriod":{value}"#)))).retention_setting
    };
    assert_eq!(days(r#"{"Days":28,"TotalDays":28.0,"Hours":0}"#), Some(28));
    assert_eq!(days(r#"{"Days":21}"#), Some(21));
    let empty = format!("[{}]", admin(A, "Sandbox", r#","retentionPeriod":{"Months":1}"#));
    says(&empty, 1, ["row 1 (E)", "retentionPeriod", "an object", "cannot be read", ""]);
    // A link in a list is a link, and what cannot be read is not known to be none.
    let finance = |value: &str| {
        first(&format!("[{}]", admin(A, "Production", &format!(r#","linkedAppMetadata":{value}"#)))).finance
    };
    assert!(finance(r#"[{"url":"https://e.operations.dynamics.com/"}]"#).is_some_and(|link| link.is_some()));
    assert_eq!([finance("{}"), finance("[]"), finance("true")], [Some(None), Some(None), None]);
    assert_eq!(finance(r#"["https://e.operations.dynamics.com/"]"#), None);
    assert!(finance(r#"[{},{"url":"https://e.operations.dynamics.com/"}]"#).is_some_and(|link| link.is_some()));
    // Flattened by a spreadsheet.
    let flat = format!(
        "value.id,value.displayName,value.type,value.geo,value.retentionDetails.retentionPeriod\n{A},E,Sandbox,europe,P14D\n"
    );
    assert_eq!(first(&flat).retention_setting, Some(14));
    // Cut off by PowerShell as a whole.
    let id = format!("/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/{A}");
    let cut = format!(
        r#"{{"value":["@{{id={id}; type=Microsoft.BusinessAppPlatform/scopes/environments; location=europe; name={A}; properties=}}"]}}"#
    );
    says(&cut, 1, ["", "", "", "PowerShell cut off nested values in 1 row", "-Depth 10"]);
    let system = format!(
        r#"{{"value":[{{"id":"{B}","label":"x","backupType":"System","backupPointDateTime":"2025-11-20T06:00:00Z"}}]}}"#
    );
    says(&system, 0, ["", "", "", "a system backup, not a manual one", ""]);
    // The same row, with its id in capitals.
    let twice = format!("[{},{}]", admin(A, "Sandbox", ""), admin(&A.to_uppercase(), "Sandbox", ""));
    says(&twice, 1, ["row 2 (E)", "id", "", "the same environment stands in rows 1 and 2; it is kept once", ""]);
}

/// Files that were put together: below the titles of the first table stand those of another, in an order of their own.
#[test]
fn the_rows_of_a_second_table_stand_under_its_own_titles() {
    let one = format!("EnvironmentId,Name,Region,EnvironmentType\n{A},E,europe,Production\n");
    for two in [
        format!("EnvironmentId,Name,EnvironmentType,Region\n{B},F,Sandbox,unitedstates\n"),
        format!("\u{feff}Environment Id,Display Name,Type,Region\n{B},F,Sandbox,unitedstates\n"),
    ] {
        let seen = taken(&format!("{one}{two}")).environments;
        let told: Vec<_> = seen.iter().map(|o| (o.kind.clone(), o.region.as_ref().map(|r| r.as_str()))).collect();
        assert_eq!(
            told,
            [(Some(Kind::Production), Some("europe")), (Some(Kind::Sandbox), Some("unitedstates"))],
            "{two}"
        );
    }
}

#[test]
fn lists_of_the_living_and_of_the_deleted_are_never_mixed() {
    let of = |cmdlet: &str, id: &str| {
        format!("PS C:\\> {cmdlet}\n\nEnvironmentName : {id}\nDisplayName     : E\nEnvironmentType : Sandbox\n\n")
    };
    let (living, gone) = (of("Get-AdminPowerAppEnvironment", A), of("Get-AdminPowerAppSoftDeletedEnvironment", B));
    for text in [format!("{living}{gone}"), format!("{gone}{living}")] {
        says(&text, 0, ["", "", "", "a list of deleted environments beside another", "file of its own"]);
    }
    assert!(first(&living).deleted.is_none() && first(&gone).deleted.is_some());
    // A command that failed lists nothing, and neither does another one.
    let error = "Get-AdminPowerAppSoftDeletedEnvironment : The term is not recognized\n";
    let roles = "PS C:\\> Get-AdminPowerAppSoftDeletedEnvironmentRoles\n";
    for text in [format!("{error}{living}"), format!("{living}{error}"), format!("{roles}{living}")] {
        assert!(import(&text).inventory.is_some(), "{text}");
    }
}

/// Two columns for one thing, as reports get when somebody adds one.
#[test]
fn columns_that_contradict_each_other_count_for_nothing() {
    let text = |titles: &str, cells: &str| format!("EnvironmentId,Name,{titles}\n{A},E,{cells}\n");
    let unknown = |titles: &str, cells: &str, columns: &str, values: &str| {
        let text = text(titles, cells);
        says(&text, 1, ["line 2 (E)", columns, values, "these columns say different things", "answer the question"]);
        first(&text)
    };
    let kind = "EnvironmentType,Region";
    let seen = unknown(&format!("{kind},IsManaged,Managed"), "Sandbox,europe,Yes,No", "IsManaged, Managed", "Yes, No");
    assert_eq!(seen.managed, None);
    let periods = "BackupRetentionPeriod, RetentionPeriod";
    let seen = unknown(
        &format!("{kind},RetentionPeriod,BackupRetentionPeriod"),
        "Sandbox,europe,P7D,P28D",
        periods,
        "P28D, P7D",
    );
    assert_eq!(seen.retention_setting, None);
    let seen =
        unknown(&format!("{kind},Type"), "Sandbox,europe,Production", "EnvironmentType, Type", "Sandbox, Production");
    assert_eq!(seen.kind, None);
    let seen =
        unknown(&format!("{kind},Location"), "Sandbox,europe,unitedstates", "Region, Location", "europe, unitedstates");
    assert_eq!(seen.region, None);
    // What says the same, or nothing, contradicts nothing.
    let seen =
        first(&text(&format!("{kind},SKU,Location,IsManaged,Managed"), "Sandbox,europe,Standard,westeurope,,Yes"));
    assert_eq!((seen.kind, seen.managed, seen.region.is_some()), (Some(Kind::Sandbox), Some(true), true));
}

#[test]
fn a_text_in_two_encodings_is_no_binary_file() {
    let mut bytes = b"Connected as you@example.com\r\n".to_vec();
    bytes.extend(admin(A, "Sandbox", "").encode_utf16().flat_map(u16::to_le_bytes));
    let got = read("list.txt", &bytes, Utc::now(), |_| 0);
    check_says(&got, ["", "", "", "a text in two encodings", ""]);
}

/// What is not among them is gone, the service says, but only of a list that is whole.
#[test]
fn a_part_of_the_manual_backups_takes_none_off() {
    let row = |id: &str, point: &str| format!(r#"{{"id":"{id}","label":"b","backupPointDateTime":"{point}"}}"#);
    let (one, loose) = (row(B, "2025-11-20T06:00:00Z"), row(A, "20.11.2025 06:00:00"));
    for (text, whole) in [
        (format!(r#"{{"value":[{one}]}}"#), true),
        (format!(r#"{{"value":[{one}],"nextLink":"https://x"}}"#), false),
        (format!(r#"{{"value":[{one},{loose}]}}"#), false),
        (format!(r#"{{"value":[{one},{}]}}"#, loose.replacen("}", r#","backupType":"System"}"#, 1)), false),
        (format!(r#"{{"value":[{one},{{"error":{{"code":"x","message":"y"}}}}]}}"#), false),
    ] {
        let told = import(&text).findings.iter().any(|f| f.says.contains("not all manual backups"));
        assert_eq!((taken(&text).backups[0].whole, told), (whole, !whole), "{text}");
    }
}
