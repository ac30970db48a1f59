use super::*;
use crate::workspace::local_time::{show_both, show_utc};
use chrono::Duration;
use proptest::prelude::*;

/// What is read, whether one instant or the instants to choose from.
fn instants(text: &str, now: DateTime<Utc>, direction: Direction) -> Vec<DateTime<Utc>> {
    match read(text, &Berlin, now, direction) {
        Ok(Reading::At { at, .. }) => vec![at],
        Ok(Reading::Asked(q)) => {
            q.choices.into_iter().filter_map(|c| if let Choice::At(at) = c { Some(at) } else { None }).collect()
        }
        Err(_) => Vec::new(),
    }
}

const PARTS: &str = "(14|2|27|2:30|02/03|2\\.10|27\\.11\\.|nov|fri|last|next|yesterday|today|tomorrow|midnight|noon|now|utc|z|\\+01:00|-5|pm|am|at|h|days|week|min|ago|in|from|2026-10-25|15\\.11\\.2026|2027|99999999|,|\\(|\\)|half|an|th|9999-99-99|:|\\.|t)";

proptest! {
    #[test]
    fn never_panics(text in "\\PC*") {
        let _ = read(&text, &Berlin, at(NOW), Direction::Latest);
    }
    #[test]
    fn never_panics_near_dates(text in "[0-9tTzZ:+/., ()hmdw-]{0,30}") {
        for direction in [Direction::Latest, Direction::Next, Direction::Onward] {
            let _ = read(&text, &Berlin, at(NOW), direction);
        }
    }
    /// One instant is on the side of now that is sought; of the choices at least one is.
    #[test]
    fn is_on_the_right_side(
        parts in prop::collection::vec((PARTS, prop_oneof![Just(""), Just(" ")]), 1..7),
        now in 1_735_700_000_i64..1_830_000_000,
    ) {
        let text: String = parts.iter().map(|(a, b)| format!("{a}{b}")).collect();
        let now = DateTime::from_timestamp(now, 0).unwrap();
        let latest = instants(&text, now, Direction::Latest);
        prop_assert!(latest.is_empty() || latest.iter().any(|at| *at <= now), "{} {:?}", text, latest);
        let next = instants(&text, now, Direction::Next);
        prop_assert!(next.is_empty() || next.iter().any(|at| *at >= now), "{} {:?}", text, next);
        if let [one] = latest.as_slice() {
            prop_assert!(*one <= now, "{}", text);
        }
    }
    #[test]
    fn spaces_and_case_change_nothing(
        parts in prop::collection::vec(PARTS, 1..7), spaces in "[ \u{a0}\t]{1,4}",
    ) {
        let plain = read(&parts.join(" "), &Berlin, at(NOW), Direction::Latest);
        let wide = format!("{spaces}{}{spaces}", parts.join(&spaces));
        prop_assert_eq!(&read(&wide, &Berlin, at(NOW), Direction::Latest), &plain);
        prop_assert_eq!(&read(&wide.to_uppercase(), &Berlin, at(NOW), Direction::Latest), &plain);
    }
    /// Whatever is shown of an instant reads back to it; in the hour that happens twice it is one of the choices.
    #[test]
    fn what_is_shown_reads_back(minutes in 0_i64..1_440_000) {
        let now = at("2027-12-31T00:00:00Z");
        let when = now - Duration::minutes(minutes);
        let exact = Ok(Reading::At { at: when, fixed: true });
        for text in [
            when.to_rfc3339(), show_utc(when), show_both(when, &Berlin), format!("{} utc", write_utc(when)),
            when.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        ] {
            prop_assert_eq!(&read(&text, &Berlin, now, Direction::Latest), &exact, "{}", text);
        }
        prop_assert_eq!(read(&write_utc(when), &InUtc, now, Direction::Latest), exact);
        for text in [show_local(when, &Berlin), write_local(when, &Berlin)] {
            prop_assert!(instants(&text, now, Direction::Latest).contains(&when), "{}", text);
        }
    }
}
