//! How far back an environment can be restored, how surely, and why.

mod alike;
mod alive;
mod beside;
mod bounds;
mod cause;
mod floors;
mod hint;
mod longer;
mod reach;
mod reasons;
mod recovery;
mod table;
mod timeline;
mod window;

pub use alike::{Alike, Windows};
pub use beside::Beside;
pub use cause::{Cause, Move, Moved, Movement, NothingYet, Past, PastWhy, Reason, RowGroup};
pub use hint::{Hint, hint};
pub use reach::{Certainty, Gap, Retention, Use, Window};
pub use recovery::{Doubt, Recoverable, Recovery, RecoveryCause, asks_when_deleted, recovery};
pub(in crate::domain) use table::setting_counts;
pub use table::{Days, Sort};
pub(in crate::domain) use window::retention_at;
pub(super) use window::{ListedUntil, life_of};

use super::edition::{Edition, Period};
use super::environment::{Environment, Kind};
use chrono::{DateTime, Utc};
use window::window_of;

/// The retention of *system* backups that holds at `now` (UTC): K1, K2, K3, K7, K11, D1, and K4 while a changed setting is
/// being applied. A `guaranteed_days` of 0 means that nothing is promised, a `possible_days` of 0 that nothing is kept.
pub fn system_retention(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Retention {
    retention_at(edition, env, now, Sort::System)
}

/// The window of restorable time of an environment at `now` (UTC): K1 to K13, and nothing from before a move to another
/// region (T2).
pub fn window(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Window {
    window_of(edition, env, now, Sort::System, None)
}

/// The periods of the table, system and manual, for known facts, for showing the tables; `None` for a kind that it does not
/// have.
pub fn table_period(edition: &Edition, kind: &Kind, dynamics: bool, managed: bool) -> Option<(Period, Period)> {
    let fits = |own: Option<bool>, asked: bool| own.is_none_or(|own| own == asked);
    let row =
        edition.retention.iter().find(|r| r.kind == *kind && fits(r.dynamics, dynamics) && fits(r.managed, managed));
    row.map(|r| (r.system, r.manual))
}
