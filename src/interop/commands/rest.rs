//! The Power Platform API: method, address and body, to be sent with a bearer token.

use super::clouds::{audience, host};
use super::{Draft, OpenValue, by_hand, no_command, quoting};
use crate::domain::deed::Setting;
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::{Action, RestoreAction};
use chrono::SecondsFormat;
use serde_json::{Value, json};

const VERSION: &str = "api-version=2024-10-01";

/// Where the environments are.
fn base(draft: &mut Draft) -> String {
    format!("https://{}/environmentmanagement/environments", host(draft))
}

/// The request, or a draft that says why there is none.
pub(super) fn text(draft: &mut Draft, action: &Action) -> Result<String, Box<Draft>> {
    let text = match action {
        Action::SignIn => {
            let token = format!("get a bearer token for {} and send it with every request", audience(&draft.known));
            return Err(Draft::none(&token));
        }
        Action::Inspect { environment } => {
            let base = base(draft);
            let id = draft.bare_id(Some(environment), "the environment");
            format!("GET {base}/{id}?{VERSION}")
        }
        Action::ListBackups { environment } => {
            let base = base(draft);
            let id = draft.bare_id(Some(environment), "the environment");
            format!("GET {base}/{id}/backups?{VERSION}")
        }
        Action::CreateManualBackup { environment, label } => {
            let base = base(draft);
            let id = draft.bare_id(Some(environment), "the environment");
            let label = text_or_hole(draft, label, OpenValue::Label);
            draft.note("the label is typed once and cannot be changed later (M2)");
            with_body(&format!("POST {base}/{id}/backups?{VERSION}"), &json!({ "label": label }))
        }
        Action::Set { environment, setting } => set(draft, environment, setting)?,
        Action::ValidateRestore(restore) => {
            draft.note(
                "with ValidateOnly=true nothing is overwritten: the answer says whether the restore would be accepted",
            );
            restore_text(draft, restore, "ValidateOnly=true&")
        }
        Action::Restore(restore) => restore_text(draft, restore, ""),
        Action::CreateEnvironment(_) | Action::Manual => {
            return Err(Draft::none(by_hand(action)));
        }
    };
    draft.note(&format!("send it with a bearer token for {}", audience(&draft.known)));
    Ok(text)
}

fn set(draft: &mut Draft, environment: &EnvironmentId, setting: &Setting) -> Result<String, Box<Draft>> {
    let what = match setting {
        Setting::Managed(true) => "governanceSetting/enableManaged",
        Setting::Managed(false) => "governanceSetting/disableManaged",
        // The service calls the environment disabled for its users.
        Setting::AdministrationMode(true) => "Disable",
        Setting::AdministrationMode(false) => "Enable",
        Setting::Retention(_) => return Err(Draft::none("no request is known for this: use PowerShell or pac")),
        _ => return Err(no_command(setting)),
    };
    let base = base(draft);
    let id = draft.bare_id(Some(environment), "the environment");
    if *setting == Setting::Managed(false) {
        draft.note("documented for an earlier version of the API; that this version takes it is inferred");
    }
    Ok(format!("POST {base}/{id}/{what}?{VERSION}"))
}

fn restore_text(draft: &mut Draft, restore: &RestoreAction, query: &str) -> String {
    let base = base(draft);
    let target = draft.bare_id(restore.target.as_ref(), "the target");
    let source = draft.bare_id(Some(&restore.source), "the source");
    let mut options = serde_json::Map::new();
    if let Some(name) = &restore.new_name {
        let name = text_or_hole(draft, name, OpenValue::NewName);
        options.insert("environmentNameToOverride".to_string(), Value::String(name));
    }
    let group = draft.group(restore);
    let with_group = group.is_some();
    if let Some(group) = group {
        options.insert("securityGroupIdToOverride".to_string(), Value::String(group));
    }
    options.insert("skipAuditData".to_string(), Value::Bool(!restore.include_audit_logs));
    let body = json!({
        "sourceEnvironmentId": source,
        "restorePointDateTime": restore.point.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        "restoreOptions": options,
    });
    draft.note("the address names the target, which is overwritten; the source stands in the body");
    if !with_group {
        draft.note("securityGroupIdToOverride in restoreOptions (not printed) says who may enter the target: add the id of the group, or set it before anybody is let in (R27)");
    }
    draft.note("skipAuditData is always set: left out, audit logs are copied");
    with_body(&format!("POST {base}/{target}/restore?{query}{VERSION}"), &body)
}

fn with_body(request: &str, body: &Value) -> String {
    format!("{request}\nContent-Type: application/json\n\n{body:#}")
}

/// JSON takes any text; one with control characters or line separators is left out all the same, so that every tool of a step
/// gives the same name.
fn text_or_hole(draft: &mut Draft, text: &str, ask: OpenValue) -> String {
    if quoting::rest(text) {
        text.to_string()
    } else {
        let what = ask.what();
        draft.left(ask, what, &format!("the {what} cannot be passed safely and is left for you to type"))
    }
}
