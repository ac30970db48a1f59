//! R26: what the operations of a file are to the plans that wait for a restore. The step is ticked only for the restore of the plan.

use crate::domain::command::Command;
use crate::domain::environment::EnvironmentId;
use crate::domain::life::Deed;
use crate::domain::plan::ended::{OfPlan, WATCH, compare};
use crate::domain::rule::RuleId;
use crate::domain::service::ServiceOperation;
use crate::ui::components::{RuleChip, SaysText};
use crate::ui::intake::Item;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::{AppState, use_app};
use crate::words::Text;
use crate::workspace::Workspace;
use crate::workspace::keys::Slot;
use crate::workspace::log;
use chrono::{DateTime, Utc};

/// An operation that is about a plan.
#[derive(Clone, PartialEq)]
struct Found {
    plan: u32,
    of_plan: OfPlan,
    says: Text,
    /// The target, where the app has its restore as running.
    running: Option<EnvironmentId>,
}

/// What the operations are to the plans that are not finished; those of other environments are not told.
fn found(workspace: &Workspace, operations: &[ServiceOperation]) -> Vec<Found> {
    let waiting = workspace.plans.iter().filter(|p| !p.done.contains_key(WATCH) && p.elsewhere.is_none());
    let of = |saved: &crate::workspace::SavedPlan| {
        let made = workspace.log.environment_made_by(saved.number);
        let target = saved.plan.target().or(made).cloned();
        let running = target.filter(|id| workspace.tenant.get(id).is_some_and(|e| e.running.is_some()));
        let about = operations.iter().map(|o| compare(&saved.plan, made, o)).filter(OfPlan::concerns);
        about
            .map(|of_plan| Found {
                plan: saved.number,
                says: of_plan.says(&saved.plan, &workspace.tenant).sentence(),
                of_plan,
                running: running.clone(),
            })
            .collect::<Vec<_>>()
    };
    waiting.flat_map(of).collect()
}

#[component]
pub fn OfPlans(item: Memo<Option<Item>>) -> impl IntoView {
    let app = use_app();
    let all = Memo::new(move |_| {
        app.workspace.track();
        app.saving.slot();
        let operations = item.with(|i| i.as_ref().map(Item::operations).unwrap_or_default());
        if operations.is_empty() { Vec::new() } else { found(&app.saving.own(), &operations) }
    });
    let row = move |f: Found| {
        let Found { plan, of_plan, says, running } = f;
        let button = match of_plan {
            OfPlan::Succeeded { at } => Some(("Tick its step", at, false)),
            OfPlan::Failed { at, .. } if running.is_some() => Some(("Record that it failed", at, true)),
            _ => None,
        };
        view! {
            <li class="rule">
                <div>
                    <SaysText text=says /> " "
                    <a href=Route::Plan(plan).href()>"The plan"</a>
                    {button.map(|(words, at, failed)| {
                        let running = running.clone();
                        view! {
                            <p class="actions">
                                <button type="button" class="btn small" on:click=move |_| record(app, plan, running.clone(), at, failed)>{words}</button>
                            </p>
                        }
                    })}
                </div>
                <RuleChip rule=RuleId::R26 />
            </li>
        }
    };
    move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            view! {
                <h3>"What it is to your plans"</h3>
                <ul class="rules">{all.into_iter().map(row).collect_view()}</ul>
            }
        })
    }
}

/// Records how the restore ended, at its time (UTC), where the app has it as running, and ticks the step where it succeeded.
fn record(app: AppState, plan: u32, running: Option<EnvironmentId>, at: DateTime<Utc>, failed: bool) {
    app.saving.open_slot(Slot::Own);
    let step = (!failed).then(|| log::Step { plan, id: WATCH.to_string() });
    if let Some(target) = running {
        let end = || Command::Do(Deed::EndRestore { target: target.clone(), failed });
        // What was recorded after it may not fit behind it: then it ends now, as it is recorded.
        let done = app.run_at(end(), at, step.clone()).or_else(|_| {
            let now = app.now_untracked();
            app.run_at(end(), now, step)
        });
        match done {
            Ok(events) => app.say(&events),
            Err(refusal) => app.toast(refusal.with_help().to_string()),
        }
    } else if !failed && app.tick(plan, WATCH, true) {
        app.toast("The step is ticked.".to_string());
    }
}
