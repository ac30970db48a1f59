//! What can be done to an environment beside bringing it back: found by what people call it.

use super::{DEEDS, Hit, environments, meant};
use crate::domain::tenant::Tenant;
use crate::view_model::acts::Act;
use crate::words::deed::{self, Called};

/// Which act of an environment is meant, and what it can be called when it is typed, in lower case. Those that set something to one of
/// two values are in [`deed::CALLED`].
const CHANGES: [Called<Act>; 3] = [
    (
        |act| matches!(act, Act::SetRetention),
        &["retention of", "set retention of", "change retention of", "change the retention of"],
    ),
    (|act| matches!(act, Act::SetKey), &["key of", "encrypt", "change key of", "change the key of"]),
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
    let Some(rest) = meant(verbs, typed) else { return Vec::new() };
    let rest = ["of ", "to "].iter().find_map(|join| rest.strip_prefix(join)).unwrap_or(rest);
    let mut found = Vec::new();
    for env in environments(tenant, rest, DEEDS, |env| env.deleted.is_none()) {
        let acts = Act::of(env, false).into_iter().filter(&is_meant);
        found.extend(acts.map(|act| Hit::Begin { act, id: env.id.clone(), name: env.name.clone() }));
    }
    found
}
