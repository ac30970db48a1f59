//! The Power Platform CLI. Every command is one line.

use super::quoting;
use super::{Draft, by_hand};
use crate::domain::edition::RETENTION_CHOICES;
use crate::domain::environment::{EnvironmentId, RuntimeState};
use crate::domain::plan::{Action, RestoreAction};
use chrono::Timelike;

pub(super) fn print(action: &Action) -> Draft {
    let mut draft = Draft::default();
    let text = match action {
        Action::SignIn => "pac auth create".to_string(),
        Action::Inspect { environment } => {
            let id = id(&mut draft, Some(environment), "the environment");
            format!("pac admin list --environment {id}")
        }
        Action::ListBackups { environment } => {
            let id = id(&mut draft, Some(environment), "the environment");
            draft.note("the list prints dates as dd/MM/yyyy in local time, while a restore takes mm/dd/yyyy: do not copy them over");
            format!("pac admin list-backups --environment {id}")
        }
        Action::CreateManualBackup { environment, label } => {
            let id = id(&mut draft, Some(environment), "the environment");
            let label = text_or_hole(&mut draft, label, "label");
            draft.note("the label is typed once and cannot be changed later (M2)");
            format!("pac admin backup --environment {id} --label {label}")
        }
        Action::SetRetention { environment, days } => {
            if !RETENTION_CHOICES.contains(days) {
                return Draft::none(
                    "the retention setting is one of 7, 14, 21 or 28 days (K2); this number is not printed",
                );
            }
            let id = id(&mut draft, Some(environment), "the environment");
            format!("pac admin set-backup-retention-period --environment {id} --backup-retention-period {days}")
        }
        Action::SetManaged { environment, managed } => {
            let id = id(&mut draft, Some(environment), "the environment");
            let level = if *managed { "Standard" } else { "Basic" };
            format!("pac admin set-governance-config --environment {id} --protection-level {level}")
        }
        Action::SetRuntimeState { environment, state } => {
            let state = match state {
                RuntimeState::AdminMode => "AdminMode",
                RuntimeState::Enabled => "Enabled",
                RuntimeState::Disabled | RuntimeState::Other(_) => {
                    return Draft::none("only administration mode and its end can be set by a command");
                }
            };
            let id = id(&mut draft, Some(environment), "the environment");
            format!("pac admin set-runtime-state --environment {id} --runtime-state {state}")
        }
        Action::Restore(restore) => restore_text(&mut draft, restore),
        Action::ValidateRestore(_) => {
            return Draft::none("pac has no dry run: use REST, or look at the targets that the admin center offers");
        }
        Action::SwitchKind { .. } | Action::CreateEnvironment(_) | Action::Manual => {
            return Draft::none(by_hand(action));
        }
    };
    draft.text = Some(text);
    draft
}

fn restore_text(draft: &mut Draft, restore: &RestoreAction) -> String {
    let source = id(draft, Some(&restore.source), "the source");
    let target = id(draft, restore.target.as_ref(), "the target");
    let mut text = format!(
        "pac admin restore --source-env {source} --target-env {target} --selected-backup \"{}\"",
        restore.point.format("%m/%d/%Y %H:%M")
    );
    if let Some(name) = &restore.new_name {
        let name = text_or_hole(draft, name, "new name");
        text.push_str(&format!(" --name {name}"));
    }
    draft.note("without --target-env pac overwrites the source: never leave it out");
    draft.note("the date is month/day/year, in UTC; that pac reads it as UTC is inferred, no page says so");
    if restore.point.second() != 0 || restore.point.nanosecond() != 0 {
        draft.note(&format!(
            "pac takes whole minutes only: this restores {} UTC, not the chosen {} UTC; use PowerShell or REST for the exact instant",
            restore.point.format("%Y-%m-%d %H:%M:00"),
            restore.point.format("%Y-%m-%d %H:%M:%S")
        ));
    }
    if restore.include_audit_logs {
        draft.note("audit logs are copied because --skip-audit-data is not there: the switch has no form that says no");
    } else {
        text.push_str(" --skip-audit-data");
    }
    text.push_str(" --async");
    text
}

fn id(draft: &mut Draft, id: Option<&EnvironmentId>, what: &str) -> String {
    match draft.id(id, what) {
        Ok(id) => id,
        Err(hole) => hole.0,
    }
}

fn text_or_hole(draft: &mut Draft, text: &str, what: &str) -> String {
    quoting::pac(text).unwrap_or_else(|| {
        draft
            .hole(
                &format!("{what} in quotes"),
                &format!("the {what} cannot be passed safely in every shell and is left for you to type"),
            )
            .0
    })
}
