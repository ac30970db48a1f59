//! Every key of the store, in one table.
//!
//! What is kept since records have revisions lies under [`ROOT`], each text under a key of its own that is written once: a text is
//! never written over. The other keys are those of earlier builds, which are read and never written any more.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which workspace is open: the user's own, the sample, or a rehearsal copy of the user's own. They never overwrite each
/// other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Slot {
    #[default]
    Own,
    Sample,
    /// A copy of the user's own workspace with a clock that is moved by hand. Nothing in it is real.
    Rehearsal,
}

impl Slot {
    /// The key of its envelope.
    pub fn key(self) -> &'static str {
        match self {
            Slot::Own => "restore-desk/workspace",
            Slot::Sample => "restore-desk/sample",
            Slot::Rehearsal => "restore-desk/rehearsal",
        }
    }

    /// The key of a short text that an earlier build wrote with every save.
    pub fn mark_key(self) -> &'static str {
        match self {
            Slot::Own => "restore-desk/workspace-mark",
            Slot::Sample => "restore-desk/sample-mark",
            Slot::Rehearsal => "restore-desk/rehearsal-mark",
        }
    }
}

/// Where an earlier build put texts that were replaced or could not be read.
pub const SET_ASIDE: [&str; 5] = [
    "restore-desk/set-aside-1",
    "restore-desk/set-aside-2",
    "restore-desk/set-aside-3",
    "restore-desk/set-aside-4",
    "restore-desk/set-aside-5",
];

/// The place of the tenant that was shown last in any tab: where a new tab begins.
pub const LAST: &str = "restore-desk/last";

/// `light` or `dark`; absent: as the system.
pub const THEME: &str = "restore-desk/theme";

/// What every key begins with that is written once.
pub const ROOT: &str = "restore-desk/2/";

/// A short name that was made once, at random: 1 to 40 of `a` to `z` and `0` to `9`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

impl Id {
    /// `None`: it is no such name.
    pub fn new(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        ((1..=40).contains(&text.len()) && plain).then(|| Self(text.to_string()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A loading of the page in a tab. A tab that is copied or loaded anew is another one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tab(pub Id);

/// Where one workspace is kept. There is one for each tenant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Place {
    Tenant(Id),
    Sample,
    /// The rehearsal of the tenant that is kept under this id.
    Rehearsal(Id),
}

impl Place {
    /// What kind of workspace is there.
    pub fn slot(&self) -> Slot {
        match self {
            Place::Tenant(_) => Slot::Own,
            Place::Sample => Slot::Sample,
            Place::Rehearsal(_) => Slot::Rehearsal,
        }
    }

    /// Where the workspace is kept that an earlier build left under the key of `slot`: told by its text alone, so that two tabs
    /// that find it mean the same place.
    pub fn of_earlier(slot: Slot, text: &str) -> Option<Place> {
        match slot {
            Slot::Own => {
                let sum = crate::domain::checksum::checksum(text.as_bytes());
                Id::new(&format!("old{sum}{:x}", text.len())).map(Place::Tenant)
            }
            Slot::Sample => Some(Place::Sample),
            Slot::Rehearsal => Id::new("old").map(Place::Rehearsal),
        }
    }
}

/// Which record it is: its revision and the tab that wrote it. Later ones are greater.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordId {
    /// Counted from 1; one more than that of the record that it follows.
    pub revision: u64,
    pub tab: Tab,
}

/// A key below [`ROOT`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A whole workspace.
    Record(Place, RecordId),
    /// The nth edit of a tab, counted from 1.
    Entry(Place, Tab, u64),
    /// The place was deleted on purpose, as of this revision.
    Gone(Place, RecordId),
    /// A text that was set aside, unit by unit as it was.
    Aside(Id),
}

impl Key {
    /// `None`: it is no key of these, or is not written as they are.
    pub fn parse(key: &str) -> Option<Key> {
        let rest = key.strip_prefix(ROOT)?;
        let mut parts = rest.split('/');
        let mut next = || parts.next();
        let found = match (next()?, next()?, next(), next(), next()) {
            ("aside", id, None, None, None) => Key::Aside(Id::new(id)?),
            (place, "r", Some(id), None, None) => Key::Record(place.parse().ok()?, id.parse().ok()?),
            (place, "gone", Some(id), None, None) => Key::Gone(place.parse().ok()?, id.parse().ok()?),
            (place, "j", Some(tab), Some(n), None) => Key::Entry(place.parse().ok()?, Tab(Id::new(tab)?), count(n)?),
            _ => return None,
        };
        Some(found)
    }

    /// The place that it belongs to.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Key::Record(place, _) | Key::Entry(place, ..) | Key::Gone(place, _) => Some(place),
            Key::Aside(_) => None,
        }
    }
}

/// A number from 1, as it is printed.
fn count(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|n| *n > 0 && n.to_string() == text)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ROOT)?;
        match self {
            Key::Record(place, id) => write!(f, "{place}/r/{id}"),
            Key::Entry(place, tab, n) => write!(f, "{place}/j/{tab}/{n}"),
            Key::Gone(place, id) => write!(f, "{place}/gone/{id}"),
            Key::Aside(id) => write!(f, "aside/{id}"),
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Tab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Tenant(id) => write!(f, "t-{id}"),
            Place::Sample => f.write_str("s"),
            Place::Rehearsal(id) => write!(f, "p-{id}"),
        }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.revision, self.tab)
    }
}

/// A text that is no key or no part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey;

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is no name of a place, a record or a tab")
    }
}

impl FromStr for Place {
    type Err = NoKey;
    fn from_str(text: &str) -> Result<Self, NoKey> {
        match text.split_once('-') {
            None if text == "s" => Ok(Place::Sample),
            Some(("t", id)) => Id::new(id).map(Place::Tenant).ok_or(NoKey),
            Some(("p", id)) => Id::new(id).map(Place::Rehearsal).ok_or(NoKey),
            _ => Err(NoKey),
        }
    }
}

impl FromStr for RecordId {
    type Err = NoKey;
    fn from_str(text: &str) -> Result<Self, NoKey> {
        let (revision, tab) = text.split_once('.').ok_or(NoKey)?;
        Ok(Self { revision: count(revision).ok_or(NoKey)?, tab: Tab(Id::new(tab).ok_or(NoKey)?) })
    }
}

impl TryFrom<String> for Id {
    type Error = NoKey;
    fn try_from(text: String) -> Result<Self, NoKey> {
        Id::new(&text).ok_or(NoKey)
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.0
    }
}

impl TryFrom<String> for Place {
    type Error = NoKey;
    fn try_from(text: String) -> Result<Self, NoKey> {
        text.parse()
    }
}

impl From<Place> for String {
    fn from(place: Place) -> String {
        place.to_string()
    }
}

impl TryFrom<String> for RecordId {
    type Error = NoKey;
    fn try_from(text: String) -> Result<Self, NoKey> {
        text.parse()
    }
}

impl From<RecordId> for String {
    fn from(id: RecordId) -> String {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, good: bool) {
        assert_eq!(Key::parse(key).map(|k| k.to_string()), good.then(|| key.to_string()), "{key}");
    }

    #[test]
    fn what_is_printed_is_parsed() {
        check("restore-desk/2/t-a1/r/7.tab1", true);
        check("restore-desk/2/s/j/tab1/12", true);
        check("restore-desk/2/p-a1/gone/7.tab1", true);
        check("restore-desk/2/aside/x9", true);
    }

    #[test]
    fn nothing_else_is() {
        for key in [
            "restore-desk/2/t-a1/r/07.tab1",
            "restore-desk/2/t-a1/r/0.tab1",
            "restore-desk/2/t-a1/r/7.tab1/",
            "restore-desk/2/t-A1/r/7.tab1",
            "restore-desk/2/t-/r/7.tab1",
            "restore-desk/2/s/j/tab1/+1",
            "restore-desk/2/s/j/tab1",
            "restore-desk/2/s-a/j/tab1/1",
            "restore-desk/2/x-a/j/tab1/1",
            "restore-desk/2/aside/x/y",
            "restore-desk/2/",
            "restore-desk/workspace",
            "",
        ] {
            check(key, false);
        }
        assert_eq!(Id::new(&"a".repeat(41)), None);
    }

    #[test]
    fn a_name_is_a_text_and_a_text_that_is_none_says_so() {
        let id = Id::new(&"a".repeat(40)).unwrap();
        let record = RecordId { revision: 7, tab: Tab(id.clone()) };
        for place in [Place::Sample, Place::Tenant(id.clone()), Place::Rehearsal(id.clone())] {
            let text = serde_json::to_string(&(&id, &place, &record)).unwrap();
            assert_eq!(text, format!(r#"["{id}","{place}","7.{id}"]"#));
            assert_eq!(
                serde_json::from_str::<(Id, Place, RecordId)>(&text).unwrap(),
                (id.clone(), place, record.clone())
            );
        }
        let why = |why: serde_json::Error| why.to_string();
        let whys = [
            serde_json::from_str::<Id>("\"A\"").map_err(why).err(),
            serde_json::from_str::<Place>("\"t-\"").map_err(why).err(),
            serde_json::from_str::<RecordId>("\"7\"").map_err(why).err(),
        ];
        let none = "it is no name of a place, a record or a tab";
        assert!(whys.iter().flatten().filter(|why| why.starts_with(none)).count() == 3, "{whys:?}");
    }
}
