//! Single values as the tools print them: instants, periods, yes and no, local dates.

use super::Offset;
use super::node::Node;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// What an instant field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instant {
    /// Absent, null, empty, or the year 1 that .NET prints for "never".
    Nothing,
    At(DateTime<Utc>),
    /// A date whose order of day and month or whose time zone nobody can know.
    Ambiguous,
    Unreadable,
}

/// Reads an instant: RFC 3339 with up to nine digits of a second, the same without a zone where `utc` says that the source
/// writes UTC, `/Date(1676448156179)/` of Windows PowerShell, and the object that it makes of a date.
pub fn instant(node: &Node<'_>, zoneless_is_utc: bool) -> Instant {
    match node {
        Node::Null | Node::Cut => Instant::Nothing,
        Node::Map(_) => match node.first(&["value", "DateTime"]) {
            Node::Null => Instant::Unreadable,
            inner => instant(inner, zoneless_is_utc),
        },
        Node::Text(_) => node.text().map_or(Instant::Nothing, |t| instant_text(t, zoneless_is_utc)),
        _ => Instant::Unreadable,
    }
}

pub fn instant_text(text: &str, zoneless_is_utc: bool) -> Instant {
    if text.starts_with("0001-01-01") {
        return Instant::Nothing;
    }
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
    let naive = NaiveDateTime::parse_from_str(&spaced, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(&spaced, "%Y-%m-%dT%H:%M"))
        .or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|d| d.and_time(NaiveTime::MIN)));
    match naive {
        Ok(at) if zoneless_is_utc => Instant::At(at.and_utc()),
        Ok(_) => Instant::Ambiguous,
        Err(_) if LocalDate::parse(text).is_some() => Instant::Ambiguous,
        Err(_) => Instant::Unreadable,
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
    /// It says AM or PM, as locales with the month first do.
    pub half_day: bool,
}

impl LocalDate {
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let date: Vec<&str> = words.next()?.split(['/', '.', '-']).collect();
        let [a, b, c] = date.as_slice() else { return None };
        let (a, b, c): (u32, u32, u32) = (a.parse().ok()?, b.parse().ok()?, c.trim_end_matches('.').parse().ok()?);
        let clock = words.next().unwrap_or("00:00:00");
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
        Some(Self { first, second, year: i32::try_from(year).ok()?, year_first, time, half_day: half.is_some() })
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
    fits.sort();
    fits.dedup();
    match fits.as_slice() {
        [one] => Some((*one, false)),
        [earlier, ..] => Some((*earlier, true)),
        [] => around.first().and_then(|o| minus(*o)).map(|at| (at, true)),
    }
}

/// A period in whole days: `P7D`, `P4W`, `PT168H`, `P7DT0H0M0S`, `7.00:00:00`, `7`.
pub fn days(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Ok(days) = text.parse::<u32>() {
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

/// `true`, `True`, `"true"`, `yes`, `1`.
pub fn yes_no(node: &Node<'_>) -> Option<bool> {
    match node {
        Node::Bool(b) => Some(*b),
        Node::Number(n) if *n == 0.0 => Some(false),
        Node::Number(n) if *n == 1.0 => Some(true),
        Node::Text(_) => match node.text()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
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

/// Whether a text is the id of an environment: a GUID, or `Default-` and a GUID. Compared without case.
pub fn is_environment_id(text: &str) -> bool {
    let rest = match text.get(..8) {
        Some(prefix) if prefix.eq_ignore_ascii_case("default-") => text.get(8..).unwrap_or_default(),
        _ => text,
    };
    is_guid(rest)
}

pub fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.chars().enumerate().all(|(i, c)| match i {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_hexdigit(),
        })
}

/// The id of nothing, `00000000-0000-0000-0000-000000000000`.
pub fn is_nil_guid(text: &str) -> bool {
    is_guid(text) && text.chars().all(|c| matches!(c, '0' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[track_caller]
    fn check_days(text: &str, expect: Option<u32>) {
        assert_eq!(days(text), expect, "{text}");
    }

    #[test]
    fn periods() {
        check_days("P7D", Some(7));
        check_days("p28d", Some(28));
        check_days("P4W", Some(28));
        check_days("PT168H", Some(7));
        check_days("P7DT0H0M0S", Some(7));
        check_days("P0Y0M14D", Some(14));
        check_days("7.00:00:00", Some(7));
        check_days("28.00:00:00.0000000", Some(28));
        check_days("14", Some(14));
        check_days("P1M", None);
        check_days("PT12H", None);
        check_days("7.12:00:00", None);
        check_days("P", None);
        check_days("", None);
        check_days("seven", None);
        check_days("P99999999999D", None);
        check_days("P7", None);
    }

    #[track_caller]
    fn check_instant(text: &str, expect: Instant) {
        assert_eq!(instant(&Node::Text(Cow::Borrowed(text)), true), expect, "{text}");
    }
    fn at(text: &str) -> Instant {
        Instant::At(DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc))
    }

    #[test]
    fn instants() {
        check_instant("2023-02-15T08:02:36.1799125Z", at("2023-02-15T08:02:36.1799125Z"));
        check_instant("2025-11-30T08:52:06.3330393+00:00", at("2025-11-30T08:52:06.3330393Z"));
        check_instant("2023-02-15T10:02:36+02:00", at("2023-02-15T08:02:36Z"));
        check_instant("2023-02-15 08:02:36Z", at("2023-02-15T08:02:36Z"));
        check_instant("2023-02-15T08:02:36", at("2023-02-15T08:02:36Z"));
        check_instant("2023-02-15", at("2023-02-15T00:00:00Z"));
        check_instant("/Date(1676448156179)/", at("2023-02-15T08:02:36.179Z"));
        check_instant("/Date(1676448156179+0200)/", at("2023-02-15T08:02:36.179Z"));
        check_instant("0001-01-01T00:00:00", Instant::Nothing);
        check_instant("", Instant::Nothing);
        check_instant("10/03/2023 08:12:55", Instant::Ambiguous);
        check_instant("yesterday", Instant::Unreadable);
        check_instant("2023-02-30T00:00:00Z", Instant::Unreadable);
        check_instant("/Date(99999999999999999999)/", Instant::Unreadable);
    }

    #[test]
    fn zoneless_is_ambiguous_where_the_source_does_not_write_utc() {
        assert_eq!(instant(&Node::Text(Cow::Borrowed("2023-02-15T08:02:36")), false), Instant::Ambiguous);
    }

    /// An hour east of UTC, two from 30 March to 26 October 2025, as in Berlin.
    fn berlin(at: DateTime<Utc>) -> i32 {
        let summer = 1_743_296_400..1_761_440_400;
        if summer.contains(&at.timestamp()) { 120 } else { 60 }
    }

    #[track_caller]
    fn check_local(text: &str, expect: &str, doubt: bool) {
        let local = LocalDate::parse(text).unwrap().local(true).unwrap();
        let (at, doubtful) = local_to_utc(local, berlin).unwrap();
        assert_eq!((at.to_rfc3339().as_str(), doubtful), (expect, doubt), "{text}");
    }

    #[test]
    fn local_times_across_a_change_of_clocks() {
        check_local("25/10/2025 12:00:00", "2025-10-25T10:00:00+00:00", false);
        check_local("27/10/2025 12:00:00", "2025-10-27T11:00:00+00:00", false);
        check_local("2025-10-27 12:00", "2025-10-27T11:00:00+00:00", false);
        check_local("26.10.2025 02:30:00", "2025-10-26T00:30:00+00:00", true);
        check_local("30/03/2025 02:30:00", "2025-03-30T01:30:00+00:00", true);
        check_local("07/12/2025 12:50:38 AM", "2025-12-06T23:50:38+00:00", false);
        check_local("07/12/2025 1:05 PM", "2025-12-07T12:05:00+00:00", false);
    }

    #[test]
    fn no_local_date() {
        for text in ["", "12:50", "1/2", "32/32/2025", "a/b/c", "1/2/25", "2025-11-18T07:00:00Z", "1/2/2025 25:00"] {
            assert_eq!(LocalDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn ids() {
        assert!(is_environment_id("Default-e1dd4023-a656-480a-8a0e-c1b1eec51e1d"));
        assert!(is_environment_id("E1DD4023-a656-480a-8a0e-c1b1eec51e1d"));
        assert!(!is_environment_id("Contoso Sales"));
        assert!(!is_environment_id("Default-"));
        assert!(!is_environment_id("éééééééé-a656"));
    }
}
