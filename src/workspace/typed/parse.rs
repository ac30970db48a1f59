//! What the pieces of a typed text say, before it is placed on the calendar: every way in which they can be read.

use super::away::away;
use super::lex::{Kind, TypedPiece};
use super::names::{is_noise, is_utc, is_zone, month_of, weekday_of};
use super::numbers::{clock_of, dates_of, days_of};
use super::{TypedError, WhyAsked};
use chrono::{NaiveDate, NaiveTime, Weekday};

/// Which of the days of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// The latest or the next, whichever is sought.
    Any,
    Last,
    This,
    Next,
}

/// A day as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Date(NaiveDate),
    /// Without a year.
    OfYear {
        month: u32,
        day: u32,
    },
    /// Without a month.
    OfMonth(u32),
    /// Days from today.
    Shift(i64),
    Week(Weekday, Which),
}

/// A time of day as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClockTime {
    pub at: NaiveTime,
    /// `midnight` may be where a day begins or where it ends.
    pub midnight: bool,
}

/// One way to read the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    pub day: Option<Day>,
    pub clock: Option<ClockTime>,
}

/// A length of time from now, negative in the past: days by the wall clock, minutes as they pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub days: i64,
    pub minutes: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// From now on, or ago.
    Away(Span),
    /// More than one where it is not clear.
    Senses(Vec<Sense>, Option<WhyAsked>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parsed {
    pub what: Meaning,
    /// Minutes east of UTC that the text itself states.
    pub offset: Option<i64>,
    /// The day of the week that must be that of the date, with its word.
    pub weekday: Option<(Weekday, String)>,
}

/// A number that may be a day or an hour.
#[derive(Clone, Debug)]
struct Loose {
    place: usize,
    value: u32,
    text: String,
}

/// What was found so far.
#[derive(Default)]
struct FoundParts {
    offset: Option<i64>,
    /// `-05:00` alone may be the end of a span of time.
    minus: Option<String>,
    says_utc: bool,
    clock: Option<ClockTime>,
    day: Option<(Vec<Day>, String)>,
    month: Option<(usize, u32)>,
    year: Option<u32>,
    /// `27th`, `27.`
    ordinal: Option<u32>,
    loose: Vec<Loose>,
    /// `2.10`
    dots: Option<(String, String, String)>,
    weekday: Option<(Weekday, Which, String)>,
    span: Option<Span>,
}

pub(super) fn parse(pieces: &[TypedPiece]) -> Result<Parsed, TypedError> {
    let pieces: Vec<&TypedPiece> = pieces.iter().filter(|p| p.kind != Kind::Word || !is_noise(&p.text)).collect();
    let mut found = FoundParts::default();
    let mut i = 0;
    while let Some(piece) = pieces.get(i) {
        if let Some((span, next)) = away(&pieces, i) {
            if found.span.replace(span).is_some() {
                return Err(TypedError::Surplus(piece.text.clone()));
            }
            i = next;
            continue;
        }
        i = match &piece.kind {
            Kind::Word => word(&pieces, i, &mut found)?,
            _ => number(&pieces, i, &mut found)?,
        };
    }
    found.finish()
}

pub(super) fn word_at<'a>(pieces: &[&'a TypedPiece], i: usize) -> &'a str {
    pieces.get(i).filter(|p| p.kind == Kind::Word).map_or("", |p| p.text.as_str())
}

/// Takes in the word at `i`; the place after what was taken.
fn word(pieces: &[&TypedPiece], i: usize, found: &mut FoundParts) -> Result<usize, TypedError> {
    let text = word_at(pieces, i);
    let unknown = || Err(TypedError::Unknown(text.to_string()));
    let next = word_at(pieces, i + 1);
    let clock =
        |hour: u32, midnight: bool| ClockTime { at: NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default(), midnight };
    match text {
        "day" if matches!(next, "before" | "after") => {
            let days = match (next, word_at(pieces, i + 2)) {
                ("before", "yesterday") => -2,
                ("after", "tomorrow") => 2,
                _ => return unknown(),
            };
            found.day(vec![Day::Shift(days)], &format!("{text} {next}"))?;
            return Ok(i + 3);
        }
        "today" => found.day(vec![Day::Shift(0)], text)?,
        "yesterday" => found.day(vec![Day::Shift(-1)], text)?,
        "tomorrow" => found.day(vec![Day::Shift(1)], text)?,
        "now" => {
            if found.span.replace(Span::default()).is_some() {
                return Err(TypedError::Surplus(text.to_string()));
            }
        }
        "noon" | "midday" | "midnight" => {
            // `12 noon` says it twice.
            found.loose.retain(|l| l.value != 12 || l.place + 1 != i);
            found.clock(if text == "midnight" { clock(0, true) } else { clock(12, false) }, text)?;
        }
        "t" => {}
        "at" => {
            if !matches!(pieces.get(i + 1).map(|p| &p.kind), Some(Kind::Number(_) | Kind::Pair { .. } | Kind::Clock))
                && !matches!(next, "noon" | "midday" | "midnight")
            {
                return unknown();
            }
        }
        _ => return name(pieces, i, found),
    }
    Ok(i + 1)
}

/// Takes in the name of a day, a month or a zone at `i`; the place after what was taken.
fn name(pieces: &[&TypedPiece], i: usize, found: &mut FoundParts) -> Result<usize, TypedError> {
    let text = word_at(pieces, i);
    let which = match text {
        "this" => Some(Which::This),
        "next" => Some(Which::Next),
        "last" | "past" => Some(Which::Last),
        _ => None,
    };
    if let Some(which) = which {
        let next = word_at(pieces, i + 1);
        let day = weekday_of(next).ok_or_else(|| TypedError::Unknown(text.to_string()))?;
        found.week(day, which, &format!("{text} {next}"))?;
        return Ok(i + 2);
    }
    if is_utc(text) {
        found.says_utc = true;
        let stated = if let Some(Kind::Offset(m)) = pieces.get(i + 1).map(|p| &p.kind) { Some(*m) } else { None };
        found.offset(stated.unwrap_or(0), text)?;
        return Ok(if stated.is_some() { i + 2 } else { i + 1 });
    }
    match (weekday_of(text), month_of(text)) {
        (Some(day), _) => found.week(day, Which::Any, text)?,
        (_, Some(month)) => {
            if found.month.replace((i, month)).is_some() {
                return Err(TypedError::Surplus(text.to_string()));
            }
        }
        _ if is_zone(text) => return Err(TypedError::Zone(text.to_string())),
        _ => return Err(TypedError::Unknown(text.to_string())),
    }
    Ok(i + 1)
}

/// What the words around a number say of it.
struct NumberMark {
    /// What `am` or `pm` says.
    half: Option<bool>,
    /// It is a time of day.
    time: bool,
    /// The place after the number, and after a word that only says that.
    end: usize,
}

fn mark(pieces: &[&TypedPiece], i: usize) -> NumberMark {
    let after = word_at(pieces, i + 1);
    let half = match after {
        "am" | "a.m" | "a" => Some(false),
        "pm" | "p.m" | "p" => Some(true),
        _ => None,
    };
    let hours = half.is_some() || matches!(after, "h" | "hrs" | "hours");
    let at = i.checked_sub(1).is_some_and(|before| word_at(pieces, before) == "at");
    NumberMark { half, time: hours || is_utc(after) || at, end: if hours { i + 2 } else { i + 1 } }
}

/// Takes in the piece with digits at `i`, with the words that belong to it; the place after what was taken.
fn number(pieces: &[&TypedPiece], i: usize, found: &mut FoundParts) -> Result<usize, TypedError> {
    let Some(piece) = pieces.get(i) else { return Ok(i + 1) };
    let text = piece.text.as_str();
    let mark = mark(pieces, i);
    match &piece.kind {
        Kind::Clock => {
            found.clock(clock_of(text, mark.half)?, text)?;
            return Ok(mark.end);
        }
        Kind::Offset(minutes) => {
            if *minutes < 0 {
                found.minus = Some(text.to_string());
            }
            found.offset(*minutes, text)?;
        }
        Kind::Three { dotted } => {
            let dates = dates_of(text, *dotted)?;
            found.day(dates.into_iter().map(Day::Date).collect(), text)?;
        }
        Kind::Day(day) => found.ordinal(*day, text)?,
        Kind::Number(value) => return digits(pieces, i, *value, &mark, found),
        Kind::Pair { first, joint: '.', second, closed: false } => {
            if mark.time {
                found.clock(said(&format!("{first}:{second}"), mark.half, text)?, text)?;
                return Ok(mark.end);
            }
            if found.dots.replace((first.clone(), second.clone(), text.to_string())).is_some() {
                return Err(TypedError::Surplus(text.to_string()));
            }
        }
        Kind::Pair { first, joint, second, .. } => found.day(days_of(first, second, *joint == '.', text)?, text)?,
        Kind::Word | Kind::Comma => {}
    }
    Ok(i + 1)
}

/// A time of day in other digits than it was typed in.
fn said(clock: &str, half: Option<bool>, text: &str) -> Result<ClockTime, TypedError> {
    clock_of(clock, half).map_err(|_| TypedError::BadTime(text.to_string()))
}

/// Takes in the digits at `i`; the place after what was taken.
fn digits(
    pieces: &[&TypedPiece],
    i: usize,
    value: u32,
    mark: &NumberMark,
    found: &mut FoundParts,
) -> Result<usize, TypedError> {
    let Some(piece) = pieces.get(i) else { return Ok(i + 1) };
    let text = piece.text.as_str();
    let after = pieces.get(i + 1).filter(|p| p.glued).map_or("", |p| p.text.as_str());
    match text.len() {
        _ if matches!(after, "st" | "nd" | "rd" | "th") => {
            found.ordinal(value, text)?;
            return Ok(i + 2);
        }
        1 | 2 if mark.time => {
            // `14h30`
            let minute = pieces.get(i + 2).filter(|p| after == "h" && p.glued && p.text.len() == 2);
            let minute = minute.and_then(|p| if let Kind::Number(n) = p.kind { Some(n) } else { None });
            found.clock(said(&format!("{text}:{:02}", minute.unwrap_or(0)), mark.half, text)?, text)?;
            return Ok(if minute.is_some() { i + 3 } else { mark.end });
        }
        1 | 2 => found.loose.push(Loose { place: i, value, text: text.to_string() }),
        4 if !mark.time && (2000..=2100).contains(&value) => {
            if found.year.replace(value).is_some() {
                return Err(TypedError::Surplus(text.to_string()));
            }
        }
        4 => {
            found.clock(said(&format!("{:02}:{:02}", value / 100, value % 100), mark.half, text)?, text)?;
            return Ok(mark.end);
        }
        8 => {
            let spaced = format!("{}-{}-{}", value / 10_000, value / 100 % 100, value % 100);
            let dates = dates_of(&spaced, false).map_err(|_| TypedError::BadDate(text.to_string()))?;
            found.day(dates.into_iter().map(Day::Date).collect(), text)?;
        }
        _ => return Err(TypedError::Unknown(text.to_string())),
    }
    Ok(i + 1)
}

impl FoundParts {
    fn day(&mut self, days: Vec<Day>, text: &str) -> Result<(), TypedError> {
        match self.day.replace((days, text.to_string())) {
            None => Ok(()),
            Some(_) => Err(TypedError::Surplus(text.to_string())),
        }
    }
    fn clock(&mut self, clock: ClockTime, text: &str) -> Result<(), TypedError> {
        match self.clock.replace(clock) {
            None => Ok(()),
            Some(_) => Err(TypedError::Surplus(text.to_string())),
        }
    }
    fn offset(&mut self, minutes: i64, text: &str) -> Result<(), TypedError> {
        match self.offset.replace(minutes) {
            None => Ok(()),
            Some(_) => Err(TypedError::Surplus(text.to_string())),
        }
    }
    fn ordinal(&mut self, day: u32, text: &str) -> Result<(), TypedError> {
        match self.ordinal.replace(day) {
            _ if !(1..=31).contains(&day) => Err(TypedError::BadDate(text.to_string())),
            None => Ok(()),
            Some(_) => Err(TypedError::Surplus(text.to_string())),
        }
    }
    fn week(&mut self, day: Weekday, which: Which, text: &str) -> Result<(), TypedError> {
        match self.weekday.replace((day, which, text.to_string())) {
            None => Ok(()),
            Some(_) => Err(TypedError::Surplus(text.to_string())),
        }
    }

    fn finish(mut self) -> Result<Parsed, TypedError> {
        let full = matches!(self.day.as_ref().map(|d| d.0.as_slice()), Some([Day::Date(_), ..])) || self.year.is_some();
        if let Some(minus) = self.minus.clone().filter(|_| !full && !self.says_utc) {
            return Err(TypedError::OffsetOrEnd(minus));
        }
        let offset = self.offset;
        if let Some(span) = self.span {
            let lone = self.day.is_none() && self.month.is_none() && self.weekday.is_none() && self.dots.is_none();
            let timed = self.clock.is_some() || !self.loose.is_empty();
            if let (Span { days, minutes: 0 }, true, true) = (span, lone, timed && span.days != 0) {
                // `3 days ago 14`
                self.day = Some((vec![Day::Shift(days)], String::new()));
            } else if lone && !timed && self.ordinal.is_none() && self.year.is_none() {
                return Ok(Parsed { what: Meaning::Away(span), offset, weekday: None });
            } else {
                return Err(TypedError::AwayAndTime);
            }
        }
        let (senses, why) = super::senses::senses(LooseParts {
            clock: self.clock,
            day: self.day,
            month: self.month,
            year: self.year,
            ordinal: self.ordinal,
            loose: self.loose.into_iter().map(|l| (l.place, l.value, l.text)).collect(),
            dots: self.dots,
            weekday: self.weekday.as_ref().map(|(day, which, _)| (*day, *which)),
        })?;
        // A day of the week beside a date must be that of the date.
        let is_week = |s: &Sense| matches!(s.day, Some(Day::Week(..)));
        let weekday = match self.weekday {
            Some((_, which, text)) if which != Which::Any && !senses.iter().all(is_week) => {
                return Err(TypedError::Surplus(text));
            }
            Some((day, _, text)) if !senses.iter().any(is_week) => Some((day, text)),
            _ => None,
        };
        Ok(Parsed { what: Meaning::Senses(senses, why), offset, weekday })
    }
}

/// What is left to be told apart: which number is a day and which an hour.
pub(super) struct LooseParts {
    pub clock: Option<ClockTime>,
    pub day: Option<(Vec<Day>, String)>,
    /// Where it stands, and which.
    pub month: Option<(usize, u32)>,
    pub year: Option<u32>,
    pub ordinal: Option<u32>,
    /// Where each stands, the number, and as typed.
    pub loose: Vec<(usize, u32, String)>,
    pub dots: Option<(String, String, String)>,
    pub weekday: Option<(Weekday, Which)>,
}
