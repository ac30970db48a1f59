//! The user's data as a whole: where it is, and starting over.

use super::components::Dialog;
use super::route::Route;
use super::state::use_app;
use crate::ui::prelude::*;
use crate::view_model::words::count;

/// Where the data are, in a line.
#[component]
pub fn MyData() -> impl IntoView {
    view! {
        <p class="hint my-data">
            "Everything is in this browser, at this address, and nowhere else. "
            <a href=Route::Storage.href()>"What is stored where"</a>
        </p>
    }
}

/// Asks before everything is deleted.
#[component]
pub fn StartOver(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let delete = move |_| {
        open.set(false);
        app.start_over();
    };
    view! {
        <Dialog open title="Start over?">
            <p>{move || {
                let (environments, plans) = app.with(|w| (w.tenant.environments.len(), w.plans.len()));
                format!(
                    "This deletes {} from this browser: {} with your answers, and {}. It can be undone while this tab is open, and not after.",
                    app.tenant_name(),
                    count(environments, "environment", "environments"),
                    count(plans, "plan", "plans"),
                )
            }}</p>
            <p class="actions">
                <button type="button" class="btn" autofocus on:click=move |_| open.set(false)>"Leave it as it is"</button>
                <button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download first"</button>
                <button type="button" class="btn danger" on:click=delete>"Delete everything"</button>
            </p>
        </Dialog>
    }
}
