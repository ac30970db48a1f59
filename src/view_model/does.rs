//! What a step does, made from what it does and not from its texts: those of a plan that came from elsewhere are a stranger's.

use crate::domain::characters::one_line;
use crate::domain::environment::{EnvironmentId, RuntimeState};
use crate::domain::plan::{Action, RestoreAction};
use crate::domain::tenant::Tenant;
use crate::words::written::{instant, quoted};

/// The longest id or name that is shown, in characters.
const LONGEST: usize = 80;

/// What an action does, as a sentence: environments by their names in `tenant` and their ids, instants in UTC.
pub fn does(action: &Action, tenant: &Tenant) -> String {
    let env = |id: &EnvironmentId| place(id, tenant);
    match action {
        Action::SignIn => "signs in; changes nothing.".to_string(),
        Action::Inspect { environment } => format!("shows {}; changes nothing.", env(environment)),
        Action::ListBackups { environment } => format!("lists the backups of {}; changes nothing.", env(environment)),
        Action::CreateManualBackup { environment, label } => {
            format!("makes a manual backup of {} with the label “{}”.", env(environment), one_line(label, LONGEST))
        }
        Action::SetRetention { environment, days } => {
            let unit = if *days == 1 { "day" } else { "days" };
            format!("sets the retention of {} to {days} {unit}.", env(environment))
        }
        Action::SwitchKind { environment, to_sandbox } => {
            let (from, to) = if *to_sandbox { ("Production", "Sandbox") } else { ("Sandbox", "Production") };
            format!("switches {} from {from} to {to}.", env(environment))
        }
        Action::SetManaged { environment, managed } => {
            format!("turns managed {} for {}.", if *managed { "on" } else { "off" }, env(environment))
        }
        Action::ValidateRestore(r) => format!("tries, and does not carry out: {}", restore(r, tenant)),
        Action::Restore(r) => restore(r, tenant),
        Action::SetRuntimeState { environment, state } => match state {
            RuntimeState::Enabled => format!("turns administration mode off for {}.", env(environment)),
            RuntimeState::AdminMode => format!("turns administration mode on for {}.", env(environment)),
            RuntimeState::Disabled | RuntimeState::Other(_) => {
                format!("sets the state of {} to “{}”.", env(environment), one_line(&state.to_string(), LONGEST))
            }
        },
        Action::CreateEnvironment(new) => {
            let region = new.region().map(|r| format!(" in the region “{}”", one_line(r, LONGEST)));
            format!("creates an environment called “{}”{}.", one_line(&new.name, LONGEST), region.unwrap_or_default())
        }
        Action::Manual => "nothing by a command: people do it by hand.".to_string(),
    }
}

fn restore(r: &RestoreAction, tenant: &Tenant) -> String {
    let backup = match &r.manual_backup {
        Some(id) => format!(" (manual backup {})", code(id)),
        None => String::new(),
    };
    let onto = match &r.target {
        Some(id) if *id == r.source => "onto itself, which is overwritten".to_string(),
        Some(id) => format!("onto {}, which is overwritten", place(id, tenant)),
        None => "onto the environment that this plan creates".to_string(),
    };
    let audit = if r.include_audit_logs { "with" } else { "without" };
    let name = r.new_name.as_ref().map(|n| format!("; calls it “{}” then", one_line(n, LONGEST))).unwrap_or_default();
    let typed = r.target_name.as_ref().map(|n| format!("; confirmed with “{}”", one_line(n, LONGEST)));
    format!(
        "restores {} as it was at {}{backup} {onto}, {audit} audit logs{name}{}.",
        place(&r.source, tenant),
        instant(r.point),
        typed.unwrap_or_default()
    )
}

/// An environment by its name here, where it has one, and its id.
fn place(id: &EnvironmentId, tenant: &Tenant) -> String {
    match tenant.get(id) {
        Some(env) if !env.name.trim().is_empty() => format!("{} ({})", quoted(env), code(id.as_str())),
        _ => code(id.as_str()),
    }
}

/// An id as code. A backtick in it would end that.
fn code(id: &str) -> String {
    format!("`{}`", one_line(&id.replace('`', "'"), LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::environment::Environment;
    use crate::domain::plan::{Like, NewTargetSpec};
    use chrono::{DateTime, Utc};

    fn tenant() -> Tenant {
        let mut tenant = Tenant::default();
        tenant.environments.push(Environment { name: "Sales".into(), ..Environment::new("a-1") });
        tenant
    }

    #[track_caller]
    fn check(action: Action, expect: &str) {
        assert_eq!(does(&action, &tenant()), expect);
    }

    fn restored(target: Option<&str>) -> RestoreAction {
        RestoreAction {
            source: EnvironmentId::new("a-1"),
            target: target.map(EnvironmentId::new),
            target_name: target.map(|_| "Test".into()),
            target_id_end: None,
            point: DateTime::<Utc>::from_timestamp(1_772_150_707, 0).unwrap(),
            manual_backup: None,
            new_name: None,
            include_audit_logs: false,
            window_from: None,
        }
    }

    #[test]
    fn every_action_says_what_it_does() {
        let environment = EnvironmentId::new("a-1");
        let other = EnvironmentId::new("b`2\u{202E}");
        let at = "27 Feb 2026 00:05:07 UTC";
        check(Action::SignIn, "signs in; changes nothing.");
        check(Action::Inspect { environment: other.clone() }, "shows `b'2`; changes nothing.");
        check(
            Action::ListBackups { environment: environment.clone() },
            "lists the backups of “Sales” (`a-1`); changes nothing.",
        );
        check(
            Action::CreateManualBackup { environment: environment.clone(), label: "x\ny".into() },
            "makes a manual backup of “Sales” (`a-1`) with the label “x y”.",
        );
        check(
            Action::SetRetention { environment: environment.clone(), days: 7 },
            "sets the retention of “Sales” (`a-1`) to 7 days.",
        );
        check(
            Action::SwitchKind { environment: environment.clone(), to_sandbox: true },
            "switches “Sales” (`a-1`) from Production to Sandbox.",
        );
        check(
            Action::SwitchKind { environment: environment.clone(), to_sandbox: false },
            "switches “Sales” (`a-1`) from Sandbox to Production.",
        );
        check(
            Action::SetManaged { environment: environment.clone(), managed: false },
            "turns managed off for “Sales” (`a-1`).",
        );
        check(
            Action::SetRuntimeState { environment: environment.clone(), state: RuntimeState::Enabled },
            "turns administration mode off for “Sales” (`a-1`).",
        );
        check(
            Action::SetRuntimeState { environment, state: RuntimeState::Other("odd".into()) },
            "sets the state of “Sales” (`a-1`) to “odd”.",
        );
        check(
            Action::CreateEnvironment(NewTargetSpec {
                name: "New".into(),
                like: Like::Told { says: String::new(), region: Some("europe".into()) },
            }),
            "creates an environment called “New” in the region “europe”.",
        );
        check(Action::Manual, "nothing by a command: people do it by hand.");
        check(
            Action::Restore(restored(Some("b"))),
            &format!(
                "restores “Sales” (`a-1`) as it was at {at} onto `b`, which is overwritten, without audit logs; confirmed with “Test”."
            ),
        );
        check(
            Action::ValidateRestore(RestoreAction {
                include_audit_logs: true,
                new_name: Some("N".into()),
                ..restored(Some("a-1"))
            }),
            &format!(
                "tries, and does not carry out: restores “Sales” (`a-1`) as it was at {at} onto itself, which is overwritten, with audit logs; calls it “N” then; confirmed with “Test”."
            ),
        );
        check(
            Action::Restore(RestoreAction { manual_backup: Some("m".into()), ..restored(None) }),
            &format!(
                "restores “Sales” (`a-1`) as it was at {at} (manual backup `m`) onto the environment that this plan creates, without audit logs."
            ),
        );
    }
}
