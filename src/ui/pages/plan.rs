use crate::ui::state::use_app;
use leptos::prelude::*;

#[component]
pub fn PlanPage(number: u32) -> impl IntoView {
    let app = use_app();
    let title = move || {
        app.with(|w| {
            w.plans.iter().find(|p| p.number == number).map_or_else(|| "Plan".into(), |p| p.plan.title.clone())
        })
    };
    view! { <h1>{title}</h1> }
}
