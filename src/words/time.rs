//! Instants, days and megabytes for people. English, plain, UTC.

use crate::domain::text::{Rounding, When};
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use std::fmt;

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.at.second();
        f.write_str(&match self.rounding {
            Rounding::Exact if seconds > 0 => {
                format!("{} {:02}:{:02}:{seconds:02} UTC", day_text(self.at), self.at.hour(), self.at.minute())
            }
            Rounding::Exact | Rounding::Down => instant_text(self.at),
            Rounding::Up => from_text(self.at),
            Rounding::Day => day_text(self.at),
            Rounding::Digits => self.at.format("%Y-%m-%d %H:%M UTC").to_string(),
        })
    }
}

/// An instant for people, to the minute, in UTC: `2 Jan 2026 00:00 UTC`.
///
/// Seconds are cut off, so it is never later than `at`: right for a deadline and for what has happened. For the beginning of
/// something that is promised use [`from_text`], which is never earlier.
///
/// ```
/// use chrono::{TimeZone, Utc};
/// use restore_desk::words::time::{from_text, instant_text};
/// let at = Utc.with_ymd_and_hms(2026, 1, 2, 9, 5, 30).unwrap();
/// assert_eq!(instant_text(at), "2 Jan 2026 09:05 UTC");
/// assert_eq!(from_text(at), "2 Jan 2026 09:06 UTC");
/// ```
pub fn instant_text(at: DateTime<Utc>) -> String {
    format!("{} {:02}:{:02} UTC", day_text(at), at.hour(), at.minute())
}

/// The day of an instant, UTC: `2 Jan 2026`.
pub fn day_text(at: DateTime<Utc>) -> String {
    // Not `%Y`: it puts a sign before years of more than four digits.
    format!("{} {}", at.format("%-d %b"), at.year())
}

/// The first whole minute that is not before `at`, as [`instant_text`] writes it: the beginning of a window, never earlier
/// than it is.
pub fn from_text(at: DateTime<Utc>) -> String {
    let whole = at.second() == 0 && at.nanosecond() == 0;
    let up = if whole { None } else { at.checked_add_signed(TimeDelta::seconds(60 - i64::from(at.second().min(59)))) };
    instant_text(up.unwrap_or(at))
}

/// `1 day`, `7 days`.
pub fn days_text(days: u32) -> String {
    if days == 1 { "1 day".to_string() } else { format!("{days} days") }
}

/// Megabytes for people: `512 MB`, `0.5 MB`, `1.5 GB` (1 GB = 1024 MB, D12). Under a gigabyte exact to the thousandth, as storage is
/// counted, so that little is never nothing; from one on cut off, never rounded up.
pub fn megabytes_text(mb: f64) -> String {
    if mb.abs() < 1024.0 { exact_megabytes_text(mb) } else { gigabytes_text(mb) }
}

/// The same in gigabytes alone, cut off to the tenth.
pub fn gigabytes_text(mb: f64) -> String {
    let tenths = (mb / 1024.0 * 10.0).trunc() / 10.0;
    format!("{} GB", grouped(&tenths.to_string()))
}

/// `2,379.898`: the whole part in groups of three.
fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let digits = digits.parse().map_or_else(|_| digits.to_string(), super::grammar::thousands);
    match rest {
        Some(rest) => format!("{sign}{digits}.{rest}"),
        None => format!("{sign}{digits}"),
    }
}

/// The same in megabytes alone, exact to the thousandth: for two amounts that [`megabytes_text`] would show alike.
pub fn exact_megabytes_text(mb: f64) -> String {
    let exact = format!("{mb:.3}");
    let short = exact.trim_end_matches('0').trim_end_matches('.');
    format!("{} MB", if short == "-0" { "0".to_string() } else { grouped(short) })
}

/// Amounts of which none reads like another that differs.
pub fn megabytes_apart<const N: usize>(all: [f64; N]) -> [String; N] {
    let texts = all.map(megabytes_text);
    #[allow(clippy::float_cmp)] // whether they are the same amount
    let alike = |(a, b): (&f64, &String)| all.iter().zip(&texts).any(|(c, d)| a != c && b == d);
    if all.iter().zip(&texts).any(alike) { all.map(exact_megabytes_text) } else { texts }
}

/// A length of time in its two greatest units, cut off: `14 days 22 h`, `4 h`; what is left is never overstated.
pub fn left(length: TimeDelta) -> String {
    let minutes = length.num_minutes().max(0);
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts = match days {
        0 => [(hours, " h"), (rest, " min")],
        1 => [(1, " day"), (hours, " h")],
        _ => [(days, " days"), (hours, " h")],
    };
    let said: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}")).collect();
    if said.is_empty() { "less than a minute".to_string() } else { said.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[track_caller]
    fn check(at: DateTime<Utc>, instant: &str, from: &str) {
        assert_eq!(instant_text(at), instant);
        assert_eq!(from_text(at), from);
    }

    #[test]
    fn instants() {
        let at = |y, m, d, h, mi, s| Utc.with_ymd_and_hms(y, m, d, h, mi, s).unwrap();
        check(at(2026, 1, 2, 0, 0, 0), "2 Jan 2026 00:00 UTC", "2 Jan 2026 00:00 UTC");
        check(at(2026, 12, 31, 23, 59, 1), "31 Dec 2026 23:59 UTC", "1 Jan 2027 00:00 UTC");
        check(at(2024, 2, 29, 9, 5, 59), "29 Feb 2024 09:05 UTC", "29 Feb 2024 09:06 UTC");
        check(at(2026, 1, 2, 9, 5, 0) + TimeDelta::nanoseconds(1), "2 Jan 2026 09:05 UTC", "2 Jan 2026 09:06 UTC");
    }

    #[test]
    fn extremes_do_not_panic() {
        for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(instant_text(at).ends_with("UTC"));
            assert!(from_text(at).ends_with("UTC"));
        }
    }

    #[test]
    fn days() {
        assert_eq!((days_text(0), days_text(1), days_text(7)), ("0 days".into(), "1 day".into(), "7 days".into()));
    }

    #[test]
    fn megabytes() {
        let check = |mb: f64, text: &str| assert_eq!(megabytes_text(mb), text);
        check(0.0, "0 MB");
        check(1023.9, "1,023.9 MB");
        check(0.001, "0.001 MB");
        check(0.5, "0.5 MB");
        check(100.0, "100 MB");
        check(-0.0, "0 MB");
        check(1024.0, "1 GB");
        check(1587.0, "1.5 GB");
        check(1024.0 * 1024.0, "1,024 GB");
        check(f64::NAN, "NaN GB");
        assert_eq!(megabytes_apart([10250.0, 10240.0]), ["10,250 MB", "10,240 MB"]);
        assert_eq!(megabytes_apart([10240.0, 10240.0, 2048.0]), ["10 GB", "10 GB", "2 GB"]);
    }
}
