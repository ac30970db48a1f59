//! Calls by name into what a browser may or may not have. Nothing here throws: whatever the browser throws, be it no error
//! at all, comes back as a value.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A property; `undefined` also where asking for it throws, or `of` has no properties.
pub(super) fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Something of the window; `undefined` where there is none.
pub(super) fn global(name: &str) -> JsValue {
    property(&js_sys::global(), name)
}

/// Something of `navigator`; `undefined` where there is none, as most of it in a page that is not served securely.
pub(super) fn navigator(name: &str) -> JsValue {
    property(&global("navigator"), name)
}

/// Calls a method.
///
/// # Errors
/// What it throws; also where there is no such method.
pub(super) fn call(of: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(of, &name.into())?.dyn_into()?;
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    Reflect::apply(&method, of, &list)
}

/// Calls a method that answers later, and waits.
///
/// # Errors
/// What it throws, now or later.
pub(super) async fn call_and_wait(of: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    JsFuture::from(as_promise(&call(of, name, arguments)?)).await
}

/// What is no promise is one that is kept already.
pub(super) fn as_promise(value: &JsValue) -> Promise {
    Promise::resolve(value)
}

/// An object with one property.
pub(super) fn object(name: &str, value: &JsValue) -> JsValue {
    let object = js_sys::Object::new();
    let _ = Reflect::set(&object, &name.into(), value);
    object.into()
}

/// Waits for the first of two events of `of`, by its handlers `kept` and `broken`.
pub(super) fn first_event(of: &JsValue, kept: &str, broken: &str) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let _ = Reflect::set(of, &kept.into(), &resolve);
        let _ = Reflect::set(of, &broken.into(), &reject);
    })
}

/// A promise and what keeps it.
pub(super) fn promise() -> (Promise, Function) {
    let mut keeps = None;
    let promise = Promise::new(&mut |resolve, _| keeps = Some(resolve));
    (promise, keeps.unwrap_or_default())
}

/// Waits for a promise, but not longer. `Ok(None)`: it is not settled after so many milliseconds; it may be waited for again.
///
/// # Errors
/// What the promise was broken with.
pub(super) async fn within(promise: &Promise, millis: i32) -> Result<Option<JsValue>, JsValue> {
    let late: JsValue = js_sys::Symbol::for_("late").into();
    let timer = Promise::new(&mut |resolve, _| {
        // Without a timer there is no limit.
        let _ = call(&js_sys::global(), "setTimeout", &[resolve.as_ref(), &millis.into(), &late]);
    });
    let first = JsFuture::from(Promise::race(&Array::of2(promise, &timer))).await?;
    Ok((first != late).then_some(first))
}

/// The name and the message of what was thrown, whatever it is.
pub(super) fn name_and_message(error: &JsValue) -> (String, String) {
    let text = |name: &str| property(error, name).as_string().unwrap_or_default();
    if let Some(said) = error.as_string() {
        return (String::new(), said);
    }
    (text("name"), text("message"))
}
