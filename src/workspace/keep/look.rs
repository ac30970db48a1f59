//! What is there: looking at a place, which never writes.
//!
//! The newest record that can be read is the base; every entry that it does not hold is made again on it. *Never there*, *gone*,
//! *unreadable* and *the store does not answer* are four answers.

use super::gaps::gaps;
use super::journal::{self, EditId, JournalEntry, NotAnEntry, Seen};
use super::record::{self, Head, NotARecord, Record};
use super::replay::{Replay, order};
pub use super::trouble::Trouble;
use crate::domain::checksum::checksum;
use crate::domain::door::Mended;
use crate::domain::order::Order as _;
use crate::workspace::Workspace;
use crate::workspace::envelope::{self, Unreadable};
use crate::workspace::keys::{Key, Place, RecordId};
use crate::workspace::store::{Store, StoreError};
use std::collections::BTreeSet;

/// What was found in a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A workspace.
    There,
    /// Nothing was ever kept here.
    NeverThere,
    /// It was deleted on purpose.
    Gone(Box<Head>),
    /// There are texts, and none of them can be read. They are left alone.
    Unreadable,
    /// The store does not answer, so that nobody knows.
    NoAnswer(StoreError),
    /// A newer version of the app wrote it: it may be looked at where there is a state, and is never written to.
    Newer(Newer),
}

/// What is newer than this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newer {
    /// The form of the record.
    Form(u32),
    /// The schema of the workspace.
    Schema(u32),
    /// An edit in the journal.
    Entry,
}

/// What is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub found: Found,
    /// The workspace; empty where nothing can be read. `None`: nothing is known, or only a newer version knows.
    pub state: Option<Loaded>,
    pub troubles: Vec<Trouble>,
}

/// A workspace as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub workspace: Workspace,
    /// What could not be taken as it was stored.
    pub mended: Vec<Mended>,
    /// The record that it stands on.
    pub head: Option<Head>,
    /// The edits that were made on it, in their order, and those that wait.
    pub entries: Vec<JournalEntry>,
    pub replay: Replay,
    /// The checksum of the text of an earlier build that it stands on.
    pub earlier: Option<String>,
}

/// The keys of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Records and tombstones, the newest first.
    pub records: Vec<Key>,
    pub entries: BTreeSet<EditId>,
}

/// Lists a place.
///
/// # Errors
/// The store does not answer.
pub fn survey(store: &impl Store, place: &Place) -> Result<Survey, StoreError> {
    let mut found = Survey::default();
    for key in store.keys()?.iter().filter_map(|key| Key::parse(key)).filter(|key| key.place() == Some(place)) {
        match key {
            Key::Record(..) | Key::Gone(..) => found.records.push(key),
            Key::Entry(_, tab, n) => drop(found.entries.insert(EditId { tab, n })),
            Key::Aside(_) => {}
        }
    }
    found.records.order_by_key(|key| std::cmp::Reverse(record_id(key).cloned()));
    Ok(found)
}

/// Which record a key is of.
pub fn record_id(key: &Key) -> Option<&RecordId> {
    match key {
        Key::Record(_, id) | Key::Gone(_, id) => Some(id),
        Key::Entry(..) | Key::Aside(_) => None,
    }
}

/// What the records of a place say.
#[derive(Debug, Default)]
pub struct Base {
    /// The newest that can be read.
    pub record: Option<Record>,
    /// All heads that can be read.
    pub heads: Vec<Head>,
    /// The newest that the store does not give, though it lists it.
    pub unanswered: Option<(RecordId, StoreError)>,
    /// What only a newer version reads.
    pub newer: Option<(RecordId, Newer)>,
    pub unreadable: bool,
}

/// Reads all records, the heads first.
pub fn base(store: &impl Store, survey: &Survey, troubles: &mut Vec<Trouble>) -> Base {
    let mut base = Base::default();
    let mut texts = Vec::new();
    for key in &survey.records {
        let Some(id) = record_id(key) else { continue };
        let error = match store.get(&key.to_string()) {
            Ok(Some(text)) => {
                match record::read_head(&text, key) {
                    Ok(head) => texts.push((head, text)),
                    Err(why) => {
                        if let NotARecord::NewerForm(form) = why {
                            base.newer.get_or_insert((id.clone(), Newer::Form(form)));
                        }
                        base.unreadable = true;
                        troubles.push(Trouble::Record { key: key.clone(), why });
                    }
                }
                continue;
            }
            Ok(None) => {
                troubles.push(Trouble::Silent { key: key.clone() });
                StoreError::Other("it lists a key and does not give it".to_string())
            }
            Err(error) => {
                troubles.push(Trouble::NoAnswer { key: key.clone(), error: error.clone() });
                error
            }
        };
        base.unanswered.get_or_insert((id.clone(), error));
    }
    texts.order_by_key(|(head, _)| std::cmp::Reverse(head.weight()));
    for (head, text) in texts {
        base.heads.push(head.clone());
        if base.record.is_some() {
            continue;
        }
        let (key, schema) = (head.key(), head.schema);
        if schema > envelope::SCHEMA {
            base.newer.get_or_insert((head.id.clone(), Newer::Schema(schema)));
        }
        match store.read_ahead(&head, &text).map_or_else(|| record::read(&text, head), Ok) {
            Ok(record) => base.record = Some(record),
            Err(why) => {
                base.unreadable = true;
                troubles.push(Trouble::Record { key, why });
            }
        }
    }
    base
}

/// Reads the entries that `covered` does not cover, in their order.
pub fn entries(
    store: &impl Store,
    place: &Place,
    survey: &Survey,
    covered: impl Fn(&EditId) -> bool,
    troubles: &mut Vec<Trouble>,
) -> Vec<JournalEntry> {
    let mut entries = Vec::new();
    for id in survey.entries.iter().filter(|id| !covered(id)) {
        let key = Key::Entry(place.clone(), id.tab.clone(), id.n);
        match store.get(&key.to_string()) {
            Ok(Some(text)) => match journal::read(&text, place, id) {
                Ok(entry) => entries.push(entry),
                Err(why) => troubles.push(Trouble::Entry { key, why }),
            },
            Ok(None) => troubles.push(Trouble::Silent { key }),
            Err(error) => troubles.push(Trouble::NoAnswer { key, error }),
        }
    }
    entries.order_by(|a, b| order(a).cmp(&order(b)));
    entries
}

/// Looks at a place. Nothing is written.
pub fn look(store: &impl Store, place: &Place) -> Look {
    let mut last = None;
    // Another tab may tidy up between the list and the texts: then the list is another one the next time.
    for _ in 0..3 {
        let (look, survey) = look_once(store, place);
        let silent = look.troubles.iter().any(|t| matches!(t, Trouble::Silent { .. }));
        if !silent || last.as_ref() == Some(&survey) {
            return look;
        }
        last = Some(survey);
    }
    look_once(store, place).0
}

fn look_once(store: &impl Store, place: &Place) -> (Look, Survey) {
    let mut troubles = Vec::new();
    let survey = match survey(store, place) {
        Ok(survey) => survey,
        Err(error) => {
            let look = Look { found: Found::NoAnswer(error), state: None, troubles };
            return (look, Survey::default());
        }
    };
    let base = base(store, &survey, &mut troubles);
    let found = match left_by_earlier(store, place, &survey) {
        Err(error) => Some(Found::NoAnswer(error)),
        Ok(earlier) => return (found_on(store, place, &survey, base, earlier, troubles), survey),
    };
    (Look { found: found.unwrap_or(Found::NeverThere), state: None, troubles }, survey)
}

fn found_on(
    store: &impl Store,
    place: &Place,
    survey: &Survey,
    base: Base,
    earlier: Option<Earlier>,
    mut troubles: Vec<Trouble>,
) -> Look {
    let Base { record, heads, unanswered, newer, unreadable } = base;
    if record.is_none()
        && let Some((_, error)) = unanswered
    {
        return Look { found: Found::NoAnswer(error), state: None, troubles };
    }
    let newer = newer.filter(|(id, _)| record.as_ref().is_none_or(|r| *id >= r.head.id)).map(|(_, what)| what);
    if let Some(what @ Newer::Form(_)) = newer {
        return Look { found: Found::Newer(what), state: None, troubles };
    }
    let was_there = record.is_some() || matches!(earlier, Some(Ok(_)));
    let mut state = Loaded {
        workspace: Workspace::default(),
        mended: Vec::new(),
        head: None,
        entries: Vec::new(),
        replay: Replay::default(),
        earlier: None,
    };
    match (record, earlier) {
        (Some(record), _) => {
            state.replay = Replay::of(&record);
            state.earlier = record.head.earlier.clone();
            (state.workspace, state.mended, state.head) = (record.workspace, record.mended, Some(record.head));
        }
        (None, Some(Ok((envelope, sum)))) => {
            (state.workspace, state.mended, state.earlier) = (envelope.workspace, envelope.mended, Some(sum));
        }
        (None, Some(Err(why))) => troubles.push(Trouble::Earlier { slot: place.slot(), why }),
        (None, None) => {}
    }
    let folded = state.replay.seen.clone();
    state.entries = entries(store, place, survey, |id| folded.covers(id), &mut troubles);
    let mut newer = newer;
    if troubles.iter().any(|t| matches!(t, Trouble::Entry { why: NotAnEntry::Newer, .. })) {
        newer = newer.or(Some(Newer::Entry));
    }
    let mut made = false;
    for entry in &state.entries {
        made |= !matches!(state.replay.push(&mut state.workspace, entry), super::replay::Outcome::Waits);
    }
    tell(&state, &heads, &survey.entries, &mut troubles);
    let unreadable = unreadable || troubles.iter().any(|t| matches!(t, Trouble::Earlier { .. }));
    let found = match (newer, &state.head) {
        (Some(what), _) => Found::Newer(what),
        (None, Some(head)) if head.gone && !made => Found::Gone(Box::new(head.clone())),
        (None, _) if was_there || made => Found::There,
        (None, _) if unreadable => Found::Unreadable,
        (None, _) if state.replay.waiting.is_empty() && troubles.is_empty() => Found::NeverThere,
        (None, _) => Found::There,
    };
    // A newer schema that this build does not understand is no empty workspace.
    let shown = !(matches!(found, Found::Newer(Newer::Schema(_))) && state.head.is_none());
    Look { found, state: shown.then_some(state), troubles }
}

/// Tells what is missing in a state, and what is not part of it.
fn tell(state: &Loaded, heads: &[Head], there: &BTreeSet<EditId>, troubles: &mut Vec<Trouble>) {
    troubles.extend(gaps(state.head.as_ref(), &state.replay, state.entries.iter()));
    if let Some(head) = &state.head {
        let beside = heads.iter().filter(|other| stands_beside(other, head, there));
        troubles.extend(beside.map(|other| Trouble::Beside(Box::new(other.clone()))));
    }
}

/// Whether `other` holds something that neither `head` goes back to nor a journal holds.
pub fn stands_beside(other: &Head, head: &Head, there: &BTreeSet<EditId>) -> bool {
    if head.goes_back_to(&other.id) || other.gone {
        return false;
    }
    let in_journals = |seen: &Seen| {
        seen.0.iter().all(|(tab, upto)| {
            let own = head.folded.0.get(tab);
            let open = own.map(|own| own.missing.as_slice()).unwrap_or_default().iter().copied();
            let from = own.map_or(0, |own| own.n).saturating_add(1);
            // What it holds and `head` does not.
            let stretches = open.chain([(from, upto.n)]);
            let mut more = stretches.flat_map(|(first, last)| first..=last.min(upto.n)).filter(|n| upto.covers(*n));
            more.all(|n| there.contains(&EditId { tab: tab.clone(), n }))
        })
    };
    !other.wholes.iter().all(|id| head.holds_whole(id))
        || !(head.folded.covers_all(&other.folded) || in_journals(&other.folded))
}

/// The workspace that an earlier build left, with the checksum of its text.
type Earlier = Result<(envelope::Envelope, String), Unreadable>;

/// What an earlier build left for a place that has no record yet, with its checksum.
pub(super) fn left_by_earlier(
    store: &impl Store,
    place: &Place,
    survey: &Survey,
) -> Result<Option<Earlier>, StoreError> {
    if !survey.records.is_empty() {
        return Ok(None);
    }
    let slot = place.slot();
    let Some(text) = store.get(slot.key())? else { return Ok(None) };
    if Place::of_earlier(slot, &text).as_ref() != Some(place) {
        return Ok(None);
    }
    Ok(Some(envelope::read(&text).map(|envelope| (envelope, checksum(text.as_bytes())))))
}
