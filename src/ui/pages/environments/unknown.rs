//! A fact that is not known, answered for one environment, for those that are chosen, or for all at once.

use crate::domain::environment::{Environment, EnvironmentId, FactKey};
use crate::ui::components::{Ask, Dialog};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::cards::Given;
use crate::view_model::rows::asks;
use crate::view_model::words::{count, named};
use crate::words::facts;
use std::collections::BTreeSet;

/// The question that is open: a fact, and the environment it was asked about; `None`: all that lack it.
#[derive(Clone, PartialEq)]
pub struct OpenQuestion {
    pub fact: FactKey,
    pub one: Option<(EnvironmentId, String)>,
    /// Only these; empty: all.
    pub among: BTreeSet<String>,
}

/// The question itself.
#[component]
pub fn UnknownDialog(asked: RwSignal<Option<OpenQuestion>>) -> impl IntoView {
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
        let Some((fact, among)) = asked.with(|a| a.as_ref().map(|a| (a.fact, a.among.clone()))) else {
            return Vec::new();
        };
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            let meant = |e: &&Environment| among.is_empty() || among.contains(e.id.as_str());
            let lack = w.tenant.environments.iter().filter(meant).filter(|e| asks(edition, e, now).contains(&fact));
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
                let OpenQuestion { fact, one, .. } = asked.get()?;
                answered.set(0);
                // Fixed from here on: what is drawn below follows only the names, never the order or the number of its cards.
                let many = one.is_none() || lacking.with_untracked(Vec::len) > 1;
                let head = move || {
                    lacking.with(|all| format!("{} where it is not known", count(all.len(), "environment", "environments")))
                };
                let names = move || {
                    lacking.with(|all| {
                        let names: Vec<String> = all.iter().take(12).map(|(_, n)| n.clone()).collect();
                        named(&names, all.len())
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
