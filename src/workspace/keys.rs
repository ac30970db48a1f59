//! Every key of the store, in one table.

/// Which of the two workspaces is open: the user's own or the sample. They never overwrite each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Slot {
    #[default]
    Own,
    Sample,
}

impl Slot {
    /// The key of its envelope.
    pub fn key(self) -> &'static str {
        match self {
            Slot::Own => "restore-desk/workspace",
            Slot::Sample => "restore-desk/sample",
        }
    }

    /// The key under which text that could not be read, or that was replaced, is kept.
    pub fn kept_key(self) -> &'static str {
        match self {
            Slot::Own => "restore-desk/workspace-kept",
            Slot::Sample => "restore-desk/sample-kept",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Slot::Own => "own",
            Slot::Sample => "sample",
        }
    }

    /// Any other word is the user's own.
    pub fn read(word: &str) -> Slot {
        if word == Slot::Sample.word() { Slot::Sample } else { Slot::Own }
    }
}

/// [`Slot::word`] of the slot that is open.
pub const SLOT: &str = "restore-desk/slot";

/// `light` or `dark`; absent: as the system.
pub const THEME: &str = "restore-desk/theme";
