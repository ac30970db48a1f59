//! What would make a refused pair eligible: the smallest set of changes, their cost and whether they can be undone (rules.md §5).

use super::edition::Edition;
use super::eligibility::{Question, Role};
use super::environment::{Environment, Kind, Region};
use super::rule::RuleId;

/// One change that mends a broken rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// T1, T8: switch Production to Sandbox.
    SwitchToSandbox(Role),
    /// T3.
    AddDataverse(Role),
    /// T4: `true` turns Managed Environments on.
    SetManaged(Role, bool),
    /// T5: apply a customer-managed key to the target; which, where it must be a certain one.
    ApplyKey(Option<String>),
    /// T6: link the source's policies to the target.
    LinkPolicies,
}

/// A change for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    pub change: Change,
    /// The rules that it mends.
    pub mends: Vec<RuleId>,
    /// What to do, imperative, about *the source* or *the target*.
    pub does: String,
    /// What it costs or puts at risk.
    pub cost: String,
    pub reversible: bool,
}

/// A new environment that would be eligible, for when nothing mends the pair or as the other way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTarget {
    pub kind: Kind,
    pub region: Option<Region>,
    pub managed: Option<bool>,
    /// Whether a customer-managed key must be applied, and which where that matters.
    pub key: Option<Option<String>>,
    pub policies: bool,
    /// For people: what to create.
    pub says: String,
}

/// The way out of a refused or unknown pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The smallest set of changes after which no rule is broken; `None`: no set of changes to this pair does it.
    pub changes: Option<Vec<Remedy>>,
    /// The questions that remain open even then (or that are all that is open).
    pub questions: Vec<Question>,
    /// The rules that no change mends, such as T2.
    pub hopeless: Vec<RuleId>,
    /// The target to create instead; `None` where the source can be no source at all.
    pub new_target: Option<NewTarget>,
}

/// The smallest mend of a pair. For an eligible pair: no changes, no questions.
pub fn mend(_edition: &Edition, _source: &Environment, _target: &Environment) -> Mend {
    todo!("eligibility helper")
}
