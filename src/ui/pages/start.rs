use crate::domain::slowly::STEP;
use crate::domain::tenant::ImportRecord;
use crate::ui::components::{DropZone, HowTo, InstantView};
use crate::ui::data::MyData;
use crate::ui::pages::deadlines::NextDeadlines;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::slowly::Slowly;
use crate::ui::state::use_app;
use crate::view_model::rows::asks;
use crate::words::facts::IN_ORDER;
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
    let environments = move || app.with(|w| w.tenant.living().count());
    let asked = Slowly::new(move |mut turn| {
        let (edition, (tenant, now)) = (app.edition(), app.judged());
        async move {
            let mut unknown = 0;
            for (n, env) in tenant.environments.iter().enumerate() {
                if n % STEP == 0 && !turn.goes_on().await {
                    return None;
                }
                unknown += asks(edition, env, now).iter().filter(|fact| IN_ORDER.contains(fact)).count();
            }
            Some(unknown)
        }
    });
    let unknown = Memo::new(move |_| asked.get().map_or(0, |n| *n));
    let counted = Memo::new(move |_| asked.get().is_some());
    let plans = move || app.with(|w| w.plans.len());
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
        <p class="actions start-way-back">
            <a class="btn pri" href=Route::way_back(None).href()>"Something went wrong?"</a>
            <span class="hint">"Say what happened, and see every way back, best first."</span>
        </p>
        <ul class="figures">
            <li><a href=Route::environments().href()><strong>{environments}</strong> " " {move || noun(environments(), "environment", "environments")}</a></li>
            <li><a href=Route::Unknown.href()><strong>{move || if counted.get() { unknown.get().to_string() } else { "…".to_string() }}</strong> " " {move || noun(unknown.get(), "unknown fact that matters", "unknown facts that matter")}</a></li>
            <li><a href=Route::Plans.href()><strong>{plans}</strong> " " {move || noun(plans(), "plan", "plans")}</a></li>
        </ul>
        <h2>"What to do next"</h2>
        <ul class="next">
            <Show when=old>
                <li><a href=Route::Import.href()>"Import the inventory again"</a> ": it is more than a week old."</li>
            </Show>
            <Show when=move || { unknown.get() > 0 }>
                <li><a href=Route::Unknown.href()>"Answer the unknown facts"</a> ": until then some answers are “unknown”."</li>
            </Show>
            <Show when=move || app.can_rehearse()>
                <li>
                    <button type="button" class="btn link" on:click=move |_| app.rehearse()>"Rehearse"</button>
                    ": do everything with a copy, move the clock, and see what remains."
                </li>
            </Show>
            <li><a href=Route::readiness().href()>"See what could be brought back today, and what not"</a></li>
            <li><a href=Route::environments().href()>"See how far back each environment reaches"</a></li>
            <li><a href=Route::targets().href()>"See what can be restored onto what"</a></li>
            <li>
                <a href=Route::restore().href()>
                    {move || if draft() { "Go on with the restore that you began" } else { "Plan a restore" }}
                </a>
            </li>
        </ul>
        <NextDeadlines />
    }
}

fn noun(n: usize, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}
