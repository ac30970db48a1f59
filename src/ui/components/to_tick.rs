//! Items to tick off: the losses of a restore before it, in the wizard and in the runbook, and the checklist after it.

use super::{RuleChips, SaysText};
use crate::domain::plan::Item;
use crate::ui::prelude::*;
use crate::words::Text;
use std::sync::Arc;

/// Whether an item is ticked off; reactive.
pub type IsDone = Arc<dyn Fn(&Item, &Text) -> bool + Send + Sync>;

/// An item with its words, and whether it is ticked off now.
pub type Ticked = (Item, Text, bool);

/// A card of items, each with its rules; nothing where there are none.
#[component]
pub fn ToTick(
    items: Vec<(Item, Text)>,
    id: &'static str,
    title: &'static str,
    says: &'static str,
    is_done: IsDone,
    set: Callback<Ticked>,
) -> impl IntoView {
    (!items.is_empty()).then(|| {
        view! {
            <section class="card pad" aria-labelledby=id>
                <div class="label-line"><h3 id=id tabindex="-1">{title}</h3> <p class="hint">{says}</p></div>
                <ul class="plan-checklist">
                    {items
                        .into_iter()
                        .map(|(item, words)| {
                            let dom_id = format!("item-{}", item.id);
                            let (is_done, read) = (is_done.clone(), (item.clone(), words.clone()));
                            let done = Memo::new(move |_| is_done(&read.0, &read.1));
                            let (link, rules) = (page_of(&item), item.rules.clone());
                            let written = words.clone();
                            view! {
                                <li class="plan-item" class:done=move || done.get()>
                                    <input
                                        type="checkbox"
                                        id=dom_id.clone()
                                        prop:checked=move || done.get()
                                        on:change=move |e| {
                                            set.run((item.clone(), written.clone(), event_target_checked(&e)));
                                            // What was refused is not ticked.
                                            event_target::<web_sys::HtmlInputElement>(&e).set_checked(done.get_untracked());
                                        }
                                    />
                                    <div>
                                        <label for=dom_id><SaysText text=words /></label>
                                        {link}
                                    </div>
                                    <RuleChips rules />
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

/// A page of the documentation.
pub fn page_of(item: &Item) -> Option<impl IntoView + use<>> {
    let address = item.page()?.to_string();
    Some(view! {
        " " <a href=address.clone() target="_blank" rel="noopener noreferrer">"Read the procedure" <span class="visually-hidden">" (opens in a new tab)"</span></a>
        <span class="print-only paper-address">" " {address}</span>
    })
}
