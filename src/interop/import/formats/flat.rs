//! What flat rows have in common: few columns, under names that differ between tools, versions and output types.

use super::super::address;
use super::super::fields;
use super::super::node::{NOTHING, Node};
use super::super::policies;
use super::super::row::{DateField, MANAGED, Row};
use super::super::says::Cause;
use super::super::states;
use super::KINDS;
use crate::domain::environment::{Key, Kind, Region, RuntimeState};
use crate::domain::inventory::Observation;

pub const CREATED: DateField = DateField {
    name: "CreatedAt",
    keys: &[
        "CreatedAt",
        "CreatedOn",
        "CreatedTime",
        "CreatedDateTime",
        "createdDate",
        "EnvironmentCreatedTime",
        "EnvironmentCreatedOn",
    ],
    under: &["", "properties"],
};
pub const MODIFIED: DateField = DateField {
    name: "LastModifiedAt",
    keys: &["LastModifiedAt", "LastModifiedTime", "LastModifiedOn", "LastModifiedDateTime", "ModifiedOn"],
    under: &["", "properties"],
};
pub const DELETED: DateField = DateField {
    name: "deletedTime",
    keys: &[
        "deletedTime",
        "deletedAt",
        "deletedOn",
        "deletedDateTime",
        "softDeletedTime",
        "EnvironmentDeletedTime",
        "EnvironmentDeletedOn",
    ],
    under: &["", "properties"],
};

/// The columns under which the reports print what they say.
const REGION: &[&str] = &["Region", "Location", "Geo", "EnvironmentRegion"];
const DATABASE_MB: &[&str] = &["DatabaseMB", "DatabaseSizeMB", "DatabaseUsedMB"];
const RETENTION: &[&str] = &[
    "BackupRetentionPeriod",
    "RetentionPeriod",
    "RetentionPeriodInDays",
    "BackupRetentionPeriodInDays",
    "BackupRetention",
];
/// Columns that say whether it is deleted.
const GONE: &[&str] = &["EnvironmentDeleted", "IsDeleted", "Deleted"];
const ADDRESS: &[&str] = &["cdsInstanceUrl", "InstanceUrl", "DataverseUrl", "OrganizationUrl", "EnvironmentUrl", "Url"];
const DATAVERSE: &[&str] = &["HasCDS", "HasDataverse", "HasDatabase", "Dataverse"];
const GROUP: &[&str] = &["EnvironmentGroup", "GroupName", "EnvironmentGroupName"];
const ADMIN_MODE: &[&str] = &["AdminMode", "AdministrationMode", "IsAdminMode"];
/// Columns that say who manages the encryption key, and whether it is the customer's.
const KEEPER: &[&str] = &["KeyManagedBy", "EncryptionKeyManagedBy"];
const OWN_KEY: &[&str] = &[
    "CustomerManagedKey",
    "CustomerManagedKeys",
    "CustomerManagedKeyEnabled",
    "HasCustomerManagedKey",
    "IsCustomerManagedKey",
    "CMK",
];
/// Columns that say whether it is the tenant's Default environment, whatever kind an older column calls it.
pub const IS_DEFAULT: &[&str] = &["IsDefault", "EnvironmentIsDefault", "IsDefaultEnvironment", "DefaultEnvironment"];

/// The protection levels that somebody may have put into a column that says yes or no.
const LEVELS: &[(&str, bool)] = &[("Standard", true), ("Basic", false)];

/// All of them.
pub const DATES: &[DateField] = &[CREATED, MODIFIED, DELETED];

/// The id that a flat row gives: under the keys that say what it is, else under `name` where it can be nothing else.
pub fn id(row: &Node<'_>, props: &Node<'_>) -> Option<String> {
    let keys = ["EnvironmentId", "EnvId", "EnvironmentName"];
    let named = [props, row].into_iter().flat_map(|n| keys.map(|k| n.get(k)));
    let named = named.filter_map(Node::text).find(|t| fields::is_environment_id(t));
    let plain = ["name", "id"].iter().filter_map(|k| row.get(k).text());
    let plain = plain.map(|t| t.rsplit('/').next().unwrap_or(t));
    named.or_else(|| plain.into_iter().find(|t| fields::is_environment_id(t))).map(str::to_string)
}

pub fn read(r: &mut Row<'_>, node: &Node<'_>) -> Option<Observation> {
    let props = r.object(node, "properties");
    let any = |keys: &[&str]| -> &Node<'_> {
        let inner = props.first(keys);
        if inner.is_null() { node.first(keys) } else { inner }
    };
    // What the file itself calls the first of several columns that is there.
    let called = |keys: &[&'static str]| -> &str {
        let inside = keys.iter().any(|key| props.has(key));
        if inside { props.spelled(keys) } else { node.spelled(keys) }
    };
    let places = [&*props, node];
    let id = id(node, &props)?;
    let mut seen = Observation { id, ..Observation::default() };
    let name =
        any(&["DisplayName", "EnvironmentDisplayName", "FriendlyName", "Environment", "EnvironmentName", "Name"]);
    seen.name = name.text().filter(|n| !fields::is_environment_id(n)).map(str::to_string);
    let is_default =
        r.flag(called(IS_DEFAULT), any(IS_DEFAULT)) == Some(true) || fields::after_default(&seen.id).is_some();
    let kind = agreed(r, places, KINDS, kind_of);
    // In a raw query row `type` names the sort of resource, not the kind.
    let kind = if kind.text().is_some_and(|t| t.contains('/')) { &Node::Null } else { kind };
    seen.kind = r.kind(called(KINDS), kind, is_default);
    seen.azure_region = any(&["AzureRegion"]).text().map(str::to_string);
    let named = |n: &Node<'_>| states::region(n).filter(Region::is_named);
    let told = agreed(r, places, REGION, named);
    region(r, called(REGION), told, &mut seen);

    let addresses = ADDRESS.iter().filter_map(|k| any(&[k]).text()).filter(|u| *u != "-" && !address::is_portal(u));
    seen.url = addresses.map(str::to_string).next();
    seen.dataverse = dataverse(node, seen.url.is_some(), any(&["OrganizationId", "DataverseId", "OrgId"]));
    seen.dataverse = seen.dataverse.or_else(|| r.flag(called(DATAVERSE), any(DATAVERSE)));
    seen.database_mb = r.amount(called(DATABASE_MB), any(DATABASE_MB));

    let level = |n: &Node<'_>| n.text().and_then(|t| LEVELS.iter().find(|(level, _)| t.eq_ignore_ascii_case(level)));
    let managed = agreed(r, places, MANAGED, |n| fields::yes_no(n).or_else(|| level(n).map(|(_, managed)| *managed)));
    seen.managed = r.managed(called(MANAGED), managed);
    const PROTECTION: &[&str] = &["ProtectionLevel", "governanceConfigurationType"];
    if seen.managed.is_none() {
        seen.managed = r.protection(called(PROTECTION), any(PROTECTION));
    }
    let period = agreed(r, places, RETENTION, |n| n.words().and_then(|raw| fields::days(&raw)));
    seen.retention_setting = r.retention(called(RETENTION), period);
    let created = r.past_of(&[&props, node], &CREATED);
    let modified = r.past_of(&[&props, node], &MODIFIED);
    states::lived(&mut seen, created, &[modified]);
    const STATE: &[&str] = &["State", "EnvironmentState", "Status"];
    let state = any(STATE);
    seen.activity = r.activity(&[(called(STATE), state)]);
    seen.state = runtime(state, any(ADMIN_MODE));
    seen.key = key(r, &[&props, node]);
    let gone = is_gone(r, called(GONE), any(GONE)) || states::says_deleted(state);
    seen.deleted = r.deletion(&[&props, node], &DELETED, gone, &seen);
    seen.group_id = fields::id_of(any(&["EnvironmentGroupId"]));
    seen.group = group(any(GROUP), &seen, [node, &props]);
    Some(seen)
}

/// The kind that a column names. In a raw query row `type` is the sort of resource, and `sku` may be the class of service.
fn kind_of(node: &Node<'_>) -> Option<Kind> {
    const NONE: &[&str] = &["notspecified", "none", "unknown", "-", "standard", "premium", "basic"];
    let named = |t: &&str| !t.contains('/') && !NONE.iter().any(|none| t.eq_ignore_ascii_case(none));
    node.text().filter(named).map(Kind::read)
}

/// The first of several columns that can say one thing, as [`Node::first`] finds it; none where two of them say different things.
fn agreed<'n, T: PartialEq>(
    r: &mut Row<'_>,
    places: [&'n Node<'n>; 2],
    keys: &[&str],
    says: impl Fn(&Node<'_>) -> Option<T>,
) -> &'n Node<'n> {
    let all = || places.into_iter().flat_map(|place| keys.iter().map(move |k| (*k, place.get(k))));
    let mut told = all().filter_map(|(key, node)| Some((key, node, says(node)?)));
    let first = told.next();
    if let Some((key, node, first)) = &first
        && let Some((other, beside, _)) = told.find(|(_, _, said)| said != first)
    {
        let values = [node, beside].map(|n| n.words().unwrap_or_default()).join(", ");
        r.tell(&format!("{key}, {other}"), &values, &Cause::ColumnsDiffer);
        return &NOTHING;
    }
    if let Some((_, node, _)) = first {
        return node;
    }
    all().map(|(_, node)| node).find(|node| !node.is_null()).unwrap_or(&NOTHING)
}

/// Reads the columns that people put beside what a tool prints, such as those that they made with `Select-Object`: what `seen` does not
/// say already. Whether it is deleted is told by [`called_gone`], for it decides more than one fact.
pub fn added(r: &mut Row<'_>, row: &Node<'_>, seen: &mut Observation) {
    if seen.region.is_none() {
        region(r, row.spelled(REGION), row.first(REGION), seen);
    }
    if seen.url.is_none() {
        let told = ADDRESS.iter().filter_map(|k| row.get(k).text());
        seen.url = told.filter(|u| u.contains('.') && !address::is_portal(u)).map(str::to_string).next();
        seen.dataverse = seen.dataverse.or(seen.url.is_some().then_some(true));
    }
    if seen.dataverse.is_none() {
        seen.dataverse = r.flag(row.spelled(DATAVERSE), row.first(DATAVERSE));
    }
    if seen.database_mb.is_none() {
        seen.database_mb = r.amount(row.spelled(DATABASE_MB), row.first(DATABASE_MB));
    }
    if seen.retention_setting.is_none() {
        // That of the tool itself was read, and what is wrong with it was said.
        let others: Vec<&str> = RETENTION.iter().copied().filter(|k| *k != "RetentionPeriod").collect();
        seen.retention_setting = r.retention(row.spelled(&others), row.first(&others));
    }
    if seen.key.is_none() {
        seen.key = key(r, &[row]);
    }
    // Where the tool prints a state of its own, that was read, also where it says nothing.
    if seen.state.is_none() && !row.has("state") {
        seen.state = runtime(&Node::Null, row.first(ADMIN_MODE));
    }
    if seen.group.is_none() {
        seen.group_id = seen.group_id.take().or_else(|| fields::id_of(row.get("EnvironmentGroupId")));
        seen.group = group(row.first(GROUP), seen, [row, row]);
    }
}

/// Whether a column that people added calls it deleted.
pub fn called_gone(r: &mut Row<'_>, row: &Node<'_>) -> bool {
    is_gone(r, row.spelled(GONE), row.first(GONE))
}

/// The state of the runtime. A column of its own tells the administration mode; what else stands under `State` is a word of any life. That
/// the mode is off does not make it enabled: a restore that failed leaves it disabled all the same (R20).
fn runtime(state: &Node<'_>, admin_mode: &Node<'_>) -> Option<RuntimeState> {
    let told = state.text().map(|t| RuntimeState::from(t.to_string()));
    if let Some(told @ (RuntimeState::Disabled | RuntimeState::AdminMode)) = told {
        return Some(told);
    }
    // `adminMode: AdminMode` beside `On` and `Enabled`.
    let named = admin_mode.text().is_some_and(|t| RuntimeState::from(t.to_string()) == RuntimeState::AdminMode);
    let on = named || fields::enabled(admin_mode) == Some(true);
    if on { Some(RuntimeState::AdminMode) } else { told.filter(|told| *told == RuntimeState::Enabled) }
}

/// The encryption key, from a column that says who manages it, or whether it is the customer's. `Microsoft` proves nothing.
fn key(r: &mut Row<'_>, places: &[&Node<'_>]) -> Option<Key> {
    let told =
        |keys: &[&str]| places.iter().map(|p| p.first(keys)).find(|n| matches!(n, Node::Text(_) | Node::Bool(_)));
    let kept = told(KEEPER).and_then(|keeper| policies::read(r, &Node::Null, keeper).key);
    let Some(own) = told(OWN_KEY) else { return kept };
    let field = places.iter().find(|p| OWN_KEY.iter().any(|k| p.has(k))).map(|p| p.spelled(OWN_KEY));
    match (kept, r.flag(field.unwrap_or_default(), own)) {
        (kept, None) => kept,
        (_, Some(true)) => Some(Key::Customer(None)),
        (None, Some(false)) => Some(Key::Microsoft),
        (Some(_), Some(false)) => {
            r.tell("KeyManagedBy", "Customer, and no linked customerManagedKeys", &Cause::TwoKeys);
            None
        }
    }
}

/// The region. That of a data center, which a report may have in its place, only lies in one.
fn region(r: &mut Row<'_>, field: &str, node: &Node<'_>, seen: &mut Observation) {
    seen.region = states::region(node);
    if let Some(center) = seen.region.take_if(|region| states::is_data_center(region)) {
        r.tell(field, node.text().unwrap_or_default(), &Cause::NoGeography);
        seen.azure_region.get_or_insert(center.as_str().to_string());
    }
}

/// Whether a column says that it is deleted: a date that is no sentinel says so too.
fn is_gone(r: &mut Row<'_>, field: &str, node: &Node<'_>) -> bool {
    let dated = || node.text().is_some_and(|t| t != "-") && fields::sentinel(node).is_none();
    r.flag(field, node).unwrap_or_else(dated)
}

/// Only a Dataverse database has an organization or an address of its own. Their absence proves nothing, except under the keys
/// that exist to tell it: `cdsInstanceId` that is empty.
fn dataverse(row: &Node<'_>, addressed: bool, organization: &Node<'_>) -> Option<bool> {
    let instance = row.first(&["cdsInstanceId", "cdsInstanceUrl"]).text();
    let named = instance.is_some_and(|i| !fields::is_nil_guid(i));
    if addressed || named || organization.text().is_some_and(fields::is_id) {
        return Some(true);
    }
    row.has("cdsInstanceId").then_some(false)
}

/// The group: its name, else its id. An empty cell of a column that is there means that it is in none.
fn group(name: &Node<'_>, seen: &Observation, places: [&Node<'_>; 2]) -> Option<Option<String>> {
    let named = name.text().filter(|n| *n != "-").map(str::to_string);
    match named.or_else(|| seen.group_id.clone()) {
        Some(group) => Some(Some(group)),
        None => {
            let columns = ["EnvironmentGroup", "GroupName", "EnvironmentGroupName", "EnvironmentGroupId"];
            columns.iter().any(|k| places.iter().any(|p| p.has(k))).then_some(None)
        }
    }
}
