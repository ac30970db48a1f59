//! What would follow: of each environment, at each moment that matters, and what is lost.

use super::super::edition::Edition;
use super::super::environment::{Environment, EnvironmentId};
use super::super::life::{Recovery, RecoveryCause};
use super::super::manual_backup::{self, Stage};
use super::super::restore::Check;
use super::super::retention::Window;
use super::super::rule::RuleId;
use super::super::said::Said;
use chrono::{DateTime, Utc};

/// What would follow, before anything is done.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// When it would be done, UTC.
    pub at: DateTime<Utc>,
    /// The environments whose windows, backups or state it touches; a new one is not among them.
    pub environments: Vec<Touched>,
}

/// One environment with and without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    pub environment: EnvironmentId,
    pub name: String,
    /// The moments that matter, oldest first: right after, when a changed setting has settled (K4), after switching back.
    pub moments: Vec<SideBySide>,
    /// What matters most first.
    pub says: Vec<Said<Consequence>>,
    /// Until when it could be recovered; only of a deletion.
    pub recovery: Option<Recovery>,
}

/// The same instant twice: with it and without it.
#[derive(Clone, Debug, PartialEq)]
pub struct SideBySide {
    /// UTC.
    pub at: DateTime<Utc>,
    pub look: MomentName,
    pub without: Window,
    pub with: Window,
    /// Every manual backup that there is at the moment in one of the two.
    pub backups: Vec<BackupFate>,
    /// What is worse with it than without it.
    pub losses: Vec<PointsLost>,
}

/// A manual backup with and without it; `None` where it is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct BackupFate {
    pub id: String,
    pub label: String,
    /// UTC.
    pub point: DateTime<Utc>,
    pub without: Option<Stage>,
    pub with: Option<Stage>,
}

/// How a point is lost; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is gone, and comes back by nothing.
    Lost,
    /// It cannot be chosen while this is a Sandbox; it may come back, or may already be lost (K6).
    NotWhileSandbox,
    /// It may be gone; nothing promises it any more.
    AtRisk,
}

/// Points that are worse off.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsLost {
    pub fate: Fate,
    pub what: Lost,
    pub rules: Vec<RuleId>,
}

/// What is lost.
#[derive(Clone, Debug, PartialEq)]
pub enum Lost {
    /// The system restore points from `from` up to, but not at, `until` (UTC).
    Points { from: DateTime<Utc>, until: DateTime<Utc> },
    /// A manual backup.
    Backup { label: String, point: DateTime<Utc> },
    /// A manual backup that is deleted for good (M7).
    Label { label: String, point: DateTime<Utc>, left: LeftOfLabel },
}

/// What the instant of a deleted manual backup still is as a system restore point. UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOfLabel {
    Sure(DateTime<Utc>),
    Possible(DateTime<Utc>),
    /// It cannot be chosen while this is a Sandbox.
    Asleep,
    Nothing,
}

/// What a moment is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentName {
    RightAfter,
    RightAfterSwitch,
    AfterSwitchingBack,
    DayLater,
    FullLength,
    RecoveryOver,
}

/// What follows for an environment. Instants are UTC.
#[derive(Clone, Debug, PartialEq)]
pub enum Consequence {
    LabelDeleted(PointsLost),
    /// All other losses of a moment, the worst first.
    Losses(MomentName, Vec<PointsLost>),
    NothingLost,
    /// K4: the change of a setting.
    AppliesBy(DateTime<Utc>),
    /// G1: it belongs to a group, whose rules may hold its retention.
    InGroup(String),
    /// K5: its window grows by one day per day.
    Grows {
        days: u32,
        until: DateTime<Utc>,
    },
    /// K6.
    SwitchBackSoon,
    UsersAffected,
    /// K6: what is older than seven days.
    OlderMayComeBack,
    /// X1; `sure` where that is another instant.
    Recoverable {
        sure: Option<DateTime<Utc>>,
        possible: DateTime<Utc>,
    },
    Recovery(RecoveryCause),
    RecoveryNeedsRoom,
    /// After the time for recovery.
    NothingIsLeft,
    /// After a recovery.
    BackupsNotPromised,
    /// The older points, after a recovery.
    OlderNotPromised,
    /// K12.
    ShorterAtOnce,
    /// K12: the days of its period then.
    LongerPeriod(u32),
    /// T4.
    ManagedOnly,
    /// A caution of a restore.
    Check(Box<Check>),
}

impl Touched {
    /// Whether a point is worse off at any moment.
    pub fn loses(&self) -> bool {
        self.moments.iter().any(|m| !m.losses.is_empty())
    }
}

impl SideBySide {
    /// Whether there is anything to compare: a point that is surer or less sure, or a manual backup that fares otherwise.
    pub fn differs(&self) -> bool {
        !self.without.keeps_the_same(&self.with) || self.backups.iter().any(|b| b.without != b.with)
    }
}

pub(super) fn stage(edition: &Edition, env: &Environment, id: &str, at: DateTime<Utc>) -> Option<Stage> {
    let backup = env.backups.iter().find(|b| b.id == id)?;
    Some(manual_backup::judge(edition, env, backup, at).stage)
}
