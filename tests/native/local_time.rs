//! Local times: there and back, gaps, overlaps, and how they are written.

use crate::laws::cases;
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::workspace::local_time::*;

/// A zone with offsets in minutes that change at instants, oldest first.
#[derive(Clone, Debug)]
struct Fake {
    first: i32,
    changes: Vec<(DateTime<Utc>, i32)>,
}

impl Zone for Fake {
    fn offset_minutes(&self, at: DateTime<Utc>) -> i32 {
        self.changes.iter().rev().find(|(from, _)| at >= *from).map_or(self.first, |(_, offset)| *offset)
    }
}

fn utc(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time").and_utc()
}

fn local(text: &str) -> NaiveDateTime {
    utc(text).naive_utc()
}

fn berlin_2026() -> Fake {
    Fake { first: 60, changes: vec![(utc("2026-03-29 01:00"), 120), (utc("2026-10-25 01:00"), 60)] }
}

/// A zone that changes by half an hour, and one that skipped a whole day.
fn lord_howe_2026() -> Fake {
    Fake { first: 660, changes: vec![(utc("2026-04-04 15:00"), 630), (utc("2026-10-03 15:30"), 660)] }
}
fn samoa_2011() -> Fake {
    Fake { first: -600, changes: vec![(utc("2011-12-30 10:00"), 840)] }
}

#[track_caller]
fn check(zone: &Fake, typed: &str, expect: Resolved) {
    assert_eq!(resolve(local(typed), zone), expect);
}

#[test]
fn ordinary_times() {
    let zone = berlin_2026();
    check(&zone, "2026-01-01 12:00", Resolved::One(utc("2026-01-01 11:00")));
    check(&zone, "2026-07-01 12:00", Resolved::One(utc("2026-07-01 10:00")));
    check(&zone, "2026-03-29 01:59", Resolved::One(utc("2026-03-29 00:59")));
    check(&zone, "2026-03-29 03:00", Resolved::One(utc("2026-03-29 01:00")));
    check(&zone, "2026-10-25 03:00", Resolved::One(utc("2026-10-25 02:00")));
    check(&Fake { first: 0, changes: vec![] }, "2026-03-29 02:30", Resolved::One(utc("2026-03-29 02:30")));
}

#[test]
fn clocks_go_forward() {
    let expect = Resolved::Never(utc("2026-03-29 00:30"), utc("2026-03-29 01:30"));
    check(&berlin_2026(), "2026-03-29 02:30", expect);
    check(&lord_howe_2026(), "2026-10-04 02:10", Resolved::Never(utc("2026-10-03 15:10"), utc("2026-10-03 15:40")));
    check(&samoa_2011(), "2011-12-30 12:00", Resolved::Never(utc("2011-12-29 22:00"), utc("2011-12-30 22:00")));
}

#[test]
fn clocks_go_back() {
    check(&berlin_2026(), "2026-10-25 02:30", Resolved::Twice(utc("2026-10-25 00:30"), utc("2026-10-25 01:30")));
    check(&berlin_2026(), "2026-10-25 02:00", Resolved::Twice(utc("2026-10-25 00:00"), utc("2026-10-25 01:00")));
    check(&lord_howe_2026(), "2026-04-05 01:45", Resolved::Twice(utc("2026-04-04 14:45"), utc("2026-04-04 15:15")));
}

#[test]
fn the_ends_of_the_calendar_do_not_break_it() {
    let zone = Fake { first: 840, changes: vec![] };
    for end in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
        let _ = resolve(end, &zone);
        let _ = to_local(end.and_utc(), &zone);
    }
}

#[test]
fn instants_are_written_both_ways() {
    let zone = berlin_2026();
    assert_eq!(show_both(utc("2026-11-24 06:05"), &zone), "Tue 24 Nov 2026 07:05 (06:05 UTC)");
    assert_eq!(show_both(utc("2026-11-24 23:30"), &zone), "Wed 25 Nov 2026 00:30 (Tue 24 Nov 23:30 UTC)");
    assert_eq!(show_utc(utc("2026-03-01 00:00")), "Sun 1 Mar 2026 00:00 UTC");
    assert_eq!(show_date(NaiveDate::from_ymd_opt(2027, 12, 31).expect("a day")), "Fri 31 Dec 2027");
}

#[test]
fn offsets() {
    for (minutes, expect) in
        [(0, "UTC"), (60, "UTC+1"), (-300, "UTC−5"), (330, "UTC+5:30"), (-210, "UTC−3:30"), (30, "UTC+0:30")]
    {
        assert_eq!(show_offset(minutes), expect);
    }
}

#[track_caller]
fn check_relative(minutes: i64, expect: &str) {
    let now = utc("2026-11-24 06:00");
    assert_eq!(relative(now + Duration::minutes(minutes), now), expect);
}

#[test]
fn distances() {
    const DAY: i64 = 1440;
    check_relative(0, "now");
    check_relative(1, "in 1 min");
    check_relative(-5, "5 min ago");
    check_relative(119, "in 119 min");
    check_relative(120, "in 2 h");
    check_relative(2 * DAY - 1, "in 47 h");
    check_relative(2 * DAY, "in 2 days");
    check_relative(3 * DAY - 1, "in 2 days");
    check_relative(-59 * DAY, "59 days ago");
    check_relative(60 * DAY, "in 2 months");
    check_relative(-800 * DAY, "2 years ago");
}

fn minute() -> impl Strategy<Value = DateTime<Utc>> {
    // 2020 to 2035, whole minutes.
    (26_297_280i64..34_187_040).prop_map(|m| Utc.timestamp_opt(m * 60, 0).single().expect("in range"))
}

/// Zones like those that exist: whole quarters of an hour between -12 and +14, one or two changes of at most a day.
fn zone() -> impl Strategy<Value = Fake> {
    let offset = || (-48i32..=56).prop_map(|q| q * 15);
    (offset(), minute(), offset(), 2i64..400, offset()).prop_map(|(first, at, second, days, third)| Fake {
        first,
        changes: vec![(at, second), (at + Duration::days(days), third)],
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_instant_is_found_again(zone in zone(), minutes in -3000i64..3000, second in any::<bool>()) {
        let near = zone.changes[usize::from(second)].0 + Duration::minutes(minutes);
        let wall = to_local(near, &zone);
        match resolve(wall, &zone) {
            Resolved::One(at) => prop_assert_eq!(at, near),
            Resolved::Twice(a, b) => {
                prop_assert!(a < b);
                prop_assert!(a == near || b == near);
                prop_assert_eq!(to_local(a, &zone), wall);
                prop_assert_eq!(to_local(b, &zone), wall);
            }
            Resolved::Never(..) => prop_assert!(false, "it does happen"),
        }
    }

    #[test]
    fn a_time_that_never_happens_has_neighbours_on_both_sides(zone in zone(), minutes in -3000i64..3000) {
        let change = zone.changes[0];
        let wall = (change.0 + Duration::minutes(i64::from(zone.first) + minutes)).naive_utc();
        if let Resolved::Never(before, after) = resolve(wall, &zone) {
            prop_assert!(before < after);
            prop_assert!(to_local(before, &zone) < wall);
            prop_assert!(to_local(after, &zone) > wall);
            prop_assert!(zone.changes.iter().any(|(at, _)| before < *at && after >= *at));
        }
    }

    #[test]
    fn a_deadline_is_never_overstated(seconds in 0i64..100_000_000) {
        let now = utc("2026-11-24 06:00");
        let words = relative(now + Duration::seconds(seconds), now);
        let number: i64 = words.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
        let unit = match words.split(' ').nth(2) {
            Some("min") => 60,
            Some("h") => 3600,
            Some("day" | "days") => 86400,
            Some("months") => 30 * 86400,
            Some("years") => 365 * 86400,
            _ => 0,
        };
        prop_assert!(number * unit <= seconds, "{} for {} s", words, seconds);
    }
}
