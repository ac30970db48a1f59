//! The same environment in two rows of a file. A fact of which they say different things is not known; for the rest the first row counts.

use crate::domain::inventory::Observation;

/// Takes the facts out of `first` that `again` contradicts, and says which. What is called deleted in one of them is deleted: a restore
/// onto it would fail.
pub fn settle(first: &mut Observation, again: &Observation) -> Vec<&'static str> {
    let mut facts = Vec::new();
    let mut settled = |fact, contradicted| {
        if contradicted {
            facts.push(fact);
        }
    };
    settled("kind", contradicted(&mut first.kind, &again.kind));
    settled("region", contradicted(&mut first.region, &again.region));
    settled("Dataverse", contradicted(&mut first.dataverse, &again.dataverse));
    settled("Dynamics 365 apps", contradicted(&mut first.dynamics, &again.dynamics));
    settled("managed", contradicted(&mut first.managed, &again.managed));
    settled("key", contradicted(&mut first.key, &again.key));
    settled("policies", contradicted(&mut first.policies, &again.policies));
    settled("retention", contradicted(&mut first.retention_setting, &again.retention_setting));
    settled("creation", contradicted(&mut first.created, &again.created));
    settled("state", contradicted(&mut first.state, &again.state));
    settled("running operation", contradicted(&mut first.activity, &again.activity));
    settled("finance and operations", contradicted(&mut first.finance, &again.finance));
    settled("deletion", first.deleted != again.deleted);
    // Of two times of deletion the earlier, from which less is recoverable.
    let told = [&first.deleted, &again.deleted].into_iter().flatten();
    first.deleted = told.min_by_key(|told| told.latest()).cloned();
    facts
}

fn contradicted<T: PartialEq>(first: &mut Option<T>, again: &Option<T>) -> bool {
    let contradicted = matches!((&*first, again), (Some(a), Some(b)) if a != b);
    if contradicted {
        *first = None;
    }
    contradicted
}
