//! Whether the browser keeps the data of this page when its disk gets full, and how much room there is. Every answer may be
//! missing: these questions exist in pages that are served securely only, and a browser may refuse each.

use super::js;
use wasm_bindgen::JsValue;

/// Whether the browser promised to keep the data.
pub async fn persisted() -> Option<bool> {
    asked("persisted").await?.as_bool()
}

/// Asks the browser to promise it; some then ask the person. To be called from a button.
pub async fn persist() -> Option<bool> {
    asked("persist").await?.as_bool()
}

/// How much the page uses, and how much it may use, in bytes; without localStorage, which has a limit of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub usage: f64,
    pub quota: f64,
}

/// The browser's estimate.
pub async fn estimate() -> Option<Estimate> {
    let told = asked("estimate").await?;
    let number = |name: &str| js::property(&told, name).as_f64();
    Some(Estimate { usage: number("usage")?, quota: number("quota")? })
}

async fn asked(question: &str) -> Option<JsValue> {
    js::call_and_wait(&js::navigator("storage"), question, &[]).await.ok()
}
