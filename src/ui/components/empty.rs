use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::workspace::keys::{Place, Slot};

/// What a page shows where there is nothing yet: what would be here, and what to do.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] says: String,
    /// What is asked for may be in another tenant.
    #[prop(optional)]
    elsewhere: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty card pad">
            <h2>{title}</h2>
            <p>{says}</p>
            <p class="actions">{children.map(|c| c())} <KeptSample elsewhere /></p>
        </div>
    }
}

/// What a page shows without an inventory.
#[component]
pub fn NoEnvironments(
    #[prop(optional)] says: Option<&'static str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let says = says.unwrap_or("Add the inventory of your tenant, or look at the sample first.");
    view! {
        <EmptyState title="No environments yet" says>
            <a class="btn pri" href=Route::Start.href()>"Go to the start"</a>
            {children.map(|c| c())}
        </EmptyState>
    }
}

/// For whoever followed a link of the sample into a new tab, which shows the user's own tenant.
#[component]
fn KeptSample(elsewhere: bool) -> impl IntoView {
    let app = use_app();
    let kept = Memo::new(move |_| {
        let here = app.saving.slot() == Slot::Sample || (!elsewhere && app.with(|w| !w.tenant.environments.is_empty()));
        !here && app.saving.kept().iter().any(|listed| listed.place == Place::Sample)
    });
    view! {
        <Show when=move || kept.get()>
            <button type="button" class="btn" on:click=move |_| app.saving.open_slot_soon(Slot::Sample)>"Open the sample here"</button>
        </Show>
    }
}
