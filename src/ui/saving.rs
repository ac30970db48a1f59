//! Remembering the workspace: opens it, saves it a moment after a change, and says how that went. What may be written and
//! what may not is decided in [`crate::workspace::remember`].

use super::panic;
use crate::domain::door::Mended;
use crate::interop::sample;
use crate::platform::clock;
use crate::platform::storage::AppStore;
use crate::workspace::Workspace;
use crate::workspace::envelope::{self, Unreadable};
use crate::workspace::keys::{self, Slot};
use crate::workspace::remember::{self, Mark, NotSaved, Opened, SetAside};
use crate::workspace::store::{Store, StoreError};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// How the last change fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    Saved,
    Saving,
    /// Storage is blocked: what is here is gone when the tab is closed.
    MemoryOnly,
    Full,
    /// Another tab changed the same workspace; saving waits, so that nothing is overwritten.
    ChangedElsewhere,
    /// What is stored could not be read and is left alone; saving waits.
    Unreadable(Unreadable),
    Failed(String),
}

impl SaveState {
    /// Whether saving waits for a decision of the user.
    fn waits(&self) -> bool {
        matches!(self, SaveState::ChangedElsewhere | SaveState::Unreadable(_))
    }
}

/// How long after the last change it is saved.
const DELAY: Duration = Duration::from_millis(300);

/// A sample that is older than this many hours is made anew when it is opened: its instants are relative to the present.
const SAMPLE_AGES_AFTER_HOURS: i64 = 24;

/// The saving side of the state.
#[derive(Clone, Copy)]
pub struct Saving {
    pub workspace: RwSignal<Workspace>,
    store: StoredValue<AppStore, LocalStorage>,
    slot: RwSignal<Slot>,
    state: RwSignal<SaveState>,
    mark: StoredValue<Mark>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// The next change of the workspace signal is a loading, not the user's.
    loading: StoredValue<bool>,
    /// What could not be saved before another slot was opened; it lives as long as the tab.
    parked: StoredValue<Vec<(Slot, Workspace, SaveState, Mark)>>,
    /// Moves when something is set aside or deleted there.
    aside: RwSignal<u32>,
    /// What could not be opened as it was stored; empty once it was read.
    pub mended: RwSignal<Vec<Mended>>,
}

impl Saving {
    /// Opens the store and what is in it. Whatever cannot be read is left as it is.
    pub fn open() -> Self {
        let store = AppStore::open();
        let slot = Slot::read(&store.get(keys::SLOT).ok().flatten().unwrap_or_default());
        let Loaded { workspace, state, mark, mended } = load(&store, slot);
        Self {
            workspace: RwSignal::new(workspace),
            store: StoredValue::new_local(store),
            slot: RwSignal::new(slot),
            state: RwSignal::new(state),
            mark: StoredValue::new(mark),
            timer: StoredValue::new(None),
            loading: StoredValue::new(false),
            parked: StoredValue::default(),
            aside: RwSignal::new(0),
            mended: RwSignal::new(mended),
        }
    }

    /// Saves the workspace whenever it changes, and at once when the page is left. To be called once, by the root.
    pub fn start(self) {
        Effect::new(move |first: Option<()>| {
            self.workspace.track();
            let loaded = self.loading.try_update_value(std::mem::take).unwrap_or(true);
            if first.is_some() && !loaded {
                self.soon();
            }
        });
        // The handles are dropped on purpose: the listeners live as long as the page.
        let _ = window_event_listener(leptos::ev::pagehide, move |_| self.flush());
        let _ = window_event_listener(leptos::ev::pageshow, move |_| self.notice_other_tabs());
        let _ = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if document().visibility_state() == web_sys::VisibilityState::Hidden {
                self.flush();
            } else {
                self.notice_other_tabs();
            }
        });
        let _ = window_event_listener(leptos::ev::storage, move |_| self.notice_other_tabs());
        let _ = window_event_listener(leptos::ev::beforeunload, move |event| {
            self.flush();
            if self.would_be_lost() {
                event.prevent_default();
            }
        });
    }

    /// Reactive.
    pub fn state(self) -> SaveState {
        self.state.get()
    }

    /// Which workspace is open; reactive.
    pub fn slot(self) -> Slot {
        self.slot.get()
    }

    pub fn slot_untracked(self) -> Slot {
        self.slot.get_untracked()
    }

    /// Saves after [`DELAY`].
    pub fn soon(self) {
        self.stop_timer();
        self.state.try_update(|s| {
            if !s.waits() {
                *s = SaveState::Saving;
            }
        });
        let handle = set_timeout_with_handle(move || self.save(), DELAY).ok();
        self.timer.try_set_value(handle);
    }

    /// Saves now where a save is due.
    pub fn flush(self) {
        if self.timer.try_with_value(Option::is_some) == Some(true) {
            self.stop_timer();
            self.save();
        }
    }

    /// Whether there is something here that the store does not have.
    fn would_be_lost(self) -> bool {
        let safe = self.state.try_with_untracked(|s| *s == SaveState::Saved).unwrap_or(true);
        let empty = self.workspace.try_with_untracked(|w| *w == Workspace::default()).unwrap_or(true);
        !safe && !empty
    }

    fn stop_timer(self) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
    }

    fn save(self) {
        self.timer.try_set_value(None);
        if panic::happened() {
            return;
        }
        let Some(text) = self.text() else { return };
        if self.state.try_with_untracked(SaveState::waits).unwrap_or(true) {
            panic::hold(Some(text));
            return;
        }
        let slot = self.slot.try_get_untracked().unwrap_or_default();
        let seen = self.mark.try_get_value().flatten();
        let fresh = clock::unique();
        let Some(done) = self.store.try_with_value(|s| remember::save(s, slot, &text, &seen, &fresh)) else { return };
        let state = match done {
            Ok(()) => {
                self.mark.try_set_value(Some(fresh));
                self.calm()
            }
            Err(NotSaved::ChangedElsewhere) => SaveState::ChangedElsewhere,
            Err(NotSaved::Store(StoreError::Full)) => SaveState::Full,
            Err(NotSaved::Store(StoreError::Blocked)) => SaveState::Failed("storage is blocked".into()),
            Err(NotSaved::Store(StoreError::Other(why))) => SaveState::Failed(why),
        };
        // What is not in the store is held for the case that the app breaks.
        panic::hold((state != SaveState::Saved).then_some(text));
        self.state.try_set(state);
    }

    /// The state when all is well.
    fn calm(self) -> SaveState {
        match self.store.try_with_value(AppStore::is_memory) {
            Some(false) => SaveState::Saved,
            _ => SaveState::MemoryOnly,
        }
    }

    fn notice_other_tabs(self) {
        let slot = self.slot.try_get_untracked().unwrap_or_default();
        let stored = self.store.try_with_value(|s| s.get(slot.mark_key()));
        if let (Some(Ok(stored)), Some(seen)) = (stored, self.mark.try_get_value())
            && stored != seen
            && self.state.try_with_untracked(|s| !s.waits()) == Some(true)
        {
            self.state.try_set(SaveState::ChangedElsewhere);
        }
        self.aside.try_update(|n| *n = n.wrapping_add(1));
    }

    fn show(self, slot: Slot, loaded: Loaded) {
        let Loaded { workspace, state, mark, mended } = loaded;
        self.stop_timer();
        self.mended.set(mended);
        self.mark.set_value(mark);
        self.state.set(state);
        self.slot.set(slot);
        self.loading.set_value(true);
        self.workspace.set(workspace);
    }

    /// Opens the user's own workspace or the sample. The other one is kept, saved or not.
    pub fn open_slot(self, slot: Slot) {
        let old = self.slot.get_untracked();
        if slot == old {
            return;
        }
        self.flush();
        let state = self.state.get_untracked();
        let mark = self.mark.get_value();
        if !matches!(state, SaveState::Saved | SaveState::MemoryOnly) {
            let workspace = self.workspace.get_untracked();
            self.parked.update_value(|p| p.push((old, workspace, state, mark)));
        }
        let parked =
            self.parked.try_update_value(|p| p.iter().position(|(s, ..)| *s == slot).map(|place| p.swap_remove(place)));
        let loaded = match parked.flatten() {
            Some((_, workspace, state, mark)) => Loaded { workspace, state, mark, mended: Vec::new() },
            None => self.store.with_value(|s| load(s, slot)),
        };
        self.store.with_value(|s| drop(s.set(keys::SLOT, slot.word())));
        let empty_sample =
            slot == Slot::Sample && loaded.workspace.tenant.environments.is_empty() && !loaded.state.waits();
        self.show(slot, loaded);
        if empty_sample {
            self.reset_sample();
        }
    }

    /// Makes the sample anew; plans and the wizard go with it.
    fn reset_sample(self) {
        self.workspace.set(Workspace { tenant: sample::contoso(clock::now()), ..Workspace::default() });
        self.soon();
    }

    /// Takes what the other tab saved.
    pub fn reload(self) {
        let slot = self.slot.get_untracked();
        self.show(slot, self.store.with_value(|s| load(s, slot)));
        panic::hold(None);
    }

    /// Goes on with what is here. What is stored is set aside first.
    ///
    /// # Errors
    /// Where it cannot be set aside; then everything is as it was.
    pub fn keep_mine(self) -> Result<(), StoreError> {
        self.set_aside()?;
        self.write_over();
        Ok(())
    }

    /// Copies what is stored to a place of its own.
    ///
    /// # Errors
    /// Where there is no room for it.
    pub fn set_aside(self) -> Result<Option<&'static str>, StoreError> {
        let slot = self.slot.get_untracked();
        let place = self.store.with_value(|s| remember::set_aside(s, slot))?;
        self.aside.update(|n| *n = n.wrapping_add(1));
        Ok(place)
    }

    /// Writes what is here over what is stored, which the user has downloaded or set aside.
    pub fn write_over(self) {
        let slot = self.slot.get_untracked();
        self.mark.set_value(self.store.with_value(|s| s.get(slot.mark_key()).ok().flatten()));
        self.state.set(SaveState::Saving);
        self.save();
    }

    /// Replaces the open workspace. What is stored is set aside first.
    ///
    /// # Errors
    /// Where it cannot be set aside; then everything is as it was.
    pub fn replace(self, workspace: Workspace) -> Result<(), StoreError> {
        self.flush();
        self.set_aside()?;
        self.workspace.set(workspace);
        self.write_over();
        Ok(())
    }

    /// Sets aside what is open, and begins with another workspace in its slot.
    ///
    /// # Errors
    /// Where that cannot be done, or what is open waits for a decision; then everything is as it was.
    pub fn begin_anew(self, workspace: Workspace) -> Result<(), NotSaved> {
        self.flush();
        let write = |w: &Workspace| envelope::write(w, clock::now()).map_err(|e| NotSaved::Store(StoreError::Other(e)));
        if self.state.with_untracked(SaveState::waits) {
            return Err(NotSaved::ChangedElsewhere);
        }
        let here = self.workspace.with_untracked(|w| (*w != Workspace::default()).then(|| write(w)).transpose())?;
        let text = write(&workspace)?;
        let (slot, seen, fresh) = (self.slot.get_untracked(), self.mark.get_value(), clock::unique());
        self.store.with_value(|s| remember::begin_anew(s, slot, here.as_deref(), &text, &seen, &fresh))?;
        panic::hold(None);
        self.show(slot, Loaded { workspace, state: self.calm(), mark: Some(fresh), mended: Vec::new() });
        self.aside.update(|n| *n = n.wrapping_add(1));
        Ok(())
    }

    /// Deletes the open workspace here and in the store.
    pub fn start_over(self) {
        let slot = self.slot.get_untracked();
        self.store.with_value(|s| {
            let _ = s.remove(slot.key());
            let _ = s.remove(slot.mark_key());
        });
        panic::hold(None);
        self.show(slot, Loaded { workspace: Workspace::default(), state: self.calm(), mark: None, mended: Vec::new() });
    }

    /// The envelope of what is here.
    pub fn text(self) -> Option<String> {
        self.workspace.try_with_untracked(|w| envelope::write(w, clock::now()).ok()).flatten()
    }

    /// What is stored, also where it cannot be read.
    pub fn stored_text(self) -> Option<String> {
        let slot = self.slot.get_untracked();
        self.store.with_value(|s| s.get(slot.key()).ok().flatten())
    }

    /// The user's own workspace, also while the sample is open.
    pub fn own(self) -> Workspace {
        if self.slot.get_untracked() == Slot::Own {
            return self.workspace.get_untracked();
        }
        let parked = self.parked.with_value(|p| p.iter().find(|(s, ..)| *s == Slot::Own).map(|(_, w, ..)| w.clone()));
        parked.unwrap_or_else(|| self.store.with_value(|s| load(s, Slot::Own)).workspace)
    }

    /// Whether the user's own workspace has anything in it; reactive for the slot that is open.
    pub fn has_own(self) -> bool {
        match self.slot() {
            Slot::Own => self.workspace.with(|w| !w.tenant.environments.is_empty()),
            Slot::Sample | Slot::Rehearsal => !self.own().tenant.environments.is_empty(),
        }
    }

    /// Everything that was set aside; reactive.
    pub fn all_set_aside(self) -> Vec<SetAside> {
        self.aside.track();
        self.store.with_value(remember::all_set_aside)
    }

    pub fn delete_aside(self, key: &str) {
        self.store.with_value(|s| drop(s.remove(key)));
        self.aside.update(|n| *n = n.wrapping_add(1));
    }

    /// A small setting beside the workspaces.
    pub fn setting(self, key: &str) -> Option<String> {
        self.store.with_value(|s| s.get(key).ok().flatten())
    }

    /// Remembers a small setting, or forgets it. A setting that cannot be kept holds for this tab.
    pub fn set_setting(self, key: &str, value: Option<&str>) {
        self.store.with_value(|s| {
            let _ = match value {
                Some(value) => s.set(key, value),
                None => s.remove(key),
            };
        });
    }
}

/// A workspace as it was opened.
struct Loaded {
    workspace: Workspace,
    state: SaveState,
    mark: Mark,
    mended: Vec<Mended>,
}

fn load(store: &AppStore, slot: Slot) -> Loaded {
    let calm = if store.is_memory() { SaveState::MemoryOnly } else { SaveState::Saved };
    let (opened, mark) = remember::open(store, slot);
    let mut mended = Vec::new();
    let (workspace, state) = match opened {
        Opened::Nothing => (Workspace::default(), calm),
        Opened::Workspace(envelope) => {
            let mut workspace = envelope.workspace;
            mended = envelope.mended;
            let now = clock::now();
            // With a clock of its own it does not age.
            let ages = workspace.tenant.sample && workspace.clock.is_none();
            if ages && (now - envelope.saved).num_hours() >= SAMPLE_AGES_AFTER_HOURS {
                workspace.tenant = sample::contoso(now);
                workspace.log = Default::default();
            }
            (workspace, calm)
        }
        Opened::Unreadable(why) => (Workspace::default(), SaveState::Unreadable(why)),
        Opened::Failed(StoreError::Blocked) => (Workspace::default(), SaveState::MemoryOnly),
        Opened::Failed(StoreError::Full) => (Workspace::default(), SaveState::Full),
        Opened::Failed(StoreError::Other(why)) => (Workspace::default(), SaveState::Failed(why)),
    };
    Loaded { workspace, state, mark, mended }
}
