//! The changes that may be made to a pair, what they do to its facts, and what they cost.

use super::super::edition::{Edition, KeyMatch};
use super::super::eligibility::{Role, Standing, Standings};
use super::super::environment::{Environment, Key, Kind, Policy};
use super::super::fact::{Fact, Origin};
use super::super::rule::RuleId;
use super::{Change, Cost, Remedy};
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
        let which = which.clone().filter(|_| edition.key_match == KeyMatch::Same);
        add(Change::ApplyKey(which), 2);
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
            Change::ApplyKey(which) => on(Role::Target, &|env| set(&mut env.key, Key::Customer(which.clone()))),
            Change::LinkPolicies => on(Role::Target, &|env| {
                // Another policy of the same sort gives way: an environment is linked to one of each.
                let stays = |p: &&Policy| !policies.iter().any(|q| q.sort == p.sort);
                let kept = env.policies.get().into_iter().flatten().filter(stays).cloned();
                let linked = kept.chain(policies.iter().cloned()).collect();
                set(&mut env.policies, linked);
            }),
        }
    }

    /// The change for people.
    pub fn remedy(&self, edition: &Edition, source: &Environment, target: &Environment, mends: Vec<RuleId>) -> Remedy {
        let itself = source.id == target.id;
        let role_word = |role: &Role| match role {
            _ if itself => "the environment",
            Role::Source => "the source",
            Role::Target => "the target",
        };
        let (does, cost) = match &self.change {
            Change::SwitchToSandbox(role) => {
                (format!("switch {} from Production to Sandbox", role_word(role)), Cost::Sandbox { itself })
            }
            Change::AddDataverse(role) => (format!("add a Dataverse database to {}", role_word(role)), Cost::Dataverse),
            Change::SetManaged(role, managed) => {
                let of_source = *role == Role::Source;
                let env = if of_source { source } else { target };
                let shortens = env.kind.get().is_none_or(|k| *k == Kind::Production);
                let (verb, cost) = match managed {
                    true => ("turn on", Cost::Managed { of_source }),
                    false => ("turn off", Cost::Unmanaged { of_source, shortens }),
                };
                (format!("{verb} Managed Environments for {}", role_word(role)), cost)
            }
            Change::ApplyKey(which) => {
                let does = match (which, edition.key_match) {
                    (Some(id), _) => format!("apply the source's customer-managed key `{id}` to the target"),
                    (None, KeyMatch::Same) => "apply the source's customer-managed key to the target".to_string(),
                    (None, KeyMatch::Any) => "apply a customer-managed key to the target".to_string(),
                };
                (does, Cost::Key)
            }
            Change::LinkPolicies => ("link the source's enterprise policies to the target".to_string(), Cost::Policies),
        };
        Remedy { change: self.change.clone(), mends, does, cost }
    }
}
