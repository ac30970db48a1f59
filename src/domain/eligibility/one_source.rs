//! One source against many targets, one after the other: what a page beside it counts.

use super::super::edition::Edition;
use super::super::environment::Environment;
use super::super::rule::RuleId;
use super::outcome::{Outcome, Standing};
use super::rules::{Facts, Pairing};
use super::standings;

/// A source whose facts are put together once for all targets.
pub struct OneSource<'a> {
    edition: &'a Edition,
    source: &'a Environment,
    facts: Facts<'a>,
}

/// How a pair ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairEnd {
    Eligible,
    Unknown,
    /// By the first rule that is broken.
    Refused(RuleId),
}

impl<'a> OneSource<'a> {
    pub fn new(edition: &'a Edition, source: &'a Environment) -> Self {
        Self { edition, source, facts: Facts::of(source) }
    }

    /// How the pair with a target ends: what [`standings()`] says, asked no further than to the first rule that is broken.
    pub fn onto(&self, target: &'a Environment) -> PairEnd {
        if self.source.candidates.is_some() {
            // What the service said (T10) weighs all rules together.
            let all = standings(self.edition, self.source, target);
            return match (all.outcome(), all.broken().next()) {
                (Outcome::Refused, Some(rule)) => PairEnd::Refused(rule),
                (Outcome::Eligible, _) => PairEnd::Eligible,
                _ => PairEnd::Unknown,
            };
        }
        let itself = self.source.id == target.id;
        let pair = Pairing::new(self.edition, self.facts, Facts::of(target), itself);
        let mut ending = PairEnd::Eligible;
        for rule in pair.rules() {
            match pair.ruling(rule).standing {
                Standing::Met => {}
                Standing::Unknown => ending = PairEnd::Unknown,
                Standing::Broken => return PairEnd::Refused(rule),
            }
        }
        ending
    }
}
