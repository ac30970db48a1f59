//! The envelope: what was written is read again, and what cannot be read is told apart.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::{Environment, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::own::{Own, recognise};
use restore_desk::workspace::envelope::{self, Unreadable};
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

#[track_caller]
fn check(text: &str, expect: &Unreadable) {
    assert_eq!(envelope::read(text).as_ref().err(), Some(expect), "{text}");
}

#[track_caller]
fn check_damaged(text: &str) {
    assert!(matches!(envelope::read(text), Err(Unreadable::Damaged(_))), "{text}: {:?}", envelope::read(text));
}

#[test]
fn what_was_written_is_read_again() {
    for workspace in [Workspace::default(), workspace()] {
        let text = envelope::write(&workspace, now()).expect("can be written");
        assert!(
            text.starts_with(r#"{"app":"restore-desk","schema":1,"saved":"2026-11-24T06:05:00.000Z","workspace":{"#)
        );
        assert_eq!(recognise(&text), Some(Own::Workspace));
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
    let text = r#"{"app":"restore-desk","schema":2,"saved":"2030-01-01T00:00:00Z","workspace":["all","new"]}"#;
    check(text, &Unreadable::Newer(2));
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
