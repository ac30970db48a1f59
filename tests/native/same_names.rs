//! Environments of the same name: the confirmation asks for the end of the id too (R3), in the wizard, in plans and in what travels.

use crate::restore_support;
use restore_desk::domain::moment::Moment;

use crate::planned::{plan, said_of};
use restore_desk::domain::plan::{Action, EarlierTexts, Plan, Purpose, Task, foreign_changed, plan_changed};
use restore_desk::domain::restore::{Confirmation, Weight, confirmation_in, confirms};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::service::Cloud;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::travel::{Parcel, file, read_file};
use restore_desk::workspace::Draft;
use restore_desk::workspace::local_time::Zone;
use restore_desk::workspace::wizard::{Field, WizardDesk, WizardStep};
use restore_support::*;
use serde_json::{Value, json};

/// A tenant with a Sandbox for each id, all with the name.
fn called(name: &str, ids: &[&str]) -> Tenant {
    with(|t| {
        let prod = t.get(&id(PROD)).unwrap().clone();
        t.environments = vec![prod].into();
        t.environments.extend(ids.iter().map(|raw| env(raw, name, restore_desk::domain::environment::Kind::Sandbox)));
    })
}

fn of(t: &Tenant, raw: &str) -> Confirmation {
    confirmation_in(t, t.get(&id(raw)).unwrap())
}

#[track_caller]
fn check(ids: &[&str], expect: &[Option<&str>]) {
    let t = called("Test", ids);
    let found: Vec<Option<String>> = ids.iter().map(|raw| of(&t, raw).id_end).collect();
    assert_eq!(found, expect.iter().map(|e| e.map(str::to_string)).collect::<Vec<_>>(), "{ids:?}");
}

#[test]
fn as_much_of_the_id_as_tells_them_apart() {
    check(&["aaaa-0001"], &[None]);
    check(&["aaaa-0001", "aaaa-0002"], &[Some("0001"), Some("0002")]);
    check(&["aaaa-1234", "aaab-1234", "bbbb-9999"], &[Some("a-1234"), Some("b-1234"), Some("9999")]);
    // Without case; a short id whole; one that another ends in, whole.
    check(&["AAAA-00FF", "bbbb-00ff"], &[Some("A-00FF"), Some("b-00ff")]);
    check(&["ab", "xy"], &[Some("ab"), Some("xy")]);
    check(&["1234", "x1234"], &[Some("1234"), Some("x1234")]);
    // Names are compared as they are typed: apostrophes and runs of spaces are no difference. A deleted one is no twin.
    let mut t = called("O’Brien  Test", &["aaaa-0001", "aaaa-0002"]);
    t.environments[2].name = "O'Brien Test ".into();
    assert_eq!(of(&t, "aaaa-0001").id_end.as_deref(), Some("0001"));
    t.environments[2].deleted = Some(days_ago(1).into());
    assert_eq!(of(&t, "aaaa-0001").id_end, None);
}

#[test]
fn the_name_alone_does_not_confirm_where_others_have_it() {
    let t = called("Contoso Test", &[BOX, BOX2]);
    let r = request(PROD, BOX, hours_ago(30));
    assert_eq!(of(&t, BOX).text(), "Contoso Test 2222");
    assert_eq!(
        of(&t, BOX).why().unwrap().to_string(),
        "2 environments are called Contoso Test; the id of the one that is overwritten ends in 2222."
    );
    for (typed, expect) in [
        ("Contoso Test 2222", true),
        ("  Contoso   Test  2222 ", true),
        ("Contoso Test", false),
        ("Contoso Test 3333", false),
        ("Contoso Test2222", false),
        ("Contoso Test 22222", false),
        ("contoso test 2222", false),
        ("2222", false),
        (" 2222", false),
        ("", false),
    ] {
        assert_eq!(confirms(&t, &r, typed), expect, "{typed:?}");
    }
    let hex = called("Test", &["aaaa-00ff", "aaaa-00fe"]);
    assert!(confirms(&hex, &request(PROD, "aaaa-00ff", hours_ago(30)), "Test 00FF"), "the end is read without case");
    // What a plan and a screen ask for always confirms.
    for t in [tenant(), t, hex, called("", &["aaaa-1", "aaaa-2"]), called(" \u{200B}", &["aaaa-1", "aaaa-2"])] {
        for env in t.living() {
            let r = request(PROD, env.id.as_str(), hours_ago(30));
            assert!(confirms(&t, &r, &of(&t, env.id.as_str()).text()), "{env:?}");
        }
    }
}

struct Utc0;
impl Zone for Utc0 {
    fn offset_minutes(&self, _: chrono::DateTime<chrono::Utc>) -> i32 {
        0
    }
}

#[test]
fn the_wizard_asks_for_it() {
    let t = called("Contoso Test", &[BOX, BOX2]);
    let problems = |typed: &str| {
        let draft = Draft {
            source: Some(id(PROD)),
            target: Some(id(BOX)),
            instant: Some(hours_ago(30)),
            chosen_at: Some(now()),
            confirm_typed: typed.into(),
            furthest: 4,
            ..Draft::default()
        };
        let desk = WizardDesk { edition: seed(), tenant: &t, draft: &draft, now: now(), zone: &Utc0 };
        let all = desk.problems(WizardStep::Review);
        all.into_iter().filter(|p| p.field == Field::Confirm).map(|p| p.says.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        problems(""),
        ["type the name of the environment that is overwritten and the end of its id: Contoso Test 2222"]
    );
    assert_eq!(
        problems("Contoso Test"),
        [
            "what you typed is not the name of the target and the end of its id; type Contoso Test 2222 exactly, capitals included"
        ]
    );
    assert!(problems("Contoso Test 2222").is_empty());
}

fn made(t: &Tenant) -> Plan {
    plan(seed(), t, &Purpose::Restore(request(PROD, BOX, hours_ago(30))), now()).unwrap()
}

fn ends(plan: &Plan) -> Vec<Option<String>> {
    let of = |a: &Action| match a {
        Action::Restore(r) | Action::ValidateRestore(r) => Some(r.target_id_end.clone()),
        _ => None,
    };
    plan.steps.iter().filter_map(|s| of(&s.action)).collect()
}

#[test]
fn a_plan_keeps_the_end_and_says_where_it_lacks_one() {
    let t = called("Contoso Test", &[BOX, BOX2]);
    let told = made(&t);
    assert_eq!(ends(&told), [Some("2222".to_string()), Some("2222".to_string())]);
    assert!(plan_changed(Moment::new(seed(), &t, now()), &told, |_| false).is_empty());
    let step = said_of(&told, "restore");
    assert!(
        step.caution.as_ref().unwrap().contains(", and another environment is called the same."),
        "{:?}",
        step.caution
    );
    // One that was saved before goes on working, with a caution.
    let before = made(&called("Contoso Test", &[BOX]));
    assert_eq!(ends(&before), [None, None]);
    let problems = plan_changed(Moment::new(seed(), &t, now()), &before, |_| false);
    let found: Vec<_> = problems.iter().filter(|p| p.says().to_string().contains("ends in 2222")).collect();
    assert_eq!(found.len(), 1, "{problems:?}");
    assert_eq!((found[0].weight, found[0].said.rules.as_slice()), (Weight::Caution, [RuleId::R3].as_slice()));
    assert!(problems.iter().all(|p| p.weight != Weight::Stop), "{problems:?}");
}

#[test]
fn a_plan_that_travels_confirms_with_the_end_of_its_own_target() {
    let t = called("Contoso Test", &[BOX, BOX2]);
    let parcel = Parcel { plan: made(&t), tenant: "Contoso".into(), play: false };
    let text = file(&parcel).unwrap();
    assert_eq!(read_file(&text), Ok(parcel));
    let with_end = |end: Value| {
        let mut v: Value = serde_json::from_str(&text).unwrap();
        for step in v["plan"]["steps"].as_array_mut().unwrap() {
            for what in ["Restore", "ValidateRestore"] {
                if step["action"].get(what).is_some() {
                    step["action"][what]["target_id_end"] = end.clone();
                }
            }
        }
        read_file(&v.to_string()).map(|_| ()).map_err(|e| e.to_string())
    };
    assert_eq!(with_end(json!(null)), Ok(()));
    assert_eq!(with_end(json!("222222")), Ok(()));
    for bad in ["3333", "", "2", "222", "x2222", BOX2] {
        assert!(with_end(json!(bad)).unwrap_err().contains("the end of another id"), "{bad}");
    }
}

#[test]
fn a_plan_without_the_new_fields_is_read_and_a_cloud_is_kept() {
    let plan = made(&tenant());
    assert_eq!(plan.cloud, Some(Cloud::Public));
    let mut value = serde_json::to_value(&plan).unwrap();
    assert_eq!(value["cloud"], "Public");
    value.as_object_mut().unwrap().remove("cloud");
    let older: Plan = serde_json::from_value(value).unwrap();
    assert_eq!(older, Plan { cloud: None, ..plan });
}

#[test]
fn a_plan_for_another_cloud_is_not_to_be_carried_out() {
    let said = |plan: &Plan, t: &Tenant| {
        let mine: Vec<_> = plan_changed(Moment::new(seed(), t, now()), plan, |_| false);
        let cloud = |p: &&restore_desk::domain::plan::StepProblem| p.says().to_string().contains("cloud");
        let found = mine.iter().find(cloud).map(|p| (p.weight, p.says().to_string()));
        let foreign = foreign_changed(Moment::new(seed(), t, now()), plan, |_| false);
        assert_eq!(
            foreign.iter().find(cloud).map(|p| (p.weight, p.says().to_string())),
            found,
            "from elsewhere as well"
        );
        found
    };
    let gcc = with(|t| t.cloud = known(Cloud::UsGov));
    let public = made(&tenant());
    assert_eq!(said(&public, &tenant()), None);
    assert_eq!(said(&made(&gcc), &gcc), None);
    let (weight, says) = said(&public, &gcc).unwrap();
    assert_eq!(weight, Weight::Stop);
    assert!(says.starts_with("The plan was made for the cloud Public, and this tenant is in GCC"), "{says}");
    // Saved before the cloud was known: its commands follow the tenant, its words name the wrong admin center.
    let mut older = Plan { cloud: None, ..public.clone() };
    let admin_center = said_of(&public, "sign-in").admin_center;
    older.steps[0].task = Task::Told(EarlierTexts { admin_center, ..EarlierTexts::default() });
    assert_eq!(said(&older, &gcc).unwrap().0, Weight::Caution);
    assert_eq!(said(&older, &tenant()), None);
    assert_eq!(said(&public, &Tenant { environments: Default::default(), ..gcc }), None);
}
