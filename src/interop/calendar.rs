//! Instants to remember as a calendar file (iCalendar, RFC 5545), for a file ending in `.ics`.
//!
//! Every text of people is escaped and folded, so that none can end its line, its property or its event. Instants are written in
//! UTC, so that no calendar has to know a time zone.

use super::travel::checksum;
use crate::domain::characters::{breaks_line, one_line, turns_direction};
use crate::domain::plan::Plan;
use crate::words::ends;
use chrono::{DateTime, Datelike, TimeDelta, Utc};

/// Something to be reminded of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// The same for the same thing at every export: a calendar then replaces the event instead of adding a second one.
    pub uid: String,
    /// UTC. Fractions of a second are not written.
    pub at: DateTime<Utc>,
    /// One line; what is longer than [`LONGEST_TITLE`] characters is cut.
    pub title: String,
    /// May have several lines.
    pub says: String,
    /// How long before `at` to be reminded.
    pub alarms: Vec<TimeDelta>,
}

/// The deadlines of a plan that still lie ahead at `now` (UTC), with alarms a day and an hour before: once the restore is `begun`,
/// none to begin it.
pub fn plan_events(plan: &Plan, begun: bool, now: DateTime<Utc>) -> Vec<CalendarEvent> {
    let title = plan.title().to_string();
    let own = checksum(title.as_bytes());
    let ahead = plan.deadlines.iter().enumerate().filter(|(_, d)| d.is_ahead(begun, now));
    ahead
        .map(|(i, deadline)| CalendarEvent {
            uid: format!("{}-{own}-{i}@restore-desk", plan.made.format("%Y%m%dT%H%M%SZ")),
            at: deadline.at,
            title: format!("{}: {}", plan.deadline_title(deadline), plan.title_inside()),
            says: format!(
                "{title}\n{}\n{}\nPlan of Restore Desk, made {}.{}",
                ends(deadline.at),
                plan.deadline_text(deadline),
                ends(plan.made),
                match deadline.rules.as_slice() {
                    [] => String::new(),
                    rules =>
                        format!(" Rules: {}.", rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
                }
            ),
            alarms: vec![TimeDelta::days(1), TimeDelta::hours(1)],
        })
        .collect()
}

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 200;

/// The longest line, in octets without its end (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// A calendar called `name`, written at `now` (UTC). An event in a year that RFC 5545 cannot write (before 1 or after 9999) is left
/// out: it is no deadline of anybody's.
pub fn calendar(name: &str, events: &[CalendarEvent], now: DateTime<Utc>) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Restore Desk//Restore Desk//EN", "CALSCALE:GREGORIAN"] {
        fold(&mut out, line);
    }
    fold(&mut out, &format!("X-WR-CALNAME:{}", text(&one_line(name, LONGEST_TITLE))));
    for event in events.iter().filter(|e| (1..=9999).contains(&e.at.year())) {
        write(&mut out, event, now);
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

fn write(out: &mut String, event: &CalendarEvent, now: DateTime<Utc>) {
    let title = text(&one_line(&event.title, LONGEST_TITLE));
    fold(out, "BEGIN:VEVENT");
    fold(out, &format!("UID:{}", text(&one_line(&event.uid, LONGEST_TITLE))));
    fold(out, &format!("DTSTAMP:{}", instant(now)));
    // Without an end it is an instant. It takes nobody's time, so nobody is shown as busy.
    fold(out, &format!("DTSTART:{}", instant(event.at)));
    fold(out, "TRANSP:TRANSPARENT");
    fold(out, &format!("SUMMARY:{title}"));
    if !event.says.trim().is_empty() {
        fold(out, &format!("DESCRIPTION:{}", text(&event.says)));
    }
    for alarm in &event.alarms {
        fold(out, "BEGIN:VALARM");
        fold(out, "ACTION:DISPLAY");
        fold(out, &format!("TRIGGER:{}", trigger(*alarm)));
        fold(out, &format!("DESCRIPTION:{title}"));
        fold(out, "END:VALARM");
    }
    fold(out, "END:VEVENT");
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// How far from the start of an event, before it for a positive length. In exact units only: a day (`P1D`) would be a day of the
/// wall clock, which is not always 24 hours.
fn trigger(before: TimeDelta) -> String {
    let seconds = before.num_seconds();
    let sign = if seconds > 0 { "-" } else { "" };
    let length = seconds.unsigned_abs();
    match (length % 3600, length % 60) {
        (0, _) => format!("{sign}PT{}H", length / 3600),
        (_, 0) => format!("{sign}PT{}M", length / 60),
        _ => format!("{sign}PT{length}S"),
    }
}

/// A value of the type TEXT (RFC 5545, 3.3.11). Whatever ends a line somewhere becomes an escaped line break, every other control
/// character a space; characters that turn the direction of what follows are left out.
fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len() + 8);
    let plain = plain.replace("\r\n", "\n");
    for c in plain.chars().filter(|c| !turns_direction(*c)) {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            c if breaks_line(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// One line, folded at a boundary of characters: what goes on begins with a space, which counts.
fn fold(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LONGEST_LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        used += c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}
