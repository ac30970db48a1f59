use crate::ui::prelude::*;

/// A step for the list of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepEntry {
    /// 1-based.
    pub number: u8,
    pub title: &'static str,
    /// What is chosen in it, in a word or two.
    pub chosen: String,
    pub href: String,
    /// Nothing is missing in it.
    pub complete: bool,
    /// It may be opened.
    pub reachable: bool,
    pub current: bool,
}

/// The list of steps of a wizard. Steps that may be opened are links; complete ones carry a tick and the word.
#[component]
pub fn Stepper(#[prop(into)] steps: Signal<Vec<StepEntry>>, #[prop(into)] label: String) -> impl IntoView {
    let entry = |step: StepEntry| {
        let mark = if step.complete && !step.current { "✓".to_string() } else { step.number.to_string() };
        let state = match (step.current, step.complete, step.reachable) {
            (true, ..) => ", current",
            (_, true, true) => ", complete",
            (_, _, true) => "",
            _ => ", not reached yet",
        };
        let inner = view! {
            <span class="stepper-mark" aria-hidden="true">{mark}</span>
            <span class="stepper-title">
                <span class="visually-hidden">{format!("Step {}: ", step.number)}</span>
                {step.title}
                <span class="visually-hidden">{state}</span>
            </span>
            {(!step.chosen.is_empty()).then(|| view! { <span class="visually-hidden">": "</span> <span class="stepper-chosen">{step.chosen}</span> })}
        };
        let class = if step.complete { "stepper-item complete" } else { "stepper-item" };
        let body = if step.reachable && !step.current {
            view! { <a class="stepper-link" href=step.href>{inner}</a> }.into_any()
        } else {
            view! { <span class="stepper-link">{inner}</span> }.into_any()
        };
        view! { <li class=class aria-current=step.current.then_some("step")>{body}</li> }
    };
    view! {
        <nav class="stepper" aria-label=label>
            <ol>{move || steps.get().into_iter().map(entry).collect_view()}</ol>
        </nav>
    }
}
