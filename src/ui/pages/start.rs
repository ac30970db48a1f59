use leptos::prelude::*;

#[component]
pub fn StartPage() -> impl IntoView {
    view! { <h1>"Restore Desk"</h1> }
}
