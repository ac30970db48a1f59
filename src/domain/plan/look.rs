//! The looks at today's facts that every plan begins with, and the facts that a plan rests on.

use super::super::environment::{Environment, Key};
use super::super::fact::{Fact, Origin};
use super::super::restore::words::{day, one_line, quoted, sentence, span};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::steps::{Scene, step};
use super::{Action, Step};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

/// From this age on an inventory is imported again first.
const FRESH: TimeDelta = TimeDelta::hours(24);

/// When the newest import that listed one of the environments was kept, UTC.
pub(super) fn last_import(tenant: &Tenant, envs: &[&Environment]) -> Option<DateTime<Utc>> {
    let of = |env: &Environment| {
        let number = env.last_import?;
        tenant.imports.iter().find(|i| i.number == number).map(|i| i.at)
    };
    // The older of the two is what the plan rests on.
    envs.iter().map(|env| of(env)).min().flatten()
}

/// The looks at today's facts that every plan begins with.
pub(super) fn look(scene: &Scene) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut envs = vec![scene.source];
    envs.extend(scene.target.filter(|t| t.id != scene.source.id));
    let old = match last_import(scene.tenant, &envs) {
        Some(at) if scene.now - at <= FRESH => None,
        Some(at) => Some(format!("is {} old", span(scene.now - at))),
        None => Some("was not imported".to_string()),
    };
    if let Some(old) = old.filter(|_| !scene.tenant.sample) {
        steps.push(Step {
            who: "Anyone who can list the environments.".to_string(),
            verify: "No fact that this plan rests on has changed; if one has, make the plan again.".to_string(),
            caution: Some(format!("What this plan knows {old}.")),
            ..step("refresh-inventory", "Import the inventory again".to_string(), Action::Manual)
        });
    }
    for env in envs {
        let (id, role) =
            if env.id == scene.source.id { ("look-at-source", "source") } else { ("look-at-target", "target") };
        let name = quoted(env);
        let title = if scene.onto_itself() { format!("Look at {name}") } else { format!("Look at the {role} {name}") };
        steps.push(Step {
            admin_center: format!("Environments > {name}"),
            verify: known(scene, env),
            rules: vec![RuleId::T9],
            ..step(id, title, Action::Inspect { environment: env.id.clone() })
        });
    }
    steps
}

/// The facts of an environment that a plan rests on, so that a look can find what has changed since.
fn known(scene: &Scene, env: &Environment) -> String {
    let yes_no = |yes: &bool| if *yes { "yes" } else { "no" }.to_string();
    let mut facts = vec![
        clause("kind", &env.kind, |kind| one_line(&kind.to_string(), SHOWN_FACT)),
        clause("region", &env.region, |region| one_line(&region.to_string(), SHOWN_FACT)),
        clause("Dataverse", &env.dataverse, yes_no),
        clause("managed", &env.managed, yes_no),
        clause("customer-managed key", &env.key, |key| yes_no(&matches!(key, Key::Customer(_)))),
    ];
    if scene.edition.policies_must_match {
        let count =
            |policies: &BTreeSet<_>| if policies.is_empty() { "none".into() } else { policies.len().to_string() };
        facts.push(clause("enterprise policies", &env.policies, count));
    }
    let from = match last_import(scene.tenant, &[env]) {
        _ if scene.tenant.sample => " (of the sample tenant)".to_string(),
        Some(at) => format!(" (imported {})", day(at)),
        None => String::new(),
    };
    format!(
        "{} If one of them differs, make the plan again. No operation is running on {}.",
        sentence(&format!("{}{from}", facts.join(", "))),
        quoted(env)
    )
}

/// The longest a fact of an import is shown here, in characters.
const SHOWN_FACT: usize = 60;

/// One fact; an answer of the user's says that it is one, and an unknown fact that it was not known.
fn clause<T>(what: &str, fact: &Fact<T>, says: impl Fn(&T) -> String) -> String {
    match fact.entry() {
        None => format!("{what} not known when this plan was made"),
        Some(known) => {
            let origin = match known.origin {
                Origin::Answer => format!(" (your answer of {})", day(known.since)),
                Origin::Recorded => format!(" (recorded {})", day(known.since)),
                Origin::Import(_) | Origin::Sample => String::new(),
            };
            format!("{what} {}{origin}", says(&known.value))
        }
    }
}
