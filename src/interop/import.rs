//! Reading inventories of the known tools. The format is recognised, not asked.
//!
//! Architecture invariant: reading returns what was understood *and* findings, never only an error. A value that cannot be read
//! is named by row, field and value and left unknown; its row is kept. Nothing is guessed, and no bytes make it panic.

mod address;
mod announced;
mod collection;
mod fields;
mod findings;
pub mod formats;
mod json;
mod node;
mod policies;
mod reading;
mod recognise;
mod refuse;
mod row;
mod says;
mod states;
mod table;
mod text;
mod texts;
mod unused;
mod whole;

use crate::domain::inventory::Inventory;
use chrono::{DateTime, Utc};
use json::Json;
use node::Node;
use reading::{Around, Form};
use recognise::Rows;
use row::File;
use text::Decoded;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Such as `row 3 (Sales UAT)` or `line 7`; empty for the whole file.
    pub place: String,
    /// Such as `retentionPeriod`; empty for the whole row.
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
    /// `None` where nothing in the file could be used; then at least one finding is an error, or it is our own export.
    pub inventory: Option<Inventory>,
    /// Errors first.
    pub findings: Vec<Finding>,
    /// The whole text, where it is this app's own export (`{"app":"restore-desk",…}`): the workspace reads it, not this module.
    /// Then `inventory` is `None` and no finding is an error.
    pub own_export: Option<String>,
}

/// The name by which our own export is recognised.
pub const OWN_APP: &str = "restore-desk";

/// What follows, without white space, where a text begins as this app writes its own files: also where it is cut off or damaged
/// further on, so that it is not told to be a broken inventory.
pub(super) fn own_head(text: &str) -> Option<String> {
    const LONGEST: usize = 80;
    let head: String = text.chars().filter(|c| !c.is_whitespace()).take(LONGEST).collect();
    head.strip_prefix(&format!("{{\"app\":\"{OWN_APP}\"")).map(str::to_string)
}

/// The offset east of UTC, in minutes, that the reader's time zone has at an instant.
pub type Offset = fn(DateTime<Utc>) -> i32;

/// Reads the bytes of a file called `name`. `now` (UTC) dates what is read; `offset` is the time zone in which the local times
/// of a file (`pac admin list-backups`) are read.
pub fn read(name: &str, bytes: &[u8], now: DateTime<Utc>, offset: Offset) -> Read {
    read_file(File::new(now, offset), name, bytes)
}

/// As [`read`], with the list of formats turned by `turn` and mirrored where `mirrored`: the order must not count.
pub fn read_in_order(
    name: &str,
    bytes: &[u8],
    now: DateTime<Utc>,
    offset: Offset,
    turn: usize,
    mirrored: bool,
) -> Read {
    let mut file = File::new(now, offset);
    let len = file.formats.len().max(1);
    file.formats.rotate_left(turn % len);
    if mirrored {
        file.formats.reverse();
    }
    read_file(file, name, bytes)
}

fn read_file(mut file: File, name: &str, bytes: &[u8]) -> Read {
    let (inventory, own_export) = match text::decode(bytes) {
        Decoded::Empty => {
            file.findings.file(Severity::Error, "the file is empty", refuse::RUN);
            (None, None)
        }
        Decoded::Binary(what) => {
            let says = format!("this is {what}, not a list of environments");
            file.findings.file(Severity::Error, says, refuse::RUN);
            (None, None)
        }
        Decoded::Text { text, caution } => {
            if let Some(caution) = caution {
                file.findings.file(
                    Severity::Warning,
                    caution,
                    "save the file as UTF-8, or use `Out-File -Encoding utf8`",
                );
            }
            read_text(&mut file, name, &text)
        }
    };
    if file.cut_rows > 0 {
        let rows = if file.cut_rows == 1 { "1 row".to_string() } else { format!("{} rows", file.cut_rows) };
        file.findings.file(
            Severity::Warning,
            format!("PowerShell cut off nested values in {rows}: what was there was read, the rest is unknown"),
            "export the list again with `Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10`",
        );
    }
    Read { inventory, findings: file.findings.finish(), own_export }
}

fn read_text(file: &mut File, name: &str, text: &str) -> (Option<Inventory>, Option<String>) {
    if own_head(text).is_some() {
        return own(file, text);
    }
    if collection::is(text) {
        return (collection::read(file, name, text), None);
    }
    match json::parse(text, &mut file.findings) {
        Json::Broken => return (None, None),
        Json::Parsed(node) => {
            if is_own(&node) {
                return own(file, text);
            }
            let rows = recognise::rows(&node, whole::beside(text), &mut file.findings);
            return (rows.and_then(|rows| recognise::read(file, name, &rows)), None);
        }
        Json::None => {}
    }
    // A log is full of ids and addresses; none of its lines is an environment.
    if texts::is_log(text) {
        refuse::unknown_text(text, &mut file.findings);
        return (None, None);
    }
    let tabled = |table: table::Table, unit, form| (table, unit, form);
    let table = table::read_text(text, &mut file.findings)
        .map(|t| tabled(t, "line", Form::Text))
        .or_else(|| table::read_list(text).map(|t| tabled(t, "line", Form::List)))
        .or_else(|| table::read_csv(text, &mut file.findings).map(|t| tabled(t, "line", Form::Csv)));
    let Some((table, unit, form)) = table else {
        refuse::unknown_text(text, &mut file.findings);
        return (None, None);
    };
    let head = whole::beside(text);
    if table.rows.is_empty() {
        refuse::empty_table(name, text, &head, &mut file.findings);
        return (None, None);
    }
    let rows = table.rows.iter().map(|(line, node)| (*line, node)).collect();
    let single = form == Form::List && table.rows.len() == 1;
    (recognise::read(file, name, &Rows { rows, around: Around { unit, form, single, head } }), None)
}

/// A file of this app, which others read.
fn own(file: &mut File, text: &str) -> (Option<Inventory>, Option<String>) {
    let says = match super::travel::is_plan(text) {
        true => "this is a plan that was saved by this app",
        false => "this is a workspace that was saved by this app",
    };
    file.findings.file(Severity::Note, says, "");
    (None, Some(text.to_string()))
}

fn is_own(node: &Node<'_>) -> bool {
    node.get("app").text() == Some(OWN_APP)
}
