//! Deed something to an environment, or recording that it was done: a menu, a form, and what would follow before anything is
//! done. One dialog for the whole app; pages open it through [`Acting`].

mod confirm;
mod form;
mod how;
mod what_if;

pub use confirm::Confirm;
pub use what_if::WhatIfView;

use crate::domain::environment::{Environment, EnvironmentId};
use crate::domain::moment::Moment;
use crate::platform::clock;
use crate::ui::components::{Dialog, SaysText};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::acts::{Act, write_storage};
use crate::words::Say;
use form::Fields;
use how::How;

/// What the dialog is about.
#[derive(Clone, Copy, Default)]
pub struct Acting {
    open: RwSignal<bool>,
    /// `None`: the tenant, for a new environment.
    environment: RwSignal<Option<EnvironmentId>>,
    /// `None`: the menu.
    act: RwSignal<Option<Act>>,
    /// Whether the form begins with an earlier time.
    earlier: RwSignal<bool>,
}

impl Acting {
    /// Opens the menu of everything that can be done to an environment.
    pub fn menu(self, environment: EnvironmentId) {
        self.environment.set(Some(environment));
        self.act.set(None);
        self.earlier.set(false);
        self.open.set(true);
    }

    /// Opens the form of one act.
    pub fn begin(self, environment: Option<EnvironmentId>, act: Act) {
        self.environment.set(environment);
        self.act.set(Some(act));
        self.earlier.set(false);
        self.open.set(true);
    }

    fn choose(self, act: Option<Act>) {
        self.act.set(act);
        // What was pressed is gone: the focus goes to the heading of what came.
        focus_soon("act-heading".to_string());
    }
}

/// The dialog; the shell has it.
#[component]
pub fn ActDialog() -> impl IntoView {
    let app = use_app();
    let acting = app.acting;
    let env = Memo::new(move |_| {
        let id = acting.environment.get()?;
        app.with(|w| w.tenant.get(&id).cloned())
    });
    let title = Signal::derive(move || match env.with(|e| e.as_ref().map(|e| e.name.clone())) {
        Some(name) => name,
        None => app.tenant_name(),
    });
    // On another page it would belong to nothing, and keep everything out of reach.
    when_changed(move || app.route().page(), move || acting.open.set(false));
    view! {
        <Dialog open=acting.open title beside=true>
            {live(move || match acting.act.get() {
                None => view! { <Menu env /> }.into_any(),
                Some(act) => view! { <ActForm act env=env.get_untracked() /> }.into_any(),
            })}
        </Dialog>
    }
}

#[component]
fn Menu(env: Memo<Option<Environment>>) -> impl IntoView {
    let app = use_app();
    let acting = app.acting;
    let item = move |act: Act, env: &Environment| {
        let title = act.heading(app.is_play());
        // Where nothing has to be typed, what stands against it is said right here.
        let (edition, now) = (app.edition(), app.now());
        let refused = app.with(|w| act.refused(Moment::new(edition, &w.tenant, now), env));
        view! {
            <li>
                <button type="button" class="btn" on:click=move |_| acting.choose(Some(act.clone()))>{title}</button>
                {refused.map(|r| view! {
                    <p class="hint"><span class="r" aria-hidden="true">"✕ "</span> "Not now: " <SaysText text=r.says().sentence() /></p>
                })}
            </li>
        }
    };
    let past = move |act: Act| {
        let title = act.heading(false);
        let choose = move |_| {
            acting.earlier.set(true);
            acting.choose(Some(act.clone()));
        };
        view! { <li><button type="button" class="btn" on:click=choose>{title}</button></li> }
    };
    view! {
        <h3 id="act-heading" tabindex="-1">{move || if app.is_play() { "What should be done?" } else { "What has been done?" }}</h3>
        <Show when=move || !app.is_play()>
            <p class="hint">
                "Nothing is done in the service. What is recorded here keeps windows, expiries and deadlines true."
            </p>
        </Show>
        <ul class="menu act-menu">
            {move || env.with(|e| e.as_ref().map(|e| Act::of(e, !app.is_play()).into_iter().map(|act| item(act, e)).collect_view()))}
        </ul>
        <Show when=move || !app.is_play() && app.with(|w| !w.tenant.imports.is_empty()) && env.with(|e| e.as_ref().is_some_and(|e| e.deleted.is_none()))>
            <details>
                <summary>"Something from before the last import"</summary>
                <p class="hint">
                    "The inventory says how things are, not since when. What is recorded here changes none of its facts; the windows count from then on."
                </p>
                <ul class="menu act-menu">
                    {move || env.with(|e| e.as_ref().map(|e| Act::before_the_import(e).into_iter().map(past).collect_view()))}
                </ul>
            </details>
        </Show>
        <p class="actions foot"><button type="button" class="btn" on:click=move |_| acting.open.set(false)>"Close"</button></p>
    }
}

#[component]
fn ActForm(act: Act, env: Option<Environment>) -> impl IntoView {
    let app = use_app();
    let acting = app.acting;
    let form = RwSignal::new(act.form(env.as_ref()));
    if act == Act::SetCapacity
        && let Some(known) = app.with_untracked(|w| w.tenant.capacity.get().map(write_storage))
    {
        form.update(|f| f.storage = known);
    }
    let id = env.as_ref().map_or_else(|| EnvironmentId::new(""), |e| e.id.clone());
    // In the user's own tenant the service gives the id of an environment; of a backup it is asked nowhere.
    let new_id = if act == Act::Create && !untrack(|| app.is_play()) { String::new() } else { clock::new_id() };
    let command = {
        let act = act.clone();
        Signal::derive(move || form.with(|f| act.command(&id, f, &new_id)))
    };
    let heading = act.heading(untrack(|| app.is_play()));
    let verb = act.title();
    view! {
        <h3 id="act-heading" tabindex="-1">{heading}</h3>
        <Fields act=act.clone() env form />
        <Show when=move || !app.is_play()><How command /></Show>
        <Confirm
            command
            verb
            begins_earlier=acting.earlier.get_untracked()
            on_done=Callback::new(move |()| acting.open.set(false))
            on_cancel=Callback::new(move |()| acting.open.set(false))
        />
    }
}
