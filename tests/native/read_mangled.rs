//! Files as people and their tools mangle them: copied from a screen, saved again by a spreadsheet, put together of several. What cannot be
//! told of them is unknown, and said.

use super::import_faults::check_says;
use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::{Key, Kind};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::interop::import::{Read, read};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap()
}

fn import(text: &str) -> Read {
    read("pasted text", text.as_bytes(), now(), |_| 0)
}

#[track_caller]
pub fn taken(text: &str) -> Inventory {
    let got = import(text);
    got.inventory.unwrap_or_else(|| panic!("{text}\n{:#?}", got.findings))
}

#[track_caller]
pub fn first(text: &str) -> Observation {
    taken(text).environments.into_iter().next().unwrap()
}

/// How many environments come out, and a finding with these parts: place, field, value, sentence, help.
#[track_caller]
pub fn says(text: &str, environments: usize, finding: [&str; 5]) {
    let got = import(text);
    assert_eq!(got.inventory.as_ref().map_or(0, |i| i.environments.len()), environments, "{text}\n{:#?}", got.findings);
    check_says(&got, finding);
}

pub const A: &str = "6a210001-3c5d-4e66-8b21-0a0b0c0d0e01";
pub const DEFAULT: &str = "Default-6a21ffff-3c5d-4e66-8b21-0a0b0c0d0e0f";

pub fn admin(id: &str, sku: &str, more: &str) -> String {
    format!(
        r#"{{"name":"{id}","location":"europe","properties":{{"displayName":"E","environmentSku":"{sku}","linkedEnvironmentMetadata":{{"instanceUrl":"https://e.crm4.dynamics.com/"}}{more}}}}}"#
    )
}

/// The Default environment has its kind from its id, in every list: it does not make the list of one user that of the tenant.
#[test]
fn the_list_of_one_user_stays_one_beside_the_default_environment() {
    let text = format!(
        "Active Display Name Environment ID{}Environment URL{}Unique Name\n       Start        {DEFAULT} https://s.crm4.dynamics.com/ unq1\n*      Sales        {A}         https://e.crm4.dynamics.com/ unq2\n",
        " ".repeat(31),
        " ".repeat(14)
    );
    let json = |id: &str, kind: &str| {
        format!(
            r#"{{"EnvironmentId":"{id}","FriendlyName":"E","EnvironmentUrl":"https://e.crm4.dynamics.com/"{kind}}}"#
        )
    };
    let one = [text, format!("[{},{}]", json(DEFAULT, ""), json(A, ""))];
    for text in &one {
        let got = taken(text);
        assert_eq!((got.format.as_str(), got.complete, got.of_tenant), ("pac env list", false, false), "{text}");
    }
    let tenant = format!("[{},{}]", json(DEFAULT, r#","Type":"Default""#), json(A, r#","Type":"Sandbox""#));
    assert!(taken(&tenant).complete);
}

/// A translated table is read line by line, also where an environment has no database and so no address.
#[test]
fn no_line_that_names_an_environment_is_lost_in_silence() {
    let titles = "Umgebung    Umgebungs-ID                                 Umgebungs-URL                Typ";
    let start = format!("Start       {DEFAULT} https://s.crm4.dynamics.com/ Default");
    let bare = |id: &str, kind: &str| format!("Ohne        {id}                                      {kind}");
    for rows in [[start.clone(), bare(A, "Sandbox")], [bare(A, "Sandbox"), start.clone()]] {
        let got = taken(&format!("{titles}\n{}\n", rows.join("\n")));
        let kinds: Vec<_> = got.environments.iter().filter(|e| e.id == A).map(|e| e.kind.clone()).collect();
        assert_eq!((kinds, got.complete), (vec![Some(Kind::Sandbox)], true));
    }
    // Without a kind that is known nothing says that it is an environment.
    let text = format!("{titles}\n{start}\n{}\n", bare(A, "Entwickler"));
    says(&text, 1, ["line 3", "", A, "what else it says cannot be told apart", "ask for JSON"]);
    assert!(!taken(&text).complete);
    // An id that was cut, below titles that are known.
    let cut = format!(
        "Environment Environment Id                               Environment Url              Type\n{start}\nSales       6a210001-3c5d-4e66-8b21-0a0…                 https://e.crm4.dynamics.com/ Sandbox\n"
    );
    says(&cut, 1, ["line 3", "", "6a210001", "the id of this row is cut", "window wider"]);
    assert!(!taken(&cut).complete);
}

/// A comma in a name moves every cell behind it under the title of another.
#[test]
fn a_row_with_more_cells_than_titles_is_left_out() {
    let table = |row: &str| {
        format!("EnvironmentName,DisplayName,Location,EnvironmentType\n{DEFAULT},Start,europe,Default\n{row}\n")
    };
    for row in [format!("{A},Sales, UAT,europe,Sandbox"), format!("{A},Sales, UAT,europe,")] {
        says(&table(&row), 1, ["line 3", "", A, "5 cells, the header has 4", "quotation marks"]);
        assert!(!taken(&table(&row)).complete, "{row}");
    }
    // What stands before the end of a short row is under its own title.
    assert_eq!(taken(&table(&format!("{A},Sales,europe"))).environments[1].name.as_deref(), Some("Sales"));
}

#[test]
fn a_row_of_an_environment_in_another_language_is_told_and_its_list_is_not_whole() {
    let table = |kind: &str| {
        format!(
            "EnvironmentId,Name,Type,Region,Géré\n{DEFAULT},Start,Default,europe,Oui\n{A},Sales,{kind},europe,Oui\n"
        )
    };
    let got = table("Bac à sable");
    says(&got, 1, ["line 3", "Type", "Bac à sable", "nothing in it that is known says that it is one", "in English"]);
    says(&got, 1, ["", "Géré", "", "the app does not read them", ""]);
    assert!(!taken(&got).complete);
    assert!(taken(&table("Sandbox")).complete);
    // Nor is it whole where the service could not say all.
    let error = format!(
        r#"[{},{{"error":{{"code":"Timeout","message":"The request timed out."}}}}]"#,
        admin(DEFAULT, "Default", "")
    );
    assert!(!taken(&error).complete);
}

/// Two rows of one environment: what both say counts, what they contradict each other in does not.
#[test]
fn what_two_rows_contradict_each_other_in_is_unknown() {
    let of = |first: &str, again: &str| taken(&format!("[{first},{again}]")).environments.remove(0);
    let managed = |level: &str| format!(r#","governanceConfiguration":{{"protectionLevel":"{level}"}}"#);
    let seen = of(&admin(A, "Sandbox", &managed("Basic")), &admin(A, "Production", &managed("Basic")));
    assert_eq!((seen.kind, seen.managed), (None, Some(false)));
    let seen = of(&admin(A, "Sandbox", &managed("Basic")), &admin(A, "Sandbox", &managed("Standard")));
    assert_eq!((seen.kind, seen.managed), (Some(Kind::Sandbox), None));
    // Silence contradicts nothing.
    assert_eq!(of(&admin(A, "Sandbox", &managed("Basic")), &admin(A, "Sandbox", "")).managed, Some(false));
    // Once deleted it is no target.
    let gone = r#","deletedTime":"2025-11-20T06:00:00Z""#;
    assert!(of(&admin(A, "Sandbox", ""), &admin(A, "Sandbox", gone)).deleted.is_some());
    says(
        &format!("[{},{}]", admin(A, "Sandbox", ""), admin(A, "Trial", "")),
        1,
        ["row 2 (E)", "id", A, "counts for nothing (kind)", ""],
    );
}

#[test]
fn yes_no_and_days_as_spreadsheets_write_them() {
    let row = |managed: &str, days: &str| {
        first(&format!(
            "EnvironmentId;Name;EnvironmentType;Region;IsManaged;BackupRetentionPeriod\n{A};E;Sandbox;europe;{managed};{days}\n"
        ))
    };
    for yes in ["WAHR", "VRAI", "Ja", "Sí", "Sim", "はい", "Standard"] {
        assert_eq!(row(yes, "").managed, Some(true), "{yes}");
    }
    for no in ["FALSCH", "FAUX", "Nein", "Não", "いいえ", "Basic"] {
        assert_eq!(row(no, "").managed, Some(false), "{no}");
    }
    assert_eq!(
        ["7", "7,0", "7.0", "P7D", "7,5"].map(|d| row("", d).retention_setting),
        [Some(7), Some(7), Some(7), Some(7), None]
    );
}

/// A column made with `Select-Object` beside those of the cmdlet, and columns of reports.
#[test]
fn columns_that_people_add_are_read() {
    let cmdlet = |title: &str, cell: &str| {
        first(&format!("EnvironmentName,DisplayName,EnvironmentType,{title}\n{A},E,Sandbox,{cell}\n"))
    };
    assert_eq!(cmdlet("Managed", "Standard").managed, Some(true));
    assert_eq!(cmdlet("IsManaged", "False").managed, Some(false));
    let report = |title: &str, cell: &str| {
        first(&format!("EnvironmentId,Name,EnvironmentType,Region,{title}\n{A},E,Sandbox,europe,{cell}\n"))
    };
    assert_eq!([("Yes"), ("No"), ("")].map(|c| report("Dataverse", c).dataverse), [Some(true), Some(false), None]);
    let told =
        ["Yes", "2025-11-20", "No", "", "-", "1970-01-01"].map(|c| report("Environment Deleted", c).deleted.is_some());
    assert_eq!(told, [true, true, false, false, false, false]);
}

#[test]
fn a_keeper_of_the_key_that_is_not_known_is_told() {
    let text =
        |by: &str| format!("[{}]", admin(A, "Sandbox", &format!(r#","protectionStatus":{{"keyManagedBy":"{by}"}}"#)));
    says(
        &text("CustomerBYOK"),
        1,
        ["row 1 (E)", "protectionStatus.keyManagedBy", "CustomerBYOK", "not known", "the key"],
    );
    assert_eq!(first(&text("CustomerBYOK")).key, None);
}

/// A date that PowerShell printed for people does not hide the same one as the service wrote it.
#[test]
fn a_date_that_tells_hides_behind_none_that_does_not() {
    let row = |inner: &str| {
        first(&format!(
            r#"[{{"EnvironmentName":"{A}","DisplayName":"E","EnvironmentType":"Sandbox","CreatedTime":"2024-03-01T08:00:00Z","Internal":{{"name":"{A}","properties":"@{{environmentSku=Sandbox; createdTime={inner}}}"}}}}]"#
        ))
    };
    for inner in ["03/01/2024 08:00:00", "01.03.2024 08:00:00", "", "1/1/0001 12:00:00 AM"] {
        assert_eq!(row(inner).created, Some(Utc.with_ymd_and_hms(2024, 3, 1, 8, 0, 0).unwrap()), "{inner}");
    }
}

/// A column for the time of a deletion says that it is deleted, also where the time cannot be read.
#[test]
fn a_date_of_deletion_that_cannot_be_read_is_no_life() {
    let gone = |cell: &str| {
        first(&format!("EnvironmentId,Name,EnvironmentType,Region,Deleted On\n{A},E,Sandbox,europe,{cell}\n")).deleted
    };
    for cell in ["29.05.2025", "5/29/2025 8:00:00 AM", "45806", "\"45806,5\""] {
        assert!(gone(cell).is_some_and(|when| when.known().is_none()), "{cell}");
    }
    for cell in ["", "-", "n/a", "01.01.0001 00:00:00", "1/1/1970 12:00:00 AM"] {
        assert_eq!(gone(cell), None, "{cell}");
    }
}

/// Two data centers of one geography are no breach, and none is a geography.
#[test]
fn a_data_center_is_no_region() {
    let table = |region: &str| format!("EnvironmentId,Name,EnvironmentType,Region\n{A},E,Sandbox,{region}\n");
    for center in ["westeurope", "East US", "germanywestcentral"] {
        says(&table(center), 1, ["line 2", "Region", center, "no name of a geography", "the region"]);
        assert_eq!(first(&table(center)).region, None);
    }
    for geography in ["europe", "United States", "southamerica", "South Africa", "usgovhigh"] {
        assert!(first(&table(geography)).region.is_some(), "{geography}");
    }
}

#[test]
fn a_broken_line_of_a_list_goes_on_with_its_space() {
    let list = |name: &str, inside: &str| {
        first(&format!(
            "EnvironmentName : {A}\nDisplayName     : {name}\nInternal        : @{{name={A}; environmentSku=Sandbox;{inside}retentionPeriod=P7D}}\n"
        ))
    };
    let seen = list("Sales and \n                  Service", " \n                  ");
    assert_eq!(
        (seen.name.as_deref(), seen.kind, seen.retention_setting),
        (Some("Sales and Service"), Some(Kind::Sandbox), Some(7))
    );
    // Whoever copied it lost the spaces at the ends of lines.
    assert_eq!(list("Sal\n                  es", "\n                  ").kind, Some(Kind::Sandbox));
}

/// Only pac is known to print local times. PowerShell makes local forms of UTC.
#[test]
fn a_manual_backup_with_a_time_of_an_unknown_zone_is_left_out() {
    let id = "6a21bbbb-3c5d-4e66-8b21-0a0b0c0d0e0b";
    let table = |point: &str, expiry: &str| {
        format!("id,label,backupPointDateTime,backupExpiryDateTime\n{id},Before,{point},{expiry}\n")
    };
    says(&table("11/20/2025 10:15:00", ""), 0, ["line 2", "backupPointDateTime", "11/20/2025", "no time zone", ""]);
    let known = taken(&table("2025-11-20T10:15:00Z", "12/18/2025 10:15:00"));
    assert_eq!(known.backups[0].backups[0].reported_expiry, None);
    says(
        &table("2025-11-20T10:15:00Z", "12/18/2025 10:15:00"),
        0,
        ["", "backupExpiryDateTime", "12/18/2025", "time zone", ""],
    );
}

#[test]
fn what_stands_in_the_place_of_an_object_is_told() {
    let text = |more: &str| format!("[{}]", admin(A, "Sandbox", more));
    for (field, value) in [
        ("governanceConfiguration", r#""Standard""#),
        ("enterprisePolicies", r#"[{"linkStatus":"Linked"}]"#),
        ("retentionDetails", "7"),
        ("states", r#""Ready""#),
    ] {
        says(&text(&format!(r#","{field}":{value}"#)), 1, ["row 1 (E)", field, "", "no JSON object", ""]);
    }
    for nothing in ["null", "{}", "\"\""] {
        let got = import(&text(&format!(r#","enterprisePolicies":{nothing}"#)));
        assert!(got.findings.iter().all(|f| f.field.is_empty()), "{nothing}: {:#?}", got.findings);
    }
}

/// A null that stands alone is the word of the tool that wrote it, not that of the service.
#[test]
fn the_null_of_a_key_alone_says_nothing() {
    let key = |policies: &str| {
        first(&format!("[{}]", admin(A, "Sandbox", &format!(r#","enterprisePolicies":{{{policies}}}"#)))).key
    };
    assert_eq!(key(r#""customerManagedKeys":null"#), None);
    assert_eq!(key(r#""customerManagedKeys":{"linkStatus":"NotLinked"}"#), Some(Key::Microsoft));
    assert_eq!(key(r#""customerManagedKeys":null,"vNets":null"#), Some(Key::Microsoft));
}

/// A name may hold the id of another environment.
#[test]
fn the_id_of_a_line_is_the_one_before_the_address() {
    const B: &str = "6a210002-3c5d-4e66-8b21-0a0b0c0d0e02";
    let table = |line: &str| {
        format!(
            "Umgebung Umgebungs-ID Umgebungs-URL Typ\n{line}\nStart {DEFAULT} https://s.crm4.dynamics.com/ Default\n"
        )
    };
    let got = taken(&table(&format!("{B} Kopie {A} https://e.crm4.dynamics.com/ Sandbox")));
    let ids: Vec<&str> = got.environments.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, [A, DEFAULT]);
    assert_eq!(taken(&table(&format!("Kopie {A} Sandbox {B}"))).environments[0].id, A);
    for line in [format!("{B} Kopie {A}   Sandbox"), format!("{B} Kopie {A}  "), format!("{B} Kopie  {A} Sandbox {B}")]
    {
        says(&table(&line), 1, ["line 2", "", B, "cannot be told apart", ""]);
    }
}

#[test]
fn the_sample_apps_are_no_dynamics_365_apps() {
    let dynamics = |template: &str| {
        first(&format!("[{}]", admin(A, "Production", &format!(r#","templates":["{template}"]"#)))).dynamics
    };
    assert_eq!(["D365_CDSSampleApp", "D365_Sales"].map(dynamics), [None, Some(true)]);
}
