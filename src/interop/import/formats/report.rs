//! Reports of governance kits and similar inventories: an id, a kind, and columns that only such reports have.

use super::super::fields;
use super::super::node::Node;
use super::super::reading::Form;
use super::{FileShape, Format, KINDS, Proof, Reach, Reads, data_lake, flat, is_kind};

const MARKS: &[&str] = &[
    "IsManagedEnv",
    "IsManagedEnvironment",
    "InstanceUrl",
    "EnvironmentSku",
    "governanceConfigurationType",
    "EnvironmentDisplayName",
    "EnvironmentRegion",
    "EnvironmentState",
];

fn proof(row: &Node<'_>, form: Form) -> Option<Proof> {
    let id = row.first(&["EnvironmentId", "EnvId"]).text().is_some_and(fields::is_environment_id);
    let kind = KINDS.iter().any(|k| is_kind(row.get(k)));
    let marked = MARKS.iter().any(|k| row.has(k));
    (id && kind && marked && data_lake::proof(row, form).is_none()).then_some(Proof::Typed)
}

fn called(came: FileShape) -> &'static str {
    match came.form {
        Form::Csv => "report of environments as CSV",
        _ => "report of environments",
    }
}

pub static FORMAT: Format = Format {
    what: "environments of a report",
    called,
    recognised_by: "`EnvironmentId` and a kind beside `IsManagedEnv`, `InstanceUrl` and the like",
    proof,
    reads: Reads::Environments(flat::read),
    reach: Reach::Tenant,
    instead: "",
    read_as: "environments",
    how: &[],
    dates: flat::DATES,
};
