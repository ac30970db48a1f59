//! What is not known, said once above the table and in each row, and answered for one environment or for all at once.

use super::Rows;
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::ui::components::{Ask, Dialog};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::cards::Given;
use crate::view_model::rows::{asks, unknown_everywhere};
use crate::view_model::words::count;
use crate::words::facts;

/// The question that is open: a fact, and the environment it was asked about; `None`: all that lack it.
#[derive(Clone, PartialEq)]
pub struct Asked {
    pub fact: FactKey,
    pub one: Option<(EnvironmentId, String)>,
}

/// A tag such as `? D365`, which opens the question.
#[component]
pub fn UnknownTag(fact: FactKey, id: EnvironmentId, name: String, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let label = format!("Not known for {name}: {}. Answer", facts::of(fact).noun);
    view! {
        <button
            type="button"
            class="tag ask ask-tag"
            aria-label=label
            aria-haspopup="dialog"
            on:click=move |_| asked.set(Some(Asked { fact, one: Some((id.clone(), name.clone())) }))
        >
            <span aria-hidden="true">"?"</span>
            {facts::of(fact).tag}
        </button>
    }
}

/// The unknown facts of the whole tenant, each answered for all at once.
#[component]
pub fn UnknownNotice(rows: Memo<Rows>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let all = Memo::new(move |_| rows.with(|r| unknown_everywhere(r)));
    move || {
        let all = all.get();
        let total: usize = all.iter().map(|(_, ids)| ids.len()).sum();
        (total > 0).then(|| {
            view! {
                <div class="unknown-bar">
                    <span>{count(total, "fact is", "facts are")} " not known and may decide. Answer for all at once:"</span>
                    {all
                        .into_iter()
                        .map(|(fact, ids)| {
                            view! {
                                <button
                                    type="button"
                                    class="tag ask ask-tag"
                                    aria-haspopup="dialog"
                                    on:click=move |_| asked.set(Some(Asked { fact, one: None }))
                                >
                                    <span aria-hidden="true">"?"</span>
                                    {facts::of(fact).noun}
                                    " · "
                                    {ids.len()}
                                </button>
                            }
                        })
                        .collect_view()}
                    <a href=Route::Unknown.href()>"One by one"</a>
                </div>
            }
        })
    }
}

/// The question itself.
#[component]
pub fn UnknownDialog(asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(asked.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    // All environments that lack the fact now. An answer closes nothing: whoever asked closes it, and the card that was answered
    // stays with its undo.
    let lacking = Memo::new(move |_| {
        let Some(fact) = asked.with(|a| a.as_ref().map(|a| a.fact)) else { return Vec::new() };
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            let lack = w.tenant.environments.iter().filter(|e| asks(edition, e, now).contains(&fact));
            lack.map(|e| (e.id.clone(), e.name.clone())).collect::<Vec<_>>()
        })
    });
    let answered = RwSignal::new(0_usize);
    let told = Callback::new(move |now: Option<Given>| {
        answered.update(|n| *n = if now.is_some() { *n + 1 } else { n.saturating_sub(1) });
    });
    let title = Signal::derive(move || {
        asked.with(|a| a.as_ref().map(|a| facts::of(a.fact).question(a.one.is_none()).to_string())).unwrap_or_default()
    });
    view! {
        <Dialog open title>
            {live(move || {
                let Asked { fact, one } = asked.get()?;
                answered.set(0);
                // Fixed from here on: what is drawn below follows only the names, never the order or the number of its cards.
                let many = one.is_none() || lacking.with_untracked(Vec::len) > 1;
                let head = move || {
                    lacking.with(|all| format!("{} where it is not known", count(all.len(), "environment", "environments")))
                };
                let names = move || {
                    lacking.with(|all| {
                        let names: Vec<String> = all.iter().take(12).map(|(_, n)| n.clone()).collect();
                        let rest = all.len().saturating_sub(12);
                        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
                        names.join(", ") + &rest
                    })
                };
                let all = Signal::derive(move || {
                    lacking.with(|all| all.iter().map(|(id, _)| id.clone()).collect::<Vec<EnvironmentId>>())
                });
                Some(
                    view! {
                        {one
                            .map(|(id, name)| {
                                let here = id.clone();
                                let lacks = Signal::derive(move || {
                                    lacking.with(|all| all.iter().filter(|(l, _)| *l == here).map(|(l, _)| l.clone()).collect::<Vec<_>>())
                                });
                                view! {
                                    <h3>{name}</h3>
                                    <Ask environments=lacks fact told />
                                }
                            })}
                        {many
                            .then(|| {
                                view! {
                                    <h3>{head}</h3>
                                    <p class="hint">{names}</p>
                                    <Ask environments=all fact told />
                                }
                            })}
                        <p class="hint">
                            "Kept as your answer, with today's date. It survives the next import, and every plan that rests on it says so."
                        </p>
                        <p class="actions">
                            <button type="button" class="btn" autofocus on:click=move |_| open.set(false)>
                                {move || if answered.get() > 0 { "Done" } else { "Leave it unknown" }}
                            </button>
                        </p>
                    },
                )
            })}
        </Dialog>
    }
}
