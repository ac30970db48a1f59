//! Remembering the workspace: opens it, saves it a moment after a change, and says how that went.

use crate::platform::clock;
use crate::platform::storage::AppStore;
use crate::workspace::Workspace;
use crate::workspace::envelope::{self, Unreadable};
use crate::workspace::keys::{self, Slot};
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

/// How long after the last change it is saved.
const DELAY: Duration = Duration::from_millis(300);

/// The saving side of the state.
#[derive(Clone, Copy)]
pub struct Saving {
    store: StoredValue<AppStore, LocalStorage>,
    slot: RwSignal<Slot>,
    state: RwSignal<SaveState>,
    timer: StoredValue<Option<TimeoutHandle>>,
    workspace: StoredValue<Option<RwSignal<Workspace>>>,
}

impl Saving {
    /// Opens the store and what is in it. Whatever cannot be read is left as it is.
    pub fn open() -> (Self, Workspace) {
        let store = AppStore::open();
        let slot = Slot::read(&store.get(keys::SLOT).ok().flatten().unwrap_or_default());
        let (workspace, state) = load(&store, slot);
        let saving = Self {
            store: StoredValue::new_local(store),
            slot: RwSignal::new(slot),
            state: RwSignal::new(state),
            timer: StoredValue::new(None),
            workspace: StoredValue::new(None),
        };
        (saving, workspace)
    }

    /// Saves `workspace` whenever it changes, and at once when the page is left.
    pub fn watch(self, workspace: RwSignal<Workspace>) {
        self.workspace.set_value(Some(workspace));
        Effect::new(move |first: Option<()>| {
            workspace.track();
            if first.is_some() {
                self.soon();
            }
        });
        let _ = window_event_listener(leptos::ev::pagehide, move |_| self.flush());
        let _ = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if document().visibility_state() == web_sys::VisibilityState::Hidden {
                self.flush();
            }
        });
        let _ = window_event_listener(leptos::ev::storage, move |event| {
            let key = event.key();
            if key.is_none() || self.slot.try_with_untracked(|s| Some(s.key().to_string()) == key) == Some(true) {
                self.stop_timer();
                self.state.try_set(SaveState::ChangedElsewhere);
            }
        });
    }

    pub fn state(self) -> SaveState {
        self.state.get()
    }

    pub fn slot(self) -> Slot {
        self.slot.get()
    }

    fn waits(self) -> bool {
        self.state
            .try_with_untracked(|s| matches!(s, SaveState::ChangedElsewhere | SaveState::Unreadable(_)))
            .unwrap_or(true)
    }

    fn stop_timer(self) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
    }

    /// Saves after [`DELAY`].
    fn soon(self) {
        if self.waits() {
            return;
        }
        self.stop_timer();
        self.state.set(SaveState::Saving);
        let handle = set_timeout_with_handle(move || self.save(), DELAY).ok();
        self.timer.set_value(handle);
    }

    /// Saves now where a save is due.
    pub fn flush(self) {
        if self.timer.try_with_value(Option::is_some) == Some(true) {
            self.stop_timer();
            self.save();
        }
    }

    fn save(self) {
        self.timer.try_set_value(None);
        if self.waits() {
            return;
        }
        let Some(Some(workspace)) = self.workspace.try_get_value() else { return };
        let Some(text) = workspace.try_with_untracked(|w| envelope::write(w, clock::now())) else { return };
        let key = self.slot.try_get_untracked().unwrap_or_default().key();
        let done = match text {
            Ok(text) => self.store.try_with_value(|s| s.set(key, &text)).unwrap_or(Err(StoreError::Blocked)),
            Err(why) => Err(StoreError::Other(why)),
        };
        let memory = self.store.try_with_value(AppStore::is_memory).unwrap_or(true);
        self.state.try_set(match done {
            Ok(()) | Err(StoreError::Blocked) if memory => SaveState::MemoryOnly,
            Ok(()) => SaveState::Saved,
            Err(StoreError::Full) => SaveState::Full,
            Err(StoreError::Blocked) => SaveState::Failed("storage is blocked".into()),
            Err(StoreError::Other(why)) => SaveState::Failed(why),
        });
    }
}

fn load(store: &AppStore, slot: Slot) -> (Workspace, SaveState) {
    let calm = if store.is_memory() { SaveState::MemoryOnly } else { SaveState::Saved };
    match store.get(slot.key()) {
        Ok(None) => (Workspace::default(), calm),
        Ok(Some(text)) => match envelope::read(&text) {
            Ok(envelope) => (envelope.workspace, calm),
            Err(why) => (Workspace::default(), SaveState::Unreadable(why)),
        },
        Err(StoreError::Other(why)) => (Workspace::default(), SaveState::Failed(why)),
        Err(_) => (Workspace::default(), SaveState::MemoryOnly),
    }
}
