//! Text in, text out, still pure: inventories in, commands out. Knows `domain` only.
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

pub mod calendar;
pub mod commands;
pub mod csv_out;
pub mod file_name;
pub mod import;
pub mod made_up;
pub mod own;
pub mod runbook;
pub mod sample;
mod spelled;
pub mod travel;
pub mod warned;
