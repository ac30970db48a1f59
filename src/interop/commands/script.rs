//! A plan as one script for PowerShell, with the cmdlets or with pac: it stops at the first error, waits for what is done by hand,
//! and asks before it overwrites.

use super::quoting::{self, comment, long_comment};
use super::{Printed, Shell, head, print};
use crate::domain::plan::{Action, Plan, RestoreAction, Step};
use std::fmt::Write;

/// A plan as a script for a file ending in `.ps1`. Every text of people stands in it as a comment of one line or as a quoted
/// literal. It begins with a byte-order mark, without which Windows PowerShell would misread names that are not ASCII, and might
/// take a part of them for a quotation mark.
pub(super) fn script(plan: &Plan, shell: Shell) -> Printed {
    let mut text = String::from("\u{FEFF}");
    let mut notes: Vec<String> = Vec::new();
    for line in head(plan) {
        let _ = writeln!(text, "# {line}");
    }
    text.push_str("Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n");
    if shell == Shell::Pac {
        text.push_str(PAC_IS_THERE);
    }
    // Comments are not seen while a script runs, so what can be lost is said before anything is done.
    for caution in &plan.cautions {
        let _ = writeln!(text, "{}", tell("Write-Warning", &caution.says));
    }
    let all = plan.steps.len();
    for (i, step) in plan.steps.iter().enumerate() {
        let _ = write!(text, "\n# Step {} of {all}: {}\n", i + 1, comment(&step.title));
        let _ = writeln!(text, "{}", tell("Write-Host", &format!("Step {} of {all}: {}", i + 1, step.title)));
        if let Some(caution) = &step.caution {
            let _ = writeln!(text, "{}", tell("Write-Warning", caution));
        }
        for note in one(step, shell, &mut text) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    Printed { text: Some(text), notes }
}

/// What a script that calls pac begins with. An error of pac is no error of PowerShell's, so it is asked for after each call.
const PAC_IS_THERE: &str = "if (-not (Get-Command pac -ErrorAction SilentlyContinue)) { throw 'pac, the Power Platform CLI, is not installed here. Nothing was done.' }\n";
const PAC_WORKED: &str =
    "if ($LASTEXITCODE -ne 0) { throw \"pac ended with code ${LASTEXITCODE}. Nothing after this command was done.\" }";

/// One step: its command, or a stop until it has been done by hand. Gives the notes of its command.
fn one(step: &Step, shell: Shell, text: &mut String) -> Vec<String> {
    let printed = print(&step.action, shell);
    let ready = printed.text.as_deref().is_some_and(|t| !t.starts_with('#'));
    let command = match printed.text {
        Some(command) if ready && shell == Shell::Pac => format!("{command}\n{PAC_WORKED}"),
        command => command.unwrap_or_default(),
    };
    for note in &printed.notes {
        let _ = writeln!(text, "# Note: {}", long_comment(note));
    }
    if let Action::Restore(restore) = &step.action {
        let _ = writeln!(text, "{}", tell("Write-Warning", &overwrites(restore)));
    }
    if asks(step) {
        text.push_str(&ask(step));
    }
    match &step.action {
        // Optional, and worth waiting for (M3).
        Action::CreateManualBackup { .. } if ready => {
            let prompt = read_host(&format!("{}. Type yes to make it, or press Enter to go on without", step.title));
            let check = read_host(&format!("Wait, then check: {} Press Enter to go on", step.verify));
            let _ =
                writeln!(text, "$answer = {prompt}\nif ($answer.Trim() -eq 'yes') {{\n{command}\n$null = {check}\n}}");
        }
        // A look is worth nothing when nobody looks.
        Action::Inspect { .. } | Action::ListBackups { .. } if ready => {
            let check = read_host(&format!("Check: {} Press Enter to go on, or Ctrl+C to stop", step.verify));
            let _ = writeln!(text, "{command}\n$null = {check}");
        }
        Action::SetRuntimeState { .. } | Action::SetManaged { .. } | Action::SetRetention { .. } if ready => {
            let go = read_host(&format!("{}. Press Enter to do it now, or Ctrl+C to stop", step.title));
            let _ = writeln!(text, "$null = {go}\n{command}");
        }
        _ if ready => {
            let _ = writeln!(text, "{command}");
        }
        _ => {
            if !command.is_empty() {
                let _ = writeln!(text, "{command}");
            }
            for (label, what) in by_hand(step) {
                let _ = writeln!(text, "{}", tell("Write-Host", &format!("{label}: {what}")));
            }
            let _ = writeln!(
                text,
                "$null = {}",
                read_host(&format!("By hand: {}. Press Enter when it is done", step.title))
            );
        }
    }
    printed.notes
}

/// Whether a step asks before it goes on. A restore does whatever the plan says of it: a plan may come from elsewhere.
pub(super) fn asks(step: &Step) -> bool {
    step.destructive || matches!(step.action, Action::Restore(_))
}

/// What a restore overwrites with what, by the ids that its command has.
pub(super) fn overwrites(restore: &RestoreAction) -> String {
    let audit = if restore.include_audit_logs { "copied" } else { "left out" };
    let target = restore.target.as_ref().map_or("the new environment", |t| t.as_str());
    format!(
        "Overwrites {target} with {} as of {} UTC; audit logs are {audit}.",
        restore.source,
        restore.point.format("%Y-%m-%d %H:%M:%S")
    )
}

/// Where a step is done by hand, and how to see that it worked.
pub(super) fn by_hand(step: &Step) -> impl Iterator<Item = (&'static str, &str)> {
    [("Where", step.admin_center.as_str()), ("Check", step.verify.as_str())]
        .into_iter()
        .filter(|(_, what)| !what.trim().is_empty())
}

/// A line that says `what` while the script runs; a comment where it cannot be quoted.
fn tell(cmdlet: &str, what: &str) -> String {
    let line = long_comment(what);
    match quoting::powershell(&line) {
        Some(literal) => format!("{cmdlet} {literal}"),
        None => format!("# {line}"),
    }
}

fn read_host(prompt: &str) -> String {
    let literal = quoting::powershell(&long_comment(prompt));
    format!("Read-Host {}", literal.unwrap_or_else(|| "'Press Enter when this step is done'".to_string()))
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
