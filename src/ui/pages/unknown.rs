use crate::ui::components::{EmptyState, UnknownFacts};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;

/// What nobody knows yet, to be answered.
#[component]
pub fn UnknownPage() -> impl IntoView {
    let app = use_app();
    view! {
        <h1>"Unknown facts"</h1>
        <p class="sub">
            "What the inventory does not say is never guessed. Your answers are kept apart from it, with their date."
        </p>
        <Show
            when=move || app.with(|w| !w.tenant.environments.is_empty())
            fallback=|| view! {
                <EmptyState title="No environments yet" says="Add an inventory first; then this page lists what it leaves open.">
                    <a class="btn pri" href=Route::Import.href()>"Add an inventory"</a>
                </EmptyState>
            }
        >
            <UnknownFacts />
        </Show>
    }
}
