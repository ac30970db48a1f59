use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;

/// An address that the app does not know.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let app = use_app();
    let address = move || match app.route() {
        Route::NotFound(raw) => format!("#{raw}"),
        known => known.href(),
    };
    view! {
        <h1>"There is no such page"</h1>
        <p class="sub">"The address " <code>{address}</code> " is not one of Restore Desk."</p>
        <p>
            <a class="btn pri" href=Route::Start.href()>"Go to the start"</a>
        </p>
    }
}
