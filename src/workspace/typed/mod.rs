//! The one reader of times that somebody types: `14`, `yesterday 14:00`, `27 nov 2pm`, `3 h ago`, ISO, local or UTC. Nothing is
//! guessed: what can be read two ways is asked, with the readings to choose from.

mod away;
mod lex;
mod names;
mod numbers;
mod parse;
mod place;
mod said;
mod senses;
#[cfg(test)]
mod tests;

use crate::workspace::local_time::{Zone, relative, show_date, show_local, show_utc_beside, to_local};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc, Weekday};

/// Which of the times that a text may mean is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The latest that is not in the future; for what has happened. What is in the future is refused.
    Latest,
    /// The next one; for plans. What is past is refused.
    Next,
    /// The next one; but a day that is past, or `ago`, is read as it is said. For a clock that can be set back.
    Onward,
}

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    At {
        at: DateTime<Utc>,
        /// The text itself says the whole day: it means the same at any time it is read.
        fixed: bool,
    },
    Asked(Question),
}

/// What has to be answered before the text means one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub why: WhyAsked,
    /// At least two, or for a missing time of day at least one; earliest first.
    pub choices: Vec<Choice>,
}

/// Why a text means more than one instant. The text is the part that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyAsked {
    /// The clocks go back: the local time happens twice.
    Twice,
    /// The clocks go forward: the local time does not happen.
    Never,
    /// `02/03`
    DayOrMonth(String),
    /// `2.10`
    TimeOrDay(String),
    /// `10 nov 14`
    DayOrHour(String),
    /// `last friday`, where the latest Friday is of this week.
    WhichWeek(Weekday),
    /// `yesterday midnight`: where the day begins or where it ends.
    Midnight,
    /// `yesterday 14 utc`, where it is another day in UTC.
    WhichToday,
    /// A day without a time of day.
    NoTime(NaiveDate),
}

/// A way in which a text can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    At(DateTime<Utc>),
    /// A day, whose time is still to be typed.
    Day(NaiveDate),
}

impl Choice {
    /// What is to stand in the field once it is chosen. Of an hour that happens twice the text does not tell which.
    pub fn text(self, zone: &impl Zone) -> String {
        match self {
            Choice::At(at) => write_local(at, zone),
            Choice::Day(day) => day.format("%Y-%m-%d ").to_string(),
        }
    }
    /// As it is shown: both ways, or the day.
    pub fn show(self, zone: &impl Zone) -> String {
        match self {
            Choice::At(at) => crate::workspace::local_time::show_both(at, zone),
            Choice::Day(day) => show_date(day),
        }
    }
}

/// What is wrong with a typed time; the text is the part that is. What was typed stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedError {
    Empty,
    /// A month without a day.
    NoDay,
    /// A year of two digits.
    NoYear(String),
    BadDate(String),
    BadTime(String),
    Unknown(String),
    /// A second day, time or zone.
    Surplus(String),
    /// Four digits that may be a year or a time of day.
    YearOrTime(u32),
    /// `9:00-10:00`: an offset, or the end of a span.
    OffsetOrEnd(String),
    /// The name of a zone that has more than one offset.
    Zone(String),
    /// `3 h ago` beside another time.
    AwayAndTime,
    /// The day of the week is not that of the day.
    Weekday(String, NaiveDate),
    /// The two times of a text that was copied are not the same instant.
    Unequal(String),
    /// Before 2000 or after 2100.
    TooFar,
    Future(DateTime<Utc>),
    Past(DateTime<Utc>),
}

/// UTC as a zone, for what is typed in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InUtc;

impl Zone for InUtc {
    fn offset_minutes(&self, _: DateTime<Utc>) -> i32 {
        0
    }
}

/// Reads a time typed by the wall clock of `zone` at `now` (UTC). A zone in the text itself (`Z`, `UTC`, `+01:00`) counts over it.
pub fn read(text: &str, zone: &dyn Zone, now: DateTime<Utc>, direction: Direction) -> Result<Reading, TypedError> {
    // As this program shows an instant: `Tue 24 Nov 2026 07:05 (06:05 UTC)`.
    if let Some((first, second)) = text.trim().strip_suffix(')').and_then(|t| t.split_once('(')) {
        let pieces = lex::pieces(&lex::squeeze(second))?;
        let utc = pieces.iter().find(|p| p.kind == lex::Kind::Clock);
        if let (Some(utc), true) = (utc, pieces.last().is_some_and(|p| names::is_utc(&p.text))) {
            let clock = numbers::clock_of(&utc.text, None)?.at;
            let same = |at: &DateTime<Utc>| at.with_second(0).is_some_and(|at| at.time() == clock);
            return match read(first, zone, now, direction)? {
                Reading::At { at, fixed } if same(&at) => Ok(Reading::At { at, fixed }),
                Reading::Asked(Question { why: WhyAsked::Twice, choices }) => {
                    let mut hits = choices.iter().filter_map(|c| if let Choice::At(at) = c { Some(*at) } else { None });
                    hits.find(same)
                        .map(|at| Reading::At { at, fixed: true })
                        .ok_or_else(|| TypedError::Unequal(utc.text.clone()))
                }
                Reading::At { .. } => Err(TypedError::Unequal(utc.text.clone())),
                asked => Ok(asked),
            };
        }
    }
    let pieces = lex::pieces(&lex::squeeze(text))?;
    if pieces.is_empty() {
        return Err(TypedError::Empty);
    }
    place::place(&parse::parse(&pieces)?, zone, now, direction)
}

/// A way to read a text, as it is shown: an instant (UTC), or of a day alone what to go on typing with.
pub type ReadAs = (String, Result<DateTime<Utc>, String>);

/// Every way to read a text about what has happened, and what is asked, or why it cannot be read.
pub fn ways(text: &str, zone: &impl Zone, now: DateTime<Utc>) -> (Vec<ReadAs>, Option<String>) {
    let way = |choice: Choice| match choice {
        Choice::At(at) => (choice.show(zone), Ok(at)),
        Choice::Day(_) => (choice.show(zone), Err(choice.text(zone))),
    };
    match read(text, zone, now, Direction::Latest) {
        Ok(Reading::At { at, .. }) => (vec![way(Choice::At(at))], None),
        Ok(Reading::Asked(question)) => {
            let says = question.says();
            (question.choices.into_iter().map(way).collect(), Some(says))
        }
        Err(problem) => (Vec::new(), Some(problem.says(zone))),
    }
}

/// The UTC instant as text that [`read`] reads back in UTC; seconds only where there are any.
pub fn write_utc(at: DateTime<Utc>) -> String {
    write(at.naive_utc())
}

/// The instant in local time of `zone`, as text that [`read`] reads back (but for the hour that happens twice).
pub fn write_local(at: DateTime<Utc>, zone: &impl Zone) -> String {
    write(to_local(at, zone))
}

fn write(at: NaiveDateTime) -> String {
    let pattern = if at.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    at.format(pattern).to_string()
}

/// What was understood, in pieces for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBack {
    /// Such as `Tue 24 Nov 2026 07:05`.
    pub local: String,
    /// Such as `06:05 UTC`, with the day where it is another one.
    pub utc: String,
    /// Such as `3 days ago`.
    pub away: String,
}

pub fn read_back(at: DateTime<Utc>, zone: &impl Zone, now: DateTime<Utc>) -> ReadBack {
    ReadBack { local: show_local(at, zone), utc: show_utc_beside(at, zone), away: relative(at, now) }
}
