//! How a rule stands, and a pair.

/// The answer that follows from a [`super::Verdict`]; ordered from best to worst.
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
