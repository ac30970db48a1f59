//! Facts that are known, with where they come from, or unknown. Nothing here ever guesses.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a known value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// The import with this number in [`super::tenant::Tenant::imports`].
    #[serde(rename = "i")]
    Import(u32),
    /// The user said so, in the app.
    #[serde(rename = "a")]
    Answer,
    /// The sample tenant that ships with the app.
    #[serde(rename = "s")]
    Sample,
    /// A command that was recorded in the app (a switch, a change of retention and so on).
    #[serde(rename = "r")]
    Recorded,
}

/// A value with its origin and the first instant (UTC) at which we were told it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known<T> {
    #[serde(rename = "v")]
    pub value: T,
    #[serde(rename = "o")]
    pub origin: Origin,
    /// When this value was first told, UTC. Being told the same again does not move it.
    #[serde(rename = "t", deserialize_with = "super::instants::read")]
    pub since: DateTime<Utc>,
}

/// A fact about an environment: known or **unknown**, never guessed.
///
/// It holds what was last observed (an import, a recorded command) and what the user answered, side by side, so that an
/// answer survives the next import. Where both exist and differ, the one that was *first told later* counts: an answer
/// that corrects an import keeps counting while imports merely repeat themselves, and an import that brings a really new
/// value wins over an older answer (and says so).
///
/// ```
/// use restore_desk::domain::fact::{Fact, Known, Origin};
/// use chrono::{TimeZone, Utc};
/// let at = |d| Utc.with_ymd_and_hms(2026, 1, d, 0, 0, 0).unwrap();
/// let mut managed = Fact::unknown();
/// managed.answer(true, at(1));
/// assert_eq!(managed.get(), Some(&true));
/// managed.observe(Known { value: false, origin: Origin::Import(0), since: at(2) });
/// assert_eq!(managed.get(), Some(&false));
/// managed.answer(true, at(3));
/// managed.observe(Known { value: false, origin: Origin::Import(1), since: at(4) });
/// assert_eq!(managed.get(), Some(&true), "the import said nothing new");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact<T> {
    #[serde(rename = "o", default = "none", skip_serializing_if = "Option::is_none")]
    observed: Option<Known<T>>,
    #[serde(rename = "a", default = "none", skip_serializing_if = "Option::is_none")]
    answered: Option<Known<T>>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> Default for Fact<T> {
    fn default() -> Self {
        Self { observed: None, answered: None }
    }
}

/// What [`Fact::observe`] did.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed<T> {
    /// Nothing was known before.
    First,
    /// The same value was known already.
    Same,
    /// The value that counts changed; the old one is given.
    Changed(T),
    /// An older answer of the user was overruled; the answer is given.
    OverruledAnswer(T),
    /// The user's later answer goes on counting although the observation differs; the observed value is given.
    AnswerStands(T),
}

impl<T> Fact<T> {
    /// Nothing is known.
    pub const fn unknown() -> Self {
        Self { observed: None, answered: None }
    }

    /// Known from one observation.
    pub fn known(value: T, origin: Origin, since: DateTime<Utc>) -> Self {
        Self { observed: Some(Known { value, origin, since }), answered: None }
    }

    /// The value that counts, with its origin.
    // Asked of every fact of ten thousand environments, and most have no answer: that much is put in where it is asked.
    #[inline(always)]
    pub fn entry(&self) -> Option<&Known<T>> {
        match &self.answered {
            None => self.observed.as_ref(),
            Some(answered) => Some(self.later(answered)),
        }
    }

    fn later<'a>(&'a self, answered: &'a Known<T>) -> &'a Known<T> {
        self.observed.as_ref().filter(|observed| observed.since > answered.since).unwrap_or(answered)
    }

    /// The value that counts.
    #[inline(always)]
    pub fn get(&self) -> Option<&T> {
        self.entry().map(|k| &k.value)
    }

    pub fn is_unknown(&self) -> bool {
        self.entry().is_none()
    }

    /// The last observation, also where an answer counts instead.
    pub fn observed(&self) -> Option<&Known<T>> {
        self.observed.as_ref()
    }

    /// The user's answer, also where a later observation counts instead.
    pub fn answered(&self) -> Option<&Known<T>> {
        self.answered.as_ref()
    }

    /// Records the user's answer given at `now` (UTC).
    pub fn answer(&mut self, value: T, now: DateTime<Utc>) {
        self.answered = Some(Known { value, origin: Origin::Answer, since: now });
    }

    /// Drops what does not hold, of both sides. `false`: something was dropped.
    pub fn keep_if(&mut self, holds: impl Fn(&Known<T>) -> bool) -> bool {
        let odd = |side: &mut Option<Known<T>>| side.take_if(|known| !holds(known)).is_some();
        !(odd(&mut self.observed) | odd(&mut self.answered))
    }

    /// Takes the user's answer back; what was observed counts again.
    pub fn forget_answer(&mut self) -> Option<Known<T>> {
        self.answered.take()
    }
}

impl<T: Clone + PartialEq> Fact<T> {
    /// Takes in an observation. Being told the same value again changes nothing.
    pub fn observe(&mut self, new: Known<T>) -> Observed<T> {
        let before = self.get().cloned();
        let stale = self.observed.as_ref().is_some_and(|o| o.value == new.value);
        if !stale {
            self.observed = Some(new.clone());
        }
        match (before, &self.answered) {
            (None, _) => Observed::First,
            (Some(b), _) if b == new.value => Observed::Same,
            (Some(_), Some(a)) if self.get() == Some(&a.value) => Observed::AnswerStands(new.value),
            (Some(b), Some(a)) if a.value == b => Observed::OverruledAnswer(b),
            (Some(b), _) => Observed::Changed(b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_hold_is_dropped_of_both_sides() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        for (observed, answered) in [(1, 1), (1, 2), (2, 1), (2, 2)] {
            let mut fact = Fact::known(observed, Origin::Import(0), at(0));
            fact.answer(answered, at(1));
            let all_held = fact.keep_if(|known| known.value == 2);
            assert_eq!(all_held, (observed, answered) == (2, 2));
            let kept = |known: Option<&Known<i32>>| known.map(|known| known.value);
            assert_eq!(kept(fact.observed()), Some(observed).filter(|v| *v == 2));
            assert_eq!(kept(fact.answered()), Some(answered).filter(|v| *v == 2));
        }
    }
}
