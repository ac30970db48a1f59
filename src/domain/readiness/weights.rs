//! What can be wrong, what each costs and why, and how much an environment counts: one table, no code.
//!
//! The weights are a judgement of this program, not of the documentation, and the screen says so. Three rules shape them:
//! what is not known costs as much as a no, so that ignorance never looks good and no answer about an environment lowers the
//! score (rounding aside); whatever is wrong with an environment, it cannot lose more than 98 of its 100 points, which leaves
//! room for rounding up; and the score never says more than the answers do: what stops every restore holds it down ([`CAPS`]).

use super::super::environment::Kind;
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
}

/// A trouble with its cost and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    pub trouble: Trouble,
    /// A short name that stays the same, for addresses and files.
    pub word: &'static str,
    /// How many of its 100 points an environment loses by it; 0: it is told, and is no part of the score.
    pub points: u32,
    /// Why so many.
    pub why: &'static str,
    pub rules: &'static [RuleId],
    pub title: &'static str,
    /// What it means, a sentence.
    pub says: &'static str,
    /// What to do, imperative.
    pub mend: &'static str,
    /// What mending costs or risks.
    pub cost: &'static str,
}

/// How much environments of a kind count beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Importance {
    /// `None`: the kind is not known.
    pub kind: Option<&'static Kind>,
    pub counts: u32,
    pub why: &'static str,
}

/// Kinds that are not listed count [`OTHERS`].
pub static IMPORTANCE: &[Importance] = &[
    Importance { kind: Some(&Kind::Production), counts: 5, why: "people work in it" },
    Importance { kind: None, counts: 5, why: "it may be a Production environment" },
    Importance { kind: Some(&Kind::Teams), counts: 2, why: "a team works in it" },
    Importance {
        kind: Some(&Kind::Default),
        counts: 0,
        why: "it can be neither deleted nor surely restored, and nothing that anybody does changes that",
    },
];

/// How much an environment of any other kind counts: it can be made again more easily.
pub const OTHERS: u32 = 1;

/// What holds the score down while it stands: at most so many points, whatever else is in order, and why.
pub static CAPS: &[(Trouble, u32, &str)] =
    &[(Trouble::NoStorage, 20, "nothing at all can be restored until it is mended")];

/// The most that one environment can lose, of 100 points, [`CAPS`] aside; a test holds the table to it.
pub const MOST: u32 = 98;

/// How much an environment of this kind counts.
pub fn importance(kind: Option<&Kind>) -> u32 {
    IMPORTANCE.iter().find(|i| i.kind == kind).map_or(OTHERS, |i| i.counts)
}

impl Trouble {
    pub fn weight(self) -> &'static Weight {
        // The first stands in for one that the table lacks; a test makes sure that it lacks none.
        WEIGHTS.iter().find(|w| w.trouble == self).unwrap_or(&FIRST)
    }

    /// The most points that a score can have beside it, where it holds the score down, and why; see [`CAPS`].
    pub fn cap(self) -> Option<(u32, &'static str)> {
        CAPS.iter().find(|(trouble, ..)| *trouble == self).map(|(_, most, why)| (*most, *why))
    }

    /// Reads [`Weight::word`].
    pub fn read(word: &str) -> Option<Trouble> {
        WEIGHTS.iter().find(|w| w.word == word).map(|w| w.trouble)
    }
}

const FIRST: Weight = Weight {
    trouble: Trouble::NoWay,
    word: "no-way",
    points: 64,
    why: "whatever is lost there stays lost",
    rules: &[RuleId::K1, RuleId::T1, RuleId::T8],
    title: "No way back at all",
    says: "The documentation knows no restore of an environment of this kind: neither onto itself, nor onto another one, nor onto a new one.",
    mend: "Move what matters into an environment of a kind that can be restored, or keep its solutions and data somewhere else.",
    cost: "Work for its makers; what stays there stays without a way back.",
};

/// Every trouble, each once, in their order.
pub static WEIGHTS: &[Weight] = &[
    FIRST,
    Weight {
        trouble: Trouble::NoDataverse,
        word: "no-dataverse",
        points: 64,
        why: "nothing of it is backed up",
        rules: &[RuleId::K7],
        title: "No Dataverse, so no backups",
        says: "Without a Dataverse database an environment has no backups of either sort, and nothing of it can be brought back.",
        mend: "Add a Dataverse database and put what matters into solutions, or keep exports of its apps and flows.",
        cost: "Adding a database cannot be undone, and it takes storage; only what is in a solution is backed up then.",
    },
    Weight {
        trouble: Trouble::UnknownWhether,
        word: "unknown-whether",
        points: 64,
        why: "what is not known costs as much as a no",
        rules: &[RuleId::K1, RuleId::K7, RuleId::K8, RuleId::T1],
        title: "Not known whether it can be brought back",
        says: "A fact is missing that decides whether anything of the environment is kept, or can be restored at all.",
        mend: "Answer what is unknown, or import an inventory that says it.",
        cost: "A minute.",
    },
    Weight {
        trouble: Trouble::OnlyPossible,
        word: "only-possible",
        points: 24,
        why: "something may be there, but nothing is promised",
        rules: &[RuleId::K1],
        title: "Nothing is promised, or nothing older than a day",
        says: "Perhaps something of it can be brought back, but no point that is older than a day is sure: after a recovery, for instance. It may be that no point is sure at all.",
        mend: "Look in the admin center which points are really offered, and keep exports of what matters.",
        cost: "A look now; exports need somebody who makes them.",
    },
    Weight {
        trouble: Trouble::NoStorage,
        word: "no-storage",
        points: 22,
        why: "it stops the restore of every environment",
        rules: &[RuleId::T7, RuleId::R15],
        title: "Under 1 GB of storage is free",
        says: "A restore needs 1 GB of free database storage in the tenant; with less, no restore of any environment starts.",
        mend: "Free or buy database storage.",
        cost: "Money, or the deletion of data or of environments that nobody needs.",
    },
    Weight {
        trouble: Trouble::UnknownStorage,
        word: "unknown-storage",
        points: 22,
        why: "what is not known costs as much as a no",
        rules: &[RuleId::T7],
        title: "Free storage is not known",
        says: "A restore needs 1 GB of free database storage in the tenant, and how much is free is not known. It is one question of the tenant: it makes no environment less sure, and every plan says so.",
        mend: "Say how much storage the tenant has and uses, or import its capacity.",
        cost: "A minute.",
    },
    Weight {
        trouble: Trouble::KeyWithoutTarget,
        word: "key-without-target",
        points: 12,
        why: "a new environment has to be made first; or Production goes through Sandbox, which stops its users and puts older points at risk",
        rules: &[RuleId::T5],
        title: "A key that no target has",
        says: "The environment has a customer-managed key, and no Sandbox in its region has one that fits.",
        mend: "Apply the key to a Sandbox in the same region.",
        cost: "The key, its enterprise policy and the people who look after them.",
    },
    Weight {
        trouble: Trouble::ManagedWithoutTarget,
        word: "managed-without-target",
        points: 12,
        why: "a new environment has to be made first; or Production goes through Sandbox, which stops its users and puts older points at risk",
        rules: &[RuleId::T4, RuleId::T2],
        title: "Managed, without a managed Sandbox in its region",
        says: "A Managed Environment can be restored only to another Managed Environment, and no Sandbox in its region is one.",
        mend: "Turn on Managed Environments for a Sandbox in the same region.",
        cost: "Everybody who uses that Sandbox needs a licence that includes Managed Environments.",
    },
    Weight {
        trouble: Trouble::NoTarget,
        word: "no-target",
        points: 12,
        why: "a new environment has to be made first; or Production goes through Sandbox, which stops its users and puts older points at risk",
        rules: &[RuleId::T1, RuleId::T2, RuleId::T3, RuleId::T4],
        title: "No environment that it could be restored to",
        says: "No environment of today may be its target. What is left is a new environment or, for Production, the way through Sandbox.",
        mend: "Create a Sandbox in its region, with Dataverse, managed as it is, before you need it.",
        cost: "1 GB of storage, and licences where it is managed.",
    },
    Weight {
        trouble: Trouble::UnknownTarget,
        word: "unknown-target",
        points: 12,
        why: "what is not known costs as much as a no",
        rules: &[RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5],
        title: "Not known onto what",
        says: "No environment is surely its target, and for some a fact is missing that decides.",
        mend: "Answer what is unknown about it and about those that may be its target.",
        cost: "A minute.",
    },
    Weight {
        trouble: Trouble::UnknownElsewhere,
        word: "unknown-elsewhere",
        points: 1,
        why: "it can be restored onto itself all the same, which overwrites what is in it now",
        rules: &[RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5],
        title: "Not known whether it can go anywhere but onto itself",
        says: "No other environment is surely its target, and for some a fact is missing that decides.",
        mend: "Answer what is unknown about it and about those that may be its target.",
        cost: "A minute.",
    },
    Weight {
        trouble: Trouble::OnlySevenDays,
        word: "only-seven-days",
        points: 6,
        why: "a mishap that is noticed in the second week is noticed too late",
        rules: &[RuleId::K1, RuleId::K2, RuleId::K3],
        title: "Only seven days, although more is allowed",
        says: "Its retention can be set to 14, 21 or 28 days, and it is seven.",
        mend: "Set the backup retention to 28 days.",
        cost: "Nothing: backups do not count against storage. It brings nothing back that is gone; the window grows by a day each day.",
    },
    Weight {
        trouble: Trouble::GroupMayLock,
        word: "group-may-lock",
        points: 6,
        why: "as for every other environment that keeps seven days and could keep more",
        rules: &[RuleId::K2, RuleId::K3],
        title: "Only seven days, and its group may lock it",
        says: "Its retention could be more than seven days, but it is in an environment group, whose rule may lock the setting.",
        mend: "Raise the backup retention in the rule of the group, or take the environment out of the group.",
        cost: "The rule holds for every environment of the group.",
    },
    Weight {
        trouble: Trouble::UnknownRetention,
        word: "unknown-retention",
        points: 8,
        why: "what is not known costs as much as a no",
        rules: &[RuleId::K1, RuleId::K3],
        title: "Not known how far back",
        says: "A fact is missing that decides how long its backups are kept, or whether they may be kept longer; only the shorter period is promised.",
        mend: "Answer what is unknown, or import an inventory that says it.",
        cost: "A minute.",
    },
    Weight {
        trouble: Trouble::FailedRestore,
        word: "failed-restore",
        points: 5,
        why: "it is disabled, and can be no source",
        rules: &[RuleId::R20, RuleId::T9],
        title: "Left disabled by a failed restore",
        says: "A failed restore left it disabled. Until that is mended it can be the target of a retry, and nothing else.",
        mend: "Retry the restore with the same target 30 minutes after it failed; otherwise reset it, delete it, or copy onto it.",
        cost: "A reset, a copy and a deletion each lose what is in it.",
    },
    Weight {
        trouble: Trouble::FormerProduction,
        word: "former-production",
        points: 4,
        why: "its older points can perhaps still be saved, and nobody documents until when",
        rules: &[RuleId::K6],
        title: "A Sandbox that was Production",
        says: "Its points that are older than seven days cannot be chosen while it is a Sandbox, and may be lost unless it is switched back as soon as possible.",
        mend: "Switch it back to Production if you may need one of them.",
        cost: "Its users notice the switch; administration mode may still be on afterwards.",
    },
    Weight {
        trouble: Trouble::Occupied,
        word: "occupied",
        points: 3,
        why: "it stops a restore only until it ends",
        rules: &[RuleId::T9],
        title: "Occupied at this moment",
        says: "While it is being restored, copied, switched or recovered, no restore of it begins.",
        mend: "Wait until that ends, and import or record its end.",
        cost: "Time.",
    },
    Weight {
        trouble: Trouble::AdministrationMode,
        word: "administration-mode",
        points: 3,
        why: "its users are locked out, and a restore may have been forgotten half-way",
        rules: &[RuleId::R9, RuleId::R25],
        title: "Administration mode left on",
        says: "It is in administration mode, and neither a restore nor a plan that is under way is known to be the reason.",
        mend: "Turn administration mode off, or finish what it was turned on for.",
        cost: "Its users and its flows run again.",
    },
    Weight {
        trouble: Trouble::NewestKeepsLess,
        word: "newest-keeps-less",
        points: 8,
        why: "days that are relied on may be gone already, for the newest rules are probably in force: that weighs more than days that were never asked for",
        rules: &[RuleId::K1],
        title: "The newest edition keeps less",
        says: "Under the newest edition of the rules its backups are kept for fewer days than under the chosen one.",
        mend: "Count on the shorter period; as a Managed Environment, set its retention to 28 days.",
        cost: "Licences, where it is not managed yet; the setting itself costs nothing.",
    },
    Weight {
        trouble: Trouble::NewestRefuses,
        word: "newest-refuses",
        points: 2,
        why: "the rules of today may already be the newer ones",
        rules: &[RuleId::T5, RuleId::T6],
        title: "The newest edition leaves no target",
        says: "It has a target under the chosen edition of the rules, and no sure one under the newest.",
        mend: "Prepare a Sandbox that has the same key and the same enterprise policies.",
        cost: "The key, the policies and the people who look after them.",
    },
    Weight {
        trouble: Trouble::DefaultUnpromised,
        word: "default-unpromised",
        points: 0,
        why: "nothing that anybody does changes it, so it holds no score down",
        rules: &[RuleId::T1, RuleId::X3],
        title: "Default cannot surely be brought back, which cannot be changed",
        says: "The Default environment cannot be deleted, and no restore of it is promised: the earlier rules know none, and where the later page calls one to a Developer environment allowed, the admin center does not offer it.",
        mend: "Keep what matters in an environment of another kind, or keep exports of its solutions and data.",
        cost: "Work for its makers; what stays there stays without a promise.",
    },
    Weight {
        trouble: Trouble::NoLongerListed,
        word: "no-longer-listed",
        points: 0,
        why: "nobody knows whether it is still there, so it counts neither for nor against",
        rules: &[RuleId::X1],
        title: "No longer listed by an import of the whole tenant",
        says: "It is on the list here, and a later import of the whole tenant did not have it. It may be deleted, or hidden from whoever exported the list. It is counted as neither restorable nor as a target.",
        mend: "Look in the admin center whether it was deleted: a deleted environment can be recovered for 7 days, and Production with Dynamics 365 apps for 28. Otherwise import it again, or take it off the list.",
        cost: "A look, and soon: the time for recovery goes on.",
    },
];
