//! Rows of a list that were not read, or not as environments.

use super::findings::{Findings, shorten};
use super::formats::{self, Format, Quoted};
use super::node::Node;
use super::refuse::Ids;
use super::says::Cause;

/// Such a row.
pub struct Unread {
    place: String,
    cause: Cause,
    field: &'static str,
    value: String,
}

impl Unread {
    /// A row that nothing recognises.
    pub fn unknown(place: String, node: &Node<'_>, ids: Ids) -> Self {
        if !ids.names_environment() {
            let cause = Cause::NotAnEnvironment { known: None };
            return Self { place, cause, field: "", value: String::new() };
        }
        // A kind in another language is the usual reason.
        let kind = formats::KINDS.iter().find(|k| node.get(k).text().is_some());
        let value = kind.and_then(|k| node.get(k).text()).map(shorten).unwrap_or_default();
        Self { place, cause: Cause::Unproven, field: kind.copied().unwrap_or_default(), value }
    }

    /// A row of something that is no environment, or that says what went wrong.
    pub fn of(place: String, format: &'static Format, error: Option<Quoted>) -> Self {
        let cause = error.map_or(Cause::NotAnEnvironment { known: Some(format.what) }, Cause::ErrorRow);
        Self { place, cause, field: "", value: String::new() }
    }

    /// Whether an environment may be missing for it.
    pub fn may_be_environment(&self) -> bool {
        matches!(self.cause, Cause::Unproven | Cause::ErrorRow(_))
    }

    pub fn tell(&self, findings: &mut Findings) {
        self.cause.tell(findings, &self.place, self.field, &self.value);
    }
}
