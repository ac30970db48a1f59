//! The rules themselves, in three-valued logic: a rule is unknown only where its answer depends on a fact that is not known.
//! No words in here, so that a whole tenant can be judged without making any.

use super::super::edition::{Edition, KeyMatch, Pair};
use super::super::environment::{Environment, FactKey, Key, Kind, Policy, Region};
use super::super::rule::RuleId;
use super::outcome::Standing;
use super::{Question, Role, Standings};
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

/// What the rules of a pair look at, of one environment. Environments with equal facts get equal verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domain) struct Facts<'a> {
    pub kind: Option<&'a Kind>,
    pub region: Option<&'a Region>,
    pub dataverse: Option<bool>,
    pub managed: Option<bool>,
    pub key: Option<&'a Key>,
    pub policies: Option<&'a BTreeSet<Policy>>,
}

/// What has few values in one step: it is asked of every environment of a tenant. Whatever may have many is told apart in full, so that no file
/// brings ten thousand to one place.
impl Hash for Facts<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let flag = |fact: Option<bool>| fact.map_or(2, u32::from);
        let (key, name) = match self.key {
            None => (0, None),
            Some(Key::Microsoft) => (1, None),
            Some(Key::Customer(name)) => (2, name.as_ref()),
        };
        let policies = self.policies.map_or(0, |policies| 1 + u32::from(!policies.is_empty()));
        state.write_u32(flag(self.dataverse) | flag(self.managed) << 2 | key << 4 | policies << 6);
        self.kind.hash(state);
        self.region.hash(state);
        name.into_iter().for_each(|name| name.hash(state));
        self.policies.iter().filter(|policies| !policies.is_empty()).for_each(|policies| policies.hash(state));
    }
}

/// The same, held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFacts {
    pub kind: Option<Kind>,
    pub region: Option<Region>,
    pub dataverse: Option<bool>,
    pub managed: Option<bool>,
    pub key: Option<Key>,
    pub policies: Option<BTreeSet<Policy>>,
}

impl HeldFacts {
    pub(super) fn of(facts: &Facts<'_>) -> Self {
        Self {
            kind: facts.kind.cloned(),
            region: facts.region.cloned(),
            dataverse: facts.dataverse,
            managed: facts.managed,
            key: facts.key.cloned(),
            policies: facts.policies.cloned(),
        }
    }

    pub(super) fn seen(&self) -> Facts<'_> {
        Facts {
            kind: self.kind.as_ref(),
            region: self.region.as_ref(),
            dataverse: self.dataverse,
            managed: self.managed,
            key: self.key.as_ref(),
            policies: self.policies.as_ref(),
        }
    }
}

impl<'a> Facts<'a> {
    pub fn of(env: &'a Environment) -> Self {
        Self {
            kind: env.kind.get(),
            // An empty region says nothing, and two of them are not the same place.
            region: env.region.get().filter(|r| !r.as_str().is_empty()),
            dataverse: env.dataverse.get().copied(),
            managed: env.managed.get().copied(),
            key: env.key.get(),
            policies: env.policies.get(),
        }
    }
}

impl Facts<'_> {
    /// Only the facts that these rules look at; the others are unknown.
    pub fn only(self, rules: &[RuleId]) -> Self {
        let asked = |rule| rules.contains(&rule);
        Facts {
            kind: self.kind.filter(|_| asked(RuleId::T1)),
            region: self.region.filter(|_| asked(RuleId::T2)),
            dataverse: self.dataverse.filter(|_| asked(RuleId::T3)),
            managed: self.managed.filter(|_| asked(RuleId::T4)),
            key: self.key.filter(|_| asked(RuleId::T5)),
            policies: self.policies.filter(|_| asked(RuleId::T6)),
        }
    }
}

/// Two sets of facts under an edition: everything that decides.
#[derive(Clone, Copy)]
pub(super) struct Pairing<'a> {
    pub edition: &'a Edition,
    pub source: Facts<'a>,
    pub target: Facts<'a>,
    /// The target is the source.
    pub itself: bool,
}

/// How a rule stands, and whose fact to ask for where it is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ruling {
    pub standing: Standing,
    asks_source: bool,
    asks_target: bool,
}

const MET: Ruling = Ruling { standing: Standing::Met, asks_source: false, asks_target: false };
const BROKEN: Ruling = Ruling { standing: Standing::Broken, asks_source: false, asks_target: false };

fn decided(met: bool) -> Ruling {
    if met { MET } else { BROKEN }
}

fn unknown(asks_source: bool, asks_target: bool) -> Ruling {
    Ruling { standing: Standing::Unknown, asks_source, asks_target }
}

/// The rules of a pair in the order of their numbers.
pub(super) const RULES: [RuleId; 7] =
    [RuleId::T1, RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5, RuleId::T6, RuleId::T8];

/// The rules that an edition asks.
pub fn rules_of(edition: &Edition) -> impl Iterator<Item = RuleId> + use<'_> {
    RULES.into_iter().filter(|rule| *rule != RuleId::T6 || edition.policies_must_match)
}

impl<'a> Pairing<'a> {
    pub fn of(edition: &'a Edition, source: &'a Environment, target: &'a Environment) -> Self {
        Self::new(edition, Facts::of(source), Facts::of(target), source.id == target.id)
    }

    pub fn new(edition: &'a Edition, source: Facts<'a>, target: Facts<'a>, itself: bool) -> Self {
        Self { edition, source, target: if itself { source } else { target }, itself }
    }

    /// The rules that the edition asks.
    pub fn rules(&self) -> impl Iterator<Item = RuleId> + use<'_> {
        rules_of(self.edition)
    }

    pub fn ruling(&self, rule: RuleId) -> Ruling {
        match rule {
            RuleId::T1 => kinds(self),
            RuleId::T2 => same(self, self.source.region, self.target.region),
            RuleId::T3 => databases(self),
            RuleId::T4 => same(self, self.source.managed, self.target.managed),
            RuleId::T5 => keys(self),
            RuleId::T6 => policies(self),
            RuleId::T8 if self.itself => onto_itself(self),
            // T8 asks nothing of two environments.
            _ => MET,
        }
    }

    pub fn standings(&self) -> Standings {
        let mut standings = Standings::default();
        self.rules().for_each(|rule| standings.put(rule, self.ruling(rule).standing));
        standings
    }
}

/// The fact that a rule of a pair looks at; `None`: no rule that compares two environments.
pub fn fact_of(rule: RuleId) -> Option<FactKey> {
    match rule {
        RuleId::T1 | RuleId::T8 => Some(FactKey::Kind),
        RuleId::T2 => Some(FactKey::Region),
        RuleId::T3 => Some(FactKey::Dataverse),
        RuleId::T4 => Some(FactKey::Managed),
        RuleId::T5 => Some(FactKey::Key),
        RuleId::T6 => Some(FactKey::Policies),
        _ => None,
    }
}

/// The facts that the rules of a pair look at under an edition, each once.
pub fn facts_of_pair(edition: &Edition) -> impl Iterator<Item = FactKey> + use<'_> {
    rules_of(edition).filter(|rule| *rule != RuleId::T8).filter_map(fact_of)
}

impl Ruling {
    /// The questions of an unknown rule.
    pub fn asks(&self, rule: RuleId) -> Vec<Question> {
        let Some(fact) = fact_of(rule) else { return Vec::new() };
        [(self.asks_source, Role::Source), (self.asks_target, Role::Target)]
            .into_iter()
            .filter(|(asks, _)| *asks)
            .map(|(_, role)| Question { role, fact })
            .collect()
    }
}

/// T1: the pair of kinds, by the documented matrix. One known kind decides where its whole row or column says no.
fn kinds(p: &Pairing) -> Ruling {
    if p.itself {
        return onto_itself(p);
    }
    let possible = |source: &Kind, target: &Kind| p.edition.pair(source, target) == Pair::Yes;
    match (p.source.kind, p.target.kind) {
        (Some(s), Some(t)) => decided(possible(s, t)),
        (Some(s), None) if p.edition.targets.iter().any(|t| possible(s, t)) => unknown(false, true),
        (None, Some(t)) if p.edition.pairs.iter().any(|row| possible(&row.source, t)) => unknown(true, false),
        (None, None) => unknown(true, true),
        _ => BROKEN,
    }
}

/// T8, and T1 of an environment onto itself: the diagonal of the matrix, where "only onto itself" is a yes too.
fn onto_itself(p: &Pairing) -> Ruling {
    match p.source.kind {
        Some(kind) => decided(p.edition.pair(kind, kind) != Pair::No),
        None => unknown(true, false),
    }
}

/// T2 and T4: a fact that must be the same on both sides; onto itself it is.
fn same<T: PartialEq>(p: &Pairing, source: Option<T>, target: Option<T>) -> Ruling {
    match (source, target) {
        _ if p.itself => MET,
        (Some(s), Some(t)) => decided(s == t),
        (s, t) => unknown(s.is_none(), t.is_none()),
    }
}

/// T3: one side that surely has no database decides.
fn databases(p: &Pairing) -> Ruling {
    match (p.source.dataverse, p.target.dataverse) {
        (Some(false), _) | (_, Some(false)) => BROKEN,
        (Some(true), Some(true)) => MET,
        (s, t) => unknown(s.is_none(), t.is_none() && !p.itself),
    }
}

/// T5. A source without a customer-managed key asks nothing of the target; where any key will do, a target with one will do
/// for every source.
fn keys(p: &Pairing) -> Ruling {
    use Key::{Customer, Microsoft};
    use KeyMatch::{Any, Same};
    match (p.edition.key_match, p.source.key, p.target.key) {
        _ if p.itself => MET,
        (_, Some(Microsoft), _) | (Any, _, Some(Customer(_))) => MET,
        (_, Some(Customer(_)), Some(Microsoft)) => BROKEN,
        (Any, s, t) => unknown(s.is_none(), t.is_none()),
        (Same, Some(Customer(s)), Some(Customer(t))) => match (named(s), named(t)) {
            (Some(s), Some(t)) => decided(s.eq_ignore_ascii_case(t)),
            (s, t) => unknown(s.is_none(), t.is_none()),
        },
        (Same, s, t) => unknown(key_open(s), key_open(t)),
    }
}

/// Whether it is not known which key it is, or whether there is one.
fn key_open(key: Option<&Key>) -> bool {
    match key {
        None => true,
        Some(Key::Microsoft) => false,
        Some(Key::Customer(which)) => named(which).is_none(),
    }
}

/// The name of a key or policy where there is one; an empty one names nothing.
fn named(id: &Option<String>) -> Option<&str> {
    id.as_deref().map(str::trim).filter(|id| !id.is_empty())
}

/// Which customer-managed key it is: `None`: none or unknown; `Some(None)`: one, but not known which.
pub fn customer_key(key: Option<&Key>) -> Option<Option<&str>> {
    match key {
        Some(Key::Customer(which)) => Some(named(which)),
        _ => None,
    }
}

/// The name by which T5 compares a key; `None`: it is no customer's, or it is not known which one it is.
pub fn compared_key(key: Option<&Key>) -> Option<String> {
    customer_key(key).flatten().map(str::to_ascii_lowercase)
}

/// T6: every policy of the source must be linked to the target. Policies whose id is not known may be the same.
fn policies(p: &Pairing) -> Ruling {
    let (source, target) = match (p.source.policies, p.target.policies) {
        _ if p.itself => return MET,
        (Some(source), _) if source.is_empty() => return MET,
        (Some(source), Some(target)) => (source, target),
        (s, t) => return unknown(s.is_none_or(any_unnamed), t.is_none_or(any_unnamed)),
    };
    let (missing, open) = differing_policies(source, target);
    if !missing.is_empty() {
        BROKEN
    } else if open.is_empty() {
        MET
    } else {
        let target_open = |s: &&Policy| target.iter().any(|t| t.sort == s.sort && named(&t.id).is_none());
        unknown(open.iter().any(|s| named(&s.id).is_none()), open.iter().any(target_open))
    }
}

fn any_unnamed(policies: &BTreeSet<Policy>) -> bool {
    policies.iter().any(|p| named(&p.id).is_none())
}

/// The policies of the source that the target surely lacks, and those of which it is not known.
pub fn differing_policies<'s>(
    source: &'s BTreeSet<Policy>,
    target: &BTreeSet<Policy>,
) -> (Vec<&'s Policy>, Vec<&'s Policy>) {
    let (mut missing, mut open) = (Vec::new(), Vec::new());
    for policy in source {
        let mut of_its_sort = target.iter().filter(|t| t.sort == policy.sort).map(|t| named(&t.id)).peekable();
        if of_its_sort.peek().is_none() {
            missing.push(policy);
            continue;
        }
        let Some(id) = named(&policy.id) else {
            open.push(policy);
            continue;
        };
        let (mut found, mut unnamed) = (false, false);
        for other in of_its_sort {
            found |= other.is_some_and(|other| other.eq_ignore_ascii_case(id));
            unnamed |= other.is_none();
        }
        match (found, unnamed) {
            (true, _) => {}
            (false, true) => open.push(policy),
            (false, false) => missing.push(policy),
        }
    }
    (missing, open)
}
