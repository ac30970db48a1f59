use super::*;
use crate::domain::plan::{About, Item, Plan, Remark};
use crate::workspace::SavedPlan;
use chrono::{TimeZone, Utc};

/// Two hours east of UTC in summer (until 2026-10-25 01:00Z), one in winter.
struct Berlin;
impl Zone for Berlin {
    fn offset_minutes(&self, at: DateTime<Utc>) -> i32 {
        let summer =
            Utc.with_ymd_and_hms(2026, 3, 29, 1, 0, 0).unwrap()..Utc.with_ymd_and_hms(2026, 10, 25, 1, 0, 0).unwrap();
        if summer.contains(&at) { 120 } else { 60 }
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 10, 26, 12, 0, 0).unwrap()
}

#[test]
fn steps_are_in_order_and_found_by_index() {
    for (i, step) in WizardStep::ALL.into_iter().enumerate() {
        assert_eq!(usize::from(step.index()), i);
        assert_eq!(WizardStep::at(step.index()), step);
    }
    assert_eq!(WizardStep::at(99), WizardStep::Review);
    assert_eq!(WizardStep::Source.previous(), None);
    assert_eq!(WizardStep::Source.next(), Some(WizardStep::Point));
    assert_eq!(WizardStep::Review.next(), None);
}

#[test]
fn an_empty_draft_reaches_the_first_step_only() {
    let (tenant, draft) = (Tenant::default(), Draft::default());
    let desk =
        WizardDesk { edition: Edition::default_edition(), tenant: &tenant, draft: &draft, now: now(), zone: &Berlin };
    assert_eq!(desk.reach(), WizardStep::Source);
    let says: Vec<String> =
        WizardStep::ALL.iter().flat_map(|s| desk.problems(*s)).map(|p| p.says.to_string()).collect();
    assert!(says.iter().all(|s| !s.ends_with('.')), "{says:?}");
    assert!(desk.purpose().is_none());
}

#[track_caller]
fn check_typed(text: &str, utc: bool, expect: &str) {
    let mut draft = Draft::default();
    point::type_instant(&mut draft, text.to_string(), utc, &Berlin, now());
    let got = match point::typed(&draft, &Berlin, now()) {
        point::Typed::Read(at) => {
            assert_eq!(draft.instant, Some(at));
            at.format("%m-%dT%H:%MZ").to_string()
        }
        other => {
            assert_eq!(draft.instant, None, "an instant that is not clear must not be kept");
            format!("{other:?}").split('(').next().unwrap_or_default().to_string()
        }
    };
    assert_eq!(got, expect, "for {text:?}");
}

#[test]
fn typed_local_time_is_placed_or_asked() {
    check_typed("", false, "Nothing");
    check_typed("2026-10-24 14:00", false, "10-24T12:00Z");
    check_typed("2026-10-24 14:00", true, "10-24T14:00Z");
    check_typed("2026-10-25 14:00", false, "10-25T13:00Z");
    check_typed("2026-10-25 02:30", false, "Twice");
    check_typed("2026-10-25 02:30 +02:00", false, "10-25T00:30Z");
    check_typed("2026-10-25 02:30", true, "10-25T02:30Z");
    check_typed("2026-03-29 02:30", false, "Never");
    check_typed("2026-10-25", false, "Asked");
    check_typed("yesterday 14", false, "10-25T13:00Z");
    check_typed("yesterday 14", true, "10-25T14:00Z");
    check_typed("3 h ago", true, "10-26T09:00Z");
    check_typed("14", false, "10-25T13:00Z");
    check_typed("13", false, "10-26T12:00Z");
    check_typed("02/03 14:00", false, "Asked");
    check_typed("yesterday", false, "Asked");
    check_typed("2026-10-26 14:00", false, "Wrong");
}

#[test]
fn what_counts_from_today_stays_the_day_it_was() {
    let mut draft = Draft::default();
    point::type_instant(&mut draft, "yesterday 14".into(), false, &Berlin, now());
    let chosen = draft.instant;
    let tomorrow = now() + chrono::Duration::days(1);
    assert_eq!(point::typed(&draft, &Berlin, tomorrow), point::Typed::Read(chosen.unwrap()));
    point::write_out(&mut draft, &Berlin);
    assert_eq!((draft.instant_typed.as_str(), draft.instant), ("2026-10-25 14:00", chosen));
    // What says its day itself stays as it was typed.
    point::type_instant(&mut draft, "25 Oct 2026, 2pm".into(), false, &Berlin, now());
    point::write_out(&mut draft, &Berlin);
    assert_eq!((draft.instant_typed.as_str(), draft.instant), ("25 Oct 2026, 2pm", chosen));
    // Typed anew it counts from then.
    point::type_instant(&mut draft, "yesterday 14 ".into(), false, &Berlin, tomorrow);
    assert_eq!(draft.instant, chosen.map(|at| at + chrono::Duration::days(1)));
    // What is no time yet is not touched.
    point::type_instant(&mut draft, "yesterd".into(), false, &Berlin, tomorrow);
    point::write_out(&mut draft, &Berlin);
    assert_eq!((draft.instant_typed.as_str(), draft.instant), ("yesterd", None));
}

#[test]
fn an_hour_that_happens_twice_is_settled_and_stays_settled() {
    let mut draft = Draft::default();
    point::type_instant(&mut draft, "2026-10-25 02:30".into(), false, &Berlin, now());
    let point::Typed::Twice(_, second) = point::typed(&draft, &Berlin, now()) else { panic!("must be asked") };
    point::settle(&mut draft, second, now());
    assert_eq!(draft.instant, Some(second));
    assert_eq!(draft.instant_typed, "2026-10-25 02:30");
    point::type_instant(&mut draft, "2026-10-25 02:30 ".into(), false, &Berlin, now());
    assert_eq!(draft.instant, Some(second), "typing on must not lose the answer");
    point::type_instant(&mut draft, "2026-10-25 02:31 ".into(), false, &Berlin, now());
    assert_eq!(draft.instant, None);
}

#[test]
fn another_instant_takes_the_confirmation_back() {
    let mut draft = Draft { confirm_typed: "Sales UAT".into(), ..Draft::default() };
    point::pick_instant(&mut draft, now(), crate::workspace::typed::write_local(now(), &Berlin), now());
    assert_eq!(draft.confirm_typed, "");
    assert_eq!(draft.instant_typed, "2026-10-26 13:00");
    assert_eq!(point::typed(&draft, &Berlin, now()), point::Typed::Read(now()));
}

#[test]
fn progress_counts_steps_and_afterwards_only() {
    let item = |id: &str| Item { id: id.into(), cause: Remark::Told(Default::default()), rules: vec![], link: None };
    let plan = Plan {
        about: About::Told(String::new()),
        purpose: Purpose::BulkDeletion {
            source: crate::domain::environment::EnvironmentId::new("a"),
            point: Point::System(now()),
            include_audit_logs: false,
            special_apps: vec![],
        },
        made: now(),
        edition: Default::default(),
        cloud: None,
        steps: vec![],
        afterwards: vec![item("a"), item("b")],
        deadlines: vec![],
        assumptions: vec![item("c")],
        cautions: vec![],
    };
    let mut saved = SavedPlan::new(1, plan);
    assert_eq!(review::progress(&saved), (0, 2));
    saved.done.insert("b".into(), now());
    saved.done.insert("c".into(), now());
    saved.done.insert("gone".into(), now());
    assert_eq!(review::progress(&saved), (1, 2));
}
