//! The Power Platform API: method, address and body, to be sent with a bearer token.

use super::{Draft, by_hand, quoting};
use crate::domain::environment::{EnvironmentId, RuntimeState};
use crate::domain::plan::{Action, RestoreAction};
use chrono::SecondsFormat;
use serde_json::{Value, json};

const BASE: &str = "https://api.powerplatform.com/environmentmanagement/environments";
const VERSION: &str = "api-version=2024-10-01";
const TOKEN: &str = "send it with a bearer token for https://api.powerplatform.com";

pub(super) fn print(action: &Action) -> Draft {
    let mut draft = Draft::default();
    let text = match action {
        Action::SignIn => {
            return Draft::none("get a bearer token for https://api.powerplatform.com and send it with every request");
        }
        Action::Inspect { environment } => {
            let id = id(&mut draft, Some(environment), "the environment");
            format!("GET {BASE}/{id}?{VERSION}")
        }
        Action::ListBackups { environment } => {
            let id = id(&mut draft, Some(environment), "the environment");
            format!("GET {BASE}/{id}/backups?{VERSION}")
        }
        Action::CreateManualBackup { environment, label } => {
            let id = id(&mut draft, Some(environment), "the environment");
            let label = text_or_hole(&mut draft, label, "label");
            draft.note("the label is typed once and cannot be changed later (M2)");
            with_body(&format!("POST {BASE}/{id}/backups?{VERSION}"), &json!({ "label": label }))
        }
        Action::SetManaged { environment, managed } => {
            let id = id(&mut draft, Some(environment), "the environment");
            let verb = if *managed { "enableManaged" } else { "disableManaged" };
            if !*managed {
                draft.note("documented for an earlier version of the API; that this version takes it is inferred");
            }
            format!("POST {BASE}/{id}/governanceSetting/{verb}?{VERSION}")
        }
        Action::SetRuntimeState { environment, state } => {
            let verb = match state {
                RuntimeState::AdminMode => "Disable",
                RuntimeState::Enabled => "Enable",
                RuntimeState::Disabled | RuntimeState::Other(_) => {
                    return Draft::none("only administration mode and its end can be set by a request");
                }
            };
            let id = id(&mut draft, Some(environment), "the environment");
            format!("POST {BASE}/{id}/{verb}?{VERSION}")
        }
        Action::SetRetention { .. } => return Draft::none("no request is known for this: use PowerShell or pac"),
        Action::ValidateRestore(restore) => {
            draft.note(
                "with ValidateOnly=true nothing is overwritten: the answer says whether the restore would be accepted",
            );
            restore_text(&mut draft, restore, "ValidateOnly=true&")
        }
        Action::Restore(restore) => restore_text(&mut draft, restore, ""),
        Action::SwitchKind { .. } | Action::CreateEnvironment(_) | Action::Manual => {
            return Draft::none(by_hand(action));
        }
    };
    draft.note(TOKEN);
    draft.text = Some(text);
    draft
}

fn restore_text(draft: &mut Draft, restore: &RestoreAction, query: &str) -> String {
    let target = id(draft, restore.target.as_ref(), "the target");
    let source = id(draft, Some(&restore.source), "the source");
    let mut options = serde_json::Map::new();
    if let Some(name) = &restore.new_name {
        let name = text_or_hole(draft, name, "new name");
        options.insert("environmentNameToOverride".to_string(), Value::String(name));
    }
    options.insert("skipAuditData".to_string(), Value::Bool(!restore.include_audit_logs));
    let body = json!({
        "sourceEnvironmentId": source,
        "restorePointDateTime": restore.point.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        "restoreOptions": options,
    });
    draft.note("the address names the target, which is overwritten; the source stands in the body");
    with_body(&format!("POST {BASE}/{target}/restore?{query}{VERSION}"), &body)
}

fn with_body(request: &str, body: &Value) -> String {
    format!("{request}\nContent-Type: application/json\n\n{body:#}")
}

fn id(draft: &mut Draft, id: Option<&EnvironmentId>, what: &str) -> String {
    match draft.id(id, what) {
        Ok(id) => id,
        Err(hole) => hole.0,
    }
}

/// JSON takes any text; one with control characters or line separators is left out all the same, so that every tool of a step
/// gives the same name.
fn text_or_hole(draft: &mut Draft, text: &str, what: &str) -> String {
    if !quoting::plain_text(text) {
        draft.hole(what, &format!("the {what} cannot be passed safely and is left for you to type")).0
    } else {
        text.to_string()
    }
}
