use leptos::prelude::*;

#[component]
pub fn PlansPage() -> impl IntoView {
    view! { <h1>"Plans"</h1> }
}
