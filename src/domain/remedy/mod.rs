//! What would make a refused pair eligible: the smallest set of changes, their cost and whether they can be undone (rules.md §5).
//!
//! There is no second rule engine here: every set of changes is applied to copies of the two environments and judged again.

mod candidates;
mod cost;
mod new_target;

pub use cost::Cost;
pub use new_target::new_target;

use super::deed::Setting;
use super::edition::{Edition, KeyMatch};
use super::eligibility::{Outcome, Question, Role, Standing, Standings, judge, standings};
use super::environment::{Environment, Key, Kind, Region};
use super::rule::RuleId;
use crate::domain::order::Order as _;
pub use candidates::apply;
use candidates::{Candidate, candidates};
use serde::{Deserialize, Serialize};

/// One change that mends a broken rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// T1, T8, T3, T4: set something of one of the two.
    Set(Setting, Role),
    /// T5: apply a customer-managed key to the target.
    ApplyKey(KeyToApply),
    /// T6: link the source's policies to the target.
    LinkPolicies,
}

/// Which customer-managed key is to be applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum KeyToApply {
    Named(String),
    /// That of the source, whose name is not known.
    OfSource,
    /// Whichever.
    Any,
}

impl KeyToApply {
    /// What satisfies `edition` where the source has the key `which`.
    fn for_source(edition: &Edition, which: Option<&str>) -> Self {
        match (edition.key_match, which) {
            (KeyMatch::Any, _) => KeyToApply::Any,
            (KeyMatch::Same, Some(id)) => KeyToApply::Named(id.to_string()),
            (KeyMatch::Same, None) => KeyToApply::OfSource,
        }
    }

    /// The key of an environment to which it is applied.
    pub fn applied(&self) -> Key {
        match self {
            KeyToApply::Named(id) => Key::Customer(Some(id.clone())),
            KeyToApply::OfSource | KeyToApply::Any => Key::Customer(None),
        }
    }
}

/// A change that mends, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    pub change: Change,
    /// The rules that it mends.
    pub mends: Vec<RuleId>,
    /// What it costs or puts at risk, and whether it can be undone.
    pub cost: Cost,
}

/// A new environment that would be eligible, for when nothing mends the pair or as the other way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTarget {
    pub kind: Kind,
    pub region: Option<Region>,
    pub managed: Option<bool>,
    pub key: Needed<KeyToApply>,
    /// The source's enterprise policies.
    pub policies: Needed,
    /// Whether the source's kind is known. Where it is not, this helps only if it can be restored to a Sandbox.
    pub kind_known: bool,
    /// The page adds that the admin center does not offer a restore of the source's kind.
    pub not_offered: bool,
}

/// Whether something of the source must be given to the new environment too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Needed<T = ()> {
    No,
    Yes(T),
    /// If the source has it, which is not known.
    IfSourceHas(T),
}

impl<T> Needed<T> {
    /// What must surely be given.
    pub fn surely(self) -> Option<T> {
        match self {
            Needed::Yes(what) => Some(what),
            Needed::No | Needed::IfSourceHas(_) => None,
        }
    }
}

/// The way out of a refused or unknown pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The smallest set of changes after which no rule is broken; `None`: no set of changes to this pair does it. Among sets of
    /// one size the one that costs least: rather the target than the source, rather what can be undone.
    pub changes: Option<Vec<Remedy>>,
    /// The questions that remain open even then (or that are all that is open). Empty where no set of changes helps: no answer
    /// turns a broken rule into a met one.
    pub questions: Vec<Question>,
    /// The broken rules that no change mends, such as T2.
    pub hopeless: Vec<RuleId>,
    /// The target to create instead; `None` where the source can be no source at all.
    pub new_target: Option<NewTarget>,
}

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
    let pair = Pair { edition, source: facts_of(source), target: facts_of(target) };
    let before = pair.after(&[]);
    let candidates = candidates(edition, source, target, before);
    let mends = |candidate: &Candidate| -> Vec<RuleId> {
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

/// A copy with what the rules look at and nothing else: histories and backups are long, and the copies are many.
pub(super) fn facts_of(env: &Environment) -> Environment {
    Environment {
        kind: env.kind.clone(),
        region: env.region.clone(),
        dataverse: env.dataverse.clone(),
        managed: env.managed.clone(),
        key: env.key.clone(),
        policies: env.policies.clone(),
        ..Environment::new(env.id.as_str())
    }
}

struct Pair<'a> {
    edition: &'a Edition,
    source: Environment,
    target: Environment,
}

impl Pair<'_> {
    fn changed(&self, changes: &[&Candidate]) -> (Environment, Environment) {
        let (mut source, mut target) = (self.source.clone(), self.target.clone());
        changes.iter().for_each(|c| apply(&c.change, &mut source, &mut target));
        (source, target)
    }

    /// How the rules stand after these changes.
    fn after(&self, changes: &[&Candidate]) -> Standings {
        let (source, target) = self.changed(changes);
        standings(self.edition, &source, &target)
    }

    fn questions_after(&self, changes: &[&Candidate]) -> Vec<Question> {
        let (source, target) = self.changed(changes);
        judge(self.edition, &source, &target).questions()
    }

    /// The smallest set after which nothing is broken, the cheapest among those of its size.
    fn smallest<'c>(&self, candidates: &'c [Candidate]) -> Option<Vec<&'c Candidate>> {
        let mut sets: Vec<Vec<&Candidate>> = vec![Vec::new()];
        for candidate in candidates {
            let with: Vec<Vec<&Candidate>> =
                sets.iter().map(|set| set.iter().copied().chain([candidate]).collect()).collect();
            sets.extend(with);
        }
        sets.order_by_key(|set| (set.len(), set.iter().map(|c| c.weight).sum::<u32>()));
        sets.into_iter().find(|set| self.after(set).outcome() != Outcome::Refused)
    }
}
