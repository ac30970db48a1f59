//! The same key twice in one object: JSON leaves open which one counts, so that neither does where they differ.

use super::node::Node;
use super::row::Row;
use super::says::Cause;
use std::borrow::Cow;
use std::collections::HashMap;

/// Whether a row has an object with a key that stands in it twice.
pub fn any(node: &Node<'_>) -> bool {
    match node {
        Node::Map(pairs) => pairs.is_twice() || pairs.iter().any(|(_, value)| any(value)),
        Node::List(items) => items.iter().any(any),
        _ => false,
    }
}

/// The row without the keys that stand in one object twice with different values; each is named.
pub fn settle<'a>(row: &mut Row<'_>, node: &Node<'a>) -> Node<'a> {
    match node {
        Node::Map(pairs) => {
            let mut places: HashMap<String, usize> = HashMap::new();
            let mut kept: Vec<(Cow<'a, str>, Option<Node<'a>>)> = Vec::new();
            for (key, value) in pairs.iter() {
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
