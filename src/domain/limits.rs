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

impl Over {
    /// What to do now.
    pub fn help(self) -> &'static str {
        match self.limit {
            Limit::File | Limit::Rows => {
                "export the list in parts, such as one kind of environment or one region at a time, and add the parts one after another"
            }
            Limit::Depth | Limit::Keys | Limit::Cells => {
                "look whether this is the right file; if it is, export the list again"
            }
            Limit::Text | Limit::Line => {
                "look whether a quotation mark or the end of a line is missing there, or whether this is the right file"
            }
            Limit::Findings => "mend what the first ones name, and export the list again",
            Limit::Plan | Limit::Unpacked => {
                "do not carry it out: ask the person who sent it, by another way, whether they did"
            }
            Limit::Link => "ask for the plan as a file, and add it where inventories are added",
        }
    }
}

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (most, found) = (count(self.limit.most()), count(self.found));
        match self.limit {
            Limit::File => write!(
                f,
                "the file has {}, and at most {} are read",
                megabytes(self.found),
                megabytes(self.limit.most())
            ),
            Limit::Rows => write!(f, "the list goes on after row {most}, and at most {most} rows are read at once"),
            Limit::Depth => write!(
                f,
                "this JSON is nested deeper than any inventory is: at least {found} levels, and at most {most} are read"
            ),
            Limit::Keys => write!(f, "an object or a table has at least {found} keys, and at most {most} are read"),
            Limit::Cells => write!(f, "a row holds at least {found} values, and at most {most} are read"),
            Limit::Text => write!(
                f,
                "a text is longer than any inventory has: at least {found} bytes, and at most {most} are read"
            ),
            Limit::Line => write!(f, "a line of this table has {found} bytes, and at most {most} are read"),
            Limit::Findings => {
                write!(f, "{found} things are to be said about this file, and the first {most} are listed")
            }
            Limit::Plan => {
                write!(f, "the file has {found} bytes, far more than a plan ever has, and at most {most} are read")
            }
            Limit::Unpacked => write!(f, "it unpacks to far more than a plan ever has: at most {most} bytes are read"),
            Limit::Link => {
                write!(f, "the link is too long: it has {found} characters, and at most {most} are read")
            }
        }
    }
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

/// A whole number with commas between thousands.
fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Bytes as megabytes of 1024 kilobytes with one decimal, rounded up, so that what is over is never shown as the limit itself.
fn megabytes(bytes: usize) -> String {
    const MEGABYTE: usize = 1024 * 1024;
    let tenths = bytes.saturating_mul(10).div_ceil(MEGABYTE);
    match tenths % 10 {
        0 => format!("{} MB", count(tenths / 10)),
        tenth => format!("{}.{tenth} MB", count(tenths / 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_names_its_value_and_what_was_found() {
        for limit in Limit::ALL {
            assert_eq!(limit.hold(limit.most()), Ok(()));
            let over = limit.hold(limit.most() + 1).unwrap_err();
            let says = over.to_string();
            let value = if limit == Limit::File { "128 MB".into() } else { count(limit.most()) };
            assert!(says.contains(&value) && !says.ends_with('.') && !over.help().is_empty(), "{says}");
        }
        let says = |limit: Limit, found| Over { limit, found }.to_string();
        assert_eq!(says(Limit::File, Limit::File.most() + 1), "the file has 128.1 MB, and at most 128 MB are read");
        assert_eq!(
            says(Limit::Link, 16_001),
            "the link is too long: it has 16,001 characters, and at most 16,000 are read"
        );
    }
}
