//! The looks at today's facts that every plan begins with, and the facts that a plan rests on.

use super::super::eligibility::facts_of_pair;
use super::super::environment::{Environment, FactKey};
use super::super::fact::Origin;
use super::super::rule::RuleId;
use super::super::said::Role;
use super::parts::{Action, Step};
use super::steps::PlanScene;
use super::{FactFrom, FactValue, KnownFact, PlanFacts, Task};
use chrono::TimeDelta;

/// From this age on an inventory is imported again first.
const FRESH: TimeDelta = TimeDelta::hours(24);

/// The looks at today's facts that every plan begins with.
pub(super) fn look(scene: &PlanScene) -> Vec<Step> {
    let mut steps = Vec::new();
    let envs = scene.environments();
    // The older of the two is what the plan rests on.
    let imported = scene.tenant.facts_as_of(envs.iter().map(|(_, env)| *env));
    let fresh = imported.is_some_and(|at| scene.now - at <= FRESH);
    if !fresh && !scene.tenant.sample {
        steps.push(Step::of(Task::ImportAgain(imported), Action::Manual, &[]));
    }
    for (role, env) in envs {
        let look = PlanFacts { role, facts: known_facts(scene, env), imported: scene.tenant.facts_as_of([env]) };
        steps.push(Step::of(Task::Look(look), Action::Inspect { environment: env.id.clone() }, &[RuleId::T9]));
    }
    steps
}

/// The facts of an environment that a plan rests on, so that a look can find what has changed since.
fn known_facts(scene: &PlanScene, env: &Environment) -> Vec<KnownFact> {
    facts_of_pair(scene.edition).map(|fact| known(scene, env, fact)).collect()
}

/// One fact, with its origin.
fn known(scene: &PlanScene, env: &Environment, fact: FactKey) -> KnownFact {
    let Some(known) = env.told(fact) else { return KnownFact { fact, value: None, from: FactFrom::Unknown } };
    let from = match known.origin {
        Origin::Answer => FactFrom::Answer(known.since.date_naive()),
        Origin::Recorded => FactFrom::Recorded(known.since.date_naive()),
        Origin::Sample => FactFrom::Sample,
        Origin::Import(_) if scene.tenant.sample => FactFrom::Sample,
        Origin::Import(_) => FactFrom::Import,
    };
    KnownFact { fact, value: FactValue::of(known.value), from }
}

impl<'a> PlanScene<'a> {
    /// Those that the plan looks at, each once.
    pub(super) fn environments(&self) -> Vec<(Role, &'a Environment)> {
        let target = self.target.filter(|_| !self.onto_itself()).map(|target| (Role::Target, target));
        [Some((Role::Source, self.source)), target].into_iter().flatten().collect()
    }
}
