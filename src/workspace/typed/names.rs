//! The words of a typed time: months, days of the week, units, zones.

use chrono::Weekday;

/// English and German month names, from three letters on.
pub(super) fn month_of(word: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["january", "januar"],
        &["february", "februar"],
        &["march", "märz", "maerz"],
        &["april"],
        &["may", "mai"],
        &["june", "juni"],
        &["july", "juli"],
        &["august"],
        &["september"],
        &["october", "oktober"],
        &["november"],
        &["december", "dezember"],
    ];
    if word.chars().count() < 3 {
        return None;
    }
    let index = NAMES.iter().position(|names| names.iter().any(|name| name.starts_with(word)))?;
    u32::try_from(index + 1).ok()
}

/// English names of the days of the week, from three letters on.
pub(super) fn weekday_of(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    let found = DAYS.into_iter().find(|(name, _)| word.len() >= 3 && name.starts_with(word));
    found.map(|(_, day)| day)
}

/// A unit of a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
}

pub(super) fn unit_of(word: &str) -> Option<Unit> {
    Some(match word {
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minutes,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hours,
        "d" | "day" | "days" => Unit::Days,
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Weeks,
        _ => return None,
    })
}

/// A number in words, as far as people write them.
pub(super) fn number_of(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let index = WORDS.iter().position(|w| *w == word)?;
    u32::try_from(index + 1).ok()
}

pub(super) fn is_utc(word: &str) -> bool {
    matches!(word, "z" | "utc" | "gmt" | "zulu")
}

/// Names of zones that mean more than one offset, or one in summer and one in winter.
pub(super) fn is_zone(word: &str) -> bool {
    const ZONES: [&str; 30] = [
        "cet", "cest", "mez", "mesz", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "bst", "ist", "jst",
        "kst", "aest", "aedt", "nzst", "nzdt", "wet", "west", "eet", "eest", "msk", "sgt", "hkt", "et", "ct", "pt",
    ];
    ZONES.contains(&word)
}

/// Words that say nothing.
pub(super) fn is_noise(word: &str) -> bool {
    matches!(word, "the" | "of" | "on" | "o'clock" | "oclock" | "uhr")
}
