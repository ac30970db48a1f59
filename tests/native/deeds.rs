//! Deeds, steps and events as they are kept. What an earlier version of the app wrote stays as it is, letter for letter, so that it is
//! read for ever, and by a tab that still runs that version.

use restore_desk::domain::deed::{Deed, Setting};
use restore_desk::domain::environment::{EnvironmentId, FactKey, Key, Kind};
use restore_desk::domain::life::{EventSort, What};
use restore_desk::domain::plan::Action;
use restore_desk::domain::restore::SpecialApp;
use restore_desk::domain::rule::RuleId::{self, *};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

#[track_caller]
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, text: &str) {
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    assert_eq!(restore_desk::json::read::<T>(text).unwrap(), value);
    assert_eq!(serde_json::from_str::<T>(text).unwrap(), value);
}

fn e() -> EnvironmentId {
    EnvironmentId::new("e")
}

#[test]
fn deeds_are_kept_as_ever() {
    let set = |setting| Deed::Set { environment: e(), setting };
    check(set(Setting::Kind(Kind::Sandbox)), r#"{"Switch":{"environment":"e","to":"Sandbox"}}"#);
    check(set(Setting::Dataverse), r#"{"AddDataverse":{"environment":"e"}}"#);
    check(set(Setting::Managed(true)), r#"{"SetManaged":{"environment":"e","managed":true}}"#);
    check(set(Setting::Key(Key::Customer(None))), r#"{"SetKey":{"environment":"e","key":{"Customer":null}}}"#);
    check(set(Setting::Retention(7)), r#"{"SetRetention":{"environment":"e","days":7}}"#);
    check(set(Setting::AdministrationMode(false)), r#"{"SetAdministrationMode":{"environment":"e","on":false}}"#);
    check(Deed::Delete { environment: e() }, r#"{"Delete":{"environment":"e"}}"#);
    check(Deed::EndRestore { target: e(), failed: true }, r#"{"EndRestore":{"target":"e","failed":true}}"#);
}

#[test]
fn steps_are_kept_as_ever() {
    let set = |setting| Action::Set { environment: e(), setting };
    check(set(Setting::Kind(Kind::Sandbox)), r#"{"SwitchKind":{"environment":"e","to_sandbox":true}}"#);
    check(set(Setting::Kind(Kind::Production)), r#"{"SwitchKind":{"environment":"e","to_sandbox":false}}"#);
    check(set(Setting::Managed(false)), r#"{"SetManaged":{"environment":"e","managed":false}}"#);
    check(set(Setting::Retention(28)), r#"{"SetRetention":{"environment":"e","days":28}}"#);
    let state = |state: &str| format!(r#"{{"SetRuntimeState":{{"environment":"e","state":"{state}"}}}}"#);
    check(set(Setting::AdministrationMode(false)), &state("Enabled"));
    check(set(Setting::AdministrationMode(true)), &state("Administration mode"));
    check(Action::Inspect { environment: e() }, r#"{"Inspect":{"environment":"e"}}"#);
    check(Action::Manual, r#""Manual""#);
    for odd in ["Disabled", "x; rm"] {
        let why = restore_desk::json::read::<Action>(&state(odd)).unwrap_err().to_string();
        assert!(why.contains("a state that nobody can set"), "{why}");
    }
}

#[test]
fn events_are_kept_as_ever() {
    let set = |from, to| What::Set { from, to };
    check(
        set(Some(Setting::Kind(Kind::Production)), Setting::Kind(Kind::Sandbox)),
        r#"{"Switched":{"from":"Production","to":"Sandbox"}}"#,
    );
    check(set(None, Setting::Dataverse), r#""DataverseAdded""#);
    check(set(Some(Setting::Managed(false)), Setting::Managed(true)), r#"{"ManagedSet":{"from":false,"to":true}}"#);
    check(set(None, Setting::Managed(true)), r#"{"ManagedSet":{"from":null,"to":true}}"#);
    check(
        set(Some(Setting::Key(Key::Microsoft)), Setting::Key(Key::Customer(Some("k".into())))),
        r#"{"KeySet":{"from":"Microsoft","to":{"Customer":"k"}}}"#,
    );
    check(set(Some(Setting::Retention(7)), Setting::Retention(14)), r#"{"RetentionSet":{"from":7,"days":14}}"#);
    check(set(None, Setting::AdministrationMode(true)), r#"{"StateSet":"Administration mode"}"#);
    check(What::Deleted, r#""Deleted""#);
    check(What::RestoreFailed { disabled: true }, r#"{"RestoreFailed":{"disabled":true}}"#);
}

/// Only what an earlier version could write is read.
#[test]
fn nothing_is_read_under_the_name_of_today() {
    for odd in [
        r#"{"Set":{"environment":"e","setting":{"Managed":true}}}"#,
        r#"{"SetManaged":{"environment":"e","days":7}}"#,
        r#"{"SetManaged":{"environment":"e"}}"#,
        r#"{"Delete":{}}"#,
        r#""Delete""#,
        "7",
    ] {
        assert!(restore_desk::json::read::<Deed>(odd).is_err(), "{odd}");
    }
}

/// What a setting would be instead, and the rules that speak of it.
#[test]
fn each_setting_has_its_opposite_and_its_rules() {
    #[track_caller]
    fn check(setting: Setting, opposite: Option<Setting>, rules: &[RuleId]) {
        assert_eq!((setting.opposite(), setting.rules()), (opposite, rules));
    }
    let customer = || Setting::Key(Key::Customer(None));
    check(Setting::Kind(Kind::Production), Some(Setting::Kind(Kind::Sandbox)), &[K6]);
    check(Setting::Kind(Kind::Sandbox), Some(Setting::Kind(Kind::Production)), &[K6]);
    check(Setting::Kind(Kind::Developer), None, &[K6]);
    check(Setting::Dataverse, None, &[T3]);
    check(Setting::Managed(true), Some(Setting::Managed(false)), &[K12, T4]);
    check(Setting::Managed(false), Some(Setting::Managed(true)), &[K12, T4]);
    check(Setting::Key(Key::Microsoft), Some(customer()), &[T5]);
    check(Setting::Key(Key::Customer(Some("k".into()))), Some(Setting::Key(Key::Microsoft)), &[T5]);
    check(Setting::Retention(7), None, &[K4, K5, K9]);
    check(Setting::AdministrationMode(true), Some(Setting::AdministrationMode(false)), &[R25]);
    check(Setting::AdministrationMode(false), Some(Setting::AdministrationMode(true)), &[R25]);
}

/// The facts of which there are two answers.
#[test]
fn what_is_answered_with_yes_or_no() {
    let both: Vec<FactKey> = FactKey::ALL.into_iter().filter(|fact| fact.is_yes_or_no()).collect();
    assert_eq!(both, [FactKey::Dataverse, FactKey::Dynamics, FactKey::Managed]);
}

/// What a person reads of sorts and apps: each its own.
#[test]
fn names_are_told_apart() {
    let titles: Vec<&str> = EventSort::ALL.into_iter().map(EventSort::title).collect();
    assert_eq!(
        titles.join(", "),
        "Manual backups, Retention, Switches of kind, Restores, Administration mode, Managed Environments, Encryption keys, \
         Dataverse, Created, deleted, recovered, Imports, Answers, Storage, The list"
    );
    let apps: Vec<&str> = SpecialApp::ALL.into_iter().map(SpecialApp::title).collect();
    assert_eq!(
        apps.join(", "),
        "Dynamics 365 Marketing, Dynamics 365 Finance, Dynamics 365 Customer Service (omnichannel), \
         Azure Synapse Link for Dataverse, Power Apps portals"
    );
}
