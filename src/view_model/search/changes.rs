//! What can be done to an environment beside bringing it back: found by what people call it.

use super::{DEEDS, Hit, environments, meant};
use crate::domain::deed::Setting;
use crate::domain::tenant::Tenant;
use crate::view_model::acts::Act;

/// Which act of an environment is meant, and what it can be called when it is typed, in lower case. The names of two do not begin alike.
type Change = (fn(&Act) -> bool, &'static [&'static str]);

const CHANGES: [Change; 6] = [
    (|act| matches!(act, Act::Set(Setting::Kind(_))), &["switch", "change the kind of", "change kind of", "convert"]),
    (
        |act| matches!(act, Act::SetRetention),
        &["retention of", "set retention of", "change retention of", "change the retention of"],
    ),
    (|act| matches!(act, Act::SetKey), &["key of", "encrypt", "change key of", "change the key of"]),
    (|act| matches!(act, Act::Set(Setting::Managed(_))), &["manage", "managed", "unmanage"]),
    (
        |act| matches!(act, Act::Set(Setting::AdministrationMode(_))),
        &["administration mode of", "administration mode", "admin mode of", "admin mode"],
    ),
    (|act| matches!(act, Act::Delete), &["delete", "remove"]),
];

/// The acts that were meant, with the environments that the rest of `typed` names. None is found of a deleted one.
pub(super) fn find(typed: &str, tenant: &Tenant) -> Vec<Hit> {
    let mut found = Vec::new();
    for (is_meant, verbs) in CHANGES {
        let Some(rest) = meant(verbs, typed) else { continue };
        let rest = ["of ", "to "].iter().find_map(|join| rest.strip_prefix(join)).unwrap_or(rest);
        for env in environments(tenant, rest, DEEDS, |env| env.deleted.is_none()) {
            let acts = Act::of(env, false).into_iter().filter(is_meant);
            found.extend(acts.map(|act| Hit::Begin { act, id: env.id.clone(), name: env.name.clone() }));
        }
    }
    found
}
