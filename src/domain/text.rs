//! A text in pieces, as data: what is kept of a plan as it was said when the plan was made. `crate::words` makes such texts, and whoever
//! shows one decides how its names and instants look.

use super::said::Role;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    Plain(String),
    /// "the source" or "the target", until it is named.
    Role(Role),
    /// "the environment", of one that is source and target.
    Itself,
    /// A name that somebody gave, in quotation marks.
    Name(String),
    /// The same without marks, where the names are what a list or a page is about.
    Bare(String),
    /// Something to be typed or compared letter by letter.
    Code(String),
    Instant(When),
}

/// A text in pieces, in order. A clause, mostly: lower-case start, no final period; see [`Text::sentence`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text(pub(crate) Vec<Piece>);

/// An instant (UTC) in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub at: DateTime<Utc>,
    pub rounding: Rounding,
}

/// How an instant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rounding {
    /// With seconds where it has any.
    Exact,
    /// Cut to the minute: never later than it is.
    Down,
    /// To the next whole minute: never earlier than it is.
    Up,
    /// Its day alone.
    Day,
    /// Cut to the minute, in digits: `2026-01-02 08:00 UTC`.
    Digits,
}
