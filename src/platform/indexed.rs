//! IndexedDB by itself: opening the database, one transaction of reads, one of jobs. Nothing is remembered here.

use super::js;
use crate::workspace::second::NoSecond;
use crate::workspace::second::queue::{Job, QueuedJob};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;

const DATABASE: &str = "restore-desk";
const KEEP: &str = "keep";

/// The open database with its object store. While the browser has not answered for so many milliseconds, `late` is called, and
/// the answer is waited for all the same: a request cannot be taken back, and a second one would wait behind it.
pub(super) async fn open(patience: i32, mut late: impl FnMut()) -> Result<JsValue, NoSecond> {
    let factory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(|e| told(&e))?;
    if !factory.is_object() {
        return Err(NoSecond::Missing);
    }
    let mut version = JsValue::UNDEFINED;
    for _ in 0..3 {
        let database = request(&factory, &version, patience, &mut late).await?;
        let names = js::property(&database, "objectStoreNames");
        if js::call(&names, "contains", &[&KEEP.into()]).is_ok_and(|there| there.is_truthy()) {
            return Ok(database);
        }
        // Somebody made the database and not the store: a newer version of it gets one.
        version = JsValue::from_f64(js::property(&database, "version").as_f64().unwrap_or(1.0) + 1.0);
        let _ = js::call(&database, "close", &[]);
    }
    Err(NoSecond::Other("it cannot be set up".into()))
}

/// Opens a version of the database, or makes it; without one the present version, whichever it is.
async fn request(
    factory: &JsValue,
    version: &JsValue,
    patience: i32,
    late: &mut impl FnMut(),
) -> Result<JsValue, NoSecond> {
    let name = DATABASE.into();
    let arguments: &[&JsValue] = if version.is_undefined() { &[&name] } else { &[&name, version] };
    let request = js::call(factory, "open", arguments).map_err(|e| told(&e))?;
    let asked = request.clone();
    let make = Closure::<dyn FnMut()>::new(move || {
        let _ = js::call(&js::property(&asked, "result"), "createObjectStore", &[&KEEP.into()]);
    });
    let _ = js_sys::Reflect::set(&request, &"onupgradeneeded".into(), make.as_ref());
    let opened = js::first_event(&request, "onsuccess", "onerror");
    let answer = match js::within(&opened, patience).await {
        Ok(None) => {
            late();
            JsFuture::from(opened).await.map(Some)
        }
        answer => answer,
    };
    answer.map_err(|_| told(&js::property(&request, "error")))?;
    Ok(js::property(&request, "result"))
}

/// A transaction that was begun.
pub(super) struct Transaction {
    transaction: JsValue,
    /// Kept when it is complete, broken when it was aborted.
    pub(super) complete: Promise,
}

impl Transaction {
    fn begin(database: &JsValue, mode: &str, options: &JsValue) -> Result<Self, JsValue> {
        let transaction = js::call(database, "transaction", &[&KEEP.into(), &mode.into(), options])?;
        let complete = js::first_event(&transaction, "oncomplete", "onabort");
        Ok(Self { transaction, complete })
    }

    fn store(&self) -> Result<JsValue, JsValue> {
        js::call(&self.transaction, "objectStore", &[&KEEP.into()])
    }

    /// Why it was aborted; `None`: not by itself.
    pub(super) fn error(&self) -> Option<NoSecond> {
        let error = js::property(&self.transaction, "error");
        error.is_object().then(|| told(&error))
    }
}

/// Reads that were asked for in one transaction.
pub(super) struct Reading {
    transaction: Transaction,
    requests: Vec<JsValue>,
}

/// Asks for something.
pub(super) fn read(
    database: &JsValue,
    ask: impl FnOnce(&JsValue) -> Result<Vec<JsValue>, JsValue>,
) -> Result<Reading, NoSecond> {
    let transaction = Transaction::begin(database, "readonly", &JsValue::UNDEFINED).map_err(|e| told(&e))?;
    let requests = transaction.store().and_then(|store| ask(&store)).map_err(|e| told(&e))?;
    Ok(Reading { transaction, requests })
}

impl Reading {
    /// The results, in the order of the requests.
    pub(super) async fn results(self, patience: i32) -> Result<Vec<JsValue>, NoSecond> {
        match js::within(&self.transaction.complete, patience).await {
            Ok(Some(_)) => Ok(self.requests.iter().map(|request| js::property(request, "result")).collect()),
            Ok(None) => Err(NoSecond::NoAnswer { millis: patience.unsigned_abs() }),
            Err(_) => Err(self.transaction.error().unwrap_or(NoSecond::Other("the reading was broken off".into()))),
        }
    }
}

/// Why a transaction was not even begun.
pub(super) enum Unsent {
    /// The connection is gone.
    Connection,
    Job(NoSecond),
}

/// All jobs in one transaction, which is confirmed when it is on the disk.
pub(super) fn send(database: &JsValue, jobs: &[QueuedJob<JsValue>]) -> Result<Transaction, Unsent> {
    let strict = js::object("durability", &"strict".into());
    let sent = Transaction::begin(database, "readwrite", &strict).map_err(|_| Unsent::Connection)?;
    let put = || -> Result<(), JsValue> {
        let store = sent.store()?;
        for entry in jobs {
            let key = JsValue::from(&entry.key);
            match &entry.job {
                Job::Set(text) => js::call(&store, "put", &[text, &key])?,
                Job::Remove => js::call(&store, "delete", &[&key])?,
            };
        }
        Ok(())
    };
    if let Err(error) = put() {
        let _ = js::call(&sent.transaction, "abort", &[]);
        // Nobody waits for its end.
        let _ = js_sys::Reflect::set(&sent.transaction, &"onabort".into(), &JsValue::NULL);
        return Err(Unsent::Job(told(&error)));
    }
    // Not all browsers have it; with it, the transaction ends well even if the page ends now.
    let _ = js::call(&sent.transaction, "commit", &[]);
    Ok(sent)
}

fn told(error: &JsValue) -> NoSecond {
    let (name, message) = js::name_and_message(error);
    NoSecond::from_exception(&name, &message)
}
