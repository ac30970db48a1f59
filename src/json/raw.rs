//! A value that is looked at later.

use serde::de::{Deserialize, Deserializer, Visitor};
use std::fmt;

/// By this name the reader knows that the text of a value is wanted.
pub(super) const RAW: &str = "restore_desk::json::Raw";

/// A value as it stands in the text, known to be JSON. Read by this reader only.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'de>(&'de str);

impl<'de> Raw<'de> {
    pub fn get(self) -> &'de str {
        self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, Whatever)
    }
}

struct Whatever;

impl<'de> Visitor<'de> for Whatever {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Raw<'de>, E> {
        Ok(Raw(text))
    }
}
