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
