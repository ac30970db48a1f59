//! What is worked out in slices, so that the page stays alive: of a large tenant it takes longer than a frame.

use super::intake::Shared;
use crate::platform::clock;
use crate::ui::prelude::*;
use leptos::task::spawn_local;
use std::any::Any;
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

thread_local! {
    /// The parts of pages that wait for their turn, in the order in which they were asked for.
    static WAITING: RefCell<VecDeque<RwSignal<bool>>> = const { RefCell::new(VecDeque::new()) };
}

/// A part of a page that is made in a turn of its own, once what stands before it is painted: several one after the other.
pub fn later<V: IntoView + 'static>(make: impl Fn() -> V + Send + 'static) -> AnyView {
    let turn = RwSignal::new(false);
    let is_first = WAITING.with_borrow_mut(|waiting| {
        waiting.push_back(turn);
        waiting.len() == 1
    });
    if is_first {
        give_turns();
    }
    live(move || turn.get().then(&make))
}

/// Gives the first that waits its turn, and then those after it, a frame each.
fn give_turns() {
    spawn_local(async {
        loop {
            clock::painted().await;
            // A part whose page was left has none.
            let next = || WAITING.with_borrow_mut(VecDeque::pop_front);
            while next().is_some_and(|turn| turn.try_set(true).is_some()) {}
            if WAITING.with_borrow(VecDeque::is_empty) {
                break;
            }
        }
    });
}

thread_local! {
    /// What was worked out last, by its name: with what it depends on.
    static LAST: RefCell<HashMap<&'static str, Box<dyn Any>>> = RefCell::default();
}

/// What was worked out, and what it depends on.
struct Kept<K, T> {
    key: K,
    found: Shared<T>,
    /// It took longer than a moment.
    was_long: bool,
}

/// A value that is worked out anew whenever something changes that it depends on. What was worked out before stays until then. What is
/// small is there before the page is painted, and so is what was worked out already, also for another page.
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
    /// `rests_on` reads everything that the value depends on, and `begin` works it out of that alone: the last value of each `name` is
    /// remembered with it. The work asks [`Turn::goes_on`] between its steps, and gives `None` where it was stopped.
    pub fn new<K, F>(
        name: &'static str,
        rests_on: impl Fn() -> K + 'static,
        begin: impl Fn(K, Turn<T>) -> F + 'static,
    ) -> Self
    where
        K: Clone + PartialEq + 'static,
        F: Future<Output = Option<T>> + 'static,
    {
        let this = Self { found: RwSignal::new(None), working: RwSignal::new(true) };
        let newest = Newest::default();
        let begin = Rc::new(begin);
        Effect::new(move |_| {
            let key = rests_on();
            let Some(mine) = newest.begin() else { return };
            let kept = LAST.with_borrow(|all| {
                let kept = all.get(name)?.downcast_ref::<Kept<K, T>>()?;
                Some((kept.was_long, kept.key == key, kept.found.clone()))
            });
            let (was_long, before) = match kept {
                Some((_, true, there)) => {
                    this.found.set(Some(there));
                    this.working.set(false);
                    return;
                }
                Some((was_long, false, before)) => (was_long, Some(before)),
                None => (false, None),
            };
            let begin = Rc::clone(&begin);
            let waits = was_long && untrack(|| this.found.with(Option::is_some));
            spawn_local(async move {
                // What changed is on the page first; what follows from it takes longer, and until then what was worked out before stays.
                if waits {
                    clock::painted().await;
                }
                if !mine.is_newest() {
                    return;
                }
                let since = clock::millis();
                let work = begin(key.clone(), Turn { mine, working: this.working, since, before, painted: waits });
                let made = work.await.map(Shared::new);
                if mine.is_newest()
                    && let Some(made) = made
                {
                    let kept = Kept { key, found: made.clone(), was_long: clock::took_its_turn(since) };
                    LAST.with_borrow_mut(|all| all.insert(name, Box::new(kept)));
                    this.found.try_set(Some(made));
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
pub struct Turn<T> {
    mine: Begun,
    working: RwSignal<bool>,
    since: f64,
    before: Option<Shared<T>>,
    /// The page was painted since it was asked for.
    painted: bool,
}

impl<T> Turn<T> {
    /// What was worked out of something else before, for work that goes on from there.
    pub fn before(&mut self) -> Option<Shared<T>> {
        self.before.take()
    }

    /// Lets the page have its turn where the work took long; `false`: what is worked out is of no use any more.
    pub async fn goes_on(&mut self) -> bool {
        if self.mine.is_newest() && clock::took_its_turn(self.since) {
            if self.working.try_get_untracked() == Some(false) {
                self.working.try_set(true);
            }
            // It takes long: the page is painted without it, and only then.
            if !std::mem::replace(&mut self.painted, true) {
                clock::painted().await;
            }
            clock::take_turns().await;
            self.since = clock::millis();
        }
        self.mine.is_newest()
    }
}
