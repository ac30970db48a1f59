//! What can be done to an environment beside bringing it back: found by what people call it.

use super::{DEEDS, Hit, environments};
use crate::domain::tenant::Tenant;
use crate::view_model::acts::Act;
use crate::words::deed::{self, Called};

/// Which act of an environment is meant, and what it can be called when it is typed, in lower case. Those that set something to one of
/// two values are in [`deed::CALLED`].
const CHANGES: [Called<Act>; 3] = [
    (
        |act| matches!(act, Act::SetRetention),
        &["retention", "set retention", "change retention", "change the retention"],
    ),
    (|act| matches!(act, Act::SetKey), &["key", "encrypt", "change key", "change the key"]),
    (|act| matches!(act, Act::Delete), &["delete", "remove"]),
];

/// The acts that were meant, with the environments that the rest of `typed` names. None is found of a deleted one.
pub(super) fn find(typed: &str, tenant: &Tenant) -> Vec<Hit> {
    let mut found = Vec::new();
    for (is_meant, verbs) in CHANGES {
        found.extend(named(typed, tenant, verbs, is_meant));
    }
    for (is_meant, verbs) in deed::CALLED {
        found.extend(named(typed, tenant, verbs, |act| matches!(act, Act::Set(setting) if is_meant(setting))));
    }
    found
}

fn named(typed: &str, tenant: &Tenant, verbs: &[&str], is_meant: impl Fn(&Act) -> bool) -> Vec<Hit> {
    // A verb that is still being typed may be a name: these stand before no environment that was meant.
    let whole = verbs.iter().find_map(|verb| typed.strip_prefix(verb)?.strip_prefix(' '));
    let Some(rest) = whole.filter(|rest| !rest.is_empty()) else { return Vec::new() };
    let rest = ["of ", "to "].iter().find_map(|join| rest.strip_prefix(join)).unwrap_or(rest);
    let mut found = Vec::new();
    for env in environments(tenant, rest, DEEDS, |env| env.deleted.is_none()) {
        let acts = Act::of(env, false).into_iter().filter(&is_meant);
        found.extend(acts.map(|act| Hit::Begin { act, id: env.id.clone(), name: env.name.clone() }));
    }
    found
}
