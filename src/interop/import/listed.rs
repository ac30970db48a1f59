//! Flat rows: `pac admin list` (JSON and text), `pac admin query` (CSV and JSON), and the Power Platform API.

use super::fields;
use super::node::Node;
use super::policies;
use super::row::{self, Row};
use crate::domain::environment::{Kind, RuntimeState};
use crate::domain::inventory::Observation;

/// A row of pac: few fields, under names that differ between versions and output types.
pub fn read_pac(r: &mut Row<'_>, node: &Node<'_>) -> Option<Observation> {
    let props = r.child(node, "properties");
    let any = |keys: &[&str]| -> Node<'_> {
        let inner = props.first(keys);
        if inner.is_null() { node.first(keys).clone() } else { inner.clone() }
    };
    let id = any(&["EnvironmentId", "EnvId"]);
    let id = id.text().or_else(|| node.get("name").text().filter(|n| fields::is_environment_id(n)))?.to_string();
    let mut seen = Observation { id, ..Observation::default() };
    let name =
        any(&["DisplayName", "EnvironmentDisplayName", "FriendlyName", "Environment", "EnvironmentName", "Name"]);
    seen.name = name.text().filter(|n| *n != seen.id).map(str::to_string);
    let is_default = any(&["IsDefault"]);
    let is_default = r.flag("IsDefault", &is_default) == Some(true);
    let kind = any(&["EnvironmentType", "EnvironmentSku", "Type", "Sku"]);
    // In a raw query row `type` names the sort of resource, not the kind.
    let kind = if kind.text().is_some_and(|t| t.contains('/')) { Node::Null } else { kind };
    seen.kind = r.kind("EnvironmentType", &kind, is_default);
    seen.region = row::region(&any(&["Region", "Location", "Geo", "EnvironmentRegion"]));
    seen.azure_region = any(&["AzureRegion"]).text().map(str::to_string);

    let url = any(&["EnvironmentUrl", "InstanceUrl", "Url"]);
    seen.url = url.text().filter(|u| *u != "-").map(str::to_string);
    let organization = any(&["OrganizationId", "DataverseId", "OrgId"]);
    let organization = organization.text().is_some_and(|o| fields::is_guid(o) && !fields::is_nil_guid(o));
    // Only a Dataverse database has an organization or an address of its own; their absence proves nothing.
    seen.dataverse = (seen.url.is_some() || organization).then_some(true);

    let managed = any(&["IsManaged", "Managed", "IsManagedEnvironment"]);
    seen.managed = r.flag("IsManaged", &managed);
    if seen.managed.is_none() {
        let level = any(&["ProtectionLevel"]);
        seen.managed = r.protection("ProtectionLevel", &level);
    }
    let retention =
        any(&["BackupRetentionPeriod", "RetentionPeriod", "RetentionPeriodInDays", "BackupRetentionPeriodInDays"]);
    seen.retention_setting = r.retention("RetentionPeriod", &retention);
    let created = any(&["CreatedAt", "CreatedOn", "CreatedTime", "CreatedDateTime"]);
    seen.created = r.past("CreatedAt", &created);
    let modified = any(&["LastModifiedAt", "LastModifiedTime", "LastModifiedOn", "LastModifiedDateTime"]);
    let modified = r.past("LastModifiedAt", &modified);
    seen.existed_by = [seen.created, modified].into_iter().flatten().min();
    let state = any(&["State", "EnvironmentState", "Status"]);
    seen.activity = r.activity(&[("State", &state)]);
    seen.group =
        group(&any(&["EnvironmentGroup", "GroupName", "EnvironmentGroupName"]), &any(&["EnvironmentGroupId"]), node);
    Some(seen)
}

/// The group: its name, else its id. An empty cell of a column that is there means that it is in none.
fn group(name: &Node<'_>, id: &Node<'_>, row: &Node<'_>) -> Option<Option<String>> {
    let named = name.text().filter(|n| *n != "-");
    let known = named.or_else(|| id.text().filter(|i| *i != "-" && !fields::is_nil_guid(i)));
    match known {
        Some(group) => Some(Some(group.to_string())),
        None => ["EnvironmentGroup", "GroupName", "EnvironmentGroupId"].iter().any(|k| row.has(k)).then_some(None),
    }
}

/// A row of the Power Platform API.
pub fn read_api(r: &mut Row<'_>, node: &Node<'_>) -> Option<Observation> {
    let id = node.get("id").text()?.to_string();
    let mut seen = Observation { id, ..Observation::default() };
    seen.name = node.get("displayName").text().map(str::to_string);
    seen.kind = r.kind("type", node.get("type"), false);
    if seen.kind.is_none() && node.get("connectedGroupId").text().is_some_and(|g| !fields::is_nil_guid(g)) {
        seen.kind = Some(Kind::Teams);
    }
    seen.region = row::region(node.get("geo"));
    seen.azure_region = node.get("azureRegion").text().map(str::to_string);
    seen.url = node.get("url").text().map(str::to_string);
    let database = node.get("dataverseId").text().is_some_and(|d| !fields::is_nil_guid(d));
    seen.dataverse = (database || seen.url.is_some()).then_some(true);
    seen.managed = r.protection("protectionLevel", node.get("protectionLevel"));
    let enterprise = r.child(node, "enterprisePolicies");
    let read = policies::read(r, &enterprise, &Node::Null);
    (seen.key, seen.policies) = (read.key, read.others);

    let details = r.child(node, "retentionDetails");
    seen.retention_setting = r.retention("retentionDetails.retentionPeriod", details.get("retentionPeriod"));
    let oldest = details.first(&["availableFromDateTime", "backupsAvailableFromDateTime"]);
    seen.oldest_backup = r.past("retentionDetails.availableFromDateTime", oldest);
    seen.created = r.past("createdDateTime", node.get("createdDateTime"));
    let modified = r.past("lastModifiedDateTime", node.get("lastModifiedDateTime"));
    seen.existed_by = [seen.created, modified].into_iter().flatten().min();
    seen.deleted = r.past("deletedDateTime", node.get("deletedDateTime"));
    seen.state = state(node);
    seen.background_operations = fields::enabled(node.get("backgroundOperationsState"));
    seen.activity = r.activity(&[("state", node.get("state"))]);
    seen.group = match node.get("environmentGroupId") {
        Node::Null if node.has("environmentGroupId") => Some(None),
        group => group.text().map(|id| Some(id.to_string()).filter(|id| !fields::is_nil_guid(id))),
    };
    Some(seen)
}

/// `adminMode` says whether administration mode is on; `state` whether it is disabled altogether.
fn state(node: &Node<'_>) -> Option<RuntimeState> {
    let state = node.get("state").text().map(str::to_ascii_lowercase);
    let mode = node.get("adminMode");
    let on =
        fields::enabled(mode).or_else(|| mode.text().map(|t| t.eq_ignore_ascii_case("adminmode")).filter(|on| *on));
    match (state.as_deref(), on) {
        (Some("disabled"), _) => Some(RuntimeState::Disabled),
        (_, Some(true)) | (Some("adminmode"), _) => Some(RuntimeState::AdminMode),
        (_, Some(false)) | (Some("enabled"), None) => Some(RuntimeState::Enabled),
        _ => None,
    }
}
