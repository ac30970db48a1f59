//! A plan as one script for PowerShell, with the cmdlets or with pac: it stops at the first error, can begin at any step, waits for
//! what is done by hand, asks before it overwrites, and does not end in silence while a Production environment is a Sandbox.

mod words;

use super::quoting::{self, comment, long_comment};
use super::{Filled, OpenValue, Printed, PrintedFor, Shell, head, pac, print_for};
use crate::domain::deed::Setting;
use crate::domain::environment::Kind;
use crate::domain::plan::{Action, Blank, Plan, RestoreAction};
use crate::domain::restore::confirmation_text;
use crate::interop::spelled::{Spelled, steps};
use crate::words::{deed, sentence};
use std::fmt::Write;
use words::{ask_for, confirm, confirm_with, indented, literal, read_host, tell};

/// A plan as a script for a file ending in `.ps1`. Every text of people stands in it as a comment of one line or as a quoted
/// literal. It begins with a byte-order mark, without which Windows PowerShell would misread names that are not ASCII, and might
/// take a part of them for a quotation mark.
pub(super) fn script(plan: &Plan, shell: Shell, known: &Filled) -> Printed {
    let Made { text: steps, mut notes, mut open, asks } = every_step(plan, shell, known);
    for all in [&mut notes, &mut open] {
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|note| seen.insert(note.clone()));
    }
    if shell != Shell::Pac {
        notes.push(
            "the cmdlets may give an error back instead of stopping: the script looks at each answer; how a failed one looks is inferred"
                .to_string(),
        );
    }
    let mut text = String::from("\u{FEFF}");
    for line in head(plan) {
        let _ = writeln!(text, "# {line}");
    }
    text.push_str(&functions(shell, &asks, known));
    text.push_str(&warnings(plan, shell));
    text.push_str(&words::start(plan.steps.len()));
    match LeftSandbox::of(plan) {
        Some(left) => text.push_str(&left.guard(&steps)),
        None => text.push_str(&steps),
    }
    Printed { text: Some(text), notes, open, holes: Vec::new() }
}

/// Every step under its number, to be left out where the script begins later.
fn every_step(plan: &Plan, shell: Shell, known: &Filled) -> Made {
    let mut made = Made::default();
    let all = plan.steps.len();
    for (i, step) in steps(plan).iter().enumerate() {
        let number = i + 1;
        let one = one(step, shell, known);
        let mut body = tell("Write-Host", &format!("Step {number} of {all}: {}", step.title)) + "\n" + &one.text;
        // Every run of the script signs in; pac keeps that by itself.
        if !(matches!(step.action, Action::SignIn) && shell == Shell::PowerShell) {
            body = format!("if ($from -le {number}) {{\n{}}}\n", indented(&body));
        }
        let _ = write!(made.text, "\n# Step {number} of {all}: {}\n{body}", comment(&step.title));
        made.notes.extend(one.notes);
        made.open.extend(one.open);
        made.asks.extend(one.asks);
    }
    made
}

/// How the shell is set, and the functions that the steps call.
fn functions(shell: Shell, asks: &[OpenValue], known: &Filled) -> String {
    let cmdlets = shell != Shell::Pac;
    let mut text = String::new();
    if cmdlets {
        text.push_str(words::REQUIRES);
    }
    text.push_str("Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n");
    if !cmdlets {
        text.push_str(words::PAC_IS_THERE);
    }
    text.push_str("$WarningPreference = 'Continue'\n");
    text.push_str(words::CONFIRM);
    for (needed, function) in [
        (cmdlets, words::ANSWER),
        (asks.contains(&OpenValue::NewEnvironment), words::READ_ID),
        (asks.iter().any(|ask| matches!(ask, OpenValue::Label | OpenValue::NewName)), words::READ_TEXT),
        (asks.iter().any(|ask| matches!(ask, OpenValue::Endpoint | OpenValue::PacCloud)), words::READ_CHOICE),
    ] {
        if needed {
            text.push_str(function);
        }
    }
    if let Some(id) = known.typed(Blank::NewEnvironment).filter(|_| asks.contains(&OpenValue::NewEnvironment)) {
        let _ = writeln!(text, "# As it was typed in the plan; empty: it is asked for.\n$newId = '{id}'");
    }
    text.push('\n');
    text
}

/// Comments are not seen while a script runs, so what can be lost is said before anything is done.
fn warnings(plan: &Plan, shell: Shell) -> String {
    let mut text = String::new();
    for caution in plan.to_heed() {
        let _ = writeln!(text, "{}", tell("Write-Warning", &plan.item_text(caution).to_string()));
    }
    for (i, step) in steps(plan).iter().enumerate().filter(|_| shell == Shell::Pac) {
        if let Some(why) = not_by_pac(step) {
            let says = format!("Step {}: {}", i + 1, sentence(&why.says()));
            let _ = writeln!(text, "{}", tell("Write-Warning", &says));
        }
    }
    text
}

/// R16: a Production environment that is a Sandbox for a while. However the script ends, it says so if it still is one.
struct LeftSandbox {
    /// The number of the step that makes it a Sandbox, from 1.
    to: usize,
    /// The number of the step that makes it Production again; `None` where the plan has none.
    back: Option<usize>,
    says: String,
}

impl LeftSandbox {
    fn of(plan: &Plan) -> Option<Self> {
        let steps = steps(plan);
        let mut found: Option<(usize, &Spelled)> = None;
        let mut back: Option<(usize, &Spelled)> = None;
        for (i, step) in steps.iter().enumerate() {
            match step.action {
                Action::Set { setting: Setting::Kind(Kind::Sandbox), .. } if found.is_none() => {
                    found = Some((i + 1, step))
                }
                Action::Set { setting: Setting::Kind(Kind::Production), .. } if found.is_some() => {
                    back = Some((i + 1, step))
                }
                _ => {}
            }
        }
        let (to, step) = found?;
        let Action::Set { environment, .. } = step.action else { return None };
        let name = steps.iter().find_map(|s| match s.action {
            Action::Restore(r) if r.target.as_ref() == Some(environment) => r.target_name.as_deref(),
            _ => None,
        });
        let place = back.map_or("Environments, Convert to production", |(_, step)| step.admin_center.as_str());
        let says = format!("a Sandbox: switch it back to Production at once ({}).", long_comment(place));
        let name = match name.filter(|n| !n.trim().is_empty()) {
            Some(name) => format!("“{}” (id {environment})", comment(name)),
            None => format!("the environment {environment}"),
        };
        Some(Self {
            to,
            back: back.map(|(number, _)| number),
            says: format!("{} + ' ' + $sandbox + ' ' + {}", literal(&name, "The target"), literal(&says, "a Sandbox.")),
        })
    }

    /// The steps, so that no way out of them is silent. Ctrl+C runs the last block as well.
    fn guard(&self, steps: &str) -> String {
        let until = self.back.map(|back| format!(" -and $from -le {back}")).unwrap_or_default();
        format!(
            "\n# Whether the environment that is switched is left as a Sandbox: however this script ends, it says so.\n\
             $sandbox = ''\nif ($from -gt {}{until}) {{ $sandbox = 'may still be' }}\ntry {{\n{steps}\n}} finally {{\n    \
             if ($sandbox -ne '') {{ Write-Warning ({}) }}\n}}\n",
            self.to, self.says
        )
    }
}

/// The lines of a step or of all, the notes of the commands, and what they ask for.
#[derive(Default)]
struct Made {
    text: String,
    notes: Vec<String>,
    open: Vec<String>,
    asks: Vec<OpenValue>,
}

/// One step: its command, or a stop until it has been done by hand.
fn one(step: &Spelled, shell: Shell, known: &Filled) -> Made {
    let (printed, asks, _) = print_for(step.action, shell, PrintedFor::Script, known);
    let mut text = String::new();
    if let Some(caution) = &step.caution {
        let _ = writeln!(text, "{}", tell("Write-Warning", caution));
    }
    for note in &printed.notes {
        let _ = writeln!(text, "# Note: {}", long_comment(note));
    }
    let ready = printed.text.as_deref().is_some_and(|t| !t.starts_with('#'));
    let command = printed.text.unwrap_or_default();
    let asks = if ready { asks } else { Vec::new() };
    let source = match step.action {
        Action::Restore(r) | Action::ValidateRestore(r) => r.source.as_str(),
        _ => "",
    };
    let asking: String = asks.iter().map(|ask| format!("{}\n", ask_for(*ask, source, shell))).collect();
    if let Action::Restore(restore) = step.action {
        // The target is known before it is confirmed.
        text.push_str(&asking);
        if asks.contains(&OpenValue::NewEnvironment) {
            text.push_str(words::look_at_new(shell));
        }
        text.push_str(&what_is_overwritten(step, restore, shell));
    }
    if asks_first(step) {
        text.push_str(&ask(step, shell));
    }
    if ready {
        text.push_str(&done(step, &checked(step.action, &command, shell), &asking));
    } else {
        left_to_do(step, &command, &mut text);
    }
    Made { text, notes: printed.notes, open: printed.open, asks }
}

/// What is said before a restore is confirmed.
fn what_is_overwritten(step: &Spelled, restore: &RestoreAction, shell: Shell) -> String {
    let handed_over = not_by_pac(step).filter(|_| shell == Shell::Pac);
    // What is done with another tool is done at the exact instant.
    let by = if handed_over.is_some() { Shell::Rest } else { shell };
    let mut says: Vec<String> = handed_over.iter().map(|why| sentence(&why.says())).collect();
    says.push(overwrites(restore, by));
    if by == Shell::Pac {
        says.extend(pac::minute_risks(restore).iter().map(|risk| sentence(risk)));
    }
    says.iter().map(|says| format!("{}\n", tell("Write-Warning", says))).collect()
}

/// A step that is done by its command, as soon as somebody has said so; `asking` reads what the command still needs.
fn done(step: &Spelled, command: &str, asking: &str) -> String {
    match step.action {
        // Optional, and worth waiting for (M3).
        Action::CreateManualBackup { .. } => {
            let prompt = read_host(&step.title, "Type yes to make it, or press Enter to go on without");
            let check = read_host(&format!("Wait, then check: {}", step.verify), "Press Enter to go on");
            let inside = indented(&format!("{asking}{command}\n$null = {check}"));
            format!("$answer = {prompt}\nif ($answer.Trim() -eq 'yes') {{\n{inside}}}\n")
        }
        // A look is worth nothing when nobody looks.
        Action::Inspect { .. } | Action::ListBackups { .. } => {
            let check = read_host(&format!("Check: {}", step.verify), "Press Enter to go on, or Ctrl+C to stop");
            format!("{command}\n$null = {check}\n")
        }
        Action::Set { .. } => {
            let go = read_host(&step.title, "Press Enter to do it now, or Ctrl+C to stop");
            format!("$null = {go}\n{command}\n")
        }
        Action::SignIn => format!("{asking}{command}\n"),
        // A restore has asked already.
        _ => format!("{command}\n"),
    }
}

/// A step that this script does not do: by hand, or by a command that cannot stand here as it would have to run.
fn left_to_do(step: &Spelled, command: &str, text: &mut String) {
    let open = !command.is_empty();
    if open {
        let _ = writeln!(text, "{command}\n{}", tell("Write-Warning", LEFT_OPEN));
    }
    for (label, what) in by_hand(step) {
        let _ = writeln!(text, "{}", tell("Write-Host", &format!("{label}: {what}")));
    }
    let says = format!("By hand: {}", step.title);
    match step.action {
        Action::Set { setting: Setting::Kind(Kind::Sandbox), .. } => {
            let wait = read_host(&says, "Press Enter when it is done");
            let _ = writeln!(text, "$sandbox = 'may still be'\n$null = {wait}\n$sandbox = 'is still'");
        }
        Action::Set { setting: Setting::Kind(Kind::Production), .. } => {
            let wait = read_host(&says, "Type yes when it is Production again, or press Enter to go on without");
            let _ = writeln!(
                text,
                "$answer = {wait}\nif ($answer.Trim() -eq 'yes') {{ $sandbox = '' }} else {{ Write-Warning 'Nobody has said that it is Production again.' }}"
            );
        }
        _ => {
            let what = if open {
                "Do it once, in one of the two ways; then press Enter"
            } else {
                "Press Enter when it is done"
            };
            let _ = writeln!(text, "$null = {}", read_host(&says, what));
        }
    }
}

const LEFT_OPEN: &str = "This script does not run the command of this step: an id in it has unusual characters. The command stands in the \
                         script as a comment. Type it with the right id, or do the step in the admin center; not both.";

/// A command with a look at how it ended.
fn checked(action: &Action, command: &str, shell: Shell) -> String {
    if shell == Shell::Pac {
        return format!("{command}\n{}", words::PAC_WORKED);
    }
    let change;
    let what = match action {
        Action::Inspect { .. } => "The look at the environment",
        Action::ListBackups { .. } => "The list of backups",
        Action::CreateManualBackup { .. } => "The manual backup",
        Action::Set { setting, .. } => {
            change = format!("The change of {}", deed::object(setting));
            &change
        }
        Action::Restore(_) => "The restore",
        // Signing in stops by itself; the others have no command.
        Action::SignIn | Action::ValidateRestore(_) | Action::CreateEnvironment(_) | Action::Manual => {
            return command.to_string();
        }
    };
    // What is kept is shown as JSON when it has been looked at.
    let command = command.strip_suffix(" | ConvertTo-Json -Depth 10").unwrap_or(command);
    let (before, last) = command.rsplit_once('\n').map_or((String::new(), command), |(b, l)| (format!("{b}\n"), l));
    let mut text = format!("{before}$result = {last}\nAssert-Answer $result '{what}'");
    if matches!(action, Action::Restore(_)) {
        let started = confirm_with(
            "'No answer came back. Did the restore start? Look at the history of the target. If it did, type: yes'",
            "'yes'",
            "It is not sure that the restore started. Look at the history of the target before you start it again.",
        );
        let _ = write!(text, "\nif ($null -eq $result) {{ {} }}", started.trim_end());
    }
    text
}

/// Whether a step asks before it goes on. A restore does whatever the plan says of it: a plan may come from elsewhere.
pub(super) fn asks_first(step: &Spelled) -> bool {
    step.destructive || matches!(step.action, Action::Restore(_))
}

/// The end of the target's id, where it is asked for.
fn id_end(restore: &RestoreAction) -> Option<&str> {
    restore.target_id_end.as_deref().filter(|end| quoting::typeable(end))
}

/// Why pac does not do a step that it has a command for.
fn not_by_pac(step: &Spelled) -> Option<pac::NotByPac> {
    match step.action {
        Action::Restore(restore) => pac::NotByPac::of(restore),
        _ => None,
    }
}

/// What a restore overwrites with what, by the ids that its command has, and as of the instant that the tool really takes.
pub(super) fn overwrites(restore: &RestoreAction, shell: Shell) -> String {
    let audit = if restore.include_audit_logs { "copied" } else { "left out" };
    let target = restore.target.as_ref().map_or("the new environment", |t| t.as_str());
    let point = restore.point.format("%Y-%m-%d %H:%M:%S");
    let at = match pac::other_minute(restore).filter(|_| shell == Shell::Pac) {
        Some(minute) => format!(
            "{} UTC (pac is given whole minutes; the plan's point is {} UTC)",
            minute.format("%Y-%m-%d %H:%M"),
            restore.point.format("%Y-%m-%d %H:%M:%S%.f")
        ),
        None => format!("{point} UTC"),
    };
    format!("Overwrites {target} with {} as of {at}; audit logs are {audit}.", restore.source)
}

/// Where a step is done by hand, and how to see that it worked.
pub(super) fn by_hand<'a>(step: &'a Spelled) -> impl Iterator<Item = (&'static str, &'a str)> {
    [("Where", step.admin_center.as_str()), ("Check", step.verify.as_str())]
        .into_iter()
        .filter(|(_, what)| !what.trim().is_empty())
}

/// Typing the target's name (R3), with the end of its id where others are called the same; its id where nobody could type the name,
/// and a word where the step overwrites nothing that has a name here.
fn ask(step: &Spelled, shell: Shell) -> String {
    let restore = match step.action {
        Action::Restore(restore) => Some(restore),
        _ => None,
    };
    let by_name = restore.and_then(|r| {
        let name = r.target_name.as_deref().filter(|name| quoting::typeable(name))?;
        Some(confirmation_text(name, id_end(r)))
    });
    let by_id = || restore.and_then(|r| r.target.as_ref()).map(|id| id.as_str()).filter(|id| quoting::typeable(id));
    let shown = by_name.as_deref().or_else(by_id).unwrap_or("yes");
    let mut says = sentence(&comment(&step.title));
    if let Some(end) = restore.and_then(id_end).filter(|_| by_name.is_some()) {
        let _ = write!(says, " Others are called the same: its id ends in {}.", comment(end));
    }
    let by_pac = shell == Shell::Pac && not_by_pac(step).is_none();
    if let Some(minute) = restore.and_then(pac::other_minute).filter(|_| by_pac) {
        let _ = write!(says, " pac is given {} UTC.", minute.format("%Y-%m-%d %H:%M"));
    }
    let wanted = quoting::powershell(shown).unwrap_or_else(|| "'yes'".to_string());
    let otherwise = if restore.is_some() {
        "Not confirmed: nothing was overwritten by this step."
    } else {
        "Not confirmed: this step was not done."
    };
    confirm(&says, shown, &wanted, otherwise)
}
