//! The axis on which what ends next stands: *now* at its left edge, the coming weeks to the right.

use super::band::{Scale, Tick};
use super::time::{day_month, local};
use chrono::{DateTime, TimeDelta, Utc};

/// How many days it may reach, the fewest first.
const REACHES: [i64; 4] = [7, 28, 91, 364];

/// The axis of some ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    scale: Scale,
}

/// Where an end stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AxisPlace {
    /// 0 at the left edge, 1 at the right.
    pub x: f64,
    /// It is later than the axis reaches.
    pub beyond: bool,
}

impl Axis {
    /// The shortest axis that holds nine of ten of `ends` (UTC): a single one next year must not squeeze what ends this week.
    pub fn of(ends: &[DateTime<Utc>], now: DateTime<Utc>) -> Self {
        let last = |days: i64| now.checked_add_signed(TimeDelta::days(days)).unwrap_or(now);
        let holds = |days: i64| ends.iter().filter(|at| **at <= last(days)).count() * 10 >= ends.len() * 9;
        let days = REACHES.into_iter().find(|days| holds(*days)).unwrap_or(364);
        Self { scale: Scale::new(now, last(days)) }
    }

    pub fn place(&self, at: DateTime<Utc>) -> AxisPlace {
        AxisPlace { x: self.scale.x(at), beyond: at > self.scale.until() }
    }

    /// *now* and each quarter, by the day. `offset` tells the minutes east of UTC.
    pub fn ticks(&self, offset: impl Fn(DateTime<Utc>) -> i32) -> Vec<Tick> {
        let label = |at: DateTime<Utc>| day_month(local(at, offset(at)).date());
        let quarter = |n: u8| {
            let x = f64::from(n) / 4.0;
            Tick { x, label: if n == 0 { "now".to_string() } else { label(self.scale.at(x)) } }
        };
        (0..=4).map(quarter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-27T14:42:00Z".parse().unwrap()
    }

    #[track_caller]
    fn check(days: &[i64], last: &str, beyond: usize) {
        let ends: Vec<DateTime<Utc>> = days.iter().map(|d| now() + TimeDelta::days(*d)).collect();
        let axis = Axis::of(&ends, now());
        let ticks: Vec<String> = axis.ticks(|_| 60).into_iter().map(|t| t.label).collect();
        assert_eq!((ticks.len(), ticks[0].as_str(), ticks[4].as_str()), (5, "now", last));
        assert_eq!(ends.iter().filter(|at| axis.place(**at).beyond).count(), beyond);
        assert!(ends.iter().all(|at| (0.0..=1.0).contains(&axis.place(*at).x)));
    }

    #[test]
    fn it_reaches_as_far_as_nearly_all_need() {
        check(&[], "4 Dec", 0);
        check(&[0, 3, 7], "4 Dec", 0);
        check(&[1, 8], "25 Dec", 0);
        check(&[1, 2, 3, 4, 5, 6, 7, 7, 7, 300], "4 Dec", 1);
        check(&[1, 90], "26 Feb", 0);
        check(&[500], "26 Nov", 1);
    }

    #[test]
    fn what_is_over_stands_at_the_left_edge() {
        let axis = Axis::of(&[], now());
        assert_eq!(axis.place(now() - TimeDelta::hours(3)), AxisPlace { x: 0.0, beyond: false });
        assert_eq!(Axis::of(&[DateTime::<Utc>::MAX_UTC], now()).place(DateTime::<Utc>::MAX_UTC).x, 1.0);
    }
}
