//! What is rarer in a rehearsal: what happened on the way, a time that is typed, what is invented, beginning anew, taking it along.

use super::{By, Moves, slider};
use crate::domain::life::Upcoming;
use crate::json::decimal;
use crate::platform::clock::BrowserZone;
use crate::ui::components::{Dialog, RuleChips, SaysText, TimeField, TypedTime};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::rehearsal::losses_first;
use crate::view_model::words::count;
use crate::workspace::clock::Invented;
use crate::workspace::local_time::{show_local, span};
use chrono::TimeDelta;

#[component]
pub fn Menu(open: RwSignal<bool>, moves: Moves) -> impl IntoView {
    let app = use_app();
    // Why the clock was not moved stands beside the clock, which is out of reach beside a dialog.
    Effect::new(move |_| {
        if moves.refused.with(Option::is_some) {
            open.set(false);
        }
    });
    view! {
        <Dialog open title="Rehearsal">
            <Between open moves />
            <SetTime open moves />
            <Takes />
            <p class="actions">
                <button type="button" class="btn" on:click=move |_| { open.set(false); moves.forget(); app.rehearse_anew(); slider::focus() }>"Start over"</button>
                <button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download as a file"</button>
                <button type="button" class="btn pri" autofocus on:click=move |_| open.set(false)>"Close"</button>
            </p>
        </Dialog>
    }
}

/// How many things are listed that came true on the way.
const LISTED: usize = 30;

/// What came true while the clock was moved on.
#[component]
fn Between(open: RwSignal<bool>, moves: Moves) -> impl IntoView {
    let list = move |title: String, mark: Option<&'static str>, what: Vec<Upcoming>| {
        let all = what.len();
        (all > 0).then(|| view! {
            <h3>{title}</h3>
            <ul class="rehearsal-between">
                {what.into_iter().take(LISTED).map(|u| view! {
                    <li>
                        <strong class="no" aria-hidden="true">{mark}</strong>
                        <span class="num">{show_local(u.at, &BrowserZone)}</span> ": "
                        <a href=Route::Environment(u.environment.id.clone()).href() on:click=move |_| open.set(false)><SaysText text=u.told() /></a> " "
                        <RuleChips rules=u.said.rules />
                    </li>
                }).collect_view()}
            </ul>
            {(all > LISTED).then(|| view! { <p class="hint">{format!("The first {LISTED} are shown.")}</p> })}
        })
    };
    live(move || {
        let (lost, rest) = moves.passed.with(|p| losses_first(&p.came_true));
        let (losses, others) = (lost.len(), rest.len());
        let more = if losses > 0 { " more" } else { "" };
        view! {
            {list(format!("{} on the way", count(losses, "loss", "losses")), Some("✕ "), lost)}
            {list(format!("{}{more} happened on the way", count(others, "thing", "things")), None, rest)}
        }
    })
}

#[component]
fn SetTime(open: RwSignal<bool>, moves: Moves) -> impl IntoView {
    let app = use_app();
    let time = TypedTime::new(app.now_untracked()).onward();
    // The buttons move it too.
    Effect::new(move |_| {
        let now = app.now();
        if open.get() {
            time.set(now);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(at) = untrack(|| time.at()) {
            open.set(false);
            moves.refused.set(None);
            moves.go(at);
        }
    };
    view! {
        <h3>"Set the clock"</h3>
        <form on:submit=submit>
            <TimeField time id="rehearsal-time" label="Local time" chips=true />
            <p class="hint">"What would happen by then happens on the way."</p>
            <p class="actions">
                <button type="submit" class="btn" disabled=move || time.at().is_err()>"Set the clock"</button>
                <By moves says="Back by a week" delta=TimeDelta::weeks(-1) class="btn small">"− week"</By>
                <By moves says="Back by an hour" delta=TimeDelta::hours(-1) class="btn small">"− hour"</By>
                <By moves says="On by an hour" delta=TimeDelta::hours(1) class="btn small">"+ hour"</By>
                <By moves says="On by a week" delta=TimeDelta::weeks(1) class="btn small">"+ week"</By>
            </p>
        </form>
    }
}

/// How simulated operations go: made up by the user.
#[component]
fn Takes() -> impl IntoView {
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
        <h3>"How long a restore takes"</h3>
        <div class="field">
            <label for="invented-hours">"Hours, invented"</label>
            <input id="invented-hours" class="input num" type="text" inputmode="decimal" autocomplete="off"
                prop:value=move || wrong.get().unwrap_or_else(hours) on:change=minutes
                aria-invalid=move || wrong.with(Option::is_some).then_some("true") aria-describedby="invented-hours-hint invented-hours-error" />
            <span id="invented-hours-error" aria-live="polite">
                {live(move || wrong.get().map(|typed| view! {
                    <span class="field-error">{format!("“{typed}” is no number of hours from 0 to 336: type one such as 4 or 1.5. Nothing was changed.")}</span>
                }))}
            </span>
            <span class="hint" id="invented-hours-hint">"Nobody knows it beforehand; it may be more than a day. Now " {takes} ", for restores that begin from now on."</span>
        </div>
        <p>
            <label class="check">
                <input type="checkbox" prop:checked=move || invented().restores_fail
                    on:change=move |e| app.set_invented(Invented { restores_fail: event_target_checked(&e), ..untrack(invented) }) />
                "Restores fail, to practise what to do then"
            </label>
        </p>
    }
}
