//! Telling the other tabs of the same address that something changed that localStorage does not tell of: what only the second
//! copy took.

use super::js;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A line to the other tabs. Where the browser has none, nothing is told and nothing is heard.
pub struct Channel {
    channel: JsValue,
    _heard: Closure<dyn FnMut()>,
}

impl Channel {
    /// `heard` is called whenever another tab tells.
    pub fn open(heard: impl FnMut() + 'static) -> Self {
        let heard = Closure::<dyn FnMut()>::new(heard);
        let made = js::global("BroadcastChannel")
            .dyn_into::<js_sys::Function>()
            .ok()
            .and_then(|class| js_sys::Reflect::construct(&class, &js_sys::Array::of1(&"restore-desk".into())).ok());
        let channel = made.unwrap_or(JsValue::UNDEFINED);
        let _ = js_sys::Reflect::set(&channel, &"onmessage".into(), heard.as_ref());
        Self { channel, _heard: heard }
    }

    /// Tells all other tabs.
    pub fn tell(&self) {
        let _ = js::call(&self.channel, "postMessage", &[&"changed".into()]);
    }
}
