//! What stands on paper only: where the plan comes from, how old its data is, lines to sign. All else is the page itself.

use super::Typing;
use crate::domain::plan::Blank;
use crate::domain::plan::Plan;
use crate::interop::commands::blanks;
use crate::platform::clock::BrowserZone;
use crate::ui::components::{Exact, InstantView, SaysText};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::runbook::who;
use crate::workspace::local_time::{Zone, show_offset, span};

/// The tenant, above the title.
#[component]
pub fn PaperTenant() -> impl IntoView {
    let app = use_app();
    view! { <p class="print-only paper-tenant">"Restore Desk · " {move || app.tenant_name()}</p> }
}

/// What says how old this paper and its data are; what the plan is for, when it was made and under which rules stands on the
/// page itself.
#[component]
pub fn PaperHead(plan: Plan, number: u32) -> impl IntoView {
    let app = use_app();
    let typing = expect_context::<Typing>();
    let ids = [("Source id", Some(plan.source().to_string())), ("Target id", plan.target().map(ToString::to_string))];
    let roles = who(&plan);
    let blank = {
        let plan = plan.clone();
        Memo::new(move |_| {
            let mut all = blanks(&plan, typing.cloud.get());
            all.push(Blank::Who);
            all.into_iter()
                .map(|b| (b.label(), typing.typed.with(|t| t.text(b).trim().to_string())))
                .collect::<Vec<_>>()
        })
    };
    let point = plan.point();
    let data = {
        let plan = plan.clone();
        Memo::new(move |_| app.with(|w| plan.data_from(&w.tenant)))
    };
    let age = move || match data.get() {
        Some(at) => {
            let old = span(app.now() - at).unwrap_or_else(|| "under a minute".into());
            view! { "imported " <InstantView at plain=true /> ", " {old} " before this was printed" }.into_any()
        }
        None if app.with(|w| w.tenant.sample) => "of the sample tenant: nothing in it exists".into_any(),
        None => "not known: at least one of the environments is in no import of this tenant".into_any(),
    };
    let zone = move || show_offset(BrowserZone.offset_minutes(app.real_now()));
    view! {
        <dl class="pairs print-only paper-head">
            <dt>"Plan"</dt> <dd>{format!("No. {number}")}</dd>
            {point.map(|at| view! { <dt>"Goes back to"</dt> <dd><Exact at /></dd> })}
            {ids.into_iter().filter_map(|(role, id)| Some(view! { <dt>{role}</dt> <dd><code>{id?}</code></dd> })).collect_view()}
            {live(move || blank.get().into_iter().map(|(label, text)| (label, text.is_empty(), text)).map(|(label, open, text)| view! { <dt>{label}</dt> <dd class:paper-line=open>{text}</dd> }).collect_view())}
            <dt>"Who may"</dt> <dd><SaysText text=roles /></dd>
            <dt>"Printed"</dt> <dd><InstantView at=Signal::derive(move || app.real_now()) plain=true /></dd>
            <dt>"Data"</dt> <dd>{age}</dd>
            <dt>"Commands"</dt> <dd>{move || typing.shell().title()}</dd>
            <dt>"Times"</dt> <dd>"local (" {zone} " when printed), and UTC in brackets"</dd>
        </dl>
        {live(move || app.is_play().then(|| view! {
            <p class="print-only paper-play"><strong>"Sample or rehearsal: nothing in this plan is real."</strong></p>
        }))}
    }
}

/// Who did a step, and when.
#[component]
pub fn SignStep() -> impl IntoView {
    view! {
        <p class="print-only paper-sign">
            <span>"Done by"</span> <span class="paper-line"></span> <span>"at"</span> <span class="paper-line short"></span>
            <span>"UTC"</span> <span class="paper-line short"></span>
        </p>
    }
}

/// The end of the document.
#[component]
pub fn SignOff() -> impl IntoView {
    let row = |who: &'static str| view! { <tr><th scope="row">{who}</th><td></td><td></td><td></td></tr> };
    view! {
        <section class="print-only paper-off" aria-labelledby="paper-off">
            <h2 id="paper-off">"Sign-off"</h2>
            <table>
                <thead><tr><th scope="col">"Role"</th><th scope="col">"Name"</th><th scope="col">"Date, local time and UTC"</th><th scope="col">"Signature"</th></tr></thead>
                <tbody>{row("Carried out by")}{row("Data checked by")}{row("Approved by")}</tbody>
            </table>
            <p>"Left open, and why:"</p>
            <p class="paper-line"></p>
            <p class="paper-line"></p>
        </section>
    }
}
