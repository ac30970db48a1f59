//! The steps, to be ticked off one by one.

use super::Ticks;
use super::paper::SignStep;
use super::tick::Ticking;
use super::today::ProblemView;
use crate::domain::plan::{Action, Step};
use crate::ui::components::{CommandBox, InstantView, RuleChips, SaysText};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::does::does;
use crate::words::Text;
use crate::words::plan::StepText;

#[component]
pub fn Steps(steps: Vec<(Step, StepText)>) -> impl IntoView {
    view! {
        <section class="card pad" aria-labelledby="plan-steps">
            <h2 id="plan-steps">"Steps"</h2>
            <ol class="plan-steps">
                {steps.into_iter().enumerate().map(|(i, (step, says))| view! { <StepView number=i + 1 step says /> }).collect_view()}
            </ol>
        </section>
    }
}

#[component]
fn StepView(number: usize, step: Step, says: StepText) -> impl IntoView {
    let ticks = expect_context::<Ticks>();
    let ticking = expect_context::<Ticking>();
    let this = StoredValue::new(step.clone());
    let Step { id, action, destructive, rules, .. } = step;
    let StepText { title, who, admin_center, verify, consequence, caution } = says;
    let dom_id = format!("step-{id}");
    let body_id = format!("step-{id}-body");
    let (read, own) = (id.clone(), id.clone());
    let problems = Memo::new(move |_| ticks.problems(&own));
    let when = Memo::new(move |_| ticks.at(&read));
    let done = Memo::new(move |_| when.get().is_some());
    // What is done folds away, and can be opened again; on paper everything is open.
    let opened = RwSignal::new(false);
    let folded = Memo::new(move |_| done.get() && !opened.get());
    let row = |what: &'static str, says: Text| {
        (!says.is_empty()).then(|| view! { <dt>{what}</dt> <dd><SaysText text=says /></dd> })
    };
    let acts = StoredValue::new(action.clone());
    let commands = (!matches!(action, Action::Manual)).then(|| {
        view! { <CommandBox action id=format!("commands-{id}") of=title.to_string() /> }
    });
    view! {
        <li class="plan-step" class:done=move || done.get()>
            <div class="plan-step-head">
                <input
                    type="checkbox"
                    id=dom_id.clone()
                    prop:checked=move || done.get()
                    on:change=move |e| {
                        opened.set(false);
                        let checked = event_target_checked(&e);
                        let settled = this.with_value(|step| if checked { ticking.tick(step) } else { ticking.untick(step) });
                        if !settled {
                            // It stays as it was until that is decided.
                            event_target::<web_sys::HtmlInputElement>(&e).set_checked(!checked);
                        }
                    }
                />
                <label for=dom_id>
                    <span class="plan-step-number num">{number} ". "</span>
                    <SaysText text=title />
                </label>
                {destructive.then(|| view! { <span class="tag no">"! Overwrites or puts at risk"</span> })}
                {live(move || when.get().map(|at| view! {
                    <span class="hint">"done " <InstantView at plain=true /></span>
                }))}
                {live(move || done.get().then(|| view! {
                    <button
                        type="button"
                        class="btn link small no-print"
                        aria-expanded=move || (!folded.get()).to_string()
                        aria-controls=body_id.clone()
                        on:click=move |_| opened.update(|o| *o = !*o)
                    >
                        {move || if folded.get() { "Show" } else { "Hide" }}
                        <span class="visually-hidden">{format!(" step {number}")}</span>
                    </button>
                }))}
            </div>
            <div class="plan-step-body" id=format!("step-{id}-body") class:folded=move || folded.get()>
                {live(move || problems.get().into_iter().map(|p| view! { <ProblemView problem=p /> }).collect_view())}
                {caution.map(|c| view! { <p class="plan-caution"><strong aria-hidden="true">"! "</strong> <span class="visually-hidden">"Caution: "</span> <SaysText text=c /></p> })}
                <dl class="pairs">
                    {live(move || ticks.is_foreign().then(|| view! { <Does action=acts.get_value() /> }))}
                    {row("Who", who)}
                    {row("Where", admin_center)}
                    {row("Effect", consequence)}
                    {row("Check", verify)}
                </dl>
                {commands}
                <p class="plan-rules"><RuleChips rules /></p>
                <SignStep />
            </div>
        </li>
    }
}

/// What a step of a plan from elsewhere does, whatever its texts say.
#[component]
fn Does(action: Action) -> impl IntoView {
    let app = use_app();
    let says = Memo::new(move |_| app.with(|w| does(&action, &w.tenant)));
    view! { <dt>"Does"</dt> <dd>{live(move || view! { <SaysText text=says.get().capital() /> })}</dd> }
}
