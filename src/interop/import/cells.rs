//! What the cells of a row hold, before anything is recognised by it: JSON of the service that was put into a cell of a table, and ids in
//! braces.

use super::fields::is_guid;
use super::node::{Node, same_key};
use super::says::Cause;
use super::scan::{Broken, Scan};
use std::borrow::Cow;

/// The row with the JSON in its cells opened and the braces around its ids taken off; `None` where it has neither.
pub fn open<'n>(row: &'n Node<'n>) -> Option<Node<'n>> {
    let Node::Map(pairs) = row else { return None };
    let opened = |key: &str, value: &'n Node<'n>| {
        let text = value.text().filter(|text| text.starts_with('{'))?;
        if let Some(id) = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).filter(|id| is_guid(id)) {
            return Some(Node::Text(Cow::Borrowed(id)));
        }
        // One that is not whole is said by whoever reads it.
        ["properties", "Internal"].iter().any(|k| same_key(key, k)).then(|| json(text).ok()).flatten()
    };
    let found: Vec<_> = pairs.iter().map(|(key, value)| opened(key, value)).collect();
    found.iter().any(Option::is_some).then(|| {
        let all = pairs.iter().zip(found);
        Node::Map(all.map(|((key, value), new)| (key.clone(), new.unwrap_or_else(|| value.clone()))).collect())
    })
}

/// The JSON object inside a cell, within the limits of a file of its own.
pub fn json(text: &str) -> Result<Node<'_>, Cause> {
    let walked = Scan::new(text, 0, |_| false).step(usize::MAX).unwrap_or(Err(Broken::End));
    walked.map_err(|broken| match broken {
        Broken::Over(_, over) => Cause::CellOver(over),
        Broken::End | Broken::At(_) => Cause::CutCell,
    })?;
    crate::json::read(text).map_err(|_| Cause::CutCell)
}
