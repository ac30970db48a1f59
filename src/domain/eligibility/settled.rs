//! A pair that the rules alone leave open, and that the service's own list of candidates settles (T10): what rests on the list must
//! say so, with the date on which the service was asked.

use super::super::edition::Edition;
use super::super::environment::Environment;
use super::Question;
use super::cause;
use super::evidence::{self, Listing};
use super::outcome::Outcome;
use super::rules::Pairing;
use chrono::{DateTime, Utc};

/// What a list of candidates settled of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// When the service was asked, UTC.
    pub asked: DateTime<Utc>,
    /// What the rules would have asked without the list, each once.
    pub questions: Vec<Question>,
}

/// Whether the eligibility of a pair rests on the list of candidates of the source; `None` where the rules tell it without the list,
/// where there is none, and where the two contradict one another.
pub fn settled(edition: &Edition, source: &Environment, target: &Environment) -> Option<Settled> {
    let Listing::Offered(asked) = evidence::listing(source, target) else { return None };
    let rules = cause::verdict(&Pairing::of(edition, source, target));
    (rules.outcome() == Outcome::Unknown).then(|| Settled { asked, questions: rules.questions() })
}
