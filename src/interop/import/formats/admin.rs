//! The admin REST shape, bare or inside what `Get-AdminPowerAppEnvironment` wraps around it.

use super::super::Severity;
use super::super::address;
use super::super::announced;
use super::super::fields;
use super::super::node::{NOTHING, Node};
use super::super::policies;
use super::super::reading::Form;
use super::super::row::{DateField, MANAGED, Row, TimeSpan};
use super::super::says::Cause;
use super::super::states;
use super::resource::ResourceType;
use super::{FileShape, Format, HowTo, Proof, Reach, Reads, flat};
use crate::domain::environment::Kind;
use crate::domain::inventory::Observation;

const OLDEST: DateField = DateField {
    name: "retentionDetails.backupsAvailableFromDateTime",
    keys: &["backupsAvailableFromDateTime", "availableFromDateTime"],
    under: &["properties.retentionDetails"],
};
const CREATED: DateField = DateField {
    name: "createdTime",
    keys: &["createdTime", "createdOn", "createdAt", "createdDateTime"],
    under: &["properties", ""],
};
const MODIFIED: DateField = DateField {
    name: "lastModifiedTime",
    keys: &["lastModifiedTime", "lastModifiedOn", "lastModifiedAt", "lastModifiedDateTime"],
    under: &["properties", ""],
};
const DATABASE: DateField = DateField {
    name: "linkedEnvironmentMetadata.createdTime",
    keys: &["createdTime"],
    under: &["properties.linkedEnvironmentMetadata"],
};
const DELETED: DateField = DateField {
    name: "deletedTime",
    keys: &[
        "softDeletedTime",
        "deletedTime",
        "deletionTime",
        "deletedDateTime",
        "softDeletedDateTime",
        "deletedOn",
        "deletedAt",
    ],
    under: &["properties", ""],
};

/// Every field with an instant.
pub const DATES: &[DateField] =
    &[OLDEST, CREATED, MODIFIED, DATABASE, DELETED, announced::EXPIRES, announced::SCHEDULED, announced::ONGOING];

/// Keys under `properties` that only environments have.
const MARKS: &[&str] =
    &["environmentSku", "linkedEnvironmentMetadata", "isDefault", "databaseType", "governanceConfiguration"];

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let props = row.get("properties");
    let name = row.get("name").text().is_some_and(fields::is_environment_id);
    let long = row.get("id").text().unwrap_or_default();
    let mut parts = long.rsplit('/');
    let (end, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let in_environments = ResourceType(folder).ends_with("environments") && fields::is_environment_id(end);
    let resource = row.get("type").text().unwrap_or_default();
    let typed = resource.contains('/') && ResourceType(resource).ends_with("environments");
    if resource.eq_ignore_ascii_case("microsoft.powerplatform/environments") {
        return None;
    }
    if typed && (row.has("name") || row.has("id")) || in_environments {
        return Some(Proof::Typed);
    }
    let body = props.is_map() && MARKS.iter().any(|k| props.has(k));
    let cut = props.text().is_some_and(|t| t.contains("environmentSku="));
    // A REST body whose properties were lifted into the row.
    let lifted = row.has("environmentSku") || (row.has("linkedEnvironmentMetadata") && row.has("name"));
    if body || cut || (lifted && (name || row.has("id")) && !row.has("EnvironmentId") && !row.has("EnvironmentName")) {
        return Some(Proof::Keys);
    }
    (name && props.is_map() && row.has("location") && props.has("displayName")).then_some(Proof::Likely)
}

fn called(came: FileShape) -> &'static str {
    match (came.form, came.single) {
        (Form::Json, true) => "admin REST",
        (Form::Json, false) => "admin REST list",
        (Form::Csv, _) => "Get-AdminPowerAppEnvironment as CSV",
        _ => "Get-AdminPowerAppEnvironment as text",
    }
}

pub static FORMAT: Format = Format {
    what: "environments of the admin REST API",
    called,
    recognised_by: "an id or a type that ends in `/environments`, or `properties` with `environmentSku` and the like",
    proof,
    reads: Reads::Environments(|r, node| read(r, node, Wrap::Bare)),
    reach: Reach::Tenant,
    instead: "",
    read_as: "environments; one object, one page, or the list of one user is a part of the tenant",
    how: &[HowTo {
        title: "Admin REST",
        command: "GET https://api.bap.microsoft.com/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments?api-version=2020-10-01&$expand=properties.capacity,properties.addons",
        note: "Save the whole answer as a file. Leaves Dynamics 365 apps unknown, and key and policies that it does not name.",
    }],
    dates: DATES,
};

/// What stands around the REST body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    Bare,
    /// A cmdlet's object: the fields of the body are under `Internal`, with copies of some beside it.
    Cmdlet,
    /// The same, in a list of deleted environments: whatever else the row says, it is deleted.
    DeletedCmdlet,
}

/// Where a field of a row may stand.
struct Places<'n> {
    /// The row itself, with PowerShell's copies or a flattened selection.
    row: &'n Node<'n>,
    body: &'n Node<'n>,
    props: &'n Node<'n>,
}

impl<'n> Places<'n> {
    /// A field that is called `key` in the body and `copy` in the row.
    fn either(&self, key: &str, copy: &str) -> &'n Node<'n> {
        let there = |node: &'n Node<'n>| Some(node).filter(|n| !n.is_null());
        let found =
            there(self.props.get(key)).or_else(|| there(self.row.get(copy))).or_else(|| there(self.body.get(key)));
        found.unwrap_or(&NOTHING)
    }

    fn all(&self) -> [&'n Node<'n>; 3] {
        [self.props, self.row, self.body]
    }
}

/// Reads a row.
pub fn read(r: &mut Row<'_>, node: &Node<'_>, wrap: Wrap) -> Option<Observation> {
    let powershell = wrap != Wrap::Bare;
    let body = if powershell { r.object(node, "Internal") } else { std::borrow::Cow::Borrowed(node) };
    let props = r.object(&body, "properties");
    let places = Places { row: node, body: &body, props: &props };
    let mut seen = Observation { id: id(node, &body, powershell)?, ..Observation::default() };
    identity(r, &places, &mut seen);
    let linked = r.part(&props, "linkedEnvironmentMetadata");
    database(r, &places, &linked, &mut seen);
    protection(r, &places, &mut seen);
    retention(r, &places, &mut seen);
    times(r, &places, &linked, &mut seen);
    state(r, &places, &linked, wrap, &mut seen);
    group(r, &props, &mut seen);
    seen.database_mb = states::database_mb(r, places.either("capacity", "capacity"));
    let enforcement = r.child(&props, "lifecycleOperationsEnforcement");
    seen.service_reasons = states::service_reasons(&enforcement);
    flat::added(r, node, &mut seen);
    Some(seen)
}

/// What it is called, of what kind it is, and where.
fn identity(r: &mut Row<'_>, places: &Places<'_>, seen: &mut Observation) {
    let is_default = places.either("isDefault", "IsDefault");
    let is_default = if is_default.is_null() { places.row.first(flat::IS_DEFAULT) } else { is_default };
    let is_default = r.flag("isDefault", is_default) == Some(true) || fields::after_default(&seen.id).is_some();
    seen.name = places.either("displayName", "DisplayName").text().map(str::to_string);

    let sku = [places.either("environmentSku", "EnvironmentType"), places.either("environmentType", "EnvironmentType")];
    seen.kind = sku.iter().find(|n| !n.is_null()).and_then(|n| r.kind("environmentSku", n, is_default));
    if is_default {
        seen.kind = Some(Kind::Default);
    }
    if seen.kind.is_none() && places.props.get("connectedGroups").list().is_some_and(|l| !l.is_empty()) {
        seen.kind = Some(Kind::Teams);
    }
    seen.region = states::region(places.either("location", "Location"));
    seen.azure_region = places.either("azureRegion", "azureRegion").text().map(str::to_string);
    let hint = places.props.get("azureRegionHint");
    match states::region(hint) {
        // The name of a geography is one; that of a data center only lies in one.
        Some(region) if region.is_named() => seen.region = seen.region.take().or(Some(region)),
        Some(_) => {
            if seen.region.is_none() {
                r.tell("azureRegionHint", hint.text().unwrap_or_default(), &Cause::NoGeography);
            }
            seen.azure_region = seen.azure_region.take().or(hint.text().map(str::to_string));
        }
        None => {}
    }
}

/// What the metadata of its database tell.
fn database(r: &mut Row<'_>, places: &Places<'_>, linked: &Node<'_>, seen: &mut Observation) {
    let Places { row, props, .. } = *places;
    seen.dataverse = dataverse(props, linked, row);
    let address = linked.first(&["instanceUrl", "instanceApiUrl"]).text();
    seen.url = address.filter(|u| !address::is_portal(u)).map(str::to_string);
    let finance = r.finance(&[props, linked, row]);
    seen.dynamics = (matches!(finance, Some(Some(_))) || states::dynamics_template(&[linked, props])).then_some(true);
    seen.finance = finance;
    seen.background_operations = fields::enabled(linked.get("backgroundOperationsState"));
}

/// Whether it is managed, and its key and policies.
fn protection(r: &mut Row<'_>, places: &Places<'_>, seen: &mut Observation) {
    let governance = places.either("governanceConfiguration", "GovernanceConfiguration");
    let governance = r.open(governance);
    r.is_part("governanceConfiguration", &governance);
    let level = [governance.get("protectionLevel"), places.row.get("protectionLevel")];
    let level = level.into_iter().find(|n| !n.is_null());
    seen.managed = level.and_then(|n| r.protection("governanceConfiguration.protectionLevel", n));
    if seen.managed.is_none()
        && let Some(column) = MANAGED.iter().find(|k| places.row.has(k))
    {
        // A column that whoever exported the list made of it.
        seen.managed = r.managed(column, places.row.get(column));
    }

    let status = r.part(places.props, "protectionStatus");
    let enterprise = r.part(places.props, "enterprisePolicies");
    let read = policies::read(r, &enterprise, status.get("keyManagedBy"));
    (seen.key, seen.policies) = (read.key, read.others);
}

/// How long its backups are kept, and what of them the service offers.
fn retention(r: &mut Row<'_>, places: &Places<'_>, seen: &mut Observation) {
    let details = places.either("retentionDetails", "retentionDetails");
    let details = r.open(details);
    r.is_part("retentionDetails", &details);
    let period = details.get("retentionPeriod");
    let detailed = r.retention("retentionDetails.retentionPeriod", period);
    let plain_period = places.either("retentionPeriod", "retentionPeriod");
    let plain = if plain_period == period { detailed } else { r.retention("retentionPeriod", plain_period) };
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
    // Of what is not told to the instant, only what was offered in any case.
    seen.oldest_backup = r.past_of(&[&details], &OLDEST).map(|since| since.to);
    let period = if period.is_null() { plain_period } else { period };
    seen.offered = r.offered(details.first(OLDEST.keys), seen.oldest_backup, period);
}

/// When it was created, and since when and until when it surely was there.
fn times(r: &mut Row<'_>, places: &Places<'_>, linked: &Node<'_>, seen: &mut Observation) {
    let created = r.past_of(&places.all(), &CREATED);
    let modified = r.past_of(&places.all(), &MODIFIED);
    let database = r.past_of(&[linked], &DATABASE);
    states::lived(seen, created, &[modified, database]);
    seen.database_since = database.and_then(TimeSpan::exact).filter(|at| seen.created.is_some_and(|c| *at > c));
}

/// In what state it is, what occupies it, and whether it is deleted or soon will be.
fn state(r: &mut Row<'_>, places: &Places<'_>, linked: &Node<'_>, wrap: Wrap, seen: &mut Observation) {
    let states = r.part(places.props, "states");
    let runtime = r.child(&states, "runtime");
    let management = r.child(&states, "management");
    seen.state = states::runtime(runtime.get("id")).or_else(|| states::runtime(&runtime));
    let management = if management.is_map() { management.get("id") } else { &*management };
    let provisioning = places.either("provisioningState", "CommonDataServiceDatabaseProvisioningState");
    seen.activity = r.activity(&[
        ("states.management.id", management),
        ("linkedEnvironmentMetadata.instanceState", linked.get("instanceState")),
        ("provisioningState", provisioning),
    ]);
    // What was once provisioned says nothing of what runs now: that is told by the state of the environment or of its database.
    let told = management.text().or_else(|| linked.get("instanceState").text());
    seen.activity = seen.activity.take().filter(|activity| activity.is_some() || told.is_some());
    if let Some(ongoing) = r.ongoing(places.props) {
        seen.activity = ongoing.map(Some).or(seen.activity.take());
    }
    let gone = wrap == Wrap::DeletedCmdlet || [management, provisioning].into_iter().any(states::says_deleted);
    let gone = flat::called_gone(r, places.row) || gone;
    seen.deleted = r.deletion(&places.all(), &DELETED, gone, seen);
    seen.endings = r.endings(places.props, seen.kind.as_ref());
}

/// The environment group that it is in.
fn group(r: &mut Row<'_>, props: &Node<'_>, seen: &mut Observation) {
    let group = r.part(props, "parentEnvironmentGroup");
    seen.group_id = fields::id_of(group.get("id"));
    seen.group = match &*group {
        Node::Map(_) => {
            let name = group.first(&["displayName", "id"]).text().filter(|id| !fields::is_nil_guid(id));
            Some(name.map(str::to_string))
        }
        Node::Null if props.has("parentEnvironmentGroup") => Some(None),
        _ => None,
    };
}

/// `name` of the REST body, `EnvironmentName` of PowerShell, or the end of the long id.
fn id(node: &Node<'_>, body: &Node<'_>, powershell: bool) -> Option<String> {
    let copy = if powershell { node.first(&["EnvironmentName", "EnvironmentId"]).text() } else { None };
    let long = body.get("id").text().and_then(|id| id.rsplit('/').next());
    [copy, body.get("name").text(), long]
        .into_iter()
        .flatten()
        .find(|t| fields::is_environment_id(t))
        .map(str::to_string)
}

/// `linkedEnvironmentMetadata` is the proof. `databaseType` beside null metadata proves nothing; only where both say that there
/// is none, there is none.
fn dataverse(props: &Node<'_>, linked: &Node<'_>, row: &Node<'_>) -> Option<bool> {
    if let Node::Map(pairs) = linked {
        // An object that was cut off empty still was an object.
        return (!pairs.is_empty()).then_some(true);
    }
    // Of what was cut off only the row's own column is left: nothing and an object are printed alike.
    let cut = !linked.is_null();
    let none = |n: &Node<'_>| n.text().is_some_and(|t| t.eq_ignore_ascii_case("none"));
    let database = props.get("databaseType");
    let copy = row.get("CommonDataServiceDatabaseType");
    if copy.text().is_some_and(|t| t.eq_ignore_ascii_case("Common Data Service for Apps")) && (cut || !props.is_map()) {
        return Some(true);
    }
    let told_null = !cut && props.has("linkedEnvironmentMetadata");
    let told_none = none(database) || (none(copy) && props.is_map());
    let contradicted = database.text().is_some() && !none(database);
    ((told_null || told_none) && !contradicted && (told_none || database.is_null())).then_some(false)
}
