//! How a workspace is opened, saved and set aside through the store port. Pure, so that torn writes, full and blocked
//! storage and a second tab can be played through without a browser.
//!
//! Architecture invariant 7: nothing is ever written over text that could not be read, nor over what another tab saved.

use super::envelope::{self, Envelope, Unreadable};
use super::keys::{SET_ASIDE, Slot};
use super::store::{Store, StoreError};

/// What was found in a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// Nothing was ever saved.
    Nothing,
    Workspace(Box<Envelope>),
    /// There is text, and it must be left alone.
    Unreadable(Unreadable),
    /// The store did not answer.
    Failed(StoreError),
}

/// The mark of the slot as it was last seen by this tab; see [`Slot::mark_key`].
pub type Mark = Option<String>;

/// Opens a slot, and says under which mark.
pub fn open(store: &impl Store, slot: Slot) -> (Opened, Mark) {
    let mark = store.get(slot.mark_key()).ok().flatten();
    let opened = match store.get(slot.key()) {
        Ok(None) => Opened::Nothing,
        Ok(Some(text)) => match envelope::read(&text) {
            Ok(envelope) => Opened::Workspace(Box::new(envelope)),
            Err(why) => Opened::Unreadable(why),
        },
        Err(error) => Opened::Failed(error),
    };
    (opened, mark)
}

/// Why nothing was saved. What is stored is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Another tab saved since this one opened or saved.
    ChangedElsewhere,
    Store(StoreError),
}

/// Saves the text of an envelope unless another tab has saved since `seen`. `fresh` becomes the new mark.
pub fn save(store: &impl Store, slot: Slot, text: &str, seen: &Mark, fresh: &str) -> Result<(), NotSaved> {
    let stored = store.get(slot.mark_key()).map_err(NotSaved::Store)?;
    if stored != *seen {
        return Err(NotSaved::ChangedElsewhere);
    }
    store.set(slot.key(), text).map_err(NotSaved::Store)?;
    // The mark comes second: with the text in place, losing the mark costs only the warning in another tab.
    store.set(slot.mark_key(), fresh).map_err(NotSaved::Store)
}

/// A text that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub key: &'static str,
    pub text: String,
}

/// Copies what a slot holds to a free place, so that the slot may be written anew. `Ok(None)`: it held nothing.
///
/// # Errors
/// [`StoreError::Full`] where there is no room or no free place: then nothing was copied and nothing may be overwritten.
pub fn set_aside(store: &impl Store, slot: Slot) -> Result<Option<&'static str>, StoreError> {
    let Some(text) = store.get(slot.key())? else { return Ok(None) };
    put_aside(store, &text).map(|(key, _)| Some(key))
}

/// Puts the text `here` aside, which is what a tab has open, and then `text` in its place: another tenant begins, and nothing is lost.
/// `None`: there is nothing to put aside. `fresh` becomes the new mark. Unless all of it can be done, nothing changes.
///
/// # Errors
/// Another tab saved since `seen`, or there is no room or no free place for both.
pub fn begin_anew(
    store: &impl Store,
    slot: Slot,
    here: Option<&str>,
    text: &str,
    seen: &Mark,
    fresh: &str,
) -> Result<(), NotSaved> {
    if store.get(slot.mark_key()).map_err(NotSaved::Store)? != *seen {
        return Err(NotSaved::ChangedElsewhere);
    }
    let aside = here.map(|here| put_aside(store, here)).transpose().map_err(NotSaved::Store)?;
    if let Err(error) = store.set(slot.key(), text) {
        if let Some((place, true)) = aside {
            // What is here stays where it was; a copy that cannot be taken away again is harmless.
            let _ = store.remove(place);
        }
        return Err(NotSaved::Store(error));
    }
    // As in `save`, the mark comes second.
    store.set(slot.mark_key(), fresh).map_err(NotSaved::Store)
}

/// Puts a text into a free place, and says whether it was not there already.
fn put_aside(store: &impl Store, text: &str) -> Result<(&'static str, bool), StoreError> {
    for key in SET_ASIDE {
        match store.get(key)? {
            None => return store.set(key, text).map(|()| (key, true)),
            Some(same) if same == text => return Ok((key, false)),
            Some(_) => {}
        }
    }
    Err(StoreError::Full)
}

/// Everything that was set aside.
pub fn all_set_aside(store: &impl Store) -> Vec<SetAside> {
    SET_ASIDE.into_iter().filter_map(|key| store.get(key).ok().flatten().map(|text| SetAside { key, text })).collect()
}
