//! How a pair stands by the rules and at this moment alike, and how many targets of a source stand so: counted here alone, so that every
//! screen counts the same.

use super::gates::AtThisMoment;
use super::outcome::Outcome;

/// How a pair stands; ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairNow {
    Yes,
    /// A fact is missing, or something may stop it at this moment.
    Perhaps,
    /// Eligible, but something stops it at this moment (T7, T9).
    NotNow,
    No,
}

impl PairNow {
    pub fn of(outcome: Outcome, now: AtThisMoment) -> Self {
        match (outcome, now) {
            (Outcome::Refused, _) => Self::No,
            (Outcome::Eligible, AtThisMoment::Stopped) => Self::NotNow,
            (Outcome::Eligible, AtThisMoment::Open) => Self::Yes,
            (Outcome::Unknown, _) | (Outcome::Eligible, AtThisMoment::Doubtful) => Self::Perhaps,
        }
    }
}

/// So many targets of a source stand so, itself counted as one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetCounts {
    pub yes: usize,
    pub perhaps: usize,
    pub not_now: usize,
    pub no: usize,
}

impl TargetCounts {
    pub fn add(&mut self, stands: PairNow, many: usize) {
        *match stands {
            PairNow::Yes => &mut self.yes,
            PairNow::Perhaps => &mut self.perhaps,
            PairNow::NotNow => &mut self.not_now,
            PairNow::No => &mut self.no,
        } += many;
    }
}

impl FromIterator<PairNow> for TargetCounts {
    fn from_iter<I: IntoIterator<Item = PairNow>>(all: I) -> Self {
        let mut tally = Self::default();
        all.into_iter().for_each(|stands| tally.add(stands, 1));
        tally
    }
}
