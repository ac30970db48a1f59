//! Putting lists in order, and making sets and maps.
//!
//! The sorting of the standard library is made again for every type and every key, some 4 kB each time, which a visitor downloads. Here is
//! one for all: it sorts the places of the items, and then moves the items. It is stable, and quick enough for ten thousand. Most lists are short
//! and in order already: those are left alone.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Use it instead of `sort`, `sort_by` and their like.
pub trait Order<T> {
    /// Puts the items in order; what is equal stays as it was.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// By a key that costs little.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    /// By a key that is made once for each item.
    fn order_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    fn order(&mut self)
    where
        T: Ord;
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let swaps = swaps(self.len(), &mut |a, b| match (self.get(a), self.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        });
        for (a, b) in swaps {
            self.swap(a, b);
        }
    }

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    fn order_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        for (a, b) in swaps(keys.len(), &mut |a, b| keys.get(a).cmp(&keys.get(b))) {
            self.swap(a, b);
        }
    }

    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

/// Use it instead of `collect` for a set or a map, which sorts what it collects in the standard library's own way.
pub trait Gather: Iterator + Sized {
    /// Of items that are equal the first stays.
    fn into_set(self) -> BTreeSet<Self::Item>
    where
        Self::Item: Ord;

    /// Of values under the same key the last stays.
    fn into_map<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>;
}

impl<I: Iterator> Gather for I {
    fn into_set(self) -> BTreeSet<I::Item>
    where
        I::Item: Ord,
    {
        let mut set = BTreeSet::new();
        for item in self {
            set.insert(item);
        }
        set
    }

    fn into_map<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = BTreeMap::new();
        for (key, value) in self {
            map.insert(key, value);
        }
        map
    }
}

/// Which places to swap, one after the other, to put `len` items in order.
fn swaps(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    if (1..len).all(|place| compare(place - 1, place).is_le()) {
        return Vec::new();
    }
    let mut sorted: Vec<usize> = (0..len).collect();
    sorted.sort_by(|a, b| compare(*a, *b));
    // Where each item is by now, and which item is at each place.
    let mut place: Vec<usize> = (0..len).collect();
    let mut item = place.clone();
    let mut swaps = Vec::new();
    for (to, wanted) in sorted.into_iter().enumerate() {
        let Some(from) = place.get(wanted).copied().filter(|from| *from != to) else { continue };
        item.swap(from, to);
        place.swap(wanted, item.get(from).copied().unwrap_or(wanted));
        swaps.push((from, to));
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(list in prop::collection::vec((0_u8..20, 0_u8..20), 0..200)) {
            let mut expect = list.clone();
            expect.sort_by_key(|(key, _)| *key);
            let (mut by_key, mut cached, mut by, mut whole) = (list.clone(), list.clone(), list.clone(), list.clone());
            by_key.order_by_key(|(key, _)| *key);
            cached.order_by_cached_key(|(key, _)| *key);
            by.order_by(|(a, _), (b, _)| a.cmp(b));
            prop_assert_eq!(&by_key, &expect);
            prop_assert_eq!(&cached, &expect);
            prop_assert_eq!(&by, &expect);
            whole.order();
            expect.sort();
            prop_assert_eq!(whole, expect);
        }
    }
}
