//! How a text becomes an argument, or does not.

use crate::domain::characters::{breaks_line, is_invisible, turns_direction};

/// The longest id that is printed, in characters.
const LONGEST_ID: usize = 80;

/// An id that can be printed as it is everywhere (a GUID, `Default-<tenant id>`, …): ASCII letters, digits and hyphens, not
/// beginning with a hyphen. `None` for anything else.
pub fn plain_id(id: &str) -> Option<&str> {
    let fits = !id.is_empty()
        && id.len() <= LONGEST_ID
        && !id.starts_with('-')
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    fits.then_some(id)
}

/// Whether a text can stand in a command at all: one line, and read as it is written.
pub fn plain_text(text: &str) -> bool {
    !text.chars().any(|c| breaks_line(c) || turns_direction(c))
}

/// The longest text that somebody is asked to type, in characters.
const LONGEST_TYPED: usize = 120;

/// Whether a person can type a text that a console shows: not blank, not too long, and nothing in it that has no picture or turns
/// the direction.
pub fn typeable(text: &str) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= LONGEST_TYPED
        && plain_text(text)
        && !text.chars().any(is_invisible)
}

/// The characters that PowerShell takes for a single quote.
const APOSTROPHES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}'];

/// A text as a PowerShell literal: in single quotes, with every character that PowerShell takes for one doubled. `None` for a
/// text with control characters, line separators (also U+0085, U+2028 and U+2029) or characters that turn the direction of
/// what follows.
pub fn powershell(text: &str) -> Option<String> {
    if !plain_text(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        if APOSTROPHES.contains(&c) {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
    Some(out)
}

/// A text as an argument of pac that means the same in PowerShell, bash and cmd: in double quotes. `None` for a text that is
/// not safe in all three: only letters, digits, spaces and a few marks are, and the first must be a letter or a digit, so
/// that it is never read as an option.
pub fn pac(text: &str) -> Option<String> {
    let starts_well = text.chars().next().is_some_and(char::is_alphanumeric);
    let fits = starts_well
        && text.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '(' | ')' | '+' | ':' | '/' | '=')
        });
    fits.then(|| format!("\"{text}\""))
}

/// Whether a text can stand in a file of requests: tools that send those take what is between double braces for one of their
/// variables, and the bearer token is one.
pub fn rest(text: &str) -> bool {
    plain_text(text) && !text.contains("{{")
}

/// A text on one line, for a comment.
pub fn comment(text: &str) -> String {
    crate::domain::characters::one_line(text, 200)
}

/// The same for a text of several sentences.
pub fn long_comment(text: &str) -> String {
    crate::domain::characters::one_line(text, 1000)
}
