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

    /// The key of a short text that changes with every save, so that a tab notices what another one saved.
    pub fn mark_key(self) -> &'static str {
        match self {
            Slot::Own => "restore-desk/workspace-mark",
            Slot::Sample => "restore-desk/sample-mark",
        }
    }

    /// What [`SLOT`] holds.
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

/// Where texts go that were replaced or could not be read: a few places, the first free one is taken.
pub const SET_ASIDE: [&str; 5] = [
    "restore-desk/set-aside-1",
    "restore-desk/set-aside-2",
    "restore-desk/set-aside-3",
    "restore-desk/set-aside-4",
    "restore-desk/set-aside-5",
];

/// [`Slot::word`] of the slot that is open.
pub const SLOT: &str = "restore-desk/slot";

/// `light` or `dark`; absent: as the system.
pub const THEME: &str = "restore-desk/theme";

/// Written and removed to see whether storage works.
pub const PROBE: &str = "restore-desk/probe";
