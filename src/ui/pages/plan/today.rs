//! Whether the plan still holds: which of its open steps are no longer true with today's facts and at this moment.

use super::Ticks;
use crate::domain::plan::{Plan, StepProblem};
use crate::domain::restore::Weight;
use crate::ui::components::{Notice, RuleChips, Says, Tone};
use crate::view_model::words::sentence;
use leptos::prelude::*;

#[component]
pub fn Today(plan: Plan) -> impl IntoView {
    let ticks = expect_context::<Ticks>();
    let steps: Vec<String> = plan.steps.iter().map(|s| s.id.clone()).collect();
    let steps = StoredValue::new(steps);
    let place = move |step: &Option<String>| {
        let id = step.as_deref()?;
        steps.with_value(|all| all.iter().position(|s| s == id)).map(|p| (p + 1, format!("step-{id}")))
    };
    let list = move |tone: Tone, title: &'static str, problems: Vec<StepProblem>| {
        (!problems.is_empty()).then(|| {
            view! {
                <Notice tone>
                    <p><strong>{title}</strong></p>
                    <ul class="reason-list">
                        {problems
                            .into_iter()
                            .map(|p| {
                                let where_ = place(&p.step);
                                view! { <ProblemLine problem=p place=where_ /> }
                            })
                            .collect_view()}
                    </ul>
                </Notice>
            }
        })
    };
    view! {
        <div role="status">
            {move || {
                let (against, cautions): (Vec<_>, Vec<_>) =
                    ticks.problems.get().into_iter().partition(|p| p.weight <= Weight::Ask);
                view! {
                    {list(Tone::Error, "Some of this plan is no longer true", against)}
                    {list(Tone::Warning, "Changed since this plan was made", cautions)}
                }
            }}
        </div>
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
fn ProblemLine(problem: StepProblem, place: Option<(usize, String)>) -> impl IntoView {
    let (class, symbol) = mark(problem.weight);
    let show = move |id: String| {
        if let Some(element) = document().get_element_by_id(&id) {
            element.scroll_into_view();
            if let Ok(element) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element) {
                let _ = element.focus();
            }
        }
    };
    view! {
        <li class="reason">
            <span class=class aria-hidden="true">{symbol}</span>
            <span>
                {place.map(|(number, id)| view! {
                    <button type="button" class="btn link" on:click=move |_| show(id.clone())>{format!("Step {number}")}</button> ": "
                })}
                <Says text=sentence(&problem.says) /> " " <span class="reason-help"><Says text=problem.help /></span>
            </span>
            <RuleChips rules=problem.rules />
        </li>
    }
}

/// At its step.
#[component]
pub fn ProblemView(problem: StepProblem) -> impl IntoView {
    let word = match problem.weight {
        Weight::Stop => "Not as it stands: ",
        Weight::Ask => "Not known any more: ",
        Weight::Caution | Weight::Note => "Changed: ",
    };
    view! { <p class="plan-caution"><strong>{word}</strong> <Says text=sentence(&problem.says) /> " " <Says text=problem.help /> " " <RuleChips rules=problem.rules /></p> }
}
