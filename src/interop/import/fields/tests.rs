use super::*;
use std::borrow::Cow;

#[track_caller]
fn check_days(text: &str, expect: Option<u32>) {
    assert_eq!(days(text), expect, "{text}");
}

#[test]
fn periods() {
    check_days("P7D", Some(7));
    check_days("p28d", Some(28));
    check_days("P4W", Some(28));
    check_days("PT168H", Some(7));
    check_days("P7DT0H0M0S", Some(7));
    check_days("P0Y0M14D", Some(14));
    check_days("7.00:00:00", Some(7));
    check_days("28.00:00:00.0000000", Some(28));
    check_days("14", Some(14));
    check_days("P1M", None);
    check_days("PT12H", None);
    check_days("7.12:00:00", None);
    check_days("P", None);
    check_days("", None);
    check_days("seven", None);
    check_days("P99999999999D", None);
    check_days("P7", None);
}

#[track_caller]
fn check_instant(text: &str, expect: Instant) {
    assert_eq!(instant(&Node::Text(Cow::Borrowed(text)), Zoneless::Utc), expect, "{text}");
}
fn at(text: &str) -> Instant {
    Instant::At(DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc))
}

fn between(from: &str, to: &str) -> Instant {
    match (at(from), at(to)) {
        (Instant::At(from), Instant::At(to)) => Instant::Between(from, to),
        _ => unreachable!(),
    }
}

#[test]
fn instants() {
    check_instant("2023-02-15T08:02:36.1799125Z", at("2023-02-15T08:02:36.1799125Z"));
    check_instant("2025-11-30T08:52:06.3330393+00:00", at("2025-11-30T08:52:06.3330393Z"));
    check_instant("2023-02-15T10:02:36+02:00", at("2023-02-15T08:02:36Z"));
    check_instant("2023-02-15 08:02:36Z", at("2023-02-15T08:02:36Z"));
    check_instant("2023-02-15T08:02:36", at("2023-02-15T08:02:36Z"));
    check_instant("2023-02-15", between("2023-02-14T10:00:00Z", "2023-02-16T12:00:00Z"));
    check_instant("/Date(1676448156179)/", at("2023-02-15T08:02:36.179Z"));
    check_instant("/Date(1676448156179+0200)/", at("2023-02-15T08:02:36.179Z"));
    check_instant("0001-01-01T00:00:00", Instant::Nothing);
    check_instant("", Instant::Nothing);
    for nothing in [
        "1970-01-01T00:00:00Z",
        "1970-01-01",
        "1969-12-31T16:00:00-08:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+02:00",
        "9999-12-31T23:59:59.9999999Z",
        "9999-01-01",
        "/Date(0)/",
        "/Date(-62135596800000)/",
        "/Date(253402300799999)/",
        "01/01/0001 00:00:00",
        "1/1/1970 12:00:00 AM",
        "31.12.9999 23:59:59",
    ] {
        check_instant(nothing, Instant::Nothing);
    }
    check_instant("1999-12-31T23:59:59Z", Instant::Outside);
    check_instant("1900-01-01", Instant::Outside);
    check_instant("2000-01-01T00:00:00", at("2000-01-01T00:00:00Z"));
    check_instant("9998-12-31T00:00:00Z", at("9998-12-31T00:00:00Z"));
    check_instant("10/03/2023 08:12:55", Instant::Ambiguous);
    check_instant("yesterday", Instant::Unreadable);
    check_instant("2023-02-30T00:00:00Z", Instant::Unreadable);
    check_instant("/Date(99999999999999999999)/", Instant::Unreadable);
}

#[test]
fn without_a_zone_it_is_as_wide_as_the_earth_where_the_source_does_not_write_utc() {
    let of = |text, zoneless| instant(&Node::Text(Cow::Borrowed(text)), zoneless);
    assert_eq!(of("2023-02-15T08:02:36", Zoneless::Local), Instant::Ambiguous);
    let wide = between("2023-02-14T18:02:36Z", "2023-02-15T20:02:36Z");
    assert_eq!(of("2023-02-15T08:02:36", Zoneless::Anywhere), wide);
    assert_eq!(of("2023-02-15 08:02:36", Zoneless::Anywhere), wide);
    assert_eq!(of("2023-02-15T08:02:36Z", Zoneless::Anywhere), at("2023-02-15T08:02:36Z"));
    assert_eq!(of("0001-01-01T00:00:00", Zoneless::Anywhere), Instant::Nothing);
    assert_eq!(of("9999-12-31 23:59:59", Zoneless::Anywhere), Instant::Nothing);
}

/// An hour east of UTC, two from 30 March to 26 October 2025, as in Berlin.
fn berlin(at: DateTime<Utc>) -> i32 {
    let summer = 1_743_296_400..1_761_440_400;
    if summer.contains(&at.timestamp()) { 120 } else { 60 }
}

#[track_caller]
fn check_local(text: &str, expect: &str, doubt: bool) {
    let local = LocalDate::parse(text).unwrap().local(true).unwrap();
    let (at, doubtful) = local_to_utc(local, berlin).unwrap();
    assert_eq!((at.to_rfc3339().as_str(), doubtful), (expect, doubt), "{text}");
}

#[test]
fn local_times_across_a_change_of_clocks() {
    check_local("25/10/2025 12:00:00", "2025-10-25T10:00:00+00:00", false);
    check_local("27/10/2025 12:00:00", "2025-10-27T11:00:00+00:00", false);
    check_local("2025-10-27 12:00", "2025-10-27T11:00:00+00:00", false);
    check_local("26.10.2025 02:30:00", "2025-10-26T00:30:00+00:00", true);
    check_local("30/03/2025 02:30:00", "2025-03-30T01:30:00+00:00", true);
    check_local("07/12/2025 12:50:38 AM", "2025-12-06T23:50:38+00:00", false);
    check_local("07/12/2025 1:05 PM", "2025-12-07T12:05:00+00:00", false);
}

#[test]
fn no_local_date() {
    for text in ["", "12:50", "1/2", "32/32/2025", "a/b/c", "1/2/25", "2025-11-18T07:00:00Z", "1/2/2025 25:00"] {
        assert_eq!(LocalDate::parse(text), None, "{text}");
    }
}

#[test]
fn ids() {
    assert!(is_environment_id("Default-e1dd4023-a656-480a-8a0e-c1b1eec51e1d"));
    assert!(is_environment_id("E1DD4023-a656-480a-8a0e-c1b1eec51e1d"));
    assert!(!is_environment_id("Contoso Sales"));
    assert!(!is_environment_id("00000000-0000-0000-0000-000000000000"));
    assert!(!is_environment_id("Default-00000000-0000-0000-0000-000000000000"));
    assert!(is_environment_id("00000000-0000-0000-0000-000000000001"));
    assert!(is_cut_id("0e7534f7-9fb6-...") && is_cut_id("0e7534f7…") && is_cut_id("Default-0e7534f7-9..."));
    assert!(!is_cut_id("...") && !is_cut_id("see more...") && !is_cut_id("0e7534f7-9fb6"));
    assert!(!is_environment_id("Default-"));
    assert!(!is_environment_id("éééééééé-a656"));
}
