//! **The shared module**: backup and restore logic. Pure: no DOM, no storage, no clock, no randomness, no global state.
//!
//! Architecture invariant: nothing in here knows `interop`, `workspace`, `platform` or `ui`, and nothing reads a clock:
//! every function that depends on time takes `now: DateTime<Utc>`.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::unimplemented
    )
)]

pub mod advice;
pub mod answer;
pub mod capacity;
pub mod characters;
pub mod checksum;
pub mod cloud;
pub mod command;
pub mod compare;
pub mod dates;
pub mod deed;
pub mod deletion;
pub mod door;
pub mod edition;
pub mod eligibility;
pub mod environment;
pub mod environments;
pub mod fact;
pub mod facts;
pub mod history;
pub mod instants;
pub mod inventory;
pub mod life;
pub mod limits;
pub mod manual_backup;
pub mod merge;
pub mod moment;
pub mod occupied;
pub mod order;
pub mod outlook;
pub mod plan;
pub mod readiness;
pub mod refusal;
pub mod remedy;
pub mod restore;
pub mod retention;
pub mod rule;
pub mod said;
pub mod service;
pub mod slowly;
pub mod tenant;
pub mod text;
pub mod told;
pub mod values;
pub mod what_if;
pub mod whose;
