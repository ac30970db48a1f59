//! The words of environments that the rules do not tell apart: only what distinguishes them is said.

use super::{Count, Say};
use crate::domain::eligibility::FactGroup;
use crate::domain::environment::Key;

/// Something that the rules look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trait {
    pub says: String,
    /// It is not known.
    pub open: bool,
}

fn known(says: impl Into<String>) -> Option<Trait> {
    Some(Trait { says: says.into(), open: false })
}

fn open(says: &str) -> Option<Trait> {
    Some(Trait { says: format!("{says} ?"), open: true })
}

/// Of which kind they are.
pub fn kind(group: &FactGroup) -> String {
    group.facts.kind.as_ref().map_or_else(|| "Kind ?".to_string(), ToString::to_string)
}

/// What else the rules see of them. `policies`: they ask about those.
pub fn traits(group: &FactGroup, policies: bool) -> Vec<Trait> {
    let facts = &group.facts;
    let managed = match facts.managed {
        Some(true) => known("managed"),
        Some(false) => known("unmanaged"),
        None => open("managed"),
    };
    let key = match &facts.key {
        Some(Key::Microsoft) => None,
        Some(Key::Customer(Some(name))) => known(format!("own key {name}")),
        Some(Key::Customer(None)) => known("own key"),
        None => open("key"),
    };
    let dataverse = match facts.dataverse {
        Some(true) => None,
        Some(false) => known("no Dataverse"),
        None => open("Dataverse"),
    };
    let linked = match facts.policies.as_ref().filter(|_| policies) {
        None if policies => open("policies"),
        Some(all) if !all.is_empty() => known(Count::of(all.len(), "policy", "policies").says().to_string()),
        _ => None,
    };
    let region = facts.region.is_none().then(|| open("region")).flatten();
    [managed, key, dataverse, linked, region].into_iter().flatten().collect()
}
