use crate::domain::advice::Mishap;
use crate::domain::moment::Moment;
use crate::domain::readiness::{Back, Readiness, assess_slowly};
use crate::domain::slowly::STEP;
use crate::domain::tenant::ImportRecord;
use crate::ui::components::{DropZone, HowTo, InstantView};
use crate::ui::data::MyData;
use crate::ui::pages::deadlines::NextDeadlines;
use crate::ui::prelude::*;
use crate::ui::route::{ReadinessQuery, Route, WayBackQuery};
use crate::ui::slowly::Slowly;
use crate::ui::state::use_app;
use crate::view_model::readiness::{ANSWERS, look};
use crate::view_model::rows::asks;
use crate::view_model::words::{count, thousands};
use crate::workspace::Workspace;
use crate::workspace::keys::Slot;
use chrono::TimeDelta;

/// After this many days an inventory is called old.
const OLD_AFTER_DAYS: i64 = 7;

/// What this is, and how to begin; with a tenant, where it stands and what to do next.
#[component]
pub fn StartPage() -> impl IntoView {
    let app = use_app();
    let begun = Memo::new(move |_| app.with(|w| !w.tenant.environments.is_empty()));
    view! {
        {live(move || if begun.get() {
            view! { <Standing /> }.into_any()
        } else {
            view! {
                <h1>"Know what can be restored before you need it"</h1>
                <p class="lead">
                    "Drop in the list of environments that your own tools print. You see which can be restored, how far back, onto what and why not, and leave with a plan."
                </p>
            }.into_any()
        })}
        <Show when=move || begun.get()>
            <h2 class="after">"Add or refresh an inventory"</h2>
        </Show>
        <DropZone />
        <Show when=move || !begun.get()>
            <div class="or">
                <span>"No list at hand?"</span>
                <button type="button" class="btn" on:click=move |_| app.saving.open_slot_soon(Slot::Sample)>"Open the sample tenant"</button>
                <Show when=move || app.saving.slot() == Slot::Sample>
                    <button type="button" class="btn" on:click=move |_| app.saving.open_slot_soon(Slot::Own)>"Back to your own tenant"</button>
                </Show>
            </div>
        </Show>
        <HowTo />
        <MyData />
    }
}

/// Where the tenant stands.
#[component]
fn Standing() -> impl IntoView {
    let app = use_app();
    let sample = move || app.with(|w| w.tenant.sample);
    let asked = Slowly::new(move |mut turn| {
        let (edition, (tenant, now)) = (app.edition(), app.judged());
        async move {
            let mut unknown = 0;
            for (n, env) in tenant.environments.iter().enumerate() {
                if n % STEP == 0 && !turn.goes_on().await {
                    return None;
                }
                unknown += asks(edition, env, now).len();
            }
            Some(unknown)
        }
    });
    let unknown = Memo::new(move |_| asked.get().map_or(0, |n| *n));
    let import = Memo::new(move |_| app.with(|w| w.tenant.last_list().cloned()));
    let draft = move || app.with(|w| w.draft.as_ref().is_some_and(|d| d.source.is_some()));
    let old = move || import.get().is_some_and(|i| app.now() - i.at >= TimeDelta::days(OLD_AFTER_DAYS));
    view! {
        <h1>{move || app.tenant_name()}</h1>
        <p class="sub">
            {live(move || match import.get() {
                Some(ImportRecord { at, name, format, .. }) => view! {
                    {format!("Last list of environments: {name} ({format}), ")} <InstantView at />
                }.into_any(),
                None if sample() => "Made up, to try things out. It is kept apart from your own tenant.".into_any(),
                None => "".into_any(),
            })}
        </p>
        <Alarm />
        <Today />
        <h2>"What to do next"</h2>
        <ul class="next">
            <Show when=old>
                <li><a href=Route::Import.href()>"Import the inventory again"</a> ": it is more than a week old."</li>
            </Show>
            <Show when=move || { unknown.get() > 0 }>
                <li>
                    <a href=Route::Unknown.href()>{move || count(unknown.get(), "fact that matters is not known", "facts that matter are not known")}</a>
                    ": until then some answers are “unknown”."
                </li>
            </Show>
            <Show when=move || app.can_rehearse()>
                <li>
                    <button type="button" class="btn link" on:click=move |_| app.rehearse()>"Rehearse"</button>
                    ": do everything with a copy, move the clock, and see what remains."
                </li>
            </Show>
            <li>
                <a href=Route::restore().href()>
                    {move || if draft() { "Go on with the restore that you began" } else { "Plan a restore" }}
                </a>
            </li>
        </ul>
        <NextDeadlines />
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
            <a class="btn pri big" href=Route::way_back(None).href()>"Find the way back"</a>
        </section>
    }
}

/// How many names stand under a figure.
const NAMED: usize = 3;

/// What could be brought back at this moment, and what not: the figures, each with the first names and the way to all.
#[component]
fn Today() -> impl IntoView {
    let app = use_app();
    let planned = Memo::new(move |_| app.with(Workspace::planned));
    let judged = Slowly::new(move |mut turn| {
        let (edition, (tenant, now), planned) = (app.edition(), app.judged(), planned.get());
        async move {
            let goes_on = async || {
                turn.goes_on().await;
            };
            Some(assess_slowly(Moment::new(edition, &tenant, now), &planned, goes_on).await)
        }
    });
    let figure = move |(answer, only): (Back, &'static str)| {
        let (symbol, says, tone) = look(answer);
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
        let names = move || {
            found.with(|f| {
                f.as_ref().map(|(n, names)| {
                    let more = n.saturating_sub(names.len());
                    let more = if more > 0 { format!(" and {} more", thousands(more)) } else { String::new() };
                    format!("{}{more}", names.join(", "))
                })
            })
        };
        let to = Route::Readiness(ReadinessQuery { only: only.to_string(), ..ReadinessQuery::default() });
        view! {
            <a href=to.href()>
                <strong class="fig">{number}</strong> <span class=tone>{format!("{symbol} {says}")}</span> <small>{names}</small>
            </a>
        }
    };
    view! {
        <section aria-labelledby="today">
            <div class="head">
                <h2 id="today">"What can be brought back now"</h2>
                <a href=Route::readiness().href()>"Readiness"</a>
            </div>
            <div class="figs">
                {ANSWERS.into_iter().rev().map(figure).collect_view()}
            </div>
        </section>
    }
}
