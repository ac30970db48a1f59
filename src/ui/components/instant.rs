use crate::platform::clock::BrowserZone;
use crate::ui::state::use_app;
use crate::workspace::local_time::{relative, show_local, show_utc};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// An instant in local time, in UTC, and how far away it is.
#[component]
pub fn InstantView(#[prop(into)] at: Signal<DateTime<Utc>>) -> impl IntoView {
    let app = use_app();
    view! {
        <time class="instant" datetime=move || at.get().to_rfc3339()>
            <span class="instant-local">{move || show_local(at.get(), &BrowserZone)}</span>
            " "
            <span class="instant-utc">"(" {move || show_utc(at.get())} ")"</span>
            " "
            <span class="instant-relative">{move || relative(at.get(), app.now())}</span>
        </time>
    }
}
