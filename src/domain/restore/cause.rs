//! Why something is checked, as data: what was found and, where the cause alone does not tell it, what mends it. About *the source* and
//! *the target* of the request. The words are in `crate::words`.

use super::super::compare::{WorsePair, WorseWindow};
use super::super::edition::Edition;
use super::super::eligibility::{self, Settled};
use super::super::environment::{EnvironmentId, FactKey, Kind};
use super::super::history::Change;
use super::super::manual_backup::ManualBackup;
use super::super::remedy::{NewTarget, Remedy};
use super::super::retention::{Reason, Window};
use super::super::said::Role;
use super::request::SpecialApp;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Why something is checked. All instants are in UTC.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// The inventory does not have it.
    NotListed(Role, EnvironmentId),
    NewName(NewName),
    /// A rule of the pair, or a gate of the moment, as it stands.
    Pair(eligibility::Cause, Mending),
    /// T10: the pair is eligible by the service's list alone.
    RestsOnList(Settled),
    /// What the newest edition makes worse; for a new environment, what to create instead.
    WorsePair(WorsePair, Option<NewTarget>),
    WorseWindow(WorseWindow),
    WorsePoint(WorsePoint),
    Point(PointCause),
    /// What changed in the source since the point.
    Since {
        change: Change,
        point: DateTime<Utc>,
    },
    Loss(Loss),
    ThroughSandbox(ThroughSandbox),
    Beside(OntoNew),
}

/// What mends a rule of the pair or a gate.
#[derive(Clone, Debug, PartialEq)]
pub enum Mending {
    /// Nothing has to be done.
    Nothing,
    /// Its questions are to be answered.
    Answer,
    Changes(Vec<Remedy>),
    /// Nothing but another target, which is to be created.
    Create(NewTarget),
    /// The same where it has to be this target: no way to this one.
    CreateElsewhere(NewTarget),
    /// Nothing: another source.
    NothingMends,
    AnotherSource,
    /// The source can be the source of nothing.
    NoSource,
    /// T5, T6 of a new environment: it gets what the source has.
    SameAsSource,
    /// T10: the service left it out.
    AskAgain,
    /// T10: the service and the rules say different things.
    TryFirst,
    FreeStorage,
    LookUpStorage,
    /// T9, R20.
    MendLeftDisabled,
    RecoverFirst,
    Wait,
    Look,
}

/// R4: what is said of a new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewName {
    Empty,
    /// It has a line break or another control character.
    BreaksLine,
    /// More characters than are let through.
    TooLong {
        length: usize,
        most: usize,
    },
    /// So many characters that nobody knows whether it is taken.
    Long(usize),
    Invisible,
    /// The target is called so already.
    Already(String),
    /// Another environment is called so.
    OfAnother(String),
}

/// A point to go back to, as it is spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RestorePoint {
    System(DateTime<Utc>),
    Manual { label: String, at: DateTime<Utc> },
}

impl RestorePoint {
    pub fn of(backup: &ManualBackup) -> Self {
        RestorePoint::Manual { label: backup.label.clone(), at: backup.point }
    }

    /// The instant that is restored, UTC.
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            RestorePoint::System(at) | RestorePoint::Manual { at, .. } => *at,
        }
    }
}

/// Where an environment can be restored from and to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreSpan {
    pub sure_from: Option<DateTime<Utc>>,
    pub possible_from: Option<DateTime<Utc>>,
    pub until: DateTime<Utc>,
    /// What is left out in between, from and before.
    pub gaps: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl RestoreSpan {
    pub fn of(window: &Window) -> Self {
        let inside = |at: DateTime<Utc>| window.possible_from.is_some_and(|from| at >= from);
        Self {
            sure_from: window.guaranteed_from,
            possible_from: window.possible_from,
            until: window.until,
            gaps: window.gaps.iter().filter(|gap| inside(gap.from)).map(|gap| (gap.from, gap.before)).collect(),
        }
    }
}

/// What is said of the point, where the source's backup holds it and where it does not.
#[derive(Clone, Debug, PartialEq)]
pub enum PointCause {
    NoSuchBackup(String),
    /// It may be there. `sure_from`: from when on a point is sure.
    Possible {
        at: DateTime<Utc>,
        /// The doubt is about what is offered, not about the point.
        not_offered: bool,
        why: Option<Reason>,
        sure_from: Option<DateTime<Utc>>,
    },
    BackupPossible {
        backup: RestorePoint,
        why: Option<Reason>,
    },
    /// R22: it leaves the sure window soon.
    Ages {
        point: RestorePoint,
        leaves: DateTime<Utc>,
        now: DateTime<Utc>,
    },
    /// The same of one that is not sure.
    PossibleAges {
        at: DateTime<Utc>,
        leaves: DateTime<Utc>,
        now: DateTime<Utc>,
    },
    Future(DateTime<Utc>, RestoreSpan),
    Asleep(DateTime<Utc>, RestoreSpan),
    /// The point can be chosen, but older ones sleep, from then on.
    OthersAsleep(DateTime<Utc>),
    /// Not whether anything can be restored.
    NothingKnown(Option<Reason>),
    NothingLeft(Option<Reason>),
    OldRegion(DateTime<Utc>, Reason, RestoreSpan),
    Gone(DateTime<Utc>, Option<Reason>, RestoreSpan),
    /// M8.
    BackupProcessing {
        backup: RestorePoint,
        ready: DateTime<Utc>,
        usable: DateTime<Utc>,
    },
    BackupYoung {
        backup: RestorePoint,
        ready: DateTime<Utc>,
    },
    BackupOfOldRegion(RestorePoint, Option<Reason>),
    BackupExpired {
        backup: RestorePoint,
        at: Option<DateTime<Utc>>,
        why: Option<Reason>,
    },
    BackupAsleep(RestorePoint, Option<Reason>),
    /// M9: its point and when it was asked for lie apart.
    BackupApart {
        backup: RestorePoint,
        apart: TimeDelta,
        /// The point is later.
        later: bool,
    },
}

/// What the newest edition promises less of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorsePoint {
    pub newest: &'static Edition,
    /// `None`: it is a manual backup.
    pub at: Option<DateTime<Utc>>,
    /// It would be gone; else it would not be sure.
    pub gone: bool,
}

/// Until when what is overwritten could itself be brought back; `until` is `None` where nothing promises that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayBack {
    pub until: Option<DateTime<Utc>>,
    /// R20: a failed restore leaves it disabled.
    pub failure_disables: bool,
}

/// What a restore destroys and leaves behind.
#[derive(Clone, Debug, PartialEq)]
pub enum Loss {
    /// Everything in the target is replaced by the source.
    Overwritten(WayBack),
    /// What came since the point, where it is known.
    OverwrittenByItself(Option<DateTime<Utc>>, WayBack),
    /// R27: who may enter the target sees the source's data.
    Seen,
    /// Environments with one name, the target among them.
    Twins {
        all: usize,
        target: EnvironmentId,
    },
    /// L1: linked to finance and operations, to which.
    Finance(Role, Option<String>),
    KeepsAuditLogs {
        opted_in: bool,
    },
    OwnAuditLogs,
    AuditLogsAlong,
    /// D10.
    AuditLogsOfSystemBackup,
    AuditLogsLeftOut,
    FlowsReplaced,
    FlowsDeleted,
    /// R7: how long it takes, as the edition says.
    Duration(&'static str),
    SolutionsOnly,
    /// R11, R12, R13: what people set up again in what was restored.
    MadeAnew,
    AdministrationMode,
    /// R25: how to leave it is not documented for the kind.
    AdministrationModeOf(Kind),
    Renamed(String),
    /// R19.
    App(SpecialApp),
}

/// R16: what is said of a restore to Production.
#[derive(Clone, Debug, PartialEq)]
pub enum ThroughSandbox {
    KindNotKnown,
    NoProduction(Kind),
    /// It is older than seven days; points from `from` on are not.
    TooOld {
        at: DateTime<Utc>,
        from: DateTime<Utc>,
    },
    /// R22: it is older than seven days soon.
    Ages {
        at: DateTime<Utc>,
        leaves: DateTime<Utc>,
    },
    /// K6: the span of points that the switch puts at risk.
    OlderAtRisk(DateTime<Utc>, DateTime<Utc>),
    NobodyCanWork,
}

/// R17: what is said of a restore to a new environment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OntoNew {
    SourceStays,
    /// What decides about the new environment too: it is made like the source.
    SourceNotKnown(FactKey),
    /// R15: there is room for one gigabyte, free megabytes.
    RoomForOne(f64),
    /// The room is not known, or there is.
    NeedsRoomForBoth,
    NoTarget,
}

impl Cause {
    /// The reason that it rests on, of what is kept.
    pub fn reason_mut(&mut self) -> Option<&mut Reason> {
        use PointCause::*;
        let Cause::Point(point) = self else { return None };
        match point {
            Possible { why, .. } | BackupPossible { why, .. } | BackupExpired { why, .. } => why.as_mut(),
            NothingKnown(why) | NothingLeft(why) | Gone(_, why, _) => why.as_mut(),
            BackupOfOldRegion(_, why) | BackupAsleep(_, why) => why.as_mut(),
            OldRegion(_, why, _) => Some(why),
            NoSuchBackup(_)
            | Ages { .. }
            | PossibleAges { .. }
            | Future(..)
            | Asleep(..)
            | OthersAsleep(_)
            | BackupProcessing { .. }
            | BackupYoung { .. }
            | BackupApart { .. } => None,
        }
    }
}

impl From<PointCause> for Cause {
    fn from(cause: PointCause) -> Self {
        Cause::Point(cause)
    }
}

impl From<Loss> for Cause {
    fn from(loss: Loss) -> Self {
        Cause::Loss(loss)
    }
}

impl From<NewName> for Cause {
    fn from(name: NewName) -> Self {
        Cause::NewName(name)
    }
}

impl From<ThroughSandbox> for Cause {
    fn from(cause: ThroughSandbox) -> Self {
        Cause::ThroughSandbox(cause)
    }
}

impl From<OntoNew> for Cause {
    fn from(cause: OntoNew) -> Self {
        Cause::Beside(cause)
    }
}
