//! What a file says between the lines: nothing measured is not nothing used, and what runs is not lost with its time.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::edition::Edition;
use restore_desk::domain::eligibility::{Standing, gates};
use restore_desk::domain::environment::{Environment, EnvironmentId, Kind};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::merge::{merge, preview};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::service::Cloud;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::{Read, read};
use restore_desk::words::Say;
use restore_desk::words::merge::storage_changed;

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
    // No date of the past says when nothing was used.
    for at in ["null", r#""""#, r#""never""#, "0", "{}", r#""2026-11-24T06:00:01Z""#, r#""9999-12-31T23:59:59Z""#] {
        storage(&both("0", at, "0", at), None);
        storage(&format!(r#""actualConsumption":0,"updatedOn":{at}"#), None);
        storage(&both("7", at, "5", at), Some(5.0));
    }
    storage(r#""consumption":{"actual":0,"rated":0}"#, None);
    // Measured, and nothing is used.
    storage(&both("0", then, "0", then), Some(0.0));
    storage(r#""consumption":{"actual":0,"rated":0,"updatedOn":"2026-11-24T06:00:00Z"}"#, Some(0.0));
    // One of the two was measured.
    storage(&both("100", then, "0", never), Some(100.0));
    storage(&both("0", never, "50", then), Some(50.0));
    storage(&both("100", then, "50", never), Some(50.0));
    // What cannot be used beside one that is not measured is said as what it is.
    storage(r#""consumption":{"actual":7,"rated":5}"#, Some(5.0));
}

const A: &str = "4e110001-2b5c-4d77-9a10-0a0b0c0d0e01";
const B: &str = "4e110002-2b5c-4d77-9a10-0a0b0c0d0e02";

/// How T9 stands for a restore of B onto A after this text was kept, and what it says.
#[track_caller]
fn t9(text: &str) -> (Standing, String) {
    let got = import(text);
    let inventory = got.inventory.unwrap_or_else(|| panic!("{text}\n{:#?}", got.findings));
    let mut tenant = Tenant { environments: [A, B].map(Environment::new).to_vec().into(), ..Tenant::default() };
    tenant = merge(&tenant, &inventory, now());
    let of = |id: &str| tenant.get(&EnvironmentId::new(id)).unwrap();
    let verdict = gates(Moment::new(Edition::default_edition(), &tenant, now()), of(B), of(A));
    for (standing, list) in
        [(Standing::Met, &verdict.met), (Standing::Broken, &verdict.broken), (Standing::Unknown, &verdict.unknown)]
    {
        if let Some(found) = list.iter().find(|j| j.is_of(RuleId::T9)) {
            return (standing, found.says().to_string());
        }
    }
    panic!("T9 is not judged");
}

/// An operation of the API on A.
fn operation(more: &str) -> String {
    format!(
        r#"{{"collection":[{{"operationId":"0b110001-2b5c-4d77-9a10-0a0b0c0d0e09","name":"Restore",{more},"updatedEnvironment":{{"environmentId":"{A}"}}}}]}}"#
    )
}

#[test]
fn an_operation_in_a_state_that_is_not_known_may_run_still() {
    let begun = r#""startTime":"2026-11-24T04:00:00Z""#;
    for state in ["Cancelling", "Frobnicating", "Waiting"] {
        let (standing, says) = t9(&operation(&format!(r#""status":"{state}",{begun}"#)));
        assert_eq!(standing, Standing::Unknown, "{state}: {says}");
        assert!(says.contains(&format!("Restore ({state})")), "{says}");
    }
    for none in ["", r#""status":null,"#, r#""status":"","#] {
        let (standing, says) = t9(&operation(&format!("{none}{begun}")));
        assert_eq!(standing, Standing::Unknown, "{none}: {says}");
        assert!(says.contains("Restore (no status)"), "{says}");
    }
    // A last action is no end; an end is one.
    let last = r#""lastActionDateTime":"2026-11-24T04:10:00Z""#;
    assert_eq!(t9(&operation(&format!(r#""status":"Frobnicating",{begun},{last}"#))).0, Standing::Unknown);
    let end = r#""endTime":"2026-11-24T04:10:00Z""#;
    assert_eq!(t9(&operation(&format!(r#""status":"Frobnicated",{begun},{end}"#))).0, Standing::Met);
    assert_eq!(t9(&operation(&format!(r#""status":"Running",{begun}"#))).0, Standing::Broken);
    assert_eq!(t9(&operation(&format!(r#""status":"Succeeded",{begun},{end}"#))).0, Standing::Met);
}

#[test]
fn what_runs_is_not_lost_with_its_time() {
    for start in [
        r#""startTime":"0001-01-01T00:00:00Z""#,
        r#""startTime":null"#,
        r#""startTime":"2026-11-25T04:00:00Z""#,
        r#""startTime":"soon""#,
    ] {
        for (state, says) in [("Running", "was being restored"), ("Cancelling", "`Restore (Cancelling)`")] {
            let (standing, said) = t9(&operation(&format!(r#""status":"{state}",{start}"#)));
            assert_eq!(standing, Standing::Unknown, "{start}: {said}");
            assert!(said.contains(says), "{start}: {said}");
        }
    }
    // Without an id it runs as well.
    let nameless = operation(r#""status":"Running","startTime":"2026-11-24T04:00:00Z""#)
        .replace("\"0b110001-2b5c-4d77-9a10-0a0b0c0d0e09\"", "null");
    assert_eq!(t9(&nameless).0, Standing::Broken);
    // What has ended is no reason to doubt.
    let ended = import(&operation(r#""status":"Succeeded","startTime":null"#));
    assert!(ended.inventory.is_none(), "{:#?}", ended.inventory);
    // Whose it is may have to be asked.
    let whose = operation(r#""status":"Running","startTime":null"#).replace("updatedEnvironment", "elsewhere");
    let got = import(&whose);
    assert_eq!(got.inventory.unwrap().underway[0].environment, None);
    assert!(
        got.findings.iter().any(|f| f.says.contains("to which environment this operation belongs")),
        "{:#?}",
        got.findings
    );
}

/// Nothing comes in; some finding says this and helps with that. No token is shown.
#[track_caller]
fn refused(text: &str, says: &str, help: &str) {
    let got = super::read_truly::refused(text, says, help);
    assert!(!format!("{:?}", got.findings).contains("eyJ"), "{:#?}", got.findings);
}

#[test]
fn what_is_refused_is_refused_for_what_it_is() {
    let discovery = "a list of Dataverse organizations of the discovery service";
    let organization = |more: &str| format!(r#"[{{"EnvironmentId":"{A}",{more},"State":"Enabled"}}]"#);
    for more in [
        r#""FriendlyName":"Orders","UniqueName":"unq1","UrlName":"orders","Url":"https://orders.crm.dynamics.com""#,
        r#""FriendlyName":"Orders","UniqueName":"unq1","Url":"https://orders.crm.dynamics.com""#,
        r#""FriendlyName":"Orders","UrlName":"orders""#,
    ] {
        refused(&organization(more), discovery, "pac admin list --json");
    }
    refused(
        "[{\"uniquename\":\"core\",\"friendlyname\":\"Core\",\"version\":\"1.0\",\"ismanaged\":false}]",
        "solutions",
        "",
    );
    let typed = format!(r#"[{{"EnvironmentId":"{A}","Name":"A","Type":{{"id":"Sandbox"}},"IsManaged":true}}]"#);
    refused(&typed, "their `type` is an object, where an environment has the name of its kind", "pac admin list");
    refused(
        &format!(r#"[{{"EnvironmentId":"{A}","Colour":"red"}}]"#),
        "have the ids of environments, but nothing in them",
        "",
    );
    refused(r#"[{"colour":"red"}]"#, "no row has the id of an environment", "");
    for (text, login) in [
        ("ERROR: Please run 'az login' to setup account.", "`az login`"),
        ("Please run 'az login' to setup account.", "`az login`"),
        ("\nWARNING: old\nPlease run \"az login\" to access your accounts.\n", "`az login`"),
        ("Error: Run Connect-AzAccount to login.", "`Connect-AzAccount`"),
        ("Run Connect-AzAccount to login.", "`Connect-AzAccount`"),
        ("Error: Log in to Microsoft 365 first.", "`m365 login`"),
        ("Log in to Microsoft 365 first", "`m365 login`"),
    ] {
        refused(text, "this is an error answer", &format!("sign in first: {login}"));
    }
    let token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.abc.def";
    for text in [token.to_string(), format!("Bearer {token}\n"), format!("\"{token}\""), format!("token: {token}")] {
        refused(&text, "this is an access token", "give it to nobody");
    }
    refused(&format!("ERROR: the token {token} has expired"), "(a token)", "sign in again");
    refused(&format!(r#"[{{"colour":"{token}"}}]"#), "no row has the id", "");
}

#[test]
fn a_deleted_environment_without_an_id_is_one() {
    let row =
        |id: &str| format!(r#"{{"EnvironmentName":{id},"DisplayName":"Pilot","DeletedTime":"2026-11-20T06:00:00Z"}}"#);
    let got = import(&format!("[{},{}]", row(&format!("\"{A}\"")), row("null")));
    assert_eq!(got.inventory.map(|i| i.environments.len()), Some(1));
    let said = got.findings.iter().filter(|f| f.says.contains("an environment without an id"));
    assert_eq!(said.count(), 1, "{:#?}", got.findings);
    assert!(!got.findings.iter().any(|f| f.says.contains("no environment and")), "{:#?}", got.findings);
}

#[test]
fn a_key_that_stands_twice_counts_only_where_it_says_the_same() {
    let list =
        |more: &str| format!(r#"{{"value":[{{"id":"{A}","displayName":"A",{more},"geo":"us","dataverseId":null}}]}}"#);
    for (more, kind, said) in [
        (r#""type":"Sandbox","state":"Ready","type":"Production""#, None, Some(("type", "Sandbox, Production"))),
        (r#""type":"Sandbox","Type":"Production""#, None, Some(("Type", "Sandbox, Production"))),
        (r#""type":"Sandbox","type":"Sandbox""#, Some(Kind::Sandbox), None),
        (r#""type":"Sandbox","type":null"#, None, Some(("type", "Sandbox, null"))),
        (
            r#""type":"Sandbox","adminMode":{"enabled":true,"enabled":false}"#,
            Some(Kind::Sandbox),
            Some(("enabled", "true, false")),
        ),
    ] {
        let got = import(&list(more));
        let seen = got.inventory.unwrap_or_else(|| panic!("{more}\n{:#?}", got.findings)).environments.remove(0);
        assert_eq!(seen.kind, kind, "{more}");
        let twice: Vec<_> = got.findings.iter().filter(|f| f.says.contains("stands twice in one object")).collect();
        let twice: Vec<_> = twice.iter().map(|f| (f.field.as_str(), f.value.as_str())).collect();
        assert_eq!(twice, said.into_iter().collect::<Vec<_>>(), "{more}");
    }
}

#[test]
fn a_cloud_that_the_addresses_contradict_is_told_as_that() {
    let listed = |id: &str, url: &str| Observation { id: id.into(), url: Some(url.into()), ..Observation::default() };
    let note = |told: Option<Cloud>, urls: [&str; 2]| {
        let environments = vec![listed(A, urls[0]), listed(B, urls[1])];
        let file = Inventory { cloud: told, environments: environments.into(), ..Inventory::default() };
        preview(&Tenant::default(), &file, now())
            .cloud
            .map(|note| note.says().capital().to_string())
            .unwrap_or_default()
    };
    let (gcc, public) = ("https://a.crm9.dynamics.com", "https://a.crm4.dynamics.com");
    let said = note(Some(Cloud::Public), [gcc, gcc]);
    assert!(said.starts_with("The cloud was told to be Public, and the addresses speak of GCC, so"), "{said}");
    let said = note(Some(Cloud::China), [gcc, public]);
    assert!(said.contains("the addresses speak of Public and GCC, so"), "{said}");
    let said = note(None, [gcc, public]);
    assert!(said.starts_with("The addresses speak of several clouds (Public and GCC)"), "{said}");
}

#[test]
fn a_preview_of_storage_hides_nothing_that_decides() {
    let said = |used_mb: f64| {
        let storage = Storage { entitled_mb: 10240.0, used_mb };
        let file = Inventory {
            capacity: Some(Capacity { database: storage, log: storage, file: storage }),
            ..Inventory::default()
        };
        preview(&Tenant::default(), &file, now()).capacity.map(|c| storage_changed(&c).to_string()).unwrap_or_default()
    };
    assert!(said(9216.1).contains("database 9,216.1 MB of 10,240 MB"), "{}", said(9216.1));
    assert!(said(9216.0).contains("database 9 GB of 10 GB"), "{}", said(9216.0));
    assert!(said(2379.898).contains("database 2,379.898 MB of 10,240 MB"), "{}", said(2379.898));
}
