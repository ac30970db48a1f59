//! Memos and signals that hold their value in a box: Leptos' machinery for them is in the program once, not once for each type.

use leptos::prelude::*;
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

/// A value whose type only its reader knows.
type Held = Arc<dyn Any + Send + Sync>;

fn read<T: 'static>(held: &Held) -> &T {
    held.downcast_ref().unwrap_or_else(|| other_type())
}

#[cold]
fn other_type() -> ! {
    unreachable!("what is held is of the type of its handle")
}

/// A value that is made again when what it was made from changes; whoever reads it hears of it only when it became another.
pub struct Memo<T> {
    held: leptos::prelude::Memo<Held>,
    of: PhantomData<fn() -> T>,
}

impl<T> Copy for Memo<T> {}
impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Memo<T> {
    /// `make` gets the value that it made before.
    pub fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self { held: memo(Box::new(MadeBy { make, of: PhantomData })), of: PhantomData }
    }

    /// Follows it without reading it.
    pub fn track(&self) {
        held(self.held);
    }

    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(read(&held(self.held)))
    }

    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(read(&held_untracked(self.held)))
    }

    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

/// How the value of a memo is made, and told from the one before.
trait Makes: Send + Sync {
    fn make(&self, before: Option<&Held>) -> Held;
    fn is_same(&self, a: &Held, b: &Held) -> bool;
}

struct MadeBy<T, F> {
    make: F,
    of: PhantomData<fn() -> T>,
}

impl<T: PartialEq + Send + Sync + 'static, F: Fn(Option<&T>) -> T + Send + Sync> Makes for MadeBy<T, F> {
    fn make(&self, before: Option<&Held>) -> Held {
        Arc::new((self.make)(before.map(read::<T>)))
    }

    fn is_same(&self, a: &Held, b: &Held) -> bool {
        read::<T>(a) == read::<T>(b)
    }
}

/// What is equal to the value before is dropped, and nobody hears of it.
fn memo(made: Box<dyn Makes>) -> leptos::prelude::Memo<Held> {
    leptos::prelude::Memo::new_owning(move |before: Option<Held>| {
        let new = made.make(before.as_ref());
        match before {
            Some(before) if made.is_same(&before, &new) => (before, false),
            _ => (new, true),
        }
    })
}

fn held(memo: leptos::prelude::Memo<Held>) -> Held {
    memo.get()
}

fn held_untracked(memo: leptos::prelude::Memo<Held>) -> Held {
    memo.get_untracked()
}

/// A value that is set, and whose readers hear of it.
pub struct RwSignal<T> {
    held: leptos::prelude::RwSignal<Held>,
    of: PhantomData<fn() -> T>,
}

impl<T> Copy for RwSignal<T> {}
impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self { held: leptos::prelude::RwSignal::new(Arc::new(value) as Held), of: PhantomData }
    }

    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(read(&shown(self.held)))
    }

    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(read(&shown_untracked(self.held)))
    }

    /// `None`: it went with its page.
    pub fn try_with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> Option<U> {
        self.held.try_get_untracked().map(|held| look(read(&held)))
    }

    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    pub fn try_get_untracked(&self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_untracked(T::clone)
    }

    /// Nothing, where it went with its page.
    pub fn set(&self, value: T) {
        put(self.held, Arc::new(value), true);
    }

    /// `Some`: the value back, since it went with its page.
    pub fn try_set(&self, value: T) -> Option<T> {
        if self.held.is_disposed() {
            return Some(value);
        }
        self.set(value);
        None
    }

    pub fn update(&self, change: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        self.try_update(change);
    }

    pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U>
    where
        T: Clone,
    {
        self.try_maybe_update(|value| (true, change(value)))
    }

    /// `change` says too whether its readers are to hear of it.
    pub fn try_maybe_update<U>(&self, change: impl FnOnce(&mut T) -> (bool, U)) -> Option<U>
    where
        T: Clone,
    {
        let mut held = take(self.held)?;
        let (tell, changed) = change(write(&mut held));
        put(self.held, held, tell);
        Some(changed)
    }

    /// Follows it without reading it.
    pub fn track(&self) {
        self.held.track();
    }
}

/// To be changed: copied first where somebody is reading it.
fn write<T: Clone + Send + Sync + 'static>(held: &mut Held) -> &mut T {
    if Arc::get_mut(held).is_none() {
        *held = Arc::new(read::<T>(held).clone());
    }
    Arc::get_mut(held).and_then(|alone| alone.downcast_mut()).unwrap_or_else(|| other_type())
}

fn shown(signal: leptos::prelude::RwSignal<Held>) -> Held {
    signal.get()
}

fn shown_untracked(signal: leptos::prelude::RwSignal<Held>) -> Held {
    signal.get_untracked()
}

fn take(signal: leptos::prelude::RwSignal<Held>) -> Option<Held> {
    signal.try_update_untracked(|held| std::mem::replace(held, Arc::new(())))
}

fn put(signal: leptos::prelude::RwSignal<Held>, held: Held, tell: bool) {
    signal.try_maybe_update(|old| (tell, *old = held));
}

/// Anything that can be read, and that tells when it may have become another: a memo, a signal, a closure, or a value that stays.
pub struct Signal<T> {
    held: StoredValue<Arc<dyn Gives>>,
    of: PhantomData<fn() -> T>,
}

impl<T> Copy for Signal<T> {}
impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// `make` is called at every reading.
    pub fn derive(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::of(Arc::new(move || Arc::new(make()) as Held))
    }

    /// A value that stays.
    pub fn stored(value: T) -> Self {
        value.into()
    }

    fn of(held: Arc<dyn Gives>) -> Self {
        Self { held: StoredValue::new(held), of: PhantomData }
    }

    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(read(&now(self.held)))
    }

    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(read(&untrack(|| now(self.held))))
    }

    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

/// What a signal is asked for.
trait Gives: Send + Sync {
    fn give(&self) -> Held;
}

impl<F: Fn() -> Held + Send + Sync> Gives for F {
    fn give(&self) -> Held {
        self()
    }
}

fn now(held: StoredValue<Arc<dyn Gives>>) -> Held {
    held.get_value().give()
}

impl<T: Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::of(Arc::new(move || held(memo.held)))
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        let value: Held = Arc::new(value);
        Self::of(Arc::new(move || value.clone()))
    }
}

impl From<&str> for Signal<String> {
    fn from(text: &str) -> Self {
        text.to_string().into()
    }
}
