//! Storage of a tenant: entitled and used, and what is left for a restore (rules.md §8, T7, R15, D12).

use super::retention::{Cause, Reason};
use super::rule::RuleId;
use super::words::{megabytes_apart, megabytes_text};
use serde::{Deserialize, Serialize};

/// Megabytes in a gigabyte (D12).
pub const MB_PER_GB: f64 = 1024.0;

/// Free database megabytes that a restore needs (T7, D12).
pub const RESTORE_NEEDS_MB: f64 = MB_PER_GB;

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
    fn beyond(self, other: Self) -> Self {
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

    /// The first sort of storage with a number that cannot be right (negative or not finite), with what is wrong.
    ///
    /// # Errors
    /// Names the sort of storage, the number and what to do.
    pub fn check(&self) -> Result<(), String> {
        for (sort, storage) in [("database", self.database), ("log", self.log), ("file", self.file)] {
            for (which, n) in [("entitled", storage.entitled_mb), ("used", storage.used_mb)] {
                if !n.is_finite() || n < 0.0 {
                    return Err(format!("{which} {sort} storage is `{n}` MB; give a number from 0 up"));
                }
            }
        }
        Ok(())
    }
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
    /// A number that cannot be right makes the balance worthless: then nothing above may be believed.
    pub sound: bool,
    pub reasons: Vec<Reason>,
}

impl Balance {
    /// Whether a restore has the free capacity that it needs (T7); `None` where the numbers cannot be right.
    pub fn has_room(&self) -> Option<bool> {
        self.sound.then_some(!self.over && self.free_database_mb >= RESTORE_NEEDS_MB)
    }

    /// Which storage lacks how much for `what`, "a restore" and its like, which needs 1 GB (T7, R15); `None` where nothing lacks, or
    /// the numbers cannot be right. A clause, without a final period.
    pub fn lacks(&self, what: &str) -> Option<String> {
        if self.has_room() != Some(false) {
            return None;
        }
        let amount = |mb: f64, sort: &str| (mb > 0.0).then(|| format!("{} of {sort} storage", megabytes_text(mb)));
        let missing = [
            amount(self.missing_database_mb, "database"),
            amount(self.missing_log_mb, "log"),
            amount(self.missing_file_mb, "file"),
        ];
        let missing: Vec<String> = missing.into_iter().flatten().collect();
        if let Some((last, before)) = missing.split_last() {
            let list = if before.is_empty() { last.clone() } else { format!("{} and {last}", before.join(", ")) };
            let (are, them, they_are) =
                if before.is_empty() { ("is", "it", "it is") } else { ("are", "them", "they are") };
            return Some(format!(
                "the tenant is over its capacity: {list} {are} missing, and nothing spare covers {them}; {what} is blocked until {they_are} covered and 1 GB of database capacity is free"
            ));
        }
        let lent = |mb: f64, of: &str, sort: &str| {
            (mb > 0.0).then(|| format!("{}{of} covers what {sort} storage lacks", megabytes_text(mb)))
        };
        let log = lent(self.lent_log_mb, " of spare database", "log");
        let file = lent(self.lent_file_mb, if log.is_some() { "" } else { " of spare database" }, "file");
        let lent: Vec<String> = [log, file].into_iter().flatten().collect();
        let because = if lent.is_empty() { String::new() } else { format!(", because {}", lent.join(" and ")) };
        Some(format!(
            "only {} of database capacity is free{because}; {what} needs 1 GB, {} more",
            megabytes_text(self.free_database_mb),
            megabytes_text(
                (Thousandths::of_mb(RESTORE_NEEDS_MB).beyond(Thousandths::of_mb(self.free_database_mb))).mb()
            )
        ))
    }

    /// T7 of a restore in a clause, without a final period.
    pub fn says(&self) -> String {
        match (self.has_room(), self.lacks("a restore")) {
            (_, Some(lacks)) => lacks,
            (Some(_), None) => {
                format!("{} of database capacity is free; a restore needs 1 GB", megabytes_text(self.free_database_mb))
            }
            (None, None) => {
                "the numbers of the tenant's capacity cannot be right, so the free part is not known".to_string()
            }
        }
    }
}

/// The balance of a tenant's storage: spare database covers missing log and file, spare log covers missing file, spare file
/// covers nothing (rules.md §8).
pub fn balance(capacity: &Capacity) -> Balance {
    if let Err(problem) = capacity.check() {
        let says = format!("The storage cannot be judged: {problem}");
        return Balance {
            over: false,
            missing_database_mb: 0.0,
            missing_log_mb: 0.0,
            missing_file_mb: 0.0,
            free_database_mb: 0.0,
            lent_log_mb: 0.0,
            lent_file_mb: 0.0,
            sound: false,
            reasons: vec![Reason::of(RuleId::T7, Cause::Written(says))],
        };
    }
    let mut reasons = Vec::new();
    let nothing = Thousandths::default();
    let mut cover = |spare: &mut Thousandths, missing: &mut Thousandths, from: &str, what: &str| {
        if *missing <= nothing {
            return nothing;
        }
        let covered = (*spare).min(*missing);
        let [lacks, has, part] = megabytes_apart([missing.mb(), spare.mb(), covered.mb()]);
        let part = if covered >= *missing { "it".to_string() } else { part };
        let says = format!("{lacks} of {what} storage is missing, {has} of spare {from} storage covers {part}");
        reasons.push(Reason::of(RuleId::R15, Cause::Written(says)));
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
        cover(&mut log, &mut missing_file, "log", "file");
    }
    let lent_log = cover(&mut database, &mut missing_log, "database", "log");
    let lent_file = cover(&mut database, &mut missing_file, "database", "file");
    if missing_database > nothing {
        let says = format!(
            "{} of database storage is missing, and nothing else covers database",
            megabytes_text(missing_database.mb())
        );
        reasons.insert(0, Reason::of(RuleId::R15, Cause::Written(says)));
    }
    let over = missing_database > nothing || missing_log > nothing || missing_file > nothing;
    let mut balance = Balance {
        over,
        missing_database_mb: missing_database.mb(),
        missing_log_mb: missing_log.mb(),
        missing_file_mb: missing_file.mb(),
        free_database_mb: if over { 0.0 } else { database.mb() },
        lent_log_mb: lent_log.mb(),
        lent_file_mb: lent_file.mb(),
        sound: true,
        reasons,
    };
    balance.reasons.push(Reason::of(RuleId::T7, Cause::Written(capitalised(&balance.says()))));
    balance
}

fn capitalised(clause: &str) -> String {
    let mut chars = clause.chars();
    chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect()
}
