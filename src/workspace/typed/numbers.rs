//! Times of day and dates in digits.

use super::TypedError;
use super::parse::{ClockTime, Day};
use chrono::{NaiveDate, NaiveTime};

/// Days of the years that an administrator can mean.
pub(super) fn day_of(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|y| (2000..=2100).contains(y))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Whether some year has the day.
pub(super) fn is_day(month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(2000, month, day).is_some()
}

/// `14:05`, `14:05:30.5`; parts of seconds are cut off. `afternoon` is what `am` or `pm` says.
pub(super) fn clock_of(text: &str, afternoon: Option<bool>) -> Result<ClockTime, TypedError> {
    let bad = || TypedError::BadTime(text.to_string());
    let mut parts = text.strip_suffix('.').unwrap_or(text).split(':');
    let hour =
        parts.next().filter(|h| (1..=2).contains(&h.len())).and_then(|h| h.parse::<u32>().ok()).ok_or_else(bad)?;
    let mut two = |needed: bool| match parts.next() {
        Some(part) => {
            let whole = part.split('.').next().unwrap_or(part);
            if whole.len() == 2 { whole.parse::<u32>().map_err(|_| bad()) } else { Err(bad()) }
        }
        None if needed => Err(bad()),
        None => Ok(0),
    };
    let (minute, second) = (two(true)?, two(false)?);
    if parts.next().is_some() {
        return Err(bad());
    }
    let hour = match afternoon {
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return Err(bad()),
        Some(pm) => hour % 12 + if pm { 12 } else { 0 },
    };
    let at = NaiveTime::from_hms_opt(hour, minute, second).ok_or_else(bad)?;
    Ok(ClockTime { at, midnight: false })
}

/// `2.30` as a time of day: minutes are always two digits.
pub(super) fn dotted_clock(first: &str, second: &str) -> Option<ClockTime> {
    (second.len() == 2).then(|| clock_of(&format!("{first}:{second}"), None).ok()).flatten()
}

/// `1.5` in hundredths.
pub(super) fn hundreds(first: &str, second: &str) -> Option<i64> {
    let whole: i64 = if first.len() <= 6 { first.parse().ok()? } else { return None };
    let part: i64 = match second.len() {
        1 => second.parse::<i64>().ok()? * 10,
        2 => second.parse().ok()?,
        _ => return None,
    };
    Some(whole * 100 + part)
}

/// `2026-11-15`, `15.11.2026`, `15/11/2026`: two days where day and month cannot be told apart.
pub(super) fn dates_of(text: &str, dotted: bool) -> Result<Vec<NaiveDate>, TypedError> {
    let bad = || TypedError::BadDate(text.to_string());
    let body = text.strip_suffix('.').unwrap_or(text);
    let parts: Vec<&str> = body.split(['-', '/', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return Err(bad()) };
    let number = |part: &str| part.parse::<u32>().map_err(|_| bad());
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    let ways: &[(u32, u32, u32)] = match (a.len(), b.len(), c.len()) {
        (4, 1 | 2, 1 | 2) => &[(first, second, third)],
        (1 | 2, 1 | 2, 4) if dotted => &[(third, second, first)],
        (1 | 2, 1 | 2, 4) => &[(third, second, first), (third, first, second)],
        (1 | 2, 1 | 2, 1 | 2) => return Err(TypedError::NoYear(text.to_string())),
        _ => return Err(bad()),
    };
    let mut days: Vec<NaiveDate> = ways.iter().filter_map(|(y, m, d)| day_of(*y, *m, *d)).collect();
    days.dedup();
    if days.is_empty() { Err(bad()) } else { Ok(days) }
}

/// `27.11.`, `02/03`: two days where day and month cannot be told apart.
pub(super) fn days_of(first: &str, second: &str, dotted: bool, text: &str) -> Result<Vec<Day>, TypedError> {
    let bad = || TypedError::BadDate(text.to_string());
    let number = |part: &str| if part.len() <= 2 { part.parse::<u32>().map_err(|_| bad()) } else { Err(bad()) };
    let (first, second) = (number(first)?, number(second)?);
    let mut days = Vec::new();
    if is_day(second, first) {
        days.push(Day::OfYear { month: second, day: first });
    }
    if !dotted && is_day(first, second) && first != second {
        days.push(Day::OfYear { month: first, day: second });
    }
    if days.is_empty() { Err(bad()) } else { Ok(days) }
}
