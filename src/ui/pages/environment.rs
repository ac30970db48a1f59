//! One environment: how far back it can be brought and why, its manual backups, onto what it can be restored and what onto it,
//! and every fact with where it comes from.

mod backups;
mod far;
mod life;
mod listed;
mod offers;
mod pairs;

use crate::domain::advice::Mishap;
use crate::domain::command::Command;
use crate::domain::environment::{Environment, EnvironmentId, Kind};
use crate::domain::history::{Change, Changed};
use crate::domain::merge::missing_since;
use crate::domain::moment::Moment;
use crate::domain::rule::RuleId;
use crate::ui::components::{
    CopyButton, DeletionView, Dialog, EmptyState, FactsAge, FactsView, InstantView, Menu, Notice, RuleChip, Tone,
    WhenDeleted, icon,
};
use crate::ui::pages::deleted::Countdown;
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route, WayBackQuery};
use crate::ui::state::use_app;
use crate::view_model::band::change_words;
use crate::view_model::words::{count, sentence};
use crate::workspace::Goal;
use backups::Backups;
use far::{HowFarBack, ThisYear};
use life::Life;
pub use life::LifeNow;
use listed::{Listed, Warned};
pub use offers::Against;
use pairs::Pairs;
pub use pairs::{Direction, PairList};

#[component]
pub fn EnvironmentPage(id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let asked = StoredValue::new(id);
    let env = Memo::new(move |_| app.with(|w| asked.with_value(|id| w.tenant.get(id).cloned())));
    let known = Memo::new(move |_| env.with(Option::is_some));
    view! {
        <p class="crumb">
            <a href=Route::environments().href()>"Environments"</a>
        </p>
        {live(move || {
            if known.get() {
                // It stays mounted when the environment changes; when it is taken off the list, the other branch comes.
                let env = Signal::derive(move || env.get().unwrap_or_else(|| Environment::new("")));
                view! { <Page env id=asked.get_value() /> }.into_any()
            } else {
                view! {
                    <h1>"This environment is not on the list"</h1>
                    <EmptyState
                        title="Nothing is known about it"
                        says="It may have been taken off the list, or the link comes from another tenant."
                        elsewhere=true
                    >
                        <a class="btn pri" href=Route::environments().href()>
                            "All environments"
                        </a>
                    </EmptyState>
                }
                    .into_any()
            }
        })}
    }
}

#[component]
fn Page(env: Signal<Environment>, id: EnvironmentId) -> impl IntoView {
    // Only whether: what is asked below stays where it is when the answer comes.
    let deleted = Memo::new(move |_| env.with(|e| e.deleted.is_some()));
    view! {
        <Header env id=id.clone() />
        {live(move || match deleted.get() {
            true => view! { <Deleted env id=id.clone() /> }.into_any(),
            false => {
                view! {
                    <Warned env />
                    <Life env />
                    <HowFarBack env />
                    <ThisYear env />
                    <Backups env />
                    <Pairs id=id.clone() />
                }
                    .into_any()
            }
        })}
        <section class="card pad">
            <h2>"Facts, and where each comes from"</h2>
            <FactsView id=Signal::derive(move || env.with(|e| e.id.clone())) />
        </section>
        <Service env />
        <Listed env />
        <History env />
    }
}

#[component]
fn Header(env: Signal<Environment>, id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let missing = Memo::new(move |_| app.with(|w| env.with(|e| missing_since(&w.tenant).contains(&e.id))));
    let sub = move || {
        env.with(|e| {
            let or = |v: Option<String>, none: &str| v.unwrap_or_else(|| none.to_string());
            [
                or(e.kind.get().map(|k| k.to_string()), "kind not known"),
                or(e.region.get().map(|r| r.to_string()), "region not known"),
                or(e.azure_region.clone(), ""),
                // The state is of before.
                match e.deleted {
                    Some(_) => "Deleted".to_string(),
                    None => or(e.state.get().map(|s| s.to_string()), ""),
                },
            ]
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
        })
    };
    let rests_on = Signal::stored(vec![id.clone()]);
    let restore = |source: Option<EnvironmentId>, target: Option<EnvironmentId>| {
        Route::Restore(RestoreQuery { source, target, ..RestoreQuery::default() }).href()
    };
    let (from, onto) = (restore(Some(id.clone()), None), restore(None, Some(id.clone())));
    let with_goal = |goal: Goal| {
        Route::Restore(RestoreQuery { goal: Some(goal), source: Some(id.clone()), ..RestoreQuery::default() }).href()
    };
    let (through, beside) = (with_goal(Goal::ToProduction), with_goal(Goal::Beside));
    // What can never work is not offered; the reason stands in its place.
    let against = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| env.with(|e| Against::of(Moment::new(edition, &w.tenant, now), e)))
    });
    let production = Memo::new(move |_| env.with(|e| e.kind.get() == Some(&Kind::Production)));
    view! {
        <div class="head">
            <div>
                <h1>{move || env.with(|e| e.name.clone())}</h1>
                <p class="sub">
                    {sub} <FactsAge of=rests_on /> <br /> <span class="mono">{id.to_string()}</span> " "
                    <CopyButton text=id.to_string() label="Copy id" />
                </p>
            </div>
            {live(move || {
                env.with(|e| e.deleted.is_none())
                    .then(|| {
                        let here = StoredValue::new(env.with_untracked(|e| e.id.clone()));
                        let source = against.with(|a| a.source.is_none());
                        let links = [
                            (against.with(|a| a.target.is_none()), onto.clone(), "Restore onto this…"),
                            (source && production.get(), through.clone(), "Restore to Production…"),
                            (against.with(|a| a.beside.is_none()), beside.clone(), "Bring back deleted records…"),
                        ];
                        let way_back = Route::way_back(Some(here.get_value())).href();
                        // Beside the primary one where there is room, else in the menu.
                        let second = move |class: &'static str| view! {
                            <a class=class href=way_back.clone()>"What happened here?"</a>
                            <button type="button" class=class on:click=move |_| app.acting.menu(here.get_value())>
                                {move || if app.is_play() { "All that can be done…" } else { "Record something…" }}
                            </button>
                        }.into_any();
                        let in_menu = second.clone();
                        view! {
                            <div class="actions head-acts">
                                {source.then(|| view! { <a class="btn pri" href=from.clone()>"Restore this…"</a> })}
                                {second("btn beside")}
                                <Menu label="More" once=true button=view! { "More" {icon("down")} }.into_any()>
                                    {in_menu("twice")}
                                    {links.clone().into_iter().filter(|(shown, ..)| *shown).map(|(_, href, says)| view! { <a href=href>{says}</a> }).collect_view()}
                                    <Show when=move || app.can_rehearse()>
                                        <button type="button" on:click=move |_| app.about_rehearsal.set(true)>"Rehearse"</button>
                                    </Show>
                                </Menu>
                            </div>
                        }
                    })
            })}
        </div>
        {move || env.with(|e| e.deleted.is_none()).then(|| against.get().view())}
        {live(move || {
            missing
                .get()
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warning>
                            <p>
                                "The last import of the whole tenant did not list it. It may have been deleted, or whoever exported the list cannot see it."
                            </p>
                            <Forget env />
                        </Notice>
                    }
                })
        })}
    }
}

/// Takes it off the list, after a question.
#[component]
fn Forget(env: Signal<Environment>) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let forget = move |_| {
        let (id, name) = env.with_untracked(|e| (e.id.clone(), e.name.clone()));
        match app.run(Command::Forget { environments: vec![id] }) {
            Ok(_) => {
                app.toast_done(format!("{name} was taken off the list"));
                app.go(Route::environments());
            }
            Err(refusal) => problem.set(Some(refusal.with_help().to_string())),
        }
    };
    let title = Signal::derive(move || env.with(|e| format!("Take {} off the list?", e.name)));
    view! {
        <p class="actions">
            <button type="button" class="btn small" on:click=move |_| open.set(true)>
                "Take it off the list…"
            </button>
        </p>
        <Dialog open title>
            <p>
                "Only this list changes, nothing in your tenant. Its facts, your answers about it and its history are forgotten here; a later import that lists it adds it anew."
            </p>
            {live(move || problem.get().map(|p| view! { <p class="field-error" role="alert">{p}</p> }))}
            <p class="actions">
                <button type="button" class="btn" autofocus on:click=move |_| open.set(false)>
                    "Keep it"
                </button>
                <button type="button" class="btn danger" on:click=forget>
                    "Take it off the list"
                </button>
            </p>
        </Dialog>
    }
}

/// A deleted environment: when, and what the rules say about its recovery.
#[component]
fn Deleted(env: Signal<Environment>, id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    view! {
        <Notice tone=Tone::Error>
            <p>"Deleted: " {live(move || env.with(|e| e.deleted).map(|when| view! { <DeletionView when /> }))} ". It is neither a source nor a target of a restore."</p>
            <ul class="reasons">
                {live(move || {
                    let trial = env.with(|e| matches!(e.kind.get(), Some(Kind::Trial | Kind::TrialSubscription)));
                    [RuleId::X1, RuleId::X2, RuleId::X3]
                        .into_iter()
                        .chain(trial.then_some(RuleId::X4))
                        .map(|rule| {
                            let says = app.edition().rule(rule).sentence;
                            view! {
                                <li>
                                    {says} " " <RuleChip rule />
                                </li>
                            }
                        })
                        .collect_view()
                })}
            </ul>
            <p>
                <a href=move || Route::WayBack(WayBackQuery {
                    mishap: Some(Mishap::Deleted),
                    environment: Some(env.with(|e| e.id.clone())),
                    ..WayBackQuery::default()
                }).href()>"Every way back"</a>
            </p>
            <Forget env />
        </Notice>
        <section class="card pad">
            <h2>"Recovery"</h2>
            {live(move || view! { <Countdown env=env.get() /> })}
            <WhenDeleted id />
        </section>
    }
}

/// What the service itself says: evidence beside our verdict, never used to derive it.
#[component]
fn Service(env: Signal<Environment>) -> impl IntoView {
    let reasons = Memo::new(move |_| env.with(|e| e.service_reasons.clone()));
    move || {
        let reasons = reasons.get();
        (!reasons.is_empty()).then(|| {
            view! {
                <section class="card pad">
                    <h2>"What the service itself says"</h2>
                    <p class="hint">
                        "From the last import. Shown as evidence beside the rules, never used to decide."
                    </p>
                    <ul class="rules">
                        {reasons
                            .into_iter()
                            .map(|r| {
                                let (symbol, tone, word) = if r.allowed { ("✓", "i g", "allowed") } else { ("✕", "i r", "not allowed") };
                                view! {
                                    <li class="rule">
                                        <span class=tone aria-hidden="true">
                                            {symbol}
                                        </span>
                                        <div>
                                            <strong>{r.operation}</strong>
                                            ": " {word} {(!r.message.is_empty()).then(|| format!(" – {}", sentence(&r.message)))}
                                        </div>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn History(env: Signal<Environment>) -> impl IntoView {
    let changes = Memo::new(move |_| env.with(|e| e.history.iter().rev().cloned().collect::<Vec<Change>>()));
    let words = |c: &Change| match &c.what {
        Changed::Name { from, to } => format!("renamed from {from} to {to}"),
        other => change_words(other).unwrap_or_default(),
    };
    view! {
        <section class="card pad">
            <div class="head">
                <h2>"What changed"</h2>
                <a href=move || Route::activity(Some(env.with(|e| e.id.clone()))).href()>"Activity of it"</a>
            </div>
            {live(move || {
                let all = changes.get();
                if all.is_empty() {
                    return view! { <p class="hint">"No change is known. Changes are noticed when two imports differ."</p> }.into_any();
                }
                let more = all.len().saturating_sub(20);
                view! {
                    <ul class="band-changes">
                        {all
                            .iter()
                            .take(20)
                            .map(|c| {
                                let between = (c.not_before < c.at).then_some(c.not_before);
                                view! {
                                    <li>
                                        <strong>{sentence(&words(c)).trim_end_matches('.').to_string()}</strong>
                                        ": "
                                        {between.map(|from| view! { "between " <InstantView at=from plain=true /> " and " })}
                                        <InstantView at=c.at />
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                    {(more > 0).then(|| view! { <p class="hint">{count(more, "older change", "older changes")} " not shown."</p> })}
                }
                    .into_any()
            })}
        </section>
    }
}
