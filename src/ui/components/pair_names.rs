//! The names of a pair, as they are shown and as they stand in what is said of it.

use crate::domain::environment::Environment;
use crate::words::{Names, Say, Text};

/// The names of a pair. What the core says of it speaks of *the source* and *the target*.
#[derive(Clone, PartialEq)]
pub struct PairNames {
    pub source: String,
    pub target: String,
    named: Names,
}

impl PairNames {
    pub fn of(source: &Environment, target: &Environment) -> Self {
        Self::new(&source.name, &target.name, source.id == target.id)
    }

    /// `itself`: both are one environment.
    pub fn new(source: &str, target: &str, itself: bool) -> Self {
        Self { source: source.to_string(), target: target.to_string(), named: Names::bare(source, target, itself) }
    }

    /// A sentence with the names.
    pub fn says(&self, says: impl Say) -> Text {
        says.says().named(&self.named).sentence()
    }
}
