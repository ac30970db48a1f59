//! What a step does, made from what it does and not from its texts: those of a plan that came from elsewhere are a stranger's.

use crate::domain::characters::one_line;
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::{Action, RestoreAction};
use crate::domain::tenant::Tenant;
use crate::text;
use crate::words::{Piece, Say, Text, deed, exact, name};

/// The longest id or name that is shown, in characters.
const LONGEST: usize = 80;

/// What an action does: a clause with a full stop, environments by their names in `tenant` and their ids.
pub fn does(action: &Action, tenant: &Tenant) -> Text {
    let env = |id: &EnvironmentId| place(id, tenant);
    match action {
        Action::SignIn => text!("signs in; changes nothing."),
        Action::Inspect { environment } => text!("shows ", env(environment), "; changes nothing."),
        Action::ListBackups { environment } => {
            text!("lists the backups of ", env(environment), "; changes nothing.")
        }
        Action::CreateManualBackup { environment, label } => {
            text!("makes a manual backup of ", env(environment), " with the label ", quoted(label), ".")
        }
        Action::Set { environment, setting } => text!(deed::does(setting, env(environment)), "."),
        Action::ValidateRestore(r) => text!("tries, and does not carry out: ", restore(r, tenant)),
        Action::Restore(r) => restore(r, tenant),
        Action::CreateEnvironment(new) => {
            let region = new.region().map(|region| text!(" in the region ", quoted(region)));
            text!("creates an environment called ", quoted(&new.name), region, ".")
        }
        Action::Manual => text!("nothing by a command: people do it by hand."),
    }
}

fn restore(r: &RestoreAction, tenant: &Tenant) -> Text {
    let backup = r.manual_backup.as_ref().map(|id| text!(" (manual backup ", code(id), ")"));
    let onto = match &r.target {
        Some(id) if *id == r.source => text!("onto itself, which is overwritten"),
        Some(id) => text!("onto ", place(id, tenant), ", which is overwritten"),
        None => text!("onto the environment that this plan creates"),
    };
    let audit = if r.include_audit_logs { ", with audit logs" } else { ", without audit logs" };
    let name = r.new_name.as_ref().map(|name| text!("; calls it ", quoted(name), " then"));
    let typed = r.target_name.as_ref().map(|name| text!("; confirmed with ", quoted(name)));
    let source = text!("restores ", place(&r.source, tenant), " as it was at ", exact(r.point), backup, " ");
    text!(source, onto, audit, name, typed, ".")
}

/// An environment by its name here, where it has one, and its id.
fn place(id: &EnvironmentId, tenant: &Tenant) -> Text {
    match tenant.get(id) {
        Some(env) if !env.name.trim().is_empty() => {
            text!(Piece::Name(name(env)), " (", code(id.as_str()), ")")
        }
        _ => code(id.as_str()).says(),
    }
}

fn quoted(text: &str) -> Piece {
    Piece::Name(one_line(text, LONGEST))
}

/// An id as code. A backtick in it would end that.
fn code(id: &str) -> Piece {
    Piece::Code(one_line(&id.replace('`', "'"), LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deed::Setting;
    use crate::domain::environment::{Environment, Kind};
    use crate::domain::plan::{Like, NewTargetSpec};
    use chrono::{DateTime, Utc};

    fn tenant() -> Tenant {
        let mut tenant = Tenant::default();
        tenant.environments.push(Environment { name: "Sales".into(), ..Environment::new("a-1") });
        tenant
    }

    #[track_caller]
    fn check(action: Action, expect: &str) {
        assert_eq!(does(&action, &tenant()).to_string(), expect);
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
        let set =
            |setting: Setting, expect: &str| check(Action::Set { environment: environment.clone(), setting }, expect);
        set(Setting::Retention(7), "sets the retention of “Sales” (`a-1`) to 7 days.");
        set(Setting::Kind(Kind::Sandbox), "switches “Sales” (`a-1`) from Production to Sandbox.");
        set(Setting::Kind(Kind::Production), "switches “Sales” (`a-1`) from Sandbox to Production.");
        set(Setting::Managed(false), "turns managed off for “Sales” (`a-1`).");
        set(Setting::AdministrationMode(false), "turns administration mode off for “Sales” (`a-1`).");
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
