use leptos::prelude::*;

#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <h1>"Add an inventory"</h1> }
}
