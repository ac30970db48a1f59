//! The clock of a rehearsal: it stands still until somebody moves it, and things happen on the way.

use super::Workspace;
use crate::domain::command::{Event, Stays};
use crate::domain::edition::Edition;
use crate::domain::instants::later;
use crate::domain::life::{Upcoming, upcoming};
use crate::domain::moment::Moment;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A clock that is moved by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// The instant that it shows, UTC.
    pub at: DateTime<Utc>,
    /// The instant at which the rehearsal began, UTC: that of the real clock.
    pub began: DateTime<Utc>,
    #[serde(default)]
    pub invented: Invented,
}

/// How simulated operations go. Invented by the user: nothing documents it for their tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invented {
    /// How long a restore takes.
    pub restore_minutes: u32,
    /// Whether restores fail, to practise what to do then.
    #[serde(default)]
    pub restores_fail: bool,
}

impl Default for Invented {
    fn default() -> Self {
        Self { restore_minutes: 4 * 60, restores_fail: false }
    }
}

impl Invented {
    /// The longest restore that can be invented: two weeks, more than any edition speaks of.
    pub const LONGEST_MINUTES: u32 = 14 * 24 * 60;

    /// When a restore that begins at `at` (UTC) ends.
    pub fn ends(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let minutes = self.restore_minutes.min(Self::LONGEST_MINUTES);
        later(at, TimeDelta::minutes(i64::from(minutes)))
    }
}

impl Clock {
    /// A clock that is set to the real time.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { at: now, began: now, invented: Invented::default() }
    }
}

/// What happened while the clock was moved forward.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passed {
    /// What ended by itself and changed the tenant.
    pub events: Vec<Event>,
    /// What came true on the way, such as a point that expired; soonest first.
    pub came_true: Vec<Upcoming>,
}

/// The furthest that a clock can be set from where the rehearsal began.
const FURTHEST: TimeDelta = TimeDelta::days(3660);

impl Workspace {
    /// The present instant of this workspace (UTC): that of its own clock, else `real`.
    pub fn now(&self, real: DateTime<Utc>) -> DateTime<Utc> {
        self.clock.as_ref().map_or(real, |c| c.at)
    }

    /// Moves the clock to `to` (UTC), and lets happen what happens on the way. The first move starts the clock, at `real`.
    ///
    /// # Errors
    /// Why not: something is recorded later than `to`; or it lies before the rehearsal began, for what is known is
    /// known as of then, or further off than any rehearsal needs.
    pub fn move_clock(&mut self, edition: &Edition, to: DateTime<Utc>, real: DateTime<Utc>) -> Result<Passed, Stays> {
        let clock = self.clock.clone().unwrap_or_else(|| Clock::at(real));
        if to < clock.began {
            return Err(Stays::BeforeRehearsal(clock.began));
        }
        if to - clock.began > FURTHEST {
            return Err(Stays::TooFarOn);
        }
        if let Some(last) = self.log.entries.last().filter(|e| e.at > to) {
            return Err(Stays::DoneLater(last.events.first().map(|e| e.says.clone())));
        }
        let came_true =
            upcoming(Moment::new(edition, &self.tenant, clock.at)).into_iter().take_while(|u| u.at <= to).collect();
        self.clock = Some(Clock { at: to, ..clock });
        Ok(Passed { events: self.pass_time(edition, to), came_true })
    }

    /// How many things a person did later than `to` (UTC), which moving the clock back there takes back.
    pub fn done_after(&self, to: DateTime<Utc>) -> usize {
        self.log.entries.iter().rev().take_while(|e| e.at > to).filter(|e| !e.by_itself).count()
    }

    /// Moves the clock back to `to` (UTC) and takes back everything that was done later.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn rewind_clock(&mut self, edition: &Edition, to: DateTime<Utc>, real: DateTime<Utc>) -> Result<Passed, Stays> {
        let mut back = self.clone();
        back.take_back_after(to)?;
        let passed = back.move_clock(edition, to, real)?;
        *self = back;
        Ok(passed)
    }
}
