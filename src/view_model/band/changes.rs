//! What changed, on the band and in a few words.

use super::Scale;
use crate::domain::history::{Change, Changed};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// A hairline for a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Hairline {
    pub at: DateTime<Utc>,
    /// Where it happened somewhere between two imports: the earliest instant.
    pub not_before: Option<DateTime<Utc>>,
    pub x: f64,
    pub label: String,
}

/// The changes that move windows, and restores, that lie on the scale; oldest first.
pub fn hairlines(history: &[Change], scale: Scale) -> Vec<Hairline> {
    let mut out: Vec<Hairline> = history
        .iter()
        .filter(|c| scale.holds(c.at))
        .filter_map(|c| {
            let not_before = (c.not_before < c.at).then_some(c.not_before);
            Some(Hairline { at: c.at, not_before, x: scale.x(c.at), label: change_words(&c.what)? })
        })
        .collect();
    out.order_by_key(|h| h.at);
    out
}

fn yes_no(what: &str, to: bool) -> String {
    if to { format!("{what} on") } else { format!("{what} off") }
}

/// A change in a few words; `None` where it moves no window and is no restore.
pub fn change_words(what: &Changed) -> Option<String> {
    Some(match what {
        Changed::Kind { from: Some(from), to } => format!("{from} → {to}"),
        Changed::Kind { from: None, to } => format!("kind: {to}"),
        Changed::RetentionSetting { from: Some(from), to } if from < to => format!("retention raised {from} → {to}"),
        Changed::RetentionSetting { from: Some(from), to } => format!("retention lowered {from} → {to}"),
        Changed::RetentionSetting { from: None, to } => format!("retention set to {to}"),
        Changed::Dynamics { to, .. } => yes_no("Dynamics 365 apps", *to),
        Changed::DynamicsUnknown { .. } => "Dynamics 365 apps: unknown since a restore".to_string(),
        Changed::Managed { from: None, to } => yes_no("managed updated, then", *to),
        Changed::ManagedUnknown { .. } => "managed: unknown since an update".to_string(),
        Changed::Managed { to, .. } => yes_no("managed", *to),
        Changed::CustomerKey { to, .. } => yes_no("own key", *to),
        Changed::Dataverse { to, .. } => yes_no("Dataverse", *to),
        Changed::Region { to, .. } => format!("moved to {to}"),
        Changed::Restored { .. } | Changed::Overwritten { copied: false, .. } => "overwritten by a restore".to_string(),
        Changed::Overwritten { copied: true, .. } => "overwritten by a copy".to_string(),
        Changed::Deleted => "deleted".to_string(),
        Changed::Recovered => "recovered".to_string(),
        Changed::Name { .. } => return None,
    })
}
