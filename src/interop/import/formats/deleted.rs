//! Deleted environments: `Get-AdminPowerAppSoftDeletedEnvironment`.

use super::super::fields;
use super::super::node::{Node, open_cut};
use super::super::reading::Form;
use super::super::states;
use super::{Format, HowTo, Proof, Reach, Reads, admin};

/// The columns that only this list has. One that is empty, a sentinel or still to come says no time, and is the list's all the same.
pub const TIMES: &[&str] = &["softDeletedTime", "DeletedTime"];

/// Whether a row looks like the cmdlet's: what it lists is deleted.
pub fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let name = row.get("EnvironmentName").text().filter(|name| fields::is_environment_id(name))?;
    // Cut off or in a cell of CSV, what is inside is a text.
    let opened = row.get("Internal").text().and_then(open_cut);
    let body = opened.as_ref().unwrap_or_else(|| row.get("Internal"));
    let listed = states::of_deleted(body.get("id")) || states::of_deleted(body.get("type"));
    let dated = TIMES.iter().any(|k| row.has(k)) && (told(row) || !is_default(row, name));
    ((listed || dated) && !row.has("EnvironmentId")).then_some(Proof::Typed)
}

/// Whether a row gives the time of a deletion.
fn told(row: &Node<'_>) -> bool {
    TIMES.iter().any(|k| !matches!(fields::instant(row.get(k), fields::Zoneless::Utc), fields::Instant::Nothing))
}

/// The Default environment cannot be deleted (X3): without a time the column proves nothing of its row.
fn is_default(row: &Node<'_>, name: &str) -> bool {
    fields::after_default(name).is_some()
        || fields::yes_no(row.get("IsDefault")) == Some(true)
        || row.get("EnvironmentType").text().is_some_and(|kind| kind.eq_ignore_ascii_case("Default"))
}

pub static FORMAT: Format = Format {
    what: "deleted environments of PowerShell",
    called: |_| "Get-AdminPowerAppSoftDeletedEnvironment",
    recognised_by: "`EnvironmentName` beside a column for the time of deletion, or a long id under `softDeletedEnvironments` or `deletedEnvironments`",
    proof,
    reads: Reads::Environments(|r, node| admin::read(r, node, admin::Wrap::DeletedCmdlet)),
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
