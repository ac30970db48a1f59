//! What a way back is about and what its lines say, as data. The words are in `crate::words`.

use super::super::capacity::Balance;
use super::super::environment::{Deletion, RuntimeState};
use super::super::refusal::Refusal;
use super::super::remedy::Remedy;
use super::super::restore::{Check, Ends, WorsePoint};
use super::super::retention::RecoveryCause;
use super::super::rule::RuleId;
use super::super::said::{EnvironmentName, Said};
use super::super::what_if::Consequence;
use super::case::Mishap;
use chrono::{DateTime, Utc};

/// What a way is to mend, and what it speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    pub mishap: Mishap,
    /// The environment that it happened to.
    pub environment: Option<EnvironmentName>,
    /// The other one that is overwritten, where there is one.
    pub onto: Option<EnvironmentName>,
    /// The point that is gone back to, UTC.
    pub point: DateTime<Utc>,
}

impl Aim {
    /// Of no environment.
    pub(super) fn of(mishap: Mishap, point: DateTime<Utc>) -> Self {
        Aim { mishap, environment: None, onto: None, point }
    }
}

/// One line for people, with the rules that it rests on. What to do about it follows from the cause.
pub type AdviceLine = Said<Cause>;

impl AdviceLine {
    /// What the newest rules promise less of the point, where the line says that.
    pub fn worse_point(&self) -> Option<&WorsePoint> {
        match &self.cause {
            Cause::Check(check) => check.worse_point(),
            _ => None,
        }
    }
}

/// What a line of advice says. Instants are in UTC.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    Check(Check),
    // What must change first.
    /// Capacity is to be freed for a check; `both` to create an environment and to restore.
    FreeRoomFor(Check, Room),
    FreeRoom,
    WaitFor(Check),
    SwitchBack(EnvironmentName),
    Change(Remedy, Ends),
    // Recovering.
    Refused(Refusal),
    /// Deleted at an unknown time, it may be over.
    PerhapsOver(Deletion),
    /// If it was deleted at the first instant, it is over since the second.
    OverIfDeleted(DateTime<Utc>, DateTime<Utc>),
    WasDeleted(EnvironmentName, Deletion),
    Recovery(Said<RecoveryCause>),
    /// What follows, for the environment of this name.
    Follows(Said<Consequence>, String),
    /// What it needs, by an edition or by later ones, and whether there is room, where that is known.
    RecoveryNeedsRoom {
        surely: bool,
        room: Option<bool>,
    },
    IsDefault(EnvironmentName),
    IsNotDeleted(EnvironmentName),
    /// Whether a person says that it was deleted, or nobody does.
    DeletedWhen {
        told: bool,
    },
    IfDeletedLately(EnvironmentName),
    // Copying.
    NothingToCopy(EnvironmentName, Deletion),
    CopyIsOfNow(EnvironmentName),
    NoDataverse(EnvironmentName),
    NoRoomToCopy(Balance),
    CopyRulesNotKnown,
    CopiedAsItIs(EnvironmentName),
    CopiedOnto,
    CopyNeedsRoom {
        known: bool,
    },
    // What is left.
    /// R18, as the edition says it.
    NoDownload(&'static str),
    Exports,
    ExportToExcel,
    MigrationTool,
    FileOfSolution,
    EmptyEnvironment,
    SupportForDefault,
    Support,
    RecycleBin,
    // Before any of the ways.
    DeletionIsTold(EnvironmentName),
    PerhapsDeleted(EnvironmentName),
    StillListed(EnvironmentName),
    PerhapsGone(EnvironmentName),
    LastBackup {
        label: String,
        at: DateTime<Utc>,
    },
    InTheFuture,
    CreatedOnly(DateTime<Utc>),
    // Restoring.
    OverwrittenWhole(EnvironmentName),
    AsItWas(EnvironmentName, DateTime<Utc>),
    MadeAnew,
    OwnProcedures,
    LeftDisabled(EnvironmentName),
    StaysAsItIs(EnvironmentName),
    PlanForLostRecords,
    ByHand(EnvironmentName),
    Since(EnvironmentName, DateTime<Utc>),
    /// If it happened only at the first instant, what was done since the second is lost.
    PerhapsTooEarly(DateTime<Utc>, DateTime<Utc>),
    // Other environments as targets.
    TargetMissing(EnvironmentName),
    PeopleWork(EnvironmentName),
    NobodyWorks(EnvironmentName, Option<RuntimeState>),
    ComesBackIn {
        source: EnvironmentName,
        target: EnvironmentName,
    },
    DeletedIsNoSource(EnvironmentName, Deletion),
    NoOtherListed,
    /// None of so many others can take it; which rules refuse how many of them, the most first.
    NoneOfThem(usize, Vec<(usize, RuleId)>),
}

/// How much database capacity is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    ToRestore,
    ToCreateAndRestore,
}

/// What puts the first way before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    NoOther,
    /// The next is open now and overwrites something; an answer would open the first.
    AnswerFirst,
    Standing,
    LessSure,
    /// The latest sensible start of the next has passed.
    Late,
    Fit,
    LosesMore,
}

/// Why the first way is the first, beside how it stands and fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WhyFirst {
    /// `None`: there is no second but what is left.
    pub second: Option<Difference>,
    /// A new environment would overwrite nothing, after changes.
    pub look_beside: bool,
}
