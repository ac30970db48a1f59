//! The restore wizard. What is complete, what is wrong and what may be reached is told by [`crate::workspace::wizard`]; the
//! draft lives in the workspace, so that leaving and coming back loses nothing.

mod backups;
mod entry;
mod options;
pub(super) mod pieces;
mod point;
mod review;
mod source;
mod target;
mod ways;

use crate::domain::edition::Edition;
use crate::platform::clock::BrowserZone;
use crate::ui::components::stepper::{StepEntry, Stepper};
use crate::ui::components::{EmptyState, Notice, SaysText, Tone};
use crate::ui::pages::start::WithoutFile;
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route};
use crate::ui::state::{AppState, use_app};
use crate::words::Text;
use crate::workspace::wizard::drafts::holds_something;
use crate::workspace::wizard::{Field, Problem, WizardDesk, WizardStep};
use crate::workspace::{Draft, Goal};
use chrono::{DateTime, Utc};

/// The wizard's parts share this.
#[derive(Clone, Copy)]
pub(super) struct Wizard {
    pub app: AppState,
    pub step: Memo<WizardStep>,
    /// The step whose errors are shown, because going on was tried.
    pub tried: RwSignal<Option<WizardStep>>,
}

pub(super) fn use_wizard() -> Wizard {
    expect_context::<Wizard>()
}

impl Wizard {
    /// Reads the draft with everything around it, reactively.
    pub fn desk<T>(self, read: impl FnOnce(WizardDesk<'_, BrowserZone>) -> T) -> T {
        let (edition, now): (&Edition, DateTime<Utc>) = (self.app.edition(), self.app.now());
        self.app.with(|w| {
            let empty = Draft::default();
            let draft = w.draft.as_ref().unwrap_or(&empty);
            read(WizardDesk { edition, tenant: &w.tenant, draft, now, zone: &BrowserZone })
        })
    }

    /// One value of the draft, reactively; what hangs on it moves only when the value does.
    pub fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Draft) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| {
            self.app.with(|w| match &w.draft {
                Some(draft) => read(draft),
                None => read(&Draft::default()),
            })
        })
    }

    /// What is said beside a field: the problem of it, once going on was tried. A source that came with a link and can be none
    /// is told at once.
    pub fn problem_at(self, field: Field) -> Memo<Option<Text>> {
        Memo::new(move |_| {
            let tried = self.tried.get() == Some(field.step());
            let given = || field == Field::Source && self.desk(|d| d.draft.source.is_some());
            (tried || given()).then(|| {
                self.desk(|d| d.problems(field.step()).into_iter().find(|p| p.field == field).map(|p| p.says))
            })?
        })
    }

    pub fn go(self, step: WizardStep) {
        self.tried.set(None);
        self.app.update_draft(|d| {
            d.step = step.index();
            d.furthest = d.furthest.max(step.index());
        });
        self.app.go(step_route(step));
    }
}

pub(super) fn step_route(step: WizardStep) -> Route {
    Route::Restore(RestoreQuery { step: Some(step.index() + 1), ..RestoreQuery::default() })
}

/// Moves the focus to an element of the wizard.
pub(super) fn focus(id: &'static str) {
    focus_soon(id.to_string());
}

const HEADING: &str = "wizard-heading";
const SUMMARY: &str = "wizard-errors";

#[component]
pub fn RestorePage() -> impl IntoView {
    let app = use_app();
    let step = Memo::new(move |_| WizardStep::at(app.with(|w| w.draft.as_ref().map_or(0, |d| d.step))));
    let wizard = Wizard { app, step, tried: RwSignal::new(None) };
    provide_context(wizard);
    entry::watch_address(wizard);
    Effect::new(move |before: Option<WizardStep>| {
        let now = step.get();
        if before.is_some_and(|b| b != now) {
            focus(HEADING);
        }
        now
    });
    let empty = Memo::new(move |_| app.with(|w| w.tenant.living().next().is_none()));
    let title = Memo::new(move |_| {
        wizard.desk(|d| {
            let goal = match d.draft.goal {
                Goal::Restore => "Restore",
                Goal::ToProduction => "Restore to Production",
                Goal::Beside => "Bring back deleted records",
            };
            (goal, d.source().map(|s| (s.name.clone(), pieces::about(s))))
        })
    });
    let begun = wizard.memo(holds_something);
    let empty_it = move |aside: bool| {
        if aside {
            app.begin_draft(None)
        } else {
            app.throw_away(None)
        }
        app.go(Route::restore());
        focus(HEADING);
    };
    view! {
        <div class="page-head">
            <div>
                <h1>{move || title.with(|(goal, of)| of.as_ref().map_or_else(|| (*goal).to_string(), |(name, _)| format!("{goal}: {name}")))}</h1>
                <p class="sub">{move || title.with(|(_, of)| of.as_ref().map_or_else(|| "Every answer is kept: you can leave and come back.".to_string(), |(_, about)| about.clone()))}</p>
            </div>
            <Show when=move || begun.get()>
                <div class="actions">
                    <button type="button" class="btn plain small" on:click=move |_| empty_it(true)>"Begin another"</button>
                    <button type="button" class="btn plain small" on:click=move |_| empty_it(false)>"Start over"</button>
                </div>
            </Show>
        </div>
        {live(move || {
            if empty.get() {
                view! {
                    <EmptyState
                        title="No environments yet"
                        says="A restore needs to know your environments. Add an inventory that your own tools print, or open the sample tenant. Without a file, a few answers about one environment tell what the rules promise."
                    >
                        <a class="btn pri" href=Route::Import.href()>"Add an inventory"</a>
                        <a class="btn" href=Route::Start.href()>"Start page"</a>
                        <WithoutFile />
                    </EmptyState>
                }
                .into_any()
            } else {
                view! { <entry::OthersBegun /> <Steps /> }.into_any()
            }
        })}
    }
}

#[component]
fn Steps() -> impl IntoView {
    let wizard = use_wizard();
    let step = wizard.step;
    let manual = wizard.memo(|d| d.manual);
    let reach = Memo::new(move |_| wizard.desk(|d| d.reach()));
    let chosen = Memo::new(move |_| wizard.desk(|d| WizardStep::ALL.map(|s| d.chosen(s))));
    let entries = Memo::new(move |_| {
        let (here, reach, manual) = (step.get(), reach.get(), manual.get());
        WizardStep::ALL
            .into_iter()
            .map(|s| StepEntry {
                number: s.index() + 1,
                title: s.title(manual),
                chosen: chosen.with(|c| c.get(usize::from(s.index())).cloned().unwrap_or_default()),
                href: step_route(s).href(),
                complete: s < reach,
                reachable: s <= reach,
                current: s == here,
            })
            .collect::<Vec<_>>()
    });
    let problems = Memo::new(move |_| {
        let here = step.get();
        if wizard.tried.get() == Some(here) { wizard.desk(|d| d.problems(here)) } else { Vec::new() }
    });
    let go_on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let here = step.get_untracked();
        if untrack(|| wizard.desk(|d| !d.problems(here).is_empty())) {
            wizard.tried.set(Some(here));
            focus(SUMMARY);
        } else if let Some(next) = here.next() {
            wizard.go(next);
        } else {
            review::make_plan(wizard);
        }
    };
    shows("wizard");
    view! {
        <form class="wizard" novalidate on:submit=go_on>
            <Stepper steps=entries label="Steps of the restore" />
            <div class="wizard-step">
            {live(move || {
                let problems = problems.get();
                (!problems.is_empty()).then(|| view! { <ErrorSummary problems /> })
            })}
            <MissingBefore />
            {live(move || match step.get() {
                WizardStep::Source => view! { <source::SourceStep /> }.into_any(),
                WizardStep::Point => view! { <PointOrBackup manual /> }.into_any(),
                WizardStep::Target => view! { <target::TargetStep /> }.into_any(),
                WizardStep::Options => view! { <options::OptionsStep /> }.into_any(),
                WizardStep::Review => view! { <review::ReviewStep /> }.into_any(),
            })}
            </div>
            <target::Aside />
            <Buttons manual />
        </form>
    }
}

/// What has come to be missing in an earlier step, because time has passed or a fact has changed since.
#[component]
fn MissingBefore() -> impl IntoView {
    let wizard = use_wizard();
    let missing = Memo::new(move |_| {
        let here = wizard.step.get();
        wizard.desk(|d| d.missing_before(here))
    });
    view! {
        <div role="status">
            {live(move || {
                let missing = missing.get();
                (!missing.is_empty()).then(|| view! {
                    <Notice tone=Tone::Error>
                        <p><strong>"An earlier step needs you again."</strong></p>
                        <ul class="reason-list">
                            {missing
                                .into_iter()
                                .map(|p| {
                                    let step = p.field.step();
                                    view! {
                                        <li>
                                            <SaysText text=p.says.sentence() /> " "
                                            <a href=step_route(step).href()>{format!("Go to step {}", step.index() + 1)}</a> " "
                                            {pieces::chips(p.rules)}
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    </Notice>
                })
            })}
        </div>
    }
}

#[component]
fn PointOrBackup(manual: Memo<bool>) -> impl IntoView {
    move || {
        if manual.get() {
            view! { <backups::BackupStep /> }.into_any()
        } else {
            view! { <point::PointStep /> }.into_any()
        }
    }
}

/// The heading of a step: "Step 2 of 5: Point in time", and the question.
#[component]
pub(super) fn StepHeading(step: WizardStep, #[prop(into)] question: Signal<String>) -> impl IntoView {
    let wizard = use_wizard();
    let manual = wizard.memo(|d| d.manual);
    view! {
        <h2 id=HEADING tabindex="-1" class="wizard-heading">
            <span class="wizard-caption">
                {move || format!("Step {} of {}: {}", step.index() + 1, WizardStep::ALL.len(), step.title(manual.get()))}
            </span>
            <span class="visually-hidden">". "</span>
            <span class="wizard-question">{move || question.get()}</span>
        </h2>
    }
}

#[component]
fn Buttons(manual: Memo<bool>) -> impl IntoView {
    let wizard = use_wizard();
    let back = move || wizard.step.get().previous();
    let on = move || match wizard.step.get().next() {
        Some(next) => format!("Continue to {}", next.title(manual.get()).to_lowercase()),
        None => "Make the plan".to_string(),
    };
    shows("wizard-buttons");
    view! {
        <div class="wizard-buttons">
            {live(move || back().map(|b| view! { <a class="btn" href=step_route(b).href()>"Back"</a> }))}
            <button type="submit" class="btn pri">{on}</button>
            <span class="hint wizard-safe">"Nothing happens in the tenant: the last step makes a plan."</span>
        </div>
    }
}

/// What must be mended before going on; each line leads to its field.
#[component]
fn ErrorSummary(problems: Vec<Problem>) -> impl IntoView {
    view! {
        <div class="error-summary" id=SUMMARY tabindex="-1" role="group" aria-labelledby="wizard-errors-title">
            <h2 id="wizard-errors-title">"There is a problem"</h2>
            <ul>
                {problems
                    .into_iter()
                    .map(|p| {
                        let field = p.field;
                        view! {
                            <li>
                                <a
                                    href=step_route(field.step()).href()
                                    on:click=move |event| {
                                        event.prevent_default();
                                        focus(field.dom_id());
                                    }
                                >
                                    <SaysText text=p.says.sentence() />
                                </a>
                                " "
                                {pieces::chips(p.rules)}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
}
