//! The few ways in which checks and plans put names, instants and spans of time into sentences.

use super::super::environment::{Environment, FactKey};
use super::super::retention::Window;
use super::super::words::{day_text, from_text, instant_text};
use chrono::{DateTime, TimeDelta, Timelike, Utc};

/// The longest a name is shown in a sentence, in characters; the rest is cut, so that no import can blow up a sentence.
const SHOWN_NAME: usize = 80;

/// A restore point for sentences, UTC, as [`instant_text`] writes it, but with the seconds where there are any, because a point is
/// exact. What ends is written with [`ends`], and what begins with [`from_text`]: to the minute, on the safe side.
pub fn instant(at: DateTime<Utc>) -> String {
    match at.second() {
        0 => instant_text(at),
        s => format!("{} {:02}:{:02}:{s:02} UTC", day_text(at), at.hour(), at.minute()),
    }
}

/// When something ends or happened, UTC, cut to the minute: never later than it is.
pub fn ends(at: DateTime<Utc>) -> String {
    instant_text(at)
}

/// The day of an instant, UTC: `2 Jan 2026`.
pub fn day(at: DateTime<Utc>) -> String {
    day_text(at)
}

/// An instant moved back; the earliest possible one where that cannot be told.
pub fn earlier(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// An instant moved on; the latest possible one where that cannot be told.
pub fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// A name in quotation marks, on one line, shortened; the id where the name is empty.
pub fn quoted(env: &Environment) -> String {
    let name = if env.name.trim().is_empty() { env.id.as_str() } else { &env.name };
    format!("“{}”", one_line(name, SHOWN_NAME))
}

/// A text on one line: every control character and line separator becomes a space, characters that turn the direction of
/// what follows are left out, the ends are trimmed, and what is longer than `most` characters is cut with an ellipsis.
pub fn one_line(text: &str, most: usize) -> String {
    let flat: String =
        text.chars().filter(|c| !turns_direction(*c)).map(|c| if breaks_line(c) { ' ' } else { c }).collect();
    let flat = flat.trim();
    if flat.chars().count() <= most {
        return flat.to_string();
    }
    let mut cut: String = flat.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// Whether a character is a control character or ends a line somewhere.
pub fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character overrides or isolates the direction of the text after it, so that what is read is not what is there.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character has no picture of its own, such as a zero-width space.
pub fn is_invisible(c: char) -> bool {
    turns_direction(c)
        || matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2065}' | '\u{FEFF}')
}

/// A span of time in round words: `3 days`, `5 hours`, `20 minutes`. Negative spans count as nothing.
pub fn span(length: TimeDelta) -> String {
    let counted = |n: i64, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    let minutes = length.num_minutes().max(0);
    if minutes < 60 {
        counted(minutes, "minute")
    } else if minutes < 48 * 60 {
        counted(minutes / 60, "hour")
    } else {
        counted(minutes / (24 * 60), "day")
    }
}

/// Where an environment can be restored from and to, as one clause.
pub fn bounds(window: &Window) -> String {
    let until = ends(window.until);
    let inside = |at: DateTime<Utc>| window.possible_from.is_some_and(|from| at >= from);
    let gaps: String = window
        .gaps
        .iter()
        .filter(|gap| inside(gap.from))
        .map(|gap| match gap.before < window.until {
            true => format!(", but not from {} to {}", from_text(gap.from), from_text(gap.before)),
            false => format!(", but not from {} on", from_text(gap.from)),
        })
        .collect();
    let bounds = match (window.guaranteed_from, window.possible_from) {
        (Some(sure), Some(maybe)) if maybe < sure => {
            format!("sure from {} to {until}, and possible, but not sure, from {}", from_text(sure), from_text(maybe))
        }
        (Some(sure), _) => format!("sure from {} to {until}", from_text(sure)),
        (None, Some(maybe)) => format!("possible, but nowhere sure, from {} to {until}", from_text(maybe)),
        (None, None) => "nothing".to_string(),
    };
    bounds + &gaps
}

/// A fact as a clause: what is not known, or what is asked.
pub fn fact(fact: FactKey) -> &'static str {
    match fact {
        FactKey::Kind => "its kind",
        FactKey::Region => "its region",
        FactKey::Dataverse => "whether it has Dataverse",
        FactKey::Dynamics => "whether it has Dynamics 365 apps",
        FactKey::Managed => "whether it is managed",
        FactKey::Key => "its encryption key",
        FactKey::Policies => "its enterprise policies",
        FactKey::RetentionSetting => "its retention setting",
        FactKey::Created => "when it was created",
        FactKey::Deleted => "when it was deleted",
    }
}

/// Makes a clause a sentence: a capital first, a period last.
pub fn sentence(clause: &str) -> String {
    let clause = clause.trim();
    let mut chars = clause.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut out: String = first.to_uppercase().collect();
    out.push_str(chars.as_str());
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

/// Joins clauses into sentences, leaving empty ones out.
pub fn sentences<'a>(clauses: impl IntoIterator<Item = &'a str>) -> String {
    clauses.into_iter().map(sentence).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}
