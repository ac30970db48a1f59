use super::shell::Shell;
use super::state::AppState;
use leptos::prelude::*;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    AppState::start();
    view! { <Shell /> }
}
