use leptos::prelude::*;

#[component]
pub fn RestorePage() -> impl IntoView {
    view! { <h1>"Restore"</h1> }
}
