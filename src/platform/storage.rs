//! The store port: localStorage, asked anew at every call, with a second copy in IndexedDB of what is kept.
//!
//! What localStorage does not take, because it is full or broken, is held in memory and given to the second copy, which has more
//! room and confirms it later: [`AppStore::safety`] says how things stand. Where localStorage is blocked altogether, memory
//! serves as the store, and `safety` says that too.

use super::js;
use super::mirror::{Mirror, Source};
use super::raw::Area;
use crate::domain::order::Gather;
use crate::workspace::keep::places;
use crate::workspace::keys::Key;
use crate::workspace::second::{self, KEPT, NoSecond, Safety};
use crate::workspace::store::{Store, StoreError};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast, JsValue};

/// Where the app remembers things. A clone is the same store.
#[derive(Clone)]
pub struct AppStore {
    inner: Rc<StorageState>,
    mirror: Mirror,
}

struct StorageState {
    /// What localStorage did not take, as the browser holds it.
    overlay: RefCell<BTreeMap<String, JsValue>>,
    /// localStorage answered at least once since the page was loaded.
    answered: Cell<bool>,
    /// It was blocked when it was asked last.
    blocked: Cell<bool>,
}

impl fmt::Debug for AppStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppStore").field("standing", &self.mirror.standing()).finish_non_exhaustive()
    }
}

/// What was taken over from the second copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Into localStorage.
    pub stored: Vec<String>,
    /// Into memory, since localStorage did not take it.
    pub held: Vec<String>,
}

impl AppStore {
    /// Nothing is written to find out whether that works. The second copy begins to be opened.
    pub fn open() -> Self {
        let inner = Rc::new(StorageState {
            overlay: RefCell::default(),
            answered: Cell::new(false),
            blocked: Cell::new(false),
        });
        // An answer, or the knowledge that there is none.
        let _ = inner.first(|| Area::Local.keys());
        let source: Weak<dyn Source> = Rc::<StorageState>::downgrade(&inner);
        Self { mirror: Mirror::open(source), inner }
    }

    /// Whether localStorage has been blocked since the page was loaded: then memory serves as the store.
    pub fn is_memory(&self) -> bool {
        self.inner.is_memory()
    }

    /// The second copy.
    pub fn second(&self) -> &Mirror {
        &self.mirror
    }

    /// How safe everything is that was set.
    pub fn safety(&self) -> Safety {
        let overlay = self.inner.overlay.borrow();
        let kept = || overlay.keys().filter(|key| key.starts_with(KEPT));
        let unsure = kept().filter(|key| !self.mirror.knows(key)).count();
        second::safety(&self.mirror.standing(), kept().count(), unsure)
    }

    /// The keys that only the second copy has: localStorage lost them, or another tab had no room there.
    ///
    /// # Errors
    /// One of the stores does not answer.
    pub async fn only_in_second(&self) -> Result<Vec<String>, NoSecond> {
        let there = self.mirror.keys().await?;
        let here = self.keys().map_err(|e| NoSecond::Other(format!("localStorage does not answer: {}", e.says())))?;
        let here: BTreeSet<String> = here.into_iter().into_set();
        Ok(there.into_iter().filter(|key| key.starts_with(KEPT) && !here.contains(key)).collect())
    }

    /// Takes texts over from the second copy, into localStorage or else into memory. What is here already stays as it is.
    ///
    /// # Errors
    /// The second copy does not answer.
    pub async fn bring(&self, keys: &[String]) -> Result<Brought, NoSecond> {
        let mut brought = Brought::default();
        // One after the other: each may be a million characters long.
        for key in keys {
            let Some(text) = self.mirror.texts(std::slice::from_ref(key)).await?.into_iter().next() else { continue };
            if !text.is_string() || self.inner.text(key).is_ok_and(|here| here.is_some()) {
                continue;
            }
            if self.inner.first(|| Area::Local.set(key, &text)).is_ok() {
                brought.stored.push(key.clone());
            } else {
                self.inner.overlay.borrow_mut().insert(key.clone(), text);
                brought.held.push(key.clone());
            }
        }
        Ok(brought)
    }

    /// What the second copy holds under a key: to be looked at where localStorage holds a text that was torn.
    ///
    /// # Errors
    /// The second copy does not answer.
    pub async fn text_in_second(&self, key: &str) -> Result<Option<String>, NoSecond> {
        let texts = self.mirror.texts(&[key.to_string()]).await?;
        Ok(texts.first().and_then(JsValue::as_string))
    }

    /// Puts what the second copy holds in the place of a torn text in localStorage. The caller has looked at both, and has set
    /// the torn one aside. `false`: the second copy holds nothing there, or localStorage did not take it; then it is as it was.
    ///
    /// # Errors
    /// The second copy does not answer.
    pub async fn take_from_second(&self, key: &str) -> Result<bool, NoSecond> {
        let text = self.mirror.texts(&[key.to_string()]).await?.into_iter().next().filter(JsValue::is_string);
        Ok(text.is_some_and(|text| self.inner.first(|| Area::Local.set(key, &text)).is_ok()))
    }

    /// The text under a key as that of a file. A text with a half of a character, which no file of text can hold, is written as a
    /// rescue file (docs/RESCUE.md), in which halves are escaped: then `exact` is `false`.
    pub fn as_file(&self, key: &str) -> Option<AsFile> {
        let text = self.inner.text(key).ok().flatten()?;
        let plain = text.as_string()?;
        if JsValue::from_str(&plain) == text {
            return Some(AsFile { text: plain, exact: true });
        }
        let keys = js::object(key, &text);
        let file = js::object("keys", &keys);
        for (name, value) in [("app", JsValue::from_str("restore-desk")), ("rescue", JsValue::from_f64(1.0))] {
            let _ = js_sys::Reflect::set(&file, &name.into(), &value);
        }
        for name in ["second", "unsaved", "unread"] {
            let _ = js_sys::Reflect::set(&file, &name.into(), &js_sys::Object::new());
        }
        let made = js_sys::Date::new_0().to_iso_string();
        let _ = js_sys::Reflect::set(&file, &"made".into(), &made);
        let text = js_sys::JSON::stringify(&file).ok()?.as_string()?;
        Some(AsFile { text, exact: false })
    }

    /// Moves what is held in memory into localStorage, where that takes it by now. To be called after room was made, or when
    /// localStorage may answer again. The number of texts that were moved.
    pub fn settle(&self) -> usize {
        let held: Vec<(String, JsValue)> =
            self.inner.overlay.borrow().iter().map(|(key, text)| (key.clone(), text.clone())).collect();
        let mut moved = 0;
        for (key, text) in held {
            // A text of that name that appeared there meanwhile is as good, or is not ours to overwrite.
            let free = self.inner.first(|| Area::Local.get(&key)).is_ok_and(|there| there.is_null());
            if free && self.inner.first(|| Area::Local.set(&key, &text)).is_ok() {
                self.inner.overlay.borrow_mut().remove(&key);
                moved += 1;
            }
        }
        moved
    }

    /// How many UTF-16 units localStorage holds, keys included, and how many of them are not ours but of other pages of the
    /// same address.
    ///
    /// # Errors
    /// localStorage does not answer.
    pub fn used(&self) -> Result<Used, StoreError> {
        let mut used = Used::default();
        for key in self.inner.first(|| Area::Local.keys())? {
            let text = self.inner.first(|| Area::Local.get(&key))?;
            // Without making a Rust string of it, which may be millions of characters long.
            let length = text.dyn_ref::<js_sys::JsString>().map_or(0, js_sys::JsString::length);
            let units = u64::from(length) + key.encode_utf16().count() as u64;
            used.units += units;
            if !key.starts_with("restore-desk/") {
                used.others += units;
            }
        }
        Ok(used)
    }

    fn put(&self, key: &str, text: JsValue) -> Result<(), StoreError> {
        let kept = key.starts_with(KEPT);
        match self.inner.first(|| Area::Local.set(key, &text)) {
            Ok(()) => {
                self.inner.overlay.borrow_mut().remove(key);
            }
            Err(error) => {
                let serves = self.inner.is_memory() || (kept && self.mirror.may_take());
                if !serves {
                    return Err(error);
                }
                self.inner.overlay.borrow_mut().insert(key.to_string(), text.clone());
            }
        }
        if kept {
            self.mirror.set(key, text);
        }
        Ok(())
    }
}

/// A text as that of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsFile {
    pub text: String,
    /// Whether it is the text itself.
    pub exact: bool,
}

/// What localStorage holds, in UTF-16 units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    pub units: u64,
    /// Of them, what other pages of the same address put there.
    pub others: u64,
}

impl StorageState {
    /// Asks localStorage, and notes whether it answers.
    fn first<T>(&self, ask: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut answer = ask();
        if matches!(answer, Err(StoreError::Blocked)) && !self.answered.get() {
            // Once more: memory must not take its place because of a whim.
            answer = ask();
        }
        match &answer {
            Ok(_) => self.answered.set(true),
            Err(error) => self.blocked.set(*error == StoreError::Blocked),
        }
        answer
    }

    fn is_memory(&self) -> bool {
        self.blocked.get() && !self.answered.get()
    }

    /// The text under a key, in localStorage, else in memory.
    fn text(&self, key: &str) -> Result<Option<JsValue>, StoreError> {
        let first = self.first(|| Area::Local.get(key));
        if let Ok(text) = &first
            && text.is_string()
        {
            return Ok(Some(text.clone()));
        }
        let held = self.overlay.borrow().get(key).cloned();
        match (first, held) {
            (_, Some(text)) => Ok(Some(text)),
            (Ok(_), None) => Ok(None),
            (Err(_), None) if self.is_memory() => Ok(None),
            (Err(error), None) => Err(error),
        }
    }

    fn all_keys(&self) -> Result<Vec<String>, StoreError> {
        let mut keys: BTreeSet<String> = match self.first(|| Area::Local.keys()) {
            Ok(keys) => keys.into_iter().into_set(),
            Err(_) if self.is_memory() => BTreeSet::new(),
            Err(error) => return Err(error),
        };
        keys.extend(self.overlay.borrow().keys().cloned());
        Ok(keys.into_iter().collect())
    }
}

impl Source for StorageState {
    fn keys(&self) -> Vec<String> {
        let keys = self.all_keys().unwrap_or_else(|_| self.overlay.borrow().keys().cloned().collect());
        keys.into_iter().filter(|key| key.starts_with(KEPT)).collect()
    }

    fn text(&self, key: &str) -> Option<JsValue> {
        StorageState::text(self, key).ok().flatten()
    }

    fn is_whole(&self, key: &str) -> bool {
        let text = Source::text(self, key).and_then(|text| text.as_string());
        Key::parse(key).zip(text).is_some_and(|(key, text)| places::belongs(&key, &text))
    }
}

impl Store for AppStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.inner.text(key)?.and_then(|text| text.as_string()))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.put(key, value.into())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        match self.inner.first(|| Area::Local.remove(key)) {
            Err(error) if !self.inner.is_memory() => return Err(error),
            _ => {}
        }
        self.inner.overlay.borrow_mut().remove(key);
        if key.starts_with(KEPT) {
            self.mirror.remove(key);
        }
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.inner.all_keys()
    }

    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        match self.inner.text(from)? {
            Some(text) => self.put(to, text).map(|()| true),
            None => Ok(false),
        }
    }
}
