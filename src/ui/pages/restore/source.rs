//! Step 1: what is needed, which sort of backup, and whose.

use super::entry::{choose_goal, choose_source};
use super::pieces::{
    FieldError, More, PAGE, RadioCard, SearchField, chips, choice_row, is_chosen, refused_row, sentence,
};
use super::{StepHeading, use_wizard};
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::retention::{Reason, Use};
use crate::domain::rule::RuleId;
use crate::ui::components::{Ask, Prose};
use crate::view_model::band::reach;
use crate::workspace::Goal;
use crate::workspace::wizard::choices::{SourceState, sources};
use crate::workspace::wizard::{Field, WizardStep};
use leptos::prelude::*;

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
        <GoalField />
        <SortField />
        <SourceField />
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
        <fieldset class="wizard-field">
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
                        d.confirm_typed.clear();
                    });
                })
                title
                says
                rules
            />
        }
    };
    view! {
        <fieldset class="wizard-field">
            <legend>"Which backup?"</legend>
            <p class="hint">"The two tabs of the admin center."</p>
            <div class="radio-cards">
                {choice(false, "sort-system", "System", "Any instant that the continuous backup still holds.", vec![])}
                {choice(true, "sort-manual", "Manual", "A backup that somebody made and labelled.", vec![RuleId::M2])}
            </div>
        </fieldset>
    }
}

/// A row of the list, ready to be drawn.
#[derive(Clone, PartialEq)]
struct Row {
    id: EnvironmentId,
    name: String,
    about: String,
    state: RowState,
}

#[derive(Clone, PartialEq)]
enum RowState {
    Can { reach: String, note: Option<&'static str> },
    Ask(Vec<FactKey>),
    Cannot(Vec<Reason>),
}

#[component]
fn SourceField() -> impl IntoView {
    let wizard = use_wizard();
    let chosen = wizard.memo(|d| d.source.clone());
    let search = wizard.memo(|d| d.source_search.clone());
    let shown = RwSignal::new(PAGE);
    let rows = Memo::new(move |_| {
        wizard.desk(|desk| {
            let row = |c: crate::workspace::wizard::choices::SourceChoice<'_>| Row {
                id: c.env.id.clone(),
                name: c.env.name.clone(),
                about: super::pieces::about(c.env),
                state: match c.state {
                    SourceState::Can(window) => RowState::Can {
                        reach: reach(&window, desk.now),
                        note: (window.usage == Use::OntoItselfOnly).then_some("onto itself only"),
                    },
                    SourceState::Ask(facts) => RowState::Ask(facts),
                    SourceState::Cannot(reasons) => RowState::Cannot(reasons),
                },
            };
            sources(&desk).into_iter().map(row).collect::<Vec<_>>()
        })
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    let visible = move || rows.with(|r| r.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let problem = wizard.problem_at(Field::Source);
    let legend = wizard.memo(|d| match d.goal {
        Goal::Beside => "Whose records are to come back?",
        _ => "Whose backup?",
    });
    view! {
        <fieldset class="wizard-field" id=Field::Source.dom_id() tabindex="-1" aria-describedby="wizard-source-error">
            <legend>{legend}</legend>
            <FieldError id="wizard-source-error" says=problem />
            <SearchField
                id="wizard-source-search"
                label="Find an environment"
                value=search
                on_input=Callback::new(move |text| {
                    shown.set(PAGE);
                    wizard.app.update_draft(|d| d.source_search = text);
                })
            />
            <ul class="choices">
                <For each=visible key=|row| (row.id.clone(), state_key(&row.state)) let:row>
                    <SourceRow row chosen />
                </For>
            </ul>
            {move || {
                (count.get() == 0).then(|| view! { <p class="hint" role="status">"No environment matches the search."</p> })
            }}
            <More shown all=count />
        </fieldset>
    }
}

/// Rows are drawn anew where their state changes.
fn state_key(state: &RowState) -> String {
    match state {
        RowState::Can { reach, .. } => reach.clone(),
        RowState::Ask(facts) => format!("{facts:?}"),
        RowState::Cannot(reasons) => reasons.iter().map(|r| r.says.as_str()).collect(),
    }
}

#[component]
fn SourceRow(row: Row, chosen: Memo<Option<EnvironmentId>>) -> impl IntoView {
    let wizard = use_wizard();
    let Row { id, name, about, state } = row;
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
                    {reasons.first().map(|r| view! { <Prose text=sentence(&r.says) /> })}
                    " "
                    {chips(reasons.first().map(|r| r.rule).into_iter().collect())}
                </p>
            };
            refused_row(facts, why)
        }
        RowState::Can { reach, note } => {
            let all = view! {
                {facts}
                <span class="choice-reach num">{reach} {note.map(|n| format!(" · {n}"))}</span>
            };
            choice_row("wizard-source", dom_id, on, choose, all, ())
        }
        RowState::Ask(facts_asked) => {
            let all = view! {
                {facts}
                <span class="tag ask">"? Not known whether it can be a source"</span>
            };
            let asks =
                facts_asked.into_iter().map(|fact| view! { <Ask environments=vec![id.clone()] fact /> }).collect_view();
            choice_row("wizard-source", dom_id, on, choose, all, asks)
        }
    }
}
