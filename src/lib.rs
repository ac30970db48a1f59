//! Restore Desk. The map of the crate; arrows point one way: `ui → workspace → domain`, `ui → interop → domain`, `ui → platform`.
//!
//! - [`domain`]: the shared module, backup and restore logic, pure
//! - [`words`]: what every decision of it says, in English
//! - [`interop`]: text in, text out, pure
//! - [`json`]: JSON into types, pure
//! - [`workspace`]: what is remembered
//! - [`view_model`]: what the screens show, as pure functions: geometry and words, no rules
//! - `platform`: the browser's edges, only with the feature `browser`
//! - [`ui`]: the screen, only with the feature `browser`, except for the addresses in [`ui::route`], which are pure

pub mod domain;
pub mod interop;
pub use restore_desk_json as json;
#[cfg(feature = "browser")]
pub mod platform;
pub mod ui;
pub mod view_model;
pub mod words;
pub mod workspace;
