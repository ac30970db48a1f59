//! The store port: the only way to what the browser remembers. `platform` implements it over localStorage.

use super::keep::record::{Head, Record};

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

impl StoreError {
    /// Reads a browser's exception by its name, code and message. "No room left" has four spellings.
    pub fn from_exception(name: &str, code: f64, message: &str) -> Self {
        const FULL_NAMES: [&str; 3] = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED", "QUOTA_EXCEEDED_ERR"];
        /// `code` of the old standard, and of Firefox.
        const FULL_CODES: [f64; 2] = [22.0, 1014.0];
        if FULL_NAMES.contains(&name) || FULL_CODES.contains(&code) {
            StoreError::Full
        } else if name == "SecurityError" || code == 18.0 {
            StoreError::Blocked
        } else if message.is_empty() {
            StoreError::Other(name.to_string())
        } else {
            StoreError::Other(message.to_string())
        }
    }
}

impl StoreError {
    /// What is wrong, as a clause.
    pub fn says(&self) -> String {
        match self {
            StoreError::Blocked => "storage is switched off or forbidden".to_string(),
            StoreError::Full => "there is no room left".to_string(),
            StoreError::Other(why) => why.clone(),
        }
    }
}

/// A small text store. Implementations never panic.
pub trait Store {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;
    fn remove(&self, key: &str) -> Result<(), StoreError>;
    /// Every key that is there, in no order.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
    /// Copies what is under `from` to `to`, unit by unit (a lone surrogate does not survive a Rust string). `false`: nothing was there.
    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError>;
    /// The record of this head and text, where that was read beforehand ([`ahead`](super::keep::ahead)); given once.
    fn read_ahead(&self, _head: &Head, _text: &str) -> Option<Record> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, code: f64, expect: StoreError) {
        assert_eq!(StoreError::from_exception(name, code, ""), expect);
    }

    #[test]
    fn no_room_left_has_four_spellings() {
        check("QuotaExceededError", 0.0, StoreError::Full);
        check("NS_ERROR_DOM_QUOTA_REACHED", 1014.0, StoreError::Full);
        check("QUOTA_EXCEEDED_ERR", 0.0, StoreError::Full);
        check("", 22.0, StoreError::Full);
        check("Error", 1014.0, StoreError::Full);
    }

    #[test]
    fn the_rest_is_told_apart() {
        check("SecurityError", 18.0, StoreError::Blocked);
        check("SecurityError", 0.0, StoreError::Blocked);
        check("InvalidStateError", 11.0, StoreError::Other("InvalidStateError".into()));
        assert_eq!(StoreError::from_exception("Error", 0.0, "disk"), StoreError::Other("disk".into()));
    }
}
