//! JSON out of text into a type that says by `serde` how it is read.
//!
//! For all that is stored, and for whatever has many parts: of `serde_json`'s reader every such type makes a copy of its own. Here the
//! steps of reading are functions that know no type, and what a type adds is a walk through its fields. It reads and refuses the same
//! texts with the same words (tests), but for one thing: a list is no `struct` with its fields in order.

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

mod cursor;
pub mod decimal;
mod error;
mod plain;
mod raw;
mod serde;

pub use cursor::Reader;
pub use error::Error;
pub use plain::plain;
pub use raw::Raw;

use ::serde::Deserialize;

/// The value that the whole text is.
///
/// # Errors
/// It is no JSON, or not of this type: with what, and where.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader)?;
    reader.end_of_text()?;
    Ok(value)
}
