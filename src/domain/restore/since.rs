//! What changed in the source since the restore point (the verdict is about today's facts).

use super::super::environment::Environment;
use super::super::history::{Change, Changed};
use super::super::rule::RuleId;
use super::Cause;
use super::checks::{Checks, Weight};
use super::request::{Point, instant_of};
use chrono::{DateTime, Utc};

pub(super) fn changes(source: &Environment, point: &Point, list: &mut Checks) {
    let Some(at) = instant_of(source, point) else { return };
    for change in source.history.iter().filter(|c| c.at > at) {
        if let Some((weight, rule)) = weight(change, at) {
            list.add(weight, rule, Cause::Since { change: change.clone(), point: at }, Vec::new());
        }
    }
}

/// How much a change after the point weighs, and by which rule; `None`: nothing.
fn weight(change: &Change, point: DateTime<Utc>) -> Option<(Weight, RuleId)> {
    match &change.what {
        // What is of the old region cannot be restored, where that is sure.
        Changed::Region { from: Some(from), to } if from != to && change.not_before >= point => {
            Some((Weight::Stop, RuleId::T2))
        }
        Changed::Region { from: Some(from), to } if from != to => Some((Weight::Caution, RuleId::T2)),
        Changed::Kind { from: Some(from), to } if from != to => Some((Weight::Caution, RuleId::T1)),
        Changed::Managed { from: Some(from), to } if from == to => None,
        Changed::Managed { .. } | Changed::ManagedUnknown { .. } => Some((Weight::Caution, RuleId::T4)),
        Changed::CustomerKey { from: Some(from), to } if from != to => Some((Weight::Caution, RuleId::T5)),
        Changed::Restored { .. } | Changed::Overwritten { .. } => Some((Weight::Note, RuleId::R14)),
        _ => None,
    }
}
