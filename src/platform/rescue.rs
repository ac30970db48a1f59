//! What `public/boot.js` does beside the program, so that it outlives it: it holds what is in no store, and hands out everything
//! that is kept when the program stopped. Without it (a page that was started in another way) the calls do nothing.

use super::js;
use wasm_bindgen::JsValue;

/// Gives it a text that is in no store, under a name of letters, digits and hyphens that becomes that of its file; `None`: it is stored
/// now, or given up.
pub fn hold(name: &str, text: Option<&str>) {
    let text = text.map_or(JsValue::UNDEFINED, JsValue::from_str);
    let _ = js::call(&js::global("restoreDesk"), "hold", &[&name.into(), &text]);
}

/// Says that what is kept is being opened: so many environments, so many per cent of them.
pub fn opening(environments: usize, percent: usize) {
    let [environments, percent] =
        [environments, percent].map(|n| JsValue::from_f64(f64::from(u32::try_from(n).unwrap_or(u32::MAX))));
    let _ = js::call(&js::global("restoreDesk"), "opening", &[&environments, &percent]);
}

/// The app is on the page.
pub fn shown() {
    let _ = js::call(&js::global("restoreDesk"), "shown", &[]);
}

/// Ends the program: its screen is replaced, and nothing that it still tries is written. `false`: nothing was done.
pub fn stop(report: &str) -> bool {
    js::call(&js::global("restoreDesk"), "stop", &[&report.into()]).is_ok()
}
