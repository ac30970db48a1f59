//! A plan that travels: what arrives is what was sent, and whatever else arrives is refused, never shown and never a panic.

use crate::laws::cases;
use crate::restore_support;

use crate::planned::plan;
use proptest::prelude::*;
use restore_desk::domain::environment::EnvironmentId;
use restore_desk::domain::limits::{Limit, Over};
use restore_desk::domain::plan::{Action, Plan, Purpose};
use restore_desk::domain::restore::{Point, RestoreRequest, SpecialApp};
use restore_desk::interop::import;
use restore_desk::interop::travel::{Came, LONGEST_JSON, LONGEST_LINK, Parcel, Refused, checksum, file, is_plan, link};
use restore_desk::interop::travel::{read_file, read_link};
use restore_desk::workspace::{Elsewhere, Workspace};
use restore_support::*;
use serde_json::{Value, json};

fn made(purpose: &Purpose, name: &str) -> Plan {
    plan(seed(), &edit(BOX, |e| e.name = name.to_string()), purpose, now()).unwrap()
}

fn purposes() -> Vec<Purpose> {
    let point = Point::System(hours_ago(30));
    let full = RestoreRequest {
        include_audit_logs: true,
        new_name: Some("Größe ’2’".into()),
        special_apps: SpecialApp::ALL.to_vec(),
        ..request(PROD, BOX, hours_ago(30))
    };
    vec![
        Purpose::Restore(request(PROD, BOX, hours_ago(30))),
        Purpose::Restore(full),
        Purpose::RestoreToProduction(request(PROD, PROD, hours_ago(30))),
        Purpose::BulkDeletion { source: id(PROD), point, include_audit_logs: false, special_apps: vec![] },
    ]
}

fn parcel() -> Parcel {
    Parcel { plan: made(&purposes()[0], "Contoso Test"), tenant: "Contoso".into(), play: false }
}

/// The JSON of a plan, changed.
#[track_caller]
fn changed(change: impl FnOnce(&mut Value)) -> Result<Parcel, Refused> {
    let mut value: Value = serde_json::from_str(&file(&parcel()).unwrap()).unwrap();
    change(&mut value);
    let text = value.to_string();
    let read = read_file(&text);
    // A link that carries it is read in the same way.
    assert_eq!(read_link(&link_of(text.as_bytes())), read);
    read
}

/// A link that carries any bytes, with the right checksum.
fn link_of(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let packed = miniz_oxide::deflate::compress_to_vec(bytes, 10);
    let bits: Vec<u8> = packed.iter().flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1)).collect();
    let letter = |six: &[u8]| ALPHABET[(0..6).fold(0, |n, i| n << 1 | usize::from(*six.get(i).unwrap_or(&0)))];
    let text: String = bits.chunks(6).map(|six| char::from(letter(six))).collect();
    format!("1.{}.{text}", checksum(text.as_bytes()))
}

#[test]
fn every_kind_of_plan_arrives_as_it_was_sent() {
    for purpose in purposes() {
        let sent = Parcel { plan: made(&purpose, "Contoso ’Test’"), tenant: "Contoso".into(), play: true };
        assert_eq!(read_file(&file(&sent).unwrap()), Ok(sent.clone()));
        let link = link(&sent).unwrap();
        assert!(link.len() < LONGEST_LINK / 2, "an ordinary plan takes less than half of the room: {}", link.len());
        assert!(link.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "nothing in it is escaped");
        assert_eq!(read_link(&link), Ok(sent));
    }
}

/// Every plan that can be made can be sent: `tests/plan.rs` has the same as a law.
#[test]
fn plans_of_every_shape_arrive() {
    let manual = Point::Manual("b1".into());
    let tenant = with(|t| {
        for e in t.environments.iter_mut() {
            e.backups.push(backup("b1", "Before import", hours_ago(30)));
        }
    });
    for (source, target) in [(PROD, BOX), (BOX, BOX), (BOX, BOX2)] {
        let request = RestoreRequest { point: manual.clone(), ..request(source, target, now()) };
        let plan = plan(seed(), &tenant, &Purpose::Restore(request), now()).unwrap();
        let sent = Parcel { plan, ..parcel() };
        assert_eq!(read_file(&file(&sent).unwrap()), Ok(sent));
    }
    for purpose in [
        Purpose::RestoreToProduction(RestoreRequest { point: manual.clone(), ..request(PROD, PROD, now()) }),
        Purpose::BulkDeletion { source: id(PROD), point: manual, include_audit_logs: true, special_apps: vec![] },
    ] {
        let sent = Parcel { plan: plan(seed(), &tenant, &purpose, now()).unwrap(), ..parcel() };
        assert_eq!(read_file(&file(&sent).unwrap()), Ok(sent));
    }
}

fn too_much(limit: Limit, found: usize) -> Refused {
    Refused::TooMuch(Over { limit, found })
}

#[test]
fn a_plan_is_recognised_by_its_own_words() {
    assert!(is_plan(&file(&parcel()).unwrap()));
    for other in [
        "",
        "{}",
        "[]",
        "{\"app\":\"restore-desk\",\"schema\":1}",
        "{\"app\":\"x\",\"kind\":\"plan\"}",
        "plan",
        "{\"app\":\"restore-desk\",\"sche",
    ] {
        assert!(!is_plan(other), "{other}");
    }
    // Cut off anywhere behind its first words, or of another kind: still a plan, and told as one.
    let whole = file(&parcel()).unwrap();
    for length in [60, 200, 3000, whole.len() - 1] {
        assert!(is_plan(&whole[..length]), "{length}");
        assert_eq!(read_file(&whole[..length]), Err(Refused::Damaged));
        let read = import::read("plan.json", &whole.as_bytes()[..length], now(), |_| 0);
        assert_eq!(read.own_export.as_deref(), Some(&whole[..length]));
        assert!(
            read.findings.iter().all(|f| f.says.contains("a plan that was saved by this app")),
            "{:?}",
            read.findings
        );
    }
    let kind = whole.replace("\"kind\": \"plan\"", "\"kind\": \"Plan\"");
    assert!(is_plan(&kind));
    assert_eq!(read_file(&kind), Err(Refused::NotAPlan));
    assert!(Refused::Damaged.help(Came::File).contains("file") && Refused::Damaged.help(Came::Link).contains("link"));
}

#[test]
fn a_plan_that_is_too_long_for_a_link_goes_as_a_file() {
    let mut long = parcel();
    // Texts that deflate cannot make shorter.
    let mut state = 7u32;
    for item in &mut long.plan.afterwards {
        let text: String = (0..1500)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                char::from_u32(0x4E00 + (state >> 16) % 20_000).unwrap()
            })
            .collect();
        item.cause = restore_desk::domain::plan::Remark::Told(restore_desk::text!(text));
    }
    assert!(link(&long).unwrap_err() > LONGEST_LINK);
    assert_eq!(read_file(&file(&long).unwrap()), Ok(long));
}

#[track_caller]
fn refused(link: &str, expect: Refused, says: &str) {
    let found = read_link(link).unwrap_err();
    assert_eq!(found, expect);
    assert!(found.to_string().contains(says), "{found}");
    assert!(!found.help(Came::Link).is_empty());
}

#[test]
fn links_that_are_none() {
    let good = link(&parcel()).unwrap();
    refused("", Refused::Damaged, "damaged");
    refused("x", Refused::Damaged, "damaged");
    refused("1..", Refused::Damaged, "damaged");
    refused(&format!("1.{}.", checksum(b"")), Refused::Damaged, "damaged");
    refused(&good.replacen("2.", "3.", 1), Refused::Newer(3), "newer version");
    refused(&good.replacen("2.", "02.", 1), Refused::Damaged, "damaged");
    refused(&good.replacen("2.", "99999999999.", 1), Refused::Damaged, "damaged");
    refused(&good.to_ascii_uppercase(), Refused::Damaged, "damaged");
    refused(&format!("{good})"), Refused::Damaged, "a part of it is missing");
    refused(&good[..good.len() - 1], Refused::Damaged, "a part of it is missing");
    refused(&"x".repeat(LONGEST_LINK + 1), too_much(Limit::Link, LONGEST_LINK + 1), "at most 16,000");
    refused(&link_of(&vec![b' '; 2_000_000]), too_much(Limit::Unpacked, LONGEST_JSON + 1), "far more");
    refused(&link_of(&[0xFF, 0xFE]), Refused::Damaged, "damaged");
    refused(&link_of(b"[]"), Refused::Damaged, "damaged");
    refused(&link_of(b"{}"), Refused::NotAPlan, "not a plan");
    refused(&link_of("[".repeat(100_000).as_bytes()), Refused::Damaged, "damaged");
    let deep =
        format!("{{\"app\":\"restore-desk\",\"kind\":\"plan\",\"version\":1,\"plan\":{}", "{\"a\":".repeat(50_000));
    refused(&link_of(deep.as_bytes()), Refused::Damaged, "damaged");
    assert_eq!(read_file(&" ".repeat(LONGEST_JSON + 1)), Err(too_much(Limit::Plan, LONGEST_JSON + 1)));
}

#[test]
fn what_this_version_does_not_know_is_not_dropped_unseen() {
    assert_eq!(changed(|v| v["version"] = json!(3)), Err(Refused::Newer(3)));
    assert_eq!(changed(|v| v["version"] = json!("1")), Err(Refused::Damaged));
    assert_eq!(changed(|v| v["more"] = json!(1)), Err(Refused::Unknown));
    assert_eq!(changed(|v| v["plan"]["more"] = json!(1)), Err(Refused::Unknown));
    assert_eq!(changed(|v| v["plan"]["steps"][0]["more"] = json!("x")), Err(Refused::Unknown));
    assert_eq!(changed(|v| v["plan"]["steps"][0]["rules"][0] = json!("Z9")), Err(Refused::Unknown));
    assert_eq!(changed(|v| v["plan"]["steps"][0]["action"] = json!("FormatDisk")), Err(Refused::Unknown));
    assert_eq!(changed(|v| v["plan"]["made"] = json!("yesterday")), Err(Refused::Unknown));
    assert_eq!(changed(|v| v["plan"] = json!(null)), Err(Refused::Unknown));
    assert_eq!(changed(|v| drop(v.as_object_mut().unwrap().remove("tenant"))), Err(Refused::Damaged));
    // What a later version leaves out, because it is nothing, is nothing here.
    assert_eq!(changed(|v| v["plan"]["more"] = json!(null)), Ok(parcel()));
    assert!(changed(|v| v["plan"]["edition"] = json!("2030-01-01")).is_ok(), "an unknown edition is shown as one");
}

fn step<'a>(v: &'a mut Value, id: &str) -> &'a mut Value {
    v["plan"]["steps"].as_array_mut().unwrap().iter_mut().find(|s| s["id"] == id).unwrap()
}

#[track_caller]
fn contradicts(change: impl FnOnce(&mut Value), says: &str) {
    let found = changed(change).unwrap_err();
    assert!(matches!(found, Refused::Contradicts(_)) && found.to_string().contains(says), "{found}");
}

#[test]
fn a_plan_has_to_agree_with_itself() {
    contradicts(|v| step(v, "restore")["action"]["Restore"]["target"] = json!(BOX2), "another environment");
    contradicts(|v| step(v, "restore")["action"]["Restore"]["target"] = json!(null), "another environment");
    contradicts(|v| step(v, "restore")["action"]["Restore"]["source"] = json!(BOX2), "another environment");
    contradicts(|v| step(v, "validate")["action"]["ValidateRestore"]["target"] = json!(BOX2), "another environment");
    contradicts(|v| step(v, "restore")["action"]["Restore"]["point"] = json!("2026-03-01T00:00:00Z"), "another point");
    contradicts(|v| step(v, "restore")["action"]["Restore"]["manual_backup"] = json!("b"), "another point");
    contradicts(|v| step(v, "restore")["action"]["Restore"]["include_audit_logs"] = json!(true), "audit logs");
    contradicts(|v| step(v, "restore")["destructive"] = json!(false), "overwrites");
    contradicts(
        |v| step(v, "sign-in")["action"] = json!({"SetManaged": {"environment": DEV, "managed": false}}),
        "not about",
    );
    contradicts(|v| step(v, "sign-in")["id"] = json!("restore"), "told apart");
    contradicts(|v| v["plan"]["afterwards"][0]["id"] = json!("restore"), "told apart");
    for bad in ["", "a b", "é", "A", "\"><script>"] {
        contradicts(|v| step(v, "sign-in")["id"] = json!(bad), "told apart");
    }
    contradicts(|v| v["plan"]["steps"] = json!([]), "no steps");
    contradicts(|v| v["plan"]["about"] = json!({"Told": "x".repeat(20_001)}), "longer");
    contradicts(
        |v| v["plan"]["cautions"] = json!(vec![v["plan"]["cautions"][0].clone(); 201]),
        "more steps or remarks",
    );
    contradicts(|v| v["plan"]["deadlines"][0]["at"] = json!("+10000-01-01T00:00:00Z"), "no time of a calendar");
}

/// The JSON of a plan for a purpose, changed; what is wrong with it.
#[track_caller]
fn contradicts_for(which: usize, change: impl FnOnce(&mut Value), says: &str) {
    let parcel = Parcel { plan: made(&purposes()[which], "Contoso Test"), ..parcel() };
    let mut value: Value = serde_json::from_str(&file(&parcel).unwrap()).unwrap();
    change(&mut value);
    let found = read_file(&value.to_string()).unwrap_err();
    assert!(matches!(found, Refused::Contradicts(_)) && found.to_string().contains(says), "{found}");
}

#[test]
fn a_step_does_what_it_says() {
    const ELSE: &str = "does something else than it says";
    // The environments are those of the plan, so that only the kind of the action tells.
    for (step_id, action) in [
        ("sign-in", json!({"SetManaged": {"environment": PROD, "managed": false}})),
        ("sign-in", json!({"SetRetention": {"environment": PROD, "days": 7}})),
        ("look-at-source", json!({"SetRetention": {"environment": PROD, "days": 7}})),
        ("look-at-source", json!({"Inspect": {"environment": BOX}})),
        ("look-at-target", json!({"SwitchKind": {"environment": BOX, "to_sandbox": false}})),
        ("look-at-target", json!("Manual")),
        ("back-up-target", json!({"CreateManualBackup": {"environment": PROD, "label": "x"}})),
        ("back-up-target", json!({"SetManaged": {"environment": BOX, "managed": true}})),
        ("watch", json!({"SetRuntimeState": {"environment": PROD, "state": "Administration mode"}})),
        ("checklist", json!({"CreateEnvironment": {"name": "x", "like": {"Told": {"says": "x", "region": null}}}})),
        ("leave-admin-mode", json!({"SetRuntimeState": {"environment": BOX, "state": "Administration mode"}})),
        ("leave-admin-mode", json!({"SetRuntimeState": {"environment": PROD, "state": "Enabled"}})),
        ("restore", json!("Manual")),
        ("validate", json!("SignIn")),
    ] {
        contradicts(|v| step(v, step_id)["action"] = action, ELSE);
    }
    let restore = |v: &mut Value| step(v, "restore")["action"].clone();
    contradicts(|v| step(v, "watch")["action"] = restore(v), ELSE);
    contradicts(|v| step(v, "validate")["action"] = restore(v), ELSE);
    let kind = |environment, to_sandbox| json!({"SwitchKind": {"environment": environment, "to_sandbox": to_sandbox}});
    contradicts_for(2, |v| step(v, "switch-to-production")["action"] = kind(PROD, true), ELSE);
    contradicts_for(2, |v| step(v, "switch-to-sandbox")["action"] = kind(PROD, false), ELSE);
    contradicts_for(
        2,
        |v| step(v, "check-retention")["action"] = json!({"SetRetention": {"environment": PROD, "days": 7}}),
        ELSE,
    );
    contradicts_for(
        3,
        |v| step(v, "clean-up")["action"] = json!({"SetManaged": {"environment": PROD, "managed": false}}),
        ELSE,
    );
    contradicts_for(3, |v| step(v, "create-environment")["action"] = json!("Manual"), ELSE);
}

#[test]
fn a_plan_has_the_steps_of_its_purpose_in_their_order() {
    fn drop_step(v: &mut Value, id: &str) {
        v["plan"]["steps"].as_array_mut().unwrap().retain(|s| s["id"] != id);
    }
    for id in ["sign-in", "look-at-target", "back-up-target", "validate", "restore", "watch", "checklist"] {
        contradicts(|v| drop_step(v, id), "missing");
    }
    contradicts(|v| drop_step(v, "leave-admin-mode"), "last steps are missing");
    contradicts_for(2, |v| drop_step(v, "switch-to-production"), "missing");
    contradicts_for(3, |v| drop_step(v, "create-environment"), "missing");
    contradicts(|v| step(v, "watch")["id"] = json!("wait"), "missing");
    contradicts(|v| step(v, "checklist")["id"] = json!("note-older-points"), "missing");
    // After the restore nothing of it can be tried any more.
    contradicts(
        |v| {
            let steps = v["plan"]["steps"].as_array_mut().unwrap();
            let at = steps.iter().position(|s| s["id"] == "validate").unwrap();
            steps.swap(at, at + 1);
        },
        "missing",
    );
    for (id, action) in [("restore-2", step(&mut json_of(0), "restore")["action"].clone()), ("more", json!("Manual"))] {
        contradicts(
            |v| {
                let mut more = step(v, "watch").clone();
                (more["id"], more["action"]) = (json!(id), action);
                v["plan"]["steps"].as_array_mut().unwrap().push(more);
            },
            "none that such a plan has",
        );
    }
    // The steps of another purpose.
    contradicts(|v| v["plan"]["steps"] = json_of(2)["plan"]["steps"].clone(), "another environment");
    contradicts(|v| step(v, "sign-in")["destructive"] = json!(true), "is none");
    contradicts_for(2, |v| step(v, "switch-to-sandbox")["destructive"] = json!(false), "not marked");
    contradicts_for(3, |v| step(v, "clean-up")["destructive"] = json!(false), "not marked");
}

fn json_of(which: usize) -> Value {
    let parcel = Parcel { plan: made(&purposes()[which], "Contoso Test"), ..parcel() };
    serde_json::from_str(&file(&parcel).unwrap()).unwrap()
}

#[test]
fn a_plan_tries_what_it_carries_out() {
    fn both(v: &mut Value, field: &str, value: Value) {
        step(v, "restore")["action"]["Restore"][field] = value.clone();
        step(v, "validate")["action"]["ValidateRestore"][field] = value;
    }
    contradicts(|v| both(v, "new_name", json!("Something else")), "another name");
    contradicts_for(1, |v| both(v, "new_name", json!(null)), "another name");
    contradicts_for(1, |v| both(v, "new_name", json!("Größe ’3’")), "another name");
    contradicts_for(1, |v| v["plan"]["purpose"]["Restore"]["new_name"] = json!("Grösse"), "another name");
    contradicts_for(3, |v| both(v, "new_name", json!("x")), "another name");
    contradicts(|v| both(v, "target_name", json!(null)), "by which name");
    contradicts(|v| step(v, "validate")["action"]["ValidateRestore"]["target_name"] = json!("x"), "another restore");
    contradicts(|v| step(v, "restore")["action"]["Restore"]["window_from"] = json!(null), "another restore");
    contradicts(
        |v| {
            v["plan"]["purpose"]["Restore"]["point"] = json!({"Manual": "b"});
            both(v, "manual_backup", json!("b"));
            step(v, "restore")["action"]["Restore"]["point"] = json!("2026-03-01T00:00:00Z");
            let mut see = step(v, "look-at-source").clone();
            (see["id"], see["task"]) = (json!("see-backup"), json!("SeeBackup"));
            see["action"] = json!({"ListBackups": {"environment": PROD}});
            let steps = v["plan"]["steps"].as_array_mut().unwrap();
            steps.retain(|s| s["id"] != "see-point");
            let at = steps.iter().position(|s| s["id"] == "back-up-target").unwrap();
            steps.insert(at, see);
        },
        "another point than it goes back to",
    );
    // A name that is the target's already is not given again.
    let same = RestoreRequest { new_name: Some(" Contoso Test ".into()), ..request(PROD, BOX, hours_ago(30)) };
    let sent = Parcel { plan: made(&Purpose::Restore(same), "Contoso Test"), ..parcel() };
    assert_eq!(read_file(&file(&sent).unwrap()), Ok(sent));
}

#[test]
fn what_arrives_is_text_and_nothing_else() {
    let read = changed(|v| {
        v["tenant"] = json!("a\nb\u{202E}c");
        v["plan"]["about"] = json!({"Told": "<b>x</b>\nsecond\u{202E} line\u{2028}"});
        v["plan"]["cautions"][0]["link"] = json!("https://learn.microsoft.com.evil.example/");
        v["plan"]["cautions"][1]["link"] = json!("javascript:alert(1)");
        v["plan"]["cautions"][2]["link"] = json!("https://learn.microsoft.com/x\"onclick=\"y");
    })
    .unwrap();
    assert_eq!(read.tenant, "a bc");
    assert_eq!(read.plan.title().to_string(), "<b>x</b> second line");
    assert!(read.plan.cautions.iter().all(|c| c.page().is_none()));
    let kept = changed(|v| v["plan"]["cautions"][0]["link"] = json!("https://learn.microsoft.com/a?b=c#d")).unwrap();
    assert_eq!(kept.plan.cautions[0].page(), Some("https://learn.microsoft.com/a?b=c#d"));
}

#[test]
fn a_plan_is_kept_once_and_says_where_it_was_made() {
    let mut w = Workspace::default();
    let plan = parcel().plan;
    assert_eq!(w.plan_like(&plan), None);
    let elsewhere = Elsewhere { kept: now(), tenant: "Contoso".into(), play: false };
    assert_eq!(w.keep_plan(plan.clone(), Some(elsewhere.clone())), 1);
    assert_eq!(w.keep_plan(made(&purposes()[2], "x"), None), 2);
    assert_eq!(w.plan_like(&plan), Some(1));
    assert_eq!(
        w.plans.iter().map(|p| (p.number, p.elsewhere.clone())).collect::<Vec<_>>(),
        [(2, None), (1, Some(elsewhere))]
    );
    let text = serde_json::to_string(&w).unwrap();
    assert_eq!(serde_json::from_str::<Workspace>(&text).unwrap(), w);
}

/// Names as they come: the reader puts sentences on one line, as the plan itself does.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[a-z'’‘\"`$(){}<>&\\\\ ]{0,30}",
        Just("a\nb\u{202E}\u{2028}\0".to_string()),
        Just("x".repeat(10_000))
    ]
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn round_trips(name in name(), tenant in "\\PC{0,20}", play in any::<bool>(), which in 0usize..4) {
        let tenant = restore_desk::domain::characters::one_line(&tenant, 80);
        let sent = Parcel { plan: made(&purposes()[which], &name), tenant, play };
        prop_assert_eq!(read_file(&file(&sent).unwrap()), Ok(sent.clone()));
        match link(&sent) {
            Ok(link) => prop_assert_eq!(read_link(&link), Ok(sent)),
            Err(length) => prop_assert!(length > LONGEST_LINK),
        }
    }

    #[test]
    fn anything_cut_off_or_changed_is_refused(at in any::<prop::sample::Index>(), c in "[A-Za-z0-9._~!-]", cut in any::<bool>()) {
        let good = link(&parcel()).unwrap();
        let at = at.index(good.len());
        let bad = if cut {
            good[..at].to_string()
        } else {
            format!("{}{c}{}", &good[..at], &good[at + 1..])
        };
        prop_assert!(bad == good || read_link(&bad).is_err());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,200}") {
        prop_assert!(read_link(&link_of(&bytes)).is_err());
        prop_assert!(read_link(&text).is_err());
        prop_assert!(read_file(&text).is_err());
        prop_assert!(read_file(&String::from_utf8_lossy(&bytes)).is_err());
    }

    #[test]
    fn no_change_of_the_json_makes_it_panic(path in prop::collection::vec(any::<prop::sample::Index>(), 1..6), value in 0usize..6) {
        let values = [json!(null), json!(-1), json!("x"), json!([]), json!({}), json!("9999999-01-01T00:00:00Z")];
        let _ = changed(|v| put(v, &path, &values[value]));
    }
}

/// Puts a value at a place of a JSON text, as deep as the path leads.
fn put(here: &mut Value, path: &[prop::sample::Index], value: &Value) {
    let next = match (path, &mut *here) {
        ([first, ..], Value::Object(map)) if !map.is_empty() => {
            let key = map.keys().nth(first.index(map.len())).unwrap().clone();
            map.get_mut(&key)
        }
        ([first, ..], Value::Array(list)) if !list.is_empty() => {
            let at = first.index(list.len());
            list.get_mut(at)
        }
        _ => None,
    };
    match next {
        Some(next) => put(next, &path[1..], value),
        None => *here = value.clone(),
    }
}

#[test]
fn ids_that_are_odd_never_reach_a_command() {
    let odd = "x; rm -rf /";
    let read = changed(|v| {
        v["plan"]["purpose"]["Restore"]["target"] = json!(odd);
        v["plan"]["about"]["Subject"]["target"]["id"] = json!(odd);
        for step in v["plan"]["steps"].as_array_mut().unwrap() {
            let text = step["action"].to_string().replace(BOX, odd);
            step["action"] = serde_json::from_str(&text).unwrap();
        }
    })
    .unwrap();
    assert_eq!(read.plan.target(), Some(&EnvironmentId::new(odd)));
    use restore_desk::interop::commands::{Shell, print};
    for shell in Shell::ALL {
        for step in read.plan.steps.iter().filter(|s| !matches!(s.action, Action::SignIn | Action::Manual)) {
            assert!(!print(&step.action, shell, None).text.unwrap_or_default().contains(odd));
        }
    }
}

/// A plan that an earlier build sent, kept here for ever: every later build must read it, and say what was written then.
#[test]
fn the_first_form_is_read_for_ever() {
    let text = include_str!("../data/plan-version-1.json");
    let first: Value = serde_json::from_str(text).unwrap();
    let first = &first["plan"];
    let read = read_file(text).unwrap();
    let plan = &read.plan;
    let all = |list: &str, key: &str| -> Vec<Value> {
        first[list].as_array().unwrap().iter().map(|line| line[key].clone()).collect()
    };
    assert_eq!(plan.title().to_string(), first["title"]);
    let steps = crate::planned::said(plan);
    assert_eq!(steps.iter().map(|s| s.title.as_str()).collect::<Vec<_>>(), all("steps", "title"));
    assert_eq!(steps.iter().map(|s| s.verify.as_str()).collect::<Vec<_>>(), all("steps", "verify"));
    for (list, items) in
        [("afterwards", &plan.afterwards), ("assumptions", &plan.assumptions), ("cautions", &plan.cautions)]
    {
        let says: Vec<String> = items.iter().map(|item| plan.item_text(item).to_string()).collect();
        assert_eq!(says, all(list, "says"), "{list}");
    }
    let ends: Vec<String> = plan.deadlines.iter().map(|d| plan.deadline_text(d).to_string()).collect();
    assert_eq!(ends, all("deadlines", "says"));
    // Written again it is of today's form, and says the same.
    assert_eq!(read_file(&file(&read).unwrap()), Ok(read));
}
