//! Deleted, and nobody says when: a span, never a guess. What every format reads, what merging makes of it, what is promised, and the
//! same answer everywhere.

use crate::laws::cases;
use crate::pair_support::{any_edition, env, known};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::domain::advice::{Case, Mishap, WayKind, WayStanding, advise};
use restore_desk::domain::command::{Command, Refusal, apply};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Answer, Deletion, Environment, EnvironmentId, FactKey, Kind};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::life::{Deed, Doubt, Recoverable, Urgent, at_once, decide, of_environment, recovery};
use restore_desk::domain::merge::{LineKind, Note, merge, preview, unknown_facts};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::retention::{Certainty, window};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::service::{Act, Ended, Offered, ServiceOperation};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::{Read, read};
use restore_desk::view_model::rows::asks;
use restore_desk::words::Say;
use restore_desk::workspace::{Workspace, envelope};

const ID: &str = "6d1e0007-2b7a-4c21-9d10-0f00c0de0007";

fn nov(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, 6, 0, 0).unwrap()
}

/// When the files are read.
fn now() -> DateTime<Utc> {
    nov(24)
}

/// `10` an instant, `10-24` a span, `-24` one without a beginning, `living`.
fn spec(text: &str) -> Option<Deletion> {
    let day = |text: &str| nov(text.parse().unwrap());
    match text.split_once('-') {
        _ if text == "living" => None,
        None => Some(day(text).into()),
        Some(("", at)) => Some(Deletion::between(None, day(at))),
        Some((from, at)) => Some(Deletion::between(Some(day(from)), day(at))),
    }
}

// Reading

fn read_text(text: &str) -> Read {
    read("x", text.as_bytes(), now(), |_| 0)
}

/// What is read of the environment, and what is said of its deletion: nothing, a part of the sentence.
#[track_caller]
fn check_read(text: &str, expect: &str, says: &str) {
    let got = read_text(text);
    let inventory = got.inventory.as_ref().unwrap_or_else(|| panic!("nothing was read: {:#?}", got.findings));
    let seen = inventory.environments.iter().find(|o| o.id == ID).unwrap_or_else(|| panic!("{inventory:#?}"));
    assert_eq!(seen.deleted, spec(expect), "{text}\n{:#?}", got.findings);
    let said: Vec<&str> = got.findings.iter().map(|f| f.says.as_str()).filter(|s| s.contains("delet")).collect();
    match says {
        "" => assert_eq!(said, [] as [&str; 0], "{text}"),
        part => assert!(matches!(said.as_slice(), [one] if one.contains(part)), "{text}\n{said:?}"),
    }
}

const WHEN: &str = "does not say when";
const LATER: &str = "lies in the future, so when it was deleted is not known";
const LEFT_OUT: &str = "lies in the future and was left out: it counts as living";

fn api(more: &str) -> String {
    format!(
        r#"{{"value":[{{"id":"{ID}","displayName":"Pilot","type":"Sandbox","geo":"europe","protectionLevel":"Basic","adminMode":"Disabled"{more}}}]}}"#
    )
}

#[test]
fn the_power_platform_api() {
    let deleted = |more: &str| api(&format!(r#","state":"Deleted"{more}"#));
    check_read(&deleted(r#","deletedDateTime":"2026-11-20T06:00:00Z""#), "20", "");
    let created = r#","createdDateTime":"2026-11-02T06:00:00Z""#;
    let changed = r#","lastModifiedDateTime":"2026-11-10T06:00:00Z""#;
    check_read(&deleted(""), "-24", WHEN);
    check_read(&deleted(created), "2-24", WHEN);
    check_read(&deleted(&format!("{created}{changed}")), "10-24", WHEN);
    // A sentinel is no time.
    let sentinel = r#","deletedDateTime":"1970-01-01T00:00:00Z""#;
    check_read(&deleted(&format!("{changed}{sentinel}")), "10-24", WHEN);
    check_read(&api(&format!(r#","state":"Ready"{sentinel}"#)), "living", "");
    // The service offered points from then on, so it lived then.
    let offered = r#","retentionDetails":{"retentionPeriod":"P7D","availableFromDateTime":"2026-11-12T06:00:00Z"}"#;
    check_read(&deleted(&format!("{changed}{offered}")), "12-24", WHEN);
    // A time that has not come yet.
    let later = r#","deletedDateTime":"2026-11-25T06:00:00Z""#;
    check_read(&deleted(&format!("{changed}{later}")), "10-24", LATER);
    check_read(&api(&format!(r#","state":"Ready"{later}"#)), "living", LEFT_OUT);
}

#[test]
fn the_admin_api_and_powershell() {
    let body = |id: &str, props: &str| {
        format!(
            r#"{{"id":"/providers/Microsoft.BusinessAppPlatform/scopes/admin/{id}/{ID}","name":"{ID}","location":"europe","properties":{{"displayName":"Pilot","environmentSku":"Sandbox","createdTime":"2026-11-02T06:00:00Z"{props}}}}}"#
        )
    };
    let list = |row: String| format!(r#"{{"value":[{row}]}}"#);
    let gone = r#","states":{"management":{"id":"SoftDeleted"}}"#;
    let changed = r#","lastModifiedTime":"2026-11-10T06:00:00Z""#;
    let database = r#","linkedEnvironmentMetadata":{"createdTime":"2026-11-04T06:00:00Z"}"#;
    check_read(&list(body("environments", gone)), "2-24", WHEN);
    check_read(&list(body("environments", &format!("{gone}{database}"))), "4-24", WHEN);
    check_read(&list(body("environments", &format!("{gone}{changed}"))), "10-24", WHEN);
    check_read(&list(body("environments", r#","provisioningState":"Deleted""#)), "2-24", WHEN);
    check_read(&list(body("environments", r#","deletedTime":"2026-11-25T06:00:00Z""#)), "living", LEFT_OUT);
    check_read(
        &list(body("environments", &format!(r#"{gone},"softDeletedTime":"2026-11-25T06:00:00Z""#))),
        "2-24",
        LATER,
    );
    check_read(&list(body("environments", &format!(r#"{gone},"softDeletedTime":"2026-11-20T06:00:00Z""#))), "20", "");
    let cmdlet = |props: &str| {
        let body = body("softDeletedEnvironments", props);
        format!(r#"[{{"EnvironmentName":"{ID}","DisplayName":"Pilot","Internal":{body}}}]"#)
    };
    check_read(&cmdlet(r#","softDeletedTime":"2026-11-20T06:00:00Z""#), "20", "");
    check_read(&cmdlet(""), "2-24", WHEN);
    check_read(&cmdlet(changed), "10-24", WHEN);
}

#[test]
fn flat_rows() {
    let lake = |more: &str| {
        format!(
            r#"[{{"environmentId":"{ID}","environmentName":"Pilot","environmentType":"Sandbox","cdsInstanceId":null,"governanceConfigurationType":"Basic"{more}}}]"#
        )
    };
    let gone = r#","environmentState":"Deleted""#;
    check_read(&lake(&format!(r#"{gone},"deletedTime":"2026-11-20T06:00:00Z""#)), "20", "");
    check_read(&lake(gone), "-24", WHEN);
    check_read(&lake(&format!(r#"{gone},"createdTime":"2026-11-02T06:00:00Z""#)), "2-24", WHEN);
    check_read(&lake(&format!(r#"{gone},"lastModifiedTime":"2026-11-10T06:00:00Z""#)), "10-24", WHEN);
    check_read(&lake(&format!(r#"{gone},"deletedTime":"2026-12-20T06:00:00Z""#)), "-24", LATER);
    check_read(&lake(r#","environmentState":"Enabled","deletedTime":"2026-12-20T06:00:00Z""#), "living", LEFT_OUT);
    let report = "Name,EnvironmentId,Type,Region,State,IsManagedEnv,InstanceUrl\n";
    check_read(&format!("{report}Pilot,{ID},Sandbox,europe,Deleted,No,\n"), "-24", WHEN);
}

#[test]
fn the_collectors_list_of_the_deleted() {
    let row = |id: &str, props: &str| {
        format!(
            r#"{{"value":[{{"id":"/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/{id}","name":"{id}","location":"europe","properties":{{"displayName":"E","environmentSku":"Sandbox","createdTime":"2026-11-02T06:00:00Z"{props}}}}}]}}"#
        )
    };
    let ask = |ask: &str, day: u32, answer: &str| {
        format!(
            r#"{{"ask":"{ask}","of":null,"service":"admin","asked":"2026-11-{day:02}T06:00:00Z","status":"answered","answer":{answer}}}"#
        )
    };
    let file = |questions: &[String]| {
        let head = r#"{"collector":"restore-desk","version":1,"script":"restore-desk-collect.sh","tenant":"7b1f3a52-90c4-4d8e-8a11-2f6d5c0e9b01","cloud":"prod","started":"2026-11-18T06:00:00Z","kinds":["Production"],"questions":["#;
        format!("{head}\n{}\n],\"finished\":\"2026-11-19T06:04:00Z\"}}\n", questions.join(",\n"))
    };
    let other = ask("environments", 18, &row("6d1e0001-2b7a-4c21-9d10-0f00c0de0001", ""));
    // No later than the answer that called it deleted, which is days before the import.
    check_read(&file(&[other.clone(), ask("deleted", 19, &row(ID, ""))]), "2-19", WHEN);
    let changed = r#","lastModifiedTime":"2026-11-10T06:00:00Z""#;
    check_read(&file(&[other.clone(), ask("deleted", 19, &row(ID, changed))]), "10-19", WHEN);
    // Still listed as living by the question before.
    let lived = ask("environments", 18, &row(ID, ""));
    check_read(&file(&[lived, ask("deleted", 19, &row(ID, changed))]), "18-19", WHEN);
    let gone = r#","states":{"management":{"id":"SoftDeleted"}}"#;
    check_read(&file(&[ask("environments", 18, &row(ID, gone))]), "2-18", WHEN);
}

// Until when it can be recovered

fn gone(kind: &str, when: &str) -> Environment {
    let mut e = env("e", kind);
    e.deleted = spec(when);
    e
}

fn days(from: u32, days: i64) -> DateTime<Utc> {
    nov(from) + TimeDelta::days(days)
}

#[test]
fn surely_perhaps_and_no_longer() {
    #[track_caller]
    fn check(kind: &str, dynamics: Option<bool>, when: &str, sure: Option<DateTime<Utc>>, possible: DateTime<Utc>) {
        let mut e = gone(kind, when);
        e.dynamics = dynamics.map_or(Fact::unknown(), known);
        for edition in EDITIONS {
            let r = recovery(edition, &e).unwrap();
            assert_eq!((r.guaranteed_until, r.possible_until), (sure, possible), "{r:#?}");
            let second = TimeDelta::seconds(1);
            if let Some(sure) = sure {
                assert_eq!(r.at(sure), Recoverable::Surely);
                let then = if sure == possible { Recoverable::NoLonger } else { Recoverable::Perhaps };
                assert_eq!(r.at(sure + second), then);
            } else {
                assert_eq!(r.at(nov(1)), Recoverable::Perhaps);
            }
            assert_eq!(r.at(possible + second), Recoverable::NoLonger);
            assert_eq!(r.doubts.is_empty(), sure == Some(possible), "{:?}", r.doubts);
        }
    }
    check("Sandbox", None, "10", Some(days(10, 7)), days(10, 7));
    check("Sandbox", None, "10-14", Some(days(10, 7)), days(14, 7));
    check("Sandbox", None, "-14", None, days(14, 7));
    check("Production", Some(true), "10-14", Some(days(10, 28)), days(14, 28));
    check("Production", Some(false), "10-14", Some(days(10, 7)), days(14, 7));
    check("Production", None, "10-14", Some(days(10, 7)), days(14, 28));
    check("Trial", None, "10-14", Some(days(10, 7)), days(14, 7));
    check("?", None, "10-14", Some(days(10, 7)), days(14, 28));
}

#[test]
fn what_is_unknown_is_typed_and_asked() {
    let when = spec("10-14").unwrap();
    let r = recovery(Edition::default_edition(), &gone("Sandbox", "10-14")).unwrap();
    assert_eq!(r.doubts, [Doubt::Deletion(when)]);
    assert_eq!(r.doubts[0].asks(), FactKey::Deleted);
    let says =
        "when it was deleted is not known, only that it was between 10 Nov 2026 06:00 UTC and 14 Nov 2026 06:00 UTC";
    assert_eq!((r.reasons[0].rule(), r.reasons[0].says().to_string().as_str()), (Some(RuleId::X1), says));
    // A switch in that time: which kind it had is not known either.
    let mut e = gone("Sandbox", "10-14");
    e.dynamics = known(true);
    let kind = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
    e.history = vec![Change::exactly(nov(12), kind.clone())];
    let r = recovery(Edition::default_edition(), &e).unwrap();
    assert_eq!(r.doubts, [Doubt::Deletion(when), Doubt::Kind]);
    assert_eq!((r.guaranteed_until, r.possible_until), (Some(days(10, 7)), days(14, 28)));
    e.history = vec![Change::exactly(nov(9), kind)];
    assert_eq!(recovery(Edition::default_edition(), &e).unwrap().possible_until, days(14, 7));
}

// Merging

fn seen(deleted: &str) -> Observation {
    Observation {
        id: "e".into(),
        name: Some("E".into()),
        kind: Some(Kind::Sandbox),
        deleted: spec(deleted),
        ..Observation::default()
    }
}

fn file(seen: Observation) -> Inventory {
    Inventory {
        format: "admin REST list".into(),
        name: "a.json".into(),
        environments: vec![seen].into(),
        complete: true,
        of_tenant: true,
        ..Inventory::default()
    }
}

fn of(tenant: &Tenant) -> &Environment {
    tenant.get(&EnvironmentId::new("e")).unwrap()
}

/// Imports of files that are stamped with it, each on its day of November; what is known then, and what the history says of the
/// deletion.
#[track_caller]
fn check_merge(imports: &[(u32, &str)], expect: &str, history: &[&str]) -> Tenant {
    let stamped = |day: u32, deleted: &str| Inventory { asked: Some(nov(day)), ..file(seen(deleted)) };
    let all = imports.iter().fold(Tenant::default(), |t, (day, deleted)| merge(&t, &stamped(*day, deleted), nov(*day)));
    assert_eq!(of(&all).deleted, spec(expect));
    let told: Vec<Change> = history
        .iter()
        .map(|h| {
            let when = spec(h).unwrap();
            Change { not_before: when.earliest().unwrap(), at: when.latest(), what: Changed::Deleted }
        })
        .collect();
    let known: Vec<Change> = of(&all).history.iter().filter(|c| c.what == Changed::Deleted).cloned().collect();
    assert_eq!(known, told);
    all
}

#[test]
fn imports_narrow_and_settle_it() {
    check_merge(&[(20, "-20")], "-20", &[]);
    // It was living when it was listed before.
    check_merge(&[(12, "living"), (20, "-20")], "12-20", &["12-20"]);
    check_merge(&[(12, "living"), (20, "5-20")], "12-20", &["12-20"]);
    check_merge(&[(12, "living"), (20, "15-20")], "15-20", &["15-20"]);
    // The same again, and more exactly.
    check_merge(&[(12, "living"), (20, "5-20"), (22, "5-22")], "12-20", &["12-20"]);
    check_merge(&[(12, "living"), (20, "5-20"), (22, "17-22")], "17-20", &["17-20"]);
    check_merge(&[(20, "-20"), (22, "17-22")], "17-20", &[]);
    // A time settles it, and stays.
    check_merge(&[(12, "living"), (20, "5-20"), (22, "16")], "16", &["16"]);
    check_merge(&[(12, "living"), (20, "16"), (22, "5-22")], "16", &["16"]);
    check_merge(&[(20, "-20"), (21, "living"), (23, "-23")], "21-23", &["21-23"]);
}

#[test]
fn a_list_that_proves_no_life_narrows_nothing() {
    let user = Inventory { of_tenant: false, complete: false, ..file(seen("living")) };
    let t = merge(&Tenant::default(), &user, nov(12));
    let t = merge(&t, &file(seen("5-20")), nov(20));
    assert_eq!(of(&t).deleted, spec("5-20"));
    // A file that says when it was asked was no later than that.
    let stamped = Inventory { asked: Some(nov(8)), ..file(seen("living")) };
    let t = merge(&Tenant::default(), &stamped, nov(12));
    assert_eq!(of(&merge(&t, &file(seen("5-20")), nov(20))).deleted, spec("8-20"));
    let offered = Offered { from: Some(nov(2)), period_days: Some(7) };
    let hinted = file(Observation { offered: Some(offered), ..seen("living") });
    let t = merge(&Tenant::default(), &hinted, nov(12));
    assert_eq!(
        of(&merge(&t, &file(seen("-20")), nov(20))).deleted,
        spec("2-20"),
        "K15: the age is a hint, and no sign of life"
    );
}

/// What an older file says before a list without any date calls it deleted on the 20th.
#[track_caller]
fn check_life(first: Inventory, imported: u32, expect: &str) {
    let t = merge(&Tenant::default(), &first, nov(imported));
    assert_eq!(of(&merge(&t, &file(seen("-20")), nov(20))).deleted, spec(expect), "{first:?}");
}

#[test]
fn a_file_proves_life_when_it_says_so_itself_never_by_its_import() {
    check_life(file(seen("living")), 12, "-20");
    check_life(file(Observation { created: Some(nov(1)), ..seen("living") }), 12, "1-20");
    check_life(file(Observation { created: Some(nov(1)), alive: Some(nov(3)), ..seen("living") }), 12, "3-20");
    check_life(file(Observation { oldest_backup: Some(nov(4)), ..seen("living") }), 12, "4-20");
    let offered = |from| Some(Offered { from: Some(from), period_days: Some(7) });
    check_life(file(Observation { offered: offered(nov(4)), ..seen("living") }), 12, "4-20");
    // A date in the future is none of its past, and a stamp that is far ahead none at all.
    check_life(file(Observation { created: Some(nov(1)), offered: offered(nov(15)), ..seen("living") }), 12, "1-20");
    check_life(Inventory { asked: Some(nov(16)), ..file(seen("living")) }, 12, "-20");
    check_life(Inventory { asked: Some(nov(12) + TimeDelta::minutes(5)), ..file(seen("living")) }, 12, "12-20");
    // What one user may see proves what its dates prove.
    let user = Inventory { of_tenant: false, complete: false, asked: Some(nov(12)), ..file(seen("living")) };
    check_life(user, 12, "-20");
    // A real operation.
    let ran = ServiceOperation {
        id: "o".into(),
        act: Act::Edit,
        began: nov(6),
        last: None,
        ended: Ended::Succeeded,
        environment: Some(EnvironmentId::new("e")),
        source: None,
    };
    check_life(Inventory { operations: vec![ran], ..file(seen("living")) }, 12, "6-20");
    // Listed again without a date: it was recovered after it was deleted, nobody knows when.
    let t = [("-10", 10), ("living", 12), ("-20", 20)];
    let t = t.iter().fold(Tenant::default(), |t, (deleted, day)| merge(&t, &file(seen(deleted)), nov(*day)));
    assert_eq!(of(&t).deleted, spec("-20"));
}

#[test]
fn an_older_store_knows_no_sign_of_life() {
    let mut t = merge(&Tenant::default(), &file(seen("living")), nov(12));
    t.environments[0].lived = None;
    assert_eq!(of(&merge(&t, &file(seen("5-20")), nov(20))).deleted, spec("5-20"), "that it was listed proves no life");
    // Its guess of the last change is taken back by the same file.
    let mut guessed = merge(&Tenant::default(), &file(seen("living")), nov(4));
    guessed.environments[0].deleted = spec("10");
    assert_eq!(of(&merge(&guessed, &file(seen("10-20")), nov(20))).deleted, spec("10-20"));
}

#[test]
fn an_operation_of_the_service_settles_it() {
    let operation = |act, day| ServiceOperation {
        id: format!("{act:?} {day}"),
        act,
        began: nov(day),
        last: None,
        ended: Ended::Succeeded,
        environment: Some(EnvironmentId::new("e")),
        source: None,
    };
    let listed = |acts: Vec<(Act, u32)>| Inventory {
        operations: acts.into_iter().map(|(act, day)| operation(act, day)).collect(),
        ..Inventory::default()
    };
    let gone = check_merge(&[(12, "living"), (20, "5-20")], "12-20", &["12-20"]);
    let t = merge(&gone, &listed(vec![(Act::Delete, 16)]), nov(21));
    assert_eq!(of(&t).deleted, spec("16"));
    let t = merge(&gone, &listed(vec![(Act::Delete, 6)]), nov(21));
    assert_eq!(of(&t).deleted, spec("12-20"), "before it was seen alive: another deletion");
    // The operation first, the list afterwards.
    let t = merge(&Tenant::default(), &file(seen("living")), nov(12));
    let t = merge(&t, &listed(vec![(Act::Backup, 13)]), nov(13));
    let t = merge(&t, &listed(vec![(Act::Delete, 16)]), nov(18));
    assert_eq!(of(&merge(&t, &file(seen("5-20")), nov(20))).deleted, spec("16"));
    // Recovered in between, so it was deleted after that.
    let t = merge(&gone, &listed(vec![(Act::Recover, 15)]), nov(21));
    assert_eq!(of(&t).deleted, spec("15-20"));
}

#[test]
fn the_preview_says_what_is_known() {
    let stamped = Inventory { asked: Some(nov(12)), ..file(seen("living")) };
    let t = merge(&Tenant::default(), &stamped, nov(12));
    let LineKind::Changed(changes) = &preview(&t, &file(seen("5-20")), nov(20)).lines[0].what else { panic!() };
    let shown: Vec<String> = changes.iter().map(|change| change.to.says().to_string()).collect();
    let shown = shown.join("; ");
    assert!(shown.contains("between 2026-11-12 06:00 UTC and 2026-11-20 06:00 UTC, when is not known"), "{shown}");
    let t = merge(&t, &file(seen("5-20")), nov(20));
    assert!(preview(&t, &file(seen("5-20")), nov(20)).lines[0].unknown.starts_with(&[FactKey::Deleted]));
}

// The answer of a person

fn answer(t: &Tenant, day: u32, hour: i64) -> Result<Tenant, Refusal> {
    let answer = Answer::Deleted(nov(day) + TimeDelta::hours(hour));
    let command = Command::Answer { environments: vec![EnvironmentId::new("e")], answer };
    apply(Edition::default_edition(), t, command, nov(21)).map(|(t, _)| t)
}

#[test]
fn a_person_settles_it() {
    let t = check_merge(&[(12, "living"), (20, "5-20")], "12-20", &["12-20"]);
    assert_eq!(unknown_facts(of(&t), nov(21))[0], FactKey::Deleted);
    let told = answer(&t, 17, 0).unwrap();
    let r = recovery(Edition::default_edition(), of(&told)).unwrap();
    assert_eq!((r.guaranteed_until, r.possible_until, r.doubts), (Some(days(17, 7)), days(17, 7), vec![]));
    assert_eq!(of(&told).history.last().unwrap(), &Change::exactly(nov(17), Changed::Deleted));
    assert!(asks(Edition::default_edition(), of(&told), nov(21)).is_empty());
    // The same file again does not ask again; one that knows better counts.
    assert_eq!(of(&merge(&told, &file(seen("5-22")), nov(22))).deleted.unwrap().known(), Some(nov(17)));
    assert_eq!(of(&merge(&told, &file(seen("16")), nov(22))).deleted, spec("16"));
    let refuted = preview(&told, &file(seen("19-22")), nov(22));
    assert!(
        refuted.lines[0].notes.iter().any(|n| matches!(n, Note::DeletionRefuted(_))),
        "{:?}",
        refuted.lines[0].notes
    );
    // And it can be taken back.
    let forget = Command::ForgetAnswer { environments: vec![EnvironmentId::new("e")], fact: FactKey::Deleted };
    let back = apply(Edition::default_edition(), &told, forget, nov(21)).unwrap().0;
    assert_eq!(back, t);
}

#[test]
fn an_answer_that_cannot_be_is_refused() {
    let t = check_merge(&[(12, "living"), (20, "5-20")], "12-20", &["12-20"]);
    #[track_caller]
    fn refused(got: Result<Tenant, Refusal>, says: &str, help: &str) {
        let got = got.unwrap_err();
        assert_eq!(got.rules, [RuleId::X1]);
        assert!(got.says().to_string().contains(says) && got.help().to_string().contains(help), "{got:?}");
    }
    refused(answer(&t, 11, 0), "E cannot have been deleted at 2026-11-11", "between 2026-11-12 06:00 UTC and");
    refused(answer(&t, 20, 1), "E cannot have been deleted", "give an instant in that time");
    refused(answer(&t, 22, 0), "lies in the future", "that has passed");
    refused(answer(&merge(&Tenant::default(), &file(seen("living")), nov(1)), 11, 0), "is not deleted", "record");
    refused(answer(&check_merge(&[(20, "16")], "16", &[]), 16, 0), "is known already", "at 2026-11-16");
}

// The same answer everywhere

/// A tenant of one deleted environment.
fn any_gone() -> impl Strategy<Value = (Environment, DateTime<Utc>)> {
    let kind = prop::sample::select(vec!["Production", "Sandbox", "Trial", "Developer", "?"]);
    let dynamics = prop::sample::select(vec![None, Some(true), Some(false)]);
    (kind, dynamics, prop::option::weighted(0.9, 0i64..40), 0i64..40, 0i64..40 * 24, any::<bool>()).prop_map(
        |(kind, dynamics, from, length, after, switched)| {
            let hour = |h: i64| nov(1) + TimeDelta::hours(h);
            let begin = from.unwrap_or(0) * 24;
            let called = begin + length * 24;
            let mut e = env("e", kind);
            e.created = known(nov(1) - TimeDelta::days(100));
            e.dynamics = dynamics.map_or(Fact::unknown(), known);
            e.deleted = Some(Deletion::between(from.map(|_| hour(begin)), hour(called)));
            if switched && kind == "Sandbox" {
                let what = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
                e.history.push(Change::exactly(hour(begin + length * 12), what));
            }
            (e, hour(called + after))
        },
    )
}

proptest! {
    #![proptest_config(cases(400))]

    /// Whenever it was really deleted: *surely* and *no longer* are right.
    #[test]
    fn what_is_sure_is_right((e, now) in any_gone(), edition in any_edition(), share in 0i64..=100, dynamics: bool, production: bool) {
        let when = e.deleted.unwrap();
        let told = recovery(edition, &e).unwrap();
        let from = when.earliest().unwrap_or(when.latest() - TimeDelta::days(40));
        let truth = from + (when.latest() - from) * i32::try_from(share).unwrap() / 100;
        // What is not known may be anything.
        let mut real = e.clone();
        real.deleted = Some(truth.into());
        if real.dynamics.is_unknown() {
            real.dynamics = known(dynamics);
        }
        if real.kind.is_unknown() {
            real.kind = known(if production { Kind::Production } else { Kind::Sandbox });
        }
        let has_no_apps = real.dynamics.get() == Some(&false);
        let real = recovery(edition, &real).unwrap();
        // A switch of what was deleted leaves a doubt, which no kind without apps does.
        let contradicted = e.history.iter().any(|change| change.at > truth) && !has_no_apps;
        prop_assert_eq!(real.doubts.is_empty(), !contradicted);
        match told.at(now) {
            Recoverable::Surely => prop_assert_eq!(real.at(now), Recoverable::Surely),
            Recoverable::NoLonger => prop_assert_eq!(real.at(now), Recoverable::NoLonger),
            Recoverable::Perhaps => prop_assert!(!told.doubts.is_empty(), "it says why"),
        }
    }

    #[test]
    fn every_place_gives_the_one_answer((e, now) in any_gone(), edition in any_edition()) {
        let told = recovery(edition, &e).unwrap();
        let state = told.at(now);
        let open = told.unknown_deletion().is_some() && state != Recoverable::NoLonger;
        let tenant = Tenant { environments: vec![e.clone()].into(), ..Tenant::default() };
        // The ways back.
        let case = Case { mishap: Mishap::Deleted, environment: Some(e.id.clone()), when: None };
        let advice = advise(Moment::new(edition, &tenant, now), &case).unwrap();
        let way = advice.ways.iter().find(|w| w.kind == WayKind::Recover).unwrap();
        match state {
            Recoverable::Surely => prop_assert_eq!((way.certainty, way.sure_until), (Some(Certainty::Guaranteed), told.guaranteed_until)),
            Recoverable::Perhaps => prop_assert_eq!((way.certainty, way.sure_until), (Some(Certainty::Possible), None)),
            Recoverable::NoLonger => prop_assert!(matches!(way.standing, WayStanding::Closed)),
        }
        if state != Recoverable::NoLonger {
            prop_assert_eq!(way.until, Some(told.possible_until));
            prop_assert_eq!(way.questions.iter().any(|(_, fact)| *fact == FactKey::Deleted), open);
        }
        // What may be done.
        let recover = decide(edition, &tenant, &Deed::Recover { environment: e.id.clone() }, now);
        prop_assert_eq!(recover.is_ok(), state != Recoverable::NoLonger);
        // The questions of the table and of an import.
        prop_assert_eq!(asks(edition, &e, now), if open { vec![FactKey::Deleted] } else { vec![] });
        prop_assert_eq!(unknown_facts(&e, now).contains(&FactKey::Deleted), open);
        // The window.
        let w = window(edition, &e, now);
        prop_assert_eq!(w.guaranteed_from, None);
        if state == Recoverable::NoLonger {
            prop_assert_eq!(w.possible_from, None);
        }
        // The deadlines and the calendar.
        let second = TimeDelta::seconds(1);
        let ends: Vec<DateTime<Utc>> = of_environment(edition, &e, now).into_iter().map(|u| u.at - second).collect();
        let mut expect: Vec<DateTime<Utc>> =
            told.guaranteed_until.into_iter().chain([told.possible_until]).filter(|at| *at >= now).collect();
        expect.dedup();
        prop_assert_eq!(ends, expect);
        let urgent = at_once(Moment::new(edition, &tenant, now)).iter().any(|a| a.said.cause == Urgent::Recover);
        prop_assert_eq!(urgent, open && state == Recoverable::Perhaps);
    }
}

// What is stored

#[test]
fn a_stored_workspace_opens_with_both_forms() {
    let environments =
        vec![gone("Sandbox", "10"), Environment { id: EnvironmentId::new("f"), ..gone("Sandbox", "10-14") }];
    let w =
        Workspace { tenant: Tenant { environments: environments.into(), ..Tenant::default() }, ..Workspace::default() };
    let text = envelope::write(&w, now()).unwrap();
    assert!(text.contains(r#""deleted":"2026-11-10T06:00:00Z""#), "as older versions wrote it");
    let back = envelope::read(&text).unwrap();
    assert_eq!((back.workspace, back.mended), (w, vec![]));
    // No date at all comes in, and nothing more is promised then.
    let spoilt = text.replace(r#""not_before":"2026-11-10T06:00:00Z""#, r#""not_before":"1970-01-01T00:00:00Z""#);
    let back = envelope::read(&spoilt).unwrap();
    assert_eq!(back.workspace.tenant.environments[1].deleted, spec("-14"));
    assert_eq!(back.mended.len(), 1);
}
