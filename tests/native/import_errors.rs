//! Refusals of services and tools: their own sentence, and the way out that fits it.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::interop::import::read;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap()
}

#[test]
fn errors_are_quoted() {
    let check = |text: &str, sentence: &str, help: &str| {
        let got = read("pasted text", text.as_bytes(), now(), |_| 0);
        let first = &got.findings[0];
        assert!(got.inventory.is_none(), "{text}");
        let expect = format!("this is an error answer, not a list of environments; it says: “{sentence}”");
        assert_eq!(first.says, expect, "{text}");
        assert!(first.help.contains(help), "{text}: {}", first.help);
    };
    check(r#"{"error":{"code":"Forbidden","message":"No."}}"#, "No", "role Power Platform administrator");
    check(r#"{"statusCode":401,"message":"Unauthorized."}"#, "Unauthorized", "sign in again");
    check(
        r#"{"Message":"Authorization has been denied for this request."}"#,
        "Authorization has been denied for this request",
        "sign in again",
    );
    check(r#"{"error":"invalid_grant","error_description":"expired"}"#, "expired", "sign in again");
    check(r#"{"type":"about:blank","title":"Not found","status":404}"#, "Not found", "id or address");
    check(
        "Error: No profiles were found on this computer.",
        "No profiles were found on this computer",
        "pac auth create",
    );
    check(
        r#"{"errors":[{"Subject":"Result","Description":"The environment is not in a deleted state","Code":"x"}]}"#,
        "The environment is not in a deleted state",
        "only a deleted environment",
    );
    check(
        r#"{"error":{"code":"429","message":"Rate limit is exceeded."}}"#,
        "Rate limit is exceeded",
        "wait a few minutes",
    );
    check(
        r#"{"errorDetail":{"code":"OperationNotStartable","fieldErrors":{"a":{"errorMessages":["It is busy."]}}}}"#,
        "It is busy",
        "T9",
    );
    check(
        r#"{"error":{"code":"InsufficientCapacity","message":"The tenant has no capacity left"}}"#,
        "The tenant has no capacity left",
        "T7",
    );
    check(
        r#"{"odata.error":{"code":"Request_BadRequest","message":{"lang":"en","value":"Invalid filter clause"}}}"#,
        "Invalid filter clause",
        "api-version",
    );
    check(
        r#"{"Code":403,"Description":"Forbidden","Error":{"code":"Forbidden","message":"The caller lacks the role"}}"#,
        "The caller lacks the role",
        "New-PowerAppManagementApp",
    );
    check(
        "Get-AdminPowerAppEnvironment : The remote server returned an error: (403) Forbidden.\nAt line:1 char:1\n+ Get-Admin\n",
        "The remote server returned an error: (403) Forbidden",
        "role Power Platform administrator",
    );
    check(
        "pac : The term 'pac' is not recognized as the name of a cmdlet, function, script file, or operable program.",
        "pac : The term 'pac' is not recognized as the name of a cmdlet, function, script file, or operable program",
        "install the tool",
    );
    let got = read("x", br#"{"Error":{"Code":"X"}}"#, now(), |_| 0);
    assert_eq!(got.findings[0].says, "this is an error answer, not a list of environments, and it says nothing more");
    assert_eq!(got.findings[0].value, "X");
}
