//! The drawing itself, and how it is pointed at.

use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::order::Order as _;
use crate::domain::outlook::Reach;
use crate::domain::retention::Window;
use crate::ui::components::instant::{offset, stamp};
use crate::ui::prelude::*;
use crate::view_model::band::{
    BandPart, Scale, Segment, choosable, hairlines, marks, part_at, place, reach as reach_words, reach_why, segments,
    ticks,
};
use crate::view_model::far::holes_text;
use crate::workspace::local_time::relative;
use chrono::{DateTime, Duration, Utc};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use std::sync::atomic::{AtomicU32, Ordering};

/// Patterns are found by id in the whole document, so that each picture needs its own.
fn unique() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

pub fn percent(x: f64) -> String {
    format!("{:.3}%", x * 100.0)
}

/// The hatching of what is only possible.
pub fn hatch(id: String) -> impl IntoView {
    view! {
        <defs>
            <pattern id=id width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="band-hatch-ground" width="6" height="6" />
                <rect class="band-hatch-line" width="3" height="6" />
            </pattern>
        </defs>
    }
}

/// A hatching of its own, with its id.
pub fn hatched() -> (String, impl IntoView) {
    let id = format!("hatch-{}", unique());
    (id.clone(), hatch(id))
}

pub fn stretch(s: Segment, y: u32, height: u32, hatch_id: &str) -> impl IntoView + use<> {
    let class = match s.part {
        BandPart::Guaranteed => "band-solid",
        BandPart::Possible => "band-maybe",
        BandPart::Dormant | BandPart::Kept => "band-dormant",
        BandPart::Gone => "band-gone",
    };
    let fill = (s.part == BandPart::Possible).then(|| format!("url(#{hatch_id})"));
    view! { <rect class=class x=percent(s.x) y=y width=percent(s.width) height=height fill=fill /> }
}

/// The band for a table cell, on the common scale; beside it how far back in words. 280 pixels wide at most.
#[component]
pub fn SmallBand(
    #[prop(into)] reach: Reach,
    #[prop(default = vec![])] backups: Vec<ManualBackup>,
    now: DateTime<Utc>,
) -> impl IntoView {
    let id = format!("hatch-{}", unique());
    let scale = Scale::common(now);
    view! {
        <span class="band-small">
            <svg class="band-svg" height="20" aria-hidden="true" focusable="false">
                {hatch(id.clone())}
                {segments(&reach.window, scale).into_iter().map(|s| stretch(s, 4, 12, &id)).collect_view()}
                {marks(&backups, scale)
                    .into_iter()
                    .map(|m| view! { <circle class="band-mark" cx=percent(m.x) cy="10" r="4" /> })
                    .collect_view()}
            </svg>
            <span class="band-reach" title=reach_why(&reach)>
                {reach_words(&reach.window, now)}
                {holes_text(&reach.window, offset).map(|holes| format!("; {holes}"))}
            </span>
        </span>
    }
}

/// The band on the common scale with its days below, to be looked at only; what stands beside it says the same in words.
#[component]
pub fn StillBand(
    window: Window,
    now: DateTime<Utc>,
    #[prop(optional_no_strip)] point: Option<DateTime<Utc>>,
) -> impl IntoView {
    let (id, hatch) = hatched();
    let scale = Scale::common(now);
    let day = |x: f64, anchor: &'static str, label: String| view! { <text class="band-axis" x=percent(x) y="42" text-anchor=anchor>{label}</text> };
    let days = ticks(scale, offset(now), 4).into_iter().filter(|t| (0.06..0.9).contains(&t.x));
    view! {
        <svg class="band-svg" height="46" aria-hidden="true" focusable="false">
            {hatch}
            {segments(&window, scale).into_iter().map(|s| stretch(s, 8, 14, &id)).collect_view()}
            {days.map(|t| day(t.x, "middle", t.label)).collect_view()}
            {day(1.0, "end", "now".to_string())}
            {point.filter(|at| scale.holds(*at)).map(|at| {
                let x = percent(scale.x(at));
                view! { <line class="band-cursor" x1=x.clone() x2=x y1="2" y2="28" /> }
            })}
        </svg>
    }
}

/// Pixels of the large picture, from top to bottom.
const LABEL_ROWS: usize = 2;
const LABEL_HEIGHT: u32 = 15;
const TOP: u32 = 34;
const HEIGHT: u32 = 28;

/// The large picture, as something like a slider: pointer and keys move `cursor` through `on_move`.
#[component]
pub fn Field(
    window: Signal<Window>,
    backups: Signal<Vec<ManualBackup>>,
    history: Signal<Vec<Change>>,
    #[prop(into)] scale: Signal<Scale>,
    #[prop(into)] cursor: Signal<Option<DateTime<Utc>>>,
    #[prop(into)] label: Signal<String>,
    /// An instant that can be chosen, to the minute.
    on_move: Callback<DateTime<Utc>>,
    /// Whether pointing is enough, without pressing.
    #[prop(default = false)]
    hover: bool,
    /// The id of what explains the keys.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// What the right edge is called.
    #[prop(default = "now")]
    edge: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let dragging = StoredValue::new(false);
    let point_at = move |e: &PointerEvent| {
        let Some(element) = node.get_untracked() else { return };
        let area = element.get_bounding_client_rect();
        if area.width() > 0.0 {
            let at = scale.get_untracked().at((f64::from(e.client_x()) - area.left()) / area.width());
            // Looking goes everywhere; choosing only where there is something to choose.
            let at = if hover { at } else { window.with_untracked(|w| clamped(w, at)).unwrap_or(at) };
            on_move.run(at);
        }
    };
    let down = move |e: PointerEvent| {
        if e.button() != 0 {
            return;
        }
        if let Some(element) = node.get_untracked() {
            _ = element.set_pointer_capture(e.pointer_id());
        }
        dragging.set_value(true);
        point_at(&e);
    };
    let moved = move |e: PointerEvent| {
        if hover || dragging.get_value() {
            point_at(&e);
        }
    };
    let keys = move |e: KeyboardEvent| {
        let step = match (e.key().as_str(), e.shift_key()) {
            _ if e.ctrl_key() || e.alt_key() || e.meta_key() => return,
            ("ArrowLeft" | "ArrowDown", true) => Duration::minutes(-1),
            ("ArrowRight" | "ArrowUp", true) => Duration::minutes(1),
            ("ArrowLeft" | "ArrowDown", false) => Duration::hours(-1),
            ("ArrowRight" | "ArrowUp", false) => Duration::hours(1),
            ("PageDown", _) => Duration::days(-1),
            ("PageUp", _) => Duration::days(1),
            ("Home", _) => Duration::days(-4000),
            ("End", _) => Duration::days(4000),
            _ => return,
        };
        e.prevent_default();
        window.with_untracked(|w| {
            let (first, last) = choosable(w).unwrap_or_else(|| {
                let s = scale.get_untracked();
                (s.from(), s.until())
            });
            let at = match cursor.get_untracked() {
                Some(at) => (at + step).clamp(first, last),
                None if step < Duration::days(-1000) => first,
                None => last,
            };
            on_move.run(at);
        });
    };
    let range = Memo::new(move |_| {
        let s = scale.get();
        window.with(choosable).unwrap_or((s.from(), s.until()))
    });
    let value_text = move || match cursor.get() {
        Some(at) => format!("{}, {}", stamp(at), window.with(|w| part_at(w, at)).map_or("not yet", BandPart::words)),
        None => "nothing chosen".to_string(),
    };
    let minutes = move |at: DateTime<Utc>| (at - range.get().0).num_minutes();
    view! {
        <div
            node_ref=node
            class="band-field"
            class:band-pick=!hover
            role="slider"
            tabindex="0"
            aria-label=move || match window.with(|w| holes_text(w, offset)) {
                Some(holes) => format!("{} ({holes})", label.get()),
                None => label.get(),
            }
            aria-orientation="horizontal"
            aria-valuemin="0"
            aria-valuemax=move || minutes(range.get().1).to_string()
            aria-valuenow=move || minutes(cursor.get().unwrap_or(range.get().1)).to_string()
            aria-valuetext=value_text
            aria-describedby=described_by
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| dragging.set_value(false)
            on:pointercancel=move |_| dragging.set_value(false)
            on:keydown=keys
        >
            <Drawing window backups history scale cursor edge />
        </div>
    }
}

/// The nearest instant that can be chosen, to the minute.
fn clamped(window: &Window, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    choosable(window).map(|(first, last)| at.clamp(first, last))
}

#[component]
fn Drawing(
    window: Signal<Window>,
    backups: Signal<Vec<ManualBackup>>,
    history: Signal<Vec<Change>>,
    scale: Signal<Scale>,
    cursor: Signal<Option<DateTime<Utc>>>,
    edge: &'static str,
) -> impl IntoView {
    let id = StoredValue::new(format!("hatch-{}", unique()));
    // Labels are laid out for a picture of this many pixels; on a narrow screen they are left to the list beside it.
    const WIDTH: f64 = 900.0;
    let labelled = move || {
        let scale = scale.get();
        let lines = history.with(|h| hairlines(h, scale));
        let marks = backups.with(|b| marks(b, scale));
        let mut labels: Vec<(f64, String)> = lines.iter().map(|l| (l.x, l.label.clone())).collect();
        labels.extend(marks.iter().map(|m| (m.x, m.label.clone())));
        labels.order_by(|a, b| a.0.total_cmp(&b.0));
        let sizes: Vec<(f64, usize)> = labels.iter().map(|(x, t)| (*x, t.chars().count())).collect();
        let texts = labels
            .into_iter()
            .zip(place(&sizes, LABEL_ROWS, WIDTH))
            .filter_map(|((x, text), placed)| {
                let placed = placed?;
                let y = TOP - 6 - LABEL_HEIGHT * u32::try_from(placed.row).unwrap_or(0);
                let (anchor, dx) = if placed.before { ("end", "-5") } else { ("start", "5") };
                Some(view! { <text class="band-label" x=percent(x) y=y dx=dx text-anchor=anchor>{text}</text> })
            })
            .collect_view();
        let lines = lines
            .into_iter()
            .map(|l| {
                let x = percent(l.x);
                view! { <line class="band-hair" x1=x.clone() x2=x y1="6" y2=TOP + HEIGHT + 8 /> }
            })
            .collect_view();
        let marks = marks
            .into_iter()
            .map(|m| {
                view! {
                    <circle class="band-mark" cx=percent(m.x) cy=TOP + HEIGHT / 2 r="6">
                        <title>{m.label}</title>
                    </circle>
                }
            })
            .collect_view();
        (lines, marks, texts)
    };
    let axis = move || {
        let scale = scale.get();
        ticks(scale, offset(scale.until()), 8)
            .into_iter()
            .filter(|t| t.x < 0.94)
            .enumerate()
            .map(|(n, t)| {
                // Where it is narrow every second one has no room, nor has one beside the end.
                let class = if n % 2 == 1 || t.x > 0.84 { "band-axis band-spare" } else { "band-axis" };
                let x = percent(t.x);
                let y = TOP + HEIGHT;
                view! {
                    <line class="band-tick" x1=x.clone() x2=x.clone() y1=y y2=y + 5 />
                    <text class=class x=x y=y + 18 text-anchor=if t.x < 0.03 { "start" } else { "middle" }>
                        {t.label}
                    </text>
                }
            })
            .collect_view()
    };
    let ends_now = move || scale.with(|s| window.with(|w| w.until) <= s.until());
    view! {
        <svg class="band-svg" height=TOP + HEIGHT + 24 aria-hidden="true" focusable="false">
            {hatch(id.get_value())}
            {move || {
                let scale = scale.get();
                window.with(|w| segments(w, scale)).into_iter().map(|s| stretch(s, TOP, HEIGHT, &id.get_value())).collect_view()
            }}
            {axis}
            {labelled}
            {live(move || {
                ends_now()
                    .then(|| {
                        view! {
                            <line class="band-now" x1="100%" x2="100%" y1=TOP - 12 y2=TOP + HEIGHT + 8 />
                            <text class="band-axis" x="100%" y=TOP + HEIGHT + 18 text-anchor="end">{edge}</text>
                        }
                    })
            })}
            {live(move || {
                let at = cursor.get()?;
                let scale = scale.get();
                scale.holds(at).then(|| {
                    let x = percent(scale.x(at));
                    view! { <line class="band-cursor" x1=x.clone() x2=x y1=TOP - 8 y2=TOP + HEIGHT + 8 /> }
                })
            })}
        </svg>
    }
}

/// The instant under the cursor in words: how sure it is, and what ends when.
#[component]
pub fn Readout(
    window: Signal<Window>,
    #[prop(into)] cursor: Signal<Option<DateTime<Utc>>>,
    now: Signal<DateTime<Utc>>,
    /// What stands there while there is no cursor.
    #[prop(default = "Point at the band, or move along it with the arrow keys, to see what is there.")]
    idle: &'static str,
    /// What stands before the instant.
    #[prop(default = "")]
    lead: &'static str,
) -> impl IntoView {
    move || {
        let Some(at) = cursor.get() else {
            return view! {
                <p class="band-readout hint">{idle}</p>
            }
            .into_any();
        };
        let part = window.with(|w| part_at(w, at));
        let (symbol, word, class) = match part {
            Some(BandPart::Guaranteed) => ("✓", "Guaranteed", "tag ok"),
            Some(BandPart::Possible) => ("?", "Only possible", "tag ask"),
            Some(BandPart::Dormant) => ("–", "Not to be chosen while this is a Sandbox", "tag"),
            Some(BandPart::Kept) => ("–", "Kept, not restorable this way", "tag"),
            Some(BandPart::Gone) => ("✕", "Not kept", "tag no"),
            None => ("✕", "Not yet", "tag no"),
        };
        let (sure, possible) = window.with(|w| w.leaves(at));
        let now = now.get();
        let until = |what: &str, end: DateTime<Utc>| format!("{what} {} ({})", stamp(end), relative(end, now));
        let ends = match (part, sure, possible) {
            (Some(BandPart::Guaranteed), Some(s), Some(p)) if p > s => {
                Some(format!("{}, {}", until("until", s), until("possible until", p)))
            }
            (Some(BandPart::Guaranteed), Some(s), _) => Some(until("ends", s)),
            (Some(BandPart::Possible), _, Some(p)) => Some(until("gone at the latest", p)),
            _ => None,
        };
        view! {
            <p class="band-readout">
                {lead} <strong class="num">{stamp(at)}</strong>
                " "
                <span class=class><span aria-hidden="true">{symbol}</span> " " {word}</span>
                {ends.map(|e| view! { <span class="band-ends">" " {e}</span> })}
            </p>
        }
        .into_any()
    }
}
