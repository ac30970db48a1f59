//! The first page: with a tenant the dashboard of it; without one what this is, and every way to begin, also without a file.

mod urgent;

use crate::domain::advice::Mishap;
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::readiness::{Back, Readiness};
use crate::domain::rule::RuleId;
use crate::domain::slowly::STEP;
use crate::ui::components::collector::Scripts;
use crate::ui::components::{
    AskCards, DropZone, HowTo, InstantView, RuleChip, SaysText, begun, begun_row, icon, storage_is_unknown,
};
use crate::ui::data::MyData;
use crate::ui::pages::deadlines::NextDeadlines;
use crate::ui::pages::environments;
use crate::ui::pages::readiness::judged;
use crate::ui::prelude::*;
use crate::ui::route::{ReadinessQuery, Route, WayBackQuery};
use crate::ui::shell::keep_the_focus;
use crate::ui::slowly::Slowly;
use crate::ui::state::use_app;
use crate::ui::tour::Touring;
use crate::view_model::readiness::{ANSWERS, look};
use crate::view_model::rows::{asks, mark};
use crate::view_model::words::{count, named, thousands};
use crate::workspace::keys::Slot;
use crate::workspace::wizard::review::progress;
use urgent::Urgent;
pub use urgent::WithoutFile;

/// The page.
#[component]
pub fn StartPage() -> impl IntoView {
    let app = use_app();
    let begun = Memo::new(move |_| app.with(|w| !w.tenant.environments.is_empty()));
    // What was pressed to open a tenant is gone: the focus goes to what came.
    when_changed(move || begun.get(), keep_the_focus);
    live(move || if begun.get() { view! { <Standing /> }.into_any() } else { view! { <Empty /> }.into_any() })
}

/// What this is, in one screenful, and the ways to begin. A new visitor sees it in `index.html` first: what is said here is said there.
#[component]
fn Empty() -> impl IntoView {
    let app = use_app();
    let tour = expect_context::<Touring>();
    view! {
        <div class="hello">
            <h1>"See how far back each environment can be brought, and onto what"</h1>
            <p>"One file about your tenant answers it. It is read here, in this browser, and goes nowhere."</p>
        </div>
        <div class="visit">
            <DropZone />
            <Urgent />
            <div>
                <section class="begin" aria-labelledby="one-file">
                    <h2 id="one-file" tabindex="-1">"Get one file that knows everything"</h2>
                    <Scripts />
                    <HowTo />
                </section>
                <section class="begin" aria-labelledby="look-first">
                    <h2 id="look-first">"Or look first"</h2>
                    <p class="actions">
                        <button type="button" class="btn" data-door="sample" on:click=move |_| app.saving.open_slot_soon(Slot::Sample)>"Open the sample tenant"</button>
                        <button type="button" class="btn plain" data-door="tour" on:click=move |_| tour.begin()>
                            {move || if tour.was_left() { "Go on with the tour" } else { "Open it with a tour of two minutes" }}
                        </button>
                        <Show when=move || app.saving.slot() == Slot::Sample>
                            <button type="button" class="btn" on:click=move |_| app.saving.open_slot_soon(Slot::Own)>"Back to your own tenant"</button>
                        </Show>
                    </p>
                    <MyData />
                </section>
            </div>
        </div>
    }
}

/// Where the tenant stands.
#[component]
fn Standing() -> impl IntoView {
    let app = use_app();
    let sample = move || app.with(|w| w.tenant.sample);
    let import = Memo::new(move |_| app.with(|w| w.tenant.last_list().cloned()));
    let old = Memo::new(move |_| import.with(|i| i.as_ref().is_some_and(|i| i.is_old(app.now()))));
    view! {
        <h1 class="visually-hidden">{move || app.tenant_name()}</h1>
        <Alarm />
        <Today />
        <NextDeadlines />
        <div class="two">
            <OpenPlans />
            <NotKnown />
        </div>
        <details class="refresh">
            <summary>{move || if old.get() { "Refresh the inventory: it is more than a week old" } else { "Add or refresh an inventory" }}</summary>
            <p class="sub">
                {live(move || match import.get() {
                    Some(import) => view! {
                        {format!("Last list of environments: {} ({}), ", import.name, import.format)} <InstantView at=import.at />
                        {import.was_old().then(|| view! { ", asked for " <InstantView at=import.as_of() /> " at the latest" })}
                    }.into_any(),
                    None if sample() => "Made up, to try things out. It is kept apart from your own tenant.".into_any(),
                    None => "".into_any(),
                })}
            </p>
            <DropZone />
            <HowTo />
        </details>
        <MyData />
    }
}

/// How many plans, and how many facts, stand here.
const FEW: usize = 4;

/// The plans that are not finished, newest first, and the restore that was begun.
#[component]
fn OpenPlans() -> impl IntoView {
    let app = use_app();
    let begun = begun();
    let plans = Memo::new(move |_| {
        let now = app.now();
        app.with(|w| {
            let open = w.plans.iter().rev().map(|p| (p, progress(p))).filter(|(_, (done, all))| done < all);
            open.take(FEW)
                .map(|(p, (done, all))| {
                    let next = p.ahead(now).map(|d| d.at).min();
                    (p.number, p.plan.title(), done, all, next)
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section aria-labelledby="open-plans">
            <div class="part-head">
                <h2 id="open-plans">"Open plans"</h2>
                <a href=Route::Plans.href()>"All plans"</a>
            </div>
            <ul class="part-rows">
                {live(move || begun.get().into_iter().take(FEW).map(begun_row).collect_view())}
                {live(move || plans.get().into_iter().map(|(number, title, done, all, next)| {
                    let width = format!("{}%", 100 * done / all.max(1));
                    view! {
                        <li>
                            <div>
                                <a href=Route::Plan(number).href()><b><SaysText text=title /></b></a>
                                {next.map(|at| view! { <small>"next deadline " <InstantView at /></small> })}
                            </div>
                            <span class="hint num">{format!("{done} of {all}")}</span>
                            <svg class="part-done" width="72" height="4" aria-hidden="true">
                                <rect class="band-gone" width="100%" height="4" /> <rect class="band-solid" width=width height="4" />
                            </svg>
                        </li>
                    }
                }).collect_view())}
                <Show when=move || begun.with(Vec::is_empty) && plans.with(Vec::is_empty)>
                    <li><span class="hint">"No plan is open. "</span><a href=Route::restore().href()>"Plan a restore"</a></li>
                </Show>
            </ul>
        </section>
    }
}

/// The facts that decide and are not known: the first that a yes or a no answers, and how many there are.
#[component]
fn NotKnown() -> impl IntoView {
    let app = use_app();
    let rests_on = move || (app.edition(), app.judged());
    let found = Slowly::new("not known", rests_on, |(edition, (tenant, now)), mut turn| async move {
        let (mut all, mut first) = (0, Vec::<(EnvironmentId, FactKey)>::new());
        for (n, env) in tenant.environments.iter().enumerate() {
            if n % STEP == 0 && !turn.goes_on().await {
                return None;
            }
            let lacks = asks(edition, env, now);
            all += lacks.len();
            let short = lacks.into_iter().filter(|fact| first.len() < FEW && fact.is_yes_or_no()).take(1);
            first.extend(short.map(|fact| (env.id.clone(), fact)).collect::<Vec<_>>());
        }
        Some((all, first))
    });
    let storage = Memo::new(move |_| storage_is_unknown());
    let all = Memo::new(move |_| found.get().map_or(0, |f| f.0) + usize::from(storage.get()));
    let first = Memo::new(move |_| found.get().map(|f| f.1.clone()).unwrap_or_default());
    view! {
        <section aria-labelledby="not-known">
            <div class="part-head">
                <h2 id="not-known">"Facts not known"</h2>
                <span class="hint">{move || count(all.get(), "that matters", "that matter")}</span>
                <a href=Route::Unknown.href()>"All"</a>
            </div>
            // Every restore needs it: asked before what decides about one environment.
            <Show when=move || storage.get()>
                <p class="part-first">"Free storage: a restore needs 1 GB. " <RuleChip rule=RuleId::T7 /> " " <a href=Route::Unknown.href()>"Say how much is free"</a></p>
            </Show>
            <div class="part-rows part-asks"><AskCards asks=first named=true /></div>
            <Show when=move || all.get() == 0>
                <p class="hint">"Everything that matters is known."</p>
            </Show>
        </section>
    }
}

/// The way in for whoever comes because something went wrong.
#[component]
fn Alarm() -> impl IntoView {
    let case = |mishap: Mishap, says: &'static str| {
        let to = Route::WayBack(WayBackQuery { mishap: Some(mishap), ..WayBackQuery::default() });
        view! { <a href=to.href()>{says}</a> }
    };
    view! {
        <section class="alarm" aria-labelledby="alarm">
            <div>
                <h2 id="alarm">"Something went wrong?"</h2>
                <p class="cases">
                    {case(Mishap::RecordsLost, "Records were deleted")}
                    {case(Mishap::BadImport, "An import broke it")}
                    {case(Mishap::Deleted, "The environment was deleted")}
                    {case(Mishap::Overwritten, "A restore hit the wrong one")}
                </p>
            </div>
            <a class="btn pri big" href=Route::way_back(None).href()>"Find the way back" {icon("arrow")}</a>
        </section>
    }
}

/// How many names stand under a figure.
const NAMED: usize = 3;

/// What could be brought back at this moment, and what not: the figures, each with the first names and the way to all.
#[component]
fn Today() -> impl IntoView {
    let app = use_app();
    let judged = judged(app);
    // Most go to the table next.
    let ready = Memo::new(move |_| judged.get().is_some());
    let ahead = live(move || ready.get().then(|| environments::ahead(app, judged)));
    let figure = move |(answer, only): (Back, &'static str)| {
        let (_, says, tone) = look(answer);
        let mark = mark(Some(answer)).icon;
        let found = Memo::new(move |_| {
            let of = |r: &Readiness| {
                let first = r.prospects.iter().filter(|p| p.today == answer).take(NAMED);
                let names: Vec<String> = app
                    .with(|w| first.filter_map(|p| w.tenant.get(&p.environment)).map(|env| env.name.clone()).collect());
                (r.count(answer), names)
            };
            judged.get().map(|r| of(&r))
        });
        let number = move || found.with(|f| f.as_ref().map_or_else(|| "…".to_string(), |(n, _)| thousands(*n)));
        let names = move || found.with(|f| f.as_ref().map(|(n, names)| named(names, *n)));
        let to = Route::Readiness(ReadinessQuery { only: only.to_string(), ..ReadinessQuery::default() });
        view! {
            <a href=to.href()>
                <strong class="fig">{number}</strong> <span class=format!("fig-says {tone}")>{icon(mark)} {says}</span> <small>{names}</small>
            </a>
        }
    };
    view! {
        <section aria-labelledby="today">
            <div class="part-head">
                <h2 id="today">"What can be brought back now"</h2>
                <a href=Route::readiness().href()>"Readiness"</a>
            </div>
            <div class="figs">
                {ANSWERS.into_iter().rev().map(figure).collect_view()}
            </div>
            {ahead}
            {live(move || judged.get().and_then(|r| r.headline().says_storage()).map(|says| view! { <p class="hint">{says}</p> }))}
        </section>
    }
}
