//! How many of something stand how.

use super::outcome::Outcome;

/// How many environments there are of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub eligible: usize,
    pub unknown: usize,
    pub refused: usize,
}

impl Counts {
    /// So many more of an outcome.
    pub fn add(&mut self, outcome: Outcome, how_many: usize) {
        match outcome {
            Outcome::Eligible => self.eligible += how_many,
            Outcome::Unknown => self.unknown += how_many,
            Outcome::Refused => self.refused += how_many,
        }
    }

    /// So many less of an outcome.
    pub(super) fn take(&mut self, outcome: Outcome, how_many: usize) {
        let mut less = Counts::default();
        less.add(outcome, how_many);
        *self = self.minus(less);
    }

    pub fn plus(self, other: Self) -> Self {
        self.with(other, usize::saturating_add)
    }

    pub(super) fn minus(self, other: Self) -> Self {
        self.with(other, usize::saturating_sub)
    }

    pub(super) fn times(self, many: usize) -> Self {
        self.with(Counts { eligible: many, unknown: many, refused: many }, usize::saturating_mul)
    }

    fn with(self, other: Self, each: impl Fn(usize, usize) -> usize) -> Self {
        Self {
            eligible: each(self.eligible, other.eligible),
            unknown: each(self.unknown, other.unknown),
            refused: each(self.refused, other.refused),
        }
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.eligible + self.unknown + self.refused
    }
}
