//! The browser's edges, thin: clock, localStorage, files, downloads, clipboard.

pub mod clipboard;
pub mod clock;
pub mod files;
pub mod storage;
