//! Places what a text says on the calendar: which day, which year, and which of the instants of a local time.

use super::parse::{ClockTime, Day, Meaning, Parsed, Sense, Span, Which};
use super::{Choice, Direction, Question, Reading, TypedError, WhyAsked};
use crate::domain::order::Order as _;
use crate::workspace::local_time::{Resolved, Zone, resolve, to_local};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Timelike, Utc, Weekday};

/// Where and when the text is read.
#[derive(Clone, Copy)]
struct Frame<'a> {
    zone: &'a dyn Zone,
    /// Minutes east of UTC that the text itself states.
    offset: Option<i64>,
    now: DateTime<Utc>,
    direction: Direction,
}

/// What a way of reading comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    One(DateTime<Utc>),
    Twice(DateTime<Utc>, DateTime<Utc>),
    Never(DateTime<Utc>, DateTime<Utc>),
    /// The time of day is missing.
    Day(NaiveDate),
}

impl Spot {
    fn instants(self) -> Vec<DateTime<Utc>> {
        match self {
            Spot::One(at) => vec![at],
            Spot::Twice(a, b) | Spot::Never(a, b) => vec![a, b],
            Spot::Day(_) => Vec::new(),
        }
    }
}

pub(super) fn place(
    parsed: &Parsed,
    zone: &dyn Zone,
    now: DateTime<Utc>,
    direction: Direction,
) -> Result<Reading, TypedError> {
    let frame = Frame { zone, offset: parsed.offset, now, direction };
    let (senses, mut why) = match &parsed.what {
        Meaning::Away(span) => return frame.choose(vec![frame.away(*span)?], false, None),
        Meaning::Senses(senses, why) => (senses, why.clone()),
    };
    let mut spots: Vec<Spot> = Vec::new();
    // Where the date can be read two ways, the day of the week beside it tells which.
    let mut other_day = None;
    for sense in senses {
        let own = frame.spots(*sense)?;
        if let (Some((weekday, word)), Some(day)) = (&parsed.weekday, own.first().and_then(|s| frame.day(*s)))
            && day.weekday() != *weekday
        {
            other_day = Some(TypedError::Weekday(word.clone(), day));
            continue;
        }
        // Of one sense more than one day: why is in the sense.
        if own.len() > 1 && senses.len() == 1 {
            why = frame.why(*sense);
        }
        spots.extend(own);
    }
    if let (true, Some(error)) = (spots.is_empty(), other_day) {
        return Err(error);
    }
    let mut once: Vec<Spot> = Vec::new();
    for spot in spots {
        if !once.contains(&spot) {
            once.push(spot);
        }
    }
    let fixed = senses.iter().all(|s| matches!(s.day, Some(Day::Date(_))));
    frame.choose(once, fixed, why)
}

impl Frame<'_> {
    /// The wall clock of the text at an instant.
    fn wall(self, at: DateTime<Utc>) -> NaiveDateTime {
        let stated = self.offset.and_then(|o| at.naive_utc().checked_add_signed(Duration::minutes(o)));
        stated.unwrap_or_else(|| to_local(at, self.zone))
    }

    fn today_at(self, at: DateTime<Utc>) -> NaiveDate {
        self.wall(at).date()
    }

    /// Today: by the clock of the text, and by that of the zone where it is another day.
    fn todays(self) -> Vec<NaiveDate> {
        let (own, here) = (self.today_at(self.now), to_local(self.now, self.zone).date());
        if own == here { vec![own] } else { vec![own, here] }
    }

    /// The day of a spot by the clock of the text. Of a time that does not exist both instants are of one day.
    fn day(self, spot: Spot) -> Option<NaiveDate> {
        match spot {
            Spot::Day(day) => Some(day),
            Spot::One(at) | Spot::Twice(at, _) | Spot::Never(at, _) => Some(self.today_at(at)),
        }
    }

    /// The instants of a wall-clock time; of those of which only one is on the right side of now, that one.
    fn settle(self, day: NaiveDate, time: NaiveTime) -> Spot {
        let local = day.and_time(time);
        if let Some(offset) = self.offset {
            return Spot::One(local.and_utc() - Duration::minutes(offset));
        }
        match (resolve(local, self.zone), self.direction) {
            (Resolved::One(at), _) => Spot::One(at),
            (Resolved::Never(a, b), _) => Spot::Never(a, b),
            (Resolved::Twice(a, b), Direction::Latest) if a <= self.now && self.now < b => Spot::One(a),
            (Resolved::Twice(a, b), Direction::Next) if a <= self.now && self.now < b => Spot::One(b),
            (Resolved::Twice(a, b), _) => Spot::Twice(a, b),
        }
    }

    /// Whether an instant is on the side of now that is sought.
    fn fits(self, at: DateTime<Utc>) -> bool {
        match self.direction {
            Direction::Latest => at <= self.now,
            Direction::Next | Direction::Onward => at > self.now,
        }
    }

    /// The first of the days, going away from now, whose time is on the side that is sought. `days` are in order of time.
    fn first(self, mut days: Vec<NaiveDate>, clock: Option<ClockTime>) -> Option<Spot> {
        if self.direction == Direction::Latest {
            days.reverse();
        }
        let today = self.today_at(self.now);
        days.into_iter().find_map(|day| match clock {
            Some(clock) => {
                let spot = self.settle(day, clock.at);
                spot.instants().into_iter().any(|at| self.fits(at)).then_some(spot)
            }
            None => {
                let fits = if self.direction == Direction::Latest { day <= today } else { day >= today };
                fits.then_some(Spot::Day(day))
            }
        })
    }

    fn spots(self, sense: Sense) -> Result<Vec<Spot>, TypedError> {
        let today = self.today_at(self.now);
        let near = |from: i64, to: i64| -> Vec<NaiveDate> { (from..=to).filter_map(|n| shift(today, n)).collect() };
        let floating = match sense.day {
            None => Some(near(-3, 3)),
            Some(Day::Week(weekday, Which::Any)) => {
                Some(near(-15, 15).into_iter().filter(|d| d.weekday() == weekday).collect())
            }
            Some(Day::OfYear { month, day }) => {
                // A leap day is eight years away at most.
                let years = today.year() - 9..=today.year() + 9;
                Some(years.filter_map(|y| NaiveDate::from_ymd_opt(y, month, day)).collect())
            }
            Some(Day::OfMonth(day)) => Some(near(-100, 100).into_iter().filter(|d| d.day() == day).collect::<Vec<_>>()),
            Some(Day::Date(_) | Day::Shift(_) | Day::Week(..)) => None,
        };
        if let Some(days) = floating {
            let spot = self.first(days, sense.clock).ok_or(TypedError::TooFar)?;
            return Ok(match (sense.clock, sense.day, self.day(spot)) {
                // Where the day ends is the next midnight.
                (Some(clock), Some(_), Some(day)) if clock.midnight => self.midnights(day),
                _ => vec![spot],
            });
        }
        let days: Vec<NaiveDate> = match sense.day {
            Some(Day::Date(day)) => vec![day],
            Some(Day::Shift(n)) => self.todays().into_iter().filter_map(|t| shift(t, n)).collect(),
            Some(Day::Week(weekday, which)) => {
                self.todays().into_iter().flat_map(|t| of_week(t, weekday, which)).collect()
            }
            _ => Vec::new(),
        };
        if days.is_empty() {
            return Err(TypedError::TooFar);
        }
        Ok(days
            .into_iter()
            .flat_map(|day| match sense.clock {
                Some(clock) if clock.midnight => self.midnights(day),
                Some(clock) => vec![self.settle(day, clock.at)],
                None => vec![Spot::Day(day)],
            })
            .collect())
    }

    fn midnights(self, day: NaiveDate) -> Vec<Spot> {
        [Some(day), day.succ_opt()].into_iter().flatten().map(|d| self.settle(d, NaiveTime::MIN)).collect()
    }

    /// Why one sense is more than one instant.
    fn why(self, sense: Sense) -> Option<WhyAsked> {
        match (sense.day, sense.clock) {
            (_, Some(clock)) if clock.midnight => Some(WhyAsked::Midnight),
            _ if self.todays().len() > 1 => Some(WhyAsked::WhichToday),
            (Some(Day::Week(day, _)), _) => Some(WhyAsked::WhichWeek(day)),
            _ => None,
        }
    }

    /// Days by the wall clock, then minutes as they pass, cut to the whole minute.
    fn away(self, span: Span) -> Result<Spot, TypedError> {
        let minutes = |at: DateTime<Utc>| {
            let at = at.checked_add_signed(Duration::try_minutes(span.minutes)?)?;
            whole_minute(at, self.direction != Direction::Latest && span != Span::default())
        };
        let spot = if span.days == 0 {
            Spot::One(self.now)
        } else {
            let local = to_local(self.now, self.zone);
            let day = shift(local.date(), span.days).ok_or(TypedError::TooFar)?;
            // A zone in the text is no matter where no time is said.
            Frame { offset: None, ..self }.settle(day, local.time())
        };
        let all = |a: DateTime<Utc>, b: DateTime<Utc>| Some((minutes(a)?, minutes(b)?));
        match spot {
            Spot::Twice(a, b) => all(a, b).map(|(a, b)| Spot::Twice(a, b)),
            Spot::Never(a, b) => all(a, b).map(|(a, b)| Spot::Never(a, b)),
            Spot::One(at) => minutes(at).map(Spot::One),
            Spot::Day(_) => None,
        }
        .ok_or(TypedError::TooFar)
    }

    /// One instant, a question, or why not.
    fn choose(self, spots: Vec<Spot>, fixed: bool, why: Option<WhyAsked>) -> Result<Reading, TypedError> {
        let year = |at: &DateTime<Utc>| (2000..=2100).contains(&at.year());
        if spots.iter().flat_map(|s| s.instants()).any(|at| !year(&at)) {
            return Err(TypedError::TooFar);
        }
        let instants: Vec<DateTime<Utc>> = spots.iter().flat_map(|s| s.instants()).collect();
        let wrong = |at: &DateTime<Utc>| !self.right(*at);
        if let (Some(first), true) = (instants.first(), instants.iter().all(wrong))
            && !spots.iter().any(|s| matches!(s, Spot::Day(_)))
        {
            return Err(if self.direction == Direction::Latest {
                TypedError::Future(*first)
            } else {
                TypedError::Past(*first)
            });
        }
        match spots.as_slice() {
            [] => Err(TypedError::Empty),
            [Spot::One(at)] => Ok(Reading::At { at: *at, fixed }),
            [Spot::Twice(a, b)] => asked(WhyAsked::Twice, vec![Choice::At(*a), Choice::At(*b)]),
            [Spot::Never(a, b)] => asked(WhyAsked::Never, vec![Choice::At(*a), Choice::At(*b)]),
            [Spot::Day(day)] => self.times_of(*day),
            _ => {
                let of = |spot: &Spot| match spot {
                    Spot::Day(day) => vec![Choice::Day(*day)],
                    other => other.instants().into_iter().map(Choice::At).collect(),
                };
                asked(why.unwrap_or(WhyAsked::WhichToday), spots.iter().flat_map(of).collect())
            }
        }
    }

    /// Whether an instant may be meant at all.
    fn right(self, at: DateTime<Utc>) -> bool {
        self.direction == Direction::Onward || at == self.now || self.fits(at)
    }

    /// Times of a day to choose from: where it begins, noon, and the present time of day.
    fn times_of(self, day: NaiveDate) -> Result<Reading, TypedError> {
        let now = self.wall(self.now).time().with_second(0).map_or(NaiveTime::MIN, |t| t.trunc_subsecs(0));
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let all = [NaiveTime::MIN, noon, now].map(|time| self.settle(day, time));
        let instants = all.into_iter().flat_map(Spot::instants).filter(|at| self.right(*at));
        let choices: Vec<Choice> = instants.map(Choice::At).collect();
        if let (true, Some(at)) = (choices.is_empty(), all.iter().find_map(|s| s.instants().first().copied())) {
            return Err(if self.direction == Direction::Latest {
                TypedError::Future(at)
            } else {
                TypedError::Past(at)
            });
        }
        asked(WhyAsked::NoTime(day), choices)
    }
}

fn asked(why: WhyAsked, mut choices: Vec<Choice>) -> Result<Reading, TypedError> {
    choices.order();
    choices.dedup();
    Ok(Reading::Asked(Question { why, choices }))
}

/// Days later; none that nobody means, so that what is reckoned from it stays on the calendar.
fn shift(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    day.checked_add_signed(Duration::try_days(by)?).filter(|d| (1990..=2110).contains(&d.year()))
}

/// The latest such day before today and that of last week, the next one and that of next week: often the same. Weeks begin on
/// Monday.
fn of_week(today: NaiveDate, weekday: Weekday, which: Which) -> Vec<NaiveDate> {
    let (this, own) = (i64::from(today.weekday().num_days_from_monday()), i64::from(weekday.num_days_from_monday()));
    let in_week = own - this;
    let days = match which {
        Which::This | Which::Any => [in_week, in_week],
        Which::Last => [in_week - 7, if in_week < 0 { in_week } else { in_week - 7 }],
        Which::Next => [if in_week > 0 { in_week } else { in_week + 7 }, in_week + 7],
    };
    let mut days: Vec<NaiveDate> = days.into_iter().filter_map(|n| shift(today, n)).collect();
    days.dedup();
    days
}

fn whole_minute(at: DateTime<Utc>, up: bool) -> Option<DateTime<Utc>> {
    let cut = at.with_second(0)?.trunc_subsecs(0);
    if up && cut < at { cut.checked_add_signed(Duration::minutes(1)) } else { Some(cut) }
}
