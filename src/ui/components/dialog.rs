use crate::ui::prelude::*;
use leptos::html;

/// A native dialog: the browser keeps the focus inside, Escape closes it, and the focus goes back to where it was.
/// Put `autofocus` on the least destructive button; without one the browser takes the first.
#[component]
pub fn Dialog(
    /// Whether it is open; closing it by Escape sets it to `false`.
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// For what needs room side by side.
    #[prop(optional)]
    wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    open_while(node, open);
    view! {
        <dialog class=if wide { "dialog wide" } else { "dialog" } node_ref=node aria-label=move || title.get() on:close=move |_| open.set(false)>
            <Show when=move || open.get()>
                <h2>{move || title.get()}</h2>
                {children()}
            </Show>
        </dialog>
    }
}

/// Opens and closes a native dialog as `open` says.
pub fn open_while(node: NodeRef<html::Dialog>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
}
