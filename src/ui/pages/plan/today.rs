//! Whether the plan still holds: it is checked again with today's facts and at this moment.

use super::Ticks;
use crate::domain::plan::Plan;
use crate::ui::components::{Notice, RuleChips, Tone};
use crate::ui::state::use_app;
use crate::view_model::words::sentence;
use crate::workspace::wizard::review::today;
use leptos::prelude::*;

#[component]
pub fn Today(plan: Plan, number: u32) -> impl IntoView {
    let app = use_app();
    let ticks = expect_context::<Ticks>();
    let begun_id = plan.steps.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
    let begun = Memo::new(move |_| begun_id.iter().any(|id| ticks.at(id).is_some()));
    let state = Memo::new(move |_| app.with(|w| today(&w.tenant, &plan, app.now())));
    let _ = number;
    view! {
        <div role="status">
            {move || {
                let state = state.get();
                let refused = state.refused;
                (!refused.is_empty()).then(|| view! {
                    <Notice tone=Tone::Error>
                        <p><strong>"This plan would be refused today."</strong>
                            {move || begun.get().then_some(" Some of it may be what the plan itself has done so far.")}
                        </p>
                        <ul class="reason-list">
                            {refused.into_iter().map(|c| view! {
                                <li class="reason">
                                    <span class="r" aria-hidden="true">"✕"</span>
                                    <span>{sentence(&c.says)} " " <span class="reason-help">{c.help}</span></span>
                                    <RuleChips rules=vec![c.rule] />
                                </li>
                            }).collect_view()}
                        </ul>
                    </Notice>
                })
            }}
            {move || {
                let new = state.get().new_cautions;
                (!new.is_empty()).then(|| view! {
                    <Notice tone=Tone::Warning>
                        <p><strong>"New since this plan was made"</strong></p>
                        <ul class="reason-list">
                            {new.into_iter().map(|(says, rules)| view! {
                                <li class="reason">
                                    <span class="a" aria-hidden="true">"!"</span>
                                    <span>{sentence(&says)}</span>
                                    <RuleChips rules />
                                </li>
                            }).collect_view()}
                        </ul>
                    </Notice>
                })
            }}
            {move || state.get().unknown_edition.then(|| view! {
                <Notice tone=Tone::Warning>
                    <p>"This version of the app does not know the edition that the plan was made under. It was checked under the default edition."</p>
                </Notice>
            })}
        </div>
    }
}
