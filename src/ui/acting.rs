//! The state's side of doing: commands through the log, taking back, and the clock of a rehearsal.

use super::state::AppState;
use crate::domain::command::{Command, Event, Refusal};
use crate::interop::made_up::MadeUp;
use crate::platform::clock;
use crate::view_model::words::full_stop;
use crate::workspace::Workspace;
use crate::workspace::clock::{Invented, Passed};
use crate::workspace::keys::Slot;
use crate::workspace::log::{Reason, Step};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

impl AppState {
    /// Changes the workspace where that succeeds; where it is refused, nobody is told of a change.
    fn try_change<T, E>(self, change: impl FnOnce(&mut Workspace) -> Result<T, E>) -> Result<T, E> {
        let mut outcome = None;
        self.workspace.maybe_update(|w| {
            let done = change(w);
            let changed = done.is_ok();
            outcome = Some(done);
            changed
        });
        let outcome = outcome.expect("the closure is called once, at once");
        if outcome.is_ok() {
            self.saving.soon();
        }
        outcome
    }

    /// Changes the tenant, as done now: the one way (architecture invariant 5), recorded in the log.
    pub fn run(self, command: Command) -> Result<Vec<Event>, Refusal> {
        let now = self.tick_clock();
        self.run_at(command, now, None)
    }

    /// Changes the tenant, as done at `at` (UTC), for a step of a plan where it stands for one.
    pub fn run_at(self, command: Command, at: DateTime<Utc>, step: Option<Step>) -> Result<Vec<Event>, Refusal> {
        let now = self.tick_clock();
        let edition = self.edition_untracked();
        self.try_change(|w| w.run(edition, command, at, now, step))
    }

    /// Takes the last command back and says what it was.
    pub fn undo(self) -> Result<String, Reason> {
        let edition = self.edition_untracked();
        self.try_change(|w| w.undo(edition))
    }

    /// Does again what was last taken back and says what it is.
    pub fn redo(self) -> Result<String, Reason> {
        let (edition, now) = (self.edition_untracked(), self.tick_clock());
        self.try_change(|w| w.redo(edition, now))
    }

    /// Takes any command back and says what it was.
    pub fn take_back(self, number: u32) -> Result<String, Reason> {
        let edition = self.edition_untracked();
        self.try_change(|w| w.take_back(edition, number))
    }

    /// Lets what runs by itself end, and says so.
    pub(super) fn pass_time(self) {
        let (edition, now) = (self.edition_untracked(), self.tick_clock());
        let mut events = Vec::new();
        self.change(|w| events = w.pass_time(edition, now));
        // In the user's own tenant it is only what the rules expect: it is listed, not announced.
        if self.saving.slot_untracked() != Slot::Own {
            self.say(&events);
        }
    }

    fn say(self, events: &[Event]) {
        for event in events.iter().take(3) {
            self.toast(full_stop(&event.says));
        }
    }

    /// Whether nothing of the open workspace is real: the sample or a rehearsal. Reactive.
    pub fn is_play(self) -> bool {
        self.saving.slot() != Slot::Own
    }

    /// Which of the two, for what is taken along; only where [`AppState::is_play`]. Untracked.
    pub fn made_up(self) -> MadeUp {
        if self.saving.slot_untracked() == Slot::Sample { MadeUp::Sample } else { MadeUp::Rehearsal }
    }

    /// How simulated operations go; `None` in the user's own tenant, where nothing is simulated. Reactive.
    pub fn invented(self) -> Option<Invented> {
        self.is_play().then(|| self.with(|w| w.clock.as_ref().map(|c| c.invented).unwrap_or_default()))
    }

    /// Moves the clock of the sample or of a rehearsal; in the user's own tenant it is refused.
    pub fn move_clock(self, to: DateTime<Utc>) -> Result<Passed, Reason> {
        self.turn_clock(|w, edition, real| w.move_clock(edition, to, real))
    }

    /// Moves the clock back and takes back everything that was done later.
    pub fn rewind_clock(self, to: DateTime<Utc>) -> Result<Passed, Reason> {
        self.turn_clock(|w, edition, real| w.rewind_clock(edition, to, real))
    }

    fn turn_clock(
        self,
        turn: impl FnOnce(&mut Workspace, &'static crate::domain::edition::Edition, DateTime<Utc>) -> Result<Passed, Reason>,
    ) -> Result<Passed, Reason> {
        if self.saving.slot_untracked() == Slot::Own {
            return Err("the clock of your own tenant is the real one: rehearse to move it".into());
        }
        let edition = self.edition_untracked();
        let passed = self.try_change(|w| turn(w, edition, clock::now()))?;
        self.say(&passed.events);
        Ok(passed)
    }

    /// Sets how simulated operations go.
    pub fn set_invented(self, invented: Invented) {
        self.change(|w| {
            if let Some(clock) = &mut w.clock {
                clock.invented = invented;
            }
        });
    }
}
