//! Step 3: what is overwritten. Refused targets stay visible, with the reason and the smallest mend.

use super::entry::choose_goal;
use super::pieces::{FieldError, More, PAGE, SearchField, about, chips, choice_row, is_chosen, refused_row};
use super::ways::{NewOne, OtherWays};
use super::{StepHeading, use_wizard};
use crate::domain::compare::newest_is_worse_for_pair;
use crate::domain::eligibility::{self, AtThisMoment, Judgement, Outcome, PairNow};
use crate::domain::environment::{Environment, EnvironmentId, FactKey, Kind};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use crate::domain::remedy::Mend;
use crate::domain::restore::{Check, Weight};
use crate::domain::rule::RuleId;
use crate::text;
use crate::ui::components::outcome::{outcome_now_look, tag};
use crate::ui::components::{Ask, FactsAge, Notice, OutcomeTag, PairNames, SaysText, Tone};
use crate::ui::prelude::*;
use crate::view_model::words::thousands;
use crate::words::outlook::tally;
use crate::words::refused::refused;
use crate::words::{List, Say};
use crate::workspace::Goal;
use crate::workspace::wizard::choices::{self, TargetChoice, targets};
use crate::workspace::wizard::{Field, WizardStep};

#[component]
pub fn TargetStep() -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let question = Signal::derive(move || {
        match goal.get() {
            Goal::Restore => "Which environment is overwritten?",
            Goal::ToProduction => "Which Production environment is overwritten?",
            Goal::Beside => "A new, empty environment",
        }
        .to_string()
    });
    view! {
        <StepHeading step=WizardStep::Target question />
        {live(move || match goal.get() {
            Goal::Beside => view! { <NewOne /> }.into_any(),
            _ => view! { <TargetField /> }.into_any(),
        })}
    }
}

/// The other ways stand below the steps, so that the targets have the page for themselves.
#[component]
pub fn Aside() -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let shown = Memo::new(move |_| wizard.step.get() == WizardStep::Target && goal.get() != Goal::Beside);
    view! { <Show when=move || shown.get()><OtherWays /></Show> }
}

/// A row of the list, ready to be drawn.
#[derive(Clone, PartialEq)]
struct Row {
    id: EnvironmentId,
    name: String,
    about: String,
    itself: bool,
    outcome: Outcome,
    /// A Production environment onto itself: R16 is the way.
    through_sandbox: bool,
    /// The source's name.
    source: String,
    broken: Vec<Judgement>,
    unknown: Vec<Judgement>,
    cautions: Vec<Judgement>,
    checks: Vec<Check>,
    /// The rule that refuses it first.
    first_rule: Option<RuleId>,
    /// What stops a restore at this moment, and what may.
    gates: Vec<Judgement>,
    doubts: Vec<Judgement>,
    asks: Vec<(EnvironmentId, FactKey)>,
    /// What the service's list of candidates says for it (T10).
    listed: Option<Judgement>,
}

impl Row {
    fn now(&self) -> AtThisMoment {
        AtThisMoment::of(&self.gates, &self.doubts)
    }

    /// What it is drawn anew for.
    fn key(&self) -> String {
        let reasons = self.broken.len() * 100 + self.unknown.len() + self.checks.len();
        let gates = self
            .gates
            .iter()
            .chain(&self.doubts)
            .map(Say::says)
            .map(|text| text.to_string())
            .collect::<Vec<_>>()
            .join(";");
        let listed = self.listed.as_ref().says();
        format!("{}{:?}{reasons}{gates}{listed}", self.id, self.outcome)
    }
}

fn row(choice: TargetChoice<'_>, source: &Environment) -> Row {
    let (asks, listed) = (choice.asks(&source.id), choice.listed().cloned());
    let first_rule = choice.first_rule();
    Row {
        source: source.name.clone(),
        through_sandbox: choice.itself && choice.checks.is_empty() && source.kind.get() == Some(&Kind::Production),
        id: choice.env.id.clone(),
        name: choice.env.name.clone(),
        about: about(choice.env),
        itself: choice.itself,
        outcome: choice.outcome,
        broken: choice.verdict.broken,
        unknown: choice.verdict.unknown,
        cautions: choice.verdict.cautions,
        checks: choice.checks,
        first_rule,
        gates: choice.gates,
        doubts: choice.doubts,
        asks,
        listed,
    }
}

#[component]
fn TargetField() -> impl IntoView {
    let wizard = use_wizard();
    let chosen = wizard.memo(|d| d.target.clone());
    let search = wizard.memo(|d| d.target_search.clone());
    let shown = RwSignal::new(PAGE);
    let rows = Memo::new(move |_| {
        wizard.desk(|d| match d.source() {
            Some(source) => targets(&d).into_iter().map(|c| row(c, source)).collect::<Vec<_>>(),
            None => Vec::new(),
        })
    });
    let counts = move || rows.with(|rows| tally(&rows.iter().map(|r| PairNow::of(r.outcome, r.now())).collect()));
    let count = Memo::new(move |_| rows.with(|r| r.iter().filter(|r| r.outcome != Outcome::Refused).count()));
    let visible = move || {
        rows.with(|r| r.iter().filter(|r| r.outcome != Outcome::Refused).take(shown.get()).cloned().collect::<Vec<_>>())
    };
    // By the rule that refuses first, the most first.
    let refused = Memo::new(move |_| {
        let mut groups: Vec<RefusedTargets> = Vec::new();
        rows.with(|rows| {
            for row in rows.iter().filter(|r| r.outcome == Outcome::Refused) {
                let rule = row.first_rule;
                match groups.iter_mut().find(|g| g.rule == rule) {
                    Some(group) => group.rows.push(row.clone()),
                    None => groups.push(RefusedTargets { rule, rows: vec![row.clone()] }),
                }
            }
        });
        groups.order_by_key(|g| std::cmp::Reverse(g.rows.len()));
        groups
    });
    let problem = wizard.problem_at(Field::Target);
    view! {
        <fieldset class="wizard-field" id=Field::Target.dom_id() tabindex="-1" aria-describedby="wizard-target-error">
            <legend class="visually-hidden">"Target"</legend>
            <FieldError id="wizard-target-error" says=problem />
            <div class="wizard-line wizard-find">
                <SearchField
                    id="wizard-target-search"
                    label="Find an environment"
                    value=search
                    on_input=Callback::new(move |text| {
                        shown.set(PAGE);
                        wizard.app.update_draft(|d| d.target_search = text);
                    })
                />
                <p class="hint num" role="status">{counts}</p>
            </div>
            <ul class="choices">
                <For each=visible key=Row::key let:row>
                    <TargetRow row chosen />
                </For>
            </ul>
            <More shown all=count />
            {live(move || refused.get().into_iter().map(|group| view! { <RefusedGroup group chosen /> }).collect_view())}
        </fieldset>
    }
}

/// The targets that one rule refuses first.
#[derive(Clone, PartialEq)]
struct RefusedTargets {
    rule: Option<RuleId>,
    rows: Vec<Row>,
}

/// So many of a group are drawn; the search finds the others.
const MOST: usize = 100;

/// A line for all of them; each with its reasons and its mend once it is opened.
#[component]
fn RefusedGroup(group: RefusedTargets, chosen: Memo<Option<EnvironmentId>>) -> impl IntoView {
    let wizard = use_wizard();
    let RefusedTargets { rule, rows } = group;
    let mendable = wizard.desk(|d| {
        let mends = |env: &Environment| {
            choices::mend(&d, env).is_some_and(|m| m.changes.is_some_and(|changes| !changes.is_empty()))
        };
        let looked_at = rows.iter().take(MOST).filter_map(|r| d.tenant.get(&r.id));
        match looked_at.filter(|env| d.draft.goal != Goal::ToProduction && mends(env)).count() {
            0 => None,
            n if n == rows.len() => Some("can be mended"),
            _ => Some("some can be mended"),
        }
    });
    let open = RwSignal::new(false);
    let says = refused(rule, rows.len());
    let more = rows.len().saturating_sub(MOST);
    let rows = StoredValue::new(rows);
    view! {
        <details class="refused" on:toggle=move |e| open.set(event_target::<web_sys::HtmlDetailsElement>(&e).open())>
            <summary>
                <span aria-hidden="true">"✕"</span>
                <span>{says} {mendable.map(|says| view! { ": " <strong>{says}</strong> })}</span>
                {rule.map(|rule| view! { <span class="refused-rule">{rule.to_string()}</span> })}
            </summary>
            <Show when=move || open.get()>
                <ul class="choices">
                    {rows.with_value(|rows| rows.iter().take(MOST).cloned().map(|row| view! { <TargetRow row chosen /> }).collect_view())}
                </ul>
                {(more > 0).then(|| view! { <p class="hint">{format!("{} more are found by the search.", thousands(more))}</p> })}
            </Show>
        </details>
    }
}

fn judged(list: Vec<Judgement>, symbol: &'static str, class: &'static str, names: &PairNames) -> impl IntoView + use<> {
    list.into_iter()
        .map(|j| {
            view! {
                <li class="reason">
                    <span class=class aria-hidden="true">{symbol}</span>
                    <span><SaysText text=names.says(&j.cause) /></span>
                    {chips(j.rules)}
                </li>
            }
        })
        .collect_view()
}

#[component]
fn TargetRow(row: Row, chosen: Memo<Option<EnvironmentId>>) -> impl IntoView {
    let wizard = use_wizard();
    let dom_id = format!("target-{}", row.id);
    let on = is_chosen(chosen, row.id.clone());
    let own = row.id.clone();
    let choose = move || wizard.app.update_draft(|d| d.choose(|d| &mut d.target, own.clone()));
    let outcome = row.outcome;
    let names = PairNames::new(&row.source, &row.name, row.itself);
    let rests_on = Signal::stored(vec![row.id.clone()]);
    let facts = view! {
        <span class="choice-name">{row.name.clone()} {row.itself.then(|| view! { " " <span class="tag">"onto itself"</span> })}</span>
        <span class="choice-about">{row.about.clone()} <FactsAge of=rests_on /></span>
    };
    let checks = row
        .checks
        .clone()
        .into_iter()
        .map(|c| view! { <li class="reason"><span aria-hidden="true">{if c.weight == Weight::Ask { "?" } else { "✕" }}</span><span><SaysText text=c.says() /> " " <SaysText text=c.help() /></span>{chips(c.said.rules)}</li> })
        .collect_view();
    let reasons = view! {
        <ul class="reason-list">{judged(row.broken.clone(), "✕", "r", &names)}{judged(row.unknown.clone(), "?", "a", &names)}{checks}</ul>
    };
    if outcome == Outcome::Refused {
        let more = view! {
            <p class="choice-why"><OutcomeTag outcome /></p>
            {reasons}
            <MendView target=row.id.clone() itself=row.itself names=names.clone() />
            {row.through_sandbox.then(|| view! {
                <p class="actions">
                    <button type="button" class="btn small" on:click=move |_| choose_goal(wizard, Goal::ToProduction)>
                        "Plan a restore to Production instead"
                    </button>
                    {chips(vec![RuleId::R16])}
                </p>
            })}
        };
        return refused_row(facts, more);
    }
    let asks = row
        .asks
        .clone()
        .into_iter()
        .map(|(env, fact)| {
            let name =
                wizard.app.with_untracked(|w| w.tenant.get(&env).map_or_else(|| env.to_string(), |e| e.name.clone()));
            view! { <div class="choice-ask"><strong>{name} ": "</strong> <Ask environments=vec![env] fact /></div> }
        })
        .collect_view();
    let id = row.id.clone();
    let cautions = row.cautions.clone();
    let gates = (!row.gates.is_empty())
        .then(|| view! { <ul class="reason-list">{judged(row.gates.clone(), "✕", "r", &names)}</ul> });
    // What is chosen says the same with everything else of this moment.
    let (doubts, of_doubt) = (row.doubts.clone(), names.clone());
    let doubts = move || {
        (!on.get()).then(|| view! { <ul class="reason-list">{judged(doubts.clone(), "?", "a", &of_doubt)}</ul> })
    };
    let listed = row.listed.clone().map(|j| view! { <ul class="reason-list">{judged(vec![j], "✓", "g", &names)}</ul> });
    let more = view! {
        {gates}
        {(!row.doubts.is_empty()).then(|| live(doubts))}
        {listed}
        {(outcome == Outcome::Unknown).then_some(reasons)}
        {asks}
        {live(move || on.get().then(|| view! { <Chosen id=id.clone() cautions=cautions.clone() names=names.clone() /> }))}
    };
    let stands = tag(outcome_now_look(outcome, row.now()));
    let facts = view! { {facts} <span class="choice-reach">{stands}</span> };
    choice_row("wizard-target", dom_id, on, choose, facts, more)
}

/// What must be said once a target is chosen: cautions of the pair, and of this moment. What stops it at this moment is
/// said in its row already.
#[component]
fn Chosen(id: EnvironmentId, cautions: Vec<Judgement>, names: PairNames) -> impl IntoView {
    let wizard = use_wizard();
    let said = Memo::new(move |_| {
        wizard.desk(|d| {
            let (s, t) = (d.source()?, d.tenant.get(&id)?);
            let gates = eligibility::gates(Moment::new(d.edition, d.tenant, d.now), s, t);
            // Unknown storage is asked of the tenant, and said on the plan.
            let mut cautions = gates.unknown;
            cautions.retain(|j| !j.is_of(RuleId::T7));
            cautions.extend(gates.cautions);
            Some((cautions, newest_is_worse_for_pair(d.edition, s, t)))
        })
    });
    view! {
        <ul class="reason-list">{judged(cautions, "!", "a", &names)}</ul>
        <p class="choice-why">"! Everything in it is overwritten. " {chips(vec![RuleId::R3])}</p>
        {live(move || {
            let (cautions, newest) = said.get()?;
            Some(view! {
                {(!cautions.is_empty())
                    .then(|| view! {
                        <p class="choice-why"><strong>"At this moment:"</strong></p>
                        <ul class="reason-list">{judged(cautions, "!", "a", &names)}</ul>
                    })}
                {newest.map(|worse| view! { <Notice tone=Tone::Warning><p><SaysText text=worse.says() /></p></Notice> })}
            })
        })}
    }
}

/// The smallest set of changes that would make a refused target eligible.
#[component]
fn MendView(target: EnvironmentId, itself: bool, names: PairNames) -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let mend = Memo::new(move |_| wizard.desk(|d| d.tenant.get(&target).and_then(|t| choices::mend(&d, t))));
    move || {
        if goal.get() == Goal::ToProduction {
            return ().into_any();
        }
        match mend.get() {
            Some(Mend { changes: Some(changes), .. }) if !changes.is_empty() => view! {
                <details class="mend">
                    <summary><SaysText text=text!("Mend it: ", List::joined(changes.iter().map(|c| names.says(c)), " Then: ")) /></summary>
                    <ul>
                        {changes.into_iter().map(|c| view! {
                            <li>
                                <SaysText text=names.says(&c) /> " " <SaysText text=names.says(c.cost) /> " "
                                // A cost that is for good says so itself.
                                {c.cost.reversible().then_some("It can be undone. ")}
                                {chips(c.mends)}
                            </li>
                        }).collect_view()}
                    </ul>
                </details>
            }
            .into_any(),
            Some(Mend { changes: None, .. }) if itself => ().into_any(),
            Some(Mend { changes: None, hopeless, .. }) => {
                view! { <p class="hint">"No change to this pair mends it. " {chips(hopeless)}</p> }.into_any()
            }
            _ => ().into_any(),
        }
    }
}
