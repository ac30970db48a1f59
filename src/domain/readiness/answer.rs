//! What a whole tenant is judged to be: its prospects, its findings and its score.

use super::super::capacity;
use super::super::environment::{EnvironmentId, FactKey, ManualBackup};
use super::super::outlook::{Back, Obstacle, Onto, Reach, Ways};
use super::super::said::Said;
use super::super::service::Announced;
use super::change::Stood;
use super::weights::{Trouble, TroubleWeight};
use chrono::{DateTime, TimeDelta, Utc};

/// One living environment.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospect {
    pub environment: EnvironmentId,
    /// Its place in `tenant.environments`.
    pub place: usize,
    pub today: Back,
    /// Why it is not better; the most telling first. Empty where it is sure.
    pub reasons: Vec<Said<Obstacle>>,
    /// The same, typed, each with how bad it makes the answer.
    pub obstacles: Vec<(Back, Obstacle)>,
    /// What can be brought back, see [`crate::domain::outlook::Outlook::reach`]: the table of environments shows the very same.
    pub reach: Reach,
    /// The oldest instant (UTC) that a sure way reaches for certain, the moment's own obstacles (T7, T9) aside.
    pub sure_from: Option<DateTime<Utc>>,
    /// The oldest instant (UTC) that any way may reach.
    pub possible_from: Option<DateTime<Utc>>,
    pub ways: Ways,
    /// Onto what, today, see [`crate::domain::outlook::Outlook::onto`]: the table of environments shows the very same.
    pub onto: Onto,
    /// Its manual backups that have not expired.
    pub backups: Vec<ManualBackup>,
    /// What is wrong with it, what hurts most first.
    pub troubles: Vec<Trouble>,
    /// How much it counts in the score.
    pub counts: u32,
}

/// Points of the score in tenths, so that they add up exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub u32);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// Something that is wrong, with every environment that it touches.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub trouble: Trouble,
    /// What it costs now.
    pub costs: Tenths,
    /// It costs more than its weight, because it holds the score down to its cap.
    pub capped: bool,
    /// It is about the tenant, not about single environments.
    pub whole_tenant: bool,
    /// The environments that it touches, as places in `tenant.environments`: those that count most first, then by name.
    pub environments: Vec<usize>,
    /// What to ask: each fact with the environments that lack it. They need not be those that it touches.
    pub asks: Vec<(FactKey, Vec<EnvironmentId>)>,
    /// What is special about it in this tenant.
    pub detail: Option<Detail>,
}

/// What is special about a finding in this tenant.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// T7: what is wrong with the storage.
    Storage(capacity::Cause),
    /// X4: the environment, by its name, that is the first to end by itself (UTC).
    FirstEnding { name: String, what: Announced, at: DateTime<Utc> },
    /// X1: since when (UTC) the one, or the first of them, is no longer listed.
    Unlisted { since: DateTime<Utc>, one: bool },
}

impl Finding {
    pub fn weight(&self) -> &'static TroubleWeight {
        self.trouble.weight()
    }
}

/// The whole tenant, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Readiness {
    /// 0 to 100 points, in tenths; `None` where nothing counts. Always 100 less the costs of all findings.
    pub score: Option<Tenths>,
    /// What costs most first.
    pub findings: Vec<Finding>,
    /// The living environments in the tenant's order, without those of `unlisted`.
    pub prospects: Vec<Prospect>,
    /// Those that an import of the whole tenant did not list any more: the place, and since when (UTC).
    pub unlisted: Vec<(usize, DateTime<Utc>)>,
}

impl Readiness {
    /// How many environments have this answer.
    pub fn count(&self, answer: Back) -> usize {
        self.prospects.iter().filter(|p| p.today == answer).count()
    }

    /// How each stands at `now` (UTC), when it was judged, to compare with another time.
    pub fn answers(&self, now: DateTime<Utc>) -> Vec<(EnvironmentId, Stood)> {
        // An hour more or less of a day tells nothing of the days that are kept.
        let days =
            |from: DateTime<Utc>| u32::try_from((now - from + TimeDelta::hours(1)).num_days()).unwrap_or_default();
        let stood = |p: &Prospect| Stood {
            back: p.today,
            days: Some(p.reach.window.guaranteed_from.map_or(0, days)),
            possible_days: Some(p.reach.window.possible_from.map_or(0, days)),
            onto: Some(p.ways.targets.eligible + p.ways.targets.unknown > 0),
        };
        self.prospects.iter().map(|p| (p.environment.clone(), stood(p))).collect()
    }
}
