//! A way back, and how it stands.

use super::super::environment::{EnvironmentId, FactKey};
use super::super::plan::Purpose;
use super::super::restore::WorsePoint;
use super::super::retention::Certainty;
use super::super::rule::RuleId;
use super::case::Mishap;
use super::cause::{AdviceLine, Aim, WhyFirst};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// A sort of way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WayKind {
    /// Restore onto itself (T8).
    OntoItself,
    /// Switch to Sandbox, restore onto itself, switch back (R16).
    ThroughSandbox,
    /// Restore to a new, empty environment (R17).
    Beside,
    /// Restore onto another environment that is there already (T1 to T6).
    Another,
    /// Recover a deleted environment (X1 to X3).
    Recover,
    /// Copy the environment as it is.
    Copy,
    /// Download a backup (R18).
    Download,
    /// No restore at all: what is left.
    Nothing,
}

impl WayKind {
    /// The sorts that have to do with a mishap; `deleted`: whether the environment is deleted. Each is among the ways at least
    /// once, and only [`WayKind::Another`] more often.
    pub fn of(mishap: Mishap, deleted: bool) -> Vec<WayKind> {
        use WayKind::*;
        match (mishap, deleted) {
            (Mishap::Leave, _) => vec![Download, Nothing],
            (Mishap::Deleted, false) => vec![Recover, Nothing],
            (Mishap::NeedCopy, false) => vec![Beside, Another, Copy, Nothing],
            (Mishap::NeedCopy, true) => vec![Recover, Beside, Another, Copy, Nothing],
            _ => vec![OntoItself, ThroughSandbox, Beside, Another, Recover, Copy, Nothing],
        }
    }

    /// A word for ids and tests.
    pub fn word(self) -> &'static str {
        match self {
            WayKind::OntoItself => "onto-itself",
            WayKind::ThroughSandbox => "through-sandbox",
            WayKind::Beside => "beside",
            WayKind::Another => "another",
            WayKind::Recover => "recover",
            WayKind::Copy => "copy",
            WayKind::Download => "download",
            WayKind::Nothing => "nothing",
        }
    }
}

/// What is in doubt of a way where its point is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayDoubt {
    /// The page allows it and says that the admin center does not offer it (T1).
    NotOffered,
    /// A failed restore left the environment disabled; whether its own backup can be the source then is not said (R20).
    AfterFailure,
    /// Something may stop it at this moment: the service's own word for what goes on (T9), or a target that a failed restore left
    /// behind (R20).
    AtThisMoment,
}

/// How a way stands; ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WayStanding {
    /// Nothing stops it and nothing has to be answered first.
    Open,
    /// Something stops it, and every such thing can be changed: see [`Way::changes`].
    AfterChanges,
    /// It rests on something that is not known: see [`Way::questions`] and [`Way::open`].
    Unknown,
    /// Something stops it, and once that is changed it rests on something that is not known: broken counts before unknown.
    AfterChangesUnknown,
    /// No way in the sense of the others: what is left when none of them is open.
    LastResort,
    /// It does not exist: see [`Way::against`].
    Closed,
}

impl WayStanding {
    /// The same where something of it is not known.
    pub(super) fn in_doubt(self) -> Self {
        match self {
            Self::Open => Self::Unknown,
            Self::AfterChanges => Self::AfterChangesUnknown,
            Self::Unknown | Self::AfterChangesUnknown | Self::LastResort | Self::Closed => self,
        }
    }
}

/// One way back.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub kind: WayKind,
    /// The environment that is overwritten; `None` where none is, or where none could be.
    pub target: Option<EnvironmentId>,
    /// What it is to mend, and what it speaks of.
    pub aim: Aim,
    pub standing: WayStanding,
    /// How surely the backup holds the point, or that the environment can be recovered; `None` where no backup is used.
    pub certainty: Option<Certainty>,
    /// Why it is only possible, where the point is not what is in doubt.
    pub doubt: Option<WayDoubt>,
    /// What a plan would be made for; only of a way that restores.
    pub purpose: Option<Purpose>,
    /// The last instant (UTC) at which it still stands so if nothing else changes: one second later the way is closed, or needs
    /// the switch back to Production as well (K6).
    /// `None`: it is closed, or no end is known.
    pub until: Option<DateTime<Utc>>,
    /// The last instant (UTC) at which it is sure. Never after `until`. `None`: it is not sure.
    pub sure_until: Option<DateTime<Utc>>,
    /// The latest sensible start (UTC): a day before the sure end (R22). May have passed. `None` of a way that restores and is
    /// not closed: at once, for nothing guarantees the point.
    pub start_before: Option<DateTime<Utc>>,
    pub recovered: Vec<AdviceLine>,
    pub lost: Vec<AdviceLine>,
    pub overwritten: Vec<AdviceLine>,
    /// What it takes: capacity, people who cannot work, licences, work by hand.
    pub costs: Vec<AdviceLine>,
    /// How long a restore takes, as the edition says; `None` of a way that restores nothing.
    pub takes: Option<&'static str>,
    /// Why it is not open: what stops it.
    pub against: Vec<AdviceLine>,
    /// What must change first, in order.
    pub changes: Vec<AdviceLine>,
    /// What is not known, in sentences.
    pub open: Vec<AdviceLine>,
    /// The facts to answer, each once.
    pub questions: Vec<(EnvironmentId, FactKey)>,
    /// What else to know before, the gravest first.
    pub heed: Vec<AdviceLine>,
}

impl Way {
    /// Every rule that it rests on, each once, in the order of their numbers.
    pub fn rules(&self) -> Vec<RuleId> {
        let lists = [
            &self.recovered,
            &self.lost,
            &self.overwritten,
            &self.costs,
            &self.against,
            &self.changes,
            &self.open,
            &self.heed,
        ];
        let mut rules: Vec<RuleId> = lists.into_iter().flatten().flat_map(|l| l.rules.iter().copied()).collect();
        rules.order();
        rules.dedup();
        rules
    }

    /// What the newest rules promise less of its point than those that were chosen.
    pub fn worse_point(&self) -> Option<&WorsePoint> {
        self.heed.iter().find_map(AdviceLine::worse_point)
    }

    /// Unique among the ways of an advice: the sort, and the target where there is one of several.
    pub fn id(&self) -> String {
        match (&self.target, self.kind) {
            (Some(target), WayKind::Another) => format!("{}-{target}", self.kind.word()),
            _ => self.kind.word().to_string(),
        }
    }
}

/// The other environments that are not among the ways, by how they would stand as targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoreTargets {
    pub eligible: usize,
    pub after_changes: usize,
    pub unknown: usize,
    /// Refused until a change, and then not known.
    pub after_changes_unknown: usize,
    pub refused: usize,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The point to go back to (UTC): the last whole minute before it can have happened, since some tools take whole minutes
    /// only. `None` where no point is gone back to.
    pub point: Option<DateTime<Utc>>,
    /// What to know or to do before any of the ways.
    pub first: Vec<AdviceLine>,
    /// Best first; never empty.
    pub ways: Vec<Way>,
    /// Why the first is the first, from the keys that ordered them.
    pub why_first: WhyFirst,
    pub more: MoreTargets,
}
