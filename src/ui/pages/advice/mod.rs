//! "What happened?" and every way back, best first. The address holds the answers, so that the page can be sent to a colleague.

mod way;
mod ways;
mod when;
mod which;

use super::restore::pieces::RadioCard;
use crate::domain::advice::{Case, Mishap, When};
use crate::ui::components::EmptyState;
use crate::ui::components::rule_chip::EditionBasis;
use crate::ui::prelude::*;
use crate::ui::route::{Route, WayBackQuery};
use crate::ui::state::{AppState, use_app};
use crate::view_model::advice::mishap_words;
use crate::view_model::words::inside;
use ways::Ways;
use when::WhenField;
use which::WhichField;

/// The answers, read from the address and written back to it.
#[derive(Clone, Copy)]
struct Told {
    app: AppState,
    query: Memo<WayBackQuery>,
}

impl Told {
    /// Changes an answer; the address follows without a new entry in the browser's history.
    fn change(self, change: impl FnOnce(&mut WayBackQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        if query != self.query.get_untracked() {
            self.app.replace(Route::WayBack(query));
        }
    }

    /// What is told, as far as it goes; `None` before it is told what happened. Reactive.
    fn case(self) -> Option<Case> {
        self.query.with(|q| {
            let when = q.from.map(|earliest| When { earliest, latest: q.until.unwrap_or(earliest).max(earliest) });
            // Nothing has a time where nothing is restored.
            let when = when.filter(|_| q.mishap != Some(Mishap::Leave));
            Some(Case { mishap: q.mishap?, environment: q.environment.clone(), when })
        })
    }
}

#[component]
pub fn AdvicePage() -> impl IntoView {
    let app = use_app();
    // Kept while the page is left: the address may already be that of the next one.
    let query = Memo::new(move |before: Option<&WayBackQuery>| match app.route() {
        Route::WayBack(q) => q,
        _ => before.cloned().unwrap_or_default(),
    });
    let told = Told { app, query };
    let some = Memo::new(move |_| app.with(|w| !w.tenant.environments.is_empty()));
    let mishap = Memo::new(move |_| query.with(|q| q.mishap));
    let environment = Memo::new(move |_| query.with(|q| q.environment.is_some()));
    // A link from the page of an environment has it chosen before anything is asked.
    let which = move || mishap.get().map_or_else(|| environment.get(), Mishap::needs_environment);
    // A deletion that is on the list has its time there.
    let deleted = Memo::new(move |_| {
        let id = query.with(|q| q.environment.clone());
        app.with(|w| id.and_then(|id| w.tenant.get(&id)).is_some_and(|e| e.deleted.is_some()))
    });
    let asks_time = move |m: Mishap| match m {
        Mishap::Deleted => !deleted.get(),
        m => m.needs_time() || m == Mishap::NeedCopy,
    };
    let timed = move || mishap.get().is_some_and(asks_time) && environment.get();
    view! {
        <h1>"What happened?"</h1>
        <p class="sub">
            "Three answers, and you see every way back, best first, by the " {move || inside(app.edition().title)} ". "
            {live(move || view! { <EditionBasis edition=app.edition() /> })}
        </p>
        {live(move || {
            if some.get() {
                view! {
                    <WhatField told mishap />
                    <Show when=which>
                        <WhichField told />
                    </Show>
                    <Show when=timed>
                        <WhenField told />
                    </Show>
                    <Ways told />
                }
                .into_any()
            } else {
                view! {
                    <EmptyState
                        title="No environments yet"
                        says="The ways back are those of your own environments: bring in an inventory first."
                    >
                        <a class="btn pri" href=Route::Start.href()>"Go to the start"</a>
                    </EmptyState>
                }
                .into_any()
            }
        })}
    }
}

#[component]
fn WhatField(told: Told, mishap: Memo<Option<Mishap>>) -> impl IntoView {
    let card = move |value: Mishap| {
        let (title, says) = mishap_words(value);
        view! {
            <RadioCard
                name="mishap"
                id=format!("mishap-{}", value.word())
                checked=Signal::derive(move || mishap.get() == Some(value))
                choose=Callback::new(move |()| told.change(|q| q.mishap = Some(value)))
                title
                says
            />
        }
    };
    view! {
        <fieldset class="wizard-field what-field">
            <legend>"1. What is it?"</legend>
            <div class="radio-cards">{Mishap::ALL.into_iter().map(card).collect_view()}</div>
        </fieldset>
    }
}
