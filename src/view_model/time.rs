//! Times as they are typed, and as they stand on an axis. (Instants in words are in `workspace::local_time`.)

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The local time of an instant, where the zone is `offset_minutes` east of UTC at that instant.
pub fn local(at: DateTime<Utc>, offset_minutes: i32) -> NaiveDateTime {
    let shift = Duration::minutes(i64::from(offset_minutes));
    at.naive_utc().checked_add_signed(shift).unwrap_or_else(|| at.naive_utc())
}

/// `15 Nov`.
pub fn day_month(d: NaiveDate) -> String {
    format!("{} {}", d.day(), MONTHS.get(d.month0() as usize).copied().unwrap_or(""))
}

/// `14:05`.
pub fn clock(t: NaiveTime) -> String {
    format!("{:02}:{:02}", t.hour(), t.minute())
}

/// What somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Without a zone: local time.
    Local(NaiveDateTime),
    /// With `UTC`, `Z` or an offset.
    Instant(DateTime<Utc>),
}

/// Reads a typed time such as `2026-11-15 14:05` (local), `2026-11-15 13:05 UTC`, `2026-11-15T13:05:30Z` or
/// `2026-11-15 14:05 +01:00`. Year first, because day-first and month-first cannot be told apart.
///
/// # Errors
/// A sentence that names what was typed and what to type instead.
pub fn read_typed(text: &str) -> Result<Typed, String> {
    let t = text.trim();
    let help =
        "type year-month-day and time, such as `2026-11-15 14:05`, with ` UTC` behind it if it is not your local time";
    if t.is_empty() {
        return Err(format!("no time was typed; {help}"));
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(t) {
        return Ok(Typed::Instant(at.with_timezone(&Utc)));
    }
    let upper = t.to_ascii_uppercase();
    let (bare, utc) = match upper.strip_suffix("UTC").or_else(|| upper.strip_suffix('Z')) {
        Some(rest) => (rest.trim_end().to_string(), true),
        None => (upper, false),
    };
    let spaced = bare.replacen('T', " ", 1);
    for form in ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"] {
        if let Ok(n) = NaiveDateTime::parse_from_str(&spaced, form) {
            return Ok(if utc { Typed::Instant(n.and_utc()) } else { Typed::Local(n) });
        }
        if let Ok(at) = DateTime::parse_from_str(&spaced, &format!("{form} %:z")) {
            return Ok(Typed::Instant(at.with_timezone(&Utc)));
        }
    }
    let shown: String = t.chars().take(40).collect();
    Err(format!("`{shown}` is not a time that can be read; {help}"))
}

/// How [`read_typed`] likes a local time to be typed: `2026-11-15 14:05`.
pub fn typed_form(at: DateTime<Utc>, offset_minutes: i32) -> String {
    let here = local(at, offset_minutes);
    format!("{:04}-{:02}-{:02} {}", here.year(), here.month(), here.day(), clock(here.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
    }

    #[track_caller]
    fn check_typed(text: &str, expect: Option<&str>) {
        let got = match read_typed(text) {
            Ok(Typed::Local(n)) => Some(format!("local {n}")),
            Ok(Typed::Instant(i)) => Some(format!("utc {}", i.naive_utc())),
            Err(_) => None,
        };
        assert_eq!(got.as_deref(), expect, "{text}");
    }

    #[test]
    fn typed_times() {
        check_typed("2026-11-15 14:05", Some("local 2026-11-15 14:05:00"));
        check_typed(" 2026-11-15T14:05 ", Some("local 2026-11-15 14:05:00"));
        check_typed("2026-11-15 13:05 UTC", Some("utc 2026-11-15 13:05:00"));
        check_typed("2026-11-15 13:05utc", Some("utc 2026-11-15 13:05:00"));
        check_typed("2026-11-15 13:05Z", Some("utc 2026-11-15 13:05:00"));
        check_typed("2026-11-15T13:05:30Z", Some("utc 2026-11-15 13:05:30"));
        check_typed("2026-11-15 14:05 +01:00", Some("utc 2026-11-15 13:05:00"));
        check_typed("2026-1-5 4:05", Some("local 2026-01-05 04:05:00"));
        check_typed("15.11.2026 14:05", None);
        check_typed("11/15/2026 14:05", None);
        check_typed("2026-11-31 14:05", None);
        check_typed("2026-11-15", None);
        check_typed("", None);
        check_typed("😀Z", None);
    }

    #[test]
    fn typed_form_comes_back() {
        let i = at("2026-11-15T13:05:00Z");
        assert_eq!(read_typed(&typed_form(i, 60)), Ok(Typed::Local(local(i, 60))));
    }
}
