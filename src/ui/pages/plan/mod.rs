//! One plan: cautions, deadlines, steps to tick off with their commands, the checklist for afterwards, what it rests on.

mod due;
mod export;
mod lists;
pub mod offer;
mod once;
mod paper;
mod steps;
mod tick;
mod today;

use crate::domain::edition::{Basis, Edition};
use crate::domain::moment::Moment;
use crate::domain::plan::{Blank, Plan, Purpose, StepProblem, Typed};
use crate::domain::restore::Weight;
use crate::domain::service::Cloud;
use crate::interop::commands::{Filled, Shell};
use crate::interop::warned::{From, Warned};
use crate::ui::components::cloud::CommandCloud;
use crate::ui::components::command_box::{Chosen, ToolChoice};
use crate::ui::components::{EmptyState, InstantView, Notice, PlanButton, SaysText, Tone};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::{AppState, use_app};
use crate::view_model::runbook;
use crate::workspace::Elsewhere;
use crate::workspace::wizard::review::progress;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What has been ticked off, for the parts of the page.
#[derive(Clone, Copy)]
pub(super) struct Ticks {
    app: AppState,
    number: u32,
    done: Memo<BTreeMap<String, DateTime<Utc>>>,
    /// What of the plan is no longer true.
    problems: Memo<Vec<StepProblem>>,
    /// Where it was made, where that was not here.
    elsewhere: Memo<Option<Elsewhere>>,
    /// Every loss is confirmed.
    confirmed: Memo<bool>,
}

/// What is typed and chosen for the plan's commands.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    app: AppState,
    number: u32,
    typed: Memo<Typed>,
    cloud: Memo<Option<Cloud>>,
    /// The environment that a step creates is recorded.
    made: Memo<bool>,
}

impl Typing {
    /// Keeps what is typed, with every key.
    pub fn fill(self, blank: Blank, text: &str) {
        self.app.fill(self.number, blank, text);
    }

    /// The tool that was chosen for the plan.
    pub fn shell(self) -> Shell {
        self.typed.with(|t| {
            Shell::ALL.into_iter().find(|s| t.get(Blank::Tool) == Some(s.title())).unwrap_or(Shell::PowerShell)
        })
    }

    /// What is known for the commands of the plan; reactive.
    pub fn known(self, plan: &Plan) -> Filled {
        self.typed.with(|typed| Filled::of(plan, self.cloud.get(), typed))
    }
}

impl Ticks {
    /// When an item was ticked off, reactive.
    pub fn at(self, id: &str) -> Option<DateTime<Utc>> {
        self.done.with(|d| d.get(id).copied())
    }
    /// When the restore of `plan` was begun, reactive.
    pub fn begun(self, plan: &Plan) -> Option<DateTime<Utc>> {
        plan.steps.get(plan.restore_step()?).and_then(|step| self.at(&step.id))
    }
    /// What is no longer true of a step, reactive.
    pub fn problems(self, step: &str) -> Vec<StepProblem> {
        self.problems.with(|all| all.iter().filter(|p| p.step.as_deref() == Some(step)).cloned().collect())
    }
    /// Whether its texts are those of a stranger, reactive.
    pub fn is_foreign(self) -> bool {
        self.elsewhere.with(Option::is_some)
    }
    /// Whether a step of it cannot be done as it stands, reactive.
    pub fn stops(self) -> bool {
        self.problems.with(|all| all.iter().any(|p| p.weight == Weight::Stop))
    }
    /// What has to be said at the head of all that is taken along of `plan`, without following it.
    pub fn warned(self, plan: &Plan) -> Warned {
        untrack(|| {
            let from = self.elsewhere.get().map(|e| From { tenant: e.tenant, kept: e.kept });
            self.problems.with(|problems| Warned::new(plan, from, problems, self.app.now_untracked()))
        })
    }
    /// Whether the losses are confirmed, so that a step may be begun; reactive.
    pub fn may_start(self) -> bool {
        self.confirmed.get()
    }
    pub fn set(self, id: &str, done: bool) {
        self.app.tick(self.number, id, done);
    }
}

/// What a plan is for, in a few words.
pub fn purpose_words(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::Restore(_) => "Restore",
        Purpose::RestoreToProduction(_) => "Restore to Production, through Sandbox and back",
        Purpose::BulkDeletion { .. } => "Bring back deleted records beside the original",
    }
}

/// The edition that a plan was made under, and how sure that is.
pub fn edition_words(plan: &Plan) -> String {
    match Edition::find(&plan.edition) {
        Some(e) if e.basis == Basis::ChangeNotes => {
            format!("{}, from published change notes only: the whole page was not read", e.title)
        }
        Some(e) => format!("{}, the whole page was read", e.title),
        None => format!("Rules of {}, which this version of the app does not know", plan.edition.0),
    }
}

#[component]
pub fn PlanPage(number: u32) -> impl IntoView {
    let app = use_app();
    // Ticking off must not draw the whole page again, so the plan and its ticks are followed apart.
    let plan = Memo::new(move |_| app.with(|w| w.plan(number).map(|p| p.plan.clone())));
    let done = Memo::new(move |_| app.with(|w| w.plan(number).map(|p| p.done.clone()).unwrap_or_default()));
    let problems = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            let saved = w.plan(number);
            saved.map(|saved| saved.problems(Moment::new(edition, &w.tenant, now))).unwrap_or_default()
        })
    });
    let elsewhere = Memo::new(move |_| app.with(|w| w.plan(number).and_then(|p| p.elsewhere.clone())));
    let cloud = Memo::new(move |_| plan.with(|p| p.as_ref().and_then(|plan| app.with(|w| plan.cloud_in(&w.tenant)))));
    provide_context(CommandCloud(cloud.into()));
    let confirmed = Memo::new(move |_| {
        plan.with(|p| p.as_ref().is_some_and(|p| done.with(|d| runbook::confirmed(p, |id| d.contains_key(id)))))
    });
    provide_context(Ticks { app, number, done, problems, elsewhere, confirmed });
    let typed = Memo::new(move |_| app.with(|w| w.typed_for(number)));
    let made = Memo::new(move |_| app.with(|w| w.log.environment_made_by(number).is_some()));
    let typing = Typing { app, number, typed, cloud, made };
    provide_context(typing);
    let known = Memo::new(move |_| plan.with(|p| p.as_ref().map(|p| typing.known(p)).unwrap_or_default()));
    provide_context(Chosen { shell: Memo::new(move |_| typing.shell()).into(), known });
    move || {
        match plan.get() {
        None => view! {
            <h1>"No such plan"</h1>
            <EmptyState title="There is no plan with this number" says="It may have been deleted, or belong to another workspace." elsewhere=true>
                <a class="btn pri" href=Route::Plans.href()>"All plans"</a>
            </EmptyState>
        }
        .into_any(),
        Some(plan) => view! { <Whole plan number /> }.into_any(),
    }
    }
}

#[component]
fn Whole(plan: Plan, number: u32) -> impl IntoView {
    let app = use_app();
    let Plan { purpose, made, .. } = plan.clone();
    let edition = edition_words(&plan);
    let count = Memo::new(move |_| app.with(|w| w.plan(number).map(progress).unwrap_or_default()));
    let source = plan.source().clone();
    let here = Memo::new(move |_| app.with(|w| w.tenant.get(&source).is_some()));
    provide_context(tick::Ticking::new(app, number, plan.clone()));
    provide_context(steps::OpenedPlace::new(&plan, expect_context::<Ticks>()));
    view! {
        <article class="plan">
            <paper::PaperTenant />
            <div class="head plan-head">
                <div>
                    <h1><SaysText text=plan.title() /></h1>
                    <p class="sub">
                        <span class="plan-made">{purpose_words(&purpose)} " · made " <InstantView at=made /> " · " {edition}</span> <Progress count />
                    </p>
                </div>
                <div class="acts no-print">
                    <Tools />
                    <export::TakeAlong plan=plan.clone() number>
                        <PlanButton purpose=purpose.clone() label="Plan again" class="" />
                        <button type="button" on:click=move |_| app.delete_plan(number)>"Delete the plan"</button>
                    </export::TakeAlong>
                </div>
            </div>
            <Origin />
            <today::Today plan=plan.clone() />
            <due::DueLine plan=plan.clone() />
            <paper::PaperHead plan=plan.clone() number />
            <once::Once plan=plan.clone() here />
            <steps::Runbook plan />
            <paper::SignOff />
            <tick::TickDialogs />
        </article>
    }
}

/// One tool for the whole plan.
#[component]
fn Tools() -> impl IntoView {
    let typing = expect_context::<Typing>();
    let choose = Callback::new(move |tool: Shell| typing.fill(Blank::Tool, tool.title()));
    view! { <ToolChoice shell=Signal::derive(move || typing.shell()) choose label="Tool for all steps" /> }
}

/// Says where a plan was made that was not made here.
#[component]
fn Origin() -> impl IntoView {
    let elsewhere = expect_context::<Ticks>().elsewhere;
    move || {
        elsewhere.get().map(|e| {
            let tenant = if e.tenant.is_empty() { "another place".to_string() } else { format!("“{}”", e.tenant) };
            view! {
                <Notice tone=Tone::Warning>
                    <p>
                        "Made elsewhere, in " {tenant} ", and kept here " <InstantView at=e.kept plain=true />
                        ". The app cannot tell who made it: read each step before you carry it out."
                        {e.play.then_some(" It was made in a sample or a rehearsal: nothing in it is real.")}
                    </p>
                </Notice>
            }
        })
    }
}

/// "3 of 9 done", as a bar and in words.
#[component]
pub fn Progress(#[prop(into)] count: Signal<(usize, usize)>) -> impl IntoView {
    let says = move || {
        let (done, all) = count.get();
        format!("{done} of {all} done")
    };
    view! {
        <span class="plan-progress num">
            <progress aria-label="Progress of the plan" value=move || count.get().0.to_string() max=move || count.get().1.max(1).to_string()></progress>
            <span>{says}</span>
        </span>
    }
}
