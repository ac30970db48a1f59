use leptos::prelude::*;

#[component]
pub fn RulesPage() -> impl IntoView {
    view! { <h1>"Rules"</h1> }
}
