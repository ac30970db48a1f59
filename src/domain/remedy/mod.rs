//! What would make a refused pair eligible: the smallest set of changes, their cost and whether they can be undone.
//!
//! There is no second rule engine here: every set of changes is applied to copies of the two environments and judged again.

mod candidates;
mod change;
mod cost;
mod least;
mod new_target;

pub(super) use change::facts_of;
pub use change::{KeyToApply, Mend, MendingChange, Needed, NewTarget, Remedy};
pub use cost::Cost;
pub use least::{LeastChange, least_change};
pub use new_target::new_target;

use super::edition::Edition;
use super::eligibility::{Outcome, Question, Standing, Standings, judge, standings};
use super::environment::Environment;
use super::rule::RuleId;
use crate::domain::order::Order as _;
pub use candidates::apply;
use candidates::{CandidateChange, candidates};

/// The smallest mend of a pair. For an eligible pair: no changes, no questions, nothing hopeless.
///
/// What the service's list of candidates says (T10) ends with the first change: what it would say then nobody knows. Where it alone
/// refuses the pair no change is called a mend of it.
pub fn mend(edition: &Edition, source: &Environment, target: &Environment) -> Mend {
    let told = standings(edition, source, target);
    if told.broken().eq([RuleId::T10]) {
        let new_target = new_target(edition, source);
        return Mend { changes: None, questions: Vec::new(), hopeless: vec![RuleId::T10], new_target };
    }
    let pair = TriedPair { edition, source: facts_of(source), target: facts_of(target) };
    let before = pair.after(&[]);
    let candidates = candidates(edition, source, target, before);
    let mends = |candidate: &CandidateChange| -> Vec<RuleId> {
        let alone = pair.after(&[candidate]);
        before.broken().filter(|rule| alone.of(*rule) != Standing::Broken).collect()
    };
    let hopeless: Vec<RuleId> =
        before.broken().filter(|rule| !candidates.iter().any(|c| mends(c).contains(rule))).collect();
    let best = if hopeless.is_empty() { pair.smallest(&candidates) } else { None };
    let questions = best.as_ref().map(|chosen| pair.questions_after(chosen)).unwrap_or_default();
    let changes = best.map(|chosen| chosen.iter().map(|c| c.remedy(mends(c))).collect::<Vec<_>>());
    Mend { changes, questions, hopeless, new_target: new_target(edition, source) }
}

struct TriedPair<'a> {
    edition: &'a Edition,
    source: Environment,
    target: Environment,
}

impl TriedPair<'_> {
    fn changed(&self, changes: &[&CandidateChange]) -> (Environment, Environment) {
        let (mut source, mut target) = (self.source.clone(), self.target.clone());
        changes.iter().for_each(|c| apply(&c.change, &mut source, &mut target));
        (source, target)
    }

    /// How the rules stand after these changes.
    fn after(&self, changes: &[&CandidateChange]) -> Standings {
        let (source, target) = self.changed(changes);
        standings(self.edition, &source, &target)
    }

    fn questions_after(&self, changes: &[&CandidateChange]) -> Vec<Question> {
        let (source, target) = self.changed(changes);
        judge(self.edition, &source, &target).questions()
    }

    /// The smallest set after which nothing is broken, the cheapest among those of its size.
    fn smallest<'c>(&self, candidates: &'c [CandidateChange]) -> Option<Vec<&'c CandidateChange>> {
        let mut sets: Vec<Vec<&CandidateChange>> = vec![Vec::new()];
        for candidate in candidates {
            let with: Vec<Vec<&CandidateChange>> =
                sets.iter().map(|set| set.iter().copied().chain([candidate]).collect()).collect();
            sets.extend(with);
        }
        sets.order_by_key(|set| (set.len(), set.iter().map(|c| c.weight).sum::<u32>()));
        sets.into_iter().find(|set| self.after(set).outcome() != Outcome::Refused)
    }
}
