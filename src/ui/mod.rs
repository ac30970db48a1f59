//! Leptos: route, shell, pages, components, theme. No rule is decided here.
//!
//! `route` is pure and is built and tested without a browser too.

#[cfg(feature = "browser")]
mod acting;
#[cfg(feature = "browser")]
mod address;
#[cfg(feature = "browser")]
pub mod app;
#[cfg(feature = "browser")]
pub mod components;
#[cfg(feature = "browser")]
pub mod data;
#[cfg(feature = "browser")]
mod drafting;
#[cfg(feature = "browser")]
pub mod intake;
#[cfg(feature = "browser")]
pub mod pages;
#[cfg(feature = "browser")]
pub mod panic;
#[cfg(feature = "browser")]
pub mod prelude;
#[cfg(feature = "browser")]
mod rehearsal;
#[cfg(feature = "browser")]
pub mod replacing;
pub mod route;
#[cfg(feature = "browser")]
pub mod saving;
#[cfg(feature = "browser")]
pub mod shell;
#[cfg(feature = "browser")]
mod slowly;
#[cfg(feature = "browser")]
pub mod state;
#[cfg(feature = "browser")]
mod taking;
#[cfg(feature = "browser")]
mod telling;
#[cfg(feature = "browser")]
pub mod theme;
#[cfg(feature = "browser")]
mod tour;
