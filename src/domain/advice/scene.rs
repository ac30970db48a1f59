//! What every way is judged with.

use super::super::edition::Edition;
use super::super::environment::Environment;
use super::super::tenant::Tenant;
use super::case::{Mishap, MishapTime};
use super::cause::Aim;
use chrono::{DateTime, Utc};

/// What every way looks at.
pub(super) struct AdviceScene<'a> {
    pub(super) edition: &'a Edition,
    pub(super) tenant: &'a Tenant,
    pub(super) env: &'a Environment,
    pub(super) mishap: Mishap,
    pub(super) when: Option<MishapTime>,
    /// UTC.
    pub(super) point: DateTime<Utc>,
    /// The inventory does not know that it is deleted: a person told it (see [`super::as_told`]).
    pub(super) deletion_is_told: bool,
    /// The last import of the whole tenant did not list it.
    pub(super) missing: bool,
    /// UTC.
    pub(super) now: DateTime<Utc>,
}

impl AdviceScene<'_> {
    /// What a way speaks of, with the other environment that it overwrites.
    pub(super) fn aim(&self, onto: Option<&Environment>) -> Aim {
        let environment = Some(self.env.into());
        Aim { mishap: self.mishap, environment, onto: onto.map(Into::into), point: self.point }
    }
}
