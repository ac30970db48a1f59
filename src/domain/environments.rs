//! The environments of a tenant: a list that is cheap to copy.
//!
//! A tenant changes by [`super::command::apply`], which leaves the old one as it is. With ten thousand environments a copy of all of
//! them, and a comparison of all of them, would cost more than a frame of the screen at every edit. So a copy is the same list until one of
//! the two is changed; then the list is copied and shares the environments, one is copied when it is changed
//! ([`Environments::get_mut`]), and what is shared, a list or one of it, is known to be equal.
//!
//! Invariant: nobody sees the sharing. What is done to one list never shows in another, and the stored form is a plain list.

use super::environment::{Environment, EnvironmentId};
use super::limits;
use crate::domain::order::Order as _;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A list of environments whose copies share what is the same.
#[derive(Clone, Default)]
pub struct Environments {
    all: Arc<Vec<Arc<Environment>>>,
    places: Places,
}

/// Where each was by its id when somebody first asked: a hint, since the list may have changed since then. What was added since is looked for
/// one by one. Copies share it.
type Places = Arc<OnceLock<FxHashMap<EnvironmentId, usize>>>;

/// So few are looked through one by one.
const FEW: usize = 64;

impl Environments {
    fn of(all: Vec<Arc<Environment>>) -> Self {
        Self { all: Arc::new(all), places: Places::default() }
    }

    /// The list, to be changed: it is copied where another shares it. Each stays at its place.
    fn own(&mut self) -> &mut Vec<Arc<Environment>> {
        Arc::make_mut(&mut self.all)
    }

    /// The same, where others may get the places.
    fn moved(&mut self) -> &mut Vec<Arc<Environment>> {
        self.places = Places::default();
        self.own()
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter(self.all.iter())
    }

    pub fn get(&self, place: usize) -> Option<&Environment> {
        self.all.get(place).map(Arc::as_ref)
    }

    /// One of them, to be changed: it is copied where another list shares it.
    pub fn get_mut(&mut self, place: usize) -> Option<&mut Environment> {
        self.own().get_mut(place).map(Arc::make_mut)
    }

    /// At most so many of them from a place on, shared.
    pub fn part(&self, from: usize, most: usize) -> Self {
        Self::of(self.all.iter().skip(from).take(most).cloned().collect())
    }

    pub fn first(&self) -> Option<&Environment> {
        self.get(0)
    }

    pub fn last(&self) -> Option<&Environment> {
        self.all.last().map(Arc::as_ref)
    }

    /// Where the one with this id is, the first where several have it. An environment that is changed keeps its id, or gets one that nobody has.
    pub fn place(&self, id: &EnvironmentId) -> Option<usize> {
        let is_it = |place: &usize| self.get(*place).is_some_and(|env| env.id == *id);
        let was = if self.len() > FEW { self.known_places().get(id).copied() } else { None };
        was.filter(is_it).or_else(|| (0..self.len()).find(is_it))
    }

    /// The places of those that are not the very same as before, at most `most`; `None`: there are more, or it is a list of another length.
    pub fn changed_since(&self, before: &Self, most: usize) -> Option<Vec<usize>> {
        if Arc::ptr_eq(&self.all, &before.all) {
            return Some(Vec::new());
        }
        let pairs = self.all.iter().zip(before.all.iter()).enumerate();
        let changed = pairs.filter(|(_, (now, then))| !Arc::ptr_eq(now, then)).map(|(place, _)| place);
        let changed: Vec<usize> = changed.take(most.saturating_add(1)).collect();
        (self.len() == before.len() && changed.len() <= most).then_some(changed)
    }

    fn known_places(&self) -> &FxHashMap<EnvironmentId, usize> {
        // Of two with one id the first.
        self.places.get_or_init(|| self.iter().enumerate().rev().map(|(place, env)| (env.id.clone(), place)).collect())
    }

    /// All of them, to be changed: each that is shared is copied, so this is for where nearly all do change. Otherwise find the
    /// places first.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Environment> + ExactSizeIterator {
        self.own().iter_mut().map(Arc::make_mut)
    }

    pub fn push(&mut self, env: Environment) {
        self.own().push(Arc::new(env));
    }

    /// Puts one at a place, or at the end where there are fewer.
    pub fn insert(&mut self, place: usize, env: Environment) {
        let place = place.min(self.len());
        self.moved().insert(place, Arc::new(env));
    }

    /// Takes one out.
    pub fn remove(&mut self, place: usize) -> Option<Environment> {
        (place < self.len()).then(|| Arc::unwrap_or_clone(self.moved().remove(place)))
    }

    pub fn truncate(&mut self, len: usize) {
        self.own().truncate(len);
    }

    pub fn clear(&mut self) {
        self.moved().clear();
    }

    pub fn sort_by_key<K: Ord>(&mut self, mut key: impl FnMut(&Environment) -> K) {
        self.moved().order_by_key(|env| key(env));
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&Environment) -> bool) {
        let before = self.len();
        self.own().retain(|env| keep(env));
        if self.len() < before {
            self.places = Places::default();
        }
    }
}

/// For tests, which may panic. The lint that forbids indexing does not see this one, so `tests/native/architecture.rs` looks for it.
#[allow(clippy::indexing_slicing)]
impl std::ops::Index<usize> for Environments {
    type Output = Environment;
    fn index(&self, place: usize) -> &Environment {
        &self.all[place]
    }
}

/// As [`Index`](std::ops::Index).
#[allow(clippy::indexing_slicing)]
impl std::ops::IndexMut<usize> for Environments {
    fn index_mut(&mut self, place: usize) -> &mut Environment {
        Arc::make_mut(&mut self.own()[place])
    }
}

/// Through a list of environments.
#[derive(Clone)]
pub struct Iter<'a>(std::slice::Iter<'a, Arc<Environment>>);

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Environment;
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(Arc::as_ref)
    }
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n).map(Arc::as_ref)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(Arc::as_ref)
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a Environments {
    type Item = &'a Environment;
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Each as a value of its own; copied where another list shares it.
impl IntoIterator for Environments {
    type Item = Environment;
    type IntoIter = std::iter::Map<std::vec::IntoIter<Arc<Environment>>, fn(Arc<Environment>) -> Environment>;
    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.all).into_iter().map(Arc::unwrap_or_clone)
    }
}

impl FromIterator<Environment> for Environments {
    fn from_iter<I: IntoIterator<Item = Environment>>(all: I) -> Self {
        Self::of(all.into_iter().map(Arc::new).collect())
    }
}

impl Extend<Environment> for Environments {
    fn extend<I: IntoIterator<Item = Environment>>(&mut self, more: I) {
        self.own().extend(more.into_iter().map(Arc::new));
    }
}

impl From<Vec<Environment>> for Environments {
    fn from(all: Vec<Environment>) -> Self {
        all.into_iter().collect()
    }
}

/// What is shared is equal and is not looked into, also where a number in it is none.
impl PartialEq for Environments {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Arc<Environment>, &Arc<Environment>)| Arc::ptr_eq(a, b) || a == b;
        Arc::ptr_eq(&self.all, &other.all)
            || (self.len() == other.len() && self.all.iter().zip(other.all.iter()).all(same))
    }
}

impl fmt::Debug for Environments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl Serialize for Environments {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

/// At most [`limits::Limit::Rows`].
impl<'de> Deserialize<'de> for Environments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One(Arc<Environment>);
        impl<'de> Deserialize<'de> for One {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Environment::deserialize(deserializer).map(|env| One(Arc::new(env)))
            }
        }
        let all: Vec<One> = limits::rows(deserializer)?;
        Ok(Self::of(all.into_iter().map(|one| one.0).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(ids: &[&str]) -> Environments {
        ids.iter().map(|id| Environment::new(*id)).collect()
    }

    fn ids(list: &Environments) -> String {
        list.iter().map(|env| env.id.as_str()).collect()
    }

    fn shared(a: &Environments, b: &Environments) -> Vec<bool> {
        a.iter().zip(b).map(|(a, b)| std::ptr::eq(a, b)).collect()
    }

    #[test]
    fn only_what_is_changed_is_copied() {
        let before = list(&["a", "b", "c"]);
        let mut short = before.clone();
        assert_eq!((short.remove(3), short.remove(2).map(|e| e.id.to_string())), (None, Some("c".into())));
        assert_eq!((ids(&short).as_str(), short.iter().size_hint()), ("ab", (2, Some(2))));
        assert!(!before.is_empty() && list(&[]).is_empty());
        let mut after = before.clone();
        assert_eq!(shared(&before, &after), [true; 3]);
        after.get_mut(1).unwrap().name = "B".into();
        assert_eq!(shared(&before, &after), [true, false, true]);
        assert_eq!((before[1].name.as_str(), after[1].name.as_str()), ("b", "B"));
        assert!(before != after);
        after.get_mut(1).unwrap().name = "b".into();
        assert!(before == after, "equal without being shared");
        after.iter_mut().for_each(|env| env.name = "all".into());
        assert!(before.iter().all(|env| env.name == env.id.as_str()));
    }

    #[test]
    fn it_is_a_list() {
        let mut all = list(&["a", "b"]);
        all.push(Environment::new("d"));
        all.insert(2, Environment::new("c"));
        all.insert(9, Environment::new("e"));
        assert_eq!((ids(&all).as_str(), all.len(), all.place(&EnvironmentId::new("C"))), ("abcde", 5, Some(2)));
        assert_eq!((all.remove(0).map(|env| env.id), all.remove(7)), (Some(EnvironmentId::new("a")), None));
        all.retain(|env| env.id.as_str() != "c");
        all.extend(list(&["f"]));
        assert_eq!(all.iter().rev().map(|env| env.id.as_str()).collect::<String>(), "fedb");
        assert_eq!((ids(&all.part(1, 2)).as_str(), shared(&all.part(1, 2), &all.part(1, 9))), ("de", vec![true; 2]));
        assert_eq!(
            (ids(&all.part(3, 9)).as_str(), ids(&all.part(9, 9)).as_str()),
            (ids(&all).get(3..).unwrap_or_default(), "")
        );
        all.sort_by_key(|env| std::cmp::Reverse(env.id.clone()));
        all.truncate(2);
        assert_eq!((ids(&all).as_str(), all.get(2), all.place(&EnvironmentId::new("b"))), ("fe", None, None));
        let at = |env: Option<&Environment>| env.map(|env| env.id.as_str().to_string());
        assert_eq!([at(all.first()), at(all.iter().nth(1))], [Some("f".to_string()), Some("e".to_string())]);
        all.clear();
        assert!(all.is_empty() && all.first().is_none() && all.last().is_none());
    }

    proptest! {
        /// Whatever was done to a list since, and to its copies.
        #[test]
        fn a_place_is_that_of_the_first_with_the_id(
            steps in prop::collection::vec((0_u8..8, 0_usize..90, 0_usize..90), 0..20),
        ) {
            let id = |n: usize| format!("e{n}");
            let mut all: Environments = (0..FEW + 6).map(|n| Environment::new(id(n))).collect();
            let before = all.clone();
            for (step, place, n) in steps {
                match step {
                    0 => all.push(Environment::new(id(n))),
                    1 => all.insert(place, Environment::new(id(n))),
                    2 => drop(all.remove(place)),
                    // One that nobody has.
                    3 => all.get_mut(place).into_iter().for_each(|env| env.id = EnvironmentId::new(format!("new {place} {n}"))),
                    4 => all.retain(|env| env.id.as_str() != id(n)),
                    5 => all.sort_by_key(|env| env.id.to_string()),
                    6 => all.extend([Environment::new(id(n))]),
                    _ => all.truncate(all.len().saturating_sub(n / 30)),
                }
                for list in [&all, &before] {
                    for n in 0..90 {
                        let id = EnvironmentId::new(id(n));
                        prop_assert_eq!(list.place(&id), list.iter().position(|env| env.id == id), "{}", id);
                    }
                }
            }
        }
    }

    #[test]
    fn it_is_stored_and_shown_as_a_list() {
        let all = list(&["a", "b"]);
        let plain: Vec<Environment> = all.clone().into_iter().collect();
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(text, serde_json::to_string(&plain).unwrap());
        assert_eq!(format!("{all:?}"), format!("{plain:?}"));
        assert_eq!(serde_json::from_str::<Environments>(&text).unwrap(), all);
        assert!(serde_json::from_str::<Environments>(r#"{"a":1}"#).is_err());
    }
}
