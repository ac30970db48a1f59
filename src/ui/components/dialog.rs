use crate::ui::prelude::*;
use crate::ui::shell::keep_the_focus;
use leptos::html;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A native dialog: the browser keeps the focus inside, Escape closes it, and the focus goes back to where it was.
/// Put `autofocus` on the least destructive button; without one the browser takes the first.
#[component]
pub fn Dialog(
    /// Whether it is open; closing it by Escape sets it to `false`.
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// At the right end, as high as the window: what it is about stays in sight.
    #[prop(optional)]
    beside: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    open_while(node, open);
    view! {
        <dialog class=if beside { "dialog beside" } else { "dialog" } node_ref=node aria-label=move || title.get()
            on:close=move |e| if is_closed(&e) { open.set(false) } on:keydown=enter>
            <Show when=move || open.get()>
                <h2 tabindex="-1">{move || title.get()}</h2>
                {children()}
            </Show>
        </dialog>
    }
}

/// Enter in a text presses the button that has `data-enter`, where it can be pressed: never one that loses something.
fn enter(event: web_sys::KeyboardEvent) {
    let field = event.target().and_then(|at| at.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(field) = field.filter(|field| event.key() == "Enter" && field.type_() == "text") else { return };
    let dialog = field.closest("dialog").ok().flatten();
    let button = dialog.and_then(|dialog| dialog.query_selector("[data-enter]:not(:disabled)").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        button.click();
    }
}

/// The browser begins at the first thing that can have the focus, which may be the mark of a rule in a sentence, or a picture: it
/// begins at the first field then, or at the heading.
fn begin(dialog: &web_sys::HtmlDialogElement) {
    let first =
        |which: &str| dialog.query_selector(which).ok().flatten().and_then(|e| e.dyn_into::<HtmlElement>().ok());
    let at = document().active_element();
    let begins =
        |at: web_sys::Element| at.matches(":is(input, select, textarea, a, h2, .btn, [autofocus])").unwrap_or(false);
    if !at.is_some_and(begins)
        && let Some(to) = first("input:not(:disabled), select, textarea").or_else(|| first("h2"))
    {
        let _ = to.focus();
    }
}

/// Whether the dialog that an event tells of is closed. The browser tells of it some time after it is: by then it may be open again.
pub fn is_closed(event: &web_sys::Event) -> bool {
    !event_target::<web_sys::HtmlDialogElement>(event).open()
}

/// Opens and closes a native dialog as `open` says.
pub fn open_while(node: NodeRef<html::Dialog>, open: RwSignal<bool>) {
    Effect::new(move |was: Option<bool>| {
        let Some(dialog) = node.get() else { return false };
        let is = open.get();
        if is && !dialog.open() {
            let _ = dialog.show_modal();
            request_animation_frame(move || begin(&dialog));
        } else if !is && was == Some(true) {
            // Escape has closed it already.
            dialog.close();
            // What opened the dialog may be gone by what was done in it, now or once the page is worked out anew.
            keep_the_focus();
            watch_over();
        }
        is
    });
}
