//! What a piece of work allocates: counted for each thread, so that tests beside it do not disturb.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// What was allocated while something was done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// The most bytes that were held at once, above what was held before.
    pub peak: usize,
    /// All bytes that were asked for.
    pub bytes: u64,
    /// How often.
    pub times: u64,
}

struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
    static BYTES: Cell<u64> = const { Cell::new(0) };
    static TIMES: Cell<u64> = const { Cell::new(0) };
}

fn add(size: usize) {
    // Where a thread ends its counters may be gone already.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + size as isize);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
    });
    let _ = BYTES.try_with(|bytes| bytes.set(bytes.get() + size as u64));
    let _ = TIMES.try_with(|times| times.set(times.get() + 1));
}

fn take(size: usize) {
    let _ = HELD.try_with(|held| held.set(held.get() - size as isize));
}

// SAFETY: everything is passed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        take(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both may be held for a moment.
        add(size);
        take(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Does something, and tells what it allocated.
pub fn spent<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let held = HELD.get();
    PEAK.set(held);
    let (bytes, times) = (BYTES.get(), TIMES.get());
    let done = work();
    let peak = usize::try_from(PEAK.get() - held).unwrap_or(0);
    (done, Spent { peak, bytes: BYTES.get() - bytes, times: TIMES.get() - times })
}
