//! What is worked out once for all environments of which retention looks at the same. A large tenant is full of those: most were created
//! longer ago than anything is kept, and nothing has happened to them since.

use super::super::edition::{Edition, Period};
use super::super::environment::{Environment, Kind};
use super::super::instants::earlier;
use super::super::service::Reading;
use super::floors::{existed_by, plausible};
use super::{Window, window};
use chrono::{DateTime, TimeDelta, Utc};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Everything that a window rests on, beside the edition and the instant, of an environment that lives and has no history.
#[derive(PartialEq, Eq)]
struct Seen {
    kind: Option<Kind>,
    dynamics: Option<bool>,
    managed: Option<bool>,
    dataverse: Option<bool>,
    setting: Option<u32>,
    /// UTC.
    created: Created,
    oldest_backup: Option<DateTime<Utc>>,
    reading: Option<Reading>,
}

/// What most have alike in one step: it is asked of every environment of a tenant.
impl Hash for Seen {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let flag = |fact: Option<bool>| fact.map_or(2, u32::from);
        let (created, at) = match &self.created {
            Created::LongAgo => (0, None),
            Created::At(at) => (1, Some(at)),
            Created::By(at) => (2, at.as_ref()),
        };
        let flags = flag(self.dynamics) | flag(self.managed) << 2 | flag(self.dataverse) << 4 | created << 6;
        state.write_u32(flags | self.setting.unwrap_or(u32::MAX) << 8);
        self.kind.hash(state);
        let instants = [at, self.oldest_backup.as_ref(), self.reading.as_ref().map(|reading| &reading.asked)];
        instants.into_iter().flatten().for_each(|at| state.write_i64(at.timestamp_millis()));
    }
}

/// When an environment was created, as far as a window looks at it.
#[derive(PartialEq, Eq)]
enum Created {
    /// Longer ago than anything is kept: that bounds nothing.
    LongAgo,
    At(DateTime<Utc>),
    /// Not known, with the earliest instant (UTC) at which something proves that it existed.
    By(Option<DateTime<Utc>>),
}

/// What was worked out of the environments of a tenant at an instant, by what retention looks at of them.
pub struct Alike<T> {
    now: DateTime<Utc>,
    /// What was created before that (UTC) was created longer ago than anything is kept.
    long_ago: DateTime<Utc>,
    known: RefCell<FxHashMap<Seen, T>>,
}

impl<T: Clone> Alike<T> {
    /// For what rests on these editions, at `now` (UTC).
    pub fn new(editions: &[&Edition], now: DateTime<Utc>) -> Self {
        let most = editions.iter().map(|edition| longest(edition)).max().unwrap_or_default();
        Self { now, long_ago: earlier(now, most), known: RefCell::default() }
    }

    /// What `make` makes of the environment, or made of one that is like it.
    pub fn of(&self, env: &Environment, make: impl FnOnce() -> T) -> T {
        let Some(seen) = self.seen(env) else { return make() };
        if let Some(known) = self.known.borrow().get(&seen) {
            return known.clone();
        }
        let made = make();
        self.known.borrow_mut().insert(seen, made.clone());
        made
    }

    /// `None`: it has a past of its own.
    fn seen(&self, env: &Environment) -> Option<Seen> {
        let created = match plausible(env.created.get()) {
            // What the service offered is set beside it, however long ago that was.
            Some(at) if at < self.long_ago && env.reading.is_none() => Created::LongAgo,
            Some(at) => Created::At(at),
            None => Created::By(existed_by(env, self.now, None)),
        };
        (env.history.is_empty() && env.deleted.is_none()).then(|| Seen {
            kind: env.kind.get().cloned(),
            dynamics: env.dynamics.get().copied(),
            managed: env.managed.get().copied(),
            dataverse: env.dataverse.get().copied(),
            setting: env.retention_setting.get().copied(),
            created,
            oldest_backup: env.oldest_backup.get().copied(),
            reading: env.reading,
        })
    }
}

/// As long as anything is kept, or waited for, by the rules.
fn longest(edition: &Edition) -> TimeDelta {
    let fixed = edition.retention.iter().filter_map(|row| match row.system {
        Period::Days(days) | Period::Contested(days) => Some(days),
        Period::BySetting | Period::NotSupported | Period::NotBackedUp => None,
    });
    let days = fixed.chain(edition.choices.iter().copied()).max().unwrap_or_default();
    TimeDelta::days(i64::from(days)).max(edition.first_day)
}

/// The windows of a tenant under one edition at one instant.
pub struct Windows<'a> {
    edition: &'a Edition,
    now: DateTime<Utc>,
    alike: Alike<Arc<Window>>,
}

impl<'a> Windows<'a> {
    /// `now` is UTC.
    pub fn new(edition: &'a Edition, now: DateTime<Utc>) -> Self {
        Self { edition, now, alike: Alike::new(&[edition], now) }
    }

    /// As [`window()`].
    pub fn of(&self, env: &Environment) -> Arc<Window> {
        self.alike.of(env, || Arc::new(window(self.edition, env, self.now)))
    }
}
