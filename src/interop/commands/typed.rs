//! What is known besides the plan when its commands are printed: the cloud of its tenant, and what a person typed once for all of them.
//! What is typed is used only where it can stand in every tool; else it is as if nothing had been typed, and [`wrong`] says why.

use super::quoting::plain_id;
use super::{Draft, PrintedFor, Shell, print_for};
use crate::domain::plan::{Action, Blank, Plan, RestoreAction, Typed};
use crate::domain::service::Cloud;
use crate::domain::values::{is_environment_id, is_guid};

/// The cloud, and what was typed that can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    cloud: Option<Cloud>,
    typed: Typed,
}

impl From<Option<Cloud>> for Filled {
    fn from(cloud: Option<Cloud>) -> Self {
        Self { cloud, typed: Typed::default() }
    }
}

impl Filled {
    /// Of a plan, with the cloud of [`Plan::cloud_in`]; what cannot be used is left out.
    pub fn of(plan: &Plan, cloud: Option<Cloud>, typed: &Typed) -> Self {
        let mut usable = Typed::default();
        for blank in ALL {
            if let Some(text) = typed.get(blank).filter(|text| wrong(plan, blank, text).is_none()) {
                usable.set(blank, text);
            }
        }
        Self { cloud, typed: usable }
    }

    pub(super) fn cloud(&self) -> Option<Cloud> {
        self.cloud
    }

    pub(super) fn typed(&self, blank: Blank) -> Option<&str> {
        self.typed.get(blank)
    }
}

/// What stands in commands.
const ALL: [Blank; 3] = [Blank::NewEnvironment, Blank::SecurityGroup, Blank::Host];

/// What the commands of a plan would take of a person, in the order in which it is asked for.
pub fn blanks(plan: &Plan, cloud: Option<Cloud>) -> Vec<Blank> {
    let mut wanted: Vec<Blank> = Vec::new();
    let known = Filled::from(cloud);
    for step in &plan.steps {
        for shell in Shell::ALL {
            wanted.extend(print_for(&step.action, shell, PrintedFor::Copy, &known).2);
        }
    }
    ALL.into_iter().filter(|blank| wanted.contains(blank)).collect()
}

/// Whether something that was typed for the commands of a plan is left out of them, because it cannot be used.
pub fn any_wrong(plan: &Plan, cloud: Option<Cloud>, typed: &Typed) -> bool {
    blanks(plan, cloud).into_iter().any(|blank| wrong(plan, blank, typed.text(blank)).is_some())
}

/// Why what was typed cannot be used, a sentence; `None` where it can, or nothing was typed.
pub fn wrong(plan: &Plan, blank: Blank, text: &str) -> Option<&'static str> {
    let text = blank.bare(text);
    if text.is_empty() {
        return None;
    }
    match blank {
        Blank::NewEnvironment if !is_environment_id(text) => {
            Some("The id of an environment has 32 letters a to f and digits, in five parts with hyphens between.")
        }
        Blank::NewEnvironment if is_source(plan, text) => {
            Some("That is the id of the source, which would be overwritten.")
        }
        Blank::SecurityGroup if !is_guid(text) => {
            Some("The id of a group has 32 letters a to f and digits, in five parts with hyphens between.")
        }
        Blank::Host if !is_host(text) => Some("A host has no https:// and no slash, such as api.example.com."),
        _ => None,
    }
}

fn is_source(plan: &Plan, text: &str) -> bool {
    let sources = plan.steps.iter().filter_map(|s| match &s.action {
        Action::Restore(r) | Action::ValidateRestore(r) => Some(&r.source),
        _ => None,
    });
    sources.chain([plan.source()]).any(|id| id.as_str().eq_ignore_ascii_case(text))
}

fn is_host(text: &str) -> bool {
    let label = |l: &str| plain_id(l).is_some() && !l.ends_with('-');
    text.contains('.') && text.len() <= 253 && text.split('.').all(label)
}

impl Draft {
    /// The id of the group that may enter the target, where one was typed. Restored onto itself an environment keeps its own (R27).
    pub(super) fn group(&mut self, restore: &RestoreAction) -> Option<String> {
        let other = restore.target.as_ref() != Some(&restore.source);
        other.then(|| self.typed(Blank::SecurityGroup)).flatten()
    }
}
