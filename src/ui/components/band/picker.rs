//! The band as the date picker of the wizard.

use super::BandFacts;
use super::picture::{Field, Readout, offset};
use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::retention::Window;
use crate::ui::components::instant::stamp;
use crate::ui::prelude::*;
use crate::view_model::band::{SPAN_DAYS, Scale, next_full_minute};
use crate::view_model::far::Far;
use chrono::{DateTime, Duration, Utc};

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
    restorable: Signal<Option<Window>>,
) -> impl IntoView {
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
    let reach = move || {
        let back = |at: DateTime<Utc>| stamp(next_full_minute(at));
        let line = |far: Far, window: &Window| far.line(window, back, offset);
        match restorable.get() {
            Some(less) => format!("{}. {}", line(Far::Restorable, &less), window.with(|w| line(Far::Kept, w))),
            None => window.with(|w| line(Far::Plain, w)),
        }
    };
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
                on_move=on_pick
            />
            <Readout window cursor=value now idle="Nothing is chosen yet." />
            <p class="hint" id="band-keys">
                "Click or drag on the band. Keys: arrows move by an hour, with Shift by a minute, Page up and Page down by a day, Home and End to the ends."
            </p>
            <details class="band-why">
                <summary>{reach}</summary>
                <BandFacts window history now backups beside=restorable />
            </details>
        </div>
    }
}
