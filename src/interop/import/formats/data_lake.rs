//! The export of self-service analytics (data lake): one object an environment, deleted ones among them.

use super::super::fields;
use super::super::node::Node;
use super::super::reading::Form;
use super::{Format, Proof, Reach, Reads, flat};

/// Columns of this export alone.
const MARKS: &[&str] =
    &["cdsInstanceId", "cdsInstanceUrl", "governanceConfigurationType", "createdPrincipalId", "deletedPrincipalId"];

pub fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let id = row.get("environmentId").text().is_some_and(fields::is_environment_id);
    let marked = MARKS.iter().filter(|k| row.has(k)).count() >= 2;
    (id && marked && (row.has("environmentType") || row.has("environmentState"))).then_some(Proof::Typed)
}

pub static FORMAT: Format = Format {
    what: "environments of the data lake export",
    called: |_| "data lake export",
    recognised_by: "`environmentId` beside `cdsInstanceId`, `governanceConfigurationType` and the like",
    proof,
    reads: Reads::Environments(flat::read),
    reach: Reach::Tenant,
    instead: "",
    read_as: "environments, deleted ones too; an empty `cdsInstanceId` is no Dataverse",
    how: &[],
    dates: flat::DATES,
};
