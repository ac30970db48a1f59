//! A plan that came as a file or a link, before anything of it is kept.

use super::today::JudgedHere;
use super::{edition_words, purpose_words};
use crate::domain::edition::Edition;
use crate::domain::environment::EnvironmentId;
use crate::domain::moment::Moment;
use crate::domain::plan::{Plan, StepProblem, foreign_changed};
use crate::domain::restore::Weight;
use crate::interop::commands::quoting::plain_id;
use crate::interop::travel::Parcel;
use crate::platform::clock;
use crate::ui::components::{Exact, InstantView, Notice, SaysText, Tone};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::does::does;
use crate::view_model::words::count;
use crate::words::Text;
use crate::workspace::keys::Slot;
use crate::workspace::{Elsewhere, Workspace};
use chrono::{DateTime, Utc};

/// What the plan is, what of it is known here, and the decision. Nothing changes before "Keep this plan".
#[component]
pub fn PlanOffer(
    parcel: Parcel,
    /// What happens after it was kept, before its page is opened.
    #[prop(into)]
    kept: Callback<()>,
    #[prop(into)] refused: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let Parcel { plan, tenant, play } = parcel;
    // A real plan is never kept among what was made up.
    let own = move || !play && app.saving.slot() != Slot::Own;
    let in_it = move |plan: &Plan| {
        app.workspace.track();
        let look = |w: &Workspace, now| {
            let edition = Edition::find(&w.edition).unwrap_or_else(Edition::default_edition);
            Here {
                number: w.plan_like(plan),
                rows: rows(w, plan),
                problems: judged(edition, w, plan, now),
                does: plan.steps.iter().map(|s| does(&s.action, &w.tenant)).collect(),
            }
        };
        if own() { look(&app.saving.own(), app.real_now()) } else { app.with_untracked(|w| look(w, app.now())) }
    };
    let found = {
        let plan = plan.clone();
        Memo::new(move |_| in_it(&plan))
    };
    let where_ = tenant.clone();
    let stored = StoredValue::new(plan.clone());
    let keep = move |_| {
        let elsewhere = Elsewhere { kept: clock::now(), tenant: tenant.clone(), play };
        if own() {
            app.saving.open_slot(Slot::Own);
        }
        let Some(number) = app.keep_plan(stored.get_value(), Some(elsewhere)) else { return };
        kept.run(());
        app.go(Route::Plan(number));
        app.toast(format!("The plan is kept as plan {number}."));
    };
    let open = move |number: u32| {
        if own() {
            app.saving.open_slot(Slot::Own);
        }
        kept.run(());
        app.go(Route::Plan(number));
    };
    let (point, steps, made) = (plan.point(), plan.steps.len(), plan.made);
    view! {
        <Notice tone=Tone::Warning>
            <p>"This plan was made elsewhere. The app cannot tell who made it, nor whether it was changed on the way: ask the person who sent it, and read each step before you carry it out."</p>
        </Notice>
        {play.then(|| view! { <Notice tone=Tone::Info><p>"It was made in the sample or in a rehearsal: nothing in it is real."</p></Notice> })}
        <h2><SaysText text=plan.title() /></h2>
        <dl class="pairs">
            <dt>"For"</dt> <dd>{purpose_words(&plan.purpose)}</dd>
            {point.map(|at| view! { <dt>"Goes back to"</dt> <dd><Exact at /></dd> })}
            <dt>"Made"</dt> <dd><InstantView at=made /></dd>
            <dt>"In the tenant"</dt> <dd>{if where_.is_empty() { "without a name".to_string() } else { format!("“{where_}”") }}</dd>
            <dt>"Under"</dt> <dd>{edition_words(&plan)}</dd>
        </dl>
        <h3>"Its environments here"</h3>
        <ul class="reason-list">{live(move || found.get().rows.into_iter().map(|row| view! { <Place row /> }).collect_view())}</ul>
        <JudgedHere problems=Signal::derive(move || found.get().problems) plan=plan.clone() />
        <details>
            <summary>{count(steps, "step", "steps")} " and " {count(plan.cautions.len(), "caution", "cautions")}</summary>
            <p class="hint">"What stands in bold was written where the plan was made. After “Does” stands what the step does, whatever is written there."</p>
            <ol class="offer-steps">
                {plan.steps.iter().enumerate().map(|(at, s)| view! {
                    <li>
                        <strong><SaysText text=plan.step_text(s).title /></strong>
                        {s.destructive.then(|| view! { " " <span class="tag no">"! Overwrites or puts at risk"</span> })}
                        <p class="hint">"Does: " {live(move || found.with(|here| here.does.get(at).cloned()).map(|says| view! { <SaysText text=says /> }))}</p>
                    </li>
                }).collect_view()}
            </ol>
            <ul>{plan.cautions.iter().map(|c| view! { <li><SaysText text=plan.item_text(c) /></li> }).collect_view()}</ul>
        </details>
        {live(move || own().then(|| view! { <p class="hint">"It is kept in your own tenant, which is then open. What is open now stays as it is."</p> }))}
        {live(move || found.with(|here| here.problems.iter().any(|p| p.weight == Weight::Stop)).then(|| view! {
            <p class="hint">"It can be kept to be read. As it stands it must not be carried out: make a plan of your own instead."</p>
        }))}
        <div class="actions">
            {live(move || match found.get().number {
                Some(number) => view! {
                    <p role="status">{format!("This plan is here already, as plan {number}.")}</p>
                    <button type="button" class="btn pri" on:click=move |_| open(number)>{format!("Open plan {number}")}</button>
                }
                .into_any(),
                None => view! { <button type="button" class="btn pri" on:click=keep.clone()>"Keep this plan"</button> }.into_any(),
            })}
            <button type="button" class="btn" on:click=move |_| refused.run(())>"Not now"</button>
        </div>
    }
}

/// What is known here of a plan that is offered.
#[derive(Clone, PartialEq)]
struct Here {
    /// It is here already, with this number.
    number: Option<u32>,
    rows: Vec<Row>,
    /// What of it is not true here; nothing of its steps where its environments are not here to be judged.
    problems: Vec<StepProblem>,
    /// What its steps do, in order.
    does: Vec<Text>,
}

/// What is against the plan here, each sentence once: it is offered, not carried out step by step.
fn judged(edition: &Edition, workspace: &Workspace, plan: &Plan, now: DateTime<Utc>) -> Vec<StepProblem> {
    let known = |id: &EnvironmentId| workspace.tenant.get(id).is_some();
    let all_known = known(plan.source()) && plan.target().is_none_or(known);
    let mut problems: Vec<StepProblem> = Vec::new();
    for problem in foreign_changed(Moment::new(edition, &workspace.tenant, now), plan, |_| false) {
        let judged = all_known || problem.step.is_none();
        if judged && !problems.iter().any(|p| p.says() == problem.says()) {
            problems.push(problem);
        }
    }
    problems
}

/// An environment of the plan, and what it is called here.
#[derive(Clone, PartialEq)]
struct Row {
    role: &'static str,
    id: EnvironmentId,
    /// `None`: it is not in the tenant.
    name: Option<String>,
}

fn rows(workspace: &Workspace, plan: &Plan) -> Vec<Row> {
    let row =
        |role, id: &EnvironmentId| Row { role, id: id.clone(), name: workspace.tenant.get(id).map(|e| e.name.clone()) };
    let onto_itself = plan.target() == Some(plan.source());
    let mut rows = vec![row(if onto_itself { "Restored onto itself" } else { "Source" }, plan.source())];
    if !onto_itself {
        rows.extend(plan.target().map(|id| row("Target, which is overwritten", id)));
    }
    rows
}

#[component]
fn Place(row: Row) -> impl IntoView {
    let Row { role, id, name } = row;
    let shown = plain_id(id.as_str()).map_or_else(|| "an id with unusual characters".to_string(), str::to_string);
    match name {
        Some(name) => view! {
            <li class="reason">
                <span class="g" aria-hidden="true">"✓"</span>
                <span>{role} ": in this tenant, " <a href=Route::Environment(id).href()>{name}</a> " " <code class="id">{shown}</code></span>
            </li>
        }
        .into_any(),
        None => view! {
            <li class="reason">
                <span class="a" aria-hidden="true">"?"</span>
                <span>{role} ": not in this tenant, so it cannot be checked here " <code class="id">{shown}</code></span>
            </li>
        }
        .into_any(),
    }
}
