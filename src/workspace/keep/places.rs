//! Everything that is kept, in lists: the places, and the texts that stand beside them. Nothing is ever chosen for a person here.

use super::journal::{self, EditId};
use super::keeper::Keeper;
use super::look::{Found, Look, Trouble, look};
use super::record::{self, Head, NotARecord};
use crate::domain::checksum::checksum;
use crate::domain::order::Gather;
use crate::domain::whose;
use crate::json;
use crate::workspace::envelope::{self, Envelope, Unreadable};
use crate::workspace::keys::{Key, Place, SET_ASIDE, Slot};
use crate::workspace::store::{Store, StoreError};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// A place, told by the heads of its records.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFound {
    pub place: Place,
    pub brief: Brief,
    /// How many edits wait in its journal at most.
    pub entries: usize,
}

/// What is said of a place without opening it.
#[derive(Clone, Debug, PartialEq)]
pub enum Brief {
    /// Its newest record that is whole.
    Record(Box<Head>),
    /// An earlier build left it.
    Earlier(Box<Summary>),
    /// There are edits, and no record yet.
    Journal,
    /// It was deleted on purpose.
    Gone,
    /// None of its records is whole.
    Unreadable,
    NoAnswer(StoreError),
}

/// What a workspace is, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What the tenant is called; may be empty.
    pub name: String,
    pub tenant_id: Option<String>,
    pub environments: usize,
    /// When it was written, UTC.
    pub saved: DateTime<Utc>,
}

impl From<&Envelope> for Summary {
    fn from(envelope: &Envelope) -> Self {
        let tenant = &envelope.workspace.tenant;
        Self {
            name: tenant.name.clone(),
            tenant_id: whose::id_of(tenant),
            environments: tenant.environments.len(),
            saved: envelope.saved,
        }
    }
}

const SLOTS: [Slot; 3] = [Slot::Own, Slot::Sample, Slot::Rehearsal];

/// What was read before, so that a list reads only what is new: under one key nothing else is ever written.
#[derive(Clone, Debug, Default)]
pub struct KnownRecords {
    /// Of the records that were whole.
    heads: BTreeMap<Key, Head>,
    /// What was seen of a place, as long as these are its keys.
    looked: BTreeMap<Place, (BTreeSet<Key>, SeenPlace)>,
}

/// Every place, also those that were deleted.
///
/// # Errors
/// The store does not list its keys.
pub fn places(store: &impl Store) -> Result<Vec<PlaceFound>, StoreError> {
    places_with(store, &mut KnownRecords::default())
}

/// As [`places`], with what is known already.
///
/// # Errors
/// The store does not list its keys.
pub fn places_with(store: &impl Store, known: &mut KnownRecords) -> Result<Vec<PlaceFound>, StoreError> {
    let mut all: BTreeMap<Place, (Vec<Key>, usize)> = BTreeMap::new();
    for key in store.keys()?.iter().filter_map(|key| Key::parse(key)) {
        let Some(place) = key.place() else { continue };
        let (records, entries) = all.entry(place.clone()).or_default();
        match key {
            Key::Entry(..) => *entries = entries.saturating_add(1),
            key => records.push(key),
        }
    }
    known
        .heads
        .retain(|key, _| key.place().and_then(|place| all.get(place)).is_some_and(|(there, _)| there.contains(key)));
    let mut found: Vec<PlaceFound> = all
        .into_iter()
        .map(|(place, (records, entries))| PlaceFound { place, brief: brief(store, &records, known), entries })
        .collect();
    for slot in SLOTS {
        let text = match store.get(slot.key()) {
            Ok(Some(text)) => text,
            Ok(None) | Err(_) => continue,
        };
        let Some(place) = Place::of_earlier(slot, &text) else { continue };
        if found.iter().any(|p| p.place == place && p.brief != Brief::Journal) {
            continue;
        }
        let brief = match envelope::read(&text) {
            Ok(envelope) => Brief::Earlier(Box::new(Summary::from(&envelope))),
            Err(_) => Brief::Unreadable,
        };
        let entries = found.iter().find(|p| p.place == place).map_or(0, |p| p.entries);
        found.retain(|p| p.place != place);
        found.push(PlaceFound { place, brief, entries });
    }
    Ok(found)
}

fn brief(store: &impl Store, records: &[Key], known: &mut KnownRecords) -> Brief {
    let mut heads = Vec::new();
    let mut error = None;
    for key in records {
        if let Some(head) = known.heads.get(key) {
            heads.push(head.clone());
            continue;
        }
        match store.get(&key.to_string()) {
            Ok(Some(text)) => {
                if let Ok(head) = record::read_head(&text, key) {
                    known.heads.insert(key.clone(), head.clone());
                    heads.push(head);
                }
            }
            Ok(None) => {}
            Err(e) => error = Some(e),
        }
    }
    match heads.into_iter().max_by_key(Head::weight) {
        Some(head) if head.gone => Brief::Gone,
        Some(head) => Brief::Record(Box::new(head)),
        None if records.is_empty() => Brief::Journal,
        None => error.map_or(Brief::Unreadable, Brief::NoAnswer),
    }
}

/// A text that stands beside the places.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    pub key: String,
    pub sort: AsideSort,
    /// UTF-16 units.
    pub units: usize,
    pub content: Result<Summary, AsideUnreadable>,
}

/// Why a text is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideSort {
    /// It was set aside.
    SetAside,
    /// An earlier build set it aside.
    SetAsideEarlier,
    /// An earlier build left it, and no place goes back to it.
    Earlier(Slot),
    /// A record that cannot be read, or that its place does not go back to.
    Record,
    /// An edit that cannot be read.
    Entry,
}

/// Why nothing can be said of what is in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsideUnreadable {
    Record(NotARecord),
    Envelope(Unreadable),
    /// It is an edit, and no workspace.
    NoWorkspace,
    Store(StoreError),
}

/// Everything that was set aside, that earlier builds left, and that cannot be read: to be looked at, downloaded, brought back or
/// deleted one by one.
///
/// # Errors
/// The store does not list its keys.
pub fn aside(store: &impl Store) -> Result<Vec<Aside>, StoreError> {
    aside_of(store, None, &mut KnownRecords::default())
}

/// As [`aside`], where one place is open: it is not looked at again, which would unpack all of it; nor is another one in which nothing
/// was written since.
///
/// # Errors
/// The store does not list its keys.
pub fn aside_beside(store: &impl Store, open: &Keeper, known: &mut KnownRecords) -> Result<Vec<Aside>, StoreError> {
    aside_of(store, Some(open), known)
}

/// What is known of a place.
#[derive(Clone, Debug)]
struct SeenPlace {
    troubles: Vec<Trouble>,
    /// The checksum of the text of an earlier build that its state goes back to.
    earlier: Option<String>,
}

impl SeenPlace {
    /// Whether it stays so as long as the keys do: no store failed, and nothing of an earlier build has a part in it.
    fn is_lasting(&self) -> bool {
        let fails = |t: &Trouble| {
            matches!(
                t,
                Trouble::NoAnswer { .. }
                    | Trouble::Silent { .. }
                    | Trouble::Earlier { .. }
                    | Trouble::Record { .. }
                    | Trouble::Entry { .. }
            )
        };
        self.earlier.is_none() && !self.troubles.iter().any(fails)
    }
}

impl From<Look> for SeenPlace {
    fn from(look: Look) -> Self {
        let there = matches!(look.found, Found::There | Found::Gone(_) | Found::Newer(_));
        let earlier = look.state.filter(|_| there).and_then(|state| state.earlier);
        Self { troubles: look.troubles, earlier }
    }
}

fn aside_of(store: &impl Store, open: Option<&Keeper>, known: &mut KnownRecords) -> Result<Vec<Aside>, StoreError> {
    let mut found = Vec::new();
    let mut places: BTreeMap<Place, BTreeSet<Key>> = BTreeMap::new();
    let mut add = |key: &str, sort: AsideSort| found.push(describe(store, key, sort));
    for key in store.keys()? {
        match Key::parse(&key) {
            Some(Key::Aside(_)) => add(&key, AsideSort::SetAside),
            Some(other) => {
                if let Some(place) = other.place().cloned() {
                    places.entry(place).or_default().insert(other);
                }
            }
            None if SET_ASIDE.contains(&key.as_str()) => add(&key, AsideSort::SetAsideEarlier),
            None => {}
        }
    }
    known.looked.retain(|place, _| places.contains_key(place));
    let mut see = |place: &Place, keys: BTreeSet<Key>| match open.filter(|keeper| keeper.place() == place) {
        Some(keeper) => SeenPlace { troubles: keeper.troubles.clone(), earlier: keeper.earlier.clone() },
        None => match known.looked.get(place) {
            Some((there, seen)) if *there == keys => seen.clone(),
            _ => {
                let seen = SeenPlace::from(look(store, place));
                known.looked.remove(place);
                if seen.is_lasting() {
                    known.looked.insert(place.clone(), (keys, seen.clone()));
                }
                seen
            }
        },
    };
    let looks: BTreeMap<Place, SeenPlace> =
        places.into_iter().map(|(place, keys)| (place.clone(), see(&place, keys))).into_map();
    for seen in looks.values() {
        for trouble in &seen.troubles {
            match trouble {
                Trouble::Record { key, .. } => add(&key.to_string(), AsideSort::Record),
                Trouble::Beside(head) => add(&head.key().to_string(), AsideSort::Record),
                Trouble::Entry { key, .. } => add(&key.to_string(), AsideSort::Entry),
                _ => {}
            }
        }
    }
    for slot in SLOTS {
        let Ok(Some(text)) = store.get(slot.key()) else { continue };
        let sum = checksum(text.as_bytes());
        let place = Place::of_earlier(slot, &text);
        let held = |seen: &SeenPlace| seen.earlier.as_ref() == Some(&sum);
        let readable = envelope::read(&text).is_ok();
        let opens_it = place.is_some_and(|place| looks.get(&place).is_none_or(held));
        if !(readable && opens_it) {
            add(slot.key(), AsideSort::Earlier(slot));
        }
    }
    Ok(found)
}

fn describe(store: &impl Store, key: &str, sort: AsideSort) -> Aside {
    let (units, content) = match store.get(key) {
        Err(error) => (0, Err(AsideUnreadable::Store(error))),
        Ok(None) => (0, Err(AsideUnreadable::Envelope(Unreadable::NotOurs))),
        Ok(Some(text)) if sort == AsideSort::Entry => (text.encode_utf16().count(), Err(AsideUnreadable::NoWorkspace)),
        Ok(Some(text)) => {
            let units = text.encode_utf16().count();
            let content = match told_by_head(&text) {
                Some(summary) => Ok(summary),
                None => open(&text).map(|envelope| Summary::from(&envelope)),
            };
            (units, content)
        }
    };
    Aside { key: key.to_string(), sort, units, content }
}

/// What the head says of a large text that is whole, and that this build reads: to unpack and read all of it for a list would take long.
fn told_by_head(text: &str) -> Option<Summary> {
    let line = text.split_once('\n').map(|(line, _)| line)?;
    let head: Head = json::read(&super::seal::open(line)?).ok()?;
    let head = record::read_head(text, &head.key()).ok()?;
    let Head { name, tenant_id, environments, saved, .. } = head;
    (head.text >= LARGE && head.schema <= envelope::SCHEMA).then_some(Summary { name, tenant_id, environments, saved })
}

/// Bytes that are read in no time.
const LARGE: usize = 256 * 1024;

/// Reads a text that stands aside, whatever wrote it: to look at it, or to bring it back as a place of its own.
///
/// # Errors
/// Why it cannot be read. It can be downloaded all the same.
pub fn open(text: &str) -> Result<Envelope, AsideUnreadable> {
    let line = text.split_once('\n').map_or(text, |(line, _)| line);
    let head = super::seal::open(line).and_then(|json| json::read::<Head>(&json).ok());
    match head {
        Some(head) => {
            let inner = record::envelope_text(text, &head.key()).map_err(AsideUnreadable::Record)?;
            envelope::read_newer(&inner).map_err(AsideUnreadable::Envelope)
        }
        None => envelope::read(text).map_err(AsideUnreadable::Envelope),
    }
}

/// Whether a text is what should stand under `key`: whole, and of that key.
pub fn belongs(key: &Key, text: &str) -> bool {
    match key {
        Key::Record(..) | Key::Gone(..) => record::read_head(text, key).is_ok(),
        Key::Entry(place, tab, n) => journal::read(text, place, &EditId { tab: tab.clone(), n: *n }).is_ok(),
        Key::Aside(_) => false,
    }
}

/// Whether the state of its place rests on what stands under `key`: its newest record, or an edit that this does not hold. What was set aside
/// always counts.
pub fn counts(store: &impl Store, key: &Key) -> bool {
    let Some(place) = key.place() else { return true };
    let Ok(survey) = super::look::survey(store, place) else { return false };
    let head = |key: &Key| record::read_head(&store.get(&key.to_string()).ok()??, key).ok();
    let newest = survey.records.iter().filter_map(head).max_by_key(Head::weight);
    match key {
        Key::Entry(_, tab, n) => newest.is_none_or(|head| !head.folded.covers(&EditId { tab: tab.clone(), n: *n })),
        key => newest.is_some_and(|head| head.key() == *key),
    }
}

/// What is packed in the text of a record, to be downloaded; `None`: it is no record, or is torn.
pub fn inner_text(text: &str) -> Option<String> {
    let line = text.split_once('\n').map_or(text, |(line, _)| line);
    let head = super::seal::open(line).and_then(|json| json::read::<Head>(&json).ok())?;
    record::envelope_text(text, &head.key()).ok()
}

/// Copies a text to a place aside, unit by unit, and reads it back. What is there already as it should be is left so.
///
/// # Errors
/// Where it cannot be copied; `Other` where it was gone, or something else stands there.
pub fn copy(store: &impl Store, from: &str, to: &Key) -> Result<(), StoreError> {
    let to = to.to_string();
    let there = store.get(&to)?;
    if there.is_none() {
        store.copy(from, &to)?;
    }
    match (store.get(from)?, store.get(&to)?) {
        (Some(from), Some(to)) if from == to => Ok(()),
        (None, _) => Err(StoreError::Other("there is nothing to set aside any more".to_string())),
        _ => Err(StoreError::Other("the copy is not what it should be".to_string())),
    }
}

/// Deletes a text that stands aside, and looks whether it is gone.
///
/// # Errors
/// It is still there.
pub fn delete(store: &impl Store, key: &str) -> Result<(), StoreError> {
    store.remove(key)?;
    match store.get(key)? {
        None => Ok(()),
        Some(_) => Err(StoreError::Other("the browser did not remove it".to_string())),
    }
}
