//! Taking the rows out of what a file holds, and handing them to [`Reading`] one at a time.

use super::findings::Findings;
use super::node::Node;
use super::reading::{Around, Form, Reading};
use super::row::File;
use super::{Severity, refuse};
use crate::domain::inventory::Inventory;
use std::borrow::Cow;

/// The rows of a file with where each stands, and what is known of the list around them.
pub struct Rows<'r, 'a> {
    pub rows: Vec<(usize, &'r Node<'a>)>,
    pub around: Around<'a>,
}

/// Keys under which lists stand.
const LISTS: &[&str] = &["value", "collection", "data", "environments", "items", "objectResult", "results", "backups"];

/// The rows of a JSON value; `None` where it holds no rows and that has been said.
pub fn rows<'r, 'a>(node: &'r Node<'a>, beside: Node<'a>, findings: &mut Findings) -> Option<Rows<'r, 'a>> {
    let number = |items: &'r [Node<'a>]| -> Vec<(usize, &'r Node<'a>)> {
        // PowerShell nests a list in a list now and then.
        let flat = items.iter().flat_map(|i| i.list().unwrap_or(std::slice::from_ref(i)));
        flat.enumerate().map(|(i, n)| (i + 1, n)).collect()
    };
    let made = |rows, single, head| Rows { rows, around: Around { unit: "row", form: Form::Json, single, head } };
    match node {
        Node::List(items) => Some(made(number(items), false, beside)),
        Node::Map(pairs) => {
            // `parameters` tell the one rule set that has them, which may have a list of values beside it.
            let identified =
                ["id", "name", "EnvironmentName", "EnvironmentId", "parameters"].iter().any(|k| node.has(k));
            let key = if node.get("tenantCapacities").list().is_some() {
                Some("tenantCapacities")
            } else {
                LISTS.iter().copied().find(|k| node.get(k).list().is_some()).filter(|_| !identified)
            };
            let Some(key) = key else { return Some(made(vec![(1, node)], true, beside)) };
            let items = node.get(key).list().unwrap_or_default();
            let kept = pairs.iter().filter(|(k, _)| !k.eq_ignore_ascii_case(key)).cloned();
            let said = match beside {
                Node::Map(said) => said,
                _ => Vec::new(),
            };
            let head: Vec<(Cow<'a, str>, Node<'a>)> = kept.chain(said).collect();
            Some(made(number(items), false, Node::Map(head)))
        }
        Node::Null => {
            refuse::empty_list("", &beside, findings);
            None
        }
        _ => {
            findings.file(Severity::Error, "this JSON is a single value, not a list of environments", refuse::RUN);
            None
        }
    }
}

/// Reads the rows. `None` where nothing could be used and that has been said.
pub fn read(file: &mut File, name: &str, rows: &Rows<'_, '_>) -> Option<Inventory> {
    let mut reading = Reading::new(file, rows.around.unit, rows.around.form);
    for (number, node) in &rows.rows {
        reading.row(*number, node);
    }
    reading.finish(name, &rows.around)
}
