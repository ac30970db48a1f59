use leptos::prelude::*;

#[component]
pub fn RetentionPage() -> impl IntoView {
    view! { <h1>"Retention"</h1> }
}
