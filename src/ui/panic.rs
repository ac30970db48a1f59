//! What is shown when the app breaks: the data can be downloaded and the page loaded again.
//!
//! After a panic nothing of the program may run any more, so the screen is plain elements and links: a download link that
//! already holds its file, and a link that loads the page anew.

use crate::platform::storage;
use crate::workspace::keys::Slot;
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::panic::PanicHookInfo;
use wasm_bindgen::JsValue;
use web_sys::{Blob, Document, Element, Url};

thread_local! {
    static HAPPENED: Cell<bool> = const { Cell::new(false) };
    static HELD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Holds the text of a workspace that is not in the store, so that it can be downloaded after a panic.
pub fn hold(text: Option<String>) {
    HELD.with(|held| {
        if let Ok(mut held) = held.try_borrow_mut() {
            *held = text;
        }
    });
}

/// Whether the app broke. From then on nothing is saved: what is in memory may be half changed.
pub fn happened() -> bool {
    HAPPENED.with(Cell::get)
}

/// To be called once, first of all.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        if !HAPPENED.with(|h| h.replace(true)) {
            web_sys::console::error_1(&format!("Restore Desk stopped: {info}").into());
            let _ = show(info);
        }
    }));
}

fn show(info: &PanicHookInfo) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let body = document.body().ok_or(JsValue::NULL)?;

    let main = element(&document, "main", "broken", "")?;
    let heading = element(&document, "h1", "", "Something broke in Restore Desk")?;
    main.append_child(&heading)?;
    let says = "Your data are as they were last saved. Download them to be sure, then load the page again. \
                Nothing that you do in this tab is saved any more.";
    let paragraph = element(&document, "p", "", says)?;
    main.append_child(&paragraph)?;

    let actions = element(&document, "p", "actions", "")?;
    let held = HELD.with(|held| held.try_borrow().ok().and_then(|h| h.clone()));
    let stored = |slot: Slot| storage::stored(slot.key());
    let texts = [
        ("Download what was not saved", "restore-desk-unsaved.json", held),
        ("Download my data", "restore-desk.json", stored(Slot::Own)),
        ("Download the sample", "restore-desk-sample.json", stored(Slot::Sample)),
        ("Download the rehearsal", "restore-desk-rehearsal.json", stored(Slot::Rehearsal)),
    ];
    for (label, file, text) in texts {
        let Some(text) = text else { continue };
        let link = element(&document, "a", "btn pri", label)?;
        link.set_attribute(
            "href",
            &Url::create_object_url_with_blob(&Blob::new_with_str_sequence(&Array::of1(&text.into()))?)?,
        )?;
        link.set_attribute("download", file)?;
        actions.append_child(&link)?;
    }
    let reload = element(&document, "a", "btn", "Load the page again")?;
    // Without a fragment, so that the browser really loads.
    reload.set_attribute("href", &window.location().pathname().unwrap_or_else(|_| ".".into()))?;
    actions.append_child(&reload)?;
    main.append_child(&actions)?;

    let details = element(&document, "details", "", "")?;
    let summary = element(&document, "summary", "", "For a report")?;
    details.append_child(&summary)?;
    let report = element(&document, "pre", "", &info.to_string())?;
    details.append_child(&report)?;
    main.append_child(&details)?;

    body.replace_children_with_node_1(&main);
    Ok(())
}

fn element(document: &Document, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(tag)?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    Ok(element)
}
