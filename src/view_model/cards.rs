//! The questions of a page as cards that stay where they are: an answered card says what was answered and can be undone, new
//! questions come at the end, and nothing moves under the pointer. Which screen elements those are is none of this module's matter.

use crate::domain::environment::{Answer, EnvironmentId, FactKey, Key};
use crate::view_model::words::thousands;
use crate::words::time::instant_text;

/// What was answered on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The answer in a few words, as in "answered: yes".
    pub says: String,
    /// The environments that took it.
    pub environments: Vec<EnvironmentId>,
    /// For how many it means nothing, so that they were left out (K7).
    pub left_out: usize,
    /// The number of the entry of the log, which taking it back needs.
    pub entry: u32,
}

impl Given {
    /// "answered: yes", "answered for 3 environments: yes; left out: 1, without Dataverse (K7)".
    pub fn line(&self) -> String {
        let whom = match self.environments.len() {
            0 | 1 => String::new(),
            n => format!(" for {} environments", thousands(n)),
        };
        let left_out = match self.left_out {
            0 => String::new(),
            n => format!("; left out: {}, without Dataverse (K7)", thousands(n)),
        };
        format!("answered{whom}: {}{left_out}", self.says)
    }
}

/// An answer in a few words.
pub fn answer_says(answer: &Answer) -> String {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_string();
    match answer {
        Answer::Kind(kind) => kind.to_string(),
        Answer::Region(region) => region.to_string(),
        Answer::Dataverse(yes) | Answer::Dynamics(yes) | Answer::Managed(yes) => yes_no(*yes),
        Answer::Key(Key::Microsoft) => "no".to_string(),
        Answer::Key(Key::Customer(None)) => "yes, which is not known".to_string(),
        Answer::Key(Key::Customer(Some(which))) => format!("yes, {which}"),
        Answer::Policies(all) if all.is_empty() => "none".to_string(),
        Answer::Policies(all) => all.iter().map(|p| p.sort.as_str()).collect::<Vec<_>>().join(", "),
        Answer::RetentionSetting(days) => format!("{days} days"),
        Answer::Created(at) | Answer::Deleted(at) => instant_text(*at),
    }
}

/// A question of a page: a fact, and the environments that lacked it when the card came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub fact: FactKey,
    /// In the order in which they came; none is ever taken off while the page is open.
    pub environments: Vec<EnvironmentId>,
    /// Those that lack it now.
    pub open: Vec<EnvironmentId>,
    /// Some of it was answered on this page, so that it stays although nothing is open.
    pub answered: bool,
}

/// The cards of a page while it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cards {
    list: Vec<Card>,
}

impl Cards {
    pub fn list(&self) -> &[Card] {
        &self.list
    }

    /// How many facts are open, over all cards and environments.
    pub fn open(&self) -> usize {
        self.list.iter().map(|c| c.open.len()).sum()
    }

    /// Takes in what is unknown now. No card moves or goes; new ones come at the end, and so do new environments of a card.
    pub fn follow(&mut self, unknown: &[(FactKey, Vec<EnvironmentId>)]) {
        for card in &mut self.list {
            card.open.clear();
        }
        for (fact, lacking) in unknown {
            let place = self.list.iter().position(|c| c.fact == *fact).unwrap_or_else(|| {
                self.list.push(Card { fact: *fact, environments: Vec::new(), open: Vec::new(), answered: false });
                self.list.len() - 1
            });
            let Some(card) = self.list.get_mut(place) else { continue };
            let known: std::collections::HashSet<&EnvironmentId> = card.environments.iter().collect();
            let new: Vec<EnvironmentId> = lacking.iter().filter(|id| !known.contains(id)).cloned().collect();
            card.environments.extend(new);
            let lacks: std::collections::HashSet<&EnvironmentId> = lacking.iter().collect();
            card.open = card.environments.iter().filter(|id| lacks.contains(id)).cloned().collect();
        }
        for card in &mut self.list {
            card.answered |= card.open.len() < card.environments.len();
        }
    }
}

/// What is listed while a page is open: in the order of before, a new one where it belongs among those of `now`; what is no longer among
/// `now` stays where it was if it is to be kept.
pub fn fixed<T: Clone + PartialEq>(before: &[T], now: &[T], keep: impl Fn(&T) -> bool) -> Vec<T> {
    if before.is_empty() {
        return now.to_vec();
    }
    let mut list: Vec<T> = before.iter().filter(|t| now.contains(*t) || keep(*t)).cloned().collect();
    // Before the first of those that come after it: from the end, so that these are known.
    let mut at = list.len();
    for one in now.iter().rev() {
        match list.iter().position(|there| there == one) {
            Some(there) => at = at.min(there),
            None => list.insert(at, one.clone()),
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::environment::{Kind, Policy};
    use std::collections::BTreeSet;

    fn ids(spec: &str) -> Vec<EnvironmentId> {
        spec.split_whitespace().map(EnvironmentId::new).collect()
    }

    fn words(cards: &Cards) -> String {
        let one = |c: &Card| {
            let all = |ids: &[EnvironmentId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let mark = if c.answered { "*" } else { "" };
            format!("{:?}{mark} {} [{}]", c.fact, all(&c.environments), all(&c.open))
        };
        cards.list().iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// Each step is what is unknown then: `Managed a b | Key a`.
    #[track_caller]
    fn check(steps: &[&str], expect: &str) {
        let mut cards = Cards::default();
        for step in steps {
            let unknown: Vec<(FactKey, Vec<EnvironmentId>)> = step
                .split('|')
                .filter_map(|one| {
                    let (fact, rest) = one.trim().split_once(' ')?;
                    let fact = match fact {
                        "Managed" => FactKey::Managed,
                        "Key" => FactKey::Key,
                        _ => FactKey::Dataverse,
                    };
                    Some((fact, ids(rest)))
                })
                .collect();
            cards.follow(&unknown);
        }
        assert_eq!(words(&cards), expect);
    }

    #[test]
    fn cards_stay_where_they_are_while_the_page_is_open() {
        check(&[""], "");
        check(&["Managed a b | Key a"], "Managed a b [a b]; Key a [a]");
        // Answered for all: it stays, with nothing open.
        check(&["Managed a b | Key a", "Key a"], "Managed* a b []; Key a [a]");
        // Answered for one: the others are open still.
        check(&["Managed a b | Key a", "Managed b | Key a"], "Managed* a b [b]; Key a [a]");
        // Undone.
        check(&["Managed a b", "", "Managed a b"], "Managed* a b [a b]");
        // What an answer brings to light comes at the end.
        check(&["Managed a | Key a", "Dataverse z | Key a c"], "Managed* a []; Key a c [a c]; Dataverse z [z]");
        check(&["Key b a", "Key a b"], "Key b a [b a]");
    }

    #[test]
    fn a_list_is_fixed_while_its_page_is_open() {
        let check = |before: &str, now: &str, keep: &str, expect: &str| {
            let all = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(fixed(&all(before), &all(now), |t| keep.contains(*t)), all(expect));
        };
        check("", "abc", "", "abc");
        check("abc", "cba", "a", "abc");
        check("abc", "ca", "b", "abc");
        check("abc", "ca", "a", "ac");
        check("ab", "xb", "a", "axb");
        check("abc", "axbcy", "", "axbcy");
        check("cab", "axbc", "", "xcab");
    }

    #[test]
    fn an_answer_in_a_few_words() {
        let policy = |sort: &str| Policy { sort: sort.into(), id: None };
        for (answer, says) in [
            (Answer::Managed(true), "yes"),
            (Answer::Dataverse(false), "no"),
            (Answer::Key(Key::Microsoft), "no"),
            (Answer::Key(Key::Customer(None)), "yes, which is not known"),
            (Answer::Key(Key::Customer(Some("vault".into()))), "yes, vault"),
            (Answer::Kind(Kind::Sandbox), "Sandbox"),
            (Answer::Policies(BTreeSet::new()), "none"),
            (Answer::Policies(BTreeSet::from([policy("identity")])), "identity"),
            (Answer::RetentionSetting(14), "14 days"),
        ] {
            assert_eq!(answer_says(&answer), says);
        }
        let given =
            |n: usize, left_out| Given { says: "yes".into(), environments: ids(&"e ".repeat(n)), left_out, entry: 1 };
        assert_eq!(given(1, 0).line(), "answered: yes");
        assert_eq!(given(3, 0).line(), "answered for 3 environments: yes");
        assert_eq!(given(2, 1).line(), "answered for 2 environments: yes; left out: 1, without Dataverse (K7)");
    }
}
