use crate::ui::prelude::*;

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
