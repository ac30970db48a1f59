//! A sentence of the core in pieces: its instants (which it writes in UTC) so that the screen can show local time beside them, and
//! its code between backticks.

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
    split(text, |text, out| {
        if !text.is_empty() {
            out.push(Piece::Text(text.to_string()));
        }
    })
}

fn split(text: &str, plain: impl Fn(&str, &mut Vec<Piece>)) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = coded(rest) {
        plain(before, &mut out);
        out.push(Piece::Code(code.to_string()));
        rest = after;
    }
    plain(rest, &mut out);
    out
}

/// What stands before, between and after the first two backticks. One that has no other is text.
fn coded(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

fn instants(text: &str, out: &mut Vec<Piece>) {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(UTC) {
        match instant_at_end(before) {
            Some((text, at)) => {
                plain.push_str(text);
                if !plain.is_empty() {
                    out.push(Piece::Text(std::mem::take(&mut plain)));
                }
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
    if !plain.is_empty() {
        out.push(Piece::Text(plain));
    }
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
        check("`a``b` c`", "<a><b> c`");
        check("`2 Jan 2026 09:05 UTC`", "<2 Jan 2026 09:05 UTC>");
    }
}
