//! Getting a file that stands beside the page, on the same server. The policy of the page allows no other.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text at an address relative to the page; the error is what went wrong, in words.
pub async fn text(path: &str) -> Result<String, String> {
    let window = web_sys::window().ok_or("there is no window")?;
    let response: Response = JsFuture::from(window.fetch_with_str(path))
        .await
        .and_then(JsCast::dyn_into)
        .map_err(|_| "no answer came from the server of this page".to_string())?;
    if !response.ok() {
        return Err(format!("the server of this page answered {}", response.status()));
    }
    let text = response.text().map(JsFuture::from).map_err(|e| in_words(&e))?;
    let text = text.await.map_err(|e| in_words(&e))?;
    text.as_string().ok_or_else(|| "the answer is no text".to_string())
}

fn in_words(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| "the browser refused".into(), |e| String::from(e.message()))
}
