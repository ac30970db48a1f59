use leptos::prelude::*;

/// A sentence of the core: what stands between backticks is shown as code, everything else as it is.
#[component]
pub fn Prose(#[prop(into)] text: String) -> impl IntoView {
    text.split('`')
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
        .map(|(place, part)| {
            let part = part.to_string();
            if place % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
        })
        .collect_view()
}
