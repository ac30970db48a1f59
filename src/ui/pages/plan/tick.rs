//! Ticking steps off: a step that stands for a command asks when it was done, shows what follows and records it; unticking takes
//! that back.

use crate::domain::command::Command;
use crate::domain::environment::{Environment, EnvironmentId};
use crate::domain::life::Deed;
use crate::domain::plan::{Action, Blank, Given, Plan, Step, command_for, needs_new_environment};
use crate::domain::rule::RuleId;
use crate::interop::commands::wrong;
use crate::platform::clock;
use crate::ui::components::ask::capital;
use crate::ui::components::{Confirm, Dialog, InstantView, Notice, RuleChip, Tone};
use crate::ui::prelude::*;
use crate::ui::state::{AppState, use_app};
use crate::view_model::words::sentence;
use crate::workspace::keys::Slot;
use crate::workspace::log;
use chrono::{DateTime, Utc};

/// The ticking of one plan.
#[derive(Clone, Copy)]
pub struct Ticking {
    app: AppState,
    number: u32,
    plan: StoredValue<Plan>,
    /// The step whose dialog is open.
    asked: RwSignal<Option<Step>>,
    open: RwSignal<bool>,
    /// Why something could not be unticked.
    refused: RwSignal<Option<(String, String)>>,
    /// A new id for what the step makes.
    new_id: RwSignal<String>,
    /// The id that was typed for an environment that the step creates.
    typed_id: RwSignal<String>,
}

impl Ticking {
    pub fn new(app: AppState, number: u32, plan: Plan) -> Self {
        Self {
            app,
            number,
            plan: StoredValue::new(plan),
            asked: RwSignal::new(None),
            open: RwSignal::new(false),
            refused: RwSignal::new(None),
            new_id: RwSignal::new(String::new()),
            typed_id: RwSignal::new(String::new()),
        }
    }

    /// Ticks a step off at once where it stands for nothing; else asks. Whether it was done at once.
    pub fn tick(self, step: &Step) -> bool {
        self.new_id.set(clock::new_id());
        // As it was typed for the commands; in a rehearsal it is made up otherwise.
        let typed =
            self.app.with_untracked(|w| w.typed_for(self.number).get(Blank::NewEnvironment).map(str::to_string));
        let made_up = || if untrack(|| self.app.is_play()) { clock::new_id() } else { String::new() };
        self.typed_id.set(typed.unwrap_or_else(made_up));
        let asks = untrack(|| self.command(step).is_some() || self.creates(step) || self.outcome(step).is_some());
        if asks {
            self.ask(step.clone());
        }
        !asks && self.app.tick(self.number, &step.id, true)
    }

    /// Whether ticking it carries it out, in a sample or a rehearsal; reactive.
    pub fn acts(self, step: &Step) -> bool {
        self.app.is_play() && (self.command(step).is_some() || self.creates(step))
    }

    fn ask(self, step: Step) {
        self.asked.set(Some(step));
        self.open.set(true);
    }

    /// Unticks a step and takes back what it recorded. Whether that was possible.
    pub fn untick(self, step: &Step) -> bool {
        let entry = self.app.with_untracked(|w| w.log.of_step(self.number, &step.id).map(|e| e.number));
        let Some(entry) = entry else {
            return self.app.tick(self.number, &step.id, false);
        };
        match self.app.take_back(entry) {
            Ok(says) => {
                self.app.toast(format!("Taken back: {says}."));
                true
            }
            Err(why) => {
                self.refused.set(Some((self.title(step), why)));
                false
            }
        }
    }

    fn title(self, step: &Step) -> String {
        self.plan.with_value(|plan| plan.step_text(step).title.to_string())
    }

    /// Whether it creates an environment that is not there yet.
    fn creates(self, step: &Step) -> bool {
        needs_new_environment(step) && self.app.with(|w| w.log.environment_made_by(self.number).is_none())
    }

    fn given(self, step: &Step) -> Given {
        let made = self.app.with(|w| w.log.environment_made_by(self.number).cloned());
        let typed = || {
            Some(Blank::NewEnvironment.bare(&self.typed_id.get()).to_string())
                .filter(|id| !id.is_empty())
                .map(EnvironmentId::new)
        };
        let invented = self.app.invented();
        let now = self.app.now();
        Given {
            new_id: self.new_id.get(),
            new_environment: made.or_else(|| needs_new_environment(step).then(typed).flatten()),
            ends: invented.map(|i| i.ends(now)),
            fails: invented.is_some_and(|i| i.restores_fail),
        }
    }

    /// The command that a step stands for; reactive.
    fn command(self, step: &Step) -> Option<Command> {
        let (edition, given) = (self.app.edition(), self.given(step));
        self.app.with(|w| self.plan.with_value(|plan| command_for(edition, &w.tenant, plan, step, &given)))
    }

    /// The target, for the step on which everybody waits for a restore that was begun; reactive.
    fn watched(self, step: &Step) -> Option<Environment> {
        let waits = step.action == Action::Manual && step.rules.contains(&RuleId::R20);
        if !waits {
            return None;
        }
        self.app.with(|w| {
            let id = self
                .plan
                .with_value(|p| p.target().cloned())
                .or_else(|| w.log.environment_made_by(self.number).cloned())?;
            w.tenant.get(&id).cloned()
        })
    }

    /// How the restore stands that the step waits for; `None` where there is nothing to say.
    fn outcome(self, step: &Step) -> Option<Outcome> {
        let target = self.watched(step)?;
        match (&target.running, target.failed_restore) {
            (Some(running), _) => Some(Outcome::Runs(target.id.clone(), running.ends)),
            (None, Some(at)) => Some(Outcome::Failed(at)),
            (None, None) => None,
        }
    }
}

/// A restore that a step waits for.
#[derive(Clone, PartialEq)]
enum Outcome {
    Runs(EnvironmentId, Option<DateTime<Utc>>),
    Failed(DateTime<Utc>),
}

/// The dialogs of ticking; one of them for a plan.
#[component]
pub fn TickDialogs() -> impl IntoView {
    let ticking = expect_context::<Ticking>();
    let title =
        Signal::derive(move || ticking.asked.with(|s| s.as_ref().map(|s| ticking.title(s))).unwrap_or_default());
    let cannot = RwSignal::new(false);
    Effect::new(move |_| cannot.set(ticking.refused.with(Option::is_some)));
    Effect::new(move |_| {
        if !cannot.get() && ticking.refused.with_untracked(Option::is_some) {
            ticking.refused.set(None);
        }
    });
    view! {
        <Dialog open=ticking.open title beside=true>
            {live(move || ticking.asked.get().map(|step| view! { <AskStep step /> }))}
        </Dialog>
        <Dialog open=cannot title="The step cannot be unticked">
            {live(move || ticking.refused.get().map(|(step, why)| view! {
                <p>{step}</p>
                <p><strong>"Why: "</strong> {sentence(&why)}</p>
                <p>"Nothing was changed. Untick the later steps first, beginning with the last."</p>
            }))}
            <p class="actions"><button type="button" class="btn pri" autofocus on:click=move |_| cannot.set(false)>"Close"</button></p>
        </Dialog>
    }
}

#[component]
fn AskStep(step: Step) -> impl IntoView {
    let app = use_app();
    let ticking = expect_context::<Ticking>();
    let close = Callback::new(move |()| ticking.open.set(false));
    let outcome = {
        let step = step.clone();
        Memo::new(move |_| ticking.outcome(&step))
    };
    let stored = StoredValue::new(step.clone());
    view! {
        <p class="hint">
            {move || if app.saving.slot() == Slot::Sample {
                "This is what follows in the sample."
            } else if app.is_play() {
                "This is what follows in the rehearsal."
            } else {
                "Nothing is done in the service. What you did there is recorded here, so that windows, expiries and deadlines stay true."
            }}
        </p>
        {live(move || match outcome.get() {
            Some(outcome) => view! { <Watched outcome step=stored.get_value() /> }.into_any(),
            None => view! { <StepCommand step=stored.get_value() close /> }.into_any(),
        })}
    }
}

/// Ticks the step off, and records nothing.
#[component]
fn OnlyTick(step: String) -> impl IntoView {
    let app = use_app();
    let ticking = expect_context::<Ticking>();
    let tick = move |_| {
        if app.tick(ticking.number, &step, true) {
            ticking.open.set(false);
        }
    };
    view! { <button type="button" class="btn link only-tick" on:click=tick>"Tick it off without recording anything"</button> }
}

#[component]
fn StepCommand(step: Step, close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let ticking = expect_context::<Ticking>();
    let creates = needs_new_environment(&step);
    let id = step.id.clone();
    let own = log::Step { plan: ticking.number, id: id.clone() };
    let verb = match &step.action {
        Action::Restore(_) => "Begin the restore",
        Action::CreateEnvironment(_) => "Create it",
        _ => "Do it",
    };
    let fault = Memo::new(move |_| {
        let text = ticking.typed_id.get();
        ticking.plan.with_value(|p| wrong(p, Blank::NewEnvironment, &text)).filter(|_| creates)
    });
    let command = Signal::derive(move || {
        let command = ticking.command(&step).filter(|_| fault.get().is_none());
        command.ok_or_else(|| match creates {
            true => "type the id of the new environment".to_string(),
            false => "there is nothing to record: what the step does is so already".to_string(),
        })
    });
    view! {
        {creates.then(|| view! {
            <div class="field">
                <label for="step-new-id">
                    {move || if app.is_play() { "Id of the new environment (made up)" } else { "Id of the new environment, as the service shows it" }}
                </label>
                <input id="step-new-id" class="input mono" type="text" autocomplete="off" spellcheck="false"
                    aria-invalid=move || fault.get().map(|_| "true") aria-describedby="step-new-id-wrong"
                    prop:value=move || ticking.typed_id.get() on:input=move |e| ticking.typed_id.set(event_target_value(&e)) />
                <span class="typed-wrong" id="step-new-id-wrong" aria-live="polite">{move || fault.get()}</span>
            </div>
        })}
        <Confirm command verb step=Some(own) on_done=close on_cancel=close><OnlyTick step=id /></Confirm>
    }
}

/// The step that waits for a restore: it runs, or has failed.
#[component]
fn Watched(outcome: Outcome, step: Step) -> impl IntoView {
    let app = use_app();
    let ticking = expect_context::<Ticking>();
    let close = Callback::new(move |()| ticking.open.set(false));
    let id = step.id.clone();
    match outcome {
        Outcome::Runs(_, Some(ends)) => {
            let go = move |_| {
                match app.move_clock(ends) {
                    // It has ended by itself: where that went well, nothing is left to ask.
                    Ok(_) => {
                        if untrack(|| ticking.outcome(&step).is_none()) && app.tick(ticking.number, &step.id, true) {
                            close.run(());
                        }
                    }
                    Err(why) => app.toast(capital(&why)),
                }
            };
            view! {
                <p>"The restore still runs. Here it ends " <InstantView at=ends /> " (invented)."</p>
                {live(move || app.with(|w| w.clock.is_none()).then(|| view! {
                    <p>"Moving the clock begins a rehearsal. " {app.what_a_rehearsal_is()}</p>
                }))}
                <p class="actions foot">
                    <OnlyTick step=id />
                    <button type="button" class="btn" on:click=move |_| close.run(())>"Cancel"</button>
                    <button type="button" class="btn pri" on:click=go>"Move the clock to its end"</button>
                </p>
            }
            .into_any()
        }
        Outcome::Runs(target, None) => view! { <HowDidItEnd target step /> }.into_any(),
        Outcome::Failed(at) => {
            let restore =
                ticking.plan.with_value(|p| p.steps.iter().find(|s| matches!(s.action, Action::Restore(_))).cloned());
            let again = move |_| {
                if let Some(restore) = restore.clone() {
                    ticking.ask(restore);
                }
            };
            view! {
                <Notice tone=Tone::Error>
                    <p><strong>"The restore failed: "</strong> <InstantView at /> ". " {move || app.edition().rule(RuleId::R20).sentence} " " <RuleChip rule=RuleId::R20 /></p>
                </Notice>
                <p class="actions foot">
                    <OnlyTick step=id />
                    <button type="button" class="btn" on:click=move |_| close.run(())>"Close"</button>
                    <button type="button" class="btn pri" on:click=again>"Begin the restore again…"</button>
                </p>
            }
            .into_any()
        }
    }
}

/// In the user's own tenant nobody but the user knows how it ended.
#[component]
fn HowDidItEnd(target: EnvironmentId, step: Step) -> impl IntoView {
    let ticking = expect_context::<Ticking>();
    let close = Callback::new(move |()| ticking.open.set(false));
    // Nothing is guessed: one of the two has to be chosen.
    let failed = RwSignal::new(None::<bool>);
    let radio = move |id: &'static str, value: bool, label: &'static str| {
        view! {
            <div class="radio-line">
                <input type="radio" id=id name="step-ended" prop:checked=move || failed.get() == Some(value) on:change=move |_| failed.set(Some(value)) />
                <label for=id>{label}</label>
            </div>
        }
    };
    let command = Signal::derive(move || {
        let ended = |failed| Command::Do(Deed::EndRestore { target: target.clone(), failed });
        failed.get().map(ended).ok_or_else(|| "choose how it ended".to_string())
    });
    let id = step.id.clone();
    // What failed is not what the step waits for.
    let own = log::Step { plan: ticking.number, id: step.id };
    let step = Signal::derive(move || (failed.get() == Some(false)).then(|| own.clone()));
    view! {
        <fieldset class="act-choice">
            <legend>"How did it end?"</legend>
            {radio("step-succeeded", false, "It succeeded")}
            {radio("step-failed", true, "It failed")}
        </fieldset>
        <Confirm command verb="Record it" step on_done=close on_cancel=close><OnlyTick step=id /></Confirm>
    }
}
