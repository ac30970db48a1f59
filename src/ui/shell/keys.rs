//! Keys that are heard wherever one is, but where somebody types.

use crate::ui::prelude::*;
use crate::ui::state::AppState;
use wasm_bindgen::JsCast;

/// Where it is remembered that keys of a single letter are not heard.
const SETTING: &str = "restore-desk/single-keys";
const OFF: &str = "off";

/// What the keys open.
#[derive(Clone, Copy)]
pub struct Keys {
    app: AppState,
    single: RwSignal<bool>,
    pub find: RwSignal<bool>,
    pub help: RwSignal<bool>,
}

impl Keys {
    /// Listens; to be called once.
    pub fn listen(app: AppState) -> Self {
        let single = app.saving.setting(SETTING).as_deref() != Some(OFF);
        let keys = Self { app, single: RwSignal::new(single), find: RwSignal::new(false), help: RwSignal::new(false) };
        // The handle is dropped on purpose: the listener lives as long as the page.
        let _ = window_event_listener(leptos::ev::keydown, move |e| keys.heard(&e));
        keys
    }

    fn heard(self, e: &web_sys::KeyboardEvent) {
        if e.default_prevented() || e.alt_key() || e.is_composing() {
            return;
        }
        let control = e.ctrl_key() || e.meta_key();
        let opens = match e.key().as_str() {
            "k" | "K" if control => self.find,
            "/" if !control && self.is_heard(e) => self.find,
            "?" if !control && self.is_heard(e) => self.help,
            _ => return,
        };
        // One thing at a time.
        if document().query_selector("dialog[open]").ok().flatten().is_some() {
            return;
        }
        e.prevent_default();
        opens.set(true);
    }

    /// Whether a single letter is meant as a key, and not typed.
    fn is_heard(self, e: &web_sys::KeyboardEvent) -> bool {
        let typing = e.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()).is_some_and(|element| {
            let name = element.tag_name();
            name == "TEXTAREA" || name == "SELECT" || name == "INPUT" || element.has_attribute("contenteditable")
        });
        self.single.get_untracked() && !typing
    }

    /// Whether keys of a single letter are heard; reactive.
    pub fn single(self) -> bool {
        self.single.get()
    }

    pub fn set_single(self, on: bool) {
        self.single.set(on);
        self.app.saving.set_setting(SETTING, (!on).then_some(OFF));
    }
}
