//! A plan as a runbook in Markdown, to copy or to download.
//!
//! Every text that can hold a name of somebody's is escaped, so that no name can break the structure, become a link, an image or
//! HTML; commands stand in fences longer than any run of backticks in them.

use super::commands::{Filled, Shell, print};
use super::spelled::{Spelled, steps};
use crate::domain::characters::one_line;
use crate::domain::edition::{Basis, Edition};
use crate::domain::plan::{Action, Deadline, Item, Plan};
use crate::domain::rule::RuleId;
use crate::words::{Text, ends};

use std::fmt::Write;

/// The longest text of one line, in characters.
const LONGEST: usize = 4000;

/// A plan as Markdown (CommonMark), with commands for its cloud ([`Plan::cloud_in`]). `done` tells which steps and items are ticked, by
/// their ids.
pub fn markdown(plan: &Plan, known: impl Into<Filled>, done: impl Fn(&str) -> bool) -> String {
    let known = known.into();
    let mut out = format!("# {}\n\n", escape(&plan.title().to_string()));
    let (title, basis) = match Edition::find(&plan.edition) {
        Some(e) if e.basis == Basis::ChangeNotes => (e.title, ", known from published change notes only"),
        Some(e) => (e.title, ""),
        None => (plan.edition.0.as_str(), ", an edition that is not known here"),
    };
    let _ = writeln!(
        out,
        "Made {} under the {}{basis}. All times are UTC.\n",
        ends(plan.made),
        escape(&lower_first(title))
    );
    if plan.to_heed().next().is_some() {
        out.push_str("## Before you start\n\n");
        plan.to_heed().for_each(|item| bullet(&mut out, plan, item));
        out.push('\n');
    }
    if !plan.deadlines.is_empty() {
        out.push_str("## Deadlines\n\n");
        plan.deadlines.iter().for_each(|d| deadline(&mut out, plan, d));
        out.push('\n');
    }
    out.push_str("## Steps\n");
    for (i, step) in steps(plan).iter().enumerate() {
        write_step(&mut out, i + 1, step, &known, done(step.id));
    }
    if !plan.afterwards.is_empty() {
        out.push_str("\n## Afterwards\n\n");
        plan.afterwards.iter().for_each(|item| tick(&mut out, plan, item, done(&item.id)));
    }
    if plan.rests_besides().next().is_some() {
        out.push_str("\n## What this plan rests on\n\n");
        plan.rests_besides().for_each(|item| bullet(&mut out, plan, item));
    }
    out
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn write_step(out: &mut String, number: usize, step: &Spelled, known: &Filled, done: bool) {
    let mark = if step.destructive { " (cannot be undone, or puts something at risk)" } else { "" };
    let _ = write!(out, "\n### {number}. {}{mark}\n\n", escape(&step.title));
    let _ = writeln!(out, "- [{}] done", if done { 'x' } else { ' ' });
    let mut line = |label: &str, text: &str| {
        if !text.trim().is_empty() {
            let _ = writeln!(out, "- **{label}:** {}", escape(text));
        }
    };
    line("Caution", step.caution.as_deref().unwrap_or_default());
    line("Who", &step.who);
    line("Where", &step.admin_center);
    line("Effect", &step.consequence);
    line("Check", &step.verify);
    line("Rules", &rules(step.rules));
    for shell in Shell::ALL {
        let printed = print(step.action, shell, known.clone());
        let Some(text) = printed.text else {
            // Whoever works with this tool must not look for the restore in vain.
            if matches!(step.action, Action::Restore(_)) {
                let _ = write!(out, "\n{}: no command for this step.\n\n", shell.title());
                for note in &printed.notes {
                    let _ = writeln!(out, "- {}", escape(note));
                }
            }
            continue;
        };
        let language = match shell {
            Shell::PowerShell => "powershell",
            Shell::Pac => "sh",
            Shell::Rest => "http",
        };
        let fence = fence(&text);
        let _ = write!(out, "\n{}:\n\n{fence}{language}\n{text}\n{fence}\n", shell.title());
        if !printed.notes.is_empty() {
            out.push('\n');
        }
        for note in &printed.notes {
            let _ = writeln!(out, "- {}", escape(note));
        }
    }
}

fn rules(rules: &[RuleId]) -> String {
    rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn with_rules(says: &Text, ids: &[RuleId]) -> String {
    let says = escape(&says.to_string());
    if ids.is_empty() { says } else { format!("{says} ({})", rules(ids)) }
}

fn bullet(out: &mut String, plan: &Plan, item: &Item) {
    let _ = writeln!(out, "- {}{}", with_rules(&plan.item_text(item), &item.rules), link(item));
}

fn tick(out: &mut String, plan: &Plan, item: &Item, done: bool) {
    let _ = writeln!(
        out,
        "- [{}] {}{}",
        if done { 'x' } else { ' ' },
        with_rules(&plan.item_text(item), &item.rules),
        link(item)
    );
}

fn deadline(out: &mut String, plan: &Plan, deadline: &Deadline) {
    let _ =
        writeln!(out, "- **{}**: {}", ends(deadline.at), with_rules(&plan.deadline_text(deadline), &deadline.rules));
}

/// Only addresses of the documentation become links.
fn link(item: &Item) -> String {
    item.page().map(|url| format!(" <{url}>")).unwrap_or_default()
}

/// A fence for a code block: longer than every run of backticks in the text.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// A text as one line of Markdown that shows exactly that text.
pub fn escape(text: &str) -> String {
    let flat = one_line(text, LONGEST);
    let mut out = String::with_capacity(flat.len() + 8);
    let starts_list = flat.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
        && flat.starts_with(|c: char| c.is_ascii_digit());
    let mut first = true;
    let mut numbering = starts_list;
    let lower = flat.to_ascii_lowercase();
    for (at, c) in flat.char_indices() {
        let rest = lower.get(at..).unwrap_or_default();
        let special = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' => true,
            // Superscript, and attributes of a heading, of those readers that know them.
            '^' | '{' | '}' => true,
            // At the start of a line they begin something; after a space a `#` ends a heading, and would be taken away.
            '#' => first || lower.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace)),
            '+' | '-' | '=' => first,
            '.' | ')' if numbering => {
                numbering = false;
                true
            }
            // Bare addresses would become links.
            ':' => rest.starts_with("://"),
            '.' => lower.get(..at).is_some_and(|before| before.ends_with("www")),
            '@' => true,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        first = false;
    }
    out
}
