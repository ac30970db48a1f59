use super::InstantView;
use crate::domain::instants::whole_minute;
use crate::domain::text::{Rounding, When};
use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::view_model::prose::{Piece, pieces};
use crate::words::{self, Text};
use crate::workspace::local_time::{show_local, show_utc_beside};
use chrono::{DateTime, TimeDelta, Timelike, Utc};

/// A finding or a note: what stands between backticks is shown as code, everything else as it is.
#[component]
pub fn Prose(#[prop(into)] text: String) -> impl IntoView {
    pieces(&text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.into_any(),
            Piece::Code(code) => view! { <code>{code}</code> }.into_any(),
        })
        .collect_view()
}

/// A text of the core, with local time beside each instant.
#[component]
pub fn SaysText(text: Text) -> impl IntoView {
    text.pieces()
        .iter()
        .map(|piece| match piece {
            words::Piece::Code(code) => view! { <code>{code.clone()}</code> }.into_any(),
            words::Piece::Instant(when) => view! { <Timed when=*when /> }.into_any(),
            written => written.to_string().into_any(),
        })
        .collect_view()
}

/// An instant of a text both ways, rounded as it says.
#[component]
fn Timed(when: When) -> impl IntoView {
    let at = whole_minute(when.at);
    match when.rounding {
        Rounding::Day => view! { <time datetime=when.at.to_rfc3339()>{when.to_string()}</time> }.into_any(),
        Rounding::Exact => view! { <Exact at=when.at /> }.into_any(),
        Rounding::Up if at < when.at => view! { <InstantView at=at + TimeDelta::minutes(1) plain=true /> }.into_any(),
        Rounding::Up | Rounding::Down | Rounding::Digits => view! { <InstantView at plain=true /> }.into_any(),
    }
}

/// An instant both ways, to the second where it has any: a restore point is exact.
#[component]
pub fn Exact(at: DateTime<Utc>) -> impl IntoView {
    match at.second() {
        0 => view! { <InstantView at plain=true /> }.into_any(),
        second => {
            let local = format!("{}:{second:02}", show_local(at, &BrowserZone));
            let utc = show_utc_beside(at, &BrowserZone).replace(" UTC", &format!(":{second:02} UTC"));
            view! {
                <time class="instant" datetime=at.to_rfc3339()>
                    <span class="instant-local">{local}</span> " " <span class="instant-utc">"(" {utc} ")"</span>
                </time>
            }
            .into_any()
        }
    }
}
