//! Times as they stand on an axis. (Instants in words are in `workspace::local_time`.)

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

/// The local time of an instant, where the zone is `offset_minutes` east of UTC at that instant.
pub fn local(at: DateTime<Utc>, offset_minutes: i32) -> NaiveDateTime {
    let shift = Duration::minutes(i64::from(offset_minutes));
    at.naive_utc().checked_add_signed(shift).unwrap_or_else(|| at.naive_utc())
}

/// `15 Nov`.
pub fn day_month(d: NaiveDate) -> String {
    d.format("%-d %b").to_string()
}

/// `14:05`.
pub fn clock(t: NaiveTime) -> String {
    format!("{:02}:{:02}", t.hour(), t.minute())
}
