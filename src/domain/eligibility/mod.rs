//! Who may be restored to whom: every rule met, broken or unknown, and the outcome that follows (rules.md §5).
//!
//! One engine: [`judge`] for a pair, [`matrix`] for a tenant and [`super::remedy::mend`] for the way out all ask
//! the same rule functions in `rules`; why a rule stands as it does is a [`Cause`], and its words are made in [`crate::words`].
//!
//! Architecture invariant: the engine reads the data of an [`Edition`] (the matrix of kinds, how keys must agree, whether
//! policies must); nothing here looks at an edition's id.

mod cause;
mod evidence;
mod gates;
mod matrix;
mod rules;
mod settled;
mod standings;

pub use super::said::{Question, Role};
pub use cause::{Beside, Cause, Caution, Compared, Deleted, Differing, Failed, Going, GoingOn, Reach};
pub use evidence::Listing;
pub use gates::{doubts, gates, left_disabled};
pub use matrix::{ClassPair, Counts, Group, Groups, Matrix, matrix};
pub use settled::{Settled, settled};
pub use standings::Standings;

use super::edition::Edition;
use super::environment::Environment;
use super::rule::RuleId;
use crate::domain::order::Order as _;
use rules::Pairing;

/// The answer that follows from a [`Verdict`]; ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    Eligible,
    Unknown,
    Refused,
}

/// How one rule stands; ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    Met,
    /// Its answer depends on a fact that is not known.
    Unknown,
    Broken,
}

/// One rule judged: its cause, the one rule, and only where it is unknown what to ask. Nothing is asked where nobody but the service
/// can tell (T7, T9, and what T10 contradicts).
pub type Judgement = super::said::Said<Cause>;

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

    fn add(&mut self, standing: Standing, judgement: Judgement) {
        match standing {
            Standing::Met => self.met.push(judgement),
            Standing::Broken => self.broken.push(judgement),
            Standing::Unknown => self.unknown.push(judgement),
        }
    }
}

/// Judges the pair by T1 to T6 and T8, each exactly once, and by what the service's list of candidates of the source says (T10),
/// where there is one. `source` and `target` may be the same environment (the same id):
/// then the target has the source's facts.
///
/// T6 is not listed under an edition that asks nothing about policies.
///
/// Onto itself, T1 reads the diagonal of the matrix and T8 says the same in its own words: a Production environment onto
/// itself breaks both, so that the list of reasons agrees with the documented matrix *and* with the sentence about restoring
/// onto itself. One change (the switch to Sandbox) mends both. What compares the source with the target (T2, T4, T5, T6) is
/// met onto itself even where the fact is unknown: whatever it is, it is equal to itself.
pub fn judge(edition: &Edition, source: &Environment, target: &Environment) -> Verdict {
    let mut verdict = cause::verdict(&Pairing::of(edition, source, target));
    evidence::bring(&mut verdict, evidence::listing(source, target), source.id == target.id);
    verdict
}

/// How every rule of [`judge`] stands, without making the words.
pub fn standings(edition: &Edition, source: &Environment, target: &Environment) -> Standings {
    Pairing::of(edition, source, target).standings().beside(evidence::listing(source, target))
}

/// The outcome of [`judge`] alone.
pub fn outcome(edition: &Edition, source: &Environment, target: &Environment) -> Outcome {
    standings(edition, source, target).outcome()
}
