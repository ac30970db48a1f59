//! What is taken along of a plan that was made elsewhere, or of which some is no longer true, says so at its head; what cannot be
//! done as it stands does not run.

use crate::restore_support;
use restore_desk::domain::moment::Moment;

use crate::planned::plan;
use restore_desk::domain::plan::{Plan, Purpose, StepProblem, foreign_changed, plan_changed};
use restore_desk::domain::restore::Weight;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::calendar::plan_events;
use restore_desk::interop::commands::{Shell, script};
use restore_desk::interop::runbook::markdown;
use restore_desk::interop::warned::{From, Warned};
use restore_support::*;
use tree_sitter::Parser;

fn ordinary() -> Plan {
    plan(seed(), &tenant(), &Purpose::Restore(request(PROD, BOX, hours_ago(30))), now()).unwrap()
}

fn problems(plan: &Plan, tenant: &Tenant) -> Vec<StepProblem> {
    plan_changed(Moment::new(seed(), tenant, now()), plan, |_| false)
}

/// The target was renamed: what is typed to confirm is not its name any more.
fn renamed(name: &str) -> Tenant {
    edit(BOX, |e| e.name = name.into())
}

fn from() -> Option<From> {
    Some(From { tenant: "Fabrikam `x`\n'$(calc)".into(), kept: now() })
}

fn text(plan: &Plan, shell: Shell) -> String {
    script(plan, shell, plan.cloud).text.unwrap()
}

/// The lines of a script that are no comment and not empty.
fn code(text: &str) -> Vec<&str> {
    text.trim_start_matches('\u{FEFF}').lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).collect()
}

#[track_caller]
fn parses(text: &str) {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    let tree = parser.parse(text.trim_start_matches('\u{FEFF}'), None).unwrap();
    assert!(!tree.root_node().has_error(), "{text}");
}

#[test]
fn a_plan_of_ones_own_that_holds_stays_as_it_is() {
    let plan = ordinary();
    let warned = Warned::new(&plan, None, &problems(&plan, &tenant()), now());
    for shell in Shell::ALL {
        assert_eq!(warned.script(&text(&plan, shell), shell), text(&plan, shell));
    }
    assert_eq!(warned.markdown("# T\n\nx"), "# T\n\nx");
    assert!(!warned.stops());
}

#[test]
fn what_was_made_elsewhere_says_so_and_runs() {
    let plan = ordinary();
    let warned = Warned::new(&plan, from(), &problems(&plan, &tenant()), now());
    assert!(!warned.stops());
    let says = "Made elsewhere, in “Fabrikam `x` '$(calc)”, and kept here 12 Mar 2026 12:00 UTC.";
    for shell in Shell::ALL {
        let (before, after) = (text(&plan, shell), warned.script(&text(&plan, shell), shell));
        assert!(after.trim_start_matches('\u{FEFF}').starts_with(&format!("# {says}")), "{after}");
        assert_eq!(after.starts_with('\u{FEFF}'), before.starts_with('\u{FEFF}'));
        assert_eq!(code(&after), code(&before));
    }
    let runbook = warned.markdown(&markdown(&plan, plan.cloud, |_| false));
    assert!(
        runbook.lines().nth(2).unwrap().starts_with("**Made elsewhere, in “Fabrikam \\`x\\` '\\$(calc)”"),
        "{runbook}"
    );
    let event = plan_events(&plan, false, now()).into_iter().map(|e| warned.event(e)).next().unwrap();
    assert!(event.says.starts_with(says), "{}", event.says);
}

#[test]
fn what_is_no_longer_true_does_not_run() {
    let plan = ordinary();
    // Names that end a string or a comment in some shell.
    for name in ["Test 2", "O'Brien’s", "a\n; Remove-Item x", "$(calc) `x` {{token}}", "' ; throw '", "“x”"] {
        let tenant = renamed(name);
        let found = problems(&plan, &tenant);
        assert!(found.iter().any(|p| p.weight == Weight::Stop), "{name}");
        let warned = Warned::new(&plan, None, &found, now());
        assert!(warned.stops());
        let place = plan.steps.iter().position(|s| s.id == "restore").unwrap() + 1;
        for shell in [Shell::PowerShell, Shell::Pac] {
            let stopped = warned.script(&text(&plan, shell), shell);
            let first = code(&stopped)[0];
            let says = format!("throw 'Some of this plan is no longer true: Step {place}: The target is called ");
            assert!(first.starts_with(&says), "{first}");
            assert!(first.ends_with("Make the plan again. Nothing was done.'"), "{first}");
            assert!(
                stopped.contains("# Some of it is no longer true at 12 Mar 2026 12:00 UTC:\n# - Step "),
                "{stopped}"
            );
            parses(&stopped);
        }
        let stopped = warned.script(&text(&plan, Shell::Rest), Shell::Rest);
        assert_eq!(code(&stopped), [""; 0]);
        assert!(stopped.contains("# Make the plan again: every request is a comment.\n"), "{stopped}");
        let runbook = warned.markdown(&markdown(&plan, plan.cloud, |_| false));
        assert!(runbook.contains("**Some of it is no longer true at 12 Mar 2026 12:00 UTC:**\n\n- Step "), "{runbook}");
        let event = plan_events(&plan, false, now()).into_iter().map(|e| warned.event(e)).next().unwrap();
        assert!(event.says.starts_with("Some of it is no longer true"), "{}", event.says);
    }
}

#[test]
fn what_only_changed_is_said_and_runs() {
    let plan = Plan { made: hours_ago(-1), ..ordinary() };
    let found = problems(&plan, &tenant());
    assert!(
        found.iter().any(|p| p.weight == Weight::Caution && p.says().to_string().contains("which lies ahead")),
        "{found:?}"
    );
    let warned = Warned::new(&plan, None, &found, now());
    assert!(!warned.stops());
    let after = warned.script(&text(&plan, Shell::PowerShell), Shell::PowerShell);
    assert!(after.contains("# To be known before it is carried out"), "{after}");
    assert_eq!(code(&after), code(&text(&plan, Shell::PowerShell)));
    // Two clocks may differ a little.
    for minutes in [-9, -10] {
        let plan = Plan { made: minutes_ago(minutes), ..ordinary() };
        assert_eq!(problems(&plan, &tenant()), []);
    }
}

/// Another environment that is called as the target is told, unless the plan was made to tell the two apart.
#[test]
fn a_second_of_the_same_name_is_told() {
    let same = edit(BOX2, |e| e.name = "Contoso Test".into());
    assert_eq!(problems(&ordinary(), &tenant()), []);
    let found = problems(&ordinary(), &same);
    assert!(!found.is_empty() && found.iter().all(|p| p.weight == Weight::Caution), "{found:?}");
    let apart = plan(seed(), &same, &Purpose::Restore(request(PROD, BOX, hours_ago(30))), now()).unwrap();
    assert_eq!(problems(&apart, &same), []);
}

#[test]
fn a_plan_from_elsewhere_is_not_believed_to_tell_its_risks() {
    let plan = ordinary();
    assert!(!plan.cautions.is_empty());
    assert_eq!(plan_changed(Moment::new(seed(), &tenant(), now()), &plan, |_| false), []);
    let told = foreign_changed(Moment::new(seed(), &tenant(), now()), &plan, |_| false);
    for caution in &plan.cautions {
        assert!(told.iter().any(|p| p.said.rules == caution.rules), "{caution:?}");
    }
    assert!(told.iter().all(|p| p.weight == Weight::Caution));
}
