//! The changes that may be made to a pair, what they do to its facts, and what they cost.

use super::super::edition::Edition;
use super::super::eligibility::{Role, Standing, Standings};
use super::super::environment::{Environment, Key, Kind, Policy};
use super::super::fact::{Fact, Origin};
use super::super::rule::RuleId;
use super::{Change, Cost, KeyToApply, Remedy};
use chrono::{DateTime, Utc};

/// A change that applies to a pair.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub change: Change,
    /// What it costs beside the others: the smaller is tried first.
    pub weight: u32,
}

/// The changes that could mend a broken rule of this pair. A fact that is not known is never changed: it is asked for.
///
/// Not among them, on purpose: adding Dataverse to a source that has none (there is no backup of it to restore), switching the
/// kind of anything but a Production target (no page describes it), taking a key or a policy away from the source.
pub(super) fn candidates(
    edition: &Edition,
    source: &Environment,
    target: &Environment,
    before: Standings,
) -> Vec<Candidate> {
    let itself = source.id == target.id;
    let broken = |rule| before.of(rule) == Standing::Broken;
    let mut found = Vec::new();
    let mut add = |change, weight| found.push(Candidate { change, weight });
    if broken(RuleId::T1) && target.kind.get() == Some(&Kind::Production) {
        add(Change::SwitchToSandbox(Role::Target), 8);
    }
    if broken(RuleId::T3) && !itself && target.dataverse.get() == Some(&false) {
        add(Change::AddDataverse(Role::Target), 4);
    }
    if broken(RuleId::T4)
        && let (Some(&s), Some(&t)) = (source.managed.get(), target.managed.get())
    {
        add(Change::SetManaged(Role::Target, s), 1);
        // Turning it off on the source may cut the very backups that are to be restored: rather anything else.
        add(Change::SetManaged(Role::Source, t), if t { 2 } else { 16 });
    }
    if broken(RuleId::T5)
        && let Some(Key::Customer(which)) = source.key.get()
    {
        add(Change::ApplyKey(KeyToApply::for_source(edition, which.as_deref())), 2);
    }
    if broken(RuleId::T6) {
        add(Change::LinkPolicies, 2);
    }
    found
}

/// The copies are judged and thrown away: when a fact became so does not matter to a verdict.
fn set<T>(fact: &mut Fact<T>, value: T) {
    *fact = Fact::known(value, Origin::Recorded, DateTime::<Utc>::UNIX_EPOCH);
}

impl Candidate {
    /// Makes the change on copies. Where the target is the source, both copies change.
    pub fn apply(&self, source: &mut Environment, target: &mut Environment) {
        let itself = source.id == target.id;
        let policies = source.policies.get().cloned().unwrap_or_default();
        let mut on = |role: Role, change: &dyn Fn(&mut Environment)| {
            if itself || role == Role::Source {
                change(source);
            }
            if itself || role == Role::Target {
                change(target);
            }
        };
        match &self.change {
            Change::SwitchToSandbox(role) => on(*role, &|env| set(&mut env.kind, Kind::Sandbox)),
            Change::AddDataverse(role) => on(*role, &|env| set(&mut env.dataverse, true)),
            Change::SetManaged(role, managed) => on(*role, &|env| set(&mut env.managed, *managed)),
            Change::ApplyKey(key) => on(Role::Target, &|env| set(&mut env.key, key.applied())),
            Change::LinkPolicies => on(Role::Target, &|env| {
                // Another policy of the same sort gives way: an environment is linked to one of each.
                let stays = |p: &&Policy| !policies.iter().any(|q| q.sort == p.sort);
                let kept = env.policies.get().into_iter().flatten().filter(stays).cloned();
                let linked = kept.chain(policies.iter().cloned()).collect();
                set(&mut env.policies, linked);
            }),
        }
    }

    /// The change with its cost.
    pub fn remedy(&self, source: &Environment, target: &Environment, mends: Vec<RuleId>) -> Remedy {
        let cost = match &self.change {
            Change::SwitchToSandbox(_) => Cost::Sandbox { itself: source.id == target.id },
            Change::AddDataverse(_) => Cost::Dataverse,
            Change::SetManaged(role, true) => Cost::Managed { of_source: *role == Role::Source },
            Change::SetManaged(role, false) => {
                let env = if *role == Role::Source { source } else { target };
                let shortens = env.kind.get().is_none_or(|k| *k == Kind::Production);
                Cost::Unmanaged { of_source: *role == Role::Source, shortens }
            }
            Change::ApplyKey(_) => Cost::Key,
            Change::LinkPolicies => Cost::Policies,
        };
        Remedy { change: self.change.clone(), mends, cost }
    }
}
