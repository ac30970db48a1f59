//! Step 5: every choice and consequence, all checks, and the confirmation.

use super::pieces::{FieldError, chips};
use super::{StepHeading, Wizard, step_route, use_wizard};
use crate::domain::edition::Basis;
use crate::domain::eligibility::Role;
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::moment::Moment;
use crate::domain::plan::Item;
use crate::domain::restore::{self, Check, Weight};
use crate::domain::rule::RuleId;
use crate::platform::clock::BrowserZone;
use crate::ui::components::to_tick::{Ticked, ToTick};
use crate::ui::components::{Ask, CapacityForm, SaysText, icon, plan_button};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::words::{Say, Text};
use crate::workspace::Goal;
use crate::workspace::local_time::show_both;
use crate::workspace::wizard::review::mended_in;
use crate::workspace::wizard::{Field, WizardStep};
use std::sync::Arc;

/// Makes the plan and opens it. To be called when nothing is wrong any more.
pub fn make_plan(wizard: Wizard) {
    let chosen = untrack(|| wizard.desk(|d| d.purpose().map(|p| (p, d.draft.losses.clone()))));
    if chosen.is_some_and(|(purpose, losses)| plan_button::make_plan(wizard.app, &purpose, &losses)) {
        wizard.app.clear_draft();
    } else {
        // What stops it is a check, and the checks are on this very page.
        wizard.tried.set(Some(WizardStep::Review));
    }
}

#[component]
pub fn ReviewStep() -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let overwrites = Memo::new(move |_| goal.get() != Goal::Beside);
    view! {
        <StepHeading step=WizardStep::Review question="Is everything right?" />
        <Choices />
        <Checks notes=false />
        <Losses />
        {live(move || if overwrites.get() {
            view! { <Confirm /> }.into_any()
        } else {
            view! { <p class="hint">"Nothing that exists is overwritten, so that no name has to be typed. Making the plan changes nothing yet."</p> }.into_any()
        })}
        <Checks notes=true />
    }
}

#[component]
fn Choices() -> impl IntoView {
    let wizard = use_wizard();
    let rows = Memo::new(move |_| {
        wizard.desk(|d| {
            let draft = d.draft;
            let name = |e: Option<&crate::domain::environment::Environment>| {
                e.map_or_else(|| "not chosen".to_string(), |e| format!("{} ({})", e.name, super::pieces::about(e)))
            };
            let point = if draft.manual {
                d.backup()
                    .map(|c| format!("Manual backup “{}”, {}", c.backup.label, show_both(c.backup.point, &BrowserZone)))
            } else {
                draft.instant.map(|at| show_both(at, &BrowserZone))
            };
            let target = match draft.goal {
                Goal::Beside => "A new, empty environment".to_string(),
                _ if draft.target.is_some() && draft.target == draft.source => {
                    format!("{}, onto itself", name(d.target()))
                }
                _ => name(d.target()),
            };
            let goal = match draft.goal {
                Goal::Restore => "Restore",
                Goal::ToProduction => "Restore to Production, through Sandbox and back",
                Goal::Beside => "Bring back deleted records beside the original",
            };
            let apps = draft.special_apps.iter().map(|a| a.title()).collect::<Vec<_>>().join(", ");
            let or = |text: String, none: &str| if text.trim().is_empty() { none.to_string() } else { text };
            let mut rows = vec![
                ("What", goal.to_string(), Field::Source),
                // What it is stands in the head of the page.
                ("Source", d.source().map_or_else(|| "not chosen".to_string(), |e| e.name.clone()), Field::Source),
                (
                    "Point",
                    point.unwrap_or_else(|| "not chosen".to_string()),
                    if draft.manual { Field::Backup } else { Field::LocalTime },
                ),
                ("Target", target, Field::Target),
                (
                    "Audit logs",
                    if draft.include_audit_logs { "Included: this can add a lot of time" } else { "Left out" }
                        .to_string(),
                    Field::AuditLogs,
                ),
            ];
            if draft.goal != Goal::Beside {
                let renamed =
                    d.request().zip(d.target()).and_then(|(r, t)| restore::wanted_name(&r, t).map(str::to_string));
                rows.push(("New name", or(renamed.unwrap_or_default(), "Keeps its name"), Field::NewName));
                rows.push(("Special apps", or(apps, "None named"), Field::SpecialApps));
            }
            let basis = if d.edition.basis == Basis::ChangeNotes { ", from published change notes only" } else { "" };
            (rows, format!("{}{basis}", d.edition.title))
        })
    });
    view! {
        <dl class="review-list">
            {live(move || rows.get().0.into_iter().map(|(what, value, field)| view! {
                <div class="review-row">
                    <dt>{what}</dt>
                    <dd>{value}</dd>
                    <dd class="review-change">
                        <a class="btn small plain only-icon" href=step_route(field.step()).href() title="Change" aria-label=format!("Change: {what}")>{icon("edit")}</a>
                    </dd>
                </div>
            }).collect_view())}
            <div class="review-row">
                <dt>"Rules"</dt>
                <dd>{move || rows.get().1}</dd>
                <dd></dd>
            </div>
        </dl>
    }
}

/// What is lost or risked, to be confirmed one by one before there is a plan: the runbook shows the same boxes ticked.
#[component]
fn Losses() -> impl IntoView {
    let wizard = use_wizard();
    let items = Memo::new(move |_| wizard.desk(|d| d.losses()));
    let problem = wizard.problem_at(Field::Losses);
    let is_done = Arc::new(move |_: &Item, says: &Text| wizard.desk(|d| d.knows_loss(says)));
    let set = Callback::new(move |(_, says, known): Ticked| {
        let says = says.to_string();
        wizard.app.update_draft(|d| {
            d.losses.retain(|loss| *loss != says);
            if known {
                d.losses.push(says);
            }
        });
    });
    view! {
        {live(move || view! {
            <ToTick items=items.get() id=Field::Losses.dom_id() title="Losses and risks"
                says="Confirm each: I know, and have decided." is_done=is_done.clone() set />
        })}
        <FieldError id="wizard-losses-error" says=problem />
    }
}

/// A check with the questions that it asks: whose fact, what the environment is called, which fact.
type AskingCheck = (Check, Vec<(EnvironmentId, String, FactKey)>);

#[derive(Clone, PartialEq)]
struct Group {
    title: &'static str,
    symbol: &'static str,
    class: &'static str,
    checks: Vec<AskingCheck>,
}

/// What the checks say; the notes, which lose nothing where they are not read, stand folded below all that is to be done.
#[component]
fn Checks(notes: bool) -> impl IntoView {
    let wizard = use_wizard();
    let groups = Memo::new(move |_| {
        wizard.desk(|d| {
            let purpose = d.purpose();
            let moment = Moment::new(d.edition, d.tenant, d.now);
            let all = purpose.as_ref().map(|p| restore::check_purpose(moment, p)).unwrap_or_default();
            let is_rest = |c: &Check| {
                c.weight == Weight::Caution && purpose.as_ref().is_some_and(|p| c.is_of_what_it_rests_on(p))
            };
            let asks = |check: &Check| {
                let mut out = Vec::new();
                for q in &check.said.asks {
                    let env = match q.role {
                        Role::Source => d.source(),
                        Role::Target => d.target(),
                    };
                    if let Some(env) = env {
                        out.push((env.id.clone(), env.name.clone(), q.fact));
                    }
                }
                out
            };
            // What is lost is confirmed below, once nothing stops the plan.
            let below = !restore::refused(&all);
            [
                (Weight::Stop, false, "What stops it", "✕", "r"),
                (Weight::Ask, false, "What must be answered first", "?", "a"),
                (Weight::Caution, false, "What you risk or lose", "!", "a"),
                (Weight::Caution, true, "What it rests on", "!", "a"),
                (Weight::Note, false, "Good to know, and what is left to do afterwards", "i", ""),
            ]
            .into_iter()
            .filter(|(weight, rests, ..)| {
                (*weight == Weight::Note) == notes && !(below && *weight == Weight::Caution && !rests)
            })
            .map(|(weight, rests, title, symbol, class)| Group {
                title,
                symbol,
                class,
                checks: all
                    .iter()
                    .filter(|c| c.weight == weight && rests == is_rest(c))
                    .map(|c| (c.clone(), asks(c)))
                    .collect(),
            })
            .filter(|g| !g.checks.is_empty())
            .collect::<Vec<_>>()
        })
    });
    view! {
        <div id=(!notes).then(|| Field::Checks.dom_id()) tabindex=(!notes).then_some("-1") class="review-checks">
            {live(move || groups.get().into_iter().map(|g| {
                let mends = matches!(g.symbol, "✕" | "?");
                let head = format!("{} ({})", g.title, g.checks.len());
                let checks = g.checks.into_iter().map(|(check, asks)| check_view(check, asks, g.symbol, g.class, mends));
                let list = view! { <ul class="reason-list">{checks.collect_view()}</ul> };
                match notes {
                    true => view! { <details><summary>{head}</summary>{list}</details> }.into_any(),
                    false => view! { <section><h3>{head}</h3>{list}</section> }.into_any(),
                }
            }).collect_view())}
        </div>
    }
}

fn check_view(
    check: Check,
    asks: Vec<(EnvironmentId, String, FactKey)>,
    symbol: &'static str,
    class: &'static str,
    mends: bool,
) -> impl IntoView {
    let step = mended_in(&check);
    let capacity = matches!(check.rule(), Some(RuleId::T7 | RuleId::R15));
    let link = (mends && asks.is_empty()).then(|| {
        if capacity {
            view! { <a href=Route::Import.href()>"Import the tenant’s capacity"</a> }.into_any()
        } else if step != WizardStep::Review {
            view! { <a href=step_route(step).href()>{format!("Mend it in step {}", step.index() + 1)}</a> }.into_any()
        } else {
            ().into_any()
        }
    });
    view! {
        <li class="reason">
            <span class=class aria-hidden="true">{symbol}</span>
            <div>
                <p><SaysText text=check.says() /> " " <span class="reason-help"><SaysText text=check.help() /></span></p>
                {asks.into_iter().map(|(id, name, fact)| view! {
                    <div class="choice-ask"><strong>{name} ": "</strong> <Ask environments=vec![id] fact /></div>
                }).collect_view()}
                {link}
                {check.is_of(RuleId::T7).then(|| view! { <CapacityAsk /> })}
            </div>
            {chips(check.said.rules)}
        </li>
    }
}

/// T7 is a question while the tenant's storage is unknown.
#[component]
fn CapacityAsk() -> impl IntoView {
    let app = use_wizard().app;
    let unknown = Memo::new(move |_| app.with(|w| w.tenant.capacity.is_unknown()));
    move || {
        unknown
            .get()
            .then(|| view! { <details><summary>"Type in the tenant’s storage"</summary><CapacityForm /></details> })
    }
}

/// Typing the target's name is the confirmation (R3). Enter sends the form.
#[component]
fn Confirm() -> impl IntoView {
    let wizard = use_wizard();
    let typed = wizard.memo(|d| d.confirm_typed.clone());
    let name = Memo::new(move |_| wizard.desk(|d| d.target().map(restore::confirmation).unwrap_or_default()));
    // Where others are called the same, the end of the id is typed behind the name.
    let typed_text = Memo::new(move |_| wizard.desk(|d| d.confirmation().map(|c| c.text()).unwrap_or_default()));
    let why = Memo::new(move |_| wizard.desk(|d| d.confirmation().and_then(|c| c.why())));
    let problem = wizard.problem_at(Field::Confirm);
    view! {
        <div class="confirm">
            <p>
                <strong>"Everything in " {move || name.get()} " is overwritten when the plan is carried out."</strong>
                " " {chips(vec![RuleId::R3])}
            </p>
            <div class="field">
                <label for=Field::Confirm.dom_id()>{move || format!("Type {} to confirm", typed_text.get())}</label>
                {live(move || why.get().map(|why| view! { <span class="hint" id="wizard-confirm-why"><SaysText text=why /></span> }))}
                <input
                    type="text"
                    id=Field::Confirm.dom_id()
                    class="input"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || typed.get()
                    on:input=move |e| {
                        let text = event_target_value(&e);
                        wizard.app.update_draft(|d| d.confirm_typed = text);
                    }
                    aria-describedby=move || if why.get().is_some() { "wizard-confirm-why wizard-confirm-error" } else { "wizard-confirm-error" }
                    aria-invalid=move || problem.get().is_some().then_some("true")
                />
                <FieldError id="wizard-confirm-error" says=problem />
            </div>
        </div>
    }
}
