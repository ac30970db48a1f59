//! A record: a whole workspace with the edits that are in it.
//!
//! The first line is the [`Head`], sealed JSON. After it stands the body, packed ([`super::pack`]): one line of JSON with what is
//! kept beside the workspace (`recent` edits, by which a later one is told to contradict them; what is `waiting` for a person),
//! then the text of the envelope ([`envelope`]). Which place and which record it is stands inside, so that a text under a wrong
//! key is told; a checksum of head and body each, so that a torn one is.
//!
//! A tombstone is a head alone: as of this record the place was deleted on purpose.

use super::journal::{Root, Seen};
use super::pack::{NotUnpacked, Packed, unpack};
use super::replay::{Applied, Waiting};
use super::seal;
use crate::domain::checksum::checksum;
use crate::domain::door::Mended;
use crate::domain::limits::Over;
use crate::json;
use crate::workspace::Workspace;
use crate::workspace::envelope::{self, APP, Unreadable};
use crate::workspace::keys::{Key, Place, RecordId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The form of a record that this build writes, and the newest that it reads.
pub const FORM: u32 = 2;

/// How many of the records before it a record names.
const NAMED: usize = 32;

/// What a record is, told without unpacking it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub app: String,
    /// The form of the record.
    pub record: u32,
    /// The schema of the workspace in it.
    pub schema: u32,
    pub place: Place,
    pub id: RecordId,
    /// The records that it goes back to, its parent first.
    #[serde(default)]
    pub before: Vec<RecordId>,
    /// It holds something that stands in no journal: an import, what could not be journalled, what an earlier build left.
    #[serde(default)]
    pub whole: bool,
    /// The records that are whole among this one and those that it goes back to, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wholes: Vec<RecordId>,
    /// It is a tombstone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// The revision as of which the place was last deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<u64>,
    /// The replacement that it goes back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Root>,
    /// A deletion was taken back: what stands here goes back to a workspace that was deleted, and that had been begun after this
    /// deletion (a revision; 0: after none).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<u64>,
    /// When it was written, UTC.
    pub saved: DateTime<Utc>,
    /// What the tenant is called; may be empty.
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
    /// How many environments there are.
    pub environments: usize,
    /// The edits that are in it, or wait in it.
    pub folded: Seen,
    /// What other tabs than those in `folded` did up to this stamp is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<i64>,
    /// The checksum of the text of an earlier build that it goes back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<String>,
    /// Bytes of the text that is packed in the body.
    pub text: usize,
    /// Bytes of that text deflated.
    pub bytes: usize,
    /// UTF-16 units of the body.
    pub units: usize,
    /// The checksum of the body.
    pub check: String,
}

impl Head {
    pub fn parent(&self) -> Option<&RecordId> {
        self.before.first()
    }

    /// The greater one is what counts. Of two that were written at once the one counts that holds what no journal has, for what
    /// the other one holds is in the journals; a deletion counts least.
    pub fn weight(&self) -> (u64, bool, bool, RecordId) {
        (self.id.revision, !self.gone, self.whole, self.id.clone())
    }

    /// Whether `id` is this record or one that it goes back to. What is older than all that it names is taken for one.
    pub fn goes_back_to(&self, id: &RecordId) -> bool {
        let oldest = self.before.last().filter(|_| self.before.len() >= NAMED);
        self.id == *id || self.before.contains(id) || oldest.is_some_and(|oldest| id.revision < oldest.revision)
    }

    /// Whether what the record `id` alone held is in this one.
    pub fn holds_whole(&self, id: &RecordId) -> bool {
        let oldest = self.wholes.last().filter(|_| self.wholes.len() >= NAMED);
        self.goes_back_to(id) || self.wholes.contains(id) || oldest.is_some_and(|oldest| id.revision < oldest.revision)
    }

    /// What the next record names as the ones before it.
    pub(super) fn and_before(&self) -> Vec<RecordId> {
        std::iter::once(&self.id).chain(&self.before).take(NAMED).cloned().collect()
    }

    /// Takes an id, and with it the name among those that are whole.
    pub(super) fn named(&mut self, id: RecordId) {
        if self.whole {
            self.wholes.retain(|other| *other != self.id && *other != id);
            self.wholes.insert(0, id.clone());
            self.wholes.truncate(NAMED);
        }
        self.id = id;
    }

    /// The key that it is written under.
    pub fn key(&self) -> Key {
        if self.gone {
            Key::Gone(self.place.clone(), self.id.clone())
        } else {
            Key::Record(self.place.clone(), self.id.clone())
        }
    }
}

/// A record that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub head: Head,
    pub workspace: Workspace,
    /// What could not be taken as it was stored.
    pub mended: Vec<Mended>,
    pub recent: Vec<Applied>,
    pub waiting: Vec<Waiting>,
}

/// Why a text under the key of a record cannot be read as one. The text stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotARecord {
    /// The text is cut, or was changed.
    Torn,
    /// It is a record, but of another key.
    Misplaced,
    /// It is of a newer form, which only a newer version reads.
    NewerForm(u32),
    TooMuch(Over),
    /// It is whole, but what is in it cannot be read.
    Content(Unreadable),
}

impl From<NotUnpacked> for NotARecord {
    fn from(why: NotUnpacked) -> Self {
        match why {
            NotUnpacked::Torn => NotARecord::Torn,
            NotUnpacked::TooMuch(over) => NotARecord::TooMuch(over),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Beside<R, W> {
    pub recent: R,
    pub waiting: W,
}

/// What is packed in the body of a record, as text.
pub fn text(
    workspace: &Workspace,
    recent: &[Applied],
    waiting: &[Waiting],
    now: DateTime<Utc>,
) -> Result<String, String> {
    let mut text = serde_json::to_string(&Beside { recent, waiting }).map_err(|e| e.to_string())?;
    text.push('\n');
    text.push_str(&envelope::write(workspace, now)?);
    Ok(text)
}

/// The text of a record: `head` is completed by what was packed.
pub fn write(head: &mut Head, packed: &Packed) -> Result<String, String> {
    head.text = packed.text;
    head.bytes = packed.bytes;
    head.units = packed.units;
    head.check.clone_from(&packed.check);
    let mut text = head_line(head)?;
    text.push('\n');
    text.push_str(&packed.body);
    Ok(text)
}

/// The first line of a record, which is all of a tombstone.
pub fn head_line(head: &Head) -> Result<String, String> {
    serde_json::to_string(head).map(|json| seal::seal(&json)).map_err(|e| e.to_string())
}

#[derive(Deserialize)]
struct FormOf {
    app: String,
    record: u32,
}

/// Reads the head of the text that stands under `key`, and holds it against the body without unpacking that.
pub fn read_head(text: &str, key: &Key) -> Result<Head, NotARecord> {
    let (line, body) = text.split_once('\n').unwrap_or((text, ""));
    let json = seal::open(line).ok_or(NotARecord::Torn)?;
    let form: FormOf = json::read(&json).map_err(|_| NotARecord::Torn)?;
    if form.app != APP {
        return Err(NotARecord::Torn);
    }
    if form.record > FORM {
        return Err(NotARecord::NewerForm(form.record));
    }
    let head: Head = json::read(&json).map_err(|_| NotARecord::Torn)?;
    if head.key() != *key {
        return Err(NotARecord::Misplaced);
    }
    let is_whole = if head.gone {
        // There is nothing behind the head, not even the end of a line.
        text.len() == line.len()
    } else {
        body.len() == head.units.saturating_mul(3) && checksum(body.as_bytes()) == head.check
    };
    if !is_whole {
        return Err(NotARecord::Torn);
    }
    Ok(head)
}

/// The text of the envelope in a record whose head was read, and what stands beside it.
fn unpacked(text: &str, head: &Head) -> Result<String, NotARecord> {
    let body = text.split_once('\n').map_or("", |(_, body)| body);
    let inner = unpack(body, head.bytes)?;
    if inner.len() == head.text { Ok(inner) } else { Err(NotARecord::Torn) }
}

/// The text of the envelope that is packed in a record, to be downloaded or brought back: also where it is of a newer schema.
pub fn envelope_text(text: &str, key: &Key) -> Result<String, NotARecord> {
    let head = read_head(text, key)?;
    let inner = unpacked(text, &head)?;
    Ok(inner.split_once('\n').map(|(_, envelope)| envelope.to_string()).unwrap_or_default())
}

/// Reads a record whose head was read. A newer schema is read where this build understands the workspace; `head.schema` tells.
pub fn read(text: &str, head: Head) -> Result<Record, NotARecord> {
    if head.gone {
        let workspace = Workspace::default();
        return Ok(Record { head, workspace, mended: Vec::new(), recent: Vec::new(), waiting: Vec::new() });
    }
    let inner = unpacked(text, &head)?;
    let (beside, envelope) = inner.split_once('\n').ok_or(NotARecord::Torn)?;
    let newer = head.schema > envelope::SCHEMA;
    let read = if newer { envelope::read_newer(envelope) } else { envelope::read(envelope) };
    let envelope = read.map_err(NotARecord::Content)?;
    let Beside { recent, waiting } = match json::read(beside) {
        Ok(beside) => beside,
        // It is shown only, and never written again.
        Err(_) if newer => Beside { recent: Vec::new(), waiting: Vec::new() },
        Err(e) => return Err(NotARecord::Content(Unreadable::Damaged(e.to_string()))),
    };
    Ok(Record { head, workspace: envelope.workspace, mended: envelope.mended, recent, waiting })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> RecordId {
        text.parse().expect("an id")
    }

    /// The record `50.a` of a place, which names the records from `49.a` on downwards, so many.
    fn head(named: u64) -> Head {
        let json = r#"{"app":"restore-desk","record":2,"schema":1,"place":"s","id":"50.a","saved":"2026-03-01T00:00:00Z","name":"",
            "environments":0,"folded":{},"text":0,"bytes":0,"units":0,"check":""}"#;
        let mut head: Head = serde_json::from_str(json).expect("a head");
        head.before = (0..named).map(|n| id(&format!("{}.a", 49 - n))).collect();
        head.wholes = head.before.clone();
        head
    }

    #[test]
    fn nothing_stands_behind_a_tombstone() {
        let gone = Head { gone: true, ..head(1) };
        let line = head_line(&gone).expect("a line");
        assert_eq!(read_head(&line, &gone.key()), Ok(gone.clone()));
        for more in ["\n", "\nmore", "\n\n", " "] {
            assert_eq!(read_head(&format!("{line}{more}"), &gone.key()), Err(NotARecord::Torn), "{more:?}");
        }
    }

    #[test]
    fn what_is_older_than_all_that_it_names_is_taken_for_one_that_it_goes_back_to() {
        // It names as many as it can, the last of them `18.a`; what is as old as that one may stand beside it.
        for (of, is) in
            [("50.a", true), ("50.b", false), ("49.a", true), ("18.a", true), ("18.b", false), ("17.b", true)]
        {
            assert_eq!((head(32).goes_back_to(&id(of)), head(32).holds_whole(&id(of))), (is, is), "{of}");
        }
        // It names fewer, and so all that there are.
        for (of, is) in [("19.a", true), ("18.a", false), ("1.b", false)] {
            assert_eq!((head(31).goes_back_to(&id(of)), head(31).holds_whole(&id(of))), (is, is), "{of}");
        }
    }

    #[test]
    fn what_holds_something_of_its_own_is_named_once_and_first() {
        let mut head = Head { whole: true, wholes: vec![id("50.a"), id("40.a"), id("51.b")], ..head(0) };
        head.named(id("51.b"));
        assert_eq!((&head.id, head.wholes.as_slice()), (&id("51.b"), [id("51.b"), id("40.a")].as_slice()));
        for n in 52..100 {
            head.whole = true;
            let last = head.id.clone();
            head.named(id(&format!("{n}.b")));
            assert!(!head.wholes.contains(&last), "it was given another id");
        }
        head.whole = false;
        head.named(id("100.b"));
        assert_eq!((head.id, head.wholes.first()), (id("100.b"), Some(&id("99.b"))));
    }
}
