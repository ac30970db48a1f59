//! Who may be restored to whom: every rule met, broken or unknown, and the outcome that follows.
//!
//! One engine: [`judge`] for a pair, [`matrix()`] for a tenant and [`super::remedy::mend`] for the way out all ask
//! the same rule functions in `rules`; why a rule stands as it does is a [`Cause`], and its words are made in [`crate::words`].
//!
//! Architecture invariant: the engine reads the data of an [`Edition`] (the matrix of kinds, how keys must agree, whether
//! policies must); nothing here looks at an edition's id.

mod brings;
mod bundle;
mod cause;
mod classes;
mod counted;
mod counts;
mod evidence;
mod gates;
mod groups;
mod kin;
mod matrix;
mod one_source;
mod outcome;
mod rules;
mod settled;
mod standings;
mod stands;
mod totals;
mod verdict;

pub use super::said::{Question, Role};
pub use brings::{Brings, brings};
pub use cause::{Cause, Caution, Compared, Deleted, Differing, Failed, Going, GoingOn, KindTargets, ListStanding};
pub(super) use classes::{ClassRow, Swing};
pub use counted::CountedPairs;
pub use counts::Counts;
pub use evidence::Listing;
pub use gates::{AtThisMoment, doubts, gates, left_disabled};
pub use groups::{FactGroup, Groups, groups};
pub(super) use kin::Kins;
pub use matrix::{ClassPair, Matrix, matrix};
pub use one_source::{OneSource, PairEnd};
pub use outcome::{Outcome, Standing};
pub(super) use rules::Facts;
pub use rules::{HeldFacts, fact_of, facts_of_pair, rules_of};
pub use settled::{Settled, settled};
pub use standings::Standings;
pub use stands::{PairNow, TargetCounts};
pub use totals::Totals;
pub use verdict::{Judgement, Verdict};

use super::edition::Edition;
use super::environment::Environment;
use rules::Pairing;

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
