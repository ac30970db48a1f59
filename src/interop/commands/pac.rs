//! The Power Platform CLI. Every command is one line.

use super::clouds::sign_in_word;
use super::quoting;
use super::{Draft, OpenValue, by_hand, known_retention, no_command, protection_level, runtime_state};
use crate::domain::deed::Setting;
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::{Action, RestoreAction};
use crate::words::exact;
use chrono::{DateTime, Datelike, DurationRound, TimeDelta, Utc};

/// The command, or a draft that says why there is none.
pub(super) fn text(draft: &mut Draft, action: &Action) -> Result<String, Box<Draft>> {
    Ok(match action {
        Action::SignIn => format!("pac auth create --cloud {}", sign_in_word(draft, OpenValue::PacCloud)),
        Action::Inspect { environment } => {
            let id = draft.bare_id(Some(environment), "the environment");
            format!("pac admin list --environment {id}")
        }
        Action::ListBackups { environment } => {
            let id = draft.bare_id(Some(environment), "the environment");
            draft.note("the list prints dates as dd/MM/yyyy in local time, which a restore does not take: do not copy them over");
            format!("pac admin list-backups --environment {id}")
        }
        Action::CreateManualBackup { environment, label } => {
            let id = changed(draft, environment);
            let label = text_or_hole(draft, label, OpenValue::Label);
            draft.note("the label is typed once and cannot be changed later (M2)");
            format!("pac admin backup --environment {id} --label {label}")
        }
        Action::Set { environment, setting } => set(draft, environment, setting)?,
        Action::Restore(restore) => restore_text(draft, restore)?,
        Action::ValidateRestore(_) => {
            return Err(Draft::none(
                "pac has no dry run: use REST, or look at the targets that the admin center offers",
            ));
        }
        Action::CreateEnvironment(_) | Action::Manual => {
            return Err(Draft::none(by_hand(action)));
        }
    })
}

fn set(draft: &mut Draft, environment: &EnvironmentId, setting: &Setting) -> Result<String, Box<Draft>> {
    known_retention(setting)?;
    let id = changed(draft, environment);
    Ok(match setting {
        Setting::Retention(days) => {
            format!("pac admin set-backup-retention-period --environment {id} --backup-retention-period {days}")
        }
        Setting::Managed(on) => {
            format!("pac admin set-governance-config --environment {id} --protection-level {}", protection_level(*on))
        }
        Setting::AdministrationMode(on) => {
            format!("pac admin set-runtime-state --environment {id} --runtime-state {}", runtime_state(*on))
        }
        _ => return Err(no_command(setting)),
    })
}

/// An environment that the command changes.
fn changed(draft: &mut Draft, environment: &EnvironmentId) -> String {
    draft.note("without --environment pac acts on the environment of its own profile: never leave it out");
    draft.bare_id(Some(environment), "the environment")
}

/// Why pac is not given a restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotByPac {
    /// The day of the point, UTC, is up to 12: it could be taken for the month.
    DayOrMonth { day: u32 },
}

impl NotByPac {
    pub fn of(restore: &RestoreAction) -> Option<Self> {
        let day = minute(restore).day();
        (day <= LAST_MONTH).then_some(Self::DayOrMonth { day })
    }

    /// A clause.
    pub fn says(self) -> String {
        let Self::DayOrMonth { day } = self;
        format!(
            "this restore is not given to pac, which could take the day ({day}) for the month and restore another point: use PowerShell, \
             REST or the admin center"
        )
    }
}

/// A day up to the number of months could be taken for one.
const LAST_MONTH: u32 = 12;

fn restore_text(draft: &mut Draft, restore: &RestoreAction) -> Result<String, Box<Draft>> {
    if let Some(why) = NotByPac::of(restore) {
        return Err(Draft::none(&why.says()));
    }
    if draft.group(restore).is_some() {
        draft.note("pac cannot be given the security group: set it before anybody is let in (R27)");
    }
    let source = draft.bare_id(Some(&restore.source), "the source");
    let target = draft.bare_id(restore.target.as_ref(), "the target");
    let mut text = format!(
        "pac admin restore --source-env {source} --target-env {target} --selected-backup \"{}\"",
        minute(restore).format("%Y-%m-%dT%H:%M:%SZ")
    );
    if let Some(name) = &restore.new_name {
        let name = text_or_hole(draft, name, OpenValue::NewName);
        text.push_str(&format!(" --name {name}"));
    }
    draft.note("without --target-env pac overwrites the source: never leave it out");
    draft.note(
        "the date is in ISO 8601, which rests on one report (outside the United States nothing else was accepted); the help says \
         mm/dd/yyyy hh:mm",
    );
    draft.note(
        "whether pac reads the date as UTC, which the Z says, or as local time is not known: compare the point in the target's history as \
         soon as the restore has started",
    );
    whole_minutes(draft, restore);
    if restore.include_audit_logs {
        draft.note("audit logs are copied because --skip-audit-data is not there: the switch has no form that says no");
    } else {
        draft.note("--skip-audit-data is there because audit logs are copied without it");
        text.push_str(" --skip-audit-data");
    }
    text.push_str(" --async");
    Ok(text)
}

/// The minute that is given to pac: that of the point.
fn minute(restore: &RestoreAction) -> DateTime<Utc> {
    restore.point.duration_trunc(TimeDelta::minutes(1)).unwrap_or(restore.point)
}

/// The minute that pac restores (its help knows no seconds), where that is not the point itself: the minute before, since the one
/// after may already hold the damage.
pub(super) fn other_minute(restore: &RestoreAction) -> Option<DateTime<Utc>> {
    let whole = minute(restore);
    (whole != restore.point).then_some(whole)
}

/// What may go wrong because pac is given whole minutes only.
pub(super) fn minute_risks(restore: &RestoreAction) -> Vec<String> {
    let Some(whole) = other_minute(restore) else { return Vec::new() };
    let mut risks = Vec::new();
    if let Some(oldest) = restore.window_from.filter(|oldest| whole < *oldest) {
        risks.push(format!(
            "that minute begins before the oldest point that could be restored when the plan was made ({}), and pac may refuse it \
             or take another point: use PowerShell or REST here",
            exact(oldest)
        ));
    }
    if restore.manual_backup.is_some() {
        risks.push(
            "a manual backup is found by its instant, and the minute may not find it: use PowerShell, REST or the admin center here"
                .to_string(),
        );
    }
    risks
}

fn whole_minutes(draft: &mut Draft, restore: &RestoreAction) {
    let Some(whole) = other_minute(restore) else { return };
    draft.note(&format!(
        "the help of pac knows whole minutes only, and whether it takes seconds is not known: this restores {} UTC, not the chosen {} UTC; \
         use PowerShell or REST for the exact instant",
        whole.format("%Y-%m-%d %H:%M:%S"),
        restore.point.format("%Y-%m-%d %H:%M:%S%.f")
    ));
    for risk in minute_risks(restore) {
        draft.note(&risk);
    }
}

fn text_or_hole(draft: &mut Draft, text: &str, ask: OpenValue) -> String {
    let what = ask.what();
    quoting::pac(text).unwrap_or_else(|| {
        draft.left(
            ask,
            &format!("{what} in quotes"),
            &format!("the {what} cannot be passed safely in every shell and is left for you to type"),
        )
    })
}
