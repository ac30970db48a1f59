//! How much is looked at while files are read: counted, so that the tests can hold that it grows as the file does.
//!
//! Whatever walks over text, or over the keys of an object, says so here. The count belongs to the thread, decides nothing, and only
//! ever grows: who wants to know takes the difference.

use std::cell::Cell;

thread_local! {
    static LOOKED: Cell<u64> = const { Cell::new(0) };
}

/// Counts `n` characters (or keys) that are looked at; in a release build, which nobody asks, it counts nothing.
#[inline(always)]
pub fn look(n: usize) {
    if cfg!(debug_assertions) {
        count(n);
    }
}

fn count(n: usize) {
    LOOKED.with(|looked| looked.set(looked.get().saturating_add(u64::try_from(n).unwrap_or(u64::MAX))));
}

/// How many characters this thread has looked at while it read files.
pub fn looked() -> u64 {
    LOOKED.with(Cell::get)
}
