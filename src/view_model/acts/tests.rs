use super::*;
use crate::domain::fact::{Fact, Origin};
use chrono::DateTime;

fn env() -> Environment {
    let mut env = Environment::new("e");
    env.kind = Fact::known(Kind::Production, Origin::Answer, DateTime::UNIX_EPOCH);
    env.managed = Fact::known(true, Origin::Answer, DateTime::UNIX_EPOCH);
    env
}

const NEW: &str = "0f0f0f0f-1111-4222-8333-444444444444";

#[track_caller]
fn check(act: Act, form: Form, expect: Result<&str, &str>) {
    let got = act.command(&EnvironmentId::new("e"), &form, NEW);
    match (got, expect) {
        (Ok(command), Ok(part)) => assert!(format!("{command:?}").contains(part), "{command:?}"),
        (got, expect) => assert_eq!(got.map(|_| ""), expect.map_err(str::to_string)),
    }
}

#[test]
fn a_form_becomes_a_command_or_says_what_is_missing() {
    let form = Form::default();
    check(Act::BackUp, form.clone(), Err("type a label"));
    check(Act::BackUp, Form { label: "x".into(), ..form.clone() }, Ok(&format!("id: \"{NEW}\", label: \"x\"")));
    let pointed =
        |point: Result<DateTime<Utc>, String>| Form { label: "x".into(), point: Some(point), ..Form::default() };
    check(Act::BackUp, pointed(Ok(DateTime::UNIX_EPOCH)), Ok("point: Some(1970"));
    check(Act::BackUp, pointed(Err("type a time".into())), Err("type a time"));
    check(Act::Restore, pointed(Ok(DateTime::UNIX_EPOCH)), Err("choose whose backup was restored"));
    let chosen = Form { source: Some(EnvironmentId::new("s")), ..Form::default() };
    check(Act::Restore, chosen.clone(), Err("type the restore point"));
    let whole = Form { point: Some(Ok(DateTime::UNIX_EPOCH)), audit_logs: true, ..chosen };
    check(Act::Restore, whole, Ok("include_audit_logs: true"));
    check(Act::SetRetention, form.clone(), Err("choose the days"));
    check(Act::SetRetention, Form { days: Some(14), ..form.clone() }, Ok("Retention(14)"));
    check(Act::SetKey, form.clone(), Ok("Key(Microsoft)"));
    check(Act::SetKey, Form { customer_key: true, key: " k ".into(), ..form.clone() }, Ok("Customer(Some(\"k\"))"));
    check(Act::SetKey, Form { customer_key: true, ..form.clone() }, Ok("Customer(None)"));
    check(Act::Create, form.clone(), Err("type a name"));
    let new = NewForm { name: "N".into(), kind: "Sandbox".into(), ..NewForm::default() };
    check(
        Act::Create,
        Form { new: NewForm { kind: String::new(), ..new.clone() }, ..form.clone() },
        Err("choose a kind"),
    );
    check(Act::Create, Form { new: new.clone(), ..form.clone() }, Ok(&format!("EnvironmentId(\"{NEW}\")")));
    let called = |id: &str| Form { new: NewForm { id: id.into(), ..new.clone() }, ..form.clone() };
    let own = "abcdef00-1111-4222-8333-444444444444";
    check(Act::Create, called(&format!(" {own} ")), Ok(own));
    check(Act::Create, called("Sales-copy"), Err(NO_ID));
}

#[test]
fn storage_is_typed_in_gigabytes() {
    let six = |text: &str| Form { storage: [(); 6].map(|()| text.to_string()), ..Form::default() };
    check(Act::SetCapacity, Form::default(), Err("type all six numbers in gigabytes, such as 102.4"));
    check(Act::SetCapacity, six("-1"), Err("type all six numbers in gigabytes, such as 102.4"));
    check(Act::SetCapacity, six("1,5"), Ok("entitled_mb: 1536.0"));
    let storage = Storage { entitled_mb: 1536.0, used_mb: 102.4 };
    let typed = write_storage(&Capacity { database: storage, log: storage, file: storage });
    assert_eq!(typed[..2], ["1.5", "0.1"]);
    assert_eq!(read_storage(&typed).map(|c| c.file.used_mb.round()), Ok(102.0));
}

#[test]
fn the_menu_offers_the_other_state_or_both_where_it_is_not_known() {
    let acts = Act::of(&env(), false);
    assert!(
        acts.contains(&Act::Set(Setting::Kind(Kind::Sandbox))) && acts.contains(&Act::Set(Setting::Managed(false)))
    );
    assert!(!acts.contains(&Act::Set(Setting::Managed(true))));
    assert!([true, false].map(|on| Act::Set(Setting::AdministrationMode(on))).iter().all(|act| acts.contains(act)));
    let mut sandbox = env();
    sandbox.kind.answer(Kind::Sandbox, DateTime::UNIX_EPOCH);
    assert!(Act::of(&sandbox, false).contains(&Act::Set(Setting::Kind(Kind::Production))));
    let mut deleted = env();
    deleted.deleted = Some(DateTime::UNIX_EPOCH.into());
    assert_eq!(Act::of(&deleted, true), [Act::Recover]);
    assert_eq!(Act::before_the_import(&deleted), []);
    let past = Act::before_the_import(&env());
    assert!(
        past.contains(&Act::Set(Setting::Kind(Kind::Production))) && past.contains(&Act::Set(Setting::Managed(true))),
        "the same as today"
    );
}

#[test]
fn every_act_has_its_words() {
    let mut acts = Act::of(&env(), false);
    acts.extend([
        Act::DeleteBackup("b".into()),
        Act::Recover,
        Act::Create,
        Act::Restore,
        Act::SetCapacity,
        Act::EndRestore { failed: true },
        Act::EndActivity,
    ]);
    for act in acts {
        assert!(act.title().starts_with(char::is_uppercase) && !act.past().is_empty(), "{act:?}");
    }
}

/// What is set to 28 days already keeps less because it is not managed: nobody is told to set it once more.
#[test]
fn the_mend_of_a_shorter_period_is_what_lacks() {
    let of = |days: u32, managed: bool| {
        let mut env = env();
        env.retention_setting = Fact::known(days, Origin::Answer, DateTime::UNIX_EPOCH);
        env.managed = Fact::known(managed, Origin::Answer, DateTime::UNIX_EPOCH);
        let act = Act::that_mends(Trouble::NewestKeepsLess, &env);
        act.map(|act| act.mends(Trouble::NewestKeepsLess))
    };
    assert_eq!(of(7, false).as_deref(), Some("Set 28 days"));
    assert_eq!(of(28, false).as_deref(), Some("Turn Managed Environments on"));
    assert_eq!(of(28, true), None, "it is managed already");
}
