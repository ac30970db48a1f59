//! What the screens show, computed without a browser: pure functions from `domain` values to numbers and words. No rule is
//! decided here and nothing reads a clock or a time zone: `now` and the offset of the local zone are arguments.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::cast_possible_truncation
    )
)]

pub mod acts;
pub mod advice;
pub mod axis;
pub mod band;
pub mod beside;
pub mod calendar;
pub mod cards;
pub mod does;
pub mod far;
pub mod gates;
pub mod gigabytes;
pub mod grid;
pub mod periods;
pub mod prose;
pub mod readiness;
pub mod reference;
pub mod rehearsal;
pub mod rows;
pub mod runbook;
pub mod search;
pub mod sheet;
pub mod time;
pub mod tour;
pub mod words;
