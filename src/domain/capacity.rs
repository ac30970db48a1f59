//! Storage of a tenant: entitled and used, and what is left for a restore (rules.md §8, T7, R15, D12).

use serde::{Deserialize, Serialize};

/// Entitled and used megabytes (1 GB = 1024 MB, D12) of one sort of storage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Storage {
    pub entitled_mb: f64,
    pub used_mb: f64,
}

/// A tenant's storage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    pub database: Storage,
    pub log: Storage,
    pub file: Storage,
}
