//! The right drawer: what is opened stands beside what it was opened from, and covers nothing that one must hit.

use super::icon;
use crate::ui::prelude::*;
use leptos::html;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Whether the drawer of a page is open, and where the focus came from.
pub struct Drawn {
    open: RwSignal<bool>,
    entered: RwSignal<u32>,
    from: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl Copy for Drawn {}
impl Clone for Drawn {
    fn clone(&self) -> Self {
        *self
    }
}

impl Default for Drawn {
    fn default() -> Self {
        Self::new()
    }
}

impl Drawn {
    /// Shut.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), entered: RwSignal::new(0), from: StoredValue::new_local(None) }
    }

    /// Opens it. `enter`: the focus goes to its title, as for the Enter key; else it stays where it is.
    pub fn show(self, enter: bool) {
        if !inside_drawer() {
            self.from.set_value(focused());
        }
        self.open.set(true);
        if enter {
            self.entered.update(|n| *n = n.wrapping_add(1));
        }
    }

    /// Shuts it. The focus goes back to where it came from, unless it is somewhere else by now.
    pub fn shut(self) {
        let back = inside_drawer();
        self.open.set(false);
        if let Some(from) = self.from.get_value().filter(|from| back && from.is_connected()) {
            let _ = from.focus();
        }
    }

    /// Reactive.
    pub fn is_open(self) -> bool {
        self.open.get()
    }
}

fn focused() -> Option<HtmlElement> {
    document().active_element().and_then(|e| e.dyn_into().ok())
}

fn inside_drawer() -> bool {
    document().active_element().is_some_and(|e| e.closest(".drawer").ok().flatten().is_some())
}

/// Where the bars at the top of the page end, in pixels of the window.
fn below_the_bars() -> Option<String> {
    let bars: Element = document().query_selector(".top").ok().flatten()?;
    let bottom = bars.get_bounding_client_rect().bottom();
    // While the page is being opened they are pushed down by what stands there until then.
    (bottom < window().inner_height().ok()?.as_f64()? / 2.0).then(|| format!("{bottom}px"))
}

/// 400 pixels at the right, beside the sheet, which goes on working; on a narrow screen a sheet from below. Escape closes it.
/// A page has one, and puts in it what is chosen: what it shows may change while it is open.
#[component]
pub fn Drawer(
    at: Drawn,
    #[prop(into)] title: Signal<String>,
    /// Small buttons between the title and the cross, such as the row before and the row after.
    #[prop(optional, into)]
    tools: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |before: Option<u32>| {
        let now = at.entered.get();
        match (before, heading.get().filter(|heading| heading.is_connected())) {
            (Some(before), None) => before, // It is not on the page yet, and is waited for.
            (Some(before), Some(heading)) if before != now => {
                let _ = heading.focus();
                now
            }
            _ => now,
        }
    });
    let listening = window_event_listener(leptos::ev::keydown, move |e| {
        let dialog = || document().query_selector("dialog[open]").ok().flatten().is_some();
        if e.key() == "Escape" && at.open.get_untracked() && !e.default_prevented() && !dialog() {
            e.prevent_default();
            at.shut();
        }
    });
    on_cleanup(move || listening.remove());
    view! {
        <Show when=move || at.is_open()>
            {shows("drawer")}
            <section class="drawer no-print" aria-label=move || title.get() style=("--drawer-top", below_the_bars())>
                <div class="drawer-title">
                    <h2 node_ref=heading tabindex="-1" title=move || title.get()>{move || title.get()}</h2>
                    {tools.run()}
                    <button type="button" class="btn plain only-icon" aria-label="Close" title="Close (Esc)" on:click=move |_| at.shut()>
                        {icon("close")}
                    </button>
                </div>
                <div class="drawer-body">{children()}</div>
            </section>
        </Show>
    }
}
