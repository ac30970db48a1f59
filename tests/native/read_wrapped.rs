//! Lists inside something else, put together or taken apart by tools: pages, flattened tables, recordings, copies.

use super::read_mangled::{A, DEFAULT, admin, first, says, taken};
use restore_desk::domain::environment::{Kind, RuntimeState};

const B: &str = "6a210002-3c5d-4e66-8b21-0a0b0c0d0e02";

/// A list that came in pages, put together by a loop.
#[test]
fn pages_in_a_list_are_one_list() {
    let page = |rows: &str, more: &str| format!(r#"{{"value":[{rows}]{more}}}"#);
    let next = r#","nextLink":"https://x/environments?skip=1""#;
    let (start, a) = (admin(DEFAULT, "Default", ""), admin(A, "Sandbox", ""));
    let came = |text: &str| {
        let got = taken(text);
        (got.environments.len(), got.complete)
    };
    assert_eq!(came(&format!("[{},{}]", page(&start, next), page(&a, ""))), (2, true));
    assert_eq!(came(&format!("[\n{},\n{}]", page(&start, next), page(&a, next))), (2, false), "the last has more");
    assert_eq!(came(&format!("[{}]", page(&start, ""))), (1, true));
    // An answer that is refused in its own words is no page that is left out.
    let error = r#"{"error":{"code":"Timeout","message":"The request timed out."}}"#;
    let broken = format!("[{},{error}]", page(&start, next));
    assert_eq!(came(&broken), (1, false));
    says(&broken, 1, ["row 2", "", "", "The request timed out", ""]);
    // A list of deleted ones beside one of living ones: nothing in the rows tells them apart.
    let deleted = r#","nextLink":"https://x/deletedEnvironments?skip=1""#;
    let b = admin(B, "Sandbox", "");
    for text in [
        format!("[{},{}]", page(&start, ""), page(&b, deleted)),
        format!("{}\n{}\n", page(&b, deleted), page(&start, "")),
        format!("{}\n{a}\n", page(&b, deleted)),
    ] {
        says(&text, 0, ["", "", "", "which of them are deleted is not known", "a file of its own"]);
    }
    // What is left out behind a list is told with more weight where it is an answer.
    let two = format!("PS> one\n[{start}]\nPS> two\n[{a}]\n");
    says(&two, 1, ["", "", "PS> two", "2 lines after the JSON left out", "a file of its own"]);
}

#[test]
fn flattened_columns_are_the_objects_that_they_were() {
    let titles = "name,location,properties.displayName,properties.environmentSku,properties.governanceConfiguration.protectionLevel,properties.linkedEnvironmentMetadata.instanceUrl,properties.states.runtime.id";
    let table = |prefix: &str, url: &str| {
        let titles = titles.split(',').map(|t| format!("{prefix}{t}")).collect::<Vec<_>>().join(",");
        format!("{titles}\n{A},europe,E,Sandbox,Standard,{url},AdminMode\n")
    };
    for prefix in ["", "value.", "Column1."] {
        let seen = first(&table(prefix, "https://e.crm4.dynamics.com/"));
        assert_eq!(
            (seen.kind, seen.managed, seen.dataverse),
            (Some(Kind::Sandbox), Some(true), Some(true)),
            "{prefix}"
        );
        assert_eq!(seen.state, Some(RuntimeState::AdminMode));
        // An empty cell does not prove that there was an object.
        assert_eq!(first(&table(prefix, "")).dataverse, None, "{prefix}");
    }
}

#[test]
fn answers_inside_something_else_are_refused_by_its_name() {
    let refused = |text: &str, what: &str, help: &str| says(text, 0, ["", "", "", what, help]);
    let list = format!(r#"{{"value":[{}]}}"#, admin(A, "Sandbox", ""));
    let text = list.replace('"', "\\\"");
    refused(
        &format!(
            r#"{{"log":{{"version":"1.2","entries":[{{"request":{{}},"response":{{"content":{{"text":"{text}"}}}}}}]}}}}"#
        ),
        "a recording of a browser (HAR)",
        "give it to nobody",
    );
    refused(r#"{"info":{"name":"Admin"},"item":[{"name":"List"}]}"#, "a collection of requests", "its answer alone");
    for wrapped in [
        format!(r#"{{"statusCode":200,"body":{list}}}"#),
        format!(r#"{{"StatusCode":200,"Content":"{text}","RawContent":"HTTP/1.1"}}"#),
        format!(r#"{{"responses":[{{"httpStatusCode":200,"content":{list}}}]}}"#),
    ] {
        refused(&wrapped, "an answer with something around it", "save each answer alone");
    }
    refused(&format!("\"{text}\""), "it was converted twice", "convert it once");
    refused(
        "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n",
        "what `Export-Clixml` writes",
        "Import-Clixml",
    );
    refused(
        &format!("admin_environmentid,admin_displayname,admin_environmentdeleted\n{A},E,True\n"),
        "records of a governance kit",
        "can be old",
    );
    refused(
        &format!(
            "Environment name,Environment ID,Database usage (GB),File usage (GB),Log usage (GB)\n{A},E,\"1,5\",0,0\n"
        )
        .replace(&format!("{A},E"), &format!("E,{A}")),
        "amounts of storage by environment",
        "the storage of the tenant",
    );
    refused(
        &format!("Umgebung\tUmgebungs-ID\tTyp\nVertrieb\t{A}\tProduktion\n"),
        "titles of its columns",
        "English titles",
    );
    refused("Environment\tType\tState\tRegion\nSales\tSandbox\tReady\tEurope\n", "without their ids", "pac admin list");
    refused(&format!(r#"[{{"id":"{A}","owner":"x","size":3}}]"#), "its rows have ids, as everything has", "");
}

#[test]
fn lines_above_the_titles_of_a_table_are_no_titles() {
    let text = format!(
        "Environments of Contoso;;;\nExported 01.06.2025;;;\n;;;\nEnvironmentId;Name;EnvironmentType;Region\n{A};E;Sandbox;europe\n"
    );
    says(&text, 1, ["", "", "", "3 lines above the titles", ""]);
    says(
        "id : 1\nlabel : x\nbackupPointDateTime : 2025-11-20T10:15:00Z\n",
        0,
        ["", "", "", "for the screen", "Get-PowerAppEnvironmentBackups"],
    );
}

#[test]
fn lines_of_every_sort_are_lines() {
    let table = format!(
        "Connected as a@b.c\nEnvironment Environment Id{}Environment Url              Type\nStart       {DEFAULT} https://s.crm4.dynamics.com/ Default\n",
        " ".repeat(31)
    );
    let list = format!(
        "EnvironmentName : {A}\nDisplayName : E\nEnvironmentType : Sandbox\n\nEnvironmentName : {B}\nDisplayName : F\nEnvironmentType : Sandbox\n"
    );
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(taken(&table.replace('\n', end)).environments.len(), 1, "{end:?}");
        assert_eq!(taken(&list.replace('\n', end)).environments.len(), 2, "{end:?}");
    }
    // Each table below another has its own titles.
    let two = format!(
        "{table}\nActive Display Name Environment ID{}Environment URL{}Unique Name\n*      Sales        {A}         https://e.crm4.dynamics.com/ unq2\n",
        " ".repeat(31),
        " ".repeat(14)
    );
    let got = taken(&two);
    assert_eq!((got.environments[1].name.as_deref(), &got.environments[1].kind), (Some("Sales"), &None));
    // Files that were put together each have a byte-order mark.
    let json = format!("\u{feff}[{}]\n\u{feff}[{}]\n", admin(DEFAULT, "Default", ""), admin(A, "Sandbox", ""));
    assert_eq!(taken(&json).environments.len(), 2);
}
