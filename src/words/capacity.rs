//! The words of the storage: what lacks, what covers it, and whether a restore has room.

use super::time::{megabytes_apart, megabytes_text};
use super::{List, Megabytes, Say, Text, code};
use crate::domain::capacity::{Balance, Cause, NoAmount, StorageSort, Thousandths};
use crate::text;

impl Say for Cause {
    fn say(&self, text: &mut Text) {
        match self {
            Cause::NoAmount(problem) => text!("the storage cannot be judged: ", problem),
            Cause::NotKnown => text!("the free storage of the tenant is not known; a restore needs 1 GB"),
            Cause::Covered { missing, sort, spare, of, covered } => {
                let [lacks, has, part] = megabytes_apart([*missing, *spare, *covered]);
                let part = if covered >= missing { "it" } else { &part };
                text!(lacks, " of ", sort, " storage is missing, ", has, " of spare ", of, " storage covers ", part)
            }
            Cause::NothingCovers(missing) => {
                text!(Megabytes(*missing), " of database storage is missing, and nothing else covers database")
            }
            Cause::Room(balance) => text!(**balance),
        }
        .say(text);
    }
}

impl Say for StorageSort {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            StorageSort::Database => "database",
            StorageSort::Log => "log",
            StorageSort::File => "file",
        });
    }
}

impl Say for NoAmount {
    fn say(&self, text: &mut Text) {
        let NoAmount { sort, which, mb } = self;
        text!(*which, " ", sort, " storage is ", code(mb.to_string()), " MB; give a number from 0 up").say(text);
    }
}

/// T7 of a restore.
impl Say for Balance {
    fn say(&self, text: &mut Text) {
        match (self.has_room(), lacks(self, "a restore")) {
            (_, Some(lacks)) => lacks,
            (Some(_), None) => {
                text!(Megabytes(self.free_database_mb), " of database capacity is free; a restore needs 1 GB")
            }
            (None, None) => {
                text!("the numbers of the tenant's capacity cannot be right, so the free part is not known")
            }
        }
        .say(text);
    }
}

/// Which storage lacks how much for `what`, "a restore" and its like, which needs 1 GB (T7, R15); `None` where nothing lacks, or
/// the numbers cannot be right.
pub fn lacks(balance: &Balance, what: &str) -> Option<Text> {
    if balance.has_room() != Some(false) {
        return None;
    }
    let amounts = [
        (balance.missing_database_mb, StorageSort::Database),
        (balance.missing_log_mb, StorageSort::Log),
        (balance.missing_file_mb, StorageSort::File),
    ];
    let missing: Vec<Text> = amounts
        .into_iter()
        .filter(|(mb, _)| *mb > 0.0)
        .map(|(mb, sort)| text!(Megabytes(mb), " of ", sort, " storage"))
        .collect();
    if !missing.is_empty() {
        let (are, them, they_are) =
            if missing.len() == 1 { (" is", "it", "it is") } else { (" are", "them", "they are") };
        return Some(text!(
            "the tenant is over its capacity: ",
            List::and(missing),
            are,
            " missing, and nothing spare covers ",
            them,
            "; ",
            what,
            " is blocked until ",
            they_are,
            " covered and 1 GB of database capacity is free"
        ));
    }
    let lent: Vec<Text> = [(balance.lent_log_mb, StorageSort::Log), (balance.lent_file_mb, StorageSort::File)]
        .into_iter()
        .filter(|(mb, _)| *mb > 0.0)
        .enumerate()
        .map(|(i, (mb, sort))| {
            let of = if i == 0 { " of spare database" } else { "" };
            text!(Megabytes(mb), of, " covers what ", sort, " storage lacks")
        })
        .collect();
    let because = (!lent.is_empty()).then(|| text!(", because ", List::joined(lent, " and ")));
    let more = Thousandths::of_mb(balance.needs_mb).beyond(Thousandths::of_mb(balance.free_database_mb)).mb();
    let free = megabytes_text(balance.free_database_mb);
    Some(text!(
        "only ",
        free,
        " of database capacity is free",
        because,
        "; ",
        what,
        " needs 1 GB, ",
        Megabytes(more),
        " more"
    ))
}
