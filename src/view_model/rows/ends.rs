//! What of an environment ends next.

use crate::domain::edition::Edition;
use crate::domain::environment::Environment;
use crate::domain::manual_backup;
use chrono::{DateTime, Utc};

/// The manual backup that ends next.
#[derive(Clone, Debug, PartialEq)]
pub struct Ends {
    /// UTC.
    pub at: DateTime<Utc>,
    pub label: String,
    /// Until then it is guaranteed, not only possible.
    pub sure: bool,
}

pub(super) fn ends(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Option<Ends> {
    env.backups
        .iter()
        .filter_map(|b| {
            let judged = manual_backup::judge(edition, env, b, now);
            let (at, sure) = match (judged.guaranteed_until, judged.possible_until) {
                (Some(at), _) if at >= now => (at, true),
                (_, Some(at)) if at >= now => (at, false),
                _ => return None,
            };
            Some(Ends { at, label: b.label.clone(), sure })
        })
        .min_by_key(|e| e.at)
}
