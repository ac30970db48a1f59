//! The calendar file (RFC 5545), read back by a library that others wrote.

use crate::laws::cases;
use crate::restore_support;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use icalendar::parser::{Component, read_calendar, unfold};
use proptest::prelude::*;
use restore_desk::domain::characters::{breaks_line, one_line, turns_direction};
use restore_desk::interop::calendar::{CalendarEvent, LONGEST_TITLE, calendar};

fn at(h: u32, m: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 26, h, m, 5).unwrap()
}

fn event(title: &str, says: &str) -> CalendarEvent {
    CalendarEvent {
        uid: "plan-3-0@restore-desk".into(),
        at: at(14, 5),
        title: title.into(),
        says: says.into(),
        alarms: vec![TimeDelta::days(1), TimeDelta::hours(1)],
    }
}

/// A property as the library reads it: unfolded and with its escapes undone.
fn value(component: &Component<'_>, name: &str) -> String {
    let mut found = component.properties.iter().filter(|p| p.name == name);
    let value = found.next().unwrap_or_else(|| panic!("no {name} in {component:?}")).val.as_str().to_string();
    assert!(found.next().is_none(), "{name} twice");
    value
}

fn names<'a>(component: &'a Component<'_>) -> Vec<&'a str> {
    component.properties.iter().map(|p| p.name.as_str()).collect()
}

/// The file as the library reads it, and that its lines are as the standard wants them.
#[track_caller]
fn read<T>(text: &str, look: impl FnOnce(&[Component<'_>]) -> T) -> T {
    assert!(text.ends_with("\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "a bare line end in {line:?}");
        assert!(!line.chars().any(char::is_control), "a control character in {line:?}");
    }
    let unfolded = unfold(text);
    let read = read_calendar(&unfolded).unwrap();
    look(&read.components)
}

#[test]
fn a_calendar_says_what_when_and_when_to_remind() {
    let text = calendar("Plan 3", &[event("Last sensible start", "Begin, at the latest.")], at(6, 0));
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"), "{text}");
    assert!(text.contains("X-WR-CALNAME:Plan 3\r\n"));
    read(&text, |components| {
        let [event] = components else { panic!("{components:?}") };
        assert_eq!(event.name.as_str(), "VEVENT");
        assert_eq!(value(event, "UID"), "plan-3-0@restore-desk");
        assert_eq!(value(event, "DTSTAMP"), "20261126T060005Z");
        assert_eq!(value(event, "DTSTART"), "20261126T140505Z");
        assert_eq!(value(event, "SUMMARY"), "Last sensible start");
        assert_eq!(value(event, "DESCRIPTION"), "Begin, at the latest.");
        let alarms: Vec<String> = event.components.iter().map(|a| value(a, "TRIGGER")).collect();
        assert_eq!(alarms, ["-PT24H", "-PT1H"]);
        for alarm in &event.components {
            assert_eq!((alarm.name.as_str(), value(alarm, "ACTION").as_str()), ("VALARM", "DISPLAY"));
            assert_eq!(value(alarm, "DESCRIPTION"), "Last sensible start");
        }
    });
}

#[test]
fn no_events_make_a_calendar_all_the_same() {
    read(&calendar("Nothing", &[], at(6, 0)), |components| assert!(components.is_empty()));
}

#[track_caller]
fn check_trigger(before: TimeDelta, expect: &str) {
    let text = calendar("x", &[CalendarEvent { alarms: vec![before], ..event("t", "") }], at(6, 0));
    assert!(text.contains(&format!("\r\nTRIGGER:{expect}\r\n")), "{text}");
    assert!(!text.contains("\r\nDESCRIPTION:\r\n"), "nothing to say is no property");
}

#[test]
fn triggers() {
    check_trigger(TimeDelta::days(1), "-PT24H");
    check_trigger(TimeDelta::minutes(90), "-PT90M");
    check_trigger(TimeDelta::seconds(61), "-PT61S");
    check_trigger(TimeDelta::zero(), "PT0H");
    check_trigger(TimeDelta::minutes(-5), "PT5M");
}

#[test]
fn an_instant_that_cannot_be_written_is_left_out() {
    let far = [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC, at(1, 1)]
        .map(|at| CalendarEvent { at, ..event("t", "s") });
    read(&calendar("x", &far, at(6, 0)), |components| assert_eq!(components.len(), 1));
}

#[test]
fn texts_that_look_like_properties_stay_texts() {
    let hostile = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTACH:https://evil.example;,\\n\u{2028}SUMMARY:y";
    let text = calendar(hostile, &[event(hostile, hostile)], at(6, 0));
    read(&text, |components| {
        let [event] = components else { panic!("{components:?}") };
        assert_eq!(names(event), ["UID", "DTSTAMP", "DTSTART", "TRANSP", "SUMMARY", "DESCRIPTION"]);
        assert_eq!(
            value(event, "DESCRIPTION"),
            "x\nEND:VEVENT\nBEGIN:VEVENT\nATTACH:https://evil.example;,\\n\nSUMMARY:y"
        );
    });
}

/// Texts full of what breaks a line, a property or a fold, up to 10,000 characters.
fn nasty() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        Just("\r\n".to_string()),
        Just("\n".to_string()),
        Just("\r".to_string()),
        Just("\u{2028}\u{2029}\u{85}\u{B}\u{C}".to_string()),
        Just("\u{202E}\u{2066}\u{200F}".to_string()),
        Just(",;:\\\"".to_string()),
        Just("\\n\\".to_string()),
        Just("END:VEVENT".to_string()),
        Just(" \t ".to_string()),
        Just("\0\u{7}\u{1b}[0m\u{7f}".to_string()),
        Just("é日𝄞🙂".to_string()),
        Just("x".repeat(80)),
        "\\PC{0,12}",
    ];
    (prop::collection::vec(bits, 0..12), prop_oneof![4 => Just(1usize), 1 => Just(200)])
        .prop_map(|(bits, times)| bits.concat().repeat(times).chars().take(10_000).collect())
}

/// A text as a reader should see it.
fn seen(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter(|c| !turns_direction(*c))
        .map(|c| match c {
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            c if breaks_line(c) => ' ',
            c => c,
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn no_text_ends_its_line_or_its_property(title in nasty(), says in nasty(), uid in nasty()) {
        let given = CalendarEvent { uid: uid.clone(), ..event(&title, &says) };
        let text = calendar(&title, &[given.clone(), given], at(6, 0));
        let (events, summary, description, read_uid) = read(&text, |components| {
            let first = &components[0];
            for component in components {
                let expect: &[&str] = if says.trim().is_empty() {
                    &["UID", "DTSTAMP", "DTSTART", "TRANSP", "SUMMARY"]
                } else {
                    &["UID", "DTSTAMP", "DTSTART", "TRANSP", "SUMMARY", "DESCRIPTION"]
                };
                assert_eq!(names(component), expect);
                assert_eq!(component.components.len(), 2);
            }
            let description = expect_text(first, &says);
            (components.len(), value(first, "SUMMARY"), description, value(first, "UID"))
        });
        prop_assert_eq!(events, 2);
        prop_assert_eq!(summary, one_line(&title, LONGEST_TITLE));
        prop_assert_eq!(read_uid, one_line(&uid, LONGEST_TITLE));
        if let Some(description) = description {
            prop_assert_eq!(description, seen(&says));
        }
    }
}

fn expect_text(component: &Component<'_>, says: &str) -> Option<String> {
    (!says.trim().is_empty()).then(|| value(component, "DESCRIPTION"))
}

#[test]
fn the_deadlines_of_a_plan_that_lie_ahead() {
    use crate::planned::plan;
    use restore_desk::domain::plan::Purpose;
    use restore_desk::interop::calendar::plan_events;
    use restore_support::{BOX, PROD, hours_ago, now, request, seed, tenant};
    let purpose = Purpose::Restore(request(PROD, BOX, hours_ago(30)));
    let made = plan(seed(), &tenant(), &purpose, now()).unwrap();
    let all = plan_events(&made, false, now());
    assert_eq!(all.iter().map(|e| e.at).collect::<Vec<_>>(), made.deadlines.iter().map(|d| d.at).collect::<Vec<_>>());
    let about = "restore “Contoso Sales” as it was at 11 Mar 2026 06:00 UTC onto “Contoso Test”";
    assert_eq!(all[1].title, format!("Latest sensible start: {about}"));
    assert!(all.iter().all(|e| e.title.ends_with(about) && e.title.chars().count() <= LONGEST_TITLE), "{all:#?}");
    assert!(
        all.iter().any(|e| e.title == format!("The point leaves the guaranteed window of “Contoso Sales”: {about}"))
    );
    assert!(all[1].says.contains("7 Apr 2026 06:00 UTC") && all[1].says.contains("Rules: R22, R7."), "{}", all[1].says);
    assert!(all.iter().all(|e| e.alarms == [TimeDelta::days(1), TimeDelta::hours(1)]));
    // The same again for the same plan, so that a calendar replaces what it has; what has passed is left out.
    assert_eq!(plan_events(&made, false, made.deadlines[0].at), all[1..]);
    // Once the restore is begun, nobody is told when to begin it; the others keep their names.
    let begun = plan_events(&made, true, now());
    assert!(begun.iter().all(|e| !e.title.starts_with("Latest sensible start")), "{begun:#?}");
    assert_eq!(
        begun,
        all.iter().filter(|e| !e.title.starts_with("Latest sensible start")).cloned().collect::<Vec<_>>()
    );
    let uids: std::collections::BTreeSet<_> = all.iter().map(|e| &e.uid).collect();
    assert_eq!(uids.len(), all.len());
    read(&calendar(&made.title().to_string(), &all, now()), |components| assert_eq!(components.len(), all.len()));
}
