//! What a person types once for a plan: it fills every command, is never guessed, and is kept with the plan.

use crate::planned::plan;
use crate::restore_support::*;
use chrono::TimeDelta;
use restore_desk::domain::fact::Fact;
use restore_desk::domain::moment::Moment;
use restore_desk::domain::plan::{Blank, Deadline, End, Plan, Purpose, ToStart, Typed};
use restore_desk::domain::restore::Point;
use restore_desk::domain::service::Cloud;
use restore_desk::interop::commands::{Filled, Shell, any_wrong, blanks, print, script, wrong};
use restore_desk::interop::runbook::markdown;
use restore_desk::view_model::runbook::{RailPlace, confirmed, next, places};
use restore_desk::workspace::edit::{Edit, Made};
use restore_desk::workspace::{SavedPlan, Workspace};

const NEW: &str = "11111111-2222-4333-8444-555555555555";
const GROUP: &str = "0a0b0c0d-2222-4333-8444-555555555555";

fn beside() -> Plan {
    let purpose = Purpose::BulkDeletion {
        source: id(PROD),
        point: Point::System(hours_ago(30)),
        include_audit_logs: false,
        special_apps: vec![],
    };
    plan(seed(), &tenant(), &purpose, now()).unwrap()
}

fn onto_box() -> Plan {
    plan(seed(), &tenant(), &Purpose::Restore(request(PROD, BOX, hours_ago(30))), now()).unwrap()
}

fn typed(all: &[(Blank, &str)]) -> Typed {
    let mut typed = Typed::default();
    all.iter().for_each(|(blank, text)| typed.set(*blank, text));
    typed
}

#[test]
fn what_is_typed_fills_every_command_of_every_tool() {
    let made = beside();
    assert_eq!(blanks(&made, Some(Cloud::Public)), [Blank::NewEnvironment, Blank::SecurityGroup]);
    let known =
        Filled::of(&made, Some(Cloud::Public), &typed(&[(Blank::NewEnvironment, NEW), (Blank::SecurityGroup, GROUP)]));
    let mut named = 0;
    for step in &made.steps {
        for shell in Shell::ALL {
            let printed = print(&step.action, shell, known.clone());
            assert_eq!((printed.holes.len(), printed.open.len()), (0, 0), "{printed:?}");
            named += usize::from(printed.text.is_some_and(|t| t.contains(NEW)));
        }
    }
    assert!(named >= 3, "{named}");
    for shell in Shell::ALL {
        let text = script(&made, shell, known.clone()).text.unwrap();
        // pac is not given a point whose day could be a month.
        assert_eq!(text.contains(NEW), shell != Shell::Pac, "{text}");
        assert_eq!(text.contains(GROUP), shell != Shell::Pac, "{text}");
    }
    let text = markdown(&made, known, |_| false);
    assert!(text.contains(&format!("TargetSecurityGroupId = '{GROUP}'")), "{text}");
    assert!(text.contains(&format!("\"securityGroupIdToOverride\": \"{GROUP}\"")), "{text}");
}

#[test]
fn what_is_not_typed_is_left_open_and_the_script_looks_at_what_was() {
    let made = beside();
    let empty = script(&made, Shell::PowerShell, Some(Cloud::Public)).text.unwrap();
    assert!(empty.contains("$newId = ''") && !empty.contains("TargetSecurityGroupId ="), "{empty}");
    let known = Filled::of(&made, Some(Cloud::Public), &typed(&[(Blank::NewEnvironment, NEW)]));
    let filled = script(&made, Shell::PowerShell, known).text.unwrap();
    assert!(filled.contains(&format!("$newId = '{NEW}'")), "{filled}");
    // It is still looked at before it is overwritten.
    assert!(filled.contains("Write-Warning \"The target is the environment ${newId}:\""), "{filled}");
}

#[test]
fn a_wrong_text_is_told_and_stands_in_no_command() {
    let made = beside();
    for (blank, bad) in [
        (Blank::NewEnvironment, "a b"),
        (Blank::NewEnvironment, "x'; Remove-Item C:\\"),
        (Blank::NewEnvironment, PROD),
        // Letters, digits and hyphens, and yet no id.
        (Blank::NewEnvironment, "Sales-copy"),
        (Blank::NewEnvironment, "11111111-2222-4333-8444-55555555555"),
        (Blank::NewEnvironment, "11111111-2222-4333-8444-55555555555g"),
        (Blank::NewEnvironment, "11111111222243338444555555555555"),
        (Blank::NewEnvironment, "00000000-0000-0000-0000-000000000000"),
        (Blank::NewEnvironment, "Default-Contoso"),
        (Blank::SecurityGroup, "Sales people"),
        (Blank::SecurityGroup, "0a0b0c0d-2222-4333-8444-55555555555g"),
        (Blank::Host, "https://api.example.com"),
        (Blank::Host, "api.example.com/x"),
    ] {
        assert!(wrong(&made, blank, bad).is_some(), "{bad}");
        let known = Filled::of(&made, Some(Cloud::Public), &typed(&[(blank, bad)]));
        assert_eq!(known, Filled::from(Some(Cloud::Public)), "{bad}");
    }
    for (blank, good) in [
        (Blank::NewEnvironment, NEW),
        (Blank::NewEnvironment, "Default-11111111-2222-4333-8444-555555555555"),
        (Blank::NewEnvironment, "ABCDEF11-2222-4333-8444-555555555555"),
        (Blank::SecurityGroup, GROUP),
        (Blank::Host, "api.example.com"),
    ] {
        assert_eq!(wrong(&made, blank, good), None);
        assert_eq!(wrong(&made, blank, "  "), None);
    }
}

#[test]
fn an_id_is_taken_without_braces_and_spaces_around_it() {
    let made = beside();
    for (blank, id) in [(Blank::NewEnvironment, NEW), (Blank::SecurityGroup, GROUP)] {
        for around in [format!("{{{id}}}"), format!("  {{ {id} }} "), format!("\t{id}")] {
            assert_eq!(wrong(&made, blank, &around), None, "{around}");
            assert_eq!(typed(&[(blank, &around)]).get(blank), Some(id));
        }
        let half = format!("{{{id}");
        assert!(wrong(&made, blank, &half).is_some());
        assert!(any_wrong(&made, Some(Cloud::Public), &typed(&[(blank, &half)])));
        assert!(!any_wrong(&made, Some(Cloud::Public), &typed(&[(blank, id)])));
    }
    // What nobody wraps in braces keeps them.
    assert!(wrong(&made, Blank::Host, "{api.example.com}").is_some());
}

#[test]
fn what_is_asked_is_what_the_commands_take() {
    assert_eq!(blanks(&onto_box(), Some(Cloud::Public)), [Blank::SecurityGroup]);
    // Restored onto itself it keeps its group.
    let itself = plan(seed(), &tenant(), &Purpose::Restore(request(BOX, BOX, hours_ago(30))), now()).unwrap();
    assert_eq!(blanks(&itself, Some(Cloud::Public)), []);
    // The host is asked for where the cloud is known and its host is not.
    assert_eq!(blanks(&itself, Some(Cloud::UsGovHigh)), [Blank::Host]);
    let known = Filled::of(&itself, Some(Cloud::UsGovHigh), &typed(&[(Blank::Host, "api.example.com")]));
    let file = script(&itself, Shell::Rest, known).text.unwrap();
    assert!(file.contains("https://api.example.com/environmentmanagement"), "{file}");
    assert!(!file.contains("put-the-host-here"), "{file}");
}

#[test]
fn it_is_kept_with_the_plan_by_the_one_way_of_editing_and_older_forms_have_none() {
    let mut w = Workspace { plans: vec![SavedPlan::new(1, onto_box())], ..Workspace::default() };
    let old = serde_json::to_string(&w).unwrap();
    assert!(!old.contains("typed"), "an untouched plan is stored as it was");
    let fill = |text: &str| Edit::Fill { plan: 1, blank: Blank::Who, text: text.into() };
    let make = |w: &mut Workspace, edit: Edit| Made::new(edit, w, now()).apply(w).map(|_| ());
    make(&mut w, fill("Ad")).unwrap();
    make(&mut w, fill("Ada ")).unwrap();
    assert_eq!(w.typed_for(1).text(Blank::Who), "Ada ");
    assert!(fill("Ada ").is_idle(&w) && fill("Ada").replaces(&fill("Ad")));
    let again: Workspace = serde_json::from_str(&serde_json::to_string(&w).unwrap()).unwrap();
    assert_eq!(again, w);
    assert_eq!(serde_json::from_str::<Workspace>(&old).unwrap().plans[0].typed, Typed::default());
    make(&mut w, fill("")).unwrap();
    assert!(w.plans[0].typed.is_empty());
    assert!(make(&mut w, Edit::Fill { plan: 9, blank: Blank::Who, text: "x".into() }).is_err());
}

#[test]
fn the_last_sensible_start_is_a_day_before_the_point_goes_and_is_never_promised_after() {
    let made = onto_box();
    let (ends, sure) = made.point_ends().unwrap();
    let last = made.last_start().unwrap();
    assert!(sure);
    assert_eq!(ends - last, TimeDelta::days(1));
    assert_eq!(made.to_start(now()), ToStart::Until(last));
    assert_eq!(made.to_start(last), ToStart::Late(last));
    assert_eq!(made.to_start(ends), ToStart::Gone);
    let deadlines = made.deadlines.iter().cloned();
    let at_once = deadlines.filter(|d| d.cause != End::Start).chain([Deadline {
        at: now(),
        cause: End::StartAtOnce,
        rules: Vec::new(),
    }]);
    let unhurried = made.deadlines.iter().filter(|d| d.cause != End::Start).cloned().collect();
    assert_eq!(Plan { deadlines: unhurried, ..made.clone() }.to_start(now()), ToStart::NotKnown);
    let hurried = Plan { deadlines: at_once.collect(), ..made.clone() };
    assert_eq!(hurried.to_start(now()), ToStart::AtOnce);
    assert_eq!(Plan { deadlines: vec![], ..made }.to_start(now()), ToStart::NotKnown);
}

#[test]
fn a_point_that_is_possible_after_its_guarantee_is_not_called_gone() {
    let unsure = edit(PROD, |e| e.dynamics = Fact::default());
    let made = plan(seed(), &unsure, &Purpose::Restore(request(PROD, BOX, hours_ago(30))), now()).unwrap();
    let (ends, sure) = made.point_ends().unwrap();
    assert!(sure);
    let at = |now| made.possible_until(Moment::new(seed(), &unsure, now));
    let until = at(now()).unwrap();
    assert_eq!(until - ends, TimeDelta::days(21));
    // Also once the guarantee has ended.
    let later = ends + TimeDelta::hours(1);
    assert_eq!(at(later), Some(until));
    assert_eq!(made.to_start(later), ToStart::Gone);
    assert_eq!(made.to_start_while(at(later), later), ToStart::AtOnce);
    assert_eq!(made.to_start_while(Some(until), until), ToStart::Gone);
    // As a Sandbox it could not be chosen any more.
    let switched = Purpose::RestoreToProduction(request(PROD, PROD, hours_ago(30)));
    let switched = plan(seed(), &unsure, &switched, now()).unwrap();
    assert_eq!(switched.to_start_while(Some(until), later), ToStart::Gone);
    assert_eq!(onto_box().possible_until(Moment::new(seed(), &tenant(), now())), None);
}

#[test]
fn losses_are_confirmed_before_the_first_step() {
    let made = onto_box();
    assert!(!made.cautions.is_empty());
    assert_eq!(places(&made)[0], RailPlace::Losses);
    assert_eq!(next(&made, |_| false), RailPlace::Losses);
    let losses = |id: &str| made.cautions.iter().any(|c| c.id == id);
    assert!(confirmed(&made, losses));
    assert_eq!(next(&made, losses), RailPlace::Step(0));
    // What was passed over before a restore that was done is not the next thing: it would back up what is overwritten.
    let restore = made.restore_step().unwrap();
    assert!(restore > 0);
    let alone = |id: &str| losses(id) || made.steps[restore].id == id;
    assert_eq!(next(&made, alone), RailPlace::Step(restore + 1));
    let from_there = |id: &str| losses(id) || made.steps[restore..].iter().any(|s| s.id == id);
    assert_eq!(next(&made, from_there), RailPlace::Step(0));
}
