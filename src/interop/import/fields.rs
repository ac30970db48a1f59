//! Single values as the tools print them: instants, periods, yes and no, local dates.

use super::Offset;
use super::node::Node;
use crate::domain::door::is_date;
use crate::domain::order::Order as _;
pub use crate::domain::values::{after_default, is_environment_id, is_guid, is_id, is_nil_guid};
use crate::json::decimal;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// What an instant field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instant {
    /// Absent, null, empty, or a [`Sentinel`].
    Nothing,
    At(DateTime<Utc>),
    /// A day without a time, or a time without a zone where the source does not write UTC: from the earliest instant that it can mean
    /// to the latest.
    Between(DateTime<Utc>, DateTime<Utc>),
    /// A real date before 2000 or after 9998: nothing of these services is from then.
    Outside,
    /// A date whose order of day and month or whose time zone nobody can know.
    Ambiguous,
    Unreadable,
}

/// What a time without a zone means. A day without a time is known in no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoneless {
    /// JSON of the services.
    Utc,
    /// It went through a table: nobody knows which zone wrote it.
    Anywhere,
    /// A local time, which the reader settles: [`Instant::Ambiguous`].
    Local,
}

/// The zones of the earth: how long before UTC a day begins in the first, and after UTC in the last.
const FIRST: TimeDelta = TimeDelta::hours(14);
const LAST: TimeDelta = TimeDelta::hours(12);
const DAY: TimeDelta = TimeDelta::days(1);

/// What tools and services print where a date is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentinel {
    /// The year 1 of .NET.
    YearOne,
    /// The beginning of 1970.
    Epoch,
    /// The year 9999.
    Forever,
}

/// The one place that knows which instants are no instants: `Ok` for a date that is set, `Err(None)` for one that is no date of these
/// services, see [`is_date`].
fn is_set(at: DateTime<Utc>) -> Result<DateTime<Utc>, Option<Sentinel>> {
    // A zone may have moved a sentinel to the day before or after.
    const DAY: i64 = 24 * 60 * 60;
    match at.year() {
        ..=1 => Err(Some(Sentinel::YearOne)),
        9999.. => Err(Some(Sentinel::Forever)),
        1969 | 1970 if at.timestamp().abs() <= DAY => Err(Some(Sentinel::Epoch)),
        _ if is_date(at) => Ok(at),
        _ => Err(None),
    }
}

/// Which sentinel a value is, if it is one.
pub fn sentinel(node: &Node<'_>) -> Option<Sentinel> {
    match raw(node, Zoneless::Utc) {
        Instant::At(at) => is_set(at).err().flatten(),
        _ => match node {
            Node::Map(_) => local_sentinel(node.first(&["value", "DateTime"]).text()?),
            _ => local_sentinel(node.text()?),
        },
    }
}

/// `01/01/0001 00:00:00`, `1/1/1970 12:00:00 AM`, `31.12.9999`: sentinels as a locale prints them.
fn local_sentinel(text: &str) -> Option<Sentinel> {
    let numbers: Vec<u32> =
        text.split_whitespace().next()?.split(['/', '.', '-']).map_while(|n| n.parse().ok()).collect();
    let [a, b, c] = numbers.as_slice() else { return None };
    match (*a, *b, *c) {
        (1, 1, 1) => Some(Sentinel::YearOne),
        (1970, 1, 1) | (1, 1, 1970) => Some(Sentinel::Epoch),
        (9999, ..) | (.., 9999) => Some(Sentinel::Forever),
        _ => None,
    }
}

/// Reads an instant, as [`raw`] does, and takes the sentinels out.
pub fn instant(node: &Node<'_>, zoneless: Zoneless) -> Instant {
    match raw(node, zoneless) {
        Instant::At(at) => match is_set(at) {
            Ok(at) => Instant::At(at),
            Err(Some(_)) => Instant::Nothing,
            Err(None) => Instant::Outside,
        },
        _ if sentinel(node).is_some() => Instant::Nothing,
        Instant::Between(from, to) if is_set(from).and(is_set(to)).is_err() => Instant::Outside,
        other => other,
    }
}

/// Reads an instant: RFC 3339 with up to nine digits of a second, the same without a zone, a day alone,
/// `/Date(1676448156179)/` of Windows PowerShell, and the object that it makes of a date.
fn raw(node: &Node<'_>, zoneless: Zoneless) -> Instant {
    match node {
        Node::Null | Node::Cut => Instant::Nothing,
        // The object that Windows PowerShell makes of a date holds a text, never another object.
        Node::Map(_) => match node.first(&["value", "DateTime"]) {
            inner @ Node::Text(_) => raw(inner, zoneless),
            _ => Instant::Unreadable,
        },
        Node::Number(n) if *n == 0.0 => Instant::Nothing,
        Node::Text(_) => node.text().map_or(Instant::Nothing, |t| instant_text(t, zoneless)),
        _ => Instant::Unreadable,
    }
}

fn instant_text(text: &str, zoneless: Zoneless) -> Instant {
    if let Some(at) = script_date(text) {
        return at.map_or(Instant::Unreadable, Instant::At);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Instant::At(at.with_timezone(&Utc));
    }
    // `2023-02-15 08:02:36Z`, `2023-02-15T08:02:36`, `2023-02-15`.
    let spaced = text.replacen(' ', "T", 1);
    if let Ok(at) = DateTime::parse_from_rfc3339(&spaced) {
        return Instant::At(at.with_timezone(&Utc));
    }
    let timed = NaiveDateTime::parse_from_str(&spaced, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(&spaced, "%Y-%m-%dT%H:%M"));
    let (at, lasts) = match (timed, NaiveDate::parse_from_str(text, "%Y-%m-%d")) {
        (Ok(at), _) => (at.and_utc(), TimeDelta::zero()),
        (_, Ok(day)) => (day.and_time(NaiveTime::MIN).and_utc(), DAY),
        _ if LocalDate::parse(text).is_some() => return Instant::Ambiguous,
        _ => return Instant::Unreadable,
    };
    match zoneless {
        Zoneless::Utc if lasts.is_zero() => Instant::At(at),
        Zoneless::Local => Instant::Ambiguous,
        _ => {
            let ends = at.checked_sub_signed(FIRST).zip(at.checked_add_signed(lasts + LAST));
            ends.map_or(Instant::Unreadable, |(from, to)| Instant::Between(from, to))
        }
    }
}

/// `/Date(1676448156179)/`, `/Date(1676448156179+0200)/`: milliseconds since 1970 in UTC; the offset is for show.
fn script_date(text: &str) -> Option<Option<DateTime<Utc>>> {
    let inner = text.trim_matches(['\\', '/']).strip_prefix("Date(")?.strip_suffix(')')?;
    let end = inner.char_indices().skip(1).find(|(_, c)| matches!(c, '+' | '-')).map_or(inner.len(), |(i, _)| i);
    Some(inner.get(..end).and_then(|ms| ms.parse::<i64>().ok()).and_then(DateTime::from_timestamp_millis))
}

/// Three numbers and a time of day as some Windows locale prints them, such as `07/12/2022 12:50:38` or
/// `2022-12-07 12:50:38`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalDate {
    first: u32,
    second: u32,
    year: i32,
    /// The year comes first, and then the month: there is only one reading.
    year_first: bool,
    time: NaiveTime,
    /// It has a time of day.
    pub timed: bool,
    /// It says AM or PM, as locales with the month first do.
    pub half_day: bool,
}

impl LocalDate {
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let date: Vec<&str> = words.next()?.split(['/', '.', '-']).collect();
        let [a, b, c] = date.as_slice() else { return None };
        let (a, b, c): (u32, u32, u32) = (a.parse().ok()?, b.parse().ok()?, c.trim_end_matches('.').parse().ok()?);
        let clock = words.next();
        let timed = clock.is_some();
        let clock = clock.unwrap_or("00:00:00");
        let half = words.next().map(str::to_ascii_lowercase);
        let mut clock_parts = clock.split(':').map(|p| p.parse::<u32>().ok());
        let (hour, minute) = (clock_parts.next()??, clock_parts.next()??);
        let second = clock_parts.next().unwrap_or(Some(0))?;
        let hour = match half.as_deref() {
            Some("pm" | "p.m.") if hour < 12 => hour + 12,
            Some("am" | "a.m.") if hour == 12 => 0,
            _ => hour,
        };
        let time = NaiveTime::from_hms_opt(hour, minute, second)?;
        let (year, first, second, year_first) = if a >= 1970 { (a, b, c, true) } else { (c, a, b, false) };
        if first > 31 || second > 31 || !(1970..=9999).contains(&year) {
            return None;
        }
        Some(Self { first, second, year: i32::try_from(year).ok()?, year_first, time, timed, half_day: half.is_some() })
    }

    /// Read with the day first (`day_first`) or the month first.
    pub fn local(&self, day_first: bool) -> Option<NaiveDateTime> {
        let (day, month) =
            if day_first && !self.year_first { (self.first, self.second) } else { (self.second, self.first) };
        NaiveDate::from_ymd_opt(self.year, month, day).map(|d| d.and_time(self.time))
    }
}

/// A local time as UTC, and whether it is in doubt: it happens twice (the earlier is taken) or not at all.
pub fn local_to_utc(local: NaiveDateTime, offset: Offset) -> Option<(DateTime<Utc>, bool)> {
    let minus = |minutes: i32| local.checked_sub_signed(TimeDelta::minutes(i64::from(minutes))).map(|at| at.and_utc());
    let around = [-1, 1].map(|day| local.and_utc().checked_add_signed(TimeDelta::days(day)).map_or(0, offset));
    let fits = around.iter().filter_map(|o| minus(*o).filter(|at| offset(*at) == *o));
    let mut fits: Vec<DateTime<Utc>> = fits.collect();
    fits.order();
    fits.dedup();
    match fits.as_slice() {
        [one] => Some((*one, false)),
        [earlier, ..] => Some((*earlier, true)),
        [] => around.first().and_then(|o| minus(*o)).map(|at| (at, true)),
    }
}

/// A period in whole days: `P7D`, `P4W`, `PT168H`, `P7DT0H0M0S`, `7.00:00:00`, `7`, `7,0`.
pub fn days(text: &str) -> Option<u32> {
    let text = text.trim();
    // `28 days`; `28,0`, as a spreadsheet writes a whole number.
    let text = text.strip_suffix("days").map_or(text, str::trim_end);
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    if let Ok(days) = whole.parse::<u32>() {
        return Some(days);
    }
    let upper = text.to_ascii_uppercase();
    match upper.strip_prefix('P') {
        Some(iso) => iso_days(iso),
        None => span_days(&upper),
    }
}

/// `7.00:00:00` of .NET: days, then a time that must be zero.
fn span_days(text: &str) -> Option<u32> {
    let (days, time) = text.split_once('.')?;
    let zero = !time.is_empty() && time.contains(':') && time.chars().all(|c| matches!(c, '0' | ':' | '.'));
    zero.then(|| days.parse().ok()).flatten()
}

fn iso_days(iso: &str) -> Option<u32> {
    let (date, time) = iso.split_once('T').unwrap_or((iso, ""));
    let mut hours = parts(date)?.into_iter().try_fold(0u32, |sum, (n, unit)| {
        let each = match unit {
            'W' => 24 * 7,
            'D' => 24,
            _ if n == 0 => 0,
            // Months and years are no number of days.
            _ => return None,
        };
        n.checked_mul(each).and_then(|h| sum.checked_add(h))
    })?;
    for (n, unit) in parts(time)? {
        match unit {
            'H' => hours = hours.checked_add(n)?,
            _ if n == 0 => {}
            _ => return None,
        }
    }
    (!iso.is_empty() && hours.is_multiple_of(24)).then_some(hours / 24)
}

/// `1W3D` as numbers with their letters.
fn parts(text: &str) -> Option<Vec<(u32, char)>> {
    let mut parts = Vec::new();
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            parts.push((digits.parse().ok()?, c));
            digits.clear();
        }
    }
    digits.is_empty().then_some(parts)
}

/// A number, also one with a comma for its point: `885,04`. One that can group thousands, such as `1,024`, is none.
pub fn number(node: &Node<'_>) -> Option<f64> {
    let comma = || {
        let (whole, part) = node.text()?.split_once(',')?;
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        let decimal = part.len() != 3 || whole.trim_start_matches(['-', '0']).is_empty();
        let fits = decimal && digits(whole.trim_start_matches('-')) && digits(part);
        fits.then(|| decimal::read(&format!("{whole}.{part}"))).flatten()
    };
    node.number().or_else(comma)
}

/// The words of yes and no in which Excel and the admin center write a table in other languages.
const YES: &[&str] = &[
    "true",
    "yes",
    "1",
    "wahr",
    "ja",
    "vrai",
    "oui",
    "verdadero",
    "sí",
    "si",
    "verdadeiro",
    "sim",
    "vero",
    "waar",
    "はい",
];
const NO: &[&str] = &["false", "no", "0", "falsch", "nein", "faux", "non", "falso", "não", "onwaar", "nee", "いいえ"];

/// `true`, `True`, `"true"`, `yes`, `1`, `WAHR`.
pub fn yes_no(node: &Node<'_>) -> Option<bool> {
    match node {
        Node::Bool(b) => Some(*b),
        Node::Number(n) if *n == 0.0 => Some(false),
        Node::Number(n) if *n == 1.0 => Some(true),
        Node::Text(_) => {
            let word = node.text()?.to_lowercase();
            let is = |words: &[&str]| words.contains(&word.as_str());
            (is(YES) || is(NO)).then(|| is(YES))
        }
        _ => None,
    }
}

/// `Enabled` and `Disabled` as yes and no.
pub fn enabled(node: &Node<'_>) -> Option<bool> {
    match node.text()?.to_ascii_lowercase().as_str() {
        "enabled" | "on" => Some(true),
        "disabled" | "off" => Some(false),
        _ => yes_no(node),
    }
}

/// The first text that is an id, the id of nothing being none.
pub fn id_of(node: &Node<'_>) -> Option<String> {
    node.text().filter(|t| is_id(t)).map(str::to_string)
}

/// Whether a text is an id that was cut to the width of a window, such as `0e7534f7-9fb6-...`.
pub fn is_cut_id(text: &str) -> bool {
    let text = after_default(text).unwrap_or(text);
    let Some(kept) = text.strip_suffix("...").or_else(|| text.strip_suffix('…')) else { return false };
    kept.len() >= 4
        && kept.chars().enumerate().all(|(i, c)| match i {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests;
