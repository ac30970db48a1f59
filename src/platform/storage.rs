//! The store port over localStorage, with a memory fallback. gloo-storage panics where storage is blocked, so every call
//! asks the browser first, and only its raw storage is used, whose errors are values.

use crate::workspace::keys::PROBE;
use crate::workspace::store::{Store, StoreError};
use gloo_storage::{LocalStorage, Storage as _};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

/// Where the app remembers things.
#[derive(Debug)]
pub enum AppStore {
    /// localStorage.
    Browser,
    /// Storage is blocked: remembered until the tab is closed.
    Memory(RefCell<BTreeMap<String, String>>),
}

impl AppStore {
    /// localStorage where it works (a full one works), else memory.
    pub fn open() -> Self {
        let browser = AppStore::Browser;
        match browser.set(PROBE, "1") {
            Ok(()) => {
                let _ = browser.remove(PROBE);
                browser
            }
            Err(StoreError::Full) => browser,
            Err(_) => AppStore::Memory(RefCell::default()),
        }
    }

    pub fn is_memory(&self) -> bool {
        matches!(self, AppStore::Memory(_))
    }
}

/// localStorage, where the browser gives it.
fn raw() -> Result<web_sys::Storage, StoreError> {
    match web_sys::window().map(|w| w.local_storage()) {
        Some(Ok(Some(_))) => Ok(LocalStorage::raw()),
        _ => Err(StoreError::Blocked),
    }
}

impl Store for AppStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        match self {
            AppStore::Browser => raw()?.get_item(key).map_err(|e| told(&e)),
            AppStore::Memory(map) => Ok(map.borrow().get(key).cloned()),
        }
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        match self {
            AppStore::Browser => raw()?.set_item(key, value).map_err(|e| told(&e)),
            AppStore::Memory(map) => {
                map.borrow_mut().insert(key.to_string(), value.to_string());
                Ok(())
            }
        }
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        match self {
            AppStore::Browser => raw()?.remove_item(key).map_err(|e| told(&e)),
            AppStore::Memory(map) => {
                map.borrow_mut().remove(key);
                Ok(())
            }
        }
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        match self {
            AppStore::Browser => {
                let raw = raw()?;
                let count = raw.length().map_err(|e| told(&e))?;
                let keys = (0..count).map(|at| raw.key(at).map_err(|e| told(&e)));
                keys.filter_map(Result::transpose).collect()
            }
            AppStore::Memory(map) => Ok(map.borrow().keys().cloned().collect()),
        }
    }

    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        let Some(text) = self.get(from)? else { return Ok(false) };
        self.set(to, &text).map(|()| true)
    }
}

/// What an exception of localStorage means.
fn told(error: &JsValue) -> StoreError {
    let property = |name: &str| js_sys::Reflect::get(error, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let name = property("name").as_string().unwrap_or_default();
    let message = error.dyn_ref::<js_sys::Error>().map(|e| String::from(e.message())).unwrap_or_default();
    StoreError::from_exception(&name, property("code").as_f64().unwrap_or(0.0), &message)
}
