//! Times that are said as a length of time from now.

use super::lex::{Kind, TypedPiece};
use super::names::{Unit, number_of, unit_of};
use super::numbers::hundreds;
use super::parse::{Span, word_at};

/// `3 h ago`, `1 h 30 min from now`, `in 2 days`, and where it ends.
pub(super) fn away(pieces: &[&TypedPiece], start: usize) -> Option<(Span, usize)> {
    let ahead = word_at(pieces, start) == "in";
    let mut i = if ahead { start + 1 } else { start };
    let mut span = Span::default();
    let begin = i;
    loop {
        let (hundredths, after) = quantity(pieces, i);
        let Some((hundredths, unit)) = hundredths.zip(unit_of(word_at(pieces, after))) else { break };
        let whole = |factor: i64| (hundredths % 100 == 0).then(|| hundredths / 100 * factor);
        match unit {
            Unit::Minutes => span.minutes += whole(1)?,
            Unit::Hours => span.minutes += hundredths * 60 / 100,
            Unit::Days => span.days += whole(1)?,
            Unit::Weeks => span.days += whole(7)?,
        }
        i = after + 1;
    }
    if i == begin {
        return None;
    }
    let back = Span { days: -span.days, minutes: -span.minutes };
    match (word_at(pieces, i), word_at(pieces, i + 1)) {
        ("ago", _) if !ahead => Some((back, i + 1)),
        ("from", "now") => Some((span, i + 2)),
        _ if ahead => Some((span, i)),
        _ => None,
    }
}

/// A number before a unit, in hundredths, and where it ends.
fn quantity(pieces: &[&TypedPiece], i: usize) -> (Option<i64>, usize) {
    let Some(piece) = pieces.get(i) else { return (None, i) };
    match &piece.kind {
        Kind::Number(n) => (Some(i64::from(*n) * 100), i + 1),
        Kind::Pair { first, joint: '.', second, closed: false } => (hundreds(first, second), i + 1),
        Kind::Word if piece.text == "half" => {
            let article = matches!(word_at(pieces, i + 1), "a" | "an");
            (Some(50), if article { i + 2 } else { i + 1 })
        }
        Kind::Word => (number_of(&piece.text).map(|n| i64::from(n) * 100), i + 1),
        _ => (None, i),
    }
}
