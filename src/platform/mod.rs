//! The browser's edges, thin: clock, localStorage, files, downloads, clipboard, files beside the page.

pub mod clipboard;
pub mod clock;
pub mod fetch;
pub mod files;
pub mod storage;
