//! The changes that may be made to a pair, what they do to its facts, and what they cost.

use super::super::deed::Setting;
use super::super::edition::Edition;
use super::super::eligibility::{Role, Standing, Standings};
use super::super::environment::{Environment, Key, Kind, Policy};
use super::super::fact::{Fact, Origin};
use super::super::rule::RuleId;
use super::Cost;
use super::change::{KeyToApply, MendingChange, Remedy};
use crate::domain::order::Gather;
use chrono::{DateTime, Utc};

/// A change that applies to a pair.
#[derive(Clone, Debug)]
pub(super) struct CandidateChange {
    pub change: MendingChange,
    /// What it costs beside the others: the smaller is tried first.
    pub weight: u32,
    pub cost: Cost,
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
) -> Vec<CandidateChange> {
    let itself = source.id == target.id;
    let broken = |rule| before.of(rule) == Standing::Broken;
    let mut found = Vec::new();
    let mut add = |change, weight, cost| found.push(CandidateChange { change, weight, cost });
    if broken(RuleId::T1) && target.kind.get() == Some(&Kind::Production) {
        add(MendingChange::Set(Setting::Kind(Kind::Sandbox), Role::Target), 8, Cost::Sandbox { itself });
    }
    if broken(RuleId::T3) && !itself && target.dataverse.get() == Some(&false) {
        add(MendingChange::Set(Setting::Dataverse, Role::Target), 4, Cost::Dataverse);
    }
    if broken(RuleId::T4)
        && let (Some(&s), Some(&t)) = (source.managed.get(), target.managed.get())
    {
        let cost = |on, role| {
            let of_source = role == Role::Source;
            let env = if of_source { source } else { target };
            let shortens = env.kind.get().is_none_or(|k| *k == Kind::Production);
            if on { Cost::Managed { of_source } } else { Cost::Unmanaged { of_source, shortens } }
        };
        add(MendingChange::Set(Setting::Managed(s), Role::Target), 1, cost(s, Role::Target));
        // Turning it off on the source may cut the very backups that are to be restored: rather anything else.
        add(MendingChange::Set(Setting::Managed(t), Role::Source), if t { 2 } else { 16 }, cost(t, Role::Source));
    }
    if broken(RuleId::T5)
        && let Some(Key::Customer(which)) = source.key.get()
    {
        add(MendingChange::ApplyKey(KeyToApply::for_source(edition, which.as_deref())), 2, Cost::Key);
    }
    if broken(RuleId::T6) {
        add(MendingChange::LinkPolicies, 2, Cost::Policies);
    }
    found
}

/// The copies are judged and thrown away: when a fact became so does not matter to a verdict.
const ANY_TIME: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

/// Makes a change on copies of a pair, as [`super::mend`] does to judge it. Where the target is the source, both copies change. What it
/// does to backups and histories is not counted.
pub fn apply(change: &MendingChange, source: &mut Environment, target: &mut Environment) {
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
    match change {
        MendingChange::Set(setting, role) => on(*role, &|env| setting.set(env, ANY_TIME)),
        MendingChange::ApplyKey(key) => on(Role::Target, &|env| Setting::Key(key.applied()).set(env, ANY_TIME)),
        MendingChange::LinkPolicies => on(Role::Target, &|env| {
            // Another policy of the same sort gives way: an environment is linked to one of each.
            let stays = |p: &&Policy| !policies.iter().any(|q| q.sort == p.sort);
            let kept = env.policies.get().into_iter().flatten().filter(stays).cloned();
            let linked = kept.chain(policies.iter().cloned()).into_set();
            env.policies = Fact::known(linked, Origin::Recorded, ANY_TIME);
        }),
    }
}

impl CandidateChange {
    /// The change with its cost.
    pub fn remedy(&self, mends: Vec<RuleId>) -> Remedy {
        Remedy { change: self.change.clone(), mends, cost: self.cost }
    }
}
