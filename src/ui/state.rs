//! The one state of the app, owned by the root. Pages read it and send commands; nothing else changes it.

use crate::domain::edition::{Edition, EditionId};
use crate::domain::plan::{Blank, Plan};
use crate::domain::tenant::Tenant;
use crate::platform::clock;
use crate::ui::address::At;
use crate::ui::components::{Acting, OpenRule};
use crate::ui::intake::Intake;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::saving::{Opening, Saving};
use crate::ui::telling::Toast;
use crate::ui::theme::Theme;
use crate::view_model::words::sentence;
use crate::workspace::desk::Thrown;
use crate::workspace::edit::{Done, Edit, Made, NotMade};
use crate::workspace::keys::{self, Slot};
use crate::workspace::{Elsewhere, Workspace};
use chrono::{DateTime, Utc};
use std::time::Duration;

/// The state. Signals live as long as the root, so that a copy may be used anywhere.
#[derive(Clone, Copy)]
pub struct AppState {
    /// What is remembered. Read it with [`AppState::with`]; change it through the methods below.
    pub workspace: RwSignal<Workspace>,
    pub saving: Saving,
    /// The files that were given and are not kept yet.
    pub intake: Intake,
    theme: RwSignal<Theme>,
    pub(super) at: At,
    /// The browser's clock.
    real: RwSignal<DateTime<Utc>>,
    /// The clock of the workspace, where it has one of its own.
    shown: Memo<Option<DateTime<Utc>>>,
    /// See [`AppState::judged`].
    judged: Memo<(Tenant, DateTime<Utc>)>,
    pub(super) toasts: RwSignal<Vec<Toast>>,
    pub(super) next_toast: StoredValue<u32>,
    /// The rule whose sentence is open.
    pub open_rule: RwSignal<Option<OpenRule>>,
    /// The dialog in which something is done or recorded.
    pub acting: Acting,
    /// Whether it is told what a rehearsal is, before one begins.
    pub about_rehearsal: RwSignal<bool>,
}

/// The state of the app that the component is in.
pub fn use_app() -> AppState {
    expect_context::<AppState>()
}

/// How often [`AppState::now`] moves.
const TICK: Duration = Duration::from_secs(30);

impl AppState {
    /// Opens what is remembered and starts the clock. To be called once, by the root.
    pub fn start(opening: Opening) -> Self {
        let saving = Saving::open(opening);
        let theme = Theme::read(&saving.setting(keys::THEME).unwrap_or_default());
        theme.apply();
        let workspace = saving.workspace;
        let real = RwSignal::new(clock::now());
        let shown = Memo::new(move |_| workspace.with(|w| w.clock.as_ref().map(|c| c.at)));
        let judged = Memo::new(move |before: Option<&(Tenant, DateTime<Utc>)>| {
            let tenant = workspace.with(|w| Tenant { name: String::new(), ..w.tenant.clone() });
            let now = shown.get().unwrap_or_else(|| real.get());
            let since = |at: DateTime<Utc>| (now - at).to_std().ok();
            match before {
                Some((known, at))
                    if shown.get().is_none() && *known == tenant && since(*at).is_some_and(|t| t < TICK) =>
                {
                    (tenant, *at)
                }
                _ => (tenant, now),
            }
        });
        let app = Self {
            workspace,
            saving,
            intake: Intake::default(),
            theme: RwSignal::new(theme),
            at: At::here(),
            real,
            shown,
            judged,
            toasts: RwSignal::default(),
            next_toast: StoredValue::new(0),
            open_rule: RwSignal::new(None),
            acting: Acting::default(),
            about_rehearsal: RwSignal::new(false),
        };
        let _ = set_interval_with_handle(move || app.on_tick(), TICK);
        // A tab that comes back from the background, where timers sleep, must not show an old clock.
        let _ = window_event_listener(leptos::ev::visibilitychange, move |_| app.on_tick());
        // Leaving the handle alone keeps the listener for as long as the page lives.
        let _ = window_event_listener(leptos::ev::hashchange, move |_| app.arrive());
        // A link that is pressed leaves the address as it is to be come back to.
        let _ = window_event_listener(leptos::ev::click, move |_| app.write_address());
        // What was dropped or pasted and not kept is in no storage: the browser asks before it goes.
        let _ = window_event_listener(leptos::ev::beforeunload, move |event| {
            app.write_address();
            if app.intake.would_be_lost() {
                event.prevent_default();
            }
        });
        saving.start();
        Effect::new(move |_| {
            if let Some(says) = saving.said.get() {
                saving.said.set(None);
                untrack(|| app.tell(says));
            }
        });
        // What ended while no tab let time pass.
        Effect::new(move |_| {
            saving.turns();
            untrack(|| app.on_tick());
        });
        provide_context(app);
        app
    }

    /// Reads the workspace, reactively.
    pub fn with<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        self.workspace.with(read)
    }

    /// The tenant as the rules see it, without its name, and the instant (UTC) to judge it at; reactive. An edit of something else moves
    /// neither, though it moves [`AppState::now`]: that instant is at most half a minute old, and never before the last change of
    /// the tenant. A copy shares the environments.
    pub fn judged(self) -> (Tenant, DateTime<Utc>) {
        self.judged.get()
    }

    /// Reads the workspace without following it; for event handlers.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        self.workspace.with_untracked(read)
    }

    /// What to call the tenant on screen; reactive.
    pub fn tenant_name(self) -> String {
        self.with(|w| match (w.tenant.name.as_str(), w.tenant.sample) {
            ("", true) => "Sample tenant".into(),
            ("", false) => "My tenant".into(),
            (name, true) => format!("{name} (sample)"),
            (name, false) => name.into(),
        }) + if self.saving.slot() == Slot::Rehearsal { " (rehearsal)" } else { "" }
    }

    /// Every change of the workspace goes through here, except where [another one](super::replacing::Why) takes its place. What is so
    /// already makes no edit; where it is refused, nobody is told of a change.
    pub fn edit(self, edit: Edit) -> Result<Done, NotMade> {
        self.edit_at(edit, clock::now())
    }

    /// As [`AppState::edit`], where the browser's clock was asked already: what is done now has exactly the time of its edit.
    pub(super) fn edit_at(self, edit: Edit, real: DateTime<Utc>) -> Result<Done, NotMade> {
        self.real.try_set(real);
        let made = self.workspace.try_with_untracked(|w| (!edit.is_idle(w)).then(|| Made::new(edit, w, real)));
        let Some(Some(made)) = made else { return Ok(Done::default()) };
        self.saving.make(made)
    }

    /// Light, dark or as the system; reactive.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    pub fn set_theme(self, theme: Theme) {
        theme.apply();
        self.theme.set(theme);
        self.saving.set_setting(keys::THEME, (theme != Theme::System).then_some(theme.word()));
    }

    /// The present instant, UTC: that of the workspace's own clock where it has one, else the browser's, which moves every
    /// half minute. Reactive.
    pub fn now(self) -> DateTime<Utc> {
        self.shown.get().unwrap_or_else(|| self.real.get())
    }

    /// What [`AppState::now`] tells at this very moment, without following it; for event handlers alone: it moves the clock that is
    /// shown, so that a view that asks it while it is drawn is drawn again for ever. There `untrack` around `now` serves.
    pub fn now_untracked(self) -> DateTime<Utc> {
        self.tick_clock()
    }

    /// The browser's clock, also in a rehearsal. Reactive.
    pub fn real_now(self) -> DateTime<Utc> {
        self.real.get()
    }

    /// Moves the clock on, and lets what runs by itself end.
    fn on_tick(self) {
        let real = clock::now();
        self.real.try_set(real);
        let is_due =
            || self.workspace.try_with_untracked(|w| w.is_due(self.edition_untracked(), w.now(real))) == Some(true);
        if !self.saving.lets_time_pass() || !is_due() {
            return;
        }
        // Another tab may have recorded it, and this one not have heard.
        self.saving.follow();
        if is_due() {
            self.pass_time();
        }
    }

    /// The edition of the workspace; the default one where the workspace names one that this build does not know. Reactive.
    pub fn edition(self) -> &'static Edition {
        self.with(|w| Edition::find(&w.edition)).unwrap_or_else(Edition::default_edition)
    }

    pub fn edition_untracked(self) -> &'static Edition {
        self.with_untracked(|w| Edition::find(&w.edition)).unwrap_or_else(Edition::default_edition)
    }

    /// Whether that was done.
    pub fn set_edition(self, id: EditionId) -> bool {
        self.set(Edit::Edition(id))
    }

    /// Makes an edit that hardly anything refuses, and says why where something does. Whether it was made.
    pub(super) fn set(self, edit: Edit) -> bool {
        self.make(edit).is_some()
    }

    fn make(self, edit: Edit) -> Option<Done> {
        self.edit(edit).inspect_err(|why| self.toast_once(sentence(&why.reason()))).ok()
    }

    /// Keeps a plan and tells its number. `None`: it was not kept, and that is said.
    pub fn add_plan(self, plan: Plan) -> Option<u32> {
        self.keep_plan(plan, None)
    }

    /// As [`AppState::add_plan`], for a plan that may come from elsewhere.
    pub fn keep_plan(self, plan: Plan, elsewhere: Option<Elsewhere>) -> Option<u32> {
        self.make(Edit::KeepPlan { plan: Box::new(plan), elsewhere })?.plan
    }

    /// Ticks a step or an item of a plan off, or unticks it. Whether that was done.
    pub fn tick(self, plan: u32, id: &str, done: bool) -> bool {
        self.set(Edit::Tick { plan, id: id.to_string(), done })
    }

    /// Keeps what is typed or chosen for a plan's commands.
    pub fn fill(self, plan: u32, blank: Blank, text: &str) {
        self.set(Edit::Fill { plan, blank, text: text.to_string() });
    }

    /// Deletes a plan with what was done of it, which can be undone.
    pub fn delete_plan(self, number: u32) {
        let Some(saved) = self.with_untracked(|w| w.plan(number).cloned()) else { return };
        if !self.set(Edit::RemovePlan { number }) {
            return;
        }
        self.go(Route::Plans);
        let called = self.with_untracked(|w| w.call_plan(&saved.plan));
        self.saving.remember_thrown(Thrown::Plan(Box::new(saved)), "deleting a plan");
        self.toast_replaced(format!("Deleted: the plan {called}."));
    }

    /// Brings [`AppState::now`] up to date, and tells it.
    pub(super) fn tick_clock(self) -> DateTime<Utc> {
        let real = clock::now();
        self.real.try_set(real);
        self.workspace.try_with_untracked(|w| w.now(real)).unwrap_or(real)
    }
}
