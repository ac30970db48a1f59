//! The admin REST shape, bare or inside what `Get-AdminPowerAppEnvironment` wraps around it.

use super::Severity;
use super::fields;
use super::node::Node;
use super::policies;
use super::row::{self, Row};
use crate::domain::environment::Kind;
use crate::domain::inventory::Observation;
use chrono::{DateTime, Utc};

/// Reads a row. `powershell`: the fields of the REST body are under `Internal`, with copies of some beside it.
pub fn read(r: &mut Row<'_>, node: &Node<'_>, powershell: bool) -> Option<Observation> {
    let body = if powershell { r.child(node, "Internal") } else { std::borrow::Cow::Borrowed(node) };
    let props = r.child(&body, "properties");
    // A field may stand in the properties, in the row (PowerShell's copies, a flattened selection), or nowhere.
    let either = |key: &str, copy: &str| -> Node<'_> {
        [props.get(key), node.get(copy), body.get(key)]
            .into_iter()
            .find(|n| !n.is_null())
            .cloned()
            .unwrap_or(Node::Null)
    };

    let id = id(node, &body, powershell)?;
    let is_default = either("isDefault", "IsDefault");
    let is_default = r.flag("isDefault", &is_default) == Some(true);
    let mut seen = Observation { id, ..Observation::default() };
    seen.name = either("displayName", "DisplayName").text().map(str::to_string);

    let sku = [either("environmentSku", "EnvironmentType"), either("environmentType", "EnvironmentType")];
    seen.kind = sku.iter().find(|n| !n.is_null()).and_then(|n| r.kind("environmentSku", n, is_default));
    if is_default {
        seen.kind = Some(Kind::Default);
    }
    if seen.kind.is_none() && props.get("connectedGroups").list().is_some_and(|l| !l.is_empty()) {
        seen.kind = Some(Kind::Teams);
    }
    seen.region = row::region(&either("location", "Location"));
    seen.azure_region = either("azureRegion", "azureRegion").text().map(str::to_string);
    if seen.azure_region.is_none() {
        seen.azure_region = props.get("azureRegionHint").text().map(str::to_string);
    }

    let linked = r.child(&props, "linkedEnvironmentMetadata");
    seen.dataverse = dataverse(&props, &linked, node);
    seen.url = linked.first(&["instanceUrl", "instanceApiUrl"]).text().map(str::to_string);
    seen.background_operations = fields::enabled(linked.get("backgroundOperationsState"));

    let governance = either("governanceConfiguration", "GovernanceConfiguration");
    let governance = r.open(&governance).into_owned();
    let level = [governance.get("protectionLevel"), node.get("protectionLevel")].into_iter().find(|n| !n.is_null());
    seen.managed = level.and_then(|n| r.protection("governanceConfiguration.protectionLevel", n));

    let status = r.child(&props, "protectionStatus");
    let enterprise = r.child(&props, "enterprisePolicies");
    let read = policies::read(r, &enterprise, status.get("keyManagedBy"));
    (seen.key, seen.policies) = (read.key, read.others);

    let details = either("retentionDetails", "retentionDetails");
    let details = r.open(&details).into_owned();
    let detailed = r.retention("retentionDetails.retentionPeriod", details.get("retentionPeriod"));
    let plain = either("retentionPeriod", "retentionPeriod");
    let plain = r.retention("retentionPeriod", &plain);
    seen.retention_setting = match (detailed, plain) {
        (Some(a), Some(b)) if a != b => {
            r.finding(
                Severity::Warning,
                "retentionPeriod",
                &format!("{b} and {a} days"),
                "the row gives two retention settings; the shorter one is taken, which promises nothing too much",
                "look it up in the admin center and answer the question in the app",
            );
            Some(a.min(b))
        }
        (a, b) => a.or(b),
    };
    let oldest = details.first(&["backupsAvailableFromDateTime", "availableFromDateTime"]);
    seen.oldest_backup = r.past("retentionDetails.backupsAvailableFromDateTime", oldest);

    let created = either("createdTime", "CreatedTime");
    seen.created = r.past("createdTime", &created);
    let modified = either("lastModifiedTime", "LastModifiedTime");
    let modified = r.past("lastModifiedTime", &modified);
    let database_since = r.past("linkedEnvironmentMetadata.createdTime", linked.get("createdTime"));
    seen.existed_by = [seen.created, modified, database_since].into_iter().flatten().min();
    seen.database_since = database_since.filter(|at| seen.created.is_some_and(|c| *at > c));

    let states = r.child(&props, "states");
    let runtime = r.child(&states, "runtime");
    let management = r.child(&states, "management");
    seen.state = row::runtime(runtime.get("id")).or_else(|| row::runtime(&runtime));
    let management = management.get("id");
    let provisioning = either("provisioningState", "CommonDataServiceDatabaseProvisioningState");
    seen.activity = r.activity(&[
        ("states.management.id", management),
        ("linkedEnvironmentMetadata.instanceState", linked.get("instanceState")),
        ("provisioningState", &provisioning),
    ]);
    seen.deleted = deleted(r, &body, &props, management, &provisioning, modified.or(seen.created));

    let group = r.child(&props, "parentEnvironmentGroup");
    seen.group = match &*group {
        Node::Map(_) => {
            let name = group.first(&["displayName", "id"]).text().filter(|id| !fields::is_nil_guid(id));
            Some(name.map(str::to_string))
        }
        Node::Null if props.has("parentEnvironmentGroup") => Some(None),
        _ => None,
    };
    seen.database_mb = row::database_mb(props.get("capacity"));
    let enforcement = r.child(&props, "lifecycleOperationsEnforcement");
    seen.service_reasons = row::service_reasons(&enforcement);
    Some(seen)
}

/// `name` of the REST body, `EnvironmentName` of PowerShell, or the end of the long id.
fn id(node: &Node<'_>, body: &Node<'_>, powershell: bool) -> Option<String> {
    let name = body.get("name").text().filter(|n| fields::is_environment_id(n));
    let copy = if powershell { node.first(&["EnvironmentName", "EnvironmentId"]).text() } else { None };
    let long = body.get("id").text().and_then(|id| id.rsplit('/').next()).filter(|id| fields::is_environment_id(id));
    let loose = if powershell { None } else { body.get("name").text() };
    copy.or(name).or(long).or(loose).map(str::to_string)
}

/// `linkedEnvironmentMetadata` is the proof. `databaseType` beside null metadata proves nothing; only where both say that there
/// is none, there is none.
fn dataverse(props: &Node<'_>, linked: &Node<'_>, row: &Node<'_>) -> Option<bool> {
    if let Node::Map(pairs) = linked {
        // An object that was cut off empty still was an object.
        return (!pairs.is_empty()).then_some(true);
    }
    if !linked.is_null() {
        return None;
    }
    let none = |n: &Node<'_>| n.text().is_some_and(|t| t.eq_ignore_ascii_case("none"));
    let database = props.get("databaseType");
    let copy = row.get("CommonDataServiceDatabaseType");
    if copy.text().is_some_and(|t| t.eq_ignore_ascii_case("Common Data Service for Apps")) && !props.is_map() {
        return Some(true);
    }
    let told_null = props.has("linkedEnvironmentMetadata");
    let told_none = none(database) || (none(copy) && props.is_map());
    let contradicted = database.text().is_some() && !none(database);
    ((told_null || told_none) && !contradicted && (told_none || database.is_null())).then_some(false)
}

/// When it was deleted, if it was.
fn deleted(
    r: &mut Row<'_>,
    body: &Node<'_>,
    props: &Node<'_>,
    management: &Node<'_>,
    provisioning: &Node<'_>,
    last_seen: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    let field =
        props.first(&["softDeletedTime", "deletedTime", "deletionTime", "deletedDateTime", "softDeletedDateTime"]);
    if let Some(at) = r.past("deletedTime", field) {
        return Some(at);
    }
    let soft = |n: &Node<'_>| n.text().is_some_and(|t| t.to_ascii_lowercase().contains("softdeleted"));
    let says = row::says_deleted(management)
        || row::says_deleted(provisioning)
        || soft(body.get("type"))
        || soft(body.get("id"));
    if !says {
        return None;
    }
    // The earliest instant at which it can have been deleted makes the shortest promise about recovering it (X1).
    let at = last_seen.unwrap_or(r.file.now);
    r.finding(
        Severity::Warning,
        "deletedTime",
        "",
        "it is deleted, but the file does not say when; its last change is taken, the earliest time possible",
        "look up in the admin center until when it can be recovered",
    );
    Some(at)
}
