//! Why a period, a bound or a manual backup is what it is, as data.

use super::super::environment::{Deletion, Kind, Region};
use super::super::said::Said;
use super::table::{Days, Sort};
use chrono::{DateTime, Utc};

/// A reason for a bound or a number.
pub type Reason = Said<Cause>;

/// Why. All instants are UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// K7: nothing is backed up.
    NoDatabase,
    /// K11.
    DatabaseNotKnown,
    /// X1: it has to be recovered first.
    Deleted,
    KindNotKnown(Days),
    /// K1: the documentation has no such kind.
    KindNotNamed(Kind),
    /// T1: a source that the admin center does not offer.
    NotOffered(Kind),
    /// T1: kept, and never a source.
    NoSource(Kind),
    /// X5: the Default environment.
    SupportOnly,
    /// D4.
    ManualContested,
    AppsNotKnown {
        with: Days,
        without: Days,
    },
    ManagedNotKnown {
        managed: Days,
        unmanaged: Days,
    },
    SettingNotKnown,
    /// K2: the stored setting is none of the four.
    OddSetting(u32),
    /// K3: a stored setting that has no effect, and the days that hold.
    SettingIgnored {
        stored: u32,
        fixed: u32,
    },
    /// Whatever is not known of this kind, the days are the same.
    Whatever(Kind, Days),
    Kept(Sort, RowGroup, u32),
    /// For as long as the setting says: so many days, where that is known.
    KeptBySetting(Sort, RowGroup, Option<u32>),
    /// D1: the table says so many days, the text none.
    Contested(RowGroup, u32),
    NotBackedUp(RowGroup),
    /// M1; a manual backup that exists may last so many days, those of the system backup.
    NotSupported(RowGroup, Option<u32>),
    /// A change that is under way, and the days until it has settled.
    Moving(Movement, Days),
    /// The reason of today's period, with the oldest instant that it reaches.
    BackTo(Box<Cause>, DateTime<Utc>),
    Past(Past),
    /// K8.
    Created(DateTime<Utc>),
    /// K10.
    ReportedOldest(DateTime<Utc>),
    /// T2; a guarantee needs more than what is only possible, where it is not known when it moved.
    MovedRegion {
        moved: Move,
        guaranteed: bool,
    },
    /// K14.
    NothingYet(NothingYet),
    /// K15: the service offered points from `from` on when it was asked.
    Offered {
        from: DateTime<Utc>,
        asked: DateTime<Utc>,
        days: u32,
    },
    /// K8: when it was created is not known, only that it was there then.
    ThereBy(DateTime<Utc>),
    /// K8: nothing proves that it existed at all before now.
    NeverProven,
    /// X1: it could be recovered until then.
    Over {
        deleted: Deletion,
        until: DateTime<Utc>,
    },
    /// X1: no points after that.
    EndedBy(Deletion),
    /// K6: points that sleep.
    Asleep {
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    },
    /// M8.
    Processing {
        usable: DateTime<Utc>,
        ready: DateTime<Utc>,
    },
    /// M8.
    PerhapsNotReady,
    /// M4: until when a manual backup is kept.
    Expiry {
        guaranteed: Option<DateTime<Utc>>,
        possible: DateTime<Utc>,
    },
    /// M4: the expiry that the service reported, beside that of the rules.
    ReportedExpiry {
        at: DateTime<Utc>,
        by_rules: Option<DateTime<Utc>>,
    },
    /// M10: the service lists it although its kind supports none.
    Listed {
        until: DateTime<Utc>,
        /// The service printed that.
        printed: bool,
    },
    /// X1: no manual backup can be made of it.
    WasDeleted(Deletion),
    /// K7: no backups of either sort.
    NoBackups,
}

/// The environments that a row of the table is about; `None`: whether they are or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowGroup {
    pub kind: Kind,
    pub dynamics: Option<bool>,
    pub managed: Option<bool>,
}

impl RowGroup {
    /// All of a kind.
    pub fn all(kind: &Kind) -> Self {
        Self { kind: kind.clone(), dynamics: None, managed: None }
    }
}

/// A change of one fact, at one instant or somewhere between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    pub not_before: DateTime<Utc>,
    pub at: DateTime<Utc>,
    pub what: Moved,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    Kind { from: Option<Kind>, to: Kind },
    Dynamics(bool),
    Managed(bool),
    Setting { from: Option<u32>, to: u32, settles: DateTime<Utc> },
}

/// A time that is over and still cuts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// `None`: the change that ends it is only tried out.
    pub until: Option<DateTime<Utc>>,
    /// The most that was kept then; `None`: nothing.
    pub days: Option<u32>,
    /// It is the guaranteed bound that it cuts, and the days are those that were guaranteed.
    pub guaranteed: bool,
    /// Nothing older is left, or guaranteed.
    pub nothing_before: DateTime<Utc>,
    pub why: PastWhy,
}

/// Why it kept no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastWhy {
    NoDatabase,
    DatabaseNotKnown,
    Deleted,
    Sandbox,
    PerhapsSandbox,
    /// A setting was being applied.
    Settling(Movement),
    /// A lower setting held.
    LowerSetting,
    /// What held then changed.
    Changed,
    /// Its kind then, where it is known.
    Kind(Option<Kind>),
}

/// A move to another region. A backup of before belongs to the old region, and a restore stays inside one (T2): such a point is
/// kept by the service, and cannot be restored to anything from where the environment is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub from: Region,
    pub to: Region,
    /// Points from here on (UTC) are surely of the new region.
    pub surely_after: DateTime<Utc>,
    /// Points before this (UTC) are surely of the old one.
    pub perhaps_after: DateTime<Utc>,
}

/// Why nothing is promised yet (K14): the service may have begun to keep something only now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NothingYet {
    /// It was created less than 24 hours ago, at this instant (UTC).
    FirstDay { created: DateTime<Utc>, ends: DateTime<Utc> },
    /// When it was created is not known, and what proves that it existed is less than 24 hours old (UTC).
    PerhapsFirstDay { seen: DateTime<Utc>, ends: DateTime<Utc> },
    /// The service offered nothing when it was asked, at this instant (UTC) at the latest.
    Asked(DateTime<Utc>),
    /// The same, at this instant (UTC) at the latest by what the file hints at: whether it was in its first day then is not proven.
    Hinted(DateTime<Utc>),
    /// The same of an environment that was, or may have been, older than a day then: that it makes points was never shown.
    NeverShown {
        asked: DateTime<Utc>,
        /// Whether it surely was older.
        surely_old: bool,
    },
}

impl NothingYet {
    /// The end of the first day (UTC); `None` where it is not about one.
    pub fn ends(self) -> Option<DateTime<Utc>> {
        match self {
            NothingYet::FirstDay { ends, .. } | NothingYet::PerhapsFirstDay { ends, .. } => Some(ends),
            NothingYet::Asked(_) | NothingYet::Hinted(_) | NothingYet::NeverShown { .. } => None,
        }
    }
}
