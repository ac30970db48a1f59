use crate::ui::prelude::*;
use crate::ui::route::Route;

/// What a page shows where there is nothing yet: what would be here, and what to do.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] says: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty card pad">
            <h2>{title}</h2>
            <p>{says}</p>
            {children.map(|c| view! { <p class="actions">{c()}</p> })}
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
