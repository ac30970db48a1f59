//! Step 4: audit logs, a new name, apps with procedures of their own.

use super::pieces::{FieldError, chips, sentence};
use super::{StepHeading, use_wizard};
use crate::domain::restore::{self, SpecialApp};
use crate::domain::rule::RuleId;
use crate::interop::commands::audit_switches;
use crate::ui::components::RuleChip;
use crate::ui::prelude::*;
use crate::workspace::Goal;
use crate::workspace::wizard::{Field, WizardStep};

#[component]
pub fn OptionsStep() -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let overwrites = Memo::new(move |_| goal.get() != Goal::Beside);
    view! {
        <StepHeading step=WizardStep::Options question="What else?" />
        <AuditLogs />
        {live(move || overwrites.get().then(|| view! { <NewName /> }))}
        <Apps />
    }
}

#[component]
fn AuditLogs() -> impl IntoView {
    let wizard = use_wizard();
    let on = wizard.memo(|d| d.include_audit_logs);
    let manual = wizard.memo(|d| d.manual);
    let itself = wizard.memo(|d| d.goal != Goal::Beside && d.source.is_some() && d.source == d.target);
    let source = Memo::new(move |_| wizard.desk(|d| d.source().map(|s| s.name.clone()).unwrap_or_default()));
    view! {
        <fieldset class="wizard-field">
            <legend>"Audit logs"</legend>
            <div class="check-card" class:on=move || on.get()>
                <input
                    type="checkbox"
                    id=Field::AuditLogs.dom_id()
                    prop:checked=move || on.get()
                    on:change=move |e| {
                        let on = event_target_checked(&e);
                        wizard.app.update_draft(|d| d.include_audit_logs = on);
                    }
                    aria-describedby="wizard-audit-says"
                />
                <label for=Field::AuditLogs.dom_id()>{move || format!("Include the audit logs of {}", source.get())}</label>
                <div class="check-says" id="wizard-audit-says">
                    <p>
                        "Off by default. Turning it on can add a lot of time. The command-line tools do the opposite: they copy audit logs unless told to skip them; the plan's commands say it either way. "
                        <RuleChip rule=RuleId::R5 />
                    </p>
                    <AuditBothWays on />
                    {live(move || itself.get().then(|| view! {
                        <p>"Restored onto itself, it keeps all its audit logs anyway, also those after the restore point. " <RuleChip rule=RuleId::R6 /></p>
                    }))}
                    {live(move || (!manual.get()).then(|| view! {
                        <p>"The page describes this option for manual backups only; it is offered for system backups as well. " <RuleChip rule=RuleId::D10 /></p>
                    }))}
                </div>
            </div>
        </fieldset>
    }
}

/// What each tool's command says, off and on; what is chosen stands out.
#[component]
fn AuditBothWays(on: Memo<bool>) -> impl IntoView {
    let head = |with: bool, words: &'static str| {
        view! { <th scope="col" class:chosen=move || on.get() == with>{words} {move || (on.get() == with).then_some(" (chosen)")}</th> }
    };
    view! {
        <table class="audit-ways">
            <caption class="visually-hidden">"What the printed command says"</caption>
            <thead><tr><th scope="col">"Tool"</th>{head(false, "Left out")}{head(true, "Included")}</tr></thead>
            <tbody>
                {audit_switches().into_iter().map(|(tool, left_out, included)| view! {
                    <tr>
                        <th scope="row">{tool}</th>
                        <td class:chosen=move || !on.get()><code>{left_out}</code></td>
                        <td class:chosen=move || on.get()><code>{included}</code></td>
                    </tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn NewName() -> impl IntoView {
    let wizard = use_wizard();
    let name = wizard.memo(|d| d.new_name.clone());
    let target = Memo::new(move |_| {
        wizard.desk(|d| d.target().map(|t| restore::confirmation(t).to_string()).unwrap_or_default())
    });
    let same = Memo::new(move |_| {
        wizard.desk(|d| {
            d.request()
                .zip(d.target())
                .is_some_and(|(r, t)| r.new_name.is_some() && restore::wanted_name(&r, t).is_none())
        })
    });
    let problem = wizard.problem_at(Field::NewName);
    view! {
        <div class="field wizard-field">
            <div class="label-line">
                <label for=Field::NewName.dom_id()>"New name of the target (optional)"</label>
                <span class="hint" id="wizard-new-name-hint">
                    {move || format!("Leave it empty to keep “{}”.", target.get())} " " <RuleChip rule=RuleId::R4 />
                </span>
            </div>
            <input
                type="text"
                id=Field::NewName.dom_id()
                class="input"
                autocomplete="off"
                prop:value=move || name.get()
                on:input=move |e| {
                    let text = event_target_value(&e);
                    wizard.app.update_draft(|d| d.new_name = text);
                }
                aria-describedby="wizard-new-name-hint wizard-new-name-error"
                aria-invalid=move || problem.get().is_some().then_some("true")
            />
            <p class="hint" role="status">{move || same.get().then_some("It is called that already, so it keeps its name.")}</p>
            <FieldError id="wizard-new-name-error" says=problem />
        </div>
    }
}

#[component]
fn Apps() -> impl IntoView {
    let wizard = use_wizard();
    let chosen = wizard.memo(|d| d.special_apps.clone());
    view! {
        <fieldset class="wizard-field" id=Field::SpecialApps.dom_id() tabindex="-1">
            <legend>"Does it have apps with procedures of their own?"</legend>
            <p class="hint">{sentence("the plan says so and links to each procedure")} " " {chips(vec![RuleId::R19])}</p>
            <div class="app-lines">
                {SpecialApp::ALL
                    .into_iter()
                    .enumerate()
                    .map(|(i, app)| {
                        let id = format!("wizard-app-{i}");
                        view! {
                            <div class="radio-line">
                                <input
                                    type="checkbox"
                                    id=id.clone()
                                    prop:checked=move || chosen.with(|c| c.contains(&app))
                                    on:change=move |e| {
                                        let on = event_target_checked(&e);
                                        wizard.app.update_draft(|d| {
                                            d.special_apps.retain(|a| *a != app);
                                            if on {
                                                d.special_apps.push(app);
                                            }
                                        });
                                    }
                                />
                                <label for=id>{app.title()}</label>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}
