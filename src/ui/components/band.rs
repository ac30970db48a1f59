//! The band of time: what the product is about. Time runs from left to right and *now* is the right edge; solid is guaranteed,
//! hatched only possible, outlined not to be chosen for the moment, empty gone. Beside every picture the same facts in words.

mod facts;
mod picker;
pub(super) mod picture;

pub use facts::BandFacts;
pub use picker::BandPicker;
pub use picture::{SmallBand, StillBand, hatched};

use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::outlook::Reach;
use crate::domain::retention::Window;
use crate::ui::prelude::*;
use crate::view_model::band::Scale;
use crate::view_model::far::Far;
use chrono::{DateTime, Utc};

/// The large band, to be looked at: hovering, dragging or the arrow keys show the instant and what ends when.
#[component]
pub fn Band(
    #[prop(into)] reach: Signal<Reach>,
    #[prop(into)] backups: Signal<Vec<ManualBackup>>,
    #[prop(into)] history: Signal<Vec<Change>>,
    #[prop(into)] now: Signal<DateTime<Utc>>,
    /// What the right edge is called.
    #[prop(default = "now")]
    edge: &'static str,
    /// What the reach speaks of.
    #[prop(default = Far::Plain)]
    far: Far,
    /// The other answer, where the two differ.
    #[prop(optional, into)]
    beside: Option<Signal<Option<Reach>>>,
) -> impl IntoView {
    let cursor = RwSignal::new(None::<DateTime<Utc>>);
    let scale = Signal::derive(move || Scale::common(now.get()));
    let window = Signal::derive(move || reach.with(|r| Window::clone(&r.window)));
    view! {
        <div class="band-large">
            <picture::Field
                window
                backups
                history
                scale
                cursor
                label="Look at a point in time"
                on_move=Callback::new(move |at| cursor.set(Some(at)))
                hover=true
                edge
            />
            <picture::Readout window cursor now />
            <BandFacts reach history now far beside=beside.unwrap_or_else(|| Signal::stored(None)) />
        </div>
    }
}
