use crate::domain::environment::EnvironmentId;
use crate::ui::state::use_app;
use leptos::prelude::*;

#[component]
pub fn EnvironmentPage(id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let name = move || app.with(|w| w.tenant.get(&id).map_or_else(|| id.to_string(), |e| e.name.clone()));
    view! { <h1>{name}</h1> }
}
