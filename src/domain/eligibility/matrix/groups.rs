//! The classes as the rules of the edition see them, whatever lists of candidates there are: what is shown of a large tenant.

use super::super::super::edition::KeyMatch;
use super::super::super::environment::{Key, Kind, Policy, Region};
use super::super::super::rule::RuleId;
use super::super::rules::rules_of;
use super::{Facts, Matrix};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Living environments of which the rules that the edition asks see the same facts; `None` is not known. What the service listed of
/// single environments (T10) may still tell them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub kind: Option<Kind>,
    pub region: Option<Region>,
    pub dataverse: Option<bool>,
    pub managed: Option<bool>,
    /// Where any customer-managed key will do, it has no name.
    pub key: Option<Key>,
    /// `None` also where the edition asks nothing about policies.
    pub policies: Option<BTreeSet<Policy>>,
    /// Their places in `tenant.environments`, in that order; at least one.
    pub members: Vec<usize>,
}

/// All groups, and the one of each class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    pub groups: Vec<Group>,
    /// For each class of the matrix the place of its group; `None`: nothing of it lives.
    pub of_class: Vec<Option<usize>>,
    /// Whether the edition asks about policies (T6).
    pub policies: bool,
}

impl Matrix {
    /// Every living environment is in exactly one group.
    pub fn groups(&self) -> Groups {
        let rules: Vec<RuleId> = rules_of(&self.edition).collect();
        let any = Key::Customer(None);
        let mut seen: FxHashMap<Facts<'_>, usize> = FxHashMap::default();
        let mut groups: Vec<Group> = Vec::new();
        let of_class = self
            .classes
            .iter()
            .map(|class| {
                let mut facts = class.facts().only(&rules);
                if self.edition.key_match == KeyMatch::Any && matches!(facts.key, Some(Key::Customer(_))) {
                    facts.key = Some(&any);
                }
                (class.living > 0).then(|| {
                    *seen.entry(facts).or_insert_with(|| {
                        groups.push(Group {
                            kind: facts.kind.cloned(),
                            region: facts.region.cloned(),
                            dataverse: facts.dataverse,
                            managed: facts.managed,
                            key: facts.key.cloned(),
                            policies: facts.policies.cloned(),
                            members: Vec::new(),
                        });
                        groups.len() - 1
                    })
                })
            })
            .collect::<Vec<Option<usize>>>();
        for (place, at) in self.places.iter().enumerate().filter(|(_, at)| !at.deleted) {
            let group = of_class.get(at.class).copied().flatten();
            if let Some(group) = group.and_then(|g| groups.get_mut(g)) {
                group.members.push(place);
            }
        }
        Groups { groups, of_class, policies: self.edition.policies_must_match }
    }

    /// Whether the service listed the candidates of an environment: as a source it may stand differently with members of one group.
    pub fn is_listed(&self, environment: usize) -> bool {
        let class = self.places.get(environment).and_then(|place| self.classes.get(place.class));
        class.is_some_and(|class| class.list.is_some())
    }
}
