//! Reckoning with instants (UTC).

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use serde::de::value::StrDeserializer;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The first instant (UTC) that is a date at all: earlier ones mean "not set".
pub const EARLIEST: DateTime<Utc> = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day.and_time(NaiveTime::MIN).and_utc(),
    None => DateTime::UNIX_EPOCH,
};

/// Whether an instant (UTC) is a date, and no word for "not set" or "never".
pub fn is_date(at: DateTime<Utc>) -> bool {
    (2000..=9998).contains(&at.year())
}

/// An instant moved back; the earliest possible one where that cannot be told.
pub fn earlier(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// An instant moved on; the latest possible one where that cannot be told.
pub fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The whole minute in which `at` lies: never later than `at`, so right for a deadline.
pub fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}

/// The last instant that may be meant by `now`: a clock that runs a little ahead is no reason to doubt.
pub fn latest(now: DateTime<Utc>) -> DateTime<Utc> {
    later(now, TimeDelta::minutes(10))
}

/// `at` as an instant of the past; `None` where it has not come yet, which no clock explains.
pub fn past(at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (at <= latest(now)).then(|| at.min(now))
}

/// Reads an instant as chrono does. A large workspace holds a hundred thousand, nearly all of them as it writes them, and chrono, which
/// reads many other forms too, takes a fifth of the time to open it.
///
/// # Errors
/// Those of chrono.
pub fn read<'de, D: Deserializer<'de>>(reader: D) -> Result<DateTime<Utc>, D::Error> {
    struct Instant;

    impl Visitor<'_> for Instant {
        type Value = DateTime<Utc>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an RFC 3339 formatted date and time string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            as_written(text).map_or_else(|| DateTime::deserialize(StrDeserializer::new(text)), Ok)
        }
    }

    reader.deserialize_str(Instant)
}

/// The same, of what may be missing.
///
/// # Errors
/// Those of chrono.
pub fn read_if<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    #[derive(Deserialize)]
    struct Written(#[serde(deserialize_with = "read")] DateTime<Utc>);

    Ok(Option::<Written>::deserialize(reader)?.map(|Written(at)| at))
}

/// `2026-01-31T09:15:20Z`, with up to nine digits behind the seconds; `None`: it is written in another way.
fn as_written(text: &str) -> Option<DateTime<Utc>> {
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |n, digit| digit.is_ascii_digit().then(|| n * 10 + u32::from(digit - b'0')))
    };
    let text = text.strip_suffix('Z')?;
    let (whole, nanos) = match text.split_once('.') {
        None => (text, 0),
        Some((whole, behind)) => {
            let missing = 9_usize.checked_sub(behind.len()).filter(|missing| *missing < 9)?;
            (whole, number(behind.as_bytes())? * 10_u32.pow(u32::try_from(missing).ok()?))
        }
    };
    let whole: [u8; 19] = whole.as_bytes().try_into().ok()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2] = whole else {
        return None;
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)?;
    let at = day.and_hms_nano_opt(number(&[h1, h2])?, number(&[i1, i2])?, number(&[s1, s2])?, nanos)?;
    Some(at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is read of a text, and that chrono reads the same.
    #[track_caller]
    fn check(text: &str, ours: bool) {
        let chrono = DateTime::<Utc>::deserialize(StrDeserializer::<serde::de::value::Error>::new(text));
        let read = read(StrDeserializer::<serde::de::value::Error>::new(text));
        assert_eq!(read.map_err(|e| e.to_string()), chrono.map_err(|e| e.to_string()), "{text}");
        assert_eq!(as_written(text).is_some(), ours, "{text}");
    }

    #[test]
    fn instants_are_read_as_chrono_reads_them() {
        let ours = [
            "2026-01-31T09:15:20Z",
            "2026-01-31T09:15:20.5Z",
            "0001-01-01T00:00:00.123456789Z",
            "9999-12-31T23:59:59Z",
        ];
        ours.iter().for_each(|text| check(text, true));
        let others = [
            "2026-01-31T09:15:20+00:00",
            "2026-01-31t09:15:20z",
            "2026-01-31 09:15:20Z",
            "2026-01-31T09:15:60Z",
            "2026-02-30T09:15:20Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T09:15:20.Z",
            "2026-01-31T09:15:20.1234567890Z",
            "+12026-01-31T09:15:20Z",
            "",
            "Z",
            "2026-01-31T09:15Z",
            "2026-1-31T09:15:20Z",
            "２026-01-31T09:15:20Z",
            "2026-01-31T09:15:2xZ",
            "2026-01-31T09:15:20.5xZ",
        ];
        others.iter().for_each(|text| check(text, false));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(seconds in -62_135_596_800_i64..253_402_300_800, nanos in 0_u32..1_000_000_000) {
            let at = DateTime::<Utc>::from_timestamp(seconds, nanos).unwrap();
            let text = serde_json::to_string(&at).unwrap();
            prop_assert_eq!(as_written(text.trim_matches('"')), Some(at));
        }
    }
}
