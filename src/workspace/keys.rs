//! Every key of the store, in one table.

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

    /// The key of a short text that changes with every save, so that a tab notices what another one saved.
    pub fn mark_key(self) -> &'static str {
        match self {
            Slot::Own => "restore-desk/workspace-mark",
            Slot::Sample => "restore-desk/sample-mark",
            Slot::Rehearsal => "restore-desk/rehearsal-mark",
        }
    }

    /// What [`SLOT`] holds.
    pub fn word(self) -> &'static str {
        match self {
            Slot::Own => "own",
            Slot::Sample => "sample",
            Slot::Rehearsal => "rehearsal",
        }
    }

    /// Any other word is the user's own.
    pub fn read(word: &str) -> Slot {
        [Slot::Sample, Slot::Rehearsal].into_iter().find(|s| s.word() == word).unwrap_or_default()
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
