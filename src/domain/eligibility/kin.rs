//! Classes that differ in nothing but which key they have. Where every environment has a key of its own there are as many classes as
//! environments, and yet few kins: a key matters only as *the same* or *another*. So a whole tenant is judged kin by kin, and class by
//! class only where two have the same key.

use super::super::edition::KeyMatch;
use super::super::environment::Key;
use super::super::rule::RuleId;
use super::classes::{Class, ClassRow};
use super::matrix::Matrix;
use super::rules::{Facts, compared_key, customer_key, rules_of};
use rustc_hash::FxHashMap;

/// The kins of the classes of a matrix.
pub(in super::super) struct Kins {
    /// For each class its kin.
    of_class: Vec<usize>,
    /// For each class the number of its key, where the edition asks which one it is and its name is known.
    key_of: Vec<Option<usize>>,
    /// The classes of each of these keys.
    with_key: Vec<Vec<usize>>,
    /// One class for each kin, as a source and as a target: where both have a key, it is not the same.
    sources: Vec<Class>,
    targets: Matrix,
}

impl Kins {
    pub fn new(matrix: &Matrix) -> Self {
        let edition = matrix.edition();
        let rules: Vec<RuleId> = rules_of(edition).collect();
        let any = Key::Customer(None);
        let (of_source, of_target) =
            (Key::Customer(Some("the source's".to_string())), Key::Customer(Some("the target's".to_string())));
        let room = matrix.classes();
        let mut kins: FxHashMap<(Facts<'_>, bool), usize> =
            FxHashMap::with_capacity_and_hasher(room, Default::default());
        let mut keys = FxHashMap::default();
        let (mut of_class, mut key_of) = (Vec::new(), Vec::new());
        let (mut with_key, mut sources, mut targets) = (Vec::<Vec<usize>>::new(), Vec::new(), Vec::new());
        for (class, (facts, _)) in matrix.facts().enumerate() {
            let mut facts = facts.only(&rules);
            let name = compared_key(facts.key).filter(|_| edition.key_match == KeyMatch::Same);
            if customer_key(facts.key).is_some() && edition.key_match == KeyMatch::Any {
                facts.key = Some(&any);
            }
            if name.is_some() {
                facts.key = None;
            }
            of_class.push(*kins.entry((facts, name.is_some())).or_insert_with(|| {
                let with =
                    |key| Class::new(&Facts { key: name.as_ref().map_or(facts.key, |_| Some(key)), ..facts }, None);
                sources.push(with(&of_source));
                targets.push(with(&of_target));
                sources.len() - 1
            }));
            key_of.push(name.map(|name| {
                let key = *keys.entry(name).or_insert_with(|| {
                    with_key.push(Vec::new());
                    with_key.len() - 1
                });
                with_key.get_mut(key).into_iter().for_each(|classes| classes.push(class));
                key
            }));
        }
        let targets = Matrix::of_classes(edition, Vec::new(), targets);
        Self { of_class, key_of, with_key, sources, targets }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// The kin of a class.
    pub fn of(&self, class: usize) -> Option<usize> {
        self.of_class.get(class).copied()
    }

    /// How a kin stands with every kin, each pair being two environments that do not have the same key.
    pub fn row(&self, kin: usize) -> Option<ClassRow<'_>> {
        self.targets.rows().of(self.sources.get(kin)?, kin)
    }

    /// The rows of all of them, each once.
    pub fn rows(&self) -> impl Iterator<Item = (usize, ClassRow<'_>)> {
        let mut rows = self.targets.rows();
        self.targets.by_unit().filter_map(move |kin| Some((kin, rows.of(self.sources.get(kin)?, kin)?)))
    }

    /// The classes that have the key of this one, itself among them; none where the name of its key does not matter.
    pub fn with_its_key(&self, class: usize) -> &[usize] {
        let key = self.key_of.get(class).copied().flatten();
        key.and_then(|key| self.with_key.get(key)).map_or(&[], Vec::as_slice)
    }

    /// The members of classes, put together by kin, in the order of their places.
    pub fn gathered(&self, members: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let mut of_kin = vec![Vec::new(); self.len()];
        for (class, places) in members.iter().enumerate() {
            let kin = self.of(class).and_then(|kin| of_kin.get_mut(kin));
            kin.into_iter().for_each(|kin: &mut Vec<usize>| kin.extend(places));
        }
        of_kin
    }
}
