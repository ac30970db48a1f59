//! The hottest paths as WebAssembly without an import, so that a browser times them as it would run them in the app.

pub mod list;
pub mod shared;
pub mod tenants;

use shared::{Input, NAMES, counted, prepare};
use std::cell::RefCell;

thread_local! {
    static INPUT: RefCell<Option<(&'static str, Input)>> = const { RefCell::new(None) };
}

/// Makes the input of the path at a place in the list of names.
#[unsafe(no_mangle)]
pub extern "C" fn ready(path: usize, environments: usize) {
    INPUT.set(NAMES.get(path).map(|name| (*name, prepare(name, environments))));
}

/// Walks the path that was made ready.
#[unsafe(no_mangle)]
pub extern "C" fn walk() -> usize {
    INPUT.with_borrow_mut(|input| input.as_mut().map_or(0, |(name, input)| counted(name, input)))
}

/// Where the text that is to be read lies.
#[unsafe(no_mangle)]
pub extern "C" fn text_at() -> *const u8 {
    INPUT.with_borrow(|input| match input {
        Some((_, Input::Text(text))) => text.as_ptr(),
        _ => std::ptr::null(),
    })
}

/// How long it is.
#[unsafe(no_mangle)]
pub extern "C" fn text_bytes() -> usize {
    INPUT.with_borrow(|input| match input {
        Some((_, Input::Text(text))) => text.len(),
        _ => 0,
    })
}
