//! What is lost or taken for something else where nobody looks: halves of files, rows of two tenants, things that only resemble an
//! environment. Each is said with its line and column, in the file's own words.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::interop::import::{Read, read};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap()
}

fn import(text: &str) -> Read {
    read("pasted text", text.as_bytes(), now(), |_| 0)
}

const A: &str = "4e110001-2b5c-4d77-9a10-0a0b0c0d0e01";
const B: &str = "4e110002-2b5c-4d77-9a10-0a0b0c0d0e02";
const ONE: &str = "aa110001-0000-4d77-9a10-0a0b0c0d0e0f";
const TWO: &str = "bb220002-0000-4d77-9a10-0a0b0c0d0e0f";

/// How many environments come out, and a finding with these parts: place, field, value, sentence, help.
#[track_caller]
fn check(text: &str, environments: usize, finding: [&str; 5]) {
    let got = import(text);
    let came = got.inventory.as_ref().map_or(0, |i| i.environments.len());
    assert_eq!(came, environments, "{text}\n{:#?}", got.findings);
    check_says(&got, finding);
}

/// A finding with these parts: place, field, value, sentence, help.
#[track_caller]
pub fn check_says(got: &Read, [place, field, value, says, help]: [&str; 5]) {
    let found = got.findings.iter().any(|f| {
        f.place.starts_with(place)
            && f.field == field
            && f.value.contains(value)
            && f.says.contains(says)
            && f.help.contains(help)
    });
    assert!(found, "{:#?}", got.findings);
}

#[test]
fn rows_of_two_tenants_are_never_mixed() {
    let row = |id: &str, tenant: &str| {
        format!(r#"{{"id":"{id}","displayName":"E","type":"Sandbox","geo":"europe","tenantId":"{tenant}"}}"#)
    };
    let two = format!("[{},{}]", row(A, ONE), row(B, TWO));
    check(
        &two,
        0,
        ["", "", &format!("{ONE}, {TWO}"), "of 2 tenants, and one is never mixed", "the list of each tenant"],
    );
    let same = import(&format!("[{},{}]", row(A, ONE), row(B, &ONE.to_uppercase())));
    assert_eq!(same.inventory.and_then(|i| i.tenant_id).as_deref(), Some(ONE));
    // The Default environment carries the id of its tenant.
    let default = format!("[{},{}]", row(&format!("Default-{TWO}"), ONE), row(B, ONE));
    check(&default, 0, ["", "", TWO, "of 2 tenants", ""]);
    // Rows of one tenant inside an answer about another.
    let around = format!(r#"{{"tenantId":"{TWO}","value":[{}]}}"#, row(A, ONE));
    check(&around, 0, ["", "", TWO, "of 2 tenants", ""]);
    let csv =
        format!("EnvironmentId,DisplayName,EnvironmentSku,tenantId\n{A},One,Sandbox,{ONE}\n{B},Two,Sandbox,{TWO}\n");
    check(&csv, 0, ["", "", TWO, "of 2 tenants", ""]);
}

#[test]
fn an_id_a_name_and_a_kind_are_no_environment_of_the_service() {
    let no = |more: &str| {
        let got = import(&format!(r#"[{{"id":"{A}","displayName":"Production","type":"Production"{more}}}]"#));
        assert!(got.inventory.is_none(), "{more}: {:#?}", got.inventory);
    };
    no("");
    no(r#","createdDateTime":"2025-01-01T00:00:00Z""#);
    no(r#","url":"https://example.org/x","state":"Enabled""#);
    no(r#","createdBy":{"displayName":"x"},"project":{"id":"7"}"#);
    no(r#","domainName":"example.org","description":"x""#);
    for more in [r#","geo":"europe""#, r#","dataverseId":null"#, r#","retentionDetails":{"retentionPeriod":"P7D"}"#] {
        let got = import(&format!(r#"[{{"id":"{A}","displayName":"Production","type":"Production"{more}}}]"#));
        assert_eq!(got.inventory.map(|i| i.environments.len()), Some(1), "{more}");
    }
}

#[test]
fn half_a_cell_or_half_a_table_is_told_with_its_line_and_column() {
    let head = "id,name,type,properties";
    let kind = "microsoft.powerplatform/environments";
    let whole = r#""{""displayName"":""One"",""environmentType"":""Sandbox""}""#;
    let half = r#""{""displayName"":""Two"",""environmentTy""#;
    let deep = format!("\"{{\"\"displayName\"\":{}1{}}}\"", "[".repeat(80), "]".repeat(80));
    let table = |rows: &[(&str, &str)]| {
        let rows: Vec<String> =
            rows.iter().map(|(id, cell)| format!("/x/environments/{id},{id},{kind},{cell}")).collect();
        format!("{head}\n{}\n", rows.join("\n"))
    };
    let cut = ["line 3", "properties", "Two", "the JSON in this cell is not whole", "export the list again"];
    check(&table(&[(A, whole), (B, half)]), 2, cut);
    check(&table(&[(A, whole), (B, &deep)]), 2, ["line 3", "properties", "", "nested deeper", "as JSON"]);
    // What stands behind a quotation mark that is never closed cannot be told apart.
    let text =
        format!("EnvironmentId,DisplayName,EnvironmentSku\n{A},One,Sandbox\n{B},\"Two,Sandbox\n{ONE},Three,Sandbox\n");
    check(&text, 1, ["line 3", "DisplayName", "Two", "never closed", "close or double"]);
    let first = format!("EnvironmentId,DisplayName,EnvironmentSku\n{A},\"One,Sandbox\n");
    check(&first, 0, ["line 2", "DisplayName", "One", "never closed", ""]);
    let empty = import(&first);
    assert!(empty.findings.iter().all(|f| !f.says.contains("empty")), "{:#?}", empty.findings);
}

#[test]
fn findings_name_the_columns_of_the_file() {
    let text =
        format!("EnvironmentId,DisplayName,EnvironmentSku,IsManagedEnv,deletedOn\n{A},One,Sandbox,perhaps,soon\n");
    check(&text, 1, ["line 2", "IsManagedEnv", "perhaps", "neither yes nor no", ""]);
    check(&text, 1, ["line 2", "deletedOn", "soon", "no date", ""]);
}

#[test]
fn what_is_no_inventory_is_refused_by_its_name_and_with_the_help_that_fits() {
    let group = r#"{"parameters":[{"type":"Lifecycle","value":[{"id":"RetentionPeriod","value":"14"}]}]}"#;
    // G1: a set for a group that says nothing of the retention holds nothing; another set of the group may.
    let held = |rows: &str| {
        let got = import(&format!(r#"{{"value":[{rows}]}}"#));
        got.inventory.map(|i| i.group_rules.iter().map(|g| g.retention_days).collect::<Vec<_>>())
    };
    let of_group = |parameters: &str| {
        format!(
            r#"{{"parameters":[{parameters}],"environmentFilter":{{"type":"Include","values":[{{"type":"EnvironmentGroup","id":"{A}"}}]}}}}"#
        )
    };
    let retention = of_group(r#"{"type":"Lifecycle","value":[{"id":"RetentionPeriod","value":"14"}]}"#);
    let sharing = of_group(r#"{"type":"Sharing","value":[{"id":"LimitSharingMode","value":"x"}]}"#);
    assert_eq!(held(&retention), Some(vec![Some(14)]));
    assert_eq!(held(&sharing), Some(vec![None]));
    assert_eq!(held(&[retention.clone(), sharing.clone()].join(",")), Some(vec![Some(14)]));
    assert_eq!(held(&[sharing, retention].join(",")), Some(vec![Some(14)]));
    let got = import(group);
    assert!(got.findings.iter().all(|f| !f.help.contains("pac admin list")), "{:#?}", got.findings);
    let refused = |text: &str, says: &str| {
        check(text, 0, ["", "", "", says, ""]);
        let got = import(text);
        assert!(got.findings.iter().all(|f| !f.help.contains("did you mean")), "{:#?}", got.findings);
    };
    refused(
        &format!(
            r#"{{"value":[{{"id":"{A}","displayName":"No social media","environmentType":"OnlyEnvironments","environments":[{{"name":"{B}"}}]}}]}}"#
        ),
        "a list of policies",
    );
    refused(
        &format!(r#"{{"value":[{{"name":"{A}","displayName":"P","connectorConfigurationsDefinition":{{}}}}]}}"#),
        "a list of policies",
    );
    refused(
        &format!(
            r#"{{"value":[{{"id":"{A}","displayName":"Makers","description":"","createdTime":"2025-01-01T00:00:00Z","createdBy":{{}}}}]}}"#
        ),
        "a list of environment groups",
    );
    refused(&format!("EnvironmentGroupId,DisplayName,Description\n{A},Makers,x\n"), "a list of environment groups");
    refused("Display Name,Name,Created On,Version,Managed\nCore,core,2025-01-01,1.0,True\n", "a list of solutions");
    refused("friendlyname,uniquename,version,ismanaged\nCore,core,1.0.0.0,True\n", "a list of solutions");
    refused(
        &format!(
            r#"[{{"environmentId":"{A}","capacityType":"Database","totalCapacity":10,"consumption":{{"actual":4}}}}]"#
        ),
        "amounts of storage by environment",
    );
    refused(
        &format!(
            r#"{{"environmentId":"{A}","capacities":[{{"capacityType":"Database","totalCapacity":10,"consumption":{{"actual":4}}}}]}}"#
        ),
        "amounts of storage by environment",
    );
}

#[test]
fn a_web_page_is_quoted() {
    let page = |head: &str, body: &str| format!("<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>");
    check(
        &page("<title>401 - Unauthorized</title>", "<p>x</p>"),
        0,
        ["", "", "401 - Unauthorized", "asks to sign in", "sign in again"],
    );
    check(
        &page("<title>Sign in to your account</title>", ""),
        0,
        ["", "", "Sign in to your", "asks to sign in", "az login"],
    );
    check(
        &page("", "<h1>Service <b>unavailable</b></h1>"),
        0,
        ["", "", "Service unavailable", "a web page", "pac admin list"],
    );
    check(
        &page("<title>Error</title>", "<h2>Gateway timeout</h2>"),
        0,
        ["", "", "Error – Gateway timeout", "a web page", ""],
    );
    check("<html>Nothing but words", 0, ["", "", "Nothing but words", "a web page", ""]);
}

#[test]
fn an_operation_says_what_it_lacks() {
    let row = |more: &str| format!(r#"[{{"name":"Restore","status":"Succeeded","stageStatuses":[]{more}}}]"#);
    let says = |text: &str, words: &str| check(text, 0, ["", "operation", "", words, ""]);
    says(&row(&format!(r#","operationId":"{A}""#)), "without a time at which it began");
    says(&row(r#","operationId":"","startTime":"2025-11-01T00:00:00Z""#), "without an id:");
    says(&row(r#","operationId":"""#), "without an id and a time");
}

#[test]
fn a_table_without_known_titles_invents_none() {
    let text = format!("Sicherung                              Name    Punkt\n{A}   Before release   24.11.2025\n");
    let got = import(&text);
    assert!(got.inventory.is_none());
    assert!(got.findings.iter().all(|f| !f.value.contains("EnvironmentId")), "{:#?}", got.findings);
}

#[test]
fn several_amounts_of_one_storage_are_none() {
    let row = |sort: &str, used: f64| {
        format!(
            r#"{{"capacityType":"{sort}","capacityUnits":"MB","totalCapacity":1000,"consumption":{{"actual":{used},"rated":{used}}}}}"#
        )
    };
    let list = |rows: &[String]| format!(r#"{{"tenantCapacities":[{}]}}"#, rows.join(","));
    let three = [row("Database", 1.0), row("Log", 1.0), row("File", 1.0)];
    let again = [three.as_slice(), &[row("Database", 1.0)]].concat();
    assert!(import(&list(&again)).inventory.and_then(|i| i.capacity).is_some(), "the same again says nothing new");
    let other = [three.as_slice(), &[row("Database", 7.0)]].concat();
    check(&list(&other), 0, ["", "capacityType", "Database", "several different amounts", "type the numbers"]);
}

#[test]
fn answers_of_two_tenants_in_one_collection_are_never_mixed() {
    let file = |tenant: &str, lines: &[String]| {
        format!(
            "{{\"collector\":\"restore-desk\",\"version\":1,\"tenant\":\"{tenant}\",\"cloud\":\"prod\",\"questions\":[\n{}\n],\"finished\":\"2025-11-23T01:00:00Z\"}}\n",
            lines.join(",\n")
        )
    };
    let row = |id: &str, tenant: &str| {
        format!(r#"{{"id":"{id}","displayName":"E","type":"Sandbox","geo":"europe","tenantId":"{tenant}"}}"#)
    };
    let answer = |ask: &str, rows: &[String]| {
        let rows = rows.join(",");
        format!(r#"{{"ask":"{ask}","asked":"2025-11-23T00:01:00Z","status":"answered","answer":{{"value":[{rows}]}}}}"#)
    };
    let both = format!("{ONE}, {TWO}");
    let refused = |tenant: &str, lines: &[String]| {
        let text = file(tenant, lines);
        check(&text, 0, ["", "", &both, "of 2 tenants, and one is never mixed", "a file of its own"]);
        assert!(import(&text).inventory.is_none());
    };
    refused(ONE, &[answer("environments", &[row(A, TWO)])]);
    refused("", &[answer("environments", &[row(A, ONE)]), answer("environments-api", &[row(B, TWO)])]);
    refused(ONE, &[answer("environments", &[row(A, ONE)]), answer("deleted", &[row(B, TWO)])]);
    refused(TWO, &[answer("deleted", &[row(&format!("Default-{ONE}"), "")])]);
    // An answer that mixes two by itself is left out; the others stand.
    let mixed = file("", &[answer("environments", &[row(A, ONE), row(B, TWO)]), answer("deleted", &[row(A, ONE)])]);
    check(&mixed, 1, ["environments", "", &both, "none of them is taken", ""]);
    let same = import(&file(&ONE.to_uppercase(), &[answer("environments", &[row(A, ONE), row(B, ONE)])]));
    assert_eq!(same.inventory.map(|i| (i.tenant_id, i.environments.len())), Some((Some(ONE.into()), 2)));
}

#[test]
fn a_cell_that_swallows_rows_is_told_and_its_table_is_not_whole() {
    let table = |rows: &str| {
        format!("EnvironmentName,DisplayName,EnvironmentType\nDefault-{ONE},Start,Default\n{rows}{TWO},Last,Sandbox\n")
    };
    let came = |text: &str| import(text).inventory.map(|i| (i.environments.len(), i.complete));
    // What is quoted as it should be may run over lines.
    let fine = table(&format!("{A},\"One, \"\"or\"\" more\",Sandbox\n{B},\"Two\nlines\",Sandbox\n"));
    assert_eq!(came(&fine), Some((4, true)), "{:#?}", import(&fine).findings);
    // The quotation mark of one row is closed by that of the next.
    let stray = table(&format!("{A},\"One,Sandbox\n{B},\"Two\",Sandbox\n"));
    check(&stray, 2, ["line 3", "DisplayName", "One,Sandbox", "runs on to line 4", "close or double"]);
    check(&stray, 2, ["", "", "", "not the whole tenant", ""]);
    assert_eq!(came(&stray), Some((2, false)));
    let open = table(&format!("{A},\"One,Sandbox\n{B},Two,Sandbox\n"));
    assert_eq!(came(&open), Some((1, false)));
    // Nor is it whole where a row has no id that can be used.
    let cut = table("4e110001-2b5c-4d77...,One,Sandbox\n");
    assert_eq!(came(&cut), Some((2, false)));
}

#[test]
fn a_cell_of_properties_that_holds_no_object_is_told() {
    let table =
        |cell: &str| format!("name,type,location,properties\n{A},microsoft.powerplatform/environments,europe,{cell}\n");
    for cell in ["[1", "[object Object]", "displayName: One"] {
        check(&table(cell), 1, ["line 2", "properties", cell, "no JSON object", "export the list again"]);
    }
    for nothing in ["", "null", "-", "{}"] {
        let got = import(&table(nothing));
        assert!(got.findings.iter().all(|f| f.field != "properties"), "{nothing}: {:#?}", got.findings);
    }
}
