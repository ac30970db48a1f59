//! Reading inventories of the known tools. The format is recognised, not asked.
//!
//! Architecture invariant: reading returns what was understood *and* findings, never only an error. A value that cannot be read
//! is named by row, field and value and left unknown; its row is kept. Nothing is guessed, and no bytes make it panic.

mod address;
mod again;
mod announced;
mod broken;
mod causes;
mod cells;
mod collection;
mod csv;
mod fields;
mod findings;
pub mod formats;
mod job;
mod json;
mod lines;
mod node;
mod object;
mod policies;
mod reading;
mod refuse;
mod row;
mod says;
mod scan;
mod span;
mod states;
mod table;
mod text;
mod texts;
mod twice;
mod unread;
mod unused;
mod whole;
mod work;

use super::own::{Own, recognise as own};
use crate::domain::inventory::Inventory;
use crate::domain::limits::{Limit, Over};
use crate::domain::slowly::at_once;
use crate::words::{Count, Say};
use chrono::{DateTime, Utc};
use findings::Findings;
use job::{Job, Outcome};
use reading::Form;
use row::File;
use text::Decoded;

pub use work::looked;

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
pub const OWN_APP: &str = super::own::APP;

/// The offset east of UTC, in minutes, that the reader's time zone has at an instant.
pub type Offset = fn(DateTime<Utc>) -> i32;

/// How many bytes are looked at before the reading could stop.
const SLICE: usize = 64 * 1024;

/// What is said of a file whose bytes need not even be read (see [`Limit::File`]).
pub fn refused(over: Over) -> Read {
    let mut findings = Findings::default();
    findings.over("", over);
    Read { inventory: None, findings: findings.finish(), own_export: None }
}

/// Reads the bytes of a file called `name`. `now` (UTC) dates what is read; `offset` is the time zone in which the local times
/// of a file (`pac admin list-backups`) are read.
pub fn read(name: &str, bytes: &[u8], now: DateTime<Utc>, offset: Offset) -> Read {
    watched(name, bytes, now, offset, |_, _| true)
        .unwrap_or_else(|| nothing("reading was stopped", Findings::default()))
}

/// As [`read`]; `watch` is told after each slice how much of how much is done, and stops the reading with `false`. Then there is
/// nothing: a part of a file is never taken for the whole.
pub fn watched(
    name: &str,
    bytes: &[u8],
    now: DateTime<Utc>,
    offset: Offset,
    mut watch: impl FnMut(usize, usize) -> bool,
) -> Option<Read> {
    at_once(read_slowly(name, bytes, now, offset, async |at, of| watch(at, of)))
}

/// As [`watched`], for whoever has to wait between two slices, such as a page that is to stay alive.
pub async fn read_slowly(
    name: &str,
    bytes: &[u8],
    now: DateTime<Utc>,
    offset: Offset,
    mut watch: impl AsyncFnMut(usize, usize) -> bool,
) -> Option<Read> {
    read_file(File::new(now, offset), name, bytes, &mut watch).await
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
    at_once(read_file(file, name, bytes, &mut async |_, _| true))
        .unwrap_or_else(|| nothing("reading was stopped", Findings::default()))
}

async fn read_file<W: AsyncFnMut(usize, usize) -> bool>(
    mut file: File,
    name: &str,
    bytes: &[u8],
    watch: &mut W,
) -> Option<Read> {
    if let Err(over) = Limit::File.hold(bytes.len()) {
        return Some(refused(over));
    }
    let mut notes = Findings::default();
    work::look(bytes.len());
    let text = match text::decode(bytes, watch).await? {
        Decoded::Empty => return Some(nothing("the file is empty", notes)),
        Decoded::Binary(what) => {
            return Some(nothing(&format!("this is {what}, not a list of environments"), notes));
        }
        Decoded::Text { text, caution } => {
            if let Some(caution) = caution {
                notes.file(Severity::Warning, caution, "save the file as UTF-8, or use `Out-File -Encoding utf8`");
            }
            text
        }
    };
    if let Some(own) = own(&text) {
        notes.file(Severity::Note, says_own(own), "");
        return Some(Read { inventory: None, findings: notes.finish(), own_export: Some(text.into_owned()) });
    }
    let ReadText { inventory, own, notes } = read_text(&mut file, name, &text, notes, watch).await?;
    Some(Read { inventory, findings: notes.finish(), own_export: own.then(|| text.into_owned()) })
}

/// What a text said.
struct ReadText {
    inventory: Option<Inventory>,
    /// It is a file of this app.
    own: bool,
    notes: Findings,
}

/// Reads a text that is no file of this app, or one of its collections; `None` where `watch` stopped it. Everything that is to be
/// said is in the notes.
async fn read_text<W: AsyncFnMut(usize, usize) -> bool>(
    file: &mut File,
    name: &str,
    text: &str,
    mut notes: Findings,
    watch: &mut W,
) -> Option<ReadText> {
    if !collection::is(text) {
        return read_rows(file, name, text, notes, watch).await;
    }
    let inventory = collection::read(file, name, text, watch).await?;
    notes.append(std::mem::take(&mut file.findings));
    cut(file.cut_rows, &mut notes);
    Some(ReadText { inventory, own: false, notes })
}

/// Reads one answer of one service.
async fn read_rows<W: AsyncFnMut(usize, usize) -> bool>(
    file: &mut File,
    name: &str,
    text: &str,
    notes: Findings,
    watch: &mut W,
) -> Option<ReadText> {
    let mut job = Job::new(name, text, file, notes);
    while job.step(SLICE) {
        if !watch(job.at(), text.len().saturating_mul(2)).await {
            return None;
        }
    }
    let (Outcome { inventory, own, spoiled }, mut notes) = job.finish();
    if !spoiled {
        notes.append(std::mem::take(&mut file.findings));
        cut(file.cut_rows, &mut notes);
    }
    if own {
        notes.file(Severity::Note, says_own(Own::Workspace), "");
    }
    Some(ReadText { inventory, own, notes })
}

fn nothing(says: &str, mut notes: Findings) -> Read {
    notes.file(Severity::Error, says, refuse::RUN);
    Read { inventory: None, findings: notes.finish(), own_export: None }
}

fn says_own(own: Own) -> &'static str {
    match own {
        Own::Plan => "this is a plan that was saved by this app",
        Own::Workspace => "this is a workspace that was saved by this app",
    }
}

/// Says in how many rows PowerShell cut something off.
fn cut(rows: usize, findings: &mut Findings) {
    if rows == 0 {
        return;
    }
    let rows = Count::of(rows, "row", "rows").says();
    findings.file(
        Severity::Warning,
        format!("PowerShell cut off nested values in {rows}: what was there was read, the rest is unknown"),
        "export the list again with `Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10`",
    );
}
