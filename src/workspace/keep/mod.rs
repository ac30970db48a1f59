//! Keeping: how a workspace is never lost. Pure over the [store port](super::store::Store), so that everything that can go wrong is
//! played through without a browser.
//!
//! Every edit is written at once as a [journal entry](journal), under a key that only its tab writes. From time to time all of them are
//! [folded](fold) into a [record], under a fresh key. **No text is ever written over.** The state is what [`look()`] finds: the
//! newest record that can be read, and all entries that it does not hold, made again in one order ([`replay`]). An edit that contradicts
//! another tab's, or is refused after it, waits for a person.
//!
//! # What is promised
//!
//! An edit is *acknowledged* when [`Keeper::edit`] says [`Kept::Journalled`], or a [fold](Folded) that it is in was read back.
//!
//! 1. What is acknowledged is, at every later opening, in the workspace, or waits for a person, or is named among the
//!    [troubles](Trouble) with the text that holds it; whatever call of the store failed, whenever the tab ended.
//! 2. One key may be torn or gone. From the first fold on every edit lies in two texts (its entry and a record, then two records), so
//!    that nothing is missing; before that it lies in one text of this store (and in the second copy of it): then this edit alone
//!    is missing, and where its entry is there but torn, or a later one of its tab is there, that is told. A record that is `whole` has its
//!    second one after the next fold, which is [due](Keeper::due) at once.
//! 3. What could not be read is never written over nor removed. Older texts are removed only where the record that goes
//!    beyond them was read back and understood, and its parent is still whole beside it.

pub mod ahead;
pub mod answers;
mod aside;
mod delete;
pub mod fold;
mod follow;
mod gaps;
pub mod journal;
pub mod keeper;
pub mod look;
pub mod pack;
pub mod places;
pub mod record;
pub mod replay;
pub mod seal;
mod settle;
pub mod slices;
pub mod tidy;
pub mod trouble;
mod unsaved;

pub use ahead::Ahead;
pub use aside::KeeperMark;
pub use delete::{Deleted, NotDeleted};
pub use fold::{Folded, Folding, NotFolded};
pub use journal::{EditId, JournalEntry, Seen};
pub use keeper::{FoldReason, Followed, Keeper, Kept, NoFit, NotEdited, NotKept, Opened, Ousted, Told, WholeChange};
pub use look::{Found, Look, Trouble, look};
pub use record::Head;
pub use replay::{Waiting, WhyWaits};
pub use unsaved::Stand;
