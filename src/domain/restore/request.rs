//! What is asked for: whose backup, from when, onto what.

use super::super::characters::{breaks_line, is_invisible};
pub use super::super::deed::{Point, RestoreRequest, SpecialApp};
use super::super::environment::Environment;
use chrono::{DateTime, Utc};

/// A text as it can be read off the screen and typed: characters without a picture are left out, and every run of white space is
/// one space, as a browser shows it.
pub fn typeable(text: &str) -> String {
    let seen: String =
        text.chars().filter(|c| !is_invisible(*c)).map(|c| if breaks_line(c) { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keyboards have one apostrophe; names have five.
pub(super) fn with_one_apostrophe(text: &str) -> String {
    text.replace(['\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}'], "'")
}

pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// The new name of `target` as it will be given (R4): trimmed; `None` where none is wanted, or it is called so already.
pub fn wanted_name<'r>(request: &'r RestoreRequest, target: &Environment) -> Option<&'r str> {
    let wanted = request.new_name.as_deref().map(str::trim);
    wanted.filter(|name| !name.is_empty() && *name != target.name.trim())
}

/// The instant (UTC) that a request goes back to; `None` for a manual backup that the source does not have.
pub fn instant_of(source: &Environment, point: &Point) -> Option<DateTime<Utc>> {
    match point {
        Point::System(at) => Some(*at),
        Point::Manual(id) => source.backups.iter().find(|b| b.id == *id).map(|b| b.point),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_is_what_nobody_sees() {
        for blank in ["", "  ", "\t\n", "\u{200B}", " \u{200B} "] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in ["a", " a ", "\u{200B}a"] {
            assert!(!is_blank(seen), "{seen:?}");
        }
    }
}
