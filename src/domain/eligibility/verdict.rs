//! Every rule of a pair, sorted by how it stands.

use super::super::rule::RuleId;
use super::super::said::Question;
use super::cause::Cause;
use super::outcome::{Outcome, Standing};
use crate::domain::order::Order as _;

/// One rule judged: its cause, the one rule, and only where it is unknown what to ask. Nothing is asked where nobody but the service
/// can tell (T7, T9, and what T10 contradicts).
pub type Judgement = crate::domain::said::Said<Cause>;

/// Every rule sorted into met, broken and unknown. Never a bare bool. Each list is in the order of the rules' numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub met: Vec<Judgement>,
    pub broken: Vec<Judgement>,
    pub unknown: Vec<Judgement>,
    /// What does not decide but must be said (D7, "not offered by the admin center" and so on).
    pub cautions: Vec<Judgement>,
}

impl Verdict {
    /// Refused if any rule is broken, else unknown if any is unknown, else eligible.
    pub fn outcome(&self) -> Outcome {
        if !self.broken.is_empty() {
            Outcome::Refused
        } else if !self.unknown.is_empty() {
            Outcome::Unknown
        } else {
            Outcome::Eligible
        }
    }

    /// How a rule stands; `None` for a rule that this verdict does not judge.
    pub fn standing(&self, rule: RuleId) -> Option<Standing> {
        [(&self.met, Standing::Met), (&self.broken, Standing::Broken), (&self.unknown, Standing::Unknown)]
            .into_iter()
            .find(|(list, _)| list.iter().any(|j| j.is_of(rule)))
            .map(|(_, standing)| standing)
    }

    /// Every judged rule with its standing, in the order of the rules' numbers, cautions aside.
    pub fn all(&self) -> Vec<(Standing, &Judgement)> {
        let mut all: Vec<(Standing, &Judgement)> = self
            .met
            .iter()
            .map(|j| (Standing::Met, j))
            .chain(self.broken.iter().map(|j| (Standing::Broken, j)))
            .chain(self.unknown.iter().map(|j| (Standing::Unknown, j)))
            .collect();
        all.order_by_key(|(_, j)| j.rule());
        all
    }

    /// The questions of all unknown rules, each once.
    pub fn questions(&self) -> Vec<Question> {
        let mut questions: Vec<Question> = self.unknown.iter().flat_map(|j| j.asks.iter().copied()).collect();
        questions.order();
        questions.dedup();
        questions
    }

    pub(super) fn add(&mut self, standing: Standing, judgement: Judgement) {
        match standing {
            Standing::Met => self.met.push(judgement),
            Standing::Broken => self.broken.push(judgement),
            Standing::Unknown => self.unknown.push(judgement),
        }
    }
}
