//! Before anything is done: when it was done, what would follow, and only then the button.

use super::what_if::WhatIfView;
use crate::domain::capacity::{Balance, balance};
use crate::domain::command::{Command, Refusal};
use crate::domain::deed::{Deed, Setting};
use crate::domain::environment::{Environment, Kind};
use crate::domain::life;
use crate::domain::restore::confirmation_in;
use crate::domain::retention;
use crate::domain::what_if::{WhatIf, what_if_then};
use crate::ui::components::ask::capital;
use crate::ui::components::{Band, Notice, ReasonList, RuleChips, SaysText, TimeField, Tone, TypedTime};
use crate::ui::prelude::*;
use crate::ui::state::{AppState, use_app};
use crate::view_model::far::Far;
use crate::words::Say;
use crate::workspace::log::Step;
use chrono::{DateTime, TimeDelta, Utc};

/// What would follow.
#[derive(Clone, PartialEq)]
enum Preview {
    /// Something is not typed yet, or the time cannot be read.
    Missing(String),
    Refused(Refusal),
    /// With the touched environments as they would be.
    Shown(Box<(WhatIf, Vec<Environment>)>),
    /// The storage before and after.
    Storage(Option<Balance>, Balance),
    /// Something from before the last import: the environment as it is known, and as it then would be.
    Earlier(Box<(Environment, Environment)>),
    /// It is allowed, but what it would change cannot be shown side by side.
    Plain,
}

/// After how long the switch back is shown (invented; for looking only).
const BACK_AFTER: [(&str, i64); 4] = [("an hour", 1), ("a day", 24), ("two days", 48), ("a week", 168)];

/// Shows what would follow from a command, asks when it was done, and does or records it.
#[component]
pub fn Confirm(
    #[prop(into)] command: Signal<Result<Command, String>>,
    /// The button where it is done and not only recorded.
    #[prop(into)]
    verb: String,
    /// The step of a plan that it stands for.
    #[prop(default = Signal::stored(None), into)]
    step: Signal<Option<Step>>,
    /// Whether it was done earlier, until something else is chosen.
    #[prop(optional)]
    begins_earlier: bool,
    on_done: Callback<()>,
    on_cancel: Callback<()>,
    /// What else can be done, beside the buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let app = use_app();
    let earlier = RwSignal::new(begins_earlier);
    let time = TypedTime::new(app.now_untracked());
    let back_after = RwSignal::new(24_i64);
    let refused = RwSignal::new(None::<Refusal>);
    let at = move || match earlier.get() && !app.is_play() {
        true => time.at(),
        // As it will be recorded: never before what was done last.
        false => Ok(app.with(|w| w.present(app.now()))),
    };
    let preview = Memo::new(move |_| match (command.get(), at()) {
        (Err(missing), _) | (Ok(_), Err(missing)) => Preview::Missing(missing),
        (Ok(command), Ok(at)) => {
            let plan = step.with(|s| s.as_ref().map(|s| s.plan));
            look(app, plan, command, at, TimeDelta::hours(back_after.get()))
        }
    });
    let switches_away = Memo::new(move |_| {
        matches!(command.get(), Ok(Command::Do(Deed::Set { setting: Setting::Kind(Kind::Sandbox), .. })))
            && preview.with(|p| matches!(p, Preview::Shown(_)))
    });
    let losing = Memo::new(move |_| {
        preview.with(|p| match p {
            Preview::Shown(shown) => shown
                .0
                .environments
                .iter()
                .any(|t| t.moments.iter().any(|m| !m.losses.is_empty()) || t.recovery.is_some()),
            _ => false,
        })
    });
    // Where others are called like what is overwritten, its id is said.
    let same_names = Memo::new(move |_| match command.get() {
        Ok(Command::Do(Deed::StartRestore { request, .. })) => app.with(|w| {
            let target = w.tenant.get(&request.target)?;
            confirmation_in(&w.tenant, target).why()
        }),
        _ => None,
    });
    let ready = move || preview.with(|p| !matches!(p, Preview::Missing(_) | Preview::Refused(_)));
    let act = move |_| {
        let (Ok(command), Ok(at)) = (command.get_untracked(), untrack(at)) else { return };
        match app.run_at(command, at, step.get_untracked()) {
            Ok(events) => {
                app.say_done(&events);
                on_done.run(());
            }
            Err(refusal) => refused.set(Some(refusal)),
        }
    };
    let verb = StoredValue::new(verb);
    view! {
        <Show when=move || !app.is_play()>
            <When earlier time />
        </Show>
        <div class="what-if" aria-live="polite">
            {live(move || match preview.get() {
                Preview::Missing(what) => view! { <p class="hint">{capital(&what)} " to see what would follow."</p> }.into_any(),
                Preview::Refused(refusal) => view! { <RefusalView refusal /> }.into_any(),
                Preview::Storage(before, after) => view! { <StorageSides before after /> }.into_any(),
                Preview::Plain => view! { <p>"It can be recorded. What it changes from then on cannot be shown side by side."</p> }.into_any(),
                Preview::Earlier(pair) => view! { <EarlierSides before=pair.0 after=pair.1 /> }.into_any(),
                Preview::Shown(shown) => {
                    let (what_if, after) = *shown;
                    view! { <WhatIfView what_if after /> }.into_any()
                }
            })}
        </div>
        <Show when=move || switches_away.get()>
            <p class="field-line">
                <label for="act-back">"Shown as if it were switched back after "</label>
                <select id="act-back" class="input" on:change=move |e| {
                    if let Ok(hours) = event_target_value(&e).parse() {
                        back_after.set(hours);
                    }
                }>
                    {BACK_AFTER.into_iter().map(|(words, hours)| view! {
                        <option value=hours.to_string() selected=move || back_after.get() == hours>{words}</option>
                    }).collect_view()}
                </select>
            </p>
        </Show>
        {live(move || same_names.get().map(|says| view! { <p class="hint"><SaysText text=says /></p> }))}
        {live(move || refused.get().map(|refusal| view! { <RefusalView refusal /> }))}
        <p class="actions foot">
            {children.map(|others| others())}
            <button type="button" class="btn" on:click=move |_| on_cancel.run(())>"Cancel"</button>
            <button type="button" class=move || if losing.get() { "btn danger" } else { "btn pri" } data-enter=move || (!losing.get()).then_some("")
                disabled=move || !ready() on:click=act>
                {move || if app.is_play() { verb.get_value() } else { "Record it".to_string() }}
            </button>
        </p>
    }
}

fn look(app: AppState, plan: Option<u32>, command: Command, at: DateTime<Utc>, back: TimeDelta) -> Preview {
    let (edition, now) = (app.edition(), app.now());
    app.with(|w| {
        let after = match w.preview(edition, command.clone(), at, now) {
            Ok(after) => after,
            Err(refusal) => return Preview::Refused(refusal),
        };
        if w.is_before_the_import(at) {
            let pair = w.tenant.environments.iter().find_map(|e| {
                let then = after.get(&e.id).filter(|then| *then != e)?;
                Some((e.clone(), then.clone()))
            });
            return pair.map_or(Preview::Plain, |pair| Preview::Earlier(Box::new(pair)));
        }
        let deed = match command {
            Command::Do(deed) => deed,
            Command::SetCapacity(new) => {
                return Preview::Storage(w.tenant.capacity.get().map(|c| balance(edition, c)), balance(edition, &new));
            }
            _ => return Preview::Plain,
        };
        let mut deeds = vec![(deed.clone(), at)];
        if let Deed::Set { environment, setting: Setting::Kind(Kind::Sandbox) } = &deed {
            let home = Deed::Set { environment: environment.clone(), setting: Setting::Kind(Kind::Production) };
            deeds.push((home, at.checked_add_signed(back).unwrap_or(at)));
        }
        let shown = what_if_then(edition, &w.tenant, &deeds);
        let after = deeds.iter().try_fold(w.tenant.clone(), |tenant, (deed, at)| {
            life::perform(edition, &tenant, deed, *at).map(|(after, _)| after)
        });
        match (shown, after) {
            (Ok(mut shown), Ok(after)) => {
                if let Some(saved) = plan.and_then(|number| w.plan(number)) {
                    saved.plan.without_losses_of_new(&mut shown);
                }
                let touched = shown.environments.iter().filter_map(|t| after.get(&t.environment).cloned()).collect();
                Preview::Shown(Box::new((shown, touched)))
            }
            // Recorded late it fits in between, but not at the end.
            _ => Preview::Plain,
        }
    })
}

/// What is kept of it, with and without what the history is to learn.
#[component]
fn EarlierSides(before: Environment, after: Environment) -> impl IntoView {
    let app = use_app();
    let side = |title: &'static str, env: Environment| {
        let now = untrack(|| app.now());
        let window = retention::window(untrack(|| app.edition()), &env, now);
        view! {
            <div>
                <p class="what-if-side">{title}</p>
                <Band reach=Signal::stored(window.into()) backups=Signal::stored(env.backups) history=Signal::stored(env.history) now=Signal::stored(now) far=Far::Kept />
            </div>
        }
    };
    view! {
        <p>"It lies before the last import: the facts stay as the inventory says, and the windows count from then on."</p>
        <div class="what-if-pair">{side("As it is known now", before)} {side("With it recorded", after)}</div>
    }
}

/// What the storage is good for, before and after.
#[component]
fn StorageSides(before: Option<Balance>, after: Balance) -> impl IntoView {
    let side = |title: &'static str, balance: Option<Balance>| {
        view! {
            <div>
                <p class="what-if-side">{title}</p>
                {match balance {
                    Some(b) => view! { <ReasonList reasons=b.reasons /> }.into_any(),
                    None => view! { <p>"Not known"</p> }.into_any(),
                }}
            </div>
        }
    };
    view! { <div class="what-if-pair">{side("Until now", before)} {side("From then on", Some(after))}</div> }
}

/// Now, or earlier at a typed time.
#[component]
fn When(earlier: RwSignal<bool>, time: TypedTime) -> impl IntoView {
    let radio = move |id: &'static str, value: bool, label: &'static str| {
        view! {
            <div class="radio-line">
                <input type="radio" id=id name="act-when" prop:checked=move || earlier.get() == value
                    on:change=move |_| earlier.set(value) />
                <label for=id>{label}</label>
            </div>
        }
    };
    view! {
        <fieldset class="act-when">
            <legend>"When was it done?"</legend>
            {radio("act-now", false, "Just now")}
            {radio("act-earlier", true, "Earlier")}
            <Show when=move || earlier.get()>
                <TimeField time id="act-time" label="Local time at which it was done" />
            </Show>
        </fieldset>
    }
}

/// A refusal: what stands against it, its rules, and the way out.
#[component]
pub fn RefusalView(refusal: Refusal) -> impl IntoView {
    view! {
        <Notice tone=Tone::Error>
            <p><strong>"Refused. "</strong> <SaysText text=refusal.says().sentence() /> " " <RuleChips rules=refusal.rules.clone() /></p>
            <p>"Way out: " <SaysText text=refusal.help().full_stop() /></p>
        </Notice>
    }
}
