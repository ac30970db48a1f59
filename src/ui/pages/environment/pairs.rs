//! Onto what an environment can be restored, and what can be restored onto it. Refused ones stay visible, folded.

use crate::domain::eligibility::{Outcome, matrix};
use crate::domain::environment::EnvironmentId;
use crate::ui::components::PairLine;
use crate::ui::route::{Route, TargetsQuery};
use crate::ui::state::use_app;
use crate::view_model::words::{count, thousands};
use leptos::prelude::*;

/// The others by outcome, in the order of their names; onto itself is kept apart.
#[derive(Clone, Debug, Default, PartialEq)]
struct Others {
    eligible: Vec<EnvironmentId>,
    unknown: Vec<EnvironmentId>,
    refused: Vec<EnvironmentId>,
}

impl Others {
    fn of(mut all: Vec<(String, EnvironmentId, Outcome)>) -> Self {
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let mut others = Others::default();
        for (_, id, outcome) in all {
            match outcome {
                Outcome::Eligible => others.eligible.push(id),
                Outcome::Unknown => others.unknown.push(id),
                Outcome::Refused => others.refused.push(id),
            }
        }
        others
    }
}

/// Both directions: first onto what this can be restored.
type Both = (Others, Others);

#[component]
pub fn Pairs(id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let this = StoredValue::new(id);
    let both = Memo::new(move |_| -> Both {
        let edition = app.edition();
        app.with(|w| {
            let tenant = &w.tenant;
            let Some(here) = this.with_value(|id| tenant.environments.iter().position(|e| e.id == *id)) else {
                return Both::default();
            };
            let m = matrix(edition, tenant);
            let all = |outcome: &dyn Fn(usize) -> Outcome| {
                let others = tenant
                    .environments
                    .iter()
                    .enumerate()
                    .filter(|(i, e)| *i != here && e.deleted.is_none())
                    .map(|(i, e)| (e.name.to_lowercase(), e.id.clone(), outcome(i)))
                    .collect();
                Others::of(others)
            };
            (all(&|i| m.outcome(here, i)), all(&|i| m.outcome(i, here)))
        })
    });
    let link = move |as_source: bool| {
        let id = Some(this.get_value());
        let q = if as_source {
            TargetsQuery { source: id, target: None }
        } else {
            TargetsQuery { source: None, target: id }
        };
        Route::Targets(q).href()
    };
    view! {
        <div class="two">
            <section class="card pad">
                <h2>"Onto what it can be restored"</h2>
                <p class="hint">"By the rules of eligibility; what stands in the way at this moment is said apart. " <a href=link(true)>"In the matrix"</a></p>
                <List others=Signal::derive(move || both.with(|b| b.0.clone())) this as_source=true />
            </section>
            <section class="card pad">
                <h2>"What can be restored onto it"</h2>
                <p class="hint">"A restore overwrites it whole. " <a href=link(false)>"In the matrix"</a></p>
                <List others=Signal::derive(move || both.with(|b| b.1.clone())) this as_source=false />
            </section>
        </div>
    }
}

/// How many are shown before one asks for all.
const FIRST: usize = 12;

#[component]
fn List(others: Signal<Others>, this: StoredValue<EnvironmentId>, as_source: bool) -> impl IntoView {
    let line = move |other: EnvironmentId| {
        let (source, target) =
            if as_source { (this.get_value(), other.clone()) } else { (other.clone(), this.get_value()) };
        view! { <PairLine source target about=other /> }
    };
    let unfolded = RwSignal::new(false);
    let all = RwSignal::new(false);
    let open = move || others.with(|o| o.eligible.iter().chain(&o.unknown).cloned().collect::<Vec<_>>());
    view! {
        <ul class="pair-lines">
            <PairLine source=this.get_value() target=this.get_value() about=this.get_value() itself=true />
            {move || {
                let most = if all.get() { usize::MAX } else { FIRST };
                open().into_iter().take(most).map(line).collect_view()
            }}
        </ul>
        {move || {
            let hidden = open().len().saturating_sub(FIRST);
            (hidden > 0 && !all.get())
                .then(|| {
                    view! {
                        <button type="button" class="btn small" on:click=move |_| all.set(true)>
                            "Show " {thousands(hidden)} " more"
                        </button>
                    }
                })
        }}
        {move || {
            open()
                .is_empty()
                .then(|| view! { <p class="hint">"No other environment, neither surely nor after an answer."</p> })
        }}
        {move || {
            let refused = others.with(|o| o.refused.len());
            (refused > 0)
                .then(|| {
                    view! {
                        <details on:toggle=move |_| unfolded.set(true)>
                            <summary>"✕ " {count(refused, "refused", "refused")} ", with the reason"</summary>
                            <ul class="pair-lines">
                                {move || {
                                    unfolded
                                        .get()
                                        .then(|| others.with(|o| o.refused.clone()).into_iter().take(200).map(line).collect_view())
                                }}
                            </ul>
                            {(refused > 200)
                                .then(|| view! { <p class="hint">"The first 200 of " {thousands(refused)} " are shown; the matrix has all."</p> })}
                        </details>
                    }
                })
        }}
    }
}
