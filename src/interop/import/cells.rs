//! What the cells of a row hold, before anything is recognised by it: JSON of the service that was put into a cell of a table, ids with
//! braces or other marks around them, and columns such as `properties.displayName`, as tools that flatten JSON into a table name them.

use super::fields::{is_environment_id, is_guid};
use super::node::Node;
use super::object::{Object, same_key};
use super::says::Cause;
use super::scan::{Broken, Scan};
use super::unused::says_nothing;
use super::work::look;
use std::borrow::Cow;

/// How deep a flattened column may lie.
const DEEPEST: usize = 8;

/// The row with the JSON in its cells opened, the braces around its ids taken off, and its flattened columns put back; `None` where it
/// has nothing of these.
pub fn open<'n>(row: &'n Node<'n>) -> Option<Node<'n>> {
    let Node::Map(pairs) = row else { return None };
    if pairs.iter().any(|(key, _)| path(key).is_some()) {
        return Some(nested(pairs));
    }
    let opened = |key: &str, value: &'n Node<'n>| {
        if let Some(id) = value.text().and_then(bare_id) {
            return Some(Node::Text(Cow::Borrowed(id)));
        }
        let text = value.text().filter(|text| text.starts_with('{'))?;
        if let Some(id) = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).filter(|id| is_guid(id)) {
            return Some(Node::Text(Cow::Borrowed(id)));
        }
        // One that is not whole is said by whoever reads it.
        OBJECTS.iter().any(|k| same_key(key, k)).then(|| json(text).ok()).flatten()
    };
    let found: Vec<_> = pairs.iter().map(|(key, value)| opened(key, value)).collect();
    found.iter().any(Option::is_some).then(|| {
        let all = pairs.iter().zip(found);
        Node::Map(all.map(|((key, value), new)| (key.clone(), new.unwrap_or_else(|| value.clone()))).collect())
    })
}

/// The id in a cell that holds nothing else but marks around it: the `'` with which spreadsheets keep a text a text, the quotes of
/// Markdown, and characters without a width, which come along with what is copied from a page.
fn bare_id(text: &str) -> Option<&str> {
    let marked = |c: char| matches!(c, '\'' | '`' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    if !text.starts_with(marked) && !text.ends_with(marked) {
        return None;
    }
    Some(text.trim_matches(marked).trim()).filter(|id| is_environment_id(id))
}

/// The keys of a row under which the services put what they say of an environment.
const OBJECTS: [&str; 2] = ["properties", "Internal"];

/// Those of the Power Platform API, which has them in the row itself.
const OF_THE_API: [&str; 2] = ["retentionDetails", "enterprisePolicies"];

/// The parts of a flattened column: `properties.states.runtime.id`.
fn path(key: &str) -> Option<Vec<&str>> {
    let (first, _) = key.split_once('.')?;
    if !OBJECTS.iter().chain(&OF_THE_API).any(|object| same_key(first, object)) {
        return None;
    }
    look(key.len());
    let parts: Vec<&str> = key.split('.').collect();
    (parts.len() <= DEEPEST && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

/// The row with its flattened columns as the objects that they were. An empty cell puts nothing back: whether there was an object is not
/// known then.
fn nested<'n>(pairs: &Object<'n>) -> Node<'n> {
    let mut row = Object::default();
    for (key, value) in pairs.iter() {
        match path(key) {
            None => row.push((key.clone(), value.clone())),
            Some(_) if says_nothing(value) => {}
            Some(parts) => put(&mut row, &parts, value),
        }
    }
    Node::Map(row)
}

fn put<'n>(into: &mut Object<'n>, parts: &[&str], value: &Node<'n>) {
    let Some((first, rest)) = parts.split_first() else { return };
    match into.value_mut(first, Node::is_map) {
        _ if rest.is_empty() => into.push((Cow::Owned((*first).to_string()), value.clone())),
        Some(Node::Map(inner)) => put(inner, rest, value),
        _ => {
            let mut inner = Object::default();
            put(&mut inner, rest, value);
            into.push((Cow::Owned((*first).to_string()), Node::Map(inner)));
        }
    }
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
