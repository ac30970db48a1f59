//! What is said and typed once for all steps: who may do them, and the ids and names that the plan does not know.

use super::Typing;
use crate::domain::plan::{Blank, Plan};
use crate::interop::commands::{blanks, quoting::plain_id, wrong};
use crate::ui::components::icon;
use crate::ui::components::{CloudLine, Exact, SaysText};
use crate::ui::prelude::*;
use crate::view_model::runbook::who;

#[component]
pub fn Once(
    plan: Plan,
    /// Whether the plan is of this tenant.
    #[prop(into)]
    here: Signal<bool>,
) -> impl IntoView {
    let typing = expect_context::<Typing>();
    let point = plan.point();
    let ids = [("source id", Some(plan.source().clone())), ("target id", plan.target().cloned())];
    let known = ids.into_iter().filter_map(|(role, id)| {
        let id = id?;
        let shown = plain_id(id.as_str()).map_or_else(|| "has unusual characters".to_string(), str::to_string);
        let title = shown.clone();
        Some(view! { <span class="kv" title=title>{icon("check")} {role} <span class="visually-hidden">{shown}</span></span> })
    });
    let known = known.collect_view();
    let says = who(&plan);
    let plan = StoredValue::new(plan);
    let wanted = Memo::new(move |_| plan.with_value(|p| blanks(p, typing.cloud.get())));
    // Folded on a narrow screen, which says what is missing in it.
    let open = RwSignal::new(false);
    let missing = move || {
        let blank = |b: &&Blank| !b.is_optional() && typing.typed.with(|t| t.text(**b).trim().is_empty());
        let missing = wanted.with(|all| all.iter().filter(blank).count());
        (missing > 0).then(|| view! { <span class="ask">{format!("{missing} to type")}</span> })
    };
    view! {
        <button type="button" class="btn once-fold no-print" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|o| *o = !*o)>
            "Who, ids and cloud" {live(missing)} {icon("down")}
        </button>
        <dl class="once no-print" class:shown=move || open.get()>
            <dt>"Who"</dt>
            <dd><span class="kv"><SaysText text=says /></span> <Field blank=Blank::Who plan /></dd>
            <dt>"Typed once"</dt>
            <dd>
                {known}
                {point.map(|at| view! { <span class="kv">{icon("check")} "point" <span class="visually-hidden"><Exact at /></span></span> })}
                {live(move || wanted.get().into_iter().map(|blank| view! { <Field blank plan /> }).collect_view())}
                <CloudLine here />
            </dd>
        </dl>
    }
}

/// A field whose text goes into every command, and is kept with the plan as it is typed.
#[component]
fn Field(blank: Blank, plan: StoredValue<Plan>) -> impl IntoView {
    let typing = expect_context::<Typing>();
    let id = format!("typed-{}", blank.label().to_lowercase().replace(' ', "-"));
    let says = format!("{id}-wrong");
    let text = Memo::new(move |_| typing.typed.with(|t| t.text(blank).to_string()));
    let fault = Memo::new(move |_| plan.with_value(|p| wrong(p, blank, &text.get())));
    // Known by the log once the step has been recorded.
    let fixed = Memo::new(move |_| blank == Blank::NewEnvironment && typing.made.get());
    let asks = move || text.with(|t| t.trim().is_empty()) && !blank.is_optional();
    view! {
        <span class="kv typed">
            <label for=id.clone() class:ask=asks>{blank.label()}</label>
            <input id=id class="input" class:mono=blank != Blank::Who type="text" autocomplete="off" spellcheck="false"
                placeholder=blank.empty() readonly=move || fixed.get()
                aria-invalid=move || fault.get().map(|_| "true") aria-describedby=says.clone()
                prop:value=move || text.get() on:input=move |e| typing.fill(blank, &event_target_value(&e))
                on:change=move |e| {
                    let text = event_target_value(&e);
                    if blank.bare(&text) != text {
                        typing.fill(blank, blank.bare(&text));
                    }
                } />
            <span class="typed-wrong" id=says aria-live="polite">{move || fault.get()}</span>
        </span>
    }
}
