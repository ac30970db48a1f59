//! Restore Desk. The map of the crate; arrows point one way: `ui → workspace → domain`, `ui → interop → domain`, `ui → platform`.
//!
//! - [`domain`]: the shared module, backup and restore logic, pure
//! - [`interop`]: text in, text out, pure
//! - [`workspace`]: what is remembered
//! - `platform`, `ui`: only with the feature `browser`

pub mod domain;
pub mod interop;
pub mod workspace;

#[cfg(feature = "browser")]
pub mod platform;
#[cfg(feature = "browser")]
pub mod ui;
