//! What happens when the app breaks. After a panic nothing of the program may run any more, so the screen is that of
//! `public/boot.js`, which also shows it where no panic hook runs (no stack or memory left).

use crate::platform::{locks, rescue};
use std::cell::Cell;

thread_local! {
    static HAPPENED: Cell<bool> = const { Cell::new(false) };
}

/// Holds the text of a workspace that is not in the store, so that it can be downloaded after the app broke. The name tells several
/// apart and becomes that of the file.
pub fn hold(name: &str, text: Option<String>) {
    rescue::hold(name, text.as_deref());
}

/// Whether the app broke. From then on nothing is saved: what is in memory may be half changed.
pub fn happened() -> bool {
    HAPPENED.with(Cell::get)
}

/// To be called once, first of all.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        if HAPPENED.with(|h| h.replace(true)) {
            return;
        }
        // First: the page stays on screen, and no other tab may wait for one that does nothing any more.
        locks::release_all();
        let report = info.to_string();
        web_sys::console::error_1(&format!("Restore Desk stopped: {report}").into());
        if !rescue::stop(&report)
            && let Some(body) = web_sys::window().and_then(|w| w.document()).and_then(|d| d.body())
        {
            body.set_text_content(Some(
                "Something broke in Restore Desk. What was saved is as it was. Please load the page again.",
            ));
        }
    }));
}
