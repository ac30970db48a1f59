//! Reckoning with instants (UTC).

use chrono::{DateTime, TimeDelta, Utc};

/// An instant moved back; the earliest possible one where that cannot be told.
pub fn earlier(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// An instant moved on; the latest possible one where that cannot be told.
pub fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The last instant that may be meant by `now`: a clock that runs a little ahead is no reason to doubt.
pub fn latest(now: DateTime<Utc>) -> DateTime<Utc> {
    later(now, TimeDelta::minutes(10))
}

/// `at` as an instant of the past; `None` where it has not come yet, which no clock explains.
pub fn past(at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (at <= latest(now)).then(|| at.min(now))
}
