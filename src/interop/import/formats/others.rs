//! Answers that name environments, or look as if they did, and are lists of something else. Each is refused by its name.

use super::super::fields;
use super::super::node::Node;
use super::super::object::same_key;
use super::super::reading::Form;
use super::resource::kind;
use super::{FileShape, Format, Proof, Reach, Reads};

type Test = fn(&Node<'_>, Form) -> Option<Proof>;

/// A list of something else.
pub const fn list(what: &'static str, recognised_by: &'static str, proof: Test, instead: &'static str) -> Format {
    made(what, recognised_by, proof, instead, true)
}

/// One thing that is no list.
pub const fn one(what: &'static str, recognised_by: &'static str, proof: Test, instead: &'static str) -> Format {
    made(what, recognised_by, proof, instead, false)
}

const fn made(
    what: &'static str,
    recognised_by: &'static str,
    proof: Test,
    instead: &'static str,
    list: bool,
) -> Format {
    Format {
        what,
        called: nothing,
        recognised_by,
        proof,
        reads: Reads::Nothing { list },
        reach: Reach::None,
        instead,
        read_as: "refused by this name",
        how: &[],
        dates: &[],
    }
}

fn nothing(_: FileShape) -> &'static str {
    "no inventory"
}

const RUN: &str = super::super::refuse::RUN;

fn any(row: &Node<'_>, keys: &[&str]) -> bool {
    keys.iter().any(|k| row.has(k))
}

/// Whether a key says that the row is one of `words`: `app` in `AppName`, `appId`, `AppDisplayName`.
fn about(row: &Node<'_>, words: &[&str]) -> bool {
    const ENDS: [&str; 7] = ["id", "name", "displayname", "uniquename", "friendlyname", "type", "state"];
    let is = |key: &str, word: &str| {
        let parts = key.split_at_checked(word.len()).filter(|(begins, _)| same_key(begins, word));
        parts.is_some_and(|(_, ends)| ENDS.iter().any(|end| same_key(ends, end)))
    };
    row.has_key(|key| words.iter().any(|word| is(key, word)))
}

fn own(yes: bool) -> Option<Proof> {
    yes.then_some(Proof::Own)
}

const DIRECTORY_KEYS: &[&str] =
    &["servicePrincipalType", "groupTypes", "securityEnabled", "signInAudience", "passwordCredentials", "mailNickname"];

fn apps(row: &Node<'_>, _: Form) -> Option<Proof> {
    let kind = kind(row);
    let typed = kind.ends_with("/apps") || kind.contains("canvasapp") || kind.contains("modeldrivenapp");
    let words = about(row, &["app", "canvasapp", "modeldrivenapp", "powerapp"]);
    own(typed || (words && !any(row, DIRECTORY_KEYS) && !flow_row(row) && !agent_row(row)))
}

fn flow_row(row: &Node<'_>) -> bool {
    let kind = kind(row);
    kind.ends_with("/flows")
        || kind.contains("cloudflow")
        || kind.contains("agentflow")
        || about(row, &["flow", "cloudflow", "workflow"])
}

fn agent_row(row: &Node<'_>) -> bool {
    let kind = kind(row);
    kind.contains("copilotstudio") || kind.contains("agents") || about(row, &["bot", "agent", "copilot"])
}

pub static APPS: Format = list("apps", "keys such as `AppName`, or a type that ends in `/apps`", apps, RUN);
pub static FLOWS: Format = list(
    "flows",
    "keys such as `FlowName`, or a type that ends in `/flows`",
    |row, _| own(flow_row(row) && !agent_row(row)),
    RUN,
);
pub static AGENTS: Format =
    list("agents", "keys such as `botId`, or a type of Copilot Studio", |row, _| own(agent_row(row)), RUN);
pub static CONNECTIONS: Format = list(
    "connections",
    "`ConnectionName`, `connectionId`, or a type that ends in `/connections`",
    |row, _| own(kind(row).ends_with("/connections") || about(row, &["connection", "connectionreference"])),
    RUN,
);
pub static CONNECTORS: Format = list(
    "connectors",
    "`ConnectorName`, `connectorId`, or a type that ends in `/apis`",
    |row, _| own(kind(row).ends_with("/apis") || about(row, &["connector"])),
    RUN,
);
pub static POLICIES: Format = list(
    "policies",
    "`PolicyName`, `connectorGroups`, or a type that names policies",
    |row, _| {
        let kind = kind(row);
        let keys = [
            "connectorGroups",
            "defaultConnectorsClassification",
            "BusinessDataGroup",
            "connectorConfigurationsDefinition",
            "policyDefinition",
            "apiGroups",
        ];
        let scoped = row.has("environments") && any(row, &["environmentType", "displayName"]) && !row.has("properties");
        let typed = kind.contains("policies") && !kind.contains("billing");
        own(typed || about(row, &["policy"]) || any(row, &keys) || scoped)
    },
    RUN,
);
pub static ROLES: Format = list(
    "role assignments",
    "`RoleAssignmentId`, `RoleType`, `roleDefinitionId`",
    |row, _| {
        let keys = ["RoleAssignmentId", "RoleType", "roleDefinitionId", "roleDefinitionName"];
        own(kind(row).contains("roleassignments") || any(row, &keys))
    },
    RUN,
);
pub static LOCATIONS: Format = list(
    "locations",
    "`canProvisionDatabase`, or a type that ends in `/locations`",
    |row, _| own(kind(row).ends_with("/locations") || row.has("canProvisionDatabase")),
    RUN,
);
/// An organization as the discovery service lists it.
fn organization(row: &Node<'_>) -> bool {
    let named = ["UniqueName", "UrlName", "FriendlyName"].into_iter().filter(|k| row.has(k)).count();
    let addressed = any(row, &["UrlName", "Url"]) || (any(row, &["ApplicationUrl"]) && row.has("DomainName"));
    (named >= 1 && row.has("ApiUrl")) || (named >= 2 && addressed)
}

pub static ORGANIZATIONS: Format = list(
    "Dataverse organizations of the discovery service",
    "`ApiUrl` beside `UniqueName`, `UrlName` or `FriendlyName`, or `Url` beside two of them",
    |row, _| own(organization(row)),
    "it lists what one user may enter, and neither kinds nor retention: run `pac admin list --json`, or `Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10`",
);
pub static SOLUTIONS: Format = list(
    "solutions",
    "`solutionid`, `SolutionUniqueName`",
    |row, _| {
        let named = row.has("uniquename") && row.has("version") && !organization(row);
        let plain = row.has("version") && any(row, &["managed", "ismanaged"]) && any(row, &["name", "displayname"]);
        let keys = ["solutionpackageversion", "publisherid@odata.bind"];
        let typed = own(named || about(row, &["solution"]) || any(row, &keys));
        typed.or_else(|| (plain && !environment(row)).then_some(Proof::Likely))
    },
    RUN,
);
pub static USERS: Format = list(
    "users",
    "`userPrincipalName`, `systemuserid`, or the type of a user",
    |row, _| {
        let typed = kind(row).ends_with("graph.user");
        let keys = ["userPrincipalName", "systemuserid", "azureactivedirectoryobjectid", "internalemailaddress"];
        own(typed || (any(row, &keys) && !row.has("properties") && !roled(row)))
    },
    RUN,
);

fn roled(row: &Node<'_>) -> bool {
    any(row, &["RoleAssignmentId", "RoleType", "roleDefinitionId", "roleDefinitionName"])
}

pub static GROUPS: Format = list(
    "environment groups",
    "`parentGroupId`, `childrenGroupIds`",
    |row, _| {
        let typed = any(row, &["childrenGroupIds", "parentGroupId"]) || kind(row).ends_with("environmentgroups");
        let described = row.has("description") && any(row, &["createdBy", "createdTime", "lastModifiedTime"]);
        let plain = row.has("id") && row.has("displayName") && !any(row, &["properties", "type", "geo", "location"]);
        let titled = row.has("EnvironmentGroupId") && row.has("displayName") && !environment(row);
        if typed { Some(Proof::Own) } else { (titled || (described && plain)).then_some(Proof::Likely) }
    },
    "an environment group is read from its rule set; for the environments run `pac admin list --json`",
);
pub static DIRECTORY: Format = list(
    "applications or groups of Entra",
    "`servicePrincipalType`, `groupTypes`, `signInAudience`",
    |row, _| own(any(row, DIRECTORY_KEYS) && !row.has("userPrincipalName")),
    RUN,
);
pub static SETTINGS: Format = one(
    "the settings of a tenant or an environment",
    "`disableEnvironmentCreationByNonAdminUsers` and the like",
    |row, _| {
        let keys = [
            "walkMeOptOut",
            "disableNPSCommentsReachout",
            "disableEnvironmentCreationByNonAdminUsers",
            "disablePortalsCreationByNonAdminUsers",
            "disableTrialEnvironmentCreationByNonAdminUsers",
            "maxuploadfilesize",
            "isauditenabled",
        ];
        own(any(row, &keys))
    },
    RUN,
);
pub static BILLING: Format = list(
    "billing policies",
    "`billingInstrument`, `billingPolicyId`",
    |row, _| own(any(row, &["billingInstrument", "billingPolicyId"]) || kind(row).contains("billingpolicies")),
    RUN,
);
pub static LOGS: Format = list(
    "log entries",
    "`RecordType` and `Workload`, `AuditData`, `severityLevel`",
    |row, _| {
        let keys = ["Workload", "AuditData", "severityLevel", "customDimensions", "eventTimestamp", "auditid"];
        let done_by = any(row, &["Operation", "Operations"]) && any(row, &["UserId", "UserIds"]);
        own(done_by
            || any(row, &keys)
            || (any(row, &["timestamp", "time"]) && any(row, &["level", "severity", "message", "msg"])))
    },
    RUN,
);
pub static PROFILES: Format = list(
    "sign-in profiles of pac",
    "`Cloud` beside `User` or `Kind`; not in CSV, which pac does not print of them",
    |row, form| own(form != Form::Csv && row.has("Cloud") && any(row, &["User", "UserName", "Kind", "AuthKind"])),
    "run `pac admin list --json` in the profile of an administrator",
);
const OPERATION_KEYS: &[&str] = &["Operation", "OperationName", "OperationType", "OperationStatus", "OperationId"];

pub static STATUS: Format = list(
    "operations in progress (`pac admin status`)",
    "`Operation`, `OperationName`, `OperationStatus`",
    |row, form| (form != Form::Csv && any(row, OPERATION_KEYS)).then_some(Proof::Typed),
    "for their history import the operations of the environment, as the Power Platform API lists them",
);
/// `pac admin status` prints no CSV: such a table is somebody else's.
pub static OPERATIONS: Format = list(
    "operations",
    "`Operation`, `OperationName`, `OperationStatus` in CSV",
    |row, form| (form == Form::Csv && any(row, OPERATION_KEYS)).then_some(Proof::Typed),
    "for the history of an environment import its operations, as the Power Platform API lists them",
);
pub static WEBSITES: Format = list(
    "websites",
    "`websiteId`, `websiteUrl`",
    |row, _| own(about(row, &["website", "portal", "websiterecord"]) || any(row, &["websiteUrl", "portalUrl"])),
    RUN,
);
pub static LANGUAGES: Format = list(
    "languages, currencies or templates",
    "a type that names them",
    |row, _| {
        let kind = kind(row);
        let typed = ["languages", "currencies", "templates"].iter().any(|w| kind.ends_with(w));
        own(typed || any(row, &["localeId", "isTenantDefault", "currencyCode", "isocurrencycode"]))
    },
    RUN,
);
pub static TABLES: Format = list(
    "tables or rows of Dataverse",
    "`LogicalName`, `EntitySetName`, `@odata.etag`",
    |row, _| {
        let keys = ["LogicalName", "EntitySetName", "MetadataId", "@odata.etag", "organizationid@odata.bind"];
        any(row, &keys).then_some(Proof::Typed)
    },
    RUN,
);
pub static LICENSES: Format = list(
    "licences",
    "`skuPartNumber`, `servicePlans`",
    |row, _| own(any(row, &["skuPartNumber", "servicePlans", "skuId", "consumedUnits"])),
    RUN,
);
pub static SUBSCRIPTIONS: Format = list(
    "Azure subscriptions",
    "`homeTenantId`, `managedByTenants`",
    |row, _| own(any(row, &["homeTenantId", "managedByTenants", "subscriptionPolicies"])),
    RUN,
);
/// What to do with a token.
pub const GIVE_TO_NOBODY: &str =
    "nothing of it was kept; delete the file and give it to nobody, then run `pac admin list --json`";

pub static TOKEN: Format = one(
    "an access token",
    "`accessToken`",
    |row, _| own(any(row, &["accessToken", "refreshToken", "idtoken"])),
    GIVE_TO_NOBODY,
);
/// Any other resource that names its type.
pub static RESOURCES: Format = list(
    "other resources",
    "a type such as `Microsoft.Compute/…` that does not end in `/environments`",
    |row, _| {
        let kind = kind(row);
        (kind.starts_with("microsoft.") && !kind.ends_with("environments")).then_some(Proof::Keys)
    },
    RUN,
);
pub static STORAGE: Format = list(
    "amounts of storage by environment",
    "`capacityType`, or columns such as `Database usage (GB)`, beside the id of an environment",
    |row, _| {
        let keys = ["capacityType", "capacities", "environmentCapacities"];
        own((any(row, &keys) || of_a_report(row)) && of_environment(row))
    },
    "import the storage of the tenant, or type the numbers of the capacity page in the app",
);

/// The report of the capacity page: how much of each sort is used.
fn of_a_report(row: &Node<'_>) -> bool {
    let used = |key: &&str, sort: &str| {
        let lower = key.to_ascii_lowercase();
        lower.contains(sort) && ["usage", "consumption"].iter().any(|word| lower.contains(word))
    };
    let keys = row.keys();
    ["database", "file", "log"].iter().all(|sort| keys.iter().any(|key| used(key, sort)))
}

/// Whether a row has what an environment has: its id, its kind, or its properties.
fn environment(row: &Node<'_>) -> bool {
    let keys = ["environmentId", "environmentName", "environmentType", "environmentSku", "type", "properties", "geo"];
    any(row, &keys) || row.first(&["name", "id"]).text().is_some_and(fields::is_environment_id)
}

/// Whether a row names the environment that it belongs to.
pub fn of_environment(row: &Node<'_>) -> bool {
    ["environmentId", "environmentName", "EnvironmentDisplayName"].iter().any(|k| row.get(k).text().is_some())
}

/// Ids and names alone prove nothing: everything in a tenant has them.
pub static NAMES_ONLY: Format = list(
    "ids and names with nothing that says what they are",
    "an id and a name, and nothing else",
    |row, _| {
        const NAMES: &[&str] = &["name", "displayname", "environmentname", "environmentdisplayname", "friendlyname"];
        let ids = ["name", "id", "EnvironmentId", "environmentName"];
        let id = ids.iter().any(|k| row.get(k).text().is_some_and(fields::is_environment_id));
        let bare = row.keys().iter().all(|k| {
            let lower = k.to_ascii_lowercase();
            NAMES.contains(&lower.as_str()) || lower == "id" || lower == "environmentid"
        });
        (id && bare && row.keys().len() >= 2).then_some(Proof::Likely)
    },
    "ask for the whole rows: `m365 pp environment list --output json`, or `pac admin list --json`",
);
