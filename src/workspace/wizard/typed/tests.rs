use super::*;

#[track_caller]
fn check(text: &str, expect: &str) {
    let got = match read_utc(text) {
        Ok(at) => at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        Err(e) => format!("{e:?}"),
    };
    assert_eq!(got, expect, "for {text:?}");
}

#[test]
fn reads_what_people_and_tools_write() {
    check("2026-11-15 14:05", "2026-11-15T14:05:00Z");
    check("  2026-11-15   14:05:30 ", "2026-11-15T14:05:30Z");
    check("2026-11-15T14:05:30Z", "2026-11-15T14:05:30Z");
    check("2026-11-15t14:05:30.1234567z", "2026-11-15T14:05:30Z");
    check("2026-11-15T14:05:30+01:00", "2026-11-15T13:05:30Z");
    check("2026-11-15T14:05:30-0530", "2026-11-15T19:35:30Z");
    check("2026-11-15 14:05 +1", "2026-11-15T13:05:00Z");
    check("2026-11-15 14:05 UTC", "2026-11-15T14:05:00Z");
    check("2026/11/15 14:05", "2026-11-15T14:05:00Z");
    check("15.11.2026 14:05", "2026-11-15T14:05:00Z");
    check("1.2.2026, 9:05", "2026-02-01T09:05:00Z");
    check("15/11/2026 14:05", "2026-11-15T14:05:00Z");
    check("11/15/2026 2:05 PM", "2026-11-15T14:05:00Z");
    check("11/15/2026 12:05am", "2026-11-15T00:05:00Z");
    check("11/11/2026 00:00", "2026-11-11T00:00:00Z");
    check("Sun 15 Nov 2026 14:05", "2026-11-15T14:05:00Z");
    check("Sunday, November 15th, 2026 at 14:05", "2026-11-15T14:05:00Z");
    check("15. März 2026 14:05", "2026-03-15T14:05:00Z");
    check("14:05 2026-11-15", "2026-11-15T14:05:00Z");
    check("2026\u{2212}11\u{2212}15\u{a0}14:05", "2026-11-15T14:05:00Z");
    check("2028-02-29 23:59:59", "2028-02-29T23:59:59Z");
}

#[test]
fn reads_each_part_to_its_end() {
    // Offsets.
    check("2026-11-15 14:05 +14:00", "2026-11-15T00:05:00Z");
    check("2026-11-15 14:05 -1400", "2026-11-16T04:05:00Z");
    check("2026-11-15 14:05 +1:59", "2026-11-15T12:06:00Z");
    check("2026-11-15 14:05+2", "2026-11-15T12:05:00Z");
    check("2026-11-15 14:05 GMT", "2026-11-15T14:05:00Z");
    check("2026-11-15 14:05 z", "2026-11-15T14:05:00Z");
    check("2026-11-15 14:05utc", "2026-11-15T14:05:00Z");
    check("2026-11-15 14:05 +15:00", "Unknown(\"+15:00\")");
    check("2026-11-15 14:05 +1:60", "Unknown(\"+1:60\")");
    check("2026-11-15 14:05 +12345", "Unknown(\"+12345\")");
    check("2026-11-15 14:05 +", "Unknown(\"+\")");
    check("2026-11-15 14:05 +1x", "Unknown(\"+1x\")");
    check("2026-11-15 14:05cet", "Unknown(\"cet\")");
    check("+1 2026-11-15 14:05", "Unknown(\"+1\")");
    // Halves of a day.
    check("2026-11-15 12:05 pm", "2026-11-15T12:05:00Z");
    check("2026-11-15 1:05 p.m.", "2026-11-15T13:05:00Z");
    check("2026-11-15 1:05 a.m.", "2026-11-15T01:05:00Z");
    check("2026-11-15 1:05pm", "2026-11-15T13:05:00Z");
    check("2026-11-15 0:05 am", "BadTime(\"0:05\")");
    // Times.
    check("2026-11-15 9:5", "2026-11-15T09:05:00Z");
    check("2026-11-15 014:05", "BadTime(\"014:05\")");
    check("2026-11-15 14:", "BadTime(\"14:\")");
    check("2026-11-15 14:05:60", "BadTime(\"14:05:60\")");
    check("2026-11-15 14:05 15:06", "Unknown(\"15:06\")");
    // Dates.
    check("2026-1-2 14:05", "2026-01-02T14:05:00Z");
    check("2000-01-01 00:00", "2000-01-01T00:00:00Z");
    check("2100-12-31 00:00", "2100-12-31T00:00:00Z");
    check("2101-01-01 00:00", "BadDate(\"2101-01-01\")");
    check("12/12/2026 14:05", "2026-12-12T14:05:00Z");
    check("13/12/2026 14:05", "2026-12-13T14:05:00Z");
    check("12/13/2026 14:05", "2026-12-13T14:05:00Z");
    check("2026-11-2026 14:05", "BadDate(\"2026-11-2026\")");
    check("2026-x-15 14:05", "BadDate(\"2026-x-15\")");
    check("x-11-15 14:05", "Unknown(\"x-11-15\")");
    check("2026-11-15-1 14:05", "Unknown(\"2026-11-15-1\")");
    check("2026-11-15 2026-11-16 14:05", "Unknown(\"2026-11-16\")");
    // Words.
    check("oct 15 2026 14:05", "2026-10-15T14:05:00Z");
    check("15 okt. 2026 14:05", "2026-10-15T14:05:00Z");
    check("15 august2026 14:05", "Unknown(\"august2026\")");
    check("1 Mai 2026 14:05", "2026-05-01T14:05:00Z");
    check("1 ma 2026 14:05", "Unknown(\"ma\")");
    check("thu 31 dec 2026 14:05", "2026-12-31T14:05:00Z");
    check("thu. 31 january 2026 14:05", "2026-01-31T14:05:00Z");
    check("th 31 dec 2026 14:05", "Unknown(\"th\")");
    check("31 feb 2026 14:05", "BadDate(\"31 feb 2026\")");
    check("2026 2027 nov 14:05", "Unknown(\"2027\")");
    check("nov 2026 14:05", "NoDate");
    check("15 2026 14:05", "NoDate");
}

#[test]
fn a_local_time_with_an_offset_is_no_local_time() {
    struct East;
    impl Zone for East {
        fn offset_minutes(&self, _: DateTime<Utc>) -> i32 {
            120
        }
    }
    let at = |text: &str| match read_local(text, &East) {
        Ok(Resolved::One(at)) => write_utc(at),
        other => format!("{other:?}"),
    };
    assert_eq!(at("2026-11-15 14:05"), "2026-11-15 12:05");
    assert_eq!(at("2026-11-15 14:05 +1:30"), "2026-11-15 12:35");
    assert_eq!(at("2026-11-15 14:05 -1:30"), "2026-11-15 15:35");
    let noon = DateTime::<Utc>::from_timestamp(1_794_744_000, 0).unwrap();
    assert_eq!((write_utc(noon), write_local(noon, &East)), ("2026-11-15 12:00".into(), "2026-11-15 14:00".into()));
}

#[test]
fn refuses_what_it_would_have_to_guess() {
    check("", "Empty");
    check("  \u{a0} ", "Empty");
    check("2026-11-15", "NoTime");
    check("14:05", "NoDate");
    check("15 Nov 14:05", "NoYear");
    check("15.11.26 14:05", "NoYear");
    check("11/12/2026 14:05", "Ambiguous(\"11/12/2026\")");
    check("12/11/2026 14:05", "Ambiguous(\"12/11/2026\")");
    check("2026-02-29 14:05", "BadDate(\"2026-02-29\")");
    check("2026-13-01 14:05", "BadDate(\"2026-13-01\")");
    check("1999-12-31 14:05", "BadDate(\"1999-12-31\")");
    check("2026-11-15 24:05", "BadTime(\"24:05\")");
    check("2026-11-15 14:60", "BadTime(\"14:60\")");
    check("2026-11-15 14:05:30:10", "BadTime(\"14:05:30:10\")");
    check("2026-11-15 13:05 pm", "BadTime(\"13:05\")");
    check("2026-11-15 14:05 yesterday", "Unknown(\"yesterday\")");
    check("yesterday 14:05", "Unknown(\"yesterday\")");
    check("2026-11-15 14:05 +99:00", "Unknown(\"+99:00\")");
    check("15 16 Nov 2026 14:05", "Unknown(\"16\")");
    check("💥", "Unknown(\"💥\")");
}

#[test]
fn messages_start_small_and_end_open() {
    let all = [
        TypedError::Empty,
        TypedError::NoDate,
        TypedError::NoTime,
        TypedError::NoYear,
        TypedError::Ambiguous("x".into()),
        TypedError::BadDate("x".into()),
        TypedError::BadTime("x".into()),
        TypedError::Unknown("x".into()),
    ];
    for e in all {
        let says = e.says();
        assert!(says.starts_with(|c: char| c.is_lowercase() || c == '`'), "{says}");
        assert!(!says.ends_with('.'), "{says}");
    }
}

#[test]
fn what_is_written_is_read_back() {
    for seconds in [0, 1, 86_399, 1_794_751_500, 1_794_751_530] {
        let at = DateTime::<Utc>::from_timestamp(1_700_000_000 + seconds, 0).unwrap();
        assert_eq!(read_utc(&write_utc(at)), Ok(at));
    }
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "\\PC*") {
        let _ = read_utc(&text);
    }
    #[test]
    fn never_panics_near_dates(text in "[0-9tTzZ:+/., -]{0,30}") {
        let _ = read_utc(&text);
    }
}
