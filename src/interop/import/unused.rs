//! Columns that look as if they mattered and are not read: named once, so that nothing useful is dropped in silence.

use super::findings::Findings;
use super::node::Node;
use super::says::Cause;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// Words of the things that the app judges.
const IMPORTANT: &[&str] = &[
    "backup",
    "retention",
    "restor",
    "delet",
    "expir",
    "encrypt",
    "customermanaged",
    "cmk",
    "byok",
    "vnet",
    "virtualnetwork",
    "managed",
    "protection",
    "dynamics",
    "finops",
    "finance",
    "dataverse",
    "disasterrecovery",
    "locked",
    "storage",
    "capacity",
    "trialend",
    "inactiv",
    // The same in the languages in which the admin center is exported most.
    "verwaltet",
    "aufbewahr",
    "gelösch",
    "géré",
    "supprim",
    "conserv",
    "administrad",
    "gerenciad",
    "elimin",
    "exclu",
    "région",
    "región",
    "região",
    "マネージド",
    "保持",
    "削除",
    "地域",
];

/// What is important only where it is the whole title: of which groups it speaks is not known.
const WHOLE: &[&str] = &["group"];

/// What is read, or is known to say nothing that the app asks for.
const KNOWN: &[&str] = &[
    "backupretention",
    "backupretentionperiod",
    "backupretentionperiodindays",
    "bgbackup",
    "capacity",
    "customermanagedkey",
    "dataverse",
    "dataverseid",
    "dataverseurl",
    "deletedat",
    "deletedby",
    "deleteddatetime",
    "deletedon",
    "deletedprincipalid",
    "deleted",
    "deletedtime",
    "deletiontime",
    "environmentdeleted",
    "environmentdeletedon",
    "environmentdeletedtime",
    "expirationdatetime",
    "expirationtime",
    "finopsmetadata",
    "hasdataverse",
    "inactivity",
    "isdeleted",
    "ismanaged",
    "ismanagedenv",
    "ismanagedenvironment",
    "keymanagedby",
    "managed",
    "managedenvironment",
    "protectionlevel",
    "protectionstatus",
    "retentiondetails",
    "retentionperiod",
    "retentionperiodindays",
    "softdeleteddatetime",
    "softdeletedtime",
    "overflowcapacity",
];

/// How many are named, and how many different keys are remembered.
const NAMED: usize = 12;
const REMEMBERED: usize = 500;

/// Collects them.
#[derive(Default)]
pub struct Unused {
    looked_at: FxHashSet<String>,
    found: BTreeSet<String>,
}

impl Unused {
    /// Looks at the columns of an environment that was read.
    pub fn look(&mut self, row: &Node<'_>) {
        let inner = row.get("Internal");
        for node in [row, row.get("properties"), inner, inner.get("properties")] {
            let Node::Map(pairs) = node else { continue };
            for (key, value) in pairs.iter() {
                if says_nothing(value) || self.looked_at.len() > REMEMBERED || self.looked_at.contains(key.as_ref()) {
                    continue;
                }
                self.looked_at.insert(key.to_string());
                let lower = key.to_ascii_lowercase();
                let known = KNOWN.contains(&lower.as_str());
                if !known && self.found.len() < NAMED && important(&lower) {
                    self.found.insert(key.chars().take(60).collect());
                }
            }
        }
    }

    pub fn tell(&self, findings: &mut Findings) {
        if !self.found.is_empty() {
            let names = self.found.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            Cause::Unused.tell(findings, "", &names, "");
        }
    }
}

fn important(title: &str) -> bool {
    WHOLE.contains(&title) || IMPORTANT.iter().any(|word| title.contains(word))
}

/// An empty cell, null, or an empty object.
pub fn says_nothing(node: &Node<'_>) -> bool {
    match node {
        Node::Null | Node::Cut => true,
        Node::Text(_) => node.text().is_none_or(|t| t == "-"),
        Node::List(items) => items.is_empty(),
        Node::Map(pairs) => pairs.is_empty(),
        Node::Bool(_) | Node::Number(_) => false,
    }
}
