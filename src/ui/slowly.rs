//! What is worked out in slices, so that the page stays alive: of a large tenant it takes longer than a frame.

use super::intake::Shared;
use crate::platform::clock;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

/// A part of a page that is made in a turn of its own, once what stands before it is there.
pub fn later<V: IntoView + 'static>(make: impl Fn() -> V + Send + 'static) -> AnyView {
    let turn = RwSignal::new(false);
    spawn_local(async move {
        clock::pause(0).await;
        turn.try_set(true);
    });
    live(move || turn.get().then(&make))
}

/// A value that is worked out anew whenever something changes that it depends on. What was worked out before stays until then. What is
/// small is there before the page is painted.
pub struct Slowly<T> {
    found: RwSignal<Option<Shared<T>>>,
    working: RwSignal<bool>,
}

impl<T> Copy for Slowly<T> {}
impl<T> Clone for Slowly<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Slowly<T> {
    /// `begin` reads what the value depends on before it waits for the first time: when that changes, the work begins anew. The work asks
    /// [`Turn::goes_on`] between its steps, and gives `None` where it was stopped.
    pub fn new<F>(begin: impl Fn(Turn) -> F + 'static) -> Self
    where
        F: Future<Output = Option<T>> + 'static,
    {
        let this = Self { found: RwSignal::new(None), working: RwSignal::new(true) };
        let last = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let mine = last.try_update_value(|n| {
                *n = n.wrapping_add(1);
                *n
            });
            let work = begin(Turn { last, mine, working: this.working, since: clock::millis() });
            spawn_local(async move {
                let made = work.await;
                if last.try_get_value() == mine
                    && let Some(made) = made
                {
                    this.found.try_set(Some(Shared::new(made)));
                    this.working.try_set(false);
                }
            });
        });
        this
    }

    /// What was worked out last; reactive. `None`: nothing yet.
    pub fn get(self) -> Option<Shared<T>> {
        self.found.get()
    }

    /// Whether it is being worked out for longer than a moment; reactive.
    pub fn working(self) -> bool {
        self.working.get()
    }
}

/// The turn of one working out.
pub struct Turn {
    last: StoredValue<u32>,
    mine: Option<u32>,
    working: RwSignal<bool>,
    since: f64,
}

impl Turn {
    /// Lets the page have its turn where the work took long; `false`: what is worked out is of no use any more.
    pub async fn goes_on(&mut self) -> bool {
        if clock::took_its_turn(self.since) {
            if self.working.try_get_untracked() == Some(false) {
                self.working.try_set(true);
            }
            clock::pause(0).await;
            self.since = clock::millis();
        }
        self.last.try_get_value() == self.mine
    }
}
