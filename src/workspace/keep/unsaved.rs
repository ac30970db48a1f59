//! What of a place is in no store, and what tells one state of it from another.

use super::answers::{FoldReason, NoFit};
use super::journal::{JournalEntry, Root, Seen};
use super::keeper::{Keeper, Pending, WholeChange};
use crate::workspace::Workspace;

/// See [`Keeper::stand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    root: Option<Root>,
    latest: i64,
    seen: Seen,
}

impl Keeper {
    /// Whether anything of the workspace is in no store.
    pub fn unsaved(&self) -> bool {
        self.due() == FoldReason::Unkept
    }

    /// The edits that are in memory only.
    pub fn unkept(&self) -> impl Iterator<Item = &JournalEntry> {
        self.pending.iter().filter_map(|pending| match pending {
            Pending::Entry { entry, kept: false } => Some(entry),
            _ => None,
        })
    }

    /// The imports and replacements that are in memory only, with why they could not be made again where they could not.
    pub fn unkept_wholes(&self) -> impl Iterator<Item = Option<&NoFit>> {
        let pending = self.pending.iter().filter_map(|pending| match pending {
            Pending::Whole(whole) if !self.holds(whole) => Some(None),
            _ => None,
        });
        pending.chain(self.ousted.iter().flat_map(|ousted| ousted.imports.iter().map(|_| Some(&ousted.why))))
    }

    /// So many changes of the workspace that is here now are in memory only. Those of one that it took the place of are not among them.
    pub fn unkept_changes(&self) -> usize {
        if !self.unsaved() {
            return 0;
        }
        let put = self.pending.iter().rev().find_map(|pending| match pending {
            Pending::Whole(whole) if matches!(whole.what, WholeChange::Replace(_)) && !self.holds(whole) => Some(whole),
            _ => None,
        });
        let of_now = |entry: &&JournalEntry| put.is_none_or(|put| !put.seen.covers(&entry.id));
        let wholes = self.pending.iter().filter(|pending| match pending {
            Pending::Whole(whole) => !self.holds(whole) && put.is_none_or(|put| whole.stamp >= put.stamp),
            Pending::Entry { .. } => false,
        });
        let ousted = self.ousted.iter().flat_map(|ousted| &ousted.imports);
        self.unkept().filter(of_now).count().saturating_add(wholes.count()).saturating_add(ousted.count()).max(1)
    }

    /// What tells the workspace that is here from every other that was here, as far as this tab made it: it moves with every change.
    pub fn stand(&self) -> Stand {
        Stand { root: self.replay.root.clone(), latest: self.replay.latest, seen: self.replay.seen.clone() }
    }

    /// After which deletion of the place what is here was begun (a revision; 0: after none).
    pub fn era(&self) -> u64 {
        self.replay.deleted.unwrap_or(0)
    }

    /// Whether nothing is here that could be missed.
    pub fn is_empty(&self, w: &Workspace) -> bool {
        *w == Workspace::default() && self.replay.waiting.is_empty()
    }
}
