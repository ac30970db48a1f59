//! How much is taken in: of a file, a link, a stored text. Each limit is looked at *before* the work that it bounds, so that no
//! text of anybody's can hang the page or use up its memory. All stand far above a tenant of 30,000 environments (86 MB).

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Something of which only so much is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// Bytes of one file or pasted text.
    File,
    /// Rows of one list, or lines of one table.
    Rows,
    /// How deep lists and objects stand inside each other.
    Depth,
    /// Keys of one object, or columns of one table.
    Keys,
    /// Values in one row, at any depth.
    Cells,
    /// Bytes of one text (a value or a key).
    Text,
    /// Bytes of one line of a table.
    Line,
    /// Findings that are listed; the rest is only counted.
    Findings,
    /// Bytes of the file of a plan.
    Plan,
    /// Bytes of what the link of a plan unpacks to.
    Unpacked,
    /// Characters of the link of a plan. Mail and chat programs cut what is much longer.
    Link,
}

impl Limit {
    pub const ALL: [Limit; 11] = [
        Limit::File,
        Limit::Rows,
        Limit::Depth,
        Limit::Keys,
        Limit::Cells,
        Limit::Text,
        Limit::Line,
        Limit::Findings,
        Limit::Plan,
        Limit::Unpacked,
        Limit::Link,
    ];

    /// The most that is taken in.
    #[inline(always)]
    pub const fn most(self) -> usize {
        match self {
            Limit::File => 128 * 1024 * 1024,
            Limit::Rows => 50_000,
            Limit::Depth => 64,
            Limit::Keys => 1_000,
            Limit::Cells => 5_000,
            Limit::Text | Limit::Line => 100_000,
            Limit::Findings => 1_000,
            // Some ten times the longest plan that the app makes.
            Limit::Plan | Limit::Unpacked => 400_000,
            Limit::Link => 16_000,
        }
    }

    /// Refuses `found` where it is more than is taken in.
    ///
    /// # Errors
    /// What was found, with the limit.
    // For each byte of a file: the number stands where it is asked about.
    #[inline(always)]
    pub const fn hold(self, found: usize) -> Result<(), Over> {
        if found > self.most() { Err(Over { limit: self, found }) } else { Ok(()) }
    }
}

/// Too much of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    pub limit: Limit,
    /// How much was found, or how far it was counted before the reader stopped.
    pub found: usize,
}

/// Reads a list of at most [`Limit::Rows`]: what a file costs is bounded while it is read, not afterwards.
///
/// # Errors
/// Those of the items, or that there are too many.
pub fn rows<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Rows<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Rows<T> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element()? {
                items.push(item);
                Limit::Rows.hold(items.len()).map_err(A::Error::custom)?;
            }
            Ok(items)
        }
    }
    deserializer.deserialize_seq(Rows(PhantomData))
}
