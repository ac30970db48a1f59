//! The same key twice in one object: JSON leaves open which one counts, so that neither does where they differ.

use super::node::{Node, same_key};
use super::row::Row;
use super::says::Cause;
use super::work::look;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Up to so many keys are compared with each other; more are looked up.
const FEW: usize = 48;

/// Whether a row has an object with a key that stands in it twice.
pub fn any(node: &Node<'_>) -> bool {
    match node {
        Node::Map(pairs) => twice(pairs) || pairs.iter().any(|(_, value)| any(value)),
        Node::List(items) => items.iter().any(any),
        _ => false,
    }
}

fn twice(pairs: &[(Cow<'_, str>, Node<'_>)]) -> bool {
    look(pairs.len());
    if pairs.len() > FEW {
        let mut seen = HashSet::new();
        return !pairs.iter().all(|(key, _)| seen.insert(key.to_ascii_lowercase()));
    }
    // Keys that are the same have the same mark. Those with the mark of one before are few, and compared.
    let mut marks = 0u64;
    pairs.iter().enumerate().any(|(i, (key, _))| {
        let before = marks;
        marks |= mark(key);
        before == marks && pairs.iter().take(i).any(|(before, _)| same_key(before, key))
    })
}

/// One bit of 64 by the length, the first and the last letter of a key, without case.
fn mark(key: &str) -> u64 {
    let letter = |byte: Option<&u8>| byte.map_or(0, |b| usize::from(b.to_ascii_lowercase()));
    let bytes = key.as_bytes();
    1 << ((bytes.len() + 7 * letter(bytes.first()) + 3 * letter(bytes.last())) % 64)
}

/// The row without the keys that stand in one object twice with different values; each is named.
pub fn settle<'a>(row: &mut Row<'_>, node: &Node<'a>) -> Node<'a> {
    match node {
        Node::Map(pairs) => {
            let mut places: HashMap<String, usize> = HashMap::new();
            let mut kept: Vec<(Cow<'a, str>, Option<Node<'a>>)> = Vec::new();
            for (key, value) in pairs {
                let value = settle(row, value);
                match places.get(&key.to_ascii_lowercase()).and_then(|i| kept.get_mut(*i)) {
                    None => {
                        places.insert(key.to_ascii_lowercase(), kept.len());
                        kept.push((key.clone(), Some(value)));
                    }
                    // The same again says nothing new.
                    Some((_, first)) if first.as_ref().is_none_or(|first| *first == value) => {}
                    Some((_, first)) => {
                        let values = first.take().map(|first| format!("{}, {}", words(&first), words(&value)));
                        row.tell(key, &values.unwrap_or_default(), &Cause::KeyTwice);
                    }
                }
            }
            Node::Map(kept.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
        }
        Node::List(items) => Node::List(items.iter().map(|item| settle(row, item)).collect()),
        other => other.clone(),
    }
}

fn words(value: &Node<'_>) -> String {
    match value {
        Node::Null => "null".to_string(),
        Node::Map(_) => "an object".to_string(),
        Node::List(_) => "a list".to_string(),
        other => other.words().unwrap_or_else(|| "nothing".to_string()),
    }
}
