//! Instants on screen: local time and UTC, and how far away they are.

use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::workspace::local_time::{Zone, relative, show_both, show_local, show_utc_beside};
use chrono::{DateTime, Utc};

/// The offset of the browser's zone at an instant, in minutes east of UTC.
pub fn offset(at: DateTime<Utc>) -> i32 {
    BrowserZone.offset_minutes(at)
}

/// Local time and UTC in words: `Sun 15 Nov 2026 14:05 (13:05 UTC)`.
pub fn stamp(at: DateTime<Utc>) -> String {
    show_both(at, &BrowserZone)
}

/// An instant in local time, in UTC, and (unless `plain`) how far away it is.
#[component]
pub fn InstantView(
    #[prop(into)] at: Signal<DateTime<Utc>>,
    /// Leave out how far away it is.
    #[prop(optional)]
    plain: bool,
    /// What is shown is rounded: how far away it is counts from here.
    #[prop(optional)]
    exactly: Option<DateTime<Utc>>,
) -> impl IntoView {
    let app = use_app();
    view! {
        <time class="instant" datetime=move || at.get().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)>
            <span class="instant-local">{move || show_local(at.get(), &BrowserZone)}</span>
            " "
            <span class="instant-utc">"(" {move || show_utc_beside(at.get(), &BrowserZone)} ")"</span>
            {(!plain)
                .then(|| {
                    view! {
                        " "
                        <span class="instant-relative">{move || relative(exactly.unwrap_or_else(|| at.get()), app.now())}</span>
                    }
                })}
        </time>
    }
}
