//! Deleted environments: until when each can be recovered, how, and what recovery brings back.

use crate::domain::environment::{Environment, EnvironmentId};
use crate::domain::life::{Deed, Recoverable, Recovery, recovery};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use crate::domain::rule::RuleId;
use crate::domain::what_if::what_if;
use crate::ui::components::outcome::tag;
use crate::ui::components::{
    DeletionView, EmptyState, InstantView, Notice, ReasonList, RuleChip, RuleChips, SaysText, Tone, WhatIfView,
    WhenDeleted,
};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::acts::Act;
use crate::view_model::cards::fixed;
use crate::view_model::words::count;
use crate::words::Say;
use crate::workspace::local_time::relative;
use chrono::{DateTime, Utc};

#[component]
pub fn DeletedPage() -> impl IntoView {
    let app = use_app();
    // The one whose time runs out first stands first.
    let ids = Memo::new(move |before: Option<&Vec<EnvironmentId>>| {
        let edition = app.edition();
        app.with(|w| {
            // One whose time nobody knows may be over at any moment.
            let mut all: Vec<(Option<DateTime<Utc>>, EnvironmentId)> = w
                .tenant
                .environments
                .iter()
                .filter_map(|e| recovery(edition, e).map(|r| (r.guaranteed_until, e.id.clone())))
                .collect();
            all.order();
            let now: Vec<EnvironmentId> = all.into_iter().map(|(_, id)| id).collect();
            // An answer moves nothing under the pointer.
            fixed(before.map_or(&[], Vec::as_slice), &now, |_| false)
        })
    });
    let empty = Memo::new(move |_| ids.with(Vec::is_empty));
    view! {
        <h1>"Deleted environments"</h1>
        <p class="sub">{move || count(ids.with(Vec::len), "deleted environment", "deleted environments")} ", the one whose time runs out first on top"</p>
        {live(move || {
            if empty.get() {
                view! {
                    <EmptyState
                        title="None is known"
                        says="That does not mean that none is deleted: a list of environments leaves out those that are gone. What Get-AdminPowerAppSoftDeletedEnvironment prints names those that can still be recovered, and the admin center lists them too. Add it as a file, or record the deletion on the page of an environment that is still listed here."
                    >
                        <a class="btn pri" href=Route::Import.href()>"Add the list of the deleted"</a>
                        <a class="btn" href=Route::environments().href()>"All environments"</a>
                    </EmptyState>
                    <h2>"What holds for each of them"</h2>
                    <HowTo />
                }
                .into_any()
            } else {
                view! {
                    <HowTo />
                    <For each=move || ids.get() key=|id| id.to_string() let:id><One id /></For>
                }
                .into_any()
            }
        })}
    }
}

/// How an environment is recovered, in the rules' own words.
#[component]
fn HowTo() -> impl IntoView {
    let app = use_app();
    view! {
        <ul class="reasons deleted-rules">
            {live(move || [RuleId::X1, RuleId::X2, RuleId::X3].into_iter().map(|rule| view! {
                <li>{app.edition().rule(rule).sentence} " " <RuleChip rule /></li>
            }).collect_view())}
        </ul>
    }
}

#[component]
fn One(id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let of = id.clone();
    let env = Memo::new(move |_| app.with(|w| w.tenant.get(&of).cloned()));
    let about = move || {
        env.with(|e| {
            let e = e.as_ref()?;
            let kind = e.kind.get().map_or_else(|| "kind not known".to_string(), ToString::to_string);
            let region = e.region.get().map_or_else(|| "region not known".to_string(), ToString::to_string);
            Some(format!("{kind} · {region}"))
        })
    };
    let href = Route::Environment(id.clone()).href();
    view! {
        <section class="card pad deleted">
            <h2><a href=href>{move || env.with(|e| e.as_ref().map(|e| e.name.clone()))}</a></h2>
            <p class="sub">{about}</p>
            {live(move || env.get().map(|env| view! { <Countdown env /> }))}
            <WhenDeleted id=id.clone() />
            <BringsBack id />
        </section>
    }
}

/// How much time is left to recover an environment, why, and the way to do it.
#[component]
pub fn Countdown(env: Environment) -> impl IntoView {
    let app = use_app();
    let id = env.id.clone();
    let left = Memo::new(move |_| recovery(app.edition(), &env));
    move || {
        let left = left.get()?;
        let now = app.now();
        let state = left.at(now);
        let unknown = left.unknown_deletion().is_some();
        let Recovery { deleted, guaranteed_until, possible_until, reasons, .. } = left;
        let look = match state {
            Recoverable::Surely => ("✓", "Can be recovered", "ok"),
            Recoverable::Perhaps => ("?", "Can perhaps be recovered", "ask"),
            Recoverable::NoLonger => ("✕", "Can no longer be recovered", "no"),
        };
        let ends = match state {
            Recoverable::Surely => Some(format!("ends {}", relative(guaranteed_until.unwrap_or(possible_until), now))),
            Recoverable::Perhaps if unknown => {
                Some(format!("may be over already, and is {} at the latest", relative(possible_until, now)))
            }
            Recoverable::Perhaps => Some(format!("ends {}", relative(possible_until, now))),
            Recoverable::NoLonger => None,
        };
        // Of what nobody knows when it was deleted, a time that has passed promised nothing.
        let sure_until = guaranteed_until.filter(|until| !unknown || now <= *until);
        let id = id.clone();
        let recover = move |_| app.acting.begin(Some(id.clone()), Act::Recover);
        Some(view! {
            <p class="countdown">
                {tag(look)} " "
                <strong>{ends}</strong>
            </p>
            <dl class="pairs">
                <dt>"Deleted"</dt>
                <dd><DeletionView when=deleted /></dd>
                <dt>"Surely until"</dt>
                <dd>
                    {match sure_until {
                        Some(at) => view! { <InstantView at /> }.into_any(),
                        None if state == Recoverable::NoLonger => "–".into_any(),
                        None => "nothing is sure: it may have been deleted too long ago".into_any(),
                    }}
                </dd>
                {(Some(possible_until) != guaranteed_until).then(|| view! {
                    <dt>"Perhaps until"</dt>
                    <dd><InstantView at=possible_until /></dd>
                })}
            </dl>
            <ReasonList reasons />
            <p class="actions">
                <button type="button" class="btn pri" on:click=recover>
                    {move || if app.is_play() { "Recover…" } else { "Record that it was recovered…" }}
                </button>
            </p>
        })
    }
}

/// What would be there again after a recovery at this moment.
#[component]
fn BringsBack(id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let opened = RwSignal::new(false);
    let deed = Deed::Recover { environment: id };
    view! {
        <details on:toggle=move |_| opened.set(true)>
            <summary>"What recovery brings back"</summary>
            {live(move || {
                opened.get().then(|| {
                    let (edition, now) = (app.edition(), app.now());
                    match app.with(|w| what_if(Moment::new(edition, &w.tenant, now), &deed)) {
                        Ok(shown) => {
                            let after = app.with(|w| {
                                let after = crate::domain::life::perform(edition, &w.tenant, &deed, now).map(|(t, _)| t);
                                after.map(|t| t.environments.into_iter().filter(|e| shown.environments.iter().any(|s| s.environment == e.id)).collect::<Vec<_>>())
                            });
                            view! { <WhatIfView what_if=shown after=after.unwrap_or_default() /> }.into_any()
                        }
                        Err(refusal) => view! {
                            <Notice tone=Tone::Error>
                                <p><SaysText text=refusal.says().sentence() /> " " <RuleChips rules=refusal.rules.clone() /></p>
                                <p><SaysText text=refusal.help().sentence() /></p>
                            </Notice>
                        }
                        .into_any(),
                    }
                })
            })}
        </details>
    }
}
