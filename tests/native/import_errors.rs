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

/// Each refusal of a sign-in has its own way out, as a line of text and as the answer of a token service.
#[test]
fn refusals_of_a_sign_in_have_a_way_out_of_their_own() {
    let check = |number: &str, sentence: &str, help: &str| {
        let said = format!("AADSTS{number}: {sentence}");
        let answer = format!(
            r#"{{"error":"invalid_grant","error_description":"{said}\r\nTrace ID: 1\r\nTimestamp: 2025-11-24 06:00:00Z","error_codes":[{number}]}}"#
        );
        let logged = format!("Get-AdminPowerAppEnvironment : {said}\nAt line:1 char:1\n+ Get-Admin");
        for text in [said, answer, logged] {
            let got = read("pasted text", text.as_bytes(), now(), |_| 0);
            assert!(got.inventory.is_none(), "{text}");
            let first = &got.findings[0];
            assert!(first.says.contains(number), "{text}: {}", first.says);
            assert!(first.help.contains(help), "{text}: {}", first.help);
        }
    };
    let consent = "an administrator of Entra grants it";
    check("65001", "The user or administrator has not consented to use the application with ID 'x'.", consent);
    check("650057", "Invalid resource. The client has requested access to a resource which is not listed.", consent);
    check("90094", "The grant requires admin permission.", consent);
    let factor = "complete it";
    check(
        "50076",
        "Due to a configuration change made by your administrator, you must use multi-factor authentication to access 'x'.",
        factor,
    );
    check(
        "50079",
        "Due to a configuration change made by your administrator, you must enroll in multi-factor authentication.",
        factor,
    );
    check("700016", "Application with identifier 'x' was not found in the directory 'Contoso'.", "check the client id");
    check("500011", "The resource principal named x was not found in the tenant named Contoso.", "right tenant");
    check("7000215", "Invalid client secret provided.", "not its id");
    check("7000222", "The provided client secret keys for app 'x' are expired.", "make a new one");
    check(
        "90002",
        "Tenant 'contoso' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
        "its own cloud",
    );
    check(
        "50020",
        "User account 'x' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application.",
        "an account of the tenant",
    );
    check(
        "53003",
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        "a Conditional Access policy refuses it",
    );
    check(
        "53000",
        "Device is not in required device state: compliant. Conditional Access policy requires a compliant device.",
        "a Conditional Access policy",
    );
    check("700082", "The refresh token has expired due to inactivity.", "sign in again");
    check(
        "70043",
        "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.",
        "sign in again",
    );
    check(
        "50126",
        "Error validating credentials due to invalid username or password.",
        "the name or password is wrong",
    );
    check("70020", "The provided value for the input parameter 'device_code' is not valid.", "begin the sign-in again");
    // A number that is not known: never another way out by chance.
    check("999999", "Access denied, 403 not found, expired.", "login.microsoftonline.com/error");
}

/// The same in words alone.
#[test]
fn a_missing_consent_is_no_missing_role() {
    let help = |text: &str| read("pasted text", text.as_bytes(), now(), |_| 0).findings[0].help.clone();
    let said = help(r#"{"error":"consent_required","error_description":"The application needs consent."}"#);
    assert!(said.contains("grants it in this tenant") && !said.contains("Power Platform administrator"), "{said}");
    let said = help(r#"{"error":{"code":"Forbidden","message":"Blocked by Conditional Access."}}"#);
    assert!(said.contains("sign-in log"), "{said}");
}
