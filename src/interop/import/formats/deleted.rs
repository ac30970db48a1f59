//! Deleted environments: `Get-AdminPowerAppSoftDeletedEnvironment`.

use super::super::fields;
use super::super::node::Node;
use super::super::reading::Form;
use super::{Format, HowTo, Proof, Reach, Reads, admin};

/// Whether a row tells that it is deleted, and looks like the cmdlet's.
pub fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let id = row.get("EnvironmentName").text().is_some_and(fields::is_environment_id);
    let body = row.get("Internal");
    let soft = |n: &Node<'_>| n.text().is_some_and(|t| t.to_ascii_lowercase().contains("softdeleted"));
    let dated = |n: &Node<'_>| ["softDeletedTime", "DeletedTime", "SoftDeletedTime"].iter().any(|k| n.has(k));
    let told = soft(body.get("id")) || soft(body.get("type")) || dated(row);
    (id && told && !row.has("EnvironmentId")).then_some(Proof::Typed)
}

pub static FORMAT: Format = Format {
    what: "deleted environments of PowerShell",
    called: |_| "Get-AdminPowerAppSoftDeletedEnvironment",
    recognised_by: "`EnvironmentName` beside a deletion time, or a long id under `softDeletedEnvironments`",
    proof,
    reads: Reads::Environments(|r, node| admin::read(r, node, true)),
    reach: Reach::Deleted,
    instead: "",
    read_as: "deleted environments; nothing else is concluded from the list",
    how: &[HowTo {
        title: "Deleted environments",
        command: "Get-AdminPowerAppSoftDeletedEnvironment | ConvertTo-Json -Depth 10 > deleted.json",
        note: "Lists what can still be recovered. Living environments are not in it.",
    }],
    dates: admin::DATES,
};
