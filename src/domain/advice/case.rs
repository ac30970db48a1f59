//! What happened, to what and when.

use super::super::environment::EnvironmentId;
use chrono::{DateTime, Utc};

/// What went wrong, or what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mishap {
    /// Records were deleted or damaged.
    RecordsLost,
    /// A solution import or update broke something.
    BadImport,
    /// The environment itself was deleted.
    Deleted,
    /// A restore overwrote this environment, and it was the wrong one.
    Overwritten,
    /// Nothing went wrong: a copy to test with is wanted.
    NeedCopy,
    /// The data is to move on-premises, or a copy of a backup is to be downloaded.
    Leave,
}

impl Mishap {
    pub const ALL: [Mishap; 6] =
        [Mishap::RecordsLost, Mishap::BadImport, Mishap::Deleted, Mishap::Overwritten, Mishap::NeedCopy, Mishap::Leave];

    /// A word for addresses and tests; [`Mishap::parse`] reads it.
    pub fn word(self) -> &'static str {
        match self {
            Mishap::RecordsLost => "records",
            Mishap::BadImport => "import",
            Mishap::Deleted => "deleted",
            Mishap::Overwritten => "overwritten",
            Mishap::NeedCopy => "copy",
            Mishap::Leave => "leave",
        }
    }

    /// Reads a [`Mishap::word`].
    pub fn parse(word: &str) -> Option<Mishap> {
        Mishap::ALL.into_iter().find(|m| m.word() == word)
    }

    /// Whether the answer depends on the environment.
    pub fn needs_environment(self) -> bool {
        self != Mishap::Leave
    }

    /// Whether nothing can be said before it is known when it happened.
    pub fn needs_time(self) -> bool {
        matches!(self, Mishap::RecordsLost | Mishap::BadImport | Mishap::Overwritten)
    }
}

/// When it happened: at `earliest`, at `latest`, or in between. Both UTC; equal where it is known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MishapTime {
    pub earliest: DateTime<Utc>,
    pub latest: DateTime<Utc>,
}

impl MishapTime {
    /// It happened at this very instant (UTC).
    pub fn exactly(at: DateTime<Utc>) -> Self {
        Self { earliest: at, latest: at }
    }
}

/// What a person tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub mishap: Mishap,
    /// The environment that it happened to; for a restore over the wrong place the one that was overwritten.
    pub environment: Option<EnvironmentId>,
    /// For a copy: of the state just before then; `None`: of the state of now. Of a deletion that the inventory does not know:
    /// `None` leaves open whether it can still be recovered.
    pub when: Option<MishapTime>,
}

/// What has to be told before anything can be said.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    Environment,
    /// No environment of the inventory has this id.
    NotListed(EnvironmentId),
    When,
}
