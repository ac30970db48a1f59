//! The environment to create where nothing mends a pair, or as the other way out (R17).

use super::super::edition::{Edition, Pair};
use super::super::environment::{Environment, Key, Kind};
use super::change::{KeyToApply, Needed, NewTarget};

/// The environment to create that is eligible for this source; `None` where the source can be no source of another environment
/// (by its kind, or because it has no Dataverse and so no backups).
pub fn new_target(edition: &Edition, source: &Environment) -> Option<NewTarget> {
    if source.dataverse.get() == Some(&false) {
        return None;
    }
    let possible = |source: &Kind, target: &Kind| edition.pair(source, target) == Pair::Yes;
    let kind = match source.kind.get() {
        // A Sandbox rather than a Developer environment: it may be the target of every kind that has one.
        Some(kind) => [Kind::Sandbox].iter().chain(edition.targets).find(|t| possible(kind, t))?.clone(),
        None => Kind::Sandbox,
    };
    let region = source.region.get().filter(|r| !r.as_str().is_empty()).cloned();
    let managed = source.managed.get().copied();
    let key = match source.key.get() {
        Some(Key::Customer(which)) => Needed::Yes(KeyToApply::for_source(edition, which.as_deref())),
        Some(Key::Microsoft) => Needed::No,
        None => Needed::IfSourceHas(KeyToApply::for_source(edition, None)),
    };
    let policies = match source.policies.get() {
        _ if !edition.policies_must_match => Needed::No,
        Some(policies) if policies.is_empty() => Needed::No,
        Some(_) => Needed::Yes(()),
        None => Needed::IfSourceHas(()),
    };
    let not_offered = source.kind.get().is_some_and(|kind| edition.not_offered_sources.contains(kind));
    Some(NewTarget { kind, region, managed, key, policies, kind_known: !source.kind.is_unknown(), not_offered })
}
