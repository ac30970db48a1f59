//! Onto what an environment can be restored, and what can be restored onto it. Refused ones stay visible, folded.

use crate::domain::eligibility::{Outcome, outcome};
use crate::domain::environment::EnvironmentId;
use crate::domain::order::Order as _;
use crate::domain::remedy::least_change;
use crate::ui::components::{PairLine, SaysText};
use crate::ui::prelude::*;
use crate::ui::route::{Route, TargetsQuery};
use crate::ui::state::use_app;
use crate::view_model::words::{count, thousands};
use crate::words::Names;

/// The others by outcome, in the order of their names; onto itself is kept apart.
#[derive(Clone, Debug, Default, PartialEq)]
struct Others {
    eligible: Vec<EnvironmentId>,
    unknown: Vec<EnvironmentId>,
    refused: Vec<EnvironmentId>,
}

impl Others {
    fn of(mut all: Vec<(String, EnvironmentId, Outcome)>) -> Self {
        all.order_by(|a, b| a.0.cmp(&b.0));
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

/// Which way a list of pairs looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The environment is the source: onto what it can be restored.
    Onto,
    /// The environment is the target: what can be restored onto it.
    From,
}

#[component]
pub fn Pairs(id: EnvironmentId) -> impl IntoView {
    let link = |q: TargetsQuery| Route::Targets(q).href();
    let onto = link(TargetsQuery { source: Some(id.clone()), ..TargetsQuery::default() });
    let from = link(TargetsQuery { target: Some(id.clone()), ..TargetsQuery::default() });
    view! {
        <div class="two">
            <section class="card pad">
                <h2>"Onto what it can be restored"</h2>
                <p class="hint">
                    "What only stands in the way now is marked so. " <a href=onto>"In the matrix"</a>
                </p>
                <PairList id=id.clone() direction=Direction::Onto />
            </section>
            <section class="card pad">
                <h2>"What can be restored onto it"</h2>
                <p class="hint">"A restore overwrites it whole. " <a href=from>"In the matrix"</a></p>
                <PairList id direction=Direction::From />
            </section>
        </div>
    }
}

/// How many are shown before one asks for all.
const FIRST: usize = 12;

/// All pairs of one environment: onto itself, eligible, unknown, and the refused ones folded.
#[component]
pub fn PairList(id: EnvironmentId, direction: Direction) -> impl IntoView {
    let app = use_app();
    let this = StoredValue::new(id);
    let others = Memo::new(move |_| {
        let edition = app.edition();
        app.with(|w| {
            let tenant = &w.tenant;
            let Some(here) = this.with_value(|id| tenant.get(id)) else { return Others::default() };
            let outcome = |other| match direction {
                _ if here.deleted.is_some() => Outcome::Refused,
                Direction::Onto => outcome(edition, here, other),
                Direction::From => outcome(edition, other, here),
            };
            let others = tenant
                .living()
                .filter(|other| other.id != here.id)
                .map(|other| (other.name.to_lowercase(), other.id.clone(), outcome(other)))
                .collect();
            Others::of(others)
        })
    });
    let line = move |other: EnvironmentId| {
        let (source, target) = match direction {
            Direction::Onto => (this.get_value(), other.clone()),
            Direction::From => (other.clone(), this.get_value()),
        };
        view! { <PairLine source target about=other /> }
    };
    let unfolded = RwSignal::new(false);
    let all = RwSignal::new(false);
    let open = move || others.with(|o| o.eligible.iter().chain(&o.unknown).cloned().collect::<Vec<_>>());
    // What would open one, where none is open and no answer would do.
    let least = move || {
        let edition = app.edition();
        app.with(|w| {
            let from = direction == Direction::From;
            let least =
                this.with_value(|here| others.with(|o| least_change(edition, &w.tenant, here, &o.refused, from)))?;
            let (here, other) = (this.with_value(|id| w.tenant.get(id))?, w.tenant.get(&least.other)?);
            let names = if from { Names::of(other, here) } else { Names::of(here, other) };
            Some(least.says(&names))
        })
    };
    view! {
        <ul class="pair-lines">
            <PairLine source=this.get_value() target=this.get_value() about=this.get_value() itself=true />
            {move || {
                let most = if all.get() { usize::MAX } else { FIRST };
                open().into_iter().take(most).map(line).collect_view()
            }}
        </ul>
        {live(move || {
            let hidden = open().len().saturating_sub(FIRST);
            (hidden > 0 && !all.get())
                .then(|| {
                    view! {
                        <button type="button" class="btn small" on:click=move |_| all.set(true)>
                            "Show " {thousands(hidden)} " more"
                        </button>
                    }
                })
        })}
        {live(move || {
            open()
                .is_empty()
                .then(|| match least() {
                    Some(says) => view! { <p class="hint"><SaysText text=says /></p> }.into_any(),
                    None => view! { <p class="hint">"No other environment, and no change that is known here would open one."</p> }.into_any(),
                })
        })}
        {live(move || {
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
        })}
    }
}
