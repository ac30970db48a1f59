//! The commands that a plan prints, and the traps that they must not fall into.

use crate::laws::cases;
use crate::restore_support;

use crate::planned::plan;
use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::domain::deed::Setting;
use restore_desk::domain::environment::Kind;
use restore_desk::domain::plan::{Action, Like, NewTargetSpec, Plan, Purpose, RestoreAction};
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::service::Cloud;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::commands::{self, Printed, Shell, quoting};
use restore_desk::interop::runbook;
use restore_support::*;

fn print(action: &Action, shell: Shell) -> Printed {
    open_is_told(commands::print(action, shell, Some(Cloud::Public)))
}

fn script(plan: &Plan, shell: Shell) -> Printed {
    open_is_told(commands::script(plan, shell, plan.cloud))
}

/// What is left open is among the notes, and every note that asks for something to be typed in is left open.
#[track_caller]
fn open_is_told(printed: Printed) -> Printed {
    let told: Vec<&String> = printed.notes.iter().filter(|n| n.contains(": put it in place of ")).collect();
    assert_eq!(printed.open.iter().collect::<Vec<_>>(), told);
    printed
}

/// The same plan for a point whose day cannot be a month, so that pac has a command for it.
fn on_a_late_day(mut plan: Plan) -> Plan {
    for step in &mut plan.steps {
        if let Action::Restore(r) | Action::ValidateRestore(r) = &mut step.action {
            r.point = at(6, 0, 0);
        }
    }
    plan
}

fn at(h: u32, m: u32, s: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 24, h, m, s).unwrap()
}

fn restore() -> RestoreAction {
    RestoreAction {
        source: id(PROD),
        target: Some(id(BOX)),
        target_name: Some("Contoso Test".into()),
        target_id_end: None,
        point: at(5, 6, 0),
        manual_backup: None,
        new_name: None,
        include_audit_logs: false,
        window_from: None,
    }
}

#[track_caller]
fn check(action: Action, shell: Shell, expect: &str) -> Printed {
    let printed = print(&action, shell);
    assert_eq!(printed.text.as_deref(), Some(expect));
    printed
}

#[track_caller]
fn check_none(action: Action, shell: Shell, note: &str) {
    let printed = print(&action, shell);
    assert_eq!(printed.text, None);
    assert!(printed.notes.iter().any(|n| n.contains(note)), "{printed:?}");
}

#[track_caller]
fn noted(printed: &Printed, words: &str) {
    assert!(printed.notes.iter().any(|n| n.contains(words)), "{words:?} in {printed:#?}");
}

const ID: &str = "22222222-2222-2222-2222-222222222222";
const BASE: &str =
    "https://api.powerplatform.com/environmentmanagement/environments/22222222-2222-2222-2222-222222222222";

#[test]
fn sign_in() {
    check(Action::SignIn, Shell::PowerShell, "Add-PowerAppsAccount -Endpoint prod");
    check(Action::SignIn, Shell::Pac, "pac auth create --cloud Public");
    check_none(Action::SignIn, Shell::Rest, "bearer token");
}

#[test]
fn looking() {
    let inspect = || Action::Inspect { environment: id(ID) };
    check(
        inspect(),
        Shell::PowerShell,
        &format!("Get-AdminPowerAppEnvironment -EnvironmentName '{ID}' | ConvertTo-Json -Depth 10"),
    );
    check(inspect(), Shell::Pac, &format!("pac admin list --environment {ID}"));
    check(inspect(), Shell::Rest, &format!("GET {BASE}?api-version=2024-10-01"));
    let list = || Action::ListBackups { environment: id(ID) };
    check(list(), Shell::PowerShell, &format!("Get-PowerAppEnvironmentBackups -EnvironmentName '{ID}'"));
    let p = check(list(), Shell::Pac, &format!("pac admin list-backups --environment {ID}"));
    noted(&p, "dd/MM/yyyy");
    check(list(), Shell::Rest, &format!("GET {BASE}/backups?api-version=2024-10-01"));
}

#[test]
fn manual_backup() {
    let make = |label: &str| Action::CreateManualBackup { environment: id(ID), label: label.into() };
    check(
        make("Before import"),
        Shell::PowerShell,
        &format!(
            "$backup = [pscustomobject]@{{ Label = 'Before import'; Notes = 'Made before a restore' }}\nBackup-PowerAppEnvironment -EnvironmentName '{ID}' -BackupRequestDefinition $backup"
        ),
    );
    check(make("Before import"), Shell::Pac, &format!("pac admin backup --environment {ID} --label \"Before import\""));
    check(
        make("Before \"x\""),
        Shell::Rest,
        &format!(
            "POST {BASE}/backups?api-version=2024-10-01\nContent-Type: application/json\n\n{{\n  \"label\": \"Before \\\"x\\\"\"\n}}"
        ),
    );
}

#[test]
fn retention() {
    let set = |days| Action::Set { environment: id(ID), setting: Setting::Retention(days) };
    check(
        set(14),
        Shell::PowerShell,
        &format!(
            "Set-AdminPowerAppEnvironmentBackupRetentionPeriod -EnvironmentName '{ID}' -NewBackupRetentionPeriodInDays 14"
        ),
    );
    check(
        set(28),
        Shell::Pac,
        &format!("pac admin set-backup-retention-period --environment {ID} --backup-retention-period 28"),
    );
    check_none(set(14), Shell::Rest, "PowerShell or pac");
    check_none(set(30), Shell::PowerShell, "7, 14, 21 or 28");
    check_none(set(0), Shell::Pac, "7, 14, 21 or 28");
}

#[test]
fn administration_mode() {
    let set = |on| Action::Set { environment: id(ID), setting: Setting::AdministrationMode(on) };
    check(
        set(false),
        Shell::PowerShell,
        &format!("Set-AdminPowerAppEnvironmentRuntimeState -EnvironmentName '{ID}' -RuntimeState Enabled"),
    );
    check(set(true), Shell::Pac, &format!("pac admin set-runtime-state --environment {ID} --runtime-state AdminMode"));
    check(set(false), Shell::Rest, &format!("POST {BASE}/Enable?api-version=2024-10-01"));
    check(set(true), Shell::Rest, &format!("POST {BASE}/Disable?api-version=2024-10-01"));
}

#[test]
fn managed_environments() {
    let set = |managed| Action::Set { environment: id(ID), setting: Setting::Managed(managed) };
    check(
        set(false),
        Shell::PowerShell,
        &format!(
            "$governance = [pscustomobject]@{{ protectionLevel = 'Basic' }}\nSet-AdminPowerAppEnvironmentGovernanceConfiguration -EnvironmentName '{ID}' -UpdatedGovernanceConfiguration $governance"
        ),
    );
    check(
        set(true),
        Shell::Pac,
        &format!("pac admin set-governance-config --environment {ID} --protection-level Standard"),
    );
    check(set(true), Shell::Rest, &format!("POST {BASE}/governanceSetting/enableManaged?api-version=2024-10-01"));
    let p =
        check(set(false), Shell::Rest, &format!("POST {BASE}/governanceSetting/disableManaged?api-version=2024-10-01"));
    noted(&p, "inferred");
}

#[test]
fn by_hand() {
    for shell in Shell::ALL {
        check_none(Action::Set { environment: id(ID), setting: Setting::Kind(Kind::Sandbox) }, shell, "Convert");
        let spec = NewTargetSpec { name: "x".into(), like: Like::Told { says: "y".into(), region: None } };
        check_none(Action::CreateEnvironment(spec), shell, "admin center");
        assert_eq!(print(&Action::Manual, shell), Printed { text: None, notes: vec![], open: vec![], holes: vec![] });
    }
    check_none(Action::ValidateRestore(restore()), Shell::PowerShell, "no dry run");
    check_none(Action::ValidateRestore(restore()), Shell::Pac, "no dry run");
}

#[test]
fn restore_in_powershell() {
    let p = check(
        Action::Restore(restore()),
        Shell::PowerShell,
        "$restore = [pscustomobject]@{\n    SourceEnvironmentId = '11111111-1111-1111-1111-111111111111'\n    RestorePointDateTime = '2026-03-24 05:06:00'\n    SkipAuditData = $true\n}\nRestore-PowerAppEnvironment -EnvironmentName '22222222-2222-2222-2222-222222222222' -RestoreToRequestDefinition $restore -WaitUntilFinished $true",
    );
    noted(&p, "inferred");
    noted(&p, "-EnvironmentName is the target");
    noted(&p, "SkipAuditData is always set");
    let all = RestoreAction { new_name: Some("O’Brien's".into()), include_audit_logs: true, ..restore() };
    check(
        Action::Restore(all),
        Shell::PowerShell,
        "$restore = [pscustomobject]@{\n    SourceEnvironmentId = '11111111-1111-1111-1111-111111111111'\n    TargetEnvironmentName = 'O’’Brien''s'\n    RestorePointDateTime = '2026-03-24 05:06:00'\n    SkipAuditData = $false\n}\nRestore-PowerAppEnvironment -EnvironmentName '22222222-2222-2222-2222-222222222222' -RestoreToRequestDefinition $restore -WaitUntilFinished $true",
    );
}

#[test]
fn restore_with_pac() {
    let p = check(
        Action::Restore(restore()),
        Shell::Pac,
        "pac admin restore --source-env 11111111-1111-1111-1111-111111111111 --target-env 22222222-2222-2222-2222-222222222222 --selected-backup \"2026-03-24T05:06:00Z\" --skip-audit-data --async",
    );
    noted(&p, "--target-env");
    noted(&p, "rests on one report");
    noted(&p, "the help says mm/dd/yyyy hh:mm");
    noted(&p, "whether pac reads the date as UTC, which the Z says, or as local time is not known");
    noted(&p, "--skip-audit-data is there because");
    let all = RestoreAction { new_name: Some("Contoso Test 2".into()), include_audit_logs: true, ..restore() };
    let p = check(
        Action::Restore(all),
        Shell::Pac,
        "pac admin restore --source-env 11111111-1111-1111-1111-111111111111 --target-env 22222222-2222-2222-2222-222222222222 --selected-backup \"2026-03-24T05:06:00Z\" --name \"Contoso Test 2\" --async",
    );
    noted(&p, "no form that says no");
}

#[test]
fn pac_takes_whole_minutes_and_says_so() {
    let seconds = |point| print(&Action::Restore(RestoreAction { point, ..restore() }), Shell::Pac);
    let p = seconds(at(5, 6, 59));
    assert!(p.text.as_deref().unwrap().contains("\"2026-03-24T05:06:00Z\""), "the minute before, never after");
    noted(&p, "2026-03-24 05:06:00 UTC, not the chosen 2026-03-24 05:06:59 UTC");
    assert!(!seconds(at(5, 6, 0)).notes.iter().any(|n| n.contains("whole minutes")));
    noted(&seconds(at(5, 6, 0) + TimeDelta::milliseconds(1)), "whole minutes");
    // The minute before may lie before everything that can be restored, and a manual backup may not be found by it.
    let edge = |window_from| {
        let action = RestoreAction { point: at(5, 6, 59), window_from, ..restore() };
        print(&Action::Restore(action), Shell::Pac)
    };
    noted(
        &edge(Some(at(5, 6, 1))),
        "before the oldest point that could be restored when the plan was made (24 Mar 2026 05:06:01 UTC)",
    );
    for inside in [None, Some(at(5, 6, 0)), Some(at(4, 0, 0))] {
        assert!(!edge(inside).notes.iter().any(|n| n.contains("oldest point")), "{inside:?}");
    }
    let backup = RestoreAction { point: at(5, 6, 59), manual_backup: Some("b".into()), ..restore() };
    noted(&print(&Action::Restore(backup), Shell::Pac), "a manual backup is found by its instant");
}

#[test]
fn onto_itself_pac_still_names_the_target() {
    let itself = RestoreAction { source: id(BOX), ..restore() };
    let text = print(&Action::Restore(itself), Shell::Pac).text.unwrap();
    assert_eq!(text.matches(ID).count(), 2);
}

#[test]
fn restore_by_rest() {
    let body = "{\n  \"restoreOptions\": {\n    \"skipAuditData\": true\n  },\n  \"restorePointDateTime\": \"2026-03-24T05:06:00Z\",\n  \"sourceEnvironmentId\": \"11111111-1111-1111-1111-111111111111\"\n}";
    check(
        Action::Restore(restore()),
        Shell::Rest,
        &format!("POST {BASE}/restore?api-version=2024-10-01\nContent-Type: application/json\n\n{body}"),
    );
    let p = check(
        Action::ValidateRestore(restore()),
        Shell::Rest,
        &format!(
            "POST {BASE}/restore?ValidateOnly=true&api-version=2024-10-01\nContent-Type: application/json\n\n{body}"
        ),
    );
    noted(&p, "nothing is overwritten");
    noted(&p, "skipAuditData is always set");
    noted(&p, "the address names the target");
    let all = RestoreAction { new_name: Some("a \"b\" \\ é".into()), include_audit_logs: true, ..restore() };
    let text = print(&Action::Restore(all), Shell::Rest).text.unwrap();
    let json: serde_json::Value = serde_json::from_str(text.split("\n\n").nth(1).unwrap()).unwrap();
    assert_eq!(json["restoreOptions"]["environmentNameToOverride"], "a \"b\" \\ é");
    assert_eq!(json["restoreOptions"]["skipAuditData"], false);
}

#[test]
fn rest_keeps_a_fraction_and_powershell_says_that_it_does_not() {
    let action = Action::Restore(RestoreAction { point: at(5, 6, 7) + TimeDelta::milliseconds(250), ..restore() });
    assert!(print(&action, Shell::Rest).text.unwrap().contains("2026-03-24T05:06:07.250Z"));
    noted(&print(&action, Shell::PowerShell), "fraction of a second");
}

#[test]
fn pac_is_never_given_a_day_that_could_be_a_month() {
    let of = |day| Utc.with_ymd_and_hms(2026, 3, day, 5, 6, 0).unwrap();
    for day in 1..=31 {
        let restore = Action::Restore(RestoreAction { point: of(day), ..restore() });
        let p = print(&restore, Shell::Pac);
        if day <= 12 {
            assert_eq!(p.text, None, "{day}");
            noted(&p, &format!("which could take the day ({day}) for the month"));
            noted(&p, "use PowerShell, REST or the admin center");
        } else {
            assert!(p.text.unwrap().contains(&format!("--selected-backup \"2026-03-{day}T05:06:00Z\"")), "{day}");
        }
        for shell in [Shell::PowerShell, Shell::Rest] {
            assert!(print(&restore, shell).text.is_some());
        }
    }
}

#[test]
fn a_pac_script_hands_over_what_pac_is_not_given() {
    let made = named("Contoso Test").0;
    let text = script(&made, Shell::Pac).text.unwrap();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    let number = made.steps.iter().position(|s| s.id == "restore").unwrap() + 1;
    // Said before anything is done, and again at the step, which waits until it has been done with another tool.
    let first =
        at(&format!("Write-Warning 'Step {number}: This restore is not given to pac, which could take the day (11)"));
    let start = at("$from = 0");
    let again = at("\n    Write-Warning 'This restore is not given to pac");
    let exact =
        at(&format!("    Write-Warning 'Overwrites {BOX} with {PROD} as of 2026-03-11 06:00:00 UTC; audit logs"));
    let ask = at("    Confirm-Typed 'Restore “Contoso Sales”");
    let wait = at("    $null = Read-Host 'By hand: Restore “Contoso Sales”");
    assert!(first < start && start < again && again < exact && exact < ask && ask < wait, "{text}");
    assert!(!text.contains("pac admin restore "), "{text}");
}

#[test]
fn latest_is_never_printed_for_a_chosen_point() {
    for (shell, made) in Shell::ALL.map(|shell| (shell, on_a_late_day(named("Contoso Test").0))) {
        let text = script(&made, shell).text.unwrap();
        assert!(!text.to_lowercase().replace("-version latest", "").contains("latest"), "{text}");
    }
}

/// What a tool signs in with and where its requests go, in each cloud.
#[track_caller]
fn check_cloud(cloud: Cloud, endpoint: &str, pac: &str, host: Option<&str>) {
    let print = |action: &Action, shell| commands::print(action, shell, Some(cloud));
    let sign_in = |shell| print(&Action::SignIn, shell).text.unwrap();
    assert_eq!(sign_in(Shell::PowerShell), format!("Add-PowerAppsAccount -Endpoint {endpoint}"));
    assert_eq!(sign_in(Shell::Pac), format!("pac auth create --cloud {pac}"));
    let p = print(&Action::Inspect { environment: id(ID) }, Shell::Rest);
    match host {
        Some(host) => {
            let address = format!("GET https://{host}/environmentmanagement/environments/{ID}?api-version=2024-10-01");
            assert_eq!(p.text.as_deref(), Some(address.as_str()));
            noted(&p, &format!("a bearer token for https://{host}"));
            assert_eq!(p.notes.iter().any(|n| n.contains("taken from public code")), cloud != Cloud::Public);
            check_token(&print(&Action::SignIn, Shell::Rest), &format!("https://{host}"));
        }
        None => {
            left_open(&p, "<host of the Power Platform API in");
            noted(&p, "is not certain");
        }
    }
}

#[track_caller]
fn check_token(printed: &Printed, audience: &str) {
    assert!(printed.text.is_none());
    noted(printed, &format!("get a bearer token for {audience} and"));
}

#[test]
fn every_cloud_has_its_own_sign_in_and_host() {
    check_cloud(Cloud::Public, "prod", "Public", Some("api.powerplatform.com"));
    check_cloud(Cloud::UsGov, "usgov", "UsGov", Some("api.gov.powerplatform.microsoft.us"));
    check_cloud(Cloud::UsGovHigh, "usgovhigh", "UsGovHigh", None);
    check_cloud(Cloud::UsGovDod, "dod", "UsGovDod", Some("api.appsplatform.us"));
    check_cloud(Cloud::China, "china", "China", Some("api.powerplatform.partner.microsoftonline.cn"));
}

#[test]
fn an_unknown_cloud_is_left_open_and_asked_for() {
    let print = |action: &Action, shell| commands::print(action, shell, None);
    left_open(&print(&Action::SignIn, Shell::PowerShell), "<prod, usgov, usgovhigh, dod or china>");
    left_open(&print(&Action::SignIn, Shell::Pac), "<Public, UsGov, UsGovHigh, UsGovDod or China>");
    check_token(&print(&Action::SignIn, Shell::Rest), "the Power Platform API of your cloud (https:// and its host)");
    left_open(&print(&Action::Restore(restore()), Shell::Rest), "<host of the Power Platform API in your cloud>");
    let made = on_a_late_day(named("Contoso Test").0);
    let script = |shell| commands::script(&made, shell, None);
    let text = script(Shell::PowerShell).text.unwrap();
    assert!(text.contains("\n$endpoint = Read-Choice 'endpoint of your cloud (prod is Public, usgov is GCC, usgovhigh is GCC High, dod is DoD, china is China (21Vianet))' @('prod', 'usgov', 'usgovhigh', 'dod', 'china')\nAdd-PowerAppsAccount -Endpoint $endpoint\n"), "{text}");
    assert!(text.contains("\nfunction Read-Choice("));
    let text = script(Shell::Pac).text.unwrap();
    assert!(text.contains("    $cloud = Read-Choice 'name of your cloud (Public is Public, UsGov is GCC,"), "{text}");
    assert!(text.contains("    pac auth create --cloud $cloud\n"), "{text}");
    let file = script(Shell::Rest);
    noted(&file, "put it in place of put-the-host-here.invalid at the head of the file");
    let text = file.text.unwrap();
    assert_eq!(text.matches("\n@apiHost = put-the-host-here.invalid\n").count(), 1);
    assert!(text.contains("\nPOST https://{{apiHost}}/environmentmanagement/environments/"), "{text}");
    for shell in Shell::ALL {
        assert!(!script(shell).text.unwrap().contains("api.powerplatform.com"));
    }
    // Where it is known nobody is asked.
    for shell in [Shell::PowerShell, Shell::Pac] {
        assert!(!commands::script(&made, shell, Some(Cloud::China)).text.unwrap().contains("Read-Choice"));
    }
}

#[test]
fn no_plan_has_a_host_of_another_cloud() {
    let public = ["powerplatform.com", "powerplatform.microsoft.com", "Endpoint prod", "--cloud Public"];
    let text = |t: &Tenant| {
        let made = plan(seed(), t, &Purpose::Restore(request(PROD, BOX, hours_ago(30))), now()).unwrap();
        let cloud = made.cloud_in(t);
        let scripts = Shell::ALL.map(|s| commands::script(&made, s, cloud).text.unwrap());
        (made.clone(), scripts.concat() + &runbook::markdown(&made, cloud, |_| false))
    };
    for cloud in [None, Some(Cloud::UsGov), Some(Cloud::UsGovHigh), Some(Cloud::UsGovDod), Some(Cloud::China)] {
        let t = with(|t| t.cloud = cloud.map_or(Default::default(), known));
        let (made, text) = text(&t);
        assert_eq!(made.cloud, cloud);
        for host in public {
            assert!(!text.contains(host), "{host} for {cloud:?} in {text}");
        }
    }
    // A plan that was made for one cloud, in a tenant of another: neither is printed. Where its source is not here, its own counts.
    let (made, _) = text(&tenant());
    let gcc = with(|t| t.cloud = known(Cloud::UsGov));
    assert_eq!((made.cloud, made.cloud_in(&tenant())), (Some(Cloud::Public), Some(Cloud::Public)));
    assert_eq!(made.cloud_in(&gcc), None);
    assert_eq!(made.cloud_in(&Tenant { environments: Default::default(), ..gcc.clone() }), Some(Cloud::Public));
    let unknown = Plan { cloud: None, ..made.clone() };
    assert_eq!(unknown.cloud_in(&gcc), Some(Cloud::UsGov));
    assert_eq!(unknown.cloud_in(&Tenant { environments: Default::default(), ..gcc }), None);
}

#[test]
fn the_end_of_the_id_is_typed_where_names_are_the_same() {
    let t = edit(BOX2, |e| e.name = "Contoso Test".into());
    let made = plan(seed(), &t, &Purpose::Restore(request(PROD, BOX, hours_ago(30))), now()).unwrap();
    for shell in [Shell::PowerShell, Shell::Pac] {
        let text = script(&made, shell).text.unwrap();
        assert!(
            text.contains(
                "Others are called the same: its id ends in 2222. To go on, type: Contoso Test 2222' 'Contoso Test 2222' 'Not confirmed"
            ),
            "{text}"
        );
    }
}

/// Every line is a comment, the placeholder is there, and a note says so.
#[track_caller]
fn left_open(printed: &Printed, placeholder: &str) {
    let text = printed.text.as_deref().unwrap();
    assert!(text.lines().all(|l| l.starts_with('#')), "{text}");
    assert!(text.contains(placeholder), "{text}");
    noted(printed, placeholder);
}

#[test]
fn the_id_of_a_new_environment_is_a_placeholder_that_cannot_be_run() {
    let open = RestoreAction { target: None, ..restore() };
    for shell in Shell::ALL {
        left_open(&print(&Action::Restore(open.clone()), shell), "<id of the new environment>");
    }
    left_open(&print(&Action::ValidateRestore(open), Shell::Rest), "<id of the new environment>");
}

#[test]
fn odd_ids_are_not_printed() {
    for odd in ["", "-x", "a b", "a'b", "x;rm", "../x", "a\nb", "é", "$(x)", "a/b", "%41", &"a".repeat(81)] {
        for shell in Shell::ALL {
            let p = print(&Action::Inspect { environment: id(odd) }, shell);
            left_open(&p, "<id of the environment>");
            assert!(odd.is_empty() || !p.text.unwrap().contains(odd) || odd == "-x", "{odd:?}");
            let p = print(&Action::Restore(RestoreAction { target: Some(id(odd)), ..restore() }), shell);
            left_open(&p, "<id of the target>");
            let p = print(&Action::Restore(RestoreAction { source: id(odd), ..restore() }), shell);
            left_open(&p, "<id of the source>");
        }
    }
    let p = print(&Action::Inspect { environment: id(DEFAULT) }, Shell::Pac);
    assert!(p.text.unwrap().ends_with(DEFAULT));
}

#[test]
fn texts_that_cannot_be_passed_are_left_to_type() {
    let named = |name: &str| Action::Restore(RestoreAction { new_name: Some(name.into()), ..restore() });
    for bad in ["a\nb", "a\r", "\0", "a\u{85}b", "a\u{2028}b", "a\u{2029}b", "a\u{1b}[0m", "a\u{202E}b"] {
        for shell in Shell::ALL {
            let p = print(&named(bad), shell);
            left_open(&p, "<new name");
            assert!(!p.text.unwrap().contains(bad));
        }
    }
    for bad in [
        "a\"b", "$HOME", "`x`", "50%", "a!b", "a\\", "-x", "@file", "“x”", "a;b", "a|b", "a>b", "a'b", " x", "a&b",
        "a^b",
    ] {
        left_open(&print(&named(bad), Shell::Pac), "<new name");
    }
    for good in ["Contoso 2", "Größe", "日本", "a-b_c.d,(e)+f:g/h=i"] {
        let text = print(&named(good), Shell::Pac).text.unwrap();
        assert!(text.contains(&format!("--name \"{good}\"")), "{text}");
    }
    let label = Action::CreateManualBackup { environment: id(BOX), label: "a\nb".into() };
    for shell in Shell::ALL {
        left_open(&print(&label, shell), "<label");
    }
}

/// What PowerShell reads from a literal in single quotes: the text, and what is left of the line.
fn unquote(literal: &str) -> Option<(String, &str)> {
    let is_quote = |c: char| matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}');
    let mut chars = literal.char_indices().peekable();
    chars.next().filter(|(_, c)| is_quote(*c))?;
    let mut out = String::new();
    while let Some((i, c)) = chars.next() {
        if !is_quote(c) {
            out.push(c);
        } else if let Some((_, next)) = chars.peek().copied().filter(|(_, n)| is_quote(*n)) {
            // The first of a pair is what is read.
            let _ = next;
            out.push(c);
            chars.next();
        } else {
            return Some((out, &literal[i + c.len_utf8()..]));
        }
    }
    None
}

#[test]
fn powershell_quotes() {
    assert_eq!(quoting::powershell("a'b").unwrap(), "'a''b'");
    assert_eq!(quoting::powershell("‘’‚‛").unwrap(), "'‘‘’’‚‚‛‛'");
    assert_eq!(quoting::powershell("").unwrap(), "''");
    assert_eq!(quoting::powershell("$(x) `\" \"").unwrap(), "'$(x) `\" \"'");
}

/// Texts full of what breaks quoting.
fn nasty() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        Just("'".to_string()),
        Just("’".to_string()),
        Just("‘‚‛".to_string()),
        Just("\"".to_string()),
        Just("“”".to_string()),
        Just("$(rm)".to_string()),
        Just("`".to_string()),
        Just("```".to_string()),
        Just("\n".to_string()),
        Just("\u{2028}".to_string()),
        Just("\u{85}".to_string()),
        Just("\\".to_string()),
        Just("<b>".to_string()),
        Just("# x".to_string()),
        Just("](x)".to_string()),
        Just("; & | > %PATH% !".to_string()),
        Just("--name".to_string()),
        Just("\u{202E}".to_string()),
        "[a-zA-Z0-9 ]{0,6}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(bits, 0..8).prop_map(|v| v.concat())
}

fn any_restore() -> impl Strategy<Value = RestoreAction> {
    let some_id = || prop_oneof![3 => Just(PROD.to_string()), 3 => Just(BOX.to_string()), 1 => nasty()];
    (some_id(), prop::option::of(some_id()), 0i64..4_000_000_000_000, prop::option::of(nasty()), any::<bool>())
        .prop_map(|(source, target, millis, new_name, include_audit_logs)| RestoreAction {
            source: id(&source),
            target: target.map(|t| id(&t)),
            target_name: new_name.clone(),
            target_id_end: None,
            point: DateTime::from_timestamp_millis(millis).unwrap(),
            manual_backup: None,
            new_name,
            include_audit_logs,
            window_from: None,
        })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_powershell_literal_reads_back(text in nasty()) {
        match quoting::powershell(&text) {
            Some(literal) => prop_assert_eq!(unquote(&literal), Some((text, ""))),
            None => prop_assert!(!quoting::plain_text(&text)),
        }
    }

    #[test]
    fn a_pac_literal_ends_where_it_ends(text in nasty()) {
        if let Some(literal) = quoting::pac(&text) {
            prop_assert_eq!(literal.trim_matches('"'), &text);
            prop_assert!(!text.contains(['"', '$', '`', '\\', '%', '!', '\'', '“', '”', '„', '\n']));
            prop_assert!(text.starts_with(char::is_alphanumeric));
        }
    }

    #[test]
    fn pac_commands_have_one_line(action in any_restore(), label in nasty()) {
        let backup = Action::CreateManualBackup { environment: action.source.clone(), label };
        let refused = action.point.day() <= 12;
        for a in [Action::Restore(action), backup] {
            let p = print(&a, Shell::Pac);
            prop_assert_eq!(p.text.is_none(), refused && matches!(a, Action::Restore(_)));
            let text = p.text.unwrap_or_default();
            prop_assert!(!text.chars().any(|c| c.is_control() || c == '\u{2028}' || c == '\u{2029}'), "{:?}", text);
        }
    }

    #[test]
    fn every_restore_names_the_target_and_sets_audit_logs(action in any_restore()) {
        let skip = !action.include_audit_logs;
        let target = action.target.clone();
        for shell in Shell::ALL {
            let p = print(&Action::Restore(action.clone()), shell);
            if shell == Shell::Pac && action.point.day() <= 12 {
                prop_assert!(p.text.is_none() && p.notes.len() == 1, "{:?}", p);
                continue;
            }
            let text = p.text.clone().unwrap();
            let shown = match &target {
                Some(t) if quoting::plain_id(t.as_str()).is_some() => t.as_str().to_string(),
                Some(_) => "<id of the target>".to_string(),
                None => "<id of the new environment>".to_string(),
            };
            let named = match shell {
                Shell::PowerShell => text.contains(&format!("-EnvironmentName '{shown}'")) || text.contains(&format!("-EnvironmentName {shown} ")),
                Shell::Pac => text.contains(&format!("--target-env {shown} ")) && text.contains("--source-env "),
                Shell::Rest => text.contains(&format!("environments/{shown}/restore")),
            };
            prop_assert!(named, "{}", text);
            let audit = match shell {
                Shell::PowerShell => text.contains(&format!("SkipAuditData = ${skip}")),
                Shell::Pac => text.ends_with(" --skip-audit-data --async") == skip && (skip || p.notes.iter().any(|n| n.contains("--skip-audit-data"))),
                Shell::Rest => text.contains(&format!("\"skipAuditData\": {skip}")),
            };
            prop_assert!(audit, "{}", text);
            // What the wizard shows of it beforehand is what is printed; a remark is no switch.
            let name = match shell {
                Shell::PowerShell => "PowerShell",
                Shell::Pac => "pac",
                Shell::Rest => "REST",
            };
            let (_, left_out, included) = commands::audit_switches().into_iter().find(|(tool, ..)| *tool == name).unwrap();
            prop_assert_eq!(text.contains(left_out), skip, "{}", text);
            prop_assert_eq!(text.contains(included), !skip && !included.starts_with('#'), "{}", text);
            // What has a hole is a comment as a whole.
            if text.contains("<id of") || text.contains("<new name") {
                let commented = text.lines().all(|l| l.starts_with('#'));
                prop_assert!(commented || shell == Shell::Rest || action.new_name.as_deref().is_some_and(|n| n.contains('<')), "{}", text);
            }
        }
    }

    #[test]
    fn rest_bodies_are_json(action in any_restore()) {
        let text = print(&Action::Restore(action), Shell::Rest).text.unwrap();
        let plain: Vec<&str> = text.lines().map(|l| l.strip_prefix("# ").or(l.strip_prefix('#')).unwrap_or(l)).collect();
        let plain = plain.join("\n");
        let body = plain.split_once("\n\n").unwrap().1;
        prop_assert!(serde_json::from_str::<serde_json::Value>(body).is_ok(), "{}", body);
    }

    #[test]
    fn markdown_shows_exactly_the_text(text in nasty()) {
        let escaped = runbook::escape(&text);
        prop_assert!(!escaped.contains('\n'));
        // Reading the escapes back gives the text on one line.
        let mut plain = String::new();
        let mut chars = escaped.chars();
        while let Some(c) = chars.next() {
            plain.push(if c == '\\' { chars.next().unwrap() } else { c });
        }
        prop_assert_eq!(plain, restore_desk::domain::characters::one_line(&text, 4000));
        // Nothing that means something stands bare.
        prop_assert!(!bare(&escaped).contains(['`', '*', '_', '[', ']', '<', '>', '&', '|', '~', '@']), "{}", escaped);
    }
}

/// Markdown without its escapes.
fn bare(markdown: &str) -> String {
    let mut out = String::new();
    let mut chars = markdown.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else {
            out.push(c);
        }
    }
    out
}

fn named(name: &str) -> (restore_desk::domain::plan::Plan, String) {
    let t = edit(BOX, |e| e.name = name.to_string());
    let mut r = RestoreRequest { new_name: Some("New ’name".into()), ..request(PROD, BOX, hours_ago(30)) };
    r.point = Point::System(hours_ago(30));
    let plan = plan(seed(), &t, &Purpose::Restore(r), now()).unwrap();
    let text = runbook::markdown(&plan, plan.cloud, |id| id == "sign-in");
    (plan, text)
}

#[test]
fn the_runbook() {
    let (plan, text) = named("Contoso Test");
    assert!(
        text.starts_with("# Restore “Contoso Sales” as it was at 11 Mar 2026 06:00 UTC onto “Contoso Test”\n"),
        "{text}"
    );
    assert!(text.contains("Made 12 Mar 2026 12:00 UTC under the rules of 2 April 2024."));
    assert!(text.contains("### 1. Sign in as an administrator\n\n- [x] done\n"));
    assert_eq!(text.matches("\n### ").count(), plan.steps.len());
    assert_eq!(text.matches("- [ ] ").count() + 1, plan.steps.len() + plan.afterwards.len());
    assert_eq!(
        text.matches("```powershell\n").count() + text.matches("```sh\n").count() + text.matches("```http\n").count(),
        text.matches("\n```\n").count()
    );
    assert!(text.contains("<https://learn.microsoft.com/"));
}

#[test]
fn no_name_breaks_the_runbook() {
    let (plain, text) = named("Contoso Test");
    let headings = |t: &str| {
        t.lines().filter(|l| l.starts_with('#')).map(|l| l.split(' ').next().unwrap().to_string()).collect::<Vec<_>>()
    };
    for name in [
        "# x\n## y",
        "](http://evil) ![x](y)",
        "<script>alert(1)</script>",
        "```\n# z\n```",
        "1. x",
        "- [x] done",
        "|a|b|",
        "https://evil.example",
        "&lt;",
        "\\",
        "*a* _b_ `c`",
        "a\u{2028}# b",
    ] {
        let (plan, hostile) = named(name);
        assert_eq!(plan.steps.len(), plain.steps.len());
        assert_eq!(headings(&hostile), headings(&text), "{name:?}");
        assert_eq!(hostile.lines().count(), text.lines().count(), "{name:?}");
        let prose = bare(&hostile.replace("<https://learn.microsoft.com/", ""));
        assert!(!prose.contains("<script") && !prose.contains("](") && !prose.contains("https://evil"), "{name:?}");
    }
}

#[test]
fn the_script() {
    let (plan, _) = named("O’Brien's # \"test\"");
    let text = script(&plan, Shell::PowerShell).text.unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("\u{FEFF}# Restore “Contoso Sales”"));
    assert!(
        lines[1].contains("plan made 2026-03-12 12:00:00 UTC under the edition 2024-04-02 (Rules of 2 April 2024)")
    );
    assert_eq!(
        lines[2..7],
        [
            "#Requires -Version 5.1",
            "#Requires -PSEdition Desktop",
            "#Requires -Modules Microsoft.PowerApps.Administration.PowerShell",
            "Set-StrictMode -Version Latest",
            "$ErrorActionPreference = 'Stop'",
        ]
    );
    let ask =
        text.find("To go on, type: O’’Brien''s # \"test\"' 'O’’Brien''s # \"test\"' 'Not confirmed: nothing").unwrap();
    let run = text.find("$result = Restore-PowerAppEnvironment -EnvironmentName").unwrap();
    assert!(ask < run, "it asks before it overwrites");
    assert!(text.contains("“O’’Brien''s # \"test\"”. To go on, type: "), "sentences do not run together");
    assert_eq!(text.matches("# Step ").count(), plan.steps.len());
    assert!(text.contains(
        "$null = Read-Host 'By hand: Watch until it has finished, and see how it ended. Press Enter when it is done'"
    ));
    // What can be lost is said while the script runs, before anything is done.
    let first_loss = text.find("Write-Warning '").unwrap();
    assert!(first_loss < text.find("Add-PowerAppsAccount").unwrap());
    assert!(text.contains("audit logs are left out.'"), "the step that overwrites says the choice");
    assert!(text.contains("if ($answer.Trim() -eq 'yes') {"), "the optional backup is asked for");
    assert!(text.contains("$null = Read-Host 'Check: "), "it stops after a look");
}

fn recovery() -> restore_desk::domain::plan::Plan {
    let purpose = Purpose::BulkDeletion {
        source: id(PROD),
        point: Point::System(hours_ago(30)),
        include_audit_logs: false,
        special_apps: vec![],
    };
    plan(seed(), &tenant(), &purpose, now()).unwrap()
}

#[test]
fn a_script_for_a_new_environment_asks_for_its_id() {
    let made = on_a_late_day(recovery());
    for (shell, run) in [
        (
            Shell::PowerShell,
            "    $result = Restore-PowerAppEnvironment -EnvironmentName $newId -RestoreToRequestDefinition",
        ),
        (
            Shell::Pac,
            "    pac admin restore --source-env 11111111-1111-1111-1111-111111111111 --target-env $newId --selected",
        ),
    ] {
        let text = script(&made, shell).text.unwrap();
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
        // The id of the source is refused: the restore would overwrite it.
        let ask = at(&format!("    if ($newId -eq '') {{ $newId = Read-Id 'the new environment' '{PROD}' }}\n"));
        let shown = at("    Write-Warning \"The target is the environment ${newId}:\"\n");
        let look = at("No environment with that id can be seen. Nothing was overwritten.");
        let confirm = at("    Confirm-Typed 'Restore “Contoso Sales”");
        assert!(ask < shown && shown < look && look < confirm && confirm < at(run), "{text}");
        assert!(at("function Read-Id(") < ask && at("$newId = ''\n") < ask);
        assert_eq!(text.matches("admin restore ").count() + text.matches("Restore-PowerAppEnvironment ").count(), 1);
        assert!(!text.contains("By hand: Restore"), "it is not asked to be done a second time");
        assert!(!text.contains("<id of"), "{text}");
    }
}

#[test]
fn texts_that_cannot_be_passed_are_asked_for_in_a_script() {
    let mut made = on_a_late_day(named("Contoso Test").0);
    for step in &mut made.steps {
        match &mut step.action {
            Action::CreateManualBackup { label, .. } => *label = "a\nb".into(),
            Action::Restore(r) => r.new_name = Some("a\u{202E}b".into()),
            _ => {}
        }
    }
    let text = script(&made, Shell::PowerShell).text.unwrap();
    assert!(text.contains("\n        $label = Read-Text 'label' '") && text.contains("{ Label = $label; "), "{text}");
    assert!(
        text.contains("\n    $newName = Read-Text 'new name' '")
            && text.contains(" TargetEnvironmentName = $newName\n")
    );
    let text = script(&made, Shell::Pac).text.unwrap();
    assert!(text.contains(" --label $label\n") && text.contains(" --name $newName --skip-audit-data"), "{text}");
    // An id is never made up: the command stays a comment, and nobody is asked to do it twice.
    for step in &mut made.steps {
        if let Action::Restore(r) = &mut step.action {
            r.target = Some(id("x;rm"));
        }
    }
    for shell in [Shell::PowerShell, Shell::Pac] {
        let text = script(&made, shell).text.unwrap();
        assert!(!text.lines().any(|l| !l.trim_start().starts_with('#') && l.contains("<id of")), "{text}");
        assert!(
            text.contains(
                "    Write-Warning 'This script does not run the command of this step: an id in it has unusual"
            )
        );
        assert!(text.contains("Do it once, in one of the two ways; then press Enter'"));
    }
}

/// What a script asks somebody to type before it overwrites, for a target of that name.
#[track_caller]
fn check_typed(name: &str, expect: &str) {
    let (mut made, _) = named("Contoso Test");
    // A plan may come from elsewhere, with any name.
    for step in &mut made.steps {
        if let Action::Restore(r) = &mut step.action {
            r.target_name = Some(name.into());
        }
    }
    for (shell, made) in
        [(Shell::PowerShell, made.clone()), (Shell::Pac, made.clone()), (Shell::Pac, on_a_late_day(made))]
    {
        let text = script(&made, shell).text.unwrap();
        let wanted = quoting::powershell(expect).unwrap();
        assert!(text.contains(&format!("' {wanted} 'Not confirmed: nothing was overwritten by this step.'")), "{text}");
    }
}

#[test]
fn what_is_typed_to_confirm() {
    check_typed("Contoso Test", "Contoso Test");
    check_typed("O’Brien  “x” – y", "O’Brien  “x” – y");
    // What nobody could type is confirmed by the id.
    for name in ["a\u{200B}b", "a\u{202E}b", "\u{FEFF}", " \u{2003}", &"x".repeat(121)] {
        check_typed(name, BOX);
    }
}

#[test]
fn a_script_looks_at_every_answer() {
    let text = script(&named("Contoso Test").0, Shell::PowerShell).text.unwrap();
    assert!(text.contains("\nfunction Assert-Answer($answer, $what) {\n"));
    for cmdlet in [
        "Get-AdminPowerAppEnvironment",
        "Backup-PowerAppEnvironment",
        "Restore-PowerAppEnvironment",
        "Set-AdminPowerAppEnvironmentRuntimeState",
    ] {
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        let found: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].contains(&format!("{cmdlet} "))).collect();
        assert!(!found.is_empty(), "{cmdlet}");
        for i in found {
            assert!(lines[i].starts_with(&format!("$result = {cmdlet} ")), "{}", lines[i]);
            assert!(lines[i + 1].starts_with("Assert-Answer $result 'The "), "{}", lines[i + 1]);
        }
    }
    assert!(text.contains("if ($null -eq $result) { Confirm-Typed 'No answer came back. Did the restore start?"));
    noted(&script(&named("x").0, Shell::PowerShell), "how a failed one looks is inferred");
}

#[test]
fn a_script_begins_where_it_is_told_to() {
    let (made, _) = named("Contoso Test");
    let all = made.steps.len();
    for shell in [Shell::PowerShell, Shell::Pac] {
        let text = script(&made, shell).text.unwrap();
        assert!(text.contains(&format!("Read-Host 'Start at step (1 to {all}; press Enter for 1)'")));
        for number in 2..=all {
            assert_eq!(
                text.matches(&format!("\nif ($from -le {number}) {{\n    Write-Host 'Step {number} of {all}: "))
                    .count(),
                1
            );
        }
        assert!(!text.contains("$sandbox"), "nothing is switched");
    }
}

#[test]
fn no_script_leaves_a_sandbox_in_silence() {
    let purpose = Purpose::RestoreToProduction(request(PROD, PROD, hours_ago(30)));
    let made = on_a_late_day(plan(seed(), &tenant(), &purpose, now()).unwrap());
    let number = |id: &str| made.steps.iter().position(|s| s.id == id).unwrap() + 1;
    let (to, back) = (number("switch-to-sandbox"), number("switch-to-production"));
    for shell in [Shell::PowerShell, Shell::Pac] {
        let text = script(&made, shell).text.unwrap();
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
        let first = at(&format!("if ($from -gt {to} -and $from -le {back}) {{ $sandbox = 'may still be' }}\ntry {{\n"));
        let may = at("    $sandbox = 'may still be'\n    $null = Read-Host 'By hand: Switch “Contoso Sales” from");
        let is = at("    $sandbox = 'is still'\n");
        let run = at(if shell == Shell::Pac { "pac admin restore " } else { "$result = Restore-PowerAppEnvironment" });
        let over = at("if ($answer.Trim() -eq 'yes') { $sandbox = '' } else { Write-Warning '");
        let end = at(&format!(
            "}} finally {{\n    if ($sandbox -ne '') {{ Write-Warning ('“Contoso Sales” (id {PROD})' + ' ' + $sandbox + ' ' + 'a Sandbox: \
             switch it back to Production at once (Environments > “Contoso Sales” > Convert to production).') }}\n}}\n"
        ));
        assert!(first < may && may < is && is < run && run < over && over < end, "{text}");
        assert!(text.ends_with("}\n") && text[end..].lines().count() == 3);
    }
}

#[test]
fn the_pac_script_says_the_minute_that_pac_takes() {
    let mut made = named("Contoso Test").0;
    for step in &mut made.steps {
        if let Action::Restore(r) = &mut step.action {
            r.point = at(13, 5, 37);
            r.manual_backup = Some("b".into());
        }
    }
    let text = script(&made, Shell::Pac).text.unwrap();
    assert!(
        text.contains(&format!(
            "Write-Warning 'Overwrites {BOX} with {PROD} as of 2026-03-24 13:05 UTC (pac is given whole minutes; the plan''s point is \
             2026-03-24 13:05:37 UTC); audit logs are left out.'"
        )),
        "{text}"
    );
    assert!(text.contains(". pac is given 2026-03-24 13:05 UTC. To go on, type: Contoso Test'"), "{text}");
    assert!(text.contains("Write-Warning 'A manual backup is found by its instant, and the minute may not find it: "));
    let text = script(&made, Shell::PowerShell).text.unwrap();
    assert!(text.contains(" as of 2026-03-24 13:05:37 UTC; audit logs") && !text.contains("whole minutes"), "{text}");
}

#[test]
fn no_name_leaves_its_comment_or_its_literal_in_a_script() {
    for name in [
        "a\nRemove-Item x",
        "a\r\nRemove-Item x",
        "a\u{2028}Remove-Item x",
        "a\u{85}Remove-Item x",
        "'; Remove-Item x; '",
        "’; Remove-Item x; ’",
        "#> Remove-Item x",
    ] {
        let (plan, _) = named(name);
        for line in script(&plan, Shell::PowerShell)
            .text
            .unwrap()
            .trim_start_matches('\u{FEFF}')
            .lines()
            .map(str::trim_start)
            .filter(|l| l.contains("Remove-Item"))
        {
            if line.starts_with('#') {
                continue;
            }
            // Outside of literals there is nothing of the name.
            let mut rest = line;
            let mut outside = String::new();
            while let Some(i) = rest.find(['\'', '‘', '’', '‚', '‛']) {
                outside.push_str(&rest[..i]);
                rest = unquote(&rest[i..]).expect("every literal ends on its line").1;
            }
            outside.push_str(rest);
            assert!(!outside.contains("Remove-Item"), "{name:?}: {line}");
        }
    }
}

#[test]
fn the_pac_script() {
    let plan = on_a_late_day(named("O’Brien's # \"test\"").0);
    let text = script(&plan, Shell::Pac).text.unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let powershell = script(&plan, Shell::PowerShell).text.unwrap();
    assert_eq!(lines[..2], powershell.lines().take(2).collect::<Vec<_>>(), "the same head");
    assert_eq!(lines[2..4], ["Set-StrictMode -Version Latest", "$ErrorActionPreference = 'Stop'"]);
    assert!(!text.contains("#Requires"), "pac runs in every edition of PowerShell");
    assert!(lines[4].starts_with("if (-not (Get-Command pac "), "it says at once that pac is not there");
    // An error of pac stops the script at once.
    let calls: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].trim_start().starts_with("pac ")).collect();
    assert!(calls.len() >= 5, "{text}");
    for call in calls {
        assert!(lines[call + 1].trim_start().starts_with("if ($LASTEXITCODE -ne 0) { throw "), "{}", lines[call]);
    }
    let ask = text.find("' 'O’’Brien''s # \"test\"' 'Not confirmed").unwrap();
    assert!(ask < text.find("pac admin restore --source-env").unwrap(), "it asks before it overwrites");
    assert!(
        text.contains("$null = Read-Host 'By hand: Try the restore without carrying it out."),
        "pac has no dry run"
    );
    assert!(text.contains("# Note: without --target-env pac overwrites the source: never leave it out"));
    assert!(!text.contains("Add-PowerAppsAccount"));
}

#[test]
fn the_file_of_requests() {
    let (plan, _) = named("{{token}} # \"test\"");
    let file = script(&plan, Shell::Rest).text.unwrap();
    assert!(file.starts_with("# Plan: Restore “Contoso Sales” as it was at 11 Mar 2026 06:00 UTC onto “{ {token}} # \"test\"”\n# Restore Desk, plan made 2026-03-12 12:00:00 UTC under the edition 2024-04-02"), "{file}");
    assert_eq!(file.matches("\n@token = ").count(), 1);
    assert_eq!(file.matches("\n### Step ").count(), plan.steps.len());
    let (dry, real) = (file.find("/restore?ValidateOnly=true&").unwrap(), file.find("/restore?api-version").unwrap());
    assert!(dry < real, "the dry run comes first");
    assert!(file.contains(&format!("# @note\nPOST {BASE}/restore?api-version=2024-10-01\nAuthorization: Bearer {{{{token}}}}\nContent-Type: application/json\n\n{{\n")));
    let overwrites =
        file.find("# Before you send it: Overwrites 22222222-2222-2222-2222-222222222222 with 1111").unwrap();
    assert!(dry < overwrites && overwrites < real);
    assert!(
        file.contains("# By hand: Watch until it has finished, and see how it ended\n# Where: "),
        "what is done by hand is a comment"
    );
    // A restore whose target is not known yet cannot be sent by accident.
    let bulk = script(&recovery(), Shell::Rest);
    noted(&bulk, "put it in place of put-the-id-here at the head of the file");
    let bulk = bulk.text.unwrap();
    assert_eq!(bulk.matches("\n@newEnvironmentId = put-the-id-here\n").count(), 1);
    assert!(!file.contains("newEnvironmentId"));
    let note = "# @note\n# POST https://api.powerplatform.com/environmentmanagement/environments/{{newEnvironmentId}}/restore?api";
    assert!(bulk.contains(note), "{bulk}");
    assert!(!bulk.lines().any(|l| l.starts_with("POST ")), "{bulk}");
    // A name that would be taken for the token is left to type.
    let secret = Action::Restore(RestoreAction { new_name: Some("a {{token}}".into()), ..restore() });
    left_open(&print(&secret, Shell::Rest), "<new name>");
}
