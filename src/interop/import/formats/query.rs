//! `pac admin query`, as CSV and as JSON.

use super::super::fields;
use super::super::node::Node;
use super::super::reading::Form;
use super::{FileShape, Format, Proof, Reach, Reads, flat, is_kind};

/// Columns that only environments have.
const MARKS: &[&str] = &["IsManaged", "EnvironmentGroup", "EnvironmentGroupId"];

/// All columns of the query.
const COLUMNS: &[&str] =
    &["EnvironmentId", "Name", "DisplayName", "Region", "EnvironmentType", "LastModifiedAt", "CreatedAt"];

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let id = row.get("EnvironmentId").text();
    let id = id.is_some_and(|t| fields::is_environment_id(t) || fields::is_cut_id(t)) || row.has("EnvironmentId");
    let named = ["Name", "DisplayName"].iter().any(|k| row.has(k));
    let kind = row.get("EnvironmentType");
    let marked = MARKS.iter().any(|k| row.has(k)) || is_kind(kind);
    // Nothing but columns of the query, and one that tells more than a name.
    let bare = row.has("Region") && row.keys().iter().all(|k| COLUMNS.iter().any(|c| c.eq_ignore_ascii_case(k)));
    // A column `Type` says what the row is: a kind, or it is no environment.
    let other = row.get("Type").text().is_some() && !is_kind(row.get("Type"));
    (id && named && (marked || bare) && !other).then_some(Proof::Likely)
}

fn called(came: FileShape) -> &'static str {
    match came.form {
        Form::Csv => "pac admin query as CSV",
        Form::Json => "pac admin query as JSON",
        _ => "pac admin query",
    }
}

pub static FORMAT: Format = Format {
    what: "environments of a query of pac",
    called,
    recognised_by: "`EnvironmentId` and `Name` beside `IsManaged`, `EnvironmentGroup` or a kind",
    proof,
    reads: Reads::Environments(flat::read),
    reach: Reach::Query,
    instead: "",
    read_as: "environments",
    how: &[],
    dates: flat::DATES,
};
