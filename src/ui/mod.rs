//! Leptos: route, shell, pages, components, theme. No rule is decided here.

pub mod app;
