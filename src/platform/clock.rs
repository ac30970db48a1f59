//! The browser's clock and time zone.

use crate::workspace::local_time::Zone;
use chrono::{DateTime, Utc};

/// The present instant, UTC.
pub fn now() -> DateTime<Utc> {
    at_millis(js_sys::Date::now())
}

fn at_millis(millis: f64) -> DateTime<Utc> {
    // A JavaScript date is a whole number of milliseconds below 8.64e15, which `i64` holds.
    #[allow(clippy::cast_possible_truncation)]
    DateTime::from_timestamp_millis(millis as i64).unwrap_or_default()
}

/// The time zone that the browser is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrowserZone;

impl Zone for BrowserZone {
    fn offset_minutes(&self, at: DateTime<Utc>) -> i32 {
        // The milliseconds of any year that people use are exact in `f64`.
        #[allow(clippy::cast_precision_loss)]
        let date = js_sys::Date::new(&(at.timestamp_millis() as f64).into());
        #[allow(clippy::cast_possible_truncation)]
        let west = date.get_timezone_offset() as i32;
        -west
    }
}

/// The name of the time zone, such as `Europe/Berlin`; `None` where the browser does not tell.
pub fn zone_name() -> Option<String> {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &"timeZone".into()).ok()?.as_string().filter(|name| !name.is_empty())
}

/// A new id in the shape of those that the service gives.
pub fn new_id() -> String {
    // Random bits as whole numbers below 2^16, which both types hold.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let part = || (js_sys::Math::random() * 65536.0) as u32;
    let (version, variant) = (0x4000 | part() & 0x0fff, 0x8000 | part() & 0x3fff);
    format!(
        "{:04x}{:04x}-{:04x}-{version:04x}-{variant:04x}-{:04x}{:04x}{:04x}",
        part(),
        part(),
        part(),
        part(),
        part(),
        part()
    )
}

/// Waits, so that the browser can paint and answer in between.
pub async fn pause(millis: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Lets the page have its turn, and goes on when it had it. A message comes as soon as nothing waits before it; a timer that was set by
/// another waits four milliseconds more, each time.
pub async fn take_turns() {
    let Ok(channel) = web_sys::MessageChannel::new() else { return pause(0).await };
    let comes = js_sys::Promise::new(&mut |resolve, _| channel.port1().set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&wasm_bindgen::JsValue::NULL).is_err() {
        return pause(0).await;
    }
    let _ = wasm_bindgen_futures::JsFuture::from(comes).await;
    channel.port1().close();
}

/// So long somebody waits for a frame, in milliseconds: where nobody looks none is made.
const FRAME_MILLIS: i32 = 100;

/// Lets what was changed be painted, and goes on when it is, after whoever waited for the same. Where nobody looks nothing is painted.
pub async fn painted() {
    let Some(window) = web_sys::window().filter(|w| w.document().is_some_and(|d| !d.hidden())) else { return };
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window.request_animation_frame(&resolve);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, FRAME_MILLIS);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(frame).await;
    // What is set within the frame would be made before it is painted.
    pause(0).await;
    take_turns().await;
}

thread_local! {
    /// When the page last had its turn, in milliseconds.
    static BREATHED: std::cell::Cell<f64> = const { std::cell::Cell::new(0.0) };
}

/// How long work goes on before the page has its turn, in milliseconds: half a frame; and where nobody looks, since a browser then
/// gives a page but one turn a second.
const TURN_MILLIS: f64 = 8.0;
const HIDDEN_TURN_MILLIS: f64 = 500.0;

/// Milliseconds, to measure how long something takes.
pub fn millis() -> f64 {
    js_sys::Date::now()
}

/// Whether work that began or went on at `since` has had its turn.
pub fn took_its_turn(since: f64) -> bool {
    let hidden = web_sys::window().and_then(|w| w.document()).is_some_and(|d| d.hidden());
    millis() - since >= if hidden { HIDDEN_TURN_MILLIS } else { TURN_MILLIS }
}

/// Lets the page have its turn where the work before it took long; else it costs next to nothing, so that it may be called often.
pub async fn breathe() {
    if took_its_turn(BREATHED.get()) {
        take_turns().await;
        BREATHED.set(millis());
    }
}

/// Does work that is cut into short steps, and lets the page have its turn in between. `step` says whether it is done.
pub async fn in_slices(mut step: impl FnMut() -> bool) {
    while !step() {
        breathe().await;
    }
}
