//! Gigabytes as they are typed.

use crate::domain::capacity::MB_PER_GB;
use crate::json::decimal;

/// Why what was typed is no number of gigabytes; a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoGigabytes {
    /// It may be a thousand times as much: `1.000` is one or a thousand, by where one lives.
    TwoWays,
    Empty,
    Wrong,
}

impl NoGigabytes {
    pub fn says(self) -> &'static str {
        match self {
            Self::TwoWays => "can be read in two ways; type 1000 for a thousand, or 1.0 for one",
            Self::Empty => "is empty; type 0 if there is none: what is not typed is not guessed",
            Self::Wrong => "is not a number of gigabytes from 0 up; type it like 102.4",
        }
    }
}

/// Gigabytes with a point or a comma; megabytes out.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str) -> Result<f64, NoGigabytes> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Err(NoGigabytes::Empty);
    }
    if text.split_once('.').is_some_and(|(before, behind)| is_group(before) && behind.len() == 3 && digits(behind)) {
        return Err(NoGigabytes::TwoWays);
    }
    let number = decimal::read(&text).filter(|number| *number >= 0.0);
    number.map(|number| number * MB_PER_GB).ok_or(NoGigabytes::Wrong)
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether groups of three digits may follow.
fn is_group(text: &str) -> bool {
    (1..=3).contains(&text.len()) && digits(text) && !text.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gigabytes_as_they_are_typed() {
        for (text, gb) in [("10", 10.0), (" 10,5 ", 10.5), ("0.125", 0.125), ("1000", 1000.0), ("1.5", 1.5), ("0", 0.0)]
        {
            assert_eq!(read(text), Ok(gb * 1024.0), "{text}");
        }
        for text in ["1.000", "10,500", "102.400"] {
            assert_eq!(read(text), Err(NoGigabytes::TwoWays), "{text}");
        }
        assert_eq!(read(" "), Err(NoGigabytes::Empty));
        for text in ["-1", "ten", "1.000.000", "1..2", "."] {
            assert_eq!(read(text), Err(NoGigabytes::Wrong), "{text}");
        }
    }
}
