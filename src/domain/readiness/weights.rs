//! What can be wrong, what each costs, and how much an environment counts: one table, no code.
//!
//! The weights are a judgement of this program, not of the documentation, and the screen says so. Three rules shape them:
//! what is not known costs as much as a no, so that ignorance never looks good and no answer about an environment lowers the
//! score (rounding aside); whatever is wrong with an environment, it cannot lose more than 97 of its 100 points, which leaves
//! room for rounding up; and the score never says more than the answers do: what stops every restore holds it down ([`CAPS`]).

use super::super::rule::RuleId;

/// What can be wrong. In the order in which equals are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trouble {
    NoWay,
    NoDataverse,
    UnknownWhether,
    OnlyPossible,
    NoStorage,
    UnknownStorage,
    KeyWithoutTarget,
    ManagedWithoutTarget,
    NoTarget,
    UnknownTarget,
    UnknownElsewhere,
    OnlySevenDays,
    GroupMayLock,
    UnknownRetention,
    FailedRestore,
    FormerProduction,
    Occupied,
    AdministrationMode,
    NewestKeepsLess,
    NewestRefuses,
    DefaultUnpromised,
    NoLongerListed,
    EndsByItself,
}

/// What a trouble costs, and by which rules it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TroubleWeight {
    pub trouble: Trouble,
    /// A short name that stays the same, for addresses and files.
    pub word: &'static str,
    /// How many of its 100 points an environment loses by it; 0: it is told, and is no part of the score.
    pub points: u32,
    pub rules: &'static [RuleId],
}

/// What holds the score down while it stands: at most so many points, whatever else is in order.
pub static CAPS: &[(Trouble, u32)] = &[(Trouble::NoStorage, 20)];

/// The most that one environment can lose, of 100 points, [`CAPS`] aside; a test holds the table to it.
pub const MOST: u32 = 97;

impl Trouble {
    pub fn weight(self) -> &'static TroubleWeight {
        // The first stands in for one that the table lacks; a test makes sure that it lacks none.
        WEIGHTS.iter().find(|w| w.trouble == self).unwrap_or(&FIRST)
    }

    /// The most points that a score can have beside it, where it holds the score down; see [`CAPS`].
    pub fn cap(self) -> Option<u32> {
        CAPS.iter().find(|(trouble, _)| *trouble == self).map(|(_, most)| *most)
    }

    /// Whether it is only that something is not known.
    pub fn is_not_known(self) -> bool {
        use Trouble::{UnknownElsewhere, UnknownRetention, UnknownStorage, UnknownTarget, UnknownWhether};
        matches!(self, UnknownWhether | UnknownStorage | UnknownTarget | UnknownElsewhere | UnknownRetention)
    }

    /// Reads [`TroubleWeight::word`].
    pub fn read(word: &str) -> Option<Trouble> {
        WEIGHTS.iter().find(|w| w.word == word).map(|w| w.trouble)
    }
}

const FIRST: TroubleWeight =
    TroubleWeight { trouble: Trouble::NoWay, word: "no-way", points: 64, rules: &[RuleId::K1, RuleId::T1, RuleId::T8] };

/// Every trouble, each once, in their order.
pub static WEIGHTS: &[TroubleWeight] = &[
    FIRST,
    TroubleWeight { trouble: Trouble::NoDataverse, word: "no-dataverse", points: 64, rules: &[RuleId::K7] },
    TroubleWeight {
        trouble: Trouble::UnknownWhether,
        word: "unknown-whether",
        points: 64,
        rules: &[RuleId::K1, RuleId::K7, RuleId::K8, RuleId::T1],
    },
    TroubleWeight { trouble: Trouble::OnlyPossible, word: "only-possible", points: 24, rules: &[RuleId::K1] },
    TroubleWeight { trouble: Trouble::NoStorage, word: "no-storage", points: 18, rules: &[RuleId::T7, RuleId::R15] },
    TroubleWeight { trouble: Trouble::UnknownStorage, word: "unknown-storage", points: 18, rules: &[RuleId::T7] },
    TroubleWeight { trouble: Trouble::KeyWithoutTarget, word: "key-without-target", points: 12, rules: &[RuleId::T5] },
    TroubleWeight {
        trouble: Trouble::ManagedWithoutTarget,
        word: "managed-without-target",
        points: 12,
        rules: &[RuleId::T4, RuleId::T2],
    },
    TroubleWeight {
        trouble: Trouble::NoTarget,
        word: "no-target",
        points: 12,
        rules: &[RuleId::T1, RuleId::T2, RuleId::T3, RuleId::T4],
    },
    TroubleWeight {
        trouble: Trouble::UnknownTarget,
        word: "unknown-target",
        points: 12,
        rules: &[RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5],
    },
    TroubleWeight {
        trouble: Trouble::UnknownElsewhere,
        word: "unknown-elsewhere",
        points: 1,
        rules: &[RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5],
    },
    TroubleWeight {
        trouble: Trouble::OnlySevenDays,
        word: "only-seven-days",
        points: 6,
        rules: &[RuleId::K1, RuleId::K2, RuleId::K3],
    },
    TroubleWeight {
        trouble: Trouble::GroupMayLock,
        word: "group-may-lock",
        points: 6,
        rules: &[RuleId::K2, RuleId::K3, RuleId::G1],
    },
    TroubleWeight {
        trouble: Trouble::UnknownRetention,
        word: "unknown-retention",
        points: 8,
        rules: &[RuleId::K1, RuleId::K3],
    },
    TroubleWeight {
        trouble: Trouble::FailedRestore,
        word: "failed-restore",
        points: 5,
        rules: &[RuleId::R20, RuleId::T9],
    },
    TroubleWeight { trouble: Trouble::FormerProduction, word: "former-production", points: 4, rules: &[RuleId::K6] },
    TroubleWeight { trouble: Trouble::Occupied, word: "occupied", points: 3, rules: &[RuleId::T9] },
    TroubleWeight {
        trouble: Trouble::AdministrationMode,
        word: "administration-mode",
        points: 3,
        rules: &[RuleId::R9, RuleId::R25],
    },
    TroubleWeight { trouble: Trouble::NewestKeepsLess, word: "newest-keeps-less", points: 8, rules: &[RuleId::K1] },
    TroubleWeight {
        trouble: Trouble::NewestRefuses,
        word: "newest-refuses",
        points: 2,
        rules: &[RuleId::T5, RuleId::T6],
    },
    TroubleWeight {
        trouble: Trouble::DefaultUnpromised,
        word: "default-unpromised",
        points: 0,
        rules: &[RuleId::T1, RuleId::X3],
    },
    TroubleWeight { trouble: Trouble::NoLongerListed, word: "no-longer-listed", points: 0, rules: &[RuleId::X1] },
    TroubleWeight { trouble: Trouble::EndsByItself, word: "ends-by-itself", points: 3, rules: &[RuleId::X4] },
];
