//! The state's side of doing: commands through the log, taking back, and the clock of a rehearsal.

use super::state::AppState;
use crate::domain::command::{Command, Event, Refusal, Stays};
use crate::interop::made_up::MadeUp;
use crate::platform::clock;
use crate::text;
use crate::ui::route::Route;
use crate::view_model::rehearsal::{losses_first, says_losses};
use crate::view_model::words::thousands;
use crate::words::{Say, Text};
use crate::workspace::clock::{Invented, Passed};
use crate::workspace::edit::{Edit, NotMade};
use crate::workspace::keys::Slot;
use crate::workspace::log::Step;
use crate::workspace::wizard::drafts;
use crate::workspace::{Draft, Workspace};
use chrono::{DateTime, Utc};

/// What a message tells of and can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    /// Entries of the log in the order in which they were made, each by its number and time (UTC).
    Entries(Vec<(u32, DateTime<Utc>)>),
    Plan(Box<MadePlan>),
}

impl Undo {
    /// Whether it is offered: not where a step of the plan is ticked.
    pub fn may_stand(&self, w: &Workspace) -> bool {
        match self {
            Undo::Entries(_) => true,
            Undo::Plan(made) => !made.is_begun(w),
        }
    }
}

/// A plan that was made just now.
#[derive(Clone, Debug, PartialEq)]
pub struct MadePlan {
    pub number: u32,
    /// UTC.
    pub made: DateTime<Utc>,
    /// What was chosen in the wizard, where it was made there.
    pub draft: Option<Draft>,
    /// Where it was made.
    pub back: Route,
}

impl MadePlan {
    /// Whether a step of it is ticked, or was recorded. What it loses was confirmed before it was made.
    fn is_begun(&self, w: &Workspace) -> bool {
        let ticked = w.plan(self.number).is_some_and(|p| p.plan.steps.iter().any(|step| p.done.contains_key(&step.id)));
        ticked || w.log.entries.iter().any(|e| e.step.as_ref().is_some_and(|step| step.plan == self.number))
    }
}

impl AppState {
    /// Changes the tenant, as done now: the one way (architecture invariant 5), recorded in the log.
    pub fn run(self, command: Command) -> Result<Vec<Event>, Refusal> {
        let real = clock::now();
        let now = self.with_untracked(|w| w.now(real));
        self.run_in(command, now, None, real)
    }

    /// Changes the tenant, as done at `at` (UTC), for a step of a plan where it stands for one.
    pub fn run_at(self, command: Command, at: DateTime<Utc>, step: Option<Step>) -> Result<Vec<Event>, Refusal> {
        self.run_in(command, at, step, clock::now())
    }

    /// As [`AppState::run_at`], where the browser's clock was asked already.
    pub(super) fn run_in(
        self,
        command: Command,
        at: DateTime<Utc>,
        step: Option<Step>,
        real: DateTime<Utc>,
    ) -> Result<Vec<Event>, Refusal> {
        let at = self.with_untracked(|w| if at == w.now(real) { w.present(at) } else { at });
        let made = self.edit_at(Edit::Run { command, at, step }, real);
        made.map(|done| done.events).map_err(NotMade::refusal)
    }

    /// Takes the last command back and says what it was.
    pub fn undo(self) -> Result<String, String> {
        let number = self.with_untracked(|w| w.log.undoable().map(|entry| entry.number)).map_err(reason)?;
        self.take_back(number)
    }

    /// Does again what was last taken back and says what it is.
    pub fn redo(self) -> Result<String, String> {
        let number = self.with_untracked(|w| w.log.redoable().map(|undone| undone.number)).map_err(reason)?;
        self.edit(Edit::Redo { number }).map(|done| done.says).map_err(reason)
    }

    /// Takes any command back and says what it was.
    pub fn take_back(self, number: u32) -> Result<String, String> {
        self.edit(Edit::TakeBack { number }).map(|done| done.says).map_err(reason)
    }

    /// Lets what runs by itself end, and says so.
    pub(super) fn pass_time(self) {
        let events = self.edit(Edit::PassTime).map(|done| done.events).unwrap_or_default();
        // In the user's own tenant it is only what the rules expect: it is listed, not announced.
        if self.saving.slot_untracked() != Slot::Own {
            self.say(&events);
        }
    }

    /// Says what happened; of the user's own tenant, that it is recorded: this app does nothing in the service.
    pub fn say(self, events: &[Event]) {
        for event in events.iter().take(3) {
            self.toast(self.recorded(event.says()).sentence().to_string());
        }
    }

    /// The same of what a person did just now, with a way to take it back.
    pub fn say_done(self, events: &[Event]) {
        let (last, before) = match events.get(..events.len().min(3)).and_then(<[Event]>::split_last) {
            Some((last, before)) => (last, before),
            None => return,
        };
        self.say(before);
        self.toast_done(self.recorded(last.says()).sentence().to_string());
    }

    /// Takes back what a message tells of, where that is still the same, and says so.
    pub fn take_back_said(self, toast: u32, undo: Undo) {
        self.close_toast(toast);
        let taken = match undo {
            Undo::Entries(entries) => self.take_back_all(&entries),
            Undo::Plan(made) => self.unmake_plan(*made),
        };
        self.toast(match taken {
            Ok(says) => format!("Taken back: {says}."),
            Err(why) => format!("It was not taken back: {why}."),
        });
    }

    /// Takes entries of the log back, the last first, and says what they were.
    fn take_back_all(self, entries: &[(u32, DateTime<Utc>)]) -> Result<String, String> {
        let mut says = String::new();
        for (number, at) in entries.iter().rev() {
            let same = self.with_untracked(|w| w.log.entries.iter().any(|e| e.number == *number && e.at == *at));
            says = if same { self.take_back(*number)? } else { Err("it is not there any more".to_string())? };
        }
        Ok(if entries.len() > 1 { format!("all {}", thousands(entries.len())) } else { says })
    }

    /// Removes a plan in which nothing was done yet, and goes back to where it was made, with what was chosen there.
    fn unmake_plan(self, plan: MadePlan) -> Result<String, String> {
        let begun = self.with_untracked(|w| plan.is_begun(w));
        let MadePlan { number, made, draft, back } = plan;
        let same = |w: &Workspace| w.plan(number).is_some_and(|p| p.plan.made == made);
        if !self.with_untracked(same) {
            return Err("it is not there any more".to_string());
        }
        if begun {
            return Err("a step of it is done already; untick that first".to_string());
        }
        self.edit(Edit::RemovePlan { number }).map_err(reason)?;
        if let Some(draft) = draft {
            self.set(self.with_untracked(|w| drafts::brought_back(w, &draft, true)));
        }
        self.go(back);
        Ok("the plan is not kept".to_string())
    }

    /// A clause about what was done, as [`AppState::say`] says it. Untracked.
    pub fn recorded(self, says: Text) -> Text {
        if self.saving.slot_untracked() == Slot::Own { text!("Recorded: ", says) } else { says }
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
    pub fn move_clock(self, to: DateTime<Utc>) -> Result<Passed, String> {
        self.turn_clock(Edit::MoveClock { to })
    }

    /// Moves the clock back and takes back everything that was done later.
    pub fn rewind_clock(self, to: DateTime<Utc>) -> Result<Passed, String> {
        self.turn_clock(Edit::RewindClock { to })
    }

    fn turn_clock(self, turn: Edit) -> Result<Passed, String> {
        let back = matches!(turn, Edit::RewindClock { .. });
        if self.saving.slot_untracked() == Slot::Own {
            return Err(reason(Stays::RealClock));
        }
        let passed = self.edit(turn).map_err(reason)?.passed.unwrap_or_default();
        if back {
            // What was said of later has not happened.
            self.hush();
        }
        // A loss is told by its name, last and so on top.
        self.say(&passed.events);
        if let Some(says) = says_losses(&losses_first(&passed.came_true).0) {
            self.tell(says);
        }
        Ok(passed)
    }

    /// Sets how simulated operations go.
    pub fn set_invented(self, invented: Invented) {
        self.set(Edit::Invent(invented));
    }
}

/// Why something was not done, for people.
pub fn reason(why: impl Into<NotMade>) -> String {
    why.into().reason()
}
