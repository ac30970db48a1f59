use leptos::prelude::*;

#[component]
pub fn EnvironmentsPage() -> impl IntoView {
    view! { <h1>"Environments"</h1> }
}
