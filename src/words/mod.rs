//! **The words**: what every cause says, in English. `domain` decides and has no words; what it decided is said here, as a [`Text`] in
//! pieces, and whoever shows a text decides how its names and instants look.
//!
//! A file for each room of `domain`. The small grammar (counts, lists, instants) is in `grammar` and `time`. A second language would
//! be another folder like this one.
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

mod advice;
mod basics;
mod capacity;
pub mod class;
pub mod cloud;
pub mod command;
mod compare;
pub mod deed;
mod door;
pub mod facts;
mod grammar;
mod headline;
pub mod life;
pub mod limits;
mod loss;
pub mod merge;
mod occupied;
pub mod outlook;
mod pair;
pub mod plan;
mod point;
pub mod readiness;
mod recovery;
pub mod refused;
mod remedy;
mod restore;
mod retention;
pub mod rules;
mod service;
mod since;
mod stays;
mod text;
pub mod time;
pub mod told;
mod what_if;
pub mod whose;

pub use basics::{name, when_deleted};
pub use capacity::lacks;
pub use grammar::{Count, Days, List, Megabytes, Span, thousands};
pub use occupied::{means, was};
pub use restore::backup_of;
pub use text::{Names, Piece, Say, Text, begins, capital, code, day, digits, ends, exact, sentence};
