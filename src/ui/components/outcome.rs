use crate::domain::eligibility::Outcome;
use leptos::prelude::*;

/// An outcome by symbol, word and colour.
#[component]
pub fn OutcomeTag(#[prop(into)] outcome: Signal<Outcome>) -> impl IntoView {
    let class = move || match outcome.get() {
        Outcome::Eligible => "tag ok",
        Outcome::Unknown => "tag ask",
        Outcome::Refused => "tag no",
    };
    let says = move || match outcome.get() {
        Outcome::Eligible => "✓ Eligible",
        Outcome::Unknown => "? Unknown",
        Outcome::Refused => "✕ Refused",
    };
    view! { <span class=class>{says}</span> }
}
