//! A journal entry: one edit of one tab, as it is written the moment it is made, under a key that only this tab writes.
//!
//! What it represents: the edit with everything that making it again on another state needs: where it stands in the order of all
//! edits ([`JournalEntry::stamp`]), what its tab had seen then, and the numbers that it speaks of. It holds nothing of the workspace, so
//! that writing it costs the same in a large one.

use super::seal;
use crate::json;
use crate::workspace::edit::{Given, Made};
use crate::workspace::keys::{Place, RecordId, Tab};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of an entry that this build writes, and the newest that it reads.
pub const FORM: u32 = 2;

/// Which edit: the nth of its tab, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EditId {
    #[serde(rename = "t")]
    pub tab: Tab,
    pub n: u64,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Act {
    #[serde(rename = "make")]
    Make(Box<Made>),
    /// A person decided about an edit that waited: it is made after all, as `made`, or dropped.
    #[serde(rename = "settle")]
    Settle { of: EditId, made: Option<Box<Made>> },
}

impl Act {
    /// The edit that it makes.
    pub fn made(&self) -> Option<&Made> {
        match self {
            Act::Make(made) => Some(made),
            Act::Settle { made, .. } => made.as_deref(),
        }
    }

    pub(super) fn made_mut(&mut self) -> Option<&mut Made> {
        match self {
            Act::Make(made) => Some(made),
            Act::Settle { made, .. } => made.as_deref_mut(),
        }
    }
}

/// Which replacement of the whole workspace a state goes back to. Two are the same or not; they have no order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    #[serde(rename = "t")]
    pub tab: Tab,
    #[serde(rename = "s")]
    pub stamp: i64,
}

/// One edit with what stands around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    #[serde(flatten)]
    pub id: EditId,
    /// Its place in the order of all edits, in milliseconds since 1970, UTC: when it was made, and always later than everything
    /// that its tab had seen, whatever the clock says.
    pub stamp: i64,
    /// The record that it stood on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<RecordId>,
    /// The replacement that it stood on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Root>,
    /// The store had not answered, so that its tab did not know what it stood on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blind: bool,
    /// What its tab had seen of other tabs, as far as anybody may still ask.
    #[serde(default, skip_serializing_if = "Seen::is_empty")]
    pub seen: Seen,
    pub act: Act,
    /// Which edits gave the numbers that it speaks of, and what the numbers were in its tab.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<(EditId, Given)>,
    /// The numbers that it gave in its tab.
    #[serde(default)]
    pub gave: Given,
}

/// What of which tab has been seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(pub BTreeMap<Tab, Upto>);

/// What has been seen of a tab: everything up to `n` but what is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upto {
    pub n: u64,
    /// The stamp of the last one.
    #[serde(rename = "s")]
    pub stamp: i64,
    /// Stretches, first and last, of what could not be read or was not there.
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<(u64, u64)>,
}

impl Upto {
    pub(super) fn covers(&self, n: u64) -> bool {
        n <= self.n && !self.missing.iter().any(|(first, last)| (*first..=*last).contains(&n))
    }

    fn take(&mut self, n: u64) {
        if n > self.n {
            let next = self.n.saturating_add(1);
            if n > next {
                self.missing.push((next, n.saturating_sub(1)));
            }
            self.n = n;
            return;
        }
        let Some(place) = self.missing.iter().position(|(first, last)| (*first..=*last).contains(&n)) else { return };
        let (first, last) = self.missing.remove(place);
        let parts = [(first, n.saturating_sub(1)), (n.saturating_add(1), last)];
        for (at, part) in parts.into_iter().filter(|(a, b)| a <= b && *a > 0).enumerate() {
            self.missing.insert(place.saturating_add(at), part);
        }
    }
}

impl Seen {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn covers(&self, id: &EditId) -> bool {
        self.0.get(&id.tab).is_some_and(|upto| upto.covers(id.n))
    }

    /// Whether everything that `other` covers is covered.
    pub fn covers_all(&self, other: &Seen) -> bool {
        other.0.iter().all(|(tab, upto)| {
            let Some(own) = self.0.get(tab) else { return upto.n == 0 };
            let missing_too = |(first, last): &(u64, u64)| {
                // Only what the other one lacks as well may be missing.
                upto.missing.iter().any(|(a, b)| a <= first && last <= b) || *first > upto.n
            };
            own.n >= upto.n && own.missing.iter().all(missing_too)
        })
    }

    pub fn take(&mut self, id: &EditId, stamp: i64) {
        let upto = self.0.entry(id.tab.clone()).or_default();
        upto.take(id.n);
        upto.stamp = upto.stamp.max(stamp);
    }

    /// The latest stamp of all.
    pub fn latest(&self) -> Option<i64> {
        self.0.values().map(|upto| upto.stamp).max()
    }
}

#[derive(Serialize)]
struct Written<'a> {
    app: &'a str,
    entry: u32,
    place: &'a Place,
    #[serde(flatten)]
    what: &'a JournalEntry,
}

/// What stands beside an entry. It is read by itself: read as [`Written`], all that an edit holds would be read out of serde's buffer,
/// which is a second copy of every reader in the program.
#[derive(Deserialize)]
struct Placed {
    place: Place,
}

#[derive(Deserialize)]
struct Form {
    app: String,
    entry: u32,
}

/// Why a text under the key of an entry is not one. The text stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAnEntry {
    /// It is cut, or was changed.
    Torn,
    /// It is of a newer form, or holds an edit that this build does not know.
    Newer,
    /// It is an entry, but of another key.
    Misplaced,
}

/// The text of an entry.
///
/// # Errors
/// An import, which cannot be written as an entry.
pub fn write(place: &Place, entry: &JournalEntry) -> Result<String, String> {
    let written = Written { app: crate::workspace::envelope::APP, entry: FORM, place, what: entry };
    serde_json::to_string(&written).map(|json| seal::seal(&json)).map_err(|e| e.to_string())
}

/// Reads the text that stands under the key of `place` and `id`.
pub fn read(text: &str, place: &Place, id: &EditId) -> Result<JournalEntry, NotAnEntry> {
    let json = seal::open(text).ok_or(NotAnEntry::Torn)?;
    let form: Form = json::read(&json).map_err(|_| NotAnEntry::Torn)?;
    if form.app != crate::workspace::envelope::APP {
        return Err(NotAnEntry::Torn);
    }
    if form.entry > FORM {
        return Err(NotAnEntry::Newer);
    }
    // Its seal is whole, so that what cannot be read in it was written by somebody who knows more.
    let entry: JournalEntry = json::read(&json).map_err(|_| NotAnEntry::Newer)?;
    let placed: Placed = json::read(&json).map_err(|_| NotAnEntry::Newer)?;
    if placed.place == *place && entry.id == *id { Ok(entry) } else { Err(NotAnEntry::Misplaced) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_not_covered() {
        let mut upto = Upto::default();
        for n in [1, 2, 6, 8] {
            upto.take(n);
        }
        assert_eq!(upto.missing, [(3, 5), (7, 7)]);
        upto.take(4);
        assert_eq!(upto.missing, [(3, 3), (5, 5), (7, 7)]);
        upto.take(7);
        upto.take(3);
        upto.take(2);
        assert_eq!((upto.n, upto.missing.as_slice()), (8, [(5, 5)].as_slice()));
        assert!(upto.covers(8) && upto.covers(4) && !upto.covers(5) && !upto.covers(9));
    }

    #[test]
    fn one_that_lacks_more_does_not_cover_all() {
        let seen = |ns: &[u64]| {
            let mut seen = Seen::default();
            for n in ns {
                seen.take(&EditId { tab: Tab(crate::workspace::keys::Id::new("a").expect("id")), n: *n }, 0);
            }
            seen
        };
        assert!(seen(&[1, 2, 3]).covers_all(&seen(&[1, 3])));
        assert!(!seen(&[1, 3]).covers_all(&seen(&[1, 2, 3])));
        assert!(!seen(&[1, 3]).covers_all(&seen(&[1, 2])));
        assert!(!seen(&[1, 2, 4]).covers_all(&seen(&[1, 2, 3])));
        assert!(seen(&[1, 2, 4]).covers_all(&seen(&[1, 2])));
        assert!(!seen(&[1, 4]).covers_all(&seen(&[1, 2, 4])));
        assert!(seen(&[1, 3]).covers_all(&seen(&[1])));
        assert!(seen(&[1, 3]).covers_all(&seen(&[1, 3])));
        assert!(!Seen::default().covers_all(&seen(&[1])));
        assert!(seen(&[1]).covers_all(&Seen::default()));
    }
}
