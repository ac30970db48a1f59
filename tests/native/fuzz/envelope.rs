//! Any text as what is kept: a workspace, a journal entry, a record. What is read is written and read again the same, and a text that is
//! not to the letter what was written under a key is never taken for it.

use super::{Came, ensure, same, shape, words};
use chrono::{DateTime, SubsecRound, TimeZone, Utc};
use restore_desk::domain::edition::Edition;
use restore_desk::domain::moment::Moment;
use restore_desk::domain::outlook::outlooks;
use restore_desk::workspace::Workspace;
use restore_desk::workspace::deadlines::deadlines;
use restore_desk::workspace::envelope::{self, SCHEMA, read_newer};
use restore_desk::workspace::keep::journal::{self, EditId};
use restore_desk::workspace::keep::{pack, record, seal};
use restore_desk::workspace::keys::{Id, Key, Place, RecordId, Tab};
use restore_desk::workspace::rescue;
use std::path::Path;
use std::sync::LazyLock;

/// What was written under which key.
struct Authentic {
    entries: Vec<(EditId, String)>,
    records: Vec<(Key, String)>,
}

fn place() -> Place {
    Place::Tenant(Id::new("one").unwrap())
}

static AUTHENTIC: LazyLock<Authentic> = LazyLock::new(|| {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let text = |name: &str| std::fs::read_to_string(tests.join(name)).unwrap();
    let tab = Tab(Id::new("one").unwrap());
    let entries = text("data/stored/entries-2.txt");
    let entries = (1..).zip(entries.lines()).map(|(n, line)| (EditId { tab: tab.clone(), n }, line.to_string()));
    let id: RecordId = "3.one".parse().unwrap();
    let records = vec![
        (Key::Record(place(), id.clone()), text("data/stored/record-2.txt")),
        (Key::Gone(place(), id), text("corpus/envelope/gone.txt")),
    ];
    let authentic = Authentic { entries: entries.collect(), records };
    for (id, line) in &authentic.entries {
        journal::read(line, &place(), id).unwrap();
    }
    for (key, text) in &authentic.records {
        record::read_head(text, key).unwrap();
    }
    authentic
});

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap()
}

pub fn look(bytes: &[u8]) -> Came {
    let text = String::from_utf8_lossy(bytes);
    sealed(&text)?;
    let mut told = vec![workspace(&text)?, packed(&text)?];
    told.extend(text.lines().take(3).map(resealed).collect::<Result<Vec<_>, _>>()?);
    if rescue::is(&text) {
        let _ = rescue::read(&text);
    }
    Ok(shape(told))
}

/// Only what was written under a key is taken for it.
fn sealed(text: &str) -> Result<(), String> {
    for (key, authentic) in &AUTHENTIC.records {
        let taken = record::read_head(text, key);
        ensure(taken.is_err() || text == authentic, || format!("a changed text was taken for the record {key}"))?;
    }
    for line in text.lines().chain([text]) {
        for (id, authentic) in &AUTHENTIC.entries {
            let taken = journal::read(line, &place(), id);
            ensure(taken.is_err() || line == authentic, || format!("a changed text was taken for the entry {}", id.n))?;
        }
    }
    Ok(())
}

fn workspace(text: &str) -> Result<String, String> {
    let _ = read_newer(text);
    let mut reading = envelope::Slowly::new();
    while !reading.step(text, 100) {}
    let slowly = reading.finish(text);
    same("in slices something else is read", &slowly, &envelope::read(text))?;
    match slowly {
        Err(why) => Ok(words(&why.to_string())),
        Ok(read) => {
            let written = envelope::write(&read.workspace, read.saved)?;
            let again =
                envelope::read(&written).map_err(|e| format!("what was read and written cannot be read: {e}"))?;
            same("what was read, written and read again differs", &again.workspace, &read.workspace)?;
            ensure(again.mended.is_empty(), || format!("what was mended is mended again: {:?}", again.mended))?;
            same("it was saved at another time", &again.saved, &read.saved.trunc_subsecs(3))?;
            same("it has another schema", &again.schema, &SCHEMA)?;
            used(read.workspace);
            Ok(format!("{:?}", read.mended.iter().map(std::mem::discriminant).collect::<Vec<_>>()))
        }
    }
}

/// What the app does with any workspace that was read.
fn used(mut w: Workspace) {
    let edition = Edition::find(&w.edition).unwrap_or_else(Edition::default_edition);
    let _ = outlooks(Moment::new(edition, &w.tenant, now()));
    let _ = deadlines(&w, edition, now());
    for plan in &w.plans {
        let _ = plan.problems(Moment::new(edition, &w.tenant, now()));
    }
    w.pass_time(edition, now());
    while w.undo(edition).is_ok() {}
    let _ = w.redo(edition, now());
}

/// The text as what is packed in a record.
fn packed(text: &str) -> Result<String, String> {
    let (key, authentic) = &AUTHENTIC.records[0];
    let mut head = record::read_head(authentic, key).map_err(|e| format!("{e:?}"))?;
    let write = |head: &mut record::Head, text: &str| {
        let mut packing = pack::Packing::new(text.to_string());
        while !packing.step(usize::MAX) {}
        record::write(head, &packing.finish())
    };
    let written = write(&mut head, text)?;
    let head = record::read_head(&written, key).map_err(|e| format!("a record just written: {e:?}"))?;
    match record::read(&written, head) {
        Err(why) => Ok(words(&format!("{why:?}"))),
        Ok(mut read) => {
            let text = record::text(&read.workspace, &read.recent, &read.waiting, now())?;
            let written = write(&mut read.head, &text)?;
            let head = record::read_head(&written, key).map_err(|e| format!("a record written again: {e:?}"))?;
            let again = record::read(&written, head).map_err(|e| format!("a record written again: {e:?}"))?;
            same("a record differs when it is written again", &again.workspace, &read.workspace)?;
            same("its edits differ", &again.recent, &read.recent)?;
            same("what waits differs", &again.waiting, &read.waiting)?;
            Ok(format!("a record, {} {}", read.recent.len(), read.waiting.len()))
        }
    }
}

/// A line as an entry that somebody sealed after it was changed.
fn resealed(line: &str) -> Result<String, String> {
    let Some((open, _)) = line.rsplit_once(",\"seal\":\"") else { return Ok(String::new()) };
    let line = seal::seal(&format!("{open}}}"));
    let tab = Tab(Id::new("one").unwrap());
    let n = open.split_once("\"n\":").and_then(|(_, n)| n.split(',').next()?.parse().ok()).unwrap_or(1);
    match journal::read(&line, &place(), &EditId { tab, n }) {
        Err(why) => Ok(format!("{why:?}")),
        Ok(entry) => {
            let again = journal::write(&place(), &entry)?;
            same("an entry is read differently", &journal::read(&again, &place(), &entry.id), &Ok(entry.clone()))?;
            let mut w = Workspace::default();
            let Some(made) = entry.act.made() else { return Ok("settled".into()) };
            let came = made.apply(&mut w).map_err(|e| words(&e.reason()));
            let told = format!("{:?} {}", std::mem::discriminant(&made.edit), came.err().unwrap_or_default());
            used(w);
            Ok(told)
        }
    }
}
