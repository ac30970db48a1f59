//! The facts of an environment with where each comes from; each can be answered or corrected right there.

use super::instant::stamp;
use super::{Ask, InstantView, icon};
use crate::domain::command::Command;
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::fact::Fact;
use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::rows::asks;
use crate::view_model::words::{FactRow, Source, fact_rows, source};
use crate::workspace::local_time::{show_date, to_local};
use chrono::{DateTime, Utc};

/// A fact that is an instant.
#[derive(Clone, PartialEq)]
struct Dated {
    label: &'static str,
    key: Option<FactKey>,
    at: Option<DateTime<Utc>>,
    source: Option<Source>,
    answered: bool,
}

/// Everything that is known and not known about an environment.
#[component]
pub fn FactsView(#[prop(into)] id: Signal<EnvironmentId>) -> impl IntoView {
    let app = use_app();
    // The fact whose question is open.
    let asking = RwSignal::new(None::<FactKey>);
    let rows = Memo::new(move |_| {
        app.with(|w| id.with(|id| w.tenant.get(id).map(|env| fact_rows(env, &w.tenant)))).unwrap_or_default()
    });
    let moments = Memo::new(move |_| {
        app.with(|w| {
            id.with(|id| {
                w.tenant.get(id).map(|env| {
                    let moment = |label, key, fact: &Fact<DateTime<Utc>>| Dated {
                        label,
                        key,
                        at: fact.get().copied(),
                        source: fact.entry().map(|k| source(k, &w.tenant)),
                        answered: fact.answered().is_some(),
                    };
                    vec![
                        moment("Created", Some(FactKey::Created), &env.created),
                        moment("Oldest backup reported", None, &env.oldest_backup),
                    ]
                })
            })
        })
        .unwrap_or_default()
    });
    let matter = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| id.with(|id| w.tenant.get(id).map(|env| asks(edition, env, now)))).unwrap_or_default()
    });
    let ids = move || id.with(|id| vec![id.clone()]);
    let forget = move |fact: FactKey| {
        if let Err(refusal) = app.run(Command::ForgetAnswer { environments: ids(), fact }) {
            app.toast(refusal.with_help().to_string());
        }
    };
    let tools = move |label: &'static str, key: Option<FactKey>, known: bool, answered: bool| {
        key.map(|fact| {
            let open = move || asking.get() == Some(fact);
            let word = if known { "Correct" } else { "Answer" };
            view! {
                <span class="fact-tools">
                    <button
                        type="button"
                        class=if known { "btn small plain only-icon" } else { "btn small" }
                        aria-label=format!("{word}: {label}")
                        title=known.then_some(word)
                        aria-expanded=move || open().to_string()
                        on:click=move |_| asking.update(|a| *a = if *a == Some(fact) { None } else { Some(fact) })
                    >
                        {if known { icon("edit") } else { word.into_any() }}
                    </button>
                    {answered
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="btn small plain"
                                    aria-label=format!("Take answer back: {label}")
                                    on:click=move |_| forget(fact)
                                >
                                    "Take answer back"
                                </button>
                            }
                        })}
                </span>
            }
        })
    };
    let question = move |key: Option<FactKey>| {
        move || {
            let fact = key?;
            (asking.get() == Some(fact)).then(|| view! { <div class="fact-ask"><Ask environments=ids() fact /></div> })
        }
    };
    // An answer closes its question.
    Effect::new(move |before: Option<(Vec<FactRow>, Vec<Dated>)>| {
        let now = (rows.get(), moments.get());
        if before.is_some_and(|b| b != now) {
            asking.set(None);
        }
        now
    });
    let unknown = move |key: Option<FactKey>| {
        let matters = key.is_some_and(|k| matter.with(|m| m.contains(&k)));
        let class = if matters { "tag ask" } else { "tag" };
        view! { <span class=class><span aria-hidden="true">"?"</span> " Not known"</span> }
    };
    let origin = |source: Option<Source>| {
        source.map(|s| {
            let day = show_date(to_local(s.since, &BrowserZone).date());
            let since = if s.was_old { ", as of " } else { ", since " };
            view! { " " <span class="fact-origin" title=stamp(s.since)>{s.says} {since} {day}</span> }
        })
    };
    view! {
        <dl class="facts">
            {live(move || {
                rows.get()
                    .into_iter()
                    .map(|r| {
                        view! {
                            <div class="fact">
                                <dt>{r.label}</dt>
                                <dd>
                                    <div class="fact-body">
                                        {match r.value {
                                        Some(value) => view! { <span class="fact-value">{value}</span> }.into_any(),
                                        None => unknown(r.key).into_any(),
                                        }}
                                        {origin(r.source.clone())}
                                        {r.other.map(|o| view! { " " <span class="fact-origin">{o}</span> })}
                                        {question(r.key)}
                                    </div>
                                    {tools(r.label, r.key, r.source.is_some(), r.answered)}
                                </dd>
                            </div>
                        }
                    })
                    .collect_view()
            })}
            {live(move || {
                moments
                    .get()
                    .into_iter()
                    .map(|m| {
                        view! {
                            <div class="fact">
                                <dt>{m.label}</dt>
                                <dd>
                                    <div class="fact-body">
                                        {match m.at {
                                        Some(at) => view! { <span class="fact-value"><InstantView at /></span> }.into_any(),
                                        None => unknown(m.key).into_any(),
                                        }}
                                        {origin(m.source.clone())}
                                        {question(m.key)}
                                    </div>
                                    {tools(m.label, m.key, m.source.is_some(), m.answered)}
                                </dd>
                            </div>
                        }
                    })
                    .collect_view()
            })}
        </dl>
    }
}
