use super::StepButtons;
use crate::ui::prelude::*;
use crate::ui::shell::focus_heading;
use crate::ui::state::use_app;
use leptos::html;
use wasm_bindgen::JsCast;

/// How much of the window the messages may take where the navigation is beside the page; the newest is whole anyway.
const SHARE: f64 = 0.3;

/// Makes the room of the messages as high as the newest, and as those after it that fit in as a whole: none is cut in the middle.
fn make_room(toasts: &web_sys::HtmlElement, any: bool) {
    let Some(root) = document().document_element().and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    // As the style sheet has it, to begin with.
    let _ = root.style().remove_property(ROOM);
    if !any {
        return;
    }
    let height = window().inner_height().ok().and_then(|h| h.as_f64()).unwrap_or_default();
    // Below the page, on a narrow screen, they take what is needed.
    let beside = toasts.client_width() < root.client_width();
    let most = f64::from(toasts.client_height()).max(if beside { height * SHARE } else { 0.0 });
    let own = toasts.get_bounding_client_rect().height() - f64::from(toasts.client_height());
    let each = std::iter::successors(toasts.first_element_child(), web_sys::Element::next_element_sibling);
    let heights = each.map(|toast| toast.get_bounding_client_rect().height());
    let mut room = 0.0;
    for (i, height) in heights.enumerate() {
        if i > 0 && room + height > most {
            break;
        }
        room += height;
    }
    let _ = root.style().set_property(ROOM, &format!("{}px", (room + own).ceil()));
}

/// What the style sheet calls it.
const ROOM: &str = "--told";

/// The place where [`crate::ui::state::AppState::toast`] speaks. It is always there, so that screen readers hear it.
#[component]
pub fn Toasts() -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let any = !app.toasts().is_empty();
        request_animation_frame(move || {
            if let Some(toasts) = node.get_untracked() {
                make_room(&toasts, any);
            }
        });
    });
    view! {
        <div node_ref=node class="toasts" role="status" aria-live="polite">
            <For each=move || app.toasts() key=|t| t.number let:toast>
                <div class="toast">
                    <span>{toast.text.clone()}</span>
                    {toast.steps.then(|| view! { <StepButtons small=true /> })}
                    {toast.undo.map(|undo| view! {
                        <button type="button" class="btn plain small undo" aria-label=format!("Undo: {}", toast.text)
                            on:click=move |_| { app.take_back_said(toast.number, undo.clone()); focus_heading() }>"Undo"</button>
                    })}
                    <button type="button" class="btn plain small" aria-label="Close this message"
                        on:click=move |_| app.close_toast(toast.number)>"✕"</button>
                </div>
            </For>
        </div>
    }
}
