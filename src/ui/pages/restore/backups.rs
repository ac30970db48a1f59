//! Step 2 of a manual restore: the source's manual backups. Those that cannot be chosen stay visible, with the reason.

use super::entry::use_backup_point;
use super::pieces::{FieldError, certainty_tag, chips, choice_row, is_chosen, refused_row};
use super::{StepHeading, use_wizard};
use crate::domain::manual_backup::{CanCreate, Stage, can_create};
use crate::domain::retention::{Certainty, Reason};
use crate::domain::rule::RuleId;
use crate::platform::clock::BrowserZone;
use crate::ui::components::{Ask, EmptyState, InstantView, ReasonList, SaysText};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::words::{Say, Text};
use crate::workspace::typed::write_local;
use crate::workspace::wizard::{Field, WizardStep};
use chrono::{DateTime, Utc};

#[derive(Clone, PartialEq)]
struct Row {
    id: String,
    label: String,
    point: DateTime<Utc>,
    created_by: Option<String>,
    stage: Stage,
    certainty: Certainty,
    guaranteed_until: Option<DateTime<Utc>>,
    possible_until: Option<DateTime<Utc>>,
    reported_expiry: Option<DateTime<Utc>>,
    why_not: Option<(RuleId, Text)>,
    /// From before a move of the source to another region (T2).
    old_region: bool,
    reasons: Vec<Reason>,
}

#[component]
pub fn BackupStep() -> impl IntoView {
    let wizard = use_wizard();
    let name = Memo::new(move |_| wizard.desk(|d| d.source().map(|s| s.name.clone())));
    let question = Signal::derive(move || match name.get() {
        Some(name) => format!("Which manual backup of {name}?"),
        None => "Which manual backup?".to_string(),
    });
    let rows = Memo::new(move |_| {
        wizard.desk(|d| {
            d.backups()
                .into_iter()
                .map(|c| Row {
                    id: c.backup.id.clone(),
                    label: c.backup.label.clone(),
                    point: c.backup.point,
                    created_by: c.backup.created_by.clone(),
                    stage: c.judged.stage,
                    certainty: c.judged.certainty,
                    guaranteed_until: c.judged.guaranteed_until,
                    possible_until: c.judged.possible_until,
                    reported_expiry: c.backup.reported_expiry,
                    why_not: c.why_not,
                    old_region: c.judged.old_region,
                    reasons: c.judged.reasons,
                })
                .collect::<Vec<_>>()
        })
    });
    let empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let chosen = wizard.memo(|d| d.backup.clone());
    let problem = wizard.problem_at(Field::Backup);
    view! {
        <StepHeading step=WizardStep::Point question />
        <fieldset class="wizard-field" id=Field::Backup.dom_id() tabindex="-1" aria-describedby="wizard-backup-error">
            <legend class="visually-hidden">"Manual backup"</legend>
            <FieldError id="wizard-backup-error" says=problem />
            {live(move || {
                if empty.get() {
                    view! { <NoBackups name=name.get().unwrap_or_default() /> }.into_any()
                } else {
                    view! {
                        <ul class="choices">
                            <For each=move || rows.get() key=|r| format!("{}{:?}{:?}{:?}", r.id, r.stage, r.certainty, r.guaranteed_until) let:row>
                                <BackupRow row chosen />
                            </For>
                        </ul>
                    }
                    .into_any()
                }
            })}
        </fieldset>
    }
}

fn stage_tag(stage: Stage) -> impl IntoView {
    let (class, says) = match stage {
        Stage::Processing => ("tag ask", "… Processing"),
        Stage::UsableWithCaution => ("tag ask", "! Usable with caution"),
        Stage::Ready => ("tag ok", "✓ Ready"),
        Stage::AtRisk => ("tag ask", "? At risk"),
        Stage::Dormant => ("tag no", "✕ Not to be chosen for now"),
        Stage::Expired => ("tag no", "✕ Expired"),
    };
    view! { <span class=class>{says}</span> }
}

#[component]
fn BackupRow(row: Row, chosen: Memo<Option<String>>) -> impl IntoView {
    let wizard = use_wizard();
    let dom_id = format!("backup-{}", row.id);
    let on = is_chosen(chosen, row.id.clone());
    let id = row.id.clone();
    let choose = move || wizard.app.update_draft(|d| d.choose(|d| &mut d.backup, id.clone()));
    let point = row.point;
    let facts = view! {
        <span class="choice-name">"“" {row.label.clone()} "”"</span> " "
        <span class="choice-about">"Point " <InstantView at=row.point /></span> " "
        {row.created_by.clone().map(|by| view! { <span class="choice-about">"Made by " {by}</span> })}
    };
    let ends = match (row.guaranteed_until, row.possible_until) {
        (Some(at), _) if row.stage != Stage::AtRisk => Some(("Guaranteed until ", at)),
        (_, Some(at)) => Some(("Possible until ", at)),
        _ => None,
    };
    let more = view! {
        <p class="choice-why">
            {if row.old_region {
                view! { <span class="tag no">"✕ Of the old region"</span> }.into_any()
            } else {
                view! {
                    {stage_tag(row.stage)} " " {(row.stage != Stage::Processing).then(|| certainty_tag(row.certainty))}
                }
                .into_any()
            }} " "
            {ends.map(|(what, at)| view! { <span>{what} <InstantView at=at /></span> })}
        </p>
        // What makes it uncertain is said at once.
        {row.reasons.first().filter(|_| row.stage == Stage::AtRisk).map(|r| view! {
            <p class="choice-why"><SaysText text=r.says().sentence() /> " " {chips(r.rules.clone())}</p>
        })}
        {row.why_not.clone().map(|(rule, says)| view! {
            <p class="choice-why">"Cannot be chosen: " <SaysText text=says.full_stop() /> " " {chips(vec![rule])}</p>
        })}
        {(row.stage == Stage::UsableWithCaution).then(|| view! {
            <p class="choice-why">"Under 15 minutes old: wait a little if you can. " {chips(vec![RuleId::M3, RuleId::M8])}</p>
        })}
        {row.reported_expiry.map(|at| view! { <p class="hint">"The service reports that it expires " <InstantView at=at /></p> })}
        <details><summary>"Why"</summary><ReasonList reasons=row.reasons.clone() /></details>
        {(row.why_not.is_some() && matches!(row.stage, Stage::Processing)).then(|| view! {
            <p class="actions">
                <button type="button" class="btn small" on:click=move |_| {
                    let now = wizard.app.now();
                    wizard.app.update_draft(|d| use_backup_point(d, point, write_local(point, &BrowserZone), now));
                }>"Use the same instant as a system point"</button>
            </p>
        })}
    };
    if row.why_not.is_some() {
        refused_row(facts, more)
    } else {
        choice_row("wizard-backup", dom_id, on, choose, facts, more)
    }
}

/// No manual backup is known: how to make or import one, or to use a system point.
#[component]
fn NoBackups(name: String) -> impl IntoView {
    let wizard = use_wizard();
    let can = Memo::new(move |_| wizard.desk(|d| d.source().map(|s| (s.id.clone(), can_create(d.edition, s)))));
    let said_name = name.clone();
    let how = move || match can.get() {
        Some((_, CanCreate::Yes)) => view! {
            <p>
                "Make one in the admin center (Environments > " {said_name.clone()}
                " > Backup & Restore > Create a manual backup), wait 15 minutes, and import the list of its backups. "
                {chips(vec![RuleId::M1, RuleId::M3])}
            </p>
        }
        .into_any(),
        Some((_, CanCreate::No(reasons))) => view! {
            <p>"Manual backups of it cannot be made:"</p>
            <ReasonList reasons />
        }
        .into_any(),
        Some((id, CanCreate::Unknown(facts))) => view! {
            <p>"Whether manual backups of it can be made depends on what is not known yet:"</p>
            {facts.into_iter().map(|fact| view! { <Ask environments=vec![id.clone()] fact /> }).collect_view()}
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <EmptyState
            title="No manual backup is known"
            says=format!("The inventory lists none for {name}. The system backup may hold the instant that you need.")
        >
            <button type="button" class="btn pri" on:click=move |_| wizard.app.update_draft(|d| d.manual = false)>
                "Use a system restore point"
            </button>
            <a class="btn" href=Route::Import.href()>"Import a list of backups"</a>
        </EmptyState>
        {how}
    }
}
