//! What stands around a large table: choices that narrow it down, and the way through its pages.

use crate::ui::prelude::*;
use crate::view_model::words::{count, thousands};

/// A choice that narrows a table down.
#[component]
pub fn Choose(
    label: &'static str,
    /// The words of the empty value; empty: there is none.
    all: &'static str,
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
    pick: Callback<String>,
) -> impl IntoView {
    view! {
        <select class="input" aria-label=label on:change=move |e| pick.run(event_target_value(&e)) prop:value=move || value.get()>
            {(!all.is_empty()).then(|| view! { <option value="">{all}</option> })}
            {live(move || {
                options
                    .get()
                    .into_iter()
                    .map(|(v, words)| {
                        let chosen = v.clone();
                        view! { <option value=v selected=move || value.get() == chosen>{words}</option> }
                    })
                    .collect_view()
            })}
        </select>
    }
}

/// The way through a table of which only a page is drawn.
#[component]
pub fn Pager(
    total: Signal<usize>,
    page: RwSignal<usize>,
    /// How many rows a page has.
    size: usize,
    /// A selector of the table, to which another page scrolls.
    table: &'static str,
) -> impl IntoView {
    let pages = Signal::derive(move || total.get().div_ceil(size).max(1));
    let at = move || page.get().min(pages.get().saturating_sub(1));
    let go = move |to: usize| {
        page.set(to);
        if let Ok(Some(table)) = document().query_selector(table) {
            table.scroll_into_view();
        }
    };
    view! {
        <nav class="pager" aria-label="Rows of the table">
            <span role="status">
                {move || {
                    let total = total.get();
                    let first = at() * size;
                    if total <= size {
                        count(total, "row", "rows")
                    } else {
                        format!("rows {} to {} of {}", thousands(first + 1), thousands((first + size).min(total)), thousands(total))
                    }
                }}
            </span>
            {live(move || {
                (pages.get() > 1)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn small"
                                disabled=move || at() == 0
                                on:click=move |_| go(page.get_untracked().min(pages.get_untracked().saturating_sub(1)).saturating_sub(1))
                            >
                                "Previous"
                            </button>
                            <button
                                type="button"
                                class="btn small"
                                disabled=move || { at() + 1 >= pages.get() }
                                on:click=move |_| go(page.get_untracked() + 1)
                            >
                                "Next"
                            </button>
                        }
                    })
            })}
        </nav>
    }
}
