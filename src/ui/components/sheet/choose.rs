//! What stands around a large table.

use crate::ui::prelude::*;

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
