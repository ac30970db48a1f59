//! Several restores that are begun: none is lost by beginning another, and what an earlier version stored opens as ever.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::EnvironmentId;
use restore_desk::domain::rule::RuleId;
use restore_desk::interop::sample::contoso;
use restore_desk::words::refused::refused;
use restore_desk::workspace::edit::{Edit, Made};
use restore_desk::workspace::envelope;
use restore_desk::workspace::wizard::drafts::{about, dropped, holds_something, opened, place_of, taken_up};
use restore_desk::workspace::{Draft, Goal, Workspace};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

fn of(source: &str) -> Draft {
    Draft { source: Some(EnvironmentId::new(source)), began: Some(now()), ..Draft::default() }
}

fn make(w: &mut Workspace, edit: Edit) {
    Made::new(edit, w, now()).apply(w).unwrap();
}

/// The open one, then the others.
fn sources(w: &Workspace) -> Vec<String> {
    let name = |d: &Draft| d.source.as_ref().map_or("-".to_string(), |id| id.to_string());
    w.draft.iter().chain(&w.begun).map(name).collect()
}

#[test]
fn beginning_another_loses_none() {
    let mut w = Workspace::default();
    let edit = opened(&w, Some(of("a")));
    make(&mut w, edit);
    assert_eq!(sources(&w), ["a"]);
    let edit = opened(&w, Some(of("b")));
    make(&mut w, edit);
    let edit = opened(&w, None);
    make(&mut w, edit);
    assert_eq!((w.draft.is_none(), sources(&w)), (true, vec!["b".into(), "a".into()]));
    let edit = taken_up(&w, 1);
    make(&mut w, edit);
    assert_eq!(sources(&w), ["a", "b"]);
    let edit = taken_up(&w, 0);
    make(&mut w, edit);
    assert_eq!(sources(&w), ["b", "a"], "the two change places");
    assert_eq!(place_of(&w, |d| *d == of("a")), Some(0));
    // An empty wizard is nothing to keep, and a place that is not there changes nothing.
    w.draft = Some(Draft { goal: Goal::Beside, source_search: "x".into(), ..Draft::default() });
    assert!(!holds_something(w.draft.as_ref().unwrap()));
    let edit = opened(&w, Some(of("c")));
    make(&mut w, edit);
    assert_eq!(sources(&w), ["c", "a"]);
    for edit in [taken_up(&w, 7), dropped(&w, 7)] {
        assert!(edit.is_idle(&w));
    }
    let edit = dropped(&w, 0);
    make(&mut w, edit);
    assert_eq!(sources(&w), ["c"]);
    // The plan is made, and the wizard is empty: what else is begun stays.
    let edit = opened(&w, Some(of("d")));
    make(&mut w, edit);
    make(&mut w, Edit::Draft(None));
    assert_eq!(sources(&w), ["c"]);
}

#[test]
fn the_whole_list_replaces_a_key_that_was_pressed_and_is_never_replaced_by_one() {
    let w = Workspace::default();
    let list = opened(&w, Some(of("a")));
    let key = Edit::Draft(Some(Box::new(of("b"))));
    assert!(list.replaces(&key) && list.replaces(&list) && !key.replaces(&list));
}

#[test]
fn a_workspace_of_an_earlier_version_opens_with_its_one_draft() {
    let mut w = Workspace { draft: Some(of("a")), ..Workspace::default() };
    let text = envelope::write(&w, now()).unwrap();
    assert!(!text.contains("\"begun\""), "nothing is written of what is not there");
    let earlier = text.replace(r#","began":"2026-11-24T12:00:00Z""#, "");
    assert_ne!(earlier, text);
    let read = envelope::read(&earlier).unwrap().workspace;
    assert_eq!(read.draft, Some(Draft { began: None, ..of("a") }));
    assert_eq!(read.begun, []);
    // And all of them are there again.
    w.begun = vec![of("b"), of("c")];
    let read = envelope::read(&envelope::write(&w, now()).unwrap()).unwrap().workspace;
    assert_eq!(read.begun, w.begun);
}

#[test]
fn a_begun_restore_says_what_it_is_about() {
    let w = Workspace { tenant: contoso(now()), ..Workspace::default() };
    let id = |name: &str| w.tenant.environments.iter().find(|e| e.name == name).map(|e| e.id.clone());
    let says = |draft: Draft| about(&w, &draft).title;
    let sales = || id("Contoso Sales");
    assert_eq!(
        says(Draft { source: sales(), target: id("Sales UAT"), ..Draft::default() }),
        "Contoso Sales onto Sales UAT"
    );
    assert_eq!(says(Draft { source: sales(), target: sales(), ..Draft::default() }), "Contoso Sales onto itself");
    assert_eq!(
        says(Draft { source: sales(), goal: Goal::Beside, ..Draft::default() }),
        "Contoso Sales onto a new environment"
    );
    assert_eq!(says(Draft { target: id("Sales UAT"), ..Draft::default() }), "Onto Sales UAT");
    assert_eq!(says(Draft { instant_typed: "yest".into(), ..Draft::default() }), "Nothing chosen yet");
    let begun = about(&w, &Draft { step: 2, ..of("gone") });
    assert_eq!((begun.title.as_str(), begun.step.as_str()), ("gone", "Step 3 of 5: Target"));
    assert_eq!(begun.began, Some(now()));
}

#[test]
fn the_refused_of_each_rule_stand_in_a_line() {
    for rule in [RuleId::T1, RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5, RuleId::T6, RuleId::T8, RuleId::R16] {
        let (one, many) = (refused(Some(rule), 1), refused(Some(rule), 12));
        assert!(one.starts_with("1 ") && many.starts_with("12 ") && one[2..] != many[3..] || rule == RuleId::R16);
        assert!(!many.contains("another reason"), "{rule}");
    }
}
