//! What became better and worse between two assessments.

use super::super::environment::EnvironmentId;
use super::Back;
use std::collections::HashMap;

/// How an environment stood at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stood {
    pub back: Back,
    /// How many whole days back it could be brought for sure; `None`: not noted.
    pub days: Option<u32>,
    /// The same, possibly.
    pub possible_days: Option<u32>,
    /// Whether another environment was there that it could be restored to, or may be; `None`: not noted.
    pub onto: Option<bool>,
}

impl Stood {
    /// Less can be brought back than `was`, or onto less: no better answer makes up for it.
    fn is_worse(self, was: Self) -> bool {
        let fewer = |was: Option<u32>, is: Option<u32>| was.zip(is).is_some_and(|(was, is)| is < was);
        let fewer = fewer(was.days, self.days) || fewer(was.possible_days, self.possible_days);
        self.back > was.back || fewer || (was.onto == Some(true) && self.onto == Some(false))
    }

    /// That more days are kept only because `passed` of them went by is no better answer.
    fn is_better(self, was: Self, passed: u32) -> bool {
        let more = matches!((was.days, self.days), (Some(was), Some(is)) if is > was.saturating_add(passed));
        self.back < was.back || more || (was.onto == Some(false) && self.onto == Some(true))
    }
}

/// The environments whose answer differs; those on one side only stand apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// With the answer of then and of now.
    pub better: Vec<(EnvironmentId, Stood, Stood)>,
    pub worse: Vec<(EnvironmentId, Stood, Stood)>,
    pub new: Vec<(EnvironmentId, Stood)>,
    /// With the answer of then.
    pub gone: Vec<(EnvironmentId, Stood)>,
    /// How many are as they were.
    pub same: usize,
}

impl Changes {
    /// Nothing differs.
    pub fn is_empty(&self) -> bool {
        self.better.is_empty() && self.worse.is_empty() && self.new.is_empty() && self.gone.is_empty()
    }
}

/// Compares the answers of then with those of now, `passed` whole days later (begun ones count). The lists are in the order of `now`,
/// those that are gone in that of `then`.
pub fn changes(then: &[(EnvironmentId, Stood)], now: &[(EnvironmentId, Stood)], passed: u32) -> Changes {
    let before: HashMap<&EnvironmentId, Stood> = then.iter().map(|(id, stood)| (id, *stood)).collect();
    let after: HashMap<&EnvironmentId, Stood> = now.iter().map(|(id, stood)| (id, *stood)).collect();
    let mut found = Changes::default();
    for (id, is) in now {
        match before.get(id) {
            None => found.new.push((id.clone(), *is)),
            Some(was) if is.is_worse(*was) => found.worse.push((id.clone(), *was, *is)),
            Some(was) if is.is_better(*was, passed) => found.better.push((id.clone(), *was, *is)),
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

    type Short<'a> = (&'a str, Back, Option<u32>, Option<bool>);

    fn list(spec: &[Short<'_>]) -> Vec<(EnvironmentId, Stood)> {
        let one = |(id, back, days, onto): &Short<'_>| {
            (EnvironmentId::new(*id), Stood { back: *back, days: *days, possible_days: *days, onto: *onto })
        };
        spec.iter().map(one).collect()
    }

    fn words(found: &Changes) -> String {
        let moved = |sign: &str, all: &[(EnvironmentId, Stood, Stood)]| {
            all.iter().map(|(id, was, is)| format!("{sign}{id}:{:?}>{:?} ", was.back, is.back)).collect::<String>()
        };
        let one = |sign: &str, all: &[(EnvironmentId, Stood)]| {
            all.iter().map(|(id, stood)| format!("{sign}{id}:{:?} ", stood.back)).collect::<String>()
        };
        [moved("+", &found.better), moved("-", &found.worse), one("new ", &found.new), one("gone ", &found.gone)]
            .concat()
            .trim_end()
            .to_string()
    }

    #[track_caller]
    fn check_all(then: &[Short<'_>], now: &[Short<'_>], expect: &str, same: usize) {
        let found = changes(&list(then), &list(now), 2);
        assert_eq!((words(&found).as_str(), found.same), (expect, same));
        assert_eq!(found.is_empty(), expect.is_empty());
    }

    #[track_caller]
    fn check(then: &[(&'static str, Back)], now: &[(&'static str, Back)], expect: &str, same: usize) {
        let bare =
            |all: &[(&'static str, Back)]| all.iter().map(|(id, back)| (*id, *back, None, None)).collect::<Vec<_>>();
        check_all(&bare(then), &bare(now), expect, same);
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

    #[test]
    fn fewer_days_and_no_target_are_a_loss_whatever_else_is_better() {
        let check = |was: (Back, u32, bool), is: (Back, u32, bool), expect: &str| {
            let one = |(back, days, onto)| [("a", back, Some(days), Some(onto))];
            check_all(&one(was), &one(is), expect, usize::from(expect.is_empty()));
        };
        check((Surely, 28, true), (Surely, 28, true), "");
        check((Surely, 28, true), (Surely, 7, true), "-a:Surely>Surely");
        check((Surely, 28, true), (Surely, 28, false), "-a:Surely>Surely");
        check((Possibly, 28, true), (Surely, 7, true), "-a:Possibly>Surely");
        check((Surely, 7, false), (Surely, 28, false), "+a:Surely>Surely");
        check((Surely, 7, false), (Surely, 7, true), "+a:Surely>Surely");
        // It has only grown older.
        check((Surely, 3, true), (Surely, 5, true), "");
        check((Surely, 3, true), (Surely, 6, true), "+a:Surely>Surely");
        // What was not noted is not compared.
        check_all(&[("a", Surely, None, None)], &[("a", Surely, Some(0), Some(false))], "", 1);
    }
}
