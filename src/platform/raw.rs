//! localStorage and sessionStorage, exactly: every call asks the browser, and every error is a value.

use super::js;
use crate::workspace::store::StoreError;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// Which of the two stores.
#[derive(Clone, Copy, Debug)]
pub(super) enum Area {
    Local,
    Session,
}

thread_local! {
    static HELD: [RefCell<Option<web_sys::Storage>>; 2] = const { [RefCell::new(None), RefCell::new(None)] };
}

/// gloo-storage's own `LocalStorage` and `SessionStorage` ask the window anew at every call, and throw past Rust where it
/// refuses. These give what the window gave when it was asked last; where that is nothing, every call fails as a value.
struct Local;
struct Session;

impl gloo_storage::Storage for Local {
    fn raw() -> web_sys::Storage {
        Area::Local.held()
    }
}

impl gloo_storage::Storage for Session {
    fn raw() -> web_sys::Storage {
        Area::Session.held()
    }
}

impl Area {
    fn held(self) -> web_sys::Storage {
        HELD.with(|held| held[self as usize].borrow().clone()).unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into())
    }

    fn hold(self, storage: Option<web_sys::Storage>) {
        HELD.with(|held| *held[self as usize].borrow_mut() = storage);
    }

    /// The store, where the browser gives it.
    fn raw(self) -> Result<web_sys::Storage, StoreError> {
        if HELD.with(|held| held[self as usize].borrow().is_none()) {
            let window = web_sys::window().ok_or(StoreError::Blocked)?;
            let given = match self {
                Area::Local => window.local_storage(),
                Area::Session => window.session_storage(),
            };
            // Some browsers say null where it is switched off.
            self.hold(Some(given.map_err(|e| told(&e))?.ok_or(StoreError::Blocked)?));
        }
        Ok(match self {
            Area::Local => <Local as gloo_storage::Storage>::raw(),
            Area::Session => <Session as gloo_storage::Storage>::raw(),
        })
    }

    fn call(self, name: &str, arguments: &[&JsValue]) -> Result<JsValue, StoreError> {
        js::call(self.raw()?.as_ref(), name, arguments).map_err(|e| {
            // The window is asked anew the next time.
            self.hold(None);
            told(&e)
        })
    }

    /// The text under a key, as the browser holds it; `null`: nothing is there.
    pub(super) fn get(self, key: &str) -> Result<JsValue, StoreError> {
        let text = self.call("getItem", &[&key.into()])?;
        if text.is_string() || text.is_null() {
            Ok(text)
        } else {
            Err(StoreError::Other("the browser answered with something that is no text".into()))
        }
    }

    pub(super) fn set(self, key: &str, text: &JsValue) -> Result<(), StoreError> {
        self.call("setItem", &[&key.into(), text]).map(drop)
    }

    pub(super) fn remove(self, key: &str) -> Result<(), StoreError> {
        self.call("removeItem", &[&key.into()]).map(drop)
    }

    /// Every key. Where the number of keys changes meanwhile, they are read again.
    pub(super) fn keys(self) -> Result<Vec<String>, StoreError> {
        let count = || -> Result<u32, StoreError> {
            let raw = self.raw()?;
            raw.length().map_err(|e| {
                self.hold(None);
                told(&e)
            })
        };
        let mut keys = Vec::new();
        for _ in 0..3 {
            keys.clear();
            let before = count()?;
            for index in 0..before {
                keys.extend(self.call("key", &[&index.into()])?.as_string());
            }
            if count()? == before {
                break;
            }
        }
        Ok(keys)
    }
}

/// What an exception means.
fn told(error: &JsValue) -> StoreError {
    let (name, message) = js::name_and_message(error);
    let code = js::property(error, "code").as_f64().unwrap_or(0.0);
    if name.is_empty() && message.is_empty() && code == 0.0 {
        return StoreError::Other("the browser gave no reason".into());
    }
    StoreError::from_exception(&name, code, &message)
}
