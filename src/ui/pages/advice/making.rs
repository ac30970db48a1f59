//! From a way to its plan, without a second wizard: what is still to be chosen or confirmed is asked right there.

use super::ToldMishap;
use crate::domain::advice::Way;
use crate::domain::plan::Purpose;
use crate::domain::rule::RuleId;
use crate::platform::clock::BrowserZone;
use crate::ui::components::plan_button::make_plan;
use crate::ui::components::{RuleChip, SaysText};
use crate::ui::prelude::*;
use crate::words::Text;
use crate::workspace::Draft;
use crate::workspace::wizard::review::draft_of;
use crate::workspace::wizard::{Field, Problem, WizardDesk, WizardStep};
use std::collections::BTreeMap;

/// What is typed and chosen before the plan of a way is made, by the way's id. Kept while the ways are judged anew.
#[derive(Clone, Copy, Default)]
pub(super) struct Confirming(pub RwSignal<BTreeMap<String, Typed>>);

#[derive(Clone, Default, PartialEq)]
pub(super) struct Typed {
    name: String,
    audit: bool,
    /// It was tried to make the plan.
    tried: bool,
}

/// Audit logs, the name of what is overwritten (R3), and the button.
#[component]
pub(super) fn MakePlan(way: Way, purpose: Purpose, told: ToldMishap) -> impl IntoView {
    let app = told.app;
    let overwrites = !matches!(purpose, Purpose::BulkDeletion { .. });
    // R6.
    let itself = match &purpose {
        Purpose::Restore(r) | Purpose::RestoreToProduction(r) => r.source == r.target,
        Purpose::BulkDeletion { .. } => false,
    };
    let audit_says = match itself {
        true => "off by default: it keeps all of its own anyway, and it can add a lot of time",
        false => "off by default: it can add a lot of time",
    };
    let id = format!("make-{}", super::way::dom_id(&way.id()));
    let Confirming(all) = expect_context();
    let of = StoredValue::new(way.id());
    let typed = Memo::new(move |_| of.with_value(|id| all.with(|all| all.get(id).cloned().unwrap_or_default())));
    let change = move |change: &dyn Fn(&mut Typed)| all.update(|all| change(all.entry(of.get_value()).or_default()));
    let tried = Memo::new(move |_| typed.with(|t| t.tried));
    let draft = Memo::new(move |_| Draft {
        confirm_typed: typed.with(|t| t.name.clone()),
        include_audit_logs: typed.with(|t| t.audit),
        ..draft_of(&purpose, app.now(), &BrowserZone)
    });
    let asked = move |draft: &Draft| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            let desk = WizardDesk { edition, tenant: &w.tenant, draft, now, zone: &BrowserZone };
            // The losses are confirmed in the runbook, which opens with them.
            let here = |p: &Problem| p.field != Field::Losses;
            let problems: Vec<Text> =
                desk.problems(WizardStep::Review).into_iter().filter(here).map(|p| p.says).collect();
            (problems, desk.purpose(), desk.confirmation().map(|c| (c.text(), c.why())))
        })
    };
    let now = Memo::new(move |_| draft.with(asked));
    let (name_id, error_id, audit_id) = (format!("{id}-name"), format!("{id}-error"), format!("{id}-audit"));
    let field = StoredValue::new(name_id.clone());
    // The one before stands on the page until this one takes its place.
    if document().active_element().is_some_and(|at| at.id() == name_id) {
        focus_soon(name_id.clone());
    }
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (problems, purpose, _) = now.get_untracked();
        let made = problems.is_empty() && purpose.is_some_and(|p| make_plan(app, &p, &[]));
        if !made {
            change(&|t| t.tried = true);
            focus_soon(field.get_value());
        }
    };
    view! {
        <form class="way-make" novalidate on:submit=make>
            {overwrites.then(|| view! {
                <div class="field">
                    <label for=name_id.clone()>
                        {move || now.with(|(_, _, w)| format!("Type {} to confirm", w.as_ref().map(|(text, _)| text.as_str()).unwrap_or_default()))}
                    </label>
                    {live(move || now.get().2.and_then(|(_, why)| why).map(|why| view! { <span class="hint"><SaysText text=why /></span> }))}
                    <input type="text" id=name_id.clone() class="input" autocomplete="off" spellcheck="false"
                        prop:value=move || typed.with(|t| t.name.clone())
                        on:input=move |e| change(&|t| t.name = event_target_value(&e))
                        aria-describedby=error_id.clone()
                        aria-invalid=move || (tried.get() && now.with(|(p, ..)| !p.is_empty())).then_some("true") />
                </div>
            })}
            <div id=error_id.clone() aria-live="polite">
                {live(move || tried.get().then(|| now.get().0.into_iter().map(|says| view! {
                    <p class="field-error"><SaysText text=says.sentence() /></p>
                }).collect_view()))}
            </div>
            <p class="actions">
                <button type="submit" class="btn pri">"Make the plan"</button>
            </p>
            <div class="radio-line">
                <input type="checkbox" id=audit_id.clone() prop:checked=move || typed.with(|t| t.audit)
                    on:change=move |e| change(&|t| t.audit = event_target_checked(&e)) />
                <label for=audit_id>"Include audit logs " <span class="hint">{audit_says}</span> " " <RuleChip rule=RuleId::R5 /></label>
            </div>
        </form>
    }
}
