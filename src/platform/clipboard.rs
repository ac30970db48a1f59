//! Copying text.

use wasm_bindgen_futures::JsFuture;

/// Copies `text`; `false` where the browser does not allow it (then the text is there to be selected by hand).
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    // Pages that are not served securely have no clipboard at all, and web-sys would throw.
    if !js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| c.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
