//! The store port: the only way to what the browser remembers. `platform` implements it over localStorage.

/// Why a store call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Storage is switched off or forbidden.
    Blocked,
    /// There is no room left.
    Full,
    /// Anything else, in the browser's words.
    Other(String),
}

/// A small text store. Implementations never panic.
pub trait Store {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;
    fn remove(&self, key: &str) -> Result<(), StoreError>;
}
