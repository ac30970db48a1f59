//! Locks that all tabs of the same address share (Web Locks). They exist in pages that are served securely only; whoever asks
//! for one learns when there are none.

use super::js;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Why there is no lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoLocks {
    /// The browser has none here.
    NotSupported,
    /// It refused, in its words.
    Refused(String),
    /// Another tab held it for so long.
    Waited { millis: u32 },
}

impl NoLocks {
    /// What is wrong, as the end of a sentence.
    pub fn sentence(&self) -> String {
        match self {
            NoLocks::NotSupported => "this browser cannot make tabs wait for each other here".into(),
            NoLocks::Refused(why) => format!("this browser did not make tabs wait for each other: {why}"),
            NoLocks::Waited { millis } => {
                format!("another tab was not ready for {} seconds", millis.div_ceil(1000))
            }
        }
    }
}

/// Whether there are locks.
pub fn supported() -> bool {
    js::property(&manager(), "request").is_function()
}

fn manager() -> JsValue {
    js::navigator("locks")
}

thread_local! {
    /// What ends the locks that are held, by number.
    static HELD: RefCell<BTreeMap<u64, js_sys::Function>> = const { RefCell::new(BTreeMap::new()) };
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

/// Ends every lock of this tab. To be called after a panic: the page stays, and others must not wait for it.
pub fn release_all() {
    let ends = HELD.with(|held| held.try_borrow_mut().map(|mut held| std::mem::take(&mut *held)).unwrap_or_default());
    for end in ends.values() {
        let _ = end.call0(&JsValue::UNDEFINED);
    }
}

/// A lock that is waited for or held until this is dropped.
#[derive(Debug)]
pub struct Held {
    number: u64,
    granted: Rc<Cell<bool>>,
}

impl Held {
    /// Whether it was granted.
    pub fn is_granted(&self) -> bool {
        self.granted.get()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let end = HELD.with(|held| held.try_borrow_mut().ok().and_then(|mut held| held.remove(&self.number)));
        if let Some(end) = end {
            let _ = end.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Asks for a lock. `told` is called once, later: with `Ok` when it is granted, which may take as long as another tab holds it,
/// or with the reason why it never will be.
pub fn hold(name: &str, told: impl FnOnce(Result<(), NoLocks>) + 'static) -> Held {
    let number = NEXT.with(|next| next.replace(next.get() + 1));
    let granted = Rc::new(Cell::new(false));
    let held = Held { number, granted: Rc::clone(&granted) };
    // The lock lasts as long as this promise; one that was dropped before it is granted ends at once.
    let (lasts, end) = js::promise();
    HELD.with(|held| held.borrow_mut().insert(number, end));

    let told = Rc::new(Cell::new(Some(told)));
    let tells = Rc::clone(&told);
    let on_granted = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        let wanted = HELD.with(|held| held.borrow().contains_key(&number));
        if wanted {
            granted.set(true);
            if let Some(told) = tells.take() {
                // Not in here: what throws in this call would end the lock.
                spawn_local(async move { told(Ok(())) });
            }
        }
        lasts.into()
    });
    let asked = js::call(&manager(), "request", &[&name.into(), &on_granted]);
    let supported = supported();
    spawn_local(async move {
        let refused = match asked {
            Ok(answer) => JsFuture::from(js::as_promise(&answer)).await.err(),
            Err(error) => Some(error),
        };
        let (Some(error), Some(told)) = (refused, told.take()) else { return };
        told(Err(if supported { NoLocks::Refused(in_words(&error)) } else { NoLocks::NotSupported }));
    });
    held
}

fn in_words(error: &JsValue) -> String {
    let (name, message) = js::name_and_message(error);
    if message.is_empty() { name } else { message }
}

/// Waits for a lock, then for `work`, and ends the lock; gives up when it was not granted within so many milliseconds.
///
/// # Errors
/// There are no locks, or another tab held it for so long; then `work` was not begun.
pub async fn with_lock_within<T>(name: &str, millis: u32, work: impl Future<Output = T>) -> Result<T, NoLocks> {
    if !supported() {
        return Err(NoLocks::NotSupported);
    }
    let (granted, grant) = js::promise();
    let refused = Rc::new(RefCell::new(None));
    let why = Rc::clone(&refused);
    let held = hold(name, move |result| {
        if let Err(error) = result {
            *why.borrow_mut() = Some(error);
        }
        let _ = grant.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
    });
    let limit = i32::try_from(millis).unwrap_or(i32::MAX);
    if let Ok(None) = js::within(&granted, limit).await
        && !held.is_granted()
    {
        return Err(NoLocks::Waited { millis });
    }
    if let Some(error) = refused.borrow_mut().take() {
        return Err(error);
    }
    let done = work.await;
    drop(held);
    Ok(done)
}
