//! What is said of a time that cannot be read, or not in one way only.

use super::{Question, TypedError, WhyAsked};
use crate::workspace::local_time::{Zone, show_both, show_date};

const EXAMPLE: &str = "type it like yesterday 14:00 or 2026-11-15 14:05";

impl TypedError {
    /// What, where and what to do now; lower-case start, no final period.
    pub fn says(&self, zone: &impl Zone) -> String {
        match self {
            TypedError::Empty => format!("no date and time is typed; {EXAMPLE}"),
            TypedError::NoDay => "the day of the month is missing; type it like 27 nov 14:00".to_string(),
            TypedError::NoYear(part) => {
                format!("the year in “{part}” is not clear; type all four digits of it, such as 2026-11-15")
            }
            TypedError::BadDate(part) => format!("“{part}” is not a day of the calendar; {EXAMPLE}"),
            TypedError::BadTime(part) => format!("“{part}” is not a time of day; type it like 14:05 or 2pm"),
            TypedError::Unknown(part) => {
                format!("“{part}” cannot be read as a part of a time; type the time alone: 2:00, yesterday 14:00 or 2026-11-15 14:05")
            }
            TypedError::Surplus(part) => format!("“{part}” is one too many; type one day and one time of day"),
            TypedError::YearOrTime(number) => {
                let (hour, minute) = (number / 100, number % 100);
                format!(
                    "“{number}” can be a year or a time of day; type the time like {hour}:{minute:02}, or the whole day"
                )
            }
            TypedError::OffsetOrEnd(part) => {
                format!("“{part}” can be an offset or the end of a span; type one time, and an offset like UTC{part}")
            }
            TypedError::Zone(part) => {
                format!("“{part}” can mean more than one offset; type the offset, such as +01:00, or UTC")
            }
            TypedError::AwayAndTime => {
                "a time that is said as so long ago or from now stands alone; only days take a time of day, such as 3 days ago 14:00"
                    .to_string()
            }
            TypedError::Weekday(word, day) => {
                format!("“{word}” is not the day of the week of {}; correct one of them", show_date(*day))
            }
            TypedError::Unequal(part) => {
                format!("“{part}” UTC is not the same time as the local one before it; type one of them")
            }
            TypedError::TooFar => "only the years 2000 to 2100 can be meant; type a nearer time".to_string(),
            TypedError::Future(at) => format!("{} lies in the future; type an earlier time", show_both(*at, zone)),
            TypedError::Past(at) => format!("{} is past; type a later time", show_both(*at, zone)),
        }
    }
}

impl Question {
    /// What is asked, and what to do; lower-case start, no final period.
    pub fn says(&self) -> String {
        self.why.says()
    }
}

impl WhyAsked {
    /// Why it is asked, up to a semicolon and what to do; lower-case start, no final period.
    pub fn says(&self) -> String {
        match self {
            WhyAsked::Twice => {
                "that local time happens twice, because the clocks go back; choose which one you mean".to_string()
            }
            WhyAsked::Never => {
                "that local time does not exist, because the clocks go forward; choose which time you mean".to_string()
            }
            WhyAsked::DayOrMonth(part) => {
                format!("“{part}” can be read two ways, day first or month first; choose which you mean")
            }
            WhyAsked::TimeOrDay(part) => format!("“{part}” can be a time of day or a day; choose which you mean"),
            WhyAsked::DayOrHour(part) => {
                format!("which of “{part}” is the day and which the hour can be read two ways; choose which you mean")
            }
            WhyAsked::WhichWeek(day) => format!("the {day} of this week or of another can be meant; choose which"),
            WhyAsked::Midnight => {
                "midnight can be where that day begins or where it ends; choose which you mean".to_string()
            }
            WhyAsked::WhichToday => "in that zone it is another day than here; choose which you mean".to_string(),
            WhyAsked::NoTime(day) => {
                format!("the time of day is missing on {}; add it, or choose one", show_date(*day))
            }
        }
    }
}
