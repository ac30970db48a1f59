//! A sentence of the core in pieces: its instants (which it writes in UTC) so that the screen can show local time beside them, and
//! its code between backticks. A name that somebody gave stands between “ and ”, and nothing is looked for in it.

use chrono::{DateTime, NaiveDate, Utc};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// What stood between two backticks.
    Code(String),
    /// An instant that was written as `2 Jan 2026 09:05 UTC` or with seconds.
    Instant(DateTime<Utc>),
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const UTC: &str = " UTC";

/// The pieces of a sentence, in order, with its instants. Put together again they say the same.
pub fn pieces(text: &str) -> Vec<Piece> {
    split(text, instants)
}

/// The pieces of a sentence, in order, with its instants as the text that they are.
pub fn code_pieces(text: &str) -> Vec<Piece> {
    split(text, push_text)
}

fn split(text: &str, plain: impl Fn(&str, &mut Vec<Piece>)) -> Vec<Piece> {
    let mut out = Vec::new();
    // What is between “ and ” is a name of somebody's and stays as it is, letter by letter.
    let mut own = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (free, name, after) = named(rest);
        let mut left = free;
        while let Some((before, code, after)) = coded(left) {
            own.push_str(before);
            plain(&std::mem::take(&mut own), &mut out);
            out.push(Piece::Code(code.to_string()));
            left = after;
        }
        own.push_str(left);
        if !name.is_empty() {
            plain(&std::mem::take(&mut own), &mut out);
            push_text(name, &mut out);
        }
        rest = after;
    }
    plain(&own, &mut out);
    out
}

/// Adds text as it is, to the text before it where there is some.
fn push_text(text: &str, out: &mut Vec<Piece>) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(before)) => before.push_str(text),
        _ => out.push(Piece::Text(text.to_string())),
    }
}

/// The text up to the first name in quotation marks, that name with its marks, and what follows. A name may hold closing marks of
/// its own: it ends at the last one before the next opening mark.
fn named(text: &str) -> (&str, &str, &str) {
    let Some((free, _)) = text.split_once('“') else { return (text, "", "") };
    let (_, from) = text.split_at(free.len());
    let inside = from.strip_prefix('“').unwrap_or(from);
    let reach = inside.split('“').next().unwrap_or(inside);
    // Without a closing mark it reaches to where the next name begins.
    let length = match reach.rfind('”') {
        Some(at) => '“'.len_utf8() + at + '”'.len_utf8(),
        None => '“'.len_utf8() + reach.len(),
    };
    let (name, after) = from.split_at(length);
    (free, name, after)
}

/// What stands before, between and after the first two backticks that mark something: the first stands where a word can begin, the
/// other where one can end. Whatever else is a backtick is text.
fn coded(text: &str) -> Option<(&str, &str, &str)> {
    let begins = |at: usize| text.get(..at).is_some_and(|b| !b.ends_with(|c: char| c.is_alphanumeric() || c == '`'));
    let (open, _) = text.match_indices('`').find(|(at, _)| begins(*at))?;
    let (before, rest) = (text.get(..open)?, text.get(open + 1..)?);
    let ends = |at: usize| {
        rest.get(at + 1..).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '`'))
    };
    let (close, _) = rest.match_indices('`').find(|(at, _)| *at > 0 && ends(*at))?;
    Some((before, rest.get(..close)?, rest.get(close + 1..)?))
}

fn instants(text: &str, out: &mut Vec<Piece>) {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(UTC) {
        match instant_at_end(before) {
            Some((text, at)) => {
                plain.push_str(text);
                push_text(&std::mem::take(&mut plain), out);
                out.push(Piece::Instant(at));
            }
            None => {
                plain.push_str(before);
                plain.push_str(UTC);
            }
        }
        rest = after;
    }
    plain.push_str(rest);
    push_text(&plain, out);
}

/// The instant with which a text ends, and what stands before it.
fn instant_at_end(text: &str) -> Option<(&str, DateTime<Utc>)> {
    let (text, time) = text.rsplit_once(' ')?;
    let (text, year) = text.rsplit_once(' ')?;
    let (text, month) = text.rsplit_once(' ')?;
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let day = text.strip_prefix(before)?;
    let number = |digits: &str, most: usize| -> Option<u32> {
        let plain = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse().ok() } else { None }
    };
    let month = u32::try_from(MONTHS.iter().position(|m| *m == month)?).ok()?.checked_add(1)?;
    let year = i32::try_from(number(year, 4)?).ok()?;
    let mut parts = time.split(':');
    let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |s| number(s, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let at = NaiveDate::from_ymd_opt(year, month, number(day, 2)?)?.and_hms_opt(hour, minute, second)?;
    Some((before, at.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        pieces(text)
            .iter()
            .map(|p| match p {
                Piece::Text(t) => t.clone(),
                Piece::Code(c) => format!("<{c}>"),
                Piece::Instant(at) => at.format("{%Y-%m-%dT%H:%M:%S}").to_string(),
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(shown(text), expect);
    }

    #[test]
    fn instants_are_found_and_everything_else_stays() {
        check("", "");
        check("2 Jan 2026 09:05 UTC", "{2026-01-02T09:05:00}");
        check(
            "From 2 Jan 2026 09:05 UTC to 31 Dec 2026 23:59:07 UTC.",
            "From {2026-01-02T09:05:00} to {2026-12-31T23:59:07}.",
        );
        check("(12 Mar 2026 06:00 UTC)", "({2026-03-12T06:00:00})");
        for same in [
            "at 09:05 UTC",
            "31 Feb 2026 09:05 UTC",
            "1 Foo 2026 09:05 UTC",
            "1 Jan 2026 25:05 UTC",
            "1 Jan 2026 09:05:01:02 UTC",
            "Jan 2026 09:05 UTC",
            "1 Jan 20266 09:05 UTC",
            " UTC UTC",
            "read as UTC is inferred",
            "UTC",
        ] {
            check(same, same);
        }
    }

    #[test]
    fn code_stands_between_two_backticks() {
        check("the key `abc` is", "the key <abc> is");
        check("one ` alone", "one ` alone");
        check("`a``b` c`", "<a``b> c`");
        check("`a`b`, (`c`)", "<a`b>, (<c>)");
        check("`2 Jan 2026 09:05 UTC`", "<2 Jan 2026 09:05 UTC>");
    }

    #[test]
    fn names_keep_their_letters() {
        for name in [
            "Sales `EU` prod",
            "`",
            "a`b",
            "`a` `b`",
            "one ` two",
            "three ` back ` ticks `",
            "``` fenced ```",
            "“ `nested` ”",
            "closing ” `x` y",
            "opening “ `x` y",
            "as of 2 Jan 2026 09:05 UTC",
        ] {
            check(&format!("“{name}”"), &format!("“{name}”"));
            check(&format!("Restore “{name}” now"), &format!("Restore “{name}” now"));
            // What the sentence says itself is still found before and behind it.
            check(
                &format!("the key `k` of “{name}” and `l` of “{name}” at 2 Jan 2026 09:05 UTC."),
                &format!("the key <k> of “{name}” and <l> of “{name}” at {{2026-01-02T09:05:00}}."),
            );
        }
        check("`a` “b` “c` d", "<a> “b` “c` d");
        assert_eq!(code_pieces("“a `b`” c"), [Piece::Text("“a `b`” c".into())]);
    }
}
