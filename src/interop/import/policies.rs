//! Enterprise policies that are linked to an environment: the encryption key (T5) and the others (T6).

use super::Severity;
use super::node::Node;
use super::row::Row;
use super::says::Cause;
use super::unused::says_nothing;
use crate::domain::environment::{Key, Policy};
use std::collections::BTreeSet;

/// What `enterprisePolicies` says.
#[derive(Default)]
pub struct Policies {
    pub key: Option<Key>,
    pub others: Option<BTreeSet<Policy>>,
}

enum Link {
    Linked(Option<String>),
    NotLinked,
    /// On its way, failed, or in words that are not known.
    Unsure(String),
    /// Cut off by PowerShell; that has been said for the whole file.
    Lost,
}

/// The sorts beside the key that the Power Platform API names, each with null where none is linked. The admin API knows `vNets` and
/// `identity`, names what is linked and leaves the rest out.
const OF_THE_API: [&str; 3] = ["identity", "networkinjection", "privateendpoint"];

/// Words of `keyManagedBy` that say nothing by themselves.
const KEPT_BY: [&str; 4] = ["microsoft", "notspecified", "unknown", "none"];

/// Reads `enterprisePolicies` beside `keyManagedBy`. What the object does not name stays unknown: where not all are told, the policies
/// are. `keyManagedBy: Microsoft` proves nothing, because it stays so beside a linked key.
pub fn read(row: &mut Row<'_>, node: &Node<'_>, managed_by: &Node<'_>) -> Policies {
    let mut read = Policies::default();
    if let Node::Map(pairs) = node {
        let mut key = None;
        let mut others: Option<BTreeSet<Policy>> = None;
        let mut lost = false;
        for (name, value) in pairs.iter() {
            let sort = sort_of(name);
            let opened = row.open(value).into_owned();
            let link = link(&opened);
            match (sort.as_str(), link) {
                ("encryption", Link::NotLinked) => key = key.or(Some(Key::Microsoft)),
                (_, Link::NotLinked) => {
                    others.get_or_insert_default();
                }
                ("encryption", Link::Linked(id)) => key = Some(Key::Customer(id)),
                ("encryption", Link::Lost) => key = None,
                (_, Link::Lost) => lost = true,
                ("encryption", Link::Unsure(status)) => {
                    key = None;
                    unsure(row, name, &status);
                }
                (_, Link::Linked(id)) => {
                    others.get_or_insert_default().insert(Policy { sort, id });
                }
                (_, Link::Unsure(status)) => {
                    lost = true;
                    unsure(row, name, &status);
                }
            }
        }
        let names = |sorts: &[&str]| sorts.iter().all(|s| pairs.iter().any(|(name, _)| sort_of(name) == *s));
        // A null alone is what a tool writes for a field that it was not given: it is the admin API's word only where the other sort
        // stands beside it. A status is its word in any case.
        let admin = pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case("vNets"));
        let all = names(&OF_THE_API) || admin.is_some_and(|(_, value)| !says_nothing(value) || names(&["identity"]));
        // So is the null of a key that stands alone.
        let key =
            key.filter(|key| *key != Key::Microsoft || pairs.iter().any(|(_, v)| !says_nothing(v)) || pairs.len() > 1);
        read = Policies { key, others: others.filter(|_| all && !lost) };
    }
    if managed_by.text().is_some_and(|t| t.eq_ignore_ascii_case("customer")) {
        read.key = match read.key {
            Some(Key::Microsoft) => {
                row.tell(
                    "protectionStatus.keyManagedBy",
                    "Customer, and no linked customerManagedKeys",
                    &Cause::TwoKeys,
                );
                None
            }
            key => key.or(Some(Key::Customer(None))),
        };
    } else if let Some(word) = managed_by.text().filter(|t| !KEPT_BY.iter().any(|k| t.eq_ignore_ascii_case(k))) {
        row.tell("protectionStatus.keyManagedBy", word, &Cause::UnknownKeeper);
        read.key = read.key.filter(|key| *key != Key::Microsoft);
    }
    read
}

fn unsure(row: &mut Row<'_>, name: &str, status: &str) {
    row.finding(
        Severity::Warning,
        &format!("enterprisePolicies.{name}"),
        status,
        "whether this policy is linked cannot be told from its status, so it is left unknown",
        "export the list again when the change of the policy has ended, or answer the question in the app",
    );
}

fn sort_of(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "customermanagedkeys" | "customermanagedkey" | "encryption" => "encryption",
        "vnets" | "vnet" | "networkinjection" => "networkinjection",
        "identity" | "identities" => "identity",
        "privateendpoint" | "privateendpoints" => "privateendpoint",
        _ => return lower,
    }
    .to_string()
}

fn link(node: &Node<'_>) -> Link {
    match node {
        Node::Null => Link::NotLinked,
        Node::Map(pairs) if pairs.is_empty() => Link::NotLinked,
        // A list holds links and never another list: looking into one costs no more than its length.
        Node::List(items) => {
            let told = items.iter().map(|item| match item {
                Node::List(inner) if inner.is_empty() => Link::NotLinked,
                Node::List(_) => Link::Unsure("a list in a list".to_string()),
                other => link(other),
            });
            told.fold(Link::NotLinked, |found, next| if matches!(found, Link::NotLinked) { next } else { found })
        }
        Node::Map(_) => {
            let id = node.first(&["policyId", "resourceId", "id", "systemId"]).text().map(str::to_string);
            match node.first(&["linkStatus", "status"]).text() {
                Some(s) if s.eq_ignore_ascii_case("linked") => Link::Linked(id),
                Some(s) if ["notlinked", "unlinked", "none"].iter().any(|w| s.eq_ignore_ascii_case(w)) => {
                    Link::NotLinked
                }
                Some(s) => Link::Unsure(s.to_string()),
                None => Link::Unsure("no status".to_string()),
            }
        }
        Node::Text(_) if node.text().is_none() => Link::NotLinked,
        Node::Cut => Link::Lost,
        _ => Link::Unsure(node.words().unwrap_or_default()),
    }
}
