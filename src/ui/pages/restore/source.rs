//! Step 1: what is needed, which sort of backup, and whose.

use super::entry::{choose_goal, choose_source, forget_target};
use super::pieces::{FieldError, More, PAGE, RadioCard, SearchField, chips, choice_row, is_chosen, refused_row};
use super::{StepHeading, use_wizard};
use crate::domain::eligibility::Outcome;
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::moment::Moment;
use crate::domain::outlook::{Outlook, outlooks};
use crate::domain::retention::{Use, Window};
use crate::domain::rule::RuleId;
use crate::platform::clock::BrowserZone;
use crate::ui::components::{Ask, Notice, SaysText, Tone};
use crate::ui::prelude::*;
use crate::view_model::band::reach;
use crate::view_model::far::holes_text;
use crate::view_model::words::thousands;
use crate::words::{List, Say};
use crate::workspace::Goal;
use crate::workspace::local_time::Zone;
use crate::workspace::wizard::choices::{Onto, SourceState, WhyNot, sources};
use crate::workspace::wizard::{Field, WizardStep};
use std::collections::HashMap;

#[component]
pub fn SourceStep() -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let question = Signal::derive(move || {
        match goal.get() {
            Goal::Restore => "What do you need, and whose backup?",
            Goal::ToProduction => "Which Production environment, and from whose backup?",
            Goal::Beside => "Which environment lost records?",
        }
        .to_string()
    });
    view! {
        <StepHeading step=WizardStep::Source question />
        <ChosenTarget />
        <GoalField />
        <SortField />
        <SourceField />
    }
}

/// The target that another page began with, and what it means for this step.
#[component]
fn ChosenTarget() -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let target = Memo::new(move |_| {
        wizard.desk(|d| {
            let id = d.draft.target.clone().filter(|_| d.draft.goal != Goal::Beside)?;
            let known = d.target().map(|t| (t.name.clone(), super::pieces::about(t)));
            Some((id, known, d.needs_switch()))
        })
    });
    let forget = move |_| forget_target(wizard);
    move || {
        let (id, known, needs_switch) = target.get()?;
        let gone = known.is_none();
        let says = match known {
            Some((name, about)) => view! {
                <p><strong>{format!("Onto {name}")}</strong> " " <span class="hint">{about}</span></p>
                {if needs_switch {
                    view! {
                        <p>
                            {format!("{name} is a Production environment, which is never overwritten directly: it is switched to Sandbox, restored, and switched back. ")}
                            {chips(vec![RuleId::T8, RuleId::R16])}
                        </p>
                    }
                    .into_any()
                } else {
                    view! { <p>"Sources that can be restored onto it stand first below; the others say why not."</p> }.into_any()
                }}
            }
            .into_any(),
            None => view! {
                <p>{format!("The target of the link, {id}, is no environment of the inventory, or is deleted. Choose another one in step 3.")}</p>
            }
            .into_any(),
        };
        let tone = if gone || needs_switch && goal.get() == Goal::Restore { Tone::Warning } else { Tone::Info };
        Some(view! {
            <div id="wizard-chosen-target" class="wizard-field">
                <Notice tone>
                    {says}
                    <p class="actions">
                        {(needs_switch && goal.get() == Goal::Restore).then(|| view! {
                            <button type="button" class="btn small pri" on:click=move |_| choose_goal(wizard, Goal::ToProduction)>
                                "Plan a restore to Production"
                            </button>
                        })}
                        <button type="button" class="btn small" on:click=forget>"Choose another target later"</button>
                    </p>
                </Notice>
            </div>
        })
    }
}

#[component]
fn GoalField() -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let card = move |value: Goal, id: &str, title: &'static str, says: &'static str, rules: Vec<RuleId>| {
        view! {
            <RadioCard
                name="wizard-goal"
                id=id.to_string()
                checked=Signal::derive(move || goal.get() == value)
                choose=Callback::new(move |()| choose_goal(wizard, value))
                title
                says
                rules
            />
        }
    };
    view! {
        <fieldset class="wizard-field wizard-line">
            <legend>"What do you need?"</legend>
            <div class="radio-cards">
                {card(
                    Goal::Restore,
                    "goal-restore",
                    "Restore",
                    "Overwrite an environment with an earlier state, its own or that of another one.",
                    vec![],
                )}
                {card(
                    Goal::ToProduction,
                    "goal-production",
                    "Restore to Production",
                    "A Production environment cannot be overwritten: it is switched to Sandbox, restored, and switched back.",
                    vec![RuleId::R16],
                )}
                {card(
                    Goal::Beside,
                    "goal-beside",
                    "Bring back deleted records beside the original",
                    "Restore to a new, empty environment and carry the records over. Nothing is overwritten.",
                    vec![RuleId::R17],
                )}
            </div>
        </fieldset>
    }
}

#[component]
fn SortField() -> impl IntoView {
    let wizard = use_wizard();
    let manual = wizard.memo(|d| d.manual);
    let choice = move |value: bool, id: &'static str, title: &'static str, says: &'static str, rules: Vec<RuleId>| {
        view! {
            <RadioCard
                name="wizard-sort"
                id=id.to_string()
                checked=Signal::derive(move || manual.get() == value)
                choose=Callback::new(move |()| {
                    wizard.app.update_draft(|d| {
                        d.manual = value;
                        d.unconfirm();
                    });
                })
                title
                says
                rules
            />
        }
    };
    view! {
        <fieldset class="wizard-field wizard-line">
            <legend>"Which backup?"</legend>
            <div class="radio-cards">
                {choice(false, "sort-system", "System", "Any instant that the continuous backup still holds.", vec![])}
                {choice(true, "sort-manual", "Manual", "A backup that somebody made and labelled.", vec![RuleId::M2])}
            </div>
        </fieldset>
    }
}

/// How many are shown at first: with what stands above them they fill a screen.
const FEW: usize = 7;

/// A row of the list, ready to be drawn.
#[derive(Clone, PartialEq)]
struct Row {
    id: EnvironmentId,
    name: String,
    about: String,
    state: RowState,
    onto: Option<Onto>,
}

#[derive(Clone, PartialEq)]
enum RowState {
    Can { reach: String, note: Option<&'static str> },
    Ask(Vec<FactKey>),
    Cannot(Vec<WhyNot>),
}

#[component]
fn SourceField() -> impl IntoView {
    let wizard = use_wizard();
    let chosen = wizard.memo(|d| d.source.clone());
    let search = wizard.memo(|d| d.source_search.clone());
    let shown = RwSignal::new(FEW);
    let rows = Memo::new(move |_| {
        wizard.desk(|desk| {
            // How far back is the answer that every other screen gives too.
            let far: HashMap<EnvironmentId, Outlook> = outlooks(Moment::new(desk.edition, desk.tenant, desk.now))
                .into_iter()
                .map(|o| (o.environment.clone(), o))
                .collect();
            let reach_of = |id: &EnvironmentId, kept: &Window| {
                let window = far.get(id).map_or_else(|| kept.clone().into(), |o| o.reach().window);
                let offset = |at| BrowserZone.offset_minutes(at);
                let holes = holes_text(&window, offset).map(|holes| format!("; {holes}")).unwrap_or_default();
                format!("{}{holes}", reach(&window, desk.now))
            };
            let row = |c: crate::workspace::wizard::choices::SourceChoice<'_>| Row {
                id: c.env.id.clone(),
                name: c.env.name.clone(),
                about: super::pieces::about(c.env),
                onto: c.onto,
                state: match c.state {
                    SourceState::Can(window) => RowState::Can {
                        reach: reach_of(&c.env.id, &window),
                        note: (window.usage == Use::OntoItselfOnly).then_some("onto itself only"),
                    },
                    SourceState::Ask(facts) => RowState::Ask(facts),
                    SourceState::Cannot(reasons) => RowState::Cannot(reasons),
                },
            };
            sources(&desk).into_iter().map(row).collect::<Vec<_>>()
        })
    });
    let can = |r: &Row| !matches!(r.state, RowState::Cannot(_));
    let count = Memo::new(move |_| rows.with(|r| r.iter().filter(|r| can(r)).count()));
    let cannot =
        Memo::new(move |_| rows.with(|r| r.iter().filter(|r| !can(r)).take(PAGE).cloned().collect::<Vec<_>>()));
    let found = Memo::new(move |_| rows.with(Vec::len));
    let visible = move || rows.with(|r| r.iter().filter(|r| can(r)).take(shown.get()).cloned().collect::<Vec<_>>());
    let problem = wizard.problem_at(Field::Source);
    let legend = wizard.memo(|d| match d.goal {
        Goal::Beside => "Whose records are to come back?",
        _ => "Whose backup?",
    });
    view! {
        <fieldset class="wizard-field" id=Field::Source.dom_id() tabindex="-1" aria-describedby="wizard-source-error">
            <legend class="visually-hidden">{move || legend.get()}</legend>
            <FieldError id="wizard-source-error" says=problem />
            <div class="wizard-line"><SearchField
                id="wizard-source-search"
                label="Find an environment"
                value=search
                on_input=Callback::new(move |text| {
                    shown.set(FEW);
                    wizard.app.update_draft(|d| d.source_search = text);
                })
            /></div>
            <ul class="choices">
                <For each=visible key=|row| (row.id.clone(), state_key(row)) let:row>
                    <SourceRow row chosen />
                </For>
            </ul>
            {live(move || {
                (found.get() == 0).then(|| view! { <p class="hint" role="status">"No environment matches the search."</p> })
            })}
            <More shown all=count />
            {live(move || {
                let cannot = cannot.get();
                let says = match found.get().saturating_sub(count.get()) {
                    1 => "1 cannot be a source, with the reason".to_string(),
                    n => format!("{} cannot be a source, with the reason", thousands(n)),
                };
                (!cannot.is_empty()).then(|| view! {
                    <details class="refused">
                        <summary><span aria-hidden="true">"✕"</span> <span>{says}</span></summary>
                        <ul class="choices">
                            {cannot.into_iter().map(|row| view! { <SourceRow row chosen /> }).collect_view()}
                        </ul>
                    </details>
                })
            })}
        </fieldset>
    }
}

/// Rows are drawn anew where their state changes.
fn state_key(row: &Row) -> String {
    let state = match &row.state {
        RowState::Can { reach, .. } => reach.clone(),
        RowState::Ask(facts) => format!("{facts:?}"),
        RowState::Cannot(reasons) => List::joined(reasons, "").says().to_string(),
    };
    format!("{state}{:?}", row.onto)
}

/// Whether a source can go onto the target that is chosen already; one that can needs no word.
fn onto_view(onto: Option<Onto>) -> impl IntoView {
    let Onto { outcome, why, rules } = onto?;
    let tag = match outcome {
        Outcome::Eligible => return None,
        Outcome::Unknown => view! { <span class="tag ask">"? Not known whether it can go onto that target"</span> },
        Outcome::Refused => view! { <span class="tag no">"✕ Not onto that target"</span> },
    };
    Some(view! { <p class="choice-why">{tag} " " <SaysText text=why.says().sentence() /> " " {chips(rules)}</p> })
}

#[component]
fn SourceRow(row: Row, chosen: Memo<Option<EnvironmentId>>) -> impl IntoView {
    let wizard = use_wizard();
    let Row { id, name, about, state, onto } = row;
    let dom_id = format!("source-{id}");
    let on = is_chosen(chosen, id.clone());
    let own = id.clone();
    let choose = move || choose_source(wizard, &own);
    let facts = view! {
        <span class="choice-name">{name}</span>
        <span class="choice-about">{about}</span>
    };
    match state {
        RowState::Cannot(reasons) => {
            let why = view! {
                <p class="choice-why">
                    <span class="tag no">"✕ Cannot be a source"</span>
                    " "
                    {reasons.first().map(|r| view! { <SaysText text=r.says().sentence() /> })}
                    " "
                    {chips(reasons.first().and_then(WhyNot::rule).into_iter().collect())}
                </p>
            };
            refused_row(facts, why)
        }
        RowState::Can { reach, note } => {
            let all = view! {
                {facts}
                <span class="choice-reach num">{reach} {note.map(|n| format!(" · {n}"))}</span>
            };
            choice_row("wizard-source", dom_id, on, choose, all, onto_view(onto))
        }
        RowState::Ask(facts_asked) => {
            let all = view! {
                {facts}
                <span class="tag ask">"? Not known whether it can be a source"</span>
            };
            let asks =
                facts_asked.into_iter().map(|fact| view! { <Ask environments=vec![id.clone()] fact /> }).collect_view();
            choice_row("wizard-source", dom_id, on, choose, all, view! { {onto_view(onto)} {asks} })
        }
    }
}
