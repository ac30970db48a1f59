//! Whose tenant is judged, by which rules, and when: what nearly every answer rests on.

use super::edition::Edition;
use super::tenant::Tenant;
use chrono::{DateTime, Utc};

/// A tenant at an instant, under an edition.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    pub edition: &'a Edition,
    pub tenant: &'a Tenant,
    /// UTC.
    pub now: DateTime<Utc>,
}

impl<'a> Moment<'a> {
    pub fn new(edition: &'a Edition, tenant: &'a Tenant, now: DateTime<Utc>) -> Self {
        Self { edition, tenant, now }
    }

    /// The same rules and the same instant, of another tenant: what would be if it were so.
    pub fn of<'b>(self, tenant: &'b Tenant) -> Moment<'b>
    where
        'a: 'b,
    {
        Moment { edition: self.edition, tenant, now: self.now }
    }
}
