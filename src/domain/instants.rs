//! Reckoning with instants (UTC).

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

/// The first instant (UTC) that is a date at all: earlier ones mean "not set" (interop.md §4).
pub const EARLIEST: DateTime<Utc> = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day.and_time(NaiveTime::MIN).and_utc(),
    None => DateTime::UNIX_EPOCH,
};

/// Whether an instant (UTC) is a date, and no word for "not set" or "never".
pub fn is_date(at: DateTime<Utc>) -> bool {
    (2000..=9998).contains(&at.year())
}

/// An instant moved back; the earliest possible one where that cannot be told.
pub fn earlier(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// An instant moved on; the latest possible one where that cannot be told.
pub fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The whole minute in which `at` lies: never later than `at`, so right for a deadline.
pub fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}

/// The last instant that may be meant by `now`: a clock that runs a little ahead is no reason to doubt.
pub fn latest(now: DateTime<Utc>) -> DateTime<Utc> {
    later(now, TimeDelta::minutes(10))
}

/// `at` as an instant of the past; `None` where it has not come yet, which no clock explains.
pub fn past(at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (at <= latest(now)).then(|| at.min(now))
}
