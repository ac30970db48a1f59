use super::StepButtons;
use crate::ui::prelude::*;
use crate::ui::shell::focus_heading;
use crate::ui::state::use_app;
use leptos::html;
use wasm_bindgen::JsCast;

/// How much of the window the messages may take where the navigation is beside the page; the newest is whole anyway.
const SHARE: f64 = 0.3;

/// What the style sheet calls the room of the messages.
const ROOM: &str = "--told";

/// Makes the room of the messages as high as the newest, and as those after it that fit in as a whole: none is cut in the middle.
///
/// Beside the page only the navigation keeps that room free. It is told so by itself: a property of the whole page would have the
/// browser style every element of it anew at each message.
fn make_room(toasts: &web_sys::HtmlElement) {
    let Some(page) = document().document_element().and_then(|page| page.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    // Where there is none no room is kept, and nothing is measured for it.
    let any = toasts.first_element_child().is_some();
    let beside = any && toasts.client_width() < page.client_width();
    let room = any.then(|| format!("{}px", height_of(toasts, beside)));
    let navigation = document()
        .query_selector(".side-in")
        .ok()
        .flatten()
        .and_then(|nav| nav.dyn_into::<web_sys::HtmlElement>().ok());
    set_room(&page, room.as_deref().filter(|_| !beside));
    for kept in navigation.iter().chain([toasts]) {
        set_room(kept, room.as_deref().filter(|_| beside));
    }
}

/// Nothing is touched where it is so already.
fn set_room(of: &web_sys::HtmlElement, room: Option<&str>) {
    let style = of.style();
    if style.get_property_value(ROOM).unwrap_or_default() == room.unwrap_or_default() {
        return;
    }
    let _ = match room {
        Some(room) => style.set_property(ROOM, room),
        None => style.remove_property(ROOM).map(drop),
    };
}

/// In whole pixels, with the border.
fn height_of(toasts: &web_sys::HtmlElement, beside: bool) -> f64 {
    let window = window().inner_height().ok().and_then(|h| h.as_f64()).unwrap_or_default();
    // Below the page, on a narrow screen, only the newest takes room of it.
    let most = if beside { window * SHARE } else { 0.0 };
    let border = toasts.offset_height() - toasts.client_height();
    let each = std::iter::successors(toasts.first_element_child(), web_sys::Element::next_element_sibling);
    let mut room = 0.0;
    for (i, height) in each.map(|toast| toast.get_bounding_client_rect().height()).enumerate() {
        if i > 0 && room + height > most {
            break;
        }
        room += height;
    }
    (room + f64::from(border)).ceil()
}

/// The place where [`crate::ui::state::AppState::toast`] speaks. It is always there, so that screen readers hear it.
#[component]
pub fn Toasts() -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    // Before the next frame, when they stand in the page and nobody has seen them yet.
    let measure = move || {
        request_animation_frame(move || {
            if let Some(toasts) = node.get_untracked() {
                make_room(&toasts);
            }
        });
    };
    Effect::new(move |_| {
        app.toasts();
        measure();
    });
    // The handle is dropped on purpose: the listener lives as long as the page.
    let _ = window_event_listener(leptos::ev::resize, move |_| measure());
    view! {
        <div node_ref=node class="toasts" role="status" aria-live="polite">
            <For each=move || app.toasts() key=|t| t.number let:toast>
                <div class="toast">
                    <span>{toast.text.clone()}</span>
                    {toast.steps.then(|| view! { <StepButtons small=true /> })}
                    {toast.undo.map(|undo| {
                        let stands = undo.clone();
                        let undo = StoredValue::new(undo);
                        let says = format!("Undo: {}", toast.text);
                        // The making of a plan that was begun is undone no more: the ticks would go with it.
                        view! {
                            <Show when=move || app.with(|w| stands.may_stand(w))>
                                <button type="button" class="btn plain small undo" aria-label=says.clone()
                                    on:click=move |_| { app.take_back_said(toast.number, undo.get_value()); focus_heading() }>"Undo"</button>
                            </Show>
                        }
                    })}
                    <button type="button" class="btn plain small" aria-label="Close this message"
                        on:click=move |_| app.close_toast(toast.number)>"✕"</button>
                </div>
            </For>
        </div>
    }
}
