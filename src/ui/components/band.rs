//! The band of time: what the product is about. Time runs from left to right and *now* is the right edge; solid is guaranteed,
//! hatched only possible, outlined not to be chosen for the moment, empty gone. Beside every picture the same facts in words.

mod facts;
mod picker;
mod picture;

pub use facts::BandFacts;
pub use picker::BandPicker;
pub use picture::SmallBand;

use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::retention::Window;
use crate::ui::prelude::*;
use crate::view_model::band::Scale;
use crate::view_model::far::Far;
use chrono::{DateTime, Utc};

/// The large band, to be looked at: hovering, dragging or the arrow keys show the instant and what ends when.
#[component]
pub fn Band(
    #[prop(into)] window: Signal<Window>,
    #[prop(into)] backups: Signal<Vec<ManualBackup>>,
    #[prop(into)] history: Signal<Vec<Change>>,
    #[prop(into)] now: Signal<DateTime<Utc>>,
    /// What the right edge is called.
    #[prop(default = "now")]
    edge: &'static str,
    /// What the window speaks of.
    #[prop(default = Far::Plain)]
    far: Far,
    /// What the window beside it speaks of, where the two differ.
    #[prop(optional, into)]
    beside: Option<Signal<Option<Window>>>,
) -> impl IntoView {
    let cursor = RwSignal::new(None::<DateTime<Utc>>);
    let scale = Signal::derive(move || Scale::common(now.get()));
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
            <BandFacts window history now far beside=beside.unwrap_or_else(|| Signal::stored(None)) />
        </div>
    }
}
