//! What is said with a rule, as data: what was decided, by which rules, and what to ask. Nothing in here has words; they are made from
//! the cause in [`crate::words`].

use super::environment::{Environment, EnvironmentId, FactKey};
use super::rule::RuleId;
use serde::{Deserialize, Serialize};

/// Whose fact something is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// The environment whose backup is taken. Questions about an environment that is restored onto itself are about this role.
    Source,
    Target,
}

/// An environment in what is said, with its name of now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvironmentName {
    pub id: EnvironmentId,
    pub name: String,
}

impl From<&Environment> for EnvironmentName {
    fn from(env: &Environment) -> Self {
        Self { id: env.id.clone(), name: env.name.clone() }
    }
}

/// A question whose answer would settle something unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    pub role: Role,
    pub fact: FactKey,
}

/// Something that is said with the rules that it rests on. `C` is the cause: an enum of the room that decided it, with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<C> {
    pub cause: C,
    /// The first one decides; empty where it is no matter of a rule.
    pub rules: Vec<RuleId>,
    /// What to ask where it is unknown. Empty where nobody but the service can tell.
    pub asks: Vec<Question>,
}

impl<C> Said<C> {
    /// With one rule, and nothing to ask.
    pub fn of(rule: RuleId, cause: C) -> Self {
        Self { cause, rules: vec![rule], asks: Vec::new() }
    }

    /// With what to ask.
    #[must_use]
    pub fn asking(self, asks: Vec<Question>) -> Self {
        Self { asks, ..self }
    }

    /// The rule that decides; `None` where it is no matter of a rule.
    pub fn rule(&self) -> Option<RuleId> {
        self.rules.first().copied()
    }

    /// Whether `rule` decides it.
    pub fn is_of(&self, rule: RuleId) -> bool {
        self.rule() == Some(rule)
    }

    /// The same, said by another cause.
    #[must_use]
    pub fn map<D>(self, cause: impl FnOnce(C) -> D) -> Said<D> {
        Said { cause: cause(self.cause), rules: self.rules, asks: self.asks }
    }
}
