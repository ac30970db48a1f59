//! The rail and the one step that is open; on paper all of them.

use super::paper::SignStep;
use super::tick::Ticking;
use super::today::ProblemView;
use super::{Ticks, lists};
use crate::domain::plan::{Action, Item, Plan, Step};
use crate::ui::components::icon;
use crate::ui::components::{CommandBox, InstantView, RuleChips, SaysText};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::does::does;
use crate::view_model::runbook::{RailPart, RailPlace, checklist_step, confirmed, opening, part, places, who};
use crate::words::Text;
use crate::words::plan::StepText;
use std::time::Duration;
use wasm_bindgen::JsCast;

/// Which place of the runbook is open, and the way to another.
#[derive(Clone, Copy)]
pub struct OpenedPlace {
    at: RwSignal<RailPlace>,
    places: StoredValue<Vec<RailPlace>>,
    /// The rail is unfolded, where it folds.
    rail: RwSignal<bool>,
}

impl OpenedPlace {
    pub fn new(plan: &Plan, ticks: Ticks) -> Self {
        let first = untrack(|| opening(plan, |id| ticks.at(id).is_some()));
        Self { at: RwSignal::new(first), places: StoredValue::new(places(plan)), rail: RwSignal::new(false) }
    }

    /// Opens a place and goes to its heading.
    pub fn go(self, to: RailPlace) {
        self.at.set(to);
        self.rail.set(false);
        // After a dialog has given the focus back to where it was.
        set_timeout(move || focus_on(&head_id(to)), Duration::from_millis(30));
    }

    fn beside(self, by: isize) -> Option<RailPlace> {
        let here = self.at.get();
        self.places.with_value(|all| all.get(all.iter().position(|p| *p == here)?.checked_add_signed(by)?).copied())
    }
}

/// To the first loss that is not confirmed yet.
fn to_the_first_loss() {
    let open = document().query_selector(".place:not([hidden]) .plan-item input:not(:checked)").ok().flatten();
    if let Some(open) = open.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        open.scroll_into_view_with_bool(true);
        let _ = open.focus();
    }
}

fn head_id(place: RailPlace) -> String {
    match place {
        RailPlace::Losses => "place-losses".into(),
        RailPlace::Step(at) => format!("place-{}", at + 1),
        RailPlace::Checklist => "place-checklist".into(),
    }
}

/// The rail, the folded rail of a narrow screen, and what is open.
#[component]
pub fn Runbook(plan: Plan) -> impl IntoView {
    let opened = expect_context::<OpenedPlace>();
    let ticks = expect_context::<Ticks>();
    let items = |items: &[Item]| items.iter().map(|i| (i.clone(), plan.item_text(i))).collect::<Vec<_>>();
    let deadlines: Vec<_> = plan.deadlines.iter().map(|d| (d.clone(), plan.deadline_text(d))).collect();
    let checklist = checklist_step(&plan);
    let own_checklist = opened.places.with_value(|all| all.contains(&RailPlace::Checklist));
    let common = who(&plan);
    let afterwards = items(&plan.afterwards);
    let steps = plan.steps.iter().enumerate().map(|(at, step)| {
        let says = plan.step_text(step);
        let list = if checklist == Some(at) { afterwards.clone() } else { Vec::new() };
        let says = StepText { who: if says.who == common { Text::default() } else { says.who }, ..says };
        view! { <StepView at step=step.clone() says list /> }
    });
    let steps = steps.collect_view();
    let losses = plan.cautions.len();
    let of = plan.clone();
    let all_known = Memo::new(move |_| confirmed(&of, |id| ticks.at(id).is_some()));
    let start = move |_| {
        if !all_known.get_untracked() {
            to_the_first_loss();
        } else if let Some(to) = untrack(|| opened.beside(1)) {
            opened.go(to);
        }
    };
    view! {
        <StepBar all=plan.steps.len() />
        <div class="runbook">
            <Rail plan=plan.clone() />
            <div class="runbook-open">
                <section class="place" aria-labelledby=head_id(RailPlace::Losses) hidden=move || opened.at.get() != RailPlace::Losses>
                    <div class="place-h">
                        <h2 id=head_id(RailPlace::Losses) tabindex="-1">"Before you start"</h2>
                        {(losses > 0).then(|| view! { <span class="place-mark no">{icon("no")} {lists::losses(losses)}</span> })}
                    </div>
                    <lists::Cautions items=items(&plan.cautions) />
                    <div class="step-f no-print">
                        <button type="button" class="btn" aria-disabled=move || (!all_known.get()).to_string() on:click=start>
                            {icon("check")} "Start"
                        </button>
                        {live(move || (!all_known.get()).then(|| view! {
                            <button type="button" class="btn link" on:click=move |_| to_the_first_loss()>"Confirm each loss first"</button>
                        }))}
                    </div>
                    <lists::Deadlines deadlines />
                    <lists::Assumptions items=items(&plan.assumptions) />
                </section>
                <ol class="plan-steps" aria-label="Steps">{steps}</ol>
                {own_checklist.then(|| view! {
                    <section class="place" aria-labelledby=head_id(RailPlace::Checklist) hidden=move || opened.at.get() != RailPlace::Checklist>
                        <div class="place-h"><h2 id=head_id(RailPlace::Checklist) tabindex="-1">"Checklist afterwards"</h2></div>
                        <lists::Afterwards items=afterwards />
                    </section>
                })}
            </div>
        </div>
    }
}

/// "Step 6 of 10", where there is no room for the rail.
#[component]
fn StepBar(all: usize) -> impl IntoView {
    let opened = expect_context::<OpenedPlace>();
    let says = move || match opened.at.get() {
        RailPlace::Losses => "Before you start".to_string(),
        RailPlace::Step(at) => format!("Step {} of {all}", at + 1),
        RailPlace::Checklist => "Checklist".to_string(),
    };
    let beside = move |by: isize, name: &'static str, symbol: &'static str| {
        view! {
            <button type="button" class="btn" aria-label=name disabled=move || opened.beside(by).is_none()
                on:click=move |_| if let Some(to) = untrack(|| opened.beside(by)) { opened.go(to) }>
                {icon(symbol)}
            </button>
        }
    };
    view! {
        <div class="stepbar no-print">
            {beside(-1, "Previous step", "left")}
            <button type="button" class="btn" aria-expanded=move || opened.rail.get().to_string() on:click=move |_| opened.rail.update(|r| *r = !*r)>
                {says} {icon("down")}
            </button>
            {beside(1, "Next step", "right")}
        </div>
    }
}

/// All places, one tab stop: arrows move, Enter opens.
#[component]
fn Rail(plan: Plan) -> impl IntoView {
    let opened = expect_context::<OpenedPlace>();
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let all = opened.places.get_value();
        let focused = document().active_element().map(|e| e.id()).unwrap_or_default();
        let Some(here) = all.iter().position(|p| rail_id(*p) == focused) else { return };
        let to = match event.key().as_str() {
            "ArrowDown" => here + 1,
            "ArrowUp" => here.saturating_sub(1),
            "Home" => 0,
            "End" => all.len().saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        if let Some(to) = all.get(to) {
            focus_on(&rail_id(*to));
        }
    };
    let mut before = None;
    let entries = places(&plan).into_iter().map(|place| {
        let part = part(&plan, place);
        let head = (before != Some(part)).then(|| part_head(part));
        before = Some(part);
        view! { {head} <RailEntry plan=plan.clone() place /> }
    });
    let entries = entries.collect_view();
    view! { <nav class="rail no-print" class:shown=move || opened.rail.get() aria-label="Steps" on:keydown=keys>{entries}</nav> }
}

fn part_head(part: RailPart) -> impl IntoView {
    view! { <h2>{part.title()}</h2> }
}

fn rail_id(place: RailPlace) -> String {
    format!("rail-{}", head_id(place))
}

#[component]
fn RailEntry(plan: Plan, place: RailPlace) -> impl IntoView {
    let opened = expect_context::<OpenedPlace>();
    let ticks = expect_context::<Ticks>();
    let step = match place {
        RailPlace::Step(at) => plan.steps.get(at).cloned(),
        RailPlace::Losses | RailPlace::Checklist => None,
    };
    let (name, number) = match (&step, place) {
        (Some(step), RailPlace::Step(at)) => (plan.step_name(step), (at + 1).to_string()),
        (_, RailPlace::Losses) if plan.cautions.is_empty() => ("Before you start".to_string(), "i".to_string()),
        (_, RailPlace::Losses) => (lists::losses(plan.cautions.len()), "!".to_string()),
        // The tick comes when all of it is done.
        _ => ("Checklist".to_string(), "□".to_string()),
    };
    let overwrites = step.as_ref().is_some_and(|s| s.destructive);
    let has_list = place == RailPlace::Checklist || Some(place) == checklist_step(&plan).map(RailPlace::Step);
    let of = plan.clone();
    let done = Memo::new(move |_| match (&step, place) {
        (Some(step), _) => ticks.at(&step.id).is_some(),
        // Where nothing is lost there is nothing to tick.
        (None, RailPlace::Losses) => !of.cautions.is_empty() && confirmed(&of, |id| ticks.at(id).is_some()),
        (None, _) => of.afterwards.iter().all(|item| ticks.at(&item.id).is_some()),
    });
    let listed = move || {
        has_list.then(|| {
            let of = plan.afterwards.iter().filter(|item| ticks.at(&item.id).is_some()).count();
            format!("{of} of {}", plan.afterwards.len())
        })
    };
    let open = Memo::new(move |_| opened.at.get() == place);
    view! {
        <button type="button" id=rail_id(place) class:done=move || done.get()
            aria-current=move || open.get().then_some("step") tabindex=move || if open.get() { "0" } else { "-1" }
            on:click=move |_| opened.go(place)>
            <span class="no" aria-hidden="true">{live(move || if done.get() { icon("check") } else { number.clone().into_any() })}</span>
            <span class="rail-name">{name} <span class="visually-hidden">{move || if done.get() { ", done" } else { "" }}</span></span>
            {overwrites.then(|| view! { <span class="no-mark">{icon("no")} <span class="visually-hidden">"overwrites or puts at risk"</span></span> })}
            {live(move || listed().map(|says| view! { <span class="n num">{says}</span> }))}
        </button>
    }
}

#[component]
fn StepView(at: usize, step: Step, says: StepText, list: Vec<(Item, Text)>) -> impl IntoView {
    let app = use_app();
    let ticks = expect_context::<Ticks>();
    let ticking = expect_context::<Ticking>();
    let opened = expect_context::<OpenedPlace>();
    let this = StoredValue::new(step.clone());
    let Step { id, action, destructive, rules, .. } = step;
    let StepText { title, who, admin_center, verify, consequence, caution } = says;
    let dom_id = format!("step-{id}");
    let (read, own) = (id.clone(), id.clone());
    let problems = Memo::new(move |_| ticks.problems(&own));
    let when = Memo::new(move |_| ticks.at(&read));
    let done = Memo::new(move |_| when.get().is_some());
    let row = |what: &'static str, says: Text| {
        (!says.is_empty()).then(|| view! { <dt>{what}</dt> <dd><SaysText text=says /></dd> })
    };
    let acts = StoredValue::new(action.clone());
    let restores = matches!(action, Action::Restore(_));
    // What was asked for by the button has been done: on to the next.
    let pressed = RwSignal::new(false);
    let on = move || {
        pressed.set(false);
        if let Some(to) = untrack(|| opened.beside(1)) {
            opened.go(to);
        }
    };
    Effect::new(move |_| {
        if done.get() && pressed.get_untracked() {
            on();
        }
    });
    let tick = move || {
        if !ticks.may_start() {
            opened.go(RailPlace::Losses);
            return false;
        }
        this.with_value(|step| ticking.tick(step))
    };
    let press = move |_| {
        if done.get_untracked() {
            on();
        } else {
            pressed.set(true);
            tick();
        }
    };
    let verb = move || match (done.get(), this.with_value(|step| ticking.acts(step))) {
        (true, _) => "Next step".to_string(),
        (false, true) if restores => format!("Do the restore in the {}", app.made_up().word().to_lowercase()),
        (false, true) => format!("Do it in the {}", app.made_up().word().to_lowercase()),
        (false, false) => "Done, next step".to_string(),
    };
    let place = RailPlace::Step(at);
    view! {
        <li class="plan-step place" class:done=move || done.get() hidden=move || opened.at.get() != place>
            <div class="place-h">
                <h2 id=head_id(place) tabindex="-1">
                    <input
                        type="checkbox"
                        id=dom_id.clone()
                        prop:checked=move || done.get()
                        on:change=move |e| {
                            pressed.set(false);
                            let checked = event_target_checked(&e);
                            let settled = if checked { tick() } else { this.with_value(|step| ticking.untick(step)) };
                            if !settled {
                                // It stays as it was until that is decided.
                                event_target::<web_sys::HtmlInputElement>(&e).set_checked(!checked);
                            }
                        }
                    />
                    <label for=dom_id><span class="num">{at + 1} ". "</span> <SaysText text=title.clone() /></label>
                </h2>
                {destructive.then(|| view! { <span class="place-mark no">{icon("no")} "Overwrites or puts at risk"</span> })}
                {live(move || when.get().map(|at| view! { <span class="hint">"done " <InstantView at plain=true /></span> }))}
            </div>
            {live(move || problems.get().into_iter().map(|p| view! { <ProblemView problem=p /> }).collect_view())}
            {caution.map(|c| view! { <p class="plan-caution"><strong aria-hidden="true">"! "</strong> <span class="visually-hidden">"Caution: "</span> <SaysText text=c /></p> })}
            <CommandBox action of=title.to_string() by_hand=admin_center />
            <dl class="pairs">
                {live(move || ticks.is_foreign().then(|| view! { <Does action=acts.get_value() /> }))}
                {row("Who", who)}
                {row("Effect", consequence)}
                {row("Then check", verify)}
            </dl>
            <p class="plan-rules"><RuleChips rules /></p>
            {(!list.is_empty()).then(|| view! { <lists::Afterwards items=list /> })}
            <SignStep />
            <div class="step-f no-print">
                <button type="button" class="btn" hidden=move || done.get() && opened.beside(1).is_none() on:click=press>{icon("check")} {verb}</button>
                {live(move || (!done.get() && opened.beside(1).is_some()).then(|| view! {
                    <button type="button" class="btn plain" on:click=move |_| on()>"Skip"</button>
                }))}
                <span class="hint">{move || if ticks.may_start() { "" } else { "Confirm the losses first." }}</span>
            </div>
        </li>
    }
}

/// What a step of a plan from elsewhere does, whatever its texts say.
#[component]
fn Does(action: Action) -> impl IntoView {
    let app = use_app();
    let says = Memo::new(move |_| app.with(|w| does(&action, &w.tenant)));
    view! { <dt>"Does"</dt> <dd>{live(move || view! { <SaysText text=says.get().capital() /> })}</dd> }
}
