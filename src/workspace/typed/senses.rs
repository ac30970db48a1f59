//! Which number is the day and which the hour: one way where there is but one, else all of them.

use super::numbers::{clock_of, day_of, days_of, dotted_clock, is_day};
use super::parse::{ClockTime, Day, LooseParts, Sense};
use super::{TypedError, WhyAsked};
use chrono::NaiveTime;

fn hour_of(value: u32) -> Option<ClockTime> {
    NaiveTime::from_hms_opt(value, 0, 0).map(|at| ClockTime { at, midnight: false })
}

/// Every way to read the pieces, and what has to be asked where there is more than one.
pub(super) fn senses(p: LooseParts) -> Result<(Vec<Sense>, Option<WhyAsked>), TypedError> {
    if p.month.is_some() || p.ordinal.is_some() {
        return with_month(p);
    }
    if let Some(year) = p.year {
        return Err(TypedError::YearOrTime(year));
    }
    let has_day = p.day.is_some() || p.weekday.is_some();
    let clock = match (p.loose.as_slice(), p.clock) {
        ([], clock) => clock,
        ([(_, value, text)], None) => Some(hour_of(*value).ok_or_else(|| TypedError::BadTime(text.clone()))?),
        ([(_, _, text), ..], Some(_)) | ([_, (_, _, text), ..], None) => return Err(TypedError::Surplus(text.clone())),
    };
    let weekday = p.weekday.map(|(day, which)| Day::Week(day, which));
    if let Some((first, second, text)) = p.dots {
        let days = days_of(&first, &second, true, &text).ok().filter(|_| p.day.is_none());
        let time = dotted_clock(&first, &second).filter(|_| clock.is_none());
        let of_day = |day: Day| Sense { day: Some(day), clock };
        return match (time, days) {
            (Some(time), Some(days)) if !has_day => {
                let time = Sense { day: None, clock: Some(time) };
                let all = std::iter::once(time).chain(days.into_iter().map(of_day)).collect();
                Ok((all, Some(WhyAsked::TimeOrDay(text))))
            }
            (Some(time), _) => {
                let days = p.day.map_or(vec![weekday], |(days, _)| days.into_iter().map(Some).collect());
                let all: Vec<Sense> = days.into_iter().map(|day| Sense { day, clock: Some(time) }).collect();
                Ok((all, Some(WhyAsked::DayOrMonth(text))))
            }
            (None, Some(days)) => Ok((days.into_iter().map(of_day).collect(), None)),
            (None, None) if p.day.is_some() && clock.is_some() => Err(TypedError::Surplus(text)),
            (None, None) if second.len() == 2 => Err(TypedError::BadTime(text)),
            (None, None) => Err(TypedError::BadDate(text)),
        };
    }
    match (p.day, weekday, clock) {
        (Some((days, text)), _, clock) => Ok((
            days.into_iter().map(|day| Sense { day: Some(day), clock }).collect(),
            Some(WhyAsked::DayOrMonth(text)),
        )),
        (None, Some(day), clock) => Ok((vec![Sense { day: Some(day), clock }], None)),
        (None, None, Some(_)) => Ok((vec![Sense { day: None, clock }], None)),
        (None, None, None) => Err(TypedError::Empty),
    }
}

/// With the name of a month, or a number that is said to be a day of one.
fn with_month(p: LooseParts) -> Result<(Vec<Sense>, Option<WhyAsked>), TypedError> {
    if let Some((_, text)) = p.day {
        return Err(TypedError::Surplus(text));
    }
    let dots = match (&p.dots, p.clock) {
        (Some((first, second, text)), None) => {
            Some(dotted_clock(first, second).ok_or_else(|| TypedError::BadTime(text.clone()))?)
        }
        (Some((_, _, text)), Some(_)) => return Err(TypedError::Surplus(text.clone())),
        (None, clock) => clock,
    };
    let day_in = |day: u32| match (p.month, p.year) {
        (Some((_, month)), Some(year)) => day_of(year, month, day).map(Day::Date),
        (Some((_, month)), None) => is_day(month, day).then_some(Day::OfYear { month, day }),
        (None, Some(_)) => None,
        (None, None) => Some(Day::OfMonth(day)),
    };
    // The rest has to be one hour, or nothing where the time is said.
    let clock_without = |skip: Option<usize>| -> Option<Option<ClockTime>> {
        let mut rest = p.loose.iter().filter(|l| Some(l.0) != skip);
        match (rest.next(), rest.next(), dots) {
            (None, _, clock) => Some(clock),
            (Some((_, value, _)), None, None) => hour_of(*value).map(Some),
            _ => None,
        }
    };
    let mut all: Vec<Sense> = Vec::new();
    if let Some(day) = p.ordinal {
        if let (Some(day), Some(clock)) = (day_in(day), clock_without(None)) {
            all.push(Sense { day: Some(day), clock });
        }
    } else if let Some((place, _)) = p.month {
        for (at, value, _) in p.loose.iter().filter(|l| l.0.abs_diff(place) == 1) {
            if let (Some(day), Some(clock)) = (day_in(*value), clock_without(Some(*at))) {
                all.push(Sense { day: Some(day), clock });
            }
        }
    }
    let texts: Vec<&str> = p.loose.iter().map(|l| l.2.as_str()).collect();
    match (all.as_slice(), texts.as_slice()) {
        ([], []) if p.ordinal.is_none() => Err(TypedError::NoDay),
        ([], _) => Err(nothing(&p, dots)),
        _ => Ok((all, Some(WhyAsked::DayOrHour(texts.join(" "))))),
    }
}

/// Why no way is left.
fn nothing(p: &LooseParts, clock: Option<ClockTime>) -> TypedError {
    let number = |l: Option<&(usize, u32, String)>| l.map_or(String::new(), |l| l.2.clone());
    match (p.loose.as_slice(), p.ordinal) {
        (loose, Some(_)) if loose.len() > usize::from(clock.is_none()) => TypedError::Surplus(number(loose.last())),
        ([one], Some(_)) => TypedError::BadTime(one.2.clone()),
        (_, Some(day)) => TypedError::BadDate(day.to_string()),
        // `27 nov 26 14:00`
        (loose, None) if p.year.is_none() && loose.len() == 2 + usize::from(clock.is_none()) => {
            TypedError::NoYear(number(loose.last()))
        }
        (loose, None) if loose.len() > 1 + usize::from(clock.is_none()) => TypedError::Surplus(number(loose.last())),
        ([one], None) => TypedError::BadDate(one.2.clone()),
        (loose, None) => match loose.iter().find(|l| l.1 > 31) {
            Some(bad) => TypedError::BadDate(bad.2.clone()),
            None => match loose.iter().rfind(|l| clock_of(&format!("{}:00", l.1), None).is_err()) {
                Some(bad) => TypedError::BadTime(bad.2.clone()),
                None => TypedError::BadDate(number(loose.first())),
            },
        },
    }
}
