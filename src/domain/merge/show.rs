//! Facts in words, for previews and events.

use super::super::capacity::{Capacity, Storage};
use super::super::environment::{Key, Kind, Policy, Region};
use super::super::history::Changed;
use super::super::words::{exact_megabytes_text, megabytes_text};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

pub fn yes_no(value: &bool) -> String {
    if *value { "yes" } else { "no" }.to_string()
}

pub fn kind(value: &Kind) -> String {
    value.to_string()
}

pub fn region(value: &Region) -> String {
    value.to_string()
}

pub fn key(value: &Key) -> String {
    match value {
        Key::Microsoft => "managed by Microsoft".to_string(),
        Key::Customer(None) => "customer-managed".to_string(),
        Key::Customer(Some(which)) => format!("customer-managed ({which})"),
    }
}

pub fn policies(value: &BTreeSet<Policy>) -> String {
    if value.is_empty() {
        return "none".to_string();
    }
    let one = |p: &Policy| match &p.id {
        Some(id) => format!("{} ({id})", p.sort),
        None => p.sort.clone(),
    };
    value.iter().map(one).collect::<Vec<_>>().join(", ")
}

pub fn days(value: &u32) -> String {
    if *value == 1 { "1 day".to_string() } else { format!("{value} days") }
}

/// UTC, to the minute.
pub fn instant(value: &DateTime<Utc>) -> String {
    value.format("%Y-%m-%d %H:%M UTC").to_string()
}

pub fn group(value: &Option<String>) -> String {
    value.clone().unwrap_or_else(|| "none".to_string())
}

pub fn megabytes(value: &f64) -> String {
    exact_megabytes_text(*value)
}

/// Gigabytes where that is the whole amount, else megabytes: a rounded one would hide what decides (T7).
fn whole(mb: f64) -> String {
    let tenths = mb / 1024.0 * 10.0;
    if (tenths - tenths.trunc()).abs() > 1e-9 { exact_megabytes_text(mb) } else { megabytes_text(mb) }
}

/// What is used and entitled of a sort of storage (1 GB = 1024 MB, D12); what is little is not nothing.
pub fn storage(s: &Storage) -> String {
    format!("{} of {}", whole(s.used_mb), whole(s.entitled_mb))
}

pub fn capacity(c: &Capacity) -> String {
    format!("database {}, log {}, file {}", storage(&c.database), storage(&c.log), storage(&c.file))
}

/// A change in a few words, lower case.
pub fn changed(what: &Changed) -> String {
    match what {
        Changed::Kind { from: Some(from), to } => format!("switched from {from} to {to}"),
        Changed::Kind { from: None, to } => format!("switched to {to}"),
        Changed::RetentionSetting { to, .. } => format!("retention set to {}", days(to)),
        Changed::Dynamics { to, .. } => format!("Dynamics 365 apps: {}", yes_no(to)),
        Changed::DynamicsUnknown { .. } => {
            "whether it has Dynamics 365 apps is not known any more, because it was overwritten".to_string()
        }
        Changed::Managed { from: Some(_), to: true } => "became a Managed Environment".to_string(),
        Changed::Managed { from: Some(_), to: false } => "Managed Environments turned off".to_string(),
        Changed::Managed { from: None, .. } => {
            "Managed Environments updated; whether it was managed before is not known".to_string()
        }
        Changed::ManagedUnknown { .. } => {
            "Managed Environments updated; whether it is managed is not known any more".to_string()
        }
        Changed::CustomerKey { to, .. } => format!("customer-managed key: {}", yes_no(to)),
        Changed::Region { to, .. } => format!("moved to {to}"),
        Changed::Dataverse { to, .. } => format!("Dataverse: {}", yes_no(to)),
        Changed::Name { to, .. } => format!("renamed to {to}"),
        Changed::Restored { .. } | Changed::Overwritten { copied: false, .. } => "overwritten by a restore".to_string(),
        Changed::Overwritten { copied: true, .. } => "overwritten by a copy".to_string(),
        Changed::Deleted => "deleted".to_string(),
        Changed::Recovered => "recovered".to_string(),
    }
}
