//! The words of readiness: what can be wrong, what to do about it, and why it costs as much as it does. What leads the page is in `headline`.

use super::{Piece, Say, Text, ends};
use crate::domain::environment::Kind;
use crate::domain::readiness::{Detail, Trouble};
use crate::text;

/// What is said of a trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TroubleWords {
    pub title: &'static str,
    /// What it does to a restore, a few words.
    pub effect: &'static str,
    /// The mend on a button.
    pub act: &'static str,
    /// What it means, a sentence.
    pub says: &'static str,
    /// What to do, imperative.
    pub mend: &'static str,
    /// What mending costs or risks.
    pub cost: &'static str,
    /// Why it takes so many points.
    pub why: &'static str,
}

/// Why, of what nobody knows.
const UNKNOWN: &str = "what is not known costs as much as a no";

/// Why, of what has no target.
const NO_TARGET: &str = "a new environment has to be made first; or Production goes through Sandbox, which stops its users and puts older points at risk";

pub fn of_trouble(trouble: Trouble) -> TroubleWords {
    match trouble {
        Trouble::NoWay => TroubleWords {
            title: "No way back at all",
            effect: "No restore of this kind is documented",
            act: "Move what matters elsewhere",
            says: "The documentation knows no restore of an environment of this kind: neither onto itself, nor onto another one, nor onto a new one.",
            mend: "Move what matters into an environment of a kind that can be restored, or keep its solutions and data somewhere else.",
            cost: "Work for its makers; what stays there stays without a way back.",
            why: "whatever is lost there stays lost",
        },
        Trouble::NoDataverse => TroubleWords {
            title: "No Dataverse, so no backups",
            effect: "Apps and flows have no copy",
            act: "Add a Dataverse database",
            says: "Without a Dataverse database an environment has no backups of either sort, and nothing of it can be brought back.",
            mend: "Add a Dataverse database and put what matters into solutions, or keep exports of its apps and flows.",
            cost: "Adding a database cannot be undone, and it takes storage; only what is in a solution is backed up then.",
            why: "nothing of it is backed up",
        },
        Trouble::UnknownWhether => TroubleWords {
            title: "Not known whether it can be brought back",
            effect: "Perhaps nothing of it is kept",
            act: "Answer",
            says: "A fact is missing that decides whether anything of the environment is kept, or can be restored at all.",
            mend: "Answer what is unknown, or import an inventory that says it.",
            cost: "A minute.",
            why: UNKNOWN,
        },
        Trouble::OnlyPossible => TroubleWords {
            title: "Nothing is promised, or nothing older than a day",
            effect: "No point older than a day is sure",
            act: "See what to do",
            says: "Perhaps something of it can be brought back, but no point that is older than a day is sure: after a recovery, for instance. It may be that no point is sure at all.",
            mend: "Look in the admin center which points are really offered, and keep exports of what matters.",
            cost: "A look now; exports need somebody who makes them.",
            why: "something may be there, but nothing is promised",
        },
        Trouble::NoStorage => TroubleWords {
            title: "Under 1 GB of storage is free",
            effect: "No restore of any environment starts",
            act: "Say what is free now",
            says: "A restore needs 1 GB of free database storage in the tenant; with less, no restore of any environment starts.",
            mend: "Free or buy database storage.",
            cost: "Money, or the deletion of data or of environments that nobody needs.",
            why: "it stops the restore of every environment",
        },
        Trouble::UnknownStorage => TroubleWords {
            title: "Free storage is not known",
            effect: "Every plan has to ask for it",
            act: "Say how much is free",
            says: "A restore needs 1 GB of free database storage in the tenant, and how much is free is not known. What is said of each environment stays as it is, every plan asks, and the score counts it until it is answered.",
            mend: "Say how much storage the tenant has and uses, or import its capacity.",
            cost: "A minute.",
            why: UNKNOWN,
        },
        Trouble::KeyWithoutTarget => TroubleWords {
            title: "A key that no target has",
            effect: "No Sandbox in its region takes it",
            act: "See what to do",
            says: "The environment has a customer-managed key, and no Sandbox in its region has one that fits.",
            mend: "Apply the key to a Sandbox in the same region.",
            cost: "The key, its enterprise policy and the people who look after them.",
            why: NO_TARGET,
        },
        Trouble::ManagedWithoutTarget => TroubleWords {
            title: "Managed, without a managed Sandbox in its region",
            effect: "No Sandbox in its region takes it",
            act: "See what to do",
            says: "A Managed Environment can be restored only to another Managed Environment, and no Sandbox in its region is one.",
            mend: "Turn on Managed Environments for a Sandbox in the same region.",
            cost: "Everybody who uses that Sandbox needs a licence that includes Managed Environments.",
            why: NO_TARGET,
        },
        Trouble::NoTarget => TroubleWords {
            title: "No environment that it could be restored to",
            effect: "Only a new environment is left, or through Sandbox",
            act: "Create a Sandbox for it",
            says: "No environment of today may be its target. What is left is a new environment or, for Production, the way through Sandbox.",
            mend: "Create a Sandbox in its region, with Dataverse, managed as it is, before you need it.",
            cost: "1 GB of storage, and licences where it is managed.",
            why: NO_TARGET,
        },
        Trouble::UnknownTarget => TroubleWords {
            title: "Not known onto what",
            effect: "Perhaps nothing takes it",
            act: "Answer",
            says: "No environment is surely its target, and for some a fact is missing that decides.",
            mend: "Answer what is unknown about it and about those that may be its target.",
            cost: "A minute.",
            why: UNKNOWN,
        },
        Trouble::UnknownElsewhere => TroubleWords {
            title: "Not known whether onto another",
            effect: "Perhaps only onto itself",
            act: "Answer",
            says: "No other environment is surely its target, and for some a fact is missing that decides.",
            mend: "Answer what is unknown about it and about those that may be its target.",
            cost: "A minute.",
            why: "it can be restored onto itself all the same, which overwrites what is in it now",
        },
        Trouble::OnlySevenDays => TroubleWords {
            title: "Only seven days, although more is allowed",
            effect: "A mishap of last week is too late",
            act: "Set 28 days",
            says: "Its retention can be set to 14, 21 or 28 days, and it is seven.",
            mend: "Set the backup retention to 28 days.",
            cost: "Nothing: backups do not count against storage. It brings nothing back that is gone; the window grows by a day each day.",
            why: "a mishap that is noticed in the second week is noticed too late",
        },
        Trouble::GroupMayLock => TroubleWords {
            title: "Only seven days, and its group may lock it",
            effect: "A mishap of last week is too late",
            act: "Raise it in the group",
            says: "Its retention could be more than seven days, but it is in an environment group, whose rule may lock the setting.",
            mend: "Raise the backup retention in the rule of the group, or take the environment out of the group.",
            cost: "The rule holds for every environment of the group.",
            why: "as for every other environment that keeps seven days and could keep more",
        },
        Trouble::UnknownRetention => TroubleWords {
            title: "Not known how far back",
            effect: "Only the shorter period is promised",
            act: "Answer",
            says: "A fact is missing that decides how long its backups are kept, or whether they may be kept longer; only the shorter period is promised.",
            mend: "Answer what is unknown, or import an inventory that says it.",
            cost: "A minute.",
            why: UNKNOWN,
        },
        Trouble::FailedRestore => TroubleWords {
            title: "Left disabled by a failed restore",
            effect: "It cannot be a source",
            act: "Find its way back",
            says: "A failed restore left it disabled. Until that is mended it can be the target of a retry, and nothing else.",
            mend: "Retry the restore with the same target 30 minutes after it failed; otherwise reset it, delete it, or copy onto it.",
            cost: "A reset, a copy and a deletion each lose what is in it.",
            why: "it is disabled, and cannot be a source",
        },
        Trouble::FormerProduction => TroubleWords {
            title: "A Sandbox that was Production",
            effect: "Its older points may go any hour",
            act: "Switch it back to Production",
            says: "Its points that are older than seven days cannot be chosen while it is a Sandbox, and may be lost unless it is switched back as soon as possible.",
            mend: "Switch it back to Production if you may need one of them.",
            cost: "Its users notice the switch; administration mode may still be on afterwards.",
            why: "its older points can perhaps still be saved, and nobody documents until when",
        },
        Trouble::Occupied => TroubleWords {
            title: "Occupied at this moment",
            effect: "No restore of it begins now",
            act: "Say that it has ended",
            says: "While it is being restored, copied, switched or recovered, no restore of it begins.",
            mend: "Wait until that ends, and import or record its end.",
            cost: "Time.",
            why: "it stops a restore only until it ends",
        },
        Trouble::AdministrationMode => TroubleWords {
            title: "Administration mode left on",
            effect: "Its users are locked out",
            act: "Turn administration mode off",
            says: "It is in administration mode, and neither a restore nor a plan that is under way is known to be the reason.",
            mend: "Turn administration mode off, or finish what it was turned on for.",
            cost: "Its users and its flows run again.",
            why: "its users are locked out, and a restore may have been forgotten half-way",
        },
        Trouble::NewestKeepsLess => TroubleWords {
            title: "The newest edition keeps less",
            effect: "Days that are relied on may be gone",
            act: "Set 28 days",
            says: "Under the newest edition of the rules its backups are kept for fewer days than under the chosen one.",
            mend: "Count on the shorter period; as a Managed Environment, set its retention to 28 days.",
            cost: "Licences, where it is not managed yet; the setting itself costs nothing.",
            why: "days that are relied on may be gone already, for the newest rules are probably in force: that weighs more than days that were never asked for",
        },
        Trouble::NewestRefuses => TroubleWords {
            title: "The newest edition leaves no target",
            effect: "By the newest rules nothing takes it",
            act: "See what to do",
            says: "It has a target under the chosen edition of the rules, and no sure one under the newest.",
            mend: "Prepare a Sandbox that has the same key and the same enterprise policies.",
            cost: "The key, the policies and the people who look after them.",
            why: "the rules of today may already be the newer ones",
        },
        Trouble::DefaultUnpromised => TroubleWords {
            title: "A Default has no sure way back",
            effect: "Nobody can change that",
            act: "See what to do",
            says: "The Default environment cannot be deleted, and no restore of it is promised: the earlier rules know none, and where the later page calls one to a Developer environment allowed, the admin center does not offer it.",
            mend: "Keep what matters in an environment of another kind, or keep exports of its solutions and data.",
            cost: "Work for its makers; what stays there stays without a promise.",
            why: "nobody can change that, so it takes no points",
        },
        Trouble::NoLongerListed => TroubleWords {
            title: "No longer listed by an import of the whole tenant",
            effect: "Counted neither as there nor as gone",
            act: "See which",
            says: "It is on the list here, and a later import of the whole tenant did not have it. It may be deleted, or hidden from whoever exported the list. It counts neither as restorable nor as a target.",
            mend: "Look in the admin center whether it was deleted: a deleted environment can be recovered for 7 days, and Production with Dynamics 365 apps for 28. Otherwise import it again, or take it off the list.",
            cost: "A look, and soon: the time for recovery is running.",
            why: "nobody knows whether it is still there, so it counts neither for nor against",
        },
        Trouble::EndsByItself => TroubleWords {
            title: "Ends, or is disabled or deleted, by itself",
            effect: "What is in it is lost on a known day",
            act: "See when",
            says: "The service has announced that it ends: a trial runs out, or it is disabled or deleted because nobody uses it. Backups and the work of administrators do not count as use. A deleted trial can be recovered for 7 days, and then nothing is left.",
            mend: "Move what matters before that day, convert the trial, or have its makers and users work in it again; then import the inventory again.",
            cost: "A licence, or the work of moving.",
            why: "what is in it is lost on a day that is known, unless somebody acts before",
        },
    }
}

/// Why a trouble holds the score down.
pub fn why_capped(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::NoStorage => "nothing at all can be restored until it is mended",
        _ => "it stops every restore until it is mended",
    }
}

/// Why an environment of this kind counts as much as it does; `None`: the kind is not known.
pub fn why_it_counts(kind: Option<&Kind>) -> &'static str {
    match kind {
        None => "it may be a Production environment",
        Some(Kind::Production) => "people work in it",
        Some(Kind::Teams) => "a team works in it",
        Some(Kind::Default) => "it cannot be deleted, no restore of it is sure, and nobody can change that",
        Some(_) => "it can be made again more easily",
    }
}

impl Say for Detail {
    fn say(&self, text: &mut Text) {
        match self {
            Detail::Storage(why) => text!(why),
            Detail::FirstEnding { name, what, at } => {
                text!("the first is ", Piece::Bare(name.clone()), ": ", what, " at ", ends(*at))
            }
            Detail::Unlisted { since, one } => {
                text!(if *one { "it" } else { "the first of them" }, " is no longer listed since ", ends(*since))
            }
        }
        .say(text);
    }
}
