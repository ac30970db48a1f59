use leptos::prelude::*;

#[component]
pub fn TargetsPage() -> impl IntoView {
    view! { <h1>"Targets"</h1> }
}
