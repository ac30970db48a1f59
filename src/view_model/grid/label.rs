//! What a class is called: only what tells it apart is said.

use super::Class;
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

/// The class of a group, without its members. `policies`: the rules ask about them.
pub(super) fn class(group: &FactGroup, policies: bool) -> Class {
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
    let linked = match (&facts.policies, policies) {
        (_, false) => None,
        (None, true) => open("policies"),
        (Some(all), true) => match all.len() {
            0 => None,
            1 => known("1 policy"),
            n => known(format!("{n} policies")),
        },
    };
    let region = facts.region.is_none().then(|| open("region")).flatten();
    Class {
        kind: facts.kind.as_ref().map_or_else(|| "Kind ?".to_string(), ToString::to_string),
        traits: [managed, key, dataverse, linked, region].into_iter().flatten().collect(),
        region: facts.region.clone(),
        members: Vec::new(),
    }
}

impl Class {
    /// What the rules see of it: "Sandbox, managed, own key".
    pub fn facts(&self) -> String {
        let traits = self.traits.iter().map(|t| t.says.as_str());
        [self.kind.as_str()].into_iter().chain(traits).collect::<Vec<_>>().join(", ")
    }
}
