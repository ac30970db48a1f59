//! A tree of what a file says, lighter than `serde_json::Value`: texts are borrowed from the file, keys are looked up without
//! case, and branches that nobody reads are skipped while parsing.
//!
//! Architecture invariant: work is linear in the size of the file. Objects are short lists of pairs ([`Limit::Keys`]), never maps.
//! What is looked at is counted ([`look`]).

use super::object::{Object, same_key};
use super::work::look;
use crate::domain::limits::Limit;
use crate::json::decimal;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

#[derive(Clone, Debug, PartialEq)]
pub enum Node<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Object<'a>),
    /// PowerShell cut this off because of its depth: something was here, and it is lost.
    Cut,
}

/// The value for keys that are absent.
pub static NOTHING: Node<'static> = Node::Null;

/// Branches that no reader looks at, by key in lower case: half of an admin REST answer.
const SKIPPED: &[&str] = &[
    "addons",
    "allowedextensions",
    "apps",
    "billingpolicy",
    "capacityentitlements",
    "clienturis",
    "cluster",
    "copilotpolicies",
    "createdfor",
    "extendedsettings",
    "facets",
    "headers",
    "learnmoreurl",
    "licenses",
    "localizeddescription",
    "notificationmetadata",
    "overflowcapacity",
    "permissions",
    "requestedby",
    "runtimeendpoints",
    "supportedcountries",
    "templatemetadata",
    "updatecadence",
    "usedby",
];

/// By the length of a key, the letters with which those in [`SKIPPED`] begin: each key of each row is asked about, and few are.
// A place that is not there would end the build.
#[allow(clippy::indexing_slicing)]
const INITIALS: [u32; 32] = {
    let mut initials = [0; 32];
    let mut i = 0;
    while i < SKIPPED.len() {
        let key = SKIPPED[i].as_bytes();
        initials[key.len()] |= initial(key[0]);
        i += 1;
    }
    initials
};

/// A letter of the alphabet as a bit, without case.
const fn initial(byte: u8) -> u32 {
    1 << (byte & 0x1f)
}

pub fn skipped(key: &str) -> bool {
    let may_be = |first: &u8| INITIALS.get(key.len()).is_some_and(|initials| initials & initial(*first) != 0);
    key.as_bytes().first().is_some_and(may_be) && SKIPPED.iter().any(|s| same_key(s, key))
}

impl<'a> Node<'a> {
    /// The value of a key of an object, without case; [`Node::Null`] where this is no object or has no such key.
    pub fn get(&self, key: &str) -> &Node<'a> {
        match self {
            Node::Map(pairs) => pairs.value(key).unwrap_or(nothing()),
            _ => nothing(),
        }
    }

    /// The value at a path such as `properties.states.runtime.id`.
    pub fn at(&self, path: &str) -> &Node<'a> {
        path.split('.').fold(self, |node, key| node.get(key))
    }

    /// The first of several keys that is there and not null.
    pub fn first(&self, keys: &[&str]) -> &Node<'a> {
        keys.iter().map(|k| self.get(k)).find(|n| !matches!(n, Node::Null)).unwrap_or(nothing())
    }

    /// How the object itself spells the first of several keys that it has; the first of them where it has none.
    pub fn spelled<'k>(&'k self, keys: &[&'k str]) -> &'k str {
        let own = match self {
            Node::Map(pairs) => keys.iter().find_map(|key| pairs.spelled(key)),
            _ => None,
        };
        own.or(keys.first().copied()).unwrap_or_default()
    }

    pub fn has(&self, key: &str) -> bool {
        matches!(self, Node::Map(pairs) if pairs.value(key).is_some())
    }

    /// The text, without spaces at the ends; `None` for anything else and for an empty text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Node::Text(t) => {
                // Most texts have nothing to take off.
                let bare = |end: Option<&u8>| end.is_some_and(u8::is_ascii_graphic);
                let ends = (t.as_bytes().first(), t.as_bytes().last());
                let trimmed = if bare(ends.0) && bare(ends.1) { t.as_ref() } else { t.trim() };
                look(t.len() - trimmed.len() + 1);
                Some(trimmed).filter(|t| !t.is_empty())
            }
            _ => None,
        }
    }

    /// A text, or a number or bool in words.
    pub fn words(&self) -> Option<String> {
        match self {
            Node::Text(t) => {
                look(t.len());
                self.text().map(str::to_string)
            }
            Node::Number(n) => Some(n.to_string()),
            Node::Bool(b) => Some(b.to_string()),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&[Node<'a>]> {
        match self {
            Node::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn is_map(&self) -> bool {
        matches!(self, Node::Map(_))
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Node::Null)
    }

    /// A number, also from a text such as `12.5`.
    pub fn number(&self) -> Option<f64> {
        match self {
            Node::Number(n) => Some(*n).filter(|n| n.is_finite()),
            Node::Text(_) => self.text().and_then(decimal::read),
            _ => None,
        }
    }

    /// Whether one of the keys of an object is so.
    pub fn has_key(&self, is_so: impl FnMut(&str) -> bool) -> bool {
        let Node::Map(pairs) = self else { return false };
        look(pairs.len());
        pairs.iter().map(|(key, _)| key.as_ref()).any(is_so)
    }

    pub fn keys(&self) -> Vec<&str> {
        match self {
            Node::Map(pairs) => {
                look(pairs.len());
                pairs.iter().map(|(k, _)| k.as_ref()).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn nothing<'s, 'a>() -> &'s Node<'a> {
    &NOTHING
}

/// A table header as a key: letters, digits and dots only.
pub fn squeeze(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '@' | '#' | '$')).collect()
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }
    fn visit_bool<E>(self, v: bool) -> Result<Self::Value, E> {
        Ok(Node::Bool(v))
    }
    fn visit_i64<E>(self, v: i64) -> Result<Self::Value, E> {
        // Whole numbers of inventories are small; what `f64` cannot hold exactly is of no use here.
        #[allow(clippy::cast_precision_loss)]
        Ok(Node::Number(v as f64))
    }
    fn visit_u64<E>(self, v: u64) -> Result<Self::Value, E> {
        #[allow(clippy::cast_precision_loss)]
        Ok(Node::Number(v as f64))
    }
    fn visit_f64<E>(self, v: f64) -> Result<Self::Value, E> {
        Ok(Node::Number(v))
    }
    fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Self::Value, E> {
        look(v.len() + 1);
        Ok(Node::Text(Cow::Borrowed(v)))
    }
    fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
        look(v.len() + 1);
        Ok(Node::Text(Cow::Owned(v.to_string())))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            look(1);
            items.push(item);
        }
        Ok(Node::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        // Most objects have some keys, and to make room for them one by one is to move those that are there.
        let mut pairs = Vec::with_capacity(8);
        while let Some(key) = map.next_key_seed(Key)? {
            look(key.len() + 1);
            if skipped(&key) {
                map.next_value::<IgnoredAny>()?;
            } else {
                pairs.push((key, map.next_value()?));
            }
        }
        Ok(Node::Map(pairs.into()))
    }
}

/// A key, borrowed where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Self::Value, E> {
        Ok(if is_plain(v) { Cow::Borrowed(v) } else { Cow::Owned(squeeze(v)) })
    }
    fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(squeeze(v)))
    }
}

/// Whether a key has nothing that [`squeeze`] takes out.
fn is_plain(key: &str) -> bool {
    !key.bytes().any(|b| matches!(b, b' ' | b'_') || !b.is_ascii())
}

/// Opens what PowerShell cut off by depth: `@{retentionPeriod=P7D; states=}` becomes an object again, as far as it is there.
/// Returns `None` where the text is nothing of the sort.
pub fn open_cut(text: &str) -> Option<Node<'static>> {
    let text = text.trim();
    if text.starts_with("System.Object[]") || text.starts_with("System.Collections.") || text == "System.Object" {
        return Some(Node::Cut);
    }
    let inner = text.strip_prefix("@{")?;
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    look(inner.len());
    // Each value is a stretch of the text that grows while what follows is no key: a `; ` inside a value, such as a display name.
    let mut stretches: Vec<Stretch<'_>> = Vec::new();
    let mut at = 0;
    for part in inner.split("; ") {
        let end = at + part.len();
        match part.split_once('=').filter(|(key, _)| is_key(key.trim())) {
            Some(_) if stretches.len() == Limit::Keys.most() => return Some(Node::Cut),
            Some((key, value)) => stretches.push(Stretch {
                key: key.trim(),
                from: end - value.len(),
                to: end,
                grows: matches!(cut_value(value), Node::Text(_)),
            }),
            None => {
                if let Some(last) = stretches.last_mut().filter(|last| last.grows) {
                    last.to = end;
                }
            }
        }
        at = end + 2;
    }
    let pairs = stretches
        .into_iter()
        .map(|s| (Cow::Owned(s.key.to_string()), cut_value(inner.get(s.from..s.to).unwrap_or_default())));
    Some(Node::Map(pairs.collect()))
}

/// A key inside `@{…}`, where its value stands, and whether that is a text, which may go on after a `; `.
struct Stretch<'t> {
    key: &'t str,
    from: usize,
    to: usize,
    grows: bool,
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '@' | '$'))
}

/// A value inside `@{…}`. An empty one is an object, a list or an empty text: PowerShell prints nothing for all of them.
fn cut_value(value: &str) -> Node<'static> {
    let value = value.trim();
    match value {
        "" => Node::Cut,
        _ if value.starts_with("System.") => Node::Cut,
        "True" => Node::Bool(true),
        "False" => Node::Bool(false),
        _ => Node::Text(Cow::Owned(value.to_string())),
    }
}
