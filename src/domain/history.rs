//! What changed in an environment, and when. Windows of restorable time follow from it (K4, K5, K6, K12).

use super::environment::{Environment, EnvironmentId, Kind, Region};
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
    pub at: DateTime<Utc>,
    /// The earliest instant at which it can have happened, UTC.
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

/// The changes of `env` that happened, or may have happened, at or after `at` (UTC), oldest first.
pub fn changes_since(env: &Environment, at: DateTime<Utc>) -> Vec<&Change> {
    let mut changes: Vec<&Change> = env.history.iter().filter(|c| c.at >= at).collect();
    changes.order_by_key(|c| (c.at, c.not_before));
    changes
}

/// The kind that `env` had at `at` (UTC), as far as the history tells; `None` where that is not known, also while a change
/// that lies somewhere between two imports may or may not have happened yet.
pub fn kind_at(env: &Environment, at: DateTime<Utc>) -> Option<Kind> {
    let mut kinds: Vec<(&Change, Option<&Kind>)> = env
        .history
        .iter()
        .filter_map(|c| match &c.what {
            Changed::Kind { from, to } if from.as_ref() != Some(to) => Some((c, from.as_ref())),
            _ => None,
        })
        .collect();
    kinds.order_by_key(|(c, _)| (c.at, c.not_before));
    match kinds.into_iter().find(|(c, _)| c.at > at) {
        Some((next, _)) if next.not_before.min(next.at) < next.at && next.not_before < at => None,
        Some((_, from)) => from.cloned(),
        None => env.kind.get().cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::{Fact, Origin};
    use chrono::TimeZone;

    fn jan(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, day, 0, 0, 0).unwrap()
    }

    /// Production until the 5th, then Sandbox; between the 10th and the 12th Production again.
    fn env() -> Environment {
        let mut e = Environment::new("e");
        e.kind = Fact::known(Kind::Production, Origin::Import(1), jan(12));
        let back = Changed::Kind { from: Some(Kind::Sandbox), to: Kind::Production };
        e.history = vec![
            Change { not_before: jan(10), at: jan(12), what: back },
            Change::exactly(jan(5), Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox }),
            Change::exactly(jan(7), Changed::Managed { from: None, to: true }),
        ];
        e
    }

    #[track_caller]
    fn check(at: DateTime<Utc>, kind: Option<Kind>) {
        assert_eq!(kind_at(&env(), at), kind);
    }

    #[test]
    fn the_kind_of_then() {
        check(jan(4), Some(Kind::Production));
        check(jan(5), Some(Kind::Sandbox));
        check(jan(10), Some(Kind::Sandbox));
        check(jan(11), None);
        check(jan(12), Some(Kind::Production));
        let mut unknown = env();
        unknown.history[1].what = Changed::Kind { from: None, to: Kind::Sandbox };
        assert_eq!(kind_at(&unknown, jan(4)), None);
        assert_eq!(kind_at(&Environment::new("e"), jan(4)), None);
    }

    #[test]
    fn changes_since_an_instant() {
        let env = env();
        let since = |at| changes_since(&env, at).into_iter().map(|c| c.at).collect::<Vec<_>>();
        assert_eq!(since(jan(1)), [jan(5), jan(7), jan(12)], "oldest first");
        assert_eq!(since(jan(7)), [jan(7), jan(12)], "one at the very instant may have come after it");
        assert_eq!(since(jan(11)), [jan(12)], "may have happened after the 11th");
        assert_eq!(since(jan(13)), [] as [DateTime<Utc>; 0]);
    }
}
