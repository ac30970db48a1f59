//! What is done later, unless it was begun anew meanwhile.

use leptos::prelude::*;

/// Of what is begun again and again only the newest counts.
#[derive(Clone, Copy)]
pub struct Newest(StoredValue<u32>);

/// One that was begun.
#[derive(Clone, Copy)]
pub struct Begun {
    of: Newest,
    number: u32,
}

impl Default for Newest {
    fn default() -> Self {
        Self(StoredValue::new(0))
    }
}

impl Newest {
    /// Begins another, after which none of those before is the newest. `None`: the part of the page that it belongs to is gone.
    pub fn begin(self) -> Option<Begun> {
        let number = self.0.try_update_value(|n| {
            *n = n.wrapping_add(1);
            *n
        })?;
        Some(Begun { of: self, number })
    }
}

impl Begun {
    /// Whether nothing was begun since, and what it belongs to is still there.
    pub fn is_newest(self) -> bool {
        self.of.0.try_get_value() == Some(self.number)
    }
}
