//! Names that no other tab has.

use super::js;
use std::cell::OnceCell;
use wasm_bindgen::JsValue;

/// As many letters and digits as hold 62 random bits.
const LENGTH: usize = 12;

/// The name of this tab, `[a-z0-9]{12}`, made anew at every load of the page. It is kept nowhere: what sessionStorage holds
/// is copied when a tab is duplicated.
pub fn id() -> String {
    thread_local! {
        static ID: OnceCell<String> = const { OnceCell::new() };
    }
    ID.with(|id| id.get_or_init(random_id).clone())
}

/// A random name, `[a-z0-9]{12}`.
pub fn random_id() -> String {
    const LETTERS: [char; 36] = [
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
        'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    ];
    let numbers = js_sys::Uint32Array::new_with_length(LENGTH as u32);
    let secure: &JsValue = numbers.as_ref();
    if js::call(&js::global("crypto"), "getRandomValues", &[secure]).is_err() {
        for index in 0..numbers.length() {
            // Below 2^32, which both types hold.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            numbers.set_index(index, (js_sys::Math::random() * 4_294_967_296.0) as u32);
        }
    }
    numbers.to_vec().into_iter().map(|n| LETTERS[n as usize % LETTERS.len()]).collect()
}
