//! What is put in front of a plan that is taken along although it was made elsewhere, or some of it is no longer true: everything
//! says so at its head, and what cannot be done as it stands does not run.

use super::calendar::CalendarEvent;
use super::commands::Shell;
use super::commands::quoting::{long_comment, powershell};
use super::made_up::{after_mark, all_comments, under_title};
use super::runbook::escape;
use crate::domain::characters::one_line;
use crate::domain::plan::{Plan, StepProblem};
use crate::domain::restore::Weight;
use crate::words::ends;
use chrono::{DateTime, Utc};
use std::fmt::Write;

/// Where a plan was made that was not made here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// What the tenant was called there; may be empty.
    pub tenant: String,
    /// When it was kept here, UTC.
    pub kept: DateTime<Utc>,
}

/// What has to be known before a plan is carried out; may be nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warned {
    /// Who made it, a sentence.
    from: Option<String>,
    /// When the rest was judged, UTC.
    judged: DateTime<Utc>,
    /// What stops it, and what is not known any more: sentences.
    untrue: Vec<String>,
    /// What changed, or is to be known: sentences.
    changed: Vec<String>,
    /// The first of what stops it.
    stop: Option<String>,
}

/// The longest sentence of it, in characters.
const LONGEST: usize = 600;

impl Warned {
    /// `problems` are those of [`crate::domain::plan::plan_changed`] at `judged` (UTC).
    pub fn new(plan: &Plan, from: Option<From>, problems: &[StepProblem], judged: DateTime<Utc>) -> Self {
        let says = |p: &StepProblem| {
            let place = p.step.as_ref().and_then(|id| plan.steps.iter().position(|s| s.id == *id));
            let step = place.map(|at| format!("Step {}: ", at + 1)).unwrap_or_default();
            one_line(format!("{step}{} {}", p.says(), p.help()).trim(), LONGEST)
        };
        let of = |wanted: &dyn Fn(Weight) -> bool| problems.iter().filter(|p| wanted(p.weight)).map(says).collect();
        let from = from.map(|from| {
            let tenant = match one_line(&from.tenant, 80) {
                name if name.is_empty() => String::new(),
                name => format!(", in “{name}”"),
            };
            format!(
                "Made elsewhere{tenant}, and kept here {}. The app cannot tell who made it: read each step before you carry it out.",
                ends(from.kept)
            )
        });
        Self {
            from,
            judged,
            untrue: of(&|weight| weight <= Weight::Ask),
            changed: of(&|weight| weight > Weight::Ask),
            stop: problems.iter().find(|p| p.weight == Weight::Stop).map(says),
        }
    }

    /// Whether a step of it cannot be done as it stands, so that a script of it stops at once.
    pub fn stops(&self) -> bool {
        self.stop.is_some()
    }

    fn is_nothing(&self) -> bool {
        self.from.is_none() && self.untrue.is_empty() && self.changed.is_empty()
    }

    /// The lists, each with its heading.
    fn lists(&self) -> Vec<(String, &[String])> {
        let at = ends(self.judged);
        let untrue = (format!("Some of it is no longer true at {at}"), self.untrue.as_slice());
        let changed = (format!("To be known before it is carried out, at {at}"), self.changed.as_slice());
        [untrue, changed].into_iter().filter(|(_, list)| !list.is_empty()).collect()
    }

    /// One line each, without marks of any language.
    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.from.iter().cloned().collect();
        for (heading, list) in self.lists() {
            lines.push(format!("{heading}:"));
            lines.extend(list.iter().map(|says| format!("- {says}")));
        }
        lines
    }

    /// A script that says so at its head; where a step cannot be done as it stands, one that stops before its first command, or
    /// requests that are all comments.
    pub fn script(&self, text: &str, shell: Shell) -> String {
        if self.is_nothing() {
            return text.to_string();
        }
        let mut head = String::new();
        for line in self.lines() {
            let _ = writeln!(head, "# {}", long_comment(&line));
        }
        let Some(stop) = &self.stop else { return after_mark(text, &head) };
        const AGAIN: &str = "Make the plan again. Nothing was done.";
        match shell {
            Shell::PowerShell | Shell::Pac => {
                let says = powershell(&format!("Some of this plan is no longer true: {stop} {AGAIN}"));
                let says = says.unwrap_or_else(|| format!("'Some of this plan is no longer true. {AGAIN}'"));
                after_mark(text, &format!("{head}throw {says}\n"))
            }
            Shell::Rest => format!("{head}# Make the plan again: every request is a comment.\n{}", all_comments(text)),
        }
    }

    /// A Markdown runbook, with this right under its title.
    pub fn markdown(&self, text: &str) -> String {
        if self.is_nothing() {
            return text.to_string();
        }
        let mut says: Vec<String> = self.from.iter().map(|from| format!("**{}**", escape(from))).collect();
        for (heading, list) in self.lists() {
            says.push(format!("**{}:**", escape(&heading)));
            says.push(list.iter().map(|s| format!("- {}", escape(s))).collect::<Vec<_>>().join("\n"));
        }
        under_title(text, &says.join("\n\n"))
    }

    /// An event of a calendar.
    pub fn event(&self, event: CalendarEvent) -> CalendarEvent {
        if self.is_nothing() {
            return event;
        }
        CalendarEvent { says: format!("{}\n{}", self.lines().join("\n"), event.says), ..event }
    }
}
