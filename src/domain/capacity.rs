//! Storage of a tenant: entitled and used, and what is left for a restore (T7, R15, D12).

use super::edition::Edition;
use super::rule::RuleId;
use super::said::Said;
use serde::{Deserialize, Serialize};

/// Megabytes in a gigabyte (D12).
pub const MB_PER_GB: f64 = 1024.0;

/// Megabytes above which an amount is a slip of the keyboard: more than any tenant has. What is below it is written down and read
/// back the same.
pub const MOST_MB: f64 = 4e12;

/// An amount of storage in whole thousandths of a megabyte: sums of them are exact, so that 2.3 GB entitled and 1.3 GB used leave
/// 1 GB and not a little less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thousandths(i64);

impl Thousandths {
    /// More than any tenant has; below it every thousandth is a number of its own in an `f64` of megabytes.
    const MOST: f64 = MOST_MB * 1000.0;

    /// The nearest thousandth of so many megabytes. What is no number is nothing.
    pub fn of_mb(mb: f64) -> Self {
        let nearest = (mb * 1000.0).round().clamp(-Self::MOST, Self::MOST);
        #[allow(clippy::cast_possible_truncation)] // whole, and bounded
        let nearest = nearest as i64;
        Self(nearest)
    }

    /// Megabytes.
    pub fn mb(self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // bounded
        let thousandths = self.0 as f64;
        thousandths / 1000.0
    }

    /// What is left over of it beyond `other`; never less than nothing.
    pub fn beyond(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }
}

/// Entitled and used megabytes (1 GB = 1024 MB, D12) of one sort of storage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Storage {
    pub entitled_mb: f64,
    pub used_mb: f64,
}

/// A tenant's storage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    pub database: Storage,
    pub log: Storage,
    pub file: Storage,
}

impl Storage {
    /// Whether both numbers can be right: finite and not negative.
    pub fn is_sound(&self) -> bool {
        let ok = |n: f64| n.is_finite() && n >= 0.0;
        ok(self.entitled_mb) && ok(self.used_mb)
    }
    /// The same to the nearest thousandth of a megabyte, which is as fine as it is counted.
    pub fn rounded(&self) -> Self {
        let round = |mb: f64| if mb.is_finite() { Thousandths::of_mb(mb).mb() } else { mb };
        Self { entitled_mb: round(self.entitled_mb), used_mb: round(self.used_mb) }
    }
    fn spare(&self) -> Thousandths {
        Thousandths::of_mb(self.entitled_mb).beyond(Thousandths::of_mb(self.used_mb))
    }
    fn missing(&self) -> Thousandths {
        Thousandths::of_mb(self.used_mb).beyond(Thousandths::of_mb(self.entitled_mb))
    }
}

impl Capacity {
    /// The same to the nearest thousandth of a megabyte.
    pub fn rounded(&self) -> Self {
        Self { database: self.database.rounded(), log: self.log.rounded(), file: self.file.rounded() }
    }

    /// The first number that cannot be right (negative or not finite).
    ///
    /// # Errors
    /// That number, and of what it is.
    pub fn check(&self) -> Result<(), NoAmount> {
        for (sort, storage) in
            [(StorageSort::Database, self.database), (StorageSort::Log, self.log), (StorageSort::File, self.file)]
        {
            for (which, mb) in [("entitled", storage.entitled_mb), ("used", storage.used_mb)] {
                if !mb.is_finite() || mb < 0.0 {
                    return Err(NoAmount { sort, which, mb });
                }
            }
        }
        Ok(())
    }
}

/// The three sorts of storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageSort {
    Database,
    Log,
    File,
}

/// A number of megabytes that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoAmount {
    pub sort: StorageSort,
    /// "entitled" or "used".
    pub which: &'static str,
    pub mb: f64,
}

/// A reason for what is left of the storage.
pub type Reason = Said<Cause>;

/// Why so much is left, or lacks. Amounts in megabytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    NoAmount(NoAmount),
    /// T7: nobody told how much storage there is.
    NotKnown,
    /// R15: spare storage of one sort covers all or a part of what another lacks.
    Covered {
        sort: StorageSort,
        missing: f64,
        of: StorageSort,
        spare: f64,
        covered: f64,
    },
    /// R15: missing database.
    NothingCovers(f64),
    /// T7.
    Room(Box<Balance>),
}

/// What is left of a tenant's storage after spare storage has covered what is missing. Megabytes, exact to the thousandth.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// Whether a shortage is left. Restoring, creating and copying are blocked then; backing up never is (R15).
    pub over: bool,
    /// What is missing after covering.
    pub missing_database_mb: f64,
    pub missing_log_mb: f64,
    pub missing_file_mb: f64,
    /// Spare database after covering log and file; 0 where over.
    pub free_database_mb: f64,
    /// Spare database that covers what log and what file storage lack.
    pub lent_log_mb: f64,
    pub lent_file_mb: f64,
    /// Free database that a restore needs (T7).
    pub needs_mb: f64,
    /// A number that cannot be right makes the balance worthless: then nothing above may be believed.
    pub sound: bool,
    pub reasons: Vec<Reason>,
}

impl Balance {
    /// Whether a restore has the free capacity that it needs (T7); `None` where the numbers cannot be right.
    pub fn has_room(&self) -> Option<bool> {
        self.sound.then_some(!self.over && self.free_database_mb >= self.needs_mb)
    }
}

/// R15: the free database megabytes, where they are enough to restore (T7) and not to create a new environment as well. `None`: enough,
/// too little for either, or not known.
pub fn too_little_for_new(edition: &Edition, capacity: &Capacity) -> Option<f64> {
    let balance = balance(edition, capacity);
    let free = balance.free_database_mb;
    (balance.has_room() == Some(true) && free < edition.restore_needs_mb * 2.0).then_some(free)
}

/// The balance of a tenant's storage: spare database covers missing log and file, spare log covers missing file, spare file
/// covers nothing.
pub fn balance(edition: &Edition, capacity: &Capacity) -> Balance {
    if let Err(problem) = capacity.check() {
        return Balance {
            needs_mb: edition.restore_needs_mb,
            over: false,
            missing_database_mb: 0.0,
            missing_log_mb: 0.0,
            missing_file_mb: 0.0,
            free_database_mb: 0.0,
            lent_log_mb: 0.0,
            lent_file_mb: 0.0,
            sound: false,
            reasons: vec![Reason::of(RuleId::T7, Cause::NoAmount(problem))],
        };
    }
    let mut reasons = Vec::new();
    let nothing = Thousandths::default();
    let mut cover = |spare: &mut Thousandths, missing: &mut Thousandths, of: StorageSort, sort: StorageSort| {
        if *missing <= nothing {
            return nothing;
        }
        let covered = (*spare).min(*missing);
        let (missing_mb, spare_mb, covered_mb) = (missing.mb(), spare.mb(), covered.mb());
        let cause = Cause::Covered { sort, missing: missing_mb, of, spare: spare_mb, covered: covered_mb };
        reasons.push(Reason::of(RuleId::R15, cause));
        (*spare, *missing) = (spare.beyond(covered), missing.beyond(covered));
        covered
    };
    let mut database = capacity.database.spare();
    let mut log = capacity.log.spare();
    let missing_database = capacity.database.missing();
    let mut missing_log = capacity.log.missing();
    let mut missing_file = capacity.file.missing();
    // Spare log can cover nothing but file, so it goes first.
    if log > nothing {
        cover(&mut log, &mut missing_file, StorageSort::Log, StorageSort::File);
    }
    let lent_log = cover(&mut database, &mut missing_log, StorageSort::Database, StorageSort::Log);
    let lent_file = cover(&mut database, &mut missing_file, StorageSort::Database, StorageSort::File);
    if missing_database > nothing {
        reasons.insert(0, Reason::of(RuleId::R15, Cause::NothingCovers(missing_database.mb())));
    }
    let over = missing_database > nothing || missing_log > nothing || missing_file > nothing;
    let mut balance = Balance {
        needs_mb: edition.restore_needs_mb,
        over,
        missing_database_mb: missing_database.mb(),
        missing_log_mb: missing_log.mb(),
        missing_file_mb: missing_file.mb(),
        free_database_mb: if over { 0.0 } else { database.mb() },
        lent_log_mb: lent_log.mb(),
        lent_file_mb: lent_file.mb(),
        sound: true,
        reasons: Vec::new(),
    };
    reasons.push(Reason::of(RuleId::T7, Cause::Room(Box::new(balance.clone()))));
    balance.reasons = reasons;
    balance
}
