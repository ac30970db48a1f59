//! Who may be restored to whom: the question, and the matrix of the user's own environments.

mod matrix;
mod moment;

use super::environment::{Direction, PairList};
use crate::domain::eligibility::{Outcome, outcome};
use crate::domain::environment::EnvironmentId;
use crate::ui::components::outcome::outcome_look;
use crate::ui::components::rule_chip::EditionBasis;
use crate::ui::components::{EmptyState, VerdictView};
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route, TargetsQuery};
use crate::ui::state::use_app;
use crate::view_model::grid::by_name;
use crate::view_model::words::inside;
use matrix::OwnMatrix;
use moment::AtThisMoment;

#[component]
pub fn TargetsPage() -> impl IntoView {
    let app = use_app();
    // Kept while the page is left: the address may already be that of the next one.
    let query = Memo::new(move |before: Option<&TargetsQuery>| match app.route() {
        Route::Targets(q) => q,
        _ => before.cloned().unwrap_or_default(),
    });
    let some = Memo::new(move |_| app.with(|w| w.tenant.living().next().is_some()));
    let asked = move || query.with(|q| q.source.is_some() || q.target.is_some());
    view! {
        <h1>"Targets"</h1>
        <p class="sub">
            "Who may be restored to whom, by the " {move || inside(app.edition().title)} " "
            {live(move || view! { <EditionBasis edition=app.edition() /> })}
        </p>
        {live(move || {
            if some.get() {
                view! {
                    <Question query />
                    <AtThisMoment />
                    <div class="matrix-wrap" class:has-answer=asked>
                        {live(move || asked().then(|| view! { <Answer query /> }))}
                        <OwnMatrix query />
                    </div>
                }
                    .into_any()
            } else {
                view! {
                    <EmptyState title="No environments yet" says="With an inventory this page judges every pair of your own environments.">
                        <a class="btn pri" href=Route::Start.href()>
                            "Go to the start"
                        </a>
                    </EmptyState>
                }
                    .into_any()
            }
        })}
    }
}

#[component]
fn Question(query: Memo<TargetsQuery>) -> impl IntoView {
    let app = use_app();
    let names = Memo::new(move |_| app.with(|w| by_name(&w.tenant)));
    let set = move |as_source: bool, id: String| {
        let id = Some(id).filter(|i| !i.is_empty()).map(EnvironmentId::new);
        let mut q = query.get_untracked();
        if as_source {
            q.source = id;
        } else {
            q.target = id;
        }
        app.go(Route::Targets(q));
    };
    let choose = move |label: &'static str, as_source: bool| {
        let chosen = Memo::new(move |_| {
            // As the list spells it: an address may have it in other letters.
            let id = query.with(|q| if as_source { q.source.clone() } else { q.target.clone() })?;
            names.with(|n| n.iter().find(|(i, _, _)| *i == id).map(|(i, _, _)| i.to_string()))
        });
        view! {
            <label class="field">
                <span class="label">{label}</span>
                <select class="input" prop:value=move || chosen.get().unwrap_or_default() on:change=move |e| set(as_source, event_target_value(&e))>
                    <option value="">"Any environment"</option>
                    {live(move || {
                        // Afterwards the value of the whole choice follows: thousands of options need not each.
                        let first = chosen.get_untracked();
                        names
                            .get()
                            .into_iter()
                            .map(|(id, name, kind)| {
                                let value = id.to_string();
                                let selected = first.as_ref() == Some(&value);
                                view! {
                                    <option value=value selected=selected>
                                        {name} " (" {kind} ")"
                                    </option>
                                }
                            })
                            .collect_view()
                    })}
                </select>
            </label>
        }
    };
    view! {
        <section class="card pad question" aria-label="Ask about a pair">
            {choose("Restore a backup of", true)}
            <span class="question-arrow" aria-hidden="true">
                "→"
            </span>
            {choose("onto", false)}
            <p class="actions">
                <button
                    type="button"
                    class="btn small"
                    on:click=move |_| {
                        let q = query.get_untracked();
                        app.go(Route::Targets(TargetsQuery { source: q.target, target: q.source }));
                    }
                >
                    "Turn round"
                </button>
                <button type="button" class="btn small" on:click=move |_| app.go(Route::targets())>
                    "Clear"
                </button>
            </p>
        </section>
    }
}

/// The verdict of a pair, or the list of targets or of sources of one environment.
#[component]
fn Answer(query: Memo<TargetsQuery>) -> impl IntoView {
    let app = use_app();
    let name = move |id: &EnvironmentId| {
        app.with(|w| w.tenant.get(id).map(|e| e.name.clone()))
            .unwrap_or_else(|| "an environment that is not on the list".into())
    };
    let node = NodeRef::<leptos::html::Section>::new();
    // On a narrow screen the answer is above the cell that was pressed.
    Effect::new(move |_| {
        query.track();
        request_animation_frame(move || {
            if let Some(Some(section)) = node.try_get_untracked()
                && section.get_bounding_client_rect().top() < 0.0
            {
                section.scroll_into_view();
            }
        });
    });
    let said = Memo::new(move |_| {
        let edition = app.edition();
        let q = query.get();
        app.with(|w| {
            let (s, t) = (w.tenant.get(q.source.as_ref()?)?, w.tenant.get(q.target.as_ref()?)?);
            let (_, word, _) = outcome_look(outcome(edition, s, t));
            Some(if s.id == t.id {
                format!("{} onto itself: {word}", s.name)
            } else {
                format!("{} to {}: {word}", s.name, t.name)
            })
        })
    });
    view! {
        <p class="visually-hidden" role="status">{move || said.get()}</p>
        <section class="card pad answer" node_ref=node aria-label="Answer">
            {live(move || match query.get() {
                TargetsQuery { source: Some(source), target: Some(target) } => {
                    let restore = Route::Restore(RestoreQuery {
                        source: Some(source.clone()),
                        target: Some(target.clone()),
                        ..RestoreQuery::default()
                    })
                    .href();
                    let possible = {
                        let (source, target) = (source.clone(), target.clone());
                        Memo::new(move |_| {
                            let edition = app.edition();
                            app.with(|w| Some(outcome(edition, w.tenant.get(&source)?, w.tenant.get(&target)?)))
                                .is_some_and(|o| o != Outcome::Refused)
                        })
                    };
                    view! {
                        <VerdictView source target moment=true />
                        {live(move || {
                            possible
                                .get()
                                .then(|| {
                                    view! {
                                        <p class="actions answer-go">
                                            <a class="btn" href=restore.clone()>
                                                "Restore…"
                                            </a>
                                        </p>
                                    }
                                })
                        })}
                    }
                        .into_any()
                }
                TargetsQuery { source: Some(source), target: None } => {
                    view! {
                        <h2>"Who can " {name(&source)} " be restored to?"</h2>
                        <PairList id=source direction=Direction::Onto />
                    }
                        .into_any()
                }
                TargetsQuery { source: None, target: Some(target) } => {
                    view! {
                        <h2>"What can be restored onto " {name(&target)} "?"</h2>
                        <PairList id=target direction=Direction::From />
                    }
                        .into_any()
                }
                TargetsQuery { source: None, target: None } => ().into_any(),
            })}
        </section>
    }
}
