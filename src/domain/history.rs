//! What changed in an environment, and when. Windows of restorable time follow from it (K4, K5, K6, K12).

use super::values::{EnvironmentId, Kind, Region};
use crate::domain::order::Order as _;
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

/// The kind that an environment with this history and this kind `today` had at `at` (UTC), as far as the history tells; `None` where
/// that is not known, also while a change that lies somewhere between two imports may or may not have happened yet.
pub fn kind_at(history: &[Change], today: Option<&Kind>, at: DateTime<Utc>) -> Option<Kind> {
    let mut kinds: Vec<(&Change, Option<&Kind>)> = history
        .iter()
        .filter_map(|c| match &c.what {
            Changed::Kind { from, to } if from.as_ref() != Some(to) => Some((c, from.as_ref())),
            _ => None,
        })
        .collect();
    kinds.order_by_key(|(c, _)| (c.at, c.not_before));
    match kinds.into_iter().find(|(c, _)| c.at > at) {
        Some((next, _)) if next.not_before < at => None,
        Some((_, from)) => from.cloned(),
        None => today.cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn jan(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, day, 0, 0, 0).unwrap()
    }

    /// Production until the 5th, then Sandbox; between the 10th and the 12th Production again.
    fn history() -> Vec<Change> {
        let back = Changed::Kind { from: Some(Kind::Sandbox), to: Kind::Production };
        vec![
            Change { not_before: jan(10), at: jan(12), what: back },
            Change::exactly(jan(5), Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox }),
            Change::exactly(jan(7), Changed::Managed { from: None, to: true }),
        ]
    }

    #[track_caller]
    fn check(at: DateTime<Utc>, kind: Option<Kind>) {
        assert_eq!(kind_at(&history(), Some(&Kind::Production), at), kind);
    }

    #[test]
    fn the_kind_of_then() {
        check(jan(4), Some(Kind::Production));
        check(jan(5), Some(Kind::Sandbox));
        check(jan(10), Some(Kind::Sandbox));
        check(jan(11), None);
        check(jan(12), Some(Kind::Production));
        let mut unknown = history();
        unknown[1].what = Changed::Kind { from: None, to: Kind::Sandbox };
        assert_eq!(kind_at(&unknown, None, jan(4)), None);
        assert_eq!(kind_at(&[], None, jan(4)), None);
    }
}
