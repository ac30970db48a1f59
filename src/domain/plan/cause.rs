//! What a plan says, as data: whom it speaks of, what each step is about, what is to be done afterwards, what it rests on, and what
//! ends when. The words are in `crate::words`. All of it is stored, so a variant or a field keeps its name.

use super::super::edition::EditionId;
use super::super::environment::{Answer, FactKey, Key, Kind, Region};
use super::super::restore::{RestorePoint, SpecialApp, WayBack};
use super::super::said::{EnvironmentName, Role};
use super::super::text::Text;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Whom a plan speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum About {
    /// Its title, as an earlier version of the app wrote it.
    Told(String),
    Subject(Subject),
}

/// Whom and what a plan speaks of, as it was when the plan was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    pub source: EnvironmentName,
    /// `None`: a new environment that a step creates.
    pub target: Option<EnvironmentName>,
    /// The target's kind, where it is known.
    pub target_kind: Option<Kind>,
    pub point: RestorePoint,
    /// What the target is to be called (R4).
    pub new_name: Option<String>,
    /// R20: a failed restore leaves the target disabled.
    pub failure_disables: bool,
}

/// What a step is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Task {
    /// As an earlier version of the app wrote it.
    Told(EarlierTexts),
    SignIn,
    /// When the facts were imported, UTC; `None`: they were not.
    ImportAgain(Option<DateTime<Utc>>),
    Look(PlanFacts),
    FreeCapacity,
    SeeBackup,
    SeePoint,
    /// K6: the span of points that the switch puts at risk, UTC.
    RiskOlderPoints(Option<(DateTime<Utc>, DateTime<Utc>)>),
    BackUp(WayBack),
    /// A manual backup is not supported, or nobody knows.
    NoteWayBack(WayBack),
    SwitchToSandbox,
    CreateEnvironment,
    WaitForEnvironment,
    VerifyEnvironment,
    Validate,
    /// How many other environments are called as the target is.
    Restore {
        others: u32,
    },
    Watch,
    VerifyData,
    SwitchBack,
    WorkThroughChecklist,
    WhoMayEnter,
    LeaveAdminMode,
    CheckRetention,
    FindRecords,
    CarryOver,
    CleanUp,
}

impl Task {
    /// The id of its step; `None`: it came with the text.
    pub fn id(&self) -> Option<&'static str> {
        Some(match self {
            Task::Told(_) => return None,
            Task::SignIn => "sign-in",
            Task::ImportAgain(_) => "refresh-inventory",
            Task::Look(PlanFacts { role: Role::Source, .. }) => "look-at-source",
            Task::Look(PlanFacts { role: Role::Target, .. }) => "look-at-target",
            Task::FreeCapacity => "free-capacity",
            Task::SeeBackup => "see-backup",
            Task::SeePoint => "see-point",
            Task::RiskOlderPoints(_) => "note-older-points",
            Task::BackUp(_) => "back-up-target",
            Task::NoteWayBack(_) => "note-way-back",
            Task::SwitchToSandbox => "switch-to-sandbox",
            Task::CreateEnvironment => "create-environment",
            Task::WaitForEnvironment => "wait-for-environment",
            Task::VerifyEnvironment => "verify-environment",
            Task::Validate => "validate",
            Task::Restore { .. } => "restore",
            Task::Watch => super::ended::WATCH,
            Task::VerifyData => "verify-data",
            Task::SwitchBack => "switch-to-production",
            Task::WorkThroughChecklist => "checklist",
            Task::WhoMayEnter => "who-may-enter",
            Task::LeaveAdminMode => "leave-admin-mode",
            Task::CheckRetention => "check-retention",
            Task::FindRecords => "find-records",
            Task::CarryOver => "carry-over",
            Task::CleanUp => "clean-up",
        })
    }
}

/// The texts of a step, as an earlier version of the app wrote them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EarlierTexts {
    pub title: String,
    pub who: String,
    pub admin_center: String,
    pub verify: String,
    pub consequence: String,
    #[serde(default)]
    pub caution: Option<String>,
}

/// The facts of an environment that a plan rests on, so that a look can find what has changed since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanFacts {
    pub role: Role,
    pub facts: Vec<KnownFact>,
    /// When it was last imported, UTC.
    pub imported: Option<DateTime<Utc>>,
}

/// A fact of an environment, as far as it was known when the plan was made, and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownFact {
    pub fact: FactKey,
    pub value: Option<FactValue>,
    pub from: FactFrom,
}

/// What is known of a fact, as far as a plan says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FactValue {
    Kind(Kind),
    Region(Region),
    Dataverse(bool),
    Dynamics(bool),
    Managed(bool),
    CustomerKey(bool),
    Policies(usize),
    /// Days.
    RetentionSetting(u32),
    /// UTC.
    Created(DateTime<Utc>),
}

impl FactValue {
    /// `None` of what is no fact of a plan: when a deleted environment was deleted.
    pub(super) fn of(answer: Answer) -> Option<Self> {
        Some(match answer {
            Answer::Kind(kind) => Self::Kind(kind),
            Answer::Region(region) => Self::Region(region),
            Answer::Dataverse(has) => Self::Dataverse(has),
            Answer::Dynamics(has) => Self::Dynamics(has),
            Answer::Managed(is) => Self::Managed(is),
            Answer::Key(key) => Self::CustomerKey(matches!(key, Key::Customer(_))),
            Answer::Policies(all) => Self::Policies(all.len()),
            Answer::RetentionSetting(days) => Self::RetentionSetting(days),
            Answer::Created(at) => Self::Created(at),
            Answer::Deleted(_) => return None,
        })
    }
}

/// Where a fact of a look comes from, in the order in which it is said; days are UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FactFrom {
    Sample,
    Import,
    Recorded(NaiveDate),
    Answer(NaiveDate),
    Unknown,
}

/// What an item of one of the lists is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Remark {
    /// As it was said when the plan was made: by another room (a check, what the newest rules make worse), or by an earlier version.
    Told(Text),

    // What is to be done afterwards.
    SwitchedBack,
    RetentionAsBefore,
    FlowsOn,
    FlowsThatStayed,
    FlowsMadeSince,
    FlowsDeleted,
    Connections,
    Connectors,
    SharedWithEveryone,
    AppIds,
    OutsideSolutions,
    LostApps,
    OwnAuditLogs,
    AuditLogsAlong,
    AuditLogsLeftOut,
    NewName,
    App(SpecialApp),
    AdminMode,
    EarlierBackups,
    IfItFailed,
    ImportAgainForPlans,
    ImportAgain,
    Records,
    Original,
    // These four are steps now; plans that were kept before have them here.
    KeepNewInAdminMode,
    WhoMayEnterNew,
    SharingOfNew,
    CleanUp,

    // What the plan rests on.
    Edition,
    /// The newest rules give no worse answer.
    NewestNoWorse(EditionId),
    Sample,
    /// UTC.
    Imported(DateTime<Utc>),
    NotImported,
    Answered {
        role: Role,
        value: FactValue,
        /// When, UTC.
        at: DateTime<Utc>,
    },
    NotKnown(Role, FactKey),
    CapacityAnswered,
    CapacityNotKnown,
    DatesInUtc,
    /// What the rules decide where the page contradicts itself: the item's rule.
    Decision,
}

/// What ends at a deadline, or begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum End {
    /// As an earlier version of the app wrote it.
    Told(Text),
    /// The target's present state leaves its guaranteed window (R14).
    WayBack,
    /// The point is older than seven days while this is a Sandbox (K6).
    OfSandbox,
    /// M8.
    BackupReady,
    Guaranteed,
    Possible,
    /// The latest sensible start, with a day's lead (R22).
    Start,
    /// The same where nothing guarantees the point.
    StartAtOnce,
}
