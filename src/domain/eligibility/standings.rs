//! How all rules of a pair stand, in two bytes and without words: what a whole tenant is judged into.

use super::super::rule::RuleId;
use super::Listing;
use super::outcome::{Outcome, Standing};

/// The rules that have a bit, in the order of their numbers.
const RULES: [RuleId; 8] =
    [RuleId::T1, RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5, RuleId::T6, RuleId::T8, RuleId::T10];

/// How each of T1 to T6, T8 and T10 stands. A rule that the edition does not ask is met, and so is T10 where no list of candidates
/// says anything.
///
/// The words are made by [`super::judge`] or [`super::Matrix::verdict`] when somebody reads them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Standings {
    broken: u8,
    unknown: u8,
}

const _: () = assert!(RULES.len() <= u8::BITS as usize, "a bit for each rule");

/// A rule's bit; none for a rule that no pair is judged by.
const fn bit(rule: RuleId) -> u8 {
    match rule {
        RuleId::T1 => 1,
        RuleId::T2 => 1 << 1,
        RuleId::T3 => 1 << 2,
        RuleId::T4 => 1 << 3,
        RuleId::T5 => 1 << 4,
        RuleId::T6 => 1 << 5,
        RuleId::T8 => 1 << 6,
        RuleId::T10 => 1 << 7,
        _ => 0,
    }
}

impl Standings {
    pub(super) fn put(&mut self, rule: RuleId, standing: Standing) {
        match standing {
            Standing::Met => {}
            Standing::Broken => self.broken |= bit(rule),
            Standing::Unknown => self.unknown |= bit(rule),
        }
    }

    /// The same with the rule about keys met.
    pub(super) fn with_the_same_key(self) -> Self {
        const KEY: u8 = bit(RuleId::T5);
        Self { broken: self.broken & !KEY, unknown: self.unknown & !KEY }
    }

    /// Both together, for standings of different rules.
    #[inline(always)]
    pub(super) fn and(self, other: Self) -> Self {
        Self { broken: self.broken | other.broken, unknown: self.unknown | other.unknown }
    }

    /// These rules beside what the service said of the pair (T10), as in [`super::judge`].
    pub(super) fn beside(self, listing: Listing) -> Self {
        let Some(standing) = listing.standing(self.outcome()) else { return self };
        let mut both = match listing {
            // What is not known is settled, and what is broken is contradicted.
            Listing::Offered(_) => Self { broken: 0, unknown: self.broken },
            Listing::LeftOut(_) | Listing::Nothing => self,
        };
        both.put(RuleId::T10, standing);
        both
    }

    /// Refused if any rule is broken, else unknown if any is unknown, else eligible.
    pub fn outcome(self) -> Outcome {
        match (self.broken, self.unknown) {
            (0, 0) => Outcome::Eligible,
            (0, _) => Outcome::Unknown,
            _ => Outcome::Refused,
        }
    }

    /// How one rule stands.
    pub fn of(self, rule: RuleId) -> Standing {
        let bit = bit(rule);
        if self.broken & bit != 0 {
            Standing::Broken
        } else if self.unknown & bit != 0 {
            Standing::Unknown
        } else {
            Standing::Met
        }
    }

    /// The same, for any rule; `None`: no pair is judged by it.
    pub fn of_judged(self, rule: RuleId) -> Option<Standing> {
        RULES.contains(&rule).then(|| self.of(rule))
    }

    /// The broken rules, in the order of their numbers.
    pub fn broken(self) -> impl Iterator<Item = RuleId> {
        RULES.into_iter().filter(move |rule| self.of(*rule) == Standing::Broken)
    }

    /// The unknown rules, in the order of their numbers.
    pub fn unknown(self) -> impl Iterator<Item = RuleId> {
        RULES.into_iter().filter(move |rule| self.of(*rule) == Standing::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::edition::EDITIONS;
    use super::super::{fact_of, rules_of};
    use super::*;

    #[test]
    fn each_rule_of_a_pair_has_a_bit_and_a_fact() {
        for rule in EDITIONS.iter().flat_map(|edition| rules_of(edition)) {
            let mut standings = Standings::default();
            standings.put(rule, Standing::Broken);
            assert_eq!(standings.broken().collect::<Vec<_>>(), [rule]);
            assert!(fact_of(rule).is_some(), "{rule}");
        }
    }
}
