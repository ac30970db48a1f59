//! All plans, newest first.

use super::plan::{Progress, purpose_words};
use crate::domain::moment::Moment;
use crate::domain::restore::Weight;
use crate::ui::components::{EmptyState, InstantView, SaysText, begun, begun_row};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::runbook::next_words;
use crate::view_model::words::count;
use crate::workspace::SavedPlan;
use crate::workspace::wizard::review::progress;

/// How many plans are held against today's facts in the list; the others are when they are opened.
const CHECKED: usize = 20;

#[component]
pub fn PlansPage() -> impl IntoView {
    let app = use_app();
    let numbers = Memo::new(move |_| app.with(|w| w.plans.iter().map(|p| p.number).collect::<Vec<_>>()));
    let empty = Memo::new(move |_| numbers.with(Vec::is_empty));
    let begun = begun();
    view! {
        <div class="head">
            <div>
                <h1>"Plans"</h1>
                {live(move || (!empty.get()).then(|| view! { <p class="sub">{count(numbers.with(Vec::len), "plan", "plans")} ", newest first"</p> }))}
            </div>
            {live(move || (!empty.get()).then(|| view! { <a class="btn pri" href=Route::restore().href()>"Make a plan"</a> }))}
        </div>
        {live(move || begun.with(|begun| !begun.is_empty()).then(|| view! {
            <section aria-labelledby="begun-restores">
                <h2 id="begun-restores">"Begun"</h2>
                <ul class="part-rows">{begun.get().into_iter().map(begun_row).collect_view()}</ul>
            </section>
        }))}
        {live(move || {
            if empty.get() {
                view! {
                    <EmptyState
                        title="No plans yet"
                        says="A plan is made at the end of the restore wizard: steps to tick off, commands to copy, and a checklist for afterwards."
                    >
                        <a class="btn pri" href=Route::restore().href()>"Plan a restore"</a>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! {
                    <ul class="plan-list">
                        <For
                            each=move || numbers.get().into_iter().enumerate()
                            key=|(_, number)| *number
                            children=|(position, number)| view! { <PlanRow number check={position < CHECKED} /> }
                        />
                    </ul>
                }
                .into_any()
            }
        })}
    }
}

#[component]
fn PlanRow(number: u32, check: bool) -> impl IntoView {
    let app = use_app();
    let find = move |w: &crate::workspace::Workspace| w.plan(number).cloned();
    let saved: Memo<Option<SavedPlan>> = Memo::new(move |_| app.with(find));
    let state = Memo::new(move |_| {
        let saved = saved.get()?;
        let (done, all) = progress(&saved);
        if done == all {
            return Some(("tag ok", "✓ Done"));
        }
        if !check {
            return None;
        }
        let (edition, now) = (app.edition(), app.now());
        let changed = app.with(|w| saved.problems(Moment::new(edition, &w.tenant, now)));
        let worst = changed.iter().map(|p| p.weight).min()?;
        Some(match worst {
            Weight::Stop | Weight::Ask => ("tag no", "✕ Not as it stands"),
            // Of a stranger's plan everything is told, also what has not changed.
            Weight::Caution | Weight::Note if saved.elsewhere.is_some() => ("tag ask", "! Read it first"),
            Weight::Caution | Weight::Note => ("tag ask", "! Something changed"),
        })
    });
    let next = Memo::new(move |_| {
        let (now, saved) = (app.now(), saved.get()?);
        let (done, all) = progress(&saved);
        if done == all {
            return None;
        }
        let ahead = saved.ahead(now).min_by_key(|d| d.at)?;
        Some((ahead.at, saved.plan.deadline_text(ahead)))
    });
    let counts = Signal::derive(move || saved.with(|s| s.as_ref().map(progress)).unwrap_or_default());
    let title = Memo::new(move |_| saved.with(|s| s.as_ref().map(|s| s.plan.title())));
    let words = move || saved.with(|s| s.as_ref().map(|s| purpose_words(&s.plan.purpose)));
    let elsewhere = move || saved.with(|s| s.as_ref().is_some_and(|s| s.elsewhere.is_some()));
    let made = move || saved.with(|s| s.as_ref().map(|s| s.plan.made));
    let step = move || saved.with(|s| s.as_ref().and_then(|s| next_words(&s.plan, |id| s.done.contains_key(id))));
    view! {
        <li class="plan-row">
            <div>
                <h2><a href=Route::Plan(number).href()>{live(move || title.get().map(|text| view! { <SaysText text /> }))}</a></h2>
                <p class="hint">{words} {move || elsewhere().then_some(" · made elsewhere")} " · made " {live(move || made().map(|at| view! { <InstantView at=at /> }))}</p>
            </div>
            <div>
                {live(move || step().map(|says| view! { <p>"Next: " {says}</p> }))}
                {live(move || next.get().map(|(at, ends)| view! { <p class="hint">"Next deadline " <InstantView at=at /> ": " <SaysText text=ends /></p> }))}
            </div>
            <div>
                <Progress count=counts /> " "
                {live(move || state.get().map(|(class, says)| view! { <span class=class>{says}</span> }))}
            </div>
        </li>
    }
}
