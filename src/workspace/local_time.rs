//! Local times beside UTC: the core knows UTC only; a local time that is typed is converted there and back.

use crate::domain::order::Order as _;
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Utc};

/// The offset east of UTC, in minutes, that the browser's time zone has at an instant.
pub trait Zone {
    fn offset_minutes(&self, at: DateTime<Utc>) -> i32;
}

/// What a typed local time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    One(DateTime<Utc>),
    /// It happens twice (clocks go back): the user is asked which. The earlier comes first.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// It does not happen (clocks go forward): the instants just before and just after the gap that the user may mean.
    Never(DateTime<Utc>, DateTime<Utc>),
}

/// No zone is further than this from UTC, so a local time and its instant are never further apart.
const WIDEST_OFFSET_HOURS: i64 = 15;

/// Converts a local time by trying the offsets around it there and back.
pub fn resolve(local: NaiveDateTime, zone: &(impl Zone + ?Sized)) -> Resolved {
    let as_if_utc = local.and_utc();
    let mut offsets: Vec<i32> = (-WIDEST_OFFSET_HOURS..=WIDEST_OFFSET_HOURS)
        .filter_map(|h| as_if_utc.checked_add_signed(Duration::hours(h)))
        .map(|at| zone.offset_minutes(at))
        .collect();
    // The greatest offset gives the earliest instant.
    offsets.order_by(|a, b| b.cmp(a));
    offsets.dedup();
    let candidates: Vec<DateTime<Utc>> =
        offsets.into_iter().filter_map(|o| as_if_utc.checked_sub_signed(Duration::minutes(i64::from(o)))).collect();
    let local_of = |at: &DateTime<Utc>| to_local(*at, zone);
    let hits: Vec<DateTime<Utc>> = candidates.iter().filter(|c| local_of(c) == local).copied().collect();
    match (hits.as_slice(), hits.last()) {
        ([first], _) => return Resolved::One(*first),
        ([first, ..], Some(last)) => return Resolved::Twice(*first, *last),
        _ => {}
    }
    let before = candidates.iter().filter(|c| local_of(c) < local).max();
    let after = candidates.iter().filter(|c| local_of(c) > local).min();
    match (before, after) {
        (Some(before), Some(after)) => Resolved::Never(*before, *after),
        // Only at the ends of the calendar.
        (one, other) => Resolved::One(one.or(other).copied().unwrap_or(as_if_utc)),
    }
}

/// The wall clock of a zone at an instant.
pub fn to_local(at: DateTime<Utc>, zone: &(impl Zone + ?Sized)) -> NaiveDateTime {
    let utc = at.naive_utc();
    utc.checked_add_signed(Duration::minutes(i64::from(zone.offset_minutes(at)))).unwrap_or(utc)
}

/// A day such as `Tue 24 Nov 2026`.
pub fn show_date(day: NaiveDate) -> String {
    format!("{} {}", day.format("%a %-d %b"), day.year())
}

/// A wall-clock time such as `Tue 24 Nov 2026 07:05`.
pub fn show_naive(time: NaiveDateTime) -> String {
    format!("{} {}", show_date(time.date()), time.format("%H:%M"))
}

/// An instant by the wall clock of a zone, such as `Tue 24 Nov 2026 07:05`.
pub fn show_local(at: DateTime<Utc>, zone: &(impl Zone + ?Sized)) -> String {
    show_naive(to_local(at, zone))
}

/// An instant in UTC, such as `Tue 24 Nov 2026 06:05 UTC`.
pub fn show_utc(at: DateTime<Utc>) -> String {
    format!("{} UTC", show_naive(at.naive_utc()))
}

/// An instant in UTC as it stands beside the local time: `06:05 UTC`, with the day only where it is another one.
pub fn show_utc_beside(at: DateTime<Utc>, zone: &(impl Zone + ?Sized)) -> String {
    let utc = at.naive_utc();
    if utc.date() == to_local(at, zone).date() {
        format!("{} UTC", utc.format("%H:%M"))
    } else {
        utc.format("%a %-d %b %H:%M UTC").to_string()
    }
}

/// An instant both ways, such as `Tue 24 Nov 2026 07:05 (06:05 UTC)`.
pub fn show_both(at: DateTime<Utc>, zone: &(impl Zone + ?Sized)) -> String {
    format!("{} ({})", show_local(at, zone), show_utc_beside(at, zone))
}

/// The offset of a zone such as `UTC+1`, `UTC+5:30` or `UTC`.
pub fn show_offset(minutes: i32) -> String {
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    let sign = if minutes < 0 { "−" } else { "+" };
    match (hours, rest) {
        (0, 0) => "UTC".into(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// How far away an instant is, such as `in 3 days`, `2 h ago` or `now`. Parts are cut off, never rounded up, so that what
/// is left of a deadline is never overstated.
pub fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let distance = at.signed_duration_since(now);
    let past = distance < Duration::zero();
    let Some(words) = span(distance.abs()) else { return "now".into() };
    if past { format!("{words} ago") } else { format!("in {words}") }
}

/// A length of time in its greatest sensible unit, such as `3 days`; `None` under a minute.
pub fn span(length: Duration) -> Option<String> {
    let minutes = length.num_minutes();
    let plural = |n: i64, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    Some(match minutes {
        ..1 => return None,
        1..120 => format!("{minutes} min"),
        120..2880 => format!("{} h", minutes / 60),
        _ => match minutes / 1440 {
            days @ ..60 => plural(days, "day", "days"),
            days @ 60..730 => format!("{} months", days / 30),
            days => format!("{} years", days / 365),
        },
    })
}
