//! A text in pieces: what is written, names, code, instants. Whoever shows it decides how each is shown (local time beside UTC, names
//! in place of roles, code in a fixed width), and nobody reads a text to learn what it means.

use crate::domain::said::Role;
use crate::domain::text::Rounding;
pub use crate::domain::text::{Piece, Text, When};
use std::fmt;

/// The names of a pair, in place of its roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    source: Piece,
    target: Piece,
    itself: Option<Piece>,
}

/// What has words.
pub trait Say {
    /// Adds them to a text.
    fn say(&self, text: &mut Text);

    /// A text of their own.
    fn says(&self) -> Text {
        let mut text = Text::default();
        self.say(&mut text);
        text
    }
}

/// A text of parts that have words, one after the other.
///
/// ```
/// use restore_desk::domain::said::Role;
/// use restore_desk::text;
/// assert_eq!(text!(Role::Source, " has no Dataverse").to_string(), "the source has no Dataverse");
/// ```
#[macro_export]
macro_rules! text {
    ($($part:expr),* $(,)?) => {{
        #[allow(unused_mut)] // where there are no parts
        let mut text = $crate::words::Text::default();
        $($crate::words::Say::say(&$part, &mut text);)*
        text
    }};
}

impl Text {
    /// Adds what is written, to the piece before where that is written too.
    pub fn plain(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Plain(before)) => before.push_str(text),
            _ => self.0.push(Piece::Plain(text.to_string())),
        }
    }

    pub fn push(&mut self, piece: Piece) {
        match piece {
            Piece::Plain(text) => self.plain(&text),
            piece => self.0.push(piece),
        }
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Everything in it that is written.
    pub fn strings(&mut self) -> impl Iterator<Item = &mut String> {
        self.0.iter_mut().filter_map(|piece| match piece {
            Piece::Plain(text) | Piece::Name(text) | Piece::Bare(text) | Piece::Code(text) => Some(text),
            Piece::Role(_) | Piece::Itself | Piece::Instant(_) => None,
        })
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// With names in place of the roles.
    #[must_use]
    pub fn named(self, names: &Names) -> Text {
        let mut out = Text::default();
        for piece in self.0 {
            out.push(match (piece, &names.itself) {
                (Piece::Role(Role::Source), _) => names.source.clone(),
                (Piece::Role(Role::Target), _) => names.target.clone(),
                (Piece::Itself, Some(name)) => name.clone(),
                (piece, _) => piece,
            });
        }
        out
    }

    /// A sentence: a capital letter, unless it begins with a name or with code, and a full stop, unless it ends with one.
    #[must_use]
    pub fn sentence(self) -> Text {
        self.capital().full_stop()
    }

    /// A capital letter, unless it begins with a name or with code.
    #[must_use]
    pub fn capital(mut self) -> Text {
        match self.0.first_mut() {
            Some(Piece::Plain(first)) => *first = capital(first.trim_start()),
            Some(role @ (Piece::Role(_) | Piece::Itself)) => *role = Piece::Plain(capital(&role.to_string())),
            _ => {}
        }
        self
    }

    /// A full stop at the end, unless there is one; the first letter stays.
    #[must_use]
    pub fn full_stop(mut self) -> Text {
        let ended = match self.0.last_mut() {
            None => true,
            Some(Piece::Plain(last)) => {
                last.truncate(last.trim_end().len());
                last.ends_with(['.', '?', '!'])
            }
            Some(_) => false,
        };
        if !ended {
            self.plain(".");
        }
        self
    }
}

/// With a capital letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect()
}

/// Makes a note that is no text in pieces a sentence: a capital first, a period last.
pub fn sentence(clause: &str) -> String {
    let clause = clause.trim();
    let mut out = capital(clause);
    if !out.is_empty() && !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

impl Names {
    /// In quotation marks. A pair of one environment keeps "the environment".
    pub fn quoted(source: &str, target: &str) -> Self {
        Self { source: Piece::Name(source.to_string()), target: Piece::Name(target.to_string()), itself: None }
    }

    /// Without marks; where both are one, "the environment" is named too.
    pub fn bare(source: &str, target: &str, same: bool) -> Self {
        let bare = |name: &str| Piece::Bare(name.to_string());
        Self { source: bare(source), target: bare(target), itself: same.then(|| bare(source)) }
    }
}

/// The text in one line of plain English, instants in UTC.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| piece.fmt(f))
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Piece::Plain(text) | Piece::Bare(text) => f.write_str(text),
            Piece::Role(Role::Source) => f.write_str("the source"),
            Piece::Role(Role::Target) => f.write_str("the target"),
            Piece::Itself => f.write_str("the environment"),
            Piece::Name(name) => write!(f, "“{name}”"),
            Piece::Code(code) => write!(f, "`{code}`"),
            Piece::Instant(when) => when.fmt(f),
        }
    }
}

impl Say for str {
    fn say(&self, text: &mut Text) {
        text.plain(self);
    }
}

impl Say for String {
    fn say(&self, text: &mut Text) {
        text.plain(self);
    }
}

impl Say for Text {
    fn say(&self, text: &mut Text) {
        self.0.iter().for_each(|piece| text.push(piece.clone()));
    }
}

impl Say for Piece {
    fn say(&self, text: &mut Text) {
        text.push(self.clone());
    }
}

impl Say for Role {
    fn say(&self, text: &mut Text) {
        text.push(Piece::Role(*self));
    }
}

impl Say for When {
    fn say(&self, text: &mut Text) {
        text.push(Piece::Instant(*self));
    }
}

impl<T: Say + ?Sized> Say for &T {
    fn say(&self, text: &mut Text) {
        (**self).say(text);
    }
}

/// Nothing where there is nothing.
impl<T: Say> Say for Option<T> {
    fn say(&self, text: &mut Text) {
        if let Some(it) = self {
            it.say(text);
        }
    }
}

/// Code, letter by letter.
pub fn code(text: impl Into<String>) -> Piece {
    Piece::Code(text.into())
}

/// An instant as it is, with seconds where it has any: a restore point is exact. UTC.
pub fn exact(at: chrono::DateTime<chrono::Utc>) -> When {
    When { at, rounding: Rounding::Exact }
}

/// When something ends or happened, UTC, cut to the minute: never later than it is.
pub fn ends(at: chrono::DateTime<chrono::Utc>) -> When {
    When { at, rounding: Rounding::Down }
}

/// When something happened, UTC, cut to the minute, in digits: for tables of facts.
pub fn digits(at: chrono::DateTime<chrono::Utc>) -> When {
    When { at, rounding: Rounding::Digits }
}

/// When something begins that is promised, UTC, to the next whole minute: never earlier than it is.
pub fn begins(at: chrono::DateTime<chrono::Utc>) -> When {
    When { at, rounding: Rounding::Up }
}

/// The day of an instant, UTC.
pub fn day(at: chrono::DateTime<chrono::Utc>) -> When {
    When { at, rounding: Rounding::Day }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};

    fn of_pair() -> Text {
        text!(Role::Source, " is Production, ", Role::Target, " is Sandbox: allowed")
    }

    #[test]
    fn roles_are_named_and_names_keep_their_letters() {
        assert_eq!(of_pair().to_string(), "the source is Production, the target is Sandbox: allowed");
        let bare = Names::bare("dev", "the source", false);
        assert_eq!(of_pair().named(&bare).sentence().to_string(), "dev is Production, the source is Sandbox: allowed.");
        let quoted = Names::quoted("dev", "UAT");
        assert_eq!(of_pair().named(&quoted).to_string(), "“dev” is Production, “UAT” is Sandbox: allowed");
        let itself = text!(Piece::Itself, " has Dataverse");
        assert_eq!(itself.clone().named(&bare).to_string(), "the environment has Dataverse");
        assert_eq!(itself.named(&Names::bare("dev", "dev", true)).to_string(), "dev has Dataverse");
    }

    #[test]
    fn sentences() {
        let check = |text: Text, expect: &str| assert_eq!(text.sentence().to_string(), expect);
        check(of_pair(), "The source is Production, the target is Sandbox: allowed.");
        check(text!("both are in ", "Europe"), "Both are in Europe.");
        check(text!(), "");
        check(text!("done. "), "Done.");
        check(text!(code("x"), " is it?"), "`x` is it?");
        check(text!("the key is ", code("a.")), "The key is `a.`.");
    }

    #[test]
    fn instants_say_how_they_are_rounded() {
        let at = Utc.with_ymd_and_hms(2026, 1, 2, 9, 5, 30).unwrap();
        let text = text!(begins(at), "; ", ends(at), "; ", exact(at), "; ", day(at));
        assert_eq!(text.to_string(), "2 Jan 2026 09:06 UTC; 2 Jan 2026 09:05 UTC; 2 Jan 2026 09:05:30 UTC; 2 Jan 2026");
        assert_eq!(text.pieces().len(), 7);
    }
}
