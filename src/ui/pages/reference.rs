//! The one reference: every rule, how long backups are kept and which kind goes onto which, with all editions side by side and what it
//! means for the user's own environments.

mod changes;
mod days;
mod kinds;
mod list;
mod rule;

use crate::domain::edition::Basis;
use crate::domain::rule::RuleId;
use crate::ui::components::{Notice, Tone};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::slowly::later;
use crate::ui::state::use_app;
use crate::view_model::words::inside;
use changes::Changes;
use days::Days;
use kinds::Kinds;
use list::List;
use rule::Rule;
use wasm_bindgen::JsCast;

#[component]
pub fn ReferencePage() -> impl IntoView {
    let app = use_app();
    // Kept while the page is left: the address may already be that of the next one.
    let wanted = Memo::new(move |before: Option<&Option<RuleId>>| match app.route() {
        Route::Reference(rule) => rule,
        _ => before.copied().flatten(),
    });
    let some = Memo::new(move |_| app.with(|w| w.tenant.living().next().is_some()));
    // A rule that the address names is brought into view once it is drawn.
    Effect::new(move |before: Option<Option<RuleId>>| {
        let wanted = wanted.get();
        if wanted.is_some() {
            request_animation_frame(move || show(before.is_some()));
        }
        wanted
    });
    view! {
        <div class="reference">
            <div class="head">
                <div>
                    <h1>"Rules & retention"</h1>
                    <p class="sub">"What the answers rest on, by the " {move || inside(app.edition().title)}</p>
                </div>
                <button type="button" class="btn no-print" on:click=move |_| drop(window().print())>"Print"</button>
            </div>
            {live(move || (app.edition().basis == Basis::ChangeNotes).then(|| view! {
                <Notice tone=Tone::Warning><p>{app.edition().origin}</p></Notice>
            }))}
            <div class="reference-grid">
                <List rule=wanted />
                <div class="reference-parts">
                    {live(move || wanted.get().map(|rule| view! { <Rule rule /> }))}
                    // The head and the list of rules are there at once.
                    {later(|| view! { <Days /> })}
                    {later(|| view! { <Kinds /> })}
                    {live(move || some.get().then(|| later(|| view! { <Changes /> })))}
                </div>
            </div>
        </div>
    }
}

/// Where the open rule begins.
const OPEN: &str = "open-rule";

/// Brings the open rule into view; `chosen` here, it gets the focus too.
fn show(chosen: bool) {
    let entry = document().query_selector(".reference-list [aria-current]").ok().flatten();
    if let Some(entry) = entry.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
        && let Ok(Some(list)) = entry.closest(".reference-list")
    {
        list.set_scroll_top(entry.offset_top() - list.client_height() / 2);
    }
    let found = document().get_element_by_id(OPEN).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(rule) = found else { return };
    let at = rule.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|h| h.as_f64()).unwrap_or_default();
    if at.top() < 0.0 || at.top() > height / 2.0 {
        rule.scroll_into_view();
    }
    if chosen {
        let _ = rule.focus();
    }
}
