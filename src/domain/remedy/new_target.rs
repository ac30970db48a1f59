//! The environment to create where nothing mends a pair, or as the other way out (rules.md §5, R17).

use super::super::edition::{Edition, KeyMatch, Pair};
use super::super::environment::{Environment, Key, Kind};
use super::NewTarget;

/// The environment to create that is eligible for this source; `None` where the source can be no source of another environment
/// (by its kind, or because it has no Dataverse and so no backups). What is not known of the source is named in `says`.
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
        Some(Key::Customer(which)) => Some(which.clone().filter(|_| edition.key_match == KeyMatch::Same)),
        _ => None,
    };
    let policies = edition.policies_must_match && source.policies.get().is_some_and(|p| !p.is_empty());

    let mut says = format!(
        "create a {kind} environment{}, with Dataverse, in {}",
        match managed {
            Some(true) => " that is managed",
            Some(false) => " that is not managed",
            None => "",
        },
        region.as_ref().map_or("the source's region, which is not known yet".to_string(), ToString::to_string)
    );
    if managed.is_none() {
        says.push_str("; managed if the source is, which is not known yet");
    }
    match (&key, edition.key_match) {
        (Some(Some(id)), _) => says.push_str(&format!("; apply the customer-managed key `{id}` to it")),
        (Some(None), KeyMatch::Same) => says.push_str("; apply the source's customer-managed key to it"),
        (Some(None), KeyMatch::Any) => says.push_str("; apply a customer-managed key to it"),
        (None, _) if source.key.is_unknown() => {
            let which = if edition.key_match == KeyMatch::Same { "the same key" } else { "one" };
            says.push_str(&format!(
                "; if the source has a customer-managed key, which is not known yet, apply {which} to it"
            ));
        }
        (None, _) => {}
    }
    if policies {
        says.push_str("; link the source's enterprise policies to it");
    } else if edition.policies_must_match && source.policies.is_unknown() {
        says.push_str("; link the source's enterprise policies to it, if it has any, which is not known yet");
    }
    if source.kind.is_unknown() {
        says.push_str("; this helps only if the source's kind, which is not known yet, can be restored to a Sandbox");
    }
    if source.kind.get().is_some_and(|kind| edition.not_offered_sources.contains(kind)) {
        says.push_str("; the page adds that the admin center does not offer such a restore");
    }
    Some(NewTarget { kind, region, managed, key, policies, says })
}
