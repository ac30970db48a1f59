use crate::ui::prelude::*;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

/// A button under which more stands. Escape closes it, and so does leaving it; the focus goes back to the button.
#[component]
pub fn Menu(
    /// What it is called where the button shows a symbol alone.
    #[prop(into)]
    label: Signal<String>,
    /// The symbol, and the words where there is room.
    button: AnyView,
    /// Whether using something in it closes it.
    #[prop(optional)]
    once: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let open = RwSignal::new(false);
    // It may hear that it is left, or shut, when it went with its page.
    let there = move || node.try_get_untracked().flatten();
    let shut = move |back: bool| {
        open.set(false);
        let Some(details) = there() else { return };
        let _ = details.remove_attribute("open");
        if back && let Ok(Some(summary)) = details.query_selector("summary") {
            let _ = summary.unchecked_into::<HtmlElement>().focus();
        }
    };
    let keys = move |e: KeyboardEvent| {
        if e.key() == "Escape" && open.try_get_untracked() == Some(true) {
            e.prevent_default();
            e.stop_propagation();
            shut(true);
        }
    };
    let left = move |e: FocusEvent| {
        let to = e.related_target().and_then(|t| t.dyn_into::<Node>().ok());
        if let (Some(to), Some(details)) = (to, there())
            && !details.contains(Some(&to))
        {
            shut(false);
        }
    };
    // A click beside it moves the focus nowhere where nothing takes it.
    let beside = window_event_listener(leptos::ev::pointerdown, move |e| {
        let target = e.target().and_then(|t| t.dyn_into::<Node>().ok());
        let inside = there().is_some_and(|details| details.contains(target.as_ref()));
        if open.try_get_untracked() == Some(true) && !inside {
            shut(false);
        }
    });
    on_cleanup(move || beside.remove());
    let used = move |e: leptos::ev::MouseEvent| {
        let on = e.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if once && on.is_some_and(|on| on.closest("button, a").ok().flatten().is_some()) {
            shut(true);
        }
    };
    view! {
        <details class="pop-menu" node_ref=node on:keydown=keys on:focusout=left
            on:toggle=move |_| open.set(there().is_some_and(|d| d.open()))>
            <summary class="btn plain" aria-label=move || label.get()>{button}</summary>
            <div class="pop" on:click=used>{children()}</div>
        </details>
    }
}
