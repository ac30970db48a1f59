//! The envelope: what was written is read again, and what cannot be read is told apart.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::door::Mended;
use restore_desk::domain::environment::{Environment, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::limits::Limit;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::own::{Own, recognise};
use restore_desk::workspace::envelope::{self, Envelope, Unreadable};
use restore_desk::workspace::{Draft, Workspace};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 6, 5, 0).single().expect("a time")
}

fn workspace() -> Workspace {
    let mut env = Environment::new("1f0c");
    env.name = "Sales \u{2028} \"UAT\" 🦀".into();
    env.kind = Fact::known(Kind::Other("Lab".into()), Origin::Import(3), now());
    env.managed.answer(true, now());
    Workspace {
        tenant: Tenant { name: "Contoso".into(), environments: vec![env].into(), ..Tenant::default() },
        draft: Some(Draft { instant_typed: "half typ".into(), ..Draft::default() }),
        next_plan: 7,
        ..Workspace::default()
    }
}

/// The text as it is read in slices of so many bytes.
fn slowly(text: &str, budget: usize) -> Result<Envelope, Unreadable> {
    let mut reading = envelope::Slowly::new();
    let mut done = 0;
    while !reading.step(text, budget) {
        assert!(reading.done() > done && reading.done() <= done + budget, "each slice goes on, and not further");
        done = reading.done();
    }
    reading.finish(text)
}

/// It is the same in slices as in one go.
#[track_caller]
fn same_slowly(text: &str) {
    let at_once = envelope::read(text);
    for budget in [1, 17, usize::MAX] {
        assert_eq!(slowly(text, budget), at_once, "{text} in slices of {budget}");
    }
}

#[track_caller]
fn check(text: &str, expect: &Unreadable) {
    assert_eq!(envelope::read(text).as_ref().err(), Some(expect), "{text}");
    same_slowly(text);
}

#[track_caller]
fn check_damaged(text: &str) {
    same_slowly(text);
    assert!(matches!(envelope::read(text), Err(Unreadable::Damaged(_))), "{text}: {:?}", envelope::read(text));
}

#[test]
fn what_was_written_is_read_again() {
    for workspace in [Workspace::default(), workspace()] {
        let text = envelope::write(&workspace, now()).expect("can be written");
        assert!(
            text.starts_with(r#"{"app":"restore-desk","schema":2,"saved":"2026-11-24T06:05:00.000Z","workspace":{"#)
        );
        assert_eq!(recognise(&text), Some(Own::Workspace));
        same_slowly(&text);
        let read = envelope::read(&text).expect("can be read");
        assert_eq!((read.workspace, read.saved, read.schema), (workspace, now(), envelope::SCHEMA));
    }
}

/// A text that an earlier build wrote, kept here for ever: every later build must read it.
#[test]
fn the_first_schema_is_read_for_ever() {
    let text = include_str!("../data/workspace-schema-1.json");
    let read = envelope::read(text).expect("can be read");
    assert_eq!(read.schema, 1);
    assert_eq!(read.workspace.tenant.name, "Contoso");
    assert_eq!(read.workspace.tenant.environments.len(), 2);
    assert_eq!(read.workspace.next_plan, 3);
    assert_eq!(read.workspace.edition.0, "2025-06-24");
}

#[test]
fn fields_that_this_build_does_not_know_do_not_hurt() {
    let text = r#"{"app":"restore-desk","schema":1,"saved":"2026-11-24T06:05:00Z","by":"x","workspace":{"tenant":{"name":"A","environments":[],"mood":1},"later":[1]}}"#;
    assert_eq!(envelope::read(text).expect("can be read").workspace.tenant.name, "A");
}

#[test]
fn a_newer_schema_is_told_apart_whatever_is_in_it() {
    let text = r#"{"app":"restore-desk","schema":3,"saved":"2030-01-01T00:00:00Z","workspace":["all","new"]}"#;
    check(text, &Unreadable::Newer(3));
    assert_eq!(recognise(text), Some(Own::Workspace));
}

#[test]
fn foreign_text_is_not_ours() {
    for text in ["", " ", "null", "[]", "{}", "{\"value\":[]}", "hello", r#"{"app":"other","schema":1}"#] {
        check(text, &Unreadable::NotOurs);
        assert_eq!(recognise(text), None, "{text}");
    }
}

#[test]
fn our_own_text_that_is_damaged_says_so() {
    check_damaged(r#"{"app":"restore-desk"}"#);
    check_damaged(r#"{"app":"restore-desk","schema":1,"saved":"yesterday","workspace":{}}"#);
    check_damaged(r#"{"app":"restore-desk","schema":1,"saved":"2026-11-24T06:05:00Z","workspace":{"tenant":7}}"#);
    check_damaged(r#"{"app":"restore-desk","schema":0,"saved":"2026-11-24T06:05:00Z","workspace":{}}"#);
}

#[test]
fn what_is_no_object_says_what_was_expected() {
    for (text, is) in [("[\"restore-desk\"]", "sequence"), ("\"restore-desk\"", "string \"restore-desk\"")] {
        let Err(Unreadable::Damaged(why)) = envelope::read(text) else { panic!("{text}") };
        assert!(why.starts_with(&format!("invalid type: {is}, expected a workspace of Restore Desk")), "{why}");
        same_slowly(text);
    }
}

/// A torn write: no part of the text is taken for the whole, and nothing panics.
#[test]
fn a_text_that_breaks_off_anywhere_is_damaged_or_foreign() {
    let text = envelope::write(&workspace(), now()).expect("can be written");
    for (end, _) in text.char_indices() {
        assert!(envelope::read(&text[..end]).is_err(), "{end}");
    }
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let says = |e: Unreadable| e.to_string();
    assert!(says(Unreadable::Newer(9)).contains("newer version of Restore Desk (format 9"));
    assert!(says(Unreadable::Damaged("eof".into())).contains("damaged: eof"));
    assert!(says(Unreadable::NotOurs).contains("not a workspace"));
}

/// An envelope with this tenant and log.
fn with(tenant: &str, log: &str) -> String {
    format!(
        r#"{{"app":"restore-desk","schema":1,"saved":"2026-11-24T06:05:00Z","workspace":{{"tenant":{tenant},"log":{log}}}}}"#
    )
}

#[test]
fn in_slices_the_same_is_read_and_said_of_whatever_stands_there() {
    let env = |id: &str| serde_json::to_string(&Environment::new(id)).expect("can be written");
    let (a, b) = (env("a"), env("b\" \\ ] } , [ {"));
    let entry = r#"{"number":1,"at":"2026-11-24T06:05:00Z","recorded":"2026-11-24T06:05:00Z","events":[]}"#;
    let log = |entries: &str| format!(r#"{{"entries":{entries},"undone":[],"next":3}}"#);
    let tenant = |environments: &str| format!(r#"{{"name":"A","environments":{environments},"sample":false}}"#);
    let lists = [
        "[]".to_string(),
        " [ ] ".to_string(),
        format!("[{a}]"),
        format!("[{a},{b}]"),
        format!("\n[ {a} ,\t{b} ]"),
        // The same twice, and one without an id: the door mends it.
        format!("[{a},{a},{}]", env("")),
        format!("[{a},]"),
        format!("[,{a}]"),
        format!("[{a},,{b}]"),
        format!("[{a}{b}]"),
        format!("[{a}:{b}]"),
        format!("[{a}}}"),
        format!("[{a}"),
        format!("[{a}, null]"),
        format!("[1,{a}]"),
        format!("[\"{{\",{a}]"),
        format!("[[{a}]]"),
        format!("[{{}},{a}]"),
        format!("[{a}\u{c}]"),
        "{}".to_string(),
        "null".to_string(),
        format!("[{{\"deep\":{}1{},{}]", "[".repeat(70), "]".repeat(70), a.trim_start_matches('{')),
        format!("[{{\"deep\":{}1{},{}]", "[".repeat(130), "]".repeat(130), a.trim_start_matches('{')),
    ];
    for list in &lists {
        same_slowly(&with(&tenant(list), &log("[]")));
        same_slowly(&with(&tenant("[]"), &log(list)));
    }
    let entries = [format!("[{entry}]"), format!("[{entry},{entry}]"), format!("[{entry},{a}]"), "[{}]".to_string()];
    for list in &entries {
        same_slowly(&with(&tenant(&format!("[{a}]")), &log(list)));
    }
    // One that is to be mended, first, last and alone.
    let odd = entry.replacen("2026", "0001", 1);
    for list in [format!("[{odd}]"), format!("[{odd},{entry}]"), format!("[{entry},{odd}]")] {
        let text = with(&tenant("[]"), &log(&list));
        same_slowly(&text);
        assert_eq!(envelope::read(&text).map(|read| read.mended), Ok(vec![Mended::Entries(1)]), "{list}");
    }
    let (one, two) = (tenant(&format!("[{a}]")), tenant(&format!("[{b},{a}]")));
    let head = r#""app":"restore-desk","schema":1,"saved":"2026-11-24T06:05:00Z""#;
    let w = |key: &str, tenant: &str, more: &str| format!(r#""{key}":{{"tenant":{tenant}{more}}}"#);
    let (first, second) = (w("workspace", &one, ""), w("workspace", &two, ""));
    let escaped = w("work\\u0073pace", &two, "");
    let with_log = w("workspace", &one, &format!(r#","log":{}"#, log(&format!("[{entry}]"))));
    for text in [
        // What stands twice, or is written in another way.
        format!("{{{head},{first},{second}}}"),
        format!("{{{head},{with_log},{first}}}"),
        format!("{{{head},{first},{escaped}}}"),
        format!("{{{head},{escaped},{first}}}"),
        with(&format!(r#"{{"name":"A","environments":[{a}],"environments":[{b}]}}"#), &log("[]")),
        with(&format!(r#"{{"name":"A","environments":[{a}],"environment\u0073":[{b}]}}"#), &log("[]")),
        with(&format!(r#"{{"name":"A","environment\u0073":[{b}]}}"#), &log("[]")),
        // What stands elsewhere.
        format!("{{{head},{first},\"more\":{{\"environments\":[1]}}}}"),
        format!("{{{head},\"tenant\":{{\"environments\":[1]}},{first}}}"),
        format!("{{{first},{head}}}"),
        format!("{{{}}}", [head, &first].join(",").replace("\"schema\":1", "\"schema\":2")),
        format!("{{{}}}", [head, &first].join(",").replace("\"schema\":1", "\"schema\":0")),
        format!("{{{}}}", [head, &first].join(",").replace("restore-desk", "other")),
        // What is around it.
        format!(" \n{{{head},{first}}}\n "),
        format!("{{{head},{first}}}}}"),
        format!("{{{head},{first}}} x"),
        format!("x{{{head},{first}}}"),
        format!("[{{{head},{first}}}]"),
        format!("\u{feff}{{{head},{first}}}"),
        format!("{{{head},{first}"),
        format!("{{{head},\"workspace\" {{\"tenant\":{one}}}}}"),
        format!("{{{head},\"x\":\"workspace\":{{\"tenant\":{one}}}}}"),
        format!("{{{head},\"workspace\":[{{\"tenant\":{one}}}]}}"),
    ] {
        same_slowly(&text);
    }
}

#[test]
fn more_rows_than_are_read_are_as_many_in_slices() {
    let env = serde_json::to_string(&Environment::new("a")).expect("can be written");
    let most = Limit::Rows.most();
    let list = |rows: usize| {
        with(&format!(r#"{{"name":"","environments":[{}]}}"#, vec![env.as_str(); rows].join(",")), "{\"entries\":[]}")
    };
    for rows in [most, most + 1] {
        let text = list(rows);
        assert_eq!(slowly(&text, 1_000_000), envelope::read(&text), "{rows}");
    }
}
