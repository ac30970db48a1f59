//! Why a text is not the value that it should be.

use serde::de::{self, Expected, Unexpected};
use std::fmt;

/// Why, and at which line and column, counted in bytes from 1. Small, since every step of reading may give one.
pub struct Error(Box<Problem>);

struct Problem {
    why: String,
    /// Line and column; `None` until the reader adds it.
    place: Option<(usize, usize)>,
    ends: bool,
}

impl Error {
    /// `ends`: the text ends too early.
    pub(super) fn at(why: &str, place: (usize, usize), ends: bool) -> Self {
        Self(Box::new(Problem { why: why.to_string(), place: Some(place), ends }))
    }

    pub(super) fn placed(mut self, place: (usize, usize)) -> Self {
        self.0.place.get_or_insert(place);
        self
    }

    /// Whether the text ends too early.
    pub fn is_eof(&self) -> bool {
        self.0.ends
    }

    /// Line and column, in bytes from 1; none where what was read is itself what is wrong.
    pub fn place(&self) -> Option<(usize, usize)> {
        self.0.place
    }

    fn of(why: fmt::Arguments<'_>) -> Self {
        Self(Box::new(Problem { why: why.to_string(), place: None, ends: false }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.why)?;
        match self.0.place {
            Some((line, column)) => write!(f, " at line {line} column {column}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self::of(format_args!("{why}"))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            Unexpected::Unit => Self::of(format_args!("invalid type: null, expected {expected}")),
            found => Self::of(format_args!("invalid type: {found}, expected {expected}")),
        }
    }
}
