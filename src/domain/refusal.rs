//! Why a command is refused, as data. What to do now follows from it; the words are in `crate::words`.

use super::capacity::{self, Balance};
use super::deed::Setting;
use super::environment::{Activity, Deletion, Environment, EnvironmentId, Kind, Operation};
use super::restore::Check;
use super::retention::Reason;
use super::rule::RuleId;
use super::said::{EnvironmentName, Said};
use super::whose::Foreign;
use chrono::{DateTime, Utc};

/// Why a command was refused. The tenant is as it was.
pub type Refusal = Said<Cause>;

/// Why a command is refused. Instants are UTC.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// For what one environment is.
    Of(EnvironmentName, Box<OfEnvironment>),
    NotListed(EnvironmentId),
    NoneChosen,
    /// A new environment has the id of one that is there.
    IdTaken(EnvironmentId),
    SecondDefault,
    /// K7: of a retention setting for environments of these names, none of which has a database.
    NoDataverse(Vec<String>),
    /// K2.
    NoRetentionSetting(u32),
    Typed(TypedName, NotTyped),
    /// M1: why the environment has none.
    NoManualBackups(Vec<Reason>),
    /// The checks of a restore that stop it, and those that are not answered.
    Checks(Vec<Check>),
    NoRoom(Box<Balance>, Needing),
    /// M9: the restore point of a manual backup is far from when it was asked for.
    FarFromAsked {
        point: DateTime<Utc>,
        asked: DateTime<Utc>,
    },
    /// K8: nothing is backed up at the restore point.
    BeforeBackups(DateTime<Utc>),
    /// The id of a new manual backup: none, or another's.
    BackupId(Option<String>),
    /// K6.
    NoSwitchTo(Kind),
    /// No restore at this time can have gone back to a later one.
    PointAfterRestore(DateTime<Utc>),
    /// What is recorded lies before the last import.
    BeforeImport(DateTime<Utc>),
    Future(DateTime<Utc>, TimeOf),
    /// T7: an amount that cannot be right.
    Storage {
        sort: capacity::StorageSort,
        entitled: bool,
        mb: f64,
        too_much: bool,
    },
    Import(OfImport),
    /// It was done before something that cannot be taken back, for this reason.
    NotBefore(Stays),
    /// It was done before something that is then refused.
    LaterRefused(Box<Cause>),
    /// For a reason that is no rule of a command.
    Stays(Box<Stays>),
}

/// Why what is recorded stays as it is, why what was taken back does not come again, or why a clock is not moved. Instants are UTC.
#[derive(Clone, Debug, PartialEq)]
pub enum Stays {
    NothingDone,
    NothingTakenBack,
    Import,
    /// The last thing that was done is one.
    LastIsImport,
    /// An import came after it.
    BeforeImport,
    ByItself,
    /// It lies too far back, or concerns too many environments.
    NotKept,
    NotListed,
    DoneAgain,
    /// The time at which it was done lies later than the clock.
    NotYet,
    /// What was done later needs it, and would be refused.
    Needed(Box<Cause>),
    /// It is refused when it is done again.
    Refused(Box<Cause>),
    NoPlan,
    NewerVersion,
    NotWaiting,
    /// The clock of one's own tenant is the real one.
    RealClock,
    BeforeRehearsal(DateTime<Utc>),
    TooFarOn,
    /// What was done later than the instant, in the words that were kept of it; `None`: none were.
    DoneLater(Option<String>),
}

/// For what one environment is.
#[derive(Clone, Debug, PartialEq)]
pub enum OfEnvironment {
    /// X1, X3.
    Deleted(Deletion),
    NotDeleted,
    /// The same, when it is asked when it was deleted.
    NotKnownAsDeleted,
    /// When it was deleted is known already.
    DeletionKnown(Deletion),
    /// It cannot have been deleted `at`.
    NotDeletedAt {
        at: DateTime<Utc>,
        deleted: Deletion,
    },
    /// It was deleted after `at`.
    DeletedAfter {
        at: DateTime<Utc>,
        deleted: Deletion,
    },
    RecoveryOver(DateTime<Utc>),
    /// K8: it was created after `at`.
    CreatedAfter {
        at: DateTime<Utc>,
        created: DateTime<Utc>,
    },
    /// K8: it existed before it is said to have been created.
    ExistedBefore {
        created: DateTime<Utc>,
        existed: DateTime<Utc>,
    },
    /// T9.
    Occupied(Operation),
    /// A restore onto it runs.
    RestoreOnto,
    /// A restore from it or onto it runs.
    Restores,
    NoRestoreRuns,
    /// No restore onto it runs; it is the source of the one onto the environment of this name.
    SourceOf(String),
    /// How what went on at the last look ended decides what is kept.
    EndDecides(Activity),
    NothingGoesOn,
    Unknown(Unknown),
    /// It breaks no rule.
    Already(Setting),
    /// K7.
    NothingToKeep,
    /// K3.
    RetentionFixed,
    /// G1.
    HeldByGroup {
        group: String,
        days: u32,
    },
    /// It has no manual backup with this id.
    NoBackup(String),
    /// R1: nor one that a restore could go back to.
    NoSuchPoint,
    /// K6.
    NoSwitch {
        from: Kind,
        to: Kind,
    },
    /// R25.
    NoAdministrationMode(Kind),
    /// R20.
    LeftDisabled,
    IsDefault,
    /// What was the case afterwards, as the next change tells (`recorded`), or the inventory.
    Contradicts {
        was: Setting,
        recorded: bool,
    },
}

/// What is decided by facts that are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    Kind,
    Dataverse,
    CustomerKey,
    /// Whether it can have manual backups.
    ManualBackups,
    /// Whether its retention can be set.
    Retention,
}

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedName {
    Label,
    Name,
}

/// Why it is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTyped {
    Empty,
    Control(char),
    /// Characters.
    Long {
        length: usize,
        most: usize,
    },
}

/// What needs the gigabyte that a restore needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needing {
    Creating,
    Recovering,
}

/// What a time that lies in the future is said to be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOf {
    Deletion,
    Creation,
    /// Anything that is recorded as done.
    Record,
}

/// Why an import is not kept.
#[derive(Clone, Debug, PartialEq)]
pub enum OfImport {
    Empty,
    Foreign(Box<Foreign>),
    /// It does not say to which environment a part of it belongs.
    WhoseIs(ImportPart),
    /// T10: it does not say when restore candidates were asked for.
    NotSaidWhen,
    /// T10: how many restore candidates it names, and how many environments are known, none of which is among them.
    Strange {
        named: usize,
        known: usize,
    },
}

/// A part of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportPart {
    ManualBackups,
    ApplicationPackages,
    Operations,
    Candidates,
}

impl Cause {
    pub(in crate::domain) fn of(env: &Environment, why: OfEnvironment) -> Self {
        Cause::Of(env.into(), Box::new(why))
    }

    /// The refusal by rules, the first of which decides.
    pub fn by(self, rules: &[RuleId]) -> Refusal {
        Said { cause: self, rules: rules.to_vec(), asks: Vec::new() }
    }
}
