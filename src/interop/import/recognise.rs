//! Recognising what a parsed file is, row by row, and handing the rows to their readers.

use super::node::Node;
use super::row::{File, Row};
use super::{Severity, admin, applications, backups, capacity, fields, listed, refuse};
use crate::domain::environment::Kind;
use crate::domain::inventory::{Inventory, Observation};
use std::collections::HashMap;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Admin,
    PowerShell,
    Api,
    Pac,
    Query,
    Backup,
    Package,
    Capacity,
    Count,
    Other(&'static str),
    Unknown,
}

/// The rows of a file with where each stands, and what is known of the list around them.
pub struct Rows<'r, 'a> {
    pub rows: Vec<(usize, &'r Node<'a>)>,
    /// `row` or `line`.
    pub unit: &'static str,
    /// How the file came: JSON, CSV or text.
    pub form: Form,
    /// It is one object, not a list.
    pub single: bool,
    /// There are more pages.
    pub more: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Json,
    Csv,
    Text,
    List,
}

fn shape(row: &Node<'_>) -> Shape {
    let has = |k: &str| !row.get(k).is_null();
    let any = |keys: &[&str]| keys.iter().any(|k| has(k));
    if !row.is_map() {
        return Shape::Unknown;
    }
    let props = row.get("properties");
    if any(&["backupPointDateTime", "PointDate"]) || !props.get("backupPointDateTime").is_null() {
        return Shape::Backup;
    }
    if has("capacityType") && any(&["totalCapacity", "consumption"]) {
        return Shape::Capacity;
    }
    if refuse::is_count(row) {
        return Shape::Count;
    }
    if has("uniqueName") && any(&["publisherName", "applicationId", "applicationName", "catalogVisibility"]) {
        return Shape::Package;
    }
    let environment_name = row.get("EnvironmentName").text();
    if let Some(what) = refuse::other_list(row)
        && !(environment_name.is_some() && any(&["Internal", "EnvironmentType"]))
    {
        return Shape::Other(what);
    }
    if environment_name.is_some_and(fields::is_environment_id)
        || (environment_name.is_some()
            && any(&["Internal", "EnvironmentType", "CommonDataServiceDatabaseType"])
            && !has("EnvironmentId"))
    {
        return Shape::PowerShell;
    }
    let long = row.get("id").text().unwrap_or_default();
    let in_environments = long.rsplit('/').nth(1).is_some_and(|p| p.to_ascii_lowercase().ends_with("environments"));
    let resource = row.get("type").text().unwrap_or_default().to_ascii_lowercase();
    if resource == "microsoft.powerplatform/environments" {
        return Shape::Query;
    }
    let marks = ["environmentSku", "linkedEnvironmentMetadata", "isDefault", "databaseType", "governanceConfiguration"];
    let body = props.is_map() && marks.iter().any(|k| props.has(k));
    let cut = props.text().is_some_and(|t| t.contains("environmentSku="));
    if in_environments
        || body
        || cut
        || (resource.ends_with("environments") && has("name"))
        || (props.is_map() && has("name") && has("location"))
    {
        return Shape::Admin;
    }
    if has("EnvironmentId") {
        // Null or empty, the columns tell the tool all the same.
        let pac = ["EnvironmentUrl", "OrganizationId", "DomainName", "GroupName", "Environment", "Type", "UniqueName"];
        return if pac.iter().any(|k| row.has(k)) { Shape::Pac } else { Shape::Query };
    }
    if has("environmentSku") || (has("linkedEnvironmentMetadata") && has("name")) {
        // A REST body whose properties were lifted into the row.
        return Shape::Admin;
    }
    let api =
        ["geo", "azureRegion", "dataverseId", "protectionLevel", "adminMode", "environmentGroupId", "createdDateTime"];
    let kind = row.get("type").text().is_some_and(|t| Kind::NAMED.contains(&Kind::read(t)));
    if has("id") && (any(&api) || kind) && any(&["displayName", "type"]) {
        return Shape::Api;
    }
    Shape::Unknown
}

/// Reads the rows. `None` where nothing could be used and that has been said.
pub fn read(file: &mut File, name: &str, rows: &Rows<'_, '_>) -> Option<Inventory> {
    if rows.rows.is_empty() {
        refuse::empty_list(&mut file.findings);
        return None;
    }
    let shapes: Vec<Shape> = rows.rows.iter().map(|(_, n)| shape(n)).collect();
    let count = |f: fn(&Shape) -> bool| shapes.iter().filter(|s| f(s)).count();
    let environments =
        count(|s| matches!(s, Shape::Admin | Shape::PowerShell | Shape::Api | Shape::Pac | Shape::Query));
    let main = *shapes.iter().find(|s| !matches!(s, Shape::Unknown)).unwrap_or(&Shape::Unknown);
    let places = |wanted: Shape| -> Vec<(String, &Node<'_>)> {
        let of = rows.rows.iter().zip(&shapes).filter(|(_, s)| **s == wanted);
        of.map(|((n, node), _)| (format!("{} {n}", rows.unit), *node)).collect()
    };
    let mut inventory = Inventory { name: name.to_string(), ..Inventory::default() };
    if environments == 0 {
        match main {
            Shape::Backup => {
                // A row without a restore point belongs to the list as well, and is named.
                let maps = rows.rows.iter().filter(|(_, n)| n.is_map());
                let all: Vec<_> = maps.map(|(n, node)| (format!("{} {n}", rows.unit), *node)).collect();
                inventory.backups = backups::read(file, &all);
                inventory.format =
                    if rows.form == Form::Text { "pac admin list-backups" } else { "list of manual backups" }
                        .to_string();
                return (!inventory.backups.is_empty()).then_some(inventory);
            }
            Shape::Capacity => {
                let nodes: Vec<Node<'_>> = rows.rows.iter().map(|(_, n)| (*n).clone()).collect();
                inventory.capacity = capacity::read(file, &nodes);
                inventory.format = "tenant capacity".to_string();
                return inventory.capacity.is_some().then_some(inventory);
            }
            Shape::Package => {
                let list = applications::read(file, &places(Shape::Package), !rows.more && !rows.single);
                inventory.applications = vec![list];
                inventory.format = "application packages".to_string();
                return Some(inventory);
            }
            Shape::Count => refuse::counts(rows.rows.len(), &mut file.findings),
            Shape::Other(what) => refuse::wrong_list(what, &mut file.findings),
            _ => {
                let keys = rows.rows.iter().map(|(_, n)| n.keys()).find(|k| !k.is_empty()).unwrap_or_default();
                refuse::unknown_rows(&keys, &mut file.findings);
            }
        }
        return None;
    }
    read_environments(file, rows, &shapes, main, &mut inventory);
    (!inventory.environments.is_empty()).then_some(inventory)
}

fn read_environments(file: &mut File, rows: &Rows<'_, '_>, shapes: &[Shape], main: Shape, inventory: &mut Inventory) {
    let mut first_at: HashMap<String, (usize, usize)> = HashMap::new();
    let mut user_scope = false;
    for ((number, node), shape) in rows.rows.iter().zip(shapes) {
        let node = *node;
        let place = place(rows.unit, *number, node);
        let mut row = Row::new(file, place.clone());
        let seen = match shape {
            Shape::Admin => admin::read(&mut row, node, false),
            Shape::PowerShell => admin::read(&mut row, node, true),
            Shape::Api => listed::read_api(&mut row, node),
            Shape::Pac | Shape::Query => listed::read_pac(&mut row, node),
            _ => {
                row.finding(Severity::Error, "", "", "this row is no environment and was left out", "");
                continue;
            }
        };
        let Some(seen) = seen.filter(|s| usable(&s.id)) else {
            row.finding(
                Severity::Error,
                "id",
                node.first(&["EnvironmentName", "EnvironmentId", "name", "id"]).text().unwrap_or_default(),
                "this row has no usable environment id and was left out",
                "export the list again with the id of each environment",
            );
            continue;
        };
        user_scope |=
            node.get("id").text().is_some_and(|id| id.contains("/environments/") && !id.contains("/scopes/admin/"));
        let key = seen.id.to_ascii_lowercase();
        match first_at.get(&key) {
            None => {
                first_at.insert(key, (*number, inventory.environments.len()));
                inventory.environments.push(seen);
            }
            Some((first_row, at)) => {
                let same = inventory.environments.get(*at) == Some(&seen);
                let (severity, says) = if same {
                    (
                        Severity::Note,
                        format!(
                            "the same environment stands in {}s {first_row} and {number}; it is kept once",
                            rows.unit
                        ),
                    )
                } else {
                    let says = format!(
                        "{}s {first_row} and {number} have the same id but differ; the first counts, the other was left out",
                        rows.unit
                    );
                    (Severity::Warning, says)
                };
                file.findings.add(
                    severity,
                    &place,
                    "id",
                    &seen.id,
                    says,
                    if same { "" } else { "export the list again" },
                );
            }
        }
    }
    let kindless = inventory.environments.iter().all(|o| o.kind.is_none());
    inventory.format = format(main, rows, kindless).to_string();
    inventory.complete = complete(file, rows, main, user_scope, &inventory.environments);
}

fn place(unit: &str, number: usize, node: &Node<'_>) -> String {
    let name = node
        .at("properties.displayName")
        .text()
        .or_else(|| node.first(&["DisplayName", "FriendlyName", "Name", "Environment"]).text());
    match name {
        Some(name) => format!("{unit} {number} ({})", super::findings::shorten(name)),
        None => format!("{unit} {number}"),
    }
}

/// Ids go into commands: only what an id can consist of.
fn usable(id: &str) -> bool {
    !id.is_empty() && id.len() <= 100 && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn format(main: Shape, rows: &Rows<'_, '_>, kindless: bool) -> &'static str {
    match (main, rows.form, rows.single) {
        (Shape::Admin, Form::Json, true) => "admin REST, one environment",
        (Shape::Admin, Form::Json, false) => "admin REST list",
        (Shape::PowerShell, Form::Json, true) => "Get-AdminPowerAppEnvironment, one environment",
        (Shape::PowerShell, Form::Json, false) => "Get-AdminPowerAppEnvironment",
        (Shape::PowerShell | Shape::Admin, Form::Csv, _) => "Get-AdminPowerAppEnvironment as CSV",
        (Shape::PowerShell | Shape::Admin, _, _) => "Get-AdminPowerAppEnvironment as text",
        (Shape::Api, _, true) => "Power Platform API, one environment",
        (Shape::Api, _, false) => "Power Platform API list",
        (Shape::Pac, Form::Json, _) => "pac admin list --json",
        (Shape::Pac, Form::Text, _) if kindless => "pac env list",
        (Shape::Pac, Form::Text, _) => "pac admin list",
        (Shape::Pac | Shape::Query, Form::Csv, _) => "pac admin query as CSV",
        (Shape::Query, Form::Json, _) => "pac admin query as JSON",
        (Shape::Query, _, _) => "pac admin query",
        _ => "list of environments",
    }
}

/// Whether the file lists the whole tenant. Saying so wrongly would report environments as missing; nothing is ever removed.
fn complete(file: &mut File, rows: &Rows<'_, '_>, main: Shape, user_scope: bool, seen: &[Observation]) -> bool {
    if rows.single || seen.iter().all(|o| o.deleted.is_some()) {
        return false;
    }
    if rows.more {
        file.findings.file(
            Severity::Warning,
            "this is one page of a longer list; the environments on the other pages are not in it",
            "import the other pages as well; nothing is reported as missing",
        );
        return false;
    }
    if user_scope {
        file.findings.file(
            Severity::Note,
            "this is the list of one user, who may not see every environment; nothing is reported as missing",
            "",
        );
        return false;
    }
    if main == Shape::Query {
        file.findings.file(Severity::Note, "a query may leave environments out; nothing is reported as missing", "");
        return false;
    }
    // `pac env list` has no kinds and lists what its user can see.
    !(main == Shape::Pac && rows.form == Form::Text && seen.iter().all(|o| o.kind.is_none()))
}
