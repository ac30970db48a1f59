//! How safe what is shown is, in one value: what the chip says.

use crate::workspace::second::{NoSecond, Safety};
use crate::workspace::store::StoreError;

/// What is known about how the workspace that is shown is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// A newer version of the app wrote it.
    pub newer: bool,
    /// Another tab deleted it.
    pub deleted: bool,
    /// The store did not answer the last look.
    pub no_answer: Option<StoreError>,
    /// So many changes are in memory only.
    pub unkept: usize,
    /// Why the last try to keep them failed, as a clause; `None`: it was not tried yet, or is under way.
    pub failed: Option<String>,
    /// localStorage is blocked, and memory serves as the store.
    pub is_memory: bool,
    /// Something that was kept before is in no store any more.
    pub lacks: bool,
    pub safety: Safety,
}

/// How safe what is shown is.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Both stores have it, confirmed. `only_second`: so many texts had no room in the first one; `lacks`: it is not all that was kept
    /// before.
    Saved { only_second: usize, lacks: bool },
    /// It is on its way; `memory_only`: until it is there some of it is in no store.
    Saving { memory_only: bool },
    /// The first store alone has it; `lacks` as above.
    OneCopy { why: NoSecond, lacks: bool },
    /// It is in the memory of this tab, and ends with it.
    TabOnly(NoSecond),
    /// Some of it could not be kept, and is tried again.
    NotSaved { changes: usize, why: String },
    /// Nobody knows what is stored.
    NoAnswer(StoreError),
    /// Another tab deleted it; a person decides.
    Deleted,
    /// A newer version wrote it: it is shown, and nothing is changed.
    ReadOnly,
}

/// What the facts come to; the worst first.
pub fn standing(facts: &Facts) -> Standing {
    if facts.newer {
        return Standing::ReadOnly;
    }
    if facts.deleted {
        return Standing::Deleted;
    }
    if let Some(error) = &facts.no_answer {
        return Standing::NoAnswer(error.clone());
    }
    match (facts.unkept, &facts.failed) {
        (0, _) => {}
        (changes, Some(why)) => return Standing::NotSaved { changes, why: why.clone() },
        (_, None) => return Standing::Saving { memory_only: true },
    }
    match &facts.safety {
        Safety::Confirmed { only_there } => Standing::Saved { only_second: *only_there, lacks: facts.lacks },
        Safety::OnItsWay { unsure, .. } => Standing::Saving { memory_only: *unsure > 0 },
        Safety::FirstOnly(why) if !facts.is_memory => Standing::OneCopy { why: why.clone(), lacks: facts.lacks },
        Safety::FirstOnly(why) => Standing::TabOnly(why.clone()),
        Safety::Memory { why, .. } if facts.is_memory => Standing::TabOnly(why.clone()),
        // What was kept before is kept; these alone found no room.
        Safety::Memory { texts, why } => {
            let why = format!("the first store (localStorage) did not take it, and {}", why.sentence());
            Standing::NotSaved { changes: *texts, why }
        }
    }
}

impl Standing {
    /// A few words for the chip, with the sign before them.
    pub fn chip(&self) -> &'static str {
        match self {
            Standing::Saved { lacks: true, .. } | Standing::OneCopy { lacks: true, .. } => {
                "✓ Saved, something is missing"
            }
            Standing::Saved { .. } => "✓ Saved",
            Standing::Saving { .. } => "… Saving",
            Standing::OneCopy { .. } => "✓ Saved, one copy",
            Standing::TabOnly(_) => "! Kept in this tab only",
            Standing::NotSaved { .. } => "! Not saved",
            Standing::NoAnswer(_) => "! Storage does not answer",
            Standing::Deleted => "! Deleted in another tab",
            Standing::ReadOnly => "! Read only",
        }
    }

    /// Whether a person should know at once.
    pub fn is_trouble(&self) -> bool {
        !matches!(self, Standing::Saved { .. } | Standing::Saving { .. } | Standing::OneCopy { .. })
    }

    /// Whether closing the tab now would lose what is shown.
    pub fn ends_with_the_tab(&self) -> bool {
        matches!(self, Standing::TabOnly(_) | Standing::NotSaved { .. } | Standing::Deleted)
    }

    /// Whether a person is asked before the tab is left: closing it now may lose something.
    pub fn asks_at_leaving(&self) -> bool {
        self.ends_with_the_tab() || matches!(self, Standing::Saving { memory_only: true })
    }

    /// What it means, in sentences.
    pub fn says(&self) -> String {
        let says = self.says_of_what_is_here();
        match self {
            Standing::Saved { lacks: true, .. } | Standing::OneCopy { lacks: true, .. } => {
                format!("Something that was kept before is in no store any more. What is left of it: {says}")
            }
            _ => says,
        }
    }

    fn says_of_what_is_here(&self) -> String {
        match self {
            Standing::Saved { only_second: 0, .. } => {
                "Saved in this browser, in two stores, and confirmed: it is there after a crash.".to_string()
            }
            Standing::Saved { only_second, .. } => format!(
                "Saved in this browser and confirmed, but the first store (localStorage) had no room for {}: the second one (IndexedDB) has it.",
                if *only_second == 1 { "one text".to_string() } else { format!("{only_second} texts") }
            ),
            Standing::Saving { .. } => "On its way to this browser's stores.".to_string(),
            Standing::OneCopy { why, .. } => format!(
                "Saved in this browser's first store (localStorage) only: {}. If the whole browser is killed within some seconds, the last changes may be lost.",
                why.sentence()
            ),
            Standing::TabOnly(why) => format!(
                "This browser keeps nothing for this page: {}. Everything works, but what you do is gone when you close the tab. Download it before you leave.",
                why.sentence()
            ),
            Standing::NotSaved { changes, why } => format!(
                "{} in the memory of this tab only: {why}. It is tried again by itself. Download what is here to be sure.",
                if *changes == 1 { "One change is".to_string() } else { format!("{changes} changes are") }
            ),
            Standing::NoAnswer(error) => format!(
                "This browser's storage does not answer ({}), so that nobody knows what it holds. Nothing of it is written over. It is asked again by itself.",
                error.says()
            ),
            Standing::Deleted => {
                "This workspace was deleted in another tab, and no store has it any more. What you see is in the memory of this tab."
                    .to_string()
            }
            Standing::ReadOnly => {
                "A newer version of Restore Desk wrote this workspace. It is shown as far as this version understands it, and nothing can be \
                 changed here. Load the newest version to go on."
                    .to_string()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calm() -> Facts {
        Facts {
            newer: false,
            deleted: false,
            no_answer: None,
            unkept: 0,
            failed: None,
            is_memory: false,
            lacks: false,
            safety: Safety::Confirmed { only_there: 0 },
        }
    }

    #[track_caller]
    fn check(facts: Facts, chip: &str) {
        let standing = standing(&facts);
        assert_eq!(standing.chip(), chip, "{standing:?}");
        // Whoever could lose something is told.
        assert!(!standing.ends_with_the_tab() || standing.is_trouble());
        assert_eq!(standing.is_trouble(), chip.starts_with('!'), "{standing:?}");
    }

    #[test]
    fn the_worst_is_said() {
        let full = || Some("there is no room left".to_string());
        let first = || Safety::FirstOnly(NoSecond::Missing);
        check(calm(), "✓ Saved");
        check(Facts { safety: Safety::Confirmed { only_there: 3 }, ..calm() }, "✓ Saved");
        check(Facts { safety: Safety::OnItsWay { waiting: 1, unsure: 0 }, ..calm() }, "… Saving");
        check(Facts { safety: first(), ..calm() }, "✓ Saved, one copy");
        check(Facts { safety: first(), is_memory: true, ..calm() }, "! Kept in this tab only");
        let memory = Safety::Memory { texts: 1, why: NoSecond::Full };
        check(Facts { safety: memory.clone(), is_memory: true, ..calm() }, "! Kept in this tab only");
        // What was kept before is: one change alone found no room.
        check(Facts { safety: memory, ..calm() }, "! Not saved");
        let asks = |safety: Safety| standing(&Facts { safety, ..calm() }).asks_at_leaving();
        assert!(asks(Safety::OnItsWay { waiting: 1, unsure: 1 }) && !asks(Safety::OnItsWay { waiting: 1, unsure: 0 }));
        check(Facts { unkept: 1, ..calm() }, "… Saving");
        check(Facts { unkept: 1, failed: full(), ..calm() }, "! Not saved");
        // What failed once and is kept now is no trouble any more.
        check(Facts { failed: full(), ..calm() }, "✓ Saved");
        check(Facts { no_answer: Some(StoreError::Blocked), unkept: 1, ..calm() }, "! Storage does not answer");
        check(Facts { deleted: true, unkept: 1, failed: full(), ..calm() }, "! Deleted in another tab");
        check(Facts { newer: true, deleted: true, ..calm() }, "! Read only");
        // What is here is safe, and is not all.
        check(Facts { lacks: true, ..calm() }, "✓ Saved, something is missing");
        check(Facts { lacks: true, safety: first(), ..calm() }, "✓ Saved, something is missing");
        check(Facts { lacks: true, unkept: 1, failed: full(), ..calm() }, "! Not saved");
        let lacking = standing(&Facts { lacks: true, ..calm() }).says();
        assert!(
            lacking.starts_with("Something that was kept before is in no store any more. What is left of it: Saved")
        );
    }
}
