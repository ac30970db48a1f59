//! How long there is left to begin a restore, in a few words.

use crate::domain::plan::ToStart;
use crate::words::time::left;
use chrono::{DateTime, Utc};

/// The figure, what it is of, and whether it is bad news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub figure: String,
    pub says: &'static str,
    pub bad: bool,
}

/// What is left at `now` (UTC), where the restore was begun at `begun` (UTC) or not yet; `None` where nothing is known.
pub fn due(to_start: ToStart, begun: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Due> {
    let of = |figure: String, says, bad| Some(Due { figure, says, bad });
    if let Some(at) = begun {
        let ago = match (now - at).num_minutes() {
            ..1 => "Just now".to_string(),
            _ => format!("{} ago", left(now - at)),
        };
        return of(ago, "the restore was begun", false);
    }
    match to_start {
        ToStart::Until(at) => of(format!("{} left", left(at - now)), "to start the restore", false),
        ToStart::Late(at) => of(
            format!("{} late", left(now - at)),
            "the last sensible start has passed: start at once, or it may fail",
            true,
        ),
        ToStart::AtOnce => of("Start at once".to_string(), "nothing guarantees this point any longer", true),
        ToStart::Gone => of("Gone".to_string(), "the point has left its window: make the plan again", true),
        ToStart::NotKnown => None,
    }
}

/// What is left where the restore is begun at `at` (UTC), as `to_start` of that instant tells; and whether it is bad news.
pub fn planned(to_start: ToStart, at: DateTime<Utc>, now: DateTime<Utc>) -> (String, bool) {
    if at < now {
        return ("That time has passed: choose another.".to_string(), true);
    }
    match to_start {
        ToStart::Until(last) => {
            let are = if (last - at).num_minutes() < 1 { "is" } else { "are" };
            (format!("Then {} {are} left to the last sensible start.", left(last - at)), false)
        }
        ToStart::Late(last) => {
            (format!("That is {} after the last sensible start: it may fail.", left(at - last)), true)
        }
        ToStart::AtOnce => ("Nothing guarantees the point until then: start at once.".to_string(), true),
        ToStart::Gone => {
            ("The point has left its window by then: the restore would fail. Start earlier.".to_string(), true)
        }
        ToStart::NotKnown => ("Whether the point is there until then is not known.".to_string(), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_planned_start_is_never_promised_after_the_last_sensible_one() {
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        let check = |to_start, says: &str, bad| assert_eq!(planned(to_start, at, at), (says.to_string(), bad));
        check(ToStart::Until(at + TimeDelta::hours(3)), "Then 3 h are left to the last sensible start.", false);
        check(ToStart::Late(at - TimeDelta::hours(3)), "That is 3 h after the last sensible start: it may fail.", true);
        check(ToStart::Gone, "The point has left its window by then: the restore would fail. Start earlier.", true);
        // What has passed is praised by nothing.
        let passed = ("That time has passed: choose another.".to_string(), true);
        let until = ToStart::Until(at + TimeDelta::hours(3));
        assert_eq!(planned(until, at, at + TimeDelta::minutes(1)), passed);
        check(ToStart::AtOnce, "Nothing guarantees the point until then: start at once.", true);
        check(ToStart::NotKnown, "Whether the point is there until then is not known.", true);
    }

    #[test]
    fn what_is_left_is_cut_off_and_never_promised() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        let check = |to_start, begun, expect: Option<&str>| {
            assert_eq!(due(to_start, begun, now).map(|d| format!("{} {}", d.figure, d.says)).as_deref(), expect);
        };
        let until = now + TimeDelta::days(14) + TimeDelta::minutes(22 * 60 + 59);
        check(ToStart::Until(until), None, Some("14 days 22 h left to start the restore"));
        check(ToStart::Until(now + TimeDelta::minutes(61)), None, Some("1 h 1 min left to start the restore"));
        check(ToStart::Until(now + TimeDelta::seconds(59)), None, Some("less than a minute left to start the restore"));
        check(ToStart::NotKnown, Some(now - TimeDelta::seconds(59)), Some("Just now the restore was begun"));
        check(ToStart::Gone, None, Some("Gone the point has left its window: make the plan again"));
        check(ToStart::NotKnown, None, None);
        check(ToStart::NotKnown, Some(now - TimeDelta::hours(26)), Some("1 day 2 h ago the restore was begun"));
    }
}
