//! Strings for the rooms that still write their own sentences, until their words are moved here. A text has pieces for all of these.

use super::time::{day_text, instant_text};
use super::{Say, Span, basics, capital, exact};
use crate::domain::environment::{Environment, FactKey};
use chrono::{DateTime, TimeDelta, Utc};

/// A restore point, UTC: see [`exact`].
pub fn instant(at: DateTime<Utc>) -> String {
    exact(at).to_string()
}

/// When something ends or happened, UTC, cut to the minute: never later than it is.
pub fn ends(at: DateTime<Utc>) -> String {
    instant_text(at)
}

/// The day of an instant, UTC: `2 Jan 2026`.
pub fn day(at: DateTime<Utc>) -> String {
    day_text(at)
}

/// A name in quotation marks: see [`basics::name`].
pub fn quoted(env: &Environment) -> String {
    format!("“{}”", basics::name(env))
}

/// A span of time in round words: see [`Span`].
pub fn span(length: TimeDelta) -> String {
    Span(length).says().to_string()
}

/// A fact as a clause: what is not known, or what is asked.
pub fn fact(fact: FactKey) -> &'static str {
    super::facts::of(fact).clause
}

/// Makes a clause a sentence: a capital first, a period last.
pub fn sentence(clause: &str) -> String {
    let clause = clause.trim();
    let mut out = capital(clause);
    if !out.is_empty() && !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

/// Joins clauses into sentences, leaving empty ones out.
pub fn sentences<'a>(clauses: impl IntoIterator<Item = &'a str>) -> String {
    clauses.into_iter().map(sentence).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}
