//! `Get-AdminPowerAppEnvironment`, as JSON, CSV or text.

use super::super::fields;
use super::super::node::Node;
use super::super::reading::Form;
use super::{FileShape, Format, HowTo, Proof, Reach, Reads, admin};

/// What the cmdlet prints beside the name. With nothing else in the row, an id under `EnvironmentName` is enough.
const COLUMNS: &[&str] = &[
    "EnvironmentName",
    "DisplayName",
    "Description",
    "IsDefault",
    "Location",
    "CreatedTime",
    "CreatedBy",
    "LastModifiedTime",
    "LastModifiedBy",
    "CreationType",
    "EnvironmentType",
    "CommonDataServiceDatabaseProvisioningState",
    "CommonDataServiceDatabaseType",
    "SecurityGroupId",
    "Internal",
    "InternalCds",
    "OrganizationId",
    "RetentionPeriod",
    "Capacity",
];
/// Columns that tell the cmdlet.
const MARKS: &[&str] = &["Internal", "EnvironmentType", "CommonDataServiceDatabaseType", "IsDefault", "CreationType"];

pub fn proof(row: &Node<'_>, form: Form) -> Option<Proof> {
    let name = row.get("EnvironmentName").text()?;
    if row.has("EnvironmentId") || super::deleted::proof(row, form).is_some() {
        return None;
    }
    let id = fields::is_environment_id(name) || fields::is_cut_id(name);
    if MARKS.iter().any(|k| !row.get(k).is_null()) {
        return Some(if id { Proof::Keys } else { Proof::Likely });
    }
    let bare = row.keys().iter().all(|k| COLUMNS.iter().any(|c| c.eq_ignore_ascii_case(k)));
    (id && bare).then_some(Proof::Keys)
}

fn called(came: FileShape) -> &'static str {
    match came.form {
        Form::Json => "Get-AdminPowerAppEnvironment",
        Form::Csv => "Get-AdminPowerAppEnvironment as CSV",
        _ => "Get-AdminPowerAppEnvironment as text",
    }
}

pub static FORMAT: Format = Format {
    what: "environments of Get-AdminPowerAppEnvironment",
    called,
    recognised_by: "`EnvironmentName` that is an id beside `Internal`, `EnvironmentType` and the like",
    proof,
    reads: Reads::Environments(|r, node| admin::read(r, node, admin::Wrap::Cmdlet)),
    reach: Reach::Tenant,
    instead: "",
    read_as: "environments; what a smaller `-Depth` cut is read as far as it is there",
    how: &[HowTo {
        title: "PowerShell (tells the most)",
        command: "Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10 > environments.json",
        note: "Sign in first with Add-PowerAppsAccount. A smaller depth cuts facts off.",
    }],
    dates: admin::DATES,
};
