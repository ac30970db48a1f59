//! The mark of a rehearsal: always in sight while nothing on the screen is real, and the clock that is moved by hand.

use crate::domain::decimal;
use crate::domain::life::{Upcoming, upcoming};
use crate::domain::moment::Moment;
use crate::platform::clock::BrowserZone;
use crate::ui::components::{Dialog, RuleChips, SaysText, TimeField, TypedTime};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::words::count;
use crate::words::Say;
use crate::workspace::clock::{Invented, Passed};
use crate::workspace::keys::Slot;
use crate::workspace::local_time::{relative, show_local, show_utc_beside, span};
use chrono::{DateTime, TimeDelta, Utc};

/// Shown where the workspace has a clock of its own.
#[component]
pub fn RehearsalBar() -> impl IntoView {
    let app = use_app();
    let on = Memo::new(move |_| app.with(|w| w.clock.is_some()));
    view! { <Show when=move || on.get()><Bar /></Show> }
}

/// A move that was refused: where to, and why.
type Refused = Option<(DateTime<Utc>, String)>;

#[component]
fn Bar() -> impl IntoView {
    let app = use_app();
    let passed = RwSignal::new(Passed::default());
    let refused = RwSignal::new(None::<(DateTime<Utc>, String)>);
    let setting = RwSignal::new(false);
    let inventing = RwSignal::new(false);
    let go = Callback::new(move |to: DateTime<Utc>| match app.move_clock(to) {
        Ok(done) => {
            refused.set(None);
            passed.set(done);
        }
        Err(why) => refused.set(Some((to, why))),
    });
    let by = move |delta: TimeDelta| {
        let at = app.now_untracked();
        let to = at.checked_add_signed(delta).unwrap_or(at);
        // Back leads no further than to where it began.
        go.run(app.with_untracked(|w| w.clock.as_ref().map_or(to, |c| to.max(c.began))));
    };
    let at_its_beginning = move || app.with(|w| w.clock.as_ref().is_some_and(|c| c.at <= c.began));
    let step = move |label: &'static str, says: &'static str, delta: TimeDelta| {
        let back = delta < TimeDelta::zero();
        view! {
            <button type="button" class="btn small" aria-label=says disabled=move || back && at_its_beginning()
                on:click=move |_| by(delta)>{label}</button>
        }
    };
    let forget = move || {
        passed.set(Passed::default());
        refused.set(None);
    };
    let sample = move || app.saving.slot() == Slot::Sample;
    view! {
        <section class="rehearsal" aria-label="Rehearsal">
            <div class="rehearsal-line">
                <strong class="rehearsal-mark">
                    <span aria-hidden="true">"◆ "</span>
                    {move || if sample() { "Sample with a stopped clock: nothing here is real" } else { "Rehearsal: nothing here is real" }}
                </strong>
                <span class="rehearsal-time">
                    "Shown time " <strong class="num">{move || show_local(app.now(), &BrowserZone)}</strong> " local "
                    <span class="num">"(" {move || show_utc_beside(app.now(), &BrowserZone)} ")"</span>
                </span>
                <span class="grow"></span>
                <button type="button" class="btn small no-print" on:click=move |_| { forget(); app.rehearse_anew() }>"Start over"</button>
                <button type="button" class="btn small no-print" on:click=move |_| app.end_rehearsal()>
                    {move || if sample() { "End, and put the clock back" } else { "End rehearsal" }}
                </button>
            </div>
            <div class="rehearsal-tools no-print">
                <span class="rehearsal-steps" role="group" aria-label="Move the clock">
                    {step("− week", "Back by a week", TimeDelta::weeks(-1))}
                    {step("− day", "Back by a day", TimeDelta::days(-1))}
                    {step("− hour", "Back by an hour", TimeDelta::hours(-1))}
                    {step("+ hour", "On by an hour", TimeDelta::hours(1))}
                    {step("+ day", "On by a day", TimeDelta::days(1))}
                    {step("+ week", "On by a week", TimeDelta::weeks(1))}
                    <button type="button" class="btn small" on:click=move |_| setting.set(true)>"Set time …"</button>
                    <button type="button" class="btn small" on:click=move |_| inventing.set(true)>"What is invented …"</button>
                </span>
                <Next go />
            </div>
            <Between passed />
            <RefusedMove refused passed />
        </section>
        <SetTime open=setting go refused />
        <InventedDialog open=inventing />
    }
}

/// Goes to the next thing that happens by itself.
#[component]
fn Next(go: Callback<DateTime<Utc>>) -> impl IntoView {
    let app = use_app();
    let next = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| upcoming(Moment::new(edition, &w.tenant, now))).into_iter().next()
    });
    move || match next.get() {
        None => view! { <span class="rehearsal-next hint">"Nothing more happens by itself."</span> }.into_any(),
        Some(next) => {
            let Upcoming { at, said, .. } = next.clone();
            let away = relative(at, app.now());
            view! {
                <span class="rehearsal-next">
                    <button type="button" class="btn small pri" on:click=move |_| go.run(at)>"Go to what happens next"</button>
                    <span>{away} ": " <SaysText text=next.says().sentence() /> " " <RuleChips rules=said.rules /></span>
                </span>
            }
            .into_any()
        }
    }
}

/// So few things need no unfolding.
const UNFOLDED: usize = 3;

/// How many things are listed that came true on the way.
const LISTED: usize = 30;

/// What came true while the clock was moved on.
#[component]
fn Between(passed: RwSignal<Passed>) -> impl IntoView {
    view! {
        <div role="status">
            {live(move || {
                let came_true = passed.with(|p| p.came_true.clone());
                let all = came_true.len();
                (all > 0).then(|| view! {
                    <details class="rehearsal-between no-print" open=all <= UNFOLDED>
                        <summary>{count(all, "thing", "things")} " happened on the way"</summary>
                        <ul>
                            {came_true.into_iter().take(LISTED).map(|u| view! {
                                <li>
                                    <span class="num">{show_local(u.at, &BrowserZone)}</span> ": "
                                    <a href=Route::Environment(u.environment.id.clone()).href()><SaysText text=u.says().sentence() /></a> " "
                                    <RuleChips rules=u.said.rules />
                                </li>
                            }).collect_view()}
                        </ul>
                        {(all > LISTED).then(|| view! { <p class="hint">{format!("The first {LISTED} are shown.")}</p> })}
                    </details>
                })
            })}
        </div>
    }
}

/// Why the clock was not moved, and the way to do it all the same.
#[component]
fn RefusedMove(refused: RwSignal<Refused>, passed: RwSignal<Passed>) -> impl IntoView {
    let app = use_app();
    let back = move |to: DateTime<Utc>| match app.rewind_clock(to) {
        Ok(_) => {
            refused.set(None);
            passed.set(Passed::default());
            app.toast("The clock went back, and what was done later is taken back.".into());
        }
        Err(why) => refused.set(Some((to, why))),
    };
    // Only what was done later can be taken back.
    let is_back =
        move |to: DateTime<Utc>| app.with_untracked(|w| w.clock.as_ref().is_some_and(|c| c.began <= to && to < c.at));
    view! {
        <div role="alert">
            {live(move || refused.get().map(|(to, why)| view! {
                <p class="rehearsal-refused">
                    "Not moved to " {show_local(to, &BrowserZone)} ": " {why} ". "
                    {is_back(to).then(|| view! {
                        <button type="button" class="btn small" on:click=move |_| back(to)>"Go back and take that back"</button> " "
                    })}
                    <button type="button" class="btn small plain" on:click=move |_| refused.set(None)>"Stay"</button>
                </p>
            }))}
        </div>
    }
}

#[component]
fn SetTime(open: RwSignal<bool>, go: Callback<DateTime<Utc>>, refused: RwSignal<Refused>) -> impl IntoView {
    let app = use_app();
    let time = TypedTime::new(app.now_untracked()).onward();
    Effect::new(move |_| {
        if open.get() {
            time.set(app.now_untracked());
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(at) = untrack(|| time.at()) {
            open.set(false);
            refused.set(None);
            go.run(at);
        }
    };
    view! {
        <Dialog open title="Set the clock">
            <form on:submit=submit>
                <TimeField time id="rehearsal-time" label="Local time" />
                <p class="hint">"Such as tomorrow 18:00, in 3 h or 2026-11-27 18:00. On the way everything happens that would happen by then."</p>
                <p class="actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                    <button type="submit" class="btn pri" disabled=move || time.at().is_err()>"Set the clock"</button>
                </p>
            </form>
        </Dialog>
    }
}

/// How simulated operations go: made up by the user.
#[component]
fn InventedDialog(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let invented = move || app.invented().unwrap_or_default();
    let wrong = RwSignal::new(None::<String>);
    let minutes = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        if let Some(hours) = decimal::read(&typed.trim().replace(',', "."))
            && (0.0..=f64::from(Invented::LONGEST_MINUTES) / 60.0).contains(&hours)
        {
            // Checked to be between 0 and some thousands just above.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let restore_minutes = (hours * 60.0).round() as u32;
            app.set_invented(Invented { restore_minutes, ..untrack(invented) });
            wrong.set(None);
        } else {
            wrong.set(Some(typed));
        }
    };
    let hours = move || {
        let m = invented().restore_minutes;
        if m % 60 == 0 { format!("{}", m / 60) } else { format!("{:.2}", f64::from(m) / 60.0) }
    };
    let takes = move || {
        let length = span(TimeDelta::minutes(i64::from(invented().restore_minutes)));
        length.unwrap_or_else(|| "no time at all".into())
    };
    view! {
        <Dialog open title="What is invented">
            <p>
                "How long a restore really takes is not known beforehand: the page says that it may take more than a day. In a rehearsal it takes the time that you make up here. Everything else is done at once."
            </p>
            <div class="field">
                <label for="invented-hours">"A restore takes (hours, invented)"</label>
                <input id="invented-hours" class="input num" type="text" inputmode="decimal" autocomplete="off"
                    prop:value=move || wrong.get().unwrap_or_else(hours) on:change=minutes
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true") aria-describedby="invented-hours-hint invented-hours-error" />
                <span id="invented-hours-error" aria-live="polite">
                    {live(move || wrong.get().map(|typed| view! {
                        <span class="field-error">{format!("“{typed}” is no number of hours from 0 to 336: type one such as 4 or 1.5. Nothing was changed.")}</span>
                    }))}
                </span>
                <span class="hint" id="invented-hours-hint">"0 to 336. Now: " {takes} ". It counts for restores that begin from now on."</span>
            </div>
            <p>
                <label class="check">
                    <input type="checkbox" prop:checked=move || invented().restores_fail
                        on:change=move |e| app.set_invented(Invented { restores_fail: event_target_checked(&e), ..untrack(invented) }) />
                    "Restores fail, to practise what to do then"
                </label>
            </p>
            <p class="actions"><button type="button" class="btn pri" autofocus on:click=move |_| open.set(false)>"Close"</button></p>
        </Dialog>
    }
}
