//! The pieces of a typed text: words, and runs of digits with what joins them.

use super::TypedError;
use super::names::is_utc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits alone.
    Number(u32),
    /// `27.`, a day of the month.
    Day(u32),
    /// `2/3`, `2-3`, `2.30`, `27.11.`: two numbers, what joins them, and whether a dot closes them.
    Pair {
        first: String,
        joint: char,
        second: String,
        closed: bool,
    },
    /// `2026-11-15`, `15.11.2026`: three numbers, and whether dots join them.
    Three {
        dotted: bool,
    },
    /// `14:05`, `14:05:30.5`.
    Clock,
    /// Minutes east of UTC.
    Offset(i64),
    Word,
    Comma,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedPiece {
    pub kind: Kind,
    /// As typed, in lower case.
    pub text: String,
    /// Nothing stands between it and the piece before.
    pub glued: bool,
}

/// Lower case, one sort of minus and of space.
pub(super) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        let one = match c {
            '(' | ')' => ' ',
            // Marks of direction that a browser writes into its dates stand for nothing.
            '\u{200e}' | '\u{200f}' | '\u{200b}' | '\u{feff}' => continue,
            '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
            '\u{2019}' => '\'',
            ';' => ',',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        out.extend(one.to_lowercase());
    }
    out
}

/// Splits a squeezed text.
pub(super) fn pieces(text: &str) -> Result<Vec<TypedPiece>, TypedError> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
    let digit = |i: usize| at(i).is_ascii_digit();
    let mut out: Vec<TypedPiece> = Vec::new();
    let (mut i, mut glued) = (0, false);
    while let Some(c) = chars.get(i).copied() {
        let start = i;
        let after_utc = glued && out.last().is_some_and(|p| p.kind == Kind::Word && is_utc(&p.text));
        let after_word = glued && out.last().is_some_and(|p| p.kind == Kind::Word);
        let kind = if c == ' ' {
            i += 1;
            glued = false;
            continue;
        } else if c == ',' {
            i += 1;
            Kind::Comma
        } else if c.is_alphabetic() {
            while at(i).is_alphabetic() || (matches!(at(i), '.' | '\'') && at(i + 1).is_alphabetic()) {
                i += 1;
            }
            Kind::Word
        } else if c.is_ascii_digit() || (matches!(c, '+' | '-') && digit(i + 1) && (!after_word || after_utc)) {
            i = run_end(&chars, i);
            numeric(&chars.iter().skip(start).take(i - start).collect::<String>())?
        } else if matches!(c, '-' | '/' | '.' | '@' | '|') {
            // Between words, as in `27-Nov-2026`, and after a shortened one.
            i += 1;
            continue;
        } else {
            while at(i) != ' ' {
                i += 1;
            }
            return Err(TypedError::Unknown(chars.iter().skip(start).take(i - start).collect()));
        };
        let text = chars.iter().skip(start).take(i - start).collect();
        out.push(TypedPiece { kind, text, glued });
        glued = true;
    }
    Ok(out)
}

/// The end of the run of digits that starts at `start`: an offset starts its own.
fn run_end(chars: &[char], start: usize) -> usize {
    let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
    let signed = !at(start).is_ascii_digit();
    let (mut i, mut clock) = (start + 1, false);
    loop {
        let next_digit = at(i + 1).is_ascii_digit();
        match at(i) {
            c if c.is_ascii_digit() => {}
            ':' => clock = true,
            '-' if !signed && !clock && next_digit => {}
            '.' | '/' if !signed && next_digit => {}
            // A closing dot counts: `27.11.` is a day.
            '.' if !signed => return i + 1,
            _ => return i,
        }
        i += 1;
    }
}

fn numeric(text: &str) -> Result<Kind, TypedError> {
    let bad = || TypedError::Unknown(text.to_string());
    if text.starts_with(['+', '-']) {
        return offset(text).map(Kind::Offset).ok_or_else(bad);
    }
    if text.contains(':') {
        return Ok(Kind::Clock);
    }
    let (body, closed) = text.strip_suffix('.').map_or((text, false), |body| (body, true));
    let parts: Vec<&str> = body.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [one] => {
            let number = if one.len() <= 9 { one.parse().map_err(|_| bad())? } else { return Err(bad()) };
            Ok(if closed { Kind::Day(number) } else { Kind::Number(number) })
        }
        [first, second] => {
            let joint = body.chars().find(|c| !c.is_ascii_digit()).unwrap_or('.');
            Ok(Kind::Pair { first: (*first).into(), joint, second: (*second).into(), closed })
        }
        [_, _, _] => Ok(Kind::Three { dotted: body.contains('.') }),
        _ => Err(bad()),
    }
}

/// `+01:00`, `+0100` or `-5` in minutes.
fn offset(text: &str) -> Option<i64> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let body = text.get(1..)?;
    let (hours, minutes) = match (body.split_once(':'), body.len()) {
        (Some((h, m)), _) if m.len() == 2 => (h.parse().ok()?, m.parse().ok()?),
        (None, 1 | 2) => (body.parse().ok()?, 0),
        (None, 3 | 4) => {
            let number: i64 = body.parse().ok()?;
            (number / 100, number % 100)
        }
        _ => return None,
    };
    ((0..=14).contains(&hours) && (0..=59).contains(&minutes)).then_some(sign * (hours * 60 + minutes))
}
