//! The words of how much is taken in.

use super::thousands;
use crate::domain::limits::{Limit, Over};
use std::fmt;

/// What to do now.
pub fn help(over: Over) -> &'static str {
    match over.limit {
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

/// A clause. Not [`super::Say`], for it passes through the errors of readers, which are strings.
impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (most, found) = (thousands(self.limit.most()), thousands(self.found));
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

/// Bytes as megabytes of 1024 kilobytes with one decimal, rounded up, so that what is over is never shown as the limit itself.
fn megabytes(bytes: usize) -> String {
    const MEGABYTE: usize = 1024 * 1024;
    let tenths = bytes.saturating_mul(10).div_ceil(MEGABYTE);
    match tenths % 10 {
        0 => format!("{} MB", thousands(tenths / 10)),
        tenth => format!("{}.{tenth} MB", thousands(tenths / 10)),
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
            let value = if limit == Limit::File { "128 MB".into() } else { thousands(limit.most()) };
            assert!(says.contains(&value) && !says.ends_with('.') && !help(over).is_empty(), "{says}");
        }
        let says = |limit: Limit, found| Over { limit, found }.to_string();
        assert_eq!(says(Limit::File, Limit::File.most() + 1), "the file has 128.1 MB, and at most 128 MB are read");
        assert_eq!(
            says(Limit::Link, 16_001),
            "the link is too long: it has 16,001 characters, and at most 16,000 are read"
        );
    }
}
