//! The sample tenant Contoso: some fifteen environments that between them show every rule, including unknown facts.

use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};

/// The sample tenant as it looks at `now` (UTC).
pub fn contoso(_now: DateTime<Utc>) -> Tenant {
    todo!("import helper")
}
