//! What the service offered to restore (K14, K15), and how old a file is by what it says.

use super::super::environment::Environment;
use super::super::inventory::{Inventory, Observation};
use super::super::service::{Offered, Reading};
use super::absorb::Taken;
use super::{Field, Value};
use chrono::{DateTime, TimeDelta, Utc};

/// When the service said what a file says, as far as anybody knows. UTC.
#[derive(Debug)]
pub struct Asked {
    /// The file's own stamp; never after the import.
    stamp: Option<DateTime<Utc>>,
    /// The latest that it can have been: the stamp, what the file hints at, or else the import.
    at_latest: DateTime<Utc>,
    /// How old the file shows itself to be.
    hint: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
}

impl Asked {
    pub fn of(inventory: &Inventory, now: DateTime<Utc>) -> Self {
        let stamp = inventory.asked.map(|at| at.min(now));
        let at_latest = asked(inventory).map_or(now, |at| at.min(now));
        Self { stamp, at_latest, hint: age_hint(inventory, now), now }
    }

    /// When it offered this. That it offered *nothing yet* is a caution, so it counts for as long as it may have been said; what the
    /// file hints at stands beside it.
    fn when(&self, offered: &Offered) -> DateTime<Utc> {
        match (self.stamp, offered.from) {
            (Some(stamp), _) => stamp,
            (None, Some(_)) => self.at_latest,
            (None, None) => self.now,
        }
    }
}

/// When the service was asked at the latest, by what the file itself says (K15): what it offered reaches no further back than the
/// period that it printed. `None` where nothing tells, and where something in the file is newer: a period that had just been
/// lowered spoils the hint.
fn hint(inventory: &Inventory) -> Option<DateTime<Utc>> {
    let living = || inventory.environments.iter().filter(|o| o.deleted.is_none());
    let at_latest = |o: &Observation| {
        let offered = o.offered?;
        offered.from?.checked_add_signed(TimeDelta::days(i64::from(offered.period_days?)))
    };
    let hint = living().filter_map(at_latest).min()?;
    let told = |o: &Observation| {
        let offered = o.offered.and_then(|offered| offered.from);
        [o.created, o.existed_by, o.database_since, o.deleted.and_then(|when| when.earliest()), offered]
            .into_iter()
            .flatten()
            .max()
    };
    let newest = inventory.environments.iter().filter_map(told).max();
    Some(hint).filter(|hint| newest.is_none_or(|newest| newest <= *hint))
}

/// When the service was asked at the latest, UTC, as far as the file tells: by its stamp, or else by its hint.
pub fn asked(inventory: &Inventory) -> Option<DateTime<Utc>> {
    inventory.asked.or_else(|| hint(inventory))
}

/// How old a file shows itself to be: the service was asked at this instant (UTC) at the latest. `None` where the file has a stamp of
/// its own, where nothing tells, and where that is less than a day before `now` (UTC). A hint, no fact (K15).
pub fn age_hint(inventory: &Inventory, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let a_day_ago = now.checked_sub_signed(TimeDelta::days(1))?;
    hint(inventory).filter(|at| inventory.asked.is_none() && *at < a_day_ago)
}

/// Takes in what the service offered. Told the same again by a file that does not say when, it is no newer: the same old file,
/// imported later, promises nothing more. An older reading says nothing about what a newer one said.
pub fn observe(env: &mut Environment, seen: &Observation, asked: &Asked, taken: &mut Taken) {
    let Some(offered) = seen.offered else { return };
    let hint = asked.hint.filter(|_| offered.from.is_none());
    let new = Reading { offered, asked: asked.when(&offered), hint };
    // What a later file hints at, or does not, is said anew too.
    let of_later_file = |old: Reading| old.hint.is_some_and(|old| new.hint.is_none_or(|new| new > old));
    let newer = match env.reading {
        None => true,
        Some(old) if old.offered == offered => asked.stamp.is_some() && new.asked > old.asked || of_later_file(old),
        Some(old) => new.asked >= old.asked,
    };
    if newer {
        taken.change(Field::Offered, env.reading.map(Value::Reading), Value::Reading(new));
        env.reading = Some(new);
    }
}
