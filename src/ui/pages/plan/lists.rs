//! The plan's lists: cautions, deadlines, the checklist for afterwards, assumptions.

use super::Ticks;
use crate::domain::order::Order as _;
use crate::domain::plan::{Deadline, Item};
use crate::domain::restore::SAFE_LEAD;
use crate::ui::components::{InstantView, RuleChips, SaysText};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::words::count;
use crate::words::Text;

/// How many losses and risks, in words.
pub fn losses(of: usize) -> String {
    count(of, "loss or risk", "losses and risks")
}

/// Each is confirmed before the first step.
#[component]
pub fn Cautions(items: Vec<(Item, Text)>) -> impl IntoView {
    view! { <ToTick items id="plan-cautions" title="Losses and risks" says="Confirm each: I know, and have decided." /> }
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
                                <span><SaysText text=says /> {link(&i)}</span>
                                <RuleChips rules=i.rules />
                            </li>
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

/// A page of the documentation.
fn link(item: &Item) -> Option<impl IntoView + use<>> {
    let address = item.page()?.to_string();
    Some(view! {
        " " <a href=address.clone() target="_blank" rel="noopener noreferrer">"Read the procedure" <span class="visually-hidden">" (opens in a new tab)"</span></a>
        <span class="print-only paper-address">" " {address}</span>
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
    view! { <ToTick items id="plan-afterwards" title="Afterwards" says=SAYS /> }
}

/// Items to tick off, each with its rules.
#[component]
fn ToTick(items: Vec<(Item, Text)>, id: &'static str, title: &'static str, says: &'static str) -> impl IntoView {
    let ticks = expect_context::<Ticks>();
    (!items.is_empty()).then(|| {
        view! {
            <section class="card pad" aria-labelledby=id>
                <h3 id=id>{title}</h3>
                <p class="hint">{says}</p>
                <ul class="plan-checklist">
                    {items
                        .into_iter()
                        .map(|(i, says)| {
                            let dom_id = format!("item-{}", i.id);
                            let (read, write) = (i.id.clone(), i.id.clone());
                            let done = Memo::new(move |_| ticks.at(&read).is_some());
                            view! {
                                <li class="plan-item" class:done=move || done.get()>
                                    <input
                                        type="checkbox"
                                        id=dom_id.clone()
                                        prop:checked=move || done.get()
                                        on:change=move |e| ticks.set(&write, event_target_checked(&e))
                                    />
                                    <div>
                                        <label for=dom_id><SaysText text=says /></label>
                                        {link(&i)}
                                    </div>
                                    <RuleChips rules=i.rules />
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}
