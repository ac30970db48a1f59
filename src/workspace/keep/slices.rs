//! A record made in slices: its text piece by piece, packed as it comes, then unpacked and read again piece by piece.
//!
//! Invariant: what [`Making::finish`] gives can be read: what was packed was unpacked, and understood by the code that opens a record. The
//! text is to the byte the one that [`record::text`] makes in one go.

use super::fold::NotFolded;
use super::pack::{Packed, Packing, Unpacking};
use super::record::{self, Beside, Head, NotARecord, Record};
use super::replay::{Applied, Waiting};
use crate::domain::edition::EditionId;
use crate::domain::environment::Environment;
use crate::domain::environments::Environments;
use crate::json;
use crate::workspace::Workspace;
use crate::workspace::envelope::{self, Slowly, Unreadable};
use crate::workspace::log::LogEntry;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::VecDeque;

/// The text of a record, to be had in pieces: what is large in it are lists, and each of their rows is a piece.
#[derive(Debug)]
pub struct RecordPieces(VecDeque<RecordPiece>);

#[derive(Debug)]
enum RecordPiece {
    Text(String),
    Environments { all: Environments, next: usize },
    Entries { all: Vec<LogEntry>, next: usize },
}

/// What stands in the text where the list of environments goes, and nowhere else: no environment has this id.
const HOLE: &str = "\u{0}hole";

impl RecordPieces {
    /// The pieces of [`record::text`], which are that text one behind the other.
    ///
    /// # Errors
    /// It cannot be written as text.
    pub fn of(w: &Workspace, recent: &[Applied], waiting: &[Waiting], now: DateTime<Utc>) -> Result<Self, String> {
        Self::made(w, now, |w| record::text(w, recent, waiting, now))
    }

    /// `write` makes the text of a workspace.
    fn made(
        w: &Workspace,
        now: DateTime<Utc>,
        write: impl Fn(&Workspace) -> Result<String, String>,
    ) -> Result<Self, String> {
        // The environments are shared, and what else is there is small beside them.
        let mut rest = w.clone();
        let hole = Environment::new(HOLE);
        let entry = hole_of_log(now);
        let holes = [row(&hole)?, row(&entry)?];
        let environments = std::mem::replace(&mut rest.tenant.environments, vec![hole].into());
        let entries = std::mem::replace(&mut rest.log.entries, vec![entry]);
        let text = write(&rest)?;
        let at_once = || Ok(Self([RecordPiece::Text(write(w)?)].into()));
        let found: Vec<Vec<usize>> =
            holes.iter().map(|hole| text.match_indices(hole.as_str()).map(|(at, _)| at).collect()).collect();
        let mut lists =
            [RecordPiece::Environments { all: environments, next: 0 }, RecordPiece::Entries { all: entries, next: 0 }]
                .into_iter();
        let mut pieces = VecDeque::new();
        let mut from = 0;
        for (hole, found) in holes.iter().zip(found) {
            // The tenant stands before the log. Where that is not so, it is all one piece.
            let (Some(list), &[at]) = (lists.next(), found.as_slice()) else {
                return at_once();
            };
            let Some(before) = text.get(from..at) else { return at_once() };
            pieces.push_back(RecordPiece::Text(before.to_string()));
            pieces.push_back(list);
            from = at.saturating_add(hole.len());
        }
        pieces.push_back(RecordPiece::Text(text.get(from..).unwrap_or_default().to_string()));
        Ok(Self(pieces))
    }

    /// The pieces of [`envelope::write`], which are that text one behind the other. Of the workspace nothing is borrowed: what is changed
    /// meanwhile is not in it.
    ///
    /// # Errors
    /// It cannot be written as text.
    pub fn of_envelope(w: &Workspace, now: DateTime<Utc>) -> Result<Self, String> {
        Self::made(w, now, |w| envelope::write(w, now))
    }

    /// The next piece; `None`: that was all.
    ///
    /// # Errors
    /// It cannot be written as text.
    pub fn next_piece(&mut self) -> Result<Option<String>, String> {
        loop {
            let made = match self.0.front_mut() {
                None => return Ok(None),
                Some(RecordPiece::Text(text)) => {
                    let text = std::mem::take(text);
                    self.0.pop_front();
                    return Ok(Some(text));
                }
                Some(RecordPiece::Environments { all, next }) => all.get(*next).map(|env| behind(next, env)),
                Some(RecordPiece::Entries { all, next }) => all.get(*next).map(|entry| behind(next, entry)),
            };
            match made {
                Some(row) => return row.map(Some),
                None => drop(self.0.pop_front()),
            }
        }
    }
}

/// A row of a list, behind a comma where it is not the first.
fn behind(next: &mut usize, value: &impl Serialize) -> Result<String, String> {
    let row = row(value)?;
    *next = next.saturating_add(1);
    Ok(if *next > 1 { format!(",{row}") } else { row })
}

fn row(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|e| e.to_string())
}

/// As [`HOLE`], for the entries of the log.
fn hole_of_log(at: DateTime<Utc>) -> LogEntry {
    LogEntry::of_edition(EditionId(HOLE.to_string()), at)
}

/// A record being made.
#[derive(Debug)]
pub struct Making {
    stage: Stage,
    /// Bytes of text that were packed, and read again.
    packed: usize,
    read: usize,
}

#[derive(Debug)]
enum Stage {
    Packing { pieces: RecordPieces, packing: Packing },
    Reading { packed: Packed, reading: Box<RecordReading> },
    Ready { packed: Packed, understood: Result<(), NotARecord> },
    Unwritable(String),
}

impl Making {
    pub fn new(pieces: RecordPieces) -> Self {
        Self { stage: Stage::Packing { pieces, packing: Packing::in_pieces() }, packed: 0, read: 0 }
    }

    /// Works on about `budget` bytes of text; `true`: all is done.
    pub fn step(&mut self, budget: usize) -> bool {
        let budget = budget.max(1);
        let stage = std::mem::replace(&mut self.stage, Stage::Unwritable(String::new()));
        self.stage = match stage {
            Stage::Packing { pieces, packing } => self.pack(pieces, packing, budget).unwrap_or_else(Stage::Unwritable),
            Stage::Reading { packed, mut reading } => {
                let step = reading.step(&packed.body, budget);
                self.read = self.read.saturating_add(budget.min(packed.text.max(1)));
                match step {
                    Ok(false) => Stage::Reading { packed, reading },
                    Ok(true) => Stage::Ready { packed, understood: reading.understood() },
                    Err(why) => Stage::Ready { packed, understood: Err(why) },
                }
            }
            ready => ready,
        };
        matches!(self.stage, Stage::Ready { .. } | Stage::Unwritable(_))
    }

    fn pack(&mut self, mut pieces: RecordPieces, mut packing: Packing, budget: usize) -> Result<Stage, String> {
        let mut all = false;
        while packing.waits() < budget {
            let Some(piece) = pieces.next_piece()? else {
                all = true;
                break;
            };
            packing.feed(&piece);
        }
        if all {
            packing.end();
        }
        let waits = packing.waits();
        let done = packing.step(budget);
        self.packed = self.packed.saturating_add(waits.saturating_sub(packing.waits()));
        if !done {
            return Ok(Stage::Packing { pieces, packing });
        }
        let packed = packing.finish();
        Ok(match RecordReading::new(&packed.body, packed.bytes, packed.text) {
            Ok(reading) => Stage::Reading { packed, reading: Box::new(reading) },
            Err(why) => Stage::Ready { packed, understood: Err(why) },
        })
    }

    /// As [`Making::step`], and `true` as soon as all is packed: it is not read again.
    pub fn step_packing(&mut self, budget: usize) -> bool {
        let packs = |stage: &Stage| matches!(stage, Stage::Packing { .. });
        if packs(&self.stage) {
            self.step(budget);
        }
        !packs(&self.stage)
    }

    /// How much was done so far, in bytes.
    pub fn done(&self) -> usize {
        self.packed.saturating_add(self.read)
    }

    /// What was packed, which can be read again. All that is left is done now.
    ///
    /// # Errors
    /// It cannot be written, or not be read.
    pub fn finish(mut self) -> Result<Packed, NotFolded> {
        while !self.step(AT_ONCE) {}
        match self.stage {
            Stage::Ready { packed, understood: Ok(()) } => Ok(packed),
            Stage::Ready { understood: Err(why), .. } => Err(NotFolded::NotUnderstood(why)),
            Stage::Unwritable(why) => Err(NotFolded::Unwritable(why)),
            Stage::Packing { .. } | Stage::Reading { .. } => Err(NotFolded::NotUnderstood(NotARecord::Torn)),
        }
    }

    /// What was packed, without reading it again.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn packed(mut self) -> Result<Packed, String> {
        loop {
            match self.stage {
                Stage::Packing { .. } => drop(self.step(AT_ONCE)),
                Stage::Reading { packed, .. } | Stage::Ready { packed, .. } => return Ok(packed),
                Stage::Unwritable(why) => return Err(why),
            }
        }
    }
}

/// Bytes of one step where nobody waits.
const AT_ONCE: usize = 1024 * 1024;

/// The body of a record, being read.
#[derive(Debug)]
pub(super) struct RecordReading {
    unpacking: Option<Unpacking>,
    /// Bytes of it, and of the text that is packed in it.
    body: usize,
    text: usize,
    inner: String,
    slowly: Slowly,
}

impl RecordReading {
    /// `bytes` and `text` are those of the [`record::Head`].
    pub fn new(body: &str, bytes: usize, text: usize) -> Result<Self, NotARecord> {
        let unpacking = Some(Unpacking::new(body, bytes, text)?);
        Ok(Self { unpacking, body: body.len(), text, inner: String::new(), slowly: Slowly::new() })
    }

    /// Goes on with the body that it was begun with; `true`: only [`RecordReading::record`] or [`RecordReading::understood`] is left.
    pub fn step(&mut self, body: &str, budget: usize) -> Result<bool, NotARecord> {
        if let Some(unpacking) = &mut self.unpacking {
            if unpacking.step(body, budget)?
                && let Some(unpacking) = self.unpacking.take()
            {
                self.inner = unpacking.finish()?;
                if self.inner.len() != self.text {
                    return Err(NotARecord::Torn);
                }
            }
            return Ok(false);
        }
        let (_, envelope) = self.inner.split_once('\n').ok_or(NotARecord::Torn)?;
        Ok(self.slowly.step(envelope, budget))
    }

    /// How much was done so far: bytes of the body, of the text that was made of it, and of the text that was read.
    pub fn done(&self) -> usize {
        let all = self.body.saturating_add(self.inner.len());
        let unpacked = self.unpacking.as_ref().map_or(all, Unpacking::done);
        unpacked.saturating_add(self.slowly.done())
    }

    /// Whether [`RecordReading::record`] would read it.
    fn understood(self) -> Result<(), NotARecord> {
        let (beside, envelope) = self.inner.split_once('\n').ok_or(NotARecord::Torn)?;
        self.slowly.understood(envelope).map_err(NotARecord::Content)?;
        read_beside(beside).map(drop)
    }

    /// What [`record::read`] reads, where the schema is none that is newer.
    pub fn record(self, head: Head) -> Result<Record, NotARecord> {
        let (beside, envelope) = self.inner.split_once('\n').ok_or(NotARecord::Torn)?;
        let envelope = self.slowly.finish(envelope).map_err(NotARecord::Content)?;
        let Beside { recent, waiting } = read_beside(beside)?;
        Ok(Record { head, workspace: envelope.workspace, mended: envelope.mended, recent, waiting })
    }
}

fn read_beside(text: &str) -> Result<Beside<Vec<Applied>, Vec<Waiting>>, NotARecord> {
    json::read(text).map_err(|e| NotARecord::Content(Unreadable::Damaged(e.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn tenant(environments: usize, entries: usize) -> Workspace {
        let mut w = Workspace::default();
        w.tenant.name = "A \u{0}hole {\"id\":\"\\u0000hole\"".into();
        for n in 0..environments {
            let mut env = Environment::new(format!("e{n}"));
            env.name = format!("\u{2028} \"{n}\" \u{1F980}");
            w.tenant.environments.push(env);
        }
        for n in 0..entries {
            w.log.entries.push(LogEntry::of_edition(EditionId(format!("{n}")), DateTime::UNIX_EPOCH));
        }
        w
    }

    fn all(mut pieces: RecordPieces) -> (String, usize) {
        let (mut text, mut count) = (String::new(), 0);
        while let Some(piece) = pieces.next_piece().expect("can be written") {
            text.push_str(&piece);
            count += 1;
        }
        (text, count)
    }

    #[test]
    fn the_pieces_are_the_text_that_is_written_in_one_go() {
        for (environments, entries) in [(0, 0), (1, 0), (0, 1), (5, 3)] {
            let w = tenant(environments, entries);
            let at_once = record::text(&w, &[], &[], DateTime::UNIX_EPOCH).expect("can be written");
            let pieces = RecordPieces::of(&w, &[], &[], DateTime::UNIX_EPOCH).expect("can be written");
            assert_eq!(all(pieces), (at_once.clone(), environments + entries + 3));
            let mut making = Making::new(RecordPieces::of(&w, &[], &[], DateTime::UNIX_EPOCH).expect("can be written"));
            let envelope = envelope::write(&w, DateTime::UNIX_EPOCH).expect("can be written");
            let pieces = RecordPieces::of_envelope(&w, DateTime::UNIX_EPOCH).expect("can be written");
            assert_eq!(all(pieces), (envelope, environments + entries + 3));
            while !making.step(50) {}
            let packed = making.finish().expect("can be read");
            assert_eq!(super::super::pack::unpack(&packed.body, packed.bytes), Ok(at_once));
        }
    }

    #[test]
    fn what_looks_like_the_hole_is_written_all_the_same() {
        let mut w = tenant(2, 2);
        w.tenant.environments.push(Environment::new(HOLE));
        w.log.entries.push(hole_of_log(DateTime::UNIX_EPOCH));
        let at_once = record::text(&w, &[], &[], DateTime::UNIX_EPOCH).expect("can be written");
        assert_eq!(all(RecordPieces::of(&w, &[], &[], DateTime::UNIX_EPOCH).expect("can be written")).0, at_once);
    }

    #[test]
    fn what_cannot_be_read_again_is_not_ready() {
        let made =
            |w: &Workspace| Making::new(RecordPieces::of(w, &[], &[], DateTime::UNIX_EPOCH).expect("can be written"));
        let mut odd = tenant(3, 1);
        odd.tenant.environments[1].database_mb.answer(f64::NAN, DateTime::UNIX_EPOCH);
        let mut making = made(&odd);
        while !making.step(100_000) {}
        assert!(matches!(making.finish(), Err(NotFolded::NotUnderstood(NotARecord::Content(_)))));
        assert!(matches!(made(&odd).finish(), Err(NotFolded::NotUnderstood(_))), "in one go");
        assert!(made(&odd).packed().is_ok(), "it is a text");
        assert!(made(&tenant(3, 1)).finish().is_ok());
    }
}
