//! Where the focus is, and where it goes: never to the page as a whole, from which a person with a keyboard begins anew.

use leptos::prelude::*;
use std::cell::RefCell;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement};

/// Moves the focus to an element, by its id.
pub fn focus_on(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.into_iter().for_each(|element| _ = element.focus());
}

/// The same once it is on the page: what was pressed is gone.
pub fn focus_soon(id: String) {
    request_animation_frame(move || focus_on(&id));
}

/// Whether nothing has the focus, or only what was near: what had it is gone.
pub fn focus_is_lost() -> bool {
    focused().is_none_or(|at| CAUGHT.with_borrow(|caught| *caught == Some(at)))
}

/// What has the focus; not the page as a whole.
fn focused() -> Option<Element> {
    document().active_element().filter(|at| at.tag_name() != "BODY")
}

thread_local! {
    /// What got the focus because something that was pressed was gone, until something else is pressed.
    static CAUGHT: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Where what was pressed is gone afterwards, or can be pressed no more, and nobody gave the focus to anything: gives it to what stood
/// before it, or to the heading of the page. The page does not move by it. To be called once; [`watch_over`] does the same for what is not
/// pressed itself.
pub fn catch_the_focus() {
    let caught = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
        CAUGHT.set(None);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(pressed) = target.and_then(|at| at.closest("button, a, input, select, summary").ok().flatten()) else {
            return;
        };
        watch(pressed);
    });
    // Before anything that it does: what is pressed may take itself off the page.
    let _ = document().add_event_listener_with_callback_and_bool("click", caught.as_ref().unchecked_ref(), true);
    // The listener lives as long as the page.
    caught.forget();
}

/// The same for what has the focus now, such as what opened a dialog that was closed: a page that is worked out anew may take it off a
/// little later.
pub fn watch_over() {
    if let Some(at) = focused() {
        watch(at);
    }
}

/// When it is looked again whether something is still there, in milliseconds after the time before. A large tenant takes a while.
const LOOKS: [u64; 4] = [0, 150, 600, 2000];

fn watch(at: Element) {
    let around = at.closest("dialog, main, nav").ok().flatten();
    let before = around.map(|around| before_it(&around, &at)).unwrap_or_default();
    // What is pressed does its work first.
    request_animation_frame(move || look(at, before, LOOKS.as_slice()));
}

fn look(at: Element, before: Vec<Element>, looks: &'static [u64]) {
    let Some((wait, looks)) = looks.split_first() else { return };
    let again = move || {
        request_animation_frame(move || {
            let gone = !at.is_connected() || at.has_attribute("disabled");
            match focused() {
                Some(other) if other != at => {}
                None if gone => give_back(before),
                _ => look(at, before, looks),
            }
        });
    };
    set_timeout(again, Duration::from_millis(*wait));
}

/// Gives the focus to the last of `before` that can have it, else to the heading of the page.
fn give_back(before: Vec<Element>) {
    let heading = document().query_selector("main h1").ok().flatten();
    let near = before.into_iter().rev().filter(|at| at.is_connected() && !at.has_attribute("disabled"));
    let _ = near.chain(heading).any(|at| take_focus(&at) && focused().is_some());
}

/// So many of what stands before something are remembered.
const NEAR: usize = 24;

/// The headings and controls in `around` that stand before `pressed`, in the order of the page.
fn before_it(around: &Element, pressed: &Element) -> Vec<Element> {
    let mut before = Vec::new();
    let found = around.query_selector_all("h1, h2, h3, h4, button, a[href], input, select, summary").ok();
    for at in found.iter().flat_map(|found| (0..found.length()).filter_map(|i| found.get(i))) {
        let Ok(at) = at.dyn_into::<Element>() else { continue };
        if at == *pressed {
            break;
        }
        before.push(at);
    }
    before.split_off(before.len().saturating_sub(NEAR))
}

fn take_focus(at: &Element) -> bool {
    let Some(at) = at.dyn_ref::<HtmlElement>() else { return false };
    if at.tag_name().starts_with('H') {
        let _ = at.set_attribute("tabindex", "-1");
    }
    CAUGHT.set(Some(at.clone().into()));
    let still = web_sys::FocusOptions::new();
    still.set_prevent_scroll(true);
    at.focus_with_options(&still).is_ok()
}
