//! The words of what of a plan is no longer true, and what to do now.

use super::lists::title;
use super::name;
use crate::domain::characters::one_line;
use crate::domain::plan::{StepProblem, Untrue};
use crate::text;
use crate::words::restore::SaysAndHelp;
use crate::words::text::{Piece, Say, Text, code, ends, exact};
use crate::words::{List, was, when_deleted};

impl StepProblem {
    /// What is no longer true, a sentence with names.
    pub fn says(&self) -> Text {
        match &self.said.cause {
            Untrue::Check(check) => check.says(),
            cause => says_and_help(cause).0,
        }
        .sentence()
    }

    /// What to do now, in whole sentences; may be empty.
    pub fn help(&self) -> Text {
        match &self.said.cause {
            Untrue::Check(check) => check.help(),
            cause => says_and_help(cause).1.sentence(),
        }
    }
}

const AGAIN: &str = "make the plan again";

fn says_and_help(cause: &Untrue) -> SaysAndHelp {
    match cause {
        Untrue::OtherRules { made, chosen } => (
            text!("the plan was made under other rules (", title(made), ") than are chosen now (", *chosen, ")"),
            text!("make the plan again, or choose those rules"),
        ),
        Untrue::OtherCloud { made, here } => {
            let says = text!("the plan was made for the cloud ", made.to_string(), ", and this tenant is in ");
            (text!(says, here.to_string()), text!(AGAIN))
        }
        Untrue::BeforeCloud { here } => (
            text!(
                "the plan was made before it was known that this tenant is in ",
                here.to_string(),
                ", and names the admin center of the public cloud"
            ),
            text!(AGAIN),
        ),
        Untrue::MadeAhead(at) => (
            text!("the plan says that it was made at ", exact(*at), ", which lies ahead"),
            text!("look at the clock of this device; if that is right, ask who made the plan, or make it again"),
        ),
        Untrue::Renamed(from, env) => (
            text!(Piece::Name(one_line(from, 80)), " is called ", name(env), " now"),
            text!("read the plan with the new name, or make it again"),
        ),
        Untrue::NotHere(id) => (
            text!("the environment ", code(one_line(id.as_str(), 80)), " is not in this tenant"),
            text!("import the inventory that lists it, or make another plan"),
        ),
        Untrue::Deleted(env, when) => (
            text!(name(env), " was deleted ", when_deleted(when, "at", ends)),
            text!("recover it first, while that is possible, or make another plan"),
        ),
        Untrue::PerhapsOccupied(env, activity) => (
            text!(name(env), " ", was(activity), "; whether that has ended is not known"),
            text!("look in the admin center whether it has ended"),
        ),
        Untrue::Reported(env, raw) => {
            let says = text!("the service reports ", code(raw.as_str()), " on ", name(env));
            let help = text!("look at its operations in the admin center first");
            (text!(says, "; whether that is in the way is not known"), help)
        }
        Untrue::Occupied(env, what) => (text!(name(env), " is occupied: ", what), text!("wait until that has ended")),
        Untrue::NoManualBackup(why) => {
            (List::joined(why, "; ").says(), text!("its continuous system backup covers it: note the time instead"))
        }
        Untrue::AdminModeIsOff => (text!("administration mode is off already"), text!("tick the step")),
        cause => of_target(cause),
    }
}

/// What is switched or overwritten is another.
fn of_target(cause: &Untrue) -> SaysAndHelp {
    match cause {
        Untrue::IsAlready(env, to) => (
            text!(name(env), " is a ", to.to_string(), " environment already"),
            text!("tick the step if you switched it, else make the plan again"),
        ),
        Untrue::CannotBeSwitched(env, kind) => {
            (text!(name(env), " is a ", kind.to_string(), " environment now and cannot be switched"), text!(AGAIN))
        }
        Untrue::KindNotKnown(env) => {
            (text!("the kind of ", name(env), " is not known any more"), text!("answer its kind"))
        }
        Untrue::TargetRenamed(target, typed) => {
            let says = text!("the target is called ", name(target), " now, and this plan confirms with ");
            let help = "make the plan again, so that what is overwritten is confirmed by its name";
            (text!(says, Piece::Name(one_line(typed, 80))), text!(help))
        }
        Untrue::SameNames(wanted) => (
            wanted.why().unwrap_or_default(),
            text!(
                "this plan does not ask for that end of the id: compare the id before you overwrite it, or make the plan again"
            ),
        ),
        Untrue::OtherPoint { label, is, says } => (
            text!(
                "the manual backup ",
                Piece::Name(one_line(label, 60)),
                " goes back to ",
                exact(*is),
                " and not to ",
                exact(*says),
                ", as the plan says"
            ),
            text!(AGAIN),
        ),
        _ => SaysAndHelp::default(),
    }
}
