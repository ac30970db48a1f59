mod laws;

use super::*;
use chrono::TimeZone;

/// Two hours east of UTC in summer, one in winter, in the years of the tests.
struct Berlin;
impl Zone for Berlin {
    fn offset_minutes(&self, at: DateTime<Utc>) -> i32 {
        let summers =
            [((2025, 3, 30), (2025, 10, 26)), ((2026, 3, 29), (2026, 10, 25)), ((2027, 3, 28), (2027, 10, 31))];
        let day = |(y, m, d): (i32, u32, u32)| Utc.with_ymd_and_hms(y, m, d, 1, 0, 0).unwrap();
        if summers.iter().any(|(from, to)| (day(*from)..day(*to)).contains(&at)) { 120 } else { 60 }
    }
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// Saturday 28 November 2026, 19:30 in Berlin.
const NOW: &str = "2026-11-28T18:30:20Z";

fn shown(read: Result<Reading, TypedError>) -> String {
    let utc = |at: &DateTime<Utc>| at.format("%m-%dT%H:%MZ").to_string();
    match read {
        Ok(Reading::At { at, .. }) => at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        Ok(Reading::Asked(q)) => {
            let choice = |c: &Choice| match c {
                Choice::At(at) => utc(at),
                Choice::Day(day) => day.format("%Y-%m-%d").to_string(),
            };
            let why = format!("{:?}", q.why);
            let why = why.split('(').next().unwrap_or_default();
            format!("{why}: {}", q.choices.iter().map(choice).collect::<Vec<_>>().join(" or "))
        }
        Err(TypedError::Future(at)) => format!("Future {}", utc(&at)),
        Err(TypedError::Past(at)) => format!("Past {}", utc(&at)),
        Err(e) => format!("{e:?}"),
    }
}

#[track_caller]
fn check_as_of(now: &str, direction: Direction, text: &str, expect: &str) {
    assert_eq!(shown(read(text, &Berlin, at(now), direction)), expect, "for {text:?}");
}

/// For a point, in Berlin.
#[track_caller]
fn check(text: &str, expect: &str) {
    check_as_of(NOW, Direction::Latest, text, expect);
}

/// For a plan, in Berlin.
#[track_caller]
fn check_next(text: &str, expect: &str) {
    check_as_of(NOW, Direction::Next, text, expect);
}

/// In the UTC field, whole dates.
#[track_caller]
fn check_utc(text: &str, expect: &str) {
    assert_eq!(shown(read(text, &InUtc, at("2099-12-31T00:00:00Z"), Direction::Latest)), expect, "for {text:?}");
}

#[test]
fn a_time_alone_is_the_latest_such() {
    check("14", "2026-11-28T13:00:00Z");
    check("2", "2026-11-28T01:00:00Z");
    check("02", "2026-11-28T01:00:00Z");
    check("2:00", "2026-11-28T01:00:00Z");
    check("2.30", "2026-11-28T01:30:00Z");
    check("14.30", "2026-11-28T13:30:00Z");
    check("19:30", "2026-11-28T18:30:00Z");
    check("19:31", "2026-11-27T18:31:00Z");
    check("23", "2026-11-27T22:00:00Z");
    check("14h", "2026-11-28T13:00:00Z");
    check("14 h", "2026-11-28T13:00:00Z");
    check("14h30", "2026-11-28T13:30:00Z");
    check("1430", "2026-11-28T13:30:00Z");
    check("1430h", "2026-11-28T13:30:00Z");
    check("0930", "2026-11-28T08:30:00Z");
    check("2pm", "2026-11-28T13:00:00Z");
    check("2 pm", "2026-11-28T13:00:00Z");
    check("2p", "2026-11-28T13:00:00Z");
    check("2 P.M.", "2026-11-28T13:00:00Z");
    check("2:30pm", "2026-11-28T13:30:00Z");
    check("2.30 pm", "2026-11-28T13:30:00Z");
    check("12am", "2026-11-27T23:00:00Z");
    check("12 pm", "2026-11-28T11:00:00Z");
    check("at 14", "2026-11-28T13:00:00Z");
    check("2 o'clock", "2026-11-28T01:00:00Z");
    check("noon", "2026-11-28T11:00:00Z");
    check("12 noon", "2026-11-28T11:00:00Z");
    check("midnight", "2026-11-27T23:00:00Z");
    check("now", "2026-11-28T18:30:00Z");
    check("14 utc", "2026-11-28T14:00:00Z");
    check("14z", "2026-11-28T14:00:00Z");
    check("utc 14:00", "2026-11-28T14:00:00Z");
    check("19 utc", "2026-11-27T19:00:00Z");
    check("14:00 UTC+2", "2026-11-28T12:00:00Z");
    check("14:00 utc\u{2212}5", "2026-11-27T19:00:00Z");
    check("14:00 +02:00", "2026-11-28T12:00:00Z");
}

#[test]
fn a_time_alone_is_the_next_such_for_plans() {
    check_next("14", "2026-11-29T13:00:00Z");
    check_next("19:30", "2026-11-29T18:30:00Z");
    check_next("19:31", "2026-11-28T18:31:00Z");
    check_next("2am", "2026-11-29T01:00:00Z");
    check_next("noon", "2026-11-29T11:00:00Z");
    check_next("midnight", "2026-11-28T23:00:00Z");
    check_next("19 utc", "2026-11-28T19:00:00Z");
    check_next("27 nov 2pm", "2027-11-27T13:00:00Z");
    check_next("fri 14", "2026-12-04T13:00:00Z");
    check_next("sat 20", "2026-11-28T19:00:00Z");
    check_next("tomorrow 14", "2026-11-29T13:00:00Z");
    check_next("in 3 h", "2026-11-28T21:31:00Z");
    check_next("in 90 min", "2026-11-28T20:01:00Z");
    check_next("3 h from now", "2026-11-28T21:31:00Z");
    check_next("in 2 days 14:00", "2026-11-30T13:00:00Z");
    check_next("in a week", "2026-12-05T18:31:00Z");
    check_next("yesterday 14", "Past 11-27T13:00Z");
    check_next("3 h ago", "Past 11-28T15:31Z");
    check_next("2026-11-01 14:00", "Past 11-01T13:00Z");
    check_as_of(NOW, Direction::Onward, "14", "2026-11-29T13:00:00Z");
    check_as_of(NOW, Direction::Onward, "yesterday 14", "2026-11-27T13:00:00Z");
    check_as_of(NOW, Direction::Onward, "2026-11-01 14:00", "2026-11-01T13:00:00Z");
    check_as_of(NOW, Direction::Onward, "3 h ago", "2026-11-28T15:31:00Z");
}

#[test]
fn days_of_now() {
    check("today 14", "2026-11-28T13:00:00Z");
    check("today 20", "Future 11-28T19:00Z");
    check("yesterday 14", "2026-11-27T13:00:00Z");
    check("Yesterday at 14:00", "2026-11-27T13:00:00Z");
    check("14:00 yesterday", "2026-11-27T13:00:00Z");
    check("yesterday, 2pm", "2026-11-27T13:00:00Z");
    check("yesterday 2.10", "2026-11-27T01:10:00Z");
    check("yesterday noon", "2026-11-27T11:00:00Z");
    check("yesterday 14 utc", "2026-11-27T14:00:00Z");
    check("the day before yesterday 14", "2026-11-26T13:00:00Z");
    check("tomorrow 14", "Future 11-29T13:00Z");
    check("fri 14", "2026-11-27T13:00:00Z");
    check("Friday 14:00", "2026-11-27T13:00:00Z");
    check("sat 14", "2026-11-28T13:00:00Z");
    check("sat 20", "2026-11-21T19:00:00Z");
    check("last saturday 14", "2026-11-21T13:00:00Z");
    check("last sunday 14", "2026-11-22T13:00:00Z");
    check("last friday 9:30", "WhichWeek: 11-20T08:30Z or 11-27T08:30Z");
    check("this friday 9:30", "2026-11-27T08:30:00Z");
    check("next friday 9:30", "Future 12-04T08:30Z");
    check_next("next friday 9:30", "2026-12-04T08:30:00Z");
    check_as_of("2026-11-25T12:00:00Z", Direction::Next, "next fri 9", "WhichWeek: 11-27T08:00Z or 12-04T08:00Z");
    check("3 h ago", "2026-11-28T15:30:00Z");
    check("3h ago", "2026-11-28T15:30:00Z");
    check("90 min ago", "2026-11-28T17:00:00Z");
    check("1.5 h ago", "2026-11-28T17:00:00Z");
    check("1 h 30 min ago", "2026-11-28T17:00:00Z");
    check("1h30m ago", "2026-11-28T17:00:00Z");
    check("an hour ago", "2026-11-28T17:30:00Z");
    check("half an hour ago", "2026-11-28T18:00:00Z");
    check("two days ago", "2026-11-26T18:30:00Z");
    check("2 days ago", "2026-11-26T18:30:00Z");
    check("1 week ago", "2026-11-21T18:30:00Z");
    check("3 days ago 14", "2026-11-25T13:00:00Z");
    check("14 3 days ago", "2026-11-25T13:00:00Z");
    check("3 days ago at noon", "2026-11-25T11:00:00Z");
    check("in 3 h", "Future 11-28T21:30Z");
    // By the wall clock, over the end of summer time.
    check_as_of("2026-10-26T12:00:00Z", Direction::Latest, "2 days ago", "2026-10-24T11:00:00Z");
    check_as_of("2026-10-26T12:00:00Z", Direction::Latest, "48 h ago", "2026-10-24T12:00:00Z");
}

#[test]
fn days_without_a_year_are_the_latest_such() {
    check("27 nov 2pm", "2026-11-27T13:00:00Z");
    check("nov 27 2pm", "2026-11-27T13:00:00Z");
    check("2pm nov 27", "2026-11-27T13:00:00Z");
    check("27nov 14:00", "2026-11-27T13:00:00Z");
    check("27th nov 14", "2026-11-27T13:00:00Z");
    check("27 nov 14", "2026-11-27T13:00:00Z");
    check("nov 27 14", "2026-11-27T13:00:00Z");
    check("14 nov 27", "2026-11-27T13:00:00Z");
    check("10 nov at 14", "2026-11-10T13:00:00Z");
    check("10 nov, 14", "2026-11-10T13:00:00Z");
    check("10 nov 14 utc", "2026-11-10T14:00:00Z");
    check("10 nov 14", "DayOrHour: 11-10T13:00Z or 11-14T09:00Z");
    check("28 nov 20:00", "2025-11-28T19:00:00Z");
    check("1 dec 14:00", "2025-12-01T13:00:00Z");
    check("29 feb 14:00", "2024-02-29T13:00:00Z");
    check("27.11. 14:00", "2026-11-27T13:00:00Z");
    check("27.11 14", "2026-11-27T13:00:00Z");
    check("2.10 14:00", "2026-10-02T12:00:00Z");
    check("27/11 14:00", "2026-11-27T13:00:00Z");
    check("11/27 14:00", "2026-11-27T13:00:00Z");
    check("27th 14:00", "2026-11-27T13:00:00Z");
    check("fri 27 nov 14:00", "2026-11-27T13:00:00Z");
}

#[test]
fn what_can_be_read_two_ways_is_asked() {
    check("02/03 14:00", "DayOrMonth: 02-03T13:00Z or 03-02T13:00Z");
    check("02/03", "DayOrMonth: 2026-02-03 or 2026-03-02");
    check("2/3/2026 14:00", "DayOrMonth: 02-03T13:00Z or 03-02T13:00Z");
    check("12/11/2026 14:00", "DayOrMonth: 11-12T13:00Z or 12-11T13:00Z");
    check("03/03 14:00", "2026-03-03T13:00:00Z");
    check("mon 02/03 14:00", "2026-03-02T13:00:00Z");
    check("tue 02/03 14:00", "2026-02-03T13:00:00Z");
    check("2.10", "TimeOrDay: 11-28T01:10Z or 2026-10-02");
    check("yesterday midnight", "Midnight: 11-26T23:00Z or 11-27T23:00Z");
    check("fri midnight", "Midnight: 11-26T23:00Z or 11-27T23:00Z");
    check("2026-11-20 midnight", "Midnight: 11-19T23:00Z or 11-20T23:00Z");
    // Here it is Sunday, in UTC Saturday.
    let late = "2026-11-28T23:30:00Z";
    check_as_of(late, Direction::Latest, "yesterday 14 utc", "WhichToday: 11-27T14:00Z or 11-28T14:00Z");
    check_as_of(late, Direction::Latest, "yesterday 14", "2026-11-28T13:00:00Z");
    check("yesterday", "NoTime: 11-26T23:00Z or 11-27T11:00Z or 11-27T18:30Z");
    check("today", "NoTime: 11-27T23:00Z or 11-28T11:00Z or 11-28T18:30Z");
    check("friday", "NoTime: 11-26T23:00Z or 11-27T11:00Z or 11-27T18:30Z");
    check("tomorrow", "Future 11-28T23:00Z");
}

#[test]
fn summer_time_is_asked() {
    check("2026-10-25 02:30", "Twice: 10-25T00:30Z or 10-25T01:30Z");
    check("2026-10-25 02:30 +02:00", "2026-10-25T00:30:00Z");
    check("2026-10-25 00:30 utc", "2026-10-25T00:30:00Z");
    check("2026-03-29 02:30", "Never: 03-29T00:30Z or 03-29T01:30Z");
    check("Sun 25 Oct 2026 02:30 (01:30 UTC)", "2026-10-25T01:30:00Z");
    // On the day itself.
    let back = "2026-10-25T10:00:00Z";
    check_as_of(back, Direction::Latest, "2:30", "Twice: 10-25T00:30Z or 10-25T01:30Z");
    check_as_of("2026-10-25T01:00:00Z", Direction::Latest, "2:30", "2026-10-25T00:30:00Z");
    check_as_of("2026-10-25T01:00:00Z", Direction::Next, "2:30", "2026-10-25T01:30:00Z");
    check_as_of("2026-10-24T20:00:00Z", Direction::Next, "2:30", "Twice: 10-25T00:30Z or 10-25T01:30Z");
    check_as_of("2026-03-29T10:00:00Z", Direction::Latest, "2:30", "Never: 03-29T00:30Z or 03-29T01:30Z");
    check_as_of("2026-03-28T10:00:00Z", Direction::Next, "2:30", "Never: 03-29T00:30Z or 03-29T01:30Z");
    check_as_of("2026-10-26T01:30:00Z", Direction::Latest, "1 day ago", "Twice: 10-25T00:30Z or 10-25T01:30Z");
}

#[test]
fn reads_what_people_and_tools_write() {
    check_utc("2026-11-15 14:05", "2026-11-15T14:05:00Z");
    check_utc("  2026-11-15   14:05:30 ", "2026-11-15T14:05:30Z");
    check_utc("2026-11-15T14:05:30Z", "2026-11-15T14:05:30Z");
    check_utc("2026-11-15t14:05:30.1234567z", "2026-11-15T14:05:30Z");
    check_utc("2026-11-15T14:05:30+01:00", "2026-11-15T13:05:30Z");
    check_utc("2026-11-15T14:05:30-0530", "2026-11-15T19:35:30Z");
    check_utc("2026-11-15 14:05 +1", "2026-11-15T13:05:00Z");
    check_utc("2026-11-15 14:05 UTC", "2026-11-15T14:05:00Z");
    check_utc("20261115T140500Z", "Unknown(\"140500\")");
    check_utc("20261115T1405Z", "2026-11-15T14:05:00Z");
    check_utc("2026/11/15 14:05", "2026-11-15T14:05:00Z");
    check_utc("15.11.2026 14:05", "2026-11-15T14:05:00Z");
    check_utc("15.11.2026 14", "2026-11-15T14:00:00Z");
    check_utc("1.2.2026, 9:05", "2026-02-01T09:05:00Z");
    check_utc("15/11/2026 14:05", "2026-11-15T14:05:00Z");
    check_utc("11/15/2026 2:05 PM", "2026-11-15T14:05:00Z");
    check_utc("11/15/2026 12:05am", "2026-11-15T00:05:00Z");
    check_utc("11/11/2026 00:00", "2026-11-11T00:00:00Z");
    check_utc("Sun 15 Nov 2026 14:05", "2026-11-15T14:05:00Z");
    check_utc("Sunday, November 15th, 2026 at 14:05", "2026-11-15T14:05:00Z");
    check_utc("15-Nov-2026 14:05", "2026-11-15T14:05:00Z");
    check_utc("15. März 2026 14:05", "2026-03-15T14:05:00Z");
    check_utc("14:05 2026-11-15", "2026-11-15T14:05:00Z");
    check_utc("2026\u{2212}11\u{2212}15\u{a0}14:05", "2026-11-15T14:05:00Z");
    check_utc("2028-02-29 23:59:59", "2028-02-29T23:59:59Z");
    check_utc("2026-11-15 14 -5", "2026-11-15T19:00:00Z");
}

#[test]
fn refuses_what_means_nothing() {
    check("", "Empty");
    check("  \u{a0} ", "Empty");
    check(",", "Empty");
    check("2026-11-15", "NoTime: 11-14T23:00Z or 11-15T11:00Z or 11-15T18:30Z");
    check("27 nov", "NoTime: 11-26T23:00Z or 11-27T11:00Z or 11-27T18:30Z");
    check("27.11.", "NoTime: 11-26T23:00Z or 11-27T11:00Z or 11-27T18:30Z");
    check("27.11", "NoTime: 11-26T23:00Z or 11-27T11:00Z or 11-27T18:30Z");
    check("nov", "NoDay");
    check("nov 14:00", "NoDay");
    check("15.11.26 14:05", "NoYear(\"15.11.26\")");
    check("27 nov 26 14:05", "NoYear(\"26\")");
    check("2026-02-29 14:05", "BadDate(\"2026-02-29\")");
    check("2026-13-01 14:05", "BadDate(\"2026-13-01\")");
    check("1999-12-31 14:05", "BadDate(\"1999-12-31\")");
    check("31 feb 14:05", "BadDate(\"31\")");
    check("2026-11-15 24:05", "BadTime(\"24:05\")");
    check("2026-11-15 14:60", "BadTime(\"14:60\")");
    check("14:5", "BadTime(\"14:5\")");
    check("14:", "BadTime(\"14:\")");
    check("24", "BadTime(\"24\")");
    check("27", "BadTime(\"27\")");
    check("14.60", "BadTime(\"14.60\")");
    check("27 nov 25", "BadTime(\"25\")");
    check("2026-11-15 14:05:30:10", "BadTime(\"14:05:30:10\")");
    check("2026-11-15 13:05 pm", "BadTime(\"13:05\")");
    check("13 pm", "BadTime(\"13\")");
    check("2026-11-15 14:05 yesterday", "Surplus(\"yesterday\")");
    check("14:00 15:00", "Surplus(\"15:00\")");
    check("14 15", "Surplus(\"15\")");
    check("15 16 Nov 2026 14:05", "Surplus(\"16\")");
    check("2026-11-15 14:05 +99:00", "Unknown(\"+99:00\")");
    check("9:00-10:00", "OffsetOrEnd(\"-10:00\")");
    check("2026", "YearOrTime(2026)");
    check("yesterday 2026", "YearOrTime(2026)");
    check("14:00 cet", "Zone(\"cet\")");
    check("3 h ago 14", "AwayAndTime");
    check("sat 27 nov 2026 14:00", "Weekday(\"sat\", 2026-11-27)");
    check("Sun 25 Oct 2026 02:30 (05:30 UTC)", "Unequal(\"05:30\")");
    check("99999 weeks ago", "TooFar");
    check("2027-01-01 14:00", "Future 01-01T13:00Z");
    check("sometime", "Unknown(\"sometime\")");
    check("2 months ago", "Unknown(\"months\")");
    check("last night", "Unknown(\"last\")");
    check("💥", "Unknown(\"💥\")");
}

#[test]
fn what_is_said_starts_small_and_ends_open() {
    let texts = [
        "",
        "nov",
        "2026-11-15",
        "15.11.26 14:00",
        "31 feb 14",
        "25",
        "what",
        "14 15",
        "2026",
        "9:00-10:00",
        "14 est",
        "3 h ago 14",
        "sat 27 nov 14:00",
        "today 20",
        "02/03",
        "2.10",
        "10 nov 14",
        "last fri 9",
        "fri midnight",
        "today",
        "2026-10-25 02:30",
        "2026-03-29 02:30",
        "99999 weeks ago",
    ];
    for text in texts {
        let says = match read(text, &Berlin, at(NOW), Direction::Latest) {
            Ok(Reading::At { .. }) => panic!("{text:?} must not be clear"),
            Ok(Reading::Asked(question)) => question.says(),
            Err(e) => e.says(&Berlin),
        };
        assert!(says.starts_with(|c: char| c.is_lowercase() || c == '“' || c.is_ascii_uppercase()), "{says}");
        assert!(!says.ends_with('.') && says.contains(';'), "{says}");
    }
    let says = read("today 20", &Berlin, at(NOW), Direction::Latest).unwrap_err().says(&Berlin);
    assert_eq!(says, "Sat 28 Nov 2026 20:00 (19:00 UTC) lies in the future; type an earlier time");
}

#[test]
fn what_was_understood_is_read_back() {
    let back = read_back(at("2026-11-27T23:30:00Z"), &Berlin, at(NOW));
    assert_eq!(back.local, "Sat 28 Nov 2026 00:30");
    assert_eq!(back.utc, "Fri 27 Nov 23:30 UTC");
    assert_eq!(back.away, "19 h ago");
}
