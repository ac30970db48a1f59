//! Where the user is, and the address that says so.

use super::state::AppState;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use std::time::Duration;

/// What is typed is written into the address once it rests for so long: a browser takes a good part of a frame for it, and takes only so
/// many in a while.
const RESTS: Duration = Duration::from_millis(200);

/// Where the user is.
#[derive(Clone, Copy)]
pub struct At {
    route: RwSignal<Route>,
    /// What the address does not say yet.
    unwritten: StoredValue<Option<Unwritten>>,
    typed: Newest,
}

/// A place that the address does not say yet.
struct Unwritten {
    route: Route,
    /// What the address said then. Where it says another by now, somebody went elsewhere, and the browser has not told it yet.
    instead_of: Option<String>,
}

impl At {
    /// Where the address says.
    pub fn here() -> Self {
        let route = Route::parse(&location_hash().unwrap_or_default());
        Self { route: RwSignal::new(route), unwritten: StoredValue::new(None), typed: Newest::default() }
    }
}

impl AppState {
    /// Where the user is, reactive.
    pub fn route(self) -> Route {
        self.at.route.get()
    }

    /// Goes to a page; *back* comes back.
    pub fn go(self, route: Route) {
        self.write_address();
        let _ = location().set_hash(&route.href());
        self.arrive();
    }

    /// Changes the address without a new entry in the browser's history, for what is typed into a filter.
    pub fn replace(self, route: Route) {
        self.at.unwritten.try_update_value(|unwritten| {
            // Where more is typed before the first is written, the address is that of the first.
            let instead_of = unwritten.take().map_or_else(location_hash, |before| before.instead_of);
            *unwritten = Some(Unwritten { route: route.clone(), instead_of });
        });
        let last = self.at.typed.begin();
        set_timeout(
            move || {
                if last.is_some_and(Begun::is_newest) {
                    self.write_address();
                }
            },
            RESTS,
        );
        self.show(route);
    }

    /// Makes the address say where the user is, unless it leads elsewhere already.
    pub(super) fn write_address(self) {
        let unwritten = self.at.unwritten.try_update_value(Option::take).flatten();
        let stays = unwritten.filter(|unwritten| unwritten.instead_of == location_hash());
        if let (Some(Unwritten { route, .. }), Ok(history)) = (stays, window().history()) {
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.href()));
        }
    }

    /// The address was changed.
    pub(super) fn arrive(self) {
        self.at.unwritten.try_update_value(|unwritten| *unwritten = None);
        self.show(Route::parse(&location_hash().unwrap_or_default()));
    }

    fn show(self, route: Route) {
        if self.at.route.try_with_untracked(|old| *old != route) == Some(true) {
            let page = route.page();
            self.at.route.try_set(route);
            self.leave_for(&page);
        }
    }
}
