//! Reading inventories of the known tools. The format is recognised, not asked. See `docs/` and rules of interop.

use crate::domain::inventory::Inventory;
use chrono::{DateTime, Utc};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The whole file, or a row, could not be used.
    Error,
    /// Used, with something to know.
    Warning,
    Note,
}

/// Something to say about the text that was read: what, where, the value, what to do now.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub severity: Severity,
    /// Such as `row 3` or `environments[2]`; empty for the whole file.
    pub place: String,
    /// Such as `properties.retentionPeriod`; empty for the whole row.
    pub field: String,
    /// The offending value, shortened; empty where there is none.
    pub value: String,
    /// Lower case, no final period.
    pub says: String,
    /// What to do now; may be empty for notes.
    pub help: String,
}

/// What was understood and what is to be said about it. Never only an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// `None` where nothing in the file could be used; then at least one finding is an error.
    pub inventory: Option<Inventory>,
    pub findings: Vec<Finding>,
    /// The whole text, where it is this app's own export (`{"app":"restore-desk",…}`): the workspace reads it, not this module.
    /// Then `inventory` is `None` and no finding is an error.
    pub own_export: Option<String>,
}

/// Reads the bytes of a file called `name`. `now` (UTC) dates what is read; `local_offset_minutes` is the offset east of UTC
/// that local times in a file (`pac admin list-backups`) are read with.
pub fn read(_name: &str, _bytes: &[u8], _now: DateTime<Utc>, _local_offset_minutes: i32) -> Read {
    todo!("import helper")
}
