//! Whether the plan still holds: which of its open steps are no longer true with today's facts and at this moment.

use super::Ticks;
use super::steps::OpenedPlace;
use crate::domain::plan::{Plan, StepProblem};
use crate::domain::restore::Weight;
use crate::ui::components::{Notice, RuleChips, SaysText, Tone};
use crate::ui::prelude::*;
use crate::view_model::runbook::RailPlace;

#[component]
pub fn Today(plan: Plan) -> impl IntoView {
    let ticks = expect_context::<Ticks>();
    let ids = StoredValue::new(ids(&plan));
    view! {
        <div role="status">
            {live(move || {
                let changed = if ticks.is_foreign() { FOREIGN } else { "Changed since this plan was made" };
                view! { <Judged problems=ticks.problems.get() ids=ids.get_value() against="Some of this plan is no longer true" changed links=true /> }
            })}
        </div>
    }
}

/// The heading over what a plan from elsewhere may or may not tell itself.
const FOREIGN: &str = "To be known before it is carried out";

/// A plan from elsewhere, judged with what is known here before it is kept.
#[component]
pub fn JudgedHere(#[prop(into)] problems: Signal<Vec<StepProblem>>, plan: Plan) -> impl IntoView {
    let ids = StoredValue::new(ids(&plan));
    view! {
        <div class="offer-judged" role="status">
            {live(move || view! {
                <Judged problems=problems.get() ids=ids.get_value() against="Some of this plan is not true here" changed=FOREIGN links=false />
            })}
        </div>
    }
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.steps.iter().map(|s| s.id.clone()).collect()
}

/// What is against the plan, and what is to be known, in two boxes.
#[component]
fn Judged(
    problems: Vec<StepProblem>,
    ids: Vec<String>,
    against: &'static str,
    changed: &'static str,
    /// Whether the steps are on the page, to go to.
    links: bool,
) -> impl IntoView {
    let placed = problems.into_iter().map(|problem| {
        let place = ids.iter().position(|id| problem.step.as_ref() == Some(id));
        (place.map(|at| at + 1), problem)
    });
    let (stops, cautions): (Vec<_>, Vec<_>) = placed.partition(|(_, p)| p.weight <= Weight::Ask);
    let list = |tone: Tone, title: &'static str, problems: Vec<(Option<usize>, StepProblem)>| {
        (!problems.is_empty()).then(|| {
            view! {
                <Notice tone>
                    <p><strong>{title}</strong></p>
                    <ul class="reason-list">
                        {problems
                            .into_iter()
                            .map(|(number, problem)| view! { <ProblemLine problem number links /> })
                            .collect_view()}
                    </ul>
                </Notice>
            }
        })
    };
    view! {
        {list(Tone::Error, against, stops)}
        {list(Tone::Warning, changed, cautions)}
    }
}

fn mark(weight: Weight) -> (&'static str, &'static str) {
    match weight {
        Weight::Stop => ("r", "✕"),
        Weight::Ask => ("a", "?"),
        Weight::Caution | Weight::Note => ("a", "!"),
    }
}

/// In the list at the top, with the way to its step.
#[component]
fn ProblemLine(problem: StepProblem, number: Option<usize>, links: bool) -> impl IntoView {
    let (class, symbol) = mark(problem.weight);
    let opened = use_context::<OpenedPlace>();
    let show = move |number: usize| {
        if let Some(opened) = opened {
            opened.go(RailPlace::Step(number.saturating_sub(1)));
        }
    };
    view! {
        <li class="reason">
            <span class=class aria-hidden="true">{symbol}</span>
            <span>
                {number.map(|number| match links {
                    true => view! {
                        <button type="button" class="btn link" on:click=move |_| show(number)>{format!("Step {number}")}</button> ": "
                    }
                    .into_any(),
                    false => format!("Step {number}: ").into_any(),
                })}
                <SaysText text=problem.says() /> " " <span class="reason-help"><SaysText text=problem.help() /></span>
            </span>
            <RuleChips rules=problem.said.rules />
        </li>
    }
}

/// At its step.
#[component]
pub fn ProblemView(problem: StepProblem) -> impl IntoView {
    let foreign = expect_context::<Ticks>().is_foreign();
    let word = match problem.weight {
        Weight::Stop => "Not as it stands: ",
        Weight::Ask => "Not known any more: ",
        Weight::Caution | Weight::Note if foreign => "To be known: ",
        Weight::Caution | Weight::Note => "Changed: ",
    };
    view! { <p class="plan-caution"><strong>{word}</strong> <SaysText text=problem.says() /> " " <SaysText text=problem.help() /> " " <RuleChips rules=problem.said.rules /></p> }
}
