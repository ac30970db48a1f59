//! Reading an instant that somebody typed. Nothing is guessed: what can be read two ways is refused with what to type instead.

use crate::workspace::local_time::{Resolved, Zone, resolve};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

/// What is wrong with a typed instant. The text stays as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedError {
    Empty,
    NoDate,
    NoTime,
    NoYear,
    /// The named part can be read two ways.
    Ambiguous(String),
    /// The named part is no day of the calendar.
    BadDate(String),
    /// The named part is no time of the day.
    BadTime(String),
    /// The named part means nothing here.
    Unknown(String),
}

const EXAMPLE: &str = "type it like 2026-11-15 14:05";

impl TypedError {
    /// What, where and what to do now; lower-case start, no final period.
    pub fn says(&self) -> String {
        match self {
            TypedError::Empty => format!("no date and time is typed; {EXAMPLE}"),
            TypedError::NoDate => format!("the date is missing; {EXAMPLE}"),
            TypedError::NoTime => "the time of day is missing; add it, such as 14:05".to_string(),
            TypedError::NoYear => "the year is missing; type all four digits of it, such as 2026-11-15".to_string(),
            TypedError::Ambiguous(part) => {
                format!(
                    "`{part}` can be read two ways, day first or month first; type the year first, such as 2026-11-15"
                )
            }
            TypedError::BadDate(part) => format!("`{part}` is not a day of the calendar; {EXAMPLE}"),
            TypedError::BadTime(part) => format!("`{part}` is not a time of day; type it like 14:05"),
            TypedError::Unknown(part) => format!("`{part}` cannot be read as a part of a date; {EXAMPLE}"),
        }
    }
}

/// What was typed, before it is placed in a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parts {
    at: NaiveDateTime,
    /// Minutes east of UTC that the text itself states (`Z`, `UTC`, `+01:00`).
    offset: Option<i64>,
}

/// Reads an instant typed as UTC.
pub fn read_utc(text: &str) -> Result<DateTime<Utc>, TypedError> {
    let parts = parts(text)?;
    Ok(parts.at.and_utc() - Duration::minutes(parts.offset.unwrap_or(0)))
}

/// Reads an instant typed as local time of `zone`. An offset in the text itself (`Z`, `UTC`, `+01:00`) counts over the zone.
pub fn read_local(text: &str, zone: &impl Zone) -> Result<Resolved, TypedError> {
    let parts = parts(text)?;
    Ok(match parts.offset {
        Some(minutes) => Resolved::One(parts.at.and_utc() - Duration::minutes(minutes)),
        None => resolve(parts.at, zone),
    })
}

/// The UTC instant as text that [`read_utc`] reads back; seconds only where there are any.
pub fn write_utc(at: DateTime<Utc>) -> String {
    write(at.naive_utc())
}

/// The instant in local time of `zone`, as text that [`read_local`] reads back (but for the hour that happens twice).
pub fn write_local(at: DateTime<Utc>, zone: &impl Zone) -> String {
    write(at.naive_utc() + Duration::minutes(i64::from(zone.offset_minutes(at))))
}

fn write(at: NaiveDateTime) -> String {
    let pattern = if at.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    at.format(pattern).to_string()
}

fn parts(text: &str) -> Result<Parts, TypedError> {
    let squeezed = squeeze(text);
    if squeezed.trim().is_empty() {
        return Err(TypedError::Empty);
    }
    let (mut date, mut time, mut offset, mut afternoon) = (None, None, None, None);
    let mut loose: Vec<&str> = Vec::new();
    for word in squeezed.split_whitespace() {
        match word {
            "z" | "utc" | "gmt" => offset = Some(0),
            "am" | "a.m." => afternoon = Some(false),
            "pm" | "p.m." => afternoon = Some(true),
            _ if is_weekday(word) || word == "at" => {}
            _ if (word.starts_with('+') || word.starts_with('-')) && time.is_some() => {
                offset = Some(read_offset(word)?)
            }
            _ if word.contains(':') && time.is_none() => {
                let (clock, rest) = split_clock(word);
                match rest {
                    "" => {}
                    "z" | "utc" => offset = Some(0),
                    "am" => afternoon = Some(false),
                    "pm" => afternoon = Some(true),
                    _ => offset = Some(read_offset(rest)?),
                }
                time = Some(clock);
            }
            _ if word.matches(['-', '/', '.']).count() == 2 && starts_with_digit(word) && date.is_none() => {
                date = Some(read_numbers(word)?);
            }
            _ => loose.push(word),
        }
    }
    if date.is_none() && !loose.is_empty() {
        date = Some(read_words(&loose)?);
    } else if let Some(word) = loose.first() {
        return Err(TypedError::Unknown((*word).to_string()));
    }
    let date = date.ok_or(TypedError::NoDate)?;
    let time = read_time(time.ok_or(TypedError::NoTime)?, afternoon)?;
    Ok(Parts { at: date.and_time(time), offset })
}

/// Lower case, one sort of minus and space, and the `T` between date and time taken out.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(char::is_ascii_digit);
        out.extend(
            match c {
                ',' | '(' | ')' | '\u{a0}' | '\u{202f}' | '\u{200e}' => ' ',
                '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
                'T' | 't' if before.is_ascii_digit() && next_is_digit => ' ',
                c => c,
            }
            .to_lowercase(),
        );
        before = c;
    }
    out
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches('.');
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}

/// Splits `14:05:30+01:00` into the clock and what follows it.
fn split_clock(word: &str) -> (&str, &str) {
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(word.len());
    word.split_at_checked(end).unwrap_or((word, ""))
}

/// `+01:00`, `+0100` or `-5` in minutes.
fn read_offset(word: &str) -> Result<i64, TypedError> {
    let bad = || TypedError::Unknown(word.to_string());
    let sign = if word.starts_with('-') { -1 } else { 1 };
    if !(word.starts_with('-') || word.starts_with('+')) {
        return Err(bad());
    }
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    if word.chars().skip(1).any(|c| !(c.is_ascii_digit() || c == ':')) {
        return Err(bad());
    }
    let number: i64 = digits.parse().map_err(|_| bad())?;
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number, 0),
        3 | 4 => (number / 100, number % 100),
        _ => return Err(bad()),
    };
    if hours > 14 || minutes > 59 {
        return Err(bad());
    }
    Ok(sign * (hours * 60 + minutes))
}

fn read_time(clock: &str, afternoon: Option<bool>) -> Result<NaiveTime, TypedError> {
    let bad = || TypedError::BadTime(clock.to_string());
    let mut pieces = clock.split(':');
    let mut number = |needed: bool| -> Result<u32, TypedError> {
        match pieces.next() {
            Some(piece) => {
                let whole = piece.split('.').next().unwrap_or(piece);
                if whole.is_empty() || whole.len() > 2 { Err(bad()) } else { whole.parse().map_err(|_| bad()) }
            }
            None if needed => Err(bad()),
            None => Ok(0),
        }
    };
    let (hour, minute, second) = (number(true)?, number(true)?, number(false)?);
    if pieces.next().is_some() {
        return Err(bad());
    }
    let hour = match afternoon {
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return Err(bad()),
        Some(pm) => hour % 12 + if pm { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, second).ok_or_else(bad)
}

/// `2026-11-15`, `15.11.2026`, `15/11/2026` (only where a part over 12 settles the order).
fn read_numbers(word: &str) -> Result<NaiveDate, TypedError> {
    let bad = || TypedError::BadDate(word.to_string());
    let pieces: Vec<&str> = word.split(['-', '/', '.']).collect();
    let [a, b, c] = pieces.as_slice() else { return Err(bad()) };
    let number = |piece: &str| piece.parse::<u32>().map_err(|_| bad());
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    let (year, month, day) = match (a.len(), c.len()) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) if word.contains('.') => (third, second, first),
        (1 | 2, 4) if first > 12 => (third, second, first),
        (1 | 2, 4) if second > 12 || first == second => (third, first, second),
        (1 | 2, 4) => return Err(TypedError::Ambiguous(word.to_string())),
        (1 | 2, 1 | 2) => return Err(TypedError::NoYear),
        _ => return Err(bad()),
    };
    day_of(year, month, day).ok_or_else(bad)
}

/// `15 nov 2026`, `november 15th 2026`.
fn read_words(words: &[&str]) -> Result<NaiveDate, TypedError> {
    let (mut month, mut day, mut year) = (None, None, None);
    for word in words {
        let plain = word.trim_end_matches('.');
        let digits = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Some(found) = month_of(plain) {
            month = Some(found);
        } else if let (true, Ok(number)) = (starts_with_digit(plain), digits.parse::<u32>()) {
            let slot = if digits.len() == 4 { &mut year } else { &mut day };
            if slot.replace(number).is_some() {
                return Err(TypedError::Unknown((*word).to_string()));
            }
        } else {
            return Err(TypedError::Unknown((*word).to_string()));
        }
    }
    let (Some(month), Some(day)) = (month, day) else { return Err(TypedError::NoDate) };
    let year = year.ok_or(TypedError::NoYear)?;
    day_of(year, month, day).ok_or_else(|| TypedError::BadDate(words.join(" ")))
}

/// English and German month names, from three letters on.
fn month_of(word: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["january", "januar"],
        &["february", "februar"],
        &["march", "märz", "maerz"],
        &["april"],
        &["may", "mai"],
        &["june", "juni"],
        &["july", "juli"],
        &["august"],
        &["september"],
        &["october", "oktober"],
        &["november"],
        &["december", "dezember"],
    ];
    if word.chars().count() < 3 {
        return None;
    }
    let index =
        NAMES.iter().position(|names| names.iter().any(|name| name.starts_with(word)) || names.contains(&word))?;
    u32::try_from(index + 1).ok()
}

/// Days of the years that an administrator can mean.
fn day_of(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|y| (2000..=2100).contains(y))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests;
