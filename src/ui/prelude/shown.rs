//! What is on the page, told on its root for the style sheet. `:has` would tell it without a word, but for it a browser looks at all that
//! comes and goes: leaving a large page took a frame longer.

use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The attribute that has a word for each.
const SHOWS: &str = "data-shows";

thread_local! {
    /// How many there are of each: two may stand on one page, or one come before another is gone.
    static SHOWN: RefCell<BTreeMap<&'static str, usize>> = const { RefCell::new(BTreeMap::new()) };
}

/// Tells that something is on the page, for as long as what calls it is.
pub fn shows(what: &'static str) {
    SHOWN.with_borrow_mut(|shown| *shown.entry(what).or_default() += 1);
    tell();
    on_cleanup(move || {
        SHOWN.with_borrow_mut(|shown| {
            let many = shown.entry(what).or_default();
            *many = many.saturating_sub(1);
        });
        tell();
    });
}

fn tell() {
    let Some(root) = document().document_element() else { return };
    let words: Vec<&str> =
        SHOWN.with_borrow(|shown| shown.iter().filter(|(_, many)| **many > 0).map(|(what, _)| *what).collect());
    let words = words.join(" ");
    if root.get_attribute(SHOWS).unwrap_or_default() != words {
        let _ = root.set_attribute(SHOWS, &words);
    }
}
