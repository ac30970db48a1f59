use super::shell::Shell;
use super::state::AppState;
use crate::ui::prelude::*;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    AppState::start();
    view! { <Shell /> }
}
