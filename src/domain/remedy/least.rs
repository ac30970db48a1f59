//! The least that would open an environment where none of the others is open to it.

use super::super::eligibility::Facts;
use super::super::environment::{Environment, EnvironmentId};
use super::super::tenant::Tenant;
use super::{Cost, Mend, Remedy, mend};
use crate::domain::edition::Edition;
use crate::domain::order::Order as _;
use std::collections::{HashMap, HashSet};

/// A pair that is refused, and what would open it.
#[derive(Clone, Debug, PartialEq)]
pub struct LeastChange {
    pub other: EnvironmentId,
    pub changes: Vec<Remedy>,
    /// Whether nothing is left to be answered then.
    pub surely: bool,
}

/// The changes that cost least after which `here` is open, or rests on answers alone, with one of `others`; `from`: with them as
/// sources. No Production environment is switched, and nothing is done that cannot be undone, where something else would do; of the
/// rest the surest, then the fewest. Each set of equal facts is judged once. `None` where no change opens any.
pub fn least_change(
    edition: &Edition,
    tenant: &Tenant,
    here: &EnvironmentId,
    others: &[EnvironmentId],
    from: bool,
) -> Option<LeastChange> {
    let env = tenant.get(here)?;
    let mut mends: HashMap<(Facts<'_>, Option<&EnvironmentId>), Option<LeastChange>> = HashMap::new();
    let wanted: HashSet<&EnvironmentId> = others.iter().collect();
    for other in tenant.living().filter(|other| other.id != *here && wanted.contains(&other.id)) {
        let (source, target) = if from { (other, env) } else { (env, other) };
        // What the service said of a pair (T10) it said of this one alone.
        let alone = source.candidates.is_some().then_some(&other.id);
        mends.entry((Facts::of(other), alone)).or_insert_with(|| of_pair(edition, source, target, other));
    }
    let mut found: Vec<LeastChange> = mends.into_values().flatten().collect();
    found.order_by(|a, b| a.price().cmp(&b.price()).then_with(|| a.other.cmp(&b.other)));
    found.into_iter().next()
}

impl LeastChange {
    /// The dearest first: people work in a Production environment (R16), as [`crate::domain::advice`] has it too.
    fn price(&self) -> (bool, bool, bool, usize) {
        let has = |of: fn(&Cost) -> bool| self.changes.iter().any(|change| of(&change.cost));
        let switches = has(|cost| matches!(cost, Cost::Sandbox { .. }));
        (switches, has(|cost| !cost.reversible()), !self.surely, self.changes.len())
    }
}

fn of_pair(edition: &Edition, source: &Environment, target: &Environment, other: &Environment) -> Option<LeastChange> {
    let Mend { changes, questions, .. } = mend(edition, source, target);
    let changes = changes.filter(|changes| !changes.is_empty())?;
    Some(LeastChange { other: other.id.clone(), changes, surely: questions.is_empty() })
}
