//! The wizard's view-model on the sample tenant: what is complete, what is wrong and where, and that no environment is hidden.

use crate::planned::plan;
use chrono::{DateTime, Duration, TimeZone, Utc};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::Outcome;
use restore_desk::domain::environment::{Activity, Environment, EnvironmentId, Kind, Operation, Region};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::manual_backup::Stage;
use restore_desk::domain::moment::Moment;
use restore_desk::domain::plan::{StepProblem, plan_changed};
use restore_desk::domain::remedy;
use restore_desk::domain::restore::{Check, SpecialApp, Weight};
use restore_desk::domain::retention::{Certainty, Use, window};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::service::Candidates;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::sample::contoso;
use restore_desk::words::Say;
use restore_desk::workspace::local_time::Zone;
use restore_desk::workspace::typed::write_local;
use restore_desk::workspace::wizard::choices::{
    self, SourceChoice, SourceState, TargetChoice, begin_with, choose_goal, choose_source, forget_target, never_target,
    source_state_for, sources, targets,
};
use restore_desk::workspace::wizard::point::pick_instant;
use restore_desk::workspace::wizard::review::{draft_of, mended_in};
use restore_desk::workspace::wizard::{Field, WizardDesk, WizardStep};
use restore_desk::workspace::{Draft, Goal};
use std::collections::BTreeSet;

struct Berlin;
impl Zone for Berlin {
    fn offset_minutes(&self, _: DateTime<Utc>) -> i32 {
        60
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

#[track_caller]
fn env<'a>(tenant: &'a Tenant, name: &str) -> &'a Environment {
    tenant.environments.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn desk<'a>(tenant: &'a Tenant, draft: &'a Draft, now: DateTime<Utc>) -> WizardDesk<'a, Berlin> {
    WizardDesk { edition: Edition::default_edition(), tenant, draft, now, zone: &Berlin }
}

/// Contoso Sales as it was a day ago, onto `target`.
fn draft(tenant: &Tenant, target: &str) -> Draft {
    let mut draft = Draft {
        source: Some(env(tenant, "Contoso Sales").id.clone()),
        target: Some(env(tenant, target).id.clone()),
        furthest: 4,
        ..Draft::default()
    };
    pick_instant(&mut draft, now() - Duration::days(1), String::new(), now());
    draft
}

/// With every loss confirmed.
fn knowing(draft: &Draft, tenant: &Tenant) -> Draft {
    let losses = desk(tenant, draft, now()).losses().into_iter().map(|(_, says)| says.to_string()).collect();
    Draft { losses, ..draft.clone() }
}

/// What else is wrong where every loss is confirmed.
#[track_caller]
fn check(draft: &Draft, tenant: &Tenant, reach: WizardStep, wrong: &[Field]) {
    let known = knowing(draft, tenant);
    let d = desk(tenant, &known, now());
    let fields: Vec<Field> = WizardStep::ALL.into_iter().flat_map(|s| d.problems(s)).map(|p| p.field).collect();
    assert_eq!((d.reach(), fields.as_slice()), (reach, wrong));
}

#[test]
fn a_whole_draft_asks_for_the_confirmation_alone() {
    let tenant = contoso(now());
    let mut whole = draft(&tenant, "Sales UAT");
    check(&whole, &tenant, WizardStep::Review, &[Field::Confirm]);
    whole.confirm_typed = "  Sales UAT ".into();
    check(&whole, &tenant, WizardStep::Review, &[]);
    whole.confirm_typed = "sales uat".into();
    check(&whole, &tenant, WizardStep::Review, &[Field::Confirm]);
}

#[test]
fn each_loss_is_confirmed_before_there_is_a_plan() {
    let tenant = contoso(now());
    let mut whole = Draft { confirm_typed: "Sales UAT".into(), ..draft(&tenant, "Sales UAT") };
    let all = knowing(&whole, &tenant).losses;
    let wrong = |draft: &Draft| desk(&tenant, draft, now()).problems(WizardStep::Review).len();
    assert!(all.len() > 1, "{all:?}");
    assert_eq!(wrong(&whole), 1);
    whole.losses = all.iter().skip(1).cloned().collect();
    assert_eq!(wrong(&whole), 1);
    // One that was confirmed in other words is another one.
    whole.losses.extend(all.iter().take(1).map(|says| format!("{says} and more")));
    assert_eq!(wrong(&whole), 1);
    whole.losses = all;
    assert_eq!(wrong(&whole), 0);
}

#[test]
fn each_step_holds_the_next_one_back() {
    let tenant = contoso(now());
    let whole = draft(&tenant, "Sales UAT");
    let no_source = Draft { source: None, ..whole.clone() };
    check(&no_source, &tenant, WizardStep::Source, &[Field::Source, Field::LocalTime, Field::Target, Field::Checks]);
    let unseen = Draft { furthest: 0, ..whole.clone() };
    check(&unseen, &tenant, WizardStep::Source, &[Field::Confirm]);
    let no_point = Draft { instant: None, ..whole.clone() };
    check(&no_point, &tenant, WizardStep::Point, &[Field::LocalTime, Field::Checks]);
    let refused = draft(&tenant, "US Train");
    check(&refused, &tenant, WizardStep::Target, &[Field::Target, Field::Checks, Field::Checks, Field::Confirm]);
    let unknown = draft(&tenant, "HR Test");
    check(&unknown, &tenant, WizardStep::Target, &[Field::Target, Field::Checks, Field::Confirm]);
    let gone = Draft { source: Some(EnvironmentId::new("gone")), ..whole };
    check(
        &gone,
        &tenant,
        WizardStep::Source,
        &[Field::Source, Field::LocalTime, Field::Target, Field::Checks, Field::Confirm],
    );
}

/// The sample with Contoso Sales moved from Asia to Europe two days ago.
fn moved() -> Tenant {
    let mut tenant = contoso(now());
    let sales = env(&tenant, "Contoso Sales").id.clone();
    let what = Changed::Region { from: Some(Region::new("asia")), to: Region::new("europe") };
    tenant.get_mut(&sales).unwrap().history.push(Change::exactly(now() - Duration::days(2), what));
    tenant
}

#[test]
fn a_point_from_before_a_region_move_is_stopped_where_it_is_chosen() {
    let tenant = moved();
    check(&draft(&tenant, "Sales UAT"), &tenant, WizardStep::Review, &[Field::Confirm]);
    let sales = Some(env(&tenant, "Contoso Sales").id.clone());
    let mut old = draft(&tenant, "Sales UAT");
    pick_instant(&mut old, now() - Duration::days(3), String::new(), now());
    for goal in [Goal::Restore, Goal::ToProduction, Goal::Beside] {
        let target = if goal == Goal::ToProduction { sales.clone() } else { old.target.clone() };
        let old = Draft { goal, target, ..old.clone() };
        let d = desk(&tenant, &old, now());
        assert_eq!(d.first_open(), WizardStep::Point, "{goal:?}");
        let says = &d.problems(WizardStep::Point)[0];
        assert!(says.says.to_string().contains("old region") && says.rules.contains(&RuleId::T2), "{says:?}");
        assert!(says.says.to_string().contains("after the move, from 22 Nov 2026 12:00 UTC on"), "{says:?}");
        assert_eq!(d.problems(WizardStep::Target), [], "the target is not to blame");
        let review =
            restore_desk::domain::restore::check_purpose(Moment::new(d.edition, &tenant, now()), &d.purpose().unwrap());
        let wrong: Vec<_> = review.iter().filter(|c| c.weight <= Weight::Ask && c.is_of(RuleId::T2)).collect();
        assert!(!wrong.is_empty() && wrong.iter().all(|c| mended_in(c) == WizardStep::Point), "{wrong:#?}");
    }
    let backup = env(&tenant, "Contoso Sales").backups.iter().min_by_key(|b| b.point).unwrap().clone();
    assert!(backup.point < now() - Duration::days(2));
    let by_backup = Draft { manual: true, backup: Some(backup.id), ..draft(&tenant, "Sales UAT") };
    check(&by_backup, &tenant, WizardStep::Point, &[Field::Backup, Field::Checks, Field::Checks, Field::Confirm]);
}

#[test]
fn with_the_target_chosen_the_sources_that_can_go_onto_it_lead() {
    let tenant = contoso(now());
    let onto = |name: &str, goal: Goal| Draft { target: Some(env(&tenant, name).id.clone()), goal, ..Draft::default() };
    for (name, goal) in
        [("Sales UAT", Goal::Restore), ("Contoso Sales", Goal::Restore), ("Contoso Sales", Goal::ToProduction)]
    {
        let draft = onto(name, goal);
        let d = desk(&tenant, &draft, now());
        let all = sources(&d);
        assert_eq!(all.len(), tenant.living().count(), "nobody is hidden");
        let rank = |s: &SourceChoice<'_>| match (&s.state, s.onto.as_ref().map(|o| o.outcome)) {
            (SourceState::Cannot(_), None) => 4,
            (_, Some(Outcome::Refused)) => 3,
            (SourceState::Ask(_), Some(_)) => 2,
            (SourceState::Can(_), Some(Outcome::Unknown)) => 1,
            (SourceState::Can(_), Some(Outcome::Eligible)) => 0,
            other => panic!("{other:?}"),
        };
        assert!(all.windows(2).all(|w| rank(&w[0]) <= rank(&w[1])));
        for s in &all {
            let Some(onto) = &s.onto else { continue };
            assert_eq!(onto.outcome == Outcome::Eligible, onto.why.is_none() && onto.rules.is_empty(), "{onto:?}");
            if goal == Goal::Restore {
                let judged = restore_desk::domain::eligibility::judge(d.edition, s.env, env(&tenant, name)).outcome();
                assert_eq!(onto.outcome, judged);
            }
        }
        let first = all.first().map(rank).unwrap();
        assert_eq!(first, if (name, goal) == ("Contoso Sales", Goal::Restore) { 3 } else { 0 }, "{name} {goal:?}");
        assert_eq!(d.needs_switch(), name == "Contoso Sales");
    }
    // From a Production target the offer leads to the way through Sandbox, and keeps it as the target.
    let mut draft = onto("Contoso Sales", Goal::Restore);
    choose_goal(&mut draft, &tenant, Goal::ToProduction);
    let sales = Some(env(&tenant, "Contoso Sales").id.clone());
    assert_eq!((&draft.target, &draft.source), (&sales, &sales));
    assert!(sources(&desk(&tenant, &draft, now())).iter().all(|s| s.onto.is_none()), "the target follows the source");
    forget_target(&mut draft);
    assert_eq!(draft.target, None);
}

#[test]
fn what_can_never_work_is_told_apart_and_is_no_begun_restore() {
    let tenant = contoso(now());
    let id = |name: &str| Some(env(&tenant, name).id.clone());
    let begun = |draft: Draft| desk(&tenant, &draft, now()).is_begun();
    assert!(!begun(Draft::default()));
    assert!(begun(Draft { source: id("Contoso Sales"), ..Draft::default() }));
    assert!(begun(Draft { target: id("Sales UAT"), ..Draft::default() }));
    assert!(begun(Draft { instant_typed: "2026".into(), ..Draft::default() }));
    let nope = Some(EnvironmentId::new("nope"));
    assert!(!begun(Draft { source: nope.clone(), target: nope.clone(), ..Draft::default() }));
    assert!(!begun(Draft { source: id("Copilot Trial"), ..Draft::default() }));
    let draft = Draft { source: nope, ..Draft::default() };
    let says = desk(&tenant, &draft, now()).problems(WizardStep::Source)[0].says.to_string();
    assert!(says.contains("no environment of the inventory has the id `nope`"), "{says}");

    for edition in EDITIONS {
        for e in tenant.living() {
            let state = |goal| source_state_for(goal, Moment::new(edition, &tenant, now()), e);
            let beside = matches!(state(Goal::Beside), SourceState::Cannot(_));
            let never = matches!(state(Goal::Restore), SourceState::Cannot(_));
            let new = restore_desk::domain::remedy::new_target(edition, e).is_some();
            assert_eq!(beside, never || !matches!(state(Goal::Restore), SourceState::Ask(_)) && !new, "{}", e.name);
            let kind = e.kind.get();
            let could = kind.is_none_or(|k| *k == Kind::Production || edition.targets.contains(k));
            assert_eq!(never_target(edition, e).is_none(), could, "{}", e.name);
        }
    }
}

#[test]
fn a_new_name_that_breaks_a_line_is_mended_in_the_options() {
    let tenant = contoso(now());
    let bad = Draft { new_name: "two\nlines".into(), ..draft(&tenant, "Sales UAT") };
    check(&bad, &tenant, WizardStep::Options, &[Field::NewName, Field::Checks, Field::Confirm]);
}

#[test]
fn the_moment_passes_while_the_wizard_is_open() {
    let tenant = contoso(now());
    let mut old = draft(&tenant, "Sales UAT");
    old.source = Some(env(&tenant, "Sales Perf").id.clone());
    pick_instant(&mut old, now() - Duration::days(7) + Duration::minutes(1), String::new(), now());
    let view = desk(&tenant, &old, now()).point_view().unwrap();
    assert_eq!((view.certainty, view.was), (Certainty::Guaranteed, None));
    let later = now() + Duration::minutes(2);
    let d = desk(&tenant, &old, later);
    let view = d.point_view().unwrap();
    assert_eq!((view.certainty, view.was), (Certainty::Gone, Some(Certainty::Guaranteed)));
    assert!(d.problems(WizardStep::Point)[0].says.to_string().contains("since you chose it"));
    assert_eq!(d.missing_before(WizardStep::Target).len(), 1);
}

#[test]
fn the_way_through_sandbox_reaches_seven_days_back() {
    let tenant = contoso(now());
    let sales = Some(env(&tenant, "Contoso Sales").id.clone());
    let mut through = Draft { goal: Goal::ToProduction, target: sales, ..draft(&tenant, "Sales UAT") };
    check(&through, &tenant, WizardStep::Review, &[Field::Confirm]);
    pick_instant(&mut through, now() - Duration::days(20), String::new(), now());
    check(&through, &tenant, WizardStep::Point, &[Field::LocalTime, Field::Checks, Field::Confirm]);
    through.goal = Goal::Beside;
    check(&through, &tenant, WizardStep::Review, &[]);
}

#[test]
fn another_environments_backup_leads_to_the_choice_of_a_production_target() {
    let tenant = contoso(now());
    let id = |name: &str| env(&tenant, name).id.clone();
    let mut through = Draft { source: None, target: None, ..draft(&tenant, "Sales UAT") };
    choose_goal(&mut through, &tenant, Goal::ToProduction);
    choose_source(&mut through, &tenant, &id("Contoso Sales"));
    assert_eq!(through.target, Some(id("Contoso Sales")), "a Production environment is its own target");
    choose_source(&mut through, &tenant, &id("Sales UAT"));
    assert_eq!(through.target, None);
    check(&through, &tenant, WizardStep::Target, &[Field::Target, Field::Checks]);
    assert!(targets(&desk(&tenant, &through, now())).iter().any(|t| t.env.name == "Contoso Sales"));

    let mut linked = Draft { target: None, goal: Goal::ToProduction, ..through.clone() };
    begin_with(&mut linked, &tenant);
    assert_eq!(linked.target, None);
    let mut goal = Draft { goal: Goal::Restore, ..through.clone() };
    choose_goal(&mut goal, &tenant, Goal::ToProduction);
    assert_eq!(goal.target, None);

    // A target that is no Production environment, or whose kind nobody knows, is the target's fault and not the point's.
    through.target = Some(id("Sales UAT"));
    check(&through, &tenant, WizardStep::Target, &[Field::Target, Field::Checks, Field::Confirm]);
    let mut unknown = tenant.clone();
    unknown.get_mut(&id("Sales UAT")).unwrap().kind = Fact::unknown();
    through.source = Some(id("Contoso Sales"));
    check(&through, &unknown, WizardStep::Target, &[Field::Target, Field::Checks, Field::Confirm]);
    let d = desk(&unknown, &through, now());
    let uat = targets(&d).into_iter().find(|t| t.env.name == "Sales UAT").unwrap();
    assert_eq!((uat.outcome, uat.asks(&id("Contoso Sales")).len()), (Outcome::Unknown, 1));

    // The point is judged all the same.
    through.source = Some(id("Sales UAT"));
    pick_instant(&mut through, now() - Duration::days(400), String::new(), now());
    assert_eq!(desk(&tenant, &through, now()).first_open(), WizardStep::Point);
}

#[test]
fn what_occupies_a_target_is_said_before_it_is_chosen_and_holds_the_step_back() {
    let mut tenant = contoso(now());
    let busy = draft(&tenant, "Sales Perf");
    let d = desk(&tenant, &busy, now());
    let all = targets(&d);
    let gated: Vec<(&str, Vec<RuleId>)> = all
        .iter()
        .filter(|t| !t.gates.is_empty())
        .map(|t| (t.env.name.as_str(), t.gates.iter().filter_map(|g| g.rule()).collect()))
        .collect();
    assert_eq!(gated, [("Sales Perf", vec![RuleId::T9])]);
    assert!(all.is_sorted_by_key(order_of_targets));
    let last = all.iter().rfind(|t| t.outcome == Outcome::Eligible).map(|t| t.env.name.as_str());
    assert_eq!(last, Some("Sales Perf"), "what is stopped at this moment comes last of its group");
    assert!(all.iter().all(|t| t.eligible_now() == (t.outcome == Outcome::Eligible && t.env.name != "Sales Perf")));
    check(&busy, &tenant, WizardStep::Target, &[Field::Target, Field::Checks, Field::Confirm]);
    assert!(d.problems(WizardStep::Target)[0].says.to_string().contains("being copied"));

    let free = draft(&tenant, "Sales UAT");
    tenant.capacity = Fact::unknown();
    check(&free, &tenant, WizardStep::Review, &[Field::Confirm]);
    let sales = env(&tenant, "Contoso Sales").id.clone();
    let through = Draft { goal: Goal::ToProduction, target: Some(sales.clone()), ..free };
    check(&through, &tenant, WizardStep::Review, &[Field::Confirm]);
    tenant.get_mut(&sales).unwrap().activity =
        Some(Activity { what: Operation::Switching, since: None, seen: Some(now()) });
    check(&through, &tenant, WizardStep::Target, &[Field::Target, Field::Checks, Field::Confirm]);
}

#[test]
fn a_point_that_ends_soon_is_said_before_there_is_a_target() {
    let tenant = contoso(now());
    let mut soon = Draft { target: None, ..draft(&tenant, "Sales UAT") };
    assert_eq!(desk(&tenant, &soon, now()).checks_of(WizardStep::Point), vec![]);
    pick_instant(&mut soon, now() - Duration::days(28) + Duration::hours(5), String::new(), now());
    let rules: Vec<RuleId> =
        desk(&tenant, &soon, now()).checks_of(WizardStep::Point).iter().filter_map(Check::rule).collect();
    assert_eq!(rules, [RuleId::R22]);
}

fn order_of_targets(t: &TargetChoice<'_>) -> (Outcome, bool, bool, String, EnvironmentId) {
    (t.outcome, !t.gates.is_empty(), !t.itself, t.env.name.to_lowercase(), t.env.id.clone())
}

#[test]
fn backups_that_go_nowhere_are_told_by_the_kind_of_their_environment() {
    let tenant = contoso(now());
    let (mut told, mut beside) = (0, BTreeSet::new());
    for (edition, goal) in EDITIONS.iter().flat_map(|e| [Goal::Restore, Goal::Beside].map(|goal| (*e, goal))) {
        for env in tenant.living() {
            let SourceState::Cannot(why) = source_state_for(goal, Moment::new(edition, &tenant, now()), env) else {
                continue;
            };
            if why[0].says().to_string().ends_with("to a new environment") {
                let rules: Vec<_> = why.iter().filter_map(|why| why.rule()).collect();
                let itself = window(edition, env, now()).usage == Use::OntoItselfOnly;
                assert_eq!(rules, [RuleId::T1, RuleId::D3][..1 + usize::from(itself)], "{}", env.name);
                beside.insert(itself);
            }
            for says in why.iter().map(|why| why.says().to_string()).filter(|says| says.starts_with("the backups of")) {
                let kind = env.kind.get().map_or("this kind of".to_string(), |kind| kind.says().to_string());
                assert!(says.starts_with(&format!("the backups of {kind} environments")), "{}: {says}", env.name);
                told += 1;
            }
        }
    }
    assert!(told > 2 && !beside.is_empty(), "{told}, {beside:?}");
}

#[test]
fn nobody_is_hidden_and_the_eligible_lead() {
    let tenant = contoso(now());
    for edition in EDITIONS {
        for source in tenant.living() {
            let draft = Draft { source: Some(source.id.clone()), ..Draft::default() };
            let d = WizardDesk { edition, ..desk(&tenant, &draft, now()) };
            let all = targets(&d);
            assert_eq!(all.len(), tenant.living().count());
            assert!(all.is_sorted_by_key(order_of_targets), "eligible, unknown, refused");
            assert_eq!(all.iter().filter(|t| t.itself).count(), 1);
            for target in &all {
                match target.outcome {
                    Outcome::Eligible => assert!(target.rules().is_empty()),
                    Outcome::Refused => assert!(!target.first_reason().is_empty() && !target.rules().is_empty()),
                    Outcome::Unknown => assert!(!target.asks(&source.id).is_empty(), "an unknown must be answerable"),
                }
            }
        }
        let draft = Draft::default();
        let d = WizardDesk { edition, ..desk(&tenant, &draft, now()) };
        let all = sources(&d);
        assert_eq!(all.len(), tenant.living().count());
        assert!(
            all.iter().all(|s| !matches!(&s.state, SourceState::Cannot(why) if why.is_empty())),
            "never without a reason"
        );
    }
}

#[test]
fn search_looks_at_every_word() {
    let tenant = contoso(now());
    let count = |search: &str| {
        let draft = Draft { source_search: search.into(), ..Draft::default() };
        sources(&desk(&tenant, &draft, now())).len()
    };
    assert!(count("contoso") >= 2);
    assert_eq!(count("SALES sandbox europe"), 2);
    assert_eq!(count("nothing like it"), 0);
}

#[test]
fn manual_backups_that_cannot_be_chosen_say_why() {
    let tenant = contoso(now());
    let mut seen = Vec::new();
    for env in &tenant.environments {
        let draft = Draft { manual: true, source: Some(env.id.clone()), ..Draft::default() };
        for choice in desk(&tenant, &draft, now()).backups() {
            let choosable = !matches!(choice.judged.stage, Stage::Processing | Stage::Expired | Stage::Dormant);
            assert_eq!(choice.why_not.is_none(), choosable, "{} {:?}", choice.backup.label, choice.judged);
            seen.push(choice.judged.stage);
        }
    }
    assert!(seen.contains(&Stage::Ready) && seen.contains(&Stage::Processing), "the sample has both: {seen:?}");
}

#[test]
fn a_plan_leads_back_to_the_draft_it_was_made_from() {
    let tenant = contoso(now());
    let plain = draft(&tenant, "Sales UAT");
    let sales = plain.source.clone();
    let backup = env(&tenant, "Contoso Sales").backups.iter().map(|b| b.id.clone()).next_back();
    let drafts = [
        Draft { new_name: "UAT 2".into(), include_audit_logs: true, ..plain.clone() },
        Draft { special_apps: vec![SpecialApp::Marketing, SpecialApp::Portals], ..plain.clone() },
        Draft { manual: true, backup, ..plain.clone() },
        Draft { goal: Goal::ToProduction, target: sales, ..plain.clone() },
        Draft { goal: Goal::Beside, ..plain },
    ];
    for draft in drafts {
        let purpose = desk(&tenant, &draft, now()).purpose().unwrap();
        let back = draft_of(&purpose, now(), &Berlin);
        assert_eq!((back.step, back.furthest, back.chosen_at), (4, 4, back.instant.map(|_| now())));
        let typed = back.instant.map(|at| write_local(at, &Berlin)).unwrap_or_default();
        assert_eq!((&back.instant_typed, back.instant), (&typed, draft.instant.filter(|_| !draft.manual)));
        assert_eq!((back.goal, &back.source, &back.new_name), (draft.goal, &draft.source, &draft.new_name));
        assert_eq!(desk(&tenant, &back, now()).purpose(), Some(purpose));
    }
}

#[test]
fn a_plan_is_held_against_today() {
    let tenant = contoso(now());
    let draft = draft(&tenant, "Sales UAT");
    let purpose = desk(&tenant, &draft, now()).purpose().unwrap();
    let made = plan(Edition::default_edition(), &tenant, &purpose, now()).unwrap();
    let changed =
        |tenant: &Tenant, at| plan_changed(Moment::new(Edition::default_edition(), tenant, at), &made, |_| false);
    assert_eq!(changed(&tenant, now()), [], "nothing has changed in a plan that was just made");
    let stops = |problems: Vec<StepProblem>| problems.iter().any(|p| p.weight == Weight::Stop);
    assert!(stops(changed(&tenant, now() + Duration::days(60))), "the point has long left the window");
    let mut without = tenant.clone();
    without.environments.retain(|e| Some(&e.id) != draft.target.as_ref());
    assert!(stops(changed(&without, now())));
}

#[test]
fn what_a_target_was_before_says_nothing_while_it_is_restored() {
    let mut tenant = contoso(now());
    let draft = draft(&tenant, "Sales UAT");
    let purpose = desk(&tenant, &draft, now()).purpose().unwrap();
    let made = plan(Edition::default_edition(), &tenant, &purpose, now()).unwrap();
    let until = made.restore_step().unwrap();
    let done = |id: &str| made.steps.iter().take(until + 1).any(|step| step.id == id);
    let off_already = |tenant: &Tenant| {
        let found = plan_changed(Moment::new(Edition::default_edition(), tenant, now()), &made, done);
        found.iter().any(|problem| problem.said.rules == [RuleId::R9])
    };
    assert!(off_already(&tenant), "it was turned off elsewhere");
    let target = draft.target.clone().unwrap();
    tenant.get_mut(&target).unwrap().activity = Some(Activity { what: Operation::Restoring, since: None, seen: None });
    assert!(!off_already(&tenant));
}

#[test]
fn that_the_service_lists_a_target_is_said_of_what_is_eligible_alone() {
    let mut tenant = contoso(now());
    let sales = env(&tenant, "Contoso Sales").id.clone();
    let offered = ["Sales UAT", "US Train"].map(|name| env(&tenant, name).id.clone()).into();
    tenant.get_mut(&sales).unwrap().candidates = None;
    let listed = |tenant: &Tenant| {
        let draft = draft(tenant, "Sales UAT");
        let all = targets(&desk(tenant, &draft, now()));
        let listed = all.iter().filter_map(|t| t.listed().map(|j| (t.env.name.clone(), j.rule())));
        listed.collect::<Vec<_>>()
    };
    assert_eq!(listed(&tenant), []);
    tenant.get_mut(&sales).unwrap().candidates = Some(Candidates { asked: now() - Duration::hours(1), offered });
    assert_eq!(listed(&tenant), [("Sales UAT".to_string(), Some(RuleId::T10))]);
}

#[test]
fn a_target_that_is_refused_has_the_mend_of_the_pair() {
    let tenant = contoso(now());
    for name in ["US Train", "Sales UAT"] {
        let (whole, target) = (draft(&tenant, name), env(&tenant, name));
        let d = desk(&tenant, &whole, now());
        let pair = remedy::mend(d.edition, env(&tenant, "Contoso Sales"), target);
        assert_eq!(choices::mend(&d, target), Some(pair), "{name}");
        let nobody = Draft { source: None, ..whole };
        assert_eq!(choices::mend(&desk(&tenant, &nobody, now()), target), None);
    }
}

#[test]
fn what_is_wrong_with_a_point_names_its_rules() {
    let tenant = contoso(now());
    let rules = |at: DateTime<Utc>| {
        let mut draft = draft(&tenant, "Sales UAT");
        pick_instant(&mut draft, at, String::new(), now());
        let problems = desk(&tenant, &draft, now()).problems(WizardStep::Point);
        problems.into_iter().flat_map(|p| p.rules).collect::<Vec<_>>()
    };
    assert_eq!(rules(now() - Duration::days(1)), []);
    assert_eq!(rules(now() + Duration::days(1)), [RuleId::R1]);
    let gone = rules(now() - Duration::days(400));
    assert!(gone.len() == 2 && gone[1] == RuleId::R1, "{gone:?}");
}

#[test]
fn a_point_that_sleeps_names_the_switch() {
    let tenant = contoso(now());
    let mut found = 0;
    for source in tenant.living() {
        for days in 1..40 {
            let mut draft = Draft { source: Some(source.id.clone()), ..Draft::default() };
            pick_instant(&mut draft, now() - Duration::days(days), String::new(), now());
            let d = desk(&tenant, &draft, now());
            let certainty = d.point_view().unwrap().certainty;
            if certainty == Certainty::Dormant {
                found += 1;
                let problems = d.problems(WizardStep::Point);
                assert_eq!(problems[0].rules, [RuleId::K6, RuleId::R1], "{}", source.name);
                assert!(problems[0].says.to_string().contains("while the source is a Sandbox"));
            }
        }
    }
    assert!(found > 0);
}
