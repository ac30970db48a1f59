//! The slider over what will happen. Between two stops nothing changes, so it goes from one to the next.

use super::Moves;
use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::rehearsal::{Track, TrackStop};
use crate::workspace::clock::Passed;
use crate::workspace::local_time::{relative, show_both, to_local};
use chrono::{DateTime, TimeDelta, Utc};
use wasm_bindgen::JsCast;

const ID: &str = "rehearsal-slider";

/// Moves the focus to the slider; where there is no room for it, to the button that goes on.
pub fn focus() {
    for wanted in [&format!("#{ID}"), ".rehearsal-acts .ends"] {
        let found = document().query_selector(wanted).ok().flatten();
        let Some(element) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) else { continue };
        let _ = element.focus();
        if document().active_element().is_some_and(|active| active == *element.unchecked_ref::<web_sys::Element>()) {
            return;
        }
    }
}

/// The time, how far away it is, and what happens then.
fn says(track: &Track, at: DateTime<Utc>, now: DateTime<Utc>, passed: &Passed) -> String {
    // What came true at the shown time is ahead of it no more.
    let came_true = || passed.came_true.iter().rev().take_while(|u| at == now && u.at == now);
    let first = came_true().find(|u| u.is_loss()).or_else(|| came_true().next());
    let happens = first.map(|u| u.told().to_string());
    let happens = happens.or_else(|| track.at(at).map(TrackStop::plain)).unwrap_or_default();
    let time = show_both(at, &BrowserZone);
    match (at == now, happens.is_empty()) {
        (true, true) => format!("{time}, the shown time"),
        (true, false) => format!("{time}, the shown time: {happens}"),
        (false, true) => format!("{time}, {}", relative(at, now)),
        (false, false) => format!("{time}, {}: {happens}", relative(at, now)),
    }
}

#[component]
pub fn Slider(track: Memo<Track>, moves: Moves) -> impl IntoView {
    let app = use_app();
    // Where the thumb is while it is dragged.
    let held = RwSignal::new(None::<DateTime<Utc>>);
    let here = move || held.get().unwrap_or_else(|| app.now());
    let short = |at: DateTime<Utc>| to_local(at, &BrowserZone).format("%-d %b").to_string();
    let drag = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return };
        let minutes = input.value().parse().unwrap_or_default();
        let stop = track.with_untracked(|t| t.nearest(minutes).map(|stop| (stop.at, t.minutes(stop.at))));
        if let Some((at, minutes)) = stop {
            input.set_value(&minutes.to_string());
            held.set(Some(at));
        }
    };
    let drop = move |_| {
        let to = held.get_untracked();
        held.set(None);
        if let Some(to) = to.filter(|to| *to != app.now_untracked()) {
            moves.go(to);
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let now = app.now_untracked();
        let to = track.with_untracked(|t| {
            let week = TimeDelta::weeks(1);
            let at = |stop: Option<&TrackStop>| stop.map(|stop| stop.at);
            match event.key().as_str() {
                "ArrowRight" | "ArrowUp" => Some(at(t.after(now))),
                "ArrowLeft" | "ArrowDown" => Some(at(t.before(now))),
                "PageUp" => Some(now.checked_add_signed(week)),
                "PageDown" => Some(now.checked_sub_signed(week).map(|to| to.max(t.began))),
                "Home" => Some(Some(t.began)),
                "End" => Some(at(t.stops.last())),
                _ => None,
            }
        });
        if let Some(to) = to {
            event.prevent_default();
            if let Some(to) = to.filter(|to| *to != now) {
                moves.go(to);
            }
        }
    };
    // What is under the thumb while it is dragged, else what happens next.
    let told = move || {
        let now = app.now();
        track.with(|t| {
            let stop = match held.get() {
                Some(at) => t.at(at),
                None => t.after(now),
            };
            stop.map(|stop| (t.percent(stop.at), format!("{}: {}", relative(stop.at, now), stop.plain())))
        })
    };
    view! {
        <div class="scrub no-print">
            <span class="scrub-says" aria-hidden="true">
                <span>{move || short(track.with(|t| t.began))}</span>
                <span class="scrub-told">{move || told().map(|(_, says)| says)}</span>
                <span>{move || short(track.with(|t| t.ends))}</span>
            </span>
            <svg class="scrub-line" aria-hidden="true">
                <line class="scrub-all" x1="0" x2="100%" y1="7" y2="7" />
                <line class="scrub-past" x1="0" y1="7" y2="7" x2=move || format!("{:.2}%", track.with(|t| t.percent(here()))) />
                {live(move || {
                    let told = told().map(|(at, _)| at);
                    track.with(|t| t.stops.iter().map(|stop| t.percent(stop.at)).collect::<Vec<_>>()).into_iter().map(move |at| {
                        let x = format!("{at:.2}%");
                        let class = if told == Some(at) { "scrub-tick on" } else { "scrub-tick" };
                        view! { <line class=class x1=x.clone() x2=x y1="2" y2="12" /> }
                    }).collect_view()
                })}
            </svg>
            <input id=ID type="range" aria-label="Shown time" min="0" max=move || track.with(Track::length).to_string() step="1"
                prop:value=move || track.with(|t| t.minutes(here())).to_string()
                aria-valuetext=move || { let (at, now) = (here(), app.now()); moves.passed.with(|passed| track.with(|t| says(t, at, now, passed))) }
                on:input=drag on:change=drop on:keydown=key />
        </div>
    }
}
