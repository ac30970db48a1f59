//! When an environment was deleted: at an instant that somebody told, or somewhere in a span of time.
//!
//! A list may call an environment deleted and not say when. Then it was not deleted before the last proof that it lived, and not after
//! it was called deleted; whatever rests on it takes the worse end for a promise and the better end for a possibility (X1).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// When an environment was deleted. All instants are UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "StoredDeletion", into = "StoredDeletion")]
pub struct Deletion {
    /// The last proof that it lived; `None` where nothing proves it.
    not_before: Option<DateTime<Utc>>,
    /// The latest instant at which it can have been deleted: the same where the time is known.
    at: DateTime<Utc>,
    /// What a person answered. It lies in the span.
    answered: Option<DeletionAnswer>,
}

/// What a person answered, and when (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeletionAnswer {
    pub at: DateTime<Utc>,
    pub since: DateTime<Utc>,
}

/// As it is stored: an instant that is known stands alone, as it always did.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum StoredDeletion {
    At(DateTime<Utc>),
    Span {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_before: Option<DateTime<Utc>>,
        at: DateTime<Utc>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answered: Option<DeletionAnswer>,
    },
}

impl From<StoredDeletion> for Deletion {
    fn from(stored: StoredDeletion) -> Self {
        match stored {
            StoredDeletion::At(at) => Deletion::exactly(at),
            StoredDeletion::Span { not_before, at, answered } => {
                let span = Deletion::between(not_before, at);
                Deletion { answered: answered.filter(|word| span.holds(word.at)), ..span }
            }
        }
    }
}
impl From<Deletion> for StoredDeletion {
    fn from(d: Deletion) -> Self {
        match d {
            Deletion { not_before: Some(from), at, answered: None } if from == at => StoredDeletion::At(at),
            Deletion { not_before, at, answered } => StoredDeletion::Span { not_before, at, answered },
        }
    }
}
impl From<DateTime<Utc>> for Deletion {
    fn from(at: DateTime<Utc>) -> Self {
        Deletion::exactly(at)
    }
}

impl Deletion {
    /// At an instant that is known.
    pub fn exactly(at: DateTime<Utc>) -> Self {
        Self { not_before: Some(at), at, answered: None }
    }

    /// Somewhere between a proof that it lived (`None`: there is none) and `at`. Where the two contradict each other, what lies
    /// between them is not known either.
    pub fn between(not_before: Option<DateTime<Utc>>, at: DateTime<Utc>) -> Self {
        match not_before {
            Some(from) => Self { not_before: Some(from.min(at)), at: at.max(from), answered: None },
            None => Self { not_before: None, at, answered: None },
        }
    }

    /// The instant, where it is known; an answer counts.
    pub fn known(&self) -> Option<DateTime<Utc>> {
        self.answered.map(|word| word.at).or(self.not_before.filter(|from| *from == self.at))
    }

    /// The earliest that it can have been; `None`: nobody knows.
    pub fn earliest(&self) -> Option<DateTime<Utc>> {
        self.known().or(self.not_before)
    }

    /// The latest that it can have been.
    pub fn latest(&self) -> DateTime<Utc> {
        self.known().unwrap_or(self.at)
    }

    /// Whether what was told, answers aside, leaves it open when.
    pub fn is_span(&self) -> bool {
        self.not_before != Some(self.at)
    }

    /// Whether `at` is an instant at which it can have been, answers aside.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        self.not_before.is_none_or(|from| from <= at) && at <= self.at
    }

    /// What a person answered.
    pub fn answered(&self) -> Option<DeletionAnswer> {
        self.answered
    }

    /// Takes an answer of `now` about a span; `false`, and nothing is changed, where it cannot have been then. A time that is told to
    /// the minute may lie in the minute of a bound.
    pub fn answer(&mut self, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
        let from = self.not_before.filter(|from| minute(*from) == minute(at));
        let at = from.map_or(at, |from| at.max(from));
        let fits = self.is_span() && self.holds(at);
        if fits {
            self.answered = Some(DeletionAnswer { at, since: now });
        }
        fits
    }

    /// Takes the answer back; whether there was one.
    pub fn forget_answer(&mut self) -> bool {
        self.answered.take().is_some()
    }

    /// The same, called deleted at `asked` already.
    #[must_use]
    pub fn by(self, asked: DateTime<Utc>) -> Self {
        if self.is_span() && asked < self.at { Self::between(self.not_before, asked) } else { self }
    }

    /// The same, after a proof that it lived at `alive`.
    #[must_use]
    pub fn after(self, alive: Option<DateTime<Utc>>) -> Self {
        match alive.filter(|alive| self.is_span() && self.not_before.is_none_or(|from| from < *alive)) {
            // Listed as living after it was called deleted: the list was older than it looked.
            Some(alive) if alive > self.at => self,
            Some(alive) => Self::between(Some(alive), self.at),
            None => self,
        }
    }

    /// What was known, with what a later file says of the same deletion. A time that is told settles it; two spans leave what both
    /// hold; where they contradict each other nothing is left out.
    #[must_use]
    pub fn with(self, later: Deletion) -> Self {
        if !later.is_span() {
            return later;
        }
        let both = match (self.not_before, later.not_before) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let until = self.at.min(later.at);
        let agree = both.is_none_or(|from| from <= until);
        // Versions before this one took the last change for the deletion. The same instant again is no proof of a deletion then.
        let guessed = !self.is_span() && later.not_before == Some(self.at);
        let joined = if guessed {
            later
        } else if agree {
            Self { not_before: both, at: until, answered: None }
        } else {
            let earlier = self.not_before.zip(later.not_before).map(|(a, b)| a.min(b));
            Self { not_before: earlier, at: self.at.max(later.at), answered: None }
        };
        Self { answered: self.answered.filter(|word| joined.is_span() && later.holds(word.at)), ..joined }
    }

    /// Without what is no date; `None` where nothing is left that could be relied on.
    pub(super) fn keep_if(self, is_date: impl Fn(DateTime<Utc>) -> bool) -> Option<Self> {
        let answered = self.answered.filter(|word| is_date(word.at) && is_date(word.since));
        is_date(self.at).then(|| Self { not_before: self.not_before.filter(|from| is_date(*from)), answered, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn jan(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, day, 0, 0, 0).unwrap()
    }

    /// `3` is a time that is known, `3-9` a span, `-9` one without a beginning.
    fn of(spec: &str) -> Deletion {
        let day = |text: &str| jan(text.parse().unwrap());
        match spec.split_once('-') {
            None => Deletion::exactly(day(spec)),
            Some(("", at)) => Deletion::between(None, day(at)),
            Some((from, at)) => Deletion::between(Some(day(from)), day(at)),
        }
    }

    #[test]
    fn a_later_file_narrows_settles_or_widens() {
        #[track_caller]
        fn check(known: &str, later: &str, expect: &str) {
            assert_eq!(of(known).with(of(later)), of(expect), "{known} with {later}");
        }
        check("3-9", "5-12", "5-9");
        check("-9", "-12", "-9");
        check("-9", "5-12", "5-9");
        check("3-9", "-12", "3-9");
        check("3-9", "7", "7");
        check("3-9", "12", "12");
        check("4", "3-9", "4");
        check("4", "7", "7");
        check("4", "-9", "4");
        // Lived after what was told: which of the two is wrong nobody knows.
        check("4", "6-9", "4-9");
        check("3-5", "7-9", "3-9");
        check("-5", "7-9", "-9");
        // What was called deleted before the time that is known.
        check("8", "3-6", "3-8");
        // A guess of an older version.
        check("3", "3-9", "3-9");
    }

    #[test]
    fn bounds_by_a_stamp_and_by_a_proof_of_life() {
        assert_eq!(of("3-9").by(jan(6)), of("3-6"));
        assert_eq!(of("3-9").by(jan(12)), of("3-9"));
        assert_eq!(of("3-9").by(jan(2)), of("2-3"), "a clock is wrong: anything between may be");
        assert_eq!(of("3").by(jan(2)), of("3"));
        assert_eq!(of("3-9").after(Some(jan(6))), of("6-9"));
        assert_eq!(of("3-9").after(Some(jan(2))), of("3-9"));
        assert_eq!(of("-9").after(Some(jan(2))), of("2-9"));
        assert_eq!(of("-9").after(None), of("-9"));
        assert_eq!(of("3-9").after(Some(jan(12))), of("3-9"));
        assert_eq!(of("3").after(Some(jan(6))), of("3"));
    }

    #[test]
    fn an_answer_settles_a_span_and_can_be_taken_back() {
        let mut d = of("3-9");
        assert!(!d.answer(jan(2), jan(10)) && !d.answer(jan(10), jan(10)), "it cannot have been then");
        assert!(d.answer(jan(5), jan(10)));
        assert_eq!((d.known(), d.earliest(), d.latest()), (Some(jan(5)), Some(jan(5)), jan(5)));
        assert_eq!(d.with(of("3-12")).known(), Some(jan(5)), "the same file again does not take it back");
        assert_eq!(d.with(of("6-12")).known(), None, "it lived later than that");
        assert_eq!(d.with(of("7")).known(), Some(jan(7)), "the service says when");
        assert!(d.forget_answer() && !d.forget_answer());
        assert_eq!(d, of("3-9"));
        assert!(!of("3").answer(jan(3), jan(10)), "it is known");
        let mut to_the_minute = Deletion::between(Some(jan(3) + chrono::TimeDelta::seconds(30)), jan(9));
        assert!(to_the_minute.answer(jan(3), jan(10)));
        assert_eq!(to_the_minute.known(), Some(jan(3) + chrono::TimeDelta::seconds(30)));
    }

    #[test]
    fn it_is_stored_as_it_always_was_where_it_is_known() {
        let json = |d: &Deletion| serde_json::to_string(d).unwrap();
        assert_eq!(json(&of("3")), r#""2026-01-03T00:00:00Z""#);
        let mut told = of("-9");
        told.answer(jan(5), jan(10));
        for d in [of("3"), of("3-9"), of("-9"), told] {
            assert_eq!(serde_json::from_str::<Deletion>(&json(&d)).unwrap(), d, "{}", json(&d));
        }
        let outside =
            r#"{"at":"2026-01-09T00:00:00Z","answered":{"at":"2026-01-10T00:00:00Z","since":"2026-01-11T00:00:00Z"}}"#;
        assert_eq!(serde_json::from_str::<Deletion>(outside).unwrap(), of("-9"));
    }
}
