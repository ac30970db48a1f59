//! The formats that are read, and the answers that are refused by name. One file a format, one line each in [`FORMATS`]; a table of
//! comma-separated values whose header names nothing that is known also needs a line in `csv::KNOWN`.
//!
//! Architecture invariant: a row goes to the format with the strongest proof. The order of the list decides nothing, so a format
//! is added without a look at the others, and no two formats may claim a row with equally strong proofs.

mod admin;
mod api;
pub mod around;
pub mod backups;
pub mod candidates;
pub mod capacity;
mod counts;
mod data_lake;
mod deleted;
pub mod errors;
mod flat;
mod graph;
mod group_rules;
pub mod operations;
pub mod others;
mod pac;
pub mod packages;
mod powershell;
mod query;
mod report;
mod resource;
mod sign_in;

pub mod table;

pub use backups::Pending;
pub use capacity::Storages;
pub use errors::{Quoted, WayOut};
pub use packages::Packages;

use super::node::Node;
use super::reading::{Form, Gathered};
use super::row::{DateField, Row};
use crate::domain::cloud;
use crate::domain::environment::Kind;
use crate::domain::inventory::Observation;

/// How surely a row belongs to a format, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proof {
    /// It has what the format has, and nothing that speaks against it.
    Likely,
    /// A combination of keys that only this answer is known to have.
    Keys,
    /// It names its own type, or has keys that are this tool's alone.
    Typed,
    /// It is this and nothing else, whatever else stands beside it: operations and backups name environments too.
    Own,
}

/// What becomes of the rows of a format.
#[derive(Clone, Copy)]
pub enum Reads {
    /// Each row is an environment, if its id and type prove it.
    Environments(fn(&mut Row<'_>, &Node<'_>) -> Option<Observation>),
    /// Each row is something else that is read.
    Facts(fn(&mut Gathered, &mut Row<'_>, &Node<'_>)),
    /// The service's or a tool's own refusal.
    Error(fn(&Node<'_>) -> Quoted),
    /// Something that the app has no use for: named, and refused. A list, or one thing.
    Nothing { list: bool },
}

/// Which part of the tenant a list of environments can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The tenant, if nothing narrows it.
    Tenant,
    /// What a query left over.
    Query,
    /// Deleted environments alone.
    Deleted,
    /// No environments.
    None,
}

/// How a person gets an answer in this format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HowTo {
    pub title: &'static str,
    pub command: &'static str,
    /// What the result leaves unknown, or what else to know.
    pub note: &'static str,
}

/// How the file came, for its name.
#[derive(Clone, Copy, Debug)]
pub struct FileShape {
    pub form: Form,
    pub single: bool,
    /// None of its rows tells a kind.
    pub kindless: bool,
}

/// One format.
pub struct Format {
    /// What its rows are, in the plural: "environments of the Power Platform API".
    pub what: &'static str,
    /// What the import calls a file of it.
    pub called: fn(FileShape) -> &'static str,
    /// In words, for the documentation.
    pub recognised_by: &'static str,
    pub proof: fn(&Node<'_>, Form) -> Option<Proof>,
    pub reads: Reads,
    pub reach: Reach,
    /// What to run instead, or to know; for an answer that is refused.
    pub instead: &'static str,
    /// For the documentation: what is read from it.
    pub read_as: &'static str,
    /// Empty for what one does not ask for.
    pub how: &'static [HowTo],
    /// Every field with an instant, as the reader looks it up.
    pub dates: &'static [DateField],
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.what)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.what == other.what
    }
}

/// What `pac env list` is called, which lists what its user can see.
pub const ONE_USERS_LIST: &str = "pac env list";

/// Every format. A new one is a file and a line here.
pub static FORMATS: &[&Format] = &[
    &powershell::FORMAT,
    &admin::FORMAT,
    &api::FORMAT,
    &pac::FORMAT,
    &query::FORMAT,
    &graph::FORMAT,
    &data_lake::FORMAT,
    &report::FORMAT,
    &deleted::FORMAT,
    &backups::FORMAT,
    &operations::API,
    &operations::ADMIN,
    &candidates::FORMAT,
    &group_rules::FORMAT,
    &packages::FORMAT,
    &capacity::FORMAT,
    &counts::FORMAT,
    &errors::FORMAT,
    &others::TOKEN,
    &others::SUBSCRIPTIONS,
    &others::NAMES_ONLY,
    &others::APPS,
    &others::FLOWS,
    &others::AGENTS,
    &others::CONNECTIONS,
    &others::CONNECTORS,
    &others::POLICIES,
    &others::ROLES,
    &others::LOCATIONS,
    &others::ORGANIZATIONS,
    &others::SOLUTIONS,
    &others::USERS,
    &others::GROUPS,
    &others::DIRECTORY,
    &others::SETTINGS,
    &others::BILLING,
    &others::LOGS,
    &others::PROFILES,
    &others::STATUS,
    &others::OPERATIONS,
    &others::WEBSITES,
    &others::LANGUAGES,
    &others::TABLES,
    &others::LICENSES,
    &others::RESOURCES,
    &others::STORAGE,
    &around::RECORDING,
    &around::REQUESTS,
    &around::WRAPPED,
    &around::TAKEN,
    &around::KIT,
];

/// The format of a row among `formats`: the strongest proof. Equal proofs are told apart by the name, so that no order counts.
pub fn recognise<'f>(formats: &[&'f Format], row: &Node<'_>, form: Form) -> Option<(&'f Format, Proof)> {
    if !row.is_map() {
        return None;
    }
    let claims = formats.iter().filter_map(|f| (f.proof)(row, form).map(|proof| (*f, proof)));
    claims.max_by(|(f, a), (g, b)| a.cmp(b).then_with(|| g.what.cmp(f.what)))
}

/// All claims to a row with the strongest proof: one at most, or two formats cannot be told apart.
pub fn strongest(row: &Node<'_>, form: Form) -> Vec<&'static Format> {
    let claims: Vec<_> = FORMATS.iter().filter_map(|f| (f.proof)(row, form).map(|proof| (*f, proof))).collect();
    let best = claims.iter().map(|(_, proof)| *proof).max();
    claims.into_iter().filter(|(_, proof)| Some(*proof) == best).map(|(f, _)| f).collect()
}

/// Whether a value is the name of a kind: one that the documentation names, or one of the others that the services are known to
/// print.
fn is_kind(node: &Node<'_>) -> bool {
    const OTHERS: &[&str] =
        &["standard", "premium", "basic", "support", "platform", "notspecified", "none", "unknown", "-"];
    // The name of a sort of resource is none.
    node.text().filter(|raw| !raw.contains('/')).is_some_and(|raw| {
        Kind::NAMED.contains(&Kind::read(raw)) || OTHERS.iter().any(|other| raw.eq_ignore_ascii_case(other))
    })
}

/// Whether the `type` of a row speaks for an environment: absent, a resource type that ends in `/environments`, or the name of a
/// kind. One that is not known is let through where `keys` prove the row; an object never is.
pub fn type_fits(row: &Node<'_>, keys: bool) -> bool {
    match row.get("type") {
        Node::Null => true,
        Node::Text(t) if t.trim().is_empty() => true,
        Node::Text(t) if t.contains('/') => resource::ResourceType(t.trim()).ends_with("environments"),
        node @ Node::Text(_) => is_kind(node) || keys,
        _ => false,
    }
}

/// Keys that only rows about environments have beside a kind.
const OF_ENVIRONMENTS: &[&str] = &[
    "geo",
    "location",
    "region",
    "azureRegion",
    "dataverseId",
    "OrganizationId",
    "InstanceUrl",
    "DomainName",
    "protectionLevel",
    "retentionDetails",
    "adminMode",
    "IsManaged",
    "IsManagedEnv",
    "EnvironmentGroup",
    "EnvironmentGroupId",
    "linkedEnvironmentMetadata",
    "CommonDataServiceDatabaseType",
    "cdsInstanceId",
    "governanceConfigurationType",
];

/// Whether a row is plainly an environment, its id aside: it has a kind that the documentation names and what goes with it. Where the
/// kind stands under `type`, as that of many things does, more is asked.
pub fn is_plainly(row: &Node<'_>) -> bool {
    let props = row.get("properties");
    let named = |node: &Node<'_>| node.text().is_some_and(|raw| Kind::NAMED.contains(&Kind::read(raw)));
    let either = |key: &str| [row.get(key), props.get(key)].into_iter().any(named);
    let marks = OF_ENVIRONMENTS.iter().filter(|k| row.has(k) || props.has(k)).count();
    // An address of Dataverse is an environment's own.
    let addressed = ["EnvironmentUrl", "url"].iter().any(|k| row.get(k).text().and_then(cloud::of_address).is_some());
    let marks = marks + 2 * usize::from(addressed);
    // Nothing else than an environment has its name beside the time of a deletion.
    let is_deleted =
        deleted::TIMES.iter().any(|k| row.has(k)) && ["EnvironmentName", "EnvironmentType"].iter().any(|k| row.has(k));
    is_deleted
        || (marks >= 1 && (either("EnvironmentType") || either("EnvironmentSku")))
        || (marks >= 2 && named(row.get("type")))
}

/// The keys under which the formats print the id of an environment.
pub const IDS: &[&str] = &["EnvironmentId", "EnvironmentName", "id", "name"];

/// The keys under which the formats print its kind.
pub const KINDS: &[&str] = &["EnvironmentType", "EnvironmentSku", "Type", "Sku"];
