//! The classes as the rules of the edition see them, whatever lists of candidates there are: what is shown of a large tenant.

use super::super::edition::KeyMatch;
use super::super::environment::Key;
use super::super::rule::RuleId;
use super::matrix::Matrix;
use super::rules::{Facts, HeldFacts, rules_of};
use rustc_hash::FxHashMap;

/// Living environments of which the rules that the edition asks see the same facts; `None` is not known. What the service listed of
/// single environments (T10) may still tell them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactGroup {
    /// Where any customer-managed key will do, it has no name; of policies nothing is known where the edition asks nothing about them.
    pub facts: HeldFacts,
    /// Their places in `tenant.environments`, in that order; at least one.
    pub members: Vec<usize>,
}

/// All groups, and the one of each class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    pub groups: Vec<FactGroup>,
    /// For each class of the matrix the place of its group; `None`: nothing of it lives.
    pub of_class: Vec<Option<usize>>,
    /// Whether the edition asks about policies (T6).
    pub policies: bool,
}

/// The groups of a matrix; every living environment is in exactly one.
pub fn groups(matrix: &Matrix) -> Groups {
    let edition = matrix.edition();
    let rules: Vec<RuleId> = rules_of(edition).collect();
    let any = Key::Customer(None);
    let mut seen: FxHashMap<Facts<'_>, usize> = FxHashMap::default();
    let mut groups: Vec<FactGroup> = Vec::new();
    let mut of_class = Vec::with_capacity(matrix.classes());
    for (facts, living) in matrix.facts() {
        let mut facts = facts.only(&rules);
        if edition.key_match == KeyMatch::Any && matches!(facts.key, Some(Key::Customer(_))) {
            facts.key = Some(&any);
        }
        of_class.push((living > 0).then(|| {
            *seen.entry(facts).or_insert_with(|| {
                groups.push(FactGroup { facts: HeldFacts::of(&facts), members: Vec::new() });
                groups.len() - 1
            })
        }));
    }
    for place in (0..matrix.len()).filter(|place| matrix.lives(*place)) {
        let group = matrix.class_of(place).and_then(|class| of_class.get(class).copied().flatten());
        if let Some(group) = group.and_then(|g| groups.get_mut(g)) {
            group.members.push(place);
        }
    }
    Groups { groups, of_class, policies: edition.policies_must_match }
}
