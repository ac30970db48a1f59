//! Environments of the Power Platform API.

use super::super::address;
use super::super::fields;
use super::super::node::Node;
use super::super::policies;
use super::super::reading::Form;
use super::super::row::{DateField, Row};
use super::super::states::{self, Said};
use super::{FileShape, Format, HowTo, Proof, Reach, Reads, flat, is_kind};
use crate::domain::environment::{Kind, RuntimeState};
use crate::domain::inventory::Observation;

const OLDEST: DateField = DateField {
    name: "retentionDetails.availableFromDateTime",
    keys: &["availableFromDateTime", "backupsAvailableFromDateTime"],
    under: &["retentionDetails"],
};
const CREATED: DateField = DateField { name: "createdDateTime", keys: &["createdDateTime"], under: &[""] };
const MODIFIED: DateField = DateField { name: "lastModifiedDateTime", keys: &["lastModifiedDateTime"], under: &[""] };
/// The service writes the beginning of 1970 into every living environment.
const DELETED: DateField = DateField {
    name: "deletedDateTime",
    keys: &["deletedDateTime", "softDeletedDateTime", "deletedTime", "softDeletedTime", "deletedOn", "deletedAt"],
    under: &[""],
};

/// Keys that only these environments have. Things of other services have an id, a name, a type and dates as well.
const MARKS: &[&str] = &[
    "geo",
    "azureRegion",
    "dataverseId",
    "protectionLevel",
    "adminMode",
    "environmentGroupId",
    "backgroundOperationsState",
    "retentionDetails",
    "clusterCategory",
];

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let id = row.get("id").text()?;
    let id = fields::is_environment_id(id) || fields::is_cut_id(id);
    let kind = is_kind(row.get("type"));
    let marks = MARKS.iter().filter(|k| row.has(k)).count();
    if !id || !(row.has("displayName") || row.has("type")) || row.get("properties").is_map() {
        return None;
    }
    match (kind, marks) {
        (true, 1..) | (false, 3..) => Some(Proof::Keys),
        _ => None,
    }
}

fn called(came: FileShape) -> &'static str {
    if came.single { "Power Platform API" } else { "Power Platform API list" }
}

pub static FORMAT: Format = Format {
    what: "environments of the Power Platform API",
    called,
    recognised_by: "`id` and `displayName` beside `geo`, `dataverseId`, `protectionLevel` and the like",
    proof,
    reads: Reads::Environments(read),
    reach: Reach::Tenant,
    instead: "",
    read_as: "environments; `deletedDateTime` of 1970 is not set, `availableFromDateTime` of year 1 is nothing yet",
    how: &[HowTo {
        title: "Power Platform API",
        command: "GET https://api.powerplatform.com/environmentmanagement/environments?api-version=2024-10-01",
        note: "Save the whole answer as a file. Leaves Dynamics 365 apps unknown, and key and policies that it does not name.",
    }],
    dates: &[OLDEST, CREATED, MODIFIED, DELETED],
};

fn read(r: &mut Row<'_>, node: &Node<'_>) -> Option<Observation> {
    let id = node.get("id").text()?.to_string();
    let mut seen = Observation { id, ..Observation::default() };
    seen.name = node.get("displayName").text().map(str::to_string);
    seen.kind = r.kind("type", node.get("type"), fields::after_default(&seen.id).is_some());
    if seen.kind.is_none() && fields::id_of(node.get("connectedGroupId")).is_some() {
        seen.kind = Some(Kind::Teams);
    }
    seen.region = states::region(node.get("geo"));
    seen.azure_region = node.get("azureRegion").text().map(str::to_string);
    seen.url = node.get("url").text().filter(|u| !address::is_portal(u)).map(str::to_string);
    let database = node.get("dataverseId").text().is_some_and(|d| !fields::is_nil_guid(d));
    seen.dataverse = (database || seen.url.is_some()).then_some(true);
    let finance = r.finance(&[node]);
    seen.dynamics = (matches!(finance, Some(Some(_))) || states::dynamics_template(&[node])).then_some(true);
    seen.finance = finance;
    seen.managed = r.protection("protectionLevel", node.get("protectionLevel"));
    let enterprise = r.part(node, "enterprisePolicies");
    let read = policies::read(r, &enterprise, &Node::Null);
    (seen.key, seen.policies) = (read.key, read.others);

    let details = r.part(node, "retentionDetails");
    seen.retention_setting = r.retention("retentionDetails.retentionPeriod", details.get("retentionPeriod"));
    // Of what is not told to the instant, only what was offered in any case.
    seen.oldest_backup = r.past_of(&[&details], &OLDEST).map(|since| since.to);
    seen.offered = r.offered(details.first(OLDEST.keys), seen.oldest_backup, details.get("retentionPeriod"));
    let created = r.past_of(&[node], &CREATED);
    let modified = r.past_of(&[node], &MODIFIED);
    states::lived(&mut seen, created, &[modified]);
    let gone = flat::called_gone(r, node) || states::says_deleted(node.get("state"));
    seen.deleted = r.deletion(&[node], &DELETED, gone, &seen);
    seen.state = state(node);
    seen.background_operations = fields::enabled(node.get("backgroundOperationsState"));
    seen.activity = r.activity(&[("state", node.get("state"))]);
    seen.group_id = fields::id_of(node.get("environmentGroupId"));
    seen.group = match node.get("environmentGroupId") {
        Node::Null if node.has("environmentGroupId") => Some(None),
        group => group.text().map(|id| Some(id.to_string()).filter(|id| !fields::is_nil_guid(id))),
    };
    flat::added(r, node, &mut seen);
    Some(seen)
}

/// `adminMode` says whether administration mode is on; `state` whether it is disabled altogether, or in a state in which administration
/// mode says nothing: what failed is not enabled for that.
fn state(node: &Node<'_>) -> Option<RuntimeState> {
    let raw = node.get("state").text();
    let state = raw.map(str::to_ascii_lowercase);
    let mode = node.get("adminMode");
    let on =
        fields::enabled(mode).or_else(|| mode.text().map(|t| t.eq_ignore_ascii_case("adminmode")).filter(|on| *on));
    match (state.as_deref(), on) {
        (Some("disabled"), _) => Some(RuntimeState::Disabled),
        (_, Some(true)) | (Some("adminmode"), _) => Some(RuntimeState::AdminMode),
        (Some("enabled"), None) => Some(RuntimeState::Enabled),
        (None | Some("enabled" | "ready" | "succeeded" | "active"), Some(false)) => Some(RuntimeState::Enabled),
        (Some(word), Some(false)) => match states::operation(word) {
            Said::Busy(_) => Some(RuntimeState::Enabled),
            _ => {
                raw.filter(|_| !states::says_deleted(node.get("state"))).map(|raw| RuntimeState::Other(raw.to_string()))
            }
        },
        _ => None,
    }
}
