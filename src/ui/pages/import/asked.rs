//! Asks when the service was asked for its restore candidates: they are evidence with a date, and do not say it, or say one that cannot be (T10).

use crate::domain::rule::RuleId;
use crate::platform::clock::BrowserZone;
use crate::ui::components::{RuleChip, TimeField, TypedTime};
use crate::ui::intake::Item;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::workspace::local_time::show_both;

#[component]
pub fn ChooseDate(item: Memo<Option<Item>>) -> impl IntoView {
    let asks = Memo::new(move |_| item.with(|i| i.as_ref().is_some_and(Item::asks_date)));
    view! {
        <Show when=move || asks.get()>
            <Question item />
        </Show>
    }
}

#[component]
fn Question(item: Memo<Option<Item>>) -> impl IntoView {
    let app = use_app();
    let number = item.with_untracked(|i| i.as_ref().map_or(0, |i| i.number));
    let time = TypedTime::maybe(item.with_untracked(|i| i.as_ref().and_then(|i| i.asked))).by_real_clock();
    let said = Memo::new(move |_| item.with(|i| i.as_ref().and_then(|i| i.asked)));
    let just_now = move |_| {
        let now = crate::platform::clock::now();
        time.set(now);
        app.intake.choose_date(number, Some(now));
    };
    // What lies ahead was asked by nobody.
    let typed = move || time.at().ok().filter(|at| *at <= crate::platform::clock::now());
    view! {
        <fieldset class="act-when">
            <legend>"When was the service asked for these candidates? The file tells no time that can be used. " <RuleChip rule=RuleId::T10 /></legend>
            <p class="hint">"They hold for that moment: what changed since is judged by the rules again."</p>
            <TimeField time id=format!("asked-{number}") label="Local time at which it was asked" />
            <p class="actions">
                <button type="button" class="btn small" on:click=just_now>"Just now"</button>
                <button type="button" class="btn small" disabled=move || typed().is_none()
                    on:click=move |_| app.intake.choose_date(number, typed())>"Use this time"</button>
                <span class="hint" role="status">
                    {move || said.get().map(|at| format!("Asked at {}.", show_both(at, &BrowserZone)))}
                </span>
            </p>
        </fieldset>
    }
}
