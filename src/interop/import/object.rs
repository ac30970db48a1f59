//! The keys of an object with their values, in the order of the file.

use super::node::Node;
use super::work::look;
use std::borrow::Cow;
use std::ops::Deref;

type Pair<'a> = (Cow<'a, str>, Node<'a>);

/// An object. Each row is asked for some hundred keys and has hardly one in ten of them: what its keys look like from afar
/// ([`mark`]) is kept beside them, and most questions end there.
#[derive(Clone, Debug, Default)]
pub struct Object<'a> {
    pairs: Vec<Pair<'a>>,
    marks: u32,
}

impl<'a> Object<'a> {
    pub fn push(&mut self, pair: Pair<'a>) {
        self.marks |= mark(&pair.0);
        self.pairs.push(pair);
    }

    /// The value of a key, without case: the first where it stands in it twice.
    #[inline(always)]
    pub fn value(&self, key: &str) -> Option<&Node<'a>> {
        self.place(key).and_then(|at| self.pairs.get(at)).map(|(_, value)| value)
    }

    /// How a key is spelled in it.
    pub fn spelled(&self, key: &str) -> Option<&str> {
        self.place(key).and_then(|at| self.pairs.get(at)).map(|(own, _)| own.as_ref())
    }

    /// The first value of a key that is such a value, to be changed.
    pub fn value_mut(&mut self, key: &str, is_such: impl Fn(&Node<'a>) -> bool) -> Option<&mut Node<'a>> {
        look(self.pairs.len());
        self.pairs.iter_mut().find(|(k, value)| same_key(k, key) && is_such(value)).map(|(_, value)| value)
    }

    fn place(&self, key: &str) -> Option<usize> {
        look(key.len());
        if self.marks & mark(key) == 0 {
            return None;
        }
        let at = self.pairs.iter().position(|(k, _)| same_key(k, key));
        look(at.map_or(self.pairs.len(), |at| at + 1));
        at
    }

    /// Whether a key stands in it twice.
    pub fn is_twice(&self) -> bool {
        look(self.pairs.len());
        if self.pairs.len() > FEW {
            let mut seen = std::collections::HashSet::new();
            return !self.pairs.iter().all(|(key, _)| seen.insert(key.to_ascii_lowercase()));
        }
        // Keys that are the same have the same mark. Those with the mark of one before are few, and compared.
        let mut marks = 0;
        self.pairs.iter().enumerate().any(|(i, (key, _))| {
            let before = marks;
            marks |= mark(key);
            before == marks && self.pairs.iter().take(i).any(|(before, _)| same_key(before, key))
        })
    }
}

/// Up to so many keys are compared with each other; more are looked up.
const FEW: usize = 48;

/// One bit of 32 by the length, the first and the last letter of a key, without case: keys that are the same have the same.
#[inline(always)]
fn mark(key: &str) -> u32 {
    let letter = |byte: Option<&u8>| byte.map_or(0, |b| usize::from(b | 0x20));
    let bytes = key.as_bytes();
    1 << ((bytes.len() + 7 * letter(bytes.first()) + 3 * letter(bytes.last())) % 32)
}

/// Keys are compared without case. Spaces and underscores in them were taken out when they were read.
#[inline(always)]
pub fn same_key(a: &str, b: &str) -> bool {
    // Of the keys that are as long, hardly any begins with the same letter.
    let first = |key: &str| key.as_bytes().first().map(|b| b | 0x20);
    a.len() == b.len() && first(a) == first(b) && a.eq_ignore_ascii_case(b)
}

impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.pairs == other.pairs
    }
}

impl<'a> Deref for Object<'a> {
    type Target = [Pair<'a>];

    fn deref(&self) -> &Self::Target {
        &self.pairs
    }
}

impl<'a> From<Vec<Pair<'a>>> for Object<'a> {
    fn from(pairs: Vec<Pair<'a>>) -> Self {
        let marks = pairs.iter().fold(0, |marks, (key, _)| marks | mark(key));
        Self { pairs, marks }
    }
}

impl<'a> FromIterator<Pair<'a>> for Object<'a> {
    fn from_iter<I: IntoIterator<Item = Pair<'a>>>(pairs: I) -> Self {
        Vec::from_iter(pairs).into()
    }
}

impl<'a> IntoIterator for Object<'a> {
    type Item = Pair<'a>;
    type IntoIter = std::vec::IntoIter<Pair<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.pairs.into_iter()
    }
}

impl<'a> Extend<Pair<'a>> for Object<'a> {
    fn extend<I: IntoIterator<Item = Pair<'a>>>(&mut self, pairs: I) {
        pairs.into_iter().for_each(|pair| self.push(pair));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn object(keys: &[String]) -> Object<'_> {
        let numbered = keys.iter().zip([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        numbered.map(|(key, n)| (Cow::Borrowed(key.as_str()), Node::Number(n))).collect()
    }

    proptest! {
        /// What is told from afar hides no key that is there.
        #[test]
        fn a_key_is_found_where_a_walk_over_all_keys_finds_it(keys in vec("[aAbB@`é]{0,3}", 0..8), asked in "[aAbB@`é]{0,3}") {
            let object = object(&keys);
            let at = keys.iter().position(|key| key.eq_ignore_ascii_case(&asked));
            prop_assert_eq!(object.value(&asked), at.and_then(|at| object.get(at)).map(|(_, value)| value));
            prop_assert_eq!(object.spelled(&asked), at.and_then(|at| keys.get(at)).map(String::as_str));
            let twice = (1..keys.len()).any(|i| keys.iter().take(i).any(|k| k.eq_ignore_ascii_case(&keys[i])));
            prop_assert_eq!(object.is_twice(), twice);
        }
    }

    #[test]
    fn what_is_added_later_is_found_too() {
        let mut object = Object::default();
        object.push((Cow::Borrowed("Name"), Node::Null));
        object.extend([(Cow::Borrowed("id"), Node::Bool(true))]);
        assert_eq!(object.value("ID"), Some(&Node::Bool(true)));
        assert!(object.value_mut("name", Node::is_null).is_some());
        assert!(object.value_mut("name", Node::is_map).is_none());
    }
}
