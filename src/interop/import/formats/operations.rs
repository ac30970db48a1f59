//! Lifecycle operations of both services: what was done to an environment, and how it ended (R26). Nobody's name is kept.

use super::super::fields;
use super::super::node::Node;
use super::super::reading::{Form, Gathered};
use super::super::row::{DateField, File, Row, TimeSpan};
use super::super::says::{Began, Cause};
use super::{Format, HowTo, Proof, Reach, Reads};
use crate::domain::environment::{Activity, EnvironmentId};
use crate::domain::service::{Act, Ended, ServiceOperation, Underway};

const BEGAN: DateField =
    DateField { name: "startTime", keys: &["startTime", "createdDateTime", "startDateTime"], under: &[""] };
const LAST: DateField =
    DateField { name: "endTime", keys: &["endTime", "lastActionDateTime", "endDateTime"], under: &[""] };
/// Those of [`LAST`] that are an end.
const END: [&str; 2] = ["endTime", "endDateTime"];
const DATES: &[DateField] = &[BEGAN, LAST];

fn api(row: &Node<'_>, _: Form) -> Option<Proof> {
    let mut marks = ["stageStatuses", "updatedEnvironment", "startTime", "requestedBy"].iter();
    let named = row.has("operationId") && (row.has("name") || row.has("status"));
    (named && marks.any(|k| row.has(k))).then_some(Proof::Own)
}

fn admin(row: &Node<'_>, _: Form) -> Option<Proof> {
    let object = |k: &str| row.get(k).is_map();
    let typed = row.has("typeDisplayName") || (object("type") && object("state"));
    let marked = ["stages", "links", "lastActionDateTime"].iter().any(|k| row.has(k));
    (typed && marked).then_some(Proof::Own)
}

pub static API: Format = Format {
    what: "operations of the Power Platform API",
    called: |_| "operations, Power Platform API",
    recognised_by: "`operationId` beside `stageStatuses`, `updatedEnvironment` or `startTime`",
    proof: api,
    reads: Reads::Facts(read),
    reach: Reach::None,
    instead: "",
    read_as: "history, and how a restore ended",
    how: &[HowTo {
        title: "Operations of one environment",
        command: "GET https://api.powerplatform.com/environmentmanagement/environments/<environment id>/operations?api-version=2024-10-01",
        note: "Tells what was done to it, and how a restore ended.",
    }],
    dates: DATES,
};

pub static ADMIN: Format = Format {
    what: "operations of the admin REST API",
    called: |_| "operations, admin REST",
    recognised_by: "`type` and `state` that are objects beside `stages` or `links`",
    proof: admin,
    reads: Reads::Facts(read),
    reach: Reach::None,
    instead: "",
    read_as: "history, and how a restore ended; one or a list",
    how: &[],
    dates: DATES,
};

fn read(gathered: &mut Gathered, r: &mut Row<'_>, row: &Node<'_>) {
    let id = row.first(&["operationId", "id"]).text().map(|t| t.rsplit('/').next().unwrap_or(t).to_string());
    let began = r.past_of(&[row], &BEGAN).and_then(TimeSpan::exact);
    let told = BEGAN.find(&[row]).is_some();
    let act = [row.get("name"), row.at("type.id"), row.get("typeDisplayName"), row.get("type")];
    let act = act_of(act.into_iter().find_map(Node::text).unwrap_or("operation"));
    let ended = [row.get("status"), row.at("state.id"), row.get("state"), row.at("status.id")];
    let ended = ended_of(ended.into_iter().find_map(Node::text).unwrap_or_default());
    let mut last = r.past_of(&[row], &LAST).and_then(TimeSpan::exact);
    let heard = last;
    let over = END.iter().any(
        |key| matches!(fields::instant(row.get(key), r.file.zoneless), fields::Instant::At(at) if Some(at) <= last),
    );
    if matches!(ended, Ended::Other(_)) && !over {
        // A last action is no end.
        last = None;
    }
    let environment = environment(row, &["updatedEnvironment", "targetEnvironment", "environment"]);
    let source = other(row);
    let (id, began) = match (id, began) {
        (Some(id), Some(began)) => (id, began),
        (id, began) => {
            let value = row.first(&["name", "operationId", "id"]).words().unwrap_or_default();
            let what = act.runs(&ended, last.is_some());
            let runs = what.is_some();
            let kept = what.map(|what| Activity { what, since: began, seen: heard });
            gathered.underway.extend(kept.map(|activity| Underway { environment, source, activity }));
            let began = match (began, told) {
                (Some(_), _) => Began::Known,
                (None, true) => Began::Unusable,
                (None, false) => Began::Missing,
            };
            r.tell("operation", &value, &Cause::HalfAnOperation { id: id.is_some(), began, runs });
            return;
        }
    };
    gathered.operations.push(ServiceOperation { id, act, ended, began, last, environment, source });
}

/// The other environment of a restore or a copy.
fn other(row: &Node<'_>) -> Option<EnvironmentId> {
    environment(row, &["sourceEnvironment", "restoreSourceEnvironment", "copySourceEnvironment"])
}

/// The environment that a row names under one of `keys`: an object with its id, or a link to it.
fn environment(row: &Node<'_>, keys: &[&str]) -> Option<EnvironmentId> {
    let links = row.get("links");
    let found = keys.iter().find_map(|key| {
        let named = row.get(key);
        let id = match named {
            Node::Map(_) => named.first(&["environmentId", "id", "name"]),
            other => other,
        };
        let link = links.get(key).get("path");
        [id, link].into_iter().filter_map(Node::text).find_map(in_path)
    });
    // `environmentId` and `sourceEnvironmentId` beside the others.
    let flat = || keys.iter().find_map(|key| in_path(row.get(&format!("{key}Id")).text()?));
    found.or_else(flat).map(EnvironmentId::new)
}

/// The id of an environment, alone or in a path such as `/providers/…/environments/<id>`.
fn in_path(text: &str) -> Option<String> {
    let end = text.trim_end_matches('/').rsplit('/').next().unwrap_or(text);
    fields::is_environment_id(end).then(|| end.to_string())
}

/// What an operation does, from the service's word.
pub fn act_of(word: &str) -> Act {
    match squeezed(word).as_str() {
        "create" | "provision" | "createenvironment" => Act::Create,
        "convert" | "modifysku" | "convertenvironment" => Act::Convert,
        "updatemanagedenvironment"
        | "updategovernanceconfiguration"
        | "enablemanagedenvironment"
        | "disablemanagedenvironment"
        | "enablemanaged"
        | "disablemanaged"
        | "enablegovernanceconfiguration"
        | "disablegovernanceconfiguration" => Act::UpdateManaged,
        "restore" | "restoreenvironment" => Act::Restore,
        "copy" | "copyenvironment" => Act::Copy,
        "recover" | "recoverenvironment" | "undelete" => Act::Recover,
        "backup" | "createbackup" | "manualbackup" => Act::Backup,
        "delete" | "softdelete" | "deleteenvironment" => Act::Delete,
        "edit" | "update" | "editenvironment" => Act::Edit,
        _ => Act::Other(word.chars().take(80).collect()),
    }
}

fn ended_of(word: &str) -> Ended {
    match squeezed(word).as_str() {
        "succeeded" | "completed" | "success" => Ended::Succeeded,
        "failed" | "error" | "validationfailed" => Ended::Failed,
        "canceled" | "cancelled" => Ended::Cancelled,
        "running" | "inprogress" | "notstarted" | "accepted" | "validating" | "queued" => Ended::Running,
        _ => Ended::Other(word.chars().take(80).collect()),
    }
}

fn squeezed(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Says of how many the environment is not known.
pub fn finish(file: &mut File, operations: &[ServiceOperation], underway: &[Underway]) {
    let unowned = operations.iter().filter(|o| o.environment.is_none()).count();
    let count = unowned + underway.iter().filter(|o| o.environment.is_none()).count();
    if count > 0 {
        Cause::WhoseOperations { count }.of_file(&mut file.findings);
    }
}
