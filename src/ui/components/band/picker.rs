//! The band as the date picker of the wizard, with a field to type into.

use super::picture::{Field, Readout};
use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::retention::Window;
use crate::platform::clock::{BrowserZone, zone_name};
use crate::ui::components::instant::{offset, stamp};
use crate::view_model::band::{SPAN_DAYS, Scale, full_minute};
use crate::view_model::time::{Typed, read_typed, typed_form};
use crate::workspace::local_time::{Resolved, resolve};
use chrono::{DateTime, Duration, Utc};
use leptos::prelude::*;

/// What is wrong with the typed text, or what must be asked about it.
#[derive(Clone, PartialEq)]
enum Trouble {
    Unreadable(String),
    /// The local time happens twice or never: the user says which instant is meant.
    Which(&'static str, DateTime<Utc>, DateTime<Utc>),
}

/// The large band to choose an instant from, by pointer, keys or typing; `on_pick` gets an instant in UTC, to the minute
/// (typed seconds are kept). A typed instant may lie outside the window: the caller judges it.
#[component]
pub fn BandPicker(
    #[prop(into)] window: Signal<Window>,
    #[prop(into)] backups: Signal<Vec<ManualBackup>>,
    #[prop(into)] history: Signal<Vec<Change>>,
    #[prop(into)] now: Signal<DateTime<Utc>>,
    #[prop(into)] value: Signal<Option<DateTime<Utc>>>,
    #[prop(into)] on_pick: Callback<DateTime<Utc>>,
    /// What was typed, kept by the caller so that leaving and coming back loses nothing.
    #[prop(optional)]
    typed: Option<RwSignal<String>>,
) -> impl IntoView {
    let typed = typed.unwrap_or_else(|| RwSignal::new(String::new()));
    let trouble = RwSignal::new(None::<Trouble>);
    // The days shown; a short window opens close up, so that a pixel is not an hour.
    let span = RwSignal::new(window.with_untracked(|w| {
        let back = w.possible_from.map_or(0, |f| (w.until - f).num_hours());
        if back <= 7 * 24 { 7 } else { i64::from(SPAN_DAYS) }
    }));
    let middle = RwSignal::new(value.get_untracked());
    let scale = Memo::new(move |_| {
        let (now, length) = (now.get(), Duration::days(span.get()));
        let whole = Duration::days(i64::from(SPAN_DAYS));
        let until = middle.get().map_or(now, |m| m + length / 2).clamp(now - whole + length, now);
        Scale::new(until - length, until)
    });
    // Keys and typing may lead out of the picture: it follows.
    Effect::new(move |_| {
        if let Some(at) = value.get()
            && !scale.get_untracked().holds(at)
        {
            middle.set(Some(at));
        }
    });
    let picked = move |at: DateTime<Utc>| {
        trouble.set(None);
        typed.set(typed_form(at, offset(at)));
        on_pick.run(at);
    };
    let read = move |text: String| {
        typed.set(text.clone());
        match read_typed(&text) {
            Err(says) => trouble.set(Some(Trouble::Unreadable(says))),
            Ok(Typed::Instant(at)) => {
                trouble.set(None);
                on_pick.run(at);
            }
            Ok(Typed::Local(local)) => match resolve(local, &BrowserZone) {
                Resolved::One(at) => {
                    trouble.set(None);
                    on_pick.run(at);
                }
                Resolved::Twice(a, b) => {
                    trouble.set(Some(Trouble::Which(
                        "happens twice, because the clocks go back. Which one is meant?",
                        a,
                        b,
                    )));
                }
                Resolved::Never(a, b) => {
                    trouble.set(Some(Trouble::Which(
                        "does not happen, because the clocks go forward. Which one is meant?",
                        a,
                        b,
                    )));
                }
            },
        }
    };
    // What is typed is read when it is complete, not while it is being typed.
    let on_change = move |e: leptos::ev::Event| read(event_target_value(&e));
    Effect::new(move |_| {
        if let Some(at) = value.get()
            && typed.with_untracked(String::is_empty)
        {
            typed.set(typed_form(at, offset(at)));
        }
    });
    let zone = zone_name().unwrap_or_else(|| "local time".to_string());
    let spans = [(i64::from(SPAN_DAYS), "28 days"), (7, "7 days"), (1, "1 day")];
    view! {
        <div class="band-large band-picker">
            <div class="band-tools" role="group" aria-label="Stretch of time shown">
                {spans
                    .into_iter()
                    .map(|(days, words)| {
                        view! {
                            <button
                                type="button"
                                class="btn small"
                                aria-pressed=move || (span.get() == days).to_string()
                                on:click=move |_| {
                                    middle.set(value.get_untracked());
                                    span.set(days);
                                }
                            >
                                {words}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <Field
                window
                backups
                history
                scale
                cursor=value
                label="Point in time to go back to"
                described_by="band-keys"
                on_move=Callback::new(picked)
            />
            <Readout window cursor=value now />
            <p class="hint" id="band-keys">
                "Click or drag on the band. Keys: arrows move by an hour, with Shift by a minute, Page up and Page down by a day, Home and End to the ends."
            </p>
            <div class="field">
                <label for="band-typed">"Or type it"</label>
                <input
                    id="band-typed"
                    type="text"
                    class="input num"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="2026-11-15 14:05"
                    prop:value=move || typed.get()
                    on:change=on_change
                    aria-invalid=move || trouble.get().is_some().to_string()
                    aria-describedby="band-typed-hint band-typed-trouble"
                />
                <span class="hint" id="band-typed-hint">
                    {format!("year-month-day and time in {zone}, or with UTC behind it")}
                </span>
            </div>
            <div id="band-typed-trouble" class="field-trouble" aria-live="polite">
                {move || {
                    trouble
                        .get()
                        .map(|t| match t {
                            Trouble::Unreadable(says) => view! { <p class="problem">"✕ " {says}</p> }.into_any(),
                            Trouble::Which(says, a, b) => {
                                view! {
                                    <p class="problem">"? This local time " {says}</p>
                                    <p class="actions">
                                        <button type="button" class="btn" on:click=move |_| picked(full_minute(a))>
                                            {stamp(a)}
                                        </button>
                                        <button type="button" class="btn" on:click=move |_| picked(full_minute(b))>
                                            {stamp(b)}
                                        </button>
                                    </p>
                                }
                                    .into_any()
                            }
                        })
                }}
            </div>
        </div>
    }
}
