//! What mends, and what it costs.

use super::super::deed::Setting;
use super::super::edition::{Edition, KeyMatch};
use super::super::eligibility::{Question, Role, facts_of_pair};
use super::super::environment::{Environment, Key, Kind, Region};
use super::super::rule::RuleId;
use super::cost::Cost;
use serde::{Deserialize, Serialize};

/// One change that mends a broken rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MendingChange {
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
    pub(super) fn for_source(edition: &Edition, which: Option<&str>) -> Self {
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
    pub change: MendingChange,
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

/// A copy with what the rules look at and nothing else: histories and backups are long, and the copies are many.
pub(in crate::domain) fn facts_of(env: &Environment) -> Environment {
    let mut copy = Environment::new(env.id.as_str());
    // Of the newest edition, which looks at most.
    facts_of_pair(Edition::newest()).for_each(|fact| copy.copy_fact(fact, env));
    copy
}
