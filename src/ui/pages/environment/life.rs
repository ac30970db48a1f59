//! What goes on with an environment at this moment: a restore that runs, has ended or failed, with the checklist that belongs to
//! it; and what happens next by itself.

use crate::domain::deed::Setting;
use crate::domain::environment::{Environment, RuntimeState};
use crate::domain::history::Changed;
use crate::domain::life::of_environment;
use crate::domain::occupied::Leaves;
use crate::domain::rule::RuleId;
use crate::ui::components::{InstantView, Notice, RuleChip, RuleChips, SaysText, Tone};
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route};
use crate::ui::state::use_app;
use crate::view_model::acts::Act;
use crate::view_model::words::full_stop;
use crate::words::{Say, means};
use crate::workspace::wizard::review::progress;

#[component]
pub fn Life(env: Signal<Environment>) -> impl IntoView {
    view! {
        <LifeNow env />
        <Next env />
    }
}

/// What goes on at this moment alone.
#[component]
pub fn LifeNow(env: Signal<Environment>) -> impl IntoView {
    let app = use_app();
    let plan = Memo::new(move |_| {
        let id = env.with(|e| e.id.clone());
        app.with(|w| {
            let number = w.plan_of_restore(&id)?;
            w.plan(number).map(|p| (number, progress(p)))
        })
    });
    view! {
        <div role="status">
            <Occupied env plan />
            <Ended env plan />
            <Failed env plan />
        </div>
    }
}

/// The plan of a restore, with how much of it is done.
type Plan = Memo<Option<(u32, (usize, usize))>>;

#[component]
fn PlanLink(plan: Plan) -> impl IntoView {
    move || {
        plan.get().map(|(number, (done, all))| {
            view! { <a class="btn small" href=Route::Plan(number).href()>{format!("Its plan and checklist: {done} of {all} done")}</a> }
        })
    }
}

/// Something is being done to it (T9).
#[component]
fn Occupied(env: Signal<Environment>, plan: Plan) -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| {
        let now = app.now();
        env.with(|e| {
            let occupied = e.occupied(now)?;
            e.activity.clone().map(|a| (e.id.clone(), e.name.clone(), a, e.running.clone(), means(&occupied)))
        })
    });
    let name = move |id: &crate::domain::environment::EnvironmentId| {
        app.with(|w| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone()))
    };
    move || {
        let (id, own, activity, running, means) = shown.get()?;
        let Some(running) = running else {
            // It may be the source of a restore that was begun here.
            let target = app.with(|w| {
                w.tenant
                    .environments
                    .iter()
                    .find(|e| e.running.as_ref().is_some_and(|r| r.source == id))
                    .map(|e| e.id.clone())
            });
            // The end of a restore is recorded where it was begun.
            let ends = target.is_none();
            let leaves = activity.what.leaves();
            return Some(view! {
                <Notice tone=Tone::Warning>
                    <p>
                        {match &target {
                            Some(_) => "Its backup is being restored",
                            None => "At the last look ",
                        }}
                        {match target {
                            Some(target) => {
                                let words = name(&target);
                                view! { " onto " <a href=Route::Environment(target).href()>{words}</a> }.into_any()
                            }
                            None => view! { <SaysText text=activity.says() /> }.into_any(),
                        }}
                        {activity.since.map(|at| view! { " (since " <InstantView at /> ")" })}
                        ": " {full_stop(means)} " "
                        <RuleChip rule=RuleId::T9 />
                    </p>
                    {(ends && leaves == Leaves::Another).then(|| view! {
                        <p>"How it ended decides what is kept: once it has, import the list of environments again."</p>
                    })}
                    {ends.then(|| {
                        let id = id.clone();
                        view! {
                            <p class="actions">
                                {(leaves != Leaves::Another).then(|| view! {
                                    <button type="button" class="btn small" on:click=move |_| app.acting.menu(id.clone())>"It has ended…"</button>
                                })}
                                {(leaves != Leaves::AsItWas).then(|| view! {
                                    <a class="btn small" href=Route::Import.href()>"Import the list again"</a>
                                })}
                            </p>
                        }
                    })}
                </Notice>
            }.into_any());
        };
        let (succeeded, failed) = (id.clone(), id.clone());
        let source = if running.source == id { "its own backup".to_string() } else { name(&running.source) };
        Some(view! {
            <Notice tone=Tone::Warning>
                <p>
                    <strong>"A restore onto it runs: "</strong> {format!("{own} is overwritten with {source} of ")} <InstantView at=running.point plain=true />
                    {if running.include_audit_logs { ", with audit logs" } else { ", without audit logs" }}
                    {activity.since.map(|at| view! { ". It began " <InstantView at /> })}
                    ". " <RuleChips rules=vec![RuleId::R3, RuleId::R7, RuleId::T9] />
                </p>
                {running.ends.map(|at| view! { <p>"In this rehearsal it ends " <InstantView at /> " (invented)."</p> })}
                <p class="actions">
                    {running.ends.is_none().then(|| view! {
                        <button type="button" class="btn small" on:click=move |_| app.acting.begin(Some(succeeded.clone()), Act::EndRestore { failed: false })>
                            "It succeeded…"
                        </button>
                        <button type="button" class="btn small" on:click=move |_| app.acting.begin(Some(failed.clone()), Act::EndRestore { failed: true })>
                            "It failed…"
                        </button>
                    })}
                    <PlanLink plan />
                </p>
            </Notice>
        }.into_any())
    }
}

/// What a restore left behind and somebody has to do (R9 to R13).
const LEFT_BEHIND: [RuleId; 5] = [RuleId::R9, RuleId::R10, RuleId::R11, RuleId::R12, RuleId::R13];

/// A restore onto it has succeeded, and is not over before the checklist is.
#[component]
fn Ended(env: Signal<Environment>, plan: Plan) -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| {
        env.with(|e| {
            let last = e.history.iter().rev().find_map(|c| match &c.what {
                Changed::Restored { source, point } => Some((c.at, source.clone(), *point)),
                _ => None,
            })?;
            let closed = e.state.get() == Some(&RuntimeState::AdminMode);
            let open = plan.get().is_some_and(|(_, (done, all))| done < all);
            // After a failed try the earlier success has nothing to say.
            let superseded = e.running.is_some() || e.failed_restore.is_some();
            ((closed || open) && !superseded).then(|| (e.id.clone(), last, closed))
        })
    });
    move || {
        let (id, (at, source, point), closed) = shown.get()?;
        let own = source == id;
        let from = app.with(|w| w.tenant.get(&source).map_or_else(|| source.to_string(), |e| e.name.clone()));
        let without_plan = plan.get().is_none();
        let edition = app.edition();
        Some(view! {
            <Notice tone=Tone::Info>
                <p>
                    <strong>"It was overwritten by a restore "</strong> <InstantView at />
                    {if own { ", with its own backup of ".to_string() } else { format!(", with the backup of {from} of ") }}
                    <InstantView at=point plain=true /> "."
                </p>
                {closed.then(|| view! {
                    <p>"It is in administration mode until somebody turns it off. " <RuleChip rule=RuleId::R9 /></p>
                })}
                {without_plan.then(|| view! {
                    <details>
                        <summary>"What is left to do"</summary>
                        <ul class="reasons">
                            {LEFT_BEHIND.into_iter().map(|rule| view! {
                                <li>{edition.rule(rule).sentence} " " <RuleChip rule /></li>
                            }).collect_view()}
                        </ul>
                    </details>
                })}
                <p class="actions">
                    {closed.then(|| view! {
                        <button type="button" class="btn small" on:click=move |_| app.acting.begin(Some(id.clone()), Act::Set(Setting::AdministrationMode(false)))>
                            {move || if app.is_play() { "Turn administration mode off…" } else { "Record that administration mode was turned off…" }}
                        </button>
                    })}
                    <PlanLink plan />
                </p>
            </Notice>
        })
    }
}

/// A restore onto it has failed: what that leaves behind under this edition, and the ways out (R20).
#[component]
fn Failed(env: Signal<Environment>, plan: Plan) -> impl IntoView {
    let app = use_app();
    let shown =
        Memo::new(move |_| env.with(|e| e.failed_restore.filter(|_| e.running.is_none()).map(|at| (e.id.clone(), at))));
    let retry = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        env.with(|e| of_environment(edition, e, now)).into_iter().find(|u| u.said.rules.contains(&RuleId::R20))
    });
    move || {
        let (id, at) = shown.get()?;
        let again = Route::Restore(RestoreQuery { target: Some(id.clone()), ..RestoreQuery::default() }).href();
        let wait = retry.get();
        let left = app.edition().rule(RuleId::R20).sentence;
        Some(view! {
            <Notice tone=Tone::Warning>
                <p>
                    <strong>"A restore onto it failed: "</strong> <InstantView at /> ". " {left} " "
                    <RuleChip rule=RuleId::R20 />
                </p>
                {wait.clone().map(|next| view! { <p><SaysText text=next.says().sentence() /> " " <InstantView at=next.at /></p> })}
                <p class="actions">
                    <a class="btn small" href=again>{if wait.is_some() { "Plan another try for then" } else { "Try again onto it" }}</a>
                    <button type="button" class="btn small" on:click=move |_| app.acting.begin(Some(id.clone()), Act::Delete)>
                        {move || if app.is_play() { "Delete it…" } else { "Record that it was deleted…" }}
                    </button>
                    <PlanLink plan />
                </p>
                <p class="hint">"Resetting it and copying onto it are done in the admin center; import the inventory again afterwards."</p>
            </Notice>
        })
    }
}

/// How many are listed.
const LISTED: usize = 6;

/// What happens next by itself.
#[component]
fn Next(env: Signal<Environment>) -> impl IntoView {
    let app = use_app();
    let next = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        env.with(|e| of_environment(edition, e, now))
    });
    move || {
        let all = next.get();
        (!all.is_empty()).then(|| {
            view! {
                <details class="card pad next-here">
                    <summary>"What happens next by itself"</summary>
                    <ul class="reasons">
                        {all
                            .into_iter()
                            .take(LISTED)
                            .map(|u| view! { <li><InstantView at=u.at /> ": " <SaysText text=u.says().sentence() /> " " <RuleChips rules=u.said.rules /></li> })
                            .collect_view()}
                    </ul>
                </details>
            }
        })
    }
}
