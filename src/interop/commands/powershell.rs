//! PowerShell: Microsoft.PowerApps.Administration.PowerShell.

use super::clouds::sign_in_word;
use super::quoting;
use super::{Draft, OpenValue, by_hand, known_retention, no_command, protection_level, runtime_state};
use crate::domain::deed::Setting;
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::{Action, RestoreAction};
use chrono::Timelike;

/// The command, or a draft that says why there is none.
pub(super) fn text(draft: &mut Draft, action: &Action) -> Result<String, Box<Draft>> {
    Ok(match action {
        Action::SignIn => {
            draft.note("needs the module Microsoft.PowerApps.Administration.PowerShell and Windows PowerShell 5.1");
            format!("Add-PowerAppsAccount -Endpoint {}", sign_in_word(draft, OpenValue::Endpoint))
        }
        Action::Inspect { environment } => {
            let id = id(draft, Some(environment), "the environment");
            format!("Get-AdminPowerAppEnvironment -EnvironmentName {id} | ConvertTo-Json -Depth 10")
        }
        Action::ListBackups { environment } => {
            let id = id(draft, Some(environment), "the environment");
            format!("Get-PowerAppEnvironmentBackups -EnvironmentName {id}")
        }
        Action::CreateManualBackup { environment, label } => {
            let id = id(draft, Some(environment), "the environment");
            let label = text_or_hole(draft, label, OpenValue::Label);
            draft.note("the label is typed once and cannot be changed later (M2)");
            format!(
                "$backup = [pscustomobject]@{{ Label = {label}; Notes = 'Made before a restore' }}\n\
                 Backup-PowerAppEnvironment -EnvironmentName {id} -BackupRequestDefinition $backup"
            )
        }
        Action::Set { environment, setting } => set(draft, environment, setting)?,
        Action::Restore(restore) => restore_text(draft, restore),
        Action::ValidateRestore(_) => {
            return Err(Draft::none(
                "PowerShell has no dry run: use REST, or look at the targets that the admin center offers",
            ));
        }
        Action::CreateEnvironment(_) | Action::Manual => {
            return Err(Draft::none(by_hand(action)));
        }
    })
}

fn set(draft: &mut Draft, environment: &EnvironmentId, setting: &Setting) -> Result<String, Box<Draft>> {
    known_retention(setting)?;
    let id = id(draft, Some(environment), "the environment");
    Ok(match setting {
        Setting::Retention(days) => format!(
            "Set-AdminPowerAppEnvironmentBackupRetentionPeriod -EnvironmentName {id} -NewBackupRetentionPeriodInDays {days}"
        ),
        Setting::Managed(on) => format!(
            "$governance = [pscustomobject]@{{ protectionLevel = '{}' }}\n\
             Set-AdminPowerAppEnvironmentGovernanceConfiguration -EnvironmentName {id} -UpdatedGovernanceConfiguration $governance",
            protection_level(*on)
        ),
        Setting::AdministrationMode(on) => {
            let state = runtime_state(*on);
            format!("Set-AdminPowerAppEnvironmentRuntimeState -EnvironmentName {id} -RuntimeState {state}")
        }
        _ => return Err(no_command(setting)),
    })
}

fn restore_text(draft: &mut Draft, restore: &RestoreAction) -> String {
    let target = id(draft, restore.target.as_ref(), "the target");
    let source = id(draft, Some(&restore.source), "the source");
    let mut lines = vec!["$restore = [pscustomobject]@{".to_string(), format!("    SourceEnvironmentId = {source}")];
    if let Some(name) = &restore.new_name {
        let name = text_or_hole(draft, name, OpenValue::NewName);
        lines.push(format!("    TargetEnvironmentName = {name}"));
    }
    let group = draft.group(restore);
    let with_group = group.is_some();
    lines.extend(group.map(|group| format!("    TargetSecurityGroupId = '{group}'")));
    lines.push(format!("    RestorePointDateTime = '{}'", restore.point.format("%Y-%m-%d %H:%M:%S")));
    lines.push(format!("    SkipAuditData = ${}", !restore.include_audit_logs));
    lines.push("}".to_string());
    lines.push(format!(
        "Restore-PowerAppEnvironment -EnvironmentName {target} -RestoreToRequestDefinition $restore -WaitUntilFinished $true"
    ));
    if restore.new_name.is_none() {
        draft.note("the documented example also gives TargetEnvironmentName; if it is asked for, type the target's present name");
    }
    draft.note("-EnvironmentName is the target, which is overwritten; the source stands inside");
    if !with_group {
        draft.note("TargetSecurityGroupId (not printed) says who may enter the target: add the id of the group, or set it before anybody is let in (R27)");
    }
    draft.note("SkipAuditData is always set: left out, audit logs are copied");
    if restore.point.nanosecond() != 0 {
        draft.note("the chosen instant has a fraction of a second, which is cut off here");
    }
    draft.note("the date is printed in UTC; that the cmdlet reads it as UTC is inferred, no page says so");
    lines.join("\n")
}

fn id(draft: &mut Draft, id: Option<&EnvironmentId>, what: &str) -> String {
    match draft.id(id, what) {
        Ok(id) => format!("'{id}'"),
        Err(placeholder) => placeholder,
    }
}

fn text_or_hole(draft: &mut Draft, text: &str, ask: OpenValue) -> String {
    let what = ask.what();
    quoting::powershell(text).unwrap_or_else(|| {
        draft.left(
            ask,
            &format!("{what} in single quotes"),
            &format!("the {what} cannot be passed safely and is left for you to type"),
        )
    })
}
