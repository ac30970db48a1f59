//! What every screen is made with: Leptos' own names, and in place of some of them these, which box what they hold.
//!
//! Leptos makes the whole machinery of a memo, an effect, a condition and a list again for every type and every closure; here there is
//! one of each in the program. They are used as Leptos' own. What it brings is measured in `docs/BUILDING.md`.
//!
//! What is boxed many times is not a `dyn Fn` but a trait of one function: with a `dyn Fn` comes for each closure a function that calls it and
//! consumes it, which nobody calls and no tool takes away.

mod focus;
mod held;
mod newest;
mod shown;

pub use focus::{catch_the_focus, focus_is_lost, focus_on, focus_soon, watch_over};
pub use held::{Memo, RwSignal, Signal};
pub use leptos::prelude::*;
pub use newest::{Begun, Newest};
pub use shown::shows;

use std::any::Any;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What is done when what it reads changes, and once at first.
pub struct Effect;

impl Effect {
    /// `run` gets what it gave before.
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) -> Self {
        let mut before = None;
        effect(Box::new(move || before = Some(run(before.take()))));
        Self
    }
}

trait Does {
    fn run(&mut self);
}

impl<F: FnMut()> Does for F {
    fn run(&mut self) {
        self();
    }
}

/// Does something each time that what `of` reads has become another.
pub fn when_changed<T: PartialEq + 'static>(of: impl Fn() -> T + 'static, then: impl Fn() + 'static) {
    Effect::new(move |before: Option<T>| {
        let now = of();
        if before.is_some_and(|before| before != now) {
            then();
        }
        now
    });
}

/// Whether the window is as narrow as the style sheet has it for phones.
pub fn window_is_narrow() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < 680.0)
}

fn effect(mut does: Box<dyn Does>) {
    leptos::prelude::Effect::new(move || does.run());
}

/// What decides whether [`Show`] shows.
pub struct When(Box<dyn Decides>);

trait Decides: Send + Sync {
    fn decide(&self) -> bool;
}

impl<F: Fn() -> bool + Send + Sync> Decides for F {
    fn decide(&self) -> bool {
        self()
    }
}

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for When {
    fn from(when: F) -> Self {
        Self(Box::new(when))
    }
}

/// Its children while `when` holds, else the fallback.
#[component]
pub fn Show(#[prop(into)] when: When, children: ChildrenFn, #[prop(optional, into)] fallback: ViewFn) -> impl IntoView {
    let when = Memo::new(move |_| when.0.decide());
    move || if when.get() { children() } else { fallback.run() }
}

/// One view for each item; where the key of an item stays, so does its view.
#[component]
pub fn For<E, I, T, KF, K, C, V>(each: E, key: KF, children: C) -> impl IntoView
where
    E: Fn() -> I + Send + 'static,
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    KF: Fn(&T) -> K + Send + 'static,
    K: Eq + Hash + Send + Sync + 'static,
    C: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let children = Arc::new(children);
    let items = move || {
        let item = |item: T| {
            let (key, children) = (Key(Arc::new(key(&item))), children.clone());
            KeyedView { key, view: Box::new(move || children(item).into_any()) }
        };
        each().into_iter().map(item).collect()
    };
    list(Box::new(items))
}

struct KeyedView {
    key: Key,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

fn list(items: Box<dyn Fn() -> Vec<KeyedView> + Send>) -> AnyView {
    use leptos::prelude::For;
    view! { <For each=items key=|item| item.key.clone() children=|item| (item.view)() /> }.into_any()
}

/// The key of an item, of whatever type.
#[derive(Clone)]
struct Key(Arc<dyn IsKey>);

trait IsKey: Any + Send + Sync {
    fn is(&self, other: &dyn Any) -> bool;
    fn hash_into(&self, hasher: &mut dyn Hasher);
}

impl<K: Eq + Hash + Any + Send + Sync> IsKey for K {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<K>() == Some(self)
    }
    fn hash_into(&self, mut hasher: &mut dyn Hasher) {
        self.hash(&mut hasher);
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        let other: &dyn IsKey = &*other.0;
        self.0.is(other)
    }
}
impl Eq for Key {}
impl Hash for Key {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.hash_into(hasher);
    }
}

/// A part of a view that is made anew when what it reads changes. `{move || …}` does the same; there the machinery is made for each
/// type of view.
pub fn live<V: IntoView + 'static>(make: impl Fn() -> V + Send + 'static) -> AnyView {
    part(Box::new(Part(make)))
}

fn part(part: Box<dyn IsPart>) -> AnyView {
    (move || part.made()).into_any()
}

struct Part<F>(F);

trait IsPart: Send {
    fn made(&self) -> AnyView;
}

impl<V: IntoView + 'static, F: Fn() -> V + Send> IsPart for Part<F> {
    fn made(&self) -> AnyView {
        self.0().into_any()
    }
}
