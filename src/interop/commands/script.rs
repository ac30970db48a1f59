//! A plan as one PowerShell script: it stops at the first error, waits for what is done by hand, and asks before it overwrites.

use super::quoting::{self, comment};
use super::{Printed, Shell, print};
use crate::domain::edition::Edition;
use crate::domain::plan::{Action, Plan, Step};
use std::fmt::Write;

/// A plan as a PowerShell script, for a file ending in `.ps1`. Every text of people stands in it as a comment of one line or as
/// a quoted literal. It begins with a byte-order mark, without which Windows PowerShell would misread names that are not ASCII,
/// and might take a part of them for a quotation mark.
pub fn script(plan: &Plan) -> Printed {
    let mut text = String::from("\u{FEFF}");
    let mut notes: Vec<String> = Vec::new();
    let title = Edition::find(&plan.edition).map_or("an edition that is not known", |e| e.title);
    let _ = writeln!(text, "# {}", comment(&plan.title));
    let _ = writeln!(
        text,
        "# Restore Desk, plan made {} UTC under the edition {} ({title})",
        plan.made.format("%Y-%m-%d %H:%M:%S"),
        comment(&plan.edition.0)
    );
    text.push_str("Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n");
    let all = plan.steps.len();
    for (i, step) in plan.steps.iter().enumerate() {
        let _ = write!(text, "\n# Step {} of {all}: {}\n", i + 1, comment(&step.title));
        if let Some(caution) = &step.caution {
            let _ = writeln!(text, "# Caution: {}", quoting::long_comment(caution));
        }
        for note in one(step, &mut text) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    Printed { text: Some(text), notes }
}

/// One step: its command, or a stop until it has been done by hand. Gives the notes of its command.
fn one(step: &Step, text: &mut String) -> Vec<String> {
    let printed = print(&step.action, Shell::PowerShell);
    let ready = printed.text.as_deref().is_some_and(|t| !t.starts_with('#'));
    if let Some(command) = printed.text.filter(|_| ready) {
        if step.destructive {
            text.push_str(&ask(step));
        }
        let _ = writeln!(text, "{command}");
    } else {
        if let Some(command) = print(&step.action, Shell::PowerShell).text {
            let _ = writeln!(text, "{command}");
        }
        if step.destructive {
            text.push_str(&ask(step));
        }
        let _ = writeln!(text, "{}", pause(step));
    }
    printed.notes
}

/// Typing the target's name (R3), or a word where the step overwrites nothing that has a name here.
fn ask(step: &Step) -> String {
    let name = match &step.action {
        Action::Restore(restore) => restore.target_name.as_deref().and_then(|n| Some((n, quoting::powershell(n)?))),
        _ => None,
    };
    let (shown, literal) = match &name {
        Some((shown, literal)) => (*shown, literal.as_str()),
        None => ("yes", "'yes'"),
    };
    let prompt = format!("{} To go on, type: {shown}", comment(&step.title));
    let prompt = quoting::powershell(&prompt).unwrap_or_else(|| "'To go on, type the name of the target'".to_string());
    format!(
        "$typed = Read-Host {prompt}\nif (-not [string]::Equals($typed.Trim(), {literal}, [StringComparison]::Ordinal)) {{ throw 'Not confirmed: nothing was overwritten by this step.' }}\n"
    )
}

fn pause(step: &Step) -> String {
    let prompt = format!("By hand: {}. Press Enter when it is done", comment(&step.title));
    let prompt = quoting::powershell(&prompt).unwrap_or_else(|| "'By hand. Press Enter when it is done'".to_string());
    format!("$null = Read-Host {prompt}")
}
