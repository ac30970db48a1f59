//! How old the facts are that an answer rests on.

use super::instant::stamp;
use crate::domain::environment::EnvironmentId;
use crate::domain::tenant::are_old;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::workspace::local_time::span;
use chrono::{DateTime, Utc};

/// Where the facts come from, as far as their age goes.
#[derive(Clone, Copy, PartialEq)]
enum Age {
    Sample,
    /// Of when they are at the latest, UTC.
    Of(DateTime<Utc>),
}

/// "Facts of 3 days ago", behind an answer that rests on these environments: the older of their last imports. Nothing where one of
/// them was in no import.
#[component]
pub fn FactsAge(
    #[prop(into)] of: Signal<Vec<EnvironmentId>>,
    /// Nothing stands before it.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let facts = if alone { "Facts of" } else { " · facts of" };
    let app = use_app();
    let age = Memo::new(move |_| {
        app.with(|w| {
            let envs = of.with(|ids| ids.iter().map(|id| w.tenant.get(id)).collect::<Option<Vec<_>>>())?;
            if w.tenant.sample { Some(Age::Sample) } else { w.tenant.facts_as_of(envs).map(Age::Of) }
        })
    });
    let view = move || match age.get()? {
        Age::Sample => Some(view! { <span class="facts-age">{facts} " the sample"</span> }.into_any()),
        Age::Of(at) => Some(
            view! {
                <span class="facts-age" class:ask=move || are_old(at, app.now()) title=stamp(at)>
                    {move || match span(app.now() - at) {
                        Some(old) => format!("{facts} {old} ago"),
                        None => format!("{facts} just now"),
                    }}
                </span>
            }
            .into_any(),
        ),
    };
    live(view)
}
