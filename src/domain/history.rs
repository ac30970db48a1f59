//! What changed in an environment, and when. Windows of restorable time follow from it (K4, K5, K6, K12).

use super::values::{EnvironmentId, Kind, Region};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One change of one environment.
///
/// A change that was recorded in the app has one instant (`not_before == at`). A change that we only noticed because two
/// imports differ lies somewhere in `(not_before, at]`; whatever rests on it takes the worse end for a promise and the
/// better end for a possibility.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The latest instant at which it can have happened, UTC.
    #[serde(deserialize_with = "super::instants::read")]
    pub at: DateTime<Utc>,
    /// The earliest instant at which it can have happened, UTC.
    #[serde(deserialize_with = "super::instants::read")]
    pub not_before: DateTime<Utc>,
    pub what: Changed,
}

impl Change {
    /// A change whose instant is known.
    pub fn exactly(at: DateTime<Utc>, what: Changed) -> Self {
        Self { at, not_before: at, what }
    }
}

/// What changed. `from` is `None` where it was unknown before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Changed {
    Kind {
        from: Option<Kind>,
        to: Kind,
    },
    /// Days.
    RetentionSetting {
        from: Option<u32>,
        to: u32,
    },
    Dynamics {
        from: Option<bool>,
        to: bool,
    },
    /// It was overwritten by a database of which nobody knows whether it has Dynamics 365 apps.
    DynamicsUnknown {
        from: bool,
    },
    Managed {
        from: Option<bool>,
        to: bool,
    },
    /// The service updated Managed Environments after the last list that told whether it is one.
    ManagedUnknown {
        from: bool,
    },
    /// Whether a customer-managed key is applied.
    CustomerKey {
        from: Option<bool>,
        to: bool,
    },
    Region {
        from: Option<Region>,
        to: Region,
    },
    Dataverse {
        from: Option<bool>,
        to: bool,
    },
    Name {
        from: String,
        to: String,
    },
    /// It was overwritten by a restore of `source` at `point` (UTC).
    Restored {
        source: EnvironmentId,
        point: DateTime<Utc>,
    },
    /// The service listed a restore (or a copy) onto it; to which point it does not say.
    Overwritten {
        copied: bool,
        source: Option<EnvironmentId>,
    },
    Deleted,
    Recovered,
}
