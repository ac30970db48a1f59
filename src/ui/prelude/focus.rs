//! Where the focus is, and where it goes: never to the page as a whole, from which a person with a keyboard begins anew.

use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
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
    document()
        .active_element()
        .is_none_or(|at| at.tag_name() == "BODY" || CAUGHT.with_borrow(|caught| *caught == Some(at)))
}

thread_local! {
    /// What got the focus because something that was pressed was gone, until something else is pressed.
    static CAUGHT: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Where what was pressed is gone afterwards, or can be pressed no more, and nobody gave the focus to anything: gives it to what stands
/// nearest. To be called once.
pub fn catch_the_focus() {
    // The handle is dropped on purpose: the listener lives as long as the page.
    let _ = window_event_listener(leptos::ev::click, |event| {
        CAUGHT.set(None);
        // As it was when it was pressed.
        let mut path = event.composed_path().into_iter().filter_map(|node| node.dyn_into::<Element>().ok());
        let Some(pressed) = path.find(|at| at.matches("button, a, input, select, summary").unwrap_or(false)) else {
            return;
        };
        let around: Vec<Element> = path.collect();
        request_animation_frame(move || {
            request_animation_frame(move || {
                let nowhere = || document().active_element().is_none_or(|at| at.tag_name() == "BODY");
                if nowhere() && (!pressed.is_connected() || pressed.has_attribute("disabled")) {
                    let _ = around.iter().filter(|at| at.is_connected()).any(|at| take_focus_in(at) && !nowhere());
                }
            });
        });
    });
}

/// Gives the focus to the first heading or control in it.
fn take_focus_in(place: &Element) -> bool {
    const CAN: &str = "h1, h2, h3, h4, button:not(:disabled), a[href], input:not(:disabled), select, summary";
    let first = place.query_selector(CAN).ok().flatten().and_then(|first| first.dyn_into::<HtmlElement>().ok());
    let Some(first) = first else { return false };
    if first.tag_name().starts_with('H') {
        let _ = first.set_attribute("tabindex", "-1");
    }
    CAUGHT.set(Some(first.clone().into()));
    first.focus().is_ok()
}

/// Keeps the focus where it is within the element that `place` selects, while that is about to be drawn anew: what stands there in
/// the next frame at the same place under the same name gets it. To be called before the drawing.
pub fn keep_focus_among(place: &'static str) {
    let Some(at) = document().active_element().filter(|at| at.closest(place).is_ok_and(|found| found.is_some())) else {
        return;
    };
    let name = name_of(&at);
    let alike =
        move || -> Vec<Element> { all_among(place).into_iter().filter(|other| name_of(other) == name).collect() };
    let rank = alike().iter().position(|other| *other == at).unwrap_or_default();
    request_animation_frame(move || {
        if focus_is_lost()
            && let Some(again) =
                alike().into_iter().nth(rank).and_then(|element| element.dyn_into::<HtmlElement>().ok())
        {
            let _ = again.focus();
        }
    });
}

/// What can have the focus, in the order of the page.
fn all_among(place: &str) -> Vec<Element> {
    const CAN: [&str; 6] = ["a", "button", "input", "select", "summary", "[tabindex]"];
    let found = document().query_selector_all(&CAN.map(|can| format!("{place} {can}")).join(", ")).ok();
    let all = found.iter().flat_map(|found| (0..found.length()).filter_map(|i| found.get(i)));
    all.filter_map(|node| node.dyn_into().ok()).collect()
}

/// By which an element is known again: a field by its label, all else by what it says.
fn name_of(element: &Element) -> String {
    let label = element.get_attribute("aria-label").or_else(|| element.text_content());
    format!("{} {}", element.tag_name(), label.unwrap_or_default())
}
