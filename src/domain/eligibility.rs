//! Who may be restored to whom: every rule met, broken or unknown, and the outcome that follows (rules.md §5).

use super::edition::Edition;
use super::environment::{Environment, FactKey};
use super::rule::RuleId;
use super::tenant::Tenant;
use chrono::{DateTime, Utc};

/// The answer that follows from a [`Verdict`]; ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    Eligible,
    Unknown,
    Refused,
}

/// Whose fact a finding speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Source,
    Target,
}

/// A question whose answer would settle an unknown rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    pub role: Role,
    pub fact: FactKey,
}

/// One rule judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub rule: RuleId,
    /// For people, about *the source* and *the target* (no names, so that it holds for every pair with the same facts).
    pub says: String,
    /// Only where unknown: what to ask.
    pub asks: Vec<Question>,
}

/// Every rule sorted into met, broken and unknown. Never a bare bool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
}

/// Judges the pair by T1 to T6 and T8. `source` and `target` may be the same environment.
pub fn judge(_edition: &Edition, _source: &Environment, _target: &Environment) -> Verdict {
    todo!("eligibility helper")
}

/// Judges the gates of the moment, T7 and T9, at `now` (UTC). Broken stops a restore; an unknown T7 is a question and a caution.
pub fn gates(
    _edition: &Edition,
    _tenant: &Tenant,
    _source: &Environment,
    _target: &Environment,
    _now: DateTime<Utc>,
) -> Verdict {
    todo!("eligibility helper")
}

/// The outcomes of all pairs of a tenant's living environments, grouped by what the rules look at.
#[derive(Clone, Debug)]
pub struct Matrix {
    // private: class of each environment, outcomes per pair of classes, outcome onto itself per class
}

impl Matrix {
    /// Indices are those of `tenant.environments`; deleted ones answer `Refused`.
    pub fn outcome(&self, _source: usize, _target: usize) -> Outcome {
        todo!("eligibility helper")
    }
}

/// Judges a whole tenant.
pub fn matrix(_edition: &Edition, _tenant: &Tenant) -> Matrix {
    todo!("eligibility helper")
}
