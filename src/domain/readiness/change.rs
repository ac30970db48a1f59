//! What became better and worse between two assessments.

use super::super::environment::EnvironmentId;
use super::Back;
use std::collections::HashMap;

/// The environments whose answer differs; those on one side only stand apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// With the answer of then and of now.
    pub better: Vec<(EnvironmentId, Back, Back)>,
    pub worse: Vec<(EnvironmentId, Back, Back)>,
    pub new: Vec<(EnvironmentId, Back)>,
    /// With the answer of then.
    pub gone: Vec<(EnvironmentId, Back)>,
    /// How many are as they were.
    pub same: usize,
}

impl Changes {
    /// Nothing differs.
    pub fn is_empty(&self) -> bool {
        self.better.is_empty() && self.worse.is_empty() && self.new.is_empty() && self.gone.is_empty()
    }
}

/// Compares the answers of then with those of now. The lists are in the order of `now`, those that are gone in that of `then`.
pub fn changes(then: &[(EnvironmentId, Back)], now: &[(EnvironmentId, Back)]) -> Changes {
    let before: HashMap<&EnvironmentId, Back> = then.iter().map(|(id, back)| (id, *back)).collect();
    let after: HashMap<&EnvironmentId, Back> = now.iter().map(|(id, back)| (id, *back)).collect();
    let mut found = Changes::default();
    for (id, is) in now {
        match before.get(id) {
            None => found.new.push((id.clone(), *is)),
            Some(was) if is < was => found.better.push((id.clone(), *was, *is)),
            Some(was) if is > was => found.worse.push((id.clone(), *was, *is)),
            Some(_) => found.same += 1,
        }
    }
    found.gone = then.iter().filter(|(id, _)| !after.contains_key(id)).cloned().collect();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use Back::*;

    fn list(spec: &[(&str, Back)]) -> Vec<(EnvironmentId, Back)> {
        spec.iter().map(|(id, back)| (EnvironmentId::new(*id), *back)).collect()
    }

    fn words(found: &Changes) -> String {
        let moved = |sign: &str, all: &[(EnvironmentId, Back, Back)]| {
            all.iter().map(|(id, was, is)| format!("{sign}{id}:{was:?}>{is:?} ")).collect::<String>()
        };
        let one = |sign: &str, all: &[(EnvironmentId, Back)]| {
            all.iter().map(|(id, back)| format!("{sign}{id}:{back:?} ")).collect::<String>()
        };
        [moved("+", &found.better), moved("-", &found.worse), one("new ", &found.new), one("gone ", &found.gone)]
            .concat()
            .trim_end()
            .to_string()
    }

    #[track_caller]
    fn check(then: &[(&str, Back)], now: &[(&str, Back)], expect: &str, same: usize) {
        let found = changes(&list(then), &list(now));
        assert_eq!((words(&found).as_str(), found.same), (expect, same));
        assert_eq!(found.is_empty(), expect.is_empty());
    }

    #[test]
    fn better_worse_new_and_gone() {
        check(&[], &[], "", 0);
        check(&[("a", Surely)], &[("a", Surely)], "", 1);
        check(&[("A", Surely)], &[("a", Surely)], "", 1);
        check(&[("a", Not)], &[("a", NotKnown)], "+a:Not>NotKnown", 0);
        check(&[("a", NotKnown)], &[("a", Possibly)], "+a:NotKnown>Possibly", 0);
        check(&[("a", Surely)], &[("a", Possibly)], "-a:Surely>Possibly", 0);
        check(&[("a", Surely), ("b", Not)], &[("c", Not), ("a", Not)], "-a:Surely>Not new c:Not gone b:Not", 0);
    }
}
