//! The tour through the sample: a strip below the page, of which the page is scrolled clear, and which can be left at any time.

use super::route::{EnvironmentsQuery, ReadinessQuery, Route, WayBackQuery};
use super::state::{AppState, use_app};
use crate::ui::prelude::*;
use crate::view_model::tour::{STEPS, Tour, TourStop};
use crate::workspace::keys::Slot;
use wasm_bindgen::JsCast;

/// Where it is remembered where the tour stands.
const SETTING: &str = "restore-desk/tour";

/// The tour of this tab; the shell provides it.
#[derive(Clone, Copy)]
pub struct Touring {
    app: AppState,
    at: RwSignal<Tour>,
}

impl Touring {
    /// To be called once, by the shell.
    pub fn provide(app: AppState) -> Self {
        let kept = app.saving.setting(SETTING).map(|word| Tour::read(&word)).unwrap_or_default();
        let this = Self { app, at: RwSignal::new(kept) };
        provide_context(this);
        this
    }

    /// Whether it was left on the way; reactive.
    pub fn was_left(self) -> bool {
        matches!(self.at.get(), Tour::Left(_))
    }

    /// Opens the sample, in its own place, and begins; or goes on where it was left.
    pub fn begin(self) {
        self.app.saving.open_slot_soon(Slot::Sample);
        self.set(self.at.get_untracked().begin());
    }

    fn set(self, tour: Tour) {
        self.at.set(tour);
        self.app.saving.set_setting(SETTING, tour.word().as_deref());
        match tour.step() {
            Some((_, step)) => {
                self.app.go(route(step.stop));
                focus("#tour-title");
            }
            None => focus("main h1"),
        }
    }
}

fn route(stop: TourStop) -> Route {
    match stop {
        TourStop::Start => Route::Start,
        TourStop::Readiness => Route::Readiness(ReadinessQuery::default()),
        TourStop::Environments => Route::Environments(EnvironmentsQuery::default()),
        TourStop::Targets => Route::targets(),
        TourStop::WayBack => Route::WayBack(WayBackQuery::default()),
        TourStop::Plans => Route::Plans,
        TourStop::Deadlines => Route::Deadlines,
        TourStop::Reference => Route::Reference(None),
    }
}

/// Moves the focus once the page has come, whose heading takes it first.
fn focus(selector: &'static str) {
    let now = move || {
        let Ok(Some(element)) = document().query_selector(selector) else { return };
        let _ = element.set_attribute("tabindex", "-1");
        if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
            let _ = element.focus();
        }
        // The strip stands in sight already: the page begins at its top.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    request_animation_frame(move || request_animation_frame(now));
}

/// The panel.
#[component]
pub fn TourPanel(tour: Touring) -> impl IntoView {
    let app = use_app();
    let step = Memo::new(move |_| tour.at.get().step().filter(|_| app.saving.slot() == Slot::Sample));
    let leave = move || tour.set(tour.at.get_untracked().leave());
    view! {
        <Show when=move || step.with(Option::is_some)>
            {shows("tour")}
            <section class="tour no-print" aria-labelledby="tour-title"
                on:keydown=move |e| if e.key() == "Escape" { leave() }>
                <div>
                    <p class="hint">{move || step.get().map(|(n, _)| format!("Tour, {} of {}", n + 1, STEPS.len()))}</p>
                    <h2 id="tour-title" tabindex="-1">{move || step.get().map(|(_, step)| step.title)}</h2>
                </div>
                <p>{move || step.get().map(|(_, step)| step.says)}</p>
                <p class="actions">
                    <button type="button" class="btn pri" on:click=move |_| tour.set(tour.at.get_untracked().next())>
                        {move || match step.get() {
                            Some((n, _)) if n + 1 == STEPS.len() => "Done",
                            _ => "Next",
                        }}
                    </button>
                    <button type="button" class="btn" on:click=move |_| leave()>"Leave the tour"</button>
                </p>
            </section>
        </Show>
    }
}
