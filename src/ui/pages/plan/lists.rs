//! The plan's lists: cautions, deadlines, the checklist for afterwards, assumptions.

use super::Ticks;
use crate::domain::order::Order as _;
use crate::domain::plan::{Deadline, Item};
use crate::domain::restore::SAFE_LEAD;
use crate::ui::components::to_tick::{Ticked, ToTick, page_of};
use crate::ui::components::{InstantView, RuleChips, SaysText};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::words::count;
use crate::words::Text;
use std::sync::Arc;

/// How many losses and risks, in words.
pub fn losses(of: usize) -> String {
    count(of, "loss or risk", "losses and risks")
}

/// Each is confirmed before the first step.
#[component]
pub fn Cautions(items: Vec<(Item, Text)>) -> impl IntoView {
    to_tick(items, "plan-cautions", "Losses and risks", "Confirm each: I know, and have decided.")
}

fn to_tick(items: Vec<(Item, Text)>, id: &'static str, title: &'static str, says: &'static str) -> impl IntoView {
    let ticks = expect_context::<Ticks>();
    let is_done = Arc::new(move |item: &Item, _: &Text| ticks.at(&item.id).is_some());
    let set = Callback::new(move |(item, _, done): Ticked| ticks.set(&item.id, done));
    view! { <ToTick items id title says is_done set /> }
}

#[component]
pub fn Assumptions(items: Vec<(Item, Text)>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        view! {
            <section class="card pad" aria-labelledby="plan-assumptions">
                <h3 id="plan-assumptions">"What this plan rests on"</h3>
                <ul class="reason-list">
                    {items
                        .into_iter()
                        .map(|(i, says)| view! {
                            <li class="reason">
                                <span aria-hidden="true">"·"</span>
                                <span><SaysText text=says /> {page_of(&i)}</span>
                                <RuleChips rules=i.rules />
                            </li>
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
pub fn Deadlines(mut deadlines: Vec<(Deadline, Text)>) -> impl IntoView {
    let app = use_app();
    deadlines.order_by_key(|(d, _)| d.at);
    (!deadlines.is_empty()).then(|| {
        view! {
            <section class="card pad" aria-labelledby="plan-deadlines">
                <h3 id="plan-deadlines">"Deadlines"</h3>
                <ul class="plan-deadlines">
                    {deadlines
                        .into_iter()
                        .map(|(d, says)| {
                            let at = d.at;
                            let tag = move || {
                                let now = app.now();
                                if at <= now {
                                    Some(("tag no", "✕ Passed"))
                                } else if at - now < SAFE_LEAD {
                                    Some(("tag ask", "! Within a day"))
                                } else {
                                    None
                                }
                            };
                            view! {
                                <li>
                                    <p class="plan-when">
                                        <InstantView at=at /> " "
                                        {live(move || tag().map(|(class, says)| view! { <span class=class>{says}</span> }))}
                                    </p>
                                    <p><SaysText text=says /> " " <RuleChips rules=d.rules /></p>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
pub fn Afterwards(items: Vec<(Item, Text)>) -> impl IntoView {
    const SAYS: &str = "What a restore leaves behind. Tick off what you have done or checked.";
    to_tick(items, "plan-afterwards", "Afterwards", SAYS)
}
