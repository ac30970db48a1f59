//! Short spellings for pairs of environments and their verdicts, shared by the tests of eligibility, remedies and comparison.
#![allow(dead_code)]

use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::{Outcome, Role, Verdict};
use restore_desk::domain::environment::{Environment, FactKey, Key, Kind, Policy, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::tenant::Tenant;
use std::collections::BTreeSet;

pub fn at(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap()
}

pub fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Sample, at(1, 0))
}

/// The edition whose id begins with this year.
#[track_caller]
pub fn edition(year: &str) -> &'static Edition {
    EDITIONS.iter().copied().find(|e| e.id.starts_with(year)).unwrap_or_else(|| panic!("no edition of {year}"))
}

/// Reads an environment such as `Sandbox region:asia db:no managed key:k1 pol:net=v1,id=?`.
///
/// What is not written is: in Europe, with Dataverse, not managed, Microsoft's key, no policies. `?` is unknown, as a kind or
/// as a value; `key:any` is a customer-managed key that is not known; the id of a policy may be `?`.
#[track_caller]
pub fn env(id: &str, spec: &str) -> Environment {
    let mut env = Environment::new(id);
    env.region = known(Region::new("europe"));
    env.dataverse = known(true);
    env.managed = known(false);
    env.key = known(Key::Microsoft);
    env.policies = known(BTreeSet::new());
    let flag = |raw: &str| match raw {
        "yes" => known(true),
        "no" => known(false),
        "?" => Fact::unknown(),
        other => panic!("`{other}` is not yes, no or ?"),
    };
    for word in spec.split_whitespace() {
        match word.split_once(':') {
            Some(("region", "?")) => env.region = Fact::unknown(),
            Some(("region", raw)) => env.region = known(Region::new(raw)),
            Some(("db", raw)) => env.dataverse = flag(raw),
            Some(("managed", raw)) => env.managed = flag(raw),
            Some(("d365", raw)) => env.dynamics = flag(raw),
            Some(("key", "?")) => env.key = Fact::unknown(),
            Some(("key", "ms")) => env.key = known(Key::Microsoft),
            Some(("key", "any")) => env.key = known(Key::Customer(None)),
            Some(("key", raw)) => env.key = known(Key::Customer(Some(raw.to_string()))),
            Some(("pol", "?")) => env.policies = Fact::unknown(),
            Some(("pol", raw)) => env.policies = known(raw.split(',').map(policy).collect()),
            Some((other, _)) => panic!("`{other}` is no fact"),
            None if word == "managed" => env.managed = known(true),
            None if word == "?" => env.kind = Fact::unknown(),
            None => env.kind = known(Kind::read(word)),
        }
    }
    env
}

#[track_caller]
fn policy(raw: &str) -> Policy {
    let (sort, id) = raw.split_once('=').expect("sort=id");
    let sort = match sort {
        "net" => "networkinjection",
        "id" => "identity",
        other => other,
    };
    Policy { sort: sort.to_string(), id: Some(id.to_string()).filter(|id| id != "?") }
}

/// A source and a target. The target `itself` is the source again.
#[track_caller]
pub fn pair(source: &str, target: &str) -> (Environment, Environment) {
    let source = env("source", source);
    let target = if target == "itself" { source.clone() } else { env("target", target) };
    (source, target)
}

/// What is not met: `T1! T4?ST` is T1 broken and T4 unknown, asking for the fact of source and target. Empty: all is met.
pub fn short(verdict: &Verdict) -> String {
    let mut words: Vec<String> = verdict.broken.iter().map(|j| format!("{}!", j.rule().unwrap())).collect();
    words.extend(verdict.unknown.iter().map(|j| {
        let roles: String = j.asks.iter().map(|q| if q.role == Role::Source { 'S' } else { 'T' }).collect();
        format!("{}?{roles}", j.rule().unwrap())
    }));
    words.sort();
    words.join(" ")
}

pub fn fact_of(rule: &str) -> FactKey {
    match rule {
        "T2" => FactKey::Region,
        "T3" => FactKey::Dataverse,
        "T4" => FactKey::Managed,
        "T5" => FactKey::Key,
        "T6" => FactKey::Policies,
        _ => FactKey::Kind,
    }
}

pub fn worst(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    outcomes.into_iter().max().unwrap_or(Outcome::Eligible)
}

/// Any edition.
pub fn any_edition() -> impl Strategy<Value = &'static Edition> {
    proptest::sample::select(EDITIONS)
}

/// The facts of an environment as one spec, every fact known or not, likely enough to be equal to another's.
pub fn any_spec() -> impl Strategy<Value = String> {
    let pick = |words: &'static [&'static str]| proptest::sample::select(words);
    (
        pick(&["Production", "Sandbox", "Sandbox", "Developer", "Teams", "Default", "Trial", "Platform", "?"]),
        pick(&["region:europe", "region:europe", "region:asia", "region:?"]),
        pick(&["db:yes", "db:yes", "db:no", "db:?"]),
        pick(&["managed:yes", "managed:no", "managed:?"]),
        pick(&["key:ms", "key:ms", "key:k1", "key:K1", "key:k2", "key:any", "key:?"]),
        pick(&["pol:?", "", "", "pol:net=v1", "pol:net=v2", "pol:net=?", "pol:net=v1,id=i1", "pol:id=?"]),
    )
        .prop_map(|(kind, region, db, managed, key, pol)| format!("{kind} {region} {db} {managed} {key} {pol}"))
}

/// A tenant of a few environments, some of them alike, some deleted.
pub fn any_tenant() -> impl Strategy<Value = Tenant> {
    proptest::collection::vec((any_spec(), proptest::bool::weighted(0.1)), 1..12).prop_map(|specs| Tenant {
        environments: specs
            .iter()
            .enumerate()
            .map(|(i, (spec, deleted))| {
                let mut env = env(&format!("e{i}"), spec);
                env.deleted = deleted.then(|| at(1, 0).into());
                env
            })
            .collect(),
        ..Tenant::default()
    })
}
