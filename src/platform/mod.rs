//! The browser's edges, thin: clock, localStorage and its second copy, locks, files, downloads, clipboard, files beside the page.

pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod fetch;
pub mod files;
mod indexed;
mod js;
pub mod locks;
pub mod mirror;
pub mod persist;
mod raw;
pub mod rescue;
pub mod session;
pub mod storage;
pub mod tab;
pub mod version;
