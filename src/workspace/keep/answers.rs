//! What a [keeper](super::keeper) answers.

use super::look::Found;
use crate::domain::door::Mended;
use crate::workspace::Workspace;
use crate::workspace::edit::{Made, NotMade};
use crate::workspace::store::StoreError;

/// What this tab had with an import that does not fit on what another tab kept: it needs a place of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Ousted {
    /// Everything that was here, with the import.
    pub memory: Box<Workspace>,
    /// The imports by themselves.
    pub imports: Vec<Made>,
    pub why: NoFit,
}

/// Why an import does not fit on what another tab kept.
#[derive(Clone, Debug, PartialEq)]
pub enum NoFit {
    Refused(NotMade),
    /// Another workspace took the place of the one that it was made on.
    Replaced,
}

/// What another tab did that is no edit, for a person to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It put another workspace in the place of the one that was here.
    Replaced,
    /// It had kept something that this tab never saw, and over which this tab now put another workspace.
    WentOver,
    /// It kept the place again after it was deleted here.
    Back,
    /// It had deleted the place, and took that back.
    TakenBack,
}

/// What [`Keeper::open`](super::Keeper::open) found.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub found: Found,
    pub mended: Vec<Mended>,
}

/// How an edit was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was written to the journal and read back.
    Journalled,
    /// It is in memory; a fold will keep it.
    AtNextFold,
    /// It is in memory only, and is tried again.
    NotKept(NotKept),
}

/// Why an edit is in memory only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotKept {
    Store(StoreError),
    /// The store took it, and gives something else or nothing.
    NotReadBack,
    /// It cannot be written as text.
    Unwritable(String),
    /// Another tab deleted the place; a person decides.
    Deleted,
}

impl NotKept {
    /// Why, as a clause.
    pub fn says(&self) -> String {
        match self {
            NotKept::Store(error) => error.says(),
            NotKept::NotReadBack => "the browser took it, and did not give it back".to_string(),
            NotKept::Unwritable(why) => why.clone(),
            NotKept::Deleted => "another tab deleted this workspace".to_string(),
        }
    }
}

/// Why an edit was not made. The workspace is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum NotEdited {
    NotMade(NotMade),
    /// A newer version of the app wrote this workspace.
    ReadOnly,
    /// It does not wait any more.
    NotWaiting,
}

/// What [`Keeper::follow`](super::Keeper::follow) found.
#[derive(Clone, Debug, PartialEq)]
pub enum Followed {
    Unchanged,
    /// The workspace is another one now; so many edits wait that did not before.
    Followed {
        waiting: usize,
    },
    /// What this tab stands on is gone from the store, and nobody deleted it on purpose: the memory of this tab is the only
    /// copy. It is as it was.
    Vanished,
    /// Another tab deleted the place. What is here is as it was.
    Deleted,
    /// A newer version of the app wrote the place: nothing is written any more.
    Newer,
    NoAnswer(StoreError),
}

/// What a fold would be good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldReason {
    /// It would keep nothing that is not kept well.
    Nothing,
    /// The journal is long.
    Journal,
    /// What only one record holds has no second copy yet.
    SecondCopy,
    /// Something is in memory only.
    Unkept,
}
