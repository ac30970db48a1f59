//! The band as the date picker of the wizard.

use super::BandFacts;
use super::picture::{Field, Readout};
use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::outlook::Reach;
use crate::domain::retention::Window;
use crate::ui::components::instant::offset;
use crate::ui::components::instant::stamp;
use crate::ui::prelude::*;
use crate::view_model::band::{SPAN_DAYS, Scale, close_up, next_full_minute};
use crate::view_model::far::Far;
use chrono::{DateTime, Duration, Utc};

const MONTH: i64 = SPAN_DAYS as i64 * 24;
const YEAR: i64 = 365 * 24;

/// The stretches that can be shown, in hours, and what they are called.
const SPANS: [(i64, &str); 5] = [(YEAR, "Year"), (MONTH, "4 weeks"), (7 * 24, "Week"), (24, "Day"), (1, "Hour")];

/// The large band to choose an instant from, by pointer or keys; `on_pick` gets an instant in UTC, to the minute. Fields to type
/// into stand beside it (the wizard has them): `value` may come from them, also from outside the window.
#[component]
pub fn BandPicker(
    #[prop(into)] window: Signal<Window>,
    #[prop(into)] backups: Signal<Vec<ManualBackup>>,
    #[prop(into)] history: Signal<Vec<Change>>,
    #[prop(into)] now: Signal<DateTime<Utc>>,
    #[prop(into)] value: Signal<Option<DateTime<Utc>>>,
    #[prop(into)] on_pick: Callback<DateTime<Utc>>,
    /// What can be brought back, where that is less sure than what is kept, which `window` is.
    #[prop(into)]
    restorable: Signal<Option<Reach>>,
    /// What the point is called, where nobody else says how sure it is.
    #[prop(default = "")]
    lead: &'static str,
) -> impl IntoView {
    let middle = RwSignal::new(value.get_untracked());
    // The hours shown; a short window opens close up, so that a pixel is not an hour.
    let span = RwSignal::new(window.with_untracked(|w| {
        let back = w.possible_from.map_or(0, |f| (w.until - f).num_hours());
        if back <= 7 * 24 { 7 * 24 } else { MONTH }
    }));
    // What was asked for: a typed point that is too near to now is looked at more closely, and the next one not.
    let chosen = StoredValue::new(span.get_untracked());
    let zoom = move |hours: i64| {
        middle.set(value.get_untracked());
        chosen.set_value(hours);
        span.set(hours);
    };
    // Under the pointer nothing moves.
    let picked = StoredValue::new(None);
    let on_pick = Callback::new(move |at| {
        picked.set_value(Some(at));
        on_pick.run(at);
    });
    let keys = move |e: leptos::ev::KeyboardEvent| {
        let now = SPANS.iter().position(|(hours, _)| *hours == span.get_untracked()).unwrap_or(1);
        let to = match e.key().as_str() {
            _ if e.ctrl_key() || e.alt_key() || e.meta_key() => return,
            "+" => now.saturating_add(1),
            "-" | "−" => now.saturating_sub(1),
            _ => return,
        };
        if let Some((hours, _)) = SPANS.get(to) {
            e.prevent_default();
            zoom(*hours);
        }
    };
    let scale = Memo::new(move |_| {
        let (now, length) = (now.get(), Duration::hours(span.get()));
        let whole = Duration::hours(YEAR);
        let until = middle.get().map_or(now, |m| m + length / 2).clamp(now - whole + length, now);
        Scale::new(until - length, until)
    });
    // Keys and typing may lead out of the picture: it follows.
    Effect::new(move |before: Option<Option<DateTime<Utc>>>| {
        let at = value.get();
        if at.is_some() && before != Some(at) && picked.get_value() != at {
            let ago = at.map_or_else(Duration::zero, |at| now.get_untracked() - at);
            span.set(close_up(ago, chosen.get_value(), SPANS.iter().map(|(hours, _)| *hours)));
        }
        if let Some(at) = at
            && !scale.get_untracked().holds(at)
        {
            middle.set(Some(at));
        }
        at
    });
    let reach = move || {
        let back = |at: DateTime<Utc>| stamp(next_full_minute(at));
        let line = |far: Far, window: &Window| far.line(window, back, offset);
        match restorable.get() {
            Some(less) => format!("{}. {}", line(Far::Restorable, &less.window), window.with(|w| line(Far::Kept, w))),
            None => window.with(|w| line(Far::Plain, w)),
        }
    };
    view! {
        <div class="band-large band-picker" on:keydown=keys>
            <div class="band-tools" role="group" aria-label="Stretch of time shown">
                {SPANS
                    .into_iter()
                    .map(|(hours, words)| view! {
                        <button type="button" class="btn small" aria-pressed=move || (span.get() == hours).to_string()
                            on:click=move |_| zoom(hours)>{words}</button>
                    })
                    .collect_view()}
                <span class="hint band-keys" id="band-keys">
                    "Click or drag, or with the keys: arrows an hour, with Shift a minute, Page up and down a day, Home and End, + and − zoom."
                </span>
            </div>
            <Field
                window
                backups
                history
                scale
                cursor=value
                label="Point in time to go back to"
                described_by="band-keys"
                on_move=on_pick
            />
            {(!lead.is_empty()).then(|| view! { <Readout window cursor=value now idle="Nothing is chosen yet." lead /> })}
            {lead.is_empty().then(|| view! {
            <details class="band-why">
                <summary>{reach}</summary>
                <BandFacts reach=Signal::derive(move || window.get().into()) history now backups beside=restorable />
            </details>
            })}
        </div>
    }
}
