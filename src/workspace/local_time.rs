//! Local times beside UTC: the core knows UTC only; a local time that is typed is converted there and back.

use chrono::{DateTime, NaiveDateTime, Utc};

/// The offset east of UTC, in minutes, that the browser's time zone has at an instant.
pub trait Zone {
    fn offset_minutes(&self, at: DateTime<Utc>) -> i32;
}

/// What a typed local time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    One(DateTime<Utc>),
    /// It happens twice (clocks go back): the user is asked which.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// It does not happen (clocks go forward): the instants just before and just after the gap that the user may mean.
    Never(DateTime<Utc>, DateTime<Utc>),
}

/// Converts a local time by trying the offsets around it there and back.
pub fn resolve(_local: NaiveDateTime, _zone: &impl Zone) -> Resolved {
    todo!("UI shell helper")
}
