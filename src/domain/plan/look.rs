//! The looks at today's facts that every plan begins with, and the facts that a plan rests on.

use super::super::characters::one_line;
use super::super::environment::{Environment, Key};
use super::super::fact::{Fact, Origin};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::super::words::{day, quoted, sentence, span};
use super::steps::{Scene, step};
use super::{Action, Step};
use crate::domain::order::Order as _;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
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

/// The facts of an environment that a plan rests on, so that a look can find what has changed since. Each stands with those of the
/// same origin, and its origin is said once.
fn known(scene: &Scene, env: &Environment) -> String {
    let yes_no = |yes: &bool| if *yes { "yes" } else { "no" }.to_string();
    let mut facts = vec![
        told(scene, "kind", &env.kind, |kind| one_line(&kind.to_string(), SHOWN_FACT)),
        told(scene, "region", &env.region, |region| one_line(&region.to_string(), SHOWN_FACT)),
        told(scene, "Dataverse", &env.dataverse, yes_no),
        told(scene, "managed", &env.managed, yes_no),
        told(scene, "customer-managed key", &env.key, |key| yes_no(&matches!(key, Key::Customer(_)))),
    ];
    if scene.edition.policies_must_match {
        let count =
            |policies: &BTreeSet<_>| if policies.is_empty() { "none".into() } else { policies.len().to_string() };
        facts.push(told(scene, "enterprise policies", &env.policies, count));
    }
    let mut groups: Vec<(From, Vec<String>)> = Vec::new();
    for (from, clause) in facts {
        match groups.iter_mut().find(|(of, _)| *of == from) {
            Some((_, clauses)) => clauses.push(clause),
            None => groups.push((from, vec![clause])),
        }
    }
    groups.order_by_key(|(from, _)| *from);
    let imported = last_import(scene.tenant, &[env]);
    let said: Vec<String> = groups.iter().map(|(from, clauses)| from.says(&clauses.join(", "), imported)).collect();
    format!(
        "{} If one of them differs, make the plan again. No operation is running on {}.",
        sentence(&said.join("; ")),
        quoted(env)
    )
}

/// The longest a fact of an import is shown here, in characters.
const SHOWN_FACT: usize = 60;

/// Where a fact of a look comes from, in the order in which it is said; days are UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum From {
    Sample,
    Import,
    Recorded(NaiveDate),
    Answer(NaiveDate),
    Unknown,
}

impl From {
    /// Facts with their one origin.
    fn says(self, facts: &str, imported: Option<DateTime<Utc>>) -> String {
        match self {
            From::Sample => format!("{facts} (of the sample tenant)"),
            From::Import => match imported {
                Some(at) => format!("{facts} (imported {})", day(at)),
                None => facts.to_string(),
            },
            From::Recorded(on) => format!("{facts} (recorded {})", day(on.and_time(NaiveTime::MIN).and_utc())),
            From::Answer(on) => format!("{facts} (your answer of {})", day(on.and_time(NaiveTime::MIN).and_utc())),
            From::Unknown => format!("not known when this plan was made: {facts}"),
        }
    }
}

/// One fact, with its origin.
fn told<T>(scene: &Scene, what: &str, fact: &Fact<T>, says: impl Fn(&T) -> String) -> (From, String) {
    let Some(known) = fact.entry() else { return (From::Unknown, what.to_string()) };
    let from = match known.origin {
        Origin::Answer => From::Answer(known.since.date_naive()),
        Origin::Recorded => From::Recorded(known.since.date_naive()),
        Origin::Sample => From::Sample,
        Origin::Import(_) if scene.tenant.sample => From::Sample,
        Origin::Import(_) => From::Import,
    };
    (from, format!("{what} {}", says(&known.value)))
}
