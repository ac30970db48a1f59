//! `pac admin list` and `pac env list`, as JSON and as text.

use super::super::fields;
use super::super::node::Node;
use super::super::reading::Form;
use super::{FileShape, Format, HowTo, Proof, Reach, Reads, flat, is_kind};
use crate::domain::cloud;

/// Columns that pac prints beside the id. Null or empty, they tell the tool all the same.
const COLUMNS: &[&str] =
    &["EnvironmentUrl", "OrganizationId", "DomainName", "GroupName", "Environment", "Type", "UniqueName"];

fn proof(row: &Node<'_>, form: Form) -> Option<Proof> {
    let known = COLUMNS.iter().filter(|k| row.has(k)).count();
    let id = row.get("EnvironmentId").text();
    let id = id.is_some_and(|t| fields::is_environment_id(t) || fields::is_cut_id(t));
    // A row of the list without an id belongs to it as well, and is named.
    if !row.has("EnvironmentId") || known == 0 || !(id || known >= 3) {
        return None;
    }
    let typed = is_kind(row.get("Type")) || is_kind(row.get("EnvironmentType"));
    // An address of Dataverse belongs to an environment; the path of a request in a log does not.
    let addressed = row.get("EnvironmentUrl").text().is_some_and(|url| {
        let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
        cloud::of_address(url).is_some() && bare.trim_end_matches('/').find('/').is_none()
    });
    let organized = row.get("OrganizationId").text().is_some_and(fields::is_guid);
    let named = row.first(&["Environment", "DisplayName", "FriendlyName"]).text();
    let dated = named.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()) && n.contains(':'));
    match form {
        // The lines of a table may be lines of anything with an id and an address in them.
        Form::Text if dated || !(addressed || organized || typed) => None,
        _ if typed || (addressed && named.is_some()) || (organized && known >= 2) => Some(Proof::Keys),
        _ if known >= 3 => Some(Proof::Keys),
        _ => None,
    }
}

fn called(came: FileShape) -> &'static str {
    match came.form {
        // `pac env list` tells no kinds, in whatever form.
        _ if came.kindless => super::ONE_USERS_LIST,
        Form::Json => "pac admin list --json",
        Form::Csv => "list of environments as CSV",
        _ => "pac admin list",
    }
}

pub static FORMAT: Format = Format {
    what: "environments of pac",
    called,
    recognised_by: "`EnvironmentId` beside an address of Dataverse, an organization or a kind",
    proof,
    reads: Reads::Environments(flat::read),
    reach: Reach::Tenant,
    instead: "",
    read_as: "environments; `pac env list`, which has no kinds, is the list of one user",
    how: &[HowTo {
        title: "pac",
        command: "pac admin list --json > environments.json",
        note: "Leaves region, managed, key and Dynamics 365 apps unknown; you can answer them here.",
    }],
    dates: flat::DATES,
};
