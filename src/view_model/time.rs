//! Times as they stand on an axis. (Instants in words are in `workspace::local_time`.)

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The local time of an instant, where the zone is `offset_minutes` east of UTC at that instant.
pub fn local(at: DateTime<Utc>, offset_minutes: i32) -> NaiveDateTime {
    let shift = Duration::minutes(i64::from(offset_minutes));
    at.naive_utc().checked_add_signed(shift).unwrap_or_else(|| at.naive_utc())
}

/// `15 Nov`.
pub fn day_month(d: NaiveDate) -> String {
    let month = usize::try_from(d.month0()).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or("");
    format!("{} {month}", d.day())
}

/// `14:05`.
pub fn clock(t: NaiveTime) -> String {
    format!("{:02}:{:02}", t.hour(), t.minute())
}
