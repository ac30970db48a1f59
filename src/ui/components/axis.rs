//! What ends on an axis: *now* at the left, the coming weeks to the right. The table that it stands in says the same in words.

use crate::platform::clock::BrowserZone;
use crate::ui::components::band::picture::percent;
use crate::ui::prelude::*;
use crate::view_model::axis::{Axis, AxisPlace};
use crate::workspace::local_time::Zone;

/// What an end is; each is another shape.
#[derive(Clone, Copy, PartialEq)]
pub enum Mark {
    /// Something is lost.
    Loss,
    /// Something may be counted on from then on.
    Gain,
    Plan,
}

/// The days above the axis.
pub fn ticks(axis: &Axis) -> impl IntoView + use<> {
    let texts = axis.ticks(|at| BrowserZone.offset_minutes(at)).into_iter().map(|tick| {
        let anchor = if tick.x <= 0.0 {
            "start"
        } else if tick.x >= 1.0 {
            "end"
        } else {
            "middle"
        };
        view! { <text class="band-axis" x=percent(tick.x) y="12" text-anchor=anchor>{tick.label}</text> }
    });
    view! { <svg class="band-svg" height="16" aria-hidden="true" focusable="false">{texts.collect_view()}</svg> }
}

/// One end on the axis.
pub fn on_axis(place: AxisPlace, mark: Mark) -> impl IntoView + use<> {
    let x = percent(place.x);
    let drawn = match mark {
        _ if place.beyond => view! { <path class="end-beyond" d="M-9 4l6 6-6 6" /> }.into_any(),
        Mark::Loss => view! { <circle class="end-loss" cx="0" cy="10" r="4.5" /> }.into_any(),
        Mark::Gain => view! { <circle class="end-gain" cx="0" cy="10" r="4" /> }.into_any(),
        Mark::Plan => view! { <path class="end-plan" d="M0 4.5 5 10 0 15.5-5 10z" /> }.into_any(),
    };
    let lines = [0.0, 0.25, 0.5, 0.75, 1.0].map(|x| {
        view! { <line class="end-grid" x1=percent(x) x2=percent(x) y1="0" y2="20" /> }
    });
    view! {
        <svg class="band-svg" height="20" aria-hidden="true" focusable="false">
            {lines.into_iter().collect_view()}
            <line class="end-wire" x1="0" x2=x.clone() y1="10" y2="10" />
            <svg class="end-at" x=x>{drawn}</svg>
        </svg>
    }
}
