//! What this tab alone remembers (sessionStorage): a tab that is duplicated takes a copy along.

use super::raw::Area;
use crate::workspace::store::StoreError;

pub fn get(key: &str) -> Result<Option<String>, StoreError> {
    Area::Session.get(key).map(|text| text.as_string())
}

pub fn set(key: &str, value: &str) -> Result<(), StoreError> {
    Area::Session.set(key, &value.into())
}

pub fn remove(key: &str) -> Result<(), StoreError> {
    Area::Session.remove(key)
}
